//! A choice that the inputs do not settle is not made, and what would settle it is named.

use warrant_risk::{Choice, Decision, Question, RiskFile, decide};

/// Two actions against one loss of a million; the first costs 100,000 and prevents what `share` and `range` say, the
/// second costs 50,000 and prevents a fifth.
fn file(share: f64, range: &str, rate: &str) -> RiskFile {
    let text = format!(
        "currency = 'EUR'
        [[scenario]]
        id = 's'
        frequency = {rate}
        loss.total = {{ amount = {{ constant = 1_000_000 }} }}
        [[action]]
        id = 'dear'
        cost = 100_000
        prevents = [{{ scenario = 's', share = {share}{range} }}]
        [[action]]
        id = 'cheap'
        cost = 50_000
        cost_range = {{ low = 49_000, high = 51_000 }}
        prevents = [{{ scenario = 's', share = 0.2 }}]"
    );
    RiskFile::read("x", &text).unwrap()
}

fn ask(file: &RiskFile, years: f64) -> Decision {
    let question =
        Question { first: vec!["dear".into()], second: vec!["cheap".into()], years, ..Question::default() };
    decide(file, &question).unwrap()
}

#[test]
fn a_clear_choice_is_made() {
    let found = ask(&file(0.6, ", range = { low = 0.5, high = 0.7 }", "{ poisson = 1 }"), 1.0);
    assert_eq!((found.answer, found.measure_first.clone()), (Choice::First, None));
    // Prevents 600,000 for 100,000 against 200,000 for 50,000.
    assert!((found.difference.estimate - 350_000.0).abs() < 1.0, "{found:?}");
    assert!(found.worth_of_knowing_all < 1e-6, "{found:?}");
    let found = ask(&file(0.21, "", "{ poisson = 1 }"), 1.0);
    assert_eq!(found.answer, Choice::Second);
    // Over ten years the better effect pays.
    let found = ask(&file(0.3, "", "{ poisson = 1 }"), 10.0);
    assert_eq!(found.answer, Choice::First);
}

#[test]
fn what_works_later_prevents_less() {
    let mut file = file(0.6, "", "{ poisson = 1 }");
    file.actions[0].lead_months = 9;
    // A quarter of a year at 600,000 for 100,000, against 200,000 for 50,000.
    let found = ask(&file, 1.0);
    assert_eq!(found.answer, Choice::Second);
    assert!((found.difference.estimate + 100_000.0).abs() < 1.0, "{found:?}");
    // Over two years it is a year and a quarter.
    let found = ask(&file, 2.0);
    assert!((found.difference.estimate - (750_000.0 - 100_000.0 - 350_000.0)).abs() < 1.0, "{found:?}");
}

#[test]
fn a_choice_that_flips_is_not_made_and_the_measurement_is_named() {
    // 0.25 is where both are worth the same; 0.05 to 0.5 holds it.
    let found = ask(&file(0.27, ", range = { low = 0.05, high = 0.5 }", "{ poisson = 1 }"), 1.0);
    assert_eq!(found.answer, Choice::DoesNotDecide);
    assert!(found.difference.low < 0.0 && found.difference.high > 0.0);
    assert_eq!(found.measure_first.as_deref(), Some("effect of `dear` on `s`"));
    let effect = &found.measurements[0];
    assert_eq!(effect.what, "effect of `dear` on `s`");
    // The cost range of 1,000 changes nothing; the effect is nearly all there is to know.
    assert!(effect.worth > 0.9 * found.worth_of_knowing_all, "{found:?}");
    assert!(found.measurements[1].worth < 0.01 * effect.worth, "{found:?}");
    assert!(effect.settles > 0.9 && found.measurements[1].settles < 0.1, "{found:?}");
}

#[test]
fn the_cheaper_of_two_settling_measurements_comes_first() {
    let file = file(0.27, ", range = { low = 0.05, high = 0.5 }", "{ poisson = 1 }");
    let mut question =
        Question { first: vec!["dear".into()], second: vec!["cheap".into()], ..Question::default() };
    question.costs.insert("effect of `dear` on `s`".into(), 5_000.0);
    let found = decide(&file, &question).unwrap();
    assert_eq!(found.measurements[0].cost, 5_000.0);
    assert_eq!(found.measure_first.as_deref(), Some("effect of `dear` on `s`"));
}

#[test]
fn an_uncertain_rate_counts_in_proportion() {
    let rate = "{ uncertain = { lognormal = { low = 0.2, high = 4 } } }";
    let found = ask(&file(0.27, "", rate), 1.0);
    assert_eq!(found.answer, Choice::DoesNotDecide);
    assert_eq!(found.measure_first.as_deref(), Some("rate of `s`"));
    let mean =
        ((0.2_f64 * 4.0).ln() / 2.0 + ((4.0_f64 / 0.2).ln() / 3.289_707_253_902_944).powi(2) / 2.0).exp();
    let wanted = 0.07 * 1e6 * mean - 50_000.0;
    assert!((found.difference.estimate - wanted).abs() < 1e-6 * wanted.abs(), "{found:?}");
}

#[test]
fn what_is_not_there_or_out_of_order_is_named() {
    let good = file(0.3, "", "{ poisson = 1 }");
    let question = Question { first: vec!["nobody".into()], ..Question::default() };
    let message = decide(&good, &question).unwrap_err().to_string();
    assert!(message.contains("question.first: `nobody` is no action"), "{message}");
    let odd = file(0.3, ", range = { low = 0.4, high = 0.5 }", "{ poisson = 1 }");
    let message = decide(&odd, &Question::default()).unwrap_err().to_string();
    assert!(message.contains("action `dear`: prevents.range"), "{message}");
}
