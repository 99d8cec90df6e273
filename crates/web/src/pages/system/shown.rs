//! How parts of a system are shown on more than one of its tabs.

use super::frame::Frame;
use crate::list::encoded;
use crate::look::Link;
use crate::look::badge::{self, Progress};
use crate::look::empty::Empty;
use crate::look::table::{Column, Row, Table, Width};
use crate::look::when;
use crate::look::words::english;
use crate::pages::source_link;
use crate::words::{Words, kinds, say};
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_catalog::index::Index;
use warrant_model::id::RecordId;
use warrant_model::level::Impact;
use warrant_model::posture::{ControlStatus, Deficiency, Ground, Source, Status};

/// Titles of linked records by id.
pub(super) type Titles = BTreeMap<String, String>;

/// A control status as a badge; not assessed is grey and never a tick.
pub(super) fn status(status: &Status) -> Markup {
    badge::state(&status_word(status), progress(status))
}

/// The word for a status: `Satisfied`.
pub(in crate::pages) fn status_word(status: &Status) -> String {
    say(match status {
        Status::Satisfied => "status-satisfied",
        Status::OtherThanSatisfied => "status-other-than-satisfied",
        Status::Stale { .. } => "status-stale",
        Status::NotAssessed { .. } => "status-not-assessed",
        Status::NotApplicable { .. } => "status-not-applicable",
    })
}

/// A level of impact within a sentence: `moderate`.
pub(super) fn impact(level: Impact) -> String {
    kinds::choice("impact", &level.to_string()).to_lowercase()
}

/// How a control is met, as the engine sums it up, within a sentence: `own, shared`.
pub(in crate::pages) fn implementation(words: &str) -> String {
    let said = |word: &str| match word {
        "own" => say("implementation-own"),
        "alternative" => say("implementation-alternative"),
        "partial" => say("implementation-partial"),
        "planned" => say("implementation-planned"),
        "shared" => say("implementation-shared"),
        "inherited" => say("implementation-inherited"),
        "not stated" => say("implementation-none"),
        other => other.to_owned(),
    };
    words.split(", ").map(said).collect::<Vec<_>>().join(", ")
}

/// A baseline within a sentence: `moderate`.
pub(super) fn baseline(name: &str) -> String {
    kinds::choice("impact", name).to_lowercase()
}

fn progress(status: &Status) -> Progress {
    match status {
        Status::Satisfied => Progress::Done,
        Status::OtherThanSatisfied => Progress::Failed,
        Status::Stale { .. } => Progress::Underway,
        Status::NotAssessed { .. } => Progress::Unknown,
        Status::NotApplicable { .. } => Progress::Aside,
    }
}

/// Why a status is what it is, where that is not told by its grounds.
pub(super) fn reason(status: &Status) -> Option<String> {
    match status {
        Status::Satisfied | Status::OtherThanSatisfied => None,
        Status::Stale { since } => {
            Some(Words::of("status-old-since").with("day", warrant_model::time::day(*since)).said())
        }
        Status::NotAssessed { reason } | Status::NotApplicable { reason } => Some(reason.clone()),
    }
}

/// The same as it is shown: what the engine says is in English.
pub(super) fn because(status: &Status) -> Option<Markup> {
    let why = reason(status)?;
    Some(if matches!(status, Status::Stale { .. }) {
        html! { (why) }
    } else {
        english(&why)
    })
}

/// The ground in another system on which the status of a control rests, if it is as there.
pub(super) fn elsewhere(control: &ControlStatus) -> Option<&Ground> {
    let alike = control.statements.iter().filter(|one| one.status.word() == control.status.word());
    let mut grounds = alike.flat_map(|one| &one.grounds);
    grounds.find(|ground| matches!(&ground.source, Source::Record { kind, .. } if kind == "system"))
}

/// Where a ground of a control is looked at: of one that lies in another system, how that stands on the control.
pub(super) fn ground_link(ground: &Ground, control: &str) -> Link {
    let link = source_link(&ground.source);
    match &ground.source {
        Source::Record { kind, .. } if kind == "system" => {
            Link::new(say("at-the-provider"), format!("{}/controls/{}", link.href, encoded(control)))
        }
        _ => link,
    }
}

