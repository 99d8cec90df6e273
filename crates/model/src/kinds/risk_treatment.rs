//! A decision on a risk: what is done about a scenario, who leaves it at that, why, and until when.

use super::leave::{APPROVED, END, REFUSE, REFUSED, REQUESTED, TAKE_BACK, WITHDRAWN, approve, ask_again};
use super::scenario::Treatment;
use crate::id::RecordId;
use crate::kind::{FieldProblem, Kind, KindScope, KindSpec, Transition, Workflow};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is decided about a risk scenario, by whom, why, and until when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RiskTreatment {
    /// The system that is hit.
    #[schemars(extend("x-link" = "system"))]
    pub system: RecordId,
    /// The scenario it is about.
    #[schemars(extend("x-link" = "scenario"))]
    pub scenario: RecordId,
    /// What is decided, in one line.
    pub title: String,
    /// State.
    pub state: String,
    /// What is done about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub treatment: Option<Treatment>,
    /// Why, in words that hold before whoever asks.
    #[schemars(extend("x-long" = true))]
    pub reason: String,
    /// What makes it smaller, for what is mitigated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-link" = "poam_item"))]
    pub actions: Vec<RecordId>,
    /// Who bears it instead, for what is transferred: insurer and policy, supplier and contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carried_by: Option<String>,
    /// The expected loss of a year up to which it holds; a risk that has grown beyond is open again. Empty: no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-money" = true))]
    pub up_to: Option<f64>,
    /// Who approves it: neither the system's owner nor whoever asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub approver: Option<RecordId>,
    /// The last day it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Date>,
}

impl Kind for RiskTreatment {
    const SPEC: KindSpec = KindSpec {
        name: "risk_treatment",
        prefix: "treat",
        title: "Risk treatment",
        plural: "Risk treatments",
        about: "What is decided about a risk scenario, by whom, why, and until when.",
        source: "ISO 31000:2018 §6.5; SP 800-39 §3.3; SP 800-37r2 task R-3",
        title_field: "title",
        identity: &["title"],
        scope: KindScope::System("system"),
        workflow: Some(Workflow {
            field: "state",
            states: &[REQUESTED, APPROVED, REFUSED, WITHDRAWN],
            transitions: &[
                approve(&["treatment", "reason", "approver", "expires"]),
                REFUSE,
                TAKE_BACK,
                END,
                Transition { verb: "Ask anew", ..ask_again("approved", &["reason"]) },
                ask_again("refused", &["reason"]),
                ask_again("withdrawn", &["reason"]),
            ],
        }),
        columns: &["title", "scenario", "system", "treatment", "state", "approver", "expires"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        let mut add = |field: &str, message: &str| problems.push(FieldProblem::new(field, message));
        if self.reason.trim().is_empty() {
            add("reason", "a decision needs its reason");
        }
        if self.treatment == Some(Treatment::Transfer)
            && self.carried_by.as_ref().is_none_or(|who| who.trim().is_empty())
        {
            add("carried_by", "say who bears it instead: insurer and policy, supplier and contract");
        }
        if self.up_to.is_some_and(|limit| !(0.0..=1e15).contains(&limit)) {
            add("up_to", "give the expected loss of a year up to which it holds, 0 to 1e15");
        }
        problems
    }
}
