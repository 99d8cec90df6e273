//! A data flow: what moves from one component to another.

use crate::id::RecordId;
use crate::kind::{Kind, KindScope, KindSpec};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether something is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Protection {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// Nobody has said.
    #[default]
    Unknown,
}

/// Information moving from one component to another.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DataFlow {
    /// The system.
    #[schemars(extend("x-link" = "system"))]
    pub system: RecordId,
    /// Name, unique within the system.
    pub name: String,
    /// Where it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "component"))]
    pub source: Option<RecordId>,
    /// Where it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "component"))]
    pub destination: Option<RecordId>,
    /// What moves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-link" = "information_type"))]
    pub information_types: Vec<RecordId>,
    /// Protocol, such as HTTPS or Modbus/TCP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// Whether it is encrypted on the way.
    pub encrypted: Protection,
    /// Whether both ends prove who they are.
    pub authenticated: Protection,
}

impl Kind for DataFlow {
    const SPEC: KindSpec = KindSpec {
        name: "data_flow",
        prefix: "flow",
        title: "Data flow",
        plural: "Data flows",
        about: "Information moving from one component to another.",
        source: "OSCAL SSP data-flow; SP 800-18r1 §3.10",
        title_field: "name",
        identity: &["name"],
        scope: KindScope::System("system"),
        workflow: None,
        columns: &["name", "system", "source", "destination", "protocol", "encrypted", "authenticated"],
    };
}
