//! The queue as of an instant is the one that was told then, and who may not see it now does not see it then.

use crate::find::{bring_in, trivy};
use crate::stores::{Fixture, on_both};
use jiff::Timestamp;
use serde_json::json;
use warrant_model::level::Severity;
use warrant_model::scope::Role;
use warrant_model::time::{day, parse};
use warrant_service::query::{DeficiencyQuery, DeficiencyRow};
use warrant_service::queue::{QueueFigures, QueuePage, QueueThen};
use warrant_service::tables::TableFormat;
use warrant_service::{Actor, ServiceError};

on_both!(a_past_queue_is_the_one_told_then, a_past_queue_shows_what_may_be_seen);

fn queries(system: &str, now: Timestamp) -> Vec<DeficiencyQuery> {
    let all = || DeficiencyQuery { limit: 1_000, ..DeficiencyQuery::default() };
    vec![
        all(),
        DeficiencyQuery { limit: 3, offset: 2, ..all() },
        DeficiencyQuery { severity: Some(Severity::High), ..all() },
        DeficiencyQuery { text: "owner".to_owned(), ..all() },
        DeficiencyQuery { check: Some("vulnerability-open".to_owned()), ..all() },
        DeficiencyQuery { system: Some(system.to_owned()), excepted: Some(false), ..all() },
        DeficiencyQuery { system: Some(String::new()), ..all() },
        DeficiencyQuery { planned: Some(true), ..all() },
        DeficiencyQuery { due_by: Some(day(now)), ..all() },
    ]
}

fn row(row: &DeficiencyRow) -> (String, String, String, Severity, bool, bool) {
    let one = &row.deficiency;
    let (planned, excepted) = (one.poam_item.is_some(), one.excepted.is_some());
    (row.system.clone(), one.id.clone(), one.title.clone(), one.severity, planned, excepted)
}

/// What a page and the figures above it say.
fn said(figures: &QueueFigures, page: &QueuePage) -> String {
    let rows: Vec<_> = page.rows.iter().map(row).collect();
    let counts = (page.total, &page.severities, &page.checks, &page.systems);
    let over = (
        figures.total,
        figures.systems,
        figures.overdue,
        figures.due_soon,
        figures.unplanned,
        figures.excepted,
    );
    format!("{rows:?} {counts:?} {over:?} {:?}", figures.worst.as_ref().map(row))
}

async fn told(fixture: &Fixture, system: &str) -> Vec<String> {
    let (service, program) = (&fixture.service, Actor::program());
    let figures = service.queue_figures(&program, 7).await.unwrap();
    let mut told = Vec::new();
    for query in queries(system, service.now()) {
        told.push(said(&figures, &service.queue(&program, &query).await.unwrap()));
    }
    told
}

async fn then(
    fixture: &Fixture,
    actor: &Actor,
    query: &DeficiencyQuery,
    at: Timestamp,
) -> (QueueFigures, QueuePage) {
    match fixture.service.queue_at(actor, query, 7, at).await.unwrap() {
        QueueThen::Told(told) => *told,
        QueueThen::Narrow(..) => panic!("two systems are not too many"),
    }
}

