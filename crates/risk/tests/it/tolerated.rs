//! Whether what is known decides that a year stays within what is tolerated.

use warrant_risk::{
    Bearing, Control, Efficacy, Frequency, Pert, Scenario, Settings, Severity, Step, Tolerance, Tolerated,
    UncertainRate, Unsure, Verdict, tolerated,
};

/// A loss of 100,000 at an uncertain rate.
fn scenario(id: &str, low: f64, mode: f64, high: f64) -> Scenario {
    let rate = UncertainRate::Pert(Pert::new(low, mode, high));
    Scenario::new(id, Frequency::Uncertain(rate), Severity::Constant(100_000.0))
}

fn settings(probability: f64) -> Settings {
    Settings { tolerance: vec![Tolerance { loss: 100_000.0, probability }], ..Settings::default() }
}

fn ask(scenarios: &[Scenario], probability: f64) -> Tolerated {
    tolerated(scenarios, &settings(probability), &[]).unwrap().remove(0)
}

#[test]
fn the_range_is_that_of_the_rate() {
    // P(any loss) = 1 − e^−λ, and PERT(0.1, 0.5, 3) has its 95th percentile at 1.762623 and a mean of 0.85.
    let found = ask(&[scenario("s", 0.1, 0.5, 3.0)], 0.5);
    let high = 1.0 - (-1.762_623f64).exp();
    assert!((found.found.high - high).abs() < 0.02, "{} of {high}", found.found.high);
    // The mean over the rate is the chance of a year with a loss as the engine mixes it: P(0) = .473374 for this rate.
    assert!((found.found.estimate - (1.0 - 0.473_374)).abs() < 0.02, "{}", found.found.estimate);
    assert_eq!(found.verdict, Verdict::DoesNotDecide);
    assert_eq!(found.measure_first, Some(Unsure::Rate("s".into())));
    assert!(found.telling[0].explains > 0.9 && found.telling[0].settles > 0.9, "{found:?}");
    assert!((0.3..0.7).contains(&found.exceeds), "{}", found.exceeds);
}

#[test]
fn clear_comparisons_are_decided() {
    let within = ask(&[scenario("s", 0.1, 0.5, 3.0)], 0.95);
    assert_eq!((within.verdict, within.measure_first.clone()), (Verdict::Within, None));
    assert_eq!(within.exceeds, 0.0);
    let beyond = ask(&[scenario("s", 0.1, 0.5, 3.0)], 0.05);
    assert_eq!((beyond.verdict, beyond.exceeds), (Verdict::Exceeds, 1.0));
    let certain = Scenario::new("s", Frequency::Poisson(0.2), Severity::Constant(100_000.0));
    let certain = ask(&[certain], 0.5);
    assert!((certain.found.estimate - (1.0 - (-0.2f64).exp())).abs() < 1e-9, "{certain:?}");
    assert!(certain.telling.is_empty() && certain.verdict == Verdict::Within);
}

#[test]
fn the_unknown_that_matters_is_told_from_the_one_that_does_not() {
    let found = ask(&[scenario("wide", 0.05, 0.6, 2.0), scenario("narrow", 0.1, 0.11, 0.12)], 0.5);
    assert_eq!(found.verdict, Verdict::DoesNotDecide);
    assert_eq!(found.measure_first, Some(Unsure::Rate("wide".into())));
    let of = |id: &str| found.telling.iter().find(|one| one.what == Unsure::Rate(id.into())).unwrap();
    assert!(of("wide").explains > 0.9, "{found:?}");
    assert!(of("narrow").explains < 0.05 && of("narrow").settles < 0.1, "{found:?}");
    // Two that matter alike: neither settles it alone.
    let found = ask(&[scenario("a", 0.05, 0.3, 1.2), scenario("b", 0.05, 0.3, 1.2)], 0.5);
    assert_eq!((found.verdict, found.measure_first.clone()), (Verdict::DoesNotDecide, None));
    assert!(found.telling.iter().all(|one| (0.3..0.7).contains(&one.explains)), "{found:?}");
}

#[test]
fn what_controls_stop_may_be_what_is_not_known() {
    let control = Control {
        id: "portal/si-2".into(),
        title: String::new(),
        efficacy: 0.5,
        coverage: 1.0,
        reliability: None,
        source: String::new(),
        reviewed: String::new(),
    };
    let step = Step {
        technique: "T1190".into(),
        success: 1.0,
        prevented_by: vec![Bearing { control: control.id.clone(), efficacy: None }],
        hours: None,
        detected_by: Vec::new(),
    };
    let tried = Scenario {
        steps: vec![step],
        ..Scenario::new("s", Frequency::Poisson(1.0), Severity::Constant(100_000.0))
    };
    let range = Pert::new(0.1, 0.5, 0.9);
    let efficacy = Efficacy { name: "si-2".into(), controls: vec![control.id.clone()], range };
    let settings = Settings { controls: vec![control], ..settings(0.4) };
    let found = tolerated(&[tried], &settings, &[efficacy]).unwrap().remove(0);
    assert_eq!(found.verdict, Verdict::DoesNotDecide);
    assert_eq!(found.measure_first, Some(Unsure::Efficacy("si-2".into())));
    // Efficacies between 0.1 and 0.9 leave rates of 0.9 to 0.1.
    assert!(found.found.low > 1.0 - (-0.1f64).exp() && found.found.high < 1.0 - (-0.9f64).exp(), "{found:?}");
}

#[test]
fn threads_do_not_matter_and_other_laws_are_refused() {
    let scenarios = [scenario("a", 0.05, 0.3, 1.2), scenario("b", 0.0, 0.1, 4.0)];
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let four = rayon::ThreadPoolBuilder::new().num_threads(4).build().unwrap();
    assert_eq!(alone.install(|| ask(&scenarios, 0.5)), four.install(|| ask(&scenarios, 0.5)));
    let bernoulli = Scenario::new("x", Frequency::Bernoulli(0.1), Severity::Constant(1.0));
    let said = tolerated(&[bernoulli], &settings(0.5), &[]).unwrap_err().to_string();
    assert!(said.contains("`x`") && said.contains("poisson"), "{said}");
    let nonsense = Efficacy { name: "e".into(), controls: Vec::new(), range: Pert::new(0.5, 0.6, 1.5) };
    assert!(tolerated(&scenarios, &settings(0.5), &[nonsense]).is_err());
}
