//! Every check fires on its example and is silent on one that is nearly the same.

use crate::build::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use warrant_analysis::checks::CHECKS;
use warrant_analysis::{Policy, posture};
use warrant_model::Severity;
use warrant_model::fact::BackupAct;
use warrant_model::finding::FindingState;
use warrant_model::kinds::*;
use warrant_model::posture::{Change, Deficiency, Status};
use warrant_model::snapshot::{Inheritance, Inherited, Part, SystemSnapshot};

type Edit = fn(&mut SystemSnapshot);

/// Check id, what makes it fire, what does not.
const EXAMPLES: &[(&str, Edit, Edit)] = &[
    ("agreement-expired", |s| agreement(s, "2026-11-22"), |s| agreement(s, "2026-11-23")),
    ("agreement-expiring", |s| agreement(s, "2026-12-20"), |s| agreement(s, "2027-02-01")),
    (
        "authorization-expired",
        |s| s.system.body.authorization_expires = Some(date("2026-11-22")),
        |s| s.system.body.authorization_expires = Some(date("2026-11-23")),
    ),
    (
        "authorization-expiring",
        |s| s.system.body.authorization_expires = Some(date("2026-12-23")),
        |s| s.system.body.authorization_expires = Some(date("2026-12-24")),
    ),
    (
        "authorization-missing",
        |s| s.system.body.authorized_on = None,
        |s| {
            s.system.body.authorized_on = None;
            s.system.body.phase = "development".into();
        },
    ),
    (
        "backup-missing",
        |s| Arc::make_mut(&mut s.backups).clear(),
        |s| {
            Arc::make_mut(&mut s.backups).clear();
            s.components[0].body.backup_rpo_hours = None;
        },
    ),
    ("backup-never-restored", |s| keep_backups(s, |act| act != BackupAct::Restore), |_| {}),
    (
        "backup-not-verified",
        |s| {
            keep_backups(s, |act| act != BackupAct::DataCheck);
            backup(s, BackupAct::StructureCheck, "2026-11-22");
        },
        |_| {},
    ),
    ("backup-too-old", |s| s.components[0].body.backup_rpo_hours = Some(8), |_| {}),
    (
        "benchmark-rule-failed",
        |s| findings(s, vec![rule("a", "cm-6")]),
        |s| {
            let mut met = rule("a", "cm-6");
            met.state = FindingState::Met;
            findings(s, vec![met]);
        },
    ),
    ("boundary-missing", |s| s.system.body.boundary = Some(" ".into()), |_| {}),
    (
        "component-end-of-support",
        |s| s.components[0].body.end_of_support = Some(date("2026-12-31")),
        |s| s.components[0].body.end_of_support = Some(date("2029-12-31")),
    ),
    ("component-uncovered", |s| Arc::make_mut(&mut s.targets).clear(), |_| {}),
    (
        "component-unowned",
        |s| s.components[0].body.owner = None,
        |s| {
            s.components[0].body.owner = None;
            s.components[0].body.component_type = ComponentType::ExternalActor;
        },
    ),
    ("control-not-assessed", |_| {}, |s| s.system.body.phase = "development".into()),
    (
        "control-stale",
        |s| s.assessments.push(judgement(1, "pl-4.1", AssessmentResult::Satisfied, "2025-11-20")),
        |s| s.assessments.push(judgement(1, "pl-4.1", AssessmentResult::Satisfied, "2025-11-30")),
    ),
    (
        "control-unsatisfied-without-plan",
        |s| unsatisfied(s, "planned", "ac-7"),
        |s| {
            unsatisfied(s, "planned", "ac-2_smt.a");
        },
    ),
    ("data-store-unencrypted", |s| s.components[0].body.encrypted_at_rest = None, |_| {}),
    ("evidence-stale", |s| age_looks(s, "2026-10-01"), |s| age_looks(s, "2026-10-30")),
    ("exception-expired", |s| except(s, "approved", "2026-11-22"), |s| except(s, "withdrawn", "2026-11-22")),
    ("exception-expiring", |s| except(s, "approved", "2026-12-01"), |s| except(s, "approved", "2027-12-01")),
    (
        "finding-reopened",
        |s| {
            let mut back = weakness("a");
            back.first_seen = at("2026-06-01");
            findings(s, vec![back]);
        },
        |s| findings(s, vec![weakness("a")]),
    ),
    (
        "flow-unauthenticated",
        |s| flow(s, Protection::Yes, Protection::No),
        |s| {
            flow(s, Protection::Yes, Protection::Yes);
        },
    ),
    (
        "flow-unprotected",
        |s| flow(s, Protection::Unknown, Protection::Yes),
        |s| {
            flow(s, Protection::No, Protection::Yes);
            s.information_types[0].body.categories = vec![InformationCategory::Public];
        },
    ),
    ("information-type-without-levels", |s| s.information_types[0].body.availability = None, |_| {}),
    (
        "inherited-control-failing",
        |s| taken_from_others(s, Status::OtherThanSatisfied),
        |s| taken_from_others(s, Status::Satisfied),
    ),
    ("interconnection-without-agreement", |s| link(s, None, None), |s| link(s, Some("ISA-1"), None)),
    (
        "poam-closed-but-still-found",
        |s| {
            findings(s, vec![weakness("a")]);
            plan(s, PoamItem { state: "closed".into(), findings: vec!["a".into()], ..complete() });
        },
        |s| {
            let mut closed = weakness("a");
            closed.state = FindingState::Closed;
            findings(s, vec![closed]);
            plan(s, PoamItem { state: "closed".into(), findings: vec!["a".into()], ..complete() });
        },
    ),
    (
        "poam-incomplete",
        |s| plan(s, PoamItem { owner: None, ..complete() }),
        |s| plan(s, PoamItem { owner: None, state: "cancelled".into(), ..complete() }),
    ),
    (
        "poam-milestone-overdue",
        |s| plan(s, PoamItem { milestones: vec![milestone(None)], ..complete() }),
        |s| plan(s, PoamItem { milestones: vec![milestone(Some("2026-11-01"))], ..complete() }),
    ),
    (
        "poam-overdue",
        |s| plan(s, PoamItem { due: Some(date("2026-11-22")), ..complete() }),
        |s| plan(s, PoamItem { due: Some(date("2026-11-23")), ..complete() }),
    ),
    (
        "poam-stale-validation",
        |s| plan(s, PoamItem { state: "validating".into(), ..complete() }),
        |s| {
            plan(s, PoamItem { state: "validating".into(), ..complete() });
            s.poam_items[0].updated_at = at("2026-11-01");
        },
    ),
    (
        "release-affected",
        |s| {
            let serious = hit("CVE-2026-7001", Some(Severity::High), "2026-11-20");
            release(s, "portal", vec![hit_package("org.example:codec", vec![serious])]);
        },
        |s| {
            let mut decided = hit("CVE-2026-7001", Some(Severity::High), "2026-11-20");
            decided.decided_until = Some(at("2026-11-23T12:00:01Z"));
            release(s, "portal", vec![hit_package("org.example:codec", vec![decided])]);
        },
    ),
    ("responsible-person-left", |s| leave(s, "2026-11-22"), |s| leave(s, "2026-11-23")),
    (
        "review-overdue",
        |s| s.system.body.review_due = Some(date("2026-11-22")),
        |s| s.system.body.review_due = Some(date("2026-11-23")),
    ),
    (
        "risk-treatment-awaits-approval",
        |s| decide(s, "requested", "2027-11-22"),
        |s| decide(s, "approved", "2027-11-22"),
    ),
    (
        "risk-treatment-expired",
        |s| decide(s, "approved", "2026-11-22"),
        |s| decide(s, "approved", "2026-11-23"),
    ),
    (
        "risk-treatment-expiring",
        |s| decide(s, "approved", "2026-12-01"),
        |s| decide(s, "approved", "2027-12-01"),
    ),
    (
        "risk-treatment-undecided",
        |s| decide(s, "refused", "2027-11-22"),
        |s| {
            decide(s, "refused", "2027-11-22");
            s.scenarios[0].body.state = "draft".into();
        },
    ),
    ("sbom-missing", software, |s| {
        software(s);
        part(s, "PORTAL");
    }),
    (
        "security-design-missing",
        |s| s.system.body.security_design = None,
        |s| {
            s.system.body.security_design = None;
            s.system.body.phase = "development".into();
        },
    ),
    (
        "store-on-user-owned-device",
        |s| s.components[0].body.user_owned = Some(true),
        |s| {
            s.components[0].body.user_owned = Some(true);
            s.components[0].body.stores.clear();
        },
    ),
    ("system-no-authorizing-official", |s| s.system.body.authorizing_official = None, |_| {}),
    ("system-no-security-officer", |s| s.system.body.security_officer = None, |_| {}),
    ("system-uncategorised", |s| s.information_types.clear(), |_| {}),
    ("system-unowned", |s| s.system.body.owner = None, |_| {}),
    (
        "target-unknown",
        |s| look(s, "nessus", "stranger", "2026-11-20"),
        |s| look(s, "nessus", "HIST1.EXAMPLE.", "2026-11-20"),
    ),
    ("task-overdue", |s| task(s, "open"), |s| task(s, "done")),
    (
        "vulnerability-known-exploited",
        |s| findings(s, vec![exploited(Some(true))]),
        |s| findings(s, vec![exploited(None)]),
    ),
    (
        "vulnerability-open",
        |s| findings(s, vec![weakness("a")]),
        |s| {
            let mut suppressed = weakness("a");
            suppressed.suppressed = true;
            findings(s, vec![suppressed]);
        },
    ),
    (
        "vulnerability-past-sla",
        |s| findings(s, vec![opened("2026-10-23")]),
        |s| findings(s, vec![opened("2026-10-24")]),
    ),
];

