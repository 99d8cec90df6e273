//! An implementation statement: how a control is met, where there is something to say.

use crate::id::RecordId;
use crate::kind::{FieldProblem, Kind, KindScope, KindSpec};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far a control is implemented (OSCAL implementation-status, plus where it comes from).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ImplementationStatus {
    /// In place.
    #[default]
    Implemented,
    /// In place in part.
    Partial,
    /// To come.
    Planned,
    /// Met in another way.
    Alternative,
    /// Met by a provider.
    Inherited,
    /// Partly by a provider, partly here.
    Shared,
}

/// How a control or one of its statements is met. Sparse: only what differs from the catalogue's default exists.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Implementation {
    /// The system.
    #[schemars(extend("x-link" = "system"))]
    pub system: RecordId,
    /// Control or statement id, such as ac-2 or ac-2_smt.a.
    #[schemars(extend("x-control" = true))]
    pub control: String,
    /// The component that does it; empty for the system as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "component"))]
    pub component: Option<RecordId>,
    /// How far.
    pub status: ImplementationStatus,
    /// How, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub description: Option<String>,
    /// The system that provides it, when inherited or shared.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "system"))]
    pub provider: Option<RecordId>,
    /// Who answers for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub responsible: Option<RecordId>,
}

impl Kind for Implementation {
    const SPEC: KindSpec = KindSpec {
        name: "implementation",
        prefix: "impl",
        title: "Implementation",
        plural: "Implementations",
        about: "How a control or one of its statements is met by a system or component.",
        source: "OSCAL SSP implemented-requirement, by-component",
        title_field: "control",
        identity: &["control", "component"],
        scope: KindScope::System("system"),
        workflow: None,
        columns: &["control", "system", "component", "status", "provider", "responsible"],
    };

    fn problems(&self) -> Vec<FieldProblem> {
        let provided = matches!(self.status, ImplementationStatus::Inherited | ImplementationStatus::Shared);
        if provided && self.provider.is_none() && self.description.is_none() {
            return vec![FieldProblem::new(
                "provider",
                "say who provides it: a system, or the outside party in the description",
            )];
        }
        Vec::new()
    }
}
