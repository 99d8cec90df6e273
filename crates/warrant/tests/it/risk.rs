//! `warrant risk` on the example of its documentation and on files of our own.

use crate::manifests::root;
use crate::program::{expect, json, run, words};
use std::path::Path;

fn example(folder: &Path) {
    std::fs::copy(root().join("docs/risk-example.toml"), folder.join("portal.toml")).unwrap();
}

#[test]
fn the_example_is_simulated_with_brackets_and_a_second_opinion() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    example(folder);
    let args = ["risk", "simulate", "portal.toml", "--points", "16384", "--years", "20000"];
    let text = expect(folder, 0, &args);
    for part in [
        "amounts in EUR",
        "Ransomware encrypts the portal",
        "all together",
        "VaR",
        "LOW",
        "TOLERANCE",
        "Second opinion: 20,000 years",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    assert!(!text.contains("NaN") && !text.contains("inf "), "{text}");
    let report = json(folder, &args);
    let sum: f64 = report["scenarios"].as_array().unwrap().iter().map(|s| s["ale"].as_f64().unwrap()).sum();
    assert!((sum / report["total"]["ale"].as_f64().unwrap() - 1.0).abs() < 1e-9);
    assert_eq!(text, expect(folder, 0, &args), "the same file gives the same words");
}

#[test]
fn a_tolerance_that_is_exceeded_is_the_answer_no() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let file = "currency = 'USD'\ntolerance = [{ loss = 1_000_000, probability = 0.01 }]\n[[scenario]]\nid = 'a'\n\
                frequency = { poisson = 0.1 }\nloss.total = { amount = { constant = 1_000_000 } }\n";
    std::fs::write(folder.join("a.toml"), file).unwrap();
    let text = expect(folder, 1, &["risk", "simulate", "a.toml", "--years", "5000"]);
    assert!(text.contains("exceeded") && text.contains("9.52 %"), "{text}");
}

#[test]
fn mistakes_are_named_with_file_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let refused = |text: &str| {
        std::fs::write(folder.join("a.toml"), text).unwrap();
        let output = run(folder, &["risk", "simulate", "a.toml"]);
        assert_eq!(output.status.code(), Some(2));
        words(&output)
    };
    let file = "currency = 'USD'\n[[scenario]]\nid = 'a'\nfrequency = { poisson = -1 }\n\
                loss.total = { amount = { constant = 5 } }\n";
    let message = refused(file);
    assert!(message.contains("a.toml") && message.contains("scenario `a`: frequency.poisson"), "{message}");
    let message = refused(&file.replace("poisson", "poison"));
    assert!(message.contains("a.toml") && message.contains("line 4"), "{message}");
    let output = run(folder, &["risk", "simulate", "missing.toml"]);
    assert!(words(&output).contains("missing.toml could not be read"));
}

