//! The guides: beside the page they explain, or as pages of their own.

use crate::error::Answer;
use crate::guides::{self, Guide};
use crate::look::Link;
use crate::look::panel::{PANEL_ID, Panel, panel, section};
use crate::look::sheet::KEYS;
use crate::look::shell::{self, Place, Spoken};
use crate::page::{Page, wants_panel};
use crate::server::App;
use crate::session::Who;
use crate::words::say;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::IntoResponse;
use axum::routing::get;
use maud::{Markup, html};
use warrant_service::ServiceError;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/help", get(page)).route("/help/{name}", get(one))
}

/// Where a guide stands.
pub(crate) fn href(guide: &Guide) -> String {
    format!("/help/{}", guide.name)
}

async fn page(State(app): State<App>, who: Who) -> Answer {
    let title = say("guides-title");
    let lead = html! { (say("guides-lead")) };
    let main = html! {
        (shell::heading(&[], &title, lead, html! {}))
        ul.guides {
            @for guide in guides::all() {
                li { a href=(href(guide)) { (guide.title) } " " span.muted { (guide.answers) } }
            }
        }
        (section(&say("keys-title"), html! {}, html! {
            dl.keys { @for (key, meaning) in KEYS { div { dt { @for part in key.split(' ') { kbd { (part) } } } dd { (say(meaning)) } } } }
        }))
    };
    Page::new(&title, Place::Record, "/help").in_the_chosen_language().with(&app, &who, main).await
}

async fn one(State(app): State<App>, who: Who, headers: HeaderMap, Path(name): Path<String>) -> Answer {
    let guide = guides::named(&name).ok_or(ServiceError::NotFound { what: "guide", name })?;
    if wants_panel(&headers) {
        let view = Panel {
            title: guide.title.clone(),
            over: say("guide"),
            spoken: Spoken::Chosen,
            href: href(guide),
            body: body(guide),
            actions: html! { a href="/help" { (say("guides-all")) } },
        };
        let mut answer = panel(&view).into_response();
        answer.headers_mut().insert("x-fragment", HeaderValue::from_static(PANEL_ID));
        return Ok(answer);
    }
    let over = [Link::new(say("guides-title"), "/help")];
    let main = html! {
        (shell::heading(&over, &guide.title, html! { (guide.answers) }, html! {}))
        (told(guide))
    };
    Page::new(&guide.title, Place::Record, "/help").in_the_chosen_language().with(&app, &who, main).await
}

fn body(guide: &Guide) -> Markup {
    html! { p.lead { (guide.answers) } (told(guide)) }
}

fn told(guide: &Guide) -> Markup {
    html! {
        div.guide {
            h2 { (say("guide-read")) }
            @for text in &guide.read { p { (text) } }
            h2 { (say("guide-do")) }
            ul { @for text in &guide.deeds { li { (text) } } }
        }
    }
}
