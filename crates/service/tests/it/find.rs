//! Lists of findings, whichever way leads to their rows: what a look at every finding tells.

use crate::stores::{Fixture, on_both};
use std::collections::BTreeMap;
use std::sync::Arc;
use warrant_model::finding::{Finding, FindingState};
use warrant_model::level::Severity;
use warrant_service::Actor;
use warrant_service::import::{ImportFile, Mode, Progress};
use warrant_store::findings::{Bounds, FindingOrder, FindingQuery, breakdown, list, search_within};

on_both!(every_way_finds_the_same, a_word_of_many_texts_fits_into_a_statement);

const ORDERS: [FindingOrder; 6] = [
    FindingOrder::Severity,
    FindingOrder::Decision,
    FindingOrder::Title,
    FindingOrder::Target,
    FindingOrder::FirstSeen,
    FindingOrder::LastSeen,
];

/// Everything is common, everything is rare, and what lies between.
const BOUNDS: [Bounds; 4] = [
    Bounds { most: 0, few: -1, texts: 0 },
    Bounds { most: 6, few: -1, texts: 3 },
    Bounds { most: 40, few: 2, texts: 40 },
    Bounds { most: 100_000, few: 2_000, texts: 8_000 },
];

async fn every_way_finds_the_same(fixture: Fixture) {
    fill(&fixture).await;
    let everything = FindingQuery { limit: 10_000, ..FindingQuery::default() };
    let findings = fixture.service.list_findings(&Actor::program(), &everything).await.unwrap().rows;
    assert_eq!(findings.len(), 2 * (36 + 24), "of two systems");
    let systems: Vec<_> = [&findings[0], &findings[findings.len() - 1]].map(|f| f.system.clone()).into();
    let mut chance = 7_u64;
    let mut pick = move |count: usize| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (chance >> 33) as usize % count
    };
    let (mut rows, mut uncounted) = (0, 0);
    for _ in 0..400 {
        let some = |choices: &[&str], at: usize| choices.get(at).map(|text| (*text).to_owned());
        let query = FindingQuery {
            text: some(
                &[
                    "cve-2025",
                    "library-1",
                    "image",
                    "weak library",
                    "nothing",
                    "weak library-1",
                    "library-1 cve-2025-000",
                    "library-1 image-0",
                ],
                pick(12),
            )
            .unwrap_or_default(),
            system: systems.get(pick(5)).cloned(),
            state: [Some(FindingState::Open), Some(FindingState::Closed), None][pick(3)],
            severity: [Some(Severity::High), Some(Severity::Low), None, None][pick(4)],
            target: some(&["image-0:production", "image-9"], pick(9)),
            tool: some(&["trivy", "grype", "nobody"], pick(7)),
            control: some(&["si-2", "ra-5", "ac-2", "%"], pick(9)),
            order: ORDERS[pick(ORDERS.len())],
            descending: pick(2) == 0,
            limit: [10_000, 7][pick(2)],
            offset: [0, 3][pick(2)],
            ..FindingQuery::default()
        };
        let bounds = BOUNDS[pick(BOUNDS.len())];
        let mut db = fixture.service.store().db();
        let sees = Actor::program().sees();
        let search = search_within(&mut db, &query, bounds).await.unwrap();
        let found = list(&mut db, &search, &sees).await.unwrap();
        let wanted: Vec<_> = findings.iter().filter(|finding| fits(finding, &query)).collect();
        let (skip, take) = (query.offset as usize, query.limit as usize);
        let of_page: Vec<_> = {
            let mut keys: Vec<_> = wanted.iter().map(|finding| key(finding, query.order)).collect();
            keys.sort();
            if query.descending {
                keys.reverse();
            }
            keys.into_iter().skip(skip).take(take).collect()
        };
        let keys: Vec<_> = found.iter().map(|finding| key(finding, query.order)).collect();
        assert_eq!(keys, of_page, "{query:?} {bounds:?}");
        for finding in &found {
            assert!(fits(finding, &query), "{query:?} {bounds:?} {finding:?}");
        }
        rows += found.len();

        let relaxed =
            FindingQuery { state: None, severity: None, tool: None, decision: None, ..query.clone() };
        let mut counts: BTreeMap<_, i64> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| fits(finding, &relaxed)) {
            *counts.entry((finding.state.word(), finding.severity, finding.tool.clone())).or_default() += 1;
        }
        let told = breakdown(&mut db, &search, &sees).await.unwrap();
        let mut counted: BTreeMap<_, i64> = BTreeMap::new();
        for count in told.counts {
            *counted.entry((count.state.word(), count.severity, count.tool)).or_default() += count.count;
        }
        if told.more {
            uncounted += 1;
            for (what, count) in &counted {
                assert!(counts.get(what).is_some_and(|all| count <= all), "{query:?} {bounds:?} {what:?}");
            }
        } else {
            assert_eq!(counted, counts, "{query:?} {bounds:?}");
        }
    }
    assert!(rows > 1_000 && (20..300).contains(&uncounted), "{rows} rows, {uncounted} not counted");
}

