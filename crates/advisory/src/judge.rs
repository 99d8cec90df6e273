//! Three answers, never two: *affected*, *not affected because …*, *not assessed because …*.

mod vex;

use crate::advisory::Advisory;
use crate::database::{Database, Group, Match, PackageId, Rule, Scratch, Table};
use crate::ecosystem::{self, NoPackage, Package};
use crate::purl::Purl;
use crate::version::Confidence;
use jiff::Timestamp;
use serde::Serialize;
use warrant_model::Severity;

pub use vex::Context;

/// What is asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
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
    /// No advisory of the ecosystem is known.
    #[error("no advisory of the ecosystem {ecosystem} is loaded")]
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
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit<'d> {
    /// The vulnerability's id.
    pub id: &'d str,
    /// All its ids.
    pub ids: &'d [String],
    /// One sentence.
    pub summary: &'d str,
    /// How bad it is; `None`: no source says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// The best base score given, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// The advisories that say so.
    pub advisories: Vec<&'d str>,
    /// The first versions after this one with a fix, ascending; empty: none is known.
    pub fixed: Vec<&'d str>,
    /// Whether it is on a list of exploited vulnerabilities.
    pub exploited: bool,
    /// Probability of exploitation within 30 days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability: Option<f32>,
    /// Functions that are vulnerable, when the advisories name them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub symbols: Vec<&'d str>,
    /// What it is when it is no vulnerability (`unmaintained`, `unsound`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub informational: Option<&'d str>,
    /// Whether the order of the versions is only assumed.
    pub low_confidence: bool,
}

/// A vulnerability that would apply, but a statement says otherwise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cleared<'d> {
    /// The vulnerability's id.
    pub id: &'d str,
    /// `not_affected` or `fixed`.
    pub status: crate::advisory::Status,
    /// The justification, when one is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<&'d str>,
    /// The explanation.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub explanation: &'d str,
    /// The document that says so.
    pub document: &'d str,
}

/// All that can be said of a component.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Judgement<'d> {
    /// The answer.
    pub answer: Answer,
    /// The package it is, when that could be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub package: Option<Package>,
    /// The version it was judged by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Vulnerabilities that apply, worst first.
    pub affected: Vec<Hit<'d>>,
    /// What statements took away.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cleared: Vec<Cleared<'d>>,
    /// Notices that apply but are no vulnerabilities.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Hit<'d>>,
    /// What was in the way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
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
                if cleared.status == crate::advisory::Status::Fixed { "fixed" } else { "not affecting it" },
                cleared.justification.map(|word| format!(" ({word})")).unwrap_or_default()
            ),
            _ if self.considered == 0 => "no advisory names the package".into(),
            _ => format!("the version lies outside of all {} advisories about the package", self.considered),
        }
    }
}

/// What a component is, as far as its package URL or ecosystem tells.
///
/// # Errors
/// [`NotAssessed`] for what is missing.
pub fn identify(component: &Component) -> Result<(Package, Option<String>), NotAssessed> {
    let given = component.version.as_deref().map(str::trim).filter(|version| !version.is_empty());
    let Some(text) = &component.purl else {
        let ecosystem = component.ecosystem.as_deref().filter(|ecosystem| !ecosystem.is_empty());
        let ecosystem = ecosystem.ok_or(NotAssessed::NoPurl)?;
        return Ok((ecosystem::package(ecosystem, &component.name), given.map(str::to_owned)));
    };
    let purl: Purl = text.parse().map_err(|error: crate::purl::PurlError| {
        let message = error.to_string();
        NotAssessed::BadPurl { message }
    })?;
    let package = ecosystem::package_of(&purl).map_err(|reason| NotAssessed::NoPackage { reason })?;
    // A package URL without version does not hide the component's own.
    let version = ecosystem::version_of(&purl).or_else(|| given.map(str::to_owned));
    Ok((package, version))
}

