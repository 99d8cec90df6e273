//! Import: the place to drop files on, the batch under way, and what became of each file.

mod batch;
mod events;
mod form;
mod results;
mod upload;

use crate::server::{App, UPLOAD_LIMIT};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    let page = get(form::page).merge(post(upload::upload).layer(DefaultBodyLimit::max(UPLOAD_LIMIT)));
    Router::new()
        .route("/import", page)
        .route("/import/{batch}", get(batch::page))
        .route("/import/{batch}/events", get(events::events))
        .route("/import/{batch}/stop", post(batch::stop))
        .route("/import/{batch}/commit", post(batch::commit))
        .route("/import/{batch}/place", post(batch::place))
}
