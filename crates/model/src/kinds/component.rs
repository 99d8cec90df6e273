//! A component: a part of a system.

use crate::id::RecordId;
use crate::kind::{Kind, KindScope, KindSpec};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a component is (OSCAL component types and the roles that data takes).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ComponentType {
    /// Software that we run.
    #[default]
    Software,
    /// A server or virtual machine.
    Host,
    /// A device that people use or that controls a process.
    Device,
    /// A network or a piece of one.
    Network,
    /// A place where data rests.
    DataStore,
    /// A service that somebody else runs.
    Service,
    /// A person or party outside the boundary that uses the system.
    ExternalActor,
}

/// A part of a system.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Component {
    /// The system it is part of.
    #[schemars(extend("x-link" = "system"))]
    pub system: RecordId,
    /// Name, unique within the system.
    pub name: String,
    /// What it is.
    pub component_type: ComponentType,
    /// Trust zone it stands in; components of one zone are drawn inside one boundary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Names under which scans, SBOMs and backups know it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hostnames: Vec<String>,
    /// Product version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_version: Option<String>,
    /// Who makes or runs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
    /// Who looks after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "person"))]
    pub owner: Option<RecordId>,
    /// The last day its maker mends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_of_support: Option<Date>,
    /// Information types that rest on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("x-link" = "information_type"))]
    pub stores: Vec<RecordId>,
    /// Whether what rests on it is encrypted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encrypted_at_rest: Option<bool>,
    /// Most hours of data that may be lost (recovery point objective, SP 800-34r1 §3.2.1); empty: no backup is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backup_rpo_hours: Option<u32>,
    /// Owned by its user rather than by the organisation (BYOD).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_owned: Option<bool>,
}

impl Kind for Component {
    const SPEC: KindSpec = KindSpec {
        name: "component",
        prefix: "component",
        title: "Component",
        plural: "Components",
        about: "A part of a system: software, host, device, network, data store, service or outside party.",
        source: "OSCAL component; SP 800-18r1 §3.9",
        title_field: "name",
        identity: &["name"],
        scope: KindScope::System("system"),
        workflow: None,
        columns: &["name", "system", "component_type", "zone", "hostnames", "owner", "end_of_support"],
    };
}
