//! A unit: a part of the organisation.

use crate::id::RecordId;
use crate::kind::{Kind, KindScope, KindSpec};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A part of the organisation. Units form a tree that scopes permission and roll-ups.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Unit {
    /// Name, unique in the organisation.
    pub name: String,
    /// The unit it is part of; empty for the top.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "unit"))]
    pub parent: Option<RecordId>,
    /// Who leads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub head: Option<RecordId>,
    /// What it is there for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-long" = true))]
    pub mission: Option<String>,
}

impl Kind for Unit {
    const SPEC: KindSpec = KindSpec {
        name: "unit",
        prefix: "unit",
        title: "Unit",
        plural: "Units",
        about: "A part of the organisation; units form a tree that scopes permission and roll-ups.",
        source: "SP 800-39 §2.2",
        title_field: "name",
        identity: &["name"],
        scope: KindScope::IsUnit("parent"),
        workflow: None,
        columns: &["name", "parent", "head"],
    };
}