pub(crate) fn of_check(snapshot: &SystemSnapshot, id: &str) -> Vec<Deficiency> {
    let found = posture(snapshot, &Policy::embedded()).deficiencies;
    found.into_iter().filter(|deficiency| deficiency.check == id).collect()
}

#[test]
fn every_check_has_an_example() {
    let examples: Vec<_> = EXAMPLES.iter().map(|(id, ..)| *id).collect();
    let checks: Vec<_> = CHECKS.iter().map(|check| check.about.id).collect();
    assert_eq!(examples, checks);
}

#[test]
fn checks_are_sorted_unique_and_documented() {
    let ids: Vec<_> = CHECKS.iter().map(|check| check.about.id).collect();
    let sorted: BTreeSet<_> = ids.iter().copied().collect();
    assert_eq!(ids, sorted.into_iter().collect::<Vec<_>>());
    for check in CHECKS {
        let about = check.about;
        for text in [about.title, about.why, about.source, about.false_positives] {
            assert!(text.len() > 5, "{}: {text:?}", about.id);
        }
        assert!(about.why.ends_with('.') && about.false_positives.ends_with('.'), "{}", about.id);
        assert!(warrant_analysis::checks::find(about.id).is_some());
    }
}

#[test]
fn a_sound_system_has_nothing_to_put_right_but_assessing() {
    let found = posture(&sound(), &Policy::embedded()).deficiencies;
    let checks: BTreeSet<_> = found.iter().map(|deficiency| deficiency.check.as_str()).collect();
    assert_eq!(checks, BTreeSet::from(["control-not-assessed"]));
}

