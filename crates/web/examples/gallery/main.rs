//! Serves every component of the look with made-up content, under the content security policy of the real
//! server: `cargo run -p warrant-web --example gallery -- 127.0.0.1:8099`, then open `/`, `/?theme=dark`,
//! `/?panel`, `/?hostile`.

mod page;

use axum::Router;
use axum::extract::{Multipart, RawQuery};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use warrant_web::assets;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types fragment";

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8099".to_owned());
    let listener = tokio::net::TcpListener::bind(&address).await?;
    let routes = Router::new()
        .route("/", get(gallery))
        .route("/import", post(import))
        .route("/jobs/7/events", get(events))
        .route("/jobs/7", get(result));
    axum::serve(listener, routes.merge(assets::routes())).await
}

/// Takes any upload and answers with a fragment that says what came.
async fn import(mut form: Multipart) -> Response {
    let mut names = Vec::new();
    while let Ok(Some(field)) = form.next_field().await {
        let name = field.file_name().map(str::to_owned);
        let size = field.bytes().await.map(|bytes| bytes.len()).unwrap_or_default();
        names.extend(name.map(|name| format!("{name}, {size} bytes")));
    }
    maud::html! { div #import { p { "Received " (names.join("; ")) } } }.into_response()
}

async fn events() -> Response {
    let text = "event: progress\ndata: {\"share\": 0.9, \"note\": \"nearly there\"}\n\nevent: done\ndata: /jobs/7\n\n";
    ([(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"))], text).into_response()
}

async fn result() -> Response {
    maud::html! { div #job-7 .work { p { "Imported 1,204 findings" } } }.into_response()
}

async fn gallery(RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let text = if query.contains("hostile") { page::HOSTILE } else { "" };
    let mut html = page::gallery(text).into_string();
    if query.contains("theme=dark") {
        html = html.replacen("<html ", "<html data-theme=\"dark\" ", 1);
    }
    if query.contains("panel") {
        let panel = page::panel_sample(text).into_string();
        html = html.replacen("<aside class=\"panel\" id=\"panel\" hidden></aside>", &panel, 1);
    }
    let headers = [(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY))];
    (headers, axum::response::Html(html)).into_response()
}
