//! Properties of posture over random snapshots: the order of rows does not matter, time matters only at declared
//! instants.

use crate::build::*;
use jiff::Timestamp;
use proptest::prelude::*;
use std::sync::Arc;
use warrant_analysis::{Policy, controls, posture, programme_posture};
use warrant_model::fact::{BackupAct, Place, TrainingFact};
use warrant_model::finding::{Finding, FindingSort, FindingState};
use warrant_model::kinds::*;
use warrant_model::posture::Posture;
use warrant_model::priority::{Listed, Signal};
use warrant_model::snapshot::{Programme, Sourced, SystemSnapshot};
use warrant_model::time::{day, from_micros, micros, plus_days};
use warrant_model::{Impact, RecordId, Severity};

/// A sequence of numbers that look random (SplitMix64).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.roll() % bound
    }

    pub(crate) fn pick<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u64) as usize].clone()
    }

    fn sometimes<T>(&mut self, value: T) -> Option<T> {
        (self.below(3) > 0).then_some(value)
    }

    /// An instant from 500 days before to 300 days after the present.
    fn instant(&mut self, now: Timestamp) -> Timestamp {
        let days = self.below(800) as i64 - 500;
        from_micros(micros(plus_days(now, days)) + self.below(86_400) as i64 * 1_000_000)
    }

    fn past(&mut self, now: Timestamp) -> Timestamp {
        self.instant(now).min(now)
    }
}

const CONTROLS: &[&str] =
    &["ac-2", "ac-2_smt.a", "ac-7", "ac-7_smt.b", "si-2", "cm-6_smt.b", "ra-5", "pe-3", "ac-25"];

fn severity(dice: &mut Dice) -> Severity {
    dice.pick(&Severity::DESCENDING)
}

pub(crate) fn random_findings(now: Timestamp, seed: u64) -> Vec<Finding> {
    let mut dice = Dice::new(seed ^ 0xf1);
    let number = dice.below(60);
    let rows = (0..number).map(|number| {
        let mut finding = weakness(&format!("{number:03}"));
        finding.sort = dice.pick(&[FindingSort::Weakness, FindingSort::Check]);
        let state = dice.pick(&FindingState::ALL);
        finding.state = if dice.below(2) == 0 { FindingState::Open } else { state };
        finding.severity = severity(&mut dice);
        finding.suppressed = dice.below(6) == 0;
        finding.target = dice.pick(&["hist1.example", "panel", "stranger"]).into();
        finding.rule = format!("R-{}", dice.below(6));
        finding.subject = dice.pick(&["openssl 3.0.1", "zlib 1.2", "443/tcp", ""]).into();
        finding.exploit = dice.pick(&[None, Some(false), Some(true)]);
        finding.automatable = dice.pick(&[None, Some(false), Some(true)]);
        let own: Vec<_> = (0..dice.below(3)).map(|_| dice.pick(CONTROLS).to_owned()).collect();
        finding.controls = own;
        finding.state_since = dice.past(now);
        finding.first_seen = finding.state_since.min(dice.past(now));
        finding.last_seen = finding.state_since.max(dice.past(now));
        finding
    });
    rows.collect()
}

