//! A note: a remark on anything.

use crate::id::RecordId;
use crate::kind::{Kind, KindScope, KindSpec};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A remark on a record, a deficiency or a finding.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Note {
    /// The remark's heading.
    pub title: String,
    /// The system it concerns; empty for the programme.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "system"))]
    pub system: Option<RecordId>,
    /// Id of what it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// The remark.
    #[schemars(extend("x-long" = true))]
    pub text: String,
}

impl Kind for Note {
    const SPEC: KindSpec = KindSpec {
        name: "note",
        prefix: "note",
        title: "Note",
        plural: "Notes",
        about: "A remark on a record, a deficiency or a finding.",
        source: "OSCAL remarks",
        title_field: "title",
        identity: &["title", "about"],
        scope: KindScope::SystemOrOrganisation("system"),
        workflow: None,
        columns: &["title", "system", "about", "text"],
    };
}
