//! Weights: the numbers that rank and scorecard are made of, by the words they belong to.

use super::Exploit;
use serde::{Deserialize, Serialize};
use warrant_model::kinds::{Criticality, Exposure};
use warrant_model::priority::Decision;
use warrant_model::{Impact, Severity};

/// Weights of the queue; every one lies between 0 and 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankWeights {
    /// What an exception in force leaves.
    pub excepted: f32,
    /// By severity.
    pub severity: SeverityWeights,
    /// By exposure.
    pub exposure: ExposureWeights,
    /// By criticality.
    pub criticality: CriticalityWeights,
    /// By what is known of exploits.
    pub exploit: ExploitWeights,
    /// By how fast it is decided to act.
    pub decision: DecisionWeights,
    /// By how late it is.
    pub time: TimeWeights,
    /// By impact level.
    pub impact: ImpactWeights,
    /// By CVSS base score.
    pub cvss: CvssWeights,
    /// By how many things it is about.
    pub extent: ExtentWeights,
}

impl RankWeights {
    /// Every weight with its key in the policy's text.
    pub(super) fn all(&self) -> [(&'static str, f32); 40] {
        let rank = self;
        let severity = rank.severity;
        [
            ("rank.excepted", rank.excepted),
            ("rank.severity.critical", severity.critical),
            ("rank.severity.high", severity.high),
            ("rank.severity.medium", severity.medium),
            ("rank.severity.low", severity.low),
            ("rank.severity.none", severity.none),
            ("rank.exposure.internet", rank.exposure.internet),
            ("rank.exposure.partner", rank.exposure.partner),
            ("rank.exposure.internal", rank.exposure.internal),
            ("rank.exposure.isolated", rank.exposure.isolated),
            ("rank.exposure.unknown", rank.exposure.unknown),
            ("rank.criticality.essential", rank.criticality.essential),
            ("rank.criticality.important", rank.criticality.important),
            ("rank.criticality.supporting", rank.criticality.supporting),
            ("rank.criticality.unknown", rank.criticality.unknown),
            ("rank.exploit.active", rank.exploit.active),
            ("rank.exploit.known", rank.exploit.known),
            ("rank.exploit.unknown", rank.exploit.unknown),
            ("rank.exploit.none", rank.exploit.none),
            ("rank.decision.immediate", rank.decision.immediate),
            ("rank.decision.out_of_cycle", rank.decision.out_of_cycle),
            ("rank.decision.scheduled", rank.decision.scheduled),
            ("rank.decision.defer", rank.decision.defer),
            ("rank.decision.none", rank.decision.none),
            ("rank.time.overdue_quarter", rank.time.overdue_quarter),
            ("rank.time.overdue_month", rank.time.overdue_month),
            ("rank.time.overdue", rank.time.overdue),
            ("rank.time.soon", rank.time.soon),
            ("rank.time.old", rank.time.old),
            ("rank.time.recent", rank.time.recent),
            ("rank.impact.high", rank.impact.high),
            ("rank.impact.moderate", rank.impact.moderate),
            ("rank.impact.low", rank.impact.low),
            ("rank.impact.unknown", rank.impact.unknown),
            ("rank.cvss.lowest", rank.cvss.lowest),
            ("rank.cvss.unknown", rank.cvss.unknown),
            ("rank.extent.one", rank.extent.one),
            ("rank.extent.few", rank.extent.few),
            ("rank.extent.several", rank.extent.several),
            ("rank.extent.many", rank.extent.many),
        ]
    }
}

/// A number by severity.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is the weight of the word it is named by")]
pub struct SeverityWeights {
    pub critical: f32,
    pub high: f32,
    pub medium: f32,
    pub low: f32,
    pub none: f32,
}

impl SeverityWeights {
    /// The weight of a severity.
    pub fn of(&self, severity: Severity) -> f32 {
        match severity {
            Severity::Critical => self.critical,
            Severity::High => self.high,
            Severity::Medium => self.medium,
            Severity::Low => self.low,
            Severity::None => self.none,
        }
    }
}

/// A number by exposure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is the weight of the word it is named by")]
pub struct ExposureWeights {
    pub internet: f32,
    pub partner: f32,
    pub internal: f32,
    pub isolated: f32,
    pub unknown: f32,
}

impl ExposureWeights {
    /// The weight of an exposure.
    pub fn of(&self, exposure: Option<Exposure>) -> f32 {
        match exposure {
            Some(Exposure::Internet) => self.internet,
            Some(Exposure::Partner) => self.partner,
            Some(Exposure::Internal) => self.internal,
            Some(Exposure::Isolated) => self.isolated,
            None => self.unknown,
        }
    }
}

/// A number by criticality.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is the weight of the word it is named by")]
pub struct CriticalityWeights {
    pub essential: f32,
    pub important: f32,
    pub supporting: f32,
    pub unknown: f32,
}

impl CriticalityWeights {
    /// The weight of a criticality.
    pub fn of(&self, criticality: Option<Criticality>) -> f32 {
        match criticality {
            Some(Criticality::Essential) => self.essential,
            Some(Criticality::Important) => self.important,
            Some(Criticality::Supporting) => self.supporting,
            None => self.unknown,
        }
    }
}

/// A number by what is known of exploits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is the weight of the word it is named by")]
pub struct ExploitWeights {
    pub active: f32,
    pub known: f32,
    pub unknown: f32,
    pub none: f32,
}

impl ExploitWeights {
    /// The weight of what is known.
    pub fn of(&self, exploit: Exploit) -> f32 {
        match exploit {
            Exploit::Active => self.active,
            Exploit::Known => self.known,
            Exploit::Unknown => self.unknown,
            Exploit::None => self.none,
        }
    }
}

/// A number by how fast it is decided to act.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionWeights {
    /// At once.
    pub immediate: f32,
    /// Before the next maintenance.
    pub out_of_cycle: f32,
    /// With the next maintenance.
    pub scheduled: f32,
    /// Not at present.
    pub defer: f32,
    /// Of what is no weakness and has no such decision.
    pub none: f32,
}

