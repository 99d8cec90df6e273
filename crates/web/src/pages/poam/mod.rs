//! POA&M: every planned corrective action, how far it has come, and whether the plan is being kept.

mod board;
mod chart;
mod facets;
mod list;

pub(super) use list::{rows, with_row};

use crate::server::App;
use axum::Router;
use axum::routing::get;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/poam", get(list::page))
        .route("/poam/board", get(board::page))
        .route("/poam.csv", get(list::csv))
        .route("/poam.xlsx", get(list::xlsx))
}
