//! Trivy's JSON reports: images, file systems, repositories, configuration; Kubernetes summaries; and the
//! bare array of results that versions before 0.20 wrote.
//!
//! - Vulnerabilities and secrets are weaknesses of the artifact, packages its components. Licences are not
//!   read. What the user filtered out (`ExperimentalModifiedFindings`) is kept, suppressed.
//! - Misconfigurations are check results, one for each rule and file or resource, which is their target: a rule
//!   that fails anywhere in a file fails.
//! - `Results: null` is a clean scan of the artifact: no facts, but the artifact is a target.
//! - Of a secret only rule, file and line are kept, never the match.

mod model;

use crate::bounded::Bounded;
use crate::json::Document;
use crate::targets::Targets;
use crate::vulnerability::{best, cwes, headline, ids, nearest_fix};
use crate::{Confidence, Example, Input, ReadError, Reader, Reading, Sink, Sniff, Tool, excerpt, text};
use model::{Group, Misconfiguration, Modified, Package, Report, Resource, Secret, Vulnerability};
use std::collections::HashMap;
use warrant_model::fact::{AssetFact, CheckFact, ComponentFact, Fact, Outcome, Place, Subject, WeaknessFact};
use warrant_model::level::Severity;

/// The reader.
#[derive(Debug)]
pub struct Trivy;

impl Reader for Trivy {
    fn id(&self) -> &'static str {
        "trivy"
    }

    fn title(&self) -> &'static str {
        "Trivy (JSON)"
    }

    fn source(&self) -> &'static str {
        "Trivy, JSON report, schema version 2, Kubernetes summary and the array before it"
    }

    fn yields(&self) -> &'static str {
        "the image as asset, packages as components, vulnerabilities and secrets as weaknesses, misconfigurations \
         as check results"
    }

    fn example(&self) -> Example {
        Example { bytes: include_bytes!("examples/trivy.json"), facts: 6 }
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        let report = sniff.has_keys(&["SchemaVersion"]) && sniff.has_keys(&["ArtifactName"]);
        let cluster = sniff.has_keys(&["ClusterName"])
            && ["Resources", "Vulnerabilities", "Misconfigurations"].iter().any(|key| sniff.has_keys(&[key]));
        let array =
            sniff.has_item_keys(&["Target", "Vulnerabilities"]) || sniff.has_item_keys(&["Target", "Class"]);
        match (report || cluster, array || sniff.has_keys(&["ArtifactName", "Results"])) {
            (true, _) => Confidence::Certain,
            (false, true) => Confidence::Likely,
            (false, false) => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let text = text::of(input)?;
        let document = Document::of(&text, input.limits);
        let mut sink = Bounded::new(sink, input.limits);
        let mut scan = Scan { document: &document, targets: Targets::default() };
        let mut version = None;
        let mut created = None;
        if document.is_array() {
            let all: &serde_json::value::RawValue = document.parse()?;
            document.each(Some(all), "", &mut sink, |place, group: Group<'_>, sink| {
                let artifact = Artifact::named(bare(group.target.as_deref().unwrap_or_default()));
                scan.group(&place, group, &artifact, sink)
            })?;
        } else {
            let report: Report<'_> = document.parse()?;
            version = report.trivy.version.clone();
            created = report.created.as_deref().and_then(text::instant);
            scan.report(report, &mut sink)?;
        }
        if scan.targets.is_empty() {
            return Err(ReadError::Empty { format: self.title(), expected: "artifact name or results" });
        }
        let tool = Tool { name: "trivy".to_owned(), version };
        Ok(Reading { tool, observed_at: created, targets: scan.targets.into_names(), release: None })
    }
}

/// What was scanned, and how its parts are named.
struct Artifact {
    name: String,
    /// Whether files inside it are targets of their own for configuration checks.
    has_files: bool,
}

impl Artifact {
    fn named(name: &str) -> Self {
        let name = text::line(name, 500);
        Self { name: if name.is_empty() { "artifact".to_owned() } else { name }, has_files: true }
    }

    /// The target of configuration checks in a file or resource of it.
    fn part(&self, file: &str) -> String {
        let file = text::line(file, 500);
        match self.name.as_str() {
            _ if !self.has_files || file.is_empty() => self.name.clone(),
            "." | "" => file,
            name if file.starts_with(name) => file,
            name => format!("{}/{file}", name.trim_end_matches('/')),
        }
    }
}

struct Scan<'d, 'a> {
    document: &'d Document<'a>,
    targets: Targets,
}

