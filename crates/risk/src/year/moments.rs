//! What is known about a year's loss without any lattice: mean, variance, the chance of no loss.

use super::factors::{by_factor, rule};
use crate::exposure::Exposure;

/// Exact figures of a year's loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Moments {
    pub(crate) mean: f64,
    pub(crate) sd: f64,
    /// P(loss = 0).
    pub(crate) free: f64,
}

impl Moments {
    pub(crate) fn of(exposures: &[&Exposure]) -> Self {
        let (mut mean, mut variance, mut free) = (0.0, 0.0, 1.0);
        let (alone, blocks) = by_factor(exposures);
        for exposure in alone {
            mean += exposure.mean();
            variance += spread(exposure, &exposure.law);
            free *= exposure.law.generate(exposure.event_free() - 1.0);
        }
        for block in blocks {
            // Given the factor scenarios are independent; then the law of total variance.
            let (mut first, mut second, mut within, mut none) = (0.0, 0.0, 0.0, 0.0);
            for node in rule(&block) {
                let (mut expected, mut clear) = (0.0, 1.0);
                for (exposure, loading) in &block {
                    let law = exposure.law.given(*loading, node.at);
                    expected += law.mean() * exposure.event_mean();
                    within += node.weight * spread(exposure, &law);
                    clear *= law.generate(exposure.event_free() - 1.0);
                }
                first += node.weight * expected;
                second += node.weight * expected * expected;
                none += node.weight * clear;
            }
            mean += block.iter().map(|(exposure, _)| exposure.mean()).sum::<f64>();
            variance += within + (second - first * first).max(0.0);
            free *= none;
        }
        Self { mean, sd: libm::sqrt(variance), free: free.clamp(0.0, 1.0) }
    }
}

/// Variance of a year's loss under a law of counts.
fn spread(exposure: &Exposure, law: &crate::frequency::Law) -> f64 {
    let mean = exposure.event_mean();
    law.mean() * exposure.event_variance() + law.variance() * mean * mean
}
