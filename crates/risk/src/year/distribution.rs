//! Questions to a year's loss, answered with brackets.

use super::compound::Budget;
use super::moments::Moments;
use crate::bracket::Bracket;
use crate::frequency::RULE_ERROR;
use crate::lattice::{ENOUGH, INTERPOLATION_ERROR, Lattice};

/// Factor by which the bound on rounding errors of doubles exceeds those ever seen.
const CAUTION: f64 = 8.0;

/// Distribution functions of the loss rounded down and up, and what may be wrong with them.
#[derive(Clone, Debug)]
pub(crate) struct Distribution {
    step: f64,
    pub(crate) moments: Moments,
    /// Means of both.
    means: (f64, f64),
    /// P(rounded down ≤ k·step): not below the true probability.
    down: Vec<f64>,
    /// P(rounded up ≤ k·step): not above the true probability.
    up: Vec<f64>,
    /// For both, the sum of what is missing to 1 over the points before each run of [`RUN`].
    missing: (Vec<f64>, Vec<f64>),
    /// Error of both at the start, and its growth per point.
    slack: f64,
    growth: f64,
    /// Error that does not grow.
    fixed: f64,
}

impl Distribution {
    pub(crate) fn new(
        lattice: &Lattice,
        moments: Moments,
        means: (f64, f64),
        down: (Vec<f64>, f64),
        up: (Vec<f64>, f64),
        error: Budget,
    ) -> Self {
        let tilted = down.1.max(up.1).max(0.0);
        let down = accumulated(lattice, down.0);
        let up = accumulated(lattice, up.0);
        let past = 1.0 - up.last().copied().unwrap_or_default();
        let operations = libm::log2(lattice.points as f64) + error.events + error.factors;
        let rounding = CAUTION * f64::EPSILON * operations;
        Self {
            step: lattice.step,
            moments,
            means,
            slack: rounding * tilted * lattice.magnify(),
            growth: -libm::log(lattice.tilt[1]),
            fixed: lattice.wrap() * past.max(0.0)
                + error.events * INTERPOLATION_ERROR
                + error.averages * RULE_ERROR
                + f64::EPSILON * 64.0,
            missing: (missing(&down), missing(&up)),
            down,
            up,
        }
    }

    pub(crate) fn step(&self) -> f64 {
        self.step
    }

    pub(crate) fn points(&self) -> usize {
        self.down.len()
    }

    /// Probabilities of the loss lying past the end, rounded down and up.
    pub(crate) fn past(&self) -> (f64, f64) {
        let past = |cdf: &[f64]| 1.0 - cdf.last().copied().unwrap_or(1.0);
        (past(&self.down), past(&self.up))
    }

    /// Whether the lattice reaches far enough for every level that may be asked for.
    pub(crate) fn reaches(&self) -> bool {
        let (down, up) = self.past();
        down <= ENOUGH && up <= ENOUGH
    }

    /// Mean of the loss cut off at an amount.
    pub(crate) fn limited_mean(&self, limit: f64) -> Bracket {
        let count = (libm::floor(limit / self.step) as usize).min(self.down.len() - 1);
        let rest = limit - count as f64 * self.step;
        let below = |cdf: &[f64], missing: &[f64]| {
            self.step * before(cdf, missing, count) + rest * (1.0 - cdf[count])
        };
        let (low, high) = (below(&self.down, &self.missing.0), below(&self.up, &self.missing.1));
        let error = limit * self.error(count);
        Bracket::new(low - error, 0.5 * (low + high), high + error)
    }

    /// Largest error of a probability at point `k`.
    fn error(&self, k: usize) -> f64 {
        self.slack * libm::exp(self.growth * k as f64) + self.fixed
    }

    /// P(loss ≤ x), halfway between both roundings. Rounded amounts are half a step off in the mean, so the mean of
    /// both at point k stands for the middle of the cell.
    fn middle(&self, k: usize) -> f64 {
        0.5 * (self.down[k] + self.up[k])
    }

    /// P(loss ≥ amount).
    pub(crate) fn exceedance(&self, amount: f64) -> Bracket {
        if amount <= 0.0 {
            return Bracket::exact(1.0);
        }
        let any = 1.0 - self.moments.free;
        let at = amount / self.step;
        let whole = libm::round(at);
        let point = if (at - whole).abs() <= 1e-9 { whole } else { libm::ceil(at) };
        let last = self.down.len() - 1;
        if point > last as f64 {
            let high = (1.0 - self.up[last] + self.error(last)).clamp(0.0, any);
            return Bracket::new(0.0, 0.0, high);
        }
        let below = point as usize - 1;
        let low = (1.0 - self.down[below] - self.error(below)).clamp(0.0, any);
        let high = (1.0 - self.up[below] + self.error(below)).clamp(low, any);
        Bracket::new(low, (1.0 - self.interpolated(at)).clamp(low, high), high)
    }

