//! A record's fields as people read them: links by title, days with their distance, rows as a small table.

use crate::list::encoded;
use crate::look::badge::{self, Progress};
use crate::look::facts::Fact;
use crate::look::figure::{cut, plain, thousands};
use crate::look::link::safe;
use crate::look::{Link, when};
use crate::pages::sources::{check_title, record_href};
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use jiff::civil::Date;
use maud::{Markup, html};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;
use warrant_model::field::{Field, FieldType, TextLength};
use warrant_model::kind::Ended;
use warrant_model::registry::KindEntry;
use warrant_service::query::RecordRow;
use warrant_service::{ServiceError, cell_text};

/// The most names looked up for one record's fields that are no links.
const MOST_NAMES: usize = 40;

/// What ids are called and where they lead.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    titles: BTreeMap<String, String>,
    others: BTreeMap<String, Link>,
}

impl Names {
    /// The records that rows link to.
    pub(super) async fn of(app: &App, who: &Who, rows: &[RecordRow]) -> Result<Self, ServiceError> {
        let titles = app.service.link_titles(&who.actor, rows).await?;
        Ok(Self { titles, others: BTreeMap::new() })
    }

    /// The same for one record, with the deficiencies and findings its text fields name.
    pub(super) async fn of_one(
        app: &App,
        who: &Who,
        kind: &KindEntry,
        row: &RecordRow,
    ) -> Result<Self, ServiceError> {
        let mut names = Self::of(app, who, std::slice::from_ref(row)).await?;
        let texts = kind.fields.iter().filter(|field| names_others(&field.name));
        let ids: Vec<&str> =
            texts.flat_map(|field| ids_in(&row.body[&field.name])).take(MOST_NAMES).collect();
        for id in ids {
            if let Some(link) = resolve(app, who, id).await? {
                names.others.insert(id.to_owned(), link);
            }
        }
        Ok(names)
    }

    /// The title of a record.
    pub(super) fn title<'a>(&'a self, id: &'a str) -> &'a str {
        self.titles.get(id).map_or(id, String::as_str)
    }
}

/// Fields that hold ids of deficiencies, findings or anything else by convention.
fn names_others(field: &str) -> bool {
    matches!(field, "about" | "deficiency" | "deficiencies" | "finding" | "findings")
}

