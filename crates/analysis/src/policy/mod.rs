//! Policy: the organisation's own numbers, from which due dates, freshness and rank follow.
//!
//! The values and the reason for each are in `content/policy.toml`. Must not know of any snapshot.

mod remediation;
mod urgency;
mod weights;

pub use remediation::{DaysFor, DaysRule, Remediation, Row, SeverityDays, Vdr};
pub use urgency::{ByLevel, ExposureAnswers, ImpactAnswers, MostImpact, Urgency};
pub use weights::{
    CriticalityWeights, CvssWeights, DecisionWeights, ExploitWeights, ExposureWeights, ExtentWeights,
    ImpactWeights, RankWeights, ScorecardWeights, SeverityWeights, TimeWeights,
};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The numbers by which posture is judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// By when weaknesses must be gone.
    pub remediation: Remediation,
    /// How fast to act on them.
    pub urgency: Urgency,
    /// How long evidence speaks for the present.
    pub freshness: Freshness,
    /// The sort of evidence each reader's files are; by reader id.
    pub evidence: BTreeMap<String, EvidenceSort>,
    /// How far ahead ends are announced.
    pub warning: Warning,
    /// How control status is concluded.
    pub status: StatusRules,
    /// Weights of the queue.
    pub rank: RankWeights,
    /// Weights of the scorecard.
    pub scorecard: ScorecardWeights,
}

/// Whether a weakness is known to be used by attackers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exploit {
    /// A tool says there is no public exploit.
    None,
    /// Nobody says.
    #[default]
    Unknown,
    /// A public exploit is known.
    Known,
    /// Attackers use it.
    Active,
}

/// Days for which each sort of evidence speaks for the present.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Freshness {
    /// Vulnerability scans.
    pub scan_days: u32,
    /// Benchmark results.
    pub benchmark_days: u32,
    /// People's judgements on controls.
    pub assessment_days: u32,
    /// Software bills of materials.
    pub sbom_days: u32,
    /// Backup checks that read data back.
    pub backup_check_days: u32,
    /// Restore tests.
    pub restore_test_days: u32,
    /// Course completions without a lapse date of their own.
    pub training_days: u32,
    /// POA&M items waiting for validation.
    pub validation_days: u32,
}

impl Freshness {
    /// Days for a sort of evidence.
    pub fn days_for(&self, sort: EvidenceSort) -> u32 {
        match sort {
            EvidenceSort::Scan => self.scan_days,
            EvidenceSort::Benchmark => self.benchmark_days,
            EvidenceSort::Sbom => self.sbom_days,
            EvidenceSort::Backup => self.backup_check_days,
            EvidenceSort::Roster => self.training_days,
        }
    }
}

/// What a file taken in is, as far as its freshness goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EvidenceSort {
    /// A vulnerability, code or configuration scan.
    Scan,
    /// A benchmark or STIG result.
    Benchmark,
    /// A software bill of materials.
    Sbom,
    /// A backup log.
    Backup,
    /// A course roster.
    Roster,
}

impl EvidenceSort {
    /// The word shown to people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Benchmark => "benchmark result",
            Self::Sbom => "SBOM",
            Self::Backup => "backup log",
            Self::Roster => "course roster",
        }
    }

    /// Whether such evidence looks for weaknesses or parts of its targets.
    pub fn looks(self) -> bool {
        matches!(self, Self::Scan | Self::Benchmark | Self::Sbom)
    }
}

/// How far ahead ends are announced, in days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    /// Authorisations, agreements and exceptions that expire.
    pub expires_days: u32,
    /// Products whose support ends.
    pub end_of_support_days: u32,
    /// Work that falls due soon, for rank.
    pub due_days: u32,
    /// From this age a deficiency ranks as old.
    pub old_days: u32,
    /// So many days past its due day a deficiency ranks as overdue by a month.
    pub overdue_month_days: u32,
    /// So many days past its due day a deficiency ranks as overdue by a quarter.
    pub overdue_quarter_days: u32,
}

/// How control status is concluded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatusRules {
    /// How far a passed rule that names a whole control reaches.
    pub passed_rule_speaks_for: Reach,
}

/// How far a passed rule that names a whole control reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// Only to a control with a single statement.
    Statement,
    /// To every statement of the control.
    Control,
}

/// Predictions of exploitation below this are not kept: they tell nothing worth acting on.
pub const LEAST_LIKELY: f32 = 0.01;

