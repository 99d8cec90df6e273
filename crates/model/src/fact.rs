//! Facts: one typed statement each, read from evidence by a reader.
//!
//! Nothing downstream of facts knows about scanner formats. A fact does not name the evidence it came from:
//! the store adds that when the file is accepted; the reader adds the [`Place`].

use crate::hash::key_of;
use crate::level::Severity;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where in a file a fact was read: the line (1-based, 0 when the format has no lines) and a path inside the
/// document (a JSON pointer, an element path, a sheet and row).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Line number, 1-based; 0 when unknown.
    pub line: u32,
    /// JSON pointer (RFC 6901), XPath-like element path, or `sheet!row`.
    pub pointer: String,
}

impl Place {
    /// A place known by line and path.
    pub fn new(line: u32, pointer: impl Into<String>) -> Self {
        Self { line, pointer: pointer.into() }
    }
}

/// One statement read from evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// A host, image or device was seen.
    Asset(AssetFact),
    /// A backup run, check or restore test.
    Backup(BackupFact),
    /// A benchmark rule's result on a target.
    Check(CheckFact),
    /// A piece of software (SBOM component, installed package).
    Component(ComponentFact),
    /// An open port or network service.
    Service(ServiceFact),
    /// A configuration value on a host.
    Setting(SettingFact),
    /// A person completed (or failed) a course.
    Training(TrainingFact),
    /// A tool reports a weakness of a subject.
    Weakness(WeaknessFact),
}

impl Fact {
    /// The stored name of the fact's type.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Asset(_) => "asset",
            Self::Backup(_) => "backup",
            Self::Check(_) => "check",
            Self::Component(_) => "component",
            Self::Service(_) => "service",
            Self::Setting(_) => "setting",
            Self::Training(_) => "training",
            Self::Weakness(_) => "weakness",
        }
    }

    /// What it is about: a host or artefact; of training, a person.
    pub fn target(&self) -> &str {
        match self {
            Self::Asset(asset) => &asset.name,
            Self::Backup(backup) => &backup.host,
            Self::Check(check) => &check.target,
            Self::Component(component) => &component.target,
            Self::Service(service) => &service.target,
            Self::Setting(setting) => &setting.target,
            Self::Training(training) => &training.email,
            Self::Weakness(weakness) => &weakness.target,
        }
    }
}

/// A host, image or device.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AssetFact {
    /// Its name in the scan: the *target* that weaknesses and checks refer to.
    pub name: String,
    /// Fully qualified names and addresses it also answers to.
    pub aliases: Vec<String>,
    /// Operating system or platform, as reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// Whether the tool could log in (credentialed scan), when it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authenticated: Option<bool>,
}

/// What a backup tool did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackupAct {
    /// A snapshot was taken.
    Snapshot,
    /// The repository's structure was checked without reading the data back.
    StructureCheck,
    /// The data was read back and compared.
    DataCheck,
    /// Files were restored from it.
    Restore,
}

/// One backup event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BackupFact {
    /// The host whose data was saved.
    pub host: String,
    /// What happened.
    pub act: BackupAct,
    /// When.
    pub at: Timestamp,
    /// Whether it succeeded.
    pub succeeded: bool,
    /// Repository, snapshot id, paths: one line.
    pub detail: String,
    /// Bytes covered, when said.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub bytes: Option<u64>,
}

/// The result of a benchmark rule (XCCDF 1.2 §6.6.4.2, table 26).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The target meets the rule.
    Pass,
    /// It failed before and was put right during the run.
    Fixed,
    /// The target does not meet the rule.
    Fail,
    /// The checking engine broke.
    Error,
    /// The engine could not tell.
    Unknown,
    /// The rule does not apply to the target.
    NotApplicable,
    /// Nobody looked.
    NotChecked,
    /// Not selected in the profile.
    NotSelected,
    /// For information.
    Informational,
}

impl Outcome {
    /// Whether the result says something about the target (pass, fixed or fail).
    pub fn is_verdict(self) -> bool {
        matches!(self, Self::Pass | Self::Fixed | Self::Fail)
    }
}

/// A benchmark rule's result on one target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckFact {
    /// The host or image.
    pub target: String,
    /// Benchmark or STIG id.
    pub benchmark: String,
    /// The rule's stable id (XCCDF rule id, STIG `SV-…r…_rule` or group `V-…`): without revision if it can be
    /// separated, so that the next benchmark revision is the same rule.
    pub rule: String,
    /// The rule's title.
    pub title: String,
    /// What came out.
    pub outcome: Outcome,
    /// How bad a failure is.
    pub severity: Severity,
    /// Control references the file itself carries: `CCI-000366`, `AC-2(1)`, `CM-6`.
    #[serde(default)]
    pub controls: Vec<String>,
    /// How to put it right.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub remedy: Option<String>,
    /// The tool's or reviewer's own words about this target.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub detail: Option<String>,
}

