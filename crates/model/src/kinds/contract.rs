//! A contract: what a supplier is paid for, from when, until when.

use crate::id::RecordId;
use crate::kind::{FieldProblem, Kind, KindScope, KindSpec};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a supplier is paid for, from when, until when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Contract {
    /// The unit that made it.
    #[schemars(extend("x-link" = "unit"))]
    pub unit: RecordId,
    /// What it is about, in one line.
    pub title: String,
    /// The other side.
    pub supplier: String,
    /// Its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts: Option<Date>,
    /// The last day; empty when it runs until somebody ends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends: Option<Date>,
    /// Days before the end by which it is renewed or given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice_days: Option<i64>,
    /// What it costs in a year.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-money" = true))]
    pub yearly: Option<f64>,
    /// Who answers for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub owner: Option<RecordId>,
}

impl Kind for Contract {
    const SPEC: KindSpec = KindSpec {
        name: "contract",
        prefix: "contract",
        title: "Contract",
        plural: "Contracts",
        about: "What a supplier is paid for, from when, until when.",
        source: "SP 800-53r5 SA-4, SR-6",
        title_field: "title",
        identity: &["title"],
        scope: KindScope::Unit("unit"),
        workflow: None,
        columns: &["title", "supplier", "unit", "ends", "yearly", "owner"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let mut add = |field: &str, message: &str| problems.push(FieldProblem::new(field, message));
        if self.supplier.trim().is_empty() {
            add("supplier", "name the other side");
        }
        if let (Some(starts), Some(ends)) = (self.starts, self.ends)
            && ends < starts
        {
            add("ends", "it ends before it starts");
        }
        if self.notice_days.is_some_and(|days| !(0..=3_650).contains(&days)) {
            add("notice_days", "give 0 to 3,650 days");
        }
        if self.yearly.is_some_and(|yearly| !(0.0..=1e15).contains(&yearly)) {
            add("yearly", "give what a year costs, 0 to 1e15");
        }
        problems
    }
}
