//! Control status: what wins, what grows old, what is inherited, and grounds that can not be spared.

use crate::build::*;
use proptest::prelude::*;
use std::sync::Arc;
use warrant_analysis::{Policy, control, controls};
use warrant_model::Impact;
use warrant_model::finding::FindingState;
use warrant_model::kinds::*;
use warrant_model::posture::{ControlStatus, Source, StatementStatus, Status};
use warrant_model::snapshot::SystemSnapshot;

fn of(snapshot: &SystemSnapshot, id: &str) -> ControlStatus {
    control(snapshot, &Policy::embedded(), id).unwrap()
}

fn statement(snapshot: &SystemSnapshot, control: &str, id: &str) -> StatementStatus {
    of(snapshot, control).statements.into_iter().find(|statement| statement.statement == id).unwrap()
}

#[test]
fn the_baseline_follows_from_the_high_water_mark() {
    let number = |levels: [Option<Impact>; 3], adjusted: Option<Impact>| {
        let mut snapshot = sound();
        let information = &mut snapshot.information_types[0].body;
        [information.confidentiality, information.integrity, information.availability] = levels;
        snapshot.system.body.availability_adjusted = adjusted;
        controls(&snapshot, &Policy::embedded()).len()
    };
    let low = Some(Impact::Low);
    assert_eq!(number([low, low, low], None), 149);
    assert_eq!(number([low, Some(Impact::Moderate), low], None), 287);
    assert_eq!(number([low, low, Some(Impact::High)], None), 370);
    assert_eq!(number([low, low, Some(Impact::High)], low), 149);
    assert_eq!(number([Some(Impact::NotApplicable), None, None], None), 149);
    assert_eq!(number([None, None, None], None), 0);
}

#[test]
fn tailoring_adds_and_takes_out() {
    let mut snapshot = sound();
    let tailoring = |control: &str, action| Tailoring {
        control: control.into(),
        action,
        rationale: "No wireless.".into(),
        ..Tailoring::default()
    };
    assert!(control(&snapshot, &Policy::embedded(), "ac-25").is_none());
    snapshot.tailorings.push(record("tailor", 1, tailoring("AC-25", TailoringAction::Add)));
    snapshot.tailorings.push(record("tailor", 2, tailoring("ac-18", TailoringAction::NotApplicable)));
    snapshot.tailorings.push(record("tailor", 3, tailoring("ac-2_smt.a", TailoringAction::NotApplicable)));
    assert_eq!(of(&snapshot, "ac-25").status.word(), "not-assessed");
    let taken_out = of(&snapshot, "ac-18");
    assert_eq!(taken_out.status, Status::NotApplicable { reason: "No wireless.".into() });
    assert_eq!(statement(&snapshot, "ac-2", "ac-2_smt.a").status.word(), "not-applicable");
    assert_eq!(of(&snapshot, "ac-2").status.word(), "not-assessed");
}

#[test]
fn the_newest_judgement_wins() {
    let mut snapshot = sound();
    use AssessmentResult::{OtherThanSatisfied, Satisfied};
    snapshot.assessments.push(judgement(1, "ac-7", OtherThanSatisfied, "2026-05-01"));
    assert_eq!(of(&snapshot, "ac-7").status, Status::OtherThanSatisfied);
    snapshot.assessments.push(judgement(2, "ac-7", Satisfied, "2026-06-01"));
    assert_eq!(of(&snapshot, "ac-7").status, Status::Satisfied);
    snapshot.assessments.push(judgement(3, "ac-7_smt.a", OtherThanSatisfied, "2026-06-01"));
    let both = of(&snapshot, "ac-7");
    assert_eq!(both.status, Status::OtherThanSatisfied);
    assert_eq!(statement(&snapshot, "ac-7", "ac-7_smt.b").status, Status::Satisfied);
    assert_eq!(both.evidence_at, Some(at("2026-06-01")));
}

