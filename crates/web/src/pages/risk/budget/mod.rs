//! Budget and staffing: what was granted and spent, what it will cost, what it buys, and who has the hours.

mod benefits;
mod contracts;
mod lines;
mod people;
mod request;

use crate::error::{Answer, PageError};
use crate::file;
use crate::list::{ListAddress, encoded};
use crate::look::chart::{Bar, Bars, Colour, bars};
use crate::look::empty::{Empty, empty};
use crate::look::figure::short_money;
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use crate::waiting::{Patient, Soon};
use crate::words::{Words, say};
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::get;
use jiff::civil::Date;
use maud::{Markup, html};
use warrant_service::programme::UnitRow;
use warrant_service::risk::{Forecast, LineView, Overrun, Period, ResourcesAsk, ResourcesView};
use warrant_service::tables::TableFormat;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/budget", get(page))
        .route("/budget.csv", get(csv))
        .route("/budget.xlsx", get(xlsx))
        .route("/budget/staffing.csv", get(people::csv))
        .route("/budget/staffing.xlsx", get(people::xlsx))
        .route("/budget/request.html", get(request::html))
        .route("/budget/request.docx", get(request::docx))
}

/// What an address asks for.
fn ask(list: &ListAddress) -> Result<ResourcesAsk, PageError> {
    let on = match list.get("on") {
        "" => None,
        text => Some(
            text.parse::<Date>()
                .map_err(|_| PageError::Refused(Words::of("error-no-day").with("day", text)))?,
        ),
    };
    Ok(ResourcesAsk { unit: list.some("unit"), on })
}

async fn page(State(app): State<App>, who: Who, list: ListAddress, headers: HeaderMap) -> Answer {
    let (service, actor, asked) = (app.service.clone(), who.actor.clone(), ask(&list)?);
    let work = async move { service.resources(&actor, &asked).await };
    let (title, here) = (say("budget-title"), "/budget");
    let patient = Patient { app: &app, who: &who, headers: &headers, list: &list, title: &title, here };
    let view = match patient.wait(work).await? {
        Soon::Here(view) => view,
        Soon::Later(page) => return Ok(page),
    };
    let units = app.service.unit_tree(&who.actor).await?;
    let asked = view.lines.iter().filter(|line| line.state == "requested").count();
    let actions = html! {
        @if asked > 0 {
            a.button href=(list.at("/budget/request.html")) { (say("budget-request")) }
            a.button href=(list.at("/budget/request.docx")) { (say("budget-as-docx")) }
        }
        a.button.primary href="/records/budget_line/new" { (say("budget-add")) }
    };
    let bare = view.lines.is_empty() && view.roles.is_empty() && view.contracts.is_empty();
    let main = html! {
        (shell::heading(&[], say("budget-title"), lead(&view), actions))
        @if bare && view.periods.is_empty() {
            (empty(&Empty::of("budget-none").first("/records/budget_line/new").second("/records/staffing/new")))
        } @else {
            (asking(&list, &view, &units))
            div.columns.pair {
                div { (will_cost(&view)) }
                div { (people::picture(&view)) }
            }
            (section(&say("budget-lines"), html! { (view.lines.len()) }, crate::look::table::table(&lines::table(&list, &view))))
            (section(&say("budget-hours"), html! { (say("budget-hours-aside")) }, people::table(&list, &view)))
            (section(&say("budget-buys"), html! { (Words::of("budget-year").with("amount", short_money(view.ale)).with("currency", &view.currency)) }, benefits::table(&view)))
            (section(&say("budget-contracts"), html! { a href="/records/contract" { (say("all-fields")) } }, contracts::table(&view)))
            p.muted {
                (say("budget-note"))
            }
        }
    };
    Page::new(&say("budget-title"), Place::Programme, "/budget")
        .in_the_chosen_language()
        .with(&app, &who, main)
        .await
}

async fn csv(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    export(&app, &who, &list, TableFormat::Csv).await
}

async fn xlsx(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    export(&app, &who, &list, TableFormat::Xlsx).await
}

async fn export(app: &App, who: &Who, list: &ListAddress, format: TableFormat) -> Answer {
    let view = app.service.resources(&who.actor, &ask(list)?).await?;
    let table = app.service.budget_table(&view.currency, &lines::chosen(list, &view));
    Ok(file::table("budget", format, app.service.written(&table, format)?))
}

