//! Judgements of people: which one decides each statement.

use super::Weighed;
use crate::framework::Framework;
use crate::horizon::Horizon;
use crate::policy::Policy;
use jiff::Timestamp;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use warrant_catalog::cci;
use warrant_model::kinds::AssessmentResult;
use warrant_model::snapshot::SystemSnapshot;
use warrant_model::time::{plus_days, start_of};

/// A judgement that counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judgement {
    pub(super) row: u32,
    pub(super) result: AssessmentResult,
    pub(super) at: Timestamp,
    pub(super) until: Timestamp,
}

impl Judgement {
    fn is_against(&self) -> bool {
        self.result == AssessmentResult::OtherThanSatisfied
    }
}

impl Weighed {
    pub(super) fn take_assessments(
        &mut self,
        snapshot: &SystemSnapshot,
        policy: &Policy,
        framework: &Framework,
        horizon: &Horizon,
    ) {
        let rows = &snapshot.assessments;
        // On one day the unfavourable judgement stands, then the one whose id comes first.
        let order = |judgement: &Judgement| {
            (judgement.at, judgement.is_against(), Reverse(&rows[judgement.row as usize].id))
        };
        let mut parts: BTreeMap<(usize, &str), Judgement> = BTreeMap::new();
        for (row, record) in rows.iter().enumerate() {
            let (Some(result), Some(day)) = (record.body.result, record.body.assessed_on) else { continue };
            let Some(bearing) = framework.bearing(&record.body.control) else { continue };
            let at = start_of(day);
            if !horizon.passed(at) {
                continue;
            }
            let until = plus_days(at, i64::from(policy.freshness.assessment_days));
            let found = Judgement { row: row as u32, result, at, until };
            let newer = |held: &Judgement| order(&found) > order(held);
            match record.body.cci.as_deref() {
                Some(cci) => {
                    for statement in bearing.statements {
                        let held = parts.entry((statement, cci)).or_insert(found);
                        if newer(held) {
                            *held = found;
                        }
                    }
                }
                None => {
                    for slot in &mut self.judgement[bearing.statements] {
                        if slot.as_ref().is_none_or(newer) {
                            *slot = Some(found);
                        }
                    }
                }
            }
            if result != AssessmentResult::NotApplicable {
                self.note_evidence(bearing.control, at);
            }
        }
        self.take_parts(parts, order, framework);
    }

    /// Takes judgements on parts of statements: one counts until the same part, or the statement as a whole, is judged
    /// anew. What stands against the statement in any part stands against it; a part that does not apply says nothing.
    ///
    /// An unfavourable judgement on the whole ends when every part of the statement has been judged since and none
    /// stands against it: then nothing is left of what it said. The statement is as fresh as the oldest of them.
    fn take_parts<O: Ord>(
        &mut self,
        parts: BTreeMap<(usize, &str), Judgement>,
        order: impl Fn(&Judgement) -> O,
        framework: &Framework,
    ) {
        let mut by_statement: BTreeMap<usize, Vec<(&str, Judgement)>> = BTreeMap::new();
        for ((statement, cci), part) in parts {
            by_statement.entry(statement).or_default().push((cci, part));
        }
        for (statement, mut parts) in by_statement {
            if let Some(whole) = self.judgement[statement] {
                parts.retain(|(_, part)| part.at >= whole.at);
                if let Some(oldest) = made_good(framework, statement, &whole, &parts, &order) {
                    self.judgement[statement] = Some(oldest);
                    continue;
                }
            }
            let rank = |judgement: &Judgement| (judgement.is_against(), order(judgement));
            let slot = &mut self.judgement[statement];
            for (_, part) in parts.iter().filter(|(_, part)| part.result != AssessmentResult::NotApplicable) {
                if slot.as_ref().is_none_or(|held| rank(part) > rank(held)) {
                    *slot = Some(*part);
                }
            }
        }
    }
}

/// The oldest of the favourable judgements on parts that together end an unfavourable one on the whole; `None` while it
/// stands.
fn made_good<O: Ord>(
    framework: &Framework,
    statement: usize,
    whole: &Judgement,
    parts: &[(&str, Judgement)],
    order: impl Fn(&Judgement) -> O,
) -> Option<Judgement> {
    // On one day the unfavourable judgement stands.
    let since = || parts.iter().filter(|(_, part)| part.at > whole.at);
    if !whole.is_against() || parts.iter().any(|(_, part)| part.is_against()) {
        return None;
    }
    let makes_up = parts_of(framework, statement);
    let judged = |cci: &String| since().any(|(part, _)| part.eq_ignore_ascii_case(cci));
    if makes_up.is_empty() || !makes_up.iter().all(judged) {
        return None;
    }
    let met = since().map(|(_, part)| *part).filter(|part| part.result == AssessmentResult::Satisfied);
    met.min_by_key(order)
}

/// The CCIs that make up a statement.
fn parts_of(framework: &Framework, statement: usize) -> Vec<String> {
    let control = &framework.controls()[framework.control_of(statement)].id;
    let bears = |name: &String| {
        let mut targets = cci::cci(name).iter().filter_map(|target| framework.bearing(target.id));
        targets.any(|bearing| bearing.statements.contains(&statement))
    };
    cci::of_control(control).iter().map(|number| format!("CCI-{number:06}")).filter(bears).collect()
}