#[test]
fn a_judgement_on_a_cci_counts_until_it_or_the_whole_is_judged_anew() {
    use AssessmentResult::{NotApplicable, OtherThanSatisfied, Satisfied};
    let mut snapshot = sound();
    let mut number = 0;
    let mut then = |cci: Option<&str>, result, day: &str| {
        number += 1;
        let mut given = judgement(number, "ac-7_smt.a", result, day);
        given.body.cci = cci.map(str::to_owned);
        snapshot.assessments.push(given);
        let mut turned = snapshot.clone();
        turned.assessments.reverse();
        let status = statement(&snapshot, "ac-7", "ac-7_smt.a").status;
        assert_eq!(statement(&turned, "ac-7", "ac-7_smt.a").status, status);
        status.word().to_owned()
    };
    let (one, other) = (Some("CCI-000043"), Some("CCI-000044"));
    assert_eq!(then(one, OtherThanSatisfied, "2026-05-01"), "other-than-satisfied");
    // Another part that is met does not make up for it.
    assert_eq!(then(other, Satisfied, "2026-05-02"), "other-than-satisfied");
    assert_eq!(then(one, Satisfied, "2026-05-03"), "satisfied");
    // The whole speaks for its parts, and a part that fails later against the whole.
    assert_eq!(then(None, OtherThanSatisfied, "2026-05-04"), "other-than-satisfied");
    assert_eq!(then(one, Satisfied, "2026-05-05"), "other-than-satisfied");
    assert_eq!(then(None, Satisfied, "2026-05-06"), "satisfied");
    assert_eq!(then(other, OtherThanSatisfied, "2026-05-06"), "other-than-satisfied");
    // What does not apply is taken back, and says nothing itself.
    assert_eq!(then(other, NotApplicable, "2026-05-07"), "satisfied");
    let results = warrant_analysis::results(&snapshot, &warrant_analysis::Policy::embedded());
    let found = results.into_iter().find(|one| one.statement == "ac-7_smt.a").unwrap();
    let told: Vec<_> = found.results.iter().map(|result| result.says.as_str()).collect();
    assert_eq!(told.len(), 2, "the whole and the part that is judged: {told:?}");
}

#[test]
fn a_whole_that_failed_ends_when_every_part_is_judged_well_since() {
    use AssessmentResult::{NotApplicable, OtherThanSatisfied, Satisfied};
    let parts: Vec<String> = warrant_catalog::cci::of_control("ac-7")
        .iter()
        .map(|number| format!("CCI-{number:06}"))
        .filter(|cci| warrant_catalog::cci::cci(cci).iter().any(|target| target.id.starts_with("ac-7_smt.a")))
        .collect();
    assert!(parts.len() > 1, "{parts:?}");
    let mut snapshot = sound();
    let give =
        |snapshot: &mut warrant_model::snapshot::SystemSnapshot, cci: Option<&str>, result, day: &str| {
            let number = snapshot.assessments.len() as u32 + 1;
            let mut given = judgement(number, "ac-7_smt.a", result, day);
            given.body.cci = cci.map(str::to_owned);
            snapshot.assessments.push(given);
        };
    let word = |snapshot: &_| statement(snapshot, "ac-7", "ac-7_smt.a").status.word().to_owned();
    // One part was met before and counts no more; one on the same day does not end it either.
    give(&mut snapshot, Some(&parts[0]), Satisfied, "2026-05-01");
    give(&mut snapshot, None, OtherThanSatisfied, "2026-05-02");
    give(&mut snapshot, Some(&parts[0]), Satisfied, "2026-05-02");
    for (nth, part) in parts.iter().enumerate().skip(1) {
        give(&mut snapshot, Some(part), Satisfied, &format!("2026-05-{:02}", 3 + nth));
        assert_eq!(word(&snapshot), "other-than-satisfied");
    }
    let mut others = snapshot.clone();
    give(&mut snapshot, Some(&parts[0]), NotApplicable, "2026-05-20");
    assert_eq!(word(&snapshot), "satisfied");
    // It is as fresh as the oldest part, and one part that fails stands against it again.
    snapshot.as_of = at("2027-05-05");
    assert_eq!(word(&snapshot), "stale");
    give(&mut snapshot, Some(&parts[0]), OtherThanSatisfied, "2026-05-21");
    assert_eq!(word(&snapshot), "other-than-satisfied");
    // Parts of which none applies say nothing of the whole.
    others.assessments.retain(|one| one.body.cci.is_none());
    for part in &parts {
        give(&mut others, Some(part), NotApplicable, "2026-05-20");
    }
    assert_eq!(word(&others), "other-than-satisfied");
    let mut turned = snapshot.clone();
    turned.assessments.reverse();
    assert_eq!(word(&turned), word(&snapshot));
}

