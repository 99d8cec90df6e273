//! The tables of a mapping file. What each key means for people stands in `docs/readers.md`.

use super::condition::Conditions;
use super::expression::Expression;
use super::path::Path;
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

/// A regular expression in a mapping; `^` and `$` mean the ends of lines.
#[derive(Debug)]
pub struct Pattern(pub regex::Regex);

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let built = regex::RegexBuilder::new(&text).multi_line(true).crlf(true).build();
        built.map(Self).map_err(|error| serde::de::Error::custom(format!("pattern `{text}`: {error}")))
    }
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

/// Which records a rule is about.
pub trait Selection {
    /// Where the records are.
    fn each(&self) -> &Paths;
    /// What must hold for a record.
    fn when(&self) -> &Conditions;
    /// What must not hold.
    fn skip(&self) -> &Conditions;
    /// The expressions, for checking.
    fn expressions(&self) -> Vec<&Expression>;
}

macro_rules! rule {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident,)* } conditions { $($(#[$c_doc:meta])* $condition:ident,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// Where the records are, from the document.
            #[serde(default)]
            pub each: Paths,
            /// What must hold for a record.
            #[serde(default)]
            pub when: Conditions,
            /// A record for which one of these holds is passed over.
            #[serde(default)]
            pub skip: Conditions,
            $($(#[$field_doc])* #[serde(default)] pub $field: Expression,)*
            $($(#[$c_doc])* #[serde(default)] pub $condition: Conditions,)*
        }

        impl Selection for $name {
            fn each(&self) -> &Paths {
                &self.each
            }

            fn when(&self) -> &Conditions {
                &self.when
            }

            fn skip(&self) -> &Conditions {
                &self.skip
            }

            fn expressions(&self) -> Vec<&Expression> {
                vec![$(&self.$field,)*]
            }
        }
    };
}

rule! {
    /// Records that are weaknesses.
    WeaknessRule {
        /// The host, image, repository looked at.
        target,
        /// The tool's rule or vulnerability id.
        rule,
        /// A short title.
        title,
        /// How bad; a word or a number by `| cvss`.
        severity,
        /// Texts that hold vulnerability ids.
        vulnerabilities,
        /// Texts that hold CWE numbers.
        cwes,
        /// CVSS vectors; the newest is taken.
        vector,
        /// CVSS base score.
        score,
        /// How to put it right.
        remedy,
        /// First version without it.
        fixed,
        /// References to controls.
        controls,
        /// The tool's words.
        detail,
        /// A place in code: path.
        file,
        /// A place in code: line.
        line,
        /// A place in code: the tool's fingerprint.
        fingerprint,
        /// A package: name.
        package,
        /// A package: installed version.
        installed,
        /// A package: package URL.
        purl,
        /// A package: where in the artefact it lies.
        location,
        /// A port of a host.
        port,
        /// Its protocol.
        protocol,
        /// A named resource.
        resource,
        /// A secret: never kept.
        secret,
    } conditions {
        /// One of these marks a record as suppressed.
        suppressed,
        /// One of these says that an exploit is known.
        exploit,
    }
}

rule! {
    /// Records that are results of rules.
    CheckRule {
        /// The host or image.
        target,
        /// The benchmark.
        benchmark,
        /// The rule's id.
        rule,
        /// The rule's title.
        title,
        /// What came out.
        outcome,
        /// How bad a failure is.
        severity,
        /// References to controls.
        controls,
        /// How to put it right.
        remedy,
        /// The tool's words.
        detail,
    } conditions {}
}

rule! {
    /// Records that are software.
    ComponentRule {
        /// The artefact it is part of.
        target,
        /// Package URL.
        purl,
        /// CPE 2.3 name.
        cpe,
        /// Group or namespace.
        group,
        /// Name.
        name,
        /// Version.
        version,
        /// Supplier.
        supplier,
        /// Licences.
        licenses,
        /// What it is.
        class,
        /// SHA-256.
        sha256,
    } conditions {}
}

rule! {
    /// Records that are hosts or images.
    AssetRule {
        /// Its name.
        name,
        /// Other names.
        aliases,
        /// Operating system.
        platform,
    } conditions {
        /// One of these says that the tool could log in.
        authenticated,
    }
}

rule! {
    /// Records that are network services.
    ServiceRule {
        /// The host.
        target,
        /// Port number.
        port,
        /// Protocol; `tcp` when left out.
        protocol,
        /// Service name.
        name,
        /// Product and version.
        product,
    } conditions {
        /// One of these says that it speaks TLS.
        tls,
    }
}

rule! {
    /// Records that are reported as problems.
    ProblemRule {
        /// What is to be said.
        message,
    } conditions {}
}
