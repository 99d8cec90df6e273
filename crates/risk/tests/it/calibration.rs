//! Estimates are scored as published formulas say, and little is not taken for much.

use proptest::prelude::*;
use warrant_risk::{Calibrated, Calibration, Estimate, Outcome, Said, calibrate};

fn intervals(held: usize, below: usize, above: usize) -> Vec<Estimate> {
    let said = |found| Said::Interval { low: 10.0, high: 40.0, confidence: 0.9, found };
    let founds = vec![20.0; held].into_iter().chain(vec![5.0; below]).chain(vec![50.0; above]);
    let estimate = |found| Estimate { estimator: "Kim".into(), question: String::new(), said: said(found) };
    founds.map(estimate).collect()
}

fn chances(told: &[(f64, usize, usize)]) -> Vec<Estimate> {
    let mut found = Vec::new();
    for (chance, happened, did_not) in told {
        for (outcome, count) in [(Outcome::Happened, *happened), (Outcome::DidNot, *did_not)] {
            let said = Said::Chance { chance: *chance, outcome };
            let estimate = Estimate { estimator: "Kim".into(), question: String::new(), said };
            found.extend(vec![estimate; count]);
        }
    }
    found
}

fn of(estimates: &[Estimate]) -> Calibration {
    calibrate(estimates).unwrap()
}

#[test]
fn intervals_that_are_too_narrow_are_called_so() {
    let found = &of(&intervals(8, 2, 3)).estimators[0].clone();
    assert_eq!(
        found.says,
        ["says 90 %, is right 62 % (8 of 13): too narrow; of its misses 2 lie below, 3 above"]
    );
    let told = &found.intervals[0];
    assert_eq!(
        (told.verdict, told.median_ratio, told.median_width),
        (Calibrated::TooNarrow, Some(4.0), 30.0)
    );
    // Clopper and Pearson, 90 %, 8 of 13: quantiles of beta(8, 6) and beta(9, 5), by bisection of the binomial sums.
    assert!((told.coverage.low - 0.354_8).abs() < 5e-4, "{told:?}");
    assert!((told.coverage.high - 0.834_3).abs() < 5e-4, "{told:?}");
    // 0 of 3: the upper end is 1 − 0.05^(1/3).
    let none = of(&intervals(0, 3, 0)).all.intervals[0].clone();
    assert!((none.coverage.high - (1.0 - 0.05_f64.powf(1.0 / 3.0))).abs() < 1e-12);
    assert_eq!((none.coverage.low, none.verdict), (0.0, Calibrated::TooNarrow));
    assert!(of(&intervals(0, 3, 0)).all.says[0].contains("all 3 misses lie below"));
}

#[test]
fn too_few_is_an_answer() {
    assert_eq!(of(&intervals(4, 0, 0)).all.intervals[0].verdict, Calibrated::TooFewToSay);
    assert_eq!(of(&intervals(27, 1, 2)).all.intervals[0].verdict, Calibrated::Fits);
    // That all hold says nothing before the 29th: 0.9^29 is below 5 %.
    assert_eq!(of(&intervals(28, 0, 0)).all.intervals[0].verdict, Calibrated::Fits);
    assert_eq!(of(&intervals(29, 0, 0)).all.intervals[0].verdict, Calibrated::TooWide);
    assert_eq!(of(&chances(&[(0.3, 1, 2)])).all.chances.unwrap().verdict, Calibrated::TooFewToSay);
    assert_eq!(of(&chances(&[(0.3, 31, 69)])).all.chances.unwrap().verdict, Calibrated::Fits);
    assert_eq!(of(&chances(&[(0.3, 10, 90)])).all.chances.unwrap().verdict, Calibrated::TooHigh);
    assert_eq!(of(&chances(&[(0.3, 50, 50)])).all.chances.unwrap().verdict, Calibrated::TooLow);
    // Impossible things do not happen.
    assert_eq!(of(&chances(&[(0.0, 1, 3)])).all.chances.unwrap().verdict, Calibrated::TooLow);
}