#[test]
fn every_check_fires_on_its_example_and_not_on_its_like() {
    for (id, fires, silent) in EXAMPLES {
        let mut snapshot = sound();
        fires(&mut snapshot);
        let found = of_check(&snapshot, id);
        assert!(!found.is_empty(), "{id} is silent on its example");
        for deficiency in &found {
            check_deficiency(deficiency, &snapshot);
        }
        let mut snapshot = sound();
        silent(&mut snapshot);
        assert!(of_check(&snapshot, id).is_empty(), "{id} fires on what is sound");
    }
}

/// What every deficiency must have.
fn check_deficiency(deficiency: &Deficiency, snapshot: &SystemSnapshot) {
    let id = &deficiency.check;
    assert!(!deficiency.title.is_empty() && deficiency.why.ends_with('.'), "{id}: {}", deficiency.why);
    assert!(deficiency.since <= snapshot.as_of, "{id}: since {} lies ahead", deficiency.since);
    assert_ne!(deficiency.since, snapshot.as_of, "{id}: since is the moment of looking");
    assert!(!deficiency.controls.is_empty(), "{id} names no control");
    for control in &deficiency.controls {
        let known = warrant_analysis::framework::Framework::embedded().bearing(control);
        assert!(known.is_some(), "{id}: {control} is no control");
    }
    assert!(!deficiency.grounds.is_empty() && !deficiency.actions.is_empty(), "{id}");
    assert!((0.0..=1000.0).contains(&deficiency.rank.score), "{id}: {}", deficiency.rank.score);
    let registry = warrant_model::Registry::standard();
    for action in &deficiency.actions {
        match &action.change {
            Change::Edit { kind, id: record, fields } => {
                let entry = registry.kind(kind).unwrap();
                assert!(!record.is_empty() && !fields.is_empty());
                for field in fields {
                    assert!(entry.field(field).is_some(), "{id}: {kind} has no field {field}");
                }
            }
            Change::Create { kind, with } => {
                let entry = registry.kind(kind).unwrap();
                for (field, value) in with {
                    assert!(entry.field(field).is_some(), "{id}: {kind} has no field {field}");
                    assert!(!value.is_empty(), "{id}: {kind}.{field} is empty");
                }
            }
            Change::Import { what } => assert!(!what.is_empty(), "{id}"),
            Change::Remediate { target } => assert!(!target.is_empty(), "{id}"),
        }
    }
}

