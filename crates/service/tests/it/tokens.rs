//! Tokens of programs: no wider than their owners, as narrow as they say, over when they say.

use crate::stores::{Fixture, on_both};
use serde_json::json;
use warrant_model::scope::Role;
use warrant_service::accounts::Enabled;
use warrant_service::query::RecordQuery;
use warrant_service::tokens::{NewToken, TokenState, Tokens};
use warrant_service::{Actor, ServiceError};
use warrant_store::Sql;

on_both!(
    a_token_acts_for_its_owner_and_no_further,
    a_token_of_one_unit_sees_and_does_nothing_elsewhere,
    tokens_end,
    what_a_token_may_be_is_checked,
    wrong_secrets_make_a_token_wait,
    uses_are_noted_once_an_hour,
    every_token_is_in_the_ledger
);

const ANA: &str = "ana@example.org";

async fn account(fixture: &Fixture, role: Role, unit: &str) -> Actor {
    let service = &fixture.service;
    service.create_account(&Actor::program(), ANA, "Ana", None, (role, unit)).await.unwrap();
    service.actor(ANA).await.unwrap()
}

fn named(name: &str) -> NewToken {
    NewToken { name: name.to_owned(), ..NewToken::default() }
}

async fn a_token_acts_for_its_owner_and_no_further(fixture: Fixture) {
    let service = &fixture.service;
    let ana = account(&fixture, Role::Officer, "").await;
    let system = fixture.make("system", json!({"name": "Portal", "phase": "planned"})).await;
    let whole = service.make_token(&ana, ANA, &named("whole")).await.unwrap();
    let reading = NewToken { role: Some(Role::Reader), ..named("reading") };
    let reading = service.make_token(&ana, ANA, &reading).await.unwrap();
    let component = json!({"system": system.id, "name": "c"});
    let program = service.program_of(&whole.text).await.unwrap();
    assert_eq!((program.email.as_str(), program.everywhere), (ANA, Some(Role::Officer)));
    let made = service.create(&program, "component", component.clone()).await.unwrap();
    let reader = service.program_of(&reading.text).await.unwrap();
    assert_eq!(service.record(&reader, &made.id).await.unwrap().id, made.id);
    for denied in [
        service.create(&reader, "component", component).await.map(drop),
        // Ana made it and nobody changed it since: she may remove it, this token of hers may not.
        service.delete(&reader, &made.id, made.version).await.map(drop),
        service.set_marking(&reader, "TLP:RED").await,
        service.set_role(&reader, ANA, "", Some(Role::Officer)).await,
    ] {
        assert!(matches!(denied, Err(ServiceError::Denied(_))), "{denied:?}");
    }
    // Nobody outlasts a token they found by making another one.
    assert!(matches!(service.make_token(&program, ANA, &named("next")).await, Err(ServiceError::Denied(_))));
    assert!(matches!(service.end_token(&program, &whole.row.id).await, Err(ServiceError::Denied(_))));
    // What is taken from the owner is taken from the token.
    service.set_role(&Actor::program(), ANA, "", Some(Role::Reader)).await.unwrap();
    let program = service.program_of(&whole.text).await.unwrap();
    assert_eq!(program.everywhere, Some(Role::Reader));
    service.set_role(&Actor::program(), ANA, "", None).await.unwrap();
    let program = service.program_of(&whole.text).await.unwrap();
    assert!(service.record(&program, &made.id).await.is_err());
}

