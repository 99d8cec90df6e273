//! Judgements of people: which one decides each statement.

use super::Weighed;
use crate::framework::Framework;
use crate::horizon::Horizon;
use crate::policy::Policy;
use jiff::Timestamp;
use std::cmp::Reverse;
use std::collections::BTreeMap;
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
        self.take_parts(parts, order);
    }

    /// Takes judgements on parts of statements: one counts until the same part, or the statement as a whole, is judged
    /// anew. What stands against the statement in any part stands against it; a part that does not apply says nothing.
    fn take_parts<O: Ord>(
        &mut self,
        parts: BTreeMap<(usize, &str), Judgement>,
        order: impl Fn(&Judgement) -> O,
    ) {
        let wholes: BTreeMap<usize, Option<Timestamp>> = parts
            .keys()
            .map(|(statement, _)| (*statement, self.judgement[*statement].map(|whole| whole.at)))
            .collect();
        for ((statement, _), part) in parts {
            let outlived = wholes.get(&statement).copied().flatten().is_some_and(|whole| whole > part.at);
            if outlived || part.result == AssessmentResult::NotApplicable {
                continue;
            }
            let rank = |judgement: &Judgement| (judgement.is_against(), order(judgement));
            let slot = &mut self.judgement[statement];
            if slot.as_ref().is_none_or(|held| rank(&part) > rank(held)) {
                *slot = Some(part);
            }
        }
    }
}
