//! How statements stand that a system takes from others: as they stand at whoever provides them.
//!
//! Followed over the systems' own statements and judgements, one statement at a time: two systems may well take
//! different statements from each other. A circle, in which everybody relies on somebody else, is cut and told.

use super::describe::NOTHING;
use super::judge::{Basis, Verdict, Word, scope_of};
use super::weigh::{Weighed, weigh};
use crate::categorisation::Categorisation;
use crate::framework::Framework;
use crate::horizon::Horizon;
use crate::inheritance::{OUTSIDE, is_taken};
use crate::policy::Policy;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use warrant_model::RecordId;
use warrant_model::kinds::ImplementationStatus;
use warrant_model::posture::Status;
use warrant_model::snapshot::{Inheritance, Inherited, Part, SystemSnapshot};
use warrant_model::time::{day, from_micros, start_of};

/// How the statements stand that a system takes from others. `others` are the systems along the chains of providers,
/// in any order; one that is missing counts as not assessed.
pub fn inherited(snapshot: &SystemSnapshot, others: &[&SystemSnapshot], policy: &Policy) -> Inheritance {
    let framework = Framework::embedded();
    let horizon = Horizon::new(snapshot.as_of);
    let takes = takes(snapshot, framework);
    if takes.is_empty() {
        return Inheritance::default();
    }
    let systems = std::iter::once(snapshot)
        .chain(others.iter().copied().filter(|other| other.system.id != snapshot.system.id))
        .map(|one| (&one.system.id, Provider::of(one, policy, framework, &horizon)))
        .collect();
    let landscape = Landscape { systems, framework, horizon: &horizon };
    let mut statements = Vec::new();
    for (statement, taken) in &takes {
        let mut way = Way::at(&snapshot.system.id, *statement);
        let Some((provider, found)) = landscape.worst_of(&taken.providers, *statement, &mut way) else {
            continue;
        };
        let name = name_of(snapshot, provider);
        statements.push(Inherited {
            statement: framework.statements()[*statement].clone(),
            part: taken.part,
            status: found.status(&name),
            since: found.since,
            provider: provider.clone(),
            name,
        });
    }
    Inheritance { statements, until: horizon.until() }
}

/// What a system says of a statement that it takes.
#[derive(Debug)]
struct Takes<'a> {
    part: Part,
    /// In the order of their ids.
    providers: BTreeSet<&'a RecordId>,
}

/// What is taken, by statement number. The nearest word holds: what names fewer statements; what several components
/// say counts together.
fn takes<'a>(snapshot: &'a SystemSnapshot, framework: &Framework) -> BTreeMap<usize, Takes<'a>> {
    let mut said: BTreeMap<usize, (usize, Vec<usize>)> = BTreeMap::new();
    for (row, record) in snapshot.implementations.iter().enumerate() {
        let Some(bearing) = framework.bearing(&record.body.control) else { continue };
        let size = bearing.statements.len();
        for statement in bearing.statements {
            let (held, rows) = said.entry(statement).or_insert((size, Vec::new()));
            if size < *held {
                (*held, *rows) = (size, Vec::new());
            }
            if size == *held {
                rows.push(row);
            }
        }
    }
    let taken = |rows: Vec<usize>| {
        let bodies = || rows.iter().map(|row| &snapshot.implementations[*row].body);
        let providers: BTreeSet<_> =
            bodies().filter(|said| is_taken(said)).filter_map(|said| said.provider.as_ref()).collect();
        // What an outside provider does is not known here: what is known of it is our own evidence.
        let whole =
            bodies().all(|said| said.status == ImplementationStatus::Inherited && said.provider.is_some());
        let part = if whole { Part::All } else { Part::Shared };
        (!providers.is_empty()).then_some(Takes { part, providers })
    };
    said.into_iter().filter_map(|(statement, (_, rows))| Some((statement, taken(rows)?))).collect()
}

/// A system along a chain.
struct Provider<'a> {
    snapshot: &'a SystemSnapshot,
    weighed: Weighed,
    covered: Vec<bool>,
    offered: BTreeSet<usize>,
    takes: BTreeMap<usize, Takes<'a>>,
}

impl<'a> Provider<'a> {
    fn of(snapshot: &'a SystemSnapshot, policy: &Policy, framework: &Framework, horizon: &Horizon) -> Self {
        let baseline = Categorisation::of(snapshot).baseline();
        let offers = snapshot.common_controls.iter();
        let offered = offers.filter_map(|record| framework.bearing(&record.body.control));
        Self {
            weighed: weigh(snapshot, policy, framework, horizon),
            covered: scope_of(snapshot, framework, baseline),
            offered: offered.flat_map(|bearing| bearing.statements).collect(),
            takes: takes(snapshot, framework),
            snapshot,
        }
    }
}

