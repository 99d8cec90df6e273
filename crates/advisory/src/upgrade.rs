//! The smallest safe step: for each affected component the lowest version that is free of everything known.

use crate::database::{Database, Table};
use crate::ecosystem::Package;
use crate::judge::Judgement;
use crate::releases::Judged;
use crate::version::Scheme;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Where a component has to go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The package.
    pub package: Package,
    /// The version it has.
    pub from: String,
    /// Where to.
    pub to: Target,
    /// The vulnerabilities that end.
    pub removes: Vec<String>,
    /// The vulnerabilities the target has: those nobody has fixed, or fixed without bringing others in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leaves: Vec<String>,
}

/// The version to go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// This version: the lowest known one that nothing affects.
    Version(String),
    /// Any version after this one: no advisory names the first safe one.
    After(String),
    /// There is none.
    None,
}

/// A version an advisory names, or what lies right behind it.
struct Candidate {
    key: Box<[u8]>,
    text: String,
    behind: Behind,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Behind {
    No,
    Yes,
}

/// The smallest set of steps that ends everything known in a release. The answer changes along the line of versions
/// only at versions that advisories name, so the lowest safe one is among them, or lies right behind one.
pub fn smallest_safe(database: &Database, judged: &Judged<'_, '_>) -> Vec<Step> {
    let mut steps: Vec<Step> =
        judged.judgements.iter().filter_map(|judgement| step(database, judgement)).collect();
    steps.sort_by(|a, b| a.package.cmp(&b.package).then_with(|| a.from.cmp(&b.from)));
    steps.dedup();
    steps
}

fn step(database: &Database, judgement: &Judgement<'_>) -> Option<Step> {
    if judgement.affected.is_empty() {
        return None;
    }
    let (package, from) = (judgement.package.clone()?, judgement.version.clone()?);
    let tables = database.tables(database.find(&package.ecosystem, &package.name)?);
    let scheme = tables.first()?.scheme();
    let here = scheme.key(&from).ok()?;
    let open = |candidate: &Candidate| -> Option<Vec<String>> {
        let mut open = Vec::new();
        for table in tables {
            open.extend(table_open(database, table, scheme, candidate)?);
        }
        open.sort();
        open.dedup();
        Some(open)
    };
    let mut best: Option<(Vec<String>, Target)> = None;
    for candidate in candidates(database, tables, scheme, &package) {
        if scheme.order(&candidate.key, &here).then(candidate.behind.cmp(&Behind::No)) != Ordering::Greater {
            continue;
        }
        let Some(open) = open(&candidate) else { continue };
        let better = best.as_ref().is_none_or(|(least, _)| open.len() < least.len());
        let safe = open.is_empty();
        if better {
            let target = match candidate.behind {
                Behind::No => Target::Version(candidate.text),
                Behind::Yes => Target::After(candidate.text),
            };
            best = Some((open, target));
        }
        if safe {
            break;
        }
    }
    let now: Vec<String> = judgement.affected.iter().map(|hit| hit.id.to_owned()).collect();
    // What a statement cleared counts again: it was said of the version that is left.
    let (leaves, to) = best.unwrap_or_else(|| (now.clone(), Target::None));
    let removes: Vec<String> = now.iter().filter(|id| !leaves.contains(id)).cloned().collect();
    if removes.is_empty() {
        return Some(Step { package, from, to: Target::None, removes, leaves: now });
    }
    Some(Step { package, from, to, removes, leaves })
}

/// The vulnerabilities a table holds for a candidate; `None` when its scheme cannot read it.
fn table_open(
    database: &Database,
    table: &Table,
    scheme: Scheme,
    candidate: &Candidate,
) -> Option<Vec<String>> {
    let own;
    let key: &[u8] = if table.scheme() == scheme {
        &candidate.key
    } else {
        own = table.scheme().key(&candidate.text).ok()?;
        &own
    };
    let rules = match candidate.behind {
        Behind::No => table.at(key),
        Behind::Yes => table.behind(key),
    };
    let mut open = Vec::new();
    for number in rules {
        let rule = &table.rules[number as usize];
        let group = database.group_of(rule.advisory);
        let notice = database.advisories[rule.advisory as usize].informational.is_some();
        if !notice {
            open.push(group.id.clone());
        }
    }
    Some(open)
}

fn candidates(database: &Database, tables: &[Table], scheme: Scheme, package: &Package) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut add = |text: &str, behind| {
        if let Ok(key) = scheme.key(text) {
            found.push(Candidate { key, text: text.to_owned(), behind });
        }
    };
    let advisories = tables.iter().flat_map(|table| &table.rules);
    let advisories = advisories.map(|rule| &database.advisories[rule.advisory as usize]);
    let affected = advisories
        .flat_map(|advisory| &advisory.affected)
        .filter(|affected| affected.ecosystem == package.ecosystem && affected.name == package.name);
    for affected in affected {
        affected.fixed.iter().for_each(|version| add(version, Behind::No));
        for to in affected.spans.iter().filter_map(|span| span.to.as_ref()) {
            add(&to.version, if to.inclusive { Behind::Yes } else { Behind::No });
        }
        for from in affected.except.iter().filter_map(|span| span.from.as_ref()) {
            add(&from.version, if from.inclusive { Behind::No } else { Behind::Yes });
        }
        affected.versions.iter().for_each(|version| add(version, Behind::Yes));
    }
    found.sort_by(|a, b| scheme.order(&a.key, &b.key).then(a.behind.cmp(&b.behind)));
    found.dedup_by(|a, b| scheme.order(&a.key, &b.key) == Ordering::Equal && a.behind == b.behind);
    found
}
