//! The parts of Grype's report that are read.

use crate::json::lenient;
use crate::vulnerability::Rating;
use serde::Deserialize;
use serde_json::value::RawValue;

#[derive(Deserialize)]
pub(super) struct Report<'a> {
    #[serde(borrow, default)]
    pub(super) matches: Option<&'a RawValue>,
    #[serde(borrow, default, rename = "ignoredMatches")]
    pub(super) ignored: Option<&'a RawValue>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) source: Source,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) distro: Distro,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) descriptor: Descriptor,
}

#[derive(Default, Deserialize)]
pub(super) struct Source {
    #[serde(default, rename = "type", deserialize_with = "lenient::string")]
    pub(super) kind: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) target: Target,
}

/// A path, or the description of an image.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Target {
    Path(String),
    Image(Image),
}

impl Default for Target {
    fn default() -> Self {
        Self::Path(String::new())
    }
}

#[derive(Default, Deserialize)]
pub(super) struct Image {
    #[serde(default, rename = "userInput", deserialize_with = "lenient::string")]
    input: Option<String>,
    #[serde(default, rename = "imageID", deserialize_with = "lenient::string")]
    id: Option<String>,
    #[serde(default, deserialize_with = "lenient::strings")]
    tags: Vec<String>,
    #[serde(default, rename = "repoDigests", deserialize_with = "lenient::strings")]
    digests: Vec<String>,
}

impl Target {
    /// What the user asked to have scanned.
    pub(super) fn name(&self) -> Option<String> {
        let name = match self {
            Self::Path(path) => Some(path.clone()),
            Self::Image(image) => {
                image.input.clone().or_else(|| image.tags.first().cloned()).or_else(|| image.id.clone())
            }
        };
        name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
    }

    /// Tags and digests of an image.
    pub(super) fn aliases(&self) -> impl Iterator<Item = &String> {
        let image = match self {
            Self::Path(_) => None,
            Self::Image(image) => Some(image),
        };
        image.into_iter().flat_map(|image| image.tags.iter().chain(&image.digests)).take(100)
    }
}

#[derive(Default, Deserialize)]
pub(super) struct Distro {
    #[serde(default, deserialize_with = "lenient::string")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    version: Option<String>,
}

impl Distro {
    pub(super) fn words(&self) -> Option<String> {
        let words: Vec<&str> =
            [&self.name, &self.version].into_iter().flatten().map(String::as_str).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
}

#[derive(Default, Deserialize)]
pub(super) struct Descriptor {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) version: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) timestamp: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Match {
    pub(super) vulnerability: Vulnerability,
    #[serde(default, rename = "relatedVulnerabilities", deserialize_with = "lenient::list")]
    pub(super) related: Vec<Vulnerability>,
    pub(super) artifact: Artifact,
}

#[derive(Deserialize)]
pub(super) struct Vulnerability {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) severity: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) description: Option<String>,
    /// A list today; an object in the oldest reports.
    #[serde(default, deserialize_with = "lenient::list")]
    cvss: Vec<Cvss>,
    #[serde(default, rename = "cvssV2", alias = "cvss-v2", deserialize_with = "lenient::fitting")]
    cvss_v2: Option<OldCvss>,
    #[serde(default, rename = "cvssV3", alias = "cvss-v3", deserialize_with = "lenient::fitting")]
    cvss_v3: Option<OldCvss>,
    #[serde(default, deserialize_with = "lenient::list")]
    pub(super) cwes: Vec<Class>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    pub(super) fix: Fix,
    #[serde(default, rename = "knownExploited", deserialize_with = "lenient::list")]
    pub(super) exploited: Vec<serde_json::Value>,
}

impl Vulnerability {
    /// All CVSS ratings.
    pub(super) fn ratings(&self) -> Vec<Rating> {
        let listed = self.cvss.iter().map(|cvss| {
            let score = cvss.metrics.score.or(cvss.score);
            Rating::new(cvss.version.as_deref().unwrap_or_default(), cvss.vector.as_deref(), score, None)
        });
        let old = [("2.0", &self.cvss_v2), ("", &self.cvss_v3)];
        let old = old.into_iter().filter_map(|(version, cvss)| Some((version, cvss.as_ref()?)));
        let old = old.map(|(version, cvss)| Rating::new(version, cvss.vector.as_deref(), cvss.score, None));
        listed.chain(old).filter(|rating| rating.vector.is_some() || rating.score.is_some()).collect()
    }
}

#[derive(Deserialize)]
struct Cvss {
    #[serde(default, deserialize_with = "lenient::string")]
    version: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    vector: Option<String>,
    #[serde(default, deserialize_with = "lenient::fitting")]
    metrics: Metrics,
    #[serde(default, rename = "baseScore", deserialize_with = "lenient::number")]
    score: Option<f64>,
}

#[derive(Default, Deserialize)]
struct Metrics {
    #[serde(default, rename = "baseScore", deserialize_with = "lenient::number")]
    score: Option<f64>,
}

#[derive(Deserialize)]
struct OldCvss {
    #[serde(default, rename = "baseScore", alias = "base-score", deserialize_with = "lenient::number")]
    score: Option<f64>,
    #[serde(default, alias = "vectorString", deserialize_with = "lenient::string")]
    vector: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Class {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) cwe: Option<String>,
}

#[derive(Default, Deserialize)]
pub(super) struct Fix {
    #[serde(default, deserialize_with = "lenient::strings")]
    pub(super) versions: Vec<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) state: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Artifact {
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) version: Option<String>,
    #[serde(default, rename = "type", deserialize_with = "lenient::string")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "lenient::string")]
    pub(super) purl: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    locations: Vec<Location>,
}

impl Artifact {
    /// Where the package lies; empty for packages of the operating system.
    pub(super) fn location(&self) -> String {
        match self.kind.as_deref() {
            Some("deb" | "rpm" | "apk" | "alpm" | "portage" | "msrc-kb" | "linux-kernel") => String::new(),
            _ => self.locations.first().map(|location| location.path.clone()).unwrap_or_default(),
        }
    }
}

#[derive(Deserialize)]
struct Location {
    #[serde(deserialize_with = "lenient::text")]
    path: String,
}