/// A random system; the system record's version is the seed of its findings.
pub(crate) fn random(seed: u64) -> SystemSnapshot {
    let mut dice = Dice::new(seed);
    let mut snapshot = sound();
    let now = snapshot.as_of;
    let date = |dice: &mut Dice| {
        let at = dice.instant(now);
        dice.sometimes(day(at))
    };
    let finding_seed = dice.below(1 << 40);
    snapshot.system.version = finding_seed as i64;
    let system = &mut snapshot.system.body;
    system.phase = dice.pick(&["operational", "operational", "development", "planned"]).into();
    system.authorized_on = date(&mut dice);
    system.authorization_expires = date(&mut dice);
    system.review_due = date(&mut dice);
    system.exposure = dice.pick(&[None, Some(Exposure::Internet), Some(Exposure::Internal)]);
    system.criticality = dice.pick(&[None, Some(Criticality::Essential)]);
    snapshot.information_types[0].body.integrity =
        dice.pick(&[None, Some(Impact::Low), Some(Impact::Moderate), Some(Impact::High)]);
    let since = date(&mut dice);
    if dice.below(2) == 0 {
        let listed = Listed { due: date(&mut dice), since, ransomware: false };
        signal(&mut snapshot, "CVE-2026-0001", Signal { listed: Some(listed), ..Signal::default() });
    }
    let people = Arc::make_mut(&mut snapshot.programme);
    for person in &mut people.persons {
        person.body.left = date(&mut dice);
    }
    for number in 2..2 + dice.below(4) as u32 {
        let body = Component {
            name: format!("part {number}"),
            component_type: dice.pick(&[
                ComponentType::Host,
                ComponentType::Software,
                ComponentType::ExternalActor,
            ]),
            hostnames: vec![dice.pick(&["panel", "hist1.example", "other"]).into()],
            owner: dice.sometimes(id("person", 1)),
            end_of_support: date(&mut dice),
            stores: vec![id("info", 1)],
            encrypted_at_rest: dice.pick(&[None, Some(true), Some(false)]),
            backup_rpo_hours: dice.pick(&[None, Some(5), Some(500)]),
            zone: dice.pick(&[None, Some("a".to_owned()), Some("b".to_owned())]),
            ..Component::default()
        };
        snapshot.components.push(record("component", number, body));
    }
    let protections = [Protection::Yes, Protection::No, Protection::Unknown];
    for number in 1..1 + dice.below(4) as u32 {
        let body = DataFlow {
            name: format!("flow {number}"),
            source: Some(id("component", 1 + dice.below(4) as u32)),
            destination: Some(id("component", 1 + dice.below(4) as u32)),
            information_types: vec![id("info", 1)],
            encrypted: dice.pick(&protections),
            authenticated: dice.pick(&protections),
            ..DataFlow::default()
        };
        snapshot.data_flows.push(record("flow", number, body));
        let body = Interconnection {
            name: format!("link {number}"),
            agreement: dice.sometimes("ISA".to_owned()),
            agreement_expires: date(&mut dice),
            ..Interconnection::default()
        };
        snapshot.interconnections.push(record("link", number, body));
    }
    random_releases(&mut snapshot, &mut dice);
    random_judgements(&mut snapshot, &mut dice);
    random_plans(&mut snapshot, &mut dice);
    let acts = [BackupAct::Snapshot, BackupAct::StructureCheck, BackupAct::DataCheck, BackupAct::Restore];
    Arc::make_mut(&mut snapshot.backups).clear();
    for _ in 0..dice.below(8) {
        let when = dice.past(now);
        backup(&mut snapshot, dice.pick(&acts), &when.to_string());
    }
    for _ in 0..dice.below(6) {
        let (tool, target) = (
            dice.pick(&["nessus", "xccdf", "spdx-json", "restic"]),
            dice.pick(&["hist1.example", "panel", "odd"]),
        );
        let when = dice.past(now).to_string();
        look(&mut snapshot, tool, target, &when);
    }
    snapshot.findings = Arc::new(columns(&random_findings(now, finding_seed)));
    snapshot
}

fn random_releases(snapshot: &mut SystemSnapshot, dice: &mut Dice) {
    let now = snapshot.as_of;
    let severities = [None, Some(Severity::Low), Some(Severity::Medium), Some(Severity::Critical)];
    for component in 0..dice.below(3) {
        let packages = (0..dice.below(5)).map(|number| {
            let hits = (0..1 + dice.below(3)).map(|nth| {
                let id = format!("CVE-2026-000{}", dice.below(9));
                let since = dice.past(now).to_string();
                let mut one = hit(&format!("{id}{nth}"), dice.pick(&severities), &since);
                one.decided_until = Some(dice.instant(now)).filter(|_| dice.below(3) == 0);
                one
            });
            hit_package(&format!("org.example:part{number}"), hits.collect())
        });
        let packages = packages.collect();
        release(snapshot, &format!("portal{component}"), packages);
    }
}

