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
use crate::frequency::{Law, RULE_ERROR, Slices};
use crate::lattice::{Lattice, multiply};
use crate::numeric::fft::Spectrum;
use crate::numeric::kernel;
use crate::numeric::quadrature::Node;
use crate::severity::Magnitude;
use crate::simulate::distribution;
use crate::year::{Loaded, rule};
use rayon::prelude::*;
use std::collections::BTreeMap;

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
    /// Scenarios that share a factor.
    blocks: Vec<Block>,
    /// Averages over rates and factors, each of which may be wrong by [`RULE_ERROR`].
    averages: f64,
}

#[derive(Clone, Debug)]
struct Block {
    /// Places with loadings.
    members: Vec<(usize, f64)>,
    /// Values of the factor.
    nodes: Vec<Node>,
}

/// The reference's year.
struct Year {
    whole: Spectrum,
    /// For scenarios with a factor, what stands for their score.
    scores: BTreeMap<usize, Spectrum>,
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
    /// When a scenario of at most one event shares a factor: with fewer attempts it does not get fewer events in every
    /// year alike.
    pub(crate) fn new(exposures: &[Exposure], level: f64) -> Result<Self, RiskError> {
        let uneven = |e: &&Exposure| e.factor.is_some() && matches!(e.law, Law::Bernoulli(_));
        if let Some(exposure) = exposures.iter().find(uneven) {
            return Place::new(format!("scenario `{}`", exposure.id)).field("factor").refuse(
                "plans by the mean of the worst years are not proved for `bernoulli` scenarios with a common factor",
                "state a rate (`poisson`), plan by the expected loss (`objective = \"ale\"`), or take the factor out",
            );
        }
        let mut shared: BTreeMap<&str, Vec<(usize, f64)>> = BTreeMap::new();
        for (at, exposure) in exposures.iter().enumerate() {
            if let Some(factor) = &exposure.factor {
                shared.entry(&factor.name).or_default().push((at, factor.loading));
            }
        }
        let blocks: Vec<Block> = shared
            .into_values()
            .map(|members| {
                let loaded: Vec<Loaded<'_>> = members.iter().map(|(at, l)| (&exposures[*at], *l)).collect();
                Block { nodes: rule(&loaded), members }
            })
            .collect();
        let mixed = exposures.iter().filter(|exposure| matches!(exposure.law, Law::Mixed(_))).count();
        let all: Vec<&Exposure> = exposures.iter().collect();
        let found = distribution(&all, POINTS_OF_REACH);
        let Some(reach) = found.quantile(1.0 - PAST * (1.0 - level)) else {
            let what = "the mean of the worst years".to_owned();
            return Err(RiskError::TooCoarse { what, points: POINTS_OF_REACH });
        };
        let reach = reach.high.max(crate::error::SMALLEST_AMOUNT) * 1.02;
        let lattice = Lattice::new(reach / POINTS as f64, POINTS);
        let members = exposures.par_iter().map(|exposure| Member::new(exposure, &lattice)).collect();
        Ok(Self { level, lattice, members, averages: (mixed + blocks.len()) as f64, blocks })
    }

    /// The slopes of the bound that has its reference where events happen with these chances.
    pub(crate) fn slopes(&self, kept: &[f64]) -> Slopes {
        let year = self.year(kept);
        let masses = self.masses(&year.whole);
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
        multiply(&mut pair, &year.whole);
        let whole = self.members.par_iter().zip(kept).enumerate().map(|(at, (member, kept))| {
            let outside = member.paired(*kept, &pair, year.scores.get(&at)) / self.lattice.points as f64;
            ((member.mean - outside) / rest).max(0.0) / (1.0 + border.excess / rest)
        });
        Slopes { each: whole.collect() }
    }

    /// Transform of the reference's year.
    fn year(&self, kept: &[f64]) -> Year {
        let mut whole = Spectrum::filled(self.lattice.frequencies(), 0.0);
        let mut shared = vec![false; self.members.len()];
        self.blocks.iter().flat_map(|block| &block.members).for_each(|(at, _)| shared[*at] = true);
        let alone = || self.members.iter().zip(kept).zip(&shared).filter(|(_, shared)| !**shared);
        for ((member, kept), _) in alone() {
            if let Law::Poisson(rate) = member.law {
                let rate = rate * kept;
                whole.re.iter_mut().zip(&member.event.re).for_each(|(to, re)| *to += rate * (re - 1.0));
                whole.im.iter_mut().zip(&member.event.im).for_each(|(to, im)| *to += rate * im);
            }
        }
        for (re, im) in whole.re.iter_mut().zip(&mut whole.im) {
            (*re, *im) = kernel::exp(*re, *im);
        }
        for ((member, kept), _) in alone() {
            if !matches!(member.law, Law::Poisson(_)) {
                member.take_into(&mut whole, &member.law.thinned(*kept));
            }
        }
        let mut scores = BTreeMap::new();
        for block in &self.blocks {
            let (average, found) = self.averaged(block, kept);
            multiply(&mut whole, &average);
            scores.extend(found);
        }
        Year { whole, scores }
    }