/// Why a policy could not be read.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// Not TOML, or a name or value that the policy does not have; the message names line and key.
    #[error("policy.toml: {0}; compare with content/policy.toml")]
    Text(#[from] toml::de::Error),
    /// A probability from which on exploitation counts as likely that is not kept.
    #[error("policy.toml: urgency.likely is {0}; give a number from {LEAST_LIKELY} to 1")]
    Likely(f32),
    /// A weight that is not a number between 0 and 1.
    #[error("policy.toml: {key} is {value}; give a number from 0 to 1")]
    Weight {
        /// The key.
        key: &'static str,
        /// The value found.
        value: f32,
    },
}

static EMBEDDED: LazyLock<Policy> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the text is part of the program and a test reads it")]
    Policy::with_overrides("").expect("content/policy.toml is a policy")
});

const TEXT: &str = include_str!("../../../../content/policy.toml");

impl Policy {
    /// Warrant's own policy.
    pub fn embedded() -> Self {
        EMBEDDED.clone()
    }

    /// The embedded policy with an organisation's own values laid over it.
    ///
    /// # Errors
    /// The text is not TOML, names something a policy does not have, or holds a weight outside 0 to 1.
    pub fn with_overrides(text: &str) -> Result<Self, PolicyError> {
        let mut table: toml::Table = toml::from_str(TEXT)?;
        overlay(&mut table, toml::from_str(text)?);
        let policy: Self = table.try_into()?;
        policy.check()?;
        Ok(policy)
    }

    /// The sort of evidence a reader's files are.
    pub fn sort_of(&self, format: &str) -> EvidenceSort {
        self.evidence.get(format).copied().unwrap_or(EvidenceSort::Scan)
    }

    fn check(&self) -> Result<(), PolicyError> {
        let least = ("scorecard.least_assessed", self.scorecard.least_assessed);
        let most = ("scorecard.most_taken", self.scorecard.most_taken);
        // What is kept of predictions begins at one in a hundred.
        let likely = self.urgency.likely;
        if !(LEAST_LIKELY..=1.0).contains(&likely) {
            return Err(PolicyError::Likely(likely));
        }
        let mut weights = self.rank.all().into_iter().chain([least, most]);
        match weights.find(|(_, value)| !(0.0..=1.0).contains(value)) {
            Some((key, value)) => Err(PolicyError::Weight { key, value }),
            None => Ok(()),
        }
    }
}

fn overlay(below: &mut toml::Table, above: toml::Table) {
    for (key, value) in above {
        match (below.get_mut(&key), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(above)) => overlay(below, above),
            (_, value) => {
                below.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use warrant_model::kinds::Exposure;
    use warrant_model::{Impact, Severity};

    #[test]
    fn only_what_differs_need_be_given() {
        let policy = Policy::with_overrides("[freshness]\nscan_days = 10").unwrap();
        assert_eq!(policy.freshness.scan_days, 10);
        assert_eq!(policy.freshness.assessment_days, Policy::embedded().freshness.assessment_days);
    }

    #[test]
    fn mistakes_are_named() {
        let unknown = Policy::with_overrides("[freshness]\nscans = 10").unwrap_err().to_string();
        assert!(unknown.contains("scans"), "{unknown}");
        let weight = Policy::with_overrides("[rank.time]\nold = 3.0").unwrap_err().to_string();
        assert!(weight.contains("rank.time.old is 3"), "{weight}");
        let number = Policy::with_overrides("[rank.time]\nold = nan").unwrap_err().to_string();
        assert!(number.contains("rank.time.old"), "{number}");
    }

    #[test]
    fn every_row_that_applies_counts() {
        let remediation = Policy::with_overrides(
            "[[remediation.rule]]\nname = \"high systems\"\nlevel = \"high\"\nseverity = \"critical\"\ndays = 5",
        )
        .unwrap()
        .remediation;
        let usual = DaysFor {
            severity: Severity::Critical,
            exploit: Exploit::Unknown,
            decision: None,
            exposure: None,
            level: None,
        };
        let days = |of| remediation.rows_for(of).map(|(_, days)| days).min().unwrap();
        assert_eq!(days(usual), 15);
        assert_eq!(days(DaysFor { exploit: Exploit::Known, ..usual }), 7);
        assert_eq!(days(DaysFor { level: Some(Impact::High), ..usual }), 5);
        assert_eq!(days(DaysFor { level: Some(Impact::Moderate), ..usual }), 15);
        assert_eq!(days(DaysFor { level: Some(Impact::High), severity: Severity::High, ..usual }), 30);
        let low = DaysFor { severity: Severity::Low, exploit: Exploit::Active, ..usual };
        assert_eq!(days(DaysFor { exposure: Some(Exposure::Internet), ..low }), 30);
    }

    #[test]
    fn a_probability_that_is_not_kept_is_refused() {
        let error = Policy::with_overrides("[urgency]\nlikely = 0.001").unwrap_err().to_string();
        assert!(error.contains("urgency.likely is 0.001"), "{error}");
    }
}
