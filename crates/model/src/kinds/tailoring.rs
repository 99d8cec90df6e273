//! A tailoring decision: what a system's baseline adds, leaves out or sets, and why.

use crate::id::RecordId;
use crate::kind::{FieldProblem, Kind, KindScope, KindSpec};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is done to the baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TailoringAction {
    /// Add a control, or bring back what an overlay takes out.
    Add,
    /// Take it out of the baseline.
    Remove,
    /// It does not apply to this system.
    #[default]
    NotApplicable,
    /// Other controls stand in for it.
    Compensate,
    /// Set an organisation-defined parameter.
    Parameter,
}

impl TailoringAction {
    /// Every action with what people read of it once done.
    pub const ALL: [(Self, &str); 5] = [
        (Self::Add, "Added"),
        (Self::Remove, "Removed"),
        (Self::NotApplicable, "Not applicable"),
        (Self::Compensate, "Compensated"),
        (Self::Parameter, "Parameter"),
    ];

    /// Its word in records, addresses and commands.
    pub fn word(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Remove => "remove",
            Self::NotApplicable => "not-applicable",
            Self::Compensate => "compensate",
            Self::Parameter => "parameter",
        }
    }

    /// The action of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().map(|(action, _)| action).find(|action| action.word() == word)
    }
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
    /// Controls that stand in for it, when it is compensated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-control" = true))]
    pub compensated_by: Vec<String>,
    /// Why.
    #[schemars(extend("x-long" = true))]
    pub rationale: String,
    /// Who approved it; needed to remove a control or to let others stand in for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub approver: Option<RecordId>,
}

impl Kind for Tailoring {
    const SPEC: KindSpec = KindSpec {
        name: "tailoring",
        prefix: "tailor",
        title: "Tailoring decision",
        plural: "Tailoring decisions",
        about: "What a system's baseline adds, leaves out or sets, and why.",
        source: "SP 800-53B §2.4; SP 800-37r2 task S-2",
        title_field: "control",
        identity: &["control", "action", "parameter"],
        scope: KindScope::System("system"),
        workflow: None,
        columns: &["control", "system", "action", "parameter", "value", "rationale", "approver"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = decision_problems(Decision {
            action: self.action,
            control: &self.control,
            parameter: self.parameter.as_deref(),
            value: self.value.as_deref(),
            compensated_by: &self.compensated_by,
            rationale: &self.rationale,
        });
        let takes_approval = matches!(self.action, TailoringAction::Remove | TailoringAction::Compensate);
        if takes_approval && self.approver.is_none() {
            let message = "name who approved that the control is taken out or others stand in for it";
            problems.push(FieldProblem::new("approver", message));
        }
        problems
    }
}

/// What tailoring decisions and those of overlays have in common.
pub(super) struct Decision<'a> {
    pub(super) action: TailoringAction,
    pub(super) control: &'a str,
    pub(super) parameter: Option<&'a str>,
    pub(super) value: Option<&'a str>,
    pub(super) compensated_by: &'a [String],
    pub(super) rationale: &'a str,
}

/// What is wrong with a decision.
pub(super) fn decision_problems(decision: Decision<'_>) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if decision.control.trim().is_empty() {
        problems.push(FieldProblem::new("control", "say which control or statement it is about"));
    }
    if decision.rationale.trim().is_empty() {
        problems.push(FieldProblem::new("rationale", "a tailoring decision needs its rationale"));
    }
    let is_parameter = decision.action == TailoringAction::Parameter;
    if is_parameter && (decision.parameter.is_none() || decision.value.is_none()) {
        problems.push(FieldProblem::new("parameter", "name the parameter and its value"));
    }
    let compensates = decision.action == TailoringAction::Compensate;
    if compensates == decision.compensated_by.is_empty() {
        let message = match compensates {
            true => "name the controls that stand in for it",
            false => "only a control that is compensated has others that stand in for it",
        };
        problems.push(FieldProblem::new("compensated_by", message));
    }
    let itself = |other: &String| other.trim().eq_ignore_ascii_case(decision.control.trim());
    if decision.compensated_by.iter().any(itself) {
        problems.push(FieldProblem::new("compensated_by", "a control can not stand in for itself"));
    }
    problems
}