/// How a statement stands somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Found {
    word: Word,
    since: Timestamp,
    why: Why,
}

/// Why nothing is known of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    NotAssessed,
    NotThere,
    NotInBaseline,
    TailoredOut,
    Circle,
}

impl Found {
    fn unknown(why: Why) -> Self {
        Self { word: Word::NotAssessed, since: Timestamp::UNIX_EPOCH, why }
    }

    fn status(self, from: &str) -> Status {
        let why = match (self.word, self.why) {
            (Word::Satisfied, _) => return Status::Satisfied,
            (Word::OtherThanSatisfied, _) => return Status::OtherThanSatisfied,
            (Word::Stale, _) => return Status::Stale { since: self.since },
            (_, Why::NotAssessed) => "not assessed there",
            (_, Why::NotThere) => "which is not there",
            (_, Why::NotInBaseline) => "where it is neither in the baseline nor offered",
            (_, Why::TailoredOut) => "where it is tailored out",
            (_, Why::Circle) => "who takes it in a circle: nobody does it",
        };
        Status::NotAssessed { reason: format!("inherited from {from}, {why}") }
    }
}

/// The way from the customer to where one is.
struct Way<'a> {
    path: Vec<(&'a RecordId, usize)>,
    seen: BTreeSet<(&'a RecordId, usize)>,
}

impl<'a> Way<'a> {
    fn at(system: &'a RecordId, statement: usize) -> Self {
        Self { path: vec![(system, statement)], seen: BTreeSet::from([(system, statement)]) }
    }
}

struct Landscape<'a> {
    systems: HashMap<&'a RecordId, Provider<'a>>,
    framework: &'a Framework,
    horizon: &'a Horizon,
}

impl<'a> Landscape<'a> {
    /// The provider at which a statement stands worst, and how; of equally bad the first.
    fn worst_of(
        &self,
        providers: &BTreeSet<&'a RecordId>,
        statement: usize,
        way: &mut Way<'a>,
    ) -> Option<(&'a RecordId, Found)> {
        let mut worst: Option<(&RecordId, Found)> = None;
        for provider in providers {
            let found = self.at(provider, statement, way);
            if worst.is_none_or(|(_, held)| found.word > held.word) {
                worst = Some((provider, found));
            }
        }
        worst
    }

    /// How a statement stands at a provider.
    fn at(&self, system: &'a RecordId, statement: usize, way: &mut Way<'a>) -> Found {
        if way.path.contains(&(system, statement)) {
            return Found::unknown(Why::Circle);
        }
        let Some(provider) = self.systems.get(system) else { return Found::unknown(Why::NotThere) };
        let control = self.framework.control_of(statement);
        if !provider.covered[control] && !provider.offered.contains(&statement) {
            return Found::unknown(Why::NotInBaseline);
        }
        self.reached(system, provider, statement, way)
    }

    /// The same, of a statement that the system answers for. One that was reached on another branch is counted there.
    fn reached(
        &self,
        system: &'a RecordId,
        provider: &Provider<'a>,
        statement: usize,
        way: &mut Way<'a>,
    ) -> Found {
        let own = own(provider, statement, self.horizon);
        if own.why == Why::TailoredOut {
            return own;
        }
        if !way.seen.insert((system, statement)) {
            return Found { word: Word::NotApplicable, ..own };
        }
        way.path.push((system, statement));
        let found = self.combined(system, provider, statement, own, way);
        way.path.pop();
        found
    }

    fn combined(
        &self,
        system: &'a RecordId,
        provider: &Provider<'a>,
        statement: usize,
        own: Found,
        way: &mut Way<'a>,
    ) -> Found {
        if let Some(row) = provider.weighed.compensated(statement) {
            return self.standing_in(system, provider, row, way);
        }
        let taken = provider.takes.get(&statement);
        let Some(taken) = taken else { return own };
        let Some((_, there)) = self.worst_of(&taken.providers, statement, way) else { return own };
        match taken.part {
            // What it has of its own counts only where it speaks against.
            Part::All if own.word != Word::OtherThanSatisfied => there,
            _ if there.word > own.word => there,
            _ => own,
        }
    }

