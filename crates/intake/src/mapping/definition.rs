//! The tables of a mapping file. What each key means for people stands in `docs/readers.md`.

use super::condition::Conditions;
use super::expression::Expression;
use super::path::Path;
use super::pattern::Pattern;
use super::rules::{AssetRule, CheckRule, ComponentRule, ProblemRule, ServiceRule, WeaknessRule};
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// A mapping file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Stable id of the format, lower case with dashes.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The documentation followed.
    #[serde(default)]
    pub source: Option<String>,
    /// The language of the document.
    #[serde(default)]
    pub format: Format,
    /// The tool's name; the id when left out.
    #[serde(default)]
    pub tool: Expression,
    /// The tool's version.
    #[serde(default)]
    pub version: Expression,
    /// When the tool looked.
    #[serde(default)]
    pub observed: Expression,
    /// What was looked at, unless a fact says otherwise.
    #[serde(default)]
    pub target: Expression,
    /// The release the file is about.
    #[serde(default)]
    pub release: Expression,
    /// How the format is told from others: one of these must fit.
    pub recognise: Vec<Recognise>,
    /// Which versions of the format can be read, if not all.
    #[serde(default)]
    pub supported: Option<Supported>,
    /// For archives: the names of the members that are read.
    #[serde(default)]
    pub member: Vec<Pattern>,
    /// Tables that records refer to.
    #[serde(default)]
    pub join: BTreeMap<String, Join>,
    /// For text: what makes a record.
    #[serde(default)]
    pub pattern: Vec<PatternDefinition>,
    /// Records that are weaknesses.
    #[serde(default)]
    pub weakness: Vec<WeaknessRule>,
    /// Records that are results of rules.
    #[serde(default)]
    pub check: Vec<CheckRule>,
    /// Records that are software.
    #[serde(default)]
    pub component: Vec<ComponentRule>,
    /// Records that are hosts or images.
    #[serde(default)]
    pub asset: Vec<AssetRule>,
    /// Records that are network services.
    #[serde(default)]
    pub service: Vec<ServiceRule>,
    /// Records that are reported as problems: skipped, not assessed, failed.
    #[serde(default)]
    pub problem: Vec<ProblemRule>,
    /// A small example, which a test reads.
    pub example: ExampleDefinition,
}

/// A small example and what reading it gives.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExampleDefinition {
    /// The file.
    #[serde(default)]
    pub input: String,
    /// For archives: the members by name.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// How many facts it gives.
    pub facts: usize,
    /// How many problems it gives.
    #[serde(default)]
    pub problems: usize,
}

/// The language of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// JSON, JSON lines, several documents one after the other.
    #[default]
    Json,
    /// XML.
    Xml,
    /// CSV, XLSX or ODS.
    Table,
    /// Text, by patterns.
    Text,
    /// HTML.
    Html,
    /// A ZIP archive of XML files.
    #[serde(rename = "xml-archive")]
    XmlArchive,
    /// A ZIP archive of JSON files.
    #[serde(rename = "json-archive")]
    JsonArchive,
    /// A ZIP archive of CSV files.
    #[serde(rename = "table-archive")]
    TableArchive,
    /// A workbook of which all sheets are read.
    Workbook,
}

/// Which versions of a format can be read.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supported {
    /// Where the version stands.
    pub version: Expression,
    /// The versions that can be read.
    pub versions: Vec<String>,
}

/// One way to tell a format.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recognise {
    /// Conditions that must all hold for the document.
    #[serde(default)]
    pub all: Conditions,
    /// Conditions of which one must hold.
    #[serde(default)]
    pub any: Conditions,
    /// Conditions of which none may hold.
    #[serde(default)]
    pub none: Conditions,
    /// XML: names the root element may have.
    #[serde(default)]
    pub root: Vec<String>,
    /// Tables: headers that must all be there.
    #[serde(default)]
    pub header: Vec<String>,
    /// Text: patterns that must all be found in the first 64 KiB.
    #[serde(default)]
    pub text: Vec<Pattern>,
    /// Archives: patterns of which each must fit the name of a member.
    #[serde(default)]
    pub member: Vec<Pattern>,
    /// Whether another format may know better.
    #[serde(default)]
    pub sure: Sure,
}

/// How sure a recognition is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sure {
    /// Another reader may know better.
    Maybe,
    /// The structure fits.
    #[default]
    Likely,
    /// The format's own marker is there.
    Certain,
}

/// A table that records refer to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// Where its records are, from the document.
    #[serde(rename = "in")]
    pub within: Paths,
    /// Their key.
    pub key: Expression,
    /// What a record refers by.
    pub by: Expression,
}

/// What makes a record in a text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatternDefinition {
    /// The record's name, to be used in `each`.
    #[serde(default)]
    pub name: Option<String>,
    /// The pattern; its named groups are the record's values.
    pub find: Pattern,
}

/// One path or a list of them.
#[derive(Debug)]
pub struct Paths(Vec<Path>);

impl Paths {
    /// The paths.
    pub fn iter(&self) -> impl Iterator<Item = &Path> {
        self.0.iter()
    }
}

impl Default for Paths {
    fn default() -> Self {
        Self(Path::parse(".").into_iter().collect())
    }
}

impl<'de> Deserialize<'de> for Paths {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let texts: Vec<String> = super::expression::one_or_many(from)?;
        let parsed = texts.iter().map(|text| Path::parse(text)).collect::<Result<_, _>>();
        parsed.map(Self).map_err(|error| serde::de::Error::custom(format!("path {texts:?}: {error}")))
    }
}
