//! The mean of the worst years as a function of what actions prevent, bounded from below.
//!
//! Two bounds, each right for every set of actions it is used for. *By a reference* (here): TVaR at a level is the
//! largest of all means E\[Z·L\] whose weight Z of years lies between 0 and 1/(1 − level) and is 1 on average; so every
//! such weight gives a lower bound. Here Z marks the worst years of a *reference*: the loss when each event of
//! scenario s happens with the chance k_s, amounts rounded to the lattice. An event that happens with a lesser chance
//! x_s ≤ k_s is one of the reference's, thinned further, and all events of a scenario are alike, so E\[Z·L\] is a_s·x_s
//! summed over scenarios: linear in what actions leave. At the reference itself the bound is TVaR but for the
//! rounding, which moves the border of the worst years and costs only in second order. Far below it is weak; there
//! *by the border* of the worst years (`within.rs`) is strong.

mod within;
mod year;

#[cfg(test)]
mod tests;

pub(crate) use within::Within;

use crate::error::RiskError;
use crate::exposure::Exposure;
use crate::frequency::{Law, RULE_ERROR};
use crate::lattice::{Lattice, multiply};
use crate::numeric::fft::Spectrum;
use crate::severity::Magnitude;
use crate::simulate::distribution;
use rayon::prelude::*;
use year::Counts;

/// Lattice points of the reference, and of the distribution from which its reach is taken.
const POINTS: usize = 1 << 12;
const POINTS_OF_REACH: usize = 1 << 14;

/// Years past the end of the lattice, as a share of the worst years.
const PAST: f64 = 0.1;

/// What doubles may be wrong by in a probability, generously.
const ROUNDING: f64 = 1e-10;

/// Scenarios ready for references.
#[derive(Clone, Debug)]
pub(crate) struct Tail {
    level: f64,
    lattice: Lattice,
    exposures: Vec<Exposure>,
    counts: Counts,
    /// Transforms of an event's rounded amount.
    events: Vec<Spectrum>,
    /// Transforms of E\[amount; rounded amount\].
    values: Vec<Spectrum>,
    /// Expected losses of a year.
    means: Vec<f64>,
}

/// Slopes of the bound.
#[derive(Clone, Debug)]
pub(crate) struct Slopes {
    /// a_s: what scenario s adds for each unit of its chance.
    pub(crate) each: Vec<f64>,
    /// Where the worst years of the reference begin; what the lattice reaches when they all lie past it.
    pub(crate) border: f64,
}

impl Tail {
    /// # Errors
    /// When a scenario of at most one event shares a factor: with fewer attempts it does not get fewer events in every
    /// year alike.
    pub(crate) fn new(exposures: &[Exposure], level: f64) -> Result<Self, RiskError> {
        let counts = Counts::new(exposures)?;
        let all: Vec<&Exposure> = exposures.iter().collect();
        let found = distribution(&all, POINTS_OF_REACH);
        let Some(reach) = found.quantile(1.0 - PAST * (1.0 - level)) else {
            let what = "the mean of the worst years".to_owned();
            return Err(RiskError::TooCoarse { what, points: POINTS_OF_REACH });
        };
        let reach = reach.high.max(crate::error::SMALLEST_AMOUNT) * 1.02;
        let lattice = Lattice::new(reach / POINTS as f64, POINTS);
        let (events, values) = exposures.par_iter().map(|exposure| event(exposure, &lattice)).unzip();
        let means = exposures.iter().map(Exposure::mean).collect();
        Ok(Self { level, lattice, exposures: exposures.to_vec(), counts, events, values, means })
    }

    /// The slopes of the bound that has its reference where events happen with these chances.
    pub(crate) fn slopes(&self, kept: &[f64]) -> Slopes {
        let year = self.counts.year(&self.events, kept);
        let masses = masses(&self.lattice, &year.whole);
        let rest = 1.0 - self.level;
        let Some(border) = self.border(&masses) else {
            // The worst years all lie past the end: every year counts alike.
            return Slopes { each: self.means.clone(), border: self.lattice.end() };
        };
        // Weights of years that are not among the worst, tilted back, and their transform times the year's.
        let tilt = &self.lattice.tilt;
        let mut others: Vec<f64> =
            (0..self.lattice.points).map(|k| if k <= border.at { 1.0 / tilt[k] } else { 0.0 }).collect();
        others[border.at] *= border.share;
        let pair = paired(&self.lattice, &others, &year.whole);
        let each = (0..self.means.len()).into_par_iter().map(|at| {
            let outside = self.outside(at, kept[at], &pair, year.scores.get(&at));
            ((self.means[at] - outside / self.lattice.points as f64) / rest).max(0.0)
                / (1.0 + border.excess / rest)
        });
        Slopes { each: each.collect(), border: border.at as f64 * self.lattice.step }
    }

