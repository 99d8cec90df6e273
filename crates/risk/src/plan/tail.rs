//! The mean of the worst years as a function of what actions prevent, bounded from below.
//!
//! TVaR at a level is the largest of all means E\[Z·L\] whose weight Z of years lies between 0 and 1/(1 − level) and
//! is 1 on average; so every such weight gives a lower bound. Here Z marks the worst years of a *reference*: the loss
//! when each event of scenario s happens with the chance k_s, amounts rounded to the lattice. An event that happens
//! with a lesser chance x_s ≤ k_s is one of the reference's, thinned further, and all events of a scenario are alike,
//! so E\[Z·L\] is a_s·x_s summed over scenarios: linear in what actions leave. At the reference itself the bound is
//! TVaR but for the rounding, which moves the border of the worst years and costs only in second order.

use crate::error::{Place, RiskError};
use crate::exposure::Exposure;
use crate::frequency::{Law, Slices};
use crate::lattice::{Lattice, multiply};
use crate::numeric::fft::Spectrum;
use crate::numeric::kernel;
use crate::severity::Magnitude;
use crate::simulate::distribution;
use rayon::prelude::*;

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
    members: Vec<Member>,
}

#[derive(Clone, Debug)]
struct Member {
    law: Law,
    /// Expected loss of a year.
    mean: f64,
    /// Transform of an event's rounded amount.
    event: Spectrum,
    /// Transform of E\[amount; rounded amount\].
    value: Spectrum,
}

/// Slopes of the bound.
#[derive(Clone, Debug)]
pub(crate) struct Slopes {
    /// a_s: what scenario s adds for each unit of its chance.
    pub(crate) each: Vec<f64>,
}

impl Tail {
    /// # Errors
    /// When scenarios share a factor: thinning them is not thinning their events one by one.
    pub(crate) fn new(exposures: &[Exposure], level: f64) -> Result<Self, RiskError> {
        if let Some(exposure) = exposures.iter().find(|exposure| exposure.factor.is_some()) {
            return Place::new(format!("scenario `{}`", exposure.id)).field("factor").refuse(
                "plans by the mean of the worst years are not proved for scenarios with a common factor",
                "plan by the expected loss (`objective = \"ale\"`), or take the factor out",
            );
        }
        let all: Vec<&Exposure> = exposures.iter().collect();
        let found = distribution(&all, POINTS_OF_REACH);
        let Some(reach) = found.quantile(1.0 - PAST * (1.0 - level)) else {
            let what = "the mean of the worst years".to_owned();
            return Err(RiskError::TooCoarse { what, points: POINTS_OF_REACH });
        };
        let reach = reach.high.max(crate::error::SMALLEST_AMOUNT) * 1.02;
        let lattice = Lattice::new(reach / POINTS as f64, POINTS);
        let members = exposures.par_iter().map(|exposure| Member::new(exposure, &lattice)).collect();
        Ok(Self { level, lattice, members })
    }

    /// The slopes of the bound that has its reference where events happen with these chances.
    pub(crate) fn slopes(&self, kept: &[f64]) -> Slopes {
        let year = self.year(kept);
        let masses = self.masses(&year);
        let rest = 1.0 - self.level;
        let Some(border) = self.border(&masses) else {
            // The worst years all lie past the end: every year counts alike.
            return Slopes { each: self.members.iter().map(|member| member.mean).collect() };
        };
        // Weights of years that are not among the worst, tilted back, and their transform times the year's.
        let tilt = &self.lattice.tilt;
        let mut others: Vec<f64> =
            (0..self.lattice.points).map(|k| if k <= border.at { 1.0 / tilt[k] } else { 0.0 }).collect();
        others[border.at] *= border.share;
        let mut pair = self.lattice.fft.forward(&others);
        pair.im.iter_mut().for_each(|im| *im = -*im);
        multiply(&mut pair, &year);
        let whole = self.members.par_iter().zip(kept).map(|(member, kept)| {
            let outside = member.paired(*kept, &pair) / self.lattice.points as f64;
            ((member.mean - outside) / rest).max(0.0) / (1.0 + border.excess / rest)
        });
        Slopes { each: whole.collect() }
    }

    /// Transform of the reference's year.
    fn year(&self, kept: &[f64]) -> Spectrum {
        let mut year = Spectrum::filled(self.lattice.frequencies(), 0.0);
        for (member, kept) in self.members.iter().zip(kept) {
            if let Law::Poisson(rate) = member.law {
                let rate = rate * kept;
                year.re.iter_mut().zip(&member.event.re).for_each(|(to, re)| *to += rate * (re - 1.0));
                year.im.iter_mut().zip(&member.event.im).for_each(|(to, im)| *to += rate * im);
            }
        }
        for (re, im) in year.re.iter_mut().zip(&mut year.im) {
            (*re, *im) = kernel::exp(*re, *im);
        }
        for (member, kept) in self.members.iter().zip(kept) {
            if !matches!(member.law, Law::Poisson(_)) {
                let event = Slices { re: &member.event.re, im: &member.event.im };
                member.law.thinned(*kept).multiply(&event, &mut year.re, &mut year.im);
            }
        }
        year
    }

