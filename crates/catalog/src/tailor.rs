//! Tailoring: what a system adds to, removes from or sets in its baseline, and why.
//!
//! Source: SP 800-37r2 tasks S-2 and S-3; SP 800-53B §2.4. The result says for every control where it comes
//! from.

use crate::index::{Baseline, ControlNo, Index, StatementNo};
use crate::suggest::nearest;
use std::collections::{BTreeMap, BTreeSet};

/// What is done to a control or statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Bring in a control outside the baseline, or a statement removed before.
    Add,
    /// Take a control or a statement out.
    Remove,
    /// Set the value of a parameter of the control.
    Parameter {
        /// Identifier of the parameter.
        id: String,
        /// The value.
        value: String,
    },
    /// Keep it in the plan but judge it not applicable.
    NotApplicable,
}

/// One tailoring decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tailoring {
    /// Identifier of a control in any usual spelling, or of a statement.
    pub target: String,
    /// What is done.
    pub action: Action,
    /// Why; required.
    pub rationale: String,
    /// Who decided.
    pub by: String,
    /// When, RFC 3339; kept as written.
    pub at: String,
}

/// Where a control of the result comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// The control.
    pub control: ControlNo,
    /// Whether the baseline has it.
    pub in_baseline: bool,
    /// Positions of the decisions about it, its statements and parameters, in the order they were made.
    pub decisions: Vec<usize>,
}

/// A baseline after tailoring.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TailoredBaseline {
    /// Controls that must be met, ascending.
    pub controls: Vec<ControlNo>,
    /// Controls judged not applicable, ascending; not among `controls`.
    pub not_applicable: Vec<ControlNo>,
    /// Statements of `controls` that were removed or judged not applicable, ascending.
    pub left_out_statements: Vec<StatementNo>,
    /// Values of parameters by identifier.
    pub parameters: BTreeMap<String, String>,
    /// Provenance of every control of the baseline or named by a decision, ascending by control.
    pub provenance: Vec<Provenance>,
}

impl TailoredBaseline {
    /// Whether the control must be met.
    pub fn contains(&self, control: ControlNo) -> bool {
        self.controls.binary_search(&control).is_ok()
    }

    /// Where a control comes from; `None` when neither baseline nor decisions know it.
    pub fn provenance(&self, control: ControlNo) -> Option<&Provenance> {
        self.provenance.binary_search_by_key(&control, |p| p.control).ok().map(|at| &self.provenance[at])
    }
}

/// Why a decision can not be applied. `decision` is its position in the list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TailorError {
    /// No rationale.
    #[error("{target}: a rationale is required")]
    NoRationale {
        /// Position of the decision.
        decision: usize,
        /// Its target.
        target: String,
    },
    /// No such control, statement or parameter.
    #[error("{id:?} is not in the catalogue{}", did_you_mean(nearest))]
    Unknown {
        /// Position of the decision.
        decision: usize,
        /// The identifier.
        id: String,
        /// Known identifiers like it.
        nearest: Vec<String>,
    },
    /// It is not in the baseline (any more).
    #[error("{id} is not in the baseline, so it can not be removed or set{}", did_you_mean(nearest))]
    NotThere {
        /// Position of the decision.
        decision: usize,
        /// The identifier.
        id: String,
        /// Identifiers of the baseline like it.
        nearest: Vec<String>,
    },
    /// It is in the baseline already.
    #[error("{id} is in the baseline already")]
    AlreadyThere {
        /// Position of the decision.
        decision: usize,
        /// The identifier.
        id: String,
    },
    /// The publisher has withdrawn the control.
    #[error("{id} is withdrawn{}", did_you_mean(replaced_by))]
    Withdrawn {
        /// Position of the decision.
        decision: usize,
        /// The identifier.
        id: String,
        /// Controls it was incorporated into or moved to.
        replaced_by: Vec<String>,
    },
    /// The parameter belongs to another control.
    #[error("parameter {id:?} is not one of {control}{}", did_you_mean(nearest))]
    OtherControlsParameter {
        /// Position of the decision.
        decision: usize,
        /// The parameter.
        id: String,
        /// The control.
        control: String,
        /// Parameters of the control like it.
        nearest: Vec<String>,
    },
}

