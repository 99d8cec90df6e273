//! A lower bound of the mean of the worst years for all sets of actions whose worst years begin within a stretch.
//!
//! Let TVaR = v + E\[(L − v)⁺\]/(1 − level), v being where the worst years begin (Rockafellar and Uryasev), and
//! b ≤ v < t. Then P(L ≥ t) ≤ 1 − level, and since E\[(L − v)⁺\] ≥ E\[(L − t)⁺\] + (t − v)·P(L ≥ t), TVaR is at least
//! b + (E\[(L − t)⁺\] + (t − b)·P(L ≥ t))/(1 − level).
//!
//! *Amounts beyond t count by themselves.* For any amounts of a year, (Σ y − t)⁺ = Σ (y − t)⁺ + (Σ min(y, t) − t)⁺. The
//! mean of the first sum is linear in the chances that actions leave. What is left has amounts of t at most: it is
//! W = (L' − t)⁺ + (t − b)·\[L' ≥ t\] with L' = Σ min(y, t).
//!
//! *The mean of W* when events happen with the chances x is E\[W·R\] at any reference r, R being how much more probable
//! a year is at x than at r. With the mean weighed by W, ln E\[R\] ≥ E\[ln R\] (Jensen), and ln R is
//! Σ N·ln(x/r) − Λ·(x − r) for Poisson counts N of rate Λ·x, whether Λ is known or not, and
//! Σ N·ln(x/r) + (1 − N)·ln((1 − p·x)/(1 − p·r)) for counts of at most one. So
//! E\[W\] ≥ c·(1 + Σ n·ln(x/r) + …), with c = E\[W\], n = E\[W·N\]/c … at the reference, which it touches there.

use super::year::{Counts, Year};
use super::{ROUNDING, Tail, paired};
use crate::exposure::Exposure;
use crate::frequency::{Law, RULE_ERROR};
use crate::lattice::{Lattice, multiply};
use crate::numeric::fft::Spectrum;
use crate::severity::Magnitude;
use rayon::prelude::*;

/// Lattice points.
const POINTS: usize = 1 << 13;

/// The lattice reaches so many times as far as the stretch at least, and at most.
const REACHES: (usize, usize) = (4, 64);

/// Years past the end of the lattice that are few enough, as a share of the worst years.
const PAST: f64 = 1e-4;

/// Scenarios ready for bounds of years whose worst begin below an amount.
#[derive(Clone, Debug)]
pub(crate) struct Within {
    /// t.
    below: f64,
    /// 1 − level.
    rest: f64,
    lattice: Lattice,
    /// Points up to t.
    at: usize,
    /// Transforms of an event's amount, each form of loss t at most and rounded down.
    events: Vec<Spectrum>,
    /// What amounts beyond t add for each unit of a scenario's chance.
    alone: Vec<f64>,
    /// Probability that may be wrong.
    slack: f64,
}

/// The bound near a reference.
#[derive(Clone, Debug)]
pub(crate) struct Near {
    /// The bound at the reference without what amounts beyond t add.
    pub(crate) base: f64,
    /// What amounts beyond t add for each unit of a scenario's chance.
    pub(crate) alone: Vec<f64>,
    /// The bound changes by so much for each ln(x/r).
    pub(crate) rises: Vec<f64>,
    /// What is lost with more events.
    falls: Vec<Fall>,
}

/// What the bound loses with a scenario's chance, being 0 at the reference.
#[derive(Clone, Copy, Debug)]
enum Fall {
    /// In proportion: `by · (x/r − 1)`.
    Rate { by: f64, at: f64 },
    /// `−by · ln((1 − p·x)/(1 − p·r))`.
    Once { by: f64, p: f64, at: f64 },
}

/// What is kept ready of stretches takes so much memory at most, in bytes.
const MOST_KEPT: usize = 400 << 20;

impl Within {
    /// How many of the kind can be kept at once.
    pub(crate) fn most_kept(&self) -> usize {
        let each = self.events.len() * self.lattice.frequencies() * 2 * size_of::<f64>();
        (MOST_KEPT / each.max(1)).max(1)
    }

    /// For years whose worst begin below an amount; chances are never above these.
    pub(super) fn new(tail: &Tail, below: f64, most: &[f64]) -> Self {
        let rest = 1.0 - tail.level;
        let mut reach = REACHES.0;
        loop {
            let lattice = Lattice::new(below / (POINTS / reach) as f64, POINTS);
            let at = POINTS / reach;
            let events: Vec<Spectrum> = tail.exposures.par_iter().map(|e| capped(e, &lattice, at)).collect();
            let year = tail.counts.year(&events, most);
            let past = (1.0 - super::masses(&lattice, &year.whole).iter().sum::<f64>()).max(0.0);
            if past <= PAST * rest || reach >= REACHES.1 {
                let alone = tail.exposures.iter().map(|e| e.law.mean() * beyond(e, below) / rest).collect();
                let slack = lattice.wrap() * past + ROUNDING + 2.0 * RULE_ERROR * tail.counts.averages;
                return Self { below, rest, lattice, at, events, alone, slack };
            }
            reach *= 2;
        }
    }

