//! Findings, risks and postures as of an instant are those that were told then.

use crate::find::{bring_in, trivy};
use crate::stores::{Fixture, on_both};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use warrant_model::finding::FindingState;
use warrant_model::level::Severity;
use warrant_service::Actor;
use warrant_service::findings::{FindingPage, FindingsThen, MOST_THEN};
use warrant_service::query::{FindingQuery, RecordRow};
use warrant_service::risk::RiskScope;

on_both!(past_findings_are_those_listed_then, a_past_register_is_the_one_told_then);

/// What another tool says of an image: the first weaknesses that trivy tells of too, by the same ids and packages.
fn grype(system: usize, day: usize, weaknesses: usize) -> String {
    let one = |at: usize| {
        json!({
            "vulnerability": {"id": format!("CVE-2025-{:05}", 100 + at), "severity": "High", "description": "As told elsewhere"},
            "artifact": {
                "name": format!("library-{}", at % 13), "version": "1.0.0", "type": "deb",
                "purl": format!("pkg:deb/debian/library-{}@1.0.0?at={at}", at % 13),
            },
        })
    };
    json!({
        "matches": (0..weaknesses).map(one).collect::<Vec<_>>(),
        "source": {"type": "image", "target": {"userInput": format!("image-{system}:production")}},
        "descriptor": {"name": "grype", "version": "0.80.0", "timestamp": format!("2026-11-{day:02}T10:00:00Z")},
    })
    .to_string()
}

fn queries(system: &str) -> Vec<FindingQuery> {
    let all = || FindingQuery { limit: 10_000, ..FindingQuery::default() };
    vec![
        all(),
        FindingQuery { state: Some(FindingState::Open), ..all() },
        FindingQuery { state: Some(FindingState::Closed), severity: Some(Severity::High), ..all() },
        FindingQuery { text: "library-3".to_owned(), ..all() },
        FindingQuery { text: "elsewhere".to_owned(), ..all() },
        FindingQuery { target: Some("image-0:production".to_owned()), ..all() },
        FindingQuery { tool: Some("grype".to_owned()), ..all() },
        FindingQuery { control: Some("si-2".to_owned()), ..all() },
        FindingQuery { system: Some(system.to_owned()), ..all() },
        FindingQuery { system: Some(system.to_owned()), state: Some(FindingState::Open), ..all() },
    ]
}

/// Rows as id, state, first and last sight; the total; and counts by state and severity.
type Said = (BTreeMap<String, (FindingState, i64, i64, u32)>, i64, BTreeMap<(String, Severity), i64>);

fn said(page: &FindingPage, query: &FindingQuery) -> Said {
    let mut counts = BTreeMap::new();
    let of_tool = |tool: &str| query.tool.as_deref().is_none_or(|wanted| wanted == tool);
    for counted in page.breakdown.iter().filter(|counted| of_tool(&counted.tool)) {
        *counts.entry((counted.state.word().to_owned(), counted.severity)).or_default() += counted.count;
    }
    let row = |row: &warrant_model::finding::Finding| {
        let (first, last) = (row.first_seen.as_microsecond(), row.last_seen.as_microsecond());
        (row.id.clone(), (row.state, first, last, row.reopened))
    };
    (page.rows.iter().map(row).collect(), page.total, counts)
}

fn told(found: FindingsThen) -> FindingPage {
    match found {
        FindingsThen::Told(page) => page,
        FindingsThen::Narrow(..) => panic!("to be narrowed"),
    }
}

