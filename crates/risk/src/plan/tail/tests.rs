//! The bounds beside exact distributions.

use super::*;
use crate::frequency::{Frequency, MeanVariance, UncertainRate};
use crate::scenario::{Loss, LossForm, Scenario};
use crate::severity::{Interval, Pert, Severity};
use proptest::prelude::*;

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
            let exact = distribution(&there.iter().collect::<Vec<_>>(), 1 << 17).tail_mean(level).unwrap();
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

/// The bound by the border at chances `there`, touching at chances `near`.
fn by_border(tail: &Tail, stretch: (f64, f64), near: &[f64], there: &[f64]) -> f64 {
    let found = tail.near(&tail.within(stretch.1, &[1.0; 5]), stretch.0, near);
    let mut sum = found.base;
    for (at, (there, near)) in there.iter().zip(near).enumerate() {
        let (constant, slope) = found.line(at, 0.0, 1.0);
        sum += found.alone[at] * there + found.rises[at] * libm::log(there / near) + constant - slope * there;
    }
    sum
}

/// The exposures when each event happens with a chance of its scenario's own.
fn thinned(all: &[Exposure], chances: &[f64]) -> Vec<Exposure> {
    all.iter().zip(chances).map(|(exposure, chance)| exposure.thinned(*chance)).collect()
}

#[test]
fn where_it_touches_the_bound_by_the_border_is_tvar() {
    for (level, loading) in [(0.9, 0.0), (0.95, 0.0), (0.99, 0.0), (0.95, 0.5)] {
        let all = exposures(1.0, loading);
        let tail = Tail::new(&all, level).unwrap();
        let chances = [0.5, 0.3, 0.6, 0.4, 0.9];
        let there = thinned(&all, &chances);
        let exact = distribution(&there.iter().collect::<Vec<_>>(), 1 << 17);
        let (border, mean) = (exact.quantile(level).unwrap(), exact.tail_mean(level).unwrap());
        let stretch = (0.98 * border.low, 1.02 * border.high);
        let bound = by_border(&tail, stretch, &chances, &chances);
        // A line below a concave loss does not touch it between its ends: scenarios of at most one event lose so.
        assert!(bound <= mean.high, "{level} {loading}: {bound} above {mean:?}");
        assert!(bound >= 0.985 * mean.low, "{level} {loading}: {bound} far below {mean:?}");
    }
}

/// So many cases, unless `PROPTEST_CASES` says how many.
fn cases(few: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(few);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn the_bound_by_the_border_is_never_above_tvar(
        near in prop::array::uniform5(0.05_f64..1.0), there in prop::array::uniform5(0.02_f64..1.0),
        loading in prop_oneof![Just(0.0), Just(0.6)], level in prop_oneof![Just(0.8), Just(0.95), Just(0.99)],
        down in 0.0_f64..1.0, up in 1.001_f64..2.0,
    ) {
        let all = exposures(1.0, loading);
        let tail = Tail::new(&all, level).unwrap();
        let exact = distribution(&thinned(&all, &there).iter().collect::<Vec<_>>(), 1 << 15);
        let (border, mean) = (exact.quantile(level).unwrap(), exact.tail_mean(level).unwrap());
        let stretch = (down * border.low, up * border.high + 1.0);
        let bound = by_border(&tail, stretch, &near, &there);
        prop_assert!(bound <= mean.high, "{stretch:?}: {bound} above {mean:?} with its border {border:?}");
    }
}
