//! The parts of Trivy's reports that are read.

use crate::json::lenient;
use crate::vulnerability::Rating;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

#[derive(Deserialize)]
pub(super) struct Report<'a> {
    #[serde(default, rename = "ArtifactName", deserialize_with = "lenient::string")]
    pub(super) artifact: Option<String>,
    #[serde(default, rename = "ArtifactType", deserialize_with = "lenient::string")]
    pub(super) kind: Option<String>,
    #[serde(default, rename = "CreatedAt", deserialize_with = "lenient::string")]
    pub(super) created: Option<String>,
    #[serde(default, rename = "Trivy", deserialize_with = "lenient::fitting")]
    pub(super) trivy: Own,
    #[serde(default, rename = "Metadata", deserialize_with = "lenient::fitting")]
    pub(super) metadata: Metadata,
    #[serde(borrow, default, rename = "Results")]
    pub(super) results: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "Resources")]
    pub(super) resources: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "Vulnerabilities")]
    pub(super) vulnerabilities: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "Misconfigurations")]
    pub(super) misconfigurations: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
pub(super) struct Own {
    #[serde(default, rename = "Version", deserialize_with = "lenient::string")]
    pub(super) version: Option<String>,
}

#[derive(Default, Deserialize)]
pub(super) struct Metadata {
    #[serde(default, rename = "OS", deserialize_with = "lenient::fitting")]
    pub(super) os: System,
    #[serde(default, rename = "RepoTags", deserialize_with = "lenient::strings")]
    pub(super) tags: Vec<String>,
    #[serde(default, rename = "RepoDigests", deserialize_with = "lenient::strings")]
    pub(super) digests: Vec<String>,
}

#[derive(Default, Deserialize)]
pub(super) struct System {
    #[serde(default, rename = "Family", deserialize_with = "lenient::string")]
    pub(super) family: Option<String>,
    #[serde(default, rename = "Name", deserialize_with = "lenient::string")]
    name: Option<String>,
}

impl System {
    pub(super) fn words(&self) -> Option<String> {
        let words: Vec<&str> = [&self.family, &self.name].into_iter().flatten().map(String::as_str).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
}

/// A resource of a Kubernetes summary.
#[derive(Deserialize)]
pub(super) struct Resource<'a> {
    #[serde(default, rename = "Namespace", deserialize_with = "lenient::string")]
    pub(super) namespace: Option<String>,
    #[serde(default, rename = "Kind", deserialize_with = "lenient::string")]
    pub(super) kind: Option<String>,
    #[serde(default, rename = "Name", deserialize_with = "lenient::string")]
    pub(super) name: Option<String>,
    #[serde(borrow, default, rename = "Results")]
    pub(super) results: Option<&'a RawValue>,
}

/// An element of `Results`: what was found in one file or package database.
#[derive(Deserialize)]
pub(super) struct Group<'a> {
    #[serde(default, rename = "Target", deserialize_with = "lenient::string")]
    pub(super) target: Option<String>,
    #[serde(default, rename = "Class", deserialize_with = "lenient::string")]
    pub(super) class: Option<String>,
    #[serde(borrow, default, rename = "Packages")]
    pub(super) packages: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "Vulnerabilities")]
    pub(super) vulnerabilities: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "Misconfigurations")]
    pub(super) misconfigurations: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "Secrets")]
    pub(super) secrets: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "ExperimentalModifiedFindings")]
    pub(super) modified: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
