//! What is known of a deficiency: since when, whose, planned or excepted, the controls it touches.

use super::detail::Detail;
use crate::list::encoded;
use crate::look::badge::{self, Progress};
use crate::look::empty::none;
use crate::look::facts::{Fact, facts};
use crate::look::link::safe;
use crate::look::scorecard::objective_word;
use crate::look::words::english;
use crate::look::{Link, when};
use crate::pages::sources::{check_named, record_href};
use crate::words::{Words, kinds, say};
use maud::{Markup, html};
use warrant_catalog::index::Index;
use warrant_model::time::day;
use warrant_service::query::RecordRow;

/// The facts.
pub(super) fn known(detail: &Detail) -> Markup {
    let deficiency = &detail.row.deficiency;
    let system = match detail.row.system.as_str() {
        "" => html! { (say("the-programme")) },
        id => Link::new(&detail.system, record_href("system", id)).anchor(),
    };
    let owner = deficiency.owner.as_ref().zip(detail.owner.as_ref());
    let objectives: Vec<_> =
        deficiency.objectives.iter().map(|objective| objective_word(*objective)).collect();
    let mut list = vec![
        Fact::markup(say("column-where"), system),
        Fact::markup(say("column-since"), when::when(deficiency.since, detail.now)),
        Fact {
            term: say("column-due"),
            description: deficiency
                .due
                .map(|due| html! { (due) " " span.muted { (when::distance(due, day(detail.now))) } }),
        },
        Fact {
            term: say("column-owner"),
            description: owner.map(|(id, name)| Link::new(name, record_href("person", id)).anchor()),
        },
        Fact::markup(say("column-check"), check(&deficiency.check)),
        Fact::markup(say("column-plan"), plan(detail)),
        Fact::markup(say("column-exception"), exception(detail)),
    ];
    if !objectives.is_empty() {
        list.push(Fact::text(say("deficiency-pulls-down"), objectives.join(", ").to_lowercase()));
    }
    facts(&list)
}

fn check(id: &str) -> Markup {
    html! { a href=(safe(&format!("/checks/{}", encoded(id)))) { (check_named(id)) } }
}

fn plan(detail: &Detail) -> Markup {
    match (&detail.poam_item, &detail.row.deficiency.poam_item) {
        (Some(item), _) => {
            html! { (state(item)) " " (Link::new(&item.title, record_href("poam_item", &item.id)).anchor()) }
        }
        (None, Some(_)) => html! { (say("deficiency-planned")) },
        (None, None) => html! { span.muted { (say("deficiency-no-plan")) } },
    }
}

fn exception(detail: &Detail) -> Markup {
    let until = detail.row.deficiency.excepted.as_ref();
    html! {
        @if let Some(until) = until { (badge::state(&Words::of("deficiency-excepted").with("day", until.until).said(), Progress::Aside)) " " }
        @for exception in &detail.exceptions {
            @if until.is_none() { (state(exception)) " " }
            (Link::new(&exception.title, record_href("exception", &exception.id)).anchor()) " "
        }
        @if until.is_none() && detail.exceptions.is_empty() { span.muted { (say("deficiency-no-exception")) } }
    }
}

/// A record's state in its word, in small letters as it stands beside the record's title.
fn state_in_words(row: &RecordRow) -> String {
    kinds::stage_word(&row.kind, &row.state).to_lowercase()
}

/// A record's state in its word.
pub(super) fn state(row: &RecordRow) -> Markup {
    let progress = match row.state.as_str() {
        "draft" | "planned" | "open" | "requested" => Progress::Open,
        "ongoing" | "validating" | "doing" => Progress::Underway,
        "closed" | "done" | "approved" => Progress::Done,
        "refused" => Progress::Failed,
        _ => Progress::Aside,
    };
    badge::state(&state_in_words(row), progress)
}

/// The controls with their titles and what each asks for in our words.
pub(super) fn controls(detail: &Detail) -> Markup {
    let controls = &detail.row.deficiency.controls;
    html! {
        @if controls.is_empty() { (none("deficiency-no-controls")) }
        dl.stack-gap {
            @for id in controls {
                div {
                    dt { (control_link(&detail.row.system, id)) }
                    @if let Some(summary) = warrant_catalog::summary::summary(id) { dd.muted lang=[crate::language::of_english()] { (summary.summary) } }
                }
            }
        }
    }
}

fn control_link(system: &str, id: &str) -> Markup {
    let index = Index::embedded();
    let facts = index.by_id(id).and_then(|no| index.control(no));
    let title = facts.map_or_else(|| id.to_uppercase(), |facts| format!("{} {}", facts.label, facts.title));
    let href = if system.is_empty() {
        format!("/controls/{}", encoded(id))
    } else {
        format!("/systems/{}/controls/{}", encoded(system), encoded(id))
    };
    html! { a href=(safe(&href)) { (english(&title)) } }
}
