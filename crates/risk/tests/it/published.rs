//! The reference file of the corpus, read where it lies: every value in it is reproduced. `reference.rs` holds the same
//! numbers and more, for those who have no corpus.

use serde_json::Value;
use std::path::{Path, PathBuf};
use warrant_risk::{
    Baseline, Breach, Contest, Frequency, Interval, MeanSd, Pert, Scenario, Settings, Severity,
    expected_loss, gordon_loeb_limit, gordon_loeb_spending, susceptibility,
};

/// The file, or `None` after saying that the test skips.
fn reference() -> Option<Value> {
    let root = std::env::var_os("WARRANT_CORPUS")
        .map(PathBuf::from)
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"));
    let path = root.join("risk/risk-reference.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: there is no {}", path.display());
        return None;
    };
    Some(serde_json::from_str(&text).unwrap())
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

#[track_caller]
fn near(what: &str, found: f64, wanted: f64, tolerance: f64) {
    let error = if wanted == 0.0 { found.abs() } else { (found / wanted - 1.0).abs() };
    assert!(error <= tolerance, "{what}: {found} instead of {wanted}, {error:.1e} off");
}

fn at(id: usize, frequency: Frequency, amount: Severity) -> Scenario {
    Scenario::new(format!("s{id}"), frequency, amount)
}

fn lognormal(low: f64, high: f64) -> Severity {
    Severity::Lognormal(Interval { low, high })
}

/// Checks VaR and TVaR of a case, and that brackets hold them.
fn levels(what: &str, scenarios: &[Scenario], case: &Value) -> usize {
    let named =
        |key: &str| case[key].as_object().into_iter().flatten().map(|(level, v)| (level.clone(), number(v)));
    let all: Vec<String> = named("var").chain(named("tvar")).map(|(level, _)| level).collect();
    let settings =
        Settings { levels: all.iter().map(|l| l.parse().unwrap()).collect(), ..Settings::default() };
    let baseline = Baseline::new(scenarios, &settings).unwrap();
    let figures = baseline.figures();
    for (key, of) in
        [("mean", figures.ale), ("ale", figures.ale), ("sd", figures.sd), ("p0", 1.0 - figures.any_loss)]
    {
        if let Some(wanted) = case[key].as_f64() {
            near(&format!("{what} {key}"), of, wanted, 1e-8);
        }
    }
    let find =
        |level: &str| figures.levels.iter().find(|l| l.level == level.parse::<f64>().unwrap()).unwrap();
    let mut checked = 0;
    for (kind, (level, wanted)) in named("var").map(|v| ("VaR", v)).chain(named("tvar").map(|v| ("TVaR", v)))
    {
        let bracket = if kind == "VaR" { find(&level).var } else { find(&level).tvar };
        near(&format!("{what} {kind} {level}"), bracket.estimate, wanted, 1e-4);
        // Published digits end somewhere.
        let slip = 1e-7 * wanted;
        let held = bracket.low <= wanted + slip && wanted - slip <= bracket.high;
        assert!(held, "{what} {kind} {level}: {wanted} lies outside {bracket:?}");
        checked += 1;
    }
    checked
}

