//! Builds snapshots for tests: a sound system, and changes to it.

use jiff::Timestamp;
use jiff::civil::Date;
use std::sync::Arc;
use warrant_model::fact::{BackupAct, BackupFact, ComponentFact, Place};
use warrant_model::finding::{Finding, FindingSort, FindingState};
use warrant_model::hash::ContentHash;
use warrant_model::kind::Record;
use warrant_model::kinds::*;
use warrant_model::priority::{Listed, Signal};
use warrant_model::snapshot::{
    EvidenceMeta, Findings, HitPackage, HitVulnerability, Programme, ReleaseInUse, Sourced, SystemSnapshot,
    Target,
};
use warrant_model::time::parse;
use warrant_model::{Impact, RecordId, Severity};

/// The present of every test.
pub(crate) fn now() -> Timestamp {
    at("2026-11-23T12:00:00Z")
}

pub(crate) fn at(text: &str) -> Timestamp {
    parse(text).unwrap()
}

pub(crate) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn id(kind: &str, number: u32) -> RecordId {
    RecordId(format!("{kind}_{number:032x}"))
}

/// A record made a year ago.
pub(crate) fn record<T>(kind: &str, number: u32, body: T) -> Record<T> {
    let made = at("2025-11-01");
    Record { id: id(kind, number), version: 1, created_at: made, updated_at: made, body }
}

pub(crate) fn hash(text: &str) -> ContentHash {
    ContentHash::of(text.as_bytes())
}

/// A system in operation about which no check complains, except that its controls are not assessed.
pub(crate) fn sound() -> SystemSnapshot {
    let system = System {
        name: "Pump control".into(),
        owner: Some(id("person", 1)),
        security_officer: Some(id("person", 2)),
        authorizing_official: Some(id("person", 3)),
        phase: "operational".into(),
        boundary: Some("The pump house network.".into()),
        exposure: Some(Exposure::Internal),
        criticality: Some(Criticality::Important),
        security_design: Some("SD-12".into()),
        operational_since: Some(date("2025-12-01")),
        authorized_on: Some(date("2025-12-01")),
        authorization_expires: Some(date("2028-12-01")),
        review_due: Some(date("2027-12-01")),
        ..System::default()
    };
    let information = InformationType {
        name: "Set points".into(),
        categories: vec![InformationCategory::BusinessSecret],
        confidentiality: Some(Impact::Low),
        integrity: Some(Impact::Moderate),
        availability: Some(Impact::Low),
        ..InformationType::default()
    };
    let server = Component {
        name: "Historian".into(),
        component_type: ComponentType::Host,
        hostnames: vec!["hist1.example".into()],
        owner: Some(id("person", 1)),
        stores: vec![id("info", 1)],
        encrypted_at_rest: Some(true),
        backup_rpo_hours: Some(24),
        ..Component::default()
    };
    let mut snapshot = empty(system);
    snapshot.information_types.push(record("info", 1, information));
    snapshot.components.push(record("component", 1, server));
    look(&mut snapshot, "nessus", "hist1.example", "2026-11-20");
    backup(&mut snapshot, BackupAct::Snapshot, "2026-01-01");
    backup(&mut snapshot, BackupAct::Snapshot, "2026-11-23T02:00:00Z");
    backup(&mut snapshot, BackupAct::DataCheck, "2026-11-20");
    backup(&mut snapshot, BackupAct::Restore, "2026-06-01");
    snapshot
}

/// A system with nothing but itself and three people.
pub(crate) fn empty(system: System) -> SystemSnapshot {
    SystemSnapshot {
        as_of: now(),
        programme: Arc::new(people()),
        system: record("system", 1, system),
        components: Vec::new(),
        information_types: Vec::new(),
        data_flows: Vec::new(),
        interconnections: Vec::new(),
        implementations: Vec::new(),
        common_controls: Vec::new(),
        assessments: Vec::new(),
        tailorings: Vec::new(),
        vulnerability_decisions: Vec::new(),
        poam_items: Vec::new(),
        exceptions: Vec::new(),
        scenarios: Vec::new(),
        risk_treatments: Vec::new(),
        tasks: Vec::new(),
        findings: Arc::default(),
        evidence: Arc::default(),
        backups: Arc::default(),
        software: Arc::default(),
        settings: Arc::default(),
        services: Arc::default(),
        targets: Arc::default(),
        inherited: Arc::default(),
        signals: Arc::default(),
        releases: Arc::default(),
    }
}

pub(crate) fn people() -> Programme {
    let person = |number: u32, name: &str| {
        let email = format!("{}@example.org", name.to_lowercase());
        record("person", number, Person { name: name.into(), email, ..Person::default() })
    };
    Programme {
        persons: vec![person(1, "Ada"), person(2, "Ben"), person(3, "Cleo")],
        systems: vec![(id("system", 1), "Pump control".into()), (id("system", 9), "Data centre".into())],
        ..Programme::default()
    }
}

/// Adds a look of a tool at a target.
pub(crate) fn look(snapshot: &mut SystemSnapshot, tool: &str, name: &str, when: &str) {
    let evidence = hash(&format!("{tool} {when}"));
    file(snapshot, tool, when);
    let target = Target { name: name.into(), tool: tool.into(), last_seen: at(when), evidence };
    Arc::make_mut(&mut snapshot.targets).push(target);
}

