//! Judgements of an old revision carried over to a new one.

use super::{CatalogDiff, Change, StatementChange};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A judgement: somebody has said how a statement, or a control as a whole, is met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Identifier of the statement or control in the old revision.
    pub statement: String,
    /// What was said, e.g. `satisfied`.
    pub state: String,
    /// Why.
    pub rationale: String,
    /// When, as written.
    pub date: String,
}

/// A judgement that still stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Carried {
    /// The judgement as it was.
    pub judgement: Judgement,
    /// The statement or control of the new revision that it is about.
    pub to: String,
}

/// Why something must be judged anew.
#[derive(Debug, Clone, PartialEq, Serialize, thiserror::Error)]
#[serde(rename_all = "kebab-case", tag = "reason")]
pub enum Reason {
    /// Other words.
    #[error("reworded, {percent} % of the words the same", percent = (similarity * 100.0).floor())]
    Reworded {
        /// Similarity of the words, from 0 to 1.
        similarity: f64,
    },
    /// Another meaning of parameters.
    #[error("parameter changed: {}", parameters.join(", "))]
    ParameterChanged {
        /// The parameters, by their new identifiers where there are such.
        parameters: Vec<String>,
    },
    /// Nobody has judged it, for it was not there.
    #[error("new in this revision")]
    New,
    /// It was there, but has no judgement.
    #[error("never judged")]
    NeverJudged,
    /// The old revision asked for it, the new one does not under this name.
    #[error("withdrawn{}", into_words(into))]
    Withdrawn {
        /// Controls that may ask for it now.
        into: Vec<String>,
    },
    /// A control was judged as a whole, and some of its statements changed.
    #[error("judged as a whole, but changed: {}", statements.join(", "))]
    PartsChanged {
        /// Statements that changed, by their identifiers in the new revision, or in the old one where
        /// withdrawn.
        statements: Vec<String>,
    },
    /// The old revision has no such statement or control, or it is a heading without words that has gone.
    #[error("not in the old revision, or a heading without words")]
    Unknown,
}

fn into_words(into: &[String]) -> String {
    if into.is_empty() { String::new() } else { format!(", now in {}", into.join(", ")) }
}

/// Something that must be judged anew, or a judgement that has lost its object.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reassess {
    /// The statement or control of the new revision; `None` when it has none.
    pub to: Option<String>,
    /// The old judgement, as a starting point.
    pub judgement: Option<Judgement>,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// What becomes of all judgements.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
pub struct Migration {
    /// Judgements that still stand.
    pub carried: Vec<Carried>,
    /// What must be judged anew, in the order of the new revision; judgements without object last.
    pub reassess: Vec<Reassess>,
}

/// Carries judgements over. Every judgement is in exactly one of the two lists, and so is every statement of
/// the new revision, unless a judgement of its whole control is carried. A statement that only heads others,
/// without words of its own, needs no judgement.
pub fn migrate(judgements: &[Judgement], diff: &CatalogDiff) -> Migration {
    let mut by_statement: BTreeMap<&str, Vec<&Judgement>> = BTreeMap::new();
    for judgement in judgements {
        by_statement.entry(&judgement.statement).or_default().push(judgement);
    }
    let mut migration = Migration::default();
    let controls = whole_controls(diff, &mut by_statement, &mut migration);
    for change in &diff.statements {
        let to = change.new.as_ref().map(|new| new.id.clone());
        let old = change.old.as_ref().map(|old| old.id.as_str());
        let own = old.and_then(|id| by_statement.remove(id)).unwrap_or_default();
        let reasons = reasons(change);
        for judgement in &own {
            match &to {
                Some(to) if reasons.is_empty() => {
                    migration.carried.push(Carried { judgement: (*judgement).clone(), to: to.clone() });
                }
                _ => migration.reassess.push(Reassess {
                    to: to.clone(),
                    judgement: Some((*judgement).clone()),
                    reasons: reasons.clone(),
                }),
            }
        }
        let covered =
            change.new.as_ref().is_none_or(|new| controls.contains(&new.control) || new.text.is_empty());
        if own.is_empty() && !covered {
            let reasons = if reasons.is_empty() { vec![Reason::NeverJudged] } else { reasons };
            migration.reassess.push(Reassess { to, judgement: None, reasons });
        }
    }
    for judgement in by_statement.into_values().flatten() {
        let reasons = vec![Reason::Unknown];
        migration.reassess.push(Reassess { to: None, judgement: Some(judgement.clone()), reasons });
    }
    migration.reassess.sort_by_key(|item| item.to.is_none());
    migration
}

/// Judgements of whole controls that have statements: carried when every statement means the same and none
/// came along. Returns the controls of the new revision that are covered by one.
fn whole_controls(
    diff: &CatalogDiff,
    by_statement: &mut BTreeMap<&str, Vec<&Judgement>>,
    migration: &mut Migration,
) -> BTreeSet<String> {
    let statements: BTreeSet<&str> =
        diff.statements.iter().filter_map(|s| s.old.as_ref()).map(|old| old.id.as_str()).collect();
    let mut changed: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for change in &diff.statements {
        let (old, new) = (change.old.as_ref(), change.new.as_ref());
        if let (Some(old), Some(new)) = (old, new) {
            names.entry(&old.control).or_default().insert(&new.control);
        } else if let Some(old) = old {
            names.entry(&old.control).or_default();
        }
        if !change.means_the_same()
            && let Some(shown) = new.or(old)
        {
            let control = old.or(new).map_or("", |s| s.control.as_str());
            changed.entry(control).or_default().push(shown.id.clone());
        }
    }
    let renamed: BTreeMap<&str, &str> =
        diff.controls.iter().map(|c| (c.was.as_deref().unwrap_or(&c.id), c.id.as_str())).collect();
    let mut covered = BTreeSet::new();
    for (control, now) in names {
        if statements.contains(control) {
            continue;
        }
        let Some(own) = by_statement.remove(control) else { continue };
        let here = renamed.get(control).copied().unwrap_or(control);
        let mut parts = changed.get(control).cloned().unwrap_or_default();
        if here != control {
            parts.extend(changed.get(here).cloned().unwrap_or_default());
        }
        let to = now.contains(here).then(|| here.to_owned());
        for judgement in own {
            if parts.is_empty()
                && now.len() == 1
                && let Some(to) = &to
            {
                covered.insert(to.clone());
                migration.carried.push(Carried { judgement: judgement.clone(), to: to.clone() });
            } else {
                let reason = Reason::PartsChanged {
                    statements: if parts.is_empty() {
                        now.iter().map(|n| (*n).to_owned()).collect()
                    } else {
                        parts.clone()
                    },
                };
                let item =
                    Reassess { to: to.clone(), judgement: Some(judgement.clone()), reasons: vec![reason] };
                migration.reassess.push(item);
            }
        }
    }
    covered
}

/// Why a judgement of the old statement does not stand; nothing when it does.
fn reasons(change: &StatementChange) -> Vec<Reason> {
    match change.change {
        Change::New => return vec![Reason::New],
        Change::Withdrawn => return vec![Reason::Withdrawn { into: change.into.clone() }],
        _ => {}
    }
    let mut reasons = Vec::new();
    if change.similarity < 1.0 {
        reasons.push(Reason::Reworded { similarity: change.similarity });
    }
    if !change.parameters.is_empty() {
        let name = |p: &super::ParameterChange| if p.new.is_empty() { p.old.clone() } else { p.new.clone() };
        reasons.push(Reason::ParameterChanged { parameters: change.parameters.iter().map(name).collect() });
    }
    reasons
}
