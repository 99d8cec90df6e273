//! A figure and the two between which the true one lies.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Best estimate and bounds. The bounds hold for the model as stated; they say nothing about whether its inputs are
/// right.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Bracket {
    /// Not above the true figure.
    pub low: f64,
    /// Best estimate.
    pub estimate: f64,
    /// Not below the true figure.
    pub high: f64,
}

impl Bracket {
    pub(crate) const fn new(low: f64, estimate: f64, high: f64) -> Self {
        Self { low, estimate, high }
    }

    pub(crate) const fn exact(value: f64) -> Self {
        Self { low: value, estimate: value, high: value }
    }

    /// Whether a value lies between the bounds.
    pub fn holds(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}