#[test]
fn a_part_that_does_not_apply_leaves_its_statement_unassessed() {
    let mut snapshot = sound();
    let mut given = judgement(1, "ac-7_smt.a", AssessmentResult::NotApplicable, "2026-05-01");
    given.body.cci = Some("CCI-000043".to_owned());
    snapshot.assessments.push(given);
    assert_eq!(statement(&snapshot, "ac-7", "ac-7_smt.a").status.word(), "not-assessed");
}

#[test]
fn a_judgement_dated_ahead_does_not_count_yet() {
    let mut snapshot = sound();
    snapshot.assessments.push(judgement(1, "ac-7", AssessmentResult::Satisfied, "2026-11-24"));
    assert_eq!(of(&snapshot, "ac-7").status.word(), "not-assessed");
    snapshot.as_of = at("2026-11-24");
    assert_eq!(of(&snapshot, "ac-7").status.word(), "satisfied");
}

#[test]
fn a_judgement_grows_old_after_a_year() {
    let mut snapshot = sound();
    snapshot.assessments.push(judgement(1, "ac-7", AssessmentResult::Satisfied, "2025-11-24"));
    assert_eq!(of(&snapshot, "ac-7").status, Status::Satisfied);
    snapshot.as_of = at("2026-11-24");
    assert_eq!(of(&snapshot, "ac-7").status, Status::Stale { since: at("2026-11-24") });
}

#[test]
fn an_open_finding_outweighs_a_judgement() {
    let mut snapshot = sound();
    snapshot.assessments.push(judgement(1, "si-2", AssessmentResult::Satisfied, "2026-11-22"));
    let mut low = weakness("low");
    low.severity = warrant_model::Severity::Low;
    findings(&mut snapshot, vec![weakness("high"), low]);
    let status = of(&snapshot, "si-2");
    assert_eq!((status.status, status.open_findings), (Status::OtherThanSatisfied, 2));
    let [ground] = &status.statements[0].grounds[..] else { panic!("one ground") };
    assert_eq!(ground.source, Source::Finding { id: "high".into() });
}

#[test]
fn suppressed_and_informational_findings_do_not_count() {
    let mut snapshot = sound();
    let mut suppressed = weakness("a");
    suppressed.suppressed = true;
    let mut informational = weakness("b");
    informational.severity = warrant_model::Severity::None;
    findings(&mut snapshot, vec![suppressed, informational]);
    let status = of(&snapshot, "si-2");
    assert_eq!((status.status.word(), status.open_findings), ("not-assessed", 0));
}

#[test]
fn a_failed_rule_without_severity_still_contradicts() {
    let mut snapshot = sound();
    let mut failed = rule("a", "cm-6_smt.b");
    failed.severity = warrant_model::Severity::None;
    let mut met = rule("b", "cm-6_smt.b");
    met.state = FindingState::Met;
    findings(&mut snapshot, vec![failed, met]);
    assert_eq!(statement(&snapshot, "cm-6", "cm-6_smt.b").status, Status::OtherThanSatisfied);
}

#[test]
fn a_passed_rule_speaks_for_what_it_names() {
    let mut snapshot = sound();
    let met = |key: &str, control: &str, state| {
        let mut finding = rule(key, control);
        finding.state = state;
        finding
    };
    let rows = vec![
        met("a", "cm-6_smt.b", FindingState::Met),
        met("b", "ac-2", FindingState::Met),
        met("c", "ac-2.1", FindingState::Closed),
    ];
    findings(&mut snapshot, rows);
    assert_eq!(statement(&snapshot, "cm-6", "cm-6_smt.b").status, Status::Satisfied);
    assert_eq!(of(&snapshot, "ac-2").status.word(), "not-assessed");
    assert_eq!(of(&snapshot, "ac-2.1").status, Status::Satisfied);
    let wide = Policy::with_overrides("[status]\npassed_rule_speaks_for = \"control\"").unwrap();
    assert_eq!(control(&snapshot, &wide, "ac-2").unwrap().status, Status::Satisfied);
    snapshot.as_of = at("2027-02-23");
    let stale = statement(&snapshot, "cm-6", "cm-6_smt.b").status;
    assert_eq!(stale, Status::Stale { since: at("2027-02-23") });
}

