//! Controls move the loss, and their shares add up.

use proptest::prelude::*;
use warrant_risk::{
    Bearing, Control, Detector, Frequency, Interval, Measured, Reliability, Scenario, Settings, Severity,
    Step, simulate, worth,
};

fn control(id: usize, efficacy: f64, coverage: f64) -> Control {
    Control {
        id: format!("c{id}"),
        title: String::new(),
        efficacy,
        coverage,
        reliability: None,
        source: String::new(),
        reviewed: String::new(),
    }
}

fn step(prevented_by: &[usize]) -> Step {
    let bearing = |at: &usize| Bearing { control: format!("c{at}"), efficacy: None };
    Step {
        technique: "T1566".into(),
        success: 0.8,
        prevented_by: prevented_by.iter().map(bearing).collect(),
        hours: None,
        detected_by: Vec::new(),
    }
}

fn attack(id: &str, steps: Vec<Step>) -> Scenario {
    let amount = Severity::Lognormal(Interval { low: 1e5, high: 2e6 });
    Scenario { steps, ..Scenario::new(id, Frequency::Poisson(4.0), amount) }
}

fn settings(controls: Vec<Control>) -> Settings {
    Settings { controls, points: 1 << 12, points_each: 1 << 11, years: 20_000, ..Settings::default() }
}

#[test]
fn performance_is_efficacy_coverage_and_reliability() {
    let measured = Reliability::Measured(Measured { failures_per_year: 4.0, days_to_repair: 30.0 });
    assert!((measured.share() - 0.752_58).abs() < 1e-5);
    let mut one = control(1, 0.9, 0.5);
    one.reliability = Some(measured);
    assert!((one.performance() - 0.9 * 0.5 * measured.share()).abs() < 1e-15);
    let free = simulate(&[attack("a", vec![step(&[])])], &settings(vec![])).unwrap().total.ale;
    let held = simulate(&[attack("a", vec![step(&[1])])], &settings(vec![one.clone()])).unwrap().total.ale;
    assert!((held / free - (1.0 - one.performance())).abs() < 1e-12);
}

#[test]
fn a_slower_detector_lets_more_through() {
    let ale = |hours: f64| {
        let mut watched = step(&[]);
        watched.hours = Some(10.0);
        watched.detected_by = vec![Detector { control: "c1".into(), hours, efficacy: None }];
        simulate(&[attack("a", vec![watched])], &settings(vec![control(1, 1.0, 1.0)])).unwrap().total.ale
    };
    // Whoever is faster wins: 10 hours against 1, 10 and 90.
    assert!((ale(1.0) / ale(90.0) - (1.0 / 11.0) / 0.9).abs() < 1e-12);
    assert!((ale(10.0) / ale(90.0) - 0.5 / 0.9).abs() < 1e-12);
}

#[test]
fn what_does_not_exist_is_named() {
    let refused = |scenario: Scenario, controls: Vec<Control>| {
        simulate(&[scenario], &settings(controls)).unwrap_err().to_string()
    };
    let message = refused(attack("a", vec![step(&[]), step(&[7])]), vec![]);
    assert!(message.contains("scenario `a`: step.2.prevented_by: `c7` is no control"), "{message}");
    let mut odd = step(&[]);
    odd.technique = "phishing".into();
    assert!(refused(attack("a", vec![odd]), vec![]).contains("T1566.002"));
    let message = refused(attack("a", vec![]), vec![control(1, 1.2, 1.0)]);
    assert!(message.contains("control `c1`: efficacy"), "{message}");
    let message = refused(attack("a", vec![]), vec![control(1, 0.2, 1.0), control(1, 0.2, 1.0)]);
    assert!(message.contains("there twice"), "{message}");
}

#[test]
fn many_controls_on_one_scenario_still_share_the_whole() {
    let controls: Vec<Control> = (0..16).map(|at| control(at, 0.05 * (at % 5 + 1) as f64, 0.9)).collect();
    let all: Vec<usize> = (0..16).collect();
    let found = worth(&[attack("a", vec![step(&all)])], &settings(controls)).unwrap();
    let sum: f64 = found.controls.iter().map(|control| control.share_ale).sum();
    assert!((sum / (found.ale_without_any - found.now.ale) - 1.0).abs() < 1e-9);
}

proptest! {
    #![proptest_config(crate::cases(24))]

    #[test]
    fn shares_add_up_and_margins_are_what_is_lost_without(
        powers in prop::collection::vec((0.0..1.0, 0.0..1.0), 5),
        first in prop::collection::vec(0_usize..5, 0..4),
        second in prop::collection::vec(0_usize..5, 0..4),
    ) {
        let controls: Vec<Control> =
            powers.iter().enumerate().map(|(at, (e, c))| control(at, *e, *c)).collect();
        let scenarios =
            [attack("a", vec![step(&first), step(&second)]), attack("b", vec![step(&second)])];
        let found = worth(&scenarios, &settings(controls.clone())).unwrap();
        let sum: f64 = found.controls.iter().map(|control| control.share_ale).sum();
        let whole = found.ale_without_any - found.now.ale;
        prop_assert!((sum - whole).abs() <= 1e-9 * found.ale_without_any, "{sum} {whole}");
        for (at, priced) in found.controls.iter().enumerate() {
            let mut without = controls.clone();
            without[at].efficacy = 0.0;
            let wanted = simulate(&scenarios, &settings(without)).unwrap().total;
            prop_assert!((priced.without.ale - wanted.ale).abs() <= 1e-9 * wanted.ale);
            prop_assert!(priced.marginal_ale >= -1e-9 * wanted.ale);
            let (a, b) = (priced.without.levels[3].tvar, wanted.levels[3].tvar);
            prop_assert!(a.low <= b.high && b.low <= a.high, "{a:?} {b:?}");
        }
    }
}
