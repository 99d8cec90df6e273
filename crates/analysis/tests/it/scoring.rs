//! The scorecard: unknown is no score, what fails pulls down, and what is excepted does not.

use crate::build::*;
use warrant_analysis::{Policy, controls, posture};
use warrant_model::Objective;
use warrant_model::kinds::{AssessmentResult, Exception, Protection};
use warrant_model::posture::Indicator;
use warrant_model::snapshot::SystemSnapshot;

fn indicator(snapshot: &SystemSnapshot, objective: Objective) -> Indicator {
    let posture = posture(snapshot, &Policy::embedded());
    posture.scorecard.0[objective as usize].clone()
}

/// A sound system whose controls were all judged, all alike but the first few.
fn judged(failing: usize) -> SystemSnapshot {
    let mut snapshot = sound();
    for (number, control) in controls(&snapshot, &Policy::embedded()).into_iter().enumerate() {
        let fails = number < failing;
        let result = if fails { AssessmentResult::OtherThanSatisfied } else { AssessmentResult::Satisfied };
        snapshot.assessments.push(judgement(number as u32, &control.control, result, "2026-11-01"));
    }
    snapshot
}

#[test]
fn nothing_assessed_is_no_score() {
    for objective in Objective::ALL {
        let indicator = indicator(&sound(), objective);
        assert_eq!((indicator.score, indicator.assessed), (None, 0.0));
        assert!(indicator.reason.starts_with("Not assessed"), "{}", indicator.reason);
    }
}

#[test]
fn deficiencies_alone_make_no_score() {
    let mut snapshot = sound();
    let rows = (0..60).map(|number| {
        let mut finding = weakness(&format!("{number:02}"));
        finding.controls.clear();
        finding.subject = format!("package{number} 1.0");
        finding
    });
    findings(&mut snapshot, rows.collect());
    let indicator = indicator(&snapshot, Objective::Integrity);
    assert_eq!((indicator.score, indicator.deficiencies), (None, 60));
}

#[test]
fn an_uncategorised_system_has_no_score() {
    let mut snapshot = judged(0);
    snapshot.information_types.clear();
    let indicator = indicator(&snapshot, Objective::Integrity);
    assert_eq!((indicator.score, indicator.impact), (None, None));
    assert!(indicator.reason.starts_with("Not categorised"), "{}", indicator.reason);
}

#[test]
fn everything_satisfied_is_a_hundred_and_failures_take_away() {
    let full = indicator(&judged(0), Objective::Confidentiality);
    assert_eq!((full.score, full.assessed), (Some(100.0), 100.0));
    let less = indicator(&judged(40), Objective::Confidentiality);
    assert_eq!(less.assessed, 100.0);
    assert!(less.score.unwrap() < 95.0, "{}", less.reason);
}

#[test]
fn a_deficiency_pulls_down_what_it_bears_on_until_excepted() {
    let mut snapshot = judged(0);
    snapshot.components[0].body.encrypted_at_rest = Some(false);
    let score = |snapshot: &SystemSnapshot, objective| indicator(snapshot, objective).score.unwrap();
    assert!(score(&snapshot, Objective::Confidentiality) < 100.0);
    assert_eq!(score(&snapshot, Objective::Availability), 100.0);
    assert_eq!(indicator(&snapshot, Objective::Confidentiality).deficiencies, 1);
    let exception = Exception {
        title: "Accepted".into(),
        state: "approved".into(),
        check: Some("data-store-unencrypted".into()),
        justification: "Locked room.".into(),
        expires: Some(date("2027-01-01")),
        ..Exception::default()
    };
    snapshot.exceptions.push(record("except", 1, exception));
    assert_eq!(score(&snapshot, Objective::Confidentiality), 100.0);
}

#[test]
fn many_deficiencies_do_not_wipe_out_what_is_shown_to_hold() {
    let mut snapshot = judged(0);
    let rows = (0..400).map(|number| {
        let mut finding = weakness(&format!("{number:03}"));
        finding.controls.clear();
        finding.subject = format!("package{number} 1.0");
        finding.severity = warrant_model::Severity::Critical;
        finding
    });
    findings(&mut snapshot, rows.collect());
    let indicator = indicator(&snapshot, Objective::Integrity);
    assert_eq!(indicator.deficiencies, 400);
    let score = indicator.score.unwrap();
    assert!((50.0..60.0).contains(&score), "{}", indicator.reason);
    assert!(indicator.reason.contains("points"), "{}", indicator.reason);
}

#[test]
fn the_example_of_the_page_on_scorecards_adds_up() {
    let most = f64::from(Policy::embedded().scorecard.most_taken);
    assert_eq!((1000.0 * 0.8 * (1.0 - most * 20.0 / 140.0)).round() / 10.0, 74.3);
}

#[test]
fn stale_evidence_is_no_evidence() {
    let mut snapshot = judged(0);
    snapshot.as_of = at("2027-11-02");
    let indicator = indicator(&snapshot, Objective::Availability);
    assert_eq!(indicator.score, None, "{}", indicator.reason);
}

#[test]
fn the_fields_of_a_flow_reach_the_scorecard() {
    let mut snapshot = judged(0);
    let flow = warrant_model::kinds::DataFlow {
        name: "Readings".into(),
        information_types: vec![id("info", 1)],
        encrypted: Protection::No,
        authenticated: Protection::Yes,
        ..Default::default()
    };
    snapshot.data_flows.push(record("flow", 1, flow));
    assert!(indicator(&snapshot, Objective::Integrity).score.unwrap() < 100.0);
}