fn random_judgements(snapshot: &mut SystemSnapshot, dice: &mut Dice) {
    let now = snapshot.as_of;
    for number in 1..1 + dice.below(25) as u32 {
        let result = dice.pick(&[AssessmentResult::Satisfied, AssessmentResult::OtherThanSatisfied]);
        // Few distinct days, so that judgements often share one.
        let when = day(plus_days(now, -80 * dice.below(6) as i64 + 40)).to_string();
        let mut given = judgement(number, dice.pick(CONTROLS), result, &when);
        given.body.cci = dice.pick(&[None, None, Some("CCI-000001"), Some("CCI-000002")]).map(str::to_owned);
        if given.body.cci.is_some() && dice.below(4) == 0 {
            given.body.result = Some(AssessmentResult::NotApplicable);
        }
        snapshot.assessments.push(given);
    }
    for number in 1..1 + dice.below(24) as u32 {
        let body = Implementation {
            control: dice.pick(CONTROLS).into(),
            status: dice.pick(&[
                ImplementationStatus::Implemented,
                ImplementationStatus::Inherited,
                ImplementationStatus::Planned,
            ]),
            provider: dice.sometimes(id("system", 9)),
            component: dice.sometimes(id("component", 1)),
            ..Implementation::default()
        };
        snapshot.implementations.push(record("impl", number, body));
        let body = Tailoring {
            control: dice.pick(CONTROLS).into(),
            action: dice.pick(&[TailoringAction::Add, TailoringAction::NotApplicable, TailoringAction::Add]),
            rationale: format!("reason {number}"),
            ..Tailoring::default()
        };
        snapshot.tailorings.push(record("tailor", number, body));
    }
}

fn random_plans(snapshot: &mut SystemSnapshot, dice: &mut Dice) {
    let now = snapshot.as_of;
    for number in 1..1 + dice.below(6) as u32 {
        let due = day(dice.instant(now));
        let milestone = Milestone {
            title: "step".into(),
            due: Some(day(dice.instant(now))),
            done: dice.sometimes(day(now)),
        };
        let item = PoamItem {
            title: format!("plan {number}"),
            state: dice.pick(&["draft", "planned", "validating", "closed", "cancelled"]).into(),
            owner: dice.sometimes(id("person", 2)),
            due: dice.sometimes(due),
            milestones: vec![milestone],
            controls: vec![dice.pick(CONTROLS).into()],
            findings: vec![format!("{:03}", dice.below(60))],
            ..PoamItem::default()
        };
        let mut item = record("poam", number, item);
        item.updated_at = dice.past(now);
        snapshot.poam_items.push(item);
        let exception = Exception {
            title: format!("exception {number}"),
            state: dice.pick(&["approved", "requested"]).into(),
            check: Some(dice.pick(&["vulnerability-open", "component-unowned", "poam-overdue"]).into()),
            expires: Some(day(dice.instant(now))),
            ..Exception::default()
        };
        snapshot.exceptions.push(record("except", number, exception));
        let scenario = Scenario {
            title: format!("scenario {number}"),
            state: dice.pick(&["in-force", "draft"]).into(),
            ..Scenario::default()
        };
        snapshot.scenarios.push(record("scen", number, scenario));
        for nth in 0..dice.below(3) {
            let body = RiskTreatment {
                title: format!("decision {nth} on {number}"),
                scenario: id("scen", number),
                state: dice.pick(&["approved", "requested", "refused"]).into(),
                expires: Some(day(dice.instant(now))),
                ..RiskTreatment::default()
            };
            let mut decision = record("treat", 10 * number + nth as u32, body);
            decision.updated_at = dice.past(now);
            snapshot.risk_treatments.push(decision);
        }
        let due = day(dice.instant(now));
        let task = Task { title: format!("task {number}"), due: dice.sometimes(due), ..Task::default() };
        snapshot.tasks.push(record("task", number, task));
    }
}