#[test]
fn an_exception_covers_until_its_last_day() {
    let mut snapshot = sound();
    findings(&mut snapshot, vec![weakness("a")]);
    let open = of_check(&snapshot, "vulnerability-open").remove(0);
    except(&mut snapshot, "approved", "2026-11-23");
    snapshot.exceptions[0].body.check = None;
    snapshot.exceptions[0].body.deficiency = Some(open.id.clone());
    let covered = of_check(&snapshot, "vulnerability-open").remove(0);
    assert_eq!(covered.excepted.as_ref().unwrap().until, date("2026-11-23"));
    assert!(covered.rank.score < open.rank.score / 5.0);
    let policy = Policy::embedded();
    assert_eq!(posture(&snapshot, &policy).valid_until, at("2026-11-24"));
    snapshot.as_of = at("2026-11-24");
    assert_eq!(of_check(&snapshot, "vulnerability-open").remove(0).excepted, None);
}

#[test]
fn an_exception_for_a_check_covers_all_of_it_and_nothing_else() {
    let mut snapshot = sound();
    findings(&mut snapshot, vec![weakness("a"), rule("b", "cm-6")]);
    except(&mut snapshot, "approved", "2027-11-23");
    snapshot.exceptions[0].body.check = Some("benchmark-rule-failed".into());
    assert!(of_check(&snapshot, "benchmark-rule-failed")[0].excepted.is_some());
    assert_eq!(of_check(&snapshot, "vulnerability-open")[0].excepted, None);
    snapshot.exceptions[0].body.state = "requested".into();
    assert_eq!(of_check(&snapshot, "benchmark-rule-failed")[0].excepted, None);
}

#[test]
fn a_plan_that_names_a_finding_plans_its_deficiency() {
    let mut snapshot = sound();
    findings(&mut snapshot, vec![weakness("a")]);
    plan(&mut snapshot, PoamItem { findings: vec!["a".into()], ..complete() });
    let planned = of_check(&snapshot, "vulnerability-open").remove(0);
    assert_eq!(planned.poam_item, Some(id("poam", 1).0));
    snapshot.poam_items[0].body.state = "cancelled".into();
    let unplanned = of_check(&snapshot, "vulnerability-open").remove(0);
    assert_eq!(unplanned.poam_item, None);
    let offered = |d: &Deficiency| d.actions.iter().any(|action| action.title.contains("POA&M"));
    assert!(offered(&unplanned) && !offered(&planned));
}

