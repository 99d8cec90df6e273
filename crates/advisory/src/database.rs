//! The database in memory: packages with their affected versions as sorted tables, ids of one vulnerability merged,
//! and how fresh each source is.

mod build;
mod groups;
mod signals;
mod table;

use crate::advisory::{Advisory, Exploited, Prediction, Ssvc, Statement};
use crate::feed::Problem;
use foldhash::HashMap;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use table::{Hits, Match, Rule, Scratch, Table};

/// Everything known, ready to be asked.
#[derive(Debug, Default)]
pub struct Database {
    pub(crate) advisories: Vec<Advisory>,
    pub(crate) groups: Vec<Group>,
    /// The group of each advisory.
    pub(crate) group_of: Vec<u32>,
    /// Ids of vulnerabilities, all aliases, to their group.
    pub(crate) ids: HashMap<String, u32>,
    /// Package names by ecosystem.
    pub(crate) names: HashMap<String, HashMap<Box<str>, u32>>,
    pub(crate) packages: Vec<Entry>,
    pub(crate) coverage: BTreeMap<String, Coverage>,
    pub(crate) sources: BTreeMap<String, Source>,
    pub(crate) statements: Vec<Statement>,
    /// Statements about each group.
    pub(crate) said: HashMap<u32, Vec<u32>>,
    pub(crate) exploited: HashMap<String, Exploited>,
    pub(crate) predictions: HashMap<String, Prediction>,
    pub(crate) ssvc: HashMap<String, Ssvc>,
    /// What could not be read when the database was made.
    pub problems: Vec<Problem>,
}

/// One package: a table for each scheme its advisories use.
#[derive(Debug, Default)]
pub struct Entry {
    pub(crate) tables: Vec<Table>,
}

/// All advisories of one vulnerability.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Group {
    /// The id to show: the CVE if there is one, else GitHub's, else the source's own.
    pub id: String,
    /// All ids, in order.
    pub ids: Vec<String>,
    /// The advisories, by number.
    #[serde(skip)]
    pub advisories: Vec<u32>,
}

/// One source: a database told by the ids of its advisories, or a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// How many advisories or entries it has.
    pub entries: usize,
    /// How many of them were withdrawn.
    pub withdrawn: usize,
    /// When the newest entry was changed.
    pub newest: Option<Timestamp>,
    /// When the oldest was.
    pub oldest: Option<Timestamp>,
    /// The ecosystems it is about.
    pub ecosystems: Vec<String>,
}

/// What is known of one ecosystem.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// How many advisories are about it.
    pub advisories: usize,
    /// When the newest of them was changed.
    pub newest: Option<Timestamp>,
    /// The sources they are from.
    pub sources: Vec<String>,
}

/// A package in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PackageId(pub(crate) u32);

impl Database {
    /// The package of this ecosystem and normalised name (see [`crate::ecosystem::package`]).
    pub fn find(&self, ecosystem: &str, name: &str) -> Option<PackageId> {
        self.names.get(ecosystem)?.get(name).copied().map(PackageId)
    }

    /// The tables of a package.
    pub fn tables(&self, package: PackageId) -> &[Table] {
        self.packages.get(package.0 as usize).map_or(&[], |entry| &entry.tables)
    }

    /// What is known of an ecosystem; `None` when nothing is.
    pub fn coverage(&self, ecosystem: &str) -> Option<&Coverage> {
        self.coverage.get(ecosystem)
    }

    /// All ecosystems that anything is known of.
    pub fn ecosystems(&self) -> &BTreeMap<String, Coverage> {
        &self.coverage
    }

    /// All sources, by name.
    pub fn sources(&self) -> &BTreeMap<String, Source> {
        &self.sources
    }

    /// All advisories.
    pub fn advisories(&self) -> &[Advisory] {
        &self.advisories
    }

    /// All vulnerabilities.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The vulnerability that has this id or alias.
    pub fn group(&self, id: &str) -> Option<&Group> {
        self.ids.get(id).and_then(|group| self.groups.get(*group as usize))
    }

    /// How many packages are known.
    pub fn package_count(&self) -> usize {
        self.packages.len()
    }

    /// How many VEX statements are known.
    pub fn statement_count(&self) -> usize {
        self.statements.len()
    }

    /// The entry of a list of exploited vulnerabilities.
    pub fn exploited(&self, group: &Group) -> Option<&Exploited> {
        group.ids.iter().find_map(|id| self.exploited.get(id))
    }

    /// The prediction of exploitation, the highest when there are several ids.
    pub fn prediction(&self, group: &Group) -> Option<&Prediction> {
        let found = group.ids.iter().filter_map(|id| self.predictions.get(id));
        found.max_by(|a, b| a.probability.total_cmp(&b.probability))
    }

    /// The inputs of an SSVC decision.
    pub fn ssvc(&self, group: &Group) -> Option<&Ssvc> {
        group.ids.iter().find_map(|id| self.ssvc.get(id))
    }

    pub(crate) fn group_of(&self, advisory: u32) -> &Group {
        &self.groups[self.group_of[advisory as usize] as usize]
    }

    pub(crate) fn statements_about(&self, group: &Group) -> impl Iterator<Item = &Statement> {
        let number = self.ids.get(&group.id);
        let said = number.and_then(|number| self.said.get(number)).map_or(&[][..], Vec::as_slice);
        said.iter().map(|at| &self.statements[*at as usize])
    }
}
