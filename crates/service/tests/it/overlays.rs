//! Overlays are one record for many systems: whoever changes one changes every system that uses it, and no other.

use crate::stores::{Fixture, on_both};
use serde_json::{Value, json};
use warrant_model::scope::Role;
use warrant_service::{Actor, ServiceError};

on_both!(
    overlays_reach_the_systems_that_use_them,
    overlays_are_approved_by_officers,
    past_days_have_the_overlays_of_then
);

async fn low_system(fixture: &Fixture, name: &str, unit: &str, overlays: &[&str]) -> String {
    let system = fixture.make("system", json!({"name": name, "unit": unit, "overlays": overlays})).await.id;
    let levels = json!({"system": system, "name": "Main", "confidentiality": "low", "integrity": "low", "availability": "low"});
    fixture.make("information_type", levels).await;
    system
}

fn removal(control: &str) -> Value {
    json!({"control": control, "action": "remove", "rationale": "house rule"})
}

async fn approver(fixture: &Fixture) -> String {
    fixture.make("person", json!({"name": "Ana", "email": "ana@example.org"})).await.id
}

/// How many controls are counted: in the stored posture, which must be the computed one.
async fn counted(fixture: &Fixture, system: &str) -> u32 {
    let service = &fixture.service;
    let told = service.verify_ledger(&Actor::program()).await.unwrap();
    assert_eq!(told.problems, Vec::<String>::new(), "stored postures are those computed anew");
    service.posture(&Actor::program(), system, None).await.unwrap().controls.applicable()
}

async fn overlays_reach_the_systems_that_use_them(fixture: Fixture) {
    let service = &fixture.service;
    let person = approver(&fixture).await;
    let body = |decisions: Value| json!({"name": "House", "state": "approved", "approver": person, "decisions": decisions});
    let house = fixture.make("overlay", body(json!([removal("ac-1")]))).await.id;
    let other =
        json!({"name": "Other", "state": "approved", "approver": person, "decisions": [removal("at-1")]});
    let other = fixture.make("overlay", other).await.id;
    let top = fixture.make("unit", json!({"name": "Top", "overlays": [house]})).await.id;
    let below = fixture.make("unit", json!({"name": "Below", "parent": top})).await.id;
    let beside = fixture.make("unit", json!({"name": "Beside"})).await.id;
    let deep = low_system(&fixture, "Deep", &below, &[]).await;
    let named = low_system(&fixture, "Named", &beside, &[&other]).await;
    let plain = low_system(&fixture, "Plain", &beside, &[]).await;
    let all = counted(&fixture, &plain).await;
    assert_eq!(counted(&fixture, &deep).await, all - 1);
    assert_eq!(counted(&fixture, &named).await, all - 1);

    let more = [("decisions".to_owned(), json!([removal("ac-1"), removal("ac-2"), removal("ac-3")]))];
    service.patch(&Actor::program(), &house, None, &more).await.unwrap();
    assert_eq!(counted(&fixture, &deep).await, all - 3);
    assert_eq!(counted(&fixture, &named).await, all - 1);

    let back = json!({"system": deep, "control": "ac-2", "action": "add", "rationale": "needed here"});
    fixture.make("tailoring", back).await;
    assert_eq!(counted(&fixture, &deep).await, all - 2, "the system's own word goes before");

    let wider = [("overlays".to_owned(), json!([house, other]))];
    service.patch(&Actor::program(), &top, None, &wider).await.unwrap();
    assert_eq!(counted(&fixture, &deep).await, all - 3);
    let moved = [("parent".to_owned(), json!(top))];
    service.patch(&Actor::program(), &beside, None, &moved).await.unwrap();
    assert_eq!(counted(&fixture, &plain).await, all - 4);

    let step = service.transition(&Actor::program(), &house, "withdrawn", &[]).await;
    step.unwrap();
    assert_eq!(counted(&fixture, &deep).await, all - 1);
    assert_eq!(counted(&fixture, &plain).await, all - 1);
}

async fn overlays_are_approved_by_officers(fixture: Fixture) {
    let service = &fixture.service;
    let person = approver(&fixture).await;
    let unit = fixture.make("unit", json!({"name": "Top"})).await.id;
    let system = low_system(&fixture, "One", &unit, &[]).await;
    for (email, role) in [("eng@example.org", Role::Engineer), ("off@example.org", Role::Officer)] {
        service.create_account(&Actor::program(), email, "", None, (role, "")).await.unwrap();
    }
    let engineer = service.actor("eng@example.org").await.unwrap();
    let officer = service.actor("off@example.org").await.unwrap();
    let overlay = service
        .create(&officer, "overlay", json!({"name": "House", "decisions": [removal("ac-1")]}))
        .await
        .unwrap();
    let choose = [("overlays".to_owned(), json!([overlay.id]))];
    service.patch(&engineer, &system, None, &choose).await.unwrap();
    let all = counted(&fixture, &system).await;
    let approve = [("approver".to_owned(), json!(person))];
    let denied = service.transition(&engineer, &overlay.id, "approved", &approve).await;
    assert!(matches!(denied, Err(ServiceError::Denied(_))), "{denied:?}");
    assert_eq!(counted(&fixture, &system).await, all, "what is only asked for decides nothing");
    service.transition(&officer, &overlay.id, "approved", &approve).await.unwrap();
    assert_eq!(counted(&fixture, &system).await, all - 1);

    let unapproved = json!({"system": system, "control": "ac-2", "action": "remove", "rationale": "r"});
    let refused = service.create(&engineer, "tailoring", unapproved).await;
    assert!(
        matches!(&refused, Err(ServiceError::Invalid(problems)) if problems[0].field == "approver"),
        "{refused:?}"
    );
    let circular = json!({"system": system, "control": "ac-2", "action": "compensate", "rationale": "r", "approver": person,
        "compensated_by": ["AC-2"]});
    let refused = service.create(&engineer, "tailoring", circular).await;
    assert!(
        matches!(&refused, Err(ServiceError::Invalid(problems)) if problems[0].field == "compensated_by"),
        "{refused:?}"
    );
}

async fn past_days_have_the_overlays_of_then(fixture: Fixture) {
    fixture.set_clock("2026-09-01T10:00:00Z");
    let person = approver(&fixture).await;
    let body =
        json!({"name": "House", "state": "approved", "approver": person, "decisions": [removal("ac-1")]});
    let house = fixture.make("overlay", body).await.id;
    let unit = fixture.make("unit", json!({"name": "Top", "overlays": [house]})).await.id;
    let system = low_system(&fixture, "One", &unit, &[]).await;
    let before = fixture.service.now();
    let then = counted(&fixture, &system).await;
    fixture.set_clock("2026-09-03T10:00:00Z");
    fixture.service.transition(&Actor::program(), &house, "withdrawn", &[]).await.unwrap();
    assert_eq!(counted(&fixture, &system).await, then + 1);
    let past = fixture.service.posture(&Actor::program(), &system, Some(before)).await.unwrap();
    assert_eq!(past.controls.applicable(), then);
}
