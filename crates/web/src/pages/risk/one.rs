//! One scenario: its year, what stands in its way, what each finding costs, what moved in a month.

use super::{curve, editor, shown, tolerated, treatment, what_if};
use crate::error::Answer;
use crate::list::encoded;
use crate::look::Link;
use crate::look::badge;
use crate::look::chart::{ExceedanceCurve, exceedance};
use crate::look::empty::none;
use crate::look::figure::{percent, short_money, small_percent, thousands};
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::table::{Bulk, Column, Row, Table, Verb, Width};
use crate::page::Page;
use crate::pages::sources::record_href;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use maud::{Markup, html};
use warrant_model::time::day;
use warrant_service::risk::{ControlShare, FindingWorth, ScenarioView};

pub(super) async fn page(State(app): State<App>, who: Who, Path(id): Path<String>) -> Answer {
    let view = app.service.risk_of_scenario(&who.actor, &id).await?;
    let actions = html! {
        a.button href=(safe(&record_href("scenario", &view.line.id))) { (say("scenario-record")) }
        a.button href=(safe(&editor::address(&view.line.id))) { (say("scenario-estimate")) }
    };
    let over = [
        Link::new(say("risk-title"), "/risk"),
        Link::new(&view.line.system_name, record_href("system", &view.line.system)),
    ];
    // What is tolerated is a limit for all scenarios together.
    let drawn = ExceedanceCurve { tolerance: Vec::new(), ..curve(&say("scenario-curve"), &view.report) };
    let main = html! {
        (shell::heading(&over, &view.line.title, lead(&view), actions))
        div.columns.pair {
            div { (exceedance(&drawn)) }
            (section(&say("scenario-since"), html! {}, since(&view)))
        }
        (treatment::told(&view.line, &view.currency))
        (section(&say("risk-bad-years"), html! {}, tolerated::bad_years(&view.report)))
        (section(&say("scenario-in-its-way"), html! {}, html! { (steps(&view)) (controls(&view)) }))
        (section(&say("scenario-findings"), html! { (thousands(view.findings_in_all as i64)) }, findings(&view, &who.csrf)))
        p.muted { (shown::second_opinion(&view.report)) }
    };
    Page::new(&view.line.title, Place::Programme, "/risk")
        .in_the_chosen_language()
        .guided_by("/risk/scenario")
        .with(&app, &who, main)
        .await
}

fn lead(view: &ScenarioView) -> Markup {
    let figures = &view.line.figures;
    let kept = view.bare - figures.ale;
    let year =
        Words::of("risk-year").with("amount", short_money(figures.ale)).with("currency", &view.currency);
    let lead = Words::of("scenario-lead")
        .with("share", small_percent(figures.any_loss))
        .with("bare", short_money(view.bare))
        .with("currency", &view.currency)
        .around("year", html! { strong { (year) } })
        .around("kept", html! { strong { (short_money(kept)) } });
    html! { (lead) }
}

/// By how much it moved, and why.
fn since(view: &ScenarioView) -> Markup {
    let Some(then) = &view.then else {
        return html! { p.muted { (say("scenario-not-recorded")) } };
    };
    let change = view.line.figures.ale - then.ale;
    let said = Words::of(if change.abs() < 0.5 { "scenario-then-same" } else { "scenario-then" })
        .with("day", day(then.at))
        .around("then", html! { strong { (short_money(then.ale)) " " (view.currency) } })
        .around("change", html! { strong { (editor::by(change)) } });
    html! {
        p { (said) }
        @if change.abs() >= 0.5 {
            ul.reasons { @for moved in then.moved.iter().filter(|moved| shown::tells(moved)).take(8) { li { (shown::control(&moved.now.control)) " " (shown::why_text(moved)) } } }
        }
    }
}

