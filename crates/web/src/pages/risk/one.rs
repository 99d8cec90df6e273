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
use axum::extract::{Path, State};
use maud::{Markup, html};
use warrant_model::time::day;
use warrant_service::risk::{ControlShare, FindingWorth, ScenarioView};

pub(super) async fn page(State(app): State<App>, who: Who, Path(id): Path<String>) -> Answer {
    let view = app.service.risk_of_scenario(&who.actor, &id).await?;
    let actions = html! {
        a.button href=(safe(&record_href("scenario", &view.line.id))) { "The record" }
        a.button href=(safe(&editor::address(&view.line.id))) { "Estimate anew" }
    };
    let over = [
        Link::new("Risk", "/risk"),
        Link::new(&view.line.system_name, record_href("system", &view.line.system)),
    ];
    // What is tolerated is a limit for all scenarios together.
    let drawn = ExceedanceCurve {
        tolerance: Vec::new(),
        ..curve("What a year of this scenario may cost", &view.report)
    };
    let main = html! {
        (shell::heading(&over, &view.line.title, lead(&view), actions))
        div.columns.pair {
            div { (exceedance(&drawn)) }
            (section("Since a month ago", html! {}, since(&view)))
        }
        (treatment::told(&view.line, &view.currency))
        (section("Bad years", html! {}, tolerated::bad_years(&view.report)))
        (section("What stands in its way", html! {}, html! { (steps(&view)) (controls(&view)) }))
        (section("What findings cost", html! { (thousands(view.findings_in_all as i64)) }, findings(&view, &who.csrf)))
        p.muted { (shown::second_opinion(&view.report)) }
    };
    Page::new(&view.line.title, Place::Programme, "/risk")
        .guided_by("/risk/scenario")
        .with(&app, &who, main)
        .await
}

fn lead(view: &ScenarioView) -> Markup {
    let figures = &view.line.figures;
    let kept = view.bare - figures.ale;
    html! {
        strong { (short_money(figures.ale)) " " (view.currency) " a year" } " is to be expected; some loss comes in "
        (small_percent(figures.any_loss)) " of years. Without controls it would be " (short_money(view.bare)) " "
        (view.currency) ": what is in place keeps " strong { (short_money(kept)) } " away."
    }
}

/// By how much it moved, and why.
fn since(view: &ScenarioView) -> Markup {
    let Some(then) = &view.then else {
        return html! { p.muted { "The system was not recorded yet a month ago." } };
    };
    let change = view.line.figures.ale - then.ale;
    html! {
        p {
            "With the controls as they stood on " (day(then.at)) " it would be "
            strong { (short_money(then.ale)) " " (view.currency) }
            @if change.abs() < 0.5 { ": nothing moved." }
            @else if change < 0.0 { ": " strong { (short_money(-change)) " less" } " today, because" }
            @else { ": " strong { (short_money(change)) " more" } " today, because" }
        }
        @if change.abs() >= 0.5 {
            ul.reasons { @for moved in then.moved.iter().filter(|moved| shown::tells(moved)).take(8) { li { (shown::control(&moved.now.control)) " " (shown::why_text(moved)) } } }
        }
    }
}

fn steps(view: &ScenarioView) -> Markup {
    let list = |ids: &[String]| {
        html! {
            @if ids.is_empty() { span.muted { "nothing" } }
            @for (nth, id) in ids.iter().enumerate() { @if nth > 0 { ", " } (shown::control(id)) }
        }
    };
    html! {
        @if view.steps.is_empty() {
            (none("scenario-no-steps"))
        } @else {
            ol.reasons {
                @for step in &view.steps {
                    li { strong { (step.technique) } " — stopped by " (list(&step.stopped_by)) "; noticed by " (list(&step.noticed_by)) }
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
        caption: "Controls in its way".to_owned(),
        columns: vec![
            Column::plain("Control", Width::Fit),
            Column::plain(&format!("Keeps away, {} a year", view.currency), Width::Figures),
            Column::plain("Performs", Width::Figures),
            Column::plain("= stops", Width::Figures),
            Column::plain("× in place", Width::Figures),
            Column::plain("× left by findings", Width::Figures),
            Column::plain("× works", Width::Figures),
            Column::plain("Because", Width::Fill),
        ],
        rows: view.controls.iter().map(row).collect(),
        ..Table::default()
    };
    html! {
        (crate::look::table::table(&table))
        p.muted { "The amounts are fair shares (Shapley) of what all controls together keep away, and add up to it." }
    }
}

fn because(share: &ControlShare) -> String {
    let standing = &share.standing;
    format!("{}; {} open findings on {} targets", standing.in_place_because, standing.open, standing.targets)
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
            html! { a href=(what_if::href(&finding.id)) title="What if it were closed" { (short_money(finding.worth)) } },
        ],
        ..Row::default()
    };
    let bulk = Bulk {
        action: "/risk/what-if".to_owned(),
        csrf: csrf.to_owned(),
        verbs: vec![Verb::new("what-if", "What if closed").on('w')],
        ..Bulk::default()
    };
    let table = Table {
        id: "findings".to_owned(),
        caption: "Findings on its controls".to_owned(),
        columns: vec![
            Column::plain("Severity", Width::Fit),
            Column::plain("Finding", Width::Fill),
            Column::plain("Target", Width::Fit),
            Column::plain(&format!("Closing it spares, {} a year", view.currency), Width::Figures),
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
                (thousands(view.findings_in_all as i64)) " open findings bear on its controls. Each amount is for closing it alone; select several to see them together."
                @if view.findings_in_all > shown { span.muted { " The dearest " (shown) " are shown." } }
            }
            (crate::look::table::table(&table))
        }
    }
}
