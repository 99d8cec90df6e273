//! How often: counts of loss events in a year as people state them.

mod contest;
mod law;
mod series;

pub use contest::susceptibility;
pub(crate) use law::{Law, RULE_ERROR, Slices, rule_for};

use crate::severity::{Interval, MeanSd, Pert};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The number of events in a year.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Frequency {
    /// Independent events at this rate per year.
    Poisson(f64),
    /// One event in a year with this probability, else none.
    Bernoulli(f64),
    /// Events that come in clusters: a variance above the mean.
    NegativeBinomial(MeanVariance),
    /// Independent events at a rate that is not known exactly; it stays the same all year.
    Uncertain(UncertainRate),
}

/// Mean and variance of a count.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MeanVariance {
    /// Events expected in a year.
    pub mean: f64,
    /// Variance of the yearly count, above the mean.
    pub variance: f64,
}

/// What is known about a rate of events per year.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum UncertainRate {
    /// Least, most likely and largest rate.
    Pert(Pert),
    /// 90 % sure that the rate lies between.
    Lognormal(Interval),
    /// Mean and standard deviation; the count is then negative binomial.
    Gamma(MeanSd),
}

/// The chance that a threat event becomes a loss event.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Susceptibility {
    /// Stated as it is.
    Probability(f64),
    /// The threat's capability exceeds the resistance it meets, both on one scale (Open FAIR: vulnerability).
    Contest(Contest),
}

/// Two uncertain strengths on one scale.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Contest {
    /// Strength of the threat.
    pub capability: Pert,
    /// Strength of the resistance.
    pub resistance: Pert,
}

/// What moves several scenarios at once: years that are bad for one are bad for all that load on the factor.
#[derive(Clone, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    /// Scenarios that name the same factor move together.
    pub name: String,
    /// Strength, from -0.99 to 0.99. For `bernoulli` the correlation of the scenario's hidden normal variable with the
    /// factor (two scenarios are correlated by the product of their loadings); otherwise the standard deviation of
    /// the rate's logarithm, with the mean rate kept.
    pub loading: f64,
}
