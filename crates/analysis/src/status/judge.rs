//! Concluding: one verdict per statement, in arrays by statement number.
//!
//! The order of precedence, strongest first: tailored out; other controls that stand in; an open finding; the newest
//! judgement when it is unfavourable; how it stands at the provider, where all of it is taken from one; the support that
//! lasts longest, fresh or stale; nothing but an implementation statement; nothing. What is shared is as the worse part.

use super::weigh::{Weighed, weigh};
use crate::categorisation::Categorisation;
use crate::framework::{Framework, Named};
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
    /// What another system provides, by row of what is inherited.
    Inherited(usize),
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
        let mut weighed = weigh(snapshot, policy, framework, horizon);
        weighed.take_inherited(snapshot, framework, horizon);
        let mut verdicts = vec![Verdict::default(); framework.statements().len()];
        let mut words = vec![Word::NotApplicable; covered.len()];
        for &control in &scope {
            for statement in framework.controls()[control].statements.clone() {
                let verdict = weighed.standing(snapshot, statement, horizon);
                words[control] = words[control].max(verdict.word);
                verdicts[statement] = verdict;
            }
        }
        let mut judged = Self { categorisation, scope, covered, verdicts, words, weighed };
        judged.compensate(snapshot, framework);
        judged
    }

    /// Statements for which other controls stand in are as the worst of these. One that is itself compensated, or
    /// tailored out, stands in for nothing.
    fn compensate(&mut self, snapshot: &SystemSnapshot, framework: &Framework) {
        let mut changed: Vec<(usize, Verdict)> = Vec::new();
        for &control in &self.scope {
            for statement in framework.controls()[control].statements.clone() {
                let Some(row) = self.weighed.compensated(statement) else { continue };
                let others = &snapshot.tailorings[row].body.compensated_by;
                let bearings = others.iter().filter_map(|id| framework.bearing(id));
                let verdicts = bearings.flat_map(|bearing| bearing.statements).map(|other| {
                    let verdict = self.verdicts[other];
                    let stands =
                        verdict.word != Word::NotApplicable && self.weighed.compensated(other).is_none();
                    if stands { verdict } else { Verdict::default() }
                });
                // Of two equally bad the first holds.
                let worst = verdicts.reduce(|held, other| if other.word > held.word { other } else { held });
                changed.push((statement, worst.unwrap_or_default()));
            }
        }
        if changed.is_empty() {
            return;
        }
        for (statement, verdict) in changed {
            self.verdicts[statement] = verdict;
        }
        for &control in &self.scope {
            let statements = &self.verdicts[framework.controls()[control].statements.clone()];
            self.words[control] = statements.iter().map(|verdict| verdict.word).max().unwrap_or_default();
        }
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

/// The controls in scope, by number.
pub(super) fn scope_of(
    snapshot: &SystemSnapshot,
    framework: &Framework,
    baseline: Option<Impact>,
) -> Vec<bool> {
    let chosen = |impact: Impact| framework.controls().iter().map(move |c| c.in_baseline(impact)).collect();
    let mut covered = baseline.map_or_else(|| vec![false; framework.controls().len()], chosen);
    // Of decisions to add and to remove one control the newest holds.
    let mut decided: Vec<Option<(Timestamp, &str)>> = vec![None; covered.len()];
    for record in &snapshot.tailorings {
        let Some(bearing) = framework.bearing(&record.body.control) else { continue };
        let chosen = match (record.body.action, bearing.names) {
            (TailoringAction::Add, Named::Control) => true,
            (TailoringAction::Remove, Named::Control) => false,
            _ => continue,
        };
        let order = Some((record.updated_at, record.id.as_str()));
        if order >= decided[bearing.control] {
            decided[bearing.control] = order;
            covered[bearing.control] = chosen;
        }
    }
    let compensating = snapshot.tailorings.iter().filter(|t| t.body.action == TailoringAction::Compensate);
    for id in compensating.flat_map(|decision| &decision.body.compensated_by) {
        if let Some(bearing) = framework.bearing(id) {
            covered[bearing.control] = true;
        }
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
