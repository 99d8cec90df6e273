//! By when weaknesses must be gone: the organisation's own days, and the clocks of others it has chosen.

use super::Exploit;
use crate::priority::VdrClass;
use serde::{Deserialize, Serialize};
use warrant_model::kinds::Exposure;
use warrant_model::priority::Decision;
use warrant_model::{Impact, Severity};

/// Days by which an open weakness must be gone. Of all that apply the shortest counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remediation {
    /// In general.
    pub days: SeverityDays,
    /// When a public exploit is known.
    pub exploited_days: SeverityDays,
    /// When the system is reached from the internet.
    pub internet_days: SeverityDays,
    /// Rows of the organisation's own.
    pub rule: Vec<DaysRule>,
    /// FedRAMP's clock.
    pub vdr: Vdr,
}

/// Days for weaknesses that fit; what is left out does not matter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaysRule {
    /// What it is for, after "the days for".
    pub name: String,
    /// Of this severity.
    pub severity: Option<Severity>,
    /// Decided so.
    pub decision: Option<Decision>,
    /// On systems reached so.
    pub exposure: Option<Exposure>,
    /// On systems categorised at this level, by which they are authorised.
    pub level: Option<Impact>,
    /// Whole days.
    pub days: u32,
}

/// Whether FedRAMP's clock runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vdr {
    /// The class of the certification; left out, the clock does not run.
    pub class: Option<VdrClass>,
    /// Whether several agencies use the systems.
    pub several_agencies: bool,
}

/// Days by severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeverityDays {
    /// Critical.
    pub critical: u32,
    /// High.
    pub high: u32,
    /// Medium.
    pub medium: u32,
    /// Low; informational ones take the same.
    pub low: u32,
}

impl SeverityDays {
    /// Days for a severity.
    pub fn of(&self, severity: Severity) -> u32 {
        match severity {
            Severity::Critical => self.critical,
            Severity::High => self.high,
            Severity::Medium => self.medium,
            Severity::Low | Severity::None => self.low,
        }
    }
}

/// What days may depend on.
#[derive(Clone, Copy, Debug)]
pub struct DaysFor {
    /// The severity.
    pub severity: Severity,
    /// What is known of exploits.
    pub exploit: Exploit,
    /// The decision, of weaknesses.
    pub decision: Option<Decision>,
    /// Who can reach the system.
    pub exposure: Option<Exposure>,
    /// The system's level.
    pub level: Option<Impact>,
}

/// Which row of the organisation's days applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The general one.
    General,
    /// That for weaknesses with a known exploit.
    Exploited,
    /// That for systems reached from the internet.
    Internet,
    /// One of [`Remediation::rule`].
    Rule(usize),
}

impl Remediation {
    /// Every row that applies, with its days.
    pub fn rows_for(&self, of: DaysFor) -> impl Iterator<Item = (Row, u32)> + '_ {
        let exploited = of.exploit >= Exploit::Known;
        let exploited = exploited.then(|| (Row::Exploited, self.exploited_days.of(of.severity)));
        let internet = of.exposure == Some(Exposure::Internet);
        let internet = internet.then(|| (Row::Internet, self.internet_days.of(of.severity)));
        let rules = self.rule.iter().enumerate().filter(move |(_, rule)| rule.fits(of));
        let rules = rules.map(|(nth, rule)| (Row::Rule(nth), rule.days));
        [(Row::General, self.days.of(of.severity))].into_iter().chain(exploited).chain(internet).chain(rules)
    }
}

impl DaysRule {
    fn fits(&self, of: DaysFor) -> bool {
        fn same<T: PartialEq>(wanted: Option<T>, is: Option<T>) -> bool {
            wanted.is_none() || wanted == is
        }
        same(self.severity, Some(of.severity))
            && same(self.decision, of.decision)
            && same(self.exposure, of.exposure)
            && same(self.level, of.level)
    }
}
