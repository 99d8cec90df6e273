//! An interconnection: a link to a system of somebody else.

use crate::id::RecordId;
use crate::kind::{Kind, KindScope, KindSpec};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which way information goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// To us.
    Incoming,
    /// From us.
    Outgoing,
    /// Both.
    #[default]
    Both,
}

/// A link between a system and one outside its boundary (SP 800-47r1).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Interconnection {
    /// Our system.
    #[schemars(extend("x-link" = "system"))]
    pub system: RecordId,
    /// Name, unique within the system.
    pub name: String,
    /// Who runs the other side.
    pub remote_party: String,
    /// The other side, when it is one of our own systems.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "system"))]
    pub remote_system: Option<RecordId>,
    /// Which way information goes.
    pub direction: Direction,
    /// What moves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-link" = "information_type"))]
    pub information_types: Vec<RecordId>,
    /// Reference of the agreement (ISA, MOU, contract); empty when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement: Option<String>,
    /// The agreement's last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreement_expires: Option<Date>,
}

impl Kind for Interconnection {
    const SPEC: KindSpec = KindSpec {
        name: "interconnection",
        prefix: "link",
        title: "Interconnection",
        plural: "Interconnections",
        about: "A link between a system and one outside its boundary, with its agreement.",
        source: "SP 800-47r1; SP 800-53r5 CA-3",
        title_field: "name",
        identity: &["name"],
        scope: KindScope::System("system"),
        workflow: None,
        columns: &["name", "system", "remote_party", "direction", "agreement", "agreement_expires"],
    };
}
