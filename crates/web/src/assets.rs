//! The stylesheet, scripts and pictures, embedded in the binary and served under addresses that carry their
//! content's hash, so that a browser may keep them for ever and never shows an old one.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::sync::LazyLock;
use warrant_model::hash::ContentHash;

/// An embedded file.
#[derive(Debug)]
struct Asset {
    name: &'static str,
    media_type: &'static str,
    bytes: &'static [u8],
    /// `/assets/<stem>.<16 hexadecimal digits>.<extension>`
    href: &'static str,
    /// The last part of `href`.
    file: &'static str,
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    vec![
        asset("style.css", "text/css; charset=utf-8", include_bytes!("../assets/style.css")),
        asset("app.js", "text/javascript; charset=utf-8", include_bytes!("../assets/app.js")),
        asset("theme.js", "text/javascript; charset=utf-8", include_bytes!("../assets/theme.js")),
        asset("icon.svg", "image/svg+xml", include_bytes!("../assets/icon.svg")),
    ]
});

/// The names of the embedded files.
pub const NAMES: [&str; 4] = ["style.css", "app.js", "theme.js", "icon.svg"];

/// The address of an embedded file, with its content's hash in it; an unknown name leads to an address that
/// answers 404.
pub fn href(name: &str) -> &'static str {
    ASSETS.iter().find(|asset| asset.name == name).map_or("/assets/unknown", |asset| asset.href)
}

/// The routes under `/assets/`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{file}", get(serve))
}

/// Answers with the file of that name: its media type, a year of immutable caching, no sniffing; 304 when the
/// browser has it, 404 when there is none of that name and hash.
pub async fn serve(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.file == file) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = format!("\"{}\"", asset.file);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let mut answer = asset.bytes.into_response();
    let fixed = [
        (header::CONTENT_TYPE, asset.media_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    for (name, value) in fixed {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        answer.headers_mut().insert(header::ETAG, tag);
    }
    answer
}

fn asset(name: &'static str, media_type: &'static str, bytes: &'static [u8]) -> Asset {
    let hash = ContentHash::of(bytes);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let file: &'static str = format!("{stem}.{}.{extension}", &hash.as_str()[..16]).leak();
    let href: &'static str = format!("/assets/{file}").leak();
    Asset { name, media_type, bytes, href, file }
}
