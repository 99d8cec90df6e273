//! CycloneDX in JSON, 1.2 to 1.7. The mapping to facts is in [`super::cyclonedx`].
//!
//! Components are read before vulnerabilities, wherever they stand, so that references resolve. A bill that
//! names its subject and lists nothing is not empty: it says that the subject has no parts.

use super::cyclonedx::{self, Affected, AffectedVersion, Bill, SUPPORTED};
use crate::bounded::Bounded;
use crate::json::{Document, lenient};
use crate::vulnerability::{Rating, cwes};
use crate::{Confidence, Example, Input, ReadError, Reader, Reading, Sink, Sniff, Tool, text};
use serde::Deserialize;
use serde_json::value::RawValue;
use warrant_model::fact::Place;
use warrant_model::level::Severity;

/// The reader.
#[derive(Debug)]
pub struct CycloneDxJson;

impl Reader for CycloneDxJson {
    fn id(&self) -> &'static str {
        "cyclonedx-json"
    }

    fn title(&self) -> &'static str {
        "CycloneDX (JSON)"
    }

    fn source(&self) -> &'static str {
        "ECMA-424, CycloneDX 1.2 to 1.7"
    }

    fn yields(&self) -> &'static str {
        "a component for every component and service, nested ones too, and a weakness for every component that a \
         vulnerability affects"
    }

    fn example(&self) -> Example {
        Example { bytes: include_bytes!("examples/cyclonedx-json.json"), facts: 6 }
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        if sniff.string("bomFormat").as_deref() == Some("CycloneDX") {
            Confidence::Certain
        } else if sniff.has_keys(&["components"]) && sniff.has_keys_at(&["components"], &["type", "name"]) {
            Confidence::Maybe
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let text = text::of(input)?;
        let document = Document::of(&text, input.limits);
        let mut sink = Bounded::new(sink, input.limits);
        let bom: Bom<'_> = document.parse()?;
        if bom.format.as_deref() != Some("CycloneDX") {
            let message = "\"bomFormat\" is not \"CycloneDX\"; is this really a CycloneDX file?".to_owned();
            return Err(ReadError::Malformed { line: 1, message });
        }
        let version = bom.version.unwrap_or_default();
        if !cyclonedx::is_supported(&version) {
            let version = text::line(&version, 20);
            return Err(ReadError::Version { format: self.title(), version, supported: SUPPORTED });
        }
        let metadata: Metadata<'_> =
            bom.metadata.map_or(Ok(Metadata::default()), |raw| document.part(raw))?;
        let mut parts = Parts { document: &document, bill: Bill::default(), depth: input.limits.depth };
        if let Some(raw) = metadata.component {
            parts.subject(raw, &mut sink)?;
        }
        parts.components(bom.components, "/components", 1, &mut sink)?;
        parts.services(bom.services, "/services", 1, &mut sink)?;
        document.each(
            bom.vulnerabilities,
            "/vulnerabilities",
            &mut sink,
            |place, item: Vulnerability, sink| parts.bill.vulnerability(place, item.into_shared(), sink),
        )?;
        parts.bill.close(self.title(), metadata.tools.first(), metadata.timestamp.as_deref())
    }
}

struct Parts<'d, 'a> {
    document: &'d Document<'a>,
    bill: Bill,
    depth: u32,
}

impl<'a> Parts<'_, 'a> {
    fn subject(&mut self, raw: &'a RawValue, sink: &mut dyn Sink) -> Result<(), ReadError> {
        let subject: Component<'a> = self.document.part(raw)?;
        let nested = subject.components;
        let pointer = "/metadata/component";
        self.bill.subject(self.document.place(raw, pointer), subject.into_shared(), sink)?;
        self.components(nested, &format!("{pointer}/components"), 1, sink)
    }

    fn components(
        &mut self,
        list: Option<&'a RawValue>,
        pointer: &str,
        depth: u32,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        self.within(list, depth)?;
        let document = self.document;
        document.each(list, pointer, sink, |place, component: Component<'a>, sink| {
            let (nested, below) = (component.components, format!("{}/components", place.pointer));
            self.bill.component(place, component.into_shared(), sink)?;
            self.components(nested, &below, depth + 1, sink)
        })
    }

    fn services(
        &mut self,
        list: Option<&'a RawValue>,
        pointer: &str,
        depth: u32,
        sink: &mut dyn Sink,
    ) -> Result<(), ReadError> {
        self.within(list, depth)?;
        let document = self.document;
        document.each(list, pointer, sink, |place: Place, service: Service<'a>, sink| {
            let (nested, below) = (service.services, format!("{}/services", place.pointer));
            self.bill.component(place, service.into_shared(), sink)?;
            self.services(nested, &below, depth + 1, sink)
        })
    }

    fn within(&self, list: Option<&RawValue>, depth: u32) -> Result<(), ReadError> {
        match list {
            Some(list) if depth > self.depth => {
                let (limit, line) = (u64::from(self.depth), self.document.line(list));
                Err(ReadError::Limit { what: "nesting depth", limit, line })
            }
            _ => Ok(()),
        }
    }
}

