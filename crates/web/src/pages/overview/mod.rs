//! Overview: where the organisation stands, on one page that can be printed.

mod expiring;
mod pictures;
mod sentences;

use super::document;
use super::systems::{self, Standing};
use crate::error::{Answer, PageError};
use crate::list::ListAddress;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::page::Page;
use crate::past::{self, last_instant};
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::html;
use std::sync::Arc;
use warrant_model::posture::PostureSummary;
use warrant_model::time::{micros, plus_days};
use warrant_service::documents::{About, DocumentAsk, Syntax, document_kind};
use warrant_service::ending::Ending;
use warrant_service::queue::QueueFigures;
use warrant_service::trend::TrendPoint;

/// How far ahead and back the page looks, in days.
const MONTH: i64 = 30;

/// How far back the trend goes, in days.
const TREND: i64 = 180;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/overview", get(page))
        .route("/overview/document.html", get(html_file))
        .route("/overview/document.docx", get(docx_file))
}

/// The document of this page.
const ONE_PAGER: &str = "executive-summary";

async fn html_file(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    one_pager(&app, &who, &list, Syntax::Html).await
}

async fn docx_file(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    one_pager(&app, &who, &list, Syntax::Docx).await
}

async fn one_pager(app: &App, who: &Who, list: &ListAddress, syntax: Syntax) -> Answer {
    let as_of = past::as_of(app, list)?.map(last_instant);
    document::made(app, who, &DocumentAsk { as_of, ..document::now(ONE_PAGER, About::Organisation, syntax) })
        .await
}

/// What the page is made of.
struct Overview {
    /// The instant it shows.
    now: Timestamp,
    /// The day it is shown as of; `None`: now.
    as_of: Option<Date>,
    systems: Vec<Standing>,
    /// The posture of what belongs to no system.
    programme: Option<Arc<PostureSummary>>,
    queue: Queue,
    trend: Vec<TrendPoint>,
    expiring: Vec<Ending>,
}

/// What is wrong, as far as it is known.
enum Queue {
    /// Now.
    Now(Box<QueueFigures>),
    /// On a day that has passed: what the postures kept of it say, and the plans on record. Which deficiency ranked
    /// highest and which of them had a plan was not kept.
    Then(QueueThen),
}

/// What is known of the queue of a day that has passed.
struct QueueThen {
    /// Deficiencies in force.
    total: i64,
    /// Those that an exception covered, on top of `total`.
    excepted: i64,
    /// POA&M items that asked for work.
    items: i64,
    /// Of these those whose day had passed.
    overdue: i64,
}

impl Queue {
    fn total(&self) -> i64 {
        match self {
            Self::Now(figures) => figures.total,
            Self::Then(then) => then.total,
        }
    }
}

async fn page(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    let as_of = past::as_of(&app, &list)?;
    let now = as_of.map_or(app.service.now(), last_instant);
    let view = load(&app, &who, (now, as_of)).await?;
    let organisation = app.service.organisation_name().await?;
    let title = if organisation.is_empty() { say("places-overview") } else { organisation };
    let ways = document_kind(ONE_PAGER)
        .map(|kind| {
            document::control(kind, |ending| past::href(&format!("/overview/document.{ending}"), as_of))
        })
        .unwrap_or_default();
    let main = html! {
        (shell::heading(&[], &title, sentences::authorisation(&view), ways))
        (sentences::others(&view))
        div.columns.pair.one-page {
            (section(&say("place-systems"), html! { a href=(past::href("/systems", as_of)) { (Words::of("overview-all").with("count", view.systems.len())) } }, pictures::scorecards(&view)))
            (section(&say("overview-known"), html! { @if as_of.is_none() { a href="/controls" { (say("overview-controls")) } } }, pictures::known(&view)))
            (section(&say("overview-wrong"), html! { @if as_of.is_none() { a href="/" { (say("overview-queue")) } } }, pictures::severities(&view)))
            (section(&say("overview-trend"), html! { (Words::of("count-days").with("count", TREND)) }, pictures::trend(&view)))
        }
        (section(&Words::of("overview-expiring").with("days", MONTH).said(), html! { (view.expiring.len()) }, expiring::list(&view)))
    };
    let window = say("places-overview");
    let mut page = Page::new(&window, Place::Today, "/overview").in_the_chosen_language();
    page.day = Some(past::control(&app, &list, "system", as_of).await?);
    page.with(&app, &who, main).await
}

async fn load(app: &App, who: &Who, (now, as_of): (Timestamp, Option<Date>)) -> Result<Overview, PageError> {
    let mut systems = systems::load_at(app, who, as_of).await?;
    systems.retain(|system| system.row.state != "retired");
    let mut trend = app.service.trend(&who.actor, None, plus_days(now, -TREND)).await?;
    trend.retain(|point| point.day <= micros(now));
    let (queue, programme) = match as_of {
        None => {
            let programme =
                app.service.summaries(&who.actor).await?.into_iter().find(|s| s.system.is_empty());
            (Queue::Now(Box::new(app.service.queue_figures(&who.actor, MONTH).await?)), programme)
        }
        Some(_) => {
            let mut summaries = app.service.summaries_at(&who.actor, now).await?;
            (Queue::Then(then(app, who, now, summaries.values()).await?), summaries.remove(""))
        }
    };
    let rows: Vec<_> = systems.iter().map(|system| &system.row).collect();
    let expiring = app.service.ending(&who.actor, &rows, MONTH, as_of.map(|_| now)).await?;
    Ok(Overview { now, as_of, systems, programme, queue, trend, expiring })
}

async fn then<'s>(
    app: &App,
    who: &Who,
    now: Timestamp,
    summaries: impl Iterator<Item = &'s Arc<PostureSummary>>,
) -> Result<QueueThen, PageError> {
    let (total, excepted) = summaries.fold((0, 0), |(total, excepted), summary| {
        (total + i64::from(summary.deficiencies.total()), excepted + i64::from(summary.excepted))
    });
    let (items, overdue) = app.service.plans_then(&who.actor, now).await?;
    Ok(QueueThen { total, excepted, items, overdue })
}