pub(super) fn ids_in(value: &Value) -> Vec<&str> {
    match value {
        Value::String(id) if !id.is_empty() => vec![id],
        Value::Array(ids) => ids.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

pub(super) async fn resolve(app: &App, who: &Who, id: &str) -> Result<Option<Link>, ServiceError> {
    let absent = |error: ServiceError| match error {
        ServiceError::NotFound { .. } => Ok(None),
        error => Err(error),
    };
    match app.service.deficiency(&who.actor, id).await {
        Ok(row) => {
            return Ok(Some(Link::new(row.deficiency.title, format!("/deficiencies/{}", encoded(id)))));
        }
        Err(error) => absent(error)?,
    };
    match app.service.finding(&who.actor, id).await {
        Ok(found) => return Ok(Some(Link::new(found.finding.title, format!("/findings/{}", encoded(id))))),
        Err(error) => absent(error)?,
    };
    match app.service.record(&who.actor, id).await {
        Ok(row) => Ok(Some(Link::new(row.title, record_href(&row.kind, id)))),
        Err(error) => absent(error),
    }
}

/// Every field of a record as facts, what is missing last.
pub(super) fn facts_of(kind: &KindEntry, row: &RecordRow, names: &Names, today: Date) -> Vec<Fact> {
    let fact = |field: &Field| Fact {
        term: kinds::label(kind.spec.name, field).into_owned(),
        description: value(kind, field, row, names, today),
    };
    let shown_above = |field: &&Field| {
        field.name == kind.spec.title_field && kind.field("name").is_none_or(|name| name == *field)
    };
    let short = kind.fields.iter().filter(|field| !is_long(field) && !shown_above(field));
    let (known, missing): (Vec<_>, Vec<_>) = short.map(fact).partition(|fact| fact.description.is_some());
    known.into_iter().chain(missing).collect()
}

/// Fields that need the whole width, with their values.
pub(super) fn long_fields<'k>(
    kind: &'k KindEntry,
    row: &RecordRow,
    names: &Names,
    today: Date,
) -> Vec<(Cow<'k, str>, Markup)> {
    let long = kind.fields.iter().filter(|field| is_long(field));
    let label = |field: &'k Field| kinds::label(kind.spec.name, field);
    let shown = long.filter_map(|field| Some((label(field), value(kind, field, row, names, today)?)));
    shown.collect()
}

fn is_long(field: &Field) -> bool {
    matches!(field.value, FieldType::Text(TextLength::Paragraphs) | FieldType::Rows(_))
}

/// A field's value; `None` when it is not set.
pub(super) fn value(
    kind: &KindEntry,
    field: &Field,
    row: &RecordRow,
    names: &Names,
    today: Date,
) -> Option<Markup> {
    let value = &row.body[&field.name];
    let empty = match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    if empty {
        return None;
    }
    Some(match &field.value {
        FieldType::Link(target, _) => links(value, |id| Link::new(names.title(id), record_href(target, id))),
        FieldType::Control(_) => controls(value, &row.system),
        FieldType::State(_) => state(kind, value.as_str().unwrap_or_default()),
        FieldType::Rows(fields) => rows(&kinds::within(kind.spec.name, &field.name), fields, value, today),
        FieldType::Text(_) | FieldType::List if names_others(&field.name) => {
            links(value, |id| names.others.get(id).cloned().unwrap_or_else(|| gone(id)))
        }
        FieldType::List if field.name == "evidence" => {
            links(value, |hash| Link::new(cut(hash, 13), format!("/evidence/{}", encoded(hash))))
        }
        FieldType::Text(_) if field.name == "check" => {
            links(value, |id| Link::new(check_title(id), format!("/checks/{}", encoded(id))))
        }
        FieldType::Text(TextLength::Paragraphs) => paragraphs(value.as_str().unwrap_or_default()),
        _ => one_line(field, value, today),
    })
}

fn gone(id: &str) -> Link {
    Link::new(cut(id, 16), format!("/search?q={}", encoded(id)))
}

fn links(value: &Value, link: impl Fn(&str) -> Link) -> Markup {
    html! {
        @for (at, id) in ids_in(value).into_iter().enumerate() {
            @if at > 0 { ", " }
            (link(id).anchor())
        }
    }
}

fn controls(value: &Value, system: &str) -> Markup {
    html! {
        @for (at, id) in ids_in(value).into_iter().enumerate() {
            @if at > 0 { " " }
            @if system.is_empty() { (id.to_uppercase()) }
            @else {
                @let control = id.split('_').next().unwrap_or(id);
                a href=(safe(&format!("/systems/{}/controls/{}", encoded(system), encoded(control)))) { (id.to_uppercase()) }
            }
        }
    }
}

fn rows(of: &str, fields: &[Field], value: &Value, today: Date) -> Markup {
    html! {
        div.scroll { table {
            thead { tr { @for field in fields { th scope="col" { (kinds::label(of, field)) } } } }
            tbody {
                @for row in value.as_array().into_iter().flatten() {
                    tr { @for field in fields { td { (one_line(field, &row[&field.name], today)) } } }
                }
            }
        } }
    }
}

fn paragraphs(text: &str) -> Markup {
    html! { @for line in text.lines().filter(|line| !line.trim().is_empty()) { p { (line) } } }
}

/// A value in a line, as in a cell of a list.
fn one_line(field: &Field, value: &Value, today: Date) -> Markup {
    let text = cell_text(field, value);
    match (&field.value, value) {
        (FieldType::Date, Value::String(text)) => match text.parse::<Date>() {
            Ok(at) => html! { (at) " " span.muted { (when::distance(at, today)) } },
            Err(_) => html! { (text) },
        },
        (FieldType::Integer, Value::Number(number)) => html! { (number.as_i64().map_or(text, thousands)) },
        (FieldType::Number | FieldType::Money, Value::Number(number)) => {
            html! { (number.as_f64().map_or(text, plain)) }
        }
        (FieldType::Choice(_), Value::String(word)) => html! { (kinds::choice(&field.name, word)) },
        (FieldType::Bool, Value::Bool(is)) => html! { (say(if *is { "yes" } else { "no" }).to_lowercase()) },
        (FieldType::Choices(_), Value::Array(items)) => {
            let words = items.iter().filter_map(Value::as_str).map(|word| kinds::choice(&field.name, word));
            html! { (words.collect::<Vec<_>>().join(", ")) }
        }
        (FieldType::List, Value::Array(items)) => {
            html! { (items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")) }
        }
        (FieldType::Text(_), Value::String(text)) if text.starts_with("https://") => {
            html! { a href=(safe(text)) rel="noreferrer" { (text) } }
        }
        _ => html! { (text) },
    }
}

/// A cell of a list.
pub(super) fn cell(kind: &KindEntry, field: &Field, row: &RecordRow, names: &Names, today: Date) -> Markup {
    let value = match &field.value {
        FieldType::Text(TextLength::Paragraphs) => row.body[&field.name]
            .as_str()
            .filter(|text| !text.is_empty())
            .map(|text| html! { (cut(text, 80)) }),
        FieldType::Rows(_) => row.body[&field.name].as_array().filter(|rows| !rows.is_empty()).map(|rows| {
            html! { (Words::of("records-rows").with("count", rows.len())) }
        }),
        FieldType::Date => {
            let at = row.body[&field.name].as_str().filter(|text| !text.is_empty());
            at.map(|at| {
                let distance = at.parse::<Date>().map(|at| when::distance(at, today)).unwrap_or_default();
                html! { span title=(distance) { (at) } }
            })
        }
        _ => value(kind, field, row, names, today),
    };
    value.unwrap_or_else(|| html! { span.muted { (say("not-set")) } })
}

/// A state of a kind's life cycle.
pub(super) fn state(kind: &KindEntry, name: &str) -> Markup {
    badge::state(&kinds::stage_named(&kind.spec, name), progress(kind, name))
}

/// States that end a record without what it was there for.
const SET_ASIDE: [&str; 9] =
    ["cancel", "drop", "refuse", "reject", "withdr", "revoke", "expire", "retire", "dispos"];

pub(super) fn progress(kind: &KindEntry, name: &str) -> Progress {
    let Some(workflow) = kind.spec.workflow else { return Progress::Unknown };
    let Some(at) = workflow.states.iter().position(|state| state.name == name) else {
        return Progress::Unknown;
    };
    match workflow.states[at].ended {
        Ended::Ended if SET_ASIDE.iter().any(|word| name.starts_with(word)) => Progress::Aside,
        Ended::Ended => Progress::Done,
        Ended::Open if at == 0 => Progress::Open,
        Ended::Open => Progress::Underway,
    }
}
