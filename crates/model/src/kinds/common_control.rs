//! A common control: what a system offers to others that inherit it.

use crate::id::RecordId;
use crate::kind::{FieldProblem, Kind, KindScope, KindSpec};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who answers for what is offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ControlResponsibility {
    /// The provider does all of it.
    #[default]
    Provider,
    /// Each does a part.
    Shared,
    /// The customer does all of it.
    Customer,
}

impl ControlResponsibility {
    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Provider => "Provider",
            Self::Shared => "Shared",
            Self::Customer => "Customer",
        }
    }
}

/// What a system offers for a control or statement, and what it leaves to its customers (SP 800-37r2 task P-5).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CommonControl {
    /// The system that provides it.
    #[schemars(extend("x-link" = "system"))]
    pub system: RecordId,
    /// Control or statement id, such as ac-2 or ac-2_smt.a.
    #[schemars(extend("x-control" = true))]
    pub control: String,
    /// Who answers for it.
    pub responsibility: ControlResponsibility,
    /// What the provider does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub provided: Option<String>,
    /// What customers must do themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub customer_duty: Option<String>,
}

impl Kind for CommonControl {
    const SPEC: KindSpec = KindSpec {
        name: "common_control",
        prefix: "common",
        title: "Common control",
        plural: "Common controls",
        about: "What a system offers to others for a control or statement, and what it leaves to them.",
        source: "SP 800-37r2 task P-5; OSCAL SSP by-component export",
        title_field: "control",
        identity: &["control"],
        scope: KindScope::System("system"),
        workflow: None,
        columns: &["control", "system", "responsibility", "provided", "customer_duty"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        if self.control.trim().is_empty() {
            problems.push(FieldProblem::new("control", "say which control or statement is offered"));
        }
        let left = self.responsibility != ControlResponsibility::Provider;
        if left && self.customer_duty.as_deref().unwrap_or_default().trim().is_empty() {
            problems.push(FieldProblem::new("customer_duty", "say what customers must do themselves"));
        }
        problems
    }
}