    /// Given the factor scenarios are independent: the average of their product, and for each the average of the
    /// product times its score, over the former.
    fn averaged(&self, block: &Block, kept: &[f64]) -> (Spectrum, Vec<(usize, Spectrum)>) {
        let none = || Spectrum::filled(self.lattice.frequencies(), 0.0);
        let mut average = none();
        let mut scores: Vec<(usize, Spectrum)> = block.members.iter().map(|(at, _)| (*at, none())).collect();
        for node in &block.nodes {
            let laws: Vec<Law> = block
                .members
                .iter()
                .map(|(at, loading)| self.members[*at].law.given(*loading, node.at))
                .collect();
            let mut product = Spectrum::filled(self.lattice.frequencies(), node.weight);
            for ((at, _), law) in block.members.iter().zip(&laws) {
                self.members[*at].take_into(&mut product, &law.thinned(kept[*at]));
            }
            average.re.iter_mut().zip(&product.re).for_each(|(to, from)| *to += from);
            average.im.iter_mut().zip(&product.im).for_each(|(to, from)| *to += from);
            for ((at, sum), law) in scores.iter_mut().zip(&laws) {
                let event = &self.members[*at].event;
                for k in 0..sum.len() {
                    let (a, b) = law.score_at((kept[*at] * (event.re[k] - 1.0), kept[*at] * event.im[k]));
                    sum.re[k] += a * product.re[k] - b * product.im[k];
                    sum.im[k] += a * product.im[k] + b * product.re[k];
                }
            }
        }
        for (_, sum) in &mut scores {
            for k in 0..sum.len() {
                let (c, d) = (average.re[k], average.im[k]);
                let square = (c * c + d * d).max(f64::MIN_POSITIVE);
                let (re, im) = (sum.re[k], sum.im[k]);
                (sum.re[k], sum.im[k]) = ((re * c + im * d) / square, (im * c - re * d) / square);
            }
        }
        (average, scores)
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
        let wrapped = self.lattice.wrap() * (1.0 - below).max(0.0);
        let excess = wrapped + ROUNDING + 2.0 * RULE_ERROR * self.averages;
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

    /// Multiplies by the generating function of a law with this member's events.
    fn take_into(&self, product: &mut Spectrum, law: &Law) {
        let event = Slices { re: &self.event.re, im: &self.event.im };
        law.multiply(&event, &mut product.re, &mut product.im);
    }

    /// Real part of the sum over all frequencies of `pair` times the transform of E\[loss of this scenario; year\]
    /// over the year's, for each unit of its chance.
    fn paired(&self, kept: f64, pair: &Spectrum, scores: Option<&Spectrum>) -> f64 {
        let last = pair.len() - 1;
        let mut sum = 0.0;
        let constant = match (&self.law, scores) {
            (Law::Poisson(rate), None) => Some(*rate),
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
                    let score =
                        scores.map_or_else(|| self.law.score_at(u), |known| (known.re[k], known.im[k]));
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

    /// Scenarios of every kind whose events happen with a chance; all but one share a factor, with a loading.
    fn exposures(chance: f64, loading: f64) -> Vec<Exposure> {
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
                scenario.susceptibility = Some(crate::Susceptibility::Probability(chance));
                let factor = crate::Factor { name: "year".into(), loading };
                scenario.factor = (loading != 0.0 && at != 1).then_some(factor);
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
            for (kept, loading) in [(1.0, 0.0), (0.35, 0.0), (0.6, 0.5)] {
                let tail = Tail::new(&exposures(1.0, loading), level).unwrap();
                let bound = bound(&tail.slopes(&[kept; 5]), kept);
                let there = exposures(kept, loading);
                let exact =
                    distribution(&there.iter().collect::<Vec<_>>(), 1 << 17).tail_mean(level).unwrap();
                assert!(bound <= exact.high, "{level} {kept}: {bound} above {exact:?}");
                assert!(bound >= 0.999 * exact.low, "{level} {kept}: {bound} far below {exact:?}");
            }
        }
    }

    #[test]
    fn below_the_reference_it_is_never_above_tvar() {
        for loading in [0.0, 0.6] {
            let tail = Tail::new(&exposures(1.0, loading), 0.95).unwrap();
            let slopes = tail.slopes(&[1.0; 5]);
            for kept in [0.9, 0.5, 0.1] {
                let there = exposures(kept, loading);
                let exact = distribution(&there.iter().collect::<Vec<_>>(), 1 << 16).tail_mean(0.95).unwrap();
                let bound = bound(&slopes, kept);
                assert!(bound <= exact.high, "{kept} {loading}: {bound} above {exact:?}");
            }
        }
    }
}
