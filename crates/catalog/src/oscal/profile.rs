//! The profile model: which controls of which documents, merged how, modified how.

use super::{
    BackMatter, Constraint, Guideline, Link, Metadata, Param, Part, Prop, ReadError, Rest, Select, read,
};
use serde::{Deserialize, Serialize};

/// A selection and adaptation of controls.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Profile {
    /// Identity of this version of the document.
    pub uuid: String,
    /// Title, version and dates.
    pub metadata: Metadata,
    /// What is imported, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub imports: Vec<Import>,
    /// How imported controls are put together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merge: Option<Merge>,
    /// How they are changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modify: Option<Modify>,
    /// Cited resources; imports may point to them by `#uuid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_matter: Option<BackMatter>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// One imported document and the controls taken from it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Import {
    /// Address of a catalogue or profile, or `#uuid` of a resource in the back matter.
    pub href: String,
    /// Take every control.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_all: Option<Rest>,
    /// Take these controls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_controls: Option<Vec<SelectControls>>,
    /// Leave these controls out, whatever includes them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude_controls: Vec<SelectControls>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A set of controls by identifier or pattern.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SelectControls {
    /// `yes` takes all descendants of a matching control too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_child_controls: Option<String>,
    /// Identifiers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with_ids: Vec<String>,
    /// Glob patterns over identifiers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub matching: Vec<Matching>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A glob pattern over control identifiers; without pattern it matches nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Matching {
    /// `*` stands for any characters, `?` for one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
}

/// How imported controls are put together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Merge {
    /// What happens to controls with the same identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub combine: Option<Combine>,
    /// A flat list without groups and nesting (also the default).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flat: Option<serde_json::Value>,
    /// `true` keeps the groups of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_is: Option<bool>,
    /// A structure declared by the profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom: Option<Custom>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// What happens to controls with the same identifier.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Combine {
    /// `use-first`, `keep` or `merge` (deprecated).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
}

/// A structure declared by the profile.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Custom {
    /// Groups to create.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<CustomGroup>,
    /// Controls outside any group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub insert_controls: Vec<InsertControls>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A group that the profile creates.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CustomGroup {
    /// Identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Kind of group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Name of the group.
    #[serde(default)]
    pub title: String,
    /// Loose parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// Characteristics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Prop>,
    /// References.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Text of the group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Groups inside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<CustomGroup>,
    /// Controls to place here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub insert_controls: Vec<InsertControls>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Controls to place at one point of a custom structure.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct InsertControls {
    /// `keep`, `ascending` or `descending`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// Place every imported control.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_all: Option<Rest>,
    /// Place these controls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_controls: Option<Vec<SelectControls>>,
    /// Leave these out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclude_controls: Vec<SelectControls>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// How imported controls are changed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Modify {
    /// Parameter settings, applied in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_parameters: Vec<SetParameter>,
    /// Changes to controls, applied in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alters: Vec<Alter>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A setting of one parameter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct SetParameter {
    /// The parameter.
    pub param_id: String,
    /// Replaces the class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Replaces the dependency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depends_on: Option<String>,
    /// Added characteristics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Prop>,
    /// Added references.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Replaces the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Replaces the usage.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<String>,
    /// Added constraints.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<Constraint>,
    /// Added guidelines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guidelines: Vec<Guideline>,
    /// Replaces the values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Replaces the choices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub select: Option<Select>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Changes to one control.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Alter {
    /// The control.
    pub control_id: String,
    /// What is removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removes: Vec<Remove>,
    /// What is added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adds: Vec<Add>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A condition on objects inside a control; all given criteria must hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Remove {
    /// Name of a part or prop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_name: Option<String>,
    /// Class of the object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_class: Option<String>,
    /// Identifier of the object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_id: Option<String>,
    /// Kind of object: `param`, `prop`, `link`, `part` or `control`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_item_name: Option<String>,
    /// Namespace of the object; OSCAL's own also matches an absent one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_ns: Option<String>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Content added to a control.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Add {
    /// `before`, `after`, `starting` or `ending` (default).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// The object inside the control it is placed relative to; absent means the control itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_id: Option<String>,
    /// Replaces the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Added parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// Added characteristics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Prop>,
    /// Added references.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Added parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

impl Profile {
    /// Reads a profile document (`{"profile": …}`).
    ///
    /// # Errors
    /// [`ReadError`] when the document is too large, too deep, not JSON or not a profile.
    pub fn from_json(bytes: &[u8]) -> Result<Profile, ReadError> {
        #[derive(Deserialize)]
        struct Root {
            profile: Profile,
        }
        read::parse::<Root>(bytes, "profile").map(|root| root.profile)
    }

    /// Writes the profile as an OSCAL JSON document.
    ///
    /// # Errors
    /// Only when a value can not be written as JSON, which no document read by [`Profile::from_json`] has.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        #[derive(Serialize)]
        struct Root<'a> {
            profile: &'a Profile,
        }
        serde_json::to_vec_pretty(&Root { profile: self })
    }
}
