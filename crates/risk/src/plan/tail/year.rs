//! A year's loss as transforms when each event happens with a chance of its own: the part that every bound of the
//! worst years shares, whatever an event's amount was rounded to.

use crate::error::{Place, RiskError};
use crate::exposure::Exposure;
use crate::frequency::{Law, Slices};
use crate::lattice::multiply;
use crate::numeric::fft::Spectrum;
use crate::numeric::kernel;
use crate::numeric::quadrature::Node;
use crate::year::{Loaded, rule};
use std::collections::BTreeMap;

/// How often scenarios happen, and which have bad years together.
#[derive(Clone, Debug)]
pub(super) struct Counts {
    pub(super) laws: Vec<Law>,
    /// Scenarios that share a factor.
    blocks: Vec<Block>,
    /// Averages over rates and factors, each of which may be wrong by [`crate::frequency::RULE_ERROR`].
    pub(super) averages: f64,
}

#[derive(Clone, Debug)]
struct Block {
    /// Places with loadings.
    members: Vec<(usize, f64)>,
    /// Values of the factor.
    nodes: Vec<Node>,
}

/// A reference's year.
pub(super) struct Year {
    pub(super) whole: Spectrum,
    /// For scenarios with a factor, what stands for their score.
    pub(super) scores: BTreeMap<usize, Spectrum>,
}

impl Counts {
    /// # Errors
    /// When a scenario of at most one event shares a factor: with fewer attempts it does not get fewer events in every
    /// year alike.
    pub(super) fn new(exposures: &[Exposure]) -> Result<Self, RiskError> {
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
        Ok(Self {
            laws: exposures.iter().map(|exposure| exposure.law.clone()).collect(),
            averages: (mixed + blocks.len()) as f64,
            blocks,
        })
    }

    /// Transform of the year in which each event of a scenario, of which `events` are the transforms, happens with
    /// its chance.
    pub(super) fn year(&self, events: &[Spectrum], kept: &[f64]) -> Year {
        let frequencies = events.first().map_or(0, Spectrum::len);
        let mut whole = Spectrum::filled(frequencies, 0.0);
        let mut shared = vec![false; self.laws.len()];
        self.blocks.iter().flat_map(|block| &block.members).for_each(|(at, _)| shared[*at] = true);
        let alone = || (0..self.laws.len()).filter(|at| !shared[*at]);
        for at in alone() {
            if let Law::Poisson(rate) = self.laws[at] {
                let rate = rate * kept[at];
                let (to, event) = (&mut whole, &events[at]);
                to.re.iter_mut().zip(&event.re).for_each(|(to, re)| *to += rate * (re - 1.0));
                to.im.iter_mut().zip(&event.im).for_each(|(to, im)| *to += rate * im);
            }
        }
        for (re, im) in whole.re.iter_mut().zip(&mut whole.im) {
            (*re, *im) = kernel::exp(*re, *im);
        }
        for at in alone().filter(|at| !matches!(self.laws[*at], Law::Poisson(_))) {
            take_into(&mut whole, &self.laws[at].thinned(kept[at]), &events[at]);
        }
        let mut scores = BTreeMap::new();
        for block in &self.blocks {
            let (average, found) = self.averaged(block, events, kept);
            multiply(&mut whole, &average);
            scores.extend(found);
        }
        Year { whole, scores }
    }

    /// Given the factor scenarios are independent: the average of their product, and for each the average of the
    /// product times its score, over the former.
    fn averaged(
        &self,
        block: &Block,
        events: &[Spectrum],
        kept: &[f64],
    ) -> (Spectrum, Vec<(usize, Spectrum)>) {
        let frequencies = events.first().map_or(0, Spectrum::len);
        let none = || Spectrum::filled(frequencies, 0.0);
        let mut average = none();
        let mut scores: Vec<(usize, Spectrum)> = block.members.iter().map(|(at, _)| (*at, none())).collect();
        for node in &block.nodes {
            let laws: Vec<Law> =
                block.members.iter().map(|(at, loading)| self.laws[*at].given(*loading, node.at)).collect();
            let mut product = Spectrum::filled(frequencies, node.weight);
            for ((at, _), law) in block.members.iter().zip(&laws) {
                take_into(&mut product, &law.thinned(kept[*at]), &events[*at]);
            }
            average.re.iter_mut().zip(&product.re).for_each(|(to, from)| *to += from);
            average.im.iter_mut().zip(&product.im).for_each(|(to, from)| *to += from);
            for ((at, sum), law) in scores.iter_mut().zip(&laws) {
                let event = &events[*at];
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
}

/// Multiplies by the generating function of a law with events of this transform.
fn take_into(product: &mut Spectrum, law: &Law, event: &Spectrum) {
    let event = Slices { re: &event.re, im: &event.im };
    law.multiply(&event, &mut product.re, &mut product.im);
}
