//! Risk: what a year may cost, by scenario, beside what is tolerated.

mod brief;
mod budget;
mod calibration;
mod compare;
mod editor;
mod known;
mod moved;
mod of_system;
mod one;
mod owasp;
mod placed;
mod portfolio;
mod register;
mod scenarios;
mod shown;
mod tolerated;
mod treatment;
mod what_if;
mod words;

use crate::error::Answer;
use crate::file;
use crate::list::{ListAddress, encoded};
use crate::look::Link;
use crate::look::chart::{Bar, Bars, CurvePoint, ExceedanceCurve, bars, exceedance};
use crate::look::empty::{Empty, empty};
use crate::look::figure::short_money;
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::words::english;
use crate::page::Page;
use crate::pages::sources::record_href;
use crate::past::{self, last_instant};
use crate::server::App;
use crate::session::Who;
use crate::waiting::{Patient, Soon};
use crate::words::{Words, say};
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::routing::get;
use maud::{Markup, html};
use warrant_service::risk::{
    Deciding, LeftOut, Report, RiskOverview, RiskScope, RiskView, UnitTolerance, Verdict,
};
use warrant_service::tables::TableFormat;

pub(super) use of_system::of_system;
pub(super) use what_if::href as what_if_href;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/risk", get(page))
        .route("/risk.csv", get(csv))
        .route("/risk.xlsx", get(xlsx))
        .route("/risk/document.html", get(brief::html))
        .route("/risk/document.docx", get(brief::docx))
        .route("/risk/moved", get(moved::page))
        .route("/risk/what-if", get(what_if::page).post(what_if::post))
        .route("/risk/register", get(register::page))
        .route("/risk/register.csv", get(register::csv))
        .route("/risk/register.xlsx", get(register::xlsx))
        .route("/risk/portfolio", get(portfolio::page))
        .route("/risk/portfolio/plan.json", get(portfolio::plan_file))
        .route("/risk/portfolio/portfolio.toml", get(portfolio::input_file))
        .route("/risk/compare", get(compare::page).post(compare::post))
        .route("/risk/compare.csv", get(compare::csv))
        .route("/risk/compare.xlsx", get(compare::xlsx))
        .route("/risk/editor", get(editor::new).post(editor::create))
        .route("/risk/editor/{id}", get(editor::edit).post(editor::update))
        .route("/risk/calibration", get(calibration::page))
        .route("/risk/{id}", get(one::page))
        .merge(budget::routes())
}

async fn page(State(app): State<App>, who: Who, list: ListAddress, headers: HeaderMap) -> Answer {
    let (service, actor, asked) = (app.service.clone(), who.actor.clone(), scope(&list));
    let as_of = past::as_of(&app, &list)?;
    let work = async move {
        match as_of {
            None => service.risk_overview(&actor, &asked).await.map(Told::Now),
            Some(date) => service.risk_at(&actor, &asked, last_instant(date)).await.map(Told::Then),
        }
    };
    let patient = Patient {
        app: &app,
        who: &who,
        headers: &headers,
        list: &list,
        title: &say("risk-title"),
        here: "/risk",
    };
    let (view, units, beside, known) = match patient.wait(work).await? {
        Soon::Here(Told::Now(RiskOverview { view, units, beside, known })) => {
            (view, units, beside, Some(known))
        }
        // What is known, and what units tolerate, is as it is now.
        Soon::Here(Told::Then(view)) => (view, Vec::new(), Vec::new(), None),
        Soon::Later(page) => return Ok(page),
    };
    let unit = units.iter().find(|unit| unit.id == list.get("unit"));
    let title =
        unit.map_or_else(|| say("risk-title"), |unit| Words::of("risk-of").with("unit", &unit.name).said());
    let moved = Link::new(say("risk-moved"), moved::href(&list));
    let actions = html! {
        @if view.report.is_some() {
            @if as_of.is_none() { a.button href=(safe(&moved.href)) { (moved.title) } }
            a.button href=(list.at("/risk/register")) { (say("risk-register")) }
            @if as_of.is_none() {
                a.button href="/risk/calibration" { (say("risk-calibration")) }
                a.button href="/risk/portfolio" { (say("risk-portfolio")) }
                (brief::links(&list))
            }
        }
        @if as_of.is_none() { a.button.primary href="/risk/editor" { (say("risk-add")) } }
    };
    let main = match &view.report {
        None => html! {
            (shell::heading(&[], &title, html! { (say("risk-not-in-force")) }, actions))
            @if as_of.is_none() { (empty(&Empty::of("risk-none").first("/risk/editor").second("/records/scenario"))) }
            (left_out(&view.left_out))
        },
        Some(report) => html! {
            (shell::heading(&[], &title, html! { (lead(&view, report, &beside)) @if as_of.is_some() { " " (say("register-as-of")) } }, actions))
            div.columns.pair {
                div { (exceedance(&curve(&say("risk-curve"), report))) }
                div { (by_scenario(&view, report)) }
            }
            (section(&say("risk-scenarios"), html! { (view.scenarios.len()) }, crate::look::table::table(&scenarios::table(&list, &view, &units))))
            (section(&say("risk-bad-years"), html! {}, tolerated::bad_years(report)))
            @if !report.tolerance.is_empty() {
                (section(&say("risk-tolerated"), html! {}, tolerated::points(report)))
                @if let Some(known) = &known { (section(&say("risk-known"), html! {}, known::points(known))) }
            }
            @if unit.is_none() && !beside.is_empty() { (section(&say("risk-units"), html! { (beside.len()) }, tolerated::units(&beside, &view.currency))) }
            (left_out(&view.left_out))
            (shown::provenance(&view, report))
        },
    };
    let title = say("risk-title");
    let mut page = Page::new(&title, Place::Programme, "/risk").in_the_chosen_language();
    page.day = Some(past::control(&app, &list, "scenario", as_of).await?);
    page.with(&app, &who, main).await
}