/// `ac-2` → `AC-2`; `ac-2_smt.a` → `AC-2a.`, as people write it.
pub(super) fn control_label(id: &str) -> String {
    Index::embedded().label_of(id)
}

/// The catalogue's title of a control; empty when it has none.
pub(super) fn control_title(id: &str) -> String {
    let index = Index::embedded();
    index.by_id(id).and_then(|no| index.control(no)).map(|control| control.title.clone()).unwrap_or_default()
}

/// A person as a link, or that nobody is named.
pub(super) fn person(frame: &Frame, id: Option<&RecordId>) -> Markup {
    let known = id.and_then(|id| frame.snapshot.programme.person(id));
    html! {
        @match (id, known) {
            (Some(id), Some(person)) => {
                a href=(format!("/records/person/{}", encoded(id.as_str()))) { (person.body.name) }
                @if person.body.left.is_some_and(|left| left <= frame.today()) { " " (badge::tag(&say("person-left"))) }
            }
            (Some(id), None) => (id.as_str()),
            (None, _) => span.muted { (say("person-none")) },
        }
    }
}

/// A plain column.
pub(super) fn column(title: &str, width: Width) -> Column {
    Column { title: title.to_owned(), width, ..Column::default() }
}

/// A table without filters and pager, such as a section of a page has.
pub(super) fn plain(id: &str, caption: &str, columns: Vec<Column>, rows: Vec<Row>, empty: Empty) -> Markup {
    let (id, caption) = (id.to_owned(), caption.to_owned());
    crate::look::table::table(&Table { id, caption, columns, rows, empty, ..Table::default() })
}

/// Deficiencies as rows: how bad, what, since when, by when, and whether it is planned.
pub(super) fn deficiencies<'a>(
    frame: &Frame,
    (id, caption): (&str, &str),
    list: impl Iterator<Item = &'a Deficiency>,
    nothing: &'static str,
) -> Markup {
    let columns = vec![
        column(&say("column-severity"), Width::Fit),
        column(&say("column-deficiency"), Width::Fill),
        column(&say("column-since"), Width::Fit),
        column(&say("column-due"), Width::Fit),
        column(&say("column-plan"), Width::Fit),
    ];
    let rows = list.map(|deficiency| Row {
        id: deficiency.id.clone(),
        title: deficiency.title.clone(),
        href: format!("/deficiencies/{}", encoded(&deficiency.id)),
        cells: vec![
            badge::severity(deficiency.severity),
            html! { span title=(first_sentence(&deficiency.why)) lang=[crate::language::of_english()] { (deficiency.title) } },
            when::time(deficiency.since),
            due(deficiency.due, frame.today()),
            plan(deficiency),
        ],
        ..Row::default()
    });
    plain(id, caption, columns, rows.collect(), Empty::of(nothing))
}

/// The first sentence of why something is a deficiency: what comes after it, its page tells.
fn first_sentence(why: &str) -> &str {
    why.split_once(". ").map_or(why, |(first, _)| first)
}

fn plan(deficiency: &Deficiency) -> Markup {
    html! {
        @if let Some(item) = &deficiency.poam_item {
            a href=(format!("/records/poam_item/{}", encoded(item))) { (say("plan-planned")) }
        } @else if let Some(excepted) = &deficiency.excepted {
            a href=(format!("/records/exception/{}", encoded(&excepted.exception))) { (Words::of("plan-accepted").with("day", excepted.until)) }
        } @else { span.muted { (say("none")) } }
    }
}

/// A day by which something is due, marked when it has passed.
pub(super) fn due(due: Option<jiff::civil::Date>, today: jiff::civil::Date) -> Markup {
    html! {
        @match due {
            Some(due) if due < today => { (due) " " strong title=(when::distance(due, today)) { (say("is-overdue")) } }
            Some(due) => { (due) " " span.muted { (when::distance(due, today)) } }
            None => span.muted { (say("no-date")) },
        }
    }
}

/// How long ago something was seen; the day is in the tooltip.
pub(super) fn seen(at: jiff::Timestamp, now: jiff::Timestamp) -> Markup {
    html! { span title=(warrant_model::time::day(at)) { (when::age(at, now)) } }
}
