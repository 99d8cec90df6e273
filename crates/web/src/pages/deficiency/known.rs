//! What is known of a deficiency: since when, whose, planned or excepted, the controls it touches.

use super::detail::Detail;
use crate::list::encoded;
use crate::look::badge::{self, Progress};
use crate::look::empty::none;
use crate::look::facts::{Fact, facts};
use crate::look::link::safe;
use crate::look::{Link, when};
use crate::pages::sources::{check_title, record_href};
use maud::{Markup, html};
use warrant_catalog::index::Index;
use warrant_model::time::day;
use warrant_service::query::RecordRow;

/// The facts.
pub(super) fn known(detail: &Detail) -> Markup {
    let deficiency = &detail.row.deficiency;
    let system = match detail.row.system.as_str() {
        "" => html! { "The programme" },
        id => Link::new(&detail.system, record_href("system", id)).anchor(),
    };
    let owner = deficiency.owner.as_ref().zip(detail.owner.as_ref());
    let objectives: Vec<_> = deficiency.objectives.iter().map(|objective| objective.title()).collect();
    let mut list = vec![
        Fact::markup("Where", system),
        Fact::markup("Since", when::when(deficiency.since, detail.now)),
        Fact {
            term: "Due".to_owned(),
            description: deficiency
                .due
                .map(|due| html! { (due) " " span.muted { (when::distance(due, day(detail.now))) } }),
        },
        Fact {
            term: "Owner".to_owned(),
            description: owner.map(|(id, name)| Link::new(name, record_href("person", id)).anchor()),
        },
        Fact::markup("Check", check(&deficiency.check)),
        Fact::markup("Plan", plan(detail)),
        Fact::markup("Exception", exception(detail)),
    ];
    if !objectives.is_empty() {
        list.push(Fact::text("Pulls down", objectives.join(", ").to_lowercase()));
    }
    facts(&list)
}

fn check(id: &str) -> Markup {
    let title = check_title(id);
    html! { a href=(safe(&format!("/checks/{}", encoded(id)))) { (title) } }
}

fn plan(detail: &Detail) -> Markup {
    match (&detail.poam_item, &detail.row.deficiency.poam_item) {
        (Some(item), _) => {
            html! { (state(item)) " " (Link::new(&item.title, record_href("poam_item", &item.id)).anchor()) }
        }
        (None, Some(_)) => html! { "Planned" },
        (None, None) => html! { span.muted { "no POA&M item" } },
    }
}

fn exception(detail: &Detail) -> Markup {
    let until = detail.row.deficiency.excepted.as_ref();
    html! {
        @if let Some(until) = until { (badge::state(&format!("Excepted until {}", until.until), Progress::Aside)) " " }
        @for exception in &detail.exceptions {
            @if until.is_none() { (state(exception)) " " }
            (Link::new(&exception.title, record_href("exception", &exception.id)).anchor()) " "
        }
        @if until.is_none() && detail.exceptions.is_empty() { span.muted { "none" } }
    }
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
    badge::state(&row.state.replace('_', " "), progress)
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
                    @if let Some(summary) = warrant_catalog::summary::summary(id) { dd.muted { (summary.summary) } }
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
    html! { a href=(safe(&href)) { (title) } }
}
