//! Crosswalks between frameworks: what a requirement of one is to requirements of another.
//!
//! A table says what its source says and no more; [`between`] goes along tables, backwards too, and concludes
//! only what follows (`relation.rs`). Tables hold identifiers; [`CROSSWALKS`] has one line each.

mod relation;
mod table;

pub use relation::Relation;
pub use table::{Crosswalk, TableError};

use crate::cci::{self, Revision};
use crate::index::Index;
use std::collections::{BTreeMap, VecDeque};

/// A crosswalk that is built in.
pub struct Listed {
    /// The framework mapped from.
    pub from: &'static str,
    /// The framework mapped to.
    pub to: &'static str,
    /// Where the statements come from.
    pub source: &'static str,
    read: fn() -> Crosswalk,
}

impl Listed {
    /// Its statements.
    pub fn crosswalk(&self) -> Crosswalk {
        (self.read)()
    }
}

macro_rules! table {
    ($file:literal) => {
        || {
            let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/crosswalks/", $file));
            Crosswalk::from_table(text).unwrap_or_default()
        }
    };
}

/// All crosswalks, in the order of lists.
pub const CROSSWALKS: &[Listed] = &[
    Listed {
        from: "800-171r3",
        to: "800-53r5",
        source: "source controls named by NIST's catalogue of SP 800-171 r3, May 2026",
        read: table!("800-171r3-800-53r5.tsv"),
    },
    Listed {
        from: "800-172r3",
        to: "800-53r5",
        source: "source controls named by NIST's catalogue of SP 800-172 r3, May 2026",
        read: table!("800-172r3-800-53r5.tsv"),
    },
    Listed { from: "cci", to: "800-53r5", source: DISA, read: || of_ccis(Revision::R5) },
    Listed { from: "cci", to: "800-53r4", source: DISA, read: || of_ccis(Revision::R4) },
    Listed {
        from: "800-53r4",
        to: "800-53r5",
        source: "CCIs that both revisions have; withdrawals of SP 800-53 r5",
        read: revision_4_to_5,
    },
];

const DISA: &str = "DISA CCI list of 2023-06-07";

/// Each identifier is a piece of what its control or statement asks for.
fn of_ccis(revision: Revision) -> Crosswalk {
    let all = cci::all(revision);
    let ids: Vec<(String, &'static str)> =
        all.into_iter().map(|(number, target)| (format!("CCI-{number:06}"), target.id)).collect();
    ids.iter().map(|(cci, id)| (cci.as_str(), Relation::SubsetOf, *id)).collect::<Crosswalk>().lifted()
}

/// What follows from identifiers that both revisions have, and from withdrawals: a control incorporated into
/// one other lies in it whole; into several, it has something in common with each.
fn revision_4_to_5() -> Crosswalk {
    let mut crosswalk = of_ccis(Revision::R4).inverse().then(&of_ccis(Revision::R5));
    let index = Index::embedded();
    for control in index.controls().iter().filter(|c| c.withdrawn) {
        let relation =
            if control.replaced_by.len() == 1 { Relation::SubsetOf } else { Relation::IntersectsWith };
        for target in control.replaced_by.iter().filter_map(|no| index.control(*no)) {
            // Both sources are true of their pair; were they not, the first one stands.
            let _ = crosswalk.state(&control.id, relation, &target.id);
        }
    }
    crosswalk
}

/// A way from one framework to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Frameworks from the first to the last.
    pub along: Vec<&'static str>,
    /// What follows along it.
    pub crosswalk: Crosswalk,
}

/// Longest chain of tables: much further nothing follows any more.
const LONGEST: usize = 3;

/// The shortest way between two frameworks, by name; `None` when the tables do not connect them.
pub fn between(from: &str, to: &str) -> Option<Way> {
    let mut before: BTreeMap<&'static str, &'static str> = BTreeMap::new();
    let mut open: VecDeque<(&'static str, usize)> = VecDeque::new();
    open.push_back((frameworks().find(|f| f.eq_ignore_ascii_case(from))?, 0));
    let start = open.front()?.0;
    while let Some((here, steps)) = open.pop_front() {
        if here.eq_ignore_ascii_case(to) {
            let mut along = vec![here];
            while let Some(previous) = along.last().and_then(|last| before.get(last)) {
                along.push(previous);
            }
            along.reverse();
            return Some(Way { crosswalk: along_tables(&along)?, along });
        }
        for listed in CROSSWALKS.iter().filter(|_| steps < LONGEST) {
            let next = if listed.from == here {
                listed.to
            } else if listed.to == here {
                listed.from
            } else {
                continue;
            };
            if next != start && !before.contains_key(next) {
                before.insert(next, here);
                open.push_back((next, steps + 1));
            }
        }
    }
    None
}

/// Every framework that a table names.
pub fn frameworks() -> impl Iterator<Item = &'static str> {
    CROSSWALKS.iter().flat_map(|listed| [listed.from, listed.to])
}

fn along_tables(along: &[&str]) -> Option<Crosswalk> {
    let mut whole: Option<Crosswalk> = None;
    for step in along.windows(2) {
        let table =
            CROSSWALKS.iter().find_map(|listed| match (listed.from == step[0], listed.to == step[1]) {
                (true, true) => Some(listed.crosswalk()),
                _ if listed.from == step[1] && listed.to == step[0] => Some(listed.crosswalk().inverse()),
                _ => None,
            })?;
        whole = Some(match whole {
            Some(before) => before.then(&table),
            None => table,
        });
    }
    whole
}

#[cfg(test)]
mod tests;
