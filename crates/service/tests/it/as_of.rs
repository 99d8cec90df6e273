//! Snapshots at past instants.

use crate::stores::{Fixture, at, on_both};
use serde_json::json;
use warrant_service::Actor;

on_both!(the_past_stays_as_it_was);

async fn the_past_stays_as_it_was(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    fixture.set_clock("2026-09-01T10:00:00Z");
    let system = fixture.system("Portal").await;
    let september = service.posture(&actor, &system.id, Some(at("2026-09-15"))).await.unwrap();
    fixture.set_clock("2026-11-23T10:00:00Z");
    fixture.import("Portal", "to-import/portal-nessus-2026-11-22.nessus").await.unwrap();
    let owner = fixture.make("person", json!({"name": "Ana", "email": "ana@example.org"})).await;
    service.patch(&actor, &system.id, None, &[("owner".into(), json!(owner.id))]).await.unwrap();
    let still = service.posture(&actor, &system.id, Some(at("2026-09-15"))).await.unwrap();
    assert_eq!(still, september, "later changes must not alter an earlier instant");
    assert_eq!(still.open_findings.total(), 0);
    let now = service.posture(&actor, &system.id, None).await.unwrap();
    let at_now = service.posture(&actor, &system.id, Some(service.now())).await.unwrap();
    assert_eq!(now.deficiencies, at_now.deficiencies, "the present is the past of this instant");
    assert!(now.open_findings.total() > 0);
    let delta = service.compare(&actor, &system.id, at("2026-09-15"), None).await.unwrap();
    assert!(delta.ended.iter().any(|d| d.check == "system-unowned"), "{:?}", delta.ended);
    assert!(!delta.opened.is_empty());
    assert!(service.posture(&actor, &system.id, Some(at("2026-08-01"))).await.is_err());
}
