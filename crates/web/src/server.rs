//! The server: routes, headers on every answer, start and stop.

use crate::backups::Backups;
use crate::edits::Edits;
use crate::imports::Imports;
use crate::pending::Pending;
use crate::waiting::Waiting;
use crate::{api, assets, error, language, pages, session, waiting};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::net::TcpListener;
use tower_http::compression::CompressionLayer;
use warrant_service::Service;

/// What every handler gets.
#[derive(Clone, Debug)]
pub struct App {
    /// Everything a person can do.
    pub service: Service,
    /// Imports under way.
    pub imports: Arc<Imports>,
    /// Tables that wait for a yes.
    pub tables: Arc<Pending>,
    /// Changes to many records under way.
    pub edits: Arc<Edits>,
    /// Backups made from the pages.
    pub backups: Arc<Backups>,
    /// Pages that are being worked out.
    pub waiting: Arc<Waiting>,
}

/// What whoever starts a server decides about it.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The folder that backups are made in from the pages; `None`: none are.
    pub backups: Option<PathBuf>,
}

/// The largest upload, in bytes.
pub const UPLOAD_LIMIT: usize = 1 << 30;

/// The largest ordinary form, in bytes.
const FORM_LIMIT: usize = 4 << 20;

/// No inline script or style, no foreign origin, no frame, no string ever becomes markup in the browser but
/// through the one Trusted Types policy of `app.js`.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types fragment";

/// Every route of a server with the usual settings.
pub fn router(service: Service) -> Router {
    router_with(service, Settings::default())
}

/// Every route of the server.
pub fn router_with(service: Service, settings: Settings) -> Router {
    let app = App {
        service,
        imports: Arc::default(),
        tables: Arc::default(),
        edits: Arc::default(),
        backups: Arc::new(Backups::into_folder(settings.backups)),
        waiting: Arc::default(),
    };
    // The API is for programs: it speaks English and JSON whatever a browser asks for.
    let pages = Router::new()
        .merge(pages::routes())
        .merge(session::routes())
        .merge(language::routes())
        .merge(waiting::routes())
        .fallback(pages::not_found)
        .layer(from_fn(error::dress))
        .layer(from_fn(language::keep));
    pages
        .nest("/api/v1", api::routes())
        .layer(DefaultBodyLimit::max(FORM_LIMIT))
        .layer(from_fn(crate::scope::keep))
        .with_state(app)
        .merge(assets::routes())
        .layer(from_fn(headers))
        .layer(CompressionLayer::new())
}

/// Serves with the usual settings.
pub async fn serve(
    service: Service,
    listener: TcpListener,
    stopped: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    serve_with(service, Settings::default(), listener, stopped).await
}

/// Serves until `stopped` ends, then finishes the requests under way.
pub async fn serve_with(
    service: Service,
    settings: Settings,
    listener: TcpListener,
    stopped: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router_with(service, settings)).with_graceful_shutdown(stopped).await
}

async fn headers(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
    ];
    for (name, value) in fixed {
        // A file sets a stricter policy of its own.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    let isolation = [
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ];
    for (name, value) in isolation {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    answer
}
