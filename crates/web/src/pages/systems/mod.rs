//! Systems: every system with its posture, the worst first.

mod define;
mod dependencies;
mod load;
mod state;
mod table;

pub(super) use load::{Standing, load_at};
pub(super) use state::{Leave, scorecard};

use crate::error::{Answer, PageError};
use crate::file;
use crate::grid::{self, Offered};
use crate::list::ListAddress;
use crate::look::figure::thousands;
use crate::look::shell::{self, Place};
use crate::page::Page;
use crate::past::{self, last_instant};
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, html};
use warrant_model::scope::Role;
use warrant_service::tables::TableFormat;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/systems", get(page))
        .route("/systems/new", get(define::page).post(define::create))
        .route("/systems/dependencies", get(dependencies::page))
        .route("/systems/dependencies.csv", get(dependencies::csv))
        .route("/systems/dependencies.xlsx", get(dependencies::xlsx))
        .route("/systems.csv", get(csv))
        .route("/systems.xlsx", get(xlsx))
}

async fn page(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    let as_of = past::as_of(&app, &list)?;
    let systems = load::load_at(&app, &who, as_of).await?;
    let now = as_of.map_or(app.service.now(), last_instant);
    let view = table::view(&list, &systems, (now, as_of));
    let offered = Offered::new("/systems", &table::COLUMNS.map(|(key, _)| key), table::COLUMNS.len());
    let view = grid::arrange(&app, &who, &list, &offered, view).await?;
    let new = html! {
        @if as_of.is_none() { a.button href="/systems/dependencies" { (say("dependencies")) } }
        @if as_of.is_none() && who.actor.highest >= Some(Role::Officer) { a.button.primary href="/systems/new" { (say("systems-new")) } }
    };
    let main = html! {
        (shell::heading(&[], say("place-systems"), lead(&systems), new))
        (crate::look::table::table(&view))
    };
    let title = say("place-systems");
    let mut page = Page::new(&title, Place::Systems, "/systems").in_the_chosen_language();
    page.day = Some(past::control(&app, &list, "system", as_of).await?);
    page.with(&app, &who, main).await
}

fn lead(systems: &[Standing]) -> Markup {
    let count = |wanted: fn(&Leave) -> bool| systems.iter().filter(|s| wanted(&s.leave)).count() as i64;
    let lapsed = count(|leave| matches!(leave, Leave::Lapsed(_)));
    let soon = count(|leave| matches!(leave, Leave::EndsSoon(..)));
    let without = count(|leave| matches!(leave, Leave::None));
    let severe: u32 = systems.iter().filter_map(|s| s.summary.as_deref()).map(severe).sum();
    if systems.is_empty() {
        return html! { (say("systems-lead-none")) };
    }
    let strong = |count: i64| html! { strong { (thousands(count)) } };
    let link = |href: &str, count: i64| html! { a href=(href) { (strong(count)) } };
    let sentence = Words::of("systems-lead")
        .with("total", systems.len())
        .with("lapsing", lapsed)
        .with("days", state::SOON)
        .with("never", without)
        .around("all", strong(systems.len() as i64))
        .around("lapsed", link("/systems?leave=lapsed", lapsed))
        .around("soon", link("/systems?leave=soon", soon))
        .around("without", link("/systems?leave=none", without))
        .around("severe", link("/", i64::from(severe)));
    html! { (sentence) }
}

/// Deficiencies in force that are critical or high.
fn severe(summary: &warrant_model::posture::PostureSummary) -> u32 {
    summary.deficiencies.critical + summary.deficiencies.high
}

async fn csv(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    export(&app, &who, &list, TableFormat::Csv).await
}

async fn xlsx(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    export(&app, &who, &list, TableFormat::Xlsx).await
}

async fn export(
    app: &App,
    who: &Who,
    list: &ListAddress,
    format: TableFormat,
) -> Result<Response, PageError> {
    let systems = load::load_at(app, who, None).await?;
    let wanted: Vec<_> = table::chosen(list, &systems).into_iter().map(|s| s.row.id.clone()).collect();
    let shape = grid::shape(format, list, &table::COLUMNS);
    Ok(file::table("systems", format, app.service.export_systems(&who.actor, &wanted, shape).await?))
}
