//! A memory makes answers quicker and changes no bit of them.

use warrant_risk::{
    Detail, Frequency, Interval, Memory, Pert, Report, Scenario, Settings, Severity, UncertainRate, simulate,
    simulate_keeping,
};

fn scenario(at: usize, ease: f64) -> Scenario {
    let step = at as f64;
    let rate = ease * (0.05 + 0.01 * step);
    let frequency = match at % 3 {
        0 => Frequency::Poisson(rate),
        1 => Frequency::Bernoulli(rate.min(0.9)),
        _ => Frequency::Uncertain(UncertainRate::Pert(Pert::new(0.2 * rate, rate, 4.0 * rate))),
    };
    let low = 1e4 * (1.0 + 0.1 * step);
    Scenario::new(
        format!("s{at}"),
        frequency,
        Severity::Lognormal(Interval { low, high: (8.0 + at as f64) * low }),
    )
}

fn settings() -> Settings {
    Settings {
        points: 1 << 12,
        points_each: 1 << 10,
        years: 3_000,
        detail: Detail::Each,
        ..Settings::default()
    }
}

fn told(report: &Report) -> String {
    serde_json::to_string(report).unwrap()
}

#[test]
fn what_a_memory_holds_changes_no_bit() {
    let settings = settings();
    let memory = Memory::default();
    let mut all: Vec<Scenario> = (0..150).map(|at| scenario(at, 1.0)).collect();
    for (at, ease) in [(0, 1.0), (7, 0.4), (8, 0.4), (149, 3.0), (7, 1.0)] {
        all[at] = scenario(at, ease);
        let kept = simulate_keeping(&all, &settings, &memory).unwrap();
        assert_eq!(told(&kept), told(&simulate_keeping(&all, &settings, &Memory::default()).unwrap()));
    }
    // Asked anew under other names, in another order and for the total alone.
    all.iter_mut().for_each(|one| one.id = format!("new-{}", one.id));
    all.reverse();
    let total = Settings { detail: Detail::Total, points: 1 << 13, ..settings };
    let kept = simulate_keeping(&all, &total, &memory).unwrap();
    assert_eq!(told(&kept), told(&simulate_keeping(&all, &total, &Memory::default()).unwrap()));
}

#[test]
fn with_and_without_a_memory_brackets_meet() {
    let all: Vec<Scenario> = (0..90).map(|at| scenario(at, 1.0)).collect();
    let plain = simulate(&all, &settings()).unwrap();
    let kept = simulate_keeping(&all, &settings(), &Memory::default()).unwrap();
    assert_eq!((plain.total.ale, plain.total.sd), (kept.total.ale, kept.total.sd));
    assert_eq!(plain.scenarios, kept.scenarios);
    for (a, b) in plain.total.levels.iter().zip(&kept.total.levels) {
        assert!(a.var.low <= b.var.high && b.var.low <= a.var.high, "{a:?} {b:?}");
        assert!(a.tvar.low <= b.tvar.high && b.tvar.low <= a.tvar.high, "{a:?} {b:?}");
        let width = |bracket: warrant_risk::Bracket| bracket.high - bracket.low;
        assert!(width(b.var) <= 1.25 * width(a.var) + 2.0 * kept.step, "{a:?} {b:?}");
    }
}