fn random_programme(seed: u64) -> Programme {
    let mut dice = Dice::new(seed);
    let mut programme = people();
    for person in &mut programme.persons {
        person.body.required_courses = vec!["Awareness".into(), "Secure code".into()];
        person.body.joined = dice.pick(&[None, Some(day(now())), Some(date("2026-12-24"))]);
        let left = day(dice.instant(now()));
        person.body.left = dice.pick(&[None, None, Some(left)]);
    }
    for number in 0..dice.below(8) as u32 {
        let completed = day(dice.past(now()));
        let lapses = day(dice.instant(now()));
        let fact = TrainingFact {
            email: dice.pick(&["ADA@example.org", "ben@example.org"]).into(),
            course: dice.pick(&["awareness", "Secure code"]).into(),
            completed,
            expires: dice.sometimes(lapses),
            score: None,
            passed: dice.below(4) > 0,
        };
        let place = Place::new(number, "");
        programme.training.push(Sourced { fact, evidence: hash("roster"), place, at: now() });
        let unit = Unit {
            name: format!("unit {number}"),
            parent: dice.sometimes(id("unit", dice.0 as u32 % 8)),
            head: dice.sometimes(id("person", 1)),
            ..Unit::default()
        };
        programme.units.push(record("unit", number, unit));
        let due = day(dice.instant(now()));
        let task = Task { title: format!("task {number}"), due: Some(due), ..Task::default() };
        programme.tasks.push(record("task", number, task));
        let contact: Option<RecordId> = dice.sometimes(id("person", 2));
        let party = Stakeholder { name: format!("party {number}"), contact, ..Stakeholder::default() };
        programme.stakeholders.push(record("stakeholder", number, party));
        money(&mut programme, &mut dice, number);
    }
    programme
}

/// Reorders rows at random.
#[expect(clippy::ptr_arg, reason = "callers pass vectors behind Arc::make_mut")]
fn shuffle<T>(rows: &mut Vec<T>, dice: &mut Dice) {
    for at in (1..rows.len()).rev() {
        rows.swap(at, dice.below(at as u64 + 1) as usize);
    }
}

/// The same but for the instant it was asked at.
fn timeless(posture: Posture) -> Posture {
    Posture { as_of: Timestamp::UNIX_EPOCH, ..posture }
}

/// An instant between two, the later one left out.
pub(crate) fn between(from: Timestamp, to: Timestamp, share: f64) -> Timestamp {
    let span = (micros(to) - micros(from)) as f64;
    from_micros((micros(from) + (span * share) as i64).min(micros(to) - 1))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_order_of_rows_does_not_matter(seed in any::<u64>()) {
        let policy = Policy::embedded();
        let snapshot = random(seed);
        let mut other = snapshot.clone();
        let dice = &mut Dice::new(seed ^ 1);
        shuffle(&mut other.components, dice);
        shuffle(&mut other.data_flows, dice);
        shuffle(&mut other.interconnections, dice);
        shuffle(&mut other.implementations, dice);
        shuffle(&mut other.assessments, dice);
        shuffle(&mut other.tailorings, dice);
        shuffle(&mut other.poam_items, dice);
        shuffle(&mut other.exceptions, dice);
        shuffle(&mut other.scenarios, dice);
        shuffle(&mut other.risk_treatments, dice);
        shuffle(&mut other.tasks, dice);
        shuffle(Arc::make_mut(&mut other.backups), dice);
        shuffle(Arc::make_mut(&mut other.targets), dice);
        shuffle(Arc::make_mut(&mut other.evidence), dice);
        let mut rows = random_findings(other.as_of, other.system.version as u64);
        shuffle(&mut rows, dice);
        other.findings = Arc::new(columns(&rows));
        prop_assert_eq!(posture(&snapshot, &policy), posture(&other, &policy));
        prop_assert_eq!(controls(&snapshot, &policy), controls(&other, &policy));
    }

    #[test]
    fn a_posture_holds_until_it_says(seed in any::<u64>(), share in 0.0..1.0f64) {
        let policy = Policy::embedded();
        let mut snapshot = random(seed);
        let mut steps = 0;
        // Walk from one declared instant to the next; in between nothing changes.
        while steps < 12 {
            let first = posture(&snapshot, &policy);
            let until = first.valid_until;
            prop_assert!(until > snapshot.as_of);
            if until == Timestamp::MAX {
                break;
            }
            for instant in [between(snapshot.as_of, until, share), from_micros(micros(until) - 1)] {
                let later = SystemSnapshot { as_of: instant, ..snapshot.clone() };
                prop_assert_eq!(&timeless(first.clone()), &timeless(posture(&later, &policy)));
            }
            snapshot.as_of = until;
            steps += 1;
        }
    }

    #[test]
    fn control_status_holds_as_long_as_posture(seed in any::<u64>(), share in 0.0..1.0f64) {
        let policy = Policy::embedded();
        let snapshot = random(seed);
        let until = posture(&snapshot, &policy).valid_until;
        let later = SystemSnapshot { as_of: between(snapshot.as_of, until, share), ..snapshot.clone() };
        prop_assert_eq!(controls(&snapshot, &policy), controls(&later, &policy));
    }

    #[test]
    fn the_programmes_posture_holds_until_it_says(seed in any::<u64>(), share in 0.0..1.0f64) {
        let policy = Policy::embedded();
        let programme = random_programme(seed);
        let mut instant = now();
        for _ in 0..12 {
            let first = programme_posture(&programme, instant, &policy);
            if first.valid_until == Timestamp::MAX {
                break;
            }
            let later = programme_posture(&programme, between(instant, first.valid_until, share), &policy);
            prop_assert_eq!(timeless(first.clone()), timeless(later));
            instant = first.valid_until;
        }
    }

    #[test]
    fn the_order_of_the_programmes_rows_does_not_matter(seed in any::<u64>()) {
        let policy = Policy::embedded();
        let programme = random_programme(seed);
        let mut other = programme.clone();
        let dice = &mut Dice::new(seed ^ 1);
        shuffle(&mut other.persons, dice);
        shuffle(&mut other.units, dice);
        shuffle(&mut other.training, dice);
        shuffle(&mut other.tasks, dice);
        shuffle(&mut other.stakeholders, dice);
        let (one, two) = (programme_posture(&programme, now(), &policy), programme_posture(&other, now(), &policy));
        prop_assert_eq!(one, two);
    }
}

