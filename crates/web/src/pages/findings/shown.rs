//! How parts of a finding are shown, in the list and on its own page.

use crate::list::encoded;
use crate::look::badge::{self, Progress};
use maud::{Markup, html};
use warrant_model::finding::FindingState;

/// A state as a badge.
pub(super) fn state(state: FindingState) -> Markup {
    let progress = match state {
        FindingState::Open => Progress::Failed,
        FindingState::Closed | FindingState::Met => Progress::Done,
        FindingState::NotChecked => Progress::Unknown,
        FindingState::NotApplicable | FindingState::Moved => Progress::Aside,
    };
    badge::state(word(state), progress)
}

/// The word people read.
pub(super) fn word(state: FindingState) -> &'static str {
    match state {
        FindingState::Open => "Open",
        FindingState::Closed => "Closed",
        FindingState::Met => "Met",
        FindingState::NotChecked => "Not checked",
        FindingState::NotApplicable => "Not applicable",
        FindingState::Moved => "Moved",
    }
}

/// Controls by id, each a link to how that system stands on it, at most so many.
pub(super) fn controls(system: &str, ids: &[String], most: usize) -> Markup {
    html! {
        @for (nth, id) in ids.iter().take(most).enumerate() {
            @if nth > 0 { ", " }
            a href=(control_href(system, id)) { (control_label(id)) }
        }
        @if ids.len() > most { span.muted { " +" (ids.len() - most) } }
    }
}

/// The page of a control, or of the control a statement belongs to, in a system.
pub(super) fn control_href(system: &str, id: &str) -> String {
    let control = id.split("_smt").next().unwrap_or(id);
    format!("/systems/{}/controls/{}", encoded(system), encoded(control))
}

/// `ac-2_smt.a` → `AC-2 a.`, as people write it.
fn control_label(id: &str) -> String {
    let index = warrant_catalog::index::Index::embedded();
    let control = index.by_id(id).and_then(|no| index.control(no)).map(|control| control.label.clone());
    let statement = || index.statement_by_id(id).and_then(|no| index.statement_label(no));
    control.or_else(statement).unwrap_or_else(|| id.to_owned())
}
