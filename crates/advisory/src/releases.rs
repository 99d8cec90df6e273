//! Releases: which one introduced a vulnerability, which one first fixes it, and what the next would change.
//!
//! Releases are lists of components in order. Judging them against today's database answers retroactively: an advisory
//! that lands today tells in which of yesterday's releases it already was.

use crate::database::{Coverage, Database};
use crate::ecosystem::Package;
use crate::judge::{Answer, Component, Context, Hit, Judgement, NotAssessed, Question, Sources, identify};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// One release: what it is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Release {
    /// Its name: `portal 2.4.1`.
    pub label: String,
    /// Its components.
    pub components: Vec<Component>,
    /// What statements may name as the product.
    pub context: Context,
}

/// A release and all judgements, in the order of its components.
#[derive(Debug)]
pub struct Judged<'r, 'd> {
    /// The release.
    pub release: &'r Release,
    /// One for each component.
    pub judgements: Vec<Judgement<'d>>,
}

/// A vulnerability of a package: what is followed from release to release.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Key {
    /// The vulnerability's id.
    pub id: String,
    /// The package.
    pub package: Package,
}

/// How a release stands to a vulnerability of a package.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Standing {
    /// It has the package in these affected versions.
    Affected {
        /// The versions.
        versions: Vec<String>,
    },
    /// It has the package, and none of its versions is affected.
    NotAffected {
        /// The versions.
        versions: Vec<String>,
        /// Why.
        because: String,
    },
    /// It does not have the package.
    Absent,
    /// Whether it is affected could not be told.
    NotAssessed {
        /// Why.
        because: String,
    },
}

/// The life of a vulnerability over all releases.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Life<'d> {
    /// What it is.
    #[serde(flatten)]
    pub key: Key,
    /// What is known of it, from the first release that has it.
    pub hit: Hit<'d>,
    /// The first release that has it.
    pub introduced: String,
    /// Releases before that of which nothing can be told: it may be older.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub perhaps_since: Vec<String>,
    /// The first release after the last affected one that is known to be without it. `None`: the last has it, or
    /// nothing can be told of those after.
    pub fixed: Option<String>,
    /// Releases that brought it back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reintroduced: Vec<String>,
    /// How each release stands, in order.
    pub standings: Vec<Standing>,
}

/// What changes from one release to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Delta<'d> {
    /// The earlier release.
    pub from: String,
    /// The later one.
    pub to: String,
    /// Vulnerabilities that only the later has.
    pub introduced: Vec<Change<'d>>,
    /// Vulnerabilities that only the earlier has.
    pub fixed: Vec<Change<'d>>,
    /// Vulnerabilities that both have.
    pub still_open: Vec<Change<'d>>,
    /// Vulnerabilities of the earlier release of which nothing can be told in the later.
    pub unknown: Vec<Change<'d>>,
    /// Packages that were added, removed, or are there in other versions.
    pub packages: Vec<PackageChange>,
    /// Components of the later release that could not be assessed, with the reason.
    pub not_assessed: Vec<Open>,
}

/// A vulnerability in a comparison.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change<'d> {
    /// What it is.
    #[serde(flatten)]
    pub key: Key,
    /// What is known of it.
    pub hit: Hit<'d>,
    /// How the later release stands.
    pub now: Standing,
}

/// A package whose versions differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackageChange {
    /// The package, or the component's name when it has none.
    pub package: String,
    /// Versions before; empty: it was not there.
    pub before: Vec<String>,
    /// Versions now; empty: it is gone.
    pub now: Vec<String>,
}

/// A component that could not be assessed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Open {
    /// The component.
    pub component: Component,
    /// Why.
    pub because: Vec<NotAssessed>,
}

impl Database {
    /// Judges a release.
    pub fn judge_release<'r>(&self, release: &'r Release, question: Question) -> Judged<'r, '_> {
        let sources = Sources::of(&release.components);
        let judge = |component| self.judge_among(component, question, &release.context, &sources);
        Judged { release, judgements: release.components.iter().map(judge).collect() }
    }
}

impl<'r, 'd> Judged<'r, 'd> {
    /// How many components got an answer.
    pub fn count(&self, answer: Answer) -> usize {
        self.judgements.iter().filter(|judgement| judgement.answer == answer).count()
    }

    /// Components with their judgements.
    pub fn iter(&self) -> impl Iterator<Item = (&'r Component, &Judgement<'d>)> {
        self.release.components.iter().zip(&self.judgements)
    }

