//! The bounds beside exact distributions.

use super::*;
use crate::frequency::{Frequency, MeanVariance, UncertainRate};
use crate::scenario::{Loss, LossForm, Scenario};
use crate::severity::{Interval, Pert, Severity};

/// Scenarios of every kind whose events happen with a chance; all but one share a factor, with a loading.
pub(super) fn exposures(chance: f64, loading: f64) -> Vec<Exposure> {
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