    /// Where the worst years begin; `None` past the end.
    fn border(&self, masses: &[f64]) -> Option<Border> {
        let mut below = 0.0;
        let mut found = None;
        for (at, mass) in masses.iter().enumerate() {
            if found.is_none() && below + mass >= self.level {
                // The part of the years at the border that is not among the worst.
                found = Some((at, ((self.level - below) / mass).clamp(0.0, 1.0)));
            }
            below += mass;
        }
        let (at, share) = found?;
        let wrapped = self.lattice.wrap() * (1.0 - below).max(0.0);
        let excess = wrapped + ROUNDING + 2.0 * RULE_ERROR * self.counts.averages;
        Some(Border { at, share, excess })
    }

    /// Real part of the sum over all frequencies of `pair` times the transform of E\[loss of this scenario; year\]
    /// over the year's, for each unit of its chance.
    fn outside(&self, at: usize, kept: f64, pair: &Spectrum, scores: Option<&Spectrum>) -> f64 {
        let (law, event, value) = (&self.counts.laws[at], &self.events[at], &self.values[at]);
        let last = pair.len() - 1;
        let mut sum = 0.0;
        let constant = match (law, scores) {
            (Law::Poisson(rate), None) => Some(*rate),
            _ => None,
        };
        for k in 0..=last {
            let (v_re, v_im) = (value.re[k], value.im[k]);
            let (p_re, p_im) = (pair.re[k], pair.im[k]);
            let mut real = p_re * v_re - p_im * v_im;
            match constant {
                Some(rate) => real *= rate,
                None => {
                    let imaginary = p_re * v_im + p_im * v_re;
                    let u = (kept * (event.re[k] - 1.0), kept * event.im[k]);
                    let score = scores.map_or_else(|| law.score_at(u), |known| (known.re[k], known.im[k]));
                    real = real * score.0 - imaginary * score.1;
                }
            }
            sum += if k == 0 || k == last { real } else { 2.0 * real };
        }
        sum
    }
}

struct Border {
    at: usize,
    share: f64,
    /// By how much the probability of the worst years may be above 1 − level.
    excess: f64,
}

/// Probabilities of the rounded year's loss.
fn masses(lattice: &Lattice, year: &Spectrum) -> Vec<f64> {
    let mut masses = lattice.fft.inverse(year);
    masses.iter_mut().zip(lattice.tilt.iter()).for_each(|(mass, tilt)| *mass = (*mass / tilt).max(0.0));
    masses
}

/// The transform of weights of years, conjugated, times the year's: summed over all frequencies it is the weights'
/// mean, times the points.
fn paired(lattice: &Lattice, weights: &[f64], year: &Spectrum) -> Spectrum {
    let mut pair = lattice.fft.forward(weights);
    pair.im.iter_mut().for_each(|im| *im = -*im);
    multiply(&mut pair, year);
    pair
}

/// Transforms of an event's rounded amount, and of the amount itself where it is rounded so.
fn event(exposure: &Exposure, lattice: &Lattice) -> (Spectrum, Spectrum) {
    let mut event = Spectrum::filled(lattice.frequencies(), 1.0);
    let mut value = Spectrum::filled(lattice.frequencies(), 0.0);
    for form in &exposure.forms {
        let (mut amount, mut worth) = rounded(&form.magnitude, lattice);
        for part in [&mut amount.re, &mut amount.im, &mut worth.re, &mut worth.im] {
            part.iter_mut().for_each(|part| *part *= form.probability);
        }
        amount.re.iter_mut().for_each(|re| *re += 1.0 - form.probability);
        // E[A + B; sum] for independent A and B.
        multiply(&mut value, &amount);
        multiply(&mut worth, &event);
        value.re.iter_mut().zip(&worth.re).for_each(|(to, from)| *to += from);
        value.im.iter_mut().zip(&worth.im).for_each(|(to, from)| *to += from);
        multiply(&mut event, &amount);
    }
    (event, value)
}

/// Transforms of an amount rounded to the nearest point and of the amount itself where it is rounded so; what is
/// rounded past the end is left out of both.
fn rounded(magnitude: &Magnitude, lattice: &Lattice) -> (Spectrum, Spectrum) {
    let (mut mass, mut worth) = (Vec::with_capacity(lattice.points), Vec::with_capacity(lattice.points));
    let mut above = (1.0, magnitude.moment(1));
    for k in 0..lattice.points {
        let edge = (k as f64 + 0.5) * lattice.step;
        let next = (magnitude.survival(edge), magnitude.moment_above(1, edge));
        mass.push((above.0 - next.0).max(0.0) * lattice.tilt[k]);
        worth.push((above.1 - next.1).max(0.0) * lattice.tilt[k]);
        above = next;
    }
    (lattice.fft.forward(&mass), lattice.fft.forward(&worth))
}