async fn a_past_queue_is_the_one_told_then(fixture: Fixture) {
    let (service, program) = (&fixture.service, Actor::program());
    fixture.set_clock("2026-11-01T10:00:00Z");
    let system = fixture.system("Portal").await.id;
    fixture.make("unit", json!({"name": "Water"})).await;
    let mut past = vec![(service.now(), told(&fixture, &system).await)];
    fixture.set_clock("2026-11-05T10:00:00Z");
    bring_in(&fixture, "Portal", trivy(0, 5, 12)).await;
    past.push((service.now(), told(&fixture, &system).await));
    fixture.set_clock("2026-11-10T10:00:00Z");
    fixture.make("system", json!({"name": "Lake"})).await;
    let query = DeficiencyQuery { system: Some(system.clone()), limit: 1_000, ..DeficiencyQuery::default() };
    let some = service.queue(&program, &query).await.unwrap().rows;
    let (first, second) = (some[0].deficiency.id.clone(), some[1].deficiency.id.clone());
    let item = json!({
        "title": "Mend it", "system": system, "severity": "high", "deficiencies": [first],
        "due": "2026-12-01", "milestones": [{"title": "Done", "due": "2026-12-01"}],
    });
    fixture.make("poam_item", item).await;
    past.push((service.now(), told(&fixture, &system).await));
    fixture.set_clock("2026-11-20T10:00:00Z");
    // Half of what was found is gone.
    bring_in(&fixture, "Portal", trivy(0, 20, 6)).await;
    service.patch(&program, &system, None, &[("name".to_owned(), json!("Customer portal"))]).await.unwrap();
    fixture.set_clock("2026-11-23T10:00:00Z");
    for (at, pages) in &past {
        for (query, page) in queries(&system, *at).iter().zip(pages) {
            let (figures, found) = then(&fixture, &program, query, *at).await;
            // Of the figures only a query of everything tells all.
            if query.system.is_none() {
                assert_eq!(said(&figures, &found), *page, "{query:?} at {at}");
            } else {
                let rows: Vec<_> = found.rows.iter().map(row).collect();
                assert!(page.starts_with(&format!("{rows:?} ")), "{query:?} at {at}: {rows:?} {page}");
            }
        }
    }
    // One of them as it stood, whether or not it is still there, and a file of them all.
    let (at, _) = past[2];
    for id in [&first, &second] {
        let one = service.deficiency_at(&program, &system, id, at).await.unwrap();
        assert!(one.deficiency.id == *id && one.system == system);
    }
    let absent = service.deficiency_at(&program, &system, "zzz", at).await;
    assert!(matches!(absent, Err(ServiceError::NotFound { .. })), "{absent:?}");
    let file = service.export_queue(&program, &query, Some(at), TableFormat::Csv).await.unwrap();
    let file = String::from_utf8(file).unwrap();
    assert!(some.len() > 2 && some.iter().all(|row| file.contains(&row.deficiency.title)), "{file}");
    let before = parse("2026-10-01T00:00:00Z").unwrap();
    let (figures, page) = then(&fixture, &program, &queries(&system, before)[0], before).await;
    assert!(figures.total == 0 && figures.worst.is_none() && page.rows.is_empty());
    // What is brought in late about that time changes what is told of it: nothing old is kept against the record.
    let everything = &queries(&system, at)[0];
    let (told, _) = then(&fixture, &program, everything, at).await;
    bring_in(&fixture, "Customer portal", trivy(0, 9, 30)).await;
    let (late, _) = then(&fixture, &program, everything, at).await;
    assert!(late.total > told.total, "{} {}", late.total, told.total);
}

async fn a_past_queue_shows_what_may_be_seen(fixture: Fixture) {
    fixture.set_clock("2026-11-01T10:00:00Z");
    let unit = fixture.make("unit", json!({"name": "Water"})).await.id;
    let own = fixture.make("system", json!({"name": "Pumps", "unit": unit})).await.id;
    let other = fixture.make("system", json!({"name": "Billing"})).await.id;
    let at = fixture.service.now();
    fixture.set_clock("2026-11-23T10:00:00Z");
    let email = "reader@example.org";
    let of_unit = (Role::Reader, unit.as_str());
    fixture.service.create_account(&Actor::program(), email, "", None, of_unit).await.unwrap();
    let reader = fixture.service.actor(email).await.unwrap();
    let (figures, page) = then(&fixture, &reader, &queries(&own, at)[0], at).await;
    assert!(figures.systems == 1 && !page.rows.is_empty());
    assert!(page.rows.iter().all(|row| row.system == own), "{:?}", page.systems);
    let (_, all) = then(&fixture, &Actor::program(), &queries(&own, at)[0], at).await;
    let foreign = all.rows.iter().find(|row| row.system == other).unwrap();
    let seen = fixture.service.deficiency_at(&reader, &other, &foreign.deficiency.id, at).await;
    assert!(matches!(seen, Err(ServiceError::NotFound { .. })), "{seen:?}");
}
