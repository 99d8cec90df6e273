//! What a feed says, in one form whatever the feed: advisories, statements, signs of exploitation.

use crate::range::Span;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One advisory of one source.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Advisory {
    /// Its id in its source: `GHSA-…`, `RUSTSEC-…`, `PYSEC-…`, `CVE-…`.
    pub id: String,
    /// Other ids of the same vulnerability.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// One sentence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Timestamp>,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Timestamp>,
    /// When it was withdrawn: it does not count any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Timestamp>,
    /// CVSS vectors as given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub vectors: Vec<String>,
    /// The source's own word for how bad it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<String>,
    /// Weakness classes (CWE numbers).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cwes: Vec<u32>,
    /// What it is when it is no vulnerability: `unmaintained`, `unsound`, `notice`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub informational: Option<String>,
    /// What it affects.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub affected: Vec<Affected>,
}

/// A package that an advisory affects, and in which versions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Affected {
    /// The ecosystem in OSV's words.
    #[serde(rename = "e")]
    pub ecosystem: String,
    /// The package's name, normalised.
    #[serde(rename = "n")]
    pub name: String,
    /// The id of the scheme that orders these versions.
    #[serde(rename = "s")]
    pub scheme: String,
    /// Stretches of affected versions.
    #[serde(rename = "r", skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
    /// Single affected versions.
    #[serde(rename = "v", skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<String>,
    /// Stretches that are not affected although one above holds them.
    #[serde(rename = "x", skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Span>,
    /// Parts that could not be read; a component they might be about is *not assessed*.
    #[serde(rename = "u", skip_serializing_if = "Vec::is_empty")]
    pub unreadable: Vec<String>,
    /// Versions the source names as fixed.
    #[serde(rename = "f", skip_serializing_if = "Vec::is_empty")]
    pub fixed: Vec<String>,
    /// Functions that are vulnerable.
    #[serde(rename = "y", skip_serializing_if = "Vec::is_empty")]
    pub symbols: Vec<String>,
}

/// A vulnerability known to be exploited (KEV).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Exploited {
    /// The CVE id.
    pub cve: String,
    /// The day it was added: `2025-08-25`.
    pub added: String,
    /// The day by which it had to be remedied.
    pub due: String,
    /// Whether ransomware is known to use it.
    pub ransomware: bool,
}

/// How likely exploitation is within 30 days (EPSS).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prediction {
    /// The CVE id.
    pub cve: String,
    /// Probability, 0 to 1.
    pub probability: f32,
    /// Share of vulnerabilities with the same or a lower probability, 0 to 1.
    pub percentile: f32,
}

/// An SSVC decision's inputs, as a coordinator published them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ssvc {
    /// The CVE id.
    pub cve: String,
    /// `none`, `poc` or `active`.
    pub exploitation: String,
    /// `no` or `yes`.
    pub automatable: String,
    /// `partial` or `total`.
    pub technical_impact: String,
    /// When it was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// What a supplier says of a vulnerability in a product (VEX).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Statement {
    /// The document: its id, or the file it came in.
    pub document: String,
    /// Who says so.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// Ids of the vulnerability.
    pub vulnerabilities: Vec<String>,
    /// Package URLs, CPE names or plain names of the products.
    pub products: Vec<String>,
    /// Package URLs of parts of the products the statement is limited to. Empty: the products themselves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// What is said.
    pub status: Status,
    /// Why a product is not affected, in the words of the VEX minimum requirements:
    /// `component_not_present`, `vulnerable_code_not_in_execute_path`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<String>,
    /// The supplier's explanation.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub explanation: String,
    /// When it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// The statuses of VEX.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The product is affected.
    Affected,
    /// It is fixed in these versions.
    Fixed,
    /// It is not affected.
    NotAffected,
    /// Nobody knows yet.
    #[default]
    UnderInvestigation,
}
