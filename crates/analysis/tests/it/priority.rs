//! How fast to act on a weakness, by when and why.

use crate::build::*;
use warrant_analysis::priority::{Judge, Setting, Weakness, day_is_set_by};
use warrant_analysis::priority::{Late, Priority, decisions};
use warrant_analysis::{Policy, posture};
use warrant_model::finding::Finding;
use warrant_model::kinds::{Criticality, Exposure};
use warrant_model::posture::Deficiency;
use warrant_model::priority::{Decision, Exploitation, Signal};
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::{Impact, Severity};

const CVE: &str = "CVE-2026-0001";

/// The sound system, reached from the internet, essential and of high impact.
fn exposed() -> SystemSnapshot {
    let mut snapshot = sound();
    snapshot.system.body.exposure = Some(Exposure::Internet);
    snapshot.system.body.criticality = Some(Criticality::Essential);
    snapshot.information_types[0].body.availability = Some(Impact::High);
    snapshot
}

fn judged(
    snapshot: &SystemSnapshot,
    policy: &Policy,
    finding: &Finding,
) -> Option<(Priority, String, String)> {
    let categorisation = warrant_analysis::categorisation::Categorisation::of(snapshot);
    let setting = Setting::of(&snapshot.system.body, &categorisation);
    let judge = Judge { setting: &setting, policy, signals: &snapshot.signals };
    let weakness = Weakness::of(finding, &snapshot.signals)?;
    let priority = judge.priority(&weakness, |instant| instant <= snapshot.as_of)?;
    let set_by = day_is_set_by(priority.due.clock, finding.severity, policy);
    Some((priority, set_by, judge.sentence(&priority, finding.severity, Late::No)))
}

fn decided(snapshot: &SystemSnapshot, finding: &Finding) -> Option<Decision> {
    judged(snapshot, &Policy::embedded(), finding).map(|(priority, ..)| priority.decision)
}

fn due(snapshot: &SystemSnapshot, policy: &Policy, finding: &Finding) -> (String, String) {
    let (priority, set_by, _) = judged(snapshot, policy, finding).unwrap();
    (priority.due.day.to_string(), set_by)
}

fn with(signal: Signal) -> SystemSnapshot {
    let mut snapshot = exposed();
    crate::build::signal(&mut snapshot, CVE, signal);
    snapshot
}

fn exploitation(exploitation: Exploitation) -> Signal {
    Signal { exploitation: Some(exploitation), ..Signal::default() }
}

#[test]
fn the_worst_that_anybody_says_of_exploits_counts() {
    let quiet = Finding { exploit: Some(false), automatable: Some(true), ..weakness("a") };
    let of = |signal| decided(&with(signal), &quiet).unwrap();
    let listed = Signal { listed: Some(listed("2026-11-20", "2026-12-11")), ..Signal::default() };
    assert_eq!(of(listed), Decision::Immediate);
    assert_eq!(of(exploitation(Exploitation::Active)), Decision::Immediate);
    assert_eq!(of(exploitation(Exploitation::Poc)), Decision::OutOfCycle);
    let mut important = exposed();
    important.system.body.criticality = Some(Criticality::Important);
    let at = |snapshot: &SystemSnapshot, finding: &Finding| decided(snapshot, finding).unwrap();
    assert_eq!(at(&important, &quiet), Decision::Scheduled);
    assert_eq!(at(&important, &Finding { exploit: Some(true), ..quiet.clone() }), Decision::OutOfCycle);
    assert_eq!(
        at(&important, &Finding { exploit: None, ..quiet.clone() }),
        Decision::OutOfCycle,
        "not known"
    );
    signal(&mut important, "CVE-2026-9999", exploitation(Exploitation::Active));
    assert_eq!(
        at(&important, &Finding { exploit: None, ..quiet.clone() }),
        Decision::Scheduled,
        "not listed"
    );
    let nameless = Finding { exploit: None, vulnerabilities: vec![], ..quiet.clone() };
    assert_eq!(at(&important, &nameless), Decision::OutOfCycle, "no list names what has no CVE id");
    let predicted = |probability| Signal { probability: Some(probability), ..Signal::default() };
    signal(&mut important, CVE, predicted(0.1));
    assert_eq!(at(&important, &quiet), Decision::OutOfCycle);
    signal(&mut important, CVE, predicted(0.09));
    assert_eq!(at(&important, &quiet), Decision::Scheduled);
}