impl TailorError {
    /// Position of the decision in its list.
    pub fn decision(&self) -> usize {
        match self {
            TailorError::NoRationale { decision, .. }
            | TailorError::Unknown { decision, .. }
            | TailorError::NotThere { decision, .. }
            | TailorError::AlreadyThere { decision, .. }
            | TailorError::Withdrawn { decision, .. }
            | TailorError::OtherControlsParameter { decision, .. } => *decision,
        }
    }
}

/// Suggestions are looked for this often; after that many errors they only cost time.
const ERRORS_WITH_SUGGESTIONS: usize = 25;

fn did_you_mean(names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!("; did you mean {}?", names.join(", ")) }
}

const SUGGESTIONS: usize = 3;

/// Applies tailoring decisions, in order, to a baseline of the index.
///
/// # Errors
/// All decisions that can not be applied, in order; nothing is applied then.
pub fn tailor(
    index: &Index,
    baseline: Baseline,
    decisions: &[Tailoring],
) -> Result<TailoredBaseline, Vec<TailorError>> {
    let mut state = State {
        index,
        controls: index.baseline(baseline).iter().copied().collect(),
        not_applicable: BTreeSet::new(),
        left_out: BTreeSet::new(),
        parameters: BTreeMap::new(),
        touched: BTreeMap::new(),
        errors: 0,
    };
    let mut errors = Vec::new();
    for (position, decision) in decisions.iter().enumerate() {
        if let Err(error) = state.apply(position, decision) {
            errors.push(error);
            state.errors = errors.len();
        }
    }
    if errors.is_empty() { Ok(state.finish(index.baseline(baseline))) } else { Err(errors) }
}

struct State<'a> {
    index: &'a Index,
    controls: BTreeSet<ControlNo>,
    not_applicable: BTreeSet<ControlNo>,
    left_out: BTreeSet<StatementNo>,
    parameters: BTreeMap<String, String>,
    touched: BTreeMap<ControlNo, Vec<usize>>,
    errors: usize,
}

