//! What the JSON and the XML form of CycloneDX 1.2 to 1.7 have in common: from the standard's objects to facts.
//!
//! - The subject (`metadata.component`) is the target; every component, nested ones too, is a component fact of
//!   it, the subject itself included: vulnerabilities may be about it. Services are components of class
//!   `service`. A subject that runs (container, device, platform, operating system) is an asset as well.
//! - Advisories of distributions name source packages. Where a tool tells the source in properties, the package URL of
//!   the component fact is given the qualifier `upstream`.
//! - A bill without a subject has the target [`UNNAMED`].
//! - A vulnerability is one weakness for each component it affects, or one for the subject when it names none.
//! - A vulnerability whose analysis says `not_affected`, `false_positive` or `resolved` is kept, suppressed.

mod source;
pub(in crate::formats) mod validity;

use crate::purl::with_source;
use crate::vulnerability::{self, Rating, best, headline};
use crate::{ReadError, Reading, Sink, Tool, excerpt, text};
use std::collections::HashMap;
use warrant_model::fact::{AssetFact, ComponentFact, Fact, Place, Subject, WeaknessFact};
use warrant_model::level::Severity;

/// The target of a bill of materials that does not name its subject.
pub const UNNAMED: &str = "sbom";

/// The specification versions that can be read.
pub const SUPPORTED: &str = "1.2 to 1.7";

/// Whether a specification version is one of [`SUPPORTED`].
pub fn is_supported(version: &str) -> bool {
    matches!(version, "1.2" | "1.3" | "1.4" | "1.5" | "1.6" | "1.7")
}

/// A component or service, as either form gives it.
#[derive(Clone, Debug, Default)]
pub struct Component {
    /// `bom-ref`.
    pub reference: Option<String>,
    /// `type`; `service` for services.
    pub class: Option<String>,
    /// `group`.
    pub group: Option<String>,
    /// `name`.
    pub name: String,
    /// `version`.
    pub version: Option<String>,
    /// `purl`.
    pub purl: Option<String>,
    /// `cpe`.
    pub cpe: Option<String>,
    /// Candidates for the supplier, best first: supplier, manufacturer, publisher, authors, provider.
    pub suppliers: Vec<String>,
    /// Licence ids, names and expressions.
    pub licenses: Vec<String>,
    /// Hashes as (algorithm, content).
    pub hashes: Vec<(String, String)>,
    /// `properties` as (name, value).
    pub properties: Vec<(String, String)>,
}

/// A vulnerability, as either form gives it.
#[derive(Clone, Debug, Default)]
pub struct Vulnerability {
    /// `id`, else `bom-ref`.
    pub id: String,
    /// `references[].id`: the same vulnerability elsewhere.
    pub aliases: Vec<String>,
    /// `ratings`.
    pub ratings: Vec<Rating>,
    /// `cwes`.
    pub cwes: Vec<u32>,
    /// `description`.
    pub description: Option<String>,
    /// `detail`.
    pub detail: Option<String>,
    /// `recommendation`, else `workaround`.
    pub recommendation: Option<String>,
    /// `analysis.state`.
    pub state: Option<String>,
    /// `analysis.detail`.
    pub analysis: Option<String>,
    /// `affects`.
    pub affects: Vec<Affected>,
}

/// One entry of `affects`.
#[derive(Clone, Debug, Default)]
pub struct Affected {
    /// A `bom-ref` or BOM-Link.
    pub reference: String,
    /// Its versions.
    pub versions: Vec<AffectedVersion>,
}

/// One entry of `affects[].versions`.
#[derive(Clone, Debug, Default)]
pub struct AffectedVersion {
    /// `version`.
    pub version: Option<String>,
    /// `range` in `vers` notation.
    pub range: Option<String>,
    /// `status`: affected when absent.
    pub status: Option<String>,
}

/// Turns a bill's objects into facts and remembers the components that vulnerabilities refer to. Give it the
/// subject first, the vulnerabilities last.
#[derive(Debug)]
pub struct Bill {
    target: String,
    release: Option<String>,
    known: HashMap<String, Subject>,
    subject: Option<Subject>,
    /// Whether the bill said anything.
    spoke: bool,
}

impl Default for Bill {
    fn default() -> Self {
        Self { target: UNNAMED.to_owned(), release: None, known: HashMap::new(), subject: None, spoke: false }
    }
}

