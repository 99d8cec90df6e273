//! CVSS 2.0, 3.0, 3.1 and 4.0: base, temporal (threat) and environmental scores, with a system's own requirements.
//!
//! The equations are those of the crate `cvss`, save for the temporal score of version 3, which it lacks.

use std::fmt;
use warrant_model::Severity;

/// The longest vector read, in bytes.
const LONGEST: usize = 512;

/// How much confidentiality, integrity or availability of a system matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// Loss has a limited effect.
    Low,
    /// Loss has a serious effect: what scores assume when nothing is said.
    Medium,
    /// Loss has a catastrophic effect.
    High,
}

/// The requirements of a system (FIPS 199, SP 800-60), which set `CR`, `IR` and `AR`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requirements {
    /// Confidentiality.
    pub confidentiality: Requirement,
    /// Integrity.
    pub integrity: Requirement,
    /// Availability.
    pub availability: Requirement,
}

/// The scores of a vector, each 0.0 to 10.0 in steps of a tenth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scores {
    /// From base metrics alone.
    pub base: f64,
    /// With temporal (version 4: threat) metrics; equals `base` when none is given.
    pub temporal: f64,
    /// With environmental metrics as well.
    pub environmental: f64,
}

impl Scores {
    /// The severity of the environmental score.
    pub fn severity(&self) -> Severity {
        Severity::from_cvss(self.environmental as f32)
    }
}

/// A vector that was read and can be scored.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector {
    metrics: Vec<(String, String)>,
    version: Version,
}

/// The versions of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// 2.0, whose vectors have no prefix.
    V2,
    /// 3.0.
    V30,
    /// 3.1.
    V31,
    /// 4.0.
    V4,
}

impl Version {
    fn prefix(self) -> &'static str {
        match self {
            Self::V2 => "",
            Self::V30 => "CVSS:3.0/",
            Self::V31 => "CVSS:3.1/",
            Self::V4 => "CVSS:4.0/",
        }
    }
}

/// Why a text is no vector.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no CVSS vector: {reason}")]
pub struct VectorError {
    /// The text, shortened.
    pub text: String,
    /// What is wrong.
    pub reason: String,
}

/// Metrics that are no base metrics, by version.
const TEMPORAL: &[&str] = &["E", "RL", "RC"];
const ENVIRONMENTAL_2: &[&str] = &["CDP", "TD", "CR", "IR", "AR"];

impl Vector {
    /// Reads a vector. Version 2 may be bare, in brackets, or begin with `CVSS2#`.
    ///
    /// # Errors
    /// [`VectorError`].
    pub fn parse(text: &str) -> Result<Self, VectorError> {
        let fail = |reason: String| VectorError { text: text.chars().take(80).collect(), reason };
        if text.len() > LONGEST {
            return Err(fail("it is too long".into()));
        }
        let bare = text.trim().trim_start_matches('(').trim_end_matches(')').trim_end_matches('/');
        let (version, body) = [Version::V30, Version::V31, Version::V4]
            .into_iter()
            .find_map(|version| Some((version, bare.strip_prefix(version.prefix())?)))
            .unwrap_or((Version::V2, bare.trim_start_matches("CVSS2#").trim_start_matches("CVSS:2.0/")));
        let mut metrics: Vec<(String, String)> = Vec::new();
        for pair in body.split('/') {
            let (metric, value) =
                pair.split_once(':').ok_or_else(|| fail(format!("`{pair}` is no metric with a value")))?;
            if metrics.iter().any(|(known, _)| known == metric) {
                return Err(fail(format!("{metric} is given twice")));
            }
            metrics.push((metric.to_owned(), value.to_owned()));
        }
        let vector = Self { metrics, version };
        vector.try_scores().map_err(fail)?;
        Ok(vector)
    }

    /// The version of the standard.
    pub fn version(&self) -> Version {
        self.version
    }

    /// The vector for a system with these requirements. Requirements the vector already names are replaced: the
    /// system's are the newer knowledge.
    pub fn with_requirements(&self, requirements: Requirements) -> Self {
        let mut vector = self.clone();
        for (metric, requirement) in [
            ("CR", requirements.confidentiality),
            ("IR", requirements.integrity),
            ("AR", requirements.availability),
        ] {
            let value = match requirement {
                Requirement::Low => "L",
                Requirement::Medium => "M",
                Requirement::High => "H",
            };
            vector.set(metric, value);
        }
        vector
    }

