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
use crate::words::{Words, say};
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use maud::{Markup, html};
use warrant_model::Registry;
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
        (shell::heading(&[], say("programme-title"), lead(app.service.registry(), (&units, &dues, &training), day(now)), html! {}))
        ul.figures {
            li { span.caption { (say("column-systems")) } a.value href="/systems" { (thousands(count("system"))) } }
            li { span.caption { (say("column-people")) } a.value href="/records/person" { (thousands(count("person"))) } }
            li { span.caption { (say("stakeholders-title")) } a.value href="/records/stakeholder" { (thousands(count("stakeholder"))) } }
            li { span.caption { (say("tasks-title")) } a.value href="/records/task" { (thousands(count("task"))) } }
            li { span.caption { (say("exceptions-title")) } a.value href="/records/exception" { (thousands(count("exception"))) } }
        }
        (section(&say("units-title"), html! { a href="/records/unit" { (say("all-fields")) } }, units::tree(&units, &heads, &names)))
        (section(&say("calendar-title"), html! { (Words::of("programme-next-days").with("days", AHEAD)) }, calendar::table(app.service.registry(), &address, &dues, (&names, day(now)))))
    };
    Page::new(&say("programme-title"), Place::Programme, "/programme")
        .in_the_chosen_language()
        .with(&app, &who, main)
        .await
}

fn lead(
    kinds: &Registry,
    (units, dues, training): (&[UnitRow], &[Due], &[TrainingRow]),
    today: jiff::civil::Date,
) -> Markup {
    let late = dues.iter().filter(|due| due.day < today).count();
    let next = dues.iter().find(|due| due.day >= today);
    let untrained = training.iter().filter(|row| row.state <= CourseState::Missing).count();
    let severe: u32 = units
        .iter()
        .filter(|unit| unit.depth == 0)
        .map(|unit| unit.deficiencies.critical + unit.deficiencies.high)
        .sum();
    let passed = Words::of("programme-dates-passed").with("count", late);
    let passed = html! { a href="/programme?show=overdue" { (passed) } };
    let dates = Words::of("programme-dates").with("coming", dues.len() - late).with("days", AHEAD);
    let dates = html! { strong { (dates.around("passed", passed)) } };
    let next = next.map_or_else(String::new, |next| {
        let what = calendar::what(kinds, next).to_lowercase();
        let next_day = Words::of("programme-next").with("what", what).with("day", next.day);
        next_day.with("distance", when::distance(next.day, today)).said()
    });
    let courses = Words::of("programme-courses").with("count", untrained);
    let lead = Words::of("programme-lead")
        .with("next", next)
        .with("severe", i64::from(severe))
        .around("dates", dates)
        .around("courses", html! { a href="/programme/training" { (courses) } });
    html! { (lead) }
}
