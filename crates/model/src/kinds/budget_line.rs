//! A budget line: money asked for or granted for one purpose in one period.

use crate::id::RecordId;
use crate::kind::{Ended, FieldProblem, Kind, KindScope, KindSpec, State, Transition, Workflow};
use crate::scope::Role;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Money asked for or granted for one purpose in one period.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct BudgetLine {
    /// The unit whose money it is.
    #[schemars(extend("x-link" = "unit"))]
    pub unit: RecordId,
    /// What it pays for, in one line.
    pub title: String,
    /// State.
    pub state: String,
    /// The first day of the period, usually of a financial year; empty: since ever.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts: Option<Date>,
    /// The last day of the period; empty: until further notice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<Date>,
    /// The amount asked for or granted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-money" = true))]
    pub amount: Option<f64>,
    /// What it will cost in all: one case in twenty is cheaper.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-money" = true))]
    pub estimate_low: Option<f64>,
    /// What it will cost in all: one case in twenty is dearer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-money" = true))]
    pub estimate_high: Option<f64>,
    /// How much of the work is done, of a hundred; with what was paid it narrows the estimate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<f64>,
    /// The initiative it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub initiative: Option<String>,
    /// The policy it carries out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// The system it is spent on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "system"))]
    pub system: Option<RecordId>,
    /// The planned work it pays for; what a year costs less with it done is its benefit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-link" = "poam_item"))]
    pub actions: Vec<RecordId>,
    /// Who answers for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub owner: Option<RecordId>,
    /// Why it is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub reason: Option<String>,
}

impl Kind for BudgetLine {
    const SPEC: KindSpec = KindSpec {
        name: "budget_line",
        prefix: "budget",
        title: "Budget line",
        plural: "Budget lines",
        about: "Money asked for or granted for one purpose in one period.",
        source: "SP 800-53r5 PM-3, SA-2; SP 800-65r1",
        title_field: "title",
        identity: &["title", "starts"],
        scope: KindScope::Unit("unit"),
        workflow: Some(Workflow {
            field: "state",
            states: &[
                State { name: "requested", title: "Requested", ended: Ended::Open },
                State { name: "granted", title: "Granted", ended: Ended::Open },
                State { name: "refused", title: "Refused", ended: Ended::Ended },
                State { name: "closed", title: "Closed", ended: Ended::Ended },
            ],
            transitions: &[
                Transition {
                    from: "requested",
                    to: "granted",
                    verb: "Grant",
                    requires: &["amount"],
                    role: Role::Officer,
                },
                Transition {
                    from: "requested",
                    to: "refused",
                    verb: "Refuse",
                    requires: &[],
                    role: Role::Officer,
                },
                Transition {
                    from: "granted",
                    to: "closed",
                    verb: "Close",
                    requires: &[],
                    role: Role::Officer,
                },
                Transition {
                    from: "refused",
                    to: "requested",
                    verb: "Ask again",
                    requires: &["reason"],
                    role: Role::Engineer,
                },
                Transition {
                    from: "closed",
                    to: "granted",
                    verb: "Reopen",
                    requires: &[],
                    role: Role::Officer,
                },
            ],
        }),
        columns: &["title", "unit", "starts", "state", "amount", "initiative", "owner"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let mut add = |field: &str, message: &str| problems.push(FieldProblem::new(field, message));
        let amount = |amount: Option<f64>| amount.is_none_or(|amount| (0.0..=1e15).contains(&amount));
        if !amount(self.amount) {
            add("amount", "give an amount, 0 to 1e15");
        }
        if let (Some(starts), Some(ends)) = (self.starts, self.ends)
            && ends < starts
        {
            add("ends", "the period ends before it starts");
        }
        match (self.estimate_low, self.estimate_high) {
            (None, None) => {}
            (Some(low), Some(high)) if 0.0 < low && low <= high && high <= 1e15 => {}
            _ => add("estimate_low", "give both ends of the estimate, the lower one above 0 and first"),
        }
        if self.done.is_some_and(|done| !(0.0..=100.0).contains(&done)) {
            add("done", "give 0 to 100 of a hundred");
        }
        problems
    }
}
