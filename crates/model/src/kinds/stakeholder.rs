//! A stakeholder: someone outside the programme with an interest in it.

use crate::id::RecordId;
use crate::kind::{Kind, KindScope, KindSpec};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A three-step level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Little.
    Low,
    /// Some.
    Medium,
    /// Much.
    High,
}

/// A party with an interest in the programme: a regulator, a customer group, a board.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Stakeholder {
    /// Name of the party.
    pub name: String,
    /// What they want from the programme.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub interest: Option<String>,
    /// How much say they have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub influence: Option<Level>,
    /// Who speaks with them.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub contact: Option<RecordId>,
    /// The systems they care about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-link" = "system"))]
    pub systems: Vec<RecordId>,
}

impl Kind for Stakeholder {
    const SPEC: KindSpec = KindSpec {
        name: "stakeholder",
        prefix: "stakeholder",
        title: "Stakeholder",
        plural: "Stakeholders",
        about: "A party with an interest in the programme.",
        source: "SP 800-37r2 task P-9",
        title_field: "name",
        identity: &["name"],
        scope: KindScope::Organisation,
        workflow: None,
        columns: &["name", "influence", "contact", "interest"],
    };
}