pub(super) struct Identifier {
    #[serde(default, rename = "PURL", deserialize_with = "lenient::string")]
    pub(super) purl: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Package {
    #[serde(default, rename = "Name", deserialize_with = "lenient::string")]
    pub(super) name: Option<String>,
    #[serde(default, rename = "Version", deserialize_with = "lenient::string")]
    version: Option<String>,
    #[serde(default, rename = "Release", deserialize_with = "lenient::string")]
    release: Option<String>,
    #[serde(default, rename = "Epoch", deserialize_with = "lenient::number")]
    epoch: Option<f64>,
    #[serde(default, rename = "Identifier", deserialize_with = "lenient::fitting")]
    pub(super) identifier: Identifier,
    #[serde(default, rename = "Licenses", deserialize_with = "lenient::strings")]
    pub(super) licenses: Vec<String>,
    #[serde(default, rename = "Maintainer", deserialize_with = "lenient::string")]
    pub(super) maintainer: Option<String>,
}

impl Package {
    /// `epoch:version-release`, without the parts that are not there.
    pub(super) fn version(&self) -> Option<String> {
        let version = self.version.clone()?;
        let released =
            self.release.as_ref().map_or(version.clone(), |release| format!("{version}-{release}"));
        let epoch = self.epoch.filter(|epoch| *epoch > 0.0);
        Some(epoch.map_or(released.clone(), |epoch| format!("{epoch}:{released}")))
    }
}

#[derive(Deserialize)]
pub(super) struct Vulnerability {
    #[serde(default, rename = "VulnerabilityID", deserialize_with = "lenient::string")]
    pub(super) id: Option<String>,
    #[serde(default, rename = "VendorIDs", deserialize_with = "lenient::strings")]
    pub(super) vendor_ids: Vec<String>,
    #[serde(default, rename = "PkgName", deserialize_with = "lenient::string")]
    pub(super) package: Option<String>,
    #[serde(default, rename = "PkgPath", deserialize_with = "lenient::string")]
    pub(super) path: Option<String>,
    #[serde(default, rename = "PkgIdentifier", deserialize_with = "lenient::fitting")]
    pub(super) identifier: Identifier,
    #[serde(default, rename = "Ref", deserialize_with = "lenient::string")]
    pub(super) reference: Option<String>,
    #[serde(default, rename = "InstalledVersion", deserialize_with = "lenient::string")]
    pub(super) installed: Option<String>,
    #[serde(default, rename = "FixedVersion", deserialize_with = "lenient::string")]
    pub(super) fixed: Option<String>,
    #[serde(default, rename = "Status", deserialize_with = "lenient::string")]
    pub(super) status: Option<String>,
    #[serde(default, rename = "SeveritySource", deserialize_with = "lenient::string")]
    source: Option<String>,
    #[serde(default, rename = "Severity", deserialize_with = "lenient::string")]
    pub(super) severity: Option<String>,
    #[serde(default, rename = "Title", deserialize_with = "lenient::string")]
    pub(super) title: Option<String>,
    #[serde(default, rename = "Description", deserialize_with = "lenient::string")]
    pub(super) description: Option<String>,
    #[serde(default, rename = "CweIDs", deserialize_with = "lenient::strings")]
    pub(super) cwes: Vec<String>,
    #[serde(default, rename = "CVSS", deserialize_with = "lenient::fitting")]
    cvss: BTreeMap<String, Cvss>,
}

#[derive(Deserialize)]
struct Cvss {
    #[serde(default, rename = "V2Vector", deserialize_with = "lenient::string")]
    v2: Option<String>,
    #[serde(default, rename = "V3Vector", deserialize_with = "lenient::string")]
    v3: Option<String>,
    #[serde(default, rename = "V40Vector", deserialize_with = "lenient::string")]
    v4: Option<String>,
    #[serde(default, rename = "V2Score", deserialize_with = "lenient::number")]
    v2_score: Option<f64>,
    #[serde(default, rename = "V3Score", deserialize_with = "lenient::number")]
    v3_score: Option<f64>,
    #[serde(default, rename = "V40Score", deserialize_with = "lenient::number")]
    v4_score: Option<f64>,
}

impl Vulnerability {
    /// The ratings of the source that the severity comes from, else those of all sources.
    pub(super) fn ratings(&self) -> Vec<Rating> {
        let preferred = self.source.as_ref().and_then(|source| self.cvss.get(source));
        let chosen: Vec<&Cvss> = preferred.map_or_else(|| self.cvss.values().collect(), |cvss| vec![cvss]);
        let all = chosen.into_iter().flat_map(|cvss| {
            [
                ("2.0", &cvss.v2, cvss.v2_score),
                ("", &cvss.v3, cvss.v3_score),
                ("4.0", &cvss.v4, cvss.v4_score),
            ]
        });
        all.filter(|(_, vector, score)| vector.is_some() || score.is_some())
            .map(|(version, vector, score)| Rating::new(version, vector.as_deref(), score, None))
            .collect()
    }
}

/// A finding that the user's ignore file or a VEX statement took out.
#[derive(Deserialize)]
pub(super) struct Modified {
    #[serde(default, rename = "Type", deserialize_with = "lenient::string")]
    kind: Option<String>,
    #[serde(default, rename = "Finding", deserialize_with = "lenient::fitting")]
    finding: Option<Vulnerability>,
}

impl Modified {
    pub(super) fn vulnerability(self) -> Option<Vulnerability> {
        self.finding.filter(|_| self.kind.as_deref() == Some("vulnerability"))
    }
}

/// A found secret; `Match` and `Code` are read only to be masked.
#[derive(Deserialize)]
pub(super) struct Secret {
    #[serde(default, rename = "RuleID", deserialize_with = "lenient::string")]
    pub(super) rule: Option<String>,
    #[serde(default, rename = "Title", deserialize_with = "lenient::string")]
    pub(super) title: Option<String>,
    #[serde(default, rename = "Severity", deserialize_with = "lenient::string")]
    pub(super) severity: Option<String>,
    #[serde(default, rename = "StartLine", deserialize_with = "lenient::number")]
    pub(super) line: Option<f64>,
    #[serde(default, rename = "Match", deserialize_with = "lenient::string")]
    matched: Option<String>,
    #[serde(default, rename = "Code", deserialize_with = "lenient::fitting")]
    code: Code,
}

#[derive(Default, Deserialize)]
struct Code {
    #[serde(default, rename = "Lines", deserialize_with = "lenient::list")]
    lines: Vec<CodeLine>,
}

#[derive(Deserialize)]
struct CodeLine {
    #[serde(default, rename = "IsCause")]
    is_cause: bool,
    #[serde(default, rename = "Content", deserialize_with = "lenient::string")]
    content: Option<String>,
    #[serde(default, rename = "Highlighted", deserialize_with = "lenient::string")]
    highlighted: Option<String>,
}

impl Secret {
    /// The texts that hold the secret, unless Trivy has put asterisks over it as it uses to.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let causes = self.code.lines.iter().filter(|line| line.is_cause);
        let lines = causes.flat_map(|line| [&line.content, &line.highlighted]);
        let all = lines.chain([&self.matched]).filter_map(Option::as_deref);
        all.filter(|text| !text.contains("***"))
    }
}

