//! An import undone is an import that never was; what rests on it holds it.

use crate::stores::{Fixture, on_both};
use serde_json::json;
use std::collections::BTreeMap;
use warrant_model::finding::{Finding, FindingState};
use warrant_model::lifecycle::Event;
use warrant_model::scope::Role;
use warrant_service::query::{DeficiencyQuery, EvidenceQuery, FindingQuery};
use warrant_service::{Actor, ServiceError};

on_both!(an_undone_import_never_was, what_rests_on_an_import_holds_it);

const FILES: [&str; 5] = [
    "evidence/portal-nessus-1.nessus",
    "evidence/portal-db1-baseline-1.ckl",
    "evidence/portal-nessus-2.nessus",
    "evidence/customer-portal-code-1.sarif",
    "evidence/customer-portal-code-2.sarif",
];

/// Every finding of a system with its events, and what the checks find.
async fn standing(fixture: &Fixture, system: &str) -> (BTreeMap<String, (Finding, Vec<Event>)>, Vec<String>) {
    let service = &fixture.service;
    let actor = Actor::program();
    let query = FindingQuery { system: Some(system.to_owned()), limit: 10_000, ..FindingQuery::default() };
    let mut found = BTreeMap::new();
    for finding in service.list_findings(&actor, &query).await.unwrap().rows {
        // Rules that are met have one event each; they would only make this slow.
        let told = matches!(finding.state, FindingState::Open | FindingState::Closed | FindingState::Moved);
        let events =
            if told { service.finding(&actor, &finding.id).await.unwrap().events } else { Vec::new() };
        found.insert(finding.id.clone(), (finding, events));
    }
    let query =
        DeficiencyQuery { system: Some(system.to_owned()), limit: 10_000, ..DeficiencyQuery::default() };
    let rows = service.queue(&actor, &query).await.unwrap().rows;
    let mut wrong: Vec<_> =
        rows.into_iter().map(|row| format!("{} {}", row.deficiency.check, row.deficiency.title)).collect();
    wrong.sort();
    (found, wrong)
}

/// Whatever file is undone, everything is as if it had not been imported; imported again, as if it had.
async fn an_undone_import_never_was(fixture: Fixture) {
    let service = &fixture.service;
    for undone in [0, 1, 2, 4] {
        let system = fixture.system(&format!("Undone {undone}")).await.id;
        let mut hash = String::new();
        for (nth, file) in FILES.iter().enumerate() {
            let outcome = fixture.import(&system, file).await.unwrap();
            if nth == undone {
                hash = outcome.evidence;
            }
        }
        let whole = standing(&fixture, &system).await;
        let done = service.withdraw_import(&Actor::program(), &hash, &system).await.unwrap();
        assert!(done.forgotten + done.restored > 0, "{}: {done:?}", FILES[undone]);
        let after = standing(&fixture, &system).await;
        assert_ne!(after.0, whole.0);
        let evidence = EvidenceQuery { system: Some(system.clone()), limit: 10, ..EvidenceQuery::default() };
        assert_eq!(
            service.list_evidence(&Actor::program(), &evidence).await.unwrap().rows.len(),
            FILES.len() - 1
        );
        let twice = service.withdraw_import(&Actor::program(), &hash, &system).await;
        assert!(matches!(twice, Err(ServiceError::NotFound { .. })), "{twice:?}");

        // The same system without that file: ids hold the system's, so that what is said is compared.
        let other = fixture.system(&format!("Without {undone}")).await.id;
        for (nth, file) in FILES.iter().enumerate() {
            if nth != undone {
                fixture.import(&other, file).await.unwrap();
            }
        }
        let without = standing(&fixture, &other).await;
        assert_eq!(said(&after.0), said(&without.0), "{}", FILES[undone]);
        assert_eq!(named(&after.1, undone), named(&without.1, undone), "{}", FILES[undone]);

        let again = fixture.import(&system, FILES[undone]).await.unwrap();
        assert!(!again.already_known);
        assert_eq!(standing(&fixture, &system).await, whole, "{}", FILES[undone]);
    }
    let problems = service.verify_ledger(&Actor::program()).await.unwrap().problems;
    assert_eq!(problems, Vec::<String>::new());
}

/// What is said of each finding, without the ids that its system is part of.
fn said(found: &BTreeMap<String, (Finding, Vec<Event>)>) -> Vec<String> {
    let mut said: Vec<_> = found
        .values()
        .map(|(finding, events)| {
            let events: Vec<_> =
                events.iter().map(|event| (event.at, event.state, &event.evidence)).collect();
            format!(
                "{} {} {} {:?} {} {} {} {} {:?} {} {:?} {}",
                finding.tool,
                finding.target,
                finding.rule,
                finding.state,
                finding.first_seen,
                finding.last_seen,
                finding.state_since,
                finding.reopened,
                finding.evidence,
                finding.second,
                events,
                finding.moved_to.is_some()
            )
        })
        .collect();
    said.sort();
    said
}

fn named(wrong: &[String], undone: usize) -> Vec<String> {
    let name = |text: &String| {
        text.replace(&format!("Undone {undone}"), "It").replace(&format!("Without {undone}"), "It")
    };
    wrong.iter().map(name).collect()
}

async fn what_rests_on_an_import_holds_it(fixture: Fixture) {
    let service = &fixture.service;
    let program = Actor::program();
    let system = fixture.system("Portal").await.id;
    fixture.import(&system, FILES[0]).await.unwrap();
    let second = fixture.import(&system, FILES[2]).await.unwrap().evidence;
    let query = FindingQuery { system: Some(system.clone()), limit: 10_000, ..FindingQuery::default() };
    let rows = service.list_findings(&program, &query).await.unwrap().rows;
    let mut only = None;
    for finding in &rows {
        let sightings = service.finding(&program, &finding.id).await.unwrap().sightings;
        if sightings.iter().all(|sighting| sighting.look.evidence.as_str() == second) {
            only = Some(finding.id.clone());
        }
    }
    let only = only.unwrap();
    let item = json!({"system": system, "title": "Patch it", "findings": [only]});
    let item = fixture.make("poam_item", item).await;
    let before = standing(&fixture, &system).await;
    let refused = service.withdraw_import(&program, &second, &system).await;
    let Err(ServiceError::Refused(message)) = refused else { panic!("{refused:?}") };
    assert!(message.contains("“Patch it”") && message.contains("portal-nessus-2"), "{message}");
    assert_eq!(standing(&fixture, &system).await, before, "nothing was undone");

    service
        .patch(
            &program,
            &item.id,
            None,
            &[("findings".into(), json!(null)), ("validation".into(), json!(second))],
        )
        .await
        .unwrap();
    let refused = service.withdraw_import(&program, &second, &system).await;
    assert!(matches!(refused, Err(ServiceError::Refused(_))), "the item is validated by it: {refused:?}");
    service.patch(&program, &item.id, None, &[("validation".into(), json!(null))]).await.unwrap();

    service.create_account(&program, "read@example.org", "", None, (Role::Reader, "")).await.unwrap();
    let reader = service.actor("read@example.org").await.unwrap();
    let denied = service.withdraw_import(&reader, &second, &system).await;
    assert!(matches!(denied, Err(ServiceError::Denied(_))), "{denied:?}");
    service.withdraw_import(&program, &second, &system).await.unwrap();
}
