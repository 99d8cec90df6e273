//! Releases in use, as far as advisories hit them.

use crate::hash::ContentHash;
use crate::id::RecordId;
use crate::level::Severity;
use jiff::Timestamp;

/// A release of a component that is in use, with what the advisories in force say hits it.
#[derive(Clone, Debug, PartialEq)]
pub struct ReleaseInUse {
    /// The component, as its bills of materials call it.
    pub component: String,
    /// Its version.
    pub version: String,
    /// Component records that say they are of it; none: it is the newest known, which stands for what is in use.
    pub records: Vec<RecordId>,
    /// When its newest bill was made.
    pub at: Timestamp,
    /// Packages in it that something hits, by name and version.
    pub hit: Vec<HitPackage>,
}

/// A package in a release that vulnerabilities hit.
#[derive(Clone, Debug, PartialEq)]
pub struct HitPackage {
    /// Its ecosystem, in OSV's words: `Maven`.
    pub ecosystem: String,
    /// Its name there: `org.example:codec`.
    pub name: String,
    /// The version that is in the release.
    pub version: String,
    /// The bill of materials that lists it.
    pub evidence: ContentHash,
    /// The smallest safe step, where advisories name one.
    pub upgrade: Option<Upgrade>,
    /// How many vulnerabilities hit it after that step too.
    pub leaves: usize,
    /// What hits it, worst first.
    pub vulnerabilities: Vec<HitVulnerability>,
}

/// Where a package has to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Upgrade {
    /// The lowest known version that nothing hits.
    To(String),
    /// Any version after this one.
    After(String),
}

/// A vulnerability that hits a package in a release.
#[derive(Clone, Debug, PartialEq)]
pub struct HitVulnerability {
    /// Its id.
    pub id: String,
    /// All its ids.
    pub ids: Vec<String>,
    /// One sentence.
    pub summary: String,
    /// How bad it is; `None`: no source says.
    pub severity: Option<Severity>,
    /// The best CVSS base score given, 0 to 10.
    pub score: Option<f32>,
    /// Since when it could be known: it was published, a release with it was in use, and advisories were loaded.
    pub since: Timestamp,
    /// Until when an approved decision holds that it does not apply or is accepted.
    pub decided_until: Option<Timestamp>,
}
