//! Whether what is known decides that a plan is worth its money: against doing nothing, and against spending less.

use std::collections::BTreeMap;
use warrant_risk::{Decision, Plan, Question, RiskError, RiskFile, decide};

/// A plan beside another choice.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Against {
    /// Money of the other choice, in all years; 0 for doing nothing.
    pub cost: f64,
    /// Pieces of work of the other choice.
    pub chosen: usize,
    /// Whether the plan is better: loss prevented less cost.
    pub decision: Decision,
}

/// The plan against doing nothing, and against the dearest step of the frontier that costs at most half of it.
pub(super) fn decided(file: &RiskFile, best: &Plan, steps: &[Plan]) -> Result<Vec<Against>, RiskError> {
    if best.chosen.is_empty() {
        return Ok(Vec::new());
    }
    let half = steps.iter().filter(|step| !step.chosen.is_empty() && step.cost <= 0.5 * best.cost);
    let half = half.max_by(|a, b| a.cost.total_cmp(&b.cost));
    let ids = |plan: &Plan| plan.chosen.iter().map(|start| start.action.clone()).collect::<Vec<_>>();
    let others = [(0.0, Vec::new())].into_iter().chain(half.map(|step| (step.cost, ids(step))));
    others
        .map(|(cost, second)| {
            let first = ids(best);
            let chosen = second.len();
            let years = best.limits.years() as f64;
            let question = Question { first, second, years, costs: BTreeMap::new() };
            Ok(Against { cost, chosen, decision: decide(file, &question)? })
        })
        .collect()
}
