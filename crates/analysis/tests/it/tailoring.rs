//! Tailoring in layers: what overlays say, what systems say against them, and that the status follows.

use crate::build::*;
use crate::properties::Dice;
use std::sync::Arc;
use warrant_analysis::tailored::{Effect, Tailored};
use warrant_analysis::{Policy, control, controls, overlays, tailored};
use warrant_model::kinds::{AssessmentResult, Overlay, OverlayDecision, Tailoring, TailoringAction, Unit};
use warrant_model::posture::Status;
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::{Impact, RecordId};

fn decision(control: &str, action: TailoringAction) -> OverlayDecision {
    OverlayDecision {
        control: control.into(),
        action,
        rationale: "house rule".into(),
        ..OverlayDecision::default()
    }
}

fn parameter(control: &str, id: &str, value: &str) -> OverlayDecision {
    OverlayDecision {
        parameter: Some(id.into()),
        value: Some(value.into()),
        ..decision(control, TailoringAction::Parameter)
    }
}

fn own(snapshot: &mut SystemSnapshot, number: u32, one: OverlayDecision) {
    let body = Tailoring {
        control: one.control,
        action: one.action,
        parameter: one.parameter,
        value: one.value,
        compensated_by: one.compensated_by,
        rationale: one.rationale,
        ..Tailoring::default()
    };
    snapshot.tailorings.push(record("tailor", number, body));
}

fn overlay(
    snapshot: &mut SystemSnapshot,
    number: u32,
    state: &str,
    decisions: Vec<OverlayDecision>,
) -> RecordId {
    let body =
        Overlay { name: format!("Overlay {number}"), state: state.into(), decisions, ..Overlay::default() };
    let made = record("overlay", number, body);
    let id = made.id.clone();
    Arc::make_mut(&mut snapshot.programme).overlays.push(made);
    id
}

fn word(snapshot: &SystemSnapshot, id: &str) -> &'static str {
    control(snapshot, &Policy::embedded(), id).map_or("outside", |status| status.status.word())
}

fn effect<'a>(of: &'a Tailored, control: &str) -> Vec<&'a Effect> {
    of.decisions.iter().filter(|one| one.decision.body.control == control).map(|one| &one.effect).collect()
}

#[test]
fn the_nearest_layer_holds() {
    let mut snapshot = sound();
    let top = overlay(
        &mut snapshot,
        1,
        "approved",
        vec![
            decision("ac-18", TailoringAction::Remove),
            decision("ac-25", TailoringAction::Add),
            decision("ac-7", TailoringAction::NotApplicable),
            parameter("ac-7", "ac-7_prm_1", "three"),
        ],
    );
    let below = overlay(
        &mut snapshot,
        2,
        "approved",
        vec![decision("AC-7", TailoringAction::Add), parameter("ac-7", "ac-7_prm_1", "five")],
    );
    let refused = overlay(&mut snapshot, 3, "requested", vec![decision("ac-3", TailoringAction::Remove)]);
    let programme = Arc::make_mut(&mut snapshot.programme);
    let house = Unit { name: "House".into(), overlays: vec![top.clone()], ..Unit::default() };
    let works = Unit { name: "Works".into(), parent: Some(id("unit", 1)), ..Unit::default() };
    programme.units = vec![record("unit", 1, house), record("unit", 2, works)];
    snapshot.system.body.unit = Some(id("unit", 2));
    snapshot.system.body.overlays = vec![below, refused, top];
    overlays::apply(&mut snapshot);
    assert_eq!(word(&snapshot, "ac-18"), "outside");
    assert_eq!(word(&snapshot, "ac-25"), "not-assessed");
    assert_eq!(word(&snapshot, "ac-7"), "not-assessed", "the second overlay brings it back");
    assert_eq!(word(&snapshot, "ac-3"), "not-assessed", "an overlay that is not approved decides nothing");
    let told = tailored(&snapshot);
    assert_eq!(effect(&told, "ac-7"), [&Effect::Overruled, &Effect::Overruled, &Effect::Holds]);
    let set = |told: &Tailored| {
        let found = told.parameters.iter().find(|one| one.id == "ac-7_prm_1").unwrap();
        found.set.clone().map(|set| (set.value, set.layer))
    };
    assert_eq!(set(&told), Some(("five".into(), "Overlay 2".into())));
    assert!(matches!(effect(&told, "AC-7")[0], Effect::Nothing(why) if why.contains("already")), "{told:?}");

    own(&mut snapshot, 1, parameter("ac-7", "ac-7_prm_1", "ten"));
    own(&mut snapshot, 2, decision("ac-18", TailoringAction::Add));
    overlays::apply(&mut snapshot);
    overlays::apply(&mut snapshot);
    assert_eq!(word(&snapshot, "ac-18"), "not-assessed", "the system brings it back");
    let told = tailored(&snapshot);
    assert_eq!(set(&told), Some(("ten".into(), String::new())));
    assert_eq!(told.decisions.len(), 8);
}

