//! Common controls: who takes what from whom, where it fails on the way, and what nobody does.

use crate::stores::{Fixture, on_both};
use serde_json::json;
use warrant_model::posture::Status;
use warrant_model::scope::Role;
use warrant_service::inheritance::Inheritance;
use warrant_service::{Actor, Service};

on_both!(a_providers_failing_control_is_seen_at_its_customers, what_may_not_be_seen_is_named_only);

async fn low_system(fixture: &Fixture, name: &str, unit: &str) -> String {
    let system = fixture.make("system", json!({"name": name, "unit": unit})).await.id;
    let levels = json!({"system": system, "name": "Main", "confidentiality": "low", "integrity": "low", "availability": "low"});
    fixture.make("information_type", levels).await;
    system
}

async fn inherits(fixture: &Fixture, system: &str, control: &str, provider: &str, status: &str) {
    let body = json!({"system": system, "control": control, "status": status, "provider": provider, "description": "our part"});
    fixture.make("implementation", body).await;
}

async fn of(service: &Service, actor: &Actor, system: &str) -> Inheritance {
    let snapshot = service.snapshot(actor, system, None).await.unwrap();
    service.inheritance(actor, &snapshot).await.unwrap()
}

async fn a_providers_failing_control_is_seen_at_its_customers(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let unit = fixture.make("unit", json!({"name": "Top"})).await.id;
    let cloud = low_system(&fixture, "Cloud", &unit).await;
    let platform = low_system(&fixture, "Platform", &unit).await;
    let portal = low_system(&fixture, "Portal", &unit).await;
    fixture
        .make("common_control", json!({"system": cloud, "control": "ac-2", "responsibility": "provider"}))
        .await;
    fixture.make("common_control", json!({"system": platform, "control": "AC-2", "responsibility": "shared", "customer_duty": "go through the list"})).await;
    fixture
        .make("implementation", json!({"system": cloud, "control": "ac-2", "status": "implemented"}))
        .await;
    inherits(&fixture, &platform, "ac-2", &cloud, "inherited").await;
    inherits(&fixture, &portal, "ac-2", &platform, "inherited").await;
    inherits(&fixture, &portal, "ac-3", &cloud, "inherited").await;

    let found = of(service, &actor, &portal).await;
    assert_eq!(found.taken.len(), 2);
    let accounts = &found.taken[0];
    let names: Vec<&str> = accounts.path.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(names, ["Platform", "Cloud"]);
    assert_eq!(accounts.failing(), None);
    assert_eq!(accounts.holes.len(), 1, "{:?}", accounts.holes);
    assert!(
        accounts.holes[0].starts_with("Platform does only a part of it; Portal must do and state the rest")
    );
    assert_eq!(accounts.offer.as_ref().unwrap().customer_duty.as_deref(), Some("go through the list"));
    assert!(found.taken[1].holes[0].contains("does not offer it"), "{:?}", found.taken[1].holes);

    let judged = json!({"system": cloud, "control": "ac-2_smt.d", "method": "examine", "result": "other-than-satisfied",
        "assessed_on": "2026-01-01"});
    fixture.make("assessment", judged).await;
    let accounts = &of(service, &actor, &portal).await.taken[0];
    assert_eq!(accounts.failing().map(|step| step.name.as_str()), Some("Cloud"));
    assert_ne!(
        accounts.own_status,
        Some(Status::OtherThanSatisfied),
        "what the customer itself shows is told apart"
    );

    let given = of(service, &actor, &cloud).await.offered;
    let told: Vec<_> =
        given.iter().map(|one| (one.control.as_str(), one.offer.is_some(), one.customers.len())).collect();
    assert_eq!(told, [("ac-2", true, 1), ("ac-3", false, 1)]);
    assert_eq!(given[0].status, Some(Status::OtherThanSatisfied));
    assert_eq!(given[1].customers[0].name, "Portal");
}

async fn what_may_not_be_seen_is_named_only(fixture: Fixture) {
    let service = &fixture.service;
    let left = fixture.make("unit", json!({"name": "Left"})).await.id;
    let right = fixture.make("unit", json!({"name": "Right"})).await.id;
    let provider = low_system(&fixture, "Provider", &right).await;
    let customer = low_system(&fixture, "Customer", &left).await;
    fixture
        .make("common_control", json!({"system": provider, "control": "ac-2", "provided": "secret words"}))
        .await;
    inherits(&fixture, &customer, "ac-2", &provider, "inherited").await;
    for (email, unit) in [("left@example.org", &left), ("right@example.org", &right)] {
        service.create_account(&Actor::program(), email, "", None, (Role::Reader, unit)).await.unwrap();
    }
    let reader = service.actor("left@example.org").await.unwrap();
    let found = of(service, &reader, &customer).await;
    assert_eq!(found.unseen, ["Provider"]);
    assert_eq!((found.taken[0].path.len(), &found.taken[0].offer), (0, &None));
    assert!(!format!("{found:?}").contains("secret words"));
    let other = service.actor("right@example.org").await.unwrap();
    let given = of(service, &other, &provider).await.offered;
    assert!(given[0].customers.is_empty(), "a customer that may not be seen is not told: {given:?}");
}