impl Bill {
    /// Takes `metadata.component`.
    ///
    /// # Errors
    /// What the sink returns.
    pub fn subject(
        &mut self,
        place: Place,
        subject: Component,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        let name = excerpt::title(&subject.name);
        if name.is_empty() {
            sink.problem(place, "the subject has no name; it is left out".to_owned());
            return Ok(());
        }
        let group = subject.group.as_deref().map(str::trim).filter(|group| !group.is_empty());
        self.target = group.map_or_else(|| name.clone(), |group| format!("{group}/{name}"));
        self.release = subject.version.as_deref().and_then(excerpt::said).map(|v| format!("{name} {v}"));
        let class = subject.class.as_deref().unwrap_or_default();
        if matches!(class, "container" | "device" | "platform" | "operating-system") {
            let asset = AssetFact { name: self.target.clone(), ..AssetFact::default() };
            sink.fact(place.clone(), Fact::Asset(asset))?;
        }
        self.subject = Some(package(&subject));
        self.component(place, subject, sink)
    }

    /// Takes a component or service.
    ///
    /// # Errors
    /// What the sink returns.
    pub fn component(
        &mut self,
        place: Place,
        component: Component,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        self.spoke = true;
        if component.name.trim().is_empty() {
            sink.problem(place, "a component has no name; it is left out".to_owned());
            return Ok(());
        }
        if let Some(reference) = &component.reference {
            self.known.insert(reference.clone(), package(&component));
        }
        let mut licenses = Vec::new();
        let named = component.licenses.iter().filter_map(|license| excerpt::said(license));
        for license in named.take(100) {
            excerpt::note(&mut licenses, &excerpt::title(license));
        }
        let source = source::of(&component.properties, &component.name);
        let purl = said(&component.purl);
        let purl = match source {
            Some(source) => purl.map(|purl| with_source(&purl, &source)),
            None => purl,
        };
        sink.fact(
            place,
            Fact::Component(ComponentFact {
                target: self.target.clone(),
                purl,
                cpe: said(&component.cpe),
                group: said(&component.group),
                name: text::line(&component.name, NAME),
                version: said(&component.version),
                supplier: component.suppliers.iter().find_map(|s| excerpt::said(s)).map(excerpt::title),
                licenses,
                class: said(&component.class),
                sha256: sha256(&component.hashes),
            }),
        )
    }

    /// Takes a vulnerability.
    ///
    /// # Errors
    /// What the sink returns.
    pub fn vulnerability(
        &mut self,
        place: Place,
        vulnerability: Vulnerability,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        self.spoke = true;
        if vulnerability.id.trim().is_empty() {
            sink.problem(place, "a vulnerability has neither id nor bom-ref; it is left out".to_owned());
            return Ok(());
        }
        let weakness = self.weakness(&vulnerability);
        if vulnerability.affects.is_empty() {
            return sink.fact(place, Fact::Weakness(weakness));
        }
        for affected in &vulnerability.affects {
            let affecting = WeaknessFact {
                subject: self.referred(affected),
                fixed_version: affected.versions.iter().find_map(fixed),
                ..weakness.clone()
            };
            sink.fact(place.clone(), Fact::Weakness(affecting))?;
        }
        Ok(())
    }

    /// What the bill says as a whole, or that it said nothing.
    ///
    /// # Errors
    /// [`ReadError::Empty`] when there was neither subject, component, service nor vulnerability.
    pub fn close(
        self,
        format: &'static str,
        tool: Tool,
        timestamp: Option<&str>,
    ) -> Result<Reading, ReadError> {
        if !self.spoke {
            return Err(ReadError::Empty { format, expected: "components, services or vulnerabilities" });
        }
        let name = if tool.name.is_empty() { "cyclonedx".to_owned() } else { text::slug(&tool.name) };
        Ok(Reading {
            tool: Tool { name, version: tool.version },
            observed_at: timestamp.and_then(text::instant),
            targets: vec![self.target],
            release: self.release,
        })
    }

    fn weakness(&self, vulnerability: &Vulnerability) -> WeaknessFact {
        let id = &text::line(&vulnerability.id, NAME);
        let rating = best(vulnerability.ratings.clone());
        let title = vulnerability.description.as_deref().map(headline).filter(|title| !title.is_empty());
        let words = [&vulnerability.analysis, &vulnerability.detail, &vulnerability.description];
        WeaknessFact {
            target: self.target.clone(),
            subject: self.subject.clone().unwrap_or_else(|| Subject::Resource { id: self.target.clone() }),
            rule: id.clone(),
            title: title.unwrap_or_else(|| id.clone()),
            severity: rating.severity.unwrap_or(Severity::None),
            vulnerabilities: vulnerability::ids(
                std::iter::once(id.as_str()).chain(vulnerability.aliases.iter().map(String::as_str)),
            ),
            cwes: vulnerability.cwes.clone(),
            cvss_vector: rating.vector,
            cvss_score: rating.score,
            exploit: (vulnerability.state.as_deref() == Some("exploitable")).then_some(true),
            remedy: vulnerability.recommendation.as_deref().and_then(excerpt::detail),
            fixed_version: None,
            controls: Vec::new(),
            detail: words.into_iter().flatten().find_map(|words| excerpt::detail(words)),
            suppressed: matches!(
                vulnerability.state.as_deref(),
                Some("not_affected" | "false_positive" | "resolved" | "resolved_with_pedigree")
            ),
        }
    }

