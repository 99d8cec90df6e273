//! The same scenarios give the same bits, on however many threads. What other machines must find is in `src/bits.rs`.

use warrant_risk::{
    Factor, Frequency, Interval, MeanVariance, Pert, Report, Scenario, Settings, Severity, UncertainRate,
    simulate,
};

fn scenarios() -> Vec<Scenario> {
    let lognormal = |low: f64| Severity::Lognormal(Interval { low, high: 20.0 * low });
    let mut scenarios: Vec<Scenario> = (0..40)
        .map(|i| Scenario::new(format!("p{i}"), Frequency::Poisson(0.03 * f64::from(i + 1)), lognormal(1e4)))
        .collect();
    let rates = [
        Frequency::Bernoulli(0.1),
        Frequency::NegativeBinomial(MeanVariance { mean: 0.7, variance: 2.0 }),
        Frequency::Uncertain(UncertainRate::Pert(Pert::new(0.1, 0.5, 3.0))),
        Frequency::Uncertain(UncertainRate::Lognormal(Interval { low: 0.01, high: 0.5 })),
    ];
    for (at, rate) in rates.into_iter().enumerate() {
        let mut scenario = Scenario::new(format!("f{at}"), rate, Severity::Pert(Pert::new(1e4, 5e4, 2e6)));
        scenario.factor = (at % 2 == 0).then(|| Factor { name: "wave".into(), loading: 0.5 });
        scenarios.push(scenario);
    }
    scenarios
}

fn report() -> Report {
    let settings = Settings { points: 1 << 14, points_each: 1 << 12, years: 5_000, ..Settings::default() };
    simulate(&scenarios(), &settings).unwrap()
}

#[test]
fn threads_do_not_matter() {
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        serde_json::to_string(&pool.install(report)).unwrap()
    };
    let one = on(1);
    for threads in [2, 3, 7] {
        assert_eq!(one, on(threads), "{threads} threads");
    }
}
