//! Common controls: who takes what from whom, where it fails on the way, and what nobody does.

use crate::stores::{Fixture, on_both};
use serde_json::json;
use warrant_model::posture::Status;
use warrant_model::scope::Role;
use warrant_service::inheritance::Inheritance;
use warrant_service::{Actor, Service};

on_both!(
    a_providers_failing_control_is_seen_at_its_customers,
    a_provider_moves_the_postures_of_its_customers_and_of_nobody_else,
    what_may_not_be_seen_is_named_only,
);

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
    assert_eq!(accounts.own_status, Some(Status::OtherThanSatisfied), "it stands here as it does there");

    let given = of(service, &actor, &cloud).await.offered;
    let told: Vec<_> =
        given.iter().map(|one| (one.control.as_str(), one.offer.is_some(), one.customers.len())).collect();
    assert_eq!(told, [("ac-2", true, 1), ("ac-3", false, 1)]);
    assert_eq!(given[0].status, Some(Status::OtherThanSatisfied));
    assert_eq!(given[1].customers[0].name, "Portal");
}

async fn word(service: &Service, system: &str, control: &str) -> &'static str {
    let controls = service.controls(&Actor::program(), system, None).await.unwrap();
    controls.iter().find(|one| one.control == control).unwrap().status.word()
}

/// How many controls of a system the stored posture counts as other than satisfied.
async fn failing(service: &Service, name: &str) -> u32 {
    let summaries = service.summaries(&Actor::program()).await.unwrap();
    let id = service.system_row(&Actor::program(), name).await.unwrap().id;
    summaries.iter().find(|summary| summary.system == id).unwrap().controls.other_than_satisfied
}

async fn a_provider_moves_the_postures_of_its_customers_and_of_nobody_else(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let unit = fixture.make("unit", json!({"name": "Top"})).await.id;
    let cloud = low_system(&fixture, "Cloud", &unit).await;
    let platform = low_system(&fixture, "Platform", &unit).await;
    let portal = low_system(&fixture, "Portal", &unit).await;
    let apart = low_system(&fixture, "Apart", &unit).await;
    fixture.make("common_control", json!({"system": cloud, "control": "ac-7"})).await;
    inherits(&fixture, &platform, "ac-7", &cloud, "inherited").await;
    inherits(&fixture, &portal, "ac-7", &platform, "shared").await;
    let other = fixture.reopen().await;
    assert_eq!(word(&other, &portal, "ac-7").await, "not-assessed");

    let judge = |system: &str, result: &str| json!({"system": system, "control": "ac-7", "method": "examine", "result": result, "assessed_on": "2026-11-20"});
    let there = fixture.make("assessment", judge(&cloud, "satisfied")).await;
    assert_eq!(word(service, &platform, "ac-7").await, "satisfied");
    assert_eq!(word(service, &portal, "ac-7").await, "not-assessed", "its own part is not assessed");
    fixture.make("assessment", judge(&portal, "satisfied")).await;
    assert_eq!(word(service, &portal, "ac-7").await, "satisfied");
    assert_eq!(word(service, &apart, "ac-7").await, "not-assessed");
    let before = service.posture(&actor, &apart, None).await.unwrap().valid_until;

    let result = [("result".to_owned(), json!("other-than-satisfied"))];
    service.patch(&actor, &there.id, None, &result).await.unwrap();
    for service in [service, &other] {
        assert_eq!(word(service, &platform, "ac-7").await, "other-than-satisfied");
        assert_eq!(word(service, &portal, "ac-7").await, "other-than-satisfied");
        let counted = [failing(service, "Platform").await, failing(service, "Portal").await];
        assert_eq!((counted, failing(service, "Apart").await), ([1, 1], 0), "the stored postures");
    }
    assert_eq!(service.posture(&actor, &apart, None).await.unwrap().valid_until, before);

    fixture.set_clock("2026-11-24T10:00:00Z");
    let result = [("result".to_owned(), json!("satisfied"))];
    service.patch(&actor, &there.id, None, &result).await.unwrap();
    assert_eq!(word(service, &portal, "ac-7").await, "satisfied");
    let then = Some(crate::stores::at("2026-11-23T23:00:00Z"));
    let past = service.controls(&actor, &portal, then).await.unwrap();
    let past = past.iter().find(|one| one.control == "ac-7").unwrap();
    assert_eq!(past.status, Status::OtherThanSatisfied, "as it stood on that day");

    // Nothing is written, and evidence at the provider grows old: it does here, too.
    fixture.set_clock("2028-01-01T10:00:00Z");
    service.renew_expired().await.unwrap();
    assert_eq!(word(service, &platform, "ac-7").await, "stale");

    let said = service.record(&actor, &there.id).await.unwrap();
    service.delete(&actor, &said.id, said.version).await.unwrap();
    assert_eq!(word(service, &platform, "ac-7").await, "not-assessed");
    assert_eq!(service.verify_ledger(&actor).await.unwrap().problems, Vec::<String>::new());
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
