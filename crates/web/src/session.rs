//! Who asks: the session's cookie, signing in and out.

use crate::error::{Answer, Fault, PageError, Told};
use crate::look::failure::said;
use crate::look::shell;
use crate::posted::Posted;
use crate::scope;
use crate::server::App;
use crate::words::say;
use axum::Router;
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use warrant_service::{Actor, Scope, ServiceError};

/// The session's cookie. `__Host-` would demand TLS; on loopback there is none.
const COOKIE: &str = "warrant_session";

/// Somebody signed in. As an argument of a handler it sends everybody else to sign in first.
#[derive(Clone, Debug)]
pub struct Who {
    /// Who.
    pub actor: Actor,
    /// What every form must carry.
    pub csrf: String,
    /// What lists are narrowed to, when it is not the whole organisation.
    pub scope: Option<Looking>,
    /// The path that was asked for.
    pub path: String,
}

/// What lists are narrowed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looking {
    /// The unit or system.
    pub scope: Scope,
    /// Its name.
    pub title: String,
}

/// The routes of signing in and out.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(sign_in_page).post(sign_in))
        .route("/sign-in/{token}", get(link_page).post(use_link))
        .route("/sign-out", post(sign_out))
}

impl FromRequestParts<App> for Who {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let session = match token_of(&parts.headers) {
            Some(token) => app
                .service
                .session(&token)
                .await
                .map_err(|error| PageError::Service(error).into_response())?,
            None => None,
        };
        if let Some(session) = session {
            let path = parts.uri.path().to_owned();
            let who = Self { actor: session.actor, csrf: session.csrf, scope: None, path };
            return who.looking(app, parts).await.map_err(IntoResponse::into_response);
        }
        if parts.uri.path().starts_with("/api/") {
            return Err((StatusCode::UNAUTHORIZED, "sign in first").into_response());
        }
        let wanted = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        Err(Redirect::to(&format!("/sign-in?next={}", crate::list::encoded(wanted))).into_response())
    }
}

impl Who {
    /// The same with what lists are narrowed to; one that is gone, or that they may not see, narrows nothing. Only lists
    /// that are read are narrowed: what is done is done with all that the person may do.
    async fn looking(mut self, app: &App, parts: &Parts) -> Result<Self, PageError> {
        let scope = scope::asked(&parts.uri, &parts.headers);
        let (id, kind) = match &scope {
            Scope::Organisation => return Ok(self),
            Scope::Unit(id) => (id, "unit"),
            Scope::System(id) => (id, "system"),
        };
        let row = match app.service.record(&self.actor, id).await {
            Ok(row) => row,
            Err(ServiceError::NotFound { .. }) => return Ok(self),
            Err(error) => return Err(error.into()),
        };
        if row.kind != kind {
            return Ok(self);
        }
        if parts.method == Method::GET && scope::is_list(&self.path) {
            self.actor = self.actor.looking_at(scope.clone());
        }
        self.scope = Some(Looking { scope, title: row.title });
        Ok(self)
    }
}

/// The session's token: its cookie.
pub(crate) fn token_of(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';'));
    pairs.find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('=').map(str::to_owned))
}

/// Where to go after signing in: a path of this site, never another host.
pub(crate) fn local(next: Option<&str>) -> &str {
    let next = next.unwrap_or("/");
    let safe =
        next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') && !next.contains(':');
    if safe && next.is_ascii() && !next.chars().any(char::is_control) { next } else { "/" }
}

#[derive(Debug, Deserialize)]
struct Next {
    next: Option<String>,
}

async fn sign_in_page(Query(query): Query<Next>) -> Markup {
    form(query.next.as_deref().unwrap_or_default(), "", None)
}

fn form(next: &str, email: &str, problem: Option<&ServiceError>) -> Markup {
    shell::plain_page(
        &say("sign-in"),
        html! {
            h1 { (say("sign-in")) }
            @if let Some(problem) = problem { p.problem role="alert" { (said(&Told::from(problem))) } }
            form.form method="post" action="/sign-in" {
                input type="hidden" name="next" value=(next);
                div.field { label for="email" { (say("sign-in-email")) } input #email type="email" name="email" value=(email) autocomplete="username" required autofocus; }
                div.field { label for="password" { (say("sign-in-password")) } input #password type="password" name="password" autocomplete="current-password" required; }
                div.buttons { button.primary { (say("sign-in")) } }
            }
            p.muted { (say("sign-in-no-password")) " " code { "warrant user link" } }
        },
    )
}

async fn sign_in(State(app): State<App>, headers: HeaderMap, body: String) -> Answer {
    let fields = Posted::parse(&body);
    if !same_origin(&headers) {
        return Err(Fault::Foreign.into());
    }
    let (email, next) = (fields.one("email").to_owned(), fields.one("next").to_owned());
    match app.service.sign_in(&email, fields.one("password")).await {
        Ok(signed_in) => Ok(welcome(&signed_in.token, local(Some(&next)))),
        Err(error @ ServiceError::SignIn(_)) => {
            let page = form(&next, &email, Some(&error));
            Ok((StatusCode::UNAUTHORIZED, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Browsers say where a form comes from; a sign-in from elsewhere could put somebody into a stranger's account.
pub(crate) fn same_origin(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    matches!(site, None | Some("same-origin" | "none"))
}

/// A link is not used up by whoever merely looks at it (mail scanners, previews): the page asks for a click.
async fn link_page(Path(token): Path<String>) -> Markup {
    shell::plain_page(
        &say("sign-in"),
        html! {
            h1 { (say("sign-in")) }
            p { (say("sign-in-once")) }
            form method="post" action=(format!("/sign-in/{}", crate::list::encoded(&token))) {
                div.buttons { button.primary autofocus { (say("sign-in")) } }
            }
        },
    )
}

async fn use_link(State(app): State<App>, Path(token): Path<String>) -> Answer {
    match app.service.sign_in_with_link(&token).await {
        Ok(signed_in) => Ok(welcome(&signed_in.token, "/")),
        Err(error @ ServiceError::SignIn(_)) => {
            Ok((StatusCode::UNAUTHORIZED, form("", "", Some(&error))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn welcome(token: &str, next: &str) -> Response {
    let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800");
    ([(header::SET_COOKIE, cookie)], Redirect::to(next)).into_response()
}

async fn sign_out(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Answer {
    drop(posted);
    if let Some(token) = token_of(&headers) {
        app.service.sign_out(&token).await?;
    }
    let cookie = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/sign-in")).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_never_leads_to_another_host() {
        for bad in [
            "//evil.example",
            "https://evil.example",
            "/\\evil",
            "\\evil",
            "/a\r\nSet-Cookie: x",
            "javascript:x",
        ] {
            assert_eq!(local(Some(bad)), "/", "{bad:?}");
        }
        assert_eq!(local(Some("/systems?q=a")), "/systems?q=a");
    }
}
