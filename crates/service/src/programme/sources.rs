//! Where evidence comes from: which tool last looked at which system, and whether that still speaks for today.

use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use warrant_analysis::policy::EvidenceSort;
use warrant_model::time::{from_micros, plus_days};
use warrant_store::evidence;

/// The newest file by a tool about a system.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct EvidenceSource {
    /// The system; empty for the organisation.
    pub system: String,
    /// The tool.
    pub tool: String,
    /// The reader of its newest file.
    pub format: String,
    /// What sort of evidence that is.
    pub sort: String,
    /// When the tool last looked.
    pub last: Timestamp,
    /// The file of that look.
    pub evidence: String,
    /// Files in all.
    pub files: i64,
    /// Days for which policy lets it speak.
    pub days: u32,
    /// Until when it speaks for the present.
    pub until: Timestamp,
    /// How old it has grown.
    pub age: Age,
}

/// How old evidence has grown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Age {
    /// Silent for longer than twice what policy allows.
    Silent,
    /// Older than policy allows.
    Stale,
    /// Will be too old within a quarter of its time.
    Ageing,
    /// Speaks for the present.
    Fresh,
}

impl Age {
    /// Every age, silent first.
    pub const ALL: [Self; 4] = [Self::Silent, Self::Stale, Self::Ageing, Self::Fresh];

    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Silent => "silent",
            Self::Stale => "stale",
            Self::Ageing => "ageing",
            Self::Fresh => "fresh",
        }
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Silent => "Silent",
            Self::Stale => "Too old",
            Self::Ageing => "Due soon",
            Self::Fresh => "Fresh",
        }
    }

    fn of(last: Timestamp, days: u32, now: Timestamp) -> Self {
        let days = i64::from(days);
        if now > plus_days(last, 2 * days) {
            Self::Silent
        } else if now > plus_days(last, days) {
            Self::Stale
        } else if now > plus_days(last, days - days / 4) {
            Self::Ageing
        } else {
            Self::Fresh
        }
    }
}

impl Service {
    /// Every tool that ever looked at a system the actor may see, silent ones first.
    pub async fn evidence_sources(&self, actor: &Actor) -> Result<Vec<EvidenceSource>, ServiceError> {
        let (now, policy) = (self.now(), self.policy());
        let newest = evidence::newest_by_tool(&mut self.store().db(), &actor.sees()).await?;
        let mut sources: Vec<_> = newest
            .into_iter()
            .map(|found| {
                let sort = policy.evidence.get(&found.format).copied().unwrap_or(EvidenceSort::Scan);
                let (days, last) = (policy.freshness.days_for(sort), from_micros(found.observed_at));
                EvidenceSource {
                    system: found.system,
                    tool: found.tool,
                    format: found.format,
                    sort: sort.title().to_owned(),
                    last,
                    evidence: found.hash.0,
                    files: found.files,
                    days,
                    until: plus_days(last, i64::from(days)),
                    age: Age::of(last, days, now),
                }
            })
            .collect();
        sources
            .sort_by(|a, b| (a.age, a.until, &a.tool, &a.system).cmp(&(b.age, b.until, &b.tool, &b.system)));
        Ok(sources)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_ages_in_steps() {
        let now = warrant_model::time::parse("2026-11-23T10:00:00Z").unwrap();
        let ages = [1, 30, 36, 71].map(|days| Age::of(plus_days(now, -days), 35, now));
        assert_eq!(ages, [Age::Fresh, Age::Ageing, Age::Stale, Age::Silent]);
    }
}
