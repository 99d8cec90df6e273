//! Who of ours is hit by one vulnerability, release by release.

use super::shelf::Shelf;
use super::view::Decided;
use super::{FeedView, LifeView, Line, Package, leaf_of, shelve};
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use warrant_advisory::database::{Database, Group};
use warrant_advisory::releases::{Key, Standing, Standings};
use warrant_advisory::upgrade::Step;
use warrant_model::level::Severity;
use warrant_model::time::from_micros;
use warrant_store::releases;

/// The answer to *who of ours is hit?*
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Who {
    /// What was asked for.
    pub asked: String,
    /// The advisories in force; `None`: none were loaded.
    pub feed: Option<FeedView>,
    /// What is known of it; `None`: the advisories in force do not tell of it, so nothing is assessed.
    pub advisory: Option<AdvisoryView>,
    /// Components of systems that have, had or may have one of its packages.
    pub lines: Vec<WhoLine>,
    /// Components of systems whose releases hold none of its packages.
    pub without: usize,
    /// Parts of the newest releases of those that could not be identified: whether one of them is such a package cannot
    /// be told except by its name.
    pub unidentified: usize,
}

/// What is known of a vulnerability.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AdvisoryView {
    /// Its id.
    pub id: String,
    /// All its ids.
    pub ids: Vec<String>,
    /// One sentence.
    pub summary: String,
    /// How bad it is.
    pub severity: Option<Severity>,
    /// The best base score given.
    pub score: Option<f64>,
    /// Since when it is known to be exploited: the day it was listed.
    pub exploited: Option<String>,
    /// Probability of exploitation within 30 days.
    pub probability: Option<f32>,
    /// When it was first published.
    pub published: Option<Timestamp>,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
    /// Whether every source withdrew it: it does not count any more.
    pub withdrawn: bool,
    /// The packages it affects.
    pub packages: Vec<AffectedPackage>,
}

/// A package that a vulnerability affects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AffectedPackage {
    /// The package.
    pub package: Package,
    /// Versions with a fix.
    pub fixed: Vec<String>,
}

/// How the releases of a component stand to a vulnerability of a package.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhoLine {
    /// System id.
    pub system: String,
    /// System name.
    pub system_name: String,
    /// Component.
    pub component: String,
    /// The package.
    pub package: Package,
    /// How each release stands, oldest first: version, when made, whether in use, standing.
    pub releases: Vec<(String, Timestamp, bool, Standing)>,
    /// The first release that has it, and when that was made.
    pub since: Option<(String, Timestamp)>,
    /// Releases before of which nothing can be told.
    pub perhaps_since: Vec<String>,
    /// The first release known to be without it again.
    pub fixed_in: Option<String>,
    /// Releases that brought it back.
    pub reintroduced: Vec<String>,
    /// The smallest safe step of a release in use that has it.
    pub step: Option<Step>,
    /// The decision about it in a release in use.
    pub decision: Option<Decided>,
}

impl WhoLine {
    /// The releases in use that have it.
    pub fn hit(&self) -> impl Iterator<Item = &str> {
        let hit = |(_, _, current, standing): &&(String, Timestamp, bool, Standing)| {
            *current && matches!(standing, Standing::Affected { .. })
        };
        self.releases.iter().filter(hit).map(|(version, ..)| version.as_str())
    }

    /// Whether a release in use could not be assessed.
    pub fn is_open_question(&self) -> bool {
        self.releases
            .iter()
            .any(|(_, _, current, standing)| *current && matches!(standing, Standing::NotAssessed { .. }))
    }
}

impl Service {
    /// Which releases of systems that the actor may see a vulnerability hits, by any of its ids.
    pub async fn who_is_hit(&self, actor: &Actor, advisory: &str) -> Result<Who, ServiceError> {
        let asked = advisory.trim().to_owned();
        let feed = self.advisory_feed().await?;
        let memory = self.advisories_in_memory().await?;
        let known = memory.as_ref().and_then(|memory| {
            let database = &memory.database;
            let group = spellings(&asked).iter().find_map(|id| database.group(id))?;
            Some(told(database, group))
        });
        let mut who = Who { asked, feed, advisory: known, lines: Vec::new(), without: 0, unidentified: 0 };
        let Some(advisory) = &who.advisory else { return Ok(who) };
        let shelves = shelve(releases::list(&mut self.store().db(), None, &actor.sees()).await?);
        for (at, judged) in self.judged_as_one(actor, &shelves).await?.1 {
            let (shelf, line) = (&shelves[at], &judged.line);
            if !advisory.packages.iter().any(|affected| judged.contents.may_hold(&affected.package)) {
                who.without += 1;
                who.unidentified += judged.contents.unidentified;
                continue;
            }
            let mut any = false;
            for (key, standings) in self.stands(shelf, line, &who).await? {
                if standings.iter().all(|standing| *standing == Standing::Absent) {
                    continue;
                }
                any = true;
                who.lines.push(who_line(shelf, line, key, standings));
            }
            if !any {
                who.without += 1;
                who.unidentified += judged.contents.unidentified;
            }
        }
        who.lines.sort_by(|a, b| {
            let rank = |line: &WhoLine| (line.hit().next().is_none(), !line.is_open_question());
            let name = |line: &WhoLine| (line.system_name.clone(), line.component.clone());
            rank(a).cmp(&rank(b)).then_with(|| name(a).cmp(&name(b)))
        });
        Ok(who)
    }

