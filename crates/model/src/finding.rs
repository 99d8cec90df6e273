//! A finding: what tools say, over time, about one rule and one subject of a system.

use crate::fact::{CheckFact, Outcome, Place, WeaknessFact};
use crate::hash::{ContentHash, key_of};
use crate::level::Severity;
use crate::priority::Decision;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a finding stands after the newest observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingState {
    /// Seen in the newest look at its target.
    Open,
    /// Was open; the newest look at its target no longer shows it.
    Closed,
    /// A rule that was looked at and met, and never failed.
    Met,
    /// Nobody could tell: not checked, error, unknown.
    NotChecked,
    /// The rule does not apply to the target.
    NotApplicable,
    /// Its place in the code is another now: the finding it moved to goes on with it.
    Moved,
}

impl FindingState {
    /// The states that lists and counts tell of: what moved is told of where it is now.
    pub const LISTED: [Self; 5] =
        [Self::Open, Self::Closed, Self::Met, Self::NotChecked, Self::NotApplicable];

    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Open, Self::Closed, Self::Met, Self::NotChecked, Self::NotApplicable, Self::Moved];

    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Met => "met",
            Self::NotChecked => "not_checked",
            Self::NotApplicable => "not_applicable",
            Self::Moved => "moved",
        }
    }

    /// The state of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// The state one look puts a rule in, given that it has `failed_before`.
    pub fn after(outcome: Outcome, failed_before: FailedBefore) -> Option<Self> {
        Some(match outcome {
            Outcome::Fail => Self::Open,
            Outcome::Pass | Outcome::Fixed if failed_before == FailedBefore::Yes => Self::Closed,
            Outcome::Pass | Outcome::Fixed => Self::Met,
            Outcome::Error | Outcome::Unknown | Outcome::NotChecked => Self::NotChecked,
            Outcome::NotApplicable => Self::NotApplicable,
            Outcome::NotSelected | Outcome::Informational => return None,
        })
    }
}

/// Whether a rule was ever open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailedBefore {
    /// It was open at some time.
    Yes,
    /// It never was.
    No,
}

/// What a finding is about: a weakness that tools report, or a benchmark rule that is met or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingSort {
    /// A reported weakness: absent from the next look means closed.
    Weakness,
    /// A benchmark rule: closed only by a result that says so, never by absence.
    Check,
}

impl FindingSort {
    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Weakness => "weakness",
            Self::Check => "check",
        }
    }

    /// The sort of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Weakness, Self::Check].into_iter().find(|sort| sort.word() == word)
    }
}

/// The identity of a weakness within a system: tool, target, rule and subject, and which of several equal
/// ones within a file it is (counted from 0), so that 28 in are 28 out.
pub fn weakness_key(system: &str, tool: &str, fact: &WeaknessFact, occurrence: u32) -> String {
    let subject = fact.subject.key();
    let nth = occurrence.to_string();
    let nth = if occurrence == 0 { "" } else { nth.as_str() };
    within(system, &["weakness", system, tool, &fact.target, &fact.rule, &subject, nth])
}

/// The identity of a benchmark rule on a target. Tools that check the same rule agree on it.
pub fn check_key(system: &str, fact: &CheckFact, occurrence: u32) -> String {
    let nth = occurrence.to_string();
    let nth = if occurrence == 0 { "" } else { nth.as_str() };
    within(system, &["check", system, &fact.target, &fact.benchmark, &fact.rule, nth])
}

/// A key whose first quarter is that of the system, so that a system's findings lie side by side in the
/// database's indexes and an import touches few of their pages.
fn within(system: &str, parts: &[&str]) -> String {
    format!("{}{}", &key_of(&[system])[..8], &key_of(parts)[..24])
}

/// A finding as stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable key.
    pub id: String,
    /// The system it is a finding of.
    pub system: String,
    /// Weakness or check.
    pub sort: FindingSort,
    /// The tool whose looks open and close it.
    pub tool: String,
    /// Host, image or artefact.
    pub target: String,
    /// Rule, plugin or vulnerability id.
    pub rule: String,
    /// Benchmark, for checks; empty for weaknesses.
    pub benchmark: String,
    /// Title.
    pub title: String,
    /// What exactly, in one line.
    pub subject: String,
    /// How bad.
    pub severity: Severity,
    /// State after the newest observation.
    pub state: FindingState,
    /// Whether the tool or its user suppressed it.
    pub suppressed: bool,
    /// CVE and other ids.
    pub vulnerabilities: Vec<String>,
    /// CWE numbers.
    pub cwes: Vec<u32>,
    /// 800-53 control and statement ids it bears on, after mapping.
    pub controls: Vec<String>,
    /// CVSS base score.
    pub cvss_score: Option<f32>,
    /// Whether a public exploit is known.
    pub exploit: Option<bool>,
    /// Whether attacks on it can be automated, as the tool's CVSS vector tells ([`crate::priority::automatable`]).
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub automatable: Option<bool>,
    /// Remedy.
    pub remedy: Option<String>,
    /// First version without it.
    pub fixed_version: Option<String>,
    /// When it was first open (or first looked at, when never open).
    pub first_seen: Timestamp,
    /// The newest look that confirmed its state.
    pub last_seen: Timestamp,
    /// When it took its present state.
    pub state_since: Timestamp,
    /// How often it came back after having been closed.
    pub reopened: u32,
    /// The evidence of the newest look.
    pub evidence: ContentHash,
    /// Where in that evidence.
    pub place: Place,
    /// The finding that goes on with it, when it moved.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub moved_to: Option<String>,
    /// Whether another tool's finding stands for the weakness it tells of ([`crate::witnesses`]).
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub second: bool,
    /// How fast it is to be acted on, as far as it is open and a weakness. Derived when its system is judged.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub decision: Option<Decision>,
}