/// What is spent, what will not suffice, and which hours are missing.
fn lead(view: &ResourcesView) -> Markup {
    let sum = |of: fn(&LineView) -> f64| view.lines.iter().map(of).sum::<f64>();
    let granted = sum(|line| if line.state == "granted" { line.amount } else { 0.0 });
    let requested = sum(|line| if line.state == "requested" { line.amount } else { 0.0 });
    let spent = sum(|line| line.paid + line.promised);
    let open = view.lines.iter().filter(|line| line.state == "granted");
    let over = open.filter(|line| line.overrun() == Overrun::Certain).count();
    let short: Vec<_> = view.roles.iter().filter(|role| role.missing() > 0.5).collect();
    let hours: f64 = short.iter().map(|role| role.missing()).sum();
    let of_granted = Words::of("budget-spent-of")
        .with("spent", short_money(spent))
        .with("granted", short_money(granted))
        .with("currency", &view.currency);
    let of_granted = html! { strong { (of_granted) } };
    let lines = Words::of("budget-lines-count").with("count", over);
    let missing = Words::of("hours-count").with("count", hours.round() as i64);
    html! {
        @if granted > 0.0 && requested > 0.0 {
            (Words::of("budget-lead-granted-more").with("more", short_money(requested)).around("spent", of_granted)) " "
        } @else if granted > 0.0 {
            (Words::of("budget-lead-granted").around("spent", of_granted)) " "
        } @else if requested > 0.0 {
            (Words::of("budget-lead-asked").around("amount", html! { strong { (short_money(requested)) " " (view.currency) } })) " "
        }
        @if over > 0 { (Words::of("budget-lead-over").around("lines", html! { strong { (lines) } })) " " }
        @if short.is_empty() { @if !view.roles.is_empty() { (say("budget-lead-suffices")) } }
        @else {
            (Words::of("budget-lead-missing").with("count", short.len()).around("hours", html! { strong { (missing) } }))
        }
    }
}

/// What a period is called.
fn called(period: &Period) -> String {
    let days = |name| {
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        Words::of(name).with("from", day(period.starts)).with("to", day(period.ends)).said()
    };
    match (period.starts, period.ends) {
        (Some(from), Some(to)) if from == from.first_of_year() && to == from.last_of_year() => period.title(),
        (Some(_), Some(_)) => days("period-from-to"),
        (Some(_), None) => days("period-from"),
        (None, Some(_)) => days("period-until"),
        (None, None) => say("period-none"),
    }
}

/// Period and unit, as a form.
fn asking(list: &ListAddress, view: &ResourcesView, units: &[UnitRow]) -> Markup {
    let chosen = |period: &Period| {
        period.starts.is_none_or(|day| day <= view.on) && period.ends.is_none_or(|day| day >= view.on)
    };
    let day = |period: &Period| match chosen(period) {
        true => view.on,
        false => period.starts.or(period.ends).unwrap_or(view.on),
    };
    let said = |period: &Period| match period.requested {
        0 => called(period),
        asked => Words::of("budget-period-asked").with("period", called(period)).with("count", asked).said(),
    };
    html! {
        form.toolbar.asking action="/budget" {
            @for (name, value) in list.keep(&["on", "unit", "page"]) { input type="hidden" name=(name) value=(value); }
            label { (say("budget-period")) select name="on" {
                @if !view.periods.iter().any(chosen) { option value=(view.on) selected { (Words::of("budget-on").with("day", view.on)) } }
                @for period in &view.periods { option value=(day(period)) selected[chosen(period)] { (said(period)) } }
            } }
            label { (say("column-unit")) select name="unit" {
                option value="" { (say("budget-unit-all")) }
                @for unit in units.iter().filter(|unit| !unit.id.is_empty()) { option value=(unit.id) selected[unit.id == list.get("unit")] { (unit.name) } }
            } }
            button.primary { (say("button-show")) }
        }
    }
}

/// What the dearest lines will cost in the end, with the range; what will not suffice in ink.
fn will_cost(view: &ResourcesView) -> Markup {
    let bar = |line: &LineView| Bar {
        title: line.title.clone(),
        value: (line.forecast.likely / 1_000.0 * 10.0).round() / 10.0,
        bracket: Some((line.forecast.low / 1_000.0, line.forecast.high / 1_000.0)),
        colour: match line.overrun() {
            Overrun::Certain => Colour::Ink,
            _ => Colour::Accent,
        },
        href: Some(record(line)),
    };
    let counts = view.lines.iter().filter(|line| line.state != "refused");
    let drawn = bars(&Bars {
        title: Words::of("budget-will-cost").with("currency", &view.currency).said(),
        unit: String::new(),
        bars: counts.take(10).map(bar).collect(),
    });
    let short = view.lines.iter().any(|line| line.overrun() == Overrun::Certain);
    html! {
        (drawn)
        p.muted { (say("budget-range-note")) @if short { " " (say("budget-dark-note")) } }
    }
}

/// A line's record.
fn record(line: &LineView) -> String {
    format!("/records/budget_line/{}", encoded(&line.id))
}

/// A record's title as a link.
fn named(kind: &str, id: &str, title: &str) -> Markup {
    html! { a href=(safe(&format!("/records/{kind}/{}", encoded(id)))) { (title) } }
}

/// What something will cost, with its range unless it is certain.
fn ranged(told: &Forecast) -> Markup {
    html! {
        (short_money(told.likely))
        @if !told.is_certain() { " " span.muted { "(" (short_money(told.low)) " – " (short_money(told.high)) ")" } }
    }
}
