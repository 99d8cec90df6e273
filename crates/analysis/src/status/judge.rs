//! Concluding: one verdict per statement, in arrays by statement number.
//!
//! The order of precedence, strongest first: tailored out; an open finding; the newest judgement when it is
//! unfavourable; the support that lasts longest, fresh or stale; nothing but an implementation statement; nothing.

use super::weigh::{Weighed, weigh};
use crate::categorisation::Categorisation;
use crate::framework::Framework;
use crate::horizon::Horizon;
use crate::policy::Policy;
use jiff::Timestamp;
use warrant_model::Impact;
use warrant_model::kinds::TailoringAction;
use warrant_model::posture::{ControlCounts, Status};
use warrant_model::snapshot::SystemSnapshot;

/// The word of a verdict, ordered from best to worst for a control made of statements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// Tailored out.
    NotApplicable,
    /// Met on fresh evidence.
    Satisfied,
    /// Nothing says anything.
    #[default]
    NotAssessed,
    /// Evidence too old. Worse than not assessed, so that a control made of both shows what was lost.
    Stale,
    /// Not met.
    OtherThanSatisfied,
}

/// The one thing a verdict rests on, by row of the snapshot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Basis {
    /// Nothing says anything.
    #[default]
    Nothing,
    /// A tailoring decision.
    Tailoring(usize),
    /// An implementation statement.
    Implementation(usize),
    /// A judgement.
    Assessment(usize),
    /// A finding.
    Finding(usize),
}

/// What is concluded about a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) word: Word,
    pub(crate) basis: Basis,
    /// Since when it is stale.
    pub(crate) since: Timestamp,
}

/// The verdicts on a system.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) categorisation: Categorisation,
    /// Controls in scope, in catalogue order.
    scope: Vec<usize>,
    covered: Vec<bool>,
    verdicts: Vec<Verdict>,
    /// Words of controls.
    words: Vec<Word>,
    weighed: Weighed,
}

impl Judged {
    /// Judges every statement of a system's tailored baseline.
    pub(crate) fn of(
        snapshot: &SystemSnapshot,
        policy: &Policy,
        framework: &Framework,
        horizon: &Horizon,
    ) -> Self {
        let categorisation = Categorisation::of(snapshot);
        let covered = scope_of(snapshot, framework, categorisation.baseline());
        let scope: Vec<_> = (0..covered.len()).filter(|control| covered[*control]).collect();
        let weighed = weigh(snapshot, policy, framework, horizon);
        let mut verdicts = vec![Verdict::default(); framework.statements().len()];
        let mut words = vec![Word::NotApplicable; covered.len()];
        for &control in &scope {
            for statement in framework.controls()[control].statements.clone() {
                let verdict = weighed.verdict(statement, horizon);
                words[control] = words[control].max(verdict.word);
                verdicts[statement] = verdict;
            }
        }
        Self { categorisation, scope, covered, verdicts, words, weighed }
    }

    /// Controls in scope, in catalogue order.
    pub(crate) fn in_scope(&self) -> impl Iterator<Item = usize> + '_ {
        self.scope.iter().copied()
    }

    /// Whether a control is in scope.
    pub(crate) fn covers(&self, control: usize) -> bool {
        self.covered[control]
    }

    /// The worst word among a control's statements.
    pub(crate) fn word(&self, control: usize) -> Word {
        self.words[control]
    }

    /// The verdict on a statement.
    pub(crate) fn verdict(&self, statement: usize) -> Verdict {
        self.verdicts[statement]
    }

    /// What bears on statements.
    pub(super) fn weighed(&self) -> &Weighed {
        &self.weighed
    }

    /// How many controls are in each state.
    pub(crate) fn counts(&self) -> ControlCounts {
        let mut counts = ControlCounts::default();
        for control in self.in_scope() {
            *match self.word(control) {
                Word::Satisfied => &mut counts.satisfied,
                Word::OtherThanSatisfied => &mut counts.other_than_satisfied,
                Word::Stale => &mut counts.stale,
                Word::NotAssessed => &mut counts.not_assessed,
                Word::NotApplicable => &mut counts.not_applicable,
            } += 1;
        }
        counts
    }
}

fn scope_of(snapshot: &SystemSnapshot, framework: &Framework, baseline: Option<Impact>) -> Vec<bool> {
    let chosen = |impact: Impact| framework.controls().iter().map(move |c| c.in_baseline(impact)).collect();
    let mut covered = baseline.map_or_else(|| vec![false; framework.controls().len()], chosen);
    let added = snapshot.tailorings.iter().filter(|t| t.body.action == TailoringAction::Add);
    for bearing in added.filter_map(|tailoring| framework.bearing(&tailoring.body.control)) {
        covered[bearing.control] = true;
    }
    covered
}

/// The rank of a status among those a control can have: a higher one is worse.
pub(crate) fn badness(status: &Status) -> Word {
    match status {
        Status::NotApplicable { .. } => Word::NotApplicable,
        Status::Satisfied => Word::Satisfied,
        Status::NotAssessed { .. } => Word::NotAssessed,
        Status::Stale { .. } => Word::Stale,
        Status::OtherThanSatisfied => Word::OtherThanSatisfied,
    }
}
