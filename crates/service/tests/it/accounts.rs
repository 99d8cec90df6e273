//! Accounts: signing in, sessions, links.

use crate::stores::{Fixture, on_both};
use warrant_model::scope::Role;
use warrant_service::accounts::Enabled;
use warrant_service::{Actor, ServiceError};

on_both!(signing_in_and_out, failures_make_an_address_wait, links_work_once);

const EMAIL: &str = "ana@example.org";
const PASSWORD: &str = "a sentence is easy to keep";

async fn account(fixture: &Fixture) {
    let service = &fixture.service;
    let role = (Role::Officer, "");
    service.create_account(&Actor::program(), "Ana@Example.org", "Ana", Some(PASSWORD), role).await.unwrap();
}

async fn signing_in_and_out(fixture: Fixture) {
    let service = &fixture.service;
    account(&fixture).await;
    let short = service.set_password(&Actor::program(), EMAIL, "short").await;
    assert!(matches!(short, Err(ServiceError::Invalid(_))));
    let signed_in = service.sign_in(EMAIL, PASSWORD).await.unwrap();
    let session = service.session(&signed_in.token).await.unwrap().unwrap();
    assert_eq!(session.actor.everywhere, Some(Role::Officer));
    assert!(service.session("0".repeat(64).as_str()).await.unwrap().is_none());
    fixture.set_clock("2026-11-23T21:59:00Z");
    assert!(service.session(&signed_in.token).await.unwrap().is_some());
    fixture.set_clock("2026-11-24T10:00:00Z");
    assert!(service.session(&signed_in.token).await.unwrap().is_none(), "twelve idle hours end a session");
    let again = service.sign_in(EMAIL, PASSWORD).await.unwrap();
    service.sign_out(&again.token).await.unwrap();
    assert!(service.session(&again.token).await.unwrap().is_none());
    let third = service.sign_in(EMAIL, PASSWORD).await.unwrap();
    service.set_disabled(&Actor::program(), EMAIL, Enabled::No).await.unwrap();
    assert!(service.session(&third.token).await.unwrap().is_none());
    assert!(matches!(service.sign_in(EMAIL, PASSWORD).await, Err(ServiceError::SignIn(_))));
}

async fn failures_make_an_address_wait(fixture: Fixture) {
    let service = &fixture.service;
    account(&fixture).await;
    for _ in 0..5 {
        assert!(service.sign_in(EMAIL, "wrong").await.is_err());
    }
    let waiting = service.sign_in(EMAIL, PASSWORD).await.unwrap_err();
    assert!(waiting.to_string().contains("wait"), "{waiting}");
    fixture.set_clock("2026-11-23T10:06:00Z");
    assert!(service.sign_in(EMAIL, PASSWORD).await.is_ok());
    let (known, unknown) = (service.sign_in(EMAIL, "x").await, service.sign_in("no@example.org", "x").await);
    assert_eq!(known.unwrap_err().to_string(), unknown.unwrap_err().to_string());
}

async fn links_work_once(fixture: Fixture) {
    let service = &fixture.service;
    account(&fixture).await;
    let token = service.one_time_link(&Actor::program(), EMAIL).await.unwrap();
    assert!(service.sign_in_with_link(&token).await.is_ok());
    assert!(matches!(service.sign_in_with_link(&token).await, Err(ServiceError::SignIn(_))));
    let late = service.one_time_link(&Actor::program(), EMAIL).await.unwrap();
    fixture.set_clock("2026-11-23T10:31:00Z");
    assert!(service.sign_in_with_link(&late).await.is_err());
}
