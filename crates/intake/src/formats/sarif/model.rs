//! The parts of a SARIF log that are read (SARIF 2.1.0 §3), lenient with types. Rules, artifacts and
//! taxonomies are held typed, since results refer to them; results are walked one by one.

use crate::json::lenient;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use warrant_model::fact::flow_print;

/// The log file (§3.13).
#[derive(Deserialize)]
pub(super) struct Log<'a> {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) version: Option<String>,
    #[serde(borrow, default)]
    pub(super) runs: Option<&'a RawValue>,
}

/// A run (§3.14).
#[derive(Deserialize)]
pub(super) struct Run<'a> {
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) tool: ToolParts,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) invocations: Vec<Invocation>,
    #[serde(default, rename = "versionControlProvenance", deserialize_with = "lenient::list")]
    pub(super) provenance: Vec<Provenance>,
    #[serde(default, rename = "originalUriBaseIds", deserialize_with = "lenient::fitting")]
    pub(super) bases: BTreeMap<String, ArtifactLocation>,
    #[serde(default, rename = "automationDetails", deserialize_with = "lenient::fitting")]
    pub(super) automation: Automation,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) artifacts: Vec<Artifact>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) taxonomies: Vec<Component>,
    #[serde(borrow, default)]
    pub(super) results: Option<&'a RawValue>,
}

/// The driver and its extensions (§3.18).
#[derive(Default, Deserialize)]
pub(super) struct ToolParts {
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) driver: Component,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) extensions: Vec<Component>,
}

/// A tool component or taxonomy (§3.19).
#[derive(Default, Deserialize)]
pub(super) struct Component {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) guid: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) version: Option<String>,
    #[serde(default, rename = "semanticVersion", deserialize_with = "lenient::string")]
    pub(super) semantic_version: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) rules: Vec<Rule>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) taxa: Vec<Reference>,
    #[serde(default, rename = "globalMessageStrings", deserialize_with = "lenient::fitting")]
    pub(super) messages: BTreeMap<String, Text>,
}

/// A reporting descriptor used as a rule (§3.49).
#[derive(Default, Deserialize)]
pub(super) struct Rule {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) guid: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) name: Option<String>,
    #[serde(default, rename = "shortDescription", deserialize_with = "lenient::fitting")]
    pub(super) short: Text,
    #[serde(default, rename = "fullDescription", deserialize_with = "lenient::fitting")]
    pub(super) full: Text,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) help: Text,
    #[serde(default, rename = "defaultConfiguration", deserialize_with = "lenient::fitting")]
    pub(super) configuration: Configuration,
    #[serde(default, rename = "messageStrings", deserialize_with = "lenient::fitting")]
    pub(super) messages: BTreeMap<String, Text>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) relationships: Vec<Relationship>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) properties: Properties,
}

/// A text in one or more forms (§3.12).
#[derive(Clone, Default, Deserialize)]
pub(super) struct Text {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) text: Option<String>,
}

/// A rule's configuration (§3.50).
#[derive(Default, Deserialize)]
pub(super) struct Configuration {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) level: Option<String>,
}

/// A rule's relation to a taxon (§3.53).
#[derive(Default, Deserialize)]
pub(super) struct Relationship {
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) target: Reference,
}

/// A reference to a rule or taxon (§3.52).
#[derive(Clone, Default, Deserialize)]
pub(super) struct Reference {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "lenient::number")]
    pub(super) index: Option<f64>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) guid: Option<String>,
    #[serde(default, rename = "toolComponent", deserialize_with = "lenient::fitting")]
    pub(super) component: ComponentReference,
}

/// A reference to a tool component (§3.54).
#[derive(Clone, Default, Deserialize)]
pub(super) struct ComponentReference {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "lenient::number")]
    pub(super) index: Option<f64>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) guid: Option<String>,
}

/// A property bag (§3.8), with the members that tools agree on.
#[derive(Default, Deserialize)]
pub(super) struct Properties {
    #[serde(default, deserialize_with = "lenient::strings")]
    pub(super) tags: Vec<String>,
    #[serde(default, deserialize_with = "lenient::strings")]
    pub(super) cwe: Vec<String>,
    #[serde(default, rename = "security-severity", deserialize_with = "lenient::number")]
    pub(super) security_severity: Option<f64>,
}

