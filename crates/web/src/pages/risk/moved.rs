//! What moved since a day: from the figure of then to that of now by its causes, and scenario by scenario.

use super::{scenarios, scope, shown};
use crate::error::Answer;
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::Link;
use crate::look::chart::{Waterfall, waterfall};
use crate::look::empty::{Empty, empty};
use crate::look::figure::{percent, short_money};
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::table::{Column, Row, Table, Width};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use crate::waiting::{Patient, Soon};
use axum::extract::State;
use axum::http::HeaderMap;
use jiff::civil::Date;
use maud::{Markup, html};
use warrant_model::time::{day, plus_days};
use warrant_service::risk::{Cause, CauseLine, MovedScenario, MovedView};

/// Days looked back unless the address says since when.
const BACK: i64 = 30;

/// The address of the page for the same scope.
pub(super) fn href(list: &ListAddress) -> String {
    match list.some("unit") {
        Some(unit) => format!("/risk/moved?unit={}", encoded(&unit)),
        None => "/risk/moved".to_owned(),
    }
}

pub(super) async fn page(State(app): State<App>, who: Who, list: ListAddress, headers: HeaderMap) -> Answer {
    let month = day(plus_days(app.service.now(), -BACK));
    let since: Date = list.get("since").parse().unwrap_or(month);
    let (service, actor, asked) = (app.service.clone(), who.actor.clone(), scope(&list));
    let work = async move { service.risk_moved(&actor, &asked, since).await };
    let (title, here) = ("What moved", "/risk/moved");
    let patient = Patient { app: &app, who: &who, headers: &headers, list: &list, title, here };
    let view = match patient.wait(work).await? {
        Soon::Here(view) => view,
        Soon::Later(page) => return Ok(page),
    };
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
            (section("By cause", html! { (view.causes.len()) }, crate::look::table::table(&causes(&view))))
            (section("By scenario", html! { (view.scenarios.len()) }, crate::look::table::table(&table(&list, &view))))
            p.muted { "Each day is priced with its own estimates, findings and judgements. Causes that came together share what they did fairly (Shapley), so that the amounts add up to the difference." }
        }
    };
    Page::new("What moved", Place::Programme, "/risk").guided_by("/risk/moved").with(&app, &who, main).await
}

fn lead(view: &MovedView) -> Markup {
    let change = view.now - view.before;
    let most = view.causes.iter().max_by(|a, b| a.amount.abs().total_cmp(&b.amount.abs()));
    html! {
        @if view.scenarios.is_empty() { "No risk scenario is in force." }
        @else {
            "On " (view.since) " a year was to cost " strong { (short_money(view.before)) " " (view.currency) }
            "; today it is " strong { (short_money(view.now)) }
            @if change.abs() < 0.5 { ": the sum did not move." }
            @else {
                ", " strong { (short_money(change.abs())) @if change < 0.0 { " less" } @else { " more" } } "."
                @if let Some(line) = most { " Most was moved by " strong { (line.cause.says().to_lowercase()) } "." }
            }
        }
    }
}

fn picture(view: &MovedView) -> Markup {
    let steps = view.causes.iter().map(|line| (line.cause.says().to_owned(), line.amount));
    waterfall(&Waterfall {
        title: format!("From then to now, expected loss a year, {}", view.currency),
        from: (view.since.to_string(), view.before),
        steps: steps.collect(),
        to: ("today".to_owned(), view.now),
        written: Some(short_money),
    })
}

fn causes(view: &MovedView) -> Table {
    let column = Column::plain;
    let row = |line: &CauseLine| Row {
        id: line.cause.says().to_owned(),
        title: line.cause.says().to_owned(),
        cells: vec![
            html! { (line.cause.says()) },
            signed(line.amount),
            html! { (line.scenarios) },
            html! { span.muted { (means(line.cause)) } },
        ],
        ..Row::default()
    };
    let all = Row {
        id: "all".to_owned(),
        title: "In all".to_owned(),
        cells: vec![
            html! { strong { "In all" } },
            signed(view.now - view.before),
            html! { (view.scenarios.len()) },
            html! { span.muted { (short_money(view.before)) " → " (short_money(view.now)) " " (view.currency) } },
        ],
        ..Row::default()
    };
    Table {
        id: "causes".to_owned(),
        caption: "What moved the sum, by cause".to_owned(),
        action: "/risk/moved".to_owned(),
        columns: vec![
            column("Cause", Width::Fit),
            column("Change", Width::Figures),
            column("Scenarios", Width::Figures),
            column("", Width::Fill),
        ],
        rows: view.causes.iter().map(row).chain([all]).collect(),
        ..Table::default()
    }
}

/// What a cause means.
fn means(cause: Cause) -> &'static str {
    match cause {
        Cause::Retired => "in force then and no more",
        Cause::New => "in force now and not then, or in a system that was not recorded then",
        Cause::Estimates => "rates, amounts or steps",
        Cause::Closed => "open then and no more, or judged otherwise; hosts looked at",
        Cause::Opened => "open now and not then",
        Cause::InPlace => "judgements, implementation, age of evidence",
        Cause::Reliability => "how often findings opened in the year before, and how long they stayed",
    }
}

fn signed(by: f64) -> Markup {
    html! {
        @if by.abs() < 0.5 { span.muted { "0" } }
        @else { strong { @if by > 0.0 { "+" } @else { "−" } (short_money(by.abs())) } }
    }
}

fn table(list: &ListAddress, view: &MovedView) -> Table {
    let from = (list.offset() as usize).min(view.scenarios.len());
    let shown = &view.scenarios[from..(from + PAGE as usize).min(view.scenarios.len())];
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
        rows: shown.iter().map(row).collect(),
        keep: list.keep(&["page"]),
        pager: list.pager(shown.len(), view.scenarios.len() as i64, i64::MAX),
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
            on_a_day(line.before),
            on_a_day(line.now),
            signed(line.change()),
            because(line),
        ],
        ..Row::default()
    }
}

fn on_a_day(loss: Option<f64>) -> Markup {
    html! { @match loss { Some(loss) => (short_money(loss)), None => span.muted { "not in force" } } }
}

/// The cause that moved it most, and the control behind it; the scenario's own page has all of them.
fn because(line: &MovedScenario) -> Markup {
    let most = line.causes.iter().max_by(|a, b| a.amount.abs().total_cmp(&b.amount.abs()));
    html! {
        @match most {
            None => span.muted { "nothing moved" },
            Some(share) => {
                (share.cause.says()) " " (signed(share.amount))
                @if let Some(moved) = line.moved.first() {
                    @let (share, before, now) = shown::driver(moved);
                    "; " span title=(shown::why_text(moved)) { (shown::control(&moved.now.control)) " " (share) " " (percent(before)) " → " (percent(now)) }
                    @if line.moved.len() > 1 { span.muted { " and " (line.moved.len() - 1) " more" } }
                }
            },
        }
    }
}
