//! systems

use crate::server::App;
use axum::Router;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
}
