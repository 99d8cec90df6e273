//! What alternatives leave open, a year with each, and what each does.

use super::super::known::MOST_TOLD;
use super::super::{beside, portfolio};
use super::name;
use crate::list::encoded;
use crate::look::badge::severity;
use crate::look::chart::exceedance;
use crate::look::empty::none;
use crate::look::figure::{short_money, thousands};
use crate::look::link::safe;
use crate::look::table::{Column, Row, Table, Width, table};
use maud::{Markup, html};
use warrant_service::risk::{Alternative, AlternativesView, SetOf};

pub(super) fn open(view: &AlternativesView, sets: &[SetOf]) -> Markup {
    let each = |of: &dyn Fn(&Alternative) -> Markup| view.alternatives.iter().map(of).collect::<Vec<_>>();
    let row = |title: &str, of: Vec<Markup>| Row {
        cells: [html! { (title) }].into_iter().chain(of).collect(),
        ..Row::default()
    };
    let rows = vec![
        row("Open findings left", each(&|one| html! { (thousands(one.findings_left as i64)) })),
        row(
            "Pieces of work left",
            each(&|one| {
                html! {
                    @if one.left.is_empty() { "none" }
                    @for (nth, (level, count)) in one.left.iter().rev().enumerate() { @if nth > 0 { br; } (severity(*level)) " " (thousands(*count as i64)) }
                }
            }),
        ),
        row(
            "Due within a year and left",
            each(&|one| {
                let late = one.unmet.iter().filter(|one| one.late).count();
                html! {
                    @if one.unmet.is_empty() { "none" } @else {
                        (thousands(one.unmet.len() as i64)) @if late > 0 { ", " strong { (thousands(late as i64)) " late" } }
                        @for duty in one.unmet.iter().take(MOST_TOLD) { br; span.muted { (duty.due) " " (duty.title) } }
                        @if one.unmet.len() > MOST_TOLD { br; span.muted { (thousands((one.unmet.len() - MOST_TOLD) as i64)) " more" } }
                    }
                }
            }),
        ),
        row(
            "Dearest scenarios left",
            each(&|one| {
                html! {
                    @for (nth, left) in one.dearest.iter().enumerate() {
                        @if nth > 0 { br; }
                        a href=(format!("/risk/{}", encoded(&left.id))) { (left.title) } " " (short_money(left.ale))
                    }
                }
            }),
        ),
    ];
    let named =
        view.alternatives.iter().zip(sets).map(|(one, set)| Column::plain(&name(one, set), Width::Fill));
    table(&Table {
        id: "left-open".to_owned(),
        caption: "What each alternative leaves open".to_owned(),
        columns: [Column::plain("With", Width::Fill)].into_iter().chain(named).collect(),
        rows,
        ..Table::default()
    })
}

pub(super) fn curve(view: &AlternativesView, one: &Alternative, set: &SetOf) -> Markup {
    let name = name(one, set);
    html! {
        @if let Some(now) = &view.now {
            div { (exceedance(&beside(&format!("A year with: {name}"), &view.currency, now, &one.year, "With it"))) }
        }
    }
}

/// Work told of each alternative, at most.
const MOST_WORK: usize = 12;

pub(super) fn doing(view: &AlternativesView, sets: &[SetOf]) -> Markup {
    html! {
        @for (one, set) in view.alternatives.iter().zip(sets) {
            h3 { (name(one, set)) " " span.muted { (thousands(one.chosen.len() as i64)) } }
            @if one.chosen.is_empty() { (none("alternatives-empty")) }
            @else {
                ul.reasons {
                    @for work in one.chosen.iter().take(MOST_WORK) {
                        li { a href=(safe(&portfolio::href(work))) { (work.title) } " " span.muted { (work.system_name) ", " (short_money(work.cost)) ", spares " (short_money(work.spares)) " alone" } }
                    }
                    @if one.chosen.len() > MOST_WORK { li.muted { (thousands((one.chosen.len() - MOST_WORK) as i64)) " more" } }
                }
            }
        }
    }
}
