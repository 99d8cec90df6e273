//! The versions of a record: who changed what, when, and where the ledger says so.

use super::detail::Detail;
use super::list::in_sentence;
use crate::look::diff::{Change, diff};
use crate::look::figure::thousands;
use crate::look::link::safe;
use crate::look::timeline::{self, Event};
use crate::look::when;
use crate::words::{Words, kinds, say};
use maud::{Markup, html};
use serde_json::Value;
use warrant_model::field::{Field, FieldType};
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
            what: what(detail.kind, version, changes.len()),
            detail: (!changes.is_empty()).then(|| diff(&changes)),
        }
    };
    let events: Vec<_> = versions.iter().enumerate().take(MOST).map(event).collect();
    html! {
        (timeline::timeline(&events))
        @if versions.len() > MOST { p.muted { (Words::of("record-earlier-versions").with("count", versions.len() - MOST)) } }
    }
}

fn what(kind: &KindEntry, version: &VersionRow, changes: usize) -> Markup {
    let leaf = version.leaf;
    let entry = format!("/record/ledger?before={}#leaf-{leaf}", leaf + 1);
    let deed = match version.action.as_str() {
        "create" => say("record-deed-create"),
        "update" => say("record-deed-update"),
        "delete" => say("record-deed-delete"),
        "bulk-update" => say("record-deed-bulk-update"),
        "import-table" => say("record-deed-import-table"),
        other => match other.strip_prefix("state:") {
            Some(state) => {
                let state = in_sentence(&kinds::stage_named(&kind.spec, state));
                Words::of("record-deed-state").with("state", state).said()
            }
            None => other.replace('-', " "),
        },
    };
    html! {
        @if changes > 0 { (Words::of("record-deed-fields").with("deed", deed).with("count", changes)) } @else { (deed) }
        " " span.muted { (Words::of("record-version").with("version", version.version).around("entry", html! { a href=(safe(&entry)) { (thousands(leaf)) } })) }
    }
}

/// The fields that differ, as people read them.
pub(super) fn between(kind: &KindEntry, before: &Value, after: &Value) -> Vec<Change> {
    let fields = kind.fields.iter().filter(|field| before[&field.name] != after[&field.name]);
    let text = |field: &Field, value: &Value| Some(said(kind, field, value)).filter(|text| !text.is_empty());
    let change = |field: &Field| Change {
        field: kinds::label(kind.spec.name, field).into_owned(),
        before: text(field, &before[&field.name]),
        after: text(field, &after[&field.name]),
    };
    fields.map(change).collect()
}

/// A value in a line: words of a set in the language of the request.
fn said(kind: &KindEntry, field: &Field, value: &Value) -> String {
    let word = |word: &str| kinds::choice(&field.name, word);
    match (&field.value, value) {
        (FieldType::Choice(_), Value::String(one)) => word(one),
        (FieldType::Choices(_), Value::Array(several)) => {
            several.iter().filter_map(Value::as_str).map(word).collect::<Vec<_>>().join("; ")
        }
        (FieldType::State(_), Value::String(state)) => kinds::stage_named(&kind.spec, state),
        (FieldType::Bool, Value::Bool(is)) => say(if *is { "yes" } else { "no" }).to_lowercase(),
        _ => cell_text(field, value),
    }
}
