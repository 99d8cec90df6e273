//! An overlay: tailoring decisions made once, for every system that uses them.

use super::leave::{APPROVED, END, REFUSE, REFUSED, REQUESTED, TAKE_BACK, WITHDRAWN, approve, ask_again};
use super::tailoring::{Decision, TailoringAction, decision_problems};
use crate::id::RecordId;
use crate::kind::{FieldProblem, Kind, KindScope, KindSpec, Workflow};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A decision of an overlay.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct OverlayDecision {
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
    pub rationale: String,
}

/// Tailoring decisions that hold for every system that names the overlay, or whose unit does (SP 800-53B §2.5). They
/// hold once an officer has approved them; what a system decides itself goes before.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Overlay {
    /// Name, unique in the organisation.
    pub name: String,
    /// State.
    pub state: String,
    /// For which systems it is made, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub purpose: Option<String>,
    /// What it decides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<OverlayDecision>,
    /// Who approved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub approver: Option<RecordId>,
}

impl Kind for Overlay {
    const SPEC: KindSpec = KindSpec {
        name: "overlay",
        prefix: "overlay",
        title: "Overlay",
        plural: "Overlays",
        about: "Tailoring decisions that hold for every system that uses them; systems and units name it.",
        source: "SP 800-53B §2.5 and appendix C",
        title_field: "name",
        identity: &["name"],
        scope: KindScope::Organisation,
        workflow: Some(Workflow {
            field: "state",
            states: &[REQUESTED, APPROVED, REFUSED, WITHDRAWN],
            transitions: &[
                approve(&["decisions", "approver"]),
                REFUSE,
                TAKE_BACK,
                END,
                ask_again("refused", &["decisions"]),
                ask_again("withdrawn", &["decisions"]),
            ],
        }),
        columns: &["name", "state", "purpose", "approver"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        for (number, one) in self.decisions.iter().enumerate() {
            let found = decision_problems(Decision {
                action: one.action,
                control: &one.control,
                parameter: one.parameter.as_deref(),
                value: one.value.as_deref(),
                compensated_by: &one.compensated_by,
                rationale: &one.rationale,
            });
            let here = |problem: FieldProblem| {
                FieldProblem::new("decisions", format!("decision {}: {}", number + 1, problem.message))
            };
            problems.extend(found.into_iter().map(here));
        }
        problems
    }
}