#[test]
fn an_entry_of_the_list_counts_from_its_day_on() {
    let mut snapshot = with(Signal { listed: Some(listed("2026-11-20", "2026-12-11")), ..Signal::default() });
    let quiet = Finding { exploit: Some(false), automatable: Some(true), ..weakness("a") };
    snapshot.as_of = at("2026-11-19T23:59:59Z");
    assert_eq!(decided(&snapshot, &quiet), Some(Decision::OutOfCycle));
    snapshot.as_of = at("2026-11-20");
    assert_eq!(decided(&snapshot, &quiet), Some(Decision::Immediate));
    assert_eq!(snapshot_decision(&snapshot, &quiet), Some(Decision::Immediate));
}

fn snapshot_decision(snapshot: &SystemSnapshot, finding: &Finding) -> Option<Decision> {
    let mut snapshot = snapshot.clone();
    findings(&mut snapshot, vec![finding.clone()]);
    decisions(&snapshot, &Policy::embedded(), |_| true).first().map(|(_, decision)| *decision)
}

#[test]
fn what_is_not_known_takes_the_cautious_answer_and_says_so() {
    let mut snapshot = exposed();
    let unknown = Finding { exploit: None, automatable: None, ..weakness("a") };
    snapshot.system.body.exposure = None;
    snapshot.system.body.criticality = None;
    snapshot.information_types.clear();
    let (priority, _, sentence) = judged(&snapshot, &Policy::embedded(), &unknown).unwrap();
    assert_eq!(priority.decision, Decision::OutOfCycle);
    for said in [
        "whether there is an exploit is not known, so one is assumed",
        "whether attacks can be automated is not known, so it is assumed",
        "who can reach it is not stated, so the internet is assumed",
        "what the mission loses without Pump control is not stated and taken as all of it",
        "its impact not categorised and taken as high",
    ] {
        assert!(sentence.contains(said), "{sentence}");
    }
    let known = Finding { exploit: Some(false), automatable: Some(false), ..weakness("a") };
    assert!(decided(&sound(), &known).unwrap() < priority.decision);
}

#[test]
fn a_coordinator_is_believed_before_a_vector() {
    let derived = Finding { exploit: Some(false), automatable: Some(true), ..weakness("a") };
    let judged = with(Signal { automatable: Some(false), ..Signal::default() });
    assert_eq!(decided(&exposed(), &derived), Some(Decision::OutOfCycle));
    assert_eq!(decided(&judged, &derived), Some(Decision::Scheduled));
}

#[test]
fn a_lesser_weakness_does_not_end_the_mission() {
    let of = |severity| {
        let finding = Finding { severity, exploit: Some(true), automatable: Some(true), ..weakness("a") };
        decided(&exposed(), &finding)
    };
    assert_eq!(of(Severity::Critical), Some(Decision::OutOfCycle));
    assert_eq!(of(Severity::Low), Some(Decision::Scheduled));
    let finding = Finding { severity: Severity::Low, ..weakness("a") };
    let (.., sentence) = judged(&exposed(), &Policy::embedded(), &finding).unwrap();
    assert!(
        sentence.contains("of which a low weakness alone puts no more than a part at stake"),
        "{sentence}"
    );
}

#[test]
fn what_nobody_need_act_on_has_no_decision() {
    let none = |edit: fn(&mut Finding)| {
        let mut finding = weakness("a");
        edit(&mut finding);
        assert_eq!(decided(&exposed(), &finding), None);
        assert_eq!(snapshot_decision(&exposed(), &finding), None);
    };
    none(|finding| finding.severity = Severity::None);
    none(|finding| finding.suppressed = true);
    none(|finding| finding.state = warrant_model::finding::FindingState::Closed);
    none(|finding| finding.sort = warrant_model::finding::FindingSort::Check);
    let known = Finding { severity: Severity::None, exploit: Some(true), ..weakness("a") };
    assert!(decided(&exposed(), &known).is_some());
}

