//! Requests without a browser: what a program, a crawler or an attacker sends. Whatever the answer, its
//! headers are checked.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use tower::ServiceExt;
use warrant_service::{Actor, Service};

/// The most bytes of an answer.
const LIMIT: usize = 64 << 20;

/// Somebody who sends requests, signed in or not.
#[derive(Clone)]
pub(crate) struct Client {
    router: Router,
    cookie: Option<String>,
    language: Option<&'static str>,
}

/// An answer.
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Whether it is a page (a document to keep is none).
    pub(crate) fn is_html(&self) -> bool {
        self.header("content-type").starts_with("text/html") && self.header("content-disposition").is_empty()
    }
}

impl Client {
    /// Nobody.
    pub(crate) fn stranger(service: &Service) -> Self {
        Self { router: warrant_web::router(service.clone()), cookie: None, language: None }
    }

    /// Somebody with an account.
    pub(crate) async fn signed_in(service: &Service, email: &str) -> Self {
        let link = service.one_time_link(&Actor::program(), email).await.unwrap();
        let stranger = Self::stranger(service);
        let reply =
            stranger.send(Request::post(format!("/sign-in/{link}")).body(Body::empty()).unwrap()).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER);
        let cookie = reply.header("set-cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        Self { cookie: cookie.split(';').next().map(str::to_owned), ..stranger }
    }

    /// The same session as a browser's, from the value of its cookie.
    pub(crate) fn with_cookie(service: &Service, value: &str) -> Self {
        Self { cookie: Some(format!("warrant_session={value}")), ..Self::stranger(service) }
    }

    /// The same with a browser that asks for this language.
    pub(crate) fn asking_for(self, language: &'static str) -> Self {
        Self { language: Some(language), ..self }
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// As a browser asks that takes such answers.
    pub(crate) async fn get_accepting(&self, path: &str, accept: &str) -> Reply {
        self.send(Request::get(path).header(header::ACCEPT, accept).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, form: &str) -> Reply {
        let media_type = "application/x-www-form-urlencoded";
        let request = Request::post(path).header(header::CONTENT_TYPE, media_type);
        self.send(request.body(Body::from(form.to_owned())).unwrap()).await
    }

    /// The token that this session's forms carry.
    pub(crate) async fn token(&self) -> String {
        let page = self.get("/import").await.text();
        let (_, rest) = page.split_once("name=\"_csrf\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    pub(crate) async fn send(&self, mut request: Request<Body>) -> Reply {
        if let Some(cookie) = &self.cookie {
            request.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
        }
        if let Some(language) = self.language {
            request.headers_mut().insert(header::ACCEPT_LANGUAGE, language.parse().unwrap());
        }
        let asked = format!("{} {}", request.method(), request.uri());
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let body = to_bytes(body, LIMIT).await.unwrap().to_vec();
        let reply = Reply { status: parts.status, headers: parts.headers, body };
        guarded(&asked, &reply);
        reply
    }
}

/// What every answer must say to the browser.
fn guarded(asked: &str, reply: &Reply) {
    let policy = reply.header("content-security-policy");
    assert!(policy.contains("default-src 'none'"), "{asked}: {policy:?}");
    assert!(!policy.contains("unsafe-eval") && !policy.contains("script-src *"), "{asked}: {policy}");
    let attached = reply.header("content-disposition").starts_with("attachment");
    if attached {
        assert!(policy.contains("sandbox") && !policy.contains("script-src"), "{asked}: {policy}");
    } else {
        assert!(!policy.contains("unsafe-inline"), "{asked}: {policy}");
        assert!(policy.contains("require-trusted-types-for 'script'"), "{asked}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"),
            "{asked}: {policy}"
        );
    }
    assert_eq!(reply.header("x-content-type-options"), "nosniff", "{asked}");
    assert_eq!(reply.header("x-frame-options"), "DENY", "{asked}");
    assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{asked}");
}

/// The text of a page without its tags, on one line.
pub(crate) fn words(html: &str) -> String {
    let main = html.split("<main").nth(1).unwrap_or(html);
    let main = main.split("</main>").next().unwrap_or(main);
    let mut text = String::new();
    let mut inside = true;
    for c in main.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
