//! The REST API, version 1: what pages do, as JSON.
//!
//! Every endpoint is one line of [`routes::ROUTES`]; the router and the OpenAPI document are made from it.

mod docs;
mod error;
mod evidence;
mod findings;
mod ledger;
mod openapi;
mod query;
mod record;
mod records;
mod releases;
mod routes;
mod search;
mod systems;
mod who;

pub use openapi::document;

use crate::server::App;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Uri;
use error::ApiError;
use warrant_service::ServiceError;

/// The routes below `/api/v1`.
pub fn routes() -> Router<App> {
    let mut router = Router::new();
    for route in routes::ROUTES {
        let mut handler = (route.handler)();
        if matches!(route.path, "/import" | "/advisories/feed") {
            handler = handler.layer(DefaultBodyLimit::max(crate::server::UPLOAD_LIMIT));
        }
        router = router.route(route.path, handler);
    }
    router
        .route("/docs", axum::routing::get(docs::page))
        .fallback(not_found)
        .method_not_allowed_fallback(wrong_method)
}

async fn not_found(uri: Uri) -> ApiError {
    ServiceError::NotFound { what: "endpoint", name: uri.path().to_owned() }.into()
}

async fn wrong_method() -> ApiError {
    ApiError::new(
        405,
        "method",
        "this endpoint does not know that method",
        "See /api/v1/docs for those it knows.",
    )
}
