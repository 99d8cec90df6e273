//! How fast to act on findings: kept beside them, whatever changes and in whatever order.

use crate::stores::{Fixture, on_both};
use serde_json::json;
use std::collections::BTreeMap;
use warrant_model::finding::Finding;
use warrant_model::level::Severity;
use warrant_model::posture::Deficiency;
use warrant_model::priority::Decision;
use warrant_service::Actor;
use warrant_service::findings::Environmental;
use warrant_service::import::ImportFile;
use warrant_service::query::{DeficiencyQuery, FindingOrder, FindingQuery, RecordRow};

on_both!(
    decisions_are_kept_in_step,
    it_does_not_matter_whether_findings_or_advisories_come_first,
    advisories_move_those_they_are_about_and_nobody_else,
    lists_are_narrowed_and_put_in_order_by_decision,
    one_finding_tells_why,
);

const SCAN: &str = "to-import/portal-nessus-2026-11-22.nessus";
const EARLIER: &str = "evidence/portal-nessus-3.nessus";
/// Named by two hosts in the scan, with a public exploit.
const RACE: &str = "CVE-2024-6387";

/// A list of exploited vulnerabilities, put in force.
async fn list(fixture: &Fixture, cves: &[&str]) {
    let entry = |cve: &&str| json!({"cveID": cve, "dateAdded": "2026-11-20", "dueDate": "2026-12-11"});
    let catalogue = json!({
        "catalogVersion": "1", "dateReleased": "2026-11-21T00:00:00Z", "count": cves.len(),
        "vulnerabilities": cves.iter().map(entry).collect::<Vec<_>>(),
    });
    let file = ImportFile { name: "kev.json".into(), bytes: catalogue.to_string().into_bytes().into() };
    fixture.service.load_advisory_files(&Actor::program(), "kev", vec![file]).await.unwrap();
}

async fn open(fixture: &Fixture, system: &RecordRow) -> BTreeMap<String, Finding> {
    let query = FindingQuery { system: Some(system.id.clone()), limit: 10_000, ..FindingQuery::default() };
    let page = fixture.service.list_findings(&Actor::program(), &query).await.unwrap();
    page.rows.into_iter().map(|finding| (finding.id.clone(), finding)).collect()
}

/// Decisions by target, rule and subject: ids carry the system's.
fn decided(findings: &BTreeMap<String, Finding>) -> BTreeMap<String, Option<Decision>> {
    let about = |f: &Finding| format!("{} {} {} {:?}", f.target, f.rule, f.subject, f.state);
    findings.values().map(|finding| (about(finding), finding.decision)).collect()
}

async fn queue(fixture: &Fixture, system: &RecordRow) -> Vec<Deficiency> {
    let query =
        DeficiencyQuery { system: Some(system.id.clone()), limit: 1_000, ..DeficiencyQuery::default() };
    let page = fixture.service.queue(&Actor::program(), &query).await.unwrap();
    page.rows.into_iter().map(|row| row.deficiency).collect()
}

/// What is stored is what the snapshot says; nothing is miscounted; a rebuild changes nothing.
async fn is_in_step(fixture: &Fixture, system: &RecordRow, after: &str) {
    let (service, actor) = (&fixture.service, Actor::program());
    let stored = open(fixture, system).await;
    let snapshot = service.snapshot(&actor, &system.id, None).await.unwrap();
    let of = &snapshot.findings;
    let computed: BTreeMap<String, Decision> = service
        .decisions_then(&snapshot)
        .into_iter()
        .filter(|(row, _)| !of.is_second(*row))
        .map(|(row, decision)| (of.text(of.id[row]).to_owned(), decision))
        .collect();
    let kept: BTreeMap<String, Decision> =
        stored.iter().filter_map(|(id, finding)| Some((id.clone(), finding.decision?))).collect();
    assert_eq!(kept, computed, "after {after}");
    let verified = service.verify_ledger(&actor).await.unwrap();
    assert_eq!(verified.problems, Vec::<String>::new(), "after {after}");
    let posture = queue(fixture, system).await;
    service.rebuild().await.unwrap();
    assert_eq!(open(fixture, system).await, stored, "a rebuild after {after}");
    assert_eq!(queue(fixture, system).await, posture, "a rebuild after {after}");
}

async fn set(fixture: &Fixture, system: &RecordRow, body: serde_json::Value) {
    let now = fixture.service.record(&Actor::program(), &system.id).await.unwrap();
    let mut merged = now.body.clone();
    for (field, value) in body.as_object().unwrap() {
        merged[field] = value.clone();
    }
    fixture.service.update(&Actor::program(), &system.id, now.version, merged).await.unwrap();
}

fn count(findings: &BTreeMap<String, Finding>, decision: Decision) -> usize {
    findings.values().filter(|finding| finding.decision == Some(decision)).count()
}