#[test]
fn a_plan_is_proved_and_the_checker_finds_what_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    example(folder);
    let args = ["risk", "plan", "portal.toml", "--budget", "100000", "--hours", "800"];
    let text = expect(folder, 0, &args);
    assert!(text.contains("must   address-check") && text.contains("proved in"), "{text}");
    let plan = json(folder, &args);
    std::fs::write(folder.join("plan.json"), plan.to_string()).unwrap();
    let text = expect(folder, 0, &["risk", "verify-plan", "plan.json", "portal.toml"]);
    assert!(text.contains("The plan holds"), "{text}");
    let mut better = plan;
    better["ale_after"] = serde_json::json!(1.0);
    std::fs::write(folder.join("plan.json"), better.to_string()).unwrap();
    let output = run(folder, &["risk", "verify-plan", "plan.json", "portal.toml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(words(&output).contains("ale_after"), "{}", words(&output));
    let text = expect(folder, 0, &["risk", "plan", "portal.toml", "--budget", "500000", "--frontier"]);
    assert!(text.contains("+offline-backups"), "{text}");
    let text = expect(folder, 0, &["risk", "worth", "portal.toml"]);
    assert!(text.contains("second-factor") && text.contains("Shapley"), "{text}");
}

#[test]
fn plans_over_years_by_role_and_by_the_worst_years_are_confirmed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    example(folder);
    for more in [
        &["--budget", "60000,50000,50000", "--discount", "0.03", "--hours", "engineer=400"][..],
        &["--budget", "60000", "--years", "2"][..],
        &["--budget", "100000", "--objective", "tvar:0.95"][..],
    ] {
        let args = [&["risk", "plan", "portal.toml"][..], more].concat();
        let text = expect(folder, 0, &args);
        assert!(text.contains("never as advice") && text.contains("1/e"), "{text}");
        let plan = json(folder, &args);
        std::fs::write(folder.join("plan.json"), plan.to_string()).unwrap();
        expect(folder, 0, &["risk", "verify-plan", "plan.json", "portal.toml"]);
    }
    let text =
        expect(folder, 0, &["risk", "plan", "portal.toml", "--budget", "90000", "--objective", "tvar"]);
    assert!(text.contains("mean of the worst 5 % of years"), "{text}");
    let output = run(folder, &["risk", "plan", "portal.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output).contains("plan.budget: is not given"), "{}", words(&output));
}

#[test]
fn alternatives_are_set_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    example(folder);
    let plan = json(folder, &["risk", "plan", "portal.toml", "--budget", "100000", "--hours", "800"]);
    std::fs::write(folder.join("best.json"), plan.to_string()).unwrap();
    let args =
        ["risk", "compare", "portal.toml", "--plan", "best.json", "--plan", "site=second-site,address-check"];
    let text = expect(folder, 0, &args);
    assert!(text.contains("best") && text.contains("site") && text.contains("nothing"), "{text}");
    let limited = [&args[..], &["--budget", "100000"]].concat();
    let text = expect(folder, 1, &limited);
    assert!(text.contains("site breaks limits: year 1: money 408000 of 100000"), "{text}");
    let output = run(folder, &["risk", "compare", "portal.toml", "--plan", "moat"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output).contains("`moat` is no action"), "{}", words(&output));
}

#[test]
fn a_choice_is_made_or_not_and_says_what_to_measure() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(
        folder.join("a.toml"),
        "currency = 'EUR'
        [[scenario]]
        id = 's'
        frequency = { poisson = 1 }
        loss.total = { amount = { constant = 1_000_000 } }
        [[action]]
        id = 'dear'
        cost = 100_000
        prevents = [{ scenario = 's', share = 0.27, range = { low = 0.05, high = 0.5 } }]
        [[action]]
        id = 'cheap'
        cost = 50_000
        prevents = [{ scenario = 's', share = 0.2 }]",
    )
    .unwrap();
    let args = ["risk", "decide", "a.toml", "--with", "dear", "--against", "cheap"];
    let text = expect(folder, 1, &args);
    assert!(
        text.contains("does not decide") && text.contains("Measure first: effect of `dear` on `s`"),
        "{text}"
    );
    let text = expect(folder, 0, &["risk", "decide", "a.toml", "--with", "cheap"]);
    assert!(text.contains("cheap against doing nothing: cheap."), "{text}");
    let priced = [&args[..], &["--measuring", "the weather=5"]].concat();
    assert!(words(&run(folder, &priced)).contains("nothing that could be measured"));
}

#[test]
fn estimates_are_scored_for_each_estimator() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let row = |found: f64| format!("Kim,hours to restore,,,2,8,,{found}\n");
    let text = String::from("estimator,question,chance,happened,low,high,confidence,found\n")
        + &(0..8).map(|_| row(4.0)).collect::<String>()
        + &(0..5).map(|_| row(9.0)).collect::<String>();
    std::fs::write(folder.join("e.csv"), text).unwrap();
    let text = expect(folder, 0, &["risk", "calibrate", "e.csv"]);
    assert!(
        text.contains("Kim says 90 %, is right 62 % (8 of 13): too narrow; all 5 misses lie above."),
        "{text}"
    );
    let scored = json(folder, &["risk", "calibrate", "e.csv"]);
    assert_eq!(scored["estimators"][0]["intervals"][0]["verdict"], "too_narrow");
    std::fs::write(folder.join("e.csv"), "estimator,low\nKim,1\n").unwrap();
    let output = run(folder, &["risk", "calibrate", "e.csv"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output).contains("e.csv: line 2"), "{}", words(&output));
}
