//! A small system with everything a table or brief shows.

use jiff::Timestamp;
use jiff::civil::date;
use warrant_model::fact::Place;
use warrant_model::finding::{Finding, FindingSort, FindingState};
use warrant_model::hash::ContentHash;
use warrant_model::kind::Record;
use warrant_model::kinds::{Milestone, PoamItem, System};
use warrant_model::level::{Impact, Objective, Severity};
use warrant_model::posture::{
    Change, ControlCounts, ControlStatus, CorrectiveAction, Deficiency, ExceptedUntil, Ground, Indicator,
    Posture, Rank, Scorecard, SeverityCounts, Source, StatementStatus, Status,
};
use warrant_model::snapshot::EvidenceMeta;

pub(crate) const SYSTEM: &str = "system_00000000000000000000000000000001";

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn now() -> Timestamp {
    at("2026-11-23T09:30:00Z")
}

pub(crate) fn title_of(kind: &str, id: &str) -> String {
    match (kind, id) {
        ("system", SYSTEM) => "Pump Station Historian".into(),
        ("person", "person_1") => "Ada Okafor".into(),
        ("poam_item", "poam_1") => "Patch the historian".into(),
        _ => id.into(),
    }
}

pub(crate) fn record<T>(id: &str, body: T) -> Record<T> {
    let created_at = at("2026-10-01T08:00:00Z");
    Record { id: id.into(), version: 1, created_at, updated_at: created_at, body }
}

pub(crate) fn system() -> Record<System> {
    record(
        SYSTEM,
        System {
            name: "Pump Station Historian".into(),
            phase: "operational".into(),
            owner: Some("person_1".into()),
            authorized_on: Some(date(2024, 1, 23)),
            authorization_expires: Some(date(2027, 1, 23)),
            ..System::default()
        },
    )
}

pub(crate) fn poam_items() -> Vec<Record<PoamItem>> {
    let planned = PoamItem {
        system: SYSTEM.into(),
        title: "Patch the historian".into(),
        description: Some("=cmd|' /C calc'!A1".into()),
        state: "ongoing".into(),
        severity: Some(Severity::High),
        controls: vec!["si-2".into(), "ra-5".into()],
        deficiencies: vec!["d1".into()],
        owner: Some("person_1".into()),
        identified: Some(date(2026, 10, 1)),
        due: Some(date(2026, 11, 20)),
        milestones: vec![
            Milestone {
                title: "Test the update".into(),
                due: Some(date(2026, 11, 1)),
                done: Some(date(2026, 10, 30)),
            },
            Milestone { title: "Install it".into(), due: Some(date(2026, 11, 20)), done: None },
        ],
        cost: Some(1250.5),
        hours: Some(16.0),
        comments: Some("-3 days lost, \"vendor late\"".into()),
        ..PoamItem::default()
    };
    let closed = PoamItem {
        system: SYSTEM.into(),
        title: "Name an owner".into(),
        state: "closed".into(),
        ..PoamItem::default()
    };
    vec![record("poam_1", planned), record("poam_2", closed)]
}

pub(crate) fn scan() -> ContentHash {
    ContentHash::of(b"scan")
}

pub(crate) fn evidence() -> Vec<EvidenceMeta> {
    vec![EvidenceMeta {
        hash: scan(),
        name: "historian.nessus".into(),
        format: "nessus".into(),
        tool: "nessus".into(),
        observed_at: at("2026-11-20T02:00:00Z"),
        received_at: at("2026-11-20T06:00:00Z"),
    }]
}

pub(crate) fn deficiency(id: &str, severity: Severity) -> Deficiency {
    Deficiency {
        id: id.into(),
        check: "patch-age".into(),
        title: format!("Deficiency {id} of the historian"),
        why: "12 hosts run a version with a known exploit; the fix is 47 days old.".into(),
        severity,
        since: at("2026-10-07T00:00:00Z"),
        due: Some(date(2026, 11, 6)),
        subject: Source::Record { kind: "system".into(), id: SYSTEM.into() },
        controls: vec!["si-2".into()],
        objectives: vec![Objective::Integrity, Objective::Availability],
        grounds: vec![
            Ground {
                says: "openssl 3.0.1 is open to CVE-2026-0001".into(),
                at: at("2026-11-20T02:00:00Z"),
                source: Source::Evidence {
                    evidence: scan(),
                    place: Place::new(214, "/NessusClientData_v2/Report/ReportHost[1]"),
                },
            },
            Ground {
                says: "the plan is overdue".into(),
                at: at("2026-11-21T00:00:00Z"),
                source: Source::Record { kind: "poam_item".into(), id: "poam_1".into() },
            },
        ],
        actions: vec![CorrectiveAction {
            title: "Update openssl to 3.0.19".into(),
            change: Change::Remediate { target: "historian".into() },
            hours: Some((4.0, 8.5)),
        }],
        owner: Some("person_1".into()),
        poam_item: Some("poam_1".into()),
        excepted: None,
        rank: Rank { score: 712.34, factors: vec![] },
    }
}