async fn decisions_are_kept_in_step(fixture: Fixture) {
    let system = fixture.system("Portal").await;
    fixture.import("Portal", EARLIER).await.unwrap();
    is_in_step(&fixture, &system, "the first import").await;
    let scan = fixture.import("Portal", SCAN).await.unwrap();
    is_in_step(&fixture, &system, "another import").await;
    fixture.service.withdraw_import(&Actor::program(), &scan.evidence, &system.id).await.unwrap();
    is_in_step(&fixture, &system, "an import that was undone").await;
    fixture.import("Portal", SCAN).await.unwrap();
    is_in_step(&fixture, &system, "the same import again").await;
    let before = open(&fixture, &system).await;
    assert!(count(&before, Decision::OutOfCycle) > 0, "what is not stated is taken as the worst");
    set(&fixture, &system, json!({"exposure": "isolated", "criticality": "supporting"})).await;
    is_in_step(&fixture, &system, "an edit").await;
    let after = open(&fixture, &system).await;
    assert_eq!(count(&after, Decision::OutOfCycle), 0);
    assert_ne!(decided(&after), decided(&before));
    fixture
        .make("information_type", json!({"name": "Bills", "system": system.id, "confidentiality": "high"}))
        .await;
    is_in_step(&fixture, &system, "a categorisation").await;
    list(&fixture, &[RACE]).await;
    is_in_step(&fixture, &system, "a list").await;
    list(&fixture, &["CVE-1999-0001"]).await;
    is_in_step(&fixture, &system, "another list").await;
    let reopened = fixture.reopen().await;
    assert_eq!(reopened.snapshot(&Actor::program(), &system.id, None).await.unwrap().signals.by_id.len(), 1);
}

async fn it_does_not_matter_whether_findings_or_advisories_come_first(fixture: Fixture) {
    let (first, second) = (fixture.system("First").await, fixture.system("Second").await);
    fixture.import("First", EARLIER).await.unwrap();
    fixture.import("First", SCAN).await.unwrap();
    list(&fixture, &[RACE]).await;
    fixture.import("Second", SCAN).await.unwrap();
    fixture.import("Second", EARLIER).await.unwrap();
    assert_eq!(decided(&open(&fixture, &first).await), decided(&open(&fixture, &second).await));
    let told = |queue: Vec<Deficiency>| -> Vec<_> {
        let weaknesses = queue.into_iter().filter(|deficiency| deficiency.check.starts_with("vulnerability"));
        let mut told: Vec<_> = weaknesses
            .map(|d| (d.title, d.due, d.why.replace("First", "It").replace("Second", "It"), d.severity))
            .collect();
        told.sort();
        told
    };
    assert_eq!(told(queue(&fixture, &first).await), told(queue(&fixture, &second).await));
}

async fn advisories_move_those_they_are_about_and_nobody_else(fixture: Fixture) {
    let (hit, other) = (fixture.system("Hit").await, fixture.system("Other").await);
    fixture.import("Hit", SCAN).await.unwrap();
    fixture.import("Other", "evidence/billing-nessus-2.nessus").await.unwrap();
    list(&fixture, &["CVE-1999-0001"]).await;
    let named = |findings: &BTreeMap<String, Finding>| -> Vec<Decision> {
        let naming = findings.values().filter(|finding| finding.vulnerabilities.iter().any(|id| id == RACE));
        naming.filter_map(|finding| finding.decision).collect()
    };
    let before = named(&open(&fixture, &hit).await);
    assert!(before.len() > 1 && before.iter().all(|decision| *decision < Decision::Immediate), "{before:?}");
    let seq = |fixture: &Fixture, system: &RecordRow| {
        let (service, id) = (fixture.service.clone(), system.id.clone());
        async move { service.summaries(&Actor::program()).await.unwrap().iter().find(|s| s.system == id).cloned() }
    };
    fixture.set_clock("2026-11-23T11:00:00Z");
    let (hit_before, other_before) = (seq(&fixture, &hit).await, seq(&fixture, &other).await);
    list(&fixture, &[RACE]).await;
    let after = named(&open(&fixture, &hit).await);
    assert!(after.iter().all(|decision| *decision == Decision::Immediate), "{after:?}");
    let told = queue(&fixture, &hit).await;
    let why = "exploited in the wild (KEV since 2026-11-20)";
    assert!(told.iter().any(|deficiency| deficiency.why.contains(why)), "{told:?}");
    assert_ne!(seq(&fixture, &hit).await.unwrap().as_of, hit_before.unwrap().as_of, "judged anew");
    assert_eq!(seq(&fixture, &other).await.unwrap().as_of, other_before.unwrap().as_of, "left alone");
    list(&fixture, &["CVE-1999-0001"]).await;
    assert_eq!(named(&open(&fixture, &hit).await), before, "it is taken off the list");
}