#[test]
fn the_earliest_clock_sets_the_day() {
    let policy = Policy::embedded();
    let opened =
        |day: &str| Finding { exploit: Some(false), automatable: Some(false), ..crate::checks::opened(day) };
    let quiet = opened("2026-11-20");
    assert_eq!(
        due(&sound(), &policy, &quiet),
        ("2026-12-20".into(), "the 30 days for high weaknesses".into())
    );
    let reached = due(&exposed(), &policy, &quiet);
    assert_eq!(
        reached,
        ("2026-12-05".into(), "the 15 days for high weaknesses reached from the internet".into())
    );
    let urgent = Finding { automatable: Some(true), ..quiet.clone() };
    assert_eq!(
        due(&exposed(), &policy, &urgent),
        ("2026-12-04".into(), "the 14 days for decisions out of cycle".into())
    );
    let listed = |since, due| with(Signal { listed: Some(listed(since, due)), ..Signal::default() });
    let kev = "the due date of the list of exploited vulnerabilities (KEV)";
    assert_eq!(due(&listed("2026-11-20", "2026-11-22"), &policy, &quiet), ("2026-11-22".into(), kev.into()));
    // A later date does not give more time than the organisation does.
    assert_eq!(
        due(&listed("2026-11-20", "2026-12-30"), &policy, &quiet),
        ("2026-11-23".into(), "the 3 days for immediate decisions".into())
    );
    // What was due before it was found is due on the day it is found.
    assert_eq!(due(&listed("2021-12-10", "2021-12-24"), &policy, &quiet), ("2026-11-20".into(), kev.into()));
    // Days that follow from an entry begin on the day of the entry.
    let old = opened("2026-11-18");
    assert_eq!(due(&listed("2026-11-21", "2026-12-30"), &policy, &old).0, "2026-11-24");
}

#[test]
fn fedramps_clock_runs_when_policy_chooses_it() {
    let quiet = Finding { exploit: Some(false), automatable: Some(false), ..weakness("a") };
    let of = |class: &str, snapshot: &SystemSnapshot, finding: &Finding| {
        let text = format!("[remediation.vdr]\nclass = \"{class}\"\nseveral_agencies = false");
        due(snapshot, &Policy::with_overrides(&text).unwrap(), finding)
    };
    let urgent = Finding { automatable: Some(true), ..quiet.clone() };
    assert_eq!(
        of("c", &exposed(), &urgent),
        (
            "2026-11-24".into(),
            "FedRAMP\u{2019}s 4 days for a potential impact of N4".replace('\u{2019}', "'")
        )
    );
    let (priority, set_by, _) =
        judged(&exposed(), &Policy::with_overrides("[remediation.vdr]\nclass = \"d\"").unwrap(), &urgent)
            .unwrap();
    assert_eq!(priority.due.day.to_string(), "2026-11-20", "12 hours end on the same day");
    assert_eq!(set_by, "FedRAMP's 12 hours for a potential impact of N5");
    // Not likely exploitable: 64 days, more than the organisation gives.
    assert_eq!(of("c", &exposed(), &quiet).1, "the 15 days for high weaknesses reached from the internet");
}

fn told(snapshot: &SystemSnapshot) -> Deficiency {
    let found = posture(snapshot, &Policy::embedded()).deficiencies;
    found.into_iter().find(|deficiency| deficiency.check.starts_with("vulnerability-")).unwrap()
}

#[test]
fn the_sentence_says_by_when_and_why() {
    let mut snapshot = with(Signal { listed: Some(listed("2026-11-20", "2026-12-04")), ..Signal::default() });
    let finding = Finding { automatable: Some(true), ..weakness("a") };
    let (.., sentence) = judged(&snapshot, &Policy::embedded(), &finding).unwrap();
    assert_eq!(
        sentence,
        "Act by 2026-11-23, the 3 days for immediate decisions; immediate: exploited in the wild (KEV since \
         2026-11-20), reached from the internet, attacks can be automated, and Pump control is essential to the \
         mission at high impact."
    );
    findings(&mut snapshot, vec![finding]);
    let deficiency = told(&snapshot);
    assert_eq!(deficiency.check, "vulnerability-known-exploited");
    assert!(deficiency.why.ends_with(&sentence), "{}", deficiency.why);
    assert_eq!(deficiency.due, Some(date("2026-11-23")));
    snapshot.as_of = at("2026-11-24");
    let late = told(&snapshot);
    assert_eq!(late.check, "vulnerability-past-sla");
    assert!(late.why.contains("It was to be gone by 2026-11-23"), "{}", late.why);
}

#[test]
fn what_attackers_use_is_serious_whatever_the_tool_says() {
    let mut snapshot = with(exploitation(Exploitation::Active));
    let harmless = Finding { severity: Severity::Low, exploit: Some(false), ..weakness("a") };
    findings(&mut snapshot, vec![harmless]);
    let deficiency = told(&snapshot);
    assert_eq!(
        (deficiency.check.as_str(), deficiency.severity),
        ("vulnerability-known-exploited", Severity::High)
    );
    assert!(deficiency.title.contains("exploited in the wild"), "{}", deficiency.title);
}
