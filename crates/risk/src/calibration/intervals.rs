//! Intervals: how many hold what turned out, and how wide they are.

use super::{Calibrated, percent};
use crate::numeric::special::{beta_cdf, ln_beta};
use schemars::JsonSchema;
use serde::Serialize;

/// Confidence of the interval for the true coverage.
const SURE: f64 = 0.9;

/// A coverage this much below what was said is a fault worth knowing.
const WORTH_KNOWING: f64 = 0.2;

/// Intervals of one stated confidence.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Intervals {
    /// How sure the estimator said to be.
    pub confidence: f64,
    /// How often the intervals held what turned out.
    pub coverage: Coverage,
    /// What turned out lay below the interval.
    pub below: usize,
    /// What turned out lay above the interval.
    pub above: usize,
    /// Sharpness: median of the upper end over the lower, when all lower ends are above 0. Of two estimators who are
    /// both right as often as they say, the sharper one knows more.
    pub median_ratio: Option<f64>,
    /// Median width, in whatever the questions were asked.
    pub median_width: f64,
    /// What coverage says about the confidence.
    pub verdict: Calibrated,
}

/// A share that was counted, and the 90 % interval (Clopper and Pearson) for the true one.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Coverage {
    /// Intervals that held.
    pub held: usize,
    /// All intervals.
    pub of: usize,
    /// Their ratio.
    pub share: f64,
    /// Lower end for the true share.
    pub low: f64,
    /// Upper end for the true share.
    pub high: f64,
}

impl Coverage {
    pub(super) fn new(held: usize, of: usize) -> Self {
        let (k, n) = (held as f64, of as f64);
        let tail = 0.5 * (1.0 - SURE);
        // P(at least k of n) rises with the share and is a beta distribution function of it.
        let low = if held == 0 { 0.0 } else { beta_quantile(tail, k, n - k + 1.0) };
        let high = if held == of { 1.0 } else { beta_quantile(1.0 - tail, k + 1.0, n - k) };
        Self { held, of, share: k / n, low, high }
    }
}

impl Intervals {
    /// Of low, high and what turned out; at least one.
    pub(super) fn of(confidence: f64, told: &[(f64, f64, f64)]) -> Self {
        let below = told.iter().filter(|(low, _, found)| found < low).count();
        let above = told.iter().filter(|(_, high, found)| found > high).count();
        let coverage = Coverage::new(told.len() - below - above, told.len());
        let positive = told.iter().all(|(low, _, _)| *low > 0.0);
        Self {
            confidence,
            coverage,
            below,
            above,
            median_ratio: positive.then(|| median(told.iter().map(|(low, high, _)| high / low).collect())),
            median_width: median(told.iter().map(|(low, high, _)| high - low).collect()),
            verdict: verdict(confidence, coverage),
        }
    }

    pub(super) fn sentence(&self) -> String {
        let Coverage { held, of, share, low, high } = self.coverage;
        let misses = match (self.below, self.above) {
            (0, 0) => String::new(),
            (1, 0) => "; its one miss lies below".to_owned(),
            (0, 1) => "; its one miss lies above".to_owned(),
            (below, 0) => format!("; all {below} misses lie below"),
            (0, above) => format!("; all {above} misses lie above"),
            (below, above) => format!("; of its misses {below} lie below, {above} above"),
        };
        let verdict = match self.verdict {
            Calibrated::TooNarrow => "too narrow".to_owned(),
            Calibrated::TooWide => "too wide".to_owned(),
            Calibrated::TooFewToSay => {
                format!("too few to say (the true share may be {} to {})", percent(low), percent(high))
            }
            _ => "fits".to_owned(),
        };
        format!(
            "says {}, is right {} ({held} of {of}): {verdict}{misses}",
            percent(self.confidence),
            percent(share)
        )
    }
}

fn verdict(confidence: f64, coverage: Coverage) -> Calibrated {
    if coverage.high < confidence {
        Calibrated::TooNarrow
    } else if coverage.low > confidence {
        Calibrated::TooWide
    } else if coverage.low < confidence - WORTH_KNOWING {
        Calibrated::TooFewToSay
    } else {
        Calibrated::Fits
    }
}

/// The middle value; of an even number the mean of both. At least one.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len() % 2 == 1 { values[half] } else { 0.5 * (values[half - 1] + values[half]) }
}

fn beta_quantile(share: f64, a: f64, b: f64) -> f64 {
    let (ln, mut low, mut high) = (ln_beta(a, b), 0.0, 1.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if beta_cdf(middle, a, b, ln) < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}
