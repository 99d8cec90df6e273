//! Overview: where the organisation stands, on one page that can be printed.

mod expiring;
mod pictures;
mod sentences;

use super::systems::{self, Standing};
use crate::error::Answer;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use expiring::Expiring;
use jiff::Timestamp;
use maud::html;
use std::sync::Arc;
use warrant_model::posture::PostureSummary;
use warrant_model::time::plus_days;
use warrant_service::queue::QueueFigures;
use warrant_service::trend::TrendPoint;

/// How far ahead and back the page looks, in days.
const MONTH: i64 = 30;

/// How far back the trend goes, in days.
const TREND: i64 = 180;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/overview", get(page))
}

/// What the page is made of.
struct Overview {
    now: Timestamp,
    systems: Vec<Standing>,
    /// The posture of what belongs to no system.
    programme: Option<Arc<PostureSummary>>,
    figures: QueueFigures,
    trend: Vec<TrendPoint>,
    expiring: Vec<Expiring>,
}

async fn page(State(app): State<App>, who: Who) -> Answer {
    let now = app.service.now();
    let mut systems = systems::load(&app, &who).await?;
    systems.retain(|system| system.row.state != "retired");
    let view = Overview {
        now,
        figures: app.service.queue_figures(&who.actor, MONTH).await?,
        trend: app.service.trend(&who.actor, None, plus_days(now, -TREND)).await?,
        expiring: expiring::load(&app, &who, &systems).await?,
        programme: app.service.summaries(&who.actor).await?.into_iter().find(|s| s.system.is_empty()),
        systems,
    };
    let organisation = app.service.organisation_name().await?;
    let title = if organisation.is_empty() { "Overview".to_owned() } else { organisation };
    let main = html! {
        (shell::heading(&[], &title, sentences::authorisation(&view), html! {}))
        (sentences::others(&view))
        div.columns.pair {
            (section("Systems", html! { a href="/systems" { "all " (view.systems.len()) } }, pictures::scorecards(&view)))
            (section("What is known", html! { a href="/controls" { "controls" } }, pictures::known(&view)))
            (section("What is wrong", html! { a href="/" { "the queue" } }, pictures::severities(&view)))
            (section("Over time", html! { (TREND) " days" }, pictures::trend(&view)))
        }
        (section("Ends or falls due within 30 days", html! { (view.expiring.len()) }, expiring::list(&view.expiring, now)))
    };
    Page::new("Overview", Place::Today, "/overview").with(&app, &who, main).await
}