impl DecisionWeights {
    /// The weight of a decision.
    pub fn of(&self, decision: Option<Decision>) -> f32 {
        match decision {
            Some(Decision::Immediate) => self.immediate,
            Some(Decision::OutOfCycle) => self.out_of_cycle,
            Some(Decision::Scheduled) => self.scheduled,
            Some(Decision::Defer) => self.defer,
            None => self.none,
        }
    }
}

/// A number by how late something is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is the weight of the word it is named by")]
pub struct TimeWeights {
    pub overdue_quarter: f32,
    pub overdue_month: f32,
    pub overdue: f32,
    pub soon: f32,
    pub old: f32,
    pub recent: f32,
}

/// A number by impact level.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is the weight of the word it is named by")]
pub struct ImpactWeights {
    pub high: f32,
    pub moderate: f32,
    pub low: f32,
    pub unknown: f32,
}

impl ImpactWeights {
    /// The weight of an impact level; not applicable counts as low.
    pub fn of(&self, impact: Option<Impact>) -> f32 {
        match impact {
            Some(Impact::High) => self.high,
            Some(Impact::Moderate) => self.moderate,
            Some(Impact::Low | Impact::NotApplicable) => self.low,
            None => self.unknown,
        }
    }
}

/// A number by CVSS base score.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CvssWeights {
    /// Of a score of 0; a score of 10 has 1, and those between lie on a line.
    pub lowest: f32,
    /// Without a score.
    pub unknown: f32,
}

impl CvssWeights {
    /// The weight of a base score, 0 to 10.
    pub fn of(&self, score: Option<f32>) -> f32 {
        score.map_or(self.unknown, |score| self.lowest + (1.0 - self.lowest) * score.clamp(0.0, 10.0) / 10.0)
    }
}

/// A number by how many things a deficiency is about.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtentWeights {
    /// One.
    pub one: f32,
    /// Two to four.
    pub few: f32,
    /// Five to nineteen.
    pub several: f32,
    /// Twenty or more.
    pub many: f32,
}

impl ExtentWeights {
    /// The weight of a number of things.
    pub fn of(&self, number: usize) -> f32 {
        match number {
            0 | 1 => self.one,
            2..=4 => self.few,
            5..=19 => self.several,
            _ => self.many,
        }
    }
}

/// Weights of the scorecard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScorecardWeights {
    /// The share of weight, 0 to 1, below which there is no score.
    pub least_assessed: f32,
    /// The share of the score, 0 to 1, that deficiencies can take away however many there are.
    pub most_taken: f32,
    /// What a deficiency weighs for each objective it pulls down.
    pub deficiency: SeverityWeights,
}