#[test]
fn a_removed_control_counts_nowhere_and_an_added_one_does() {
    let mut snapshot = sound();
    let before = warrant_analysis::posture(&snapshot, &Policy::embedded()).controls;
    own(&mut snapshot, 1, decision("ac-18", TailoringAction::Remove));
    own(&mut snapshot, 2, decision("ac-18.1", TailoringAction::Remove));
    own(&mut snapshot, 3, decision("ac-25", TailoringAction::Add));
    own(&mut snapshot, 4, decision("ac-7_smt.a", TailoringAction::Remove));
    let after = warrant_analysis::posture(&snapshot, &Policy::embedded()).controls;
    assert_eq!(after.applicable() + 1, before.applicable());
    let seven = control(&snapshot, &Policy::embedded(), "ac-7").unwrap();
    assert_eq!(seven.statements[0].status, Status::NotApplicable { reason: "house rule".into() });
    assert_eq!(seven.status.word(), "not-assessed");
}

#[test]
fn a_compensated_control_is_as_those_that_stand_in() {
    let mut snapshot = sound();
    let compensated = OverlayDecision {
        compensated_by: vec!["ac-25".into(), "au-6".into()],
        ..decision("ac-11", TailoringAction::Compensate)
    };
    own(&mut snapshot, 1, compensated);
    snapshot.assessments.push(judgement(1, "ac-11", AssessmentResult::OtherThanSatisfied, "2026-11-01"));
    assert_eq!(word(&snapshot, "ac-11"), "not-assessed", "its own judgement no longer decides");
    assert_eq!(word(&snapshot, "ac-25"), "not-assessed", "what stands in comes into scope");
    snapshot.assessments.push(judgement(2, "ac-25", AssessmentResult::Satisfied, "2026-11-01"));
    assert_eq!(word(&snapshot, "ac-11"), "not-assessed");
    snapshot.assessments.push(judgement(3, "au-6", AssessmentResult::Satisfied, "2026-11-01"));
    assert_eq!(word(&snapshot, "ac-11"), "satisfied");
    snapshot.assessments.push(judgement(4, "au-6", AssessmentResult::OtherThanSatisfied, "2026-11-02"));
    assert_eq!(word(&snapshot, "ac-11"), "other-than-satisfied");
    own(&mut snapshot, 2, decision("au-6", TailoringAction::NotApplicable));
    assert_eq!(word(&snapshot, "ac-11"), "not-assessed", "what does not apply stands in for nothing");
    assert!(tailored(&snapshot).controls.contains(&"ac-25".to_owned()));
}

#[test]
fn controls_that_stand_in_for_each_other_prove_nothing() {
    let mut snapshot = sound();
    for (number, (of, by)) in [("ac-11", "ac-12"), ("ac-12", "ac-11")].into_iter().enumerate() {
        let compensated =
            OverlayDecision { compensated_by: vec![by.into()], ..decision(of, TailoringAction::Compensate) };
        own(&mut snapshot, number as u32, compensated);
        snapshot.assessments.push(judgement(number as u32, of, AssessmentResult::Satisfied, "2026-11-01"));
    }
    assert_eq!((word(&snapshot, "ac-11"), word(&snapshot, "ac-12")), ("not-assessed", "not-assessed"));
}

#[test]
fn parameters_are_those_of_the_catalogue() {
    let mut snapshot = sound();
    own(&mut snapshot, 1, parameter("ac-7", "ac-07_odp.01", "three"));
    let told = tailored(&snapshot);
    assert!(matches!(effect(&told, "ac-7")[0], Effect::Nothing(why) if why.contains("not one of ac-7")));
    assert_eq!(told.unset(), told.parameters.len());
    assert_eq!((told.baseline, told.in_baseline), (Some(Impact::Moderate), 287));
}

/// Whatever layers decide, the controls that the laid out baseline has are those whose status is told.
#[test]
fn the_laid_out_baseline_and_the_status_agree() {
    let ids = ["ac-7", "ac-18", "ac-25", "ac-2.1", "ac-2.12", "au-6", "pe-20", "zz-1"];
    let actions = [TailoringAction::Add, TailoringAction::Remove, TailoringAction::NotApplicable];
    for seed in 0..200 {
        let mut dice = Dice::new(seed);
        let mut snapshot = sound();
        for number in 1..=3 {
            let decisions =
                (0..dice.below(4)).map(|_| decision(dice.pick(&ids), dice.pick(&actions))).collect();
            let id = overlay(&mut snapshot, number, "approved", decisions);
            snapshot.system.body.overlays.push(id);
        }
        for number in 0..dice.below(5) as u32 {
            let one = decision(dice.pick(&ids), dice.pick(&actions));
            own(&mut snapshot, number, one);
        }
        overlays::apply(&mut snapshot);
        let told = tailored(&snapshot);
        let status = controls(&snapshot, &Policy::embedded());
        let in_force = |applies: bool| -> Vec<&str> {
            let of =
                status.iter().filter(|one| matches!(one.status, Status::NotApplicable { .. }) != applies);
            of.map(|one| one.control.as_str()).collect()
        };
        assert_eq!(in_force(true), told.controls, "seed {seed}: {:?}", snapshot.tailorings);
        assert_eq!(in_force(false), told.not_applicable, "seed {seed}: {:?}", snapshot.tailorings);
    }
}
