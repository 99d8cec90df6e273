//! Which systems rely on which, as far as somebody may see them.

use crate::stores::{Fixture, on_both};
use serde_json::json;
use warrant_model::scope::Role;
use warrant_service::Actor;

on_both!(who_relies_on_whom_follows_from_records);

async fn who_relies_on_whom_follows_from_records(fixture: Fixture) {
    let (service, program) = (&fixture.service, Actor::program());
    let unit = fixture.make("unit", json!({"name": "Water"})).await.id;
    let system = |name: &str| json!({"name": name, "unit": unit});
    let pumps = fixture.make("system", system("Pumps")).await.id;
    let portal = fixture.make("system", system("Portal")).await.id;
    let sign_in = fixture.make("system", json!({"name": "Sign-in"})).await.id;
    let taken = json!({"system": portal, "control": "ac-2", "status": "inherited", "provider": sign_in});
    fixture.make("implementation", taken).await;
    let sent = json!({
        "system": portal, "name": "Levels", "remote_party": "Operations", "remote_system": pumps, "direction": "incoming",
    });
    let link = fixture.make("interconnection", sent).await;
    let outside = json!({"system": portal, "name": "Bank", "remote_party": "A bank", "direction": "both"});
    fixture.make("interconnection", outside).await;

    let found = service.dependencies(&program).await.unwrap();
    assert_eq!(found.pairs.len(), 2);
    assert!(found.pairs[&(portal.clone(), sign_in.clone())].controls);
    assert!(found.pairs[&(portal.clone(), pumps.clone())].links.contains("Levels"));
    assert_eq!([&pumps, &portal, &sign_in].map(|id| found.carried(id)), [1, 0, 1]);
    // Both ways: each relies on the other.
    service.patch(&program, &link.id, None, &[("direction".to_owned(), json!("both"))]).await.unwrap();
    let both = service.dependencies(&program).await.unwrap();
    assert_eq!([&pumps, &portal, &sign_in].map(|id| both.carried(id)), [1, 1, 2]);
    // Who sees only one side of a pair is told of neither.
    let email = "reader@example.org";
    service.create_account(&program, email, "", None, (Role::Reader, &unit)).await.unwrap();
    let seen = service.dependencies(&service.actor(email).await.unwrap()).await.unwrap();
    assert!(seen.names.len() == 2 && !seen.names.contains_key(&sign_in));
    assert_eq!(seen.pairs.len(), 2, "{:?}", seen.pairs);
    assert!(seen.pairs.keys().all(|(who, on)| *who != sign_in && *on != sign_in));
    service.delete(&program, &link.id, 2).await.unwrap();
    assert_eq!(service.dependencies(&program).await.unwrap().pairs.len(), 1);
}
