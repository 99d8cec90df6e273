//! Comparison of two revisions of a framework, statement by statement, and migration of judgements across it.
//!
//! A *statement* is a part of a control that can be judged on its own: its `statement` part and the items
//! inside, or the control itself where it has none and holds no other controls. [`diff`] says of each whether
//! it is unchanged, reworded, has other parameters, moved, is new or was withdrawn; [`migrate()`] tells from
//! that which judgements still stand.
//!
//! A heading without words of its own counts only where both revisions have it. White space, typographic
//! signs, emphasis and the connective at the end of a list item are no change of wording (`text.rs`). Moves
//! are found by the links of withdrawn controls and by similar wording (`pairing.rs`).

mod controls;
mod migrate;
mod pairing;
mod statements;
mod text;

pub use controls::{ControlChange, ControlChangeKind};
pub use migrate::{Carried, Judgement, Migration, Reason, Reassess, migrate};
pub use pairing::MOVED;

use crate::oscal::Catalog;
use pairing::{How, Pair};
use serde::Serialize;
use statements::{Outline, Statement};
use text::similarity;

/// What became of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// The same words and parameters.
    Unchanged,
    /// Other words.
    Reworded,
    /// The same words, but a parameter has another meaning, choice, constraint or value.
    ParameterChanged,
    /// Another place, possibly with other words or parameters too.
    Moved,
    /// Only in the new revision.
    New,
    /// Only in the old revision.
    Withdrawn,
}

impl Change {
    /// All changes, in the order of reports.
    pub const ALL: [Change; 6] = [
        Change::Unchanged,
        Change::Reworded,
        Change::ParameterChanged,
        Change::Moved,
        Change::New,
        Change::Withdrawn,
    ];

    /// The change in words.
    pub fn name(self) -> &'static str {
        match self {
            Change::Unchanged => "unchanged",
            Change::Reworded => "reworded",
            Change::ParameterChanged => "parameter-changed",
            Change::Moved => "moved",
            Change::New => "new",
            Change::Withdrawn => "withdrawn",
        }
    }
}

/// A statement of one revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementRef {
    /// Identifier, e.g. `ac-2_smt.d.1`; of the control where it has no statement.
    pub id: String,
    /// Identifier of its control.
    pub control: String,
    /// Label for people, e.g. `AC-2d.1.`.
    pub label: String,
    /// Its own words, white space collapsed, parameters as `{parameter}`.
    pub text: String,
}

/// A parameter of a statement with another meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParameterChange {
    /// Identifier in the old revision; empty when the parameter is new.
    pub old: String,
    /// Identifier in the new revision; empty when the parameter is gone.
    pub new: String,
    /// What it stood for.
    pub from: String,
    /// What it stands for.
    pub to: String,
}

/// What became of one statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatementChange {
    /// The change.
    pub change: Change,
    /// The statement in the old revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<StatementRef>,
    /// The statement in the new revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<StatementRef>,
    /// Similarity of the words, from 0 to 1; 1 means the same words. 0 for new and withdrawn statements.
    pub similarity: f64,
    /// Parameters whose meaning differs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<ParameterChange>,
    /// For a withdrawn statement, the controls its own was incorporated into or moved to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub into: Vec<String>,
}

impl StatementChange {
    /// Whether a judgement of the old statement still fits: the same words and parameters, wherever they
    /// stand.
    pub fn means_the_same(&self) -> bool {
        matches!(self.change, Change::Unchanged | Change::Moved)
            && self.similarity >= 1.0
            && self.parameters.is_empty()
    }
}

/// A revision, as its metadata names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Revision {
    /// Title of the document.
    pub title: String,
    /// Version of the document.
    pub version: String,
}

/// The comparison of two revisions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CatalogDiff {
    /// The old revision.
    pub old: Revision,
    /// The new revision.
    pub new: Revision,
    /// Controls, in the order of the new revision, then those only in the old one.
    pub controls: Vec<ControlChange>,
    /// Statements, in the order of the new revision, then those only in the old one.
    pub statements: Vec<StatementChange>,
    /// Whether the documents are so large that statements of different controls were not all compared for
    /// moves.
    pub moves_cut_short: bool,
}