/// The page's figures.
enum Told {
    Now(RiskOverview),
    Then(RiskView),
}

/// Whose scenarios an address asks for.
fn scope(list: &ListAddress) -> RiskScope {
    match (list.some("system"), list.some("unit")) {
        (Some(system), _) => RiskScope::System(system),
        (None, Some(unit)) => RiskScope::Unit(unit),
        (None, None) => RiskScope::Organisation,
    }
}

async fn csv(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    export(&app, &who, &list, TableFormat::Csv).await
}

async fn xlsx(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    export(&app, &who, &list, TableFormat::Xlsx).await
}

async fn export(app: &App, who: &Who, list: &ListAddress, format: TableFormat) -> Answer {
    let view = match past::as_of(app, list)? {
        None => app.service.risk(&who.actor, &scope(list)).await?,
        Some(date) => app.service.risk_at(&who.actor, &scope(list), last_instant(date)).await?,
    };
    let table = app.service.risk_table(&view.currency, &scenarios::chosen(list, &view));
    Ok(file::table("risk", format, app.service.written(&table, format)?))
}

/// Two sentences: what to expect, and how bad a bad year is.
fn lead(view: &RiskView, report: &Report, units: &[UnitTolerance]) -> Markup {
    let currency = &view.currency;
    let worst = report.total.levels.iter().find(|level| level.level >= 0.95);
    let over = units.iter().filter(|unit| unit.verdict == Verdict::Exceeds).count();
    let open = view.scenarios.iter().filter(|line| line.decision.deciding != Deciding::InForce).count();
    let beyond = report.tolerance.iter().filter(|answer| answer.verdict == Verdict::Exceeds).count();
    let year =
        Words::of("risk-year").with("amount", short_money(report.total.ale)).with("currency", &**currency);
    let lead = match worst {
        None => Words::of("risk-lead")
            .with("count", view.scenarios.len())
            .around("year", html! { strong { (year) } }),
        Some(level) => Words::of("risk-lead-worst")
            .with("count", view.scenarios.len())
            .around("year", html! { strong { (year) } })
            .around("worst", html! { strong { (short_money(level.var.estimate)) " " (currency) } })
            .around("average", html! { strong { (short_money(level.tvar.estimate)) } }),
    };
    let waits = Words::of("risk-lead-open").with("count", open);
    html! {
        (lead) " "
        @if beyond > 0 { (Words::of("risk-lead-beyond").with("count", beyond)) }
        @else if !report.tolerance.is_empty() { (say("risk-lead-within")) }
        @if over > 0 { " " (Words::of("risk-lead-units").with("count", over)) }
        @if open > 0 { " " (Words::of("sentence").around("text", html! { a href="/risk/register" { (waits) } })) }
    }
}

/// A report's curve as it is drawn.
pub(super) fn curve(title: &str, report: &Report) -> ExceedanceCurve {
    let point = |point: &warrant_service::risk::Exceedance| CurvePoint {
        loss: point.loss,
        probability: point.probability.estimate,
        low: point.probability.low,
        high: point.probability.high,
    };
    ExceedanceCurve {
        title: title.to_owned(),
        currency: report.currency.clone(),
        points: report.curve.iter().map(point).collect(),
        tolerance: report.tolerance.iter().map(|a| (a.tolerance.loss, a.tolerance.probability)).collect(),
        ..ExceedanceCurve::default()
    }
}

/// A year as it would be, with the year as it is beside it.
fn beside(title: &str, currency: &str, now: &Report, then: &Report, name: &str) -> ExceedanceCurve {
    let points = |report: &Report| curve(title, report).points;
    ExceedanceCurve {
        title: title.to_owned(),
        currency: currency.to_owned(),
        points: points(then),
        tolerance: Vec::new(),
        name: Some(name.to_owned()),
        beside: Some((say("risk-today"), points(now))),
    }
}

fn by_scenario(view: &RiskView, report: &Report) -> Markup {
    let bar = |line: &warrant_service::risk::ScenarioLine| Bar {
        title: line.title.clone(),
        value: (line.figures.ale / 1_000.0).round(),
        href: Some(format!("/risk/{}", encoded(&line.id))),
        ..Bar::default()
    };
    let drawn = bars(&Bars {
        title: Words::of("risk-by-scenario").with("currency", &view.currency).said(),
        unit: String::new(),
        bars: view.scenarios.iter().take(12).map(bar).collect(),
    });
    html! {
        (drawn)
        p.muted { (Words::of("risk-parts").with("amount", short_money(report.total.ale)).with("currency", &view.currency)) }
    }
}

fn left_out(left_out: &[LeftOut]) -> Markup {
    html! {
        @if !left_out.is_empty() {
            (section(&say("risk-not-counted"), html! { (left_out.len()) }, html! {
                ul {
                    @for left in left_out {
                        li { a href=(safe(&record_href("scenario", &left.id))) { (left.title) } " (" (left.system_name) "): " (english(&left.because)) }
                    }
                }
            }))
        }
    }
}
