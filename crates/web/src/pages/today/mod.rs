//! Today: the ranked queue, and what changed since a day.

mod bulk;
mod changes;
mod query;
mod queue;
mod welcome;

use crate::error::{Answer, PageError};
use crate::file;
use crate::list::ListAddress;
use crate::look::empty::{Empty, empty};
use crate::look::figure::thousands;
use crate::look::link::safe;
use crate::look::shell::{self, Flash, Place};
use crate::look::table::table;
use crate::look::when;
use crate::look::words::english_markup;
use crate::page::Page;
use crate::past::{self, last_instant};
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::civil::Date;
use maud::{Markup, html};
use warrant_service::query::DeficiencyQuery;
use warrant_service::queue::{QueueFigures, QueueThen};
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
    if let Some(date) = past::as_of(app, list)? {
        return then(app, who, list, date).await;
    }
    let me = query::me(app, who).await?;
    let wanted = query::read(list, me.as_deref(), app.service.now());
    let figures = app.service.queue_figures(&who.actor, WEEK).await?;
    let mine = query::mine(app, who, me.as_deref()).await?;
    let found = app.service.queue(&who.actor, &wanted).await?;
    let view = queue::load(app, who, list, &found, (&figures, mine), None).await?;
    let below = match below {
        Below::Changes => changes::changes(app, who, list).await?,
        Below::Nothing => html! {},
    };
    let main = html! {
        (shell::heading(&[], say("place-today"), lead(&figures, mine, None), html! { a.button href="/overview" { (say("places-overview")) } }))
        (table(&view))
        (below)
    };
    let title = say("place-today");
    let mut page = Page::new(&title, Place::Today, "/").in_the_chosen_language();
    page.day = Some(past::control(app, list, "system", None).await?);
    if !flashes.is_empty() {
        page.status = StatusCode::UNPROCESSABLE_ENTITY;
        page.flashes = flashes;
    }
    page.with(app, who, main).await
}

/// The queue as it stood at the end of a day.
async fn then(app: &App, who: &Who, list: &ListAddress, date: Date) -> Answer {
    let (service, actor, at) = (&app.service, &who.actor, last_instant(date));
    let me = query::me(app, who).await?;
    let wanted = query::read(list, me.as_deref(), at);
    let overview = html! { a.button href=(past::href("/overview", Some(date))) { (say("places-overview")) } };
    let main = match service.queue_at(actor, &wanted, WEEK, at).await? {
        QueueThen::Narrow(all, systems) => {
            let lead = Words::of("today-narrow").with("count", all).with("systems", systems);
            let none = Empty::of("today-narrow-none").first(past::href("/systems", Some(date)));
            html! { (shell::heading(&[], say("place-today"), html! { (lead) }, overview)) (empty(&none)) }
        }
        QueueThen::Told(told) => {
            let (figures, found) = *told;
            let own = DeficiencyQuery { limit: 0, ..query::own(me.as_deref()) };
            let mine = match service.queue_at(actor, &own, WEEK, at).await? {
                QueueThen::Told(own) => own.1.total,
                QueueThen::Narrow(..) => 0,
            };
            let view = queue::load(app, who, list, &found, (&figures, mine), Some(date)).await?;
            let lead = html! { (lead(&figures, mine, Some(date))) " " (say("today-as-of")) };
            html! { (shell::heading(&[], say("place-today"), lead, overview)) (table(&view)) }
        }
    };
    let title = say("place-today");
    let mut page = Page::new(&title, Place::Today, "/").in_the_chosen_language();
    page.day = Some(past::control(app, list, "system", Some(date)).await?);
    page.with(app, who, main).await
}

fn lead(figures: &QueueFigures, mine: i64, as_of: Option<Date>) -> Markup {
    let bare = ListAddress::parse(&past::href("/", as_of));
    let number = |name: &str, value: &str, count: i64| html! { a href=(bare.with(name, value)) { strong { (thousands(count)) } } };
    let Some(worst) = &figures.worst else { return html! { (say("today-lead-none")) } };
    let systems = Words::of("count-systems").with("count", figures.systems);
    let href = super::deficiency::href_then(&worst.deficiency.id, &worst.system, as_of);
    let title = english_markup(when::unbroken(&worst.deficiency.title));
    let sentence = Words::of("today-lead")
        .with("total", figures.total)
        .with("overdue", figures.overdue)
        .with("week", figures.due_soon)
        .with("mine", mine)
        .around("all", number("", "", figures.total))
        .around("systems", html! { a href=(past::href("/systems", as_of)) { (systems) } })
        .around("worst", html! { a href=(safe(&href)) { (title) } })
        .around("late", number("due", "overdue", figures.overdue))
        .around("soon", number("due", "week", figures.due_soon))
        .around("own", number("mine", "yes", mine));
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
    let at = past::as_of(app, list)?.map(last_instant);
    let wanted = query::read(list, me.as_deref(), at.unwrap_or_else(|| app.service.now()));
    let shape = crate::grid::shape(format, list, &queue::COLUMNS);
    Ok(file::table("queue", format, app.service.export_queue(&who.actor, &wanted, at, shape).await?))
}
