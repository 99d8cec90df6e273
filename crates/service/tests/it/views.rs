//! Saved views: whose they are, whom they are shared with, and that the ledger holds them.

use crate::stores::{Fixture, on_both};
use serde_json::json;
use warrant_model::scope::Role;
use warrant_service::views::Shared;
use warrant_service::{Actor, ServiceError};

on_both!(views_are_for_whom_they_are_shared_with, settings_are_ones_own);

async fn account(fixture: &Fixture, email: &str, role: Role, unit: &str) -> Actor {
    let made = fixture.service.create_account(&Actor::program(), email, "", None, (role, unit)).await;
    made.unwrap();
    fixture.service.actor(email).await.unwrap()
}

async fn names(fixture: &Fixture, actor: &Actor) -> Vec<String> {
    let views = fixture.service.views(actor, Some("/findings")).await.unwrap();
    views.into_iter().map(|view| view.name).collect()
}

async fn views_are_for_whom_they_are_shared_with(fixture: Fixture) {
    let service = &fixture.service;
    let top = fixture.make("unit", json!({"name": "Top"})).await.id;
    let left = fixture.make("unit", json!({"name": "Left", "parent": top})).await.id;
    let below = fixture.make("unit", json!({"name": "Below", "parent": left})).await.id;
    let right = fixture.make("unit", json!({"name": "Right", "parent": top})).await.id;
    let engineer = account(&fixture, "eng@example.org", Role::Engineer, &left).await;
    let inside = account(&fixture, "in@example.org", Role::Reader, &below).await;
    let outside = account(&fixture, "out@example.org", Role::Reader, &right).await;
    let officer = account(&fixture, "off@example.org", Role::Officer, "").await;
    let save = async |actor: &Actor, name: &str, query: &str, shared: Shared| {
        service.save_view(actor, name, ("/findings", query), &shared).await
    };
    save(&engineer, "Mine", "state=closed", Shared::Nobody).await.unwrap();
    let ours = save(&engineer, "Ours", "severity=high", Shared::Unit(left.clone())).await.unwrap();
    save(&officer, "All", "severity=critical", Shared::Organisation).await.unwrap();
    assert_eq!(names(&fixture, &engineer).await, ["All", "Mine", "Ours"]);
    assert_eq!(names(&fixture, &inside).await, ["All", "Ours"], "whoever works below meets it");
    assert_eq!(names(&fixture, &outside).await, ["All"]);
    assert_eq!(names(&fixture, &officer).await, ["All", "Ours"], "what is nobody else's stays so");
    assert!(service.views(&inside, Some("/poam")).await.unwrap().is_empty());

    for shared in [Shared::Organisation, Shared::Unit(right.clone())] {
        let denied = save(&engineer, "x", "", shared.clone()).await;
        assert!(matches!(denied, Err(ServiceError::Denied(_) | ServiceError::NotFound { .. })), "{shared:?}");
    }
    let denied = save(&inside, "x", "", Shared::Unit(below.clone())).await;
    assert!(matches!(denied, Err(ServiceError::Denied(_))), "a reader shares nothing: {denied:?}");
    for (name, page) in [("", "/findings"), ("x", "//evil.example"), ("x", "findings"), ("x", "/f?x=1")] {
        let refused = service.save_view(&engineer, name, (page, ""), &Shared::Nobody).await;
        assert!(matches!(refused, Err(ServiceError::Invalid(_))), "{name} {page}");
    }

    let again = save(&engineer, "Ours", "severity=low", Shared::Unit(left.clone())).await.unwrap();
    assert_eq!(again, ours, "a name is taken over, not doubled");
    let seen = service.views(&inside, None).await.unwrap();
    assert_eq!(seen.iter().find(|view| view.id == ours).unwrap().href(), "/findings?severity=low");

    let denied = service.forget_view(&inside, &ours).await;
    assert!(matches!(denied, Err(ServiceError::Denied(_))));
    let unseen = service.forget_view(&outside, &ours).await;
    assert!(matches!(unseen, Err(ServiceError::NotFound { .. })));
    service.forget_view(&officer, &ours).await.unwrap();
    assert_eq!(names(&fixture, &inside).await, ["All"]);
    assert_eq!(service.verify_ledger(&Actor::program()).await.unwrap().problems, Vec::<String>::new());
}

async fn settings_are_ones_own(fixture: Fixture) {
    let service = &fixture.service;
    let one = account(&fixture, "one@example.org", Role::Reader, "").await;
    let two = account(&fixture, "two@example.org", Role::Reader, "").await;
    service.set_setting(&one, "columns /findings", "title,due").await.unwrap();
    assert_eq!(service.setting(&one, "columns /findings").await.unwrap().as_deref(), Some("title,due"));
    assert_eq!(service.setting(&two, "columns /findings").await.unwrap(), None);
    service.set_setting(&one, "columns /findings", "").await.unwrap();
    assert_eq!(service.setting(&one, "columns /findings").await.unwrap(), None);
    assert!(service.set_setting(&one, "x", &"y".repeat(5_000)).await.is_err());
}