async fn past_findings_are_those_listed_then(fixture: Fixture) {
    let (service, program) = (&fixture.service, Actor::program());
    fixture.set_clock("2026-10-31T10:00:00Z");
    let system = fixture.system("One").await.id;
    fixture.system("Two").await;
    // Two weaknesses close, one tool goes on telling of what the other no longer sees, and some come back.
    let looks = [
        (1, vec![("One", trivy(0, 1, 36)), ("Two", trivy(1, 1, 20))]),
        (3, vec![("One", grype(0, 3, 30))]),
        (5, vec![("One", trivy(0, 5, 12))]),
        (7, vec![("One", trivy(0, 7, 24)), ("Two", trivy(1, 7, 18))]),
        (9, vec![("One", grype(0, 9, 4))]),
    ];
    let mut then = Vec::new();
    for (day, files) in looks {
        fixture.set_clock(&format!("2026-11-{day:02}T12:00:00Z"));
        for (name, file) in files {
            bring_in(&fixture, name, file).await;
        }
        let mut pages = Vec::new();
        for query in queries(&system) {
            pages.push(said(&service.list_findings(&program, &query).await.unwrap(), &query));
        }
        then.push((service.now(), pages));
    }
    fixture.set_clock("2026-11-23T10:00:00Z");
    let (mut rows, mut states) = (0, BTreeMap::new());
    for (at, pages) in &then {
        for (query, page) in queries(&system).iter().zip(pages) {
            let found = told(service.list_findings_at(&program, query, *at).await.unwrap());
            assert_eq!(said(&found, query), *page, "{query:?} at {at}");
            rows += found.rows.len();
            found.rows.iter().for_each(|row| *states.entry(row.state.word()).or_insert(0) += 1);
        }
    }
    assert!(rows > 500 && states.len() == 2, "{rows} rows, {states:?}");

    // Page by page, in an order that does not change.
    let (at, whole) = (then[1].0, FindingQuery { limit: 10_000, ..FindingQuery::default() });
    let all = told(service.list_findings_at(&program, &whole, at).await.unwrap()).rows;
    let page = FindingQuery { limit: 7, offset: 7, ..whole.clone() };
    let second = told(service.list_findings_at(&program, &page, at).await.unwrap());
    assert_eq!((second.rows.as_slice(), second.total), (&all[7..14], all.len() as i64));
    let csv = service
        .export_findings_at(&program, &whole, at, warrant_service::tables::TableFormat::Csv)
        .await
        .unwrap();
    let csv = String::from_utf8(csv).unwrap();
    assert!(csv.lines().filter(|line| line.contains("image-")).count() >= all.len(), "{csv}");

    // Beyond the bound the postures kept of the day are told instead; what is rare enough is still listed.
    let bounded = service.list_findings_within(&program, &whole, at, 40).await.unwrap();
    let FindingsThen::Narrow(open, systems) = bounded else { panic!("{bounded:?}") };
    let open_then = all.iter().filter(|row| row.state == FindingState::Open).count();
    assert_eq!((open.total() as usize, systems), (open_then, 2));
    let rare = FindingQuery { target: Some("image-1:production".to_owned()), ..whole.clone() };
    assert_eq!(told(service.list_findings_within(&program, &rare, at, 40).await.unwrap()).rows.len(), 20);
    assert!(MOST_THEN >= 10_000);

    // Before anything was there, and of a system that is not.
    let before = warrant_model::time::parse("2026-10-01T00:00:00Z").unwrap();
    for query in queries(&system) {
        let nothing = told(service.list_findings_at(&program, &query, before).await.unwrap());
        assert!(nothing.rows.is_empty() && nothing.total == 0, "{query:?}");
    }
}

/// Makes a scenario and puts it in force.
async fn in_force(fixture: &Fixture, mut body: Value) -> RecordRow {
    let row = fixture.make("scenario", body.clone()).await;
    body["state"] = json!("in-force");
    fixture.service.update(&Actor::program(), &row.id, row.version, body).await.unwrap()
}

async fn a_past_register_is_the_one_told_then(fixture: Fixture) {
    let (service, program) = (&fixture.service, Actor::program());
    let whole = RiskScope::Organisation;
    fixture.set_clock("2026-11-01T10:00:00Z");
    let system = fixture.system("Portal").await.id;
    let scenario = |title: &str, tries: f64| {
        json!({
            "system": system, "title": title, "tries": tries, "basis": "a test",
            "steps": [{"technique": "T1190", "stopped_by": ["si-2", "ra-5"]}],
            "losses": [{"form": "response", "low": 10_000.0, "high": 50_000.0}],
        })
    };
    let mut then = vec![(service.now(), service.risk_register(&program, &whole).await.unwrap())];
    fixture.set_clock("2026-11-05T10:00:00Z");
    let first = in_force(&fixture, scenario("Portal is taken over", 2.0)).await;
    then.push((service.now(), service.risk_register(&program, &whole).await.unwrap()));
    fixture.set_clock("2026-11-10T10:00:00Z");
    let second = in_force(&fixture, scenario("Portal is flooded", 30.0)).await;
    bring_in(&fixture, "Portal", trivy(0, 10, 30)).await;
    then.push((service.now(), service.risk_register(&program, &whole).await.unwrap()));
    fixture.set_clock("2026-11-15T10:00:00Z");
    service.patch(&program, &first.id, None, &[("tries".to_owned(), json!(9.0))]).await.unwrap();
    service.delete(&program, &second.id, second.version).await.unwrap();
    then.push((service.now(), service.risk_register(&program, &whole).await.unwrap()));
    fixture.set_clock("2026-11-23T10:00:00Z");
    let counts: Vec<_> = then.iter().map(|(_, register)| register.scenarios.len()).collect();
    assert_eq!(counts, [0, 1, 2, 1]);
    for (at, register) in &then {
        let (found, left_out) = service.risk_register_at(&program, &whole, *at).await.unwrap();
        assert_eq!(found.scenarios, register.scenarios, "at {at}");
        assert!(left_out.is_empty(), "{left_out:?}");
    }
    let of_system = RiskScope::System(system.clone());
    let (found, _) = service.risk_register_at(&program, &of_system, then[2].0).await.unwrap();
    assert_eq!(found.scenarios.len(), 2);
}