async fn a_token_of_one_unit_sees_and_does_nothing_elsewhere(fixture: Fixture) {
    let service = &fixture.service;
    let left = fixture.make("unit", json!({"name": "Left"})).await;
    let below = fixture.make("unit", json!({"name": "Below", "parent": left.id})).await;
    let right = fixture.make("unit", json!({"name": "Right"})).await;
    let north = fixture.make("system", json!({"name": "North", "unit": below.id})).await;
    let south = fixture.make("system", json!({"name": "South", "unit": right.id})).await;
    let ana = account(&fixture, Role::Officer, "").await;
    let wanted = NewToken { role: Some(Role::Engineer), unit: left.id.clone(), ..named("left") };
    let made = service.make_token(&ana, ANA, &wanted).await.unwrap();
    let program = service.program_of(&made.text).await.unwrap();
    let component = |system: &str| json!({"system": system, "name": "c"});
    service.create(&program, "component", component(&north.id)).await.unwrap();
    assert!(service.create(&program, "component", component(&south.id)).await.is_err());
    assert!(matches!(service.record(&program, &south.id).await, Err(ServiceError::NotFound { .. })));
    let query = RecordQuery { kind: "system".to_owned(), limit: 10, ..RecordQuery::default() };
    let seen = service.list_records(&program, &query).await.unwrap();
    assert_eq!(seen.rows.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["North"]);
    let names: Vec<_> = service.system_names(&program).await.unwrap().into_values().collect();
    assert_eq!(names, ["North"]);
    let summaries = service.summaries(&program).await.unwrap();
    let systems: Vec<_> = summaries.iter().map(|summary| summary.system.as_str()).collect();
    assert_eq!(systems, [north.id.as_str()], "the roll is narrowed too");
    assert!(matches!(service.verify_ledger(&program).await, Err(ServiceError::Denied(_))));
    // An owner whose own role holds elsewhere only: the two together allow nothing.
    service.set_role(&Actor::program(), ANA, "", None).await.unwrap();
    service.set_role(&Actor::program(), ANA, &right.id, Some(Role::Officer)).await.unwrap();
    let program = service.program_of(&made.text).await.unwrap();
    for id in [&north.id, &south.id] {
        assert!(service.record(&program, id).await.is_err());
    }
}

async fn tokens_end(fixture: Fixture) {
    let service = &fixture.service;
    let ana = account(&fixture, Role::Engineer, "").await;
    let refused = async |text: &str| service.program_of(text).await.unwrap_err().to_string();
    let usual = service.make_token(&ana, ANA, &named("usual")).await.unwrap();
    let short = NewToken { last_day: Some("2026-11-24".parse().unwrap()), ..named("short") };
    let short = service.make_token(&ana, ANA, &short).await.unwrap();
    let other = service.make_token(&ana, ANA, &named("other")).await.unwrap();
    service.end_token(&ana, &other.row.id).await.unwrap();
    service.end_token(&ana, &other.row.id).await.unwrap();
    assert!(refused(&other.text).await.contains("ana@example.org ended"));
    fixture.set_clock("2026-11-24T23:59:00Z");
    assert!(service.program_of(&short.text).await.is_ok(), "the last day counts");
    fixture.set_clock("2026-11-25T00:00:00Z");
    assert!(refused(&short.text).await.contains("2026-11-24"));
    let listed = service.list_tokens(&ana, Tokens::Own).await.unwrap();
    let states: Vec<_> = listed.iter().map(|token| (token.row.name.as_str(), token.state)).collect();
    assert!(
        states.contains(&("usual", TokenState::Works)) && states.contains(&("short", TokenState::Expired))
    );
    assert!(matches!(service.list_tokens(&ana, Tokens::All).await, Err(ServiceError::Denied(_))));
    // Disabling ends them for good, not only while it lasts.
    service.set_disabled(&Actor::program(), ANA, Enabled::No).await.unwrap();
    service.set_disabled(&Actor::program(), ANA, Enabled::Yes).await.unwrap();
    assert!(refused(&usual.text).await.contains("warrant ended"));
    let all = service.list_tokens(&Actor::program(), Tokens::All).await.unwrap();
    assert!(all.iter().all(|token| token.state != TokenState::Works && token.owner == ANA));
}

async fn what_a_token_may_be_is_checked(fixture: Fixture) {
    let service = &fixture.service;
    let ana = account(&fixture, Role::Engineer, "").await;
    let wrong = [
        (NewToken::default(), "name"),
        (NewToken { role: Some(Role::Officer), ..named("a") }, "role"),
        (NewToken { unit: "unit_none".to_owned(), ..named("a") }, "unit"),
        (NewToken { last_day: Some("2026-11-22".parse().unwrap()), ..named("a") }, "last_day"),
        (NewToken { last_day: Some("2027-11-24".parse().unwrap()), ..named("a") }, "last_day"),
    ];
    for (wanted, field) in wrong {
        let Err(ServiceError::Invalid(problems)) = service.make_token(&ana, ANA, &wanted).await else {
            panic!("{wanted:?} was made");
        };
        assert_eq!(problems[0].field, field);
    }
    service.make_token(&ana, ANA, &named("a")).await.unwrap();
    assert!(matches!(service.make_token(&ana, ANA, &named("a")).await, Err(ServiceError::Invalid(_))));
    let ben = "ben@example.org";
    service.create_account(&Actor::program(), ben, "", None, (Role::Officer, "")).await.unwrap();
    let ben = service.actor(ben).await.unwrap();
    let for_ana = service.make_token(&ben, ANA, &named("b")).await;
    assert!(matches!(for_ana, Err(ServiceError::Denied(_))), "nobody makes a token that acts as another");
    let made = service.make_token(&ben, &ben.email, &named("b")).await.unwrap();
    assert!(matches!(service.end_token(&ana, &made.row.id).await, Err(ServiceError::NotFound { .. })));
}

