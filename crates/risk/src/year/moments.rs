//! What is known about a year's loss without any lattice: mean, variance, the chance of no loss.

use super::factors::{Loaded, by_factor, rule};
use crate::exposure::Exposure;
use crate::frequency::Law;
use crate::numeric::quadrature::Node;
use std::collections::{BTreeMap, BTreeSet};

/// Exact figures of a year's loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Moments {
    pub(crate) mean: f64,
    pub(crate) sd: f64,
    /// P(loss = 0).
    pub(crate) free: f64,
}

/// What an independent part adds to the figures.
#[derive(Clone, Copy, Debug)]
struct Share {
    mean: f64,
    variance: f64,
    free: f64,
}

/// The independent parts of a year's loss, kept so that a change works out only what it touches.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    /// For each scenario; none for those with a factor.
    alone: Vec<Option<Share>>,
    blocks: BTreeMap<String, (Share, Vec<Node>)>,
}

impl Parts {
    pub(crate) fn of(exposures: &[&Exposure]) -> Self {
        let (_, blocks) = by_factor(exposures);
        let blocks = blocks.into_iter().map(|(name, block)| (name.to_owned(), of_block(&block)));
        Self { alone: exposures.iter().map(|exposure| of_one(exposure)).collect(), blocks: blocks.collect() }
    }

    /// The parts when the scenarios at `places` have changed, `exposures` being all as they are then, and with them
    /// the scenarios of each factor named.
    pub(crate) fn changed(
        &self,
        exposures: &[&Exposure],
        places: impl Iterator<Item = usize>,
        factors: &BTreeSet<&str>,
    ) -> Self {
        let mut changed = self.clone();
        places.for_each(|at| changed.alone[at] = of_one(exposures[at]));
        if !factors.is_empty() {
            let (_, blocks) = by_factor(exposures);
            for name in factors {
                match blocks.get(name) {
                    Some(block) => drop(changed.blocks.insert((*name).to_owned(), of_block(block))),
                    None => drop(changed.blocks.remove(*name)),
                }
            }
        }
        changed
    }

    /// Values that a factor is averaged over.
    pub(crate) fn nodes(&self, factor: &str) -> &[Node] {
        self.blocks.get(factor).map_or(&[], |(_, nodes)| nodes)
    }

    pub(crate) fn moments(&self) -> Moments {
        let (mut mean, mut variance, mut free) = (0.0, 0.0, 1.0);
        let blocks = self.blocks.values().map(|(share, _)| share);
        for share in self.alone.iter().flatten().chain(blocks) {
            mean += share.mean;
            variance += share.variance;
            free *= share.free;
        }
        Moments { mean, sd: libm::sqrt(variance), free: free.clamp(0.0, 1.0) }
    }
}

fn of_one(exposure: &Exposure) -> Option<Share> {
    exposure.factor.is_none().then(|| Share {
        mean: exposure.mean(),
        variance: spread(exposure, &exposure.law),
        free: exposure.law.generate(exposure.event_free() - 1.0),
    })
}

/// Given the factor scenarios are independent; then the law of total variance.
fn of_block(block: &[Loaded<'_>]) -> (Share, Vec<Node>) {
    let nodes = rule(block);
    let (mut first, mut second, mut within, mut none) = (0.0, 0.0, 0.0, 0.0);
    for node in &nodes {
        let (mut expected, mut clear) = (0.0, 1.0);
        for (exposure, loading) in block {
            let law = exposure.law.given(*loading, node.at);
            expected += law.mean() * exposure.event_mean();
            within += node.weight * spread(exposure, &law);
            clear *= law.generate(exposure.event_free() - 1.0);
        }
        first += node.weight * expected;
        second += node.weight * expected * expected;
        none += node.weight * clear;
    }
    let mean = block.iter().map(|(exposure, _)| exposure.mean()).sum::<f64>();
    (Share { mean, variance: within + (second - first * first).max(0.0), free: none }, nodes)
}

/// Variance of a year's loss under a law of counts.
fn spread(exposure: &Exposure, law: &Law) -> f64 {
    let mean = exposure.event_mean();
    law.mean() * exposure.event_variance() + law.variance() * mean * mean
}