#[derive(Deserialize)]
struct Bom<'a> {
    #[serde(rename = "bomFormat", default, deserialize_with = "lenient::string")]
    format: Option<String>,
    #[serde(rename = "specVersion", default, deserialize_with = "lenient::string")]
    version: Option<String>,
    #[serde(borrow, default)]
    metadata: Option<&'a RawValue>,
    #[serde(borrow, default)]
    components: Option<&'a RawValue>,
    #[serde(borrow, default)]
    services: Option<&'a RawValue>,
    #[serde(borrow, default)]
    vulnerabilities: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
struct Metadata<'a> {
    #[serde(default, deserialize_with = "lenient::string")]
    timestamp: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    tools: Tools,
    #[serde(borrow, default)]
    component: Option<&'a RawValue>,
}

/// A list of tools (to 1.4, allowed later), or tools as components and services (from 1.5).
#[derive(Deserialize)]
#[serde(untagged)]
enum Tools {
    List(Vec<Named>),
    Parts {
        #[serde(default, deserialize_with = "lenient::list")]
        components: Vec<Named>,
        #[serde(default, deserialize_with = "lenient::list")]
        services: Vec<Named>,
    },
}

impl Default for Tools {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}

impl Tools {
    fn first(self) -> Tool {
        let named = match self {
            Self::List(list) => list,
            Self::Parts { components, services } => components.into_iter().chain(services).collect(),
        };
        let first = named.into_iter().find(|named| named.name.is_some());
        first.map_or_else(Tool::default, |named| Tool {
            name: named.name.unwrap_or_default(),
            version: named.version,
        })
    }
}

#[derive(Default, Deserialize)]
struct Named {
    #[serde(default, deserialize_with = "lenient::string")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    version: Option<String>,
}

#[derive(Deserialize)]
struct Component<'a> {
    #[serde(rename = "bom-ref", default, deserialize_with = "lenient::string")]
    reference: Option<String>,
    #[serde(rename = "type", default, deserialize_with = "lenient::string")]
    class: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    group: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    version: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    purl: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    cpe: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    supplier: Named,
    #[serde(default, deserialize_with = "lenient::fitting")]
    manufacturer: Named,
    #[serde(default, deserialize_with = "lenient::string")]
    publisher: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    authors: Vec<Named>,
    #[serde(default, deserialize_with = "lenient::string")]
    author: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    licenses: Vec<License>,
    #[serde(default, deserialize_with = "lenient::list")]
    hashes: Vec<Hash>,
    #[serde(borrow, default)]
    components: Option<&'a RawValue>,
}

impl Component<'_> {
    fn into_shared(self) -> cyclonedx::Component {
        let author = self.authors.into_iter().find_map(|author| author.name);
        let suppliers = [self.supplier.name, self.manufacturer.name, self.publisher, author, self.author];
        cyclonedx::Component {
            reference: self.reference,
            class: self.class,
            group: self.group,
            name: self.name.unwrap_or_default(),
            version: self.version,
            purl: self.purl,
            cpe: self.cpe,
            suppliers: suppliers.into_iter().flatten().collect(),
            licenses: self.licenses.into_iter().filter_map(License::words).collect(),
            hashes: self.hashes.into_iter().map(|hash| (hash.alg, hash.content)).collect(),
        }
    }
}

