//! Evidence: the files everything rests on, one file with its facts, and the lines a fact was read from.

mod facts;
mod file_page;
mod list;
mod provenance;
mod undo;

pub(super) use list::size;
pub(super) use undo::ask;

use crate::server::App;
use axum::Router;
use axum::routing::{get, post};

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/evidence", get(list::page))
        .route("/evidence.csv", get(list::csv))
        .route("/evidence.xlsx", get(list::xlsx))
        .route("/evidence/{hash}", get(file_page::page))
        .route("/evidence/{hash}/file", get(file_page::download))
        .route("/evidence/{hash}/undo", post(undo::undo))
}
