//! Calibration: what people estimated beside what happened, told per estimator. Too few to say is an answer.

mod chances;
mod intervals;
mod read;

pub use chances::Chances;
pub use intervals::{Coverage, Intervals};

use crate::error::{Place, RiskError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most estimates in one calibration.
const MOST_ESTIMATES: usize = 1_000_000;

/// An estimate with what then happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Who estimated.
    pub estimator: String,
    /// What was asked.
    pub question: String,
    /// What was said, and what turned out.
    pub said: Said,
}

/// Forms of estimates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Said {
    /// A probability of something that happened or did not.
    Chance {
        /// The probability, 0 to 1.
        chance: f64,
        /// Whether it happened.
        outcome: Outcome,
    },
    /// An interval that was to hold a value.
    Interval {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
        /// How sure the estimator was that it holds the value: 0.9 for a 90 % interval.
        confidence: f64,
        /// The value that turned out.
        found: f64,
    },
}

/// Whether something happened.
#[derive(Clone, Copy, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It did.
    Happened,
    /// It did not.
    DidNot,
}

/// All estimators and each of them.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Calibration {
    /// All together.
    pub all: Estimator,
    /// Each, by name.
    pub estimators: Vec<Estimator>,
}

/// How an estimator's words compare with what happened.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Estimator {
    /// The name; empty for all together.
    pub name: String,
    /// Intervals, for each confidence that was stated, the lowest first.
    pub intervals: Vec<Intervals>,
    /// Probabilities.
    pub chances: Option<Chances>,
    /// What this says, in sentences.
    pub says: Vec<String>,
}

/// Whether estimates were what they said.
#[derive(Clone, Copy, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Calibrated {
    /// Nothing contradicts it, and a fault worth knowing would have shown.
    Fits,
    /// Intervals hold less than they say.
    TooNarrow,
    /// Intervals hold more than they say.
    TooWide,
    /// What was given a chance happens more often than said.
    TooLow,
    /// What was given a chance happens less often than said.
    TooHigh,
    /// Neither is contradicted: there are too few estimates.
    TooFewToSay,
}

/// Scores estimates.
///
/// # Errors
/// When there is none, or one means nothing.
///
/// ```
/// use warrant_risk::{Estimate, calibrate};
///
/// let text = "estimator,question,low,high,found\nKim,days to restore,2,5,9\nKim,hours of the outage,1,8,3\n";
/// let found = calibrate(&Estimate::read("estimates.csv", text)?)?;
/// assert_eq!(found.estimators[0].intervals[0].coverage.held, 1);
/// # Ok::<(), warrant_risk::RiskError>(())
/// ```
pub fn calibrate(estimates: &[Estimate]) -> Result<Calibration, RiskError> {
    let place = Place::new("estimates");
    if estimates.is_empty() || estimates.len() > MOST_ESTIMATES {
        return place.refuse(format!("{} of them", estimates.len()), format!("give 1 to {MOST_ESTIMATES}"));
    }
    for (at, estimate) in estimates.iter().enumerate() {
        estimate.check(&Place::new(format!("estimate {}", at + 1)))?;
    }
    let mut by_name: BTreeMap<&str, Vec<&Said>> = BTreeMap::new();
    for estimate in estimates {
        by_name.entry(&estimate.estimator).or_default().push(&estimate.said);
    }
    let all: Vec<&Said> = estimates.iter().map(|estimate| &estimate.said).collect();
    Ok(Calibration {
        all: estimator("", &all),
        estimators: by_name.iter().map(|(name, said)| estimator(name, said)).collect(),
    })
}

impl Estimate {
    fn check(&self, place: &Place) -> Result<(), RiskError> {
        if self.estimator.trim().is_empty() {
            return place.field("estimator").refuse("is empty", "say who estimated; a made-up name will do");
        }
        match self.said {
            Said::Chance { chance, .. } => place.field("chance").probability(chance).map(drop),
            Said::Interval { low, high, confidence, found } => {
                for (field, value) in [("low", low), ("high", high), ("found", found)] {
                    if !value.is_finite() {
                        return place.field(field).refuse(format!("{value} is no number"), "give a number");
                    }
                }
                if low > high {
                    return place.field("low").refuse(
                        format!("the interval from {low} to {high} is crossed"),
                        "give the lower end first",
                    );
                }
                if !(0.01..=0.999).contains(&confidence) {
                    return place.field("confidence").refuse(
                        format!("{confidence} is out of range"),
                        "give 0.01 to 0.999; a 90 % interval has 0.9",
                    );
                }
                Ok(())
            }
        }
    }
}

fn estimator(name: &str, said: &[&Said]) -> Estimator {
    let mut by_confidence: BTreeMap<u64, Vec<(f64, f64, f64)>> = BTreeMap::new();
    let mut chances = Vec::new();
    for said in said {
        match **said {
            Said::Chance { chance, outcome } => chances.push((chance, outcome)),
            Said::Interval { low, high, confidence, found } => {
                // Bits of positive numbers are in their order.
                by_confidence.entry(confidence.to_bits()).or_default().push((low, high, found));
            }
        }
    }
    let intervals: Vec<Intervals> =
        by_confidence.iter().map(|(bits, told)| Intervals::of(f64::from_bits(*bits), told)).collect();
    let chances = (!chances.is_empty()).then(|| Chances::of(&chances));
    let says = intervals.iter().map(Intervals::sentence).chain(chances.iter().map(Chances::sentence));
    Estimator { name: name.to_owned(), says: says.collect(), intervals, chances }
}

/// A share in per cent for sentences.
fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}
