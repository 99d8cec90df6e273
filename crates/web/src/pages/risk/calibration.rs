//! Calibration: how good the estimates were that risks and budgets rest on, by estimator.

use crate::error::Answer;
use crate::list::encoded;
use crate::look::Link;
use crate::look::badge::{self, Progress};
use crate::look::empty::{Empty, empty, none};
use crate::look::figure::{decimals, percent};
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::table::{Column, Row, Table, Width, table};
use crate::look::words::english;
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::State;
use maud::{Markup, html};
use warrant_service::risk::{Calibrated, Calibration, Chances, Estimator, EstimatorsView, Intervals};

pub(super) async fn page(State(app): State<App>, who: Who) -> Answer {
    let view = app.service.estimators(&who.actor).await?;
    let over = [Link::new(say("risk-title"), "/risk")];
    let actions = html! {
        a.button href="/records/estimate" { (say("calibration-all")) }
        a.button.primary href="/records/estimate/new" { (say("calibration-add")) }
    };
    let main = html! {
        (shell::heading(&over, say("calibration-title"), lead(&view), actions))
        @match &view.calibration {
            None => (empty(&Empty::of("calibration-none").first("/records/estimate/new").second("/records/estimate"))),
            Some(calibration) => {
                (section(&say("calibration-words"), html! {}, words(calibration)))
                (section(&say("intervals-title"), html! { (say("intervals-aside")) }, intervals(calibration)))
                (section(&say("chances-title"), html! { (say("chances-aside")) }, chances(calibration)))
                p.muted { (say("calibration-note")) }
            },
        }
        @if !view.overdue.is_empty() { (section(&say("calibration-by-now"), html! { (view.overdue.len()) }, overdue(&view))) }
    };
    Page::new(&say("calibration-title"), Place::Programme, "/risk")
        .in_the_chosen_language()
        .guided_by("/risk/calibration")
        .with(&app, &who, main)
        .await
}

fn lead(view: &EstimatorsView) -> Markup {
    let people = view.calibration.as_ref().map_or(0, |calibration| calibration.estimators.len());
    let estimates = Words::of("calibration-estimates").with("count", view.known);
    let lead = match view.lines {
        0 => Words::of("calibration-lead"),
        lines => {
            let lines = Words::of("calibration-lines").with("count", lines).said();
            Words::of("calibration-lead-lines").with("lines", lines)
        }
    };
    let lead = lead
        .with("people", Words::of("calibration-people").with("count", people).said())
        .with("open", view.open)
        .around("estimates", html! { strong { (estimates) } });
    let overdue = html! { strong { (view.overdue.len()) } };
    html! {
        (lead)
        @if !view.overdue.is_empty() { " " (Words::of("calibration-overdue").around("count", overdue)) }
    }
}

/// All estimators, each after all together.
fn everybody(calibration: &Calibration) -> impl Iterator<Item = &Estimator> {
    calibration.estimators.iter().chain([&calibration.all])
}

fn name(one: &Estimator) -> Markup {
    html! { @if one.name.is_empty() { strong { (say("calibration-together")) } } @else { (one.name) } }
}

fn words(calibration: &Calibration) -> Markup {
    html! {
        ul.reasons {
            @for one in everybody(calibration) { @for said in &one.says { li { (name(one)) " " (english(said)) "." } } }
        }
    }
}

/// What the figures say.
fn verdict(said: Calibrated) -> Markup {
    match said {
        Calibrated::Fits => badge::state(&say("calibrated-fits"), Progress::Done),
        Calibrated::TooNarrow => badge::state(&say("calibrated-narrow"), Progress::Failed),
        Calibrated::TooWide => badge::state(&say("calibrated-wide"), Progress::Failed),
        Calibrated::TooLow => badge::state(&say("calibrated-low"), Progress::Failed),
        Calibrated::TooHigh => badge::state(&say("calibrated-high"), Progress::Failed),
        Calibrated::TooFewToSay => badge::state(&say("calibrated-few"), Progress::Unknown),
    }
}

fn intervals(calibration: &Calibration) -> Markup {
    let row = |one: &Estimator, told: &Intervals| Row {
        cells: vec![
            name(one),
            html! { (percent(told.confidence)) },
            html! { (part_of(told.coverage.held, told.coverage.of)) },
            html! { (percent(told.coverage.share)) },
            html! { (percent(told.coverage.low)) " – " (percent(told.coverage.high)) },
            html! { (told.below) },
            html! { (told.above) },
            html! { @match told.median_ratio { Some(ratio) => (Words::of("calibration-times").with("ratio", decimals(ratio, 1))), None => span.muted { "–" } } },
            verdict(told.verdict),
        ],
        ..Row::default()
    };
    let rows: Vec<Row> =
        everybody(calibration).flat_map(|one| one.intervals.iter().map(move |told| row(one, told))).collect();
    if rows.is_empty() {
        return html! { (none("intervals-none")) };
    }
    table(&Table {
        id: "intervals".to_owned(),
        caption: say("intervals-title"),
        columns: vec![
            Column::plain(&say("calibration-estimator"), Width::Fill),
            Column::plain(&say("intervals-sure"), Width::Figures),
            Column::plain(&say("intervals-held"), Width::Figures),
            Column::plain(&say("scenarios-share"), Width::Figures),
            Column::plain(&say("intervals-true-share"), Width::Figures),
            Column::plain(&say("intervals-below"), Width::Figures),
            Column::plain(&say("intervals-above"), Width::Figures),
            Column::plain(&say("intervals-high-is"), Width::Figures),
            Column::plain(&say("column-answer"), Width::Fit),
        ],
        rows,
        ..Table::default()
    })
}

/// So many of so many.
fn part_of(part: usize, all: usize) -> Words {
    Words::of("calibration-of").with("part", part).with("all", all)
}

fn chances(calibration: &Calibration) -> Markup {
    let row = |one: &Estimator, told: &Chances| Row {
        cells: vec![
            name(one),
            html! { (told.count) },
            html! { (percent(told.said)) },
            html! { (part_of(told.happened, told.count)) },
            html! { (decimals(told.brier, 3)) },
            html! { (decimals(told.reliability, 3)) },
            html! { (decimals(told.resolution, 3)) },
            verdict(told.verdict),
        ],
        ..Row::default()
    };
    let told = everybody(calibration).filter_map(|one| Some(row(one, one.chances.as_ref()?)));
    let rows: Vec<Row> = told.collect();
    if rows.is_empty() {
        return html! { (none("chances-none")) };
    }
    table(&Table {
        id: "chances".to_owned(),
        caption: say("chances-title"),
        columns: vec![
            Column::plain(&say("calibration-estimator"), Width::Fill),
            Column::plain(&say("chances-title"), Width::Figures),
            Column::plain(&say("chances-said"), Width::Figures),
            Column::plain(&say("chances-came-about"), Width::Figures),
            Column::plain(&say("chances-brier"), Width::Figures),
            Column::plain(&say("chances-off-by"), Width::Figures),
            Column::plain(&say("chances-tells-apart"), Width::Figures),
            Column::plain(&say("column-answer"), Width::Fit),
        ],
        rows,
        ..Table::default()
    })
}

fn overdue(view: &EstimatorsView) -> Markup {
    html! {
        ul.reasons {
            @for (id, title, day) in view.overdue.iter().take(20) {
                li { a href=(safe(&format!("/records/estimate/{}", encoded(id)))) { (title) } " " span.muted { (Words::of("calibration-by").with("day", *day)) } }
            }
        }
    }
}