    /// Probabilities of the rounded year's loss.
    fn masses(&self, year: &Spectrum) -> Vec<f64> {
        let mut masses = self.lattice.fft.inverse(year);
        masses
            .iter_mut()
            .zip(self.lattice.tilt.iter())
            .for_each(|(mass, tilt)| *mass = (*mass / tilt).max(0.0));
        masses
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
        let excess = self.lattice.wrap() * (1.0 - below).max(0.0) + ROUNDING;
        Some(Border { at, share, excess })
    }
}

struct Border {
    at: usize,
    share: f64,
    /// By how much the probability of the worst years may be above 1 − level.
    excess: f64,
}

impl Member {
    fn new(exposure: &Exposure, lattice: &Lattice) -> Self {
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
        Self { law: exposure.law.clone(), mean: exposure.mean(), event, value }
    }

    /// Real part of the sum over all frequencies of `pair` times the transform of E\[loss of this scenario; year\]
    /// over the year's, for each unit of its chance.
    fn paired(&self, kept: f64, pair: &Spectrum) -> f64 {
        let last = pair.len() - 1;
        let mut sum = 0.0;
        let constant = match self.law {
            Law::Poisson(rate) => Some(rate),
            _ => None,
        };
        for k in 0..=last {
            let (v_re, v_im) = (self.value.re[k], self.value.im[k]);
            let (p_re, p_im) = (pair.re[k], pair.im[k]);
            let mut real = p_re * v_re - p_im * v_im;
            match constant {
                Some(rate) => real *= rate,
                None => {
                    let imaginary = p_re * v_im + p_im * v_re;
                    let u = (kept * (self.event.re[k] - 1.0), kept * self.event.im[k]);
                    let score = self.law.score_at(u);
                    real = real * score.0 - imaginary * score.1;
                }
            }
            sum += if k == 0 || k == last { real } else { 2.0 * real };
        }
        sum
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frequency::{Frequency, MeanVariance, UncertainRate};
    use crate::scenario::{Loss, LossForm, Scenario};
    use crate::severity::{Interval, Pert, Severity};

    fn exposures(factor: f64) -> Vec<Exposure> {
        let loss = |low: f64| Loss {
            probability: 0.7,
            amount: Severity::Lognormal(Interval { low, high: 15.0 * low }),
            tail: None,
            at_most: Some(3e7),
        };
        let rates = [
            Frequency::Poisson(0.6),
            Frequency::Bernoulli(0.15),
            Frequency::NegativeBinomial(MeanVariance { mean: 0.5, variance: 1.1 }),
            Frequency::Uncertain(UncertainRate::Pert(Pert::new(0.1, 0.5, 3.0))),
            Frequency::Poisson(0.02),
        ];
        let scenarios: Vec<Scenario> = rates
            .into_iter()
            .enumerate()
            .map(|(at, rate)| {
                let mut scenario = Scenario::new(format!("s{at}"), rate, Severity::Constant(4e5));
                if at != 1 {
                    scenario.loss.clear();
                    scenario.loss.insert(LossForm::Response, loss(1e5 * (1.0 + at as f64)));
                    scenario.loss.insert(LossForm::Fines, loss(4e5 / (1.0 + at as f64)));
                }
                scenario.susceptibility = Some(crate::Susceptibility::Probability(factor));
                scenario
            })
            .collect();
        Exposure::all(&scenarios, "EUR").unwrap()
    }

    /// The bound when events happen with these chances, none above the reference's.
    fn bound(slopes: &Slopes, kept: f64) -> f64 {
        slopes.each.iter().sum::<f64>() * kept
    }

    #[test]
    fn at_the_reference_the_bound_is_tvar() {
        for level in [0.5, 0.9, 0.95, 0.99, 0.999] {
            for kept in [1.0, 0.35] {
                let tail = Tail::new(&exposures(1.0), level).unwrap();
                let bound = bound(&tail.slopes(&[kept; 5]), kept);
                let there = exposures(kept);
                let exact =
                    distribution(&there.iter().collect::<Vec<_>>(), 1 << 17).tail_mean(level).unwrap();
                assert!(bound <= exact.high, "{level} {kept}: {bound} above {exact:?}");
                assert!(bound >= 0.999 * exact.low, "{level} {kept}: {bound} far below {exact:?}");
            }
        }
    }

    #[test]
    fn below_the_reference_it_is_never_above_tvar() {
        let tail = Tail::new(&exposures(1.0), 0.95).unwrap();
        let slopes = tail.slopes(&[1.0; 5]);
        for kept in [0.9, 0.5, 0.1] {
            let there = exposures(kept);
            let exact = distribution(&there.iter().collect::<Vec<_>>(), 1 << 16).tail_mean(0.95).unwrap();
            let bound = bound(&slopes, kept);
            assert!(bound <= exact.high, "{kept}: {bound} above {exact:?}");
        }
    }
}
