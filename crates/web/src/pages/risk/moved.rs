//! What moved since a day: from the figure of then to that of now by its causes, and scenario by scenario.

use super::{editor, scenarios, scope, shown, words};
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
use crate::words::{Words, say};
use axum::extract::State;
use axum::http::HeaderMap;
use jiff::civil::Date;
use maud::{Markup, html};
use warrant_model::time::{day, plus_days};
use warrant_service::risk::{CauseLine, MovedScenario, MovedView};

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
    let (title, here) = (say("risk-moved"), "/risk/moved");
    let patient = Patient { app: &app, who: &who, headers: &headers, list: &list, title: &title, here };
    let view = match patient.wait(work).await? {
        Soon::Here(view) => view,
        Soon::Later(page) => return Ok(page),
    };
    let ask = html! {
        form.buttons action="/risk/moved" {
            @if let Some(unit) = list.some("unit") { input type="hidden" name="unit" value=(unit); }
            label.muted for="since" { (say("moved-since")) }
            input #since type="date" name="since" value=(since) required;
            button { (say("button-show")) }
        }
    };
    let over = [Link::new(say("risk-title"), "/risk")];
    let main = html! {
        (shell::heading(&over, say("risk-moved"), lead(&view), ask))
        @if view.scenarios.is_empty() {
            (empty(&Empty::of("moved-none").first("/records/scenario/new")))
        } @else {
            (picture(&view))
            (section(&say("moved-by-cause"), html! { (view.causes.len()) }, crate::look::table::table(&causes(&view))))
            (section(&say("moved-by-scenario"), html! { (view.scenarios.len()) }, crate::look::table::table(&table(&list, &view))))
            p.muted { (say("moved-note")) }
        }
    };
    Page::new(&say("risk-moved"), Place::Programme, "/risk")
        .in_the_chosen_language()
        .guided_by("/risk/moved")
        .with(&app, &who, main)
        .await
}

fn lead(view: &MovedView) -> Markup {
    let change = view.now - view.before;
    let most = view.causes.iter().max_by(|a, b| a.amount.abs().total_cmp(&b.amount.abs()));
    if view.scenarios.is_empty() {
        return html! { (say("moved-none-in-force")) };
    }
    let lead = match most {
        _ if change.abs() < 0.5 => Words::of("moved-lead-same"),
        None => Words::of("moved-lead-plain"),
        Some(_) => Words::of("moved-lead"),
    };
    let cause = most.map_or_else(String::new, |line| words::cause(line.cause).to_lowercase());
    let lead = lead
        .with("day", view.since)
        .around("before", html! { strong { (short_money(view.before)) " " (view.currency) } })
        .around("now", html! { strong { (short_money(view.now)) } })
        .around("change", html! { strong { (editor::by(change)) } })
        .around("cause", html! { strong { (cause) } });
    html! { (lead) }
}

fn picture(view: &MovedView) -> Markup {
    let steps = view.causes.iter().map(|line| (words::cause(line.cause), line.amount));
    waterfall(&Waterfall {
        title: Words::of("moved-picture").with("currency", &view.currency).said(),
        from: (view.since.to_string(), view.before),
        steps: steps.collect(),
        to: (say("moved-today"), view.now),
        written: Some(short_money),
    })
}

fn causes(view: &MovedView) -> Table {
    let column = |name, width| Column::plain(&say(name), width);
    let row = |line: &CauseLine| Row {
        id: line.cause.says().to_owned(),
        title: words::cause(line.cause),
        cells: vec![
            html! { (words::cause(line.cause)) },
            signed(line.amount),
            html! { (line.scenarios) },
            html! { span.muted { (words::cause_means(line.cause)) } },
        ],
        ..Row::default()
    };
    let all = Row {
        id: "all".to_owned(),
        title: say("moved-in-all"),
        cells: vec![
            html! { strong { (say("moved-in-all")) } },
            signed(view.now - view.before),
            html! { (view.scenarios.len()) },
            html! { span.muted { (short_money(view.before)) " → " (short_money(view.now)) " " (view.currency) } },
        ],
        ..Row::default()
    };
    Table {
        id: "causes".to_owned(),
        caption: say("moved-causes-caption"),
        action: "/risk/moved".to_owned(),
        columns: vec![
            column("moved-cause", Width::Fit),
            column("moved-change", Width::Figures),
            column("risk-scenarios", Width::Figures),
            Column::plain("", Width::Fill),
        ],
        rows: view.causes.iter().map(row).chain([all]).collect(),
        ..Table::default()
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
    let column = |name, width| Column::plain(&say(name), width);
    Table {
        id: "moved".to_owned(),
        caption: say("moved-caption"),
        action: "/risk/moved".to_owned(),
        columns: vec![
            column("scenarios-what", Width::Fit),
            column("column-system", Width::Fit),
            column("moved-then", Width::Figures),
            column("moved-now", Width::Figures),
            column("moved-change", Width::Figures),
            column("moved-because", Width::Fill),
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
    html! { @match loss { Some(loss) => (short_money(loss)), None => span.muted { (say("moved-not-in-force")) } } }
}

/// The cause that moved it most, and the control behind it; the scenario's own page has all of them.
fn because(line: &MovedScenario) -> Markup {
    let most = line.causes.iter().max_by(|a, b| a.amount.abs().total_cmp(&b.amount.abs()));
    html! {
        @match most {
            None => span.muted { (say("moved-nothing")) },
            Some(share) => {
                (words::cause(share.cause)) " " (signed(share.amount))
                @if let Some(moved) = line.moved.first() {
                    @let (share, before, now) = shown::driver(moved);
                    "; " span title=(shown::why_text(moved)) { (shown::control(&moved.now.control)) " " (share) " " (percent(before)) " → " (percent(now)) }
                    @if line.moved.len() > 1 { " " span.muted { (Words::of("and-more").with("count", line.moved.len() - 1)) } }
                }
            },
        }
    }
}
