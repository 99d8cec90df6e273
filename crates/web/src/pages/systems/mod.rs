//! Systems: every system with its posture, the worst first.

mod define;
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
        @if as_of.is_none() && who.actor.highest >= Some(Role::Officer) { a.button.primary href="/systems/new" { "New system" } }
    };
    let main = html! {
        (shell::heading(&[], "Systems", lead(&systems), new))
        (crate::look::table::table(&view))
    };
    let mut page = Page::new("Systems", Place::Systems, "/systems");
    page.day = Some(past::control(&app, &list, "system", as_of).await?);
    page.with(&app, &who, main).await
}

fn lead(systems: &[Standing]) -> Markup {
    let count = |wanted: fn(&Leave) -> bool| systems.iter().filter(|s| wanted(&s.leave)).count() as i64;
    let lapsed = count(|leave| matches!(leave, Leave::Lapsed(_)));
    let soon = count(|leave| matches!(leave, Leave::EndsSoon(..)));
    let without = count(|leave| matches!(leave, Leave::None));
    let severe: u32 = systems.iter().filter_map(|s| s.summary.as_deref()).map(severe).sum();
    let strong = |count: i64| html! { strong { (thousands(count)) } };
    html! {
        @if systems.is_empty() { "No system is on record that you may see." }
        @else {
            (strong(systems.len() as i64)) @if systems.len() == 1 { " system" } @else { " systems" }
            ": " a href="/systems?leave=lapsed" { (strong(lapsed)) } @if lapsed == 1 { " operates" } @else { " operate" } " on lapsed leave, "
            a href="/systems?leave=soon" { (strong(soon)) } @if soon == 1 { " must" } @else { " must" } " be authorised again within " (state::SOON) " days, "
            a href="/systems?leave=none" { (strong(without)) } @if without == 1 { " was never authorised" } @else { " were never authorised" } "; "
            a href="/" { (strong(i64::from(severe))) } " deficiencies are critical or high."
        }
    }
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
