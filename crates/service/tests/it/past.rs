//! Lists as of an instant say what the list of that instant said.

use crate::stores::{Fixture, on_both};
use serde_json::json;
use warrant_model::time::parse;
use warrant_service::Actor;
use warrant_service::query::{RecordOrder, RecordQuery};
use warrant_service::records::RecordPage;

on_both!(a_past_list_is_what_was_listed_then);

fn queries() -> Vec<RecordQuery> {
    let of = |kind: &str| RecordQuery { kind: kind.to_owned(), limit: 100, ..RecordQuery::default() };
    vec![
        of("poam_item"),
        RecordQuery { state: Some("draft".to_owned()), ..of("poam_item") },
        RecordQuery {
            text: "patch".to_owned(),
            order: RecordOrder::Updated,
            descending: true,
            ..of("poam_item")
        },
        RecordQuery {
            fields: vec![("severity".to_owned(), "high".to_owned())],
            limit: 1,
            offset: 1,
            ..of("poam_item")
        },
        of("system"),
        of("unit"),
    ]
}

/// Rows as id, version, title and state; the total; the states that have any, counted.
type Said = (Vec<(String, i64, String, String)>, i64, Vec<(String, i64)>);

/// What a page says: ids with versions, the total, the counts of states that have any.
fn said(page: &RecordPage) -> Said {
    let row = |row: &warrant_service::query::RecordRow| {
        (row.id.clone(), row.version, row.title.clone(), row.state.clone())
    };
    let states = page.states.iter().filter(|(_, count)| *count > 0).cloned().collect();
    (page.rows.iter().map(row).collect(), page.total, states)
}

async fn listed(fixture: &Fixture) -> Vec<RecordPage> {
    let mut pages = Vec::new();
    for query in queries() {
        pages.push(fixture.service.list_records(&Actor::program(), &query).await.unwrap());
    }
    pages
}

async fn a_past_list_is_what_was_listed_then(fixture: Fixture) {
    let (service, program) = (&fixture.service, Actor::program());
    let mut then = Vec::new();
    let unit = fixture.make("unit", json!({"name": "Water"})).await;
    let system = fixture.make("system", json!({"name": "Portal", "unit": unit.id})).await.id;
    let item = |title: &str, severity: &str| json!({"system": system, "title": title, "severity": severity});
    let first = fixture.make("poam_item", item("Patch the kernel", "high")).await;
    then.push((service.now(), listed(&fixture).await));
    fixture.set_clock("2026-11-24T10:00:00Z");
    let second = fixture.make("poam_item", item("Close the port", "high")).await;
    let third = fixture.make("poam_item", item("Patch the proxy", "low")).await;
    then.push((service.now(), listed(&fixture).await));
    fixture.set_clock("2026-11-25T10:00:00Z");
    let change = [("title".to_owned(), json!("Harden the kernel")), ("severity".to_owned(), json!("medium"))];
    service.patch(&program, &first.id, None, &change).await.unwrap();
    service.patch(&program, &third.id, None, &[("state".to_owned(), json!("cancelled"))]).await.ok();
    service.delete(&program, &second.id, second.version).await.unwrap();
    fixture.make("system", json!({"name": "Lake"})).await;
    then.push((service.now(), listed(&fixture).await));
    fixture.set_clock("2026-11-26T10:00:00Z");
    fixture.make("poam_item", item("Patch again", "high")).await;
    then.push((service.now(), listed(&fixture).await));
    assert_eq!(then.len(), 4);
    for (at, pages) in &then {
        for (query, page) in queries().iter().zip(pages) {
            let found = service.list_records_at(&program, query, *at).await.unwrap();
            assert_eq!(said(&found), said(page), "{query:?} at {at}");
        }
    }
    let before = parse("2026-11-01T00:00:00Z").unwrap();
    let nothing = service.list_records_at(&program, &queries()[0], before).await.unwrap();
    assert!(nothing.rows.is_empty() && nothing.total == 0);
    assert_eq!(service.first_of("poam_item").await.unwrap(), Some(then[0].0));

    // Postures by day: those of today are the ones that stand, those of a day before anything are none.
    let now = service.summaries_at(&program, service.now()).await.unwrap();
    for summary in service.summaries(&program).await.unwrap() {
        assert_eq!(now.get(&summary.system).map(|found| found.deficiencies), Some(summary.deficiencies));
    }
    assert!(service.summaries_at(&program, before).await.unwrap().is_empty());
}
