//! Decisions about a vulnerability in a component, and whether they still hold for a later release.

use crate::ecosystem::Package;
use crate::judge::{Hit, Judgement};
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
    pub fn concerns(&self, judgement: &Judgement<'_>, hit: &Hit<'_>) -> bool {
        hit.ids.contains(&self.vulnerability.as_str()) && judgement.package.as_ref() == Some(&self.package)
    }

    /// Whether it still holds for a component that the vulnerability hits, at a time. It ends when it expires; a
    /// judgement about code ends with the version it was about; an acceptance ends when the vulnerability got worse or
    /// is exploited.
    pub fn standing(&self, hit: &Hit<'_>, version: Option<&str>, now: Timestamp) -> Standing {
        if now >= self.expires {
            return Standing::Reopened(format!("the decision expired {}", self.expires.strftime("%F")));
        }
        let (exploited, severity) = (hit.exploited, hit.severity);
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

/// The decision on a vulnerability in a component, by its place in the list: one that holds, else the last that was
/// made, with why it does not hold any more.
pub fn ruling(
    decisions: &[Decision],
    judgement: &Judgement<'_>,
    hit: &Hit<'_>,
    now: Timestamp,
) -> Option<(usize, Standing)> {
    let mut last = None;
    for (at, decision) in decisions.iter().enumerate().filter(|(_, it)| it.concerns(judgement, hit)) {
        let standing = decision.standing(hit, judgement.version.as_deref(), now);
        if standing == Standing::Holds {
            return Some((at, standing));
        }
        last = Some((at, standing));
    }
    last
}