#[test]
fn one_package_on_many_targets_is_one_deficiency() {
    let mut snapshot = sound();
    let rows = (0..40).map(|number| {
        let mut finding = weakness(&format!("{number:02}"));
        finding.target = format!("web{number}");
        finding.subject = format!("openssl 3.0.{}", number % 7);
        finding
    });
    findings(&mut snapshot, rows.collect());
    let found = of_check(&snapshot, "vulnerability-open");
    assert_eq!(found.len(), 1);
    assert!(found[0].why.starts_with("40 open findings on 40 targets"), "{}", found[0].why);
    assert_eq!(found[0].actions[0].title, "Update openssl to 3.0.9");
}

#[test]
fn identity_does_not_change_with_time_or_extent() {
    let mut snapshot = sound();
    findings(&mut snapshot, vec![weakness("a")]);
    let before = of_check(&snapshot, "vulnerability-open").remove(0).id;
    findings(&mut snapshot, vec![weakness("a"), weakness("b")]);
    snapshot.as_of = at("2026-11-25");
    assert_eq!(of_check(&snapshot, "vulnerability-open").remove(0).id, before);
}

#[test]
fn a_flow_across_zones_is_worse_than_one_within() {
    let severity = |zone: &str| {
        let mut snapshot = sound();
        flow(&mut snapshot, Protection::No, Protection::Yes);
        snapshot.components[1].body.zone = Some(zone.into());
        snapshot.components[0].body.zone = Some("plant".into());
        of_check(&snapshot, "flow-unprotected").remove(0).severity
    };
    assert_eq!(severity("Plant"), Severity::Medium);
    assert_eq!(severity("office"), Severity::High);
}

#[test]
fn a_missing_design_weighs_more_where_a_process_is_controlled() {
    let severity = |category: InformationCategory| {
        let mut snapshot = sound();
        snapshot.system.body.security_design = None;
        snapshot.information_types[0].body.categories = vec![category];
        of_check(&snapshot, "security-design-missing").remove(0).severity
    };
    assert_eq!(severity(InformationCategory::ControlData), Severity::High);
    assert_eq!(severity(InformationCategory::Public), Severity::Medium);
}

#[test]
fn a_backup_log_is_no_look_and_a_roster_names_no_host() {
    let mut snapshot = sound();
    Arc::make_mut(&mut snapshot.targets).clear();
    look(&mut snapshot, "restic", "hist1.example", "2026-11-20");
    look(&mut snapshot, "training-roster", "ada@example.org", "2026-11-20");
    assert_eq!(of_check(&snapshot, "component-uncovered").len(), 1);
    assert!(of_check(&snapshot, "target-unknown").is_empty());
    look(&mut snapshot, "restic", "unlisted", "2026-11-20");
    assert_eq!(of_check(&snapshot, "target-unknown").len(), 1);
}

#[test]
fn a_retired_system_has_nothing_to_put_right() {
    let mut snapshot = sound();
    snapshot.system.body.phase = "retired".into();
    snapshot.system.body.owner = None;
    assert!(posture(&snapshot, &Policy::embedded()).deficiencies.is_empty());
}

/// Takes PE-3 from another system, where it stands like this.
fn taken_from_others(snapshot: &mut SystemSnapshot, status: Status) {
    let one = Inherited {
        statement: "pe-3_smt.b".into(),
        part: Part::All,
        provider: id("system", 9),
        name: "Data centre".into(),
        status,
        since: at("2026-11-01"),
    };
    snapshot.inherited = Arc::new(Inheritance { statements: vec![one], ..Inheritance::default() });
}

fn link(snapshot: &mut SystemSnapshot, agreement: Option<&str>, expires: Option<&str>) {
    let body = Interconnection {
        name: "Weather feed".into(),
        remote_party: "Weather office".into(),
        agreement: agreement.map(str::to_owned),
        agreement_expires: expires.map(date),
        ..Interconnection::default()
    };
    snapshot.interconnections.push(record("link", 1, body));
}

fn agreement(snapshot: &mut SystemSnapshot, expires: &str) {
    link(snapshot, Some("ISA-1"), Some(expires));
}