    /// The component a reference means: by `bom-ref`, by the fragment of a BOM-Link
    /// (`urn:cdx:serial/version#bom-ref`), else what the reference itself says.
    fn referred(&self, affected: &Affected) -> Subject {
        let reference = affected.reference.trim();
        let reference = &reference[..reference.floor_char_boundary(IDENTIFIER)];
        let fragment = reference.strip_prefix("urn:cdx:").and_then(|link| link.split_once('#'));
        let name = fragment.map_or_else(|| reference.to_owned(), |(_, fragment)| percent_decoded(fragment));
        if let Some(subject) = self.known.get(reference).or_else(|| self.known.get(&name)) {
            return subject.clone();
        }
        let is_affected =
            |v: &&AffectedVersion| v.status.as_deref().is_none_or(|status| status == "affected");
        let version = affected.versions.iter().filter(is_affected).find_map(|v| v.version.clone());
        let purl = if name.starts_with("pkg:") { name.clone() } else { String::new() };
        Subject::Package { purl, name, version: version.unwrap_or_default(), location: String::new() }
    }
}

/// The longest identifier kept, in bytes: a vulnerability that affects many components repeats theirs.
const IDENTIFIER: usize = 4096;

/// The longest name kept, in characters.
const NAME: usize = 500;

fn said(text: &Option<String>) -> Option<String> {
    let text = text.as_deref().and_then(excerpt::said);
    text.filter(|text| text.len() <= IDENTIFIER).map(str::to_owned)
}

fn package(component: &Component) -> Subject {
    let name = text::line(&component.name, NAME);
    let name = match said(&component.group) {
        Some(group) => format!("{group}/{name}"),
        None => name,
    };
    Subject::Package {
        purl: said(&component.purl).unwrap_or_default(),
        name,
        version: said(&component.version).unwrap_or_default(),
        location: String::new(),
    }
}

/// The version named as unaffected, or the lower end of an unaffected range (`vers:npm/>=4.17.21`).
fn fixed(entry: &AffectedVersion) -> Option<String> {
    if entry.status.as_deref() != Some("unaffected") {
        return None;
    }
    if let Some(version) = entry.version.as_deref().and_then(excerpt::said) {
        return Some(version.to_owned());
    }
    let (_, constraints) = entry.range.as_deref()?.split_once('/')?;
    let lower = constraints.split('|').find_map(|constraint| constraint.trim().strip_prefix(">="))?;
    excerpt::said(lower).map(percent_decoded)
}

fn sha256(hashes: &[(String, String)]) -> Option<String> {
    let (_, content) = hashes.iter().find(|(algorithm, _)| algorithm.trim() == "SHA-256")?;
    digest(content)
}

/// A SHA-256 digest in lower-case hex; `None` when the text is not one.
pub(super) fn digest(text: &str) -> Option<String> {
    let text = text.trim();
    let is_digest = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_digest.then(|| text.to_ascii_lowercase())
}

/// Undoes `%2F` and the like; what is not valid stays as it is, and so does `%00`.
pub(super) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = bytes.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        let decoded = pair
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|p| u8::from_str_radix(p, 16).ok())
            .filter(|byte| *byte != 0);
        match decoded {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_decoding_leaves_odd_text_alone() {
        assert_eq!(percent_decoded("pkg%3Anpm%2Fx%401"), "pkg:npm/x@1");
        assert_eq!(percent_decoded("100%"), "100%");
        assert_eq!(percent_decoded("%zz%4"), "%zz%4");
        assert_eq!(percent_decoded("%ff%00"), "%ff%00");
    }

    #[test]
    fn the_fixed_version_is_the_first_unaffected_one() {
        let entry = |version: Option<&str>, range: Option<&str>, status: Option<&str>| AffectedVersion {
            version: version.map(str::to_owned),
            range: range.map(str::to_owned),
            status: status.map(str::to_owned),
        };
        assert_eq!(fixed(&entry(Some("1.0"), None, None)), None);
        assert_eq!(fixed(&entry(Some("1.1"), None, Some("unaffected"))).as_deref(), Some("1.1"));
        let range = entry(None, Some("vers:npm/>=2.0.1|<3"), Some("unaffected"));
        assert_eq!(fixed(&range).as_deref(), Some("2.0.1"));
    }
}