async fn wrong_secrets_make_a_token_wait(fixture: Fixture) {
    let service = &fixture.service;
    let ana = account(&fixture, Role::Engineer, "").await;
    let made = service.make_token(&ana, ANA, &named("a")).await.unwrap();
    let other = service.make_token(&ana, ANA, &named("b")).await.unwrap();
    let wrong = format!("warrant_{}_{}", made.row.id, "0".repeat(64));
    for bad in ["", "warrant_", "warrant_x", "warrant_0_0", "Bearer", &"0".repeat(64)] {
        assert!(matches!(service.program_of(bad).await, Err(ServiceError::SignIn(_))), "{bad}");
    }
    for _ in 0..5 {
        assert!(service.program_of(&wrong).await.is_err());
    }
    let waiting = service.program_of(&made.text).await.unwrap_err();
    assert!(waiting.to_string().contains("wait"), "{waiting}");
    assert!(service.program_of(&other.text).await.is_ok(), "another token does not wait");
    fixture.set_clock("2026-11-23T10:06:00Z");
    assert!(service.program_of(&made.text).await.is_ok());
    assert!(service.program_of(&wrong).await.is_err());
    assert!(service.program_of(&made.text).await.is_ok(), "a good one is forgiven what was before");
}

async fn uses_are_noted_once_an_hour(fixture: Fixture) {
    let service = &fixture.service;
    let ana = account(&fixture, Role::Engineer, "").await;
    let made = service.make_token(&ana, ANA, &named("a")).await.unwrap();
    let used = async || service.list_tokens(&ana, Tokens::Own).await.unwrap()[0].row.last_used;
    assert_eq!(used().await, None);
    service.program_of(&made.text).await.unwrap();
    let first = used().await;
    assert!(first.is_some());
    fixture.set_clock("2026-11-23T10:59:00Z");
    service.program_of(&made.text).await.unwrap();
    assert_eq!(used().await, first);
    fixture.set_clock("2026-11-23T11:00:00Z");
    service.program_of(&made.text).await.unwrap();
    assert!(used().await > first);
    let found = service.verify_ledger(&Actor::program()).await.unwrap();
    assert_eq!(found.problems, Vec::<String>::new(), "a use alters nothing the ledger vouches for");
}

async fn every_token_is_in_the_ledger(fixture: Fixture) {
    let service = &fixture.service;
    let ana = account(&fixture, Role::Engineer, "").await;
    let system = fixture.make("system", json!({"name": "Portal", "phase": "planned"})).await;
    let made = service.make_token(&ana, ANA, &named("import")).await.unwrap();
    let program = service.program_of(&made.text).await.unwrap();
    service.create(&program, "component", json!({"system": system.id, "name": "c"})).await.unwrap();
    service.end_token(&Actor::program(), &made.row.id).await.unwrap();
    let query = warrant_service::ledger::LedgerQuery { limit: 3, ..Default::default() };
    let page = service.ledger_entries(&Actor::program(), query).await.unwrap();
    let told: Vec<_> = page
        .entries
        .iter()
        .map(|(_, entry)| (entry.action.as_str(), entry.actor.as_str(), entry.token.as_deref()))
        .collect();
    assert_eq!(
        told,
        [("end-token", "warrant", None), ("create", ANA, Some("import")), ("make-token", ANA, None)]
    );
    assert_eq!(page.entries[2].1.subject, "ana@example.org/import");
    let text =
        serde_json::to_string(&page.entries.iter().map(|(_, entry)| entry).collect::<Vec<_>>()).unwrap();
    let secret = made.text.rsplit('_').next().unwrap();
    assert!(!text.contains(secret));
    let mut write = service.store().begin().await.unwrap();
    let revived = Sql::new("UPDATE program_token SET ended_at = NULL, ended_by = ''");
    assert_eq!(write.tx.execute(&revived).await.unwrap(), 1);
    write.commit().await.unwrap();
    let found = service.verify_ledger(&Actor::program()).await.unwrap();
    assert!(found.problems.iter().any(|problem| problem.contains("program_token")), "{:?}", found.problems);
}
