//! Today: the ranked queue, and what changed since a day.

mod bulk;
mod changes;
mod query;
mod queue;
mod welcome;

use crate::error::{Answer, PageError};
use crate::file;
use crate::list::ListAddress;
use crate::look::figure::thousands;
use crate::look::shell::{self, Flash, Place};
use crate::look::table::table;
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use maud::{Markup, html};
use warrant_service::queue::QueueFigures;
use warrant_service::tables::TableFormat;

/// How many days ahead "this week" reaches.
const WEEK: i64 = 7;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(page))
        .route("/queue.csv", get(csv))
        .route("/queue.xlsx", get(xlsx))
        .route("/queue/bulk", post(bulk::bulk))
}

async fn page(State(app): State<App>, who: Who, headers: HeaderMap, list: ListAddress) -> Answer {
    if welcome::is_empty(&app, &who).await? {
        return welcome::page(&app, &who).await;
    }
    let swaps_queue = headers.get("x-fragment").is_some_and(|id| id == queue::ID);
    let shown = if swaps_queue { Below::Nothing } else { Below::Changes };
    show(&app, &who, &list, shown, Vec::new()).await
}

/// What stands below the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Below {
    /// What changed.
    Changes,
    /// Nothing: only the queue is wanted.
    Nothing,
}

async fn show(app: &App, who: &Who, list: &ListAddress, below: Below, flashes: Vec<Flash>) -> Answer {
    let me = query::me(app, who).await?;
    let wanted = query::read(list, me.as_deref(), app.service.now());
    let figures = app.service.queue_figures(&who.actor, WEEK).await?;
    let mine = query::mine(app, who, me.as_deref()).await?;
    let view = queue::load(app, who, list, &wanted, &figures, mine).await?;
    let below = match below {
        Below::Changes => changes::changes(app, who, list).await?,
        Below::Nothing => html! {},
    };
    let main = html! {
        (shell::heading(&[], "Today", lead(&figures, mine), html! { a.button href="/overview" { "Overview" } }))
        (table(&view))
        (below)
    };
    let mut page = Page::new("Today", Place::Today, "/");
    if !flashes.is_empty() {
        page.status = StatusCode::UNPROCESSABLE_ENTITY;
        page.flashes = flashes;
    }
    page.with(app, who, main).await
}

fn lead(figures: &QueueFigures, mine: i64) -> Markup {
    let number = |count: i64| html! { strong { (thousands(count)) } };
    html! {
        @match &figures.worst {
            None => "Nothing stands in the way: no check finds a deficiency in what you may see.",
            Some(worst) => {
                a href="/" { (number(figures.total)) } @if figures.total == 1 { " deficiency" } @else { " deficiencies" }
                " across " a href="/systems" { (thousands(figures.systems as i64)) @if figures.systems == 1 { " system" } @else { " systems" } }
                "; the worst is " a href=(crate::look::link::safe(&super::deficiency::href(&worst.deficiency.id))) { (crate::look::when::unbroken(&worst.deficiency.title)) } ". "
                a href="/?due=overdue" { (number(figures.overdue)) } @if figures.overdue == 1 { " is overdue, " } @else { " are overdue, " }
                a href="/?due=week" { (number(figures.due_soon)) } @if figures.due_soon == 1 { " falls" } @else { " fall" } " due this week"
                @if mine > 0 { ", " a href="/?mine=yes" { (number(mine)) } @if mine == 1 { " falls to you" } @else { " fall to you" } }
                "."
            }
        }
    }
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
    let me = query::me(app, who).await?;
    let wanted = query::read(list, me.as_deref(), app.service.now());
    let shape = crate::grid::shape(format, list, &queue::COLUMNS);
    Ok(file::table("queue", format, app.service.export_queue(&who.actor, &wanted, shape).await?))
}
