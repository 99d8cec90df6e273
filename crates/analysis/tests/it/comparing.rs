//! Comparison: what opened, ended, worsened and eased, and the mirror image.

use crate::build::*;
use crate::properties::random;
use proptest::prelude::*;
use warrant_analysis::{Policy, compare, compare_controls, controls, posture};
use warrant_model::Severity;
use warrant_model::kinds::AssessmentResult;
use warrant_model::snapshot::SystemSnapshot;

fn seen(snapshot: &SystemSnapshot) -> warrant_model::posture::Posture {
    posture(snapshot, &Policy::embedded())
}

#[test]
fn a_fixed_weakness_ends_its_deficiency() {
    let mut snapshot = sound();
    findings(&mut snapshot, vec![weakness("a")]);
    let before = seen(&snapshot);
    snapshot.system.body.owner = None;
    findings(&mut snapshot, Vec::new());
    let delta = compare(&before, &seen(&snapshot));
    let checks = |list: &[warrant_model::posture::Deficiency]| -> Vec<String> {
        list.iter().map(|deficiency| deficiency.check.clone()).collect()
    };
    assert_eq!(checks(&delta.ended), ["vulnerability-open"]);
    assert_eq!(checks(&delta.opened), ["system-unowned"]);
    assert_eq!(delta.open_findings.high, -1);
}

#[test]
fn a_higher_severity_is_worse_and_an_exception_easier() {
    let mut snapshot = sound();
    findings(&mut snapshot, vec![weakness("a")]);
    let before = seen(&snapshot);
    let mut critical = weakness("a");
    critical.severity = Severity::Critical;
    findings(&mut snapshot, vec![critical]);
    let after = seen(&snapshot);
    let delta = compare(&before, &after);
    assert_eq!(delta.worsened.len(), 1);
    assert_eq!(delta.worsened[0].after.severity, Severity::Critical);
    assert_eq!((delta.deficiencies.critical, delta.deficiencies.high), (1, -1));
    assert!(delta.opened.is_empty() && delta.ended.is_empty() && delta.eased.is_empty());
}

#[test]
fn controls_are_compared_by_status() {
    let mut snapshot = sound();
    let before = controls(&snapshot, &Policy::embedded());
    snapshot.assessments.push(judgement(1, "ac-7", AssessmentResult::Satisfied, "2026-11-01"));
    let changes = compare_controls(&before, &controls(&snapshot, &Policy::embedded()));
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].control, "ac-7");
    assert_eq!(changes[0].after.as_ref().unwrap().word(), "satisfied");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn comparing_the_other_way_round_is_the_mirror_image(one in any::<u64>(), two in any::<u64>()) {
        let (one, two) = (seen(&random(one)), seen(&random(two)));
        prop_assert_eq!(compare(&two, &one), compare(&one, &two).reversed());
        prop_assert!(compare(&one, &one).is_empty());
        prop_assert_eq!(compare(&one, &two).is_empty(), compare(&two, &one).is_empty());
    }

    #[test]
    fn a_delta_survives_json(one in any::<u64>(), two in any::<u64>()) {
        let delta = compare(&seen(&random(one)), &seen(&random(two)));
        let text = serde_json::to_string(&delta).unwrap();
        prop_assert_eq!(serde_json::from_str::<warrant_analysis::Delta>(&text).unwrap(), delta);
    }
}
