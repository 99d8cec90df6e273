//! Controls: the catalogue, and how every control stands across the systems.

mod family;
mod list;
mod one;
mod standing;

use crate::server::App;
use axum::Router;
use axum::routing::get;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/controls", get(list::page))
        .route("/controls.csv", get(list::csv))
        .route("/controls.xlsx", get(list::xlsx))
        .route("/controls/{id}", get(one::page))
}