/// Adds a stored file of a tool.
pub(crate) fn file(snapshot: &mut SystemSnapshot, tool: &str, when: &str) {
    let meta = EvidenceMeta {
        hash: hash(&format!("{tool} {when}")),
        name: format!("{tool}-{when}"),
        format: tool.into(),
        tool: tool.into(),
        observed_at: at(when),
        received_at: at(when),
    };
    Arc::make_mut(&mut snapshot.evidence).push(meta);
}

/// Adds a successful backup event of the historian.
pub(crate) fn backup(snapshot: &mut SystemSnapshot, act: BackupAct, when: &str) {
    let fact = BackupFact {
        host: "HIST1.example.".into(),
        act,
        at: at(when),
        succeeded: true,
        detail: "repository a".into(),
        bytes: None,
    };
    let place = Place::new(3, "/1");
    let sourced = Sourced { fact, evidence: hash("backup"), place, at: at(when) };
    Arc::make_mut(&mut snapshot.backups).push(sourced);
}

/// Adds a part of an artefact's SBOM.
pub(crate) fn part(snapshot: &mut SystemSnapshot, artefact: &str) {
    let fact = ComponentFact { target: artefact.into(), name: "zlib".into(), ..ComponentFact::default() };
    let sourced = Sourced { fact, evidence: hash("sbom"), place: Place::default(), at: now() };
    Arc::make_mut(&mut snapshot.software).push(sourced);
}

/// An open weakness of a package on the historian, opened three days ago.
pub(crate) fn weakness(key: &str) -> Finding {
    Finding {
        id: key.into(),
        system: id("system", 1).0,
        sort: FindingSort::Weakness,
        tool: "nessus".into(),
        target: "hist1.example".into(),
        rule: "CVE-2026-0001".into(),
        benchmark: String::new(),
        title: "OpenSSL overflow".into(),
        subject: "openssl 3.0.1".into(),
        severity: Severity::High,
        state: FindingState::Open,
        suppressed: false,
        vulnerabilities: vec!["CVE-2026-0001".into()],
        cwes: vec![787],
        controls: vec!["si-2".into()],
        cvss_score: Some(8.1),
        exploit: None,
        automatable: None,
        remedy: None,
        fixed_version: Some("3.0.9".into()),
        first_seen: at("2026-11-20"),
        last_seen: at("2026-11-20"),
        state_since: at("2026-11-20"),
        reopened: 0,
        moved_to: None,
        second: false,
        decision: None,
        evidence: hash("nessus 2026-11-20"),
        place: Place::new(12, "/report/1"),
    }
}

/// A failed benchmark rule on the historian.
pub(crate) fn rule(key: &str, control: &str) -> Finding {
    Finding {
        sort: FindingSort::Check,
        tool: "xccdf".into(),
        rule: "V-1".into(),
        benchmark: "RHEL9".into(),
        title: "Root may not log in".into(),
        subject: String::new(),
        severity: Severity::Medium,
        vulnerabilities: Vec::new(),
        cwes: Vec::new(),
        controls: vec![control.into()],
        cvss_score: None,
        fixed_version: None,
        ..weakness(key)
    }
}

/// Lets the advisories in force signal something about a vulnerability.
pub(crate) fn signal(snapshot: &mut SystemSnapshot, id: &str, signal: Signal) {
    let signals = Arc::make_mut(&mut snapshot.signals);
    signals.lists_exploited = true;
    signals.by_id.insert(id.into(), signal);
}

/// A vulnerability that hits a package since a day.
pub(crate) fn hit(id: &str, severity: Option<Severity>, since: &str) -> HitVulnerability {
    HitVulnerability {
        id: id.into(),
        ids: vec![id.into(), format!("GHSA-{id}")],
        summary: "Reads past the end.".into(),
        severity,
        score: severity.map(|_| 7.5),
        since: at(since),
        decided_until: None,
    }
}

/// A package of Maven in a release that is in use.
pub(crate) fn hit_package(name: &str, vulnerabilities: Vec<HitVulnerability>) -> HitPackage {
    HitPackage {
        ecosystem: "Maven".into(),
        name: name.into(),
        version: "1.2.0".into(),
        evidence: hash("bill"),
        upgrade: None,
        leaves: 0,
        vulnerabilities,
    }
}

/// Adds a release in use of which advisories hit these packages.
pub(crate) fn release(snapshot: &mut SystemSnapshot, component: &str, hit: Vec<HitPackage>) {
    Arc::make_mut(&mut snapshot.releases).push(ReleaseInUse {
        component: component.into(),
        version: "4.1".into(),
        records: Vec::new(),
        at: at("2026-11-01"),
        hit,
    });
}

/// An entry of the list of exploited vulnerabilities.
pub(crate) fn listed(since: &str, due: &str) -> Listed {
    Listed { due: Some(date(due)), since: Some(date(since)), ransomware: false }
}

/// Replaces the findings.
pub(crate) fn findings(snapshot: &mut SystemSnapshot, mut rows: Vec<Finding>) {
    rows.sort_by(|one, other| one.id.cmp(&other.id));
    snapshot.findings = Arc::new(columns(&rows));
}

/// Findings in columns, in the order given.
pub(crate) fn columns(rows: &[Finding]) -> Findings {
    let mut findings = Findings::default();
    rows.iter().for_each(|finding| findings.push(finding));
    findings.settle();
    findings
}

/// A judgement on a control.
pub(crate) fn judgement(
    number: u32,
    control: &str,
    result: AssessmentResult,
    day: &str,
) -> Record<Assessment> {
    let body = Assessment {
        system: id("system", 1),
        control: control.into(),
        result: Some(result),
        assessed_on: Some(date(day)),
        ..Assessment::default()
    };
    record("assess", number, body)
}
