//! What if: some findings closed, and the curves of scenario, system, unit and organisation beside today's.

use super::{beside, scenarios, shown};
use crate::error::{Answer, PageError};
use crate::list::encoded;
use crate::look::Link;
use crate::look::badge;
use crate::look::chart::exceedance;
use crate::look::empty::{Empty, empty};
use crate::look::figure::{percent, short_money, thousands};
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::table::{Column, Row, Table, Width};
use crate::page::Page;
use crate::posted::{Posted, decoded};
use crate::server::App;
use crate::session::Who;
use crate::words::Words;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use warrant_service::risk::{Report, Shift, ShiftScope, WhatIf};

/// The most findings of one address.
const MOST: usize = 200;

/// Sends the rows that were selected to the page that answers.
pub(super) async fn post(posted: Posted) -> Answer {
    let ids: Vec<String> = posted.all("row").iter().take(MOST).map(|id| encoded(id)).collect();
    Ok(Redirect::to(&format!("/risk/what-if?finding={}", ids.join("&finding="))).into_response())
}

/// The address for one finding.
pub(in crate::pages) fn href(finding: &str) -> String {
    format!("/risk/what-if?finding={}", encoded(finding))
}

pub(super) async fn page(State(app): State<App>, who: Who, RawQuery(query): RawQuery) -> Answer {
    let query = query.unwrap_or_default();
    let named = query.split('&').filter_map(|pair| pair.strip_prefix("finding=")).filter(|id| !id.is_empty());
    let ids: Vec<String> = named.map(decoded).collect();
    if ids.len() > MOST {
        let words = Words::of("error-too-many").with("count", ids.len()).with("most", MOST);
        return Err(PageError::Refused(words));
    }
    let view = app.service.what_if_closed(&who.actor, &ids).await?;
    let over = [Link::new("Risk", "/risk")];
    let title = match view.findings.as_slice() {
        [one] => format!("If “{}” were closed", one.title),
        many => format!("If {} findings were closed", thousands(many.len() as i64)),
    };
    let main = html! {
        (shell::heading(&over, &title, lead(&view), html! {}))
        @if view.shifts.is_empty() { (nothing(&view)) }
        @else {
            (curves(&view))
            (section("By how much", html! {}, by_how_much(&view)))
            (section("Why", html! {}, why(&view)))
        }
        (section("Taken as closed", html! { (thousands(view.findings.len() as i64)) }, findings(&view)))
    };
    Page::new("What if", Place::Programme, "/risk").guided_by("/risk/what-if").with(&app, &who, main).await
}

fn lead(view: &WhatIf) -> Markup {
    html! {
        @match view.shifts.first() {
            None => "No expected loss would change.",
            Some(all) => {
                "A year would cost " strong { (short_money(all.spared())) " " (view.currency) " less" } ": "
                (short_money(all.then.total.ale)) " instead of " (short_money(all.now.total.ale)) "."
            },
        }
    }
}

fn nothing(view: &WhatIf) -> Markup {
    let view = match view.findings.is_empty() {
        true => Empty::of("what-if-none-open"),
        false => Empty::of("what-if-none-moves"),
    };
    empty(&view.first("/risk").second("/records/scenario/new"))
}

/// The widest and the narrowest: the organisation, and the scenario that spares most.
fn curves(view: &WhatIf) -> Markup {
    let all = view.shifts.first();
    let dearest = view.shifts.iter().find(|shift| matches!(shift.scope, ShiftScope::Scenario { .. }));
    html! {
        div.columns.pair {
            @for shift in [dearest, all].into_iter().flatten() {
                div { (exceedance(&beside(name(shift), &view.currency, &shift.now, &shift.then, "If closed"))) }
            }
        }
    }
}

fn name(shift: &Shift) -> &str {
    match shift.scope {
        ShiftScope::Organisation => "The organisation",
        _ => &shift.name,
    }
}

fn by_how_much(view: &WhatIf) -> Markup {
    let column = Column::plain;
    let bad = |report: &Report| {
        let level = report.total.levels.iter().find(|level| level.level >= 0.95);
        short_money(level.map_or(0.0, |level| level.var.estimate))
    };
    let row = |shift: &Shift| Row {
        cells: vec![
            html! {
                @match &shift.scope {
                    ShiftScope::Organisation => "The organisation",
                    ShiftScope::Unit { id } => a href=(format!("/risk?unit={}", encoded(id))) { (shift.name) },
                    ShiftScope::System { id } => (scenarios::system(id, &shift.name)),
                    ShiftScope::Scenario { id } => a href=(format!("/risk/{}", encoded(id))) { (shift.name) },
                }
            },
            html! { (match shift.scope {
                ShiftScope::Organisation => "all",
                ShiftScope::Unit { .. } => "unit",
                ShiftScope::System { .. } => "system",
                ShiftScope::Scenario { .. } => "scenario",
            }) },
            html! { (short_money(shift.now.total.ale)) },
            html! { (short_money(shift.then.total.ale)) },
            html! { strong { "−" (short_money(shift.spared())) } },
            html! { (bad(&shift.now)) " → " (bad(&shift.then)) },
        ],
        ..Row::default()
    };
    crate::look::table::table(&Table {
        id: "shifts".to_owned(),
        caption: "Years before and after".to_owned(),
        columns: vec![
            column("Whose year", Width::Fill),
            column("", Width::Fit),
            column(&format!("Expected now, {}", view.currency), Width::Figures),
            column("If closed", Width::Figures),
            column("Spares", Width::Figures),
            column("1 year in 20", Width::Figures),
        ],
        rows: view.shifts.iter().map(row).collect(),
        ..Table::default()
    })
}

fn why(view: &WhatIf) -> Markup {
    html! {
        ul.reasons {
            @for (_, moved) in view.moved.iter().take(12) {
                li {
                    (shown::control(&moved.now.control)) " would perform " strong { (percent(moved.now.performance())) }
                    " instead of " (percent(moved.before.performance())) ": open findings on it "
                    (thousands(moved.before.open as i64)) " → " (thousands(moved.now.open as i64))
                    ", left of its work " (percent(moved.before.left)) " → " (percent(moved.now.left))
                }
            }
            @if view.moved.len() > 12 { li.muted { (view.moved.len() - 12) " more controls" } }
        }
        p.muted { "Reliability stays as it was: it follows from how often findings opened in the last year and how long they stayed." }
    }
}

fn findings(view: &WhatIf) -> Markup {
    let column = Column::plain;
    let row = |finding: &warrant_model::finding::Finding| Row {
        id: finding.id.clone(),
        title: finding.title.clone(),
        href: format!("/findings/{}", encoded(&finding.id)),
        cells: vec![badge::severity(finding.severity), html! { (finding.title) }, html! { (finding.target) }],
        ..Row::default()
    };
    let table = Table {
        id: "closed".to_owned(),
        caption: "Findings taken as closed".to_owned(),
        columns: vec![
            column("Severity", Width::Fit),
            column("Finding", Width::Fill),
            column("Target", Width::Fit),
        ],
        rows: view.findings.iter().map(row).collect(),
        ..Table::default()
    };
    html! {
        @if !view.findings.is_empty() { (crate::look::table::table(&table)) }
        @if !view.not_open.is_empty() { p.muted { (thousands(view.not_open.len() as i64)) " of those named are not open and change nothing." } }
    }
}
