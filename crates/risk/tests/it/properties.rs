//! What holds for every scenario: both engines agree, and coarse brackets hold what fine lattices find.

use proptest::prelude::*;
use std::collections::BTreeMap;
use warrant_risk::{
    Contest, Detail, Factor, Frequency, Interval, Loss, LossForm, MeanSd, MeanVariance, Pareto, ParetoTail,
    Pert, Scenario, Settings, Severity, Susceptibility, UncertainRate, simulate,
};

fn amount() -> impl Strategy<Value = f64> {
    (3.0..7.0_f64).prop_map(|power| 10_f64.powf(power))
}

fn pert(low: f64, one: f64, two: f64) -> Pert {
    Pert::new(low, low + one.min(two), low + one.max(two) + 0.01 * (one + two))
}

fn severity() -> impl Strategy<Value = Severity> {
    prop_oneof![
        amount().prop_map(Severity::Constant),
        (amount(), 1.5..50.0)
            .prop_map(|(low, ratio)| Severity::Lognormal(Interval { low, high: low * ratio })),
        (amount(), amount(), amount()).prop_map(|(a, b, c)| Severity::Pert(pert(a, b, c))),
        (amount(), 0.2..2.0).prop_map(|(mean, cv)| Severity::Gamma(MeanSd { mean, sd: mean * cv })),
        (amount(), 2.1..6.0).prop_map(|(minimum, shape)| Severity::Pareto(Pareto { minimum, shape })),
        prop::collection::vec(amount(), 1..20).prop_map(Severity::Empirical),
    ]
}

fn loss() -> impl Strategy<Value = Loss> {
    let tail = prop::option::of((amount(), 1.2..4.0));
    (prop_oneof![Just(1.0), 0.05..1.0], severity(), tail, prop::option::of(amount())).prop_map(
        |(probability, amount, tail, limit)| {
            let heavy = tail.is_some_and(|(_, shape)| shape < 2.1);
            Loss {
                probability,
                amount,
                tail: tail.map(|(above, shape)| ParetoTail { above, shape }),
                at_most: limit.or(heavy.then_some(2e7)),
            }
        },
    )
}

fn frequency() -> impl Strategy<Value = Frequency> {
    let rate = || (-2.0..1.5_f64).prop_map(|power| 10_f64.powf(power));
    prop_oneof![
        rate().prop_map(Frequency::Poisson),
        (0.0..1.0).prop_map(Frequency::Bernoulli),
        (rate(), 1.1..20.0).prop_map(|(mean, ratio)| {
            Frequency::NegativeBinomial(MeanVariance { mean, variance: mean * ratio })
        }),
        (rate(), rate(), rate())
            .prop_map(|(a, b, c)| Frequency::Uncertain(UncertainRate::Pert(pert(a, b, c)))),
        (rate(), 1.5..8.0).prop_map(|(low, ratio)| {
            Frequency::Uncertain(UncertainRate::Lognormal(Interval { low, high: low * ratio }))
        }),
        (rate(), 0.2..2.0).prop_map(|(mean, cv)| {
            Frequency::Uncertain(UncertainRate::Gamma(MeanSd { mean, sd: mean * cv }))
        }),
    ]
}

fn scenario() -> impl Strategy<Value = Scenario> {
    let forms = [LossForm::Response, LossForm::Fines, LossForm::Productivity];
    let losses = prop::collection::vec(loss(), 1..=3);
    let chance = prop::option::of(prop_oneof![
        (0.0..1.0).prop_map(Susceptibility::Probability),
        (0.0..0.5, 0.1..0.5, 0.1..0.5, 0.0..0.5, 0.1..0.5, 0.1..0.5).prop_map(|(a, b, c, d, e, f)| {
            Susceptibility::Contest(Contest { capability: pert(a, b, c), resistance: pert(d, e, f) })
        }),
    ]);
    let factor = prop::option::of((prop_oneof![Just("weather"), Just("market")], -0.9..0.9));
    (frequency(), losses, chance, factor).prop_map(move |(frequency, losses, susceptibility, factor)| {
        let mut scenario = Scenario::new("", frequency, Severity::Constant(0.0));
        scenario.susceptibility = susceptibility;
        scenario.factor = factor.map(|(name, loading)| Factor { name: name.to_owned(), loading });
        scenario.loss = forms.into_iter().zip(losses).collect::<BTreeMap<_, _>>();
        scenario
    })
}

fn portfolio() -> impl Strategy<Value = Vec<Scenario>> {
    prop::collection::vec(scenario(), 1..6).prop_map(|mut scenarios| {
        for (at, scenario) in scenarios.iter_mut().enumerate() {
            scenario.id = format!("s{at}");
        }
        scenarios
    })
}

proptest! {
    #![proptest_config(crate::cases(48))]

    /// `simulate` compares each scenario and the total with years played through, and fails when they differ. Many cases
    /// with few years each: what is wrong in kind shows at once; fine differences are for `reference.rs`.
    #[test]
    fn the_simulation_agrees(scenarios in portfolio(), seed in any::<u64>()) {
        let settings =
            Settings { points: 1 << 12, points_each: 1 << 10, years: 8_000, seed, ..Settings::default() };
        let report = simulate(&scenarios, &settings).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert!(report.second_opinion.distance < 1.0);
        prop_assert!(report.second_opinion.compared >= scenarios.len());
        let text = serde_json::to_string(&report).unwrap();
        prop_assert!(!text.contains("null") && !text.contains("NaN"), "{text}");
        for level in &report.total.levels {
            for bracket in [level.var, level.tvar] {
                prop_assert!(bracket.low <= bracket.estimate && bracket.estimate <= bracket.high, "{level:?}");
            }
            prop_assert!(level.tvar.high >= level.var.low, "{level:?}");
        }
    }

    /// Bounds are bounds: those of a lattice sixteen times finer hold the same true value, so they meet. Estimates lie
    /// inside their own bracket and need not lie inside another's: near certain amounts they stand at its edge.
    #[test]
    fn coarse_and_fine_brackets_meet(scenarios in portfolio()) {
        let at = |points| {
            let settings = Settings { points, years: 1000, detail: Detail::Total, ..Settings::default() };
            simulate(&scenarios, &settings).map_err(|error| TestCaseError::fail(error.to_string()))
        };
        let (coarse, fine) = (at(1 << 9)?, at(1 << 13)?);
        for (coarse, fine) in coarse.total.levels.iter().zip(&fine.total.levels) {
            for (coarse, fine) in [(coarse.var, fine.var), (coarse.tvar, fine.tvar)] {
                let slip = 1e-9 * fine.high;
                prop_assert!(
                    coarse.low <= fine.high + slip && fine.low - slip <= coarse.high,
                    "{coarse:?} does not meet {fine:?}"
                );
            }
        }
    }
}