    /// The worst of the statements that stand in at a system. One that is itself compensated, tailored out or no part
    /// of the baseline stands in for nothing.
    fn standing_in(
        &self,
        system: &'a RecordId,
        provider: &Provider<'a>,
        row: usize,
        way: &mut Way<'a>,
    ) -> Found {
        let others = &provider.snapshot.tailorings[row].body.compensated_by;
        let bearings = others.iter().filter_map(|id| self.framework.bearing(id));
        let mut worst: Option<Found> = None;
        for bearing in bearings {
            for other in bearing.statements {
                let stands =
                    provider.covered[bearing.control] && provider.weighed.compensated(other).is_none();
                let found = match stands {
                    true if way.path.contains(&(system, other)) => Found::unknown(Why::Circle),
                    true => self.reached(system, provider, other, way),
                    false => Found::unknown(Why::NotAssessed),
                };
                if worst.is_none_or(|held| found.word > held.word) {
                    worst = Some(found);
                }
            }
        }
        worst.unwrap_or(Found::unknown(Why::NotAssessed))
    }
}

/// What a system's own evidence says of a statement.
fn own(provider: &Provider<'_>, statement: usize, horizon: &Horizon) -> Found {
    let verdict = provider.weighed.verdict(statement, horizon);
    match verdict.word {
        Word::NotApplicable => Found::unknown(Why::TailoredOut),
        Word::NotAssessed => Found::unknown(Why::NotAssessed),
        word => Found { word, since: since(provider.snapshot, verdict), why: Why::NotAssessed },
    }
}

/// Since when a verdict holds: what it rests on tells.
pub(super) fn since(snapshot: &SystemSnapshot, verdict: Verdict) -> Timestamp {
    match (verdict.word, verdict.basis) {
        (Word::Stale, _) => verdict.since,
        (_, Basis::Assessment(row)) => {
            let judgement = &snapshot.assessments[row];
            judgement.body.assessed_on.map_or(judgement.updated_at, start_of)
        }
        (_, Basis::Finding(row)) => from_micros(snapshot.findings.state_since[row]),
        (_, Basis::Inherited(row)) => snapshot.inherited.statements[row].since,
        _ => Timestamp::UNIX_EPOCH,
    }
}

/// What is said of a statement that stands as it does elsewhere.
pub(crate) fn says(taken: &Inherited) -> String {
    let how = match taken.part {
        Part::All => "inherited from",
        Part::Shared => "shared with",
    };
    let since = day(taken.since);
    match &taken.status {
        Status::Satisfied => format!("{how} {}: satisfied since {since}", taken.name),
        Status::OtherThanSatisfied => format!("{how} {}: other than satisfied since {since}", taken.name),
        Status::Stale { .. } => format!("{how} {}: evidence too old since {since}", taken.name),
        Status::NotAssessed { reason } | Status::NotApplicable { reason } => match reason.is_empty() {
            true => NOTHING.to_owned(),
            false => reason.clone(),
        },
    }
}

/// How everything that others may take from a system stands: two that are equal give every customer the same.
pub fn given(snapshot: &SystemSnapshot, policy: &Policy) -> String {
    let framework = Framework::embedded();
    let horizon = Horizon::new(snapshot.as_of);
    let judged = super::Judged::of(snapshot, policy, framework, &horizon);
    let offered = Provider::of(snapshot, policy, framework, &horizon);
    let mut told = String::new();
    for statement in 0..framework.statements().len() {
        let verdict = if judged.covers(framework.control_of(statement)) {
            judged.verdict(statement)
        } else if offered.offered.contains(&statement) {
            offered.weighed.verdict(statement, &horizon)
        } else {
            continue;
        };
        let why = match verdict.basis {
            Basis::Inherited(row) => says(&snapshot.inherited.statements[row]),
            _ => String::new(),
        };
        told.push_str(&format!("{statement} {:?} {} {why}\n", verdict.word, since(snapshot, verdict)));
    }
    // Who takes what from whom decides where a circle is cut.
    for (statement, taken) in &offered.takes {
        told.push_str(&format!("{statement} {:?} {:?}\n", taken.part, taken.providers));
    }
    warrant_model::hash::key_of(&[&told])
}

fn name_of(snapshot: &SystemSnapshot, provider: &RecordId) -> String {
    let systems = &snapshot.programme.systems;
    let name = systems.iter().find(|(system, _)| system == provider).map(|(_, name)| name.clone());
    name.unwrap_or_else(|| OUTSIDE.to_owned())
}