impl State<'_> {
    fn apply(&mut self, position: usize, decision: &Tailoring) -> Result<(), TailorError> {
        let target = decision.target.trim();
        if decision.rationale.trim().is_empty() {
            return Err(TailorError::NoRationale { decision: position, target: target.to_owned() });
        }
        let control = match (self.index.statement_by_id(target), self.index.find(target)) {
            (Some(statement), _) => self.on_statement(position, statement, target, &decision.action)?,
            (None, Some(control)) => self.on_control(position, control, &decision.action)?,
            (None, None) => return Err(self.unknown(position, target)),
        };
        self.touched.entry(control).or_default().push(position);
        Ok(())
    }

    fn on_control(
        &mut self,
        decision: usize,
        control: ControlNo,
        action: &Action,
    ) -> Result<ControlNo, TailorError> {
        let Some(facts) = self.index.control(control) else { return Ok(control) };
        let id = facts.id.clone();
        match action {
            Action::Add if facts.withdrawn => {
                let replaced_by = facts.replaced_by.iter().filter_map(|no| self.index.control(*no));
                let replaced_by = replaced_by.map(|c| c.id.clone()).collect();
                return Err(TailorError::Withdrawn { decision, id, replaced_by });
            }
            Action::Add => {
                let back = self.not_applicable.remove(&control);
                if !self.controls.insert(control) && !back {
                    return Err(TailorError::AlreadyThere { decision, id });
                }
            }
            Action::Remove => {
                let there = self.controls.remove(&control) | self.not_applicable.remove(&control);
                if !there {
                    return Err(self.not_there(decision, &id));
                }
            }
            Action::NotApplicable => {
                if !self.controls.remove(&control) {
                    return Err(self.not_there(decision, &id));
                }
                self.not_applicable.insert(control);
            }
            Action::Parameter { id: parameter, value } => {
                if !self.controls.contains(&control) {
                    return Err(self.not_there(decision, &id));
                }
                self.set_parameter(decision, control, id, parameter, value)?;
            }
        }
        Ok(control)
    }

    fn set_parameter(
        &mut self,
        decision: usize,
        control: ControlNo,
        control_id: String,
        parameter: &str,
        value: &str,
    ) -> Result<(), TailorError> {
        let own = self.index.parameters(control);
        if !own.iter().any(|p| p.id == parameter) {
            return Err(TailorError::OtherControlsParameter {
                decision,
                id: parameter.to_owned(),
                control: control_id,
                nearest: self.nearest(parameter, own.iter().map(|p| p.id.as_str())),
            });
        }
        self.parameters.insert(parameter.to_owned(), value.to_owned());
        Ok(())
    }

    fn on_statement(
        &mut self,
        decision: usize,
        statement: StatementNo,
        id: &str,
        action: &Action,
    ) -> Result<ControlNo, TailorError> {
        let Some(facts) = self.index.statement(statement) else { return Err(self.unknown(decision, id)) };
        let control = facts.control;
        if !self.controls.contains(&control) {
            return Err(self.not_there(decision, id));
        }
        match action {
            Action::Add => {
                if !self.left_out.remove(&statement) {
                    return Err(TailorError::AlreadyThere { decision, id: id.to_owned() });
                }
            }
            Action::Remove | Action::NotApplicable => {
                if !self.left_out.insert(statement) {
                    return Err(self.not_there(decision, id));
                }
            }
            Action::Parameter { id: parameter, value } => {
                let control_id = self.index.control(control).map(|c| c.id.clone()).unwrap_or_default();
                self.set_parameter(decision, control, control_id, parameter, value)?;
            }
        }
        Ok(control)
    }

    fn nearest<'n>(&self, id: &str, candidates: impl Iterator<Item = &'n str>) -> Vec<String> {
        if self.errors < ERRORS_WITH_SUGGESTIONS { nearest(id, candidates, SUGGESTIONS) } else { Vec::new() }
    }

    fn unknown(&self, decision: usize, id: &str) -> TailorError {
        let controls = self.index.controls().iter().map(|c| c.id.as_str());
        let statements = self.index.all_statements().iter().map(|s| s.id.as_str());
        TailorError::Unknown {
            decision,
            id: id.to_owned(),
            nearest: self.nearest(id, controls.chain(statements)),
        }
    }

    fn not_there(&self, decision: usize, id: &str) -> TailorError {
        let ids = self.controls.iter().filter_map(|no| self.index.control(*no)).map(|c| c.id.as_str());
        TailorError::NotThere { decision, id: id.to_owned(), nearest: self.nearest(id, ids) }
    }

    fn finish(self, baseline: &[ControlNo]) -> TailoredBaseline {
        let mut left_out = self.left_out;
        left_out
            .retain(|s| self.index.statement(*s).is_some_and(|facts| self.controls.contains(&facts.control)));
        let mut provenance: BTreeMap<ControlNo, Provenance> = BTreeMap::new();
        for control in baseline.iter().chain(self.touched.keys()) {
            let decisions = self.touched.get(control).cloned().unwrap_or_default();
            let in_baseline = baseline.binary_search(control).is_ok();
            provenance.insert(*control, Provenance { control: *control, in_baseline, decisions });
        }
        TailoredBaseline {
            controls: self.controls.into_iter().collect(),
            not_applicable: self.not_applicable.into_iter().collect(),
            left_out_statements: left_out.into_iter().collect(),
            parameters: self.parameters,
            provenance: provenance.into_values().collect(),
        }
    }
}

#[cfg(test)]
mod tests;