fn steps(view: &ScenarioView) -> Markup {
    let list = |ids: &[String]| {
        html! {
            @if ids.is_empty() { span.muted { (say("scenario-nothing")) } }
            @for (nth, id) in ids.iter().enumerate() { @if nth > 0 { ", " } (shown::control(id)) }
        }
    };
    html! {
        @if view.steps.is_empty() {
            (none("scenario-no-steps"))
        } @else {
            ol.reasons {
                @for step in &view.steps {
                    li { (Words::of("scenario-step").around("technique", html! { strong { (step.technique) } }).around("stopped", list(&step.stopped_by)).around("noticed", list(&step.noticed_by))) }
                }
            }
        }
    }
}

fn controls(view: &ScenarioView) -> Markup {
    if view.controls.is_empty() {
        return html! {};
    }
    let row = |share: &ControlShare| {
        let standing = &share.standing;
        Row {
            id: standing.control.clone(),
            cells: vec![
                shown::control(&standing.control),
                html! { (short_money(share.share)) },
                html! { (percent(standing.performance())) },
                html! { span title=(standing.word) { (percent(standing.efficacy)) } },
                html! { (percent(standing.in_place)) },
                html! { (percent(standing.left)) },
                html! { (percent(standing.reliability())) },
                html! { span.muted title=(because(share)) { (because(share)) } },
            ],
            ..Row::default()
        }
    };
    let table = Table {
        id: "controls".to_owned(),
        caption: say("scenario-controls-caption"),
        columns: vec![
            Column::plain(&say("scenario-control"), Width::Fit),
            Column::plain(
                &Words::of("scenario-keeps-away").with("currency", &view.currency).said(),
                Width::Figures,
            ),
            Column::plain(&say("scenario-performs"), Width::Figures),
            Column::plain(&say("scenario-stops"), Width::Figures),
            Column::plain(&say("scenario-x-in-place"), Width::Figures),
            Column::plain(&say("scenario-x-left"), Width::Figures),
            Column::plain(&say("scenario-x-works"), Width::Figures),
            Column::plain(&say("moved-because"), Width::Fill),
        ],
        rows: view.controls.iter().map(row).collect(),
        ..Table::default()
    };
    html! {
        (crate::look::table::table(&table))
        p.muted { (say("scenario-shares-note")) }
    }
}

fn because(share: &ControlShare) -> String {
    let standing = &share.standing;
    Words::of("scenario-because")
        .with("because", &standing.in_place_because)
        .with("open", standing.open)
        .with("targets", standing.targets)
        .said()
}

fn findings(view: &ScenarioView, csrf: &str) -> Markup {
    let shown = view.findings.len();
    let row = |finding: &FindingWorth| Row {
        id: finding.id.clone(),
        title: finding.title.clone(),
        href: format!("/findings/{}", encoded(&finding.id)),
        cells: vec![
            badge::severity(finding.severity),
            html! { (finding.title) },
            html! { (finding.target) },
            html! { a href=(what_if::href(&finding.id)) title=(say("scenario-what-if")) { (short_money(finding.worth)) } },
        ],
        ..Row::default()
    };
    let bulk = Bulk {
        action: "/risk/what-if".to_owned(),
        csrf: csrf.to_owned(),
        verbs: vec![Verb::new("what-if", say("scenario-what-if-closed")).on('w')],
        ..Bulk::default()
    };
    let table = Table {
        id: "findings".to_owned(),
        caption: say("scenario-findings-caption"),
        columns: vec![
            Column::plain(&say("column-severity"), Width::Fit),
            Column::plain(&say("column-finding"), Width::Fill),
            Column::plain(&say("column-target"), Width::Fit),
            Column::plain(
                &Words::of("scenario-spares").with("currency", &view.currency).said(),
                Width::Figures,
            ),
        ],
        rows: view.findings.iter().map(row).collect(),
        bulk: Some(bulk),
        ..Table::default()
    };
    html! {
        @if view.findings.is_empty() {
            (none("scenario-no-findings"))
        } @else {
            p {
                (Words::of("scenario-findings-lead").with("count", view.findings_in_all))
                @if view.findings_in_all > shown { " " span.muted { (Words::of("scenario-dearest").with("count", shown)) } }
            }
            (crate::look::table::table(&table))
        }
    }
}
