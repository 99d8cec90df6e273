//! What is asked and what is answered.

use crate::advisory::Status;
use crate::ecosystem::{NoPackage, Package};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use warrant_model::Severity;

/// What is asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Component {
    /// Its package URL, when it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purl: Option<String>,
    /// Its ecosystem in OSV's words, when there is no package URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ecosystem: Option<String>,
    /// Its name.
    pub name: String,
    /// Its version. Taken from the package URL when it is missing here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

/// When it is asked, and how old a feed may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The time of asking.
    pub now: Timestamp,
    /// How many days old the newest advisory of an ecosystem may be. `None`: any age will do.
    pub max_age_days: Option<u32>,
}

/// The three answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// At least one vulnerability applies.
    Affected,
    /// Something was in the way of an answer.
    NotAssessed,
    /// Everything was looked at and nothing applies.
    NotAffected,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum NotAssessed {
    /// There is neither package URL nor ecosystem.
    #[error("it has no package URL")]
    NoPurl,
    /// The package URL cannot be read.
    #[error("its package URL cannot be read: {message}")]
    BadPurl {
        /// What is wrong.
        message: String,
    },
    /// The package URL leads to no ecosystem.
    #[error("{reason}")]
    NoPackage {
        /// Why.
        reason: NoPackage,
    },
    /// No source that covers the ecosystem is loaded.
    #[error("no advisories for the ecosystem {ecosystem} are loaded")]
    NoData {
        /// The ecosystem.
        ecosystem: String,
    },
    /// The newest advisory of the ecosystem is too old, or does not say how old it is.
    #[error("the advisories of {ecosystem} end {}, over {limit} days ago", newest.map_or("without a date".to_owned(), |at| at.to_string()))]
    Stale {
        /// The ecosystem.
        ecosystem: String,
        /// Its newest advisory.
        newest: Option<Timestamp>,
        /// The days allowed.
        limit: u32,
    },
    /// Advisories of the ecosystem name source packages, none has this name, and what it was built from is not said.
    #[error("advisories of {ecosystem} name source packages, and it does not say what it was built from")]
    NoSource {
        /// The ecosystem.
        ecosystem: String,
    },
    /// The component has no version.
    #[error("it has no version")]
    NoVersion,
    /// The version is none of the ecosystem's.
    #[error("`{version}` is no {scheme} version")]
    Unparsable {
        /// The version.
        version: String,
        /// The scheme.
        scheme: String,
    },
    /// The order of the ecosystem's versions is not known, so lying outside a range says nothing.
    #[error("how {ecosystem} orders versions is not known")]
    UnknownOrder {
        /// The ecosystem.
        ecosystem: String,
    },
    /// A part of an advisory could not be read.
    #[error("the affected versions of {vulnerability} could not be read")]
    Unreadable {
        /// The vulnerability.
        vulnerability: String,
    },
}

/// A vulnerability that applies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit<'d> {
    /// The vulnerability's id.
    pub id: &'d str,
    /// All its ids.
    #[serde(borrow)]
    pub ids: Vec<&'d str>,
    /// One sentence.
    pub summary: &'d str,
    /// How bad it is; `None`: no source says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// The best base score given, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// The advisories that say so.
    #[serde(borrow)]
    pub advisories: Vec<&'d str>,
    /// The first versions after this one with a fix, ascending; empty: none is known.
    #[serde(borrow)]
    pub fixed: Vec<&'d str>,
    /// Whether it is on a list of exploited vulnerabilities.
    pub exploited: bool,
    /// Probability of exploitation within 30 days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f32>,
    /// When the first of the advisories was published, where one says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Timestamp>,
    /// Functions that are vulnerable, when the advisories name them.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub symbols: Vec<&'d str>,
    /// What it is when it is no vulnerability (`unmaintained`, `unsound`).
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub informational: Option<&'d str>,
    /// Whether the order of the versions is only assumed.
    pub low_confidence: bool,
}

/// A vulnerability that would apply, but a statement says otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cleared<'d> {
    /// The vulnerability's id.
    pub id: &'d str,
    /// `not_affected` or `fixed`.
    pub status: Status,
    /// The justification, when one is given.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub justification: Option<&'d str>,
    /// The explanation.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub explanation: &'d str,
    /// The document that says so.
    pub document: &'d str,
}

/// All that can be said of a component.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judgement<'d> {
    /// The answer.
    pub answer: Answer,
    /// The package it is, when that could be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<Package>,
    /// The version it was judged by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Vulnerabilities that apply, worst first.
    #[serde(borrow)]
    pub affected: Vec<Hit<'d>>,
    /// What statements took away.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub cleared: Vec<Cleared<'d>>,
    /// Notices that apply but are no vulnerabilities.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Hit<'d>>,
    /// What was in the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_assessed: Vec<NotAssessed>,
    /// How many advisories about the package were looked at.
    pub considered: usize,
}

impl Judgement<'_> {
    /// Why it is not affected, or not assessed, in one sentence.
    pub fn because(&self) -> String {
        match (self.answer, self.not_assessed.first(), self.cleared.first()) {
            (Answer::NotAssessed, Some(why), _) => why.to_string(),
            (Answer::Affected, _, _) => {
                let ids: Vec<&str> = self.affected.iter().map(|hit| hit.id).collect();
                ids.join(", ")
            }
            (_, _, Some(cleared)) => format!(
                "{} says {} is {}{}",
                cleared.document,
                cleared.id,
                if cleared.status == Status::Fixed { "fixed" } else { "not affecting it" },
                cleared.justification.map(|word| format!(" ({word})")).unwrap_or_default()
            ),
            _ if self.considered == 0 => "no advisory names the package".into(),
            _ => format!("the version lies outside of all {} advisories about the package", self.considered),
        }
    }
}