    /// How the releases of a shelf stand to each package of the vulnerability that is asked for: as their lives say
    /// where one of them has it, else as their bills do.
    async fn stands(
        &self,
        shelf: &Shelf,
        line: &Line,
        who: &Who,
    ) -> Result<Vec<(Key, Vec<Standing>)>, ServiceError> {
        let Some(advisory) = &who.advisory else { return Ok(Vec::new()) };
        let keys =
            advisory.packages.iter().map(|of| Key { id: advisory.id.clone(), package: of.package.clone() });
        let known = keys.map(|key| {
            let life = life_of(line, &key).map(|life| life.standings.clone());
            (key, life)
        });
        let known: Vec<_> = known.collect();
        if let Some(all) = known.iter().map(|(key, life)| Some((key.clone(), life.clone()?))).collect() {
            return Ok(all);
        }
        let nothing = BTreeMap::new();
        let coverage = who.feed.as_ref().map_or(&nothing, |feed| &feed.summary.ecosystems);
        let material = self.bills_of(shelf, leaf_of(who.feed.as_ref())).await?;
        let judged = material.judged(coverage, self.question())?;
        let sorted: Vec<_> = judged.iter().map(|(judged, _)| Standings::of(judged)).collect();
        let of = |key: &Key| sorted.iter().map(|release| release.of_key(key)).collect();
        Ok(known.into_iter().map(|(key, life)| (key.clone(), life.unwrap_or_else(|| of(&key)))).collect())
    }
}

fn life_of<'l>(line: &'l Line, key: &Key) -> Option<&'l LifeView> {
    line.lives.iter().find(|life| life.hit.id == key.id && life.package == key.package)
}

fn who_line(shelf: &Shelf, line: &Line, key: Key, standings: Vec<Standing>) -> WhoLine {
    let life = life_of(line, &key);
    let in_use = || line.current().flat_map(|release| &release.steps);
    let found = || line.current().flat_map(|release| &release.found);
    let releases = shelf.releases.iter().zip(&line.releases).zip(standings);
    WhoLine {
        system: line.system.clone(),
        system_name: line.system_name.clone(),
        component: line.component.clone(),
        releases: releases
            .map(|((bills, view), standing)| {
                (view.version.clone(), from_micros(bills.at()), view.current, standing)
            })
            .collect(),
        since: life.map(|life| (life.introduced.clone(), life.since)),
        perhaps_since: life.map(|life| life.perhaps_since.clone()).unwrap_or_default(),
        fixed_in: life.and_then(|life| life.fixed_in.clone()),
        reintroduced: life.map(|life| life.reintroduced.clone()).unwrap_or_default(),
        step: in_use().find(|step| step.package == key.package && step.removes.contains(&key.id)).cloned(),
        decision: found()
            .find(|found| found.package == key.package && found.hit.id == key.id)
            .and_then(|found| found.decision.clone()),
        package: key.package,
    }
}

/// An id as it is given and as sources write it: `CVE-2021-1`, `GHSA-aaaa-bbbb-cccc`.
fn spellings(id: &str) -> [String; 3] {
    let (source, rest) = id.split_once('-').unwrap_or((id, ""));
    [id.to_owned(), id.to_uppercase(), format!("{}-{}", source.to_uppercase(), rest.to_lowercase())]
}

fn told(database: &Database, group: &Group) -> AdvisoryView {
    let advisories = || group.advisories.iter().map(|at| &database.advisories()[*at as usize]);
    let mut packages: BTreeMap<Package, BTreeSet<String>> = BTreeMap::new();
    for affected in advisories().flat_map(|advisory| &advisory.affected) {
        let package = Package { ecosystem: affected.ecosystem.clone(), name: affected.name.clone() };
        packages.entry(package).or_default().extend(affected.fixed.iter().cloned());
    }
    let (severity, score) = database.severity(group);
    let summaries = advisories().map(|advisory| advisory.summary.as_str());
    AdvisoryView {
        id: group.id.clone(),
        ids: group.ids.clone(),
        summary: summaries.into_iter().find(|text| !text.is_empty()).unwrap_or_default().to_owned(),
        severity,
        score,
        exploited: database.exploited(group).map(|entry| entry.added.clone()),
        probability: database.prediction(group).map(|prediction| prediction.probability),
        published: advisories().filter_map(|advisory| advisory.published).min(),
        modified: advisories().filter_map(|advisory| advisory.modified).max(),
        withdrawn: advisories().all(|advisory| advisory.withdrawn.is_some()),
        packages: packages
            .into_iter()
            .map(|(package, fixed)| AffectedPackage { package, fixed: fixed.into_iter().collect() })
            .collect(),
    }
}
