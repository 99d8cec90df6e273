//! The REST API, version 1.

use crate::server::App;
use axum::Router;

/// The routes below `/api/v1`.
pub fn routes() -> Router<App> {
    Router::new()
}
