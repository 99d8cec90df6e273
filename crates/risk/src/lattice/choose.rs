//! How far a lattice reaches and how fine it is. Every choice gives right brackets; a good one narrow brackets.

use super::Lattice;
use crate::exposure::Exposure;

/// The chance of a year past the end that the reach aims at.
const BEYOND: f64 = 1e-5;

/// The chance of a year past the end that is good enough.
pub(crate) const ENOUGH: f64 = 3.0 * BEYOND;

/// Rounding may add this share of mean and standard deviation before more points are taken.
const COARSE: f64 = 0.02;

/// Most lattice points.
pub(crate) const MOST_POINTS: usize = 1 << 22;

/// How far and how fine a lattice for a sum of exposures should be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    reach: f64,
    pub(crate) points: usize,
}

impl Extent {
    /// A first guess, from the yearly mean and standard deviation and at least so many points; more are taken when
    /// many events a year make rounding matter.
    pub(crate) fn new(exposures: &[&Exposure], mean: f64, sd: f64, points: usize) -> Self {
        let largest = single(exposures);
        let spread = sd.min(largest + mean);
        let reach = (largest + mean + 6.0 * spread).max(crate::error::SMALLEST_AMOUNT);
        let events: f64 = exposures.iter().map(|e| e.law.mean() * e.forms.len() as f64).sum();
        let mut points = points.max(64).next_power_of_two();
        while points < MOST_POINTS && events * reach / points as f64 > COARSE * (mean + spread) {
            points *= 2;
        }
        Self { reach, points }
    }

    /// The same, reaching to the next of eight amounts to each doubling: sums that differ a little have one lattice.
    pub(crate) fn rounded(self) -> Self {
        let eighths = libm::ceil(8.0 * libm::log2(self.reach));
        Self { reach: libm::exp2(eighths / 8.0), ..self }
    }

    /// What to try when the sum lies past the end with the given probabilities, rounded down and up; `None` when it
    /// does not, or nothing more can be done.
    pub(crate) fn better(self, past_down: f64, past_up: f64) -> Option<Self> {
        if past_down > ENOUGH && self.reach < 1e20 {
            return Some(Self { reach: 2.0 * self.reach, ..self });
        }
        (past_up > ENOUGH && self.points < MOST_POINTS).then(|| Self { points: 2 * self.points, ..self })
    }

    pub(crate) fn lattice(self, exposures: &[&Exposure]) -> Lattice {
        Lattice::new(fitted(exposures, self.reach / self.points as f64), self.points)
    }
}

/// The amount that a single loss exceeds once in 1/[`BEYOND`] years.
fn single(exposures: &[&Exposure]) -> f64 {
    let chance = |amount: f64| exposures.iter().map(|e| e.above(amount)).sum::<f64>();
    let (mut low, mut high) = (0.0, 1.0);
    while chance(high) > BEYOND && high < 1e18 {
        (low, high) = (high, high * 2.0);
    }
    for _ in 0..24 {
        let middle = 0.5 * (low + high);
        if chance(middle) > BEYOND {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The step made a little larger so that certain amounts fall on lattice points: all when they have a common measure
/// above the step, else the largest.
fn fitted(exposures: &[&Exposure], step: f64) -> f64 {
    let atoms = exposures.iter().flat_map(|e| &e.forms).flat_map(|form| form.magnitude.atoms());
    let mut amounts: Vec<f64> = atoms.map(|(amount, _)| amount).filter(|amount| *amount > step).collect();
    amounts.sort_by(f64::total_cmp);
    amounts.dedup();
    let Some(largest) = amounts.last().copied() else { return step };
    let cents: Option<Vec<u64>> = amounts
        .iter()
        .map(|amount| {
            let cents = libm::round(amount * 100.0);
            (cents < 9e15 && (cents - amount * 100.0).abs() <= 1e-6).then_some(cents as u64)
        })
        .collect();
    let common = cents.map_or(0.0, |cents| cents.into_iter().fold(0, divisor) as f64 / 100.0);
    let measure = if common >= step { common } else { largest };
    measure / libm::floor(measure / step)
}

/// Greatest common divisor.
fn divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { divisor(b, a % b) }
}
