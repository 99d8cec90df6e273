//! Findings over time: opened, closed, reopened; the same file again; files out of order.

use crate::stores::{Fixture, on_both, sample};
use std::collections::BTreeMap;
use std::sync::Arc;
use warrant_model::finding::{Finding, FindingState};
use warrant_service::import::{ImportFile, Mode, Progress};
use warrant_service::query::{FindingOrder, FindingQuery, RecordRow};
use warrant_service::{Actor, ServiceError};

on_both!(
    the_same_file_changes_nothing,
    order_of_import_does_not_matter,
    dry_runs_leave_no_trace,
    bad_files_leave_no_trace,
    a_search_finds_what_reading_everything_finds
);

/// The sample's Nessus files of the portal, oldest first.
fn portal_scans() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/northwater/evidence");
    let mut files = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.contains("portal") && name.ends_with(".nessus") {
                files.push(name.split("northwater/").nth(1).unwrap().to_owned());
            }
        }
    }
    files.sort();
    files.push("to-import/portal-nessus-2026-11-22.nessus".to_owned());
    assert!(files.len() >= 3, "{files:?}");
    files
}

async fn all(fixture: &Fixture, system: &RecordRow) -> BTreeMap<String, Finding> {
    let query = FindingQuery { system: Some(system.id.clone()), limit: 10_000, ..FindingQuery::default() };
    let page = fixture.service.list_findings(&Actor::program(), &query).await.unwrap();
    page.rows.into_iter().map(|finding| (finding.id.clone(), finding)).collect()
}

async fn the_same_file_changes_nothing(fixture: Fixture) {
    let system = fixture.system("Customer Portal").await;
    let scans = portal_scans();
    let first = fixture.import("Customer Portal", &scans[0]).await.unwrap();
    assert!(first.opened > 0 && first.closed == 0);
    let before = all(&fixture, &system).await;
    let size = fixture.service.ledger_size().await.unwrap();
    let again = fixture.import("Customer Portal", &scans[0]).await.unwrap();
    assert!(again.already_known);
    assert_eq!(all(&fixture, &system).await, before);
    assert_eq!(fixture.service.ledger_size().await.unwrap(), size);
    let second = fixture.import("Customer Portal", &scans[1]).await.unwrap();
    assert!(second.opened > 0 && second.closed > 0 && second.still_open > 0, "{second:?}");
    let closed =
        all(&fixture, &system).await.into_values().filter(|f| f.state == FindingState::Closed).count();
    assert_eq!(closed, second.closed);
}

/// Every field but the key, which carries the system's id.
fn told(findings: BTreeMap<String, Finding>) -> Vec<String> {
    let mut told: Vec<_> = findings
        .into_values()
        .map(|f| {
            let Finding { target, rule, subject, state, first_seen, last_seen, state_since, reopened, evidence, .. } = f;
            format!("{target}|{rule}|{subject}|{state:?}|{first_seen}|{last_seen}|{state_since}|{reopened}|{evidence}")
        })
        .collect();
    told.sort();
    told
}

async fn order_of_import_does_not_matter(fixture: Fixture) {
    let scans = portal_scans();
    let straight = fixture.system("Straight").await;
    for scan in &scans {
        fixture.import("Straight", scan).await.unwrap();
    }
    let expected = told(all(&fixture, &straight).await);
    let count = scans.len();
    for (nth, turn) in [[2, 1, 0], [1, 2, 0], [2, 0, 1]].into_iter().enumerate() {
        let name = format!("Turned {nth}");
        let system = fixture.system(&name).await;
        for at in turn {
            fixture.import(&name, &scans[count - 3 + at]).await.unwrap();
        }
        for scan in &scans[..count - 3] {
            fixture.import(&name, scan).await.unwrap();
        }
        assert_eq!(told(all(&fixture, &system).await), expected, "order {turn:?}");
    }
    assert_eq!(
        fixture.service.verify_ledger(&Actor::program()).await.unwrap().problems,
        Vec::<String>::new()
    );
}

async fn dry_runs_leave_no_trace(fixture: Fixture) {
    let system = fixture.system("Customer Portal").await;
    let size = fixture.service.ledger_size().await.unwrap();
    let bytes = sample(&portal_scans()[0]);
    let file = ImportFile { name: "scan.nessus".into(), bytes: bytes.into() };
    let progress = Arc::new(Progress::default());
    let service = &fixture.service;
    let outcome =
        service.import(&Actor::program(), file, Some(&system.id), Mode::DryRun, progress).await.unwrap();
    assert!(outcome.opened > 0);
    assert_eq!(all(&fixture, &system).await.len(), 0);
    assert_eq!(service.ledger_size().await.unwrap(), size);
}