impl<'a> Scan<'_, 'a> {
    fn report(&mut self, report: Report<'a>, sink: &mut dyn Sink) -> Result<(), ReadError> {
        let lists = [
            (report.resources, "/Resources"),
            (report.vulnerabilities, "/Vulnerabilities"),
            (report.misconfigurations, "/Misconfigurations"),
        ];
        for (list, pointer) in lists {
            self.document.each(list, pointer, sink, |place, resource: Resource<'a>, sink| {
                self.resource(&place, resource, sink)
            })?;
        }
        let document = self.document;
        let mut name = report.artifact.filter(|name| !name.trim().is_empty());
        if name.is_none() && report.results.is_some() {
            // Some pipelines blank the name; the operating system's result still carries it.
            document.each(
                report.results,
                "/Results",
                &mut crate::reader::Gathered::default(),
                |_, group: Group<'a>, _| {
                    name = name.take().or(group.target.as_deref().map(|target| bare(target).to_owned()));
                    Ok(())
                },
            )?;
        }
        let Some(name) = name else { return Ok(()) };
        let artifact = Artifact::named(&name);
        self.targets.add(&artifact.name);
        let is_host = matches!(report.kind.as_deref(), Some("container_image" | "vm"));
        if is_host || report.metadata.os.family.is_some() {
            let mut asset = AssetFact { name: artifact.name.clone(), ..AssetFact::default() };
            asset.platform = report.metadata.os.words();
            for alias in report.metadata.tags.iter().chain(&report.metadata.digests).take(100) {
                if *alias != asset.name {
                    excerpt::note(&mut asset.aliases, alias);
                }
            }
            sink.fact(Place::new(1, "/ArtifactName"), Fact::Asset(asset))?;
        }
        document.each(report.results, "/Results", sink, |place, group: Group<'a>, sink| {
            self.group(&place, group, &artifact, sink)
        })
    }

    fn resource(
        &mut self,
        place: &Place,
        resource: Resource<'a>,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        let parts = [resource.namespace.as_deref(), resource.kind.as_deref(), resource.name.as_deref()];
        let name: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        let artifact = Artifact { has_files: false, ..Artifact::named(&name.join("/")) };
        self.targets.add(&artifact.name);
        let document = self.document;
        document.each(resource.results, &format!("{}/Results", place.pointer), sink, |place, group, sink| {
            self.group(&place, group, &artifact, sink)
        })
    }

    fn group(
        &mut self,
        place: &Place,
        group: Group<'a>,
        artifact: &Artifact,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        let file = group.target.clone().unwrap_or_default();
        let below = |list: &str| format!("{}/{list}", place.pointer);
        let within = Within { artifact, file: &file, is_os: group.class.as_deref() == Some("os-pkgs") };
        self.targets.add(&artifact.name);
        let document = self.document;
        document.each(
            group.packages,
            &below("Packages"),
            sink,
            |place, package: Package, sink| match within.component(package) {
                Some(component) => sink.fact(place, Fact::Component(component)),
                None => Ok(()),
            },
        )?;
        document.each(
            group.vulnerabilities,
            &below("Vulnerabilities"),
            sink,
            |place, found: Vulnerability, sink| sink.fact(place, Fact::Weakness(within.vulnerability(found))),
        )?;
        document.each(
            group.modified,
            &below("ExperimentalModifiedFindings"),
            sink,
            |place, found: Modified, sink| {
                let Some(finding) = found.vulnerability() else { return Ok(()) };
                let weakness = WeaknessFact { suppressed: true, ..within.vulnerability(finding) };
                sink.fact(place, Fact::Weakness(weakness))
            },
        )?;
        document.each(group.secrets, &below("Secrets"), sink, |place, found: Secret, sink| {
            found.texts().for_each(|text| sink.secret(text));
            sink.fact(place, Fact::Weakness(within.secret(found)))
        })?;
        let mut checks = Checks::default();
        document.each(group.misconfigurations, &below("Misconfigurations"), sink, |place, found, _| {
            checks.add(place, &within, found);
            Ok(())
        })?;
        if group.class.as_deref() == Some("config") {
            self.targets.add(&artifact.part(&file));
        }
        for (place, check) in checks.list {
            self.targets.add(&check.target);
            sink.fact(place, Fact::Check(check))?;
        }
        Ok(())
    }
}

/// Where in the scan something was found.
struct Within<'w> {
    artifact: &'w Artifact,
    file: &'w str,
    is_os: bool,
}

