//! Findings: the list over all systems, and one finding with its history.

mod detail;
mod history;
mod list;
mod plan;
mod priority;
mod rows;
mod shown;
mod witnesses;

pub(super) use list::uncounted;
pub(super) use shown::{Aside, also, decisions, fits, priority, state, word};

use crate::server::App;
use axum::Router;
use axum::routing::{get, post};

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/findings", get(list::page))
        .route("/findings.csv", get(list::csv))
        .route("/findings.xlsx", get(list::xlsx))
        .route("/findings/plan", post(plan::plan))
        .route("/findings/{id}", get(detail::page))
        .route("/findings/{id}/plan", get(plan::one))
}