#[test]
fn what_is_inherited_is_not_assessed_here() {
    let mut snapshot = sound();
    let inherited = Implementation {
        control: "pe-3".into(),
        status: ImplementationStatus::Inherited,
        provider: Some(id("system", 9)),
        ..Implementation::default()
    };
    snapshot.implementations.push(record("impl", 1, inherited));
    let status = of(&snapshot, "pe-3");
    let reason = "inherited from Data centre, not assessed here".to_owned();
    assert_eq!(status.status, Status::NotAssessed { reason });
    assert_eq!(status.implementation, "inherited");
    snapshot.assessments.push(judgement(1, "pe-3", AssessmentResult::Satisfied, "2026-11-01"));
    assert_eq!(of(&snapshot, "pe-3").status, Status::Satisfied);
}

#[test]
fn a_control_is_as_good_as_its_worst_statement() {
    let mut snapshot = sound();
    snapshot.assessments.push(judgement(1, "ac-7_smt.a", AssessmentResult::Satisfied, "2026-11-01"));
    let status = of(&snapshot, "ac-7");
    assert_eq!(status.status, Status::NotAssessed { reason: "1 of 2 statements are not assessed".into() });
}

#[test]
fn counts_agree_with_the_list() {
    let snapshot = crate::properties::random(7);
    let posture = warrant_analysis::posture(&snapshot, &Policy::embedded());
    let mut counts = warrant_model::posture::ControlCounts::default();
    controls(&snapshot, &Policy::embedded()).iter().for_each(|control| counts.add(&control.status));
    assert_eq!(posture.controls, counts);
}

/// The snapshot with only those judgements, findings, implementations and exclusions that are named.
fn only(snapshot: &SystemSnapshot, grounds: &[&Source]) -> SystemSnapshot {
    let named = |kind: &str, id: &str| {
        grounds.iter().any(|source| match source {
            Source::Record { kind: known, id: known_id } => known == kind && known_id == id,
            Source::Finding { id: known } => kind == "finding" && known == id,
            Source::Evidence { .. } => false,
        })
    };
    let mut kept = snapshot.clone();
    kept.assessments.retain(|record| named("assessment", record.id.as_str()));
    kept.implementations.retain(|record| named("implementation", record.id.as_str()));
    let stays = |record: &warrant_model::kind::Record<Tailoring>| {
        record.body.action != TailoringAction::NotApplicable || named("tailoring", record.id.as_str())
    };
    kept.tailorings.retain(stays);
    let rows = crate::properties::random_findings(snapshot.as_of, snapshot.system.version as u64);
    let rows: Vec<_> = rows.into_iter().filter(|finding| named("finding", &finding.id)).collect();
    kept.findings = Arc::new(columns(&rows));
    kept
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The grounds of a status are enough for it, and none of them can be spared.
    #[test]
    fn grounds_are_minimal(seed in any::<u64>()) {
        let snapshot = crate::properties::random(seed);
        let statuses = controls(&snapshot, &Policy::embedded());
        let grounded = statuses.iter().flat_map(|c| c.statements.iter().map(move |s| (c, s)));
        for (control, statement) in grounded.filter(|(_, s)| !s.grounds.is_empty()).take(25) {
            let again = |grounds: &[&Source]| {
                let kept = only(&snapshot, grounds);
                let status = of(&kept, &control.control);
                status.statements.into_iter().find(|s| s.statement == statement.statement).unwrap().status
            };
            let all: Vec<_> = statement.grounds.iter().map(|ground| &ground.source).collect();
            prop_assert_eq!(&again(&all), &statement.status, "not enough for {}", statement.statement);
            for spared in 0..all.len() {
                let mut fewer = all.clone();
                fewer.remove(spared);
                prop_assert_ne!(&again(&fewer), &statement.status, "spared for {}", statement.statement);
            }
        }
    }

    /// Nothing is satisfied without evidence that is fresh at the snapshot's instant.
    #[test]
    fn nothing_is_satisfied_without_fresh_evidence(seed in any::<u64>()) {
        let snapshot = crate::properties::random(seed);
        let policy = Policy::embedded();
        let oldest = warrant_model::time::plus_days(snapshot.as_of, -365);
        for control in controls(&snapshot, &policy) {
            for statement in control.statements {
                if statement.status == Status::Satisfied {
                    prop_assert!(statement.grounds.iter().any(|ground| ground.at > oldest));
                }
            }
        }
    }
}