#[derive(Deserialize)]
pub(super) struct Misconfiguration {
    #[serde(default, rename = "Type", deserialize_with = "lenient::string")]
    pub(super) kind: Option<String>,
    #[serde(default, rename = "ID", deserialize_with = "lenient::string")]
    pub(super) id: Option<String>,
    #[serde(default, rename = "AVDID", deserialize_with = "lenient::string")]
    pub(super) avd_id: Option<String>,
    #[serde(default, rename = "Title", deserialize_with = "lenient::string")]
    pub(super) title: Option<String>,
    #[serde(default, rename = "Message", deserialize_with = "lenient::string")]
    message: Option<String>,
    #[serde(default, rename = "Resolution", deserialize_with = "lenient::string")]
    pub(super) resolution: Option<String>,
    #[serde(default, rename = "Severity", deserialize_with = "lenient::string")]
    pub(super) severity: Option<String>,
    #[serde(default, rename = "Status", deserialize_with = "lenient::string")]
    pub(super) status: Option<String>,
    #[serde(default, rename = "CauseMetadata", deserialize_with = "lenient::fitting")]
    cause: Cause,
}

#[derive(Default, Deserialize)]
struct Cause {
    #[serde(default, rename = "Resource", deserialize_with = "lenient::string")]
    resource: Option<String>,
    #[serde(default, rename = "StartLine", deserialize_with = "lenient::number")]
    line: Option<f64>,
}

impl Misconfiguration {
    /// Where and what, on one line.
    pub(super) fn detail(&self) -> Option<String> {
        let line = self.cause.line.filter(|line| *line > 0.0).map(|line| format!("line {line}"));
        let parts = [self.cause.resource.clone(), line, self.message.clone()];
        let words: Vec<String> = parts.into_iter().flatten().collect();
        crate::excerpt::detail(&words.join(": "))
    }
}