fn flow(snapshot: &mut SystemSnapshot, encrypted: Protection, authenticated: Protection) {
    let panel = Component {
        name: "Panel".into(),
        component_type: ComponentType::Device,
        owner: Some(id("person", 1)),
        ..Component::default()
    };
    snapshot.components.push(record("component", 2, panel));
    let body = DataFlow {
        name: "Readings".into(),
        source: Some(id("component", 2)),
        destination: Some(id("component", 1)),
        information_types: vec![id("info", 1)],
        encrypted,
        authenticated,
        ..DataFlow::default()
    };
    snapshot.data_flows.push(record("flow", 1, body));
}

fn except(snapshot: &mut SystemSnapshot, state: &str, expires: &str) {
    let body = Exception {
        title: "Old panel".into(),
        state: state.into(),
        check: Some("component-unowned".into()),
        justification: "Will be replaced.".into(),
        expires: Some(date(expires)),
        ..Exception::default()
    };
    snapshot.exceptions.push(record("except", 1, body));
}

fn decide(snapshot: &mut SystemSnapshot, state: &str, expires: &str) {
    let scenario = Scenario { title: "Pumps stop".into(), state: "in-force".into(), ..Scenario::default() };
    snapshot.scenarios.push(record("scen", 1, scenario));
    let body = RiskTreatment {
        scenario: id("scen", 1),
        title: "Leave it at that".into(),
        state: state.into(),
        treatment: Some(Treatment::Accept),
        reason: "It costs more to mend.".into(),
        approver: Some(id("person", 2)),
        expires: Some(date(expires)),
        ..RiskTreatment::default()
    };
    snapshot.risk_treatments.push(record("treat", 1, body));
}

pub(crate) fn complete() -> PoamItem {
    PoamItem {
        title: "Update the historian".into(),
        state: "planned".into(),
        owner: Some(id("person", 1)),
        due: Some(date("2027-06-01")),
        ..PoamItem::default()
    }
}

pub(crate) fn plan(snapshot: &mut SystemSnapshot, item: PoamItem) {
    snapshot.poam_items.push(record("poam", 1, item));
}

fn milestone(done: Option<&str>) -> Milestone {
    Milestone { title: "Test".into(), due: Some(date("2026-11-01")), done: done.map(date) }
}

fn unsatisfied(snapshot: &mut SystemSnapshot, state: &str, planned: &str) {
    snapshot.assessments.push(judgement(1, "ac-2", AssessmentResult::OtherThanSatisfied, "2026-11-01"));
    plan(snapshot, PoamItem { state: state.into(), controls: vec![planned.into()], ..complete() });
}

fn task(snapshot: &mut SystemSnapshot, state: &str) {
    let due = Some(date("2026-11-01"));
    let body = Task { title: "Review accounts".into(), state: state.into(), due, ..Task::default() };
    snapshot.tasks.push(record("task", 1, body));
}

fn leave(snapshot: &mut SystemSnapshot, last: &str) {
    Arc::make_mut(&mut snapshot.programme).persons[0].body.left = Some(date(last));
}

fn keep_backups(snapshot: &mut SystemSnapshot, keep: fn(BackupAct) -> bool) {
    Arc::make_mut(&mut snapshot.backups).retain(|backup| keep(backup.fact.act));
}

fn age_looks(snapshot: &mut SystemSnapshot, when: &str) {
    Arc::make_mut(&mut snapshot.targets)[0].last_seen = at(when);
}

fn software(snapshot: &mut SystemSnapshot) {
    let body = Component { name: "Portal".into(), owner: Some(id("person", 1)), ..Component::default() };
    snapshot.components.push(record("component", 2, body));
}

pub(crate) fn exploited(known: Option<bool>) -> warrant_model::finding::Finding {
    warrant_model::finding::Finding { exploit: known, ..weakness("a") }
}

pub(crate) fn opened(day: &str) -> warrant_model::finding::Finding {
    let since = at(day);
    warrant_model::finding::Finding { first_seen: since, state_since: since, ..weakness("a") }
}