/// A word that thousands of texts hold is listed in no order by its texts: a database takes only so many values.
async fn a_word_of_many_texts_fits_into_a_statement(fixture: Fixture) {
    fixture.system("One").await;
    bring_in(&fixture, "One", trivy(0, 1, 1_000)).await;
    let mut db = fixture.service.store().db();
    let sees = Actor::program().sees();
    for (order, state) in
        ORDERS.into_iter().flat_map(|order| [(order, None), (order, Some(FindingState::Open))])
    {
        let (text, control) = ("cve-2025 library".to_owned(), Some("si-2".to_owned()));
        let query = FindingQuery { text, control, order, state, limit: 50, ..FindingQuery::default() };
        for most in [0, 100_000] {
            let bounds = Bounds { most, few: -1, ..Bounds::default() };
            let search = search_within(&mut db, &query, bounds).await.unwrap();
            assert_eq!(list(&mut db, &search, &sees).await.unwrap().len(), 50, "{order:?}");
            assert_eq!(breakdown(&mut db, &search, &sees).await.unwrap().more, most == 0);
        }
    }
}

/// Two systems, each looked at by two tools, one of them twice: what the second look did not see is closed.
async fn fill(fixture: &Fixture) {
    for (system, name) in ["One", "Two"].into_iter().enumerate() {
        fixture.system(name).await;
        for (day, weaknesses) in [(1, 36), (2, 30)] {
            bring_in(fixture, name, trivy(system, day, weaknesses)).await;
        }
        bring_in(fixture, name, grype(system)).await;
    }
}

pub(crate) async fn bring_in(fixture: &Fixture, system: &str, text: String) {
    let file = ImportFile { name: "report.json".to_owned(), bytes: text.into_bytes().into() };
    let progress = Arc::new(Progress::default());
    let (actor, service) = (Actor::program(), &fixture.service);
    service.import(&actor, file, Some(system), Mode::Commit, progress).await.unwrap();
}

pub(crate) fn trivy(system: usize, day: usize, weaknesses: usize) -> String {
    let vulnerabilities: Vec<_> = (0..weaknesses)
        .map(|at| {
            serde_json::json!({
                "VulnerabilityID": format!("CVE-2025-{:05}", 100 + at),
                "PkgName": format!("library-{}", at % 13), "InstalledVersion": "1.0.0",
                "Severity": (["LOW", "MEDIUM", "HIGH", "CRITICAL"][at % 4]),
                "Title": format!("Weak library {}", at % 7),
                "PkgIdentifier": {"PURL": format!("pkg:generic/library-{}@1.0.0?at={at}", at % 13)},
                "CweIDs": if at % 3 == 0 { vec!["CWE-287"] } else { Vec::new() },
            })
        })
        .collect();
    let name = format!("image-{system}:production");
    serde_json::json!({
        "SchemaVersion": 2, "CreatedAt": format!("2026-11-{day:02}T10:00:00Z"), "ArtifactName": name,
        "ArtifactType": "container_image",
        "Results": [{"Target": name, "Class": "os-pkgs", "Type": "debian", "Vulnerabilities": vulnerabilities}],
    })
    .to_string()
}

fn grype(system: usize) -> String {
    let matches: Vec<_> = (0..24)
        .map(|at| {
            serde_json::json!({
                "vulnerability": {
                    "id": format!("CVE-2024-{:05}", 500 + at),
                    "severity": (["Low", "High", "Critical"][at % 3]),
                    "description": format!("What the library number {at} does wrong"),
                },
                "artifact": {
                    "name": format!("grype-library-{at}"), "version": "2.0", "type": "deb",
                    "purl": format!("pkg:deb/debian/grype-library-{at}@2.0"),
                },
            })
        })
        .collect();
    serde_json::json!({
        "matches": matches,
        "source": {"type": "image", "target": {"userInput": format!("other-{system}:production")}},
        "descriptor": {"name": "grype", "version": "0.80.0", "timestamp": "2026-11-03T10:00:00Z"},
    })
    .to_string()
}

fn fits(finding: &Finding, query: &FindingQuery) -> bool {
    let vulnerabilities = finding.vulnerabilities.join(" ");
    let told = [&finding.title, &finding.target, &finding.rule, &finding.subject, &vulnerabilities];
    let told = told.map(|text| text.to_lowercase());
    let holds = |control: &str| {
        finding.controls.iter().any(|held| held == control || held.starts_with(&format!("{control}_smt")))
    };
    query.text.split_whitespace().all(|word| told.iter().any(|text| text.contains(word)))
        && query.system.as_ref().is_none_or(|system| *system == finding.system)
        && query.state.is_none_or(|state| state == finding.state)
        && query.severity.is_none_or(|severity| severity == finding.severity)
        && query.target.as_ref().is_none_or(|target| *target == finding.target)
        && query.tool.as_ref().is_none_or(|tool| *tool == finding.tool)
        && query.control.as_deref().is_none_or(holds)
}

/// What a list is put in order by; equal ones come in any order.
fn key(finding: &Finding, order: FindingOrder) -> (i64, String, i64) {
    let (severity, last) = (i64::from(finding.severity.rank()), finding.last_seen.as_microsecond());
    let decision = finding.decision.map_or(0, |decision| i64::from(decision.rank()));
    match order {
        FindingOrder::Severity => (severity, String::new(), last),
        FindingOrder::Decision => (10 * decision + severity, String::new(), last),
        FindingOrder::Title => (0, finding.title.to_lowercase(), 0),
        FindingOrder::Target => (0, finding.target.clone(), 0),
        FindingOrder::FirstSeen => (finding.first_seen.as_microsecond(), String::new(), 0),
        FindingOrder::LastSeen => (last, String::new(), 0),
    }
}
