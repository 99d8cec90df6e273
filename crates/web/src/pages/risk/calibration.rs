//! Calibration: how good the estimates were that risks and budgets rest on, by estimator.

use crate::error::Answer;
use crate::list::encoded;
use crate::look::Link;
use crate::look::badge::{self, Progress};
use crate::look::empty::{Empty, empty, none};
use crate::look::figure::{percent, thousands};
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::table::{Column, Row, Table, Width, table};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use axum::extract::State;
use maud::{Markup, html};
use warrant_service::risk::{Calibrated, Calibration, Chances, Estimator, EstimatorsView, Intervals};

pub(super) async fn page(State(app): State<App>, who: Who) -> Answer {
    let view = app.service.estimators(&who.actor).await?;
    let over = [Link::new("Risk", "/risk")];
    let actions = html! {
        a.button href="/records/estimate" { "All estimates" }
        a.button.primary href="/records/estimate/new" { "Add an estimate" }
    };
    let main = html! {
        (shell::heading(&over, "Calibration", lead(&view), actions))
        @match &view.calibration {
            None => (empty(&Empty::of("calibration-none").first("/records/estimate/new").second("/records/estimate"))),
            Some(calibration) => {
                (section("In words", html! {}, words(calibration)))
                (section("Intervals", html! { "how often they held what turned out" }, intervals(calibration)))
                (section("Chances", html! { "Brier's score: 0 is best, always saying a half gives 0.25" }, chances(calibration)))
                p.muted { "The true share lies in the range of nine in ten (Clopper and Pearson). “Too few to say” stands where being off by 20 points would not have shown. Of two estimators who are both right as often as they say, the one with the narrower intervals knows more." }
            },
        }
        @if !view.overdue.is_empty() { (section("To be known by now", html! { (view.overdue.len()) }, overdue(&view))) }
    };
    Page::new("Calibration", Place::Programme, "/risk")
        .guided_by("/risk/calibration")
        .with(&app, &who, main)
        .await
}

fn lead(view: &EstimatorsView) -> Markup {
    let people = view.calibration.as_ref().map_or(0, |calibration| calibration.estimators.len());
    html! {
        strong { (thousands(view.known as i64)) " estimates" } " of " (people) @if people == 1 { " person" } @else { " people" } " have turned out"
        @if view.lines > 0 { ", " (view.lines) " closed budget " @if view.lines == 1 { "line" } @else { "lines" } " among them" }
        "; " (thousands(view.open as i64)) " are open."
        @if !view.overdue.is_empty() { " " strong { (view.overdue.len()) } " should be known by now." }
    }
}

/// All estimators, each after all together.
fn everybody(calibration: &Calibration) -> impl Iterator<Item = &Estimator> {
    calibration.estimators.iter().chain([&calibration.all])
}

fn name(one: &Estimator) -> Markup {
    html! { @if one.name.is_empty() { strong { "all together" } } @else { (one.name) } }
}

fn words(calibration: &Calibration) -> Markup {
    html! {
        ul.reasons {
            @for one in everybody(calibration) { @for said in &one.says { li { (name(one)) " " (said) "." } } }
        }
    }
}

/// What the figures say.
fn verdict(said: Calibrated) -> Markup {
    match said {
        Calibrated::Fits => badge::state("fits", Progress::Done),
        Calibrated::TooNarrow => badge::state("too narrow", Progress::Failed),
        Calibrated::TooWide => badge::state("too wide", Progress::Failed),
        Calibrated::TooLow => badge::state("too low", Progress::Failed),
        Calibrated::TooHigh => badge::state("too high", Progress::Failed),
        Calibrated::TooFewToSay => badge::state("too few to say", Progress::Unknown),
    }
}

fn intervals(calibration: &Calibration) -> Markup {
    let row = |one: &Estimator, told: &Intervals| Row {
        cells: vec![
            name(one),
            html! { (percent(told.confidence)) },
            html! { (told.coverage.held) " of " (told.coverage.of) },
            html! { (percent(told.coverage.share)) },
            html! { (percent(told.coverage.low)) " – " (percent(told.coverage.high)) },
            html! { (told.below) },
            html! { (told.above) },
            html! { @match told.median_ratio { Some(ratio) => (format!("{ratio:.1} times")), None => span.muted { "–" } } },
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
        caption: "Intervals".to_owned(),
        columns: vec![
            Column::plain("Estimator", Width::Fill),
            Column::plain("Said to be sure", Width::Figures),
            Column::plain("Held", Width::Figures),
            Column::plain("Share", Width::Figures),
            Column::plain("True share", Width::Figures),
            Column::plain("Below", Width::Figures),
            Column::plain("Above", Width::Figures),
            Column::plain("High is", Width::Figures),
            Column::plain("Answer", Width::Fit),
        ],
        rows,
        ..Table::default()
    })
}

fn chances(calibration: &Calibration) -> Markup {
    let row = |one: &Estimator, told: &Chances| Row {
        cells: vec![
            name(one),
            html! { (told.count) },
            html! { (percent(told.said)) },
            html! { (told.happened) " of " (told.count) },
            html! { (format!("{:.3}", told.brier)) },
            html! { (format!("{:.3}", told.reliability)) },
            html! { (format!("{:.3}", told.resolution)) },
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
        caption: "Chances".to_owned(),
        columns: vec![
            Column::plain("Estimator", Width::Fill),
            Column::plain("Chances", Width::Figures),
            Column::plain("Said on average", Width::Figures),
            Column::plain("Came about", Width::Figures),
            Column::plain("Brier", Width::Figures),
            Column::plain("Off by (reliability)", Width::Figures),
            Column::plain("Tells apart (resolution)", Width::Figures),
            Column::plain("Answer", Width::Fit),
        ],
        rows,
        ..Table::default()
    })
}

fn overdue(view: &EstimatorsView) -> Markup {
    html! {
        ul.reasons {
            @for (id, title, day) in view.overdue.iter().take(20) {
                li { a href=(safe(&format!("/records/estimate/{}", encoded(id)))) { (title) } " " span.muted { "by " (day) } }
            }
        }
    }
}
