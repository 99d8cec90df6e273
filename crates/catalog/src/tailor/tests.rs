//! Tests of tailoring on the embedded index.

use super::*;

fn decision(target: &str, action: Action) -> Tailoring {
    Tailoring {
        target: target.into(),
        action,
        rationale: "because".into(),
        by: "issm".into(),
        at: "2026-01-01T00:00:00Z".into(),
    }
}

fn parameter(id: &str) -> Action {
    Action::Parameter { id: id.into(), value: "30 days".into() }
}

#[test]
fn nothing_tailored_is_the_baseline() {
    let index = Index::embedded();
    let result = tailor(index, Baseline::Low, &[]).unwrap();
    assert_eq!(result.controls, index.baseline(Baseline::Low));
    assert!(result.provenance.iter().all(|p| p.in_baseline && p.decisions.is_empty()));
}

#[test]
fn each_action_leaves_its_trace() {
    let index = Index::embedded();
    let no = |id| index.by_id(id).unwrap();
    let decisions = [
        decision("AC-2(1)", Action::Add),
        decision("ac-22", Action::Remove),
        decision("pe-12", Action::NotApplicable),
        decision("ac-2_smt.k", Action::Remove),
        decision("ac-2", parameter("ac-2_prm_10")),
    ];
    let result = tailor(index, Baseline::Low, &decisions).unwrap();
    assert!(result.contains(no("ac-2.1")) && !result.contains(no("ac-22")) && !result.contains(no("pe-12")));
    assert!(result.controls.is_sorted());
    assert_eq!(result.controls.len(), 149 + 1 - 2);
    assert_eq!(result.not_applicable, [no("pe-12")]);
    assert_eq!(result.left_out_statements, [index.statement_by_id("ac-2_smt.k").unwrap()]);
    assert_eq!(result.parameters["ac-2_prm_10"], "30 days");
    assert_eq!(result.provenance(no("ac-2")).unwrap().decisions, [3, 4]);
    let added = result.provenance(no("ac-2.1")).unwrap();
    assert!(!added.in_baseline);
    assert_eq!(added.decisions, [0]);
}

#[test]
fn all_errors_are_told_with_suggestions() {
    let index = Index::embedded();
    let decisions = [
        decision("ac-2.11", Action::Remove),
        decision("ca-99", Action::Add),
        decision("ac-2", Action::Add),
        decision("ac-2", parameter("ac-3_prm_1")),
        decision("ac-13", Action::Add),
        Tailoring { rationale: "  ".into(), ..decision("ac-1", Action::Remove) },
    ];
    let errors = tailor(index, Baseline::Low, &decisions).unwrap_err();
    let text: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(errors.len(), 6, "{text:#?}");
    assert!(text[0].starts_with("ac-2.11 is not in the baseline") && text[0].contains("did you mean ac-2"));
    assert!(text[1].contains("ca-9"), "{}", text[1]);
    assert_eq!(text[2], "ac-2 is in the baseline already");
    assert!(text[3].contains("ac-2_prm_1"), "{}", text[3]);
    assert_eq!(text[4], "ac-13 is withdrawn; did you mean ac-2, au-6?");
    assert_eq!(text[5], "ac-1: a rationale is required");
}

#[test]
fn removing_twice_is_an_error() {
    let index = Index::embedded();
    let decisions = [decision("ac-1", Action::Remove), decision("ac-1", Action::Remove)];
    assert_eq!(tailor(index, Baseline::Low, &decisions).unwrap_err().len(), 1);
}