    /// Components that could not be assessed.
    pub fn open(&self) -> Vec<Open> {
        let open = self.iter().filter(|(_, judgement)| !judgement.not_assessed.is_empty());
        open.map(|(component, judgement)| Open {
            component: component.clone(),
            because: judgement.not_assessed.clone(),
        })
        .collect()
    }

    /// All vulnerabilities that apply, by package.
    pub fn hits(&self) -> BTreeMap<Key, &Hit<'d>> {
        let mut hits = BTreeMap::new();
        for judgement in &self.judgements {
            let Some(package) = &judgement.package else { continue };
            for hit in &judgement.affected {
                hits.entry(Key { id: hit.id.to_owned(), package: package.clone() }).or_insert(hit);
            }
        }
        hits
    }

    /// How the release stands to a vulnerability of a package. For several, [`Standings`] finds packages faster.
    pub fn standing(&self, key: &Key) -> Standing {
        Standings::of(self).of_key(key)
    }
}

/// How a release stands to vulnerabilities: its parts sorted by package once, to be asked for many.
#[derive(Debug)]
pub struct Standings<'j, 'r, 'd> {
    judged: &'j Judged<'r, 'd>,
    by_package: HashMap<&'j Package, Vec<&'j Judgement<'d>>>,
}

impl<'j, 'r, 'd> Standings<'j, 'r, 'd> {
    /// Sorts the parts of a release.
    pub fn of(judged: &'j Judged<'r, 'd>) -> Self {
        let mut by_package: HashMap<_, Vec<_>> = HashMap::with_capacity(judged.judgements.len());
        for judgement in &judged.judgements {
            if let Some(package) = &judgement.package {
                by_package.entry(package).or_default().push(judgement);
            }
        }
        Self { judged, by_package }
    }

    /// How it stands to a vulnerability of a package.
    pub fn of_key(&self, key: &Key) -> Standing {
        let Some(parts) = self.by_package.get(&key.package) else {
            return match self.judged.nameless(&key.package) {
                Some(because) => Standing::NotAssessed { because },
                None => Standing::Absent,
            };
        };
        let versions = |judgement: &&Judgement<'_>| judgement.version.clone().unwrap_or_default();
        let has = |judgement: &&&Judgement<'_>| judgement.affected.iter().any(|hit| hit.id == key.id);
        let affected: Vec<String> = parts.iter().filter(has).map(versions).collect();
        if !affected.is_empty() {
            return Standing::Affected { versions: affected };
        }
        let open = parts.iter().find_map(|judgement| judgement.not_assessed.first());
        if let Some(why) = open {
            return Standing::NotAssessed { because: why.to_string() };
        }
        let cleared =
            parts.iter().find(|judgement| judgement.cleared.iter().any(|cleared| cleared.id == key.id));
        let because = match cleared.or(parts.first()) {
            Some(judgement) if judgement.answer == Answer::NotAffected => judgement.because(),
            _ => "the version lies outside of its ranges".to_owned(),
        };
        Standing::NotAffected { versions: parts.iter().map(versions).collect(), because }
    }
}

/// A name as far as it says the same whoever writes it: its last part, in small letters, `_` and `.` as `-`.
pub fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', ':']).next().unwrap_or(name);
    last.to_ascii_lowercase().replace(['_', '.'], "-")
}

impl Judged<'_, '_> {
    /// Why a package that no component is known to be might be there all the same: a component of the same name that
    /// could not be identified, or one that may have been built from it.
    fn nameless(&self, package: &Package) -> Option<String> {
        let wanted = plain_name(&package.name);
        let without_source = |why: &&NotAssessed| matches!(why, NotAssessed::NoSource { ecosystem } if *ecosystem == package.ecosystem);
        self.iter().find_map(|(component, judgement)| {
            let name = &component.name;
            match judgement.package {
                None if plain_name(name) == wanted => {
                    let why = judgement.not_assessed.first().map_or_else(String::new, ToString::to_string);
                    Some(format!("`{name}` may be it: {why}"))
                }
                None => None,
                Some(_) => {
                    let why = judgement.not_assessed.iter().find(without_source)?;
                    Some(format!("`{name}` may be of it: {why}"))
                }
            }
        })
    }

    /// Ages all judgements; see [`Judgement::age`].
    pub fn age(&mut self, coverage: &BTreeMap<String, Coverage>, question: Question) {
        self.judgements.iter_mut().for_each(|judgement| judgement.age(coverage, question));
    }
}