    /// The middle distribution function between cell middles; `at` in steps.
    fn interpolated(&self, at: f64) -> f64 {
        let shifted = at - 0.5;
        if shifted <= 0.0 {
            return self.moments.free + 2.0 * at * (self.middle(0) - self.moments.free);
        }
        let k = (shifted as usize).min(self.down.len() - 2);
        let share = shifted - k as f64;
        self.middle(k) + share * (self.middle(k + 1) - self.middle(k))
    }

    /// The amount that a year's loss does not exceed with probability `level`; `None` when the lattice is too coarse.
    pub(crate) fn quantile(&self, level: f64) -> Option<Bracket> {
        if level <= self.moments.free {
            return Some(Bracket::exact(0.0));
        }
        let low = self.first(|k| self.down[k] + self.error(k) >= level)?;
        let high = self.first(|k| self.up[k] - self.error(k) >= level)?;
        let (low, high) = (self.step * low as f64, self.step * high as f64);
        let estimate = match self.first(|k| self.middle(k) >= level)? {
            0 => 0.5 * (level - self.moments.free) / (self.middle(0) - self.moments.free).max(1e-300),
            k => {
                let rise = (self.middle(k) - self.middle(k - 1)).max(1e-300);
                k as f64 - 0.5 + (level - self.middle(k - 1)) / rise
            }
        };
        Some(Bracket::new(low, (self.step * estimate).clamp(low, high), high))
    }

    /// First point at which something that stays true becomes true.
    fn first(&self, holds: impl Fn(usize) -> bool) -> Option<usize> {
        let (mut low, mut high) = (0, self.down.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if holds(middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        (low < self.down.len()).then_some(low)
    }

    /// The mean of the worst 1 − `level` of years (TVaR, expected shortfall).
    pub(crate) fn tail_mean(&self, level: f64) -> Option<Bracket> {
        let rest = 1.0 - level;
        // Both roundings have tail means of their own; the true one lies between.
        let low = self.tail((&self.down, &self.missing.0), self.means.0, level)?;
        let high = self.tail((&self.up, &self.missing.1), self.means.1, level)?;
        let quantile = self.quantile(level)?;
        let last = libm::floor(quantile.high / self.step) as usize;
        let error = quantile.high * self.error(last.min(self.down.len() - 1)) / rest;
        let most = self.moments.mean / rest;
        let bound = |value: f64| value.clamp(0.0, most);
        let (low, high) = (bound(low - error).max(quantile.low.min(most)), bound(high + error));
        let estimate = if level <= self.moments.free { most } else { 0.5 * (low + high) };
        let (low, high) = if level <= self.moments.free { (most, most) } else { (low, high.max(low)) };
        Some(Bracket::new(low, estimate, high))
    }

    /// Tail mean of one rounding: its quantile and the mean excess over it, from its mean and what lies below.
    fn tail(&self, (cdf, missing): (&[f64], &[f64]), mean: f64, level: f64) -> Option<f64> {
        let at = self.first(|k| cdf[k] >= level)?;
        let below = before(cdf, missing, at);
        Some(self.step * at as f64 + (mean - self.step * below) / (1.0 - level))
    }
}

/// Points summed at a time.
const RUN: usize = 256;

/// Sums of what is missing to 1 before each run.
fn missing(cdf: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let runs = cdf.chunks(RUN).map(|run| {
        let before = sum;
        sum += run.iter().map(|p| 1.0 - p).sum::<f64>();
        before
    });
    runs.collect()
}

/// Sum of what is missing to 1 over the first `count` points, fewer than all.
fn before(cdf: &[f64], missing: &[f64], count: usize) -> f64 {
    let run = count / RUN;
    missing[run] + cdf[run * RUN..count].iter().map(|p| 1.0 - p).sum::<f64>()
}

/// Untilts probabilities and adds them up.
fn accumulated(lattice: &Lattice, mut values: Vec<f64>) -> Vec<f64> {
    let mut sum = 0.0;
    for (value, tilt) in values.iter_mut().zip(lattice.tilt.iter()) {
        sum += (*value / tilt).max(0.0);
        *value = sum.min(1.0);
    }
    values
}