#[test]
fn moments_and_chances_of_the_corpus_are_reproduced() {
    let Some(reference) = reference() else { return };
    let figures = |amount: Severity| {
        let settings = Settings { points: 1 << 12, ..Settings::default() };
        Baseline::new(&[at(0, Frequency::Bernoulli(1.0), amount)], &settings).unwrap().figures().clone()
    };
    for case in list(&reference["lognormal_ci90"]) {
        let found = figures(lognormal(number(&case["lo"]), number(&case["hi"])));
        near("lognormal mean", found.ale, number(&case["mean"]), 1e-10);
        if let Some(sd) = case["sd"].as_f64() {
            near("lognormal sd", found.sd, sd, 1e-6);
        }
    }
    for case in list(&reference["pert"]) {
        let found = figures(Severity::Pert(Pert::new(
            number(&case["lo"]),
            number(&case["mode"]),
            number(&case["hi"]),
        )));
        near("PERT mean", found.ale, number(&case["mean"]), 1e-9);
        near("PERT sd", found.sd, number(&case["sd"]), 1e-5);
    }
    let pert = |key: &str| {
        let values: Vec<f64> = list(&reference["vulnerability"][key]).iter().map(number).collect();
        Pert::new(values[0], values[1], values[2])
    };
    let contest = Contest { capability: pert("tc"), resistance: pert("cs") };
    let chance = susceptibility(contest.capability, contest.resistance).unwrap();
    near("vulnerability", chance, number(&reference["vulnerability"]["p_tc_gt_cs"]), 1e-9);
    let attempts = Scenario {
        susceptibility: Some(warrant_risk::Susceptibility::Contest(contest)),
        ..at(0, Frequency::Poisson(1.0), Severity::Constant(1.0))
    };
    near("expected", expected_loss(&[attempts], &[], "EUR").unwrap(), chance, 1e-12);
}

#[test]
fn years_of_the_corpus_are_reproduced() {
    let Some(reference) = reference() else { return };
    let mut checked = 0;
    let case = &reference["compound_poisson_exponential"];
    let theta = number(&case["theta"]);
    let amount = Severity::Gamma(MeanSd { mean: theta, sd: theta });
    checked += levels("exponential", &[at(0, Frequency::Poisson(number(&case["lambda"])), amount)], case);
    // What the file says of these portfolios in words.
    let r1 = vec![at(0, Frequency::Poisson(0.5), lognormal(1e5, 2e6))];
    let r2 = (0..10).map(|i| at(i, Frequency::Poisson(0.1 + 0.01 * i as f64), lognormal(1e5, 2e6))).collect();
    let r3 = (0..20)
        .map(|i| {
            let low = 1e4 * 1.5_f64.powi((i % 10) as i32);
            at(i, Frequency::Poisson(0.02 * (i + 1) as f64), lognormal(low, low * (5.0 + i as f64)))
        })
        .collect();
    let trio = [(0.01, 1e6, 1e7), (0.10, 1e7, 1e9), (0.05, 5e6, 5e7)];
    let r4 = trio
        .iter()
        .enumerate()
        .map(|(i, (rate, a, b))| at(i, Frequency::Poisson(*rate), lognormal(*a, *b)))
        .collect();
    let portfolios: [(&str, Vec<Scenario>); 4] = [("R1", r1), ("R2", r2), ("R3", r3), ("R4", r4)];
    let cases = list(&reference["compound_poisson_lognormal"]);
    assert_eq!(cases.len(), portfolios.len());
    for (case, (id, scenarios)) in cases.iter().zip(&portfolios) {
        assert_eq!(case["id"], *id);
        checked += levels(id, scenarios, case);
    }
    for case in list(&reference["bernoulli_lognormal"]) {
        let (low, high) = (number(&case["ci90"][0]), number(&case["ci90"][1]));
        let frequency = Frequency::Bernoulli(number(&case["p"]));
        checked += levels("Bernoulli", &[at(0, frequency, lognormal(low, high))], case);
    }
    assert!(checked >= 48, "{checked} values");
}

#[test]
fn gordon_and_loeb_of_the_corpus_are_reproduced() {
    let Some(reference) = reference() else { return };
    let case = &reference["gordon_loeb"];
    let (loss, alpha) = (number(&case["L"]), number(&case["alpha"]));
    for (key, breach) in
        [("classI_beta1_zstar", Breach::One { alpha, beta: 1.0 }), ("classII_zstar", Breach::Two { alpha })]
    {
        for (chance, wanted) in case[key].as_object().unwrap() {
            let chance: f64 = chance.parse().unwrap();
            let found = gordon_loeb_spending(breach, loss, chance).unwrap();
            near(key, found, number(wanted), 1e-6);
            assert!(found <= gordon_loeb_limit(chance * loss));
        }
    }
}
