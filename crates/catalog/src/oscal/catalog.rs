//! The catalogue model: groups of controls.

use super::read::{self, exact};
use super::{BackMatter, Link, Metadata, Param, Part, Prop, ReadError, Rest};
use serde::{Deserialize, Serialize};

/// A catalogue of controls.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Catalog {
    /// Identity of this version of the document.
    pub uuid: String,
    /// Title, version and dates.
    pub metadata: Metadata,
    /// Parameters outside any control ("loose" parameters).
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// Controls outside any group.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<Control>,
    /// Groups, e.g. control families.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Cited resources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back_matter: Option<BackMatter>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A named group of controls, possibly with groups inside.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Group {
    /// Identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Kind of group, e.g. `family`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Name of the group.
    #[serde(default)]
    pub title: String,
    /// Loose parameters of the group.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// Characteristics.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Prop>,
    /// References.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Text of the group.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Groups inside.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Controls of the group.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<Control>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// A control, possibly with enhancements as controls inside.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Control {
    /// Identifier, e.g. `ac-2.1`.
    pub id: String,
    /// Kind of control, e.g. `SP800-53-enhancement`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Name of the control.
    #[serde(default)]
    pub title: String,
    /// Parameters.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<Param>,
    /// Characteristics.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Prop>,
    /// References.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Statement, guidance, assessment objectives.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Controls inside, e.g. enhancements.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<Control>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// Room for a written baseline, so that it is not copied again and again while it grows.
const WRITTEN: usize = 2 << 20;

impl Catalog {
    /// Reads a catalogue document (`{"catalog": …}`).
    ///
    /// # Errors
    /// [`ReadError`] when the document is too large, too deep, not JSON or not a catalogue.
    pub fn from_json(bytes: &[u8]) -> Result<Catalog, ReadError> {
        #[derive(Deserialize)]
        struct Root {
            catalog: Catalog,
        }
        read::parse::<Root>(bytes, "catalog").map(|root| root.catalog)
    }

    /// Writes the catalogue as an OSCAL JSON document.
    ///
    /// # Errors
    /// Only when a value can not be written as JSON, which no document read by [`Catalog::from_json`] has.
    pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        self.to_json_as(&self.uuid, &self.metadata)
    }

    /// Writes the catalogue under another identity, without a copy of its controls.
    pub(crate) fn to_json_as(&self, uuid: &str, metadata: &Metadata) -> Result<Vec<u8>, serde_json::Error> {
        #[derive(Serialize)]
        struct Root<'a> {
            catalog: Identified<'a>,
        }
        #[derive(Serialize)]
        #[serde(rename_all = "kebab-case")]
        struct Identified<'a> {
            uuid: &'a str,
            metadata: &'a Metadata,
            #[serde(skip_serializing_if = "<[Param]>::is_empty")]
            params: &'a [Param],
            #[serde(skip_serializing_if = "<[Control]>::is_empty")]
            controls: &'a [Control],
            #[serde(skip_serializing_if = "<[Group]>::is_empty")]
            groups: &'a [Group],
            #[serde(skip_serializing_if = "Option::is_none")]
            back_matter: Option<&'a BackMatter>,
            #[serde(flatten)]
            rest: &'a Rest,
        }
        let catalog = Identified {
            uuid,
            metadata,
            params: &self.params,
            controls: &self.controls,
            groups: &self.groups,
            back_matter: self.back_matter.as_ref(),
            rest: &self.rest,
        };
        let mut bytes = Vec::with_capacity(WRITTEN);
        serde_json::to_writer_pretty(&mut bytes, &Root { catalog })?;
        Ok(bytes)
    }

    /// Calls `visit` for every control in document order, parents before children.
    pub fn for_each_control<'a>(&'a self, visit: &mut dyn FnMut(&'a Control)) {
        fn controls<'a>(list: &'a [Control], visit: &mut dyn FnMut(&'a Control)) {
            for control in list {
                visit(control);
                controls(&control.controls, visit);
            }
        }
        fn groups<'a>(list: &'a [Group], visit: &mut dyn FnMut(&'a Control)) {
            for group in list {
                groups(&group.groups, visit);
                controls(&group.controls, visit);
            }
        }
        controls(&self.controls, visit);
        groups(&self.groups, visit);
    }
}