impl Within<'_> {
    fn component(&self, package: Package) -> Option<ComponentFact> {
        let name = package.name.clone()?;
        let mut licenses = Vec::new();
        for license in package.licenses.iter().take(100) {
            excerpt::note(&mut licenses, &excerpt::title(license));
        }
        Some(ComponentFact {
            target: self.artifact.name.clone(),
            version: package.version(),
            purl: package.identifier.purl,
            name,
            supplier: package.maintainer.as_deref().and_then(excerpt::said).map(excerpt::title),
            licenses,
            class: Some("library".to_owned()),
            ..ComponentFact::default()
        })
    }

    fn vulnerability(&self, found: Vulnerability) -> WeaknessFact {
        let name = found.package.clone().unwrap_or_default();
        let installed = found.installed.clone().unwrap_or_default();
        let fixes = found.fixed.as_deref().and_then(excerpt::said);
        let rule = found.id.clone().unwrap_or_else(|| "unidentified".to_owned());
        let described = found.description.as_deref().map(headline);
        let title =
            found.title.as_deref().map(excerpt::title).or(described).filter(|title| !title.is_empty());
        let rating = best(found.ratings());
        let file = if self.is_os { "" } else { self.file };
        WeaknessFact {
            target: self.artifact.name.clone(),
            title: title.unwrap_or_else(|| rule.clone()),
            severity: found
                .severity
                .as_deref()
                .and_then(Severity::from_word)
                .or(rating.severity)
                .unwrap_or(Severity::None),
            vulnerabilities: ids(
                std::iter::once(rule.as_str()).chain(found.vendor_ids.iter().map(String::as_str))
            ),
            cwes: cwes(found.cwes.iter().map(String::as_str)),
            cvss_vector: rating.vector,
            cvss_score: rating.score,
            exploit: None,
            remedy: fixes.map(|fixes| format!("Update {name} to {}.", text::line(fixes, 200))),
            fixed_version: nearest_fix(&installed, fixes.into_iter().flat_map(|fixes| fixes.split(','))),
            controls: Vec::new(),
            detail: found.description.as_deref().and_then(excerpt::detail),
            suppressed: found.status.as_deref() == Some("not_affected"),
            subject: Subject::Package {
                purl: found
                    .identifier
                    .purl
                    .or(found.reference.filter(|r| r.starts_with("pkg:")))
                    .unwrap_or_default(),
                name,
                version: installed,
                location: found.path.unwrap_or_else(|| file.to_owned()),
            },
            rule,
        }
    }

    fn secret(&self, found: Secret) -> WeaknessFact {
        let rule = found.rule.unwrap_or_else(|| "secret".to_owned());
        let file = if self.file.is_empty() { self.artifact.name.clone() } else { self.file.to_owned() };
        WeaknessFact {
            target: self.artifact.name.clone(),
            subject: Subject::Code { file, line: found.line.unwrap_or(0.0) as u32, fingerprint: None },
            title: found.title.as_deref().map_or_else(|| rule.clone(), excerpt::title),
            severity: found.severity.as_deref().and_then(Severity::from_word).unwrap_or(Severity::High),
            vulnerabilities: Vec::new(),
            cwes: vec![798],
            cvss_vector: None,
            cvss_score: None,
            exploit: None,
            remedy: Some(
                "Withdraw the secret at its issuer, then remove it from the file and its history.".to_owned(),
            ),
            fixed_version: None,
            controls: Vec::new(),
            detail: None,
            suppressed: false,
            rule,
        }
    }
}

/// Check results of one group, one for each rule; the worst outcome counts.
#[derive(Default)]
struct Checks {
    list: Vec<(Place, CheckFact)>,
    by_rule: HashMap<String, usize>,
}

impl Checks {
    fn add(&mut self, place: Place, within: &Within<'_>, found: Misconfiguration) {
        let Some(rule) = found.id.clone().or(found.avd_id.clone()) else { return };
        let detail = found.detail();
        let check = CheckFact {
            target: within.artifact.part(within.file),
            benchmark: found.kind.unwrap_or_else(|| "trivy".to_owned()),
            rule: rule.clone(),
            title: found.title.as_deref().map_or_else(|| rule.clone(), excerpt::title),
            outcome: match found.status.as_deref() {
                Some("PASS") => Outcome::Pass,
                Some("EXCEPTION") => Outcome::NotSelected,
                _ => Outcome::Fail,
            },
            severity: found.severity.as_deref().and_then(Severity::from_word).unwrap_or(Severity::None),
            controls: Vec::new(),
            remedy: found.resolution.as_deref().and_then(excerpt::detail),
            detail,
        };
        let Some(at) = self.by_rule.get(&rule).copied() else {
            self.by_rule.insert(rule, self.list.len());
            self.list.push((place, check));
            return;
        };
        let (known_place, known) = &mut self.list[at];
        match (known.outcome, check.outcome) {
            (Outcome::Fail, Outcome::Fail) => {
                let both = [known.detail.as_deref(), check.detail.as_deref()];
                let both: Vec<&str> = both.into_iter().flatten().collect();
                known.detail = excerpt::detail(&both.join("\n"));
            }
            (_, Outcome::Fail) => (*known_place, *known) = (place, check),
            _ => {}
        }
    }
}

/// The target without the operating system that Trivy puts behind it: `app:1 (debian 12.4)`.
fn bare(target: &str) -> &str {
    target.split_once(" (").map_or(target, |(name, _)| name)
}

#[cfg(test)]
mod tests;
