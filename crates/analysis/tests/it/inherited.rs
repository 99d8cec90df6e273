//! What systems take from one another stands as it does at whoever provides it: against a plain fixpoint.

use crate::build::*;
use crate::properties::{Dice, between};
use jiff::Timestamp;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use warrant_analysis::{Policy, Word, controls, inherited, posture};
use warrant_model::kinds::*;
use warrant_model::posture::{ControlStatus, Source, Status};
use warrant_model::snapshot::{Programme, SystemSnapshot};
use warrant_model::time::{from_micros, micros, plus_days};
use warrant_model::{Impact, RecordId};

/// Ids that implementations, judgements and decisions name; AC-25 is in no baseline.
const IDS: &[&str] = &["ac-7", "ac-7_smt.a", "ac-7_smt.b", "ac-11", "ac-11_smt.a", "ac-25"];

/// The statements of these controls that are looked at.
const STATEMENTS: &[(&str, &str)] = &[
    ("ac-7", "ac-7_smt.a"),
    ("ac-7", "ac-7_smt.b"),
    ("ac-11", "ac-11_smt.a"),
    ("ac-11", "ac-11_smt.b"),
    ("ac-25", "ac-25"),
];

const SYSTEMS: u32 = 5;

fn bare(number: u32) -> SystemSnapshot {
    let mut snapshot = empty(System { name: format!("S{number}"), ..System::default() });
    snapshot.system.id = id("system", number);
    let systems = (1..=SYSTEMS).map(|number| (id("system", number), format!("S{number}"))).collect();
    snapshot.programme = Arc::new(Programme { systems, ..people() });
    let high = InformationType {
        confidentiality: Some(Impact::High),
        integrity: Some(Impact::High),
        availability: Some(Impact::High),
        ..InformationType::default()
    };
    snapshot.information_types.push(record("info", 1, high));
    snapshot
}

fn random(seed: u64) -> Vec<SystemSnapshot> {
    let dice = &mut Dice::new(seed);
    let one = |number: u32| {
        let mut snapshot = bare(number);
        for row in 0..dice.below(5) as u32 {
            let status = dice.pick(&[
                ImplementationStatus::Inherited,
                ImplementationStatus::Inherited,
                ImplementationStatus::Shared,
                ImplementationStatus::Implemented,
                ImplementationStatus::Planned,
            ]);
            // The last is no system there is.
            let provider = (dice.below(8) > 0).then(|| id("system", 1 + dice.below(6) as u32));
            let said = Implementation {
                control: dice.pick(IDS).into(),
                status,
                provider,
                ..Implementation::default()
            };
            snapshot.implementations.push(record("impl", row, said));
        }
        for row in 0..dice.below(5) as u32 {
            let result = dice.pick(&[
                AssessmentResult::Satisfied,
                AssessmentResult::Satisfied,
                AssessmentResult::Satisfied,
                AssessmentResult::OtherThanSatisfied,
            ]);
            let day = dice.pick(&["2024-01-01", "2026-01-01", "2026-11-01", "2027-01-01"]);
            snapshot.assessments.push(judgement(row, dice.pick(IDS), result, day));
        }
        if dice.below(3) == 0 {
            let out = Tailoring {
                control: dice.pick(IDS).into(),
                action: TailoringAction::NotApplicable,
                rationale: "no such thing here".into(),
                ..Tailoring::default()
            };
            snapshot.tailorings.push(record("tailor", 1, out));
        }
        if dice.below(3) == 0 {
            let offer = CommonControl { control: dice.pick(IDS).into(), ..CommonControl::default() };
            snapshot.common_controls.push(record("common", 1, offer));
        }
        snapshot
    };
    (1..=SYSTEMS).map(one).collect()
}

/// Every system with how what it takes stands elsewhere.
fn filled(systems: &[SystemSnapshot]) -> Vec<SystemSnapshot> {
    let others: Vec<&SystemSnapshot> = systems.iter().collect();
    let fill = |one: &SystemSnapshot| {
        let inherited = Arc::new(inherited(one, &others, &Policy::embedded()));
        SystemSnapshot { inherited, ..one.clone() }
    };
    systems.iter().map(fill).collect()
}

fn word(status: &Status) -> Word {
    match status {
        Status::NotApplicable { .. } => Word::NotApplicable,
        Status::Satisfied => Word::Satisfied,
        Status::NotAssessed { .. } => Word::NotAssessed,
        Status::Stale { .. } => Word::Stale,
        Status::OtherThanSatisfied => Word::OtherThanSatisfied,
    }
}

fn status_of<'a>(list: &'a [ControlStatus], control: &str, statement: &str) -> Option<&'a Status> {
    let control = list.iter().find(|one| one.control == control)?;
    control.statements.iter().find(|one| one.statement == statement).map(|one| &one.status)
}