#[derive(Deserialize)]
struct License {
    #[serde(default, deserialize_with = "lenient::string")]
    expression: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    license: Option<LicenseChoice>,
}

#[derive(Deserialize)]
struct LicenseChoice {
    #[serde(default, deserialize_with = "lenient::string")]
    id: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    name: Option<String>,
}

impl License {
    fn words(self) -> Option<String> {
        self.expression.or_else(|| self.license.and_then(|choice| choice.id.or(choice.name)))
    }
}

#[derive(Deserialize)]
struct Hash {
    alg: String,
    content: String,
}

#[derive(Deserialize)]
struct Service<'a> {
    #[serde(rename = "bom-ref", default, deserialize_with = "lenient::string")]
    reference: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    provider: Named,
    #[serde(default, deserialize_with = "lenient::string")]
    group: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    version: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    licenses: Vec<License>,
    #[serde(borrow, default)]
    services: Option<&'a RawValue>,
}

impl Service<'_> {
    fn into_shared(self) -> cyclonedx::Component {
        cyclonedx::Component {
            reference: self.reference,
            class: Some("service".to_owned()),
            group: self.group,
            name: self.name.unwrap_or_default(),
            version: self.version,
            suppliers: self.provider.name.into_iter().collect(),
            licenses: self.licenses.into_iter().filter_map(License::words).collect(),
            ..cyclonedx::Component::default()
        }
    }
}

#[derive(Deserialize)]
struct Vulnerability {
    #[serde(rename = "bom-ref", default, deserialize_with = "lenient::string")]
    reference: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    id: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    references: Vec<Reference>,
    #[serde(default, deserialize_with = "lenient::list")]
    ratings: Vec<RatingEntry>,
    #[serde(default, deserialize_with = "lenient::strings")]
    cwes: Vec<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    description: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    detail: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    recommendation: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    workaround: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    analysis: Analysis,
    #[serde(default, deserialize_with = "lenient::list")]
    affects: Vec<AffectedEntry>,
}

#[derive(Deserialize)]
struct Reference {
    #[serde(default, deserialize_with = "lenient::string")]
    id: Option<String>,
}

#[derive(Deserialize)]
struct RatingEntry {
    #[serde(default, deserialize_with = "lenient::number")]
    score: Option<f64>,
    #[serde(default, deserialize_with = "lenient::string")]
    severity: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    method: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    vector: Option<String>,
}

#[derive(Default, Deserialize)]
struct Analysis {
    #[serde(default, deserialize_with = "lenient::string")]
    state: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    detail: Option<String>,
}

#[derive(Deserialize)]
struct AffectedEntry {
    #[serde(rename = "ref")]
    reference: String,
    #[serde(default, deserialize_with = "lenient::list")]
    versions: Vec<VersionEntry>,
}

#[derive(Deserialize)]
struct VersionEntry {
    #[serde(default, deserialize_with = "lenient::string")]
    version: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    range: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    status: Option<String>,
}

impl Vulnerability {
    fn into_shared(self) -> cyclonedx::Vulnerability {
        let rating = |entry: RatingEntry| {
            let method = entry.method.unwrap_or_default();
            // A score of another method (OWASP, SSVC) is not on the CVSS scale.
            let score = entry.score.filter(|_| method.is_empty() || method.starts_with("CVSS"));
            let severity = entry.severity.as_deref().and_then(Severity::from_word);
            Rating::new(&method, entry.vector.as_deref(), score, severity)
        };
        let affected = |entry: AffectedEntry| Affected {
            reference: entry.reference,
            versions: entry
                .versions
                .into_iter()
                .map(|v| AffectedVersion { version: v.version, range: v.range, status: v.status })
                .collect(),
        };
        cyclonedx::Vulnerability {
            id: self.id.or(self.reference).unwrap_or_default(),
            aliases: self.references.into_iter().filter_map(|reference| reference.id).collect(),
            ratings: self.ratings.into_iter().map(rating).collect(),
            cwes: cwes(self.cwes.iter().map(String::as_str)),
            description: self.description,
            detail: self.detail,
            recommendation: self.recommendation.or(self.workaround),
            state: self.analysis.state,
            analysis: self.analysis.detail,
            affects: self.affects.into_iter().map(affected).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
