//! Ordered scales: security objective, impact level, severity.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A security objective (FIPS 199 §2; 44 U.S.C. 3552).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Objective {
    /// Information is kept from those who may not see it.
    Confidentiality,
    /// Information and systems are not changed improperly.
    Integrity,
    /// Information and systems are there when needed.
    Availability,
}

impl Objective {
    /// All three, in the customary order.
    pub const ALL: [Self; 3] = [Self::Confidentiality, Self::Integrity, Self::Availability];

    /// The word shown to people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Confidentiality => "Confidentiality",
            Self::Integrity => "Integrity",
            Self::Availability => "Availability",
        }
    }
}

/// A potential impact level (FIPS 199 §3). Ordered from low to high.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Impact {
    /// No impact: applies to the confidentiality of public information only.
    #[serde(rename = "not-applicable")]
    NotApplicable,
    /// Limited adverse effect.
    Low,
    /// Serious adverse effect.
    Moderate,
    /// Severe or catastrophic adverse effect.
    High,
}

impl fmt::Display for Impact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotApplicable => "not applicable",
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
        })
    }
}

/// How bad a weakness or deficiency is. Ordered from none to critical.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Informational.
    #[default]
    None,
    /// Little harm or hard to use.
    Low,
    /// Harm under conditions.
    Medium,
    /// Serious harm.
    High,
    /// Serious harm, easily brought about.
    Critical,
}

impl Severity {
    /// From worst to least.
    pub const DESCENDING: [Self; 5] = [Self::Critical, Self::High, Self::Medium, Self::Low, Self::None];

    /// The severity of a CVSS v3/v4 score (CVSS v3.1 §5, v4.0 §6), 0.0 to 10.0.
    pub fn from_cvss(score: f32) -> Self {
        match score {
            s if s >= 9.0 => Self::Critical,
            s if s >= 7.0 => Self::High,
            s if s >= 4.0 => Self::Medium,
            s if s > 0.0 => Self::Low,
            _ => Self::None,
        }
    }

    /// Reads the words tools use: `critical`, `important`, `high`, `moderate`, `medium`, `warning`, `minor`,
    /// `low`, `negligible`, `info`, … `None` when the word is not one of them.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word.trim().to_ascii_lowercase().as_str() {
            "critical" | "very high" | "blocker" => Self::Critical,
            "high" | "important" | "error" | "cat i" | "serious" => Self::High,
            "medium" | "moderate" | "warning" | "warn" | "cat ii" => Self::Medium,
            "low" | "minor" | "cat iii" | "note" | "negligible" => Self::Low,
            "none" | "info" | "informational" | "information" | "log" | "unknown" => Self::None,
            _ => return None,
        })
    }

    /// The lower-case word, as stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// 0 (none) to 4 (critical), as stored in the database.
    pub fn rank(self) -> u8 {
        self as u8
    }

    /// The inverse of [`Severity::rank`]; anything above 4 is critical.
    pub fn from_rank(rank: u8) -> Self {
        match rank {
            0 => Self::None,
            1 => Self::Low,
            2 => Self::Medium,
            3 => Self::High,
            _ => Self::Critical,
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::Severity;

    #[test]
    fn cvss_bands_follow_the_specification() {
        let bands =
            [(0.0, Severity::None), (0.1, Severity::Low), (3.9, Severity::Low), (4.0, Severity::Medium)];
        for (score, expected) in bands {
            assert_eq!(Severity::from_cvss(score), expected, "score {score}");
        }
        assert_eq!(Severity::from_cvss(6.9), Severity::Medium);
        assert_eq!(Severity::from_cvss(8.9), Severity::High);
        assert_eq!(Severity::from_cvss(9.0), Severity::Critical);
    }

    #[test]
    fn rank_and_word_are_inverses() {
        for severity in Severity::DESCENDING {
            assert_eq!(Severity::from_rank(severity.rank()), severity);
            assert_eq!(Severity::from_word(severity.word()), Some(severity));
        }
    }
}
