//! Record: its overview, the ledger's entries with their proofs, and verification.

mod entries;
mod landing;
mod leaf;
mod verify;

use crate::server::App;
use axum::Router;
use axum::routing::{get, post};

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/record", get(landing::page))
        .route("/record/ledger", get(entries::page))
        .route("/record/ledger.csv", get(entries::csv))
        .route("/record/ledger.xlsx", get(entries::xlsx))
        .route("/record/ledger/verify", post(verify::verify))
        .route("/record/ledger/checkpoint", get(leaf::checkpoint))
        .route("/record/ledger/{leaf}/entry", get(leaf::entry))
        .route("/record/ledger/{leaf}/proof", get(leaf::proof))
}
