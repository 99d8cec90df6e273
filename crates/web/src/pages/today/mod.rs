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
use crate::look::link::safe;
use crate::look::shell::{self, Flash, Place};
use crate::look::table::table;
use crate::look::when;
use crate::look::words::english_markup;
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
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
        (shell::heading(&[], say("place-today"), lead(&figures, mine), html! { a.button href="/overview" { (say("places-overview")) } }))
        (table(&view))
        (below)
    };
    let title = say("place-today");
    let mut page = Page::new(&title, Place::Today, "/").in_the_chosen_language();
    if !flashes.is_empty() {
        page.status = StatusCode::UNPROCESSABLE_ENTITY;
        page.flashes = flashes;
    }
    page.with(app, who, main).await
}

fn lead(figures: &QueueFigures, mine: i64) -> Markup {
    let number = |href: &str, count: i64| html! { a href=(href) { strong { (thousands(count)) } } };
    let Some(worst) = &figures.worst else { return html! { (say("today-lead-none")) } };
    let systems = Words::of("count-systems").with("count", figures.systems);
    let href = super::deficiency::href(&worst.deficiency.id);
    let title = english_markup(when::unbroken(&worst.deficiency.title));
    let sentence = Words::of("today-lead")
        .with("total", figures.total)
        .with("overdue", figures.overdue)
        .with("week", figures.due_soon)
        .with("mine", mine)
        .around("all", number("/", figures.total))
        .around("systems", html! { a href="/systems" { (systems) } })
        .around("worst", html! { a href=(safe(&href)) { (title) } })
        .around("late", number("/?due=overdue", figures.overdue))
        .around("soon", number("/?due=week", figures.due_soon))
        .around("own", number("/?mine=yes", mine));
    html! { (sentence) }
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