async fn bad_files_leave_no_trace(fixture: Fixture) {
    let system = fixture.system("Customer Portal").await;
    let mut bytes = sample(&portal_scans()[0]);
    bytes.truncate(bytes.len() * 2 / 3);
    let service = &fixture.service;
    let cases: [(&str, Vec<u8>); 3] =
        [("cut.nessus", bytes), ("words.txt", b"hello".to_vec()), ("empty.json", Vec::new())];
    for (name, bytes) in cases {
        let file = ImportFile { name: name.into(), bytes: bytes.into() };
        let progress = Arc::new(Progress::default());
        let error = service.import(&Actor::program(), file, Some(&system.id), Mode::Commit, progress).await;
        let error = error.unwrap_err();
        assert!(matches!(error, ServiceError::File { .. }), "{error}");
        assert!(error.to_string().starts_with(name), "{error}");
    }
    assert_eq!(all(&fixture, &system).await.len(), 0);
}

/// The words are kept apart from the findings; a search through them must tell what a look at each finding tells,
/// in every order and state.
async fn a_search_finds_what_reading_everything_finds(fixture: Fixture) {
    let actor = Actor::program();
    for (name, scan) in [("One", 0), ("Two", 1), ("Two", 2)] {
        if scan < 2 {
            fixture.system(name).await;
        }
        fixture.import(name, &portal_scans()[scan]).await.unwrap();
    }
    let everything = FindingQuery { limit: 10_000, ..FindingQuery::default() };
    let findings = fixture.service.list_findings(&actor, &everything).await.unwrap().rows;
    let fits = |finding: &Finding, text: &str| {
        let told = [&finding.title, &finding.target, &finding.rule, &finding.subject];
        let vulnerabilities = finding.vulnerabilities.join(" ");
        let told = told.map(|text| text.to_lowercase());
        let held = |word: &str| told.iter().any(|text| text.contains(word));
        text.split_whitespace().all(|word| held(word) || vulnerabilities.to_lowercase().contains(word))
    };
    let target = findings[0].target.to_lowercase();
    let both = format!("{} cve-20", &target[..target.len() - 1]);
    let orders = [
        FindingOrder::Severity,
        FindingOrder::Decision,
        FindingOrder::Title,
        FindingOrder::Target,
        FindingOrder::FirstSeen,
        FindingOrder::LastSeen,
    ];
    let mut hits = 0;
    for text in ["cve-2021", "openssl", "443/tcp", "%", "_", "nothing of the kind", &target, &both, "e", ""] {
        for (order, state) in orders.into_iter().flat_map(|o| [(o, None), (o, Some(FindingState::Open))]) {
            let query = FindingQuery { text: text.to_owned(), order, state, ..everything.clone() };
            let page = fixture.service.list_findings(&actor, &query).await.unwrap();
            let in_state = |finding: &&Finding| state.is_none_or(|state| finding.state == state);
            let expected: Vec<_> = findings.iter().filter(|f| fits(f, text)).filter(in_state).collect();
            assert_eq!(page.total, expected.len() as i64, "{query:?}");
            let ids = |found: &mut Vec<&str>| found.sort_unstable();
            let (mut found, mut wanted): (Vec<_>, Vec<_>) = (
                page.rows.iter().map(|finding| finding.id.as_str()).collect(),
                expected.iter().map(|finding| finding.id.as_str()).collect(),
            );
            if order == FindingOrder::Title {
                let title = |finding: &Finding| finding.title.to_lowercase();
                assert!(page.rows.is_sorted_by_key(title), "{query:?}");
            }
            if order == FindingOrder::Decision {
                let order = |finding: &Finding| (finding.decision, finding.severity, finding.last_seen);
                assert!(page.rows.is_sorted_by_key(order), "{query:?}");
            }
            if order == FindingOrder::LastSeen {
                assert!(page.rows.is_sorted_by_key(|finding| finding.last_seen), "{query:?}");
            }
            ids(&mut found);
            ids(&mut wanted);
            assert_eq!(found, wanted, "{query:?}");
            let whole = page.breakdown.iter().map(|counted| counted.count).sum::<i64>();
            assert_eq!(whole, findings.iter().filter(|f| fits(f, text)).count() as i64, "{query:?}");
            hits += found.len();
        }
    }
    assert!(hits > 100, "{hits}");
}