#[test]
fn random_snapshots_reach_most_checks() {
    let mut fired = std::collections::BTreeSet::new();
    for seed in 0..60 {
        let found = posture(&random(seed), &Policy::embedded()).deficiencies;
        fired.extend(found.into_iter().map(|deficiency| deficiency.check));
    }
    assert!(fired.len() >= 30, "only {} checks fired: {fired:?}", fired.len());
}

/// A line, spending, a contract and an estimate.
fn money(programme: &mut Programme, dice: &mut Dice, number: u32) {
    let first = day(dice.instant(now()));
    let line = BudgetLine {
        title: format!("line {number}"),
        state: dice.pick(&["requested", "granted", "granted", "refused", "closed"]).into(),
        amount: Some(f64::from(dice.below(300) as u32)),
        starts: dice.sometimes(first),
        owner: dice.sometimes(id("person", 1)),
        ..BudgetLine::default()
    };
    programme.budget_lines.push(record("budget_line", number, line));
    let spent = day(dice.instant(now()));
    let settles = dice.sometimes(id("spending", dice.0 as u32 % 8));
    let sort =
        if settles.is_none() && dice.below(2) > 0 { SpendingSort::Commitment } else { SpendingSort::Actual };
    let body = Spending {
        line: id("budget_line", dice.0 as u32 % 10),
        title: format!("spending {number}"),
        sort,
        amount: Some(f64::from(dice.below(400) as u32)),
        day: dice.sometimes(spent),
        settles: settles.filter(|_| sort == SpendingSort::Actual),
        ..Spending::default()
    };
    programme.spending.push(record("spending", number, body));
    let ends = day(dice.instant(now()));
    let notice = i64::from(dice.below(120) as u32);
    let body = Contract {
        title: format!("contract {number}"),
        supplier: "Watch Ltd".into(),
        ends: dice.sometimes(ends),
        notice_days: dice.sometimes(notice),
        ..Contract::default()
    };
    programme.contracts.push(record("contract", number, body));
    let known_by = day(dice.instant(now()));
    let body = Estimate {
        title: format!("estimate {number}"),
        state: dice.pick(&["open", "known"]).into(),
        known_by: dice.sometimes(known_by),
        chance: Some(20.0),
        ..Estimate::default()
    };
    programme.estimates.push(record("estimate", number, body));
}