/// A piece of software.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ComponentFact {
    /// The artefact or host it is part of: the SBOM's subject.
    pub target: String,
    /// Package URL (ECMA-427), when given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purl: Option<String>,
    /// CPE 2.3 name, when given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpe: Option<String>,
    /// Group or namespace (`org.apache.logging.log4j`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Name.
    pub name: String,
    /// Version, when given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Supplier or publisher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplier: Option<String>,
    /// SPDX licence expressions or names.
    pub licenses: Vec<String>,
    /// What it is: `library`, `application`, `operating-system`, `cryptographic-asset`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// SHA-256 in lower-case hex, when given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// A network service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServiceFact {
    /// The host.
    pub target: String,
    /// Port number.
    pub port: u16,
    /// `tcp`, `udp`, `sctp`.
    pub protocol: String,
    /// Service name (`https`).
    pub name: String,
    /// Product and version, when recognised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Whether it is wrapped in TLS, when known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls: Option<bool>,
}

/// A configuration value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SettingFact {
    /// The host.
    pub target: String,
    /// `sshd`, `sysctl`, …
    pub area: String,
    /// The key, lower case for sshd.
    pub key: String,
    /// The effective value.
    pub value: String,
}

/// A course completion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainingFact {
    /// The person's e-mail address, lower case.
    pub email: String,
    /// Course title or code.
    pub course: String,
    /// Day completed.
    pub completed: jiff::civil::Date,
    /// Day it lapses, when the roster says so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expires: Option<jiff::civil::Date>,
    /// Score in per cent, when given.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub score: Option<f32>,
    /// Whether it was passed.
    pub passed: bool,
}

/// What the fingerprint of a data flow begins with.
const FLOW: &str = "flow:";

/// The fingerprint of the way that data takes to a weakness: of what its steps say, from the source to the sink, without
/// their lines, so that it stays the same when code above or between them is added. `None` where less than two steps say
/// anything.
pub fn flow_print<'s>(steps: impl IntoIterator<Item = &'s str>) -> Option<String> {
    let steps: Vec<String> = steps.into_iter().map(placeless).filter(|step| !step.is_empty()).collect();
    let texts: Vec<&str> = steps.iter().map(String::as_str).collect();
    (texts.len() > 1).then(|| format!("{FLOW}{}", &key_of(&texts)[..24]))
}

/// A step without the numbers of lines and columns that tools write into it: `'a.py:12:4'`, `line 12`.
fn placeless(step: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in step.split_whitespace() {
        let quote = |c: char| c.is_ascii_punctuation() && c != ':';
        let bare = word.trim_matches(quote);
        let numbers = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
        let after_line =
            words.last().is_some_and(|last| last.trim_matches(quote).eq_ignore_ascii_case("line"));
        if after_line && numbers(bare) {
            continue;
        }
        let place = bare.find(':').filter(|at| numbers(&bare[*at..]));
        words.push(place.map_or(word, |at| &bare[..at]));
    }
    words.join(" ")
}

/// What a weakness is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "subject", rename_all = "snake_case")]
pub enum Subject {
    /// A place in source code.
    Code {
        /// Path inside the repository.
        file: String,
        /// Line, 1-based.
        line: u32,
        /// The tool's own fingerprint of the place, when it gives one; else that of the way data takes to it, when it tells
        /// that: see [`flow_print`].
        #[serde(skip_serializing_if = "Option::is_none", default)]
        fingerprint: Option<String>,
    },
    /// A host or one of its ports (port 0 = the host itself).
    Host {
        /// Port number, 0 for the host.
        port: u16,
        /// `tcp`, `udp` or empty.
        protocol: String,
    },
    /// A package.
    Package {
        /// Package URL, or empty.
        purl: String,
        /// Name.
        name: String,
        /// Installed version.
        version: String,
        /// File path inside the artefact, or empty.
        location: String,
    },
    /// A named resource (cloud resource, manifest, URL).
    Resource {
        /// Its identifier.
        id: String,
    },
}

impl Subject {
    /// Whether the tool itself tells it from others of its rule.
    pub fn has_print(&self) -> bool {
        matches!(self, Self::Code { fingerprint: Some(print), .. } if !print.starts_with(FLOW))
    }