/// The lives of all vulnerabilities over releases in order, worst and longest open first.
pub fn lives<'d>(releases: &[Judged<'_, 'd>]) -> Vec<Life<'d>> {
    let mut keys: BTreeMap<Key, &Hit<'d>> = BTreeMap::new();
    for judged in releases {
        for (key, hit) in judged.hits() {
            keys.entry(key).or_insert(hit);
        }
    }
    let sorted: Vec<_> = releases.iter().map(Standings::of).collect();
    let mut lives: Vec<Life<'d>> =
        keys.into_iter().filter_map(|(key, hit)| life(&sorted, key, hit)).collect();
    lives.sort_by(|a, b| {
        let rank = |life: &Life<'_>| {
            (life.fixed.is_none(), life.hit.exploited, life.hit.severity.map(warrant_model::Severity::rank))
        };
        rank(b).cmp(&rank(a)).then_with(|| a.key.cmp(&b.key))
    });
    lives
}

fn life<'d>(releases: &[Standings<'_, '_, 'd>], key: Key, hit: &Hit<'d>) -> Option<Life<'d>> {
    let standings: Vec<Standing> = releases.iter().map(|release| release.of_key(&key)).collect();
    let label = |at: usize| releases[at].judged.release.label.clone();
    let is_affected = |standing: &Standing| matches!(standing, Standing::Affected { .. });
    let is_without =
        |standing: &Standing| matches!(standing, Standing::NotAffected { .. } | Standing::Absent);
    let first = standings.iter().position(is_affected)?;
    let last = standings.iter().rposition(is_affected)?;
    // Unknown releases right before the first affected one may have had it already.
    let known_clean = standings[..first].iter().rposition(is_without).map_or(0, |at| at + 1);
    let fixed = standings[last + 1..].iter().position(is_without).map(|at| label(last + 1 + at));
    let mut reintroduced = Vec::new();
    let mut away = false;
    for (at, standing) in standings.iter().enumerate().skip(first) {
        if is_affected(standing) && away {
            reintroduced.push(label(at));
        }
        away = is_without(standing) || (away && !is_affected(standing));
    }
    Some(Life {
        key,
        hit: hit.clone(),
        introduced: label(first),
        perhaps_since: (known_clean..first).map(label).collect(),
        fixed,
        reintroduced,
        standings,
    })
}

/// What changes from one release to another.
pub fn compare<'d>(before: &Judged<'_, 'd>, after: &Judged<'_, 'd>) -> Delta<'d> {
    let (old, new) = (before.hits(), after.hits());
    let standings = Standings::of(after);
    let mut delta = Delta {
        from: before.release.label.clone(),
        to: after.release.label.clone(),
        introduced: Vec::new(),
        fixed: Vec::new(),
        still_open: Vec::new(),
        unknown: Vec::new(),
        packages: packages(before.release, after.release),
        not_assessed: after.open(),
    };
    for (key, hit) in &old {
        let change = |now| Change { key: key.clone(), hit: (*hit).clone(), now };
        match standings.of_key(key) {
            now @ Standing::Affected { .. } => delta.still_open.push(change(now)),
            now @ Standing::NotAssessed { .. } => delta.unknown.push(change(now)),
            now => delta.fixed.push(change(now)),
        }
    }
    for (key, hit) in new.into_iter().filter(|(key, _)| !old.contains_key(key)) {
        let now = standings.of_key(&key);
        delta.introduced.push(Change { key, hit: hit.clone(), now });
    }
    delta
}

fn packages(before: &Release, after: &Release) -> Vec<PackageChange> {
    let versions = |release: &Release| {
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for component in &release.components {
            let (name, version) = match identify(component) {
                Ok((package, version)) => (format!("{} {}", package.ecosystem, package.name), version),
                Err(_) => (component.name.clone(), component.version.clone()),
            };
            found.entry(name).or_default().push(version.unwrap_or_default());
        }
        found.values_mut().for_each(|versions| {
            versions.sort();
            versions.dedup();
        });
        found
    };
    let (mut old, new) = (versions(before), versions(after));
    let mut changes = Vec::new();
    for (package, now) in new {
        let before = old.remove(&package).unwrap_or_default();
        if before != now {
            changes.push(PackageChange { package, before, now });
        }
    }
    changes.extend(old.into_iter().map(|(package, before)| PackageChange {
        package,
        before,
        now: Vec::new(),
    }));
    changes.sort_by(|a, b| a.package.cmp(&b.package));
    changes
}