    /// The vector with exploit maturity as it is known now: attacked, when the vulnerability is on a list of
    /// exploited ones. Version 2 and 3 say `E:H`, version 4 `E:A`.
    pub fn with_exploitation(&self) -> Self {
        let mut vector = self.clone();
        vector.set("E", if self.version == Version::V4 { "A" } else { "H" });
        vector
    }

    fn set(&mut self, metric: &str, value: &str) {
        match self.metrics.iter_mut().find(|(known, _)| known == metric) {
            Some((_, old)) => *old = value.to_owned(),
            None => self.metrics.push((metric.to_owned(), value.to_owned())),
        }
    }

    fn value(&self, metric: &str) -> Option<&str> {
        self.metrics.iter().find(|(known, _)| known == metric).map(|(_, value)| value.as_str())
    }

    /// All scores.
    pub fn scores(&self) -> Scores {
        // A vector that was read has been scored once, and setting a requirement cannot make it unreadable.
        self.try_scores().unwrap_or(Scores { base: 0.0, temporal: 0.0, environmental: 0.0 })
    }

    fn try_scores(&self) -> Result<Scores, String> {
        let text = |error: cvss::Error| error.to_string();
        match self.version {
            Version::V2 => {
                let vector: cvss::v2::Vector = self.to_string().parse().map_err(text)?;
                let (base, temporal) = (vector.score().value(), vector.temporal_score().value());
                Ok(Scores { base, temporal, environmental: vector.environmental_score().value() })
            }
            Version::V30 | Version::V31 => {
                let vector: cvss::v3::Vector = self.to_string().parse().map_err(text)?;
                let base = vector.base_score().value();
                let raised = cvss::v3::Score::new(base * self.temporal_factor());
                let temporal = raised.roundup_for_version(usize::from(self.version == Version::V31)).value();
                Ok(Scores { base, temporal, environmental: vector.environmental_score().value() })
            }
            Version::V4 => {
                let score = |kept: &dyn Fn(&str) -> bool| {
                    let vector: cvss::v4::Vector = self.only(kept).parse().map_err(text)?;
                    Ok::<f64, String>(vector.score().value())
                };
                let environmental = |metric: &str| is_environmental_4(metric);
                Ok(Scores {
                    base: score(&|metric| metric != "E" && !environmental(metric))?,
                    temporal: score(&|metric| !environmental(metric))?,
                    environmental: score(&|_| true)?,
                })
            }
        }
    }

    /// The factor of the temporal metrics of version 3 (specification, table 16).
    fn temporal_factor(&self) -> f64 {
        let of = |metric, values: [(&str, f64); 4]| {
            let value = self.value(metric).unwrap_or("X");
            values.iter().find(|(known, _)| *known == value).map_or(1.0, |(_, factor)| *factor)
        };
        of("E", [("U", 0.91), ("P", 0.94), ("F", 0.97), ("H", 1.0)])
            * of("RL", [("O", 0.95), ("T", 0.96), ("W", 0.97), ("U", 1.0)])
            * of("RC", [("U", 0.92), ("R", 0.96), ("C", 1.0), ("X", 1.0)])
    }

    fn only(&self, kept: &dyn Fn(&str) -> bool) -> String {
        let metrics = self.metrics.iter().filter(|(metric, _)| kept(metric));
        let metrics: Vec<String> = metrics.map(|(metric, value)| format!("{metric}:{value}")).collect();
        format!("{}{}", self.version.prefix(), metrics.join("/"))
    }
}

impl fmt::Display for Vector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.version != Version::V2 {
            return f.write_str(&self.only(&|_| true));
        }
        // Version 2 has an order: base, temporal, environmental.
        let group = |metric: &str| match metric {
            _ if TEMPORAL.contains(&metric) => 1,
            _ if ENVIRONMENTAL_2.contains(&metric) => 2,
            _ => 0,
        };
        let mut metrics = self.metrics.clone();
        metrics.sort_by_key(|(metric, _)| group(metric));
        f.write_str(&Self { metrics, version: Version::V2 }.only(&|_| true))
    }
}

fn is_environmental_4(metric: &str) -> bool {
    matches!(metric, "CR" | "IR" | "AR") || (metric.starts_with('M') && metric.len() > 1)
}