/// One start of the tool (§3.20).
#[derive(Deserialize)]
pub(super) struct Invocation {
    #[serde(default, rename = "executionSuccessful")]
    pub(super) successful: Option<bool>,
    #[serde(default, rename = "startTimeUtc", deserialize_with = "lenient::string")]
    pub(super) start: Option<String>,
    #[serde(default, rename = "endTimeUtc", deserialize_with = "lenient::string")]
    pub(super) end: Option<String>,
    #[serde(default, rename = "workingDirectory", deserialize_with = "lenient::fitting")]
    pub(super) folder: ArtifactLocation,
}

/// A revision of a repository (§3.23).
#[derive(Deserialize)]
pub(super) struct Provenance {
    #[serde(default, rename = "repositoryUri", deserialize_with = "lenient::string")]
    pub(super) repository: Option<String>,
}

/// What the run is one of (§3.17).
#[derive(Default, Deserialize)]
pub(super) struct Automation {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) id: Option<String>,
}

/// A file the run knows (§3.24).
#[derive(Default, Deserialize)]
pub(super) struct Artifact {
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) location: ArtifactLocation,
}

/// Where an artifact is (§3.4).
#[derive(Clone, Default, Deserialize)]
pub(super) struct ArtifactLocation {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) uri: Option<String>,
    #[serde(default, rename = "uriBaseId", deserialize_with = "lenient::string")]
    pub(super) base: Option<String>,
    #[serde(default, deserialize_with = "lenient::number")]
    pub(super) index: Option<f64>,
}

/// A result (§3.27).
#[derive(Deserialize)]
pub(super) struct SarifResult {
    #[serde(default, rename = "ruleId", deserialize_with = "lenient::string")]
    pub(super) rule_id: Option<String>,
    #[serde(default, rename = "ruleIndex", deserialize_with = "lenient::number")]
    pub(super) rule_index: Option<f64>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) rule: Reference,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) kind: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) level: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) message: Message,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) locations: Vec<Location>,
    #[serde(default, rename = "relatedLocations", deserialize_with = "lenient::list")]
    related: Vec<Location>,
    #[serde(default, rename = "codeFlows", deserialize_with = "lenient::list")]
    flows: Vec<CodeFlow>,
    #[serde(default, rename = "partialFingerprints", deserialize_with = "lenient::fitting")]
    partial_fingerprints: BTreeMap<String, serde_json::Value>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    fingerprints: BTreeMap<String, serde_json::Value>,
    #[serde(default, deserialize_with = "lenient::list")]
    suppressions: Vec<Suppression>,
    #[serde(default, rename = "baselineState", deserialize_with = "lenient::string")]
    pub(super) baseline: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) taxa: Vec<Reference>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) fixes: Vec<Fix>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) properties: Properties,
}

/// A message, spelt out or by reference (§3.11).
#[derive(Default, Deserialize)]
pub(super) struct Message {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) text: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "lenient::strings")]
    pub(super) arguments: Vec<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    markdown: Option<String>,
}

/// A location (§3.28).
#[derive(Deserialize)]
pub(super) struct Location {
    #[serde(default, rename = "physicalLocation", deserialize_with = "lenient::fitting")]
    pub(super) physical: Physical,
    #[serde(default, rename = "logicalLocations", deserialize_with = "lenient::list")]
    pub(super) logical: Vec<Outline>,
}

/// A place in a file (§3.29).
#[derive(Default, Deserialize)]
pub(super) struct Physical {
    #[serde(default, rename = "artifactLocation", deserialize_with = "lenient::fitting")]
    pub(super) artifact: ArtifactLocation,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) region: Region,
    #[serde(default, rename = "contextRegion", deserialize_with = "lenient::fitting")]
    context: Region,
}

/// A part of a file (§3.30); its snippet is read only to be masked where it holds a secret.
#[derive(Default, Deserialize)]
pub(super) struct Region {
    #[serde(default, rename = "startLine", deserialize_with = "lenient::number")]
    pub(super) line: Option<f64>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    snippet: Text,
}

