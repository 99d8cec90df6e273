//! What a simulation says.

use crate::bracket::Bracket;
use crate::settings::Tolerance;
use schemars::JsonSchema;
use serde::Serialize;

/// Loss distributions of scenarios and of their sum. Amounts are in `currency`, probabilities are per year.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Report {
    /// Currency of all amounts (ISO 4217).
    pub currency: String,
    /// All scenarios together.
    pub total: Figures,
    /// Each scenario alone, in the order of the file; empty when only the total was asked for.
    pub scenarios: Vec<ScenarioFigures>,
    /// Loss exceedance of the total, by rising loss.
    pub curve: Vec<Exceedance>,
    /// The total beside the tolerance line.
    pub tolerance: Vec<ToleranceAnswer>,
    /// What the independent simulation says of the total.
    pub second_opinion: SecondOpinion,
    /// Lattice of the total: number of points.
    pub points: usize,
    /// Lattice of the total: width of a step.
    pub step: f64,
}

/// A scenario's figures.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct ScenarioFigures {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it costs.
    #[serde(flatten)]
    pub figures: Figures,
}

/// A distribution in figures.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Figures {
    /// Annual loss expectancy: the mean of a year's loss, exact.
    pub ale: f64,
    /// Standard deviation of a year's loss, exact.
    pub sd: f64,
    /// Probability of any loss in a year, exact.
    pub any_loss: f64,
    /// Quantiles and tail means.
    pub levels: Vec<Level>,
}

/// Figures at one probability.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Level {
    /// The probability.
    pub level: f64,
    /// Value at risk: what a year's loss does not exceed with this probability.
    pub var: Bracket,
    /// Tail value at risk: the mean of the worst 1 − level of years.
    pub tvar: Bracket,
}

/// A point of a loss exceedance curve.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Exceedance {
    /// A year's loss.
    pub loss: f64,
    /// Probability of losing this much or more.
    pub probability: Bracket,
}

/// A point of the tolerance line with what was found there.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Serialize)]
pub struct ToleranceAnswer {
    /// What is tolerated.
    #[serde(flatten)]
    pub tolerance: Tolerance,
    /// Probability of losing this much or more.
    pub found: Bracket,
    /// How they compare.
    pub verdict: Verdict,
}

/// Risk beside a limit.
#[derive(Clone, Copy, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The whole bracket lies within the limit.
    Within,
    /// The whole bracket lies beyond it.
    Exceeds,
    /// The limit lies inside the bracket.
    DoesNotDecide,
}

impl Verdict {
    pub(crate) fn of(found: Bracket, limit: f64) -> Self {
        if found.high <= limit {
            Self::Within
        } else if found.low > limit {
            Self::Exceeds
        } else {
            Self::DoesNotDecide
        }
    }
}

/// The independent simulation. There is no report when it disagrees with the exact engine.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct SecondOpinion {
    /// Years played.
    pub years: usize,
    /// Seed.
    pub seed: u64,
    /// Mean of the simulated years and its 95 % interval by the normal law, too narrow for heavy tails.
    pub mean: Bracket,
    /// Quantiles of the simulated years with distribution-free 95 % intervals.
    pub levels: Vec<SimulatedLevel>,
    /// Probabilities compared with the exact engine.
    pub compared: usize,
    /// Largest distance, as a share of what chance would exceed once in a billion runs; 1 would be an error.
    pub distance: f64,
}

/// A simulated quantile.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Serialize)]
pub struct SimulatedLevel {
    /// The probability.
    pub level: f64,
    /// Value at risk with its 95 % interval.
    pub var: Bracket,
}
