//! Decisions about a vulnerability in a component, and whether they still hold for a later release.

use crate::database::Database;
use crate::ecosystem::Package;
use crate::judge::Judgement;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use warrant_model::Severity;

/// A decision somebody made about a vulnerability in one version of a package.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// The vulnerability: any of its ids.
    pub vulnerability: String,
    /// The package it was made about.
    pub package: Package,
    /// The version it was made about.
    pub version: String,
    /// What was decided.
    pub kind: Kind,
    /// When it ends. Decisions without end do not exist.
    pub expires: Timestamp,
    /// The severity when it was made.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// Whether exploitation was known when it was made.
    #[serde(default)]
    pub exploited: bool,
    /// Why, in the words of whoever made it.
    #[serde(default)]
    pub reason: String,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// It does not apply, for one of the justifications of VEX.
    NotAffected(String),
    /// The risk is accepted.
    Accepted,
}

/// Whether a decision holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It holds.
    Holds,
    /// It does not any more, because …
    Reopened(String),
}

impl Decision {
    /// Whether the decision is about this vulnerability in this component, in whatever version.
    pub fn concerns(&self, database: &Database, judgement: &Judgement<'_>, id: &str) -> bool {
        let same = self.vulnerability == id
            || database.group(id).is_some_and(|group| group.ids.contains(&self.vulnerability));
        same && judgement.package.as_ref() == Some(&self.package)
    }

    /// Whether it still holds for a component at a time. It ends when it expires; a judgement about code ends with the
    /// version it was about; an acceptance ends when the vulnerability got worse or is exploited.
    pub fn standing(&self, database: &Database, version: Option<&str>, now: Timestamp) -> Standing {
        if now >= self.expires {
            return Standing::Reopened(format!("the decision expired {}", self.expires));
        }
        let group = database.group(&self.vulnerability);
        let exploited = group.is_some_and(|group| database.exploited(group).is_some());
        let severity = group.and_then(|group| database.severity(group).0);
        match &self.kind {
            Kind::NotAffected(justification) => {
                if version == Some(&self.version) {
                    return Standing::Holds;
                }
                Standing::Reopened(format!(
                    "`{justification}` was said of {}, and this is {}",
                    self.version,
                    version.unwrap_or("a version that is not given")
                ))
            }
            Kind::Accepted if exploited && !self.exploited => {
                Standing::Reopened("it is exploited now and was not when the risk was accepted".to_owned())
            }
            Kind::Accepted => match (self.severity, severity) {
                (Some(then), Some(now)) if now.rank() > then.rank() => Standing::Reopened(format!(
                    "its severity is {} now and was {} when the risk was accepted",
                    now.word(),
                    then.word()
                )),
                _ => Standing::Holds,
            },
        }
    }
}
