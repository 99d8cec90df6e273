//! A tailoring decision: what a system's baseline adds, leaves out or sets, and why.

use crate::id::RecordId;
use crate::kind::{FieldProblem, Kind, KindScope, KindSpec};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is done to the baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TailoringAction {
    /// Add a control.
    Add,
    /// It does not apply to this system.
    #[default]
    NotApplicable,
    /// Set an organisation-defined parameter.
    Parameter,
}

/// A tailoring decision with its rationale (SP 800-53B §2.4).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Tailoring {
    /// The system.
    #[schemars(extend("x-link" = "system"))]
    pub system: RecordId,
    /// Control or statement id.
    #[schemars(extend("x-control" = true))]
    pub control: String,
    /// What is done.
    pub action: TailoringAction,
    /// Parameter id, for a parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// Its value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Why.
    #[schemars(extend("x-long" = true))]
    pub rationale: String,
}

impl Kind for Tailoring {
    const SPEC: KindSpec = KindSpec {
        name: "tailoring",
        prefix: "tailor",
        title: "Tailoring decision",
        plural: "Tailoring decisions",
        about: "What a system's baseline adds, leaves out or sets, and why.",
        source: "SP 800-53B §2.4",
        title_field: "control",
        identity: &["control", "action", "parameter"],
        scope: KindScope::System("system"),
        workflow: None,
        columns: &["control", "system", "action", "parameter", "value", "rationale"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        if self.rationale.trim().is_empty() {
            problems.push(FieldProblem::new("rationale", "a tailoring decision needs its rationale"));
        }
        if self.action == TailoringAction::Parameter && (self.parameter.is_none() || self.value.is_none()) {
            problems.push(FieldProblem::new("parameter", "name the parameter and its value"));
        }
        problems
    }
}
