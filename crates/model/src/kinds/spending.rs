//! Spending: money that is promised to somebody, or paid, from a budget line.

use crate::id::RecordId;
use crate::kind::{FieldProblem, Kind, KindScope, KindSpec};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether money is promised or paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SpendingSort {
    /// Ordered or agreed: it will have to be paid.
    #[default]
    Commitment,
    /// Paid.
    Actual,
}

/// Money that is promised to somebody, or paid, from a budget line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Spending {
    /// The unit whose money it is.
    #[schemars(extend("x-link" = "unit"))]
    pub unit: RecordId,
    /// The budget line it is taken from.
    #[schemars(extend("x-link" = "budget_line"))]
    pub line: RecordId,
    /// What for, with the number of the order or invoice.
    pub title: String,
    /// Promised or paid.
    pub sort: SpendingSort,
    /// The amount; below 0 for money that came back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-money" = true))]
    pub amount: Option<f64>,
    /// The day it was ordered or paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
    /// The commitment that a payment settles; that much of it is no longer promised.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "spending"))]
    pub settles: Option<RecordId>,
    /// The contract it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "contract"))]
    pub contract: Option<RecordId>,
}

impl Kind for Spending {
    const SPEC: KindSpec = KindSpec {
        name: "spending",
        prefix: "spend",
        title: "Spending",
        plural: "Spending",
        about: "Money that is promised to somebody, or paid, from a budget line.",
        source: "SP 800-53r5 PM-3; SP 800-65r1",
        title_field: "title",
        identity: &["title"],
        scope: KindScope::Unit("unit"),
        workflow: None,
        columns: &["title", "line", "sort", "amount", "day", "contract"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let mut add = |field: &str, message: &str| problems.push(FieldProblem::new(field, message));
        if !self.amount.is_some_and(|amount| amount.abs() <= 1e15) {
            add("amount", "give an amount");
        }
        if self.sort == SpendingSort::Commitment {
            if self.amount.is_some_and(|amount| amount < 0.0) {
                add("amount", "a promise is above 0; money that comes back is an actual");
            }
            if self.settles.is_some() {
                add("settles", "a payment settles a commitment; this is a commitment itself");
            }
        }
        problems
    }
}
