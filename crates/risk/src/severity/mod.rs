//! How much one event costs: distributions as people state them, and what the engines ask of them.

mod body;
mod empirical;
mod magnitude;

pub(crate) use body::Body;
pub(crate) use magnitude::Magnitude;

use crate::error::{Place, RiskError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The size of one loss, in the file's currency.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Severity {
    /// Always the same amount.
    Constant(f64),
    /// Lognormal, stated by the interval that holds 90 % of losses.
    Lognormal(Interval),
    /// PERT: least, most likely and largest amount.
    Pert(Pert),
    /// Gamma, stated by mean and standard deviation.
    Gamma(MeanSd),
    /// Pareto: P(loss > x) = (minimum/x)^shape.
    Pareto(Pareto),
    /// Amounts that were observed; each is equally likely.
    Empirical(Vec<f64>),
}

/// The central 90 % of a lognormal distribution: 5 % lie below `low`, 5 % above `high`.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// 5 % of values are smaller.
    pub low: f64,
    /// 5 % of values are larger.
    pub high: f64,
}

/// A PERT (scaled beta) distribution.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Pert {
    /// Least value.
    pub low: f64,
    /// Most likely value.
    pub mode: f64,
    /// Largest value.
    pub high: f64,
    /// How sharply values gather at the mode: 4 by convention, 0 is uniform, at most 100.
    #[serde(default = "four", skip_serializing_if = "is_four")]
    pub gamma: f64,
}

fn four() -> f64 {
    4.0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_four(gamma: &f64) -> bool {
    *gamma == 4.0
}

/// Mean and standard deviation.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MeanSd {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
}

/// A Pareto distribution.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Pareto {
    /// Least amount.
    pub minimum: f64,
    /// Tail index: the smaller, the heavier. Above 2, or the loss needs `at_most`.
    pub shape: f64,
}

/// Losses beyond a threshold follow a Pareto tail, with the probability that the severity gives to being there.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct ParetoTail {
    /// The threshold, in the file's currency.
    pub above: f64,
    /// Tail index: the smaller, the heavier. Above 2, or the loss needs `at_most`.
    pub shape: f64,
}

impl Interval {
    /// μ and σ of the logarithm.
    pub(crate) fn log_parameters(self) -> (f64, f64) {
        let (low, high) = (libm::log(self.low), libm::log(self.high));
        (0.5 * (low + high), 0.5 * (high - low) / crate::numeric::special::Z_95)
    }
}

impl Pert {
    /// A PERT distribution of the usual sharpness.
    pub const fn new(low: f64, mode: f64, high: f64) -> Self {
        Self { low, mode, high, gamma: 4.0 }
    }

    /// Both parameters of the beta distribution on \[0, 1\].
    pub(crate) fn beta_parameters(self) -> (f64, f64) {
        let width = self.high - self.low;
        (
            1.0 + self.gamma * (self.mode - self.low) / width,
            1.0 + self.gamma * (self.high - self.mode) / width,
        )
    }

    /// Finite, in order and of a sharpness that exists.
    pub(crate) fn check(self, place: &Place) -> Result<Self, RiskError> {
        for (name, value) in [("low", self.low), ("mode", self.mode), ("high", self.high)] {
            place.field(name).amount(value)?;
        }
        place.ordered(self.low, self.mode, self.high)?;
        if !(0.0..=100.0).contains(&self.gamma) {
            return place
                .field("gamma")
                .refuse(format!("{} is out of range", self.gamma), "give 0 to 100, or leave it out for 4");
        }
        Ok(self)
    }
}
