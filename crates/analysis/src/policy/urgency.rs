//! How a system's record and the signals about a vulnerability answer the questions of a decision.

use crate::priority::{HumanImpact, SystemExposure};
use serde::{Deserialize, Serialize};
use warrant_model::kinds::{Criticality, Exposure};
use warrant_model::{Impact, Severity};

/// Answers of the decision on weaknesses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Urgency {
    /// From this probability of exploitation (EPSS) on, a proof of concept is taken to be public.
    pub likely: f32,
    /// System exposure.
    pub exposure: ExposureAnswers,
    /// Human impact.
    pub impact: ImpactAnswers,
    /// The most that a weakness of a severity can bring about by itself.
    pub most_impact: MostImpact,
}

/// SSVC's system exposure by who can reach the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is the answer for the word it is named by")]
pub struct ExposureAnswers {
    pub internet: SystemExposure,
    pub partner: SystemExposure,
    pub internal: SystemExposure,
    pub isolated: SystemExposure,
    pub unknown: SystemExposure,
}

impl ExposureAnswers {
    /// The answer for an exposure.
    pub fn of(&self, exposure: Option<Exposure>) -> SystemExposure {
        match exposure {
            Some(Exposure::Internet) => self.internet,
            Some(Exposure::Partner) => self.partner,
            Some(Exposure::Internal) => self.internal,
            Some(Exposure::Isolated) => self.isolated,
            None => self.unknown,
        }
    }
}

/// SSVC's human impact by criticality and level of a system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is the answers for the word it is named by")]
pub struct ImpactAnswers {
    pub essential: ByLevel,
    pub important: ByLevel,
    pub supporting: ByLevel,
    pub unknown: ByLevel,
}

impl ImpactAnswers {
    /// The answer for a criticality and the highest level of a system.
    pub fn of(&self, criticality: Option<Criticality>, level: Option<Impact>) -> HumanImpact {
        let by_level = match criticality {
            Some(Criticality::Essential) => &self.essential,
            Some(Criticality::Important) => &self.important,
            Some(Criticality::Supporting) => &self.supporting,
            None => &self.unknown,
        };
        match level {
            Some(Impact::High) => by_level.high,
            Some(Impact::Moderate) => by_level.moderate,
            Some(Impact::Low | Impact::NotApplicable) => by_level.low,
            None => by_level.unknown,
        }
    }
}

/// SSVC's human impact by level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is the answer for the word it is named by")]
pub struct ByLevel {
    pub high: HumanImpact,
    pub moderate: HumanImpact,
    pub low: HumanImpact,
    pub unknown: HumanImpact,
}

/// SSVC's human impact by severity of a weakness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is the answer for the word it is named by")]
pub struct MostImpact {
    pub critical: HumanImpact,
    pub high: HumanImpact,
    pub medium: HumanImpact,
    pub low: HumanImpact,
}

impl MostImpact {
    /// The answer for a severity.
    pub fn of(&self, severity: Severity) -> HumanImpact {
        match severity {
            Severity::Critical => self.critical,
            Severity::High => self.high,
            Severity::Medium => self.medium,
            Severity::Low | Severity::None => self.low,
        }
    }
}