    /// The bound for years whose worst begin at `from` or above, near chances.
    pub(super) fn near(&self, counts: &Counts, from: f64, kept: &[f64]) -> Near {
        let year = counts.year(&self.events, kept);
        let (points, step) = (self.lattice.points, self.lattice.step);
        // W is at most what it is at the lattice's end; what it is less than that is 0 past the end.
        let jump = self.below - from.min(self.below);
        let most = (points - self.at) as f64 * step + jump;
        let less: Vec<f64> = (0..points)
            .map(|k| {
                let worth = if k < self.at { 0.0 } else { (k - self.at) as f64 * step + jump };
                (most - worth) / self.lattice.tilt[k]
            })
            .collect();
        let pair = paired(&self.lattice, &less, &year.whole);
        let mean = |sum: f64| sum / points as f64;
        let c = (most - mean(total(&pair)) - self.slack * most).max(0.0);
        let each: Vec<(f64, Fall)> = (0..kept.len())
            .into_par_iter()
            .map(|at| {
                let (counted, rated) = self.weighed(at, &counts.laws[at], kept[at], &pair, &year);
                let expected = counts.laws[at].mean() * kept[at];
                let n = (most * expected - mean(counted)).max(0.0);
                let fall = match counts.laws[at] {
                    Law::Bernoulli(p) => Fall::Once { by: (c - n).max(0.0) / self.rest, p, at: kept[at] },
                    _ => {
                        Fall::Rate { by: (most * expected - mean(rated)).max(0.0) / self.rest, at: kept[at] }
                    }
                };
                (n / self.rest, fall)
            })
            .collect();
        let (rises, falls) = each.into_iter().unzip();
        Near { base: from + c / self.rest, alone: self.alone.clone(), rises, falls }
    }

    /// Sums over all frequencies of `pair` times, first, the transform of E\[count; year\] over the year's, and then
    /// that of E\[rate; year\].
    fn weighed(&self, at: usize, law: &Law, kept: f64, pair: &Spectrum, year: &Year) -> (f64, f64) {
        let (event, scores) = (&self.events[at], year.scores.get(&at));
        let last = pair.len() - 1;
        let (mut counted, mut rated) = (0.0, 0.0);
        for k in 0..=last {
            let (e_re, e_im) = (event.re[k], event.im[k]);
            let score = match (law, scores) {
                (_, Some(known)) => (known.re[k], known.im[k]),
                (Law::Poisson(rate), None) => (*rate, 0.0),
                _ => law.score_at((kept * (e_re - 1.0), kept * e_im)),
            };
            let (p_re, p_im) = (pair.re[k], pair.im[k]);
            let (re, im) = (p_re * score.0 - p_im * score.1, p_re * score.1 + p_im * score.0);
            let twice = if k == 0 || k == last { kept } else { 2.0 * kept };
            rated += twice * re;
            counted += twice * (re * e_re - im * e_im);
        }
        (counted, rated)
    }
}

impl Near {
    /// A line `a − b·x` below what scenario `at` loses between two chances.
    pub(crate) fn line(&self, at: usize, low: f64, high: f64) -> (f64, f64) {
        match self.falls[at] {
            Fall::Rate { by, at } => (by, by / at.max(f64::MIN_POSITIVE)),
            Fall::Once { by, p, at } => {
                let of = |x: f64| by * (libm::log1p(-p * x) - libm::log1p(-p * at));
                let slope = if high > low * (1.0 + 1e-9) + 1e-12 {
                    (of(low) - of(high)) / (high - low)
                } else {
                    by * p / (1.0 - p * low)
                };
                (of(low) + slope * low, slope)
            }
        }
    }
}

/// Sum over all frequencies.
fn total(pair: &Spectrum) -> f64 {
    let last = pair.len() - 1;
    let inner: f64 = pair.re[1..last].iter().sum();
    pair.re[0] + pair.re[last] + 2.0 * inner
}

/// Mean of what an event's forms of loss have beyond an amount, each by itself.
fn beyond(exposure: &Exposure, amount: f64) -> f64 {
    let of = |magnitude: &Magnitude| {
        (magnitude.moment_above(1, amount) - amount * magnitude.survival(amount)).max(0.0)
    };
    exposure.forms.iter().map(|form| form.probability * of(&form.magnitude)).sum()
}

/// Transform of an event's amount, each form of it at most the lattice's point `at` and rounded down.
fn capped(exposure: &Exposure, lattice: &Lattice, at: usize) -> Spectrum {
    let mut event = Spectrum::filled(lattice.frequencies(), 1.0);
    for form in &exposure.forms {
        let mut mass = vec![0.0; lattice.points];
        let mut above = 1.0;
        for (k, mass) in mass.iter_mut().enumerate().take(at) {
            let next = form.magnitude.survival((k + 1) as f64 * lattice.step);
            *mass = (above - next).max(0.0) * lattice.tilt[k];
            above = next;
        }
        mass[at] = above * lattice.tilt[at];
        let mut amount = lattice.fft.forward(&mass);
        for part in [&mut amount.re, &mut amount.im] {
            part.iter_mut().for_each(|part| *part *= form.probability);
        }
        amount.re.iter_mut().for_each(|re| *re += 1.0 - form.probability);
        multiply(&mut event, &amount);
    }
    event
}

impl Tail {
    /// Ready for years whose worst begin below an amount, chances never being above these.
    pub(crate) fn within(&self, below: f64, most: &[f64]) -> Within {
        Within::new(self, below, most)
    }

    /// The bound for years whose worst begin at `from` or above and below what `within` was made for.
    pub(crate) fn near(&self, within: &Within, from: f64, kept: &[f64]) -> Near {
        within.near(&self.counts, from, kept)
    }
}