    /// The text that identifies the subject within its target. A package keeps its identity when its version
    /// changes; code keeps it by the tool's fingerprint when there is one, else by the way data takes to it, else by its
    /// line.
    pub fn key(&self) -> String {
        match self {
            Self::Code { file, fingerprint: Some(print), .. } => format!("code:{file}#{print}"),
            Self::Code { file, line, fingerprint: None } => format!("code:{file}:{line}"),
            Self::Host { port: 0, .. } => "host".to_owned(),
            Self::Host { port, protocol } => format!("port:{port}/{protocol}"),
            Self::Package { purl, name, location, .. } => {
                let bare = purl.split(['@', '?']).next().unwrap_or_default();
                let name = if bare.is_empty() { name.as_str() } else { bare };
                format!("package:{name}|{location}")
            }
            Self::Resource { id } => format!("resource:{id}"),
        }
    }

    /// One short line for people.
    pub fn title(&self) -> String {
        match self {
            Self::Code { file, line, .. } => format!("{file}:{line}"),
            Self::Host { port: 0, .. } => String::new(),
            Self::Host { port, protocol } => format!("{port}/{protocol}"),
            Self::Package { name, version, .. } if version.is_empty() => name.clone(),
            Self::Package { name, version, .. } => format!("{name} {version}"),
            Self::Resource { id } => id.clone(),
        }
    }
}

/// A weakness reported by a tool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeaknessFact {
    /// The host, image, repository or artefact that was looked at.
    pub target: String,
    /// What exactly is weak.
    pub subject: Subject,
    /// The tool's own rule, plugin or vulnerability id.
    pub rule: String,
    /// A short title.
    pub title: String,
    /// How bad the tool says it is.
    pub severity: Severity,
    /// CVE, GHSA and other vulnerability ids.
    #[serde(default)]
    pub vulnerabilities: Vec<String>,
    /// CWE numbers.
    #[serde(default)]
    pub cwes: Vec<u32>,
    /// CVSS vector, the newest version given, with its prefix.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cvss_vector: Option<String>,
    /// CVSS base score, 0.0 to 10.0.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cvss_score: Option<f32>,
    /// Whether the tool knows of a public exploit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub exploit: Option<bool>,
    /// How to put it right.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub remedy: Option<String>,
    /// First version without the weakness.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fixed_version: Option<String>,
    /// Control references the file itself carries.
    #[serde(default)]
    pub controls: Vec<String>,
    /// The tool's output for this subject, at most [`DETAIL_LIMIT`] bytes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub detail: Option<String>,
    /// Whether the tool or its user marked it as suppressed or a false positive.
    #[serde(default)]
    pub suppressed: bool,
}

/// The most bytes of a tool's own output kept with a fact; the rest stays in the evidence.
pub const DETAIL_LIMIT: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_keeps_its_identity_across_versions() {
        let at = |version: &str| Subject::Package {
            purl: format!("pkg:npm/lodash@{version}"),
            name: "lodash".into(),
            version: version.into(),
            location: String::new(),
        };
        assert_eq!(at("4.17.20").key(), at("4.17.21").key());
        assert_ne!(at("4.17.20").title(), at("4.17.21").title());
    }

    #[test]
    fn a_flow_is_the_same_wherever_its_lines_are() {
        let print = |steps: &[&str]| flow_print(steps.iter().copied());
        let here = print(&["Source: 'request.args' @ '/src/a.py:12:4'", "x (line 13)", "eval(x) : String"]);
        assert!(
            here.as_ref().is_some_and(|print| print.starts_with("flow:") && print.len() == 29),
            "{here:?}"
        );
        let there = ["Source:  'request.args' @ '/src/a.py:912:4'", "x (line 1301)", " eval(x) : String"];
        assert_eq!(print(&there), here);
        assert_ne!(print(&["Source: 'request.form' @ '/src/a.py:12:4'", "x (line 13)", "eval(x)"]), here);
        assert_ne!(print(&["x", "y"]), print(&["y", "x"]));
        for nothing in [&[][..], &["eval(x)"], &["", " "], &["x", ""]] {
            assert_eq!(print(nothing), None, "{nothing:?}");
        }
        let code = |fingerprint| Subject::Code { file: "a".into(), line: 1, fingerprint };
        let prints = [here, Some("9aeb8f9a0c".into()), None].map(|print| code(print).has_print());
        assert_eq!(prints, [false, true, false]);
    }

    #[test]
    fn facts_survive_json() {
        let fact = Fact::Service(ServiceFact { target: "h".into(), port: 443, ..Default::default() });
        let text = serde_json::to_string(&fact).unwrap();
        assert_eq!(serde_json::from_str::<Fact>(&text).unwrap(), fact);
        assert!(text.contains(r#""fact":"service""#));
    }
}
