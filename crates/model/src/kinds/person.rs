//! A person: someone who owns, approves, assesses or is trained.

use crate::id::RecordId;
use crate::kind::{Kind, KindScope, KindSpec};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Someone who owns, approves, assesses or is trained. Not an account: accounts point to people by e-mail.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// E-mail address; rosters and accounts find the person by it.
    pub email: String,
    /// The unit they work in.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-link" = "unit"))]
    pub unit: Option<RecordId>,
    /// Position.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// NICE work role ids (SP 800-181), such as OG-WRL-014.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub work_roles: Vec<String>,
    /// Courses the person must have passed and not let lapse.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub required_courses: Vec<String>,
    /// The day they joined; required courses count from then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joined: Option<jiff::civil::Date>,
    /// The day they left; empty while they are here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<jiff::civil::Date>,
}

impl Kind for Person {
    const SPEC: KindSpec = KindSpec {
        name: "person",
        prefix: "person",
        title: "Person",
        plural: "People",
        about: "Someone who owns, approves, assesses or is trained.",
        source: "OSCAL party; SP 800-181r1",
        title_field: "email",
        identity: &["email"],
        scope: KindScope::Organisation,
        workflow: None,
        columns: &["name", "email", "unit", "position"],
    };
}
