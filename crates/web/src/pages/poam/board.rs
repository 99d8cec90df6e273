//! The same items as a board: a column for each state. A card is dragged to its next state, or taken there by
//! its buttons; both send the form of that step. A step that asks for more opens the item.

use super::list::{self, Item};
use crate::error::Answer;
use crate::list::{ListAddress, encoded};
use crate::look::badge::{self, Progress};
use crate::look::empty::none;
use crate::look::link::safe;
use crate::look::panel::PANEL_ID;
use crate::look::shell::{self, Place};
use crate::look::{Link, when};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use axum::extract::State;
use jiff::civil::Date;
use maud::{Markup, html};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeMap;
use warrant_model::kind::{Ended, Transition};
use warrant_model::registry::KindEntry;
use warrant_model::time::day;
use warrant_service::query::RecordRow;

/// The most cards of a column; the list has the others.
const MOST_CARDS: usize = 25;

/// What a card needs to know of the page around it.
struct Around<'a> {
    kind: &'a KindEntry,
    who: &'a Who,
    titles: BTreeMap<String, String>,
    today: Date,
    /// Where a step leads back to.
    back: String,
}

/// The page.
pub(super) async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    let kind = app.service.kind("poam_item")?;
    let today = day(app.service.now());
    let query = list::query(&app, &who, &address).await?;
    let mut all = list::items(&app, &who, &query).await?;
    all.sort_by(|a, b| {
        (a.body.due.is_none(), a.body.due, &a.row.id).cmp(&(b.body.due.is_none(), b.body.due, &b.row.id))
    });
    let states = kind.spec.workflow.map_or(&[][..], |workflow| workflow.states);
    let mut columns: Vec<(&str, Cow<'static, str>, Vec<&Item>)> = Vec::new();
    for state in states {
        let of_state = all.iter().filter(|item| item.row.state == state.name).collect::<Vec<_>>();
        // What has ended long ago would bury what is to be done: it is shown as far as there is room.
        if state.ended == Ended::Open || state.name == "closed" {
            columns.push((state.name, kinds::stage("poam_item", state), of_state));
        }
    }
    let rows: Vec<RecordRow> = columns
        .iter()
        .flat_map(|(.., items)| items.iter().take(MOST_CARDS))
        .map(|item| item.row.clone())
        .collect();
    let titles = app.service.link_titles(&who.actor, &rows).await?;
    let system = query.system.as_deref().unwrap_or_default();
    let narrowed = if system.is_empty() { String::new() } else { format!("?system={}", encoded(system)) };
    let around = Around { kind, who: &who, titles, today, back: format!("/poam/board{narrowed}") };
    let list = if system.is_empty() { "/poam".to_owned() } else { format!("/poam{narrowed}") };
    let lead = html! {
        (say("board-lead"))
        @if !system.is_empty() { " " (Words::of("board-only").with("system", around.titles.get(system).map_or(system, String::as_str)).link("/poam/board")) }
    };
    let buttons = html! { a.button href=(safe(&list)) { (say("board-list")) } a.button.primary href="/records/poam_item/new?next=%2Fpoam%2Fboard" { (say("button-plan")) } };
    let main = html! {
        (shell::heading(&[Link::new(say("places-poa-m"), list.clone())], say("board"), lead, buttons))
        div.board-scroll tabindex="0" role="region" aria-label=(say("board")) {
            div.board data-board {
                @for (state, title, items) in &columns { (column(&around, state, title, items)) }
            }
        }
    };
    Page::new(&say("board-title"), Place::Systems, "/poam")
        .in_the_chosen_language()
        .with(&app, &who, main)
        .await
}

fn column(around: &Around<'_>, state: &str, title: &str, items: &[&Item]) -> Markup {
    let more = items.len().saturating_sub(MOST_CARDS);
    html! {
        section.board-column data-column=(state) aria-label=(title) {
            h2 { (title) " " (badge::count(items.len() as u64)) }
            ul { @for item in items.iter().take(MOST_CARDS) { (card(around, item)) } }
            @if items.is_empty() { (none("nothing-here")) }
            @if more > 0 { a href=(format!("/poam?state={}", encoded(state))) { (Words::of("board-more").with("count", more)) } }
        }
    }
}

fn card(around: &Around<'_>, item: &Item) -> Markup {
    let href = format!("/records/poam_item/{}", encoded(&item.row.id));
    let titled = |id: &str| around.titles.get(id).cloned().unwrap_or_default();
    let owner = item.body.owner.as_ref().map(|owner| titled(owner.as_str()));
    let workflow = around.kind.spec.workflow;
    let steps = workflow.into_iter().flat_map(|workflow| workflow.transitions);
    let mine =
        |step: &&Transition| step.from == item.row.state && around.who.actor.highest >= Some(step.role);
    html! {
        li.card data-card draggable="true" {
            a.card-title href=(safe(&href)) data-swap=(format!("#{PANEL_ID}")) { (item.row.title) }
            p.muted { (titled(&item.row.system)) @if let Some(owner) = owner { ", " (owner) } }
            p {
                @if let Some(severity) = item.body.severity { (badge::severity_shape(severity)) span.sr { (badge::severity_word(severity)) } " " }
                (due(around, item))
            }
            div.card-steps { @for step in steps.filter(mine) { (take(around, item, step, &href)) } }
        }
    }
}

fn due(around: &Around<'_>, item: &Item) -> Markup {
    html! {
        @match item.body.due {
            None => span.muted { (say("no-date")) },
            Some(due) => {
                (due) " "
                @if item.is_overdue(around.kind, around.today) { (badge::state(&say("poam-late"), Progress::Failed)) }
                @else if item.is_open(around.kind) { span.muted { (when::distance(due, around.today)) } }
            }
        }
    }
}

/// A step as a form of one button, or as the way to the item when the step asks for more.
fn take(around: &Around<'_>, item: &Item, step: &Transition, href: &str) -> Markup {
    let title = kinds::step("poam_item", step.verb);
    html! {
        @if step.requires.iter().all(|name| is_filled(&item.row.body[*name])) {
            form method="post" action=(safe(&format!("{href}/state"))) {
                input type="hidden" name="_csrf" value=(around.who.csrf);
                input type="hidden" name="to" value=(step.to);
                input type="hidden" name="next" value=(around.back);
                button.small data-to=(step.to) { (title) span.sr { ": " (item.row.title) } }
            }
        } @else {
            a.button.small href=(safe(href)) data-to=(step.to) data-swap=(format!("#{PANEL_ID}")) { (title) "…" span.sr { ": " (item.row.title) } }
        }
    }
}

fn is_filled(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    }
}
