//! An exception: a deficiency that is lived with until a day.

use super::leave::{APPROVED, END, REFUSE, REFUSED, REQUESTED, TAKE_BACK, WITHDRAWN, approve, ask_again};
use crate::id::RecordId;
use crate::kind::{FieldProblem, Kind, KindScope, KindSpec, Workflow};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Leave to live with a deficiency until a day, with reasons and approver.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Exception {
    /// The system.
    #[schemars(extend("x-link" = "system"))]
    pub system: RecordId,
    /// What is excepted, in one line.
    pub title: String,
    /// State.
    pub state: String,
    /// Deficiency id it covers; empty when it covers a whole check or control.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deficiency: Option<String>,
    /// Check id it covers for this system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<String>,
    /// Why it is lived with.
    #[schemars(extend("x-long" = true))]
    pub justification: String,
    /// What is done instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub compensating: Option<String>,
    /// Who approved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub approver: Option<RecordId>,
    /// The last day it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
}

impl Kind for Exception {
    const SPEC: KindSpec = KindSpec {
        name: "exception",
        prefix: "except",
        title: "Exception",
        plural: "Exceptions",
        about: "Leave to live with a deficiency until a day, with reasons and approver.",
        source: "SP 800-37r2 task R-3; OSCAL risk deviation",
        title_field: "title",
        identity: &["title"],
        scope: KindScope::System("system"),
        workflow: Some(Workflow {
            field: "state",
            states: &[REQUESTED, APPROVED, REFUSED, WITHDRAWN],
            transitions: &[
                approve(&["justification", "approver", "expires"]),
                REFUSE,
                TAKE_BACK,
                END,
                ask_again("refused", &["justification"]),
                ask_again("withdrawn", &["justification"]),
            ],
        }),
        columns: &["title", "system", "state", "approver", "expires"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        if self.justification.trim().is_empty() {
            problems.push(FieldProblem::new("justification", "an exception needs its justification"));
        }
        if self.deficiency.is_none() && self.check.is_none() {
            problems.push(FieldProblem::new("deficiency", "name the deficiency or the check it covers"));
        }
        problems
    }
}