async fn lists_are_narrowed_and_put_in_order_by_decision(fixture: Fixture) {
    let actor = Actor::program();
    let portal = fixture.system("Portal").await;
    fixture.system("Billing").await;
    fixture.import("Portal", EARLIER).await.unwrap();
    fixture.import("Portal", SCAN).await.unwrap();
    fixture.import("Billing", "evidence/billing-nessus-2.nessus").await.unwrap();
    fixture.import("Portal", "evidence/portal-db1-baseline-1.ckl").await.unwrap();
    set(&fixture, &portal, json!({"exposure": "internal", "criticality": "supporting"})).await;
    list(&fixture, &[RACE]).await;
    let everything = FindingQuery { limit: 10_000, ..FindingQuery::default() };
    let all = fixture.service.list_findings(&actor, &everything).await.unwrap().rows;
    let key = |finding: &Finding| (finding.decision, finding.severity, finding.last_seen);
    let mut met = 0;
    for system in [None, Some(portal.id.clone())] {
        for severity in [None, Some(Severity::High)] {
            let of = |finding: &&Finding| {
                system.as_ref().is_none_or(|system| finding.system == *system)
                    && severity.is_none_or(|severity| finding.severity == severity)
            };
            let base = FindingQuery { system: system.clone(), severity, ..everything.clone() };
            let ordered =
                FindingQuery { order: FindingOrder::Decision, descending: true, limit: 25, ..base.clone() };
            let mut wanted: Vec<&Finding> = all.iter().filter(of).collect();
            wanted.sort_by_key(|finding| std::cmp::Reverse(key(finding)));
            for offset in [0, 25] {
                let query = FindingQuery { offset, ..ordered.clone() };
                let found = fixture.service.list_findings(&actor, &query).await.unwrap().rows;
                let wanted: Vec<_> = wanted.iter().skip(offset as usize).take(25).map(|f| key(f)).collect();
                assert_eq!(found.iter().map(key).collect::<Vec<_>>(), wanted, "{query:?}");
            }
            for decision in Decision::DESCENDING {
                let query = FindingQuery { decision: Some(decision), ..base.clone() };
                let page = fixture.service.list_findings(&actor, &query).await.unwrap();
                let wanted =
                    all.iter().filter(of).filter(|finding| finding.decision == Some(decision)).count();
                assert_eq!((page.rows.len(), page.total), (wanted, wanted as i64), "{query:?}");
                assert!(page.rows.iter().all(|row| page.priorities[&row.id].decision == decision));
                met += wanted;
            }
        }
    }
    assert!(met > 20, "{met}");
}

async fn one_finding_tells_why(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let system = fixture.system("Portal").await;
    fixture.import("Portal", SCAN).await.unwrap();
    let findings = open(&fixture, &system).await;
    let race = findings.values().find(|finding| finding.vulnerabilities.iter().any(|id| id == RACE)).unwrap();
    let detail = service.finding(&actor, &race.id).await.unwrap();
    let priority = detail.priority.unwrap();
    assert_eq!(Some(priority.decision), race.decision);
    assert!(priority.sentence.starts_with(&format!("Act by {}", priority.due)), "{}", priority.sentence);
    let answers: Vec<_> =
        priority.answers.iter().map(|reason| (reason.answer, reason.known, reason.from)).collect();
    assert_eq!(
        answers,
        [
            ("public PoC", true, "the tool's report"),
            ("open", false, "nobody says"),
            ("no", true, "derived from the CVSS vector"),
            ("very high", false, "the system's record and its information types"),
        ]
    );
    let scores = detail.scores.unwrap();
    assert_eq!(scores.base, 8.1);
    let Environmental::NotCategorised(missing) = &scores.environmental else { panic!("{scores:?}") };
    assert_eq!(missing.len(), 3);
    fixture
        .make(
            "information_type",
            json!({"name": "Bills", "system": system.id, "confidentiality": "low", "integrity": "low", "availability": "low"}),
        )
        .await;
    let scores = service.finding(&actor, &race.id).await.unwrap().scores.unwrap();
    let Environmental::Scored { vector, score, severity } = &scores.environmental else {
        panic!("{scores:?}")
    };
    assert!(vector.ends_with("/CR:L/IR:L/AR:L"), "{vector}");
    // Specification 3.1, section 7.3: impact 6.42 × (1 − 0.72³), exploitability 2.221, rounded up.
    assert_eq!((*score, *severity), (6.3, Severity::Medium));
    let rule = findings.values().find(|finding| finding.decision.is_none());
    if let Some(rule) = rule {
        assert_eq!(service.finding(&actor, &rule.id).await.unwrap().priority, None);
    }
}