impl Database {
    /// Judges a component.
    pub fn judge(&self, component: &Component, question: Question, context: &Context) -> Judgement<'_> {
        let mut judgement = Judgement {
            answer: Answer::NotAssessed,
            package: None,
            version: None,
            affected: Vec::new(),
            cleared: Vec::new(),
            notices: Vec::new(),
            not_assessed: Vec::new(),
            considered: 0,
        };
        match identify(component) {
            Ok((package, version)) => {
                self.judge_package(&package, version.as_deref(), question, &mut judgement);
                self.apply_statements(component, version.as_deref(), context, &mut judgement);
                (judgement.package, judgement.version) = (Some(package), version);
            }
            Err(why) => judgement.not_assessed.push(why),
        }
        judgement.affected.sort_by(|a, b| {
            let rank = |hit: &Hit<'_>| (hit.exploited, hit.severity.map(Severity::rank), hit.score.map(|score| (score * 10.0) as u32));
            rank(b).cmp(&rank(a)).then_with(|| a.id.cmp(b.id))
        });
        judgement.answer = match (judgement.affected.is_empty(), judgement.not_assessed.is_empty()) {
            (false, _) => Answer::Affected,
            (true, false) => Answer::NotAssessed,
            (true, true) => Answer::NotAffected,
        };
        judgement
    }

    fn judge_package<'d>(
        &'d self,
        package: &Package,
        version: Option<&str>,
        question: Question,
        judgement: &mut Judgement<'d>,
    ) {
        let ecosystem = package.ecosystem.clone();
        let Some(coverage) = self.coverage(&ecosystem) else {
            judgement.not_assessed.push(NotAssessed::NoData { ecosystem });
            return;
        };
        if let Some(limit) = question.max_age_days {
            let oldest = question.now.as_second() - i64::from(limit) * 86_400;
            if coverage.newest.is_none_or(|newest| newest.as_second() < oldest) {
                let newest = coverage.newest;
                judgement.not_assessed.push(NotAssessed::Stale { ecosystem: ecosystem.clone(), newest, limit });
            }
        }
        let Some(version) = version else {
            judgement.not_assessed.push(NotAssessed::NoVersion);
            return;
        };
        let Some(id) = self.find(&ecosystem, &package.name) else {
            // Nothing names the package, but a text that is no version was not looked at either.
            let scheme = ecosystem::scheme_of(&ecosystem);
            if scheme.key(version).is_err() {
                let (version, scheme) = (version.to_owned(), scheme.id().to_owned());
                judgement.not_assessed.push(NotAssessed::Unparsable { version, scheme });
            }
            return;
        };
        let mut scratch = Scratch::default();
        let mut found: Vec<(u32, &Table, &Rule)> = Vec::new();
        for table in self.tables(id) {
            judgement.considered += table.rules.len();
            let read = table.look_up(version, &mut scratch);
            let hits = match read {
                Match::Read(hits) => hits,
                Match::Unparsable => &[],
            };
            let by_text = table.rules.iter().enumerate().filter(|(_, rule)| rule.odd.iter().any(|odd| odd == version));
            let by_text: Vec<u32> = by_text.map(|(number, _)| number as u32).collect();
            for number in hits.iter().copied().chain(by_text.iter().copied().filter(|number| !hits.contains(number))) {
                let rule = &table.rules[number as usize];
                found.push((self.group_of[rule.advisory as usize], table, rule));
            }
            if read == Match::Unparsable && by_text.len() < table.rules.len() {
                let (version, scheme) = (version.to_owned(), table.scheme().id().to_owned());
                judgement.not_assessed.push(NotAssessed::Unparsable { version, scheme });
            }
            let ranged = table.rules.iter().any(|rule| !rule.spans.is_empty());
            if table.scheme().confidence() == Confidence::Low && ranged && hits.is_empty() {
                let ecosystem = ecosystem.clone();
                judgement.not_assessed.push(NotAssessed::UnknownOrder { ecosystem });
            }
            for (number, rule) in table.rules.iter().enumerate().filter(|(_, rule)| rule.unreadable) {
                if !hits.contains(&(number as u32)) {
                    let vulnerability = self.group_of(rule.advisory).id.clone();
                    judgement.not_assessed.push(NotAssessed::Unreadable { vulnerability });
                }
            }
        }
        found.sort_by_key(|(group, _, rule)| (*group, rule.advisory));
        for same in found.chunk_by(|a, b| a.0 == b.0) {
            let hit = self.hit(&self.groups[same[0].0 as usize], version, same);
            match hit.informational {
                Some(_) => judgement.notices.push(hit),
                None => judgement.affected.push(hit),
            }
        }
    }

    fn hit<'d>(&'d self, group: &'d Group, version: &str, rules: &[(u32, &'d Table, &'d Rule)]) -> Hit<'d> {
        let advisories = || rules.iter().map(|(_, _, rule)| &self.advisories[rule.advisory as usize]);
        let mut fixed: Vec<&str> = Vec::new();
        for (_, table, rule) in rules {
            let Ok(key) = table.scheme().key(version) else { continue };
            let later = rule.fixed.iter().filter(|(fix, _)| {
                table.scheme().order(fix, &key).is_gt() && !self.is_still_affected(table, rule, fix)
            });
            fixed.extend(later.map(|(_, text)| text.as_str()).filter(|text| !fixed.contains(text)).collect::<Vec<_>>());
        }
        if let Some((_, table, _)) = rules.first() {
            fixed.sort_by(|a, b| table.scheme().compare(a, b).unwrap_or(std::cmp::Ordering::Equal));
        }
        let (severity, score) = self.severity(group);
        let symbols = advisories().flat_map(|advisory| &advisory.affected).flat_map(|affected| &affected.symbols);
        let mut symbols: Vec<&str> = symbols.map(String::as_str).collect();
        symbols.sort_unstable();
        symbols.dedup();
        let summaries = advisories().map(|advisory| advisory.summary.as_str());
        // It is a notice only if every source calls it one.
        let informational: Option<Vec<&str>> =
            advisories().map(|advisory| advisory.informational.as_deref()).collect();
        Hit {
            id: &group.id,
            ids: &group.ids,
            summary: summaries.into_iter().find(|text| !text.is_empty()).unwrap_or_default(),
            severity,
            score,
            advisories: advisories().map(|advisory| advisory.id.as_str()).collect(),
            fixed,
            exploited: self.exploited(group).is_some(),
            probability: self.prediction(group).map(|prediction| prediction.probability),
            symbols,
            informational: informational.and_then(|words| words.first().copied()),
            low_confidence: rules.iter().any(|(_, table, _)| table.scheme().confidence() == Confidence::Low),
        }
    }

    fn is_still_affected(&self, table: &Table, rule: &Rule, key: &[u8]) -> bool {
        table.at(key).iter().any(|number| table.rules[*number as usize].advisory == rule.advisory)
    }

    /// The severity of a vulnerability: the highest base score of the newest CVSS version that any of its advisories
    /// gives, else the worst word. `None` when no source says.
    pub fn severity(&self, group: &Group) -> (Option<Severity>, Option<f64>) {
        let advisories = group.advisories.iter().map(|at| &self.advisories[*at as usize]);
        let vectors = advisories.clone().flat_map(|advisory: &Advisory| &advisory.vectors);
        let scored = vectors.filter_map(|text| {
            let vector = crate::cvss::Vector::parse(text).ok()?;
            Some((vector.version(), vector.scores().base))
        });
        let best = scored.max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        if let Some((_, score)) = best {
            return (Some(Severity::from_cvss(score as f32)), Some(score));
        }
        let words = advisories.filter_map(|advisory| Severity::from_word(advisory.severity.as_deref()?));
        (words.max_by_key(|severity| severity.rank()), None)
    }

    /// The fastest question: the rules of a package that hold for a version, without words. `None` when the version
    /// cannot be read in one of its tables.
    pub fn rules_at<'d>(
        &'d self,
        package: PackageId,
        version: &str,
        scratch: &mut Scratch,
        mut each: impl FnMut(&'d Group),
    ) -> Option<usize> {
        let mut count = 0;
        for table in self.tables(package) {
            let Match::Read(hits) = table.look_up(version, scratch) else { return None };
            count += hits.len();
            hits.iter().for_each(|number| each(self.group_of(table.rules[*number as usize].advisory)));
        }
        Some(count)
    }
}
