//! Who may see and change what: roles in units, by query, on every road.

use crate::stores::{Fixture, on_both};
use serde_json::json;
use warrant_model::scope::Role;
use warrant_service::query::{DeficiencyQuery, EvidenceQuery, FindingQuery, RecordQuery};
use warrant_service::{Actor, ServiceError};

on_both!(
    roles_hold_in_their_unit_and_below,
    nothing_of_other_units_is_seen,
    nobody_without_a_role_sees_a_system
);

struct Two {
    north: warrant_service::query::RecordRow,
    south: warrant_service::query::RecordRow,
    unit: String,
    engineer: Actor,
    reader: Actor,
}

async fn two_units(fixture: &Fixture) -> Two {
    let service = &fixture.service;
    let top = fixture.make("unit", json!({"name": "Top"})).await;
    let left = fixture.make("unit", json!({"name": "Left", "parent": top.id})).await;
    let below = fixture.make("unit", json!({"name": "Below left", "parent": left.id})).await;
    let right = fixture.make("unit", json!({"name": "Right", "parent": top.id})).await;
    let north = fixture.make("system", json!({"name": "North", "unit": below.id})).await;
    let south = fixture.make("system", json!({"name": "South", "unit": right.id})).await;
    for (email, role) in [("eng@example.org", Role::Engineer), ("read@example.org", Role::Reader)] {
        service.create_account(&Actor::program(), email, "", None, (role, &left.id)).await.unwrap();
    }
    let engineer = service.actor("eng@example.org").await.unwrap();
    let reader = service.actor("read@example.org").await.unwrap();
    Two { north, south, unit: left.id, engineer, reader }
}

async fn roles_hold_in_their_unit_and_below(fixture: Fixture) {
    let service = &fixture.service;
    let two = two_units(&fixture).await;
    let component = |system: &str| json!({"system": system, "name": "c"});
    service.create(&two.engineer, "component", component(&two.north.id)).await.unwrap();
    let denied = service.create(&two.reader, "component", component(&two.north.id)).await;
    assert!(matches!(denied, Err(ServiceError::Denied(_))), "{denied:?}");
    let unseen = service.create(&two.engineer, "component", component(&two.south.id)).await;
    assert!(unseen.is_err());
    let stolen =
        service.patch(&two.engineer, &two.north.id, None, &[("unit".into(), json!(two.south.unit))]).await;
    assert!(stolen.is_err(), "a system must not be moved into a unit where the role does not hold");
    let person =
        service.create(&two.engineer, "person", json!({"name": "x", "email": "x@example.org"})).await;
    assert!(matches!(person, Err(ServiceError::Denied(_))));
    let approve =
        json!({"system": two.north.id, "title": "e", "justification": "j", "check": "flow-unprotected"});
    let exception = service.create(&two.engineer, "exception", approve).await.unwrap();
    let approver = fixture.make("person", json!({"name": "Ana", "email": "ana@example.org"})).await;
    let fields = [("approver".to_owned(), json!(approver.id)), ("expires".to_owned(), json!("2026-12-01"))];
    let denied = service.transition(&two.engineer, &exception.id, "approved", &fields).await;
    assert!(matches!(denied, Err(ServiceError::Denied(_))), "{denied:?}");
    let right = two.south.unit.clone();
    service.set_role(&Actor::program(), "eng@example.org", &right, Some(Role::Officer)).await.unwrap();
    let officer_elsewhere = service.actor("eng@example.org").await.unwrap();
    let denied = service.transition(&officer_elsewhere, &exception.id, "approved", &fields).await;
    assert!(
        matches!(denied, Err(ServiceError::Denied(_))),
        "an officer of another unit approves nothing here"
    );
    let started = json!({"system": two.north.id, "title": "f", "justification": "j", "check": "x", "state": "approved",
        "approver": approver.id, "expires": "2026-12-01"});
    let denied = service.create(&officer_elsewhere, "exception", started).await;
    assert!(matches!(denied, Err(ServiceError::Denied(_))), "nor by creating it approved: {denied:?}");
    let account = service.create_account(&two.engineer, "a@example.org", "", None, (Role::Reader, "")).await;
    assert!(matches!(account, Err(ServiceError::Denied(_))));
    assert!(matches!(service.verify_ledger(&two.engineer).await, Err(ServiceError::Denied(_))));
    assert!(!two.unit.is_empty());
}

async fn nothing_of_other_units_is_seen(fixture: Fixture) {
    let service = &fixture.service;
    let two = two_units(&fixture).await;
    let outcome = fixture.import("South", "to-import/portal-nessus-2026-11-22.nessus").await.unwrap();
    assert!(outcome.opened > 0);
    let foreign =
        fixture.make("component", json!({"system": two.south.id, "name": "secret component"})).await;
    let reader = &two.reader;
    let names: Vec<_> = service.system_names(reader).await.unwrap().into_values().collect();
    assert_eq!(names, ["North"]);
    assert!(service.record(reader, &foreign.id).await.is_err());
    assert!(service.history(reader, &foreign.id).await.is_err());
    assert!(service.posture(reader, &two.south.id, None).await.is_err());
    assert!(service.evidence(reader, &outcome.evidence).await.is_err());
    assert!(service.evidence_bytes(reader, &outcome.evidence).await.is_err());
    let findings = FindingQuery { limit: 10, ..FindingQuery::default() };
    assert_eq!(service.list_findings(reader, &findings).await.unwrap().total, 0);
    let evidence = EvidenceQuery { limit: 10, ..EvidenceQuery::default() };
    assert_eq!(service.list_evidence(reader, &evidence).await.unwrap().total, 0);
    let queue =
        service.queue(reader, &DeficiencyQuery { limit: 500, ..DeficiencyQuery::default() }).await.unwrap();
    assert!(queue.rows.iter().all(|row| row.system == two.north.id) && !queue.rows.is_empty());
    let counted: i64 = queue.severities.iter().map(|(_, count)| count).sum();
    assert_eq!(counted, queue.total);
    assert!(service.search(reader, "secret", 10).await.unwrap().is_empty());
    let components = RecordQuery { kind: "component".into(), limit: 10, ..RecordQuery::default() };
    assert_eq!(service.list_records(reader, &components).await.unwrap().total, 0);
    assert_eq!(service.summaries(reader).await.unwrap().len(), 1);
    let all =
        service.queue(&Actor::program(), &DeficiencyQuery { limit: 500, ..DeficiencyQuery::default() }).await;
    let theirs = all.unwrap().rows.into_iter().find(|row| row.system == two.south.id).unwrap();
    assert!(service.deficiency(reader, &theirs.deficiency.id).await.is_err());
}

async fn nobody_without_a_role_sees_a_system(fixture: Fixture) {
    let service = &fixture.service;
    fixture.system("Without unit").await;
    let email = "none@example.org";
    service.create_account(&Actor::program(), email, "", None, (Role::Reader, "")).await.unwrap();
    let reader = service.actor(email).await.unwrap();
    assert_eq!(service.system_names(&reader).await.unwrap().len(), 1);
    service.set_role(&Actor::program(), email, "", None).await.unwrap();
    let nobody = service.actor(email).await.unwrap();
    assert_eq!(service.system_names(&nobody).await.unwrap().len(), 0);
}
