//! What moved since a day: the same scenarios with the controls as they stood then, and why each moved.

use super::{scenarios, scope, shown};
use crate::error::Answer;
use crate::list::{ListAddress, encoded};
use crate::look::Link;
use crate::look::chart::{Bar, Bars, Colour, bars};
use crate::look::empty::{Empty, empty};
use crate::look::figure::{percent, short_money};
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::table::{Column, Row, Table, Width};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use axum::extract::State;
use jiff::civil::Date;
use maud::{Markup, html};
use warrant_model::time::{day, plus_days};
use warrant_service::risk::{MovedScenario, MovedView};

/// Days looked back unless the address says since when.
const BACK: i64 = 30;

/// The address of the page for the same scope.
pub(super) fn href(list: &ListAddress) -> String {
    match list.some("unit") {
        Some(unit) => format!("/risk/moved?unit={}", encoded(&unit)),
        None => "/risk/moved".to_owned(),
    }
}

pub(super) async fn page(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    let month = day(plus_days(app.service.now(), -BACK));
    let since: Date = list.get("since").parse().unwrap_or(month);
    let view = app.service.risk_moved(&who.actor, &scope(&list), since).await?;
    let ask = html! {
        form.buttons action="/risk/moved" {
            @if let Some(unit) = list.some("unit") { input type="hidden" name="unit" value=(unit); }
            label.muted for="since" { "Since" }
            input #since type="date" name="since" value=(since) required;
            button { "Show" }
        }
    };
    let over = [Link::new("Risk", "/risk")];
    let main = html! {
        (shell::heading(&over, "What moved", lead(&view), ask))
        @if view.scenarios.is_empty() {
            (empty(&Empty::of("moved-none").first("/records/scenario/new")))
        } @else {
            (picture(&view))
            (section("By scenario", html! { (view.scenarios.len()) }, crate::look::table::table(&table(&view))))
            p.muted { "Both days are priced with today's estimates: what differs is how the controls stood, as evidence, findings and judgements of either day show it." }
        }
    };
    Page::new("What moved", Place::Programme, "/risk").guided_by("/risk/moved").with(&app, &who, main).await
}

fn sums(view: &MovedView) -> (f64, f64) {
    let known: Vec<_> = view.scenarios.iter().filter_map(|line| Some((line.before?, line.now))).collect();
    known.iter().fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1))
}

fn lead(view: &MovedView) -> Markup {
    let (before, now) = sums(view);
    let change = now - before;
    let dearest = view.scenarios.iter().find(|line| line.change().is_some_and(|by| by.abs() >= 0.5));
    html! {
        @if view.scenarios.is_empty() { "No risk scenario is in force." }
        @else {
            "With the controls as they stood on " (view.since) ", a year was to cost "
            strong { (short_money(before)) " " (view.currency) } "; today it is " strong { (short_money(now)) }
            @if change.abs() < 0.5 { ": nothing moved." }
            @else {
                ", " strong { (short_money(change.abs())) @if change < 0.0 { " less" } @else { " more" } } "."
                @if let Some(line) = dearest { " Most of it is " a href=(format!("/risk/{}", encoded(&line.id))) { (line.title) } "." }
            }
        }
    }
}

fn picture(view: &MovedView) -> Markup {
    let side = |line: &MovedScenario, word: &str, value: f64, colour| Bar {
        title: format!("{} {word}", line.title),
        value: (value / 1_000.0 * 10.0).round() / 10.0,
        colour,
        href: Some(format!("/risk/{}", encoded(&line.id))),
        ..Bar::default()
    };
    let moved = view.scenarios.iter().filter(|line| line.change().is_some_and(|by| by.abs() >= 0.5)).take(4);
    let pairs = moved.flat_map(|line| {
        [
            side(line, "then", line.before.unwrap_or_default(), Colour::Soft),
            side(line, "now", line.now, Colour::Accent),
        ]
    });
    let drawn: Vec<_> = pairs.collect();
    html! {
        @if !drawn.is_empty() {
            (bars(&Bars { title: format!("What moved most, thousand {} a year", view.currency), unit: String::new(), bars: drawn }))
        }
    }
}

fn table(view: &MovedView) -> Table {
    let column = Column::plain;
    Table {
        id: "moved".to_owned(),
        caption: "Scenarios by how much they moved".to_owned(),
        action: "/risk/moved".to_owned(),
        columns: vec![
            column("What happens", Width::Fit),
            column("System", Width::Fit),
            column("Then", Width::Figures),
            column("Now", Width::Figures),
            column("Change", Width::Figures),
            column("Because", Width::Fill),
        ],
        rows: view.scenarios.iter().map(row).collect(),
        ..Table::default()
    }
}

fn row(line: &MovedScenario) -> Row {
    Row {
        id: line.id.clone(),
        title: line.title.clone(),
        href: format!("/risk/{}", encoded(&line.id)),
        cells: vec![
            html! { a href=(format!("/risk/{}", encoded(&line.id))) { (line.title) } },
            scenarios::system(&line.system, &line.system_name),
            html! { @match line.before { Some(before) => (short_money(before)), None => span.muted { "not recorded" } } },
            html! { (short_money(line.now)) },
            change(line),
            because(line),
        ],
        ..Row::default()
    }
}

fn change(line: &MovedScenario) -> Markup {
    html! {
        @match line.change() {
            None => span.muted { "–" },
            Some(by) if by.abs() < 0.5 => span.muted { "0" },
            Some(by) => strong { @if by > 0.0 { "+" } @else { "−" } (short_money(by.abs())) },
        }
    }
}

/// The control that moved most, in words; the scenario's own page has all of them.
fn because(line: &MovedScenario) -> Markup {
    html! {
        @match line.moved.first() {
            None if line.before.is_none() => span.muted { "the system was not recorded yet" },
            None => span.muted { "no control moved" },
            Some(moved) => span title=(shown::why_text(moved)) {
                @let (share, before, now) = shown::driver(moved);
                (shown::control(&moved.now.control)) " " (share) " " (percent(before)) " → " (percent(now))
                @if share == "left by findings" { span.muted { "; open findings " (moved.before.open) " → " (moved.now.open) } }
                @if line.moved.len() > 1 { span.muted { " and " (line.moved.len() - 1) " more" } }
            },
        }
    }
}
