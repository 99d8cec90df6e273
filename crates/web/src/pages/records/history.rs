//! The versions of a record: who changed what, when, and where the ledger says so.

use super::detail::Detail;
use crate::look::diff::{Change, diff};
use crate::look::figure::thousands;
use crate::look::link::safe;
use crate::look::timeline::{self, Event};
use crate::look::when;
use maud::{Markup, html};
use serde_json::Value;
use warrant_model::field::Field;
use warrant_model::registry::KindEntry;
use warrant_model::time::from_micros;
use warrant_service::cell_text;
use warrant_service::query::VersionRow;

/// The most versions shown.
const MOST: usize = 100;

/// The versions as a timeline, newest first.
pub(super) fn timeline(detail: &Detail<'_>) -> Markup {
    let versions = &detail.versions;
    let event = |(at, version): (usize, &VersionRow)| {
        let when = from_micros(version.effective_at);
        let changes = match versions.get(at + 1) {
            Some(before) if !version.deleted => between(detail.kind, &before.body, &version.body),
            _ => Vec::new(),
        };
        Event {
            when: when::minute(when),
            datetime: when.to_string(),
            age: when::age(when, detail.now),
            actor: version.actor.clone(),
            what: what(version, changes.len()),
            detail: (!changes.is_empty()).then(|| diff(&changes)),
        }
    };
    let events: Vec<_> = versions.iter().enumerate().take(MOST).map(event).collect();
    html! {
        (timeline::timeline(&events))
        @if versions.len() > MOST { p.muted { (versions.len() - MOST) " earlier versions" } }
    }
}

fn what(version: &VersionRow, changes: usize) -> Markup {
    let leaf = version.leaf;
    let entry = format!("/record/ledger?before={}#leaf-{leaf}", leaf + 1);
    let deed = match version.action.as_str() {
        "create" => "created it".to_owned(),
        "update" => "changed it".to_owned(),
        "delete" => "removed it".to_owned(),
        "bulk-update" => "changed it with others".to_owned(),
        "import-table" => "brought it in with a table".to_owned(),
        other => match other.strip_prefix("state:") {
            Some(state) => format!("took it to {}", state.replace('-', " ")),
            None => other.replace('-', " "),
        },
    };
    html! {
        (deed)
        @if changes > 0 { ", " (changes) @if changes == 1 { " field" } @else { " fields" } }
        " " span.muted { "version " (version.version) ", ledger " a href=(safe(&entry)) { (thousands(leaf)) } }
    }
}

/// The fields that differ, as people read them.
pub(super) fn between(kind: &KindEntry, before: &Value, after: &Value) -> Vec<Change> {
    let fields = kind.fields.iter().filter(|field| before[&field.name] != after[&field.name]);
    let text = |field: &Field, value: &Value| Some(cell_text(field, value)).filter(|text| !text.is_empty());
    let change = |field: &Field| Change {
        field: field.label.clone(),
        before: text(field, &before[&field.name]),
        after: text(field, &after[&field.name]),
    };
    fields.map(change).collect()
}
