//! What is asked for besides the scenarios.

use crate::control::Control;
use crate::error::{Place, RiskError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How to simulate and what to report.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Currency of all amounts, as in ISO 4217.
    pub currency: String,
    /// Lattice points for the sum of all scenarios, a power of two from 2^8 to 2^22. More are taken when many events
    /// a year make rounding matter.
    pub points: usize,
    /// Lattice points for each scenario alone.
    pub points_each: usize,
    /// Years the second opinion plays; fewer when there are so many events that it would take long.
    pub years: usize,
    /// Seed of the second opinion. The exact engine draws nothing.
    pub seed: u64,
    /// Probabilities of VaR and TVaR, from 0 to 0.9995.
    pub levels: Vec<f64>,
    /// What the organisation tolerates.
    pub tolerance: Vec<Tolerance>,
    /// What is worked out.
    pub detail: Detail,
    /// Controls that the steps of scenarios name.
    pub controls: Vec<Control>,
}

/// How much is worked out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Detail {
    /// The sum of all scenarios only.
    Total,
    /// Each scenario's own distribution as well.
    Each,
}

/// A point of the tolerance line: a year's loss may reach this amount with at most this probability.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Tolerance {
    /// A year's loss, in the file's currency.
    pub loss: f64,
    /// Largest probability tolerated of losing this much or more in a year.
    pub probability: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            currency: "EUR".into(),
            points: 1 << 18,
            points_each: 1 << 16,
            years: 100_000,
            seed: 1,
            levels: vec![0.5, 0.9, 0.95, 0.99, 0.999],
            tolerance: Vec::new(),
            detail: Detail::Each,
            controls: Vec::new(),
        }
    }
}

impl Settings {
    /// Lattice points for answers while somebody waits: a what-if on a hundred scenarios takes a few milliseconds, and
    /// brackets are about a hundredth of the figure wide.
    pub const POINTS_OF_WHAT_IF: usize = 1 << 14;

    pub(crate) fn check(&self) -> Result<(), RiskError> {
        let place = Place::new("settings");
        let letters = self.currency.bytes().all(|b| b.is_ascii_uppercase());
        if self.currency.len() != 3 || !letters {
            return Place::new("currency").refuse(
                format!("`{}` is no currency code", self.currency),
                "give the three capital letters of ISO 4217: EUR, USD, CHF",
            );
        }
        for (name, points) in [("points", self.points), ("points_each", self.points_each)] {
            if !points.is_power_of_two() || !(1 << 8..=1 << 22).contains(&points) {
                return place.field(name).refuse(
                    format!("{points} lattice points"),
                    "give a power of two from 256 to 4194304: 65536, 262144",
                );
            }
        }
        if !(1_000..=10_000_000).contains(&self.years) {
            return place
                .field("years")
                .refuse(format!("{} years", self.years), "give 1000 to 10000000 years to play");
        }
        for level in &self.levels {
            if !(0.0..=0.9995).contains(level) {
                return place
                    .field("levels")
                    .refuse(format!("{level} is out of range"), "give 0 to 0.9995, such as 0.99");
            }
        }
        for (at, point) in self.tolerance.iter().enumerate() {
            let place = Place::new(format!("tolerance {}", at + 1));
            place.field("loss").positive(point.loss)?;
            place.field("probability").probability(point.probability)?;
        }
        Ok(())
    }
}
