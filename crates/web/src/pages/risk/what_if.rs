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
use crate::words::{Words, say};
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
    let over = [Link::new(say("risk-title"), "/risk")];
    let title = match view.findings.as_slice() {
        [one] => Words::of("what-if-one").with("title", &one.title).said(),
        many => Words::of("what-if-many").with("count", many.len()).said(),
    };
    let main = html! {
        (shell::heading(&over, &title, lead(&view), html! {}))
        @if view.shifts.is_empty() { (nothing(&view)) }
        @else {
            (curves(&view))
            (section(&say("what-if-how-much"), html! {}, by_how_much(&view)))
            (section(&say("what-if-why"), html! {}, why(&view)))
        }
        (section(&say("what-if-taken"), html! { (thousands(view.findings.len() as i64)) }, findings(&view)))
    };
    Page::new(&say("what-if-title"), Place::Programme, "/risk")
        .in_the_chosen_language()
        .guided_by("/risk/what-if")
        .with(&app, &who, main)
        .await
}

fn lead(view: &WhatIf) -> Markup {
    let Some(all) = view.shifts.first() else { return html! { (say("what-if-none")) } };
    let less = Words::of("what-if-less").with("amount", short_money(all.spared()));
    let less = less.with("currency", &view.currency);
    let lead = Words::of("what-if-lead")
        .with("then", short_money(all.then.total.ale))
        .with("now", short_money(all.now.total.ale))
        .around("less", html! { strong { (less) } });
    html! { (lead) }
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
                div { (exceedance(&beside(&name(shift), &view.currency, &shift.now, &shift.then, &say("what-if-if-closed")))) }
            }
        }
    }
}

fn name(shift: &Shift) -> String {
    match shift.scope {
        ShiftScope::Organisation => say("what-if-organisation"),
        _ => shift.name.clone(),
    }
}

fn by_how_much(view: &WhatIf) -> Markup {
    let column = |name, width| Column::plain(&say(name), width);
    let bad = |report: &Report| {
        let level = report.total.levels.iter().find(|level| level.level >= 0.95);
        short_money(level.map_or(0.0, |level| level.var.estimate))
    };
    let row = |shift: &Shift| Row {
        cells: vec![
            html! {
                @match &shift.scope {
                    ShiftScope::Organisation => (say("what-if-organisation")),
                    ShiftScope::Unit { id } => a href=(format!("/risk?unit={}", encoded(id))) { (shift.name) },
                    ShiftScope::System { id } => (scenarios::system(id, &shift.name)),
                    ShiftScope::Scenario { id } => a href=(format!("/risk/{}", encoded(id))) { (shift.name) },
                }
            },
            html! { (match shift.scope {
                ShiftScope::Organisation => say("what-if-scope-organisation"),
                ShiftScope::Unit { .. } => say("what-if-scope-unit"),
                ShiftScope::System { .. } => say("what-if-scope-system"),
                ShiftScope::Scenario { .. } => say("what-if-scope-scenario"),
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
        caption: say("what-if-caption"),
        columns: vec![
            column("what-if-whose", Width::Fill),
            Column::plain("", Width::Fit),
            Column::plain(
                &Words::of("what-if-expected").with("currency", &view.currency).said(),
                Width::Figures,
            ),
            column("what-if-if-closed", Width::Figures),
            column("what-if-spares", Width::Figures),
            column("scenarios-in-20", Width::Figures),
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
                    (Words::of("what-if-moved")
                        .with("now", percent(moved.before.performance()))
                        .with("open", moved.before.open)
                        .with("open_then", moved.now.open)
                        .with("left", percent(moved.before.left))
                        .with("left_then", percent(moved.now.left))
                        .around("control", shown::control(&moved.now.control))
                        .around("then", html! { strong { (percent(moved.now.performance())) } }))
                }
            }
            @if view.moved.len() > 12 { li.muted { (Words::of("what-if-more-controls").with("count", view.moved.len() - 12)) } }
        }
        p.muted { (say("what-if-note")) }
    }
}

fn findings(view: &WhatIf) -> Markup {
    let column = |name, width| Column::plain(&say(name), width);
    let row = |finding: &warrant_model::finding::Finding| Row {
        id: finding.id.clone(),
        title: finding.title.clone(),
        href: format!("/findings/{}", encoded(&finding.id)),
        cells: vec![badge::severity(finding.severity), html! { (finding.title) }, html! { (finding.target) }],
        ..Row::default()
    };
    let table = Table {
        id: "closed".to_owned(),
        caption: say("what-if-closed"),
        columns: vec![
            column("column-severity", Width::Fit),
            column("column-finding", Width::Fill),
            column("column-target", Width::Fit),
        ],
        rows: view.findings.iter().map(row).collect(),
        ..Table::default()
    };
    html! {
        @if !view.findings.is_empty() { (crate::look::table::table(&table)) }
        @if !view.not_open.is_empty() { p.muted { (Words::of("what-if-not-open").with("count", view.not_open.len())) } }
    }
}
