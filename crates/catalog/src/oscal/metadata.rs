//! Document metadata and back matter.

use super::read::exact;
use super::{Link, Prop, Rest};
use serde::{Deserialize, Serialize};

/// Title, version and dates of a document, with its roles and parties in `rest`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Metadata {
    /// Title of the document.
    pub title: String,
    /// RFC 3339 time of first publication, literally as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// RFC 3339 time of the last change, literally as written.
    #[serde(default)]
    pub last_modified: String,
    /// Version of the document.
    #[serde(default)]
    pub version: String,
    /// OSCAL version the document is written in.
    #[serde(default)]
    pub oscal_version: String,
    /// Characteristics.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Prop>,
    /// References.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Fields not named here: revisions, roles, parties, responsible parties, remarks …
    #[serde(flatten)]
    pub rest: Rest,
}

/// Resources that the document refers to.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BackMatter {
    /// The resources, in order.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<Resource>,
}

/// A cited or attached document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    /// Identifier that `#uuid` links point to.
    pub uuid: String,
    /// Title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Characteristics.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub props: Vec<Prop>,
    /// Places to fetch it from.
    #[serde(default, deserialize_with = "exact", skip_serializing_if = "Vec::is_empty")]
    pub rlinks: Vec<ResourceLink>,
    /// The resource itself, encoded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base64: Option<Base64>,
    /// Fields not named here.
    #[serde(flatten)]
    pub rest: Rest,
}

/// One place to fetch a resource from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ResourceLink {
    /// Address, relative to the document.
    pub href: String,
    /// Media type at that address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Fields not named here, e.g. hashes.
    #[serde(flatten)]
    pub rest: Rest,
}

/// An embedded resource.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Base64 {
    /// File name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
    /// Media type of the content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// The content in base 64.
    pub value: String,
}