/// Two groups by hand: 0.2 said of 10 of which 3 happen, 0.8 of 10 of which 7 do.
#[test]
fn the_score_is_briers_and_its_parts_are_murphys() {
    let found = of(&chances(&[(0.2, 3, 7), (0.8, 7, 3)])).all.chances.unwrap();
    let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
    assert!(near(found.brier, 0.3 * 0.64 + 0.7 * 0.04), "{found:?}");
    assert!(near(found.reliability, 0.01) && near(found.resolution, 0.04), "{found:?}");
    assert!(near(found.uncertainty, 0.25) && near(found.within, 0.0), "{found:?}");
    assert!(near(found.skill.unwrap(), 1.0 - 0.22 / 0.25) && near(found.sharpness, 0.3), "{found:?}");
    // Two coins: at most one head in three of four ways.
    let coins = of(&chances(&[(0.5, 1, 1)])).all.chances.unwrap();
    assert!(near(coins.likely.0, 0.75) && near(coins.likely.1, 0.75), "{coins:?}");
}

proptest! {
    #[test]
    fn parts_add_up_to_the_score(told in prop::collection::vec((0.0..=1.0_f64, any::<bool>()), 1..200)) {
        let estimates: Vec<Estimate> = told
            .iter()
            .map(|(chance, happened)| {
                let outcome = if *happened { Outcome::Happened } else { Outcome::DidNot };
                let said = Said::Chance { chance: *chance, outcome };
                Estimate { estimator: "x".into(), question: String::new(), said }
            })
            .collect();
        let found = of(&estimates).all.chances.unwrap();
        let sum = found.reliability - found.resolution + found.uncertainty + found.within;
        prop_assert!((sum - found.brier).abs() < 1e-12);
        prop_assert!((0.0..=1.0).contains(&found.brier) && found.reliability >= 0.0 && found.resolution >= 0.0);
        prop_assert!(found.likely.0 + found.likely.1 >= 1.0 - 1e-9, "{found:?}");
    }
}

#[test]
fn files_are_read_in_both_forms() {
    let csv = "\u{feff}estimator, question, chance, happened, low, high, confidence, found\n\
               Kim, phishing gets through, 0.2, yes,,,,\n\
               Kim, hours to restore,,, 2, 8, 0.8, 9\n\
               Lee, hours to restore,,, 2, 20,, 9\n";
    let toml = "[[estimate]]\nestimator = 'Kim'\nquestion = 'phishing gets through'\nchance = 0.2\nhappened = true\n\
                [[estimate]]\nestimator = 'Kim'\nquestion = 'hours to restore'\nlow = 2\nhigh = 8\nconfidence = 0.8\n\
                found = 9\n\
                [[estimate]]\nestimator = 'Lee'\nquestion = 'hours to restore'\nlow = 2\nhigh = 20\nfound = 9\n";
    let one = Estimate::read("a.csv", csv).unwrap();
    assert_eq!(one, Estimate::read("a.toml", toml).unwrap());
    let found = of(&one);
    let names: Vec<&str> = found.estimators.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Kim", "Lee"]);
    assert_eq!(found.estimators[0].intervals[0].confidence, 0.8);
    assert_eq!(found.all.intervals.len(), 2);
}

#[test]
fn estimates_that_mean_nothing_are_named() {
    let refused = |row: &str| {
        let text = format!("estimator,question,chance,happened,low,high,confidence,found\n{row}\n");
        Estimate::read("a.csv", &text).unwrap_err().to_string()
    };
    assert!(
        refused("Kim,q,1.2,yes,,,,").contains("a.csv: line 2.chance"),
        "{}",
        refused("Kim,q,1.2,yes,,,,")
    );
    assert!(refused("Kim,q,0.2,perhaps,,,,").contains("`perhaps` is no answer"));
    assert!(refused("Kim,q,0.2,,,,,").contains("neither a probability nor an interval"));
    assert!(refused("Kim,q,,,9,2,,5").contains("crossed"));
    assert!(refused("Kim,q,,,1,2,1,5").contains("confidence"));
    assert!(refused("Kim,q,,,1,nan,,5").contains("no number"));
    assert!(refused(",q,0.2,yes,,,,").contains("estimator"));
    assert!(refused("Kim,q,x,yes,,,,").contains("line 2"));
    assert!(calibrate(&[]).is_err());
    assert!(Estimate::read("a.toml", "[[estimate]]\nwho = 1").is_err());
}
