//! The programme: units with their figures, what falls due, people, training.

mod calendar;
mod training;
mod units;

use crate::error::Answer;
use crate::list::ListAddress;
use crate::look::figure::thousands;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::when;
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use maud::{Markup, html};
use warrant_model::time::{day, plus_days};
use warrant_service::programme::{CourseState, Due, TrainingRow, UnitRow};

/// How far ahead the calendar reaches, in days.
const AHEAD: i64 = 60;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/programme", get(page))
        .route("/programme.csv", get(calendar::csv))
        .route("/programme.xlsx", get(calendar::xlsx))
        .route("/programme/training", get(training::page))
        .route("/programme/training.csv", get(training::csv))
        .route("/programme/training.xlsx", get(training::xlsx))
}

async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    let now = app.service.now();
    let units = app.service.unit_tree(&who.actor).await?;
    let dues = app.service.calendar(&who.actor, day(plus_days(now, AHEAD))).await?;
    let training = app.service.training(&who.actor).await?;
    let counts = app.service.kind_counts(&who.actor).await?;
    let count = |kind: &str| counts.get(kind).copied().unwrap_or_default();
    let people: Vec<String> = units.iter().filter_map(|unit| unit.head.clone()).collect();
    let heads = app.service.titles_of(&who.actor, &people).await?;
    let names = app.service.system_names(&who.actor).await?;
    let main = html! {
        (shell::heading(&[], "Programme", lead(&units, &dues, &training, day(now)), html! {}))
        ul.figures {
            li { span.caption { "Systems" } a.value href="/systems" { (thousands(count("system"))) } }
            li { span.caption { "People" } a.value href="/records/person" { (thousands(count("person"))) } }
            li { span.caption { "Stakeholders" } a.value href="/records/stakeholder" { (thousands(count("stakeholder"))) } }
            li { span.caption { "Tasks" } a.value href="/records/task" { (thousands(count("task"))) } }
            li { span.caption { "Exceptions" } a.value href="/records/exception" { (thousands(count("exception"))) } }
        }
        (section("Units", html! { a href="/records/unit" { "all fields" } }, units::tree(&units, &heads, &names)))
        (section("What falls due", html! { "overdue and the next " (AHEAD) " days" }, calendar::table(&address, &dues, &names, day(now))))
    };
    Page::new("Programme", Place::Programme, "/programme").with(&app, &who, main).await
}

fn lead(units: &[UnitRow], dues: &[Due], training: &[TrainingRow], today: jiff::civil::Date) -> Markup {
    let late = dues.iter().filter(|due| due.day < today).count();
    let next = dues.iter().find(|due| due.day >= today);
    let untrained = training.iter().filter(|row| row.state <= CourseState::Missing).count();
    let severe: u32 = units
        .iter()
        .filter(|unit| unit.depth == 0)
        .map(|unit| unit.deficiencies.critical + unit.deficiencies.high)
        .sum();
    html! {
        strong { a href="/programme?show=overdue" { (late) @if late == 1 { " date has" } @else { " dates have" } " passed" } ", " (dues.len() - late) " fall due in the next " (AHEAD) " days" }
        @if let Some(next) = next { "; the next is " (next.what.to_lowercase()) " on " (next.day) " (" (when::distance(next.day, today)) ")" }
        ". " (thousands(i64::from(severe))) " critical or high deficiencies in force; "
        a href="/programme/training" { (untrained) " required courses" } " lapsed or never passed."
    }
}