impl CatalogDiff {
    /// Number of statements with a change.
    pub fn count(&self, change: Change) -> usize {
        self.statements.iter().filter(|s| s.change == change).count()
    }

    /// Whether anything differs, be it a title only.
    pub fn differs(&self) -> bool {
        self.statements.iter().any(|s| s.change != Change::Unchanged)
            || self.controls.iter().any(|c| c.kind != ControlChangeKind::Same)
    }
}

/// Compares two revisions of a framework.
pub fn diff(old: &Catalog, new: &Catalog) -> CatalogDiff {
    let (before, after) = (Outline::of(old), Outline::of(new));
    let pairing = pairing::pair(&before, &after);
    let mut statements: Vec<StatementChange> = Vec::with_capacity(after.statements.len());
    for (at, statement) in after.statements.iter().enumerate() {
        match pairing.by_new[at] {
            Some(pair) => {
                statements.push(compared(&before, &before.statements[pair.old], &after, statement, pair));
            }
            None if statement.is_heading() => {}
            None => statements.push(only(Change::New, &after, statement, Vec::new())),
        }
    }
    let paired: std::collections::HashSet<usize> = pairing.by_new.iter().flatten().map(|p| p.old).collect();
    let unpaired = before.statements.iter().enumerate().filter(|(at, _)| !paired.contains(at));
    for (_, statement) in unpaired.filter(|(_, statement)| !statement.is_heading()) {
        let id = &before.controls[statement.control].id;
        let into = after.control(id).map(|c| c.successors()).unwrap_or_default();
        statements.push(only(Change::Withdrawn, &before, statement, into));
    }
    CatalogDiff {
        old: revision(old),
        new: revision(new),
        controls: controls::compare(&before, &after),
        statements,
        moves_cut_short: pairing.cut_short,
    }
}

fn revision(catalog: &Catalog) -> Revision {
    Revision { title: catalog.metadata.title.clone(), version: catalog.metadata.version.clone() }
}

fn compared(
    before: &Outline,
    old: &Statement,
    after: &Outline,
    new: &Statement,
    pair: Pair,
) -> StatementChange {
    let same_words = old.text.same(&new.text);
    let parameters = parameter_changes(old, new);
    let change = match pair.how {
        How::Moved => Change::Moved,
        How::Stayed if !same_words => Change::Reworded,
        How::Stayed if !parameters.is_empty() => Change::ParameterChanged,
        How::Stayed => Change::Unchanged,
    };
    StatementChange {
        change,
        old: Some(before.reference(old)),
        new: Some(after.reference(new)),
        similarity: if same_words { 1.0 } else { similarity(&old.text, &new.text).min(0.999) },
        parameters,
        into: Vec::new(),
    }
}

/// Parameters are compared by their order in the statement, since revisions rename them.
fn parameter_changes(old: &Statement, new: &Statement) -> Vec<ParameterChange> {
    let count = old.parameters.len().max(new.parameters.len());
    (0..count)
        .filter_map(|at| {
            let (from, to) = (old.parameters.get(at), new.parameters.get(at));
            let meaning =
                |p: Option<&statements::Parameter>| p.map(|p| p.meaning.clone()).unwrap_or_default();
            let id = |p: Option<&statements::Parameter>| p.map(|p| p.id.clone()).unwrap_or_default();
            let change = ParameterChange { old: id(from), new: id(to), from: meaning(from), to: meaning(to) };
            (change.from != change.to || from.is_some() != to.is_some()).then_some(change)
        })
        .collect()
}

fn only(change: Change, outline: &Outline, statement: &Statement, into: Vec<String>) -> StatementChange {
    let reference = Some(outline.reference(statement));
    let (old, new) = if change == Change::New { (None, reference) } else { (reference, None) };
    StatementChange { change, old, new, similarity: 0.0, parameters: Vec::new(), into }
}

#[cfg(test)]
mod tests;
