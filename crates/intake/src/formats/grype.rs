//! Grype's JSON report, from its first schema to today's.
//!
//! - Every match is a weakness; what the user or a VEX statement ignored (`ignoredMatches`) is kept, suppressed.
//! - An image is an asset. A report without matches is a clean scan of its source.
//! - Packages of the operating system have no location: their identity does not hang on the package database.

mod model;

use crate::bounded::Bounded;
use crate::json::Document;
use crate::vulnerability::{Rating, best, cwes, headline, ids, nearest_fix};
use crate::{Confidence, Example, Input, ReadError, Reader, Reading, Sink, Sniff, Tool, excerpt, text};
use model::{Match, Report};
use warrant_model::fact::{AssetFact, Fact, Place, Subject, WeaknessFact};
use warrant_model::level::Severity;

/// The reader.
#[derive(Debug)]
pub struct Grype;

impl Reader for Grype {
    fn id(&self) -> &'static str {
        "grype"
    }

    fn title(&self) -> &'static str {
        "Grype (JSON)"
    }

    fn source(&self) -> &'static str {
        "Anchore Grype, JSON output"
    }

    fn yields(&self) -> &'static str {
        "the image as asset, and a weakness for every match"
    }

    fn example(&self) -> Example {
        Example { bytes: include_bytes!("examples/grype.json"), facts: 3 }
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        let first = sniff.keys_at(&["matches"]);
        let is_match = first.iter().any(|key| key == "vulnerability");
        let frame = ["source", "distro", "descriptor"].iter().any(|key| sniff.has_keys(&[key]));
        match sniff.has_keys(&["matches"]) {
            true if is_match => Confidence::Certain,
            true if frame && first.is_empty() => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let text = text::of(input)?;
        let document = Document::of(&text, input.limits);
        let mut sink = Bounded::new(sink, input.limits);
        let report: Report<'_> = document.parse()?;
        let named = report.source.target.name();
        let target = named.as_deref().map_or_else(|| "source".to_owned(), |name| text::line(name, 500));
        if report.source.kind.as_deref() == Some("image") {
            let mut asset = AssetFact { name: target.clone(), ..AssetFact::default() };
            asset.platform = report.distro.words();
            for alias in report.source.target.aliases().filter(|alias| **alias != target) {
                excerpt::note(&mut asset.aliases, alias);
            }
            sink.fact(Place::new(1, "/source"), Fact::Asset(asset))?;
        }
        document.each(report.matches, "/matches", &mut sink, |place, found: Match, sink| {
            take(place, found, &target, Standing::Counts, sink)
        })?;
        document.each(report.ignored, "/ignoredMatches", &mut sink, |place, found: Match, sink| {
            take(place, found, &target, Standing::Ignored, sink)
        })?;
        if sink.facts == 0 && named.is_none() {
            return Err(ReadError::Empty { format: self.title(), expected: "source or matches" });
        }
        let name = report.descriptor.name.as_deref().map(text::slug).filter(|name| !name.is_empty());
        Ok(Reading {
            tool: Tool {
                name: name.unwrap_or_else(|| "grype".to_owned()),
                version: report.descriptor.version,
            },
            observed_at: report.descriptor.timestamp.as_deref().and_then(text::instant),
            targets: vec![target],
            release: None,
        })
    }
}

/// Whether a match counts or was ignored by the tool's user.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Counts,
    Ignored,
}

fn take(
    place: Place,
    found: Match,
    target: &str,
    standing: Standing,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let Some(rule) = found.vulnerability.id.clone() else {
        sink.problem(place, "a match names no vulnerability; it is left out".to_owned());
        return Ok(());
    };
    let own: Vec<Rating> = found.vulnerability.ratings();
    let related = || found.related.iter().flat_map(model::Vulnerability::ratings).collect();
    let rating = best(if own.is_empty() { related() } else { own });
    let descriptions = std::iter::once(&found.vulnerability).chain(&found.related);
    let description = descriptions.filter_map(|v| v.description.as_deref()).find(|d| !d.trim().is_empty());
    let title = description.map(headline).filter(|title| !title.is_empty());
    let severity = found.vulnerability.severity.as_deref().and_then(Severity::from_word);
    let aliases = found.related.iter().filter_map(|v| v.id.as_deref());
    let artifact = &found.artifact;
    let version = artifact.version.clone().unwrap_or_default();
    let name = artifact.name.clone().unwrap_or_default();
    let fix = &found.vulnerability.fix;
    let fixed_version = nearest_fix(&version, fix.versions.iter().map(String::as_str));
    let remedy = match (&fixed_version, fix.state.as_deref()) {
        (Some(_), _) => Some(format!("Update {name} to {}.", text::line(&fix.versions.join(" or "), 200))),
        (None, Some("wont-fix")) => {
            Some(format!("The distributor will not fix {name}; replace or shield it."))
        }
        (None, _) => None,
    };
    let classes = std::iter::once(&found.vulnerability).chain(&found.related).flat_map(|v| &v.cwes);
    sink.fact(
        place,
        Fact::Weakness(WeaknessFact {
            target: target.to_owned(),
            title: title.unwrap_or_else(|| rule.clone()),
            severity: severity.or(rating.severity).unwrap_or(Severity::None),
            vulnerabilities: ids(std::iter::once(rule.as_str()).chain(aliases)),
            cwes: cwes(classes.filter_map(|class| class.cwe.as_deref())),
            cvss_vector: rating.vector,
            cvss_score: rating.score,
            exploit: (!found.vulnerability.exploited.is_empty()).then_some(true),
            remedy,
            fixed_version,
            controls: Vec::new(),
            detail: description.and_then(excerpt::detail),
            suppressed: standing == Standing::Ignored,
            subject: Subject::Package {
                purl: artifact.purl.clone().unwrap_or_default(),
                name,
                version,
                location: artifact.location(),
            },
            rule,
        }),
    )
}

#[cfg(test)]
mod tests;
