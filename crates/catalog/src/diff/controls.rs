//! What became of the controls as such: titles, withdrawals, successors.

use super::pairing;
use super::statements::{Outline, Outlined};
use serde::Serialize;
use std::collections::HashMap;

/// What became of a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ControlChangeKind {
    /// The same title, and in force or withdrawn as before.
    Same,
    /// Another title.
    Retitled,
    /// Only in the new revision.
    New,
    /// Withdrawn by the new revision.
    Withdrawn,
    /// Only in the old revision.
    Gone,
}

/// What became of one control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ControlChange {
    /// Identifier in the new revision, or in the old one where it is gone.
    pub id: String,
    /// Identifier in the old revision where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// Label for people.
    pub label: String,
    /// Title in the new revision, or in the old one where it is gone.
    pub title: String,
    /// Title in the old revision where it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title_was: Option<String>,
    /// What became of it.
    pub kind: ControlChangeKind,
    /// For a control withdrawn by the new revision, the controls it was incorporated into or moved to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub into: Vec<String>,
}

/// Controls in the order of the new revision, then those only in the old one.
pub(super) fn compare(before: &Outline, after: &Outline) -> Vec<ControlChange> {
    let pairs = pairing::controls(before, after);
    let by_new: HashMap<usize, usize> = pairs.iter().map(|(old, new)| (*new, *old)).collect();
    let paired: std::collections::HashSet<usize> = pairs.iter().map(|(old, _)| *old).collect();
    let mut changes = Vec::with_capacity(after.controls.len());
    for (at, control) in after.controls.iter().enumerate() {
        changes.push(one(by_new.get(&at).map(|old| &before.controls[*old]), control));
    }
    for (at, control) in before.controls.iter().enumerate() {
        if !paired.contains(&at) {
            changes.push(ControlChange {
                kind: if control.withdrawn { ControlChangeKind::Same } else { ControlChangeKind::Gone },
                ..one(Some(control), control)
            });
        }
    }
    changes
}

fn one(old: Option<&Outlined>, new: &Outlined) -> ControlChange {
    let title_was = old.filter(|old| plain(&old.title) != plain(&new.title)).map(|old| old.title.clone());
    let kind = match old {
        None if new.withdrawn => ControlChangeKind::Same,
        None => ControlChangeKind::New,
        Some(old) if new.withdrawn && !old.withdrawn => ControlChangeKind::Withdrawn,
        Some(_) if title_was.is_some() => ControlChangeKind::Retitled,
        Some(_) => ControlChangeKind::Same,
    };
    ControlChange {
        id: new.id.clone(),
        was: old.filter(|old| old.id != new.id).map(|old| old.id.clone()),
        label: new.label.clone(),
        title: new.title.clone(),
        title_was,
        kind,
        into: if kind == ControlChangeKind::Withdrawn { new.successors() } else { Vec::new() },
    }
}

/// A title without what is no change: white space and letter case, which publishers correct silently.
fn plain(title: &str) -> String {
    title.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