pub(crate) fn posture() -> Posture {
    let mut excepted = deficiency("d2", Severity::Medium);
    excepted.excepted = Some(ExceptedUntil { exception: "except_1".into(), until: date(2026, 12, 31) });
    let indicator = |objective, impact, score: Option<f32>, assessed| Indicator {
        objective,
        impact,
        score,
        assessed,
        deficiencies: 1,
        reason: "61 of 90 weighted controls hold.".into(),
    };
    Posture {
        system: SYSTEM.into(),
        as_of: now(),
        valid_until: at("2026-11-24T00:00:00Z"),
        baseline: "moderate".into(),
        scorecard: Scorecard([
            indicator(Objective::Confidentiality, Some(Impact::Low), None, 4.0),
            indicator(Objective::Integrity, Some(Impact::Moderate), Some(61.4), 80.0),
            indicator(Objective::Availability, None, Some(100.0), 100.0),
        ]),
        controls: ControlCounts {
            satisfied: 120,
            other_than_satisfied: 9,
            stale: 30,
            not_assessed: 128,
            not_applicable: 2,
        },
        open_findings: SeverityCounts { critical: 1, high: 4, medium: 10, low: 0, none: 3 },
        deficiencies: vec![deficiency("d1", Severity::Critical), excepted],
        evidence_at: Some(at("2026-11-20T02:00:00Z")),
    }
}

/// A month earlier: one deficiency that has ended since, another that was not yet there.
pub(crate) fn posture_before() -> Posture {
    let mut before = posture();
    before.as_of = at("2026-10-23T09:30:00Z");
    before.scorecard.0[1].score = Some(55.0);
    before.controls.satisfied = 100;
    before.open_findings.high = 9;
    before.deficiencies = vec![deficiency("d0", Severity::High), deficiency("d2", Severity::Medium)];
    before
}

pub(crate) fn finding() -> Finding {
    Finding {
        id: "f1".into(),
        system: SYSTEM.into(),
        sort: FindingSort::Weakness,
        tool: "nessus".into(),
        target: "historian".into(),
        rule: "42873".into(),
        benchmark: String::new(),
        title: "@SUM(1)".into(),
        subject: "443/tcp".into(),
        severity: Severity::Medium,
        state: FindingState::Open,
        suppressed: false,
        vulnerabilities: vec!["CVE-2026-0001".into()],
        cwes: vec![327, 326],
        controls: vec!["sc-8".into()],
        cvss_score: Some(7.1),
        exploit: Some(true),
        automatable: None,
        remedy: None,
        fixed_version: None,
        first_seen: at("2026-10-01T00:00:00Z"),
        last_seen: at("2026-11-20T02:00:00Z"),
        state_since: at("2026-10-01T00:00:00Z"),
        reopened: 1,
        moved_to: None,
        second: false,
        decision: None,
        evidence: scan(),
        place: Place::new(214, "/Report"),
    }
}

pub(crate) fn controls() -> Vec<ControlStatus> {
    let grounds = deficiency("d1", Severity::High).grounds;
    let met = StatementStatus { statement: "ac-2_smt.a".into(), status: Status::Satisfied, grounds: vec![] };
    let open = StatementStatus {
        statement: "ac-2_smt.b".into(),
        status: Status::OtherThanSatisfied,
        grounds: grounds.clone(),
    };
    let stale = Status::Stale { since: at("2026-11-01T00:00:00Z") };
    let lone = StatementStatus { statement: "si-2".into(), status: stale.clone(), grounds };
    vec![
        ControlStatus {
            control: "ac-2".into(),
            status: Status::OtherThanSatisfied,
            implementation: "own".into(),
            statements: vec![met, open],
            evidence_at: Some(now()),
            open_findings: 2,
        },
        ControlStatus {
            control: "si-2".into(),
            status: stale,
            implementation: "inherited".into(),
            statements: vec![lone],
            evidence_at: None,
            open_findings: 0,
        },
    ]
}
