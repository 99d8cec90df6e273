//! Input that means nothing is refused with the field and a remedy.

use warrant_risk::{
    Factor, Frequency, Interval, Loss, MeanSd, MeanVariance, Pareto, ParetoTail, Pert, Scenario, Settings,
    Severity, Susceptibility, Tolerance, UncertainRate, simulate,
};

fn fine() -> Scenario {
    let amount = Severity::Lognormal(Interval { low: 1e5, high: 2e6 });
    Scenario::new("x", Frequency::Poisson(0.5), amount)
}

#[track_caller]
fn refused(change: impl FnOnce(&mut Scenario), field: &str, remedy: &str) {
    let mut scenario = fine();
    change(&mut scenario);
    let settings = Settings { years: 1000, points: 1 << 10, points_each: 1 << 8, ..Settings::default() };
    let error = simulate(&[scenario], &settings).unwrap_err().to_string();
    assert!(error.contains(field), "{error} does not name {field}");
    assert!(error.contains(remedy), "{error} does not say {remedy}");
    assert!(!error.contains("disagree"), "{error}");
}

fn amount(severity: Severity) -> impl FnOnce(&mut Scenario) {
    move |scenario| {
        let mut loss = Loss::always(severity);
        core::mem::swap(&mut loss, scenario.loss.values_mut().next().unwrap());
    }
}

fn frequency(frequency: Frequency) -> impl FnOnce(&mut Scenario) {
    move |scenario| scenario.frequency = frequency
}

#[test]
fn frequencies_that_mean_nothing() {
    for rate in [-0.1, f64::NAN, f64::INFINITY, 1e308, 2e5] {
        refused(frequency(Frequency::Poisson(rate)), "scenario `x`: frequency.poisson", "events");
    }
    for p in [-0.1, 1.1, f64::NAN, 1e308] {
        refused(frequency(Frequency::Bernoulli(p)), "frequency.bernoulli", "from 0 to 1");
    }
    for (mean, variance) in [(1.0, 1.0), (1.0, 0.5), (1.0, f64::NAN), (1.0, 1e308)] {
        let count = Frequency::NegativeBinomial(MeanVariance { mean, variance });
        refused(frequency(count), "negative_binomial.variance", "variance above the mean");
    }
    let pert = |low, mode, high| Frequency::Uncertain(UncertainRate::Pert(Pert::new(low, mode, high)));
    refused(frequency(pert(3.0, 0.5, 0.1)), "frequency.uncertain.pert", "low ≤ mode ≤ high");
    refused(frequency(pert(0.0, 0.5, 1e308)), "frequency.uncertain.pert.high", "describe");
    refused(frequency(pert(0.5, 0.5, 0.5)), "frequency.uncertain.pert", "low below high");
    let lognormal = |low, high| Frequency::Uncertain(UncertainRate::Lognormal(Interval { low, high }));
    refused(frequency(lognormal(2.0, 1.0)), "frequency.uncertain.lognormal", "lower end first");
    refused(frequency(lognormal(0.0, 1.0)), "frequency.uncertain.lognormal.low", "above zero");
    refused(frequency(lognormal(1e-9, 1e4)), "frequency.uncertain.lognormal", "twenty thousand");
    let gamma = Frequency::Uncertain(UncertainRate::Gamma(MeanSd { mean: 1.0, sd: 1e4 }));
    refused(frequency(gamma), "frequency.uncertain.gamma.sd", "100 times");
}

#[test]
fn amounts_that_mean_nothing() {
    for value in [-1.0, f64::NAN, f64::INFINITY, 1e308] {
        refused(amount(Severity::Constant(value)), "scenario `x`: loss.total.amount.constant", "amount");
        refused(amount(Severity::Empirical(vec![1.0, value])), "amount.empirical.1", "amount");
    }
    refused(amount(Severity::Empirical(vec![])), "amount.empirical", "list what was lost");
    let lognormal = |low, high| Severity::Lognormal(Interval { low, high });
    refused(amount(lognormal(2e6, 1e5)), "amount.lognormal", "lower end first");
    refused(amount(lognormal(1e5, 1e5)), "amount.lognormal", "constant");
    refused(amount(lognormal(0.0, 1e5)), "amount.lognormal.low", "at least");
    refused(amount(lognormal(1e-6, 1e16)), "amount.lognormal", "ten million times");
    refused(amount(Severity::Pert(Pert::new(5.0, 1.0, 9.0))), "amount.pert", "low ≤ mode ≤ high");
    let sharp = Pert { gamma: 1e308, ..Pert::new(1.0, 2.0, 3.0) };
    refused(amount(Severity::Pert(sharp)), "amount.pert.gamma", "0 to 100");
    refused(amount(Severity::Gamma(MeanSd { mean: 1.0, sd: 1e9 })), "amount.gamma", "ten times");
    let heavy = |shape| Severity::Pareto(Pareto { minimum: 1e5, shape });
    refused(amount(heavy(1.5)), "loss.total", "infinite variance; limit the loss with `at_most`");
    refused(amount(heavy(-1.0)), "amount.pareto.shape", "tail index");
    refused(
        |s| s.loss.values_mut().for_each(|l| l.tail = Some(ParetoTail { above: 1e6, shape: 1.2 })),
        "loss.total",
        "at_most",
    );
    refused(|s| s.loss.values_mut().for_each(|l| l.at_most = Some(0.0)), "loss.total.at_most", "at least");
    refused(|s| s.loss.values_mut().for_each(|l| l.probability = 2.0), "loss.total.probability", "0.1");
    refused(|s| s.loss.clear(), "loss", "say what an event costs");
}

#[test]
fn the_rest_that_means_nothing() {
    refused(|s| s.currency = Some("USD".into()), "currency: USD in a file of EUR", "convert");
    refused(|s| s.id = " ".into(), "scenario 1: id", "short name");
    let load = |loading| move |s: &mut Scenario| s.factor = Some(Factor { name: "f".into(), loading });
    refused(load(f64::NAN), "factor.loading", "-0.99 to 0.99");
    refused(load(1.0), "factor.loading", "-0.99 to 0.99");
    refused(|s| s.susceptibility = Some(Susceptibility::Probability(-1.0)), "susceptibility", "from 0 to 1");
    let error = |settings: Settings| simulate(&[fine()], &settings).unwrap_err().to_string();
    assert!(error(Settings { currency: "euro".into(), ..Settings::default() }).contains("ISO 4217"));
    assert!(error(Settings { points: 1000, ..Settings::default() }).contains("power of two"));
    assert!(error(Settings { levels: vec![1.0], ..Settings::default() }).contains("levels"));
    assert!(error(Settings { years: 0, ..Settings::default() }).contains("years"));
    let line = Tolerance { loss: -1.0, probability: 0.1 };
    assert!(error(Settings { tolerance: vec![line], ..Settings::default() }).contains("tolerance 1.loss"));
    let twice = simulate(&[fine(), fine()], &Settings::default()).unwrap_err().to_string();
    assert!(twice.contains("scenario 2: id: `x` is there twice"), "{twice}");
    assert!(simulate(&[], &Settings::default()).unwrap_err().to_string().contains("at least one"));
}
