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
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_service::risk::{Alternative, AlternativesView, SetOf};

pub(super) fn open(view: &AlternativesView, sets: &[SetOf]) -> Markup {
    let each = |of: &dyn Fn(&Alternative) -> Markup| view.alternatives.iter().map(of).collect::<Vec<_>>();
    let row = |title: String, of: Vec<Markup>| Row {
        cells: [html! { (title) }].into_iter().chain(of).collect(),
        ..Row::default()
    };
    let rows = vec![
        row(say("left-findings"), each(&|one| html! { (thousands(one.findings_left as i64)) })),
        row(
            say("left-work"),
            each(&|one| {
                html! {
                    @if one.left.is_empty() { (say("none")) }
                    @for (nth, (level, count)) in one.left.iter().rev().enumerate() { @if nth > 0 { br; } (severity(*level)) " " (thousands(*count as i64)) }
                }
            }),
        ),
        row(
            say("left-due"),
            each(&|one| {
                let late = one.unmet.iter().filter(|one| one.late).count();
                html! {
                    @if one.unmet.is_empty() { (say("none")) } @else {
                        (thousands(one.unmet.len() as i64)) @if late > 0 { ", " strong { (Words::of("left-late").with("count", late)) } }
                        @for duty in one.unmet.iter().take(MOST_TOLD) { br; span.muted { (duty.due) " " (duty.title) } }
                        @if one.unmet.len() > MOST_TOLD { br; span.muted { (Words::of("left-more").with("count", one.unmet.len() - MOST_TOLD)) } }
                    }
                }
            }),
        ),
        row(
            say("left-dearest"),
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
        caption: say("left-caption"),
        columns: [Column::plain(&say("left-with"), Width::Fill)].into_iter().chain(named).collect(),
        rows,
        ..Table::default()
    })
}

pub(super) fn curve(view: &AlternativesView, one: &Alternative, set: &SetOf) -> Markup {
    let name = name(one, set);
    html! {
        @if let Some(now) = &view.now {
            div { (exceedance(&beside(&Words::of("left-curve").with("name", name).said(), &view.currency, now, &one.year, &say("left-with-it")))) }
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
                        li { a href=(safe(&portfolio::href(work))) { (work.title) } " " span.muted { (Words::of("left-work-told").with("system", &work.system_name).with("cost", short_money(work.cost)).with("spares", short_money(work.spares))) } }
                    }
                    @if one.chosen.len() > MOST_WORK { li.muted { (Words::of("left-more").with("count", one.chosen.len() - MOST_WORK)) } }
                }
            }
        }
    }
}