/// A logical location (§3.33).
#[derive(Deserialize)]
pub(super) struct Outline {
    #[serde(default, rename = "fullyQualifiedName", deserialize_with = "lenient::string")]
    qualified: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    name: Option<String>,
}

impl Outline {
    /// The fullest name.
    pub(super) fn words(&self) -> Option<String> {
        self.qualified.clone().or_else(|| self.name.clone())
    }
}

/// Ways through the code that together lead to the result (§3.36).
#[derive(Deserialize)]
struct CodeFlow {
    #[serde(default, rename = "threadFlows", deserialize_with = "lenient::list")]
    threads: Vec<ThreadFlow>,
}

/// A way through the code in one thread (§3.37).
#[derive(Deserialize)]
struct ThreadFlow {
    #[serde(default, deserialize_with = "lenient::list")]
    locations: Vec<FlowStep>,
}

/// A step of it (§3.38).
#[derive(Deserialize)]
struct FlowStep {
    #[serde(default, deserialize_with = "lenient::fitting")]
    location: StepLocation,
}

/// Where a step is, as far as it says what happens there.
#[derive(Default, Deserialize)]
struct StepLocation {
    #[serde(default, deserialize_with = "lenient::fitting")]
    message: Message,
    #[serde(default, rename = "physicalLocation", deserialize_with = "lenient::fitting")]
    physical: Physical,
}

/// A suppression (§3.35).
#[derive(Deserialize)]
struct Suppression {
    #[serde(default, alias = "state", deserialize_with = "lenient::string")]
    status: Option<String>,
}

/// A proposed fix (§3.55).
#[derive(Deserialize)]
pub(super) struct Fix {
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) description: Text,
}

impl SarifResult {
    /// Whether it counts as suppressed (§3.27.23): accepted by one, doubted by none.
    pub(super) fn is_suppressed(&self) -> bool {
        let doubted = |suppression: &Suppression| {
            matches!(suppression.status.as_deref(), Some("underReview" | "rejected"))
        };
        !self.suppressions.is_empty() && !self.suppressions.iter().any(doubted)
    }

    /// The texts that quote what the result is about: its message and the code at its locations.
    pub(super) fn quotes(&self) -> impl Iterator<Item = &str> {
        let places = self.locations.iter().chain(&self.related).map(|location| &location.physical);
        let snippets = places.flat_map(|place| [&place.region.snippet.text, &place.context.snippet.text]);
        let message = [&self.message.text, &self.message.markdown];
        let said = snippets.chain(message).filter_map(Option::as_deref);
        said.chain(self.message.arguments.iter().map(String::as_str))
    }

    /// The tags of the result itself.
    pub(super) fn tags(&self) -> impl Iterator<Item = &str> {
        self.properties.tags.iter().take(200).map(String::as_str)
    }

    /// The fingerprint of the first way that data takes to it.
    pub(super) fn flow(&self) -> Option<String> {
        let steps = &self.flows.first()?.threads.first()?.locations;
        let said = |step: &FlowStep| {
            let StepLocation { message, physical } = &step.location;
            let text = message.text.as_deref().or(physical.region.snippet.text.as_deref())?;
            Some(text.to_owned())
        };
        let said: Vec<String> = steps.iter().filter_map(said).collect();
        flow_print(said.iter().map(String::as_str))
    }

    /// What stays the same when lines move (§3.27.16, 17): the partial fingerprint that code hosts use, else
    /// the first value that looks like a digest. Commit ids and placeholders are not fingerprints.
    pub(super) fn fingerprint(&self) -> Option<String> {
        let line_hash =
            self.partial_fingerprints.get("primaryLocationLineHash").and_then(|value| value.as_str());
        let all = self.fingerprints.iter().chain(&self.partial_fingerprints);
        let mut others = all
            .filter(|(key, _)| !key.to_ascii_lowercase().contains("commit"))
            .filter_map(|(_, value)| value.as_str());
        line_hash
            .filter(|print| is_print(print))
            .or_else(|| others.find(|print| is_print(print)))
            .map(str::to_owned)
    }
}

fn is_print(text: &str) -> bool {
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":-_/+=.".contains(&byte));
    (8..=300).contains(&text.len()) && has_digit && plain
}
