//! The parts of a CycloneDX document in JSON that are read, lenient with types.

use crate::Tool;
use crate::formats::cyclonedx::{self, Affected, AffectedVersion};
use crate::json::lenient;
use crate::vulnerability::{Rating, cwes};
use serde::Deserialize;
use serde_json::value::RawValue;
use warrant_model::level::Severity;

#[derive(Deserialize)]
pub(super) struct Bom<'a> {
    #[serde(rename = "bomFormat", default, deserialize_with = "lenient::string")]
    pub(super) format: Option<String>,
    #[serde(rename = "specVersion", default, deserialize_with = "lenient::string")]
    pub(super) version: Option<String>,
    #[serde(borrow, default)]
    pub(super) metadata: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) components: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) services: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) vulnerabilities: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
pub(super) struct Metadata<'a> {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) timestamp: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) tools: Tools,
    #[serde(borrow, default)]
    pub(super) component: Option<&'a RawValue>,
}

/// A list of tools (to 1.4, allowed later), or tools as components and services (from 1.5).
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Tools {
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
    pub(super) fn first(self) -> Tool {
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
pub(super) struct Named {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) version: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Component<'a> {
    #[serde(rename = "bom-ref", default, deserialize_with = "lenient::string")]
    pub(super) reference: Option<String>,
    #[serde(rename = "type", default, deserialize_with = "lenient::string")]
    pub(super) class: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) group: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) version: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) purl: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) cpe: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) supplier: Named,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) manufacturer: Named,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) publisher: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) authors: Vec<Named>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) author: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) licenses: Vec<License>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) hashes: Vec<Hash>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) properties: Vec<Property>,
    #[serde(borrow, default)]
    pub(super) components: Option<&'a RawValue>,
}

impl Component<'_> {
    pub(super) fn into_shared(self) -> cyclonedx::Component {
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
            properties: self.properties.into_iter().map(|property| (property.name, property.value)).collect(),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct License {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) expression: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) license: Option<LicenseChoice>,
}

#[derive(Deserialize)]
pub(super) struct LicenseChoice {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) name: Option<String>,
}

impl License {
    pub(super) fn words(self) -> Option<String> {
        self.expression.or_else(|| self.license.and_then(|choice| choice.id.or(choice.name)))
    }
}

#[derive(Deserialize)]
pub(super) struct Hash {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) alg: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) content: String,
}

#[derive(Deserialize)]
pub(super) struct Property {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) name: String,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) value: String,
}

#[derive(Deserialize)]
pub(super) struct Service<'a> {
    #[serde(rename = "bom-ref", default, deserialize_with = "lenient::string")]
    pub(super) reference: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) provider: Named,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) group: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) version: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) licenses: Vec<License>,
    #[serde(borrow, default)]
    pub(super) services: Option<&'a RawValue>,
}

impl Service<'_> {
    pub(super) fn into_shared(self) -> cyclonedx::Component {
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
pub(super) struct Vulnerability {
    #[serde(rename = "bom-ref", default, deserialize_with = "lenient::string")]
    pub(super) reference: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) references: Vec<Reference>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) ratings: Vec<RatingEntry>,
    #[serde(default, deserialize_with = "lenient::strings")]
    pub(super) cwes: Vec<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) description: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) detail: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) recommendation: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) workaround: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) analysis: Analysis,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) affects: Vec<AffectedEntry>,
}

#[derive(Deserialize)]
pub(super) struct Reference {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) id: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RatingEntry {
    #[serde(default, deserialize_with = "lenient::number")]
    pub(super) score: Option<f64>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) severity: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) method: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) vector: Option<String>,
}

#[derive(Default, Deserialize)]
pub(super) struct Analysis {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) state: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) detail: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct AffectedEntry {
    #[serde(rename = "ref", deserialize_with = "lenient::text")]
    pub(super) reference: String,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) versions: Vec<VersionEntry>,
}

#[derive(Deserialize)]
pub(super) struct VersionEntry {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) version: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) range: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) status: Option<String>,
}

impl Vulnerability {
    pub(super) fn into_shared(self) -> cyclonedx::Vulnerability {
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