type Node = (RecordId, &'static str);

/// What one system says and shows of one statement.
struct Said {
    own: Word,
    covered: bool,
    offered: bool,
    providers: BTreeSet<RecordId>,
    all: bool,
}

fn names(id: &str, control: &str, statement: &str) -> Option<usize> {
    let parts = if id == control { 10 } else { 1 };
    (id == control || id == statement).then_some(parts)
}

/// The controls of a system by its own evidence: of its baseline, and with those added that are looked at.
fn alone(of: &SystemSnapshot) -> [Vec<ControlStatus>; 2] {
    let mut alone = of.clone();
    alone.implementations.clear();
    let baseline = controls(&alone, &Policy::embedded());
    // What is not in the baseline may be shown all the same.
    for (number, (control, _)) in (90..).zip(STATEMENTS) {
        let add =
            Tailoring { control: (*control).into(), action: TailoringAction::Add, ..Tailoring::default() };
        let mut added = record("tailor", number, add);
        added.updated_at = Timestamp::UNIX_EPOCH;
        alone.tailorings.push(added);
    }
    [baseline, controls(&alone, &Policy::embedded())]
}

fn said(of: &SystemSnapshot, lists: &[Vec<ControlStatus>; 2], (control, statement): (&str, &str)) -> Said {
    let covered = status_of(&lists[0], control, statement).is_some();
    let own = word(status_of(&lists[1], control, statement).unwrap());
    let bearing = |id: &str| names(id, control, statement);
    let nearest = of.implementations.iter().filter_map(|record| bearing(&record.body.control)).min();
    let near: Vec<_> = of
        .implementations
        .iter()
        .map(|record| &record.body)
        .filter(|body| bearing(&body.control).is_some() && bearing(&body.control) == nearest)
        .collect();
    let taken = |body: &&&Implementation| {
        matches!(body.status, ImplementationStatus::Inherited | ImplementationStatus::Shared)
    };
    Said {
        own,
        covered,
        offered: of.common_controls.iter().any(|record| bearing(&record.body.control).is_some()),
        providers: near.iter().filter(taken).filter_map(|body| body.provider.clone()).collect(),
        all: near
            .iter()
            .all(|body| body.status == ImplementationStatus::Inherited && body.provider.is_some()),
    }
}

/// By passing words along until nothing moves; who reaches a circle knows nothing better than that nobody does it.
fn oracle(systems: &[SystemSnapshot]) -> BTreeMap<Node, Word> {
    let all: BTreeMap<Node, Said> = systems
        .iter()
        .flat_map(|of| {
            let lists = alone(of);
            STATEMENTS.iter().map(move |at| ((of.system.id.clone(), at.1), said(of, &lists, *at)))
        })
        .collect();
    let next = |node: &Node| -> Vec<Node> {
        let of = &all[node];
        let to = of.providers.iter().map(|provider| (provider.clone(), node.1));
        let answers = |to: &Node| all.get(to).is_some_and(|there| there.covered || there.offered);
        let open = |to: &Node| all[to].own != Word::NotApplicable;
        to.filter(|to| answers(to) && open(to)).collect()
    };
    let reaches = |from: &Node| -> BTreeSet<Node> {
        let (mut found, mut waiting) = (BTreeSet::new(), next(from));
        while let Some(node) = waiting.pop() {
            if found.insert(node.clone()) {
                waiting.extend(next(&node));
            }
        }
        found
    };
    let circles: BTreeSet<Node> = all.keys().filter(|node| reaches(node).contains(*node)).cloned().collect();
    let mut words: BTreeMap<Node, Word> =
        all.keys().map(|node| (node.clone(), Word::NotApplicable)).collect();
    for _ in 0..all.len() + 2 {
        let before = words.clone();
        for (node, of) in &all {
            let seen = |provider: &RecordId| {
                let to = (provider.clone(), node.1);
                match all.get(&to) {
                    Some(there) if (there.covered || there.offered) && there.own != Word::NotApplicable => {
                        before[&to]
                    }
                    _ => Word::NotAssessed,
                }
            };
            let there = of.providers.iter().map(seen).max();
            let circle = circles.contains(node) || reaches(node).iter().any(|node| circles.contains(node));
            let there = there.map(|word| if circle { word.max(Word::NotAssessed) } else { word });
            let now = match there {
                _ if of.own == Word::NotApplicable => Word::NotApplicable,
                None => of.own,
                Some(there) if of.all && of.own != Word::OtherThanSatisfied => there,
                Some(there) => there.max(of.own),
            };
            words.insert(node.clone(), now);
        }
    }
    words
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn statements_stand_as_a_plain_fixpoint_says(seed in any::<u64>()) {
        let systems = random(seed);
        let expected = oracle(&systems);
        for one in filled(&systems) {
            let list = controls(&one, &Policy::embedded());
            for (control, statement) in STATEMENTS {
                let Some(found) = status_of(&list, control, statement) else { continue };
                let node = (one.system.id.clone(), *statement);
                prop_assert_eq!(word(found), expected[&node], "{:?} {}", node, found.title());
            }
        }
    }

    #[test]
    fn a_posture_with_providers_holds_until_it_says(seed in any::<u64>(), share in 0.0..1.0f64) {
        let systems = random(seed);
        for (nth, first) in filled(&systems).iter().enumerate() {
            let until = posture(first, &Policy::embedded()).valid_until;
            let horizon = until.min(plus_days(first.as_of, 4_000));
            for instant in [between(first.as_of, horizon, share), from_micros(micros(horizon) - 1)] {
                let later: Vec<_> =
                    systems.iter().map(|one| SystemSnapshot { as_of: instant, ..one.clone() }).collect();
                let later = &filled(&later)[nth];
                let policy = Policy::embedded();
                prop_assert_eq!(controls(first, &policy), controls(later, &policy));
            }
        }
    }
}

fn takes(snapshot: &mut SystemSnapshot, control: &str, status: ImplementationStatus, provider: u32) {
    let number = 50 + snapshot.implementations.len() as u32;
    let provider = Some(id("system", provider));
    let said = Implementation { control: control.into(), status, provider, ..Implementation::default() };
    snapshot.implementations.push(record("impl", number, said));
}

#[test]
fn the_provider_and_the_day_are_named() {
    let (mut customer, mut provider) = (bare(1), bare(2));
    takes(&mut customer, "ac-11", ImplementationStatus::Inherited, 2);
    provider.assessments.push(judgement(1, "ac-11", AssessmentResult::OtherThanSatisfied, "2026-11-01"));
    let list = controls(&filled(&[customer, provider])[0], &Policy::embedded());
    let control = list.iter().find(|one| one.control == "ac-11").unwrap();
    assert_eq!(control.status, Status::OtherThanSatisfied);
    let ground = &control.statements[0].grounds[0];
    assert_eq!(ground.says, "inherited from S2: other than satisfied since 2026-11-01");
    assert_eq!(ground.source, Source::Record { kind: "system".into(), id: id("system", 2).0 });
}

#[test]
fn own_evidence_counts_for_what_is_inherited_only_where_it_speaks_against() {
    let (mut customer, mut provider) = (bare(1), bare(2));
    takes(&mut customer, "ac-11", ImplementationStatus::Inherited, 2);
    customer.assessments.push(judgement(1, "ac-11_smt.a", AssessmentResult::Satisfied, "2026-11-01"));
    customer.assessments.push(judgement(
        2,
        "ac-11_smt.b",
        AssessmentResult::OtherThanSatisfied,
        "2026-11-01",
    ));
    provider.assessments.push(judgement(1, "ac-11_smt.b", AssessmentResult::Satisfied, "2026-11-01"));
    let list = controls(&filled(&[customer, provider])[0], &Policy::embedded());
    let reason = "inherited from S2, not assessed there".to_owned();
    assert_eq!(status_of(&list, "ac-11", "ac-11_smt.a"), Some(&Status::NotAssessed { reason }));
    assert_eq!(status_of(&list, "ac-11", "ac-11_smt.b"), Some(&Status::OtherThanSatisfied));
}

#[test]
fn a_circle_is_cut_and_told() {
    let (mut one, mut two) = (bare(1), bare(2));
    takes(&mut one, "ac-11", ImplementationStatus::Inherited, 2);
    takes(&mut two, "ac-11", ImplementationStatus::Inherited, 1);
    two.assessments.push(judgement(1, "ac-11", AssessmentResult::Satisfied, "2026-11-01"));
    let list = controls(&filled(&[one, two])[0], &Policy::embedded());
    let reason = "inherited from S2, who takes it in a circle: nobody does it".to_owned();
    assert_eq!(status_of(&list, "ac-11", "ac-11_smt.a"), Some(&Status::NotAssessed { reason }));
}

#[test]
fn what_stands_in_at_the_provider_counts_for_its_customers() {
    let (mut customer, mut provider) = (bare(1), bare(2));
    takes(&mut customer, "ac-11", ImplementationStatus::Inherited, 2);
    let stands_in = Tailoring {
        control: "ac-11".into(),
        action: TailoringAction::Compensate,
        compensated_by: vec!["ac-7".into()],
        rationale: "no doors".into(),
        ..Tailoring::default()
    };
    provider.tailorings.push(record("tailor", 1, stands_in));
    provider.assessments.push(judgement(1, "ac-7", AssessmentResult::Satisfied, "2026-11-01"));
    let list = controls(&filled(&[customer, provider])[0], &Policy::embedded());
    assert_eq!(status_of(&list, "ac-11", "ac-11_smt.a"), Some(&Status::Satisfied));
}
