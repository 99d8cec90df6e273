//! The traceability matrix: every hole is named, and the matrix agrees with the status of the controls.

use crate::build::*;
use std::collections::BTreeSet;
use warrant_analysis::{Policy, controls, traceability};
use warrant_model::finding::FindingState;
use warrant_model::kinds::{AssessmentResult, Implementation, Tailoring, TailoringAction};
use warrant_model::posture::Status;
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::traceability::{Hole, Requirement, Traceability};

fn of(snapshot: &SystemSnapshot) -> Traceability {
    traceability(snapshot, &Policy::embedded(), &[])
}

fn row(matrix: &Traceability, statement: &str) -> Requirement {
    matrix.requirements.iter().find(|one| one.statement == statement).unwrap().clone()
}

fn implementation(number: u32, control: &str) -> warrant_model::kind::Record<Implementation> {
    record("impl", number, Implementation { control: control.into(), ..Implementation::default() })
}

#[test]
fn an_untouched_system_lacks_implementation_and_result_everywhere() {
    let matrix = of(&sound());
    assert_eq!(matrix.closed(), 0);
    assert_eq!(matrix.with(Hole::Implementation), matrix.requirements.len());
    assert_eq!(matrix.with(Hole::Result), matrix.requirements.len());
    assert_eq!(matrix.with(Hole::Procedure), 0, "SP 800-53A tests every statement of the moderate baseline");
    let statement = row(&matrix, "ac-2_smt.d.3");
    assert_eq!(statement.objectives, ["AC-02d.03[01]", "AC-02d.03[02]"]);
    assert_eq!(row(&matrix, "ac-2.1").objectives, ["AC-02(01)"]);
}

#[test]
fn holes_close_one_after_the_other() {
    let mut snapshot = sound();
    let holes =
        |snapshot: &SystemSnapshot| row(&of(snapshot), "ac-7_smt.a").holes.into_iter().collect::<Vec<_>>();
    snapshot.implementations.push(implementation(1, "ac-7"));
    assert_eq!(holes(&snapshot), [Hole::Result]);
    snapshot.assessments.push(judgement(1, "AC-7a", AssessmentResult::Satisfied, "2026-06-01"));
    assert_eq!(holes(&snapshot), [Hole::Evidence]);
    assert_eq!(row(&of(&snapshot), "ac-7_smt.b").holes, [Hole::Result].into());
    snapshot.assessments[0].body.evidence = vec![hash("nothing").as_str().to_owned()];
    assert_eq!(holes(&snapshot), [Hole::MissingEvidence]);
    snapshot.assessments[0].body.evidence = vec![hash("nessus 2026-11-20").as_str().to_owned()];
    assert_eq!(holes(&snapshot), []);
    let matrix = of(&snapshot);
    assert_eq!((matrix.closed(), matrix.evidence.len()), (1, 1));
    snapshot.as_of = at("2027-06-02");
    assert_eq!(holes(&snapshot), [Hole::Stale]);
}

#[test]
fn evidence_of_another_system_is_there() {
    let mut snapshot = sound();
    snapshot.assessments.push(judgement(1, "ac-7", AssessmentResult::Satisfied, "2026-06-01"));
    let mut elsewhere = snapshot.evidence[0].clone();
    elsewhere.hash = hash("elsewhere");
    snapshot.assessments[0].body.evidence = vec![elsewhere.hash.as_str().to_owned()];
    assert!(row(&of(&snapshot), "ac-7_smt.a").holes.contains(&Hole::MissingEvidence));
    let matrix = traceability(&snapshot, &Policy::embedded(), std::slice::from_ref(&elsewhere));
    assert_eq!(row(&matrix, "ac-7_smt.a").holes, [Hole::Implementation].into());
    assert_eq!(matrix.file(elsewhere.hash.as_str()), Some(&elsewhere));
}

#[test]
fn tools_count_where_the_status_counts_them() {
    let mut snapshot = sound();
    let mut met = rule("a", "cm-6_smt.b");
    met.state = FindingState::Met;
    let mut whole = rule("b", "ac-2");
    whole.state = FindingState::Met;
    findings(&mut snapshot, vec![met, whole, rule("c", "cm-6_smt.b"), weakness("d")]);
    let matrix = of(&snapshot);
    let said = |statement| row(&matrix, statement).results.iter().map(|r| r.says.clone()).collect::<Vec<_>>();
    assert_eq!(said("cm-6_smt.b"), ["xccdf: 1 open, 1 passed"]);
    assert_eq!(said("si-2_smt.a"), ["nessus: 1 open"]);
    assert!(
        said("ac-2_smt.a").is_empty(),
        "a passed rule that names the whole control speaks for no statement"
    );
    assert_eq!(row(&matrix, "cm-6_smt.b").results[0].result, AssessmentResult::OtherThanSatisfied);
}

#[test]
fn what_is_tailored_out_is_no_requirement_and_what_is_outside_is_named() {
    let mut snapshot = sound();
    snapshot.implementations.push(implementation(1, "AC-25"));
    snapshot.implementations.push(implementation(2, "zz-9"));
    let tailored = Tailoring {
        control: "ac-7".into(),
        action: TailoringAction::NotApplicable,
        rationale: "never locked".into(),
        ..Tailoring::default()
    };
    snapshot.tailorings.push(record("tailor", 1, tailored));
    let matrix = of(&snapshot);
    assert!(matrix.requirements.iter().all(|one| one.control != "ac-7"));
    let stray: Vec<&str> = matrix.stray.iter().map(|(_, control)| control.as_str()).collect();
    assert_eq!(stray, ["AC-25", "zz-9"]);
}

/// On random systems: one row for each statement that applies, in order; no result exactly where the status has
/// nothing but words; stale exactly where the status is.
#[test]
fn the_matrix_agrees_with_the_status() {
    for seed in 0..60 {
        let snapshot = crate::properties::random(seed);
        let matrix = of(&snapshot);
        let expected: Vec<_> = controls(&snapshot, &Policy::embedded())
            .into_iter()
            .flat_map(|control| control.statements)
            .filter(|statement| !matches!(statement.status, Status::NotApplicable { .. }))
            .collect();
        assert_eq!(matrix.requirements.len(), expected.len(), "seed {seed}");
        let cited: BTreeSet<&str> = matrix.evidence.iter().map(|file| file.hash.as_str()).collect();
        for (found, expected) in matrix.requirements.iter().zip(&expected) {
            let about = format!("seed {seed}, {}", expected.statement);
            assert_eq!((&found.statement, &found.status), (&expected.statement, &expected.status), "{about}");
            let unassessed = matches!(expected.status, Status::NotAssessed { .. });
            assert_eq!(found.results.is_empty(), unassessed, "{about}");
            assert_eq!(found.holes.contains(&Hole::Result), unassessed, "{about}");
            let stale = matches!(expected.status, Status::Stale { .. });
            assert_eq!(found.holes.contains(&Hole::Stale), stale, "{about}");
            let against = found.results.iter().any(|r| r.result == AssessmentResult::OtherThanSatisfied);
            assert!(against || expected.status != Status::OtherThanSatisfied, "{about}");
            for result in &found.results {
                let missing = result.evidence.iter().any(|hash| !cited.contains(hash.as_str()));
                assert!(!missing || found.holes.contains(&Hole::MissingEvidence), "{about}");
            }
        }
    }
}
