//! A change to many records while it is under way, and what came of it.

use crate::edits::{Edit, Order};
use crate::error::{Answer, PageError};
use crate::language;
use crate::list::encoded;
use crate::look::Link;
use crate::look::failure::said;
use crate::look::icons::{Icon, icon};
use crate::look::progress::{Work, work};
use crate::look::shell::{self, Place};
use crate::page::Page;
use crate::pages::undo::undo_form;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use futures_util::stream;
use maud::{Markup, html};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use warrant_service::ServiceError;
use warrant_service::bulk::Edited;

/// How often progress is told.
const PAUSE: Duration = Duration::from_millis(250);
/// Work that is done within this time is not shown as under way.
const PATIENCE: Duration = Duration::from_millis(200);

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/edits/{id}", get(page)).route("/edits/{id}/events", get(events))
}

fn href(edit: &Edit) -> String {
    format!("/edits/{}", encoded(&edit.id))
}

/// Starts the work and leads to where it can be seen: straight to its result when that is there at once.
pub(super) async fn start(app: &App, who: &Who, order: Order, title: Words, back: String) -> Response {
    let edit = app.edits.start(app.service.clone(), who.actor.clone(), order, (title, back));
    let mut done = edit.follow();
    if edit.result().is_none() {
        let _ = tokio::time::timeout(PATIENCE, done.changed()).await;
    }
    match edit.result() {
        Some(Ok(Edited { leaf: Some(leaf), .. })) => {
            let list = crate::list::ListAddress::parse(&edit.back);
            Redirect::to(&list.with("did", &leaf.to_string())).into_response()
        }
        Some(Ok(Edited { changed, .. })) if changed > 0 => Redirect::to(&edit.back).into_response(),
        _ => Redirect::to(&href(&edit)).into_response(),
    }
}

fn edit_of(app: &App, who: &Who, id: &str) -> Result<Arc<Edit>, PageError> {
    let edit = app.edits.get(id, &who.actor.account);
    edit.ok_or_else(|| {
        PageError::Service(ServiceError::NotFound { what: "change under way", name: id.to_owned() })
    })
}

async fn page(State(app): State<App>, who: Who, Path(id): Path<String>) -> Answer {
    let edit = edit_of(&app, &who, &id)?;
    let lead = match edit.result() {
        None => {
            html! { (say("edits-lead")) }
        }
        Some(Ok(_)) => html! { (say("edits-written")) },
        Some(Err(_)) => html! { span lang=[language::of_chosen()] { (say("nothing-written")) } },
    };
    let title = edit.title.said();
    let main = html! {
        (shell::heading(&[Link::new(say("edits-back"), edit.back.clone())], &title, lead, html! {}))
        (state(&edit, &who))
    };
    Page::new(&title, Place::Record, "").in_the_chosen_language().with(&app, &who, main).await
}

fn state(edit: &Edit, who: &Who) -> Markup {
    match edit.result() {
        None => work(&Work {
            id: "edit".to_owned(),
            title: edit.title.said(),
            share: Some(edit.worked.share()),
            events: format!("{}/events", href(edit)),
            href: href(edit),
            ..Work::default()
        }),
        Some(Ok(done)) => html! {
            div #edit .stack-gap role="status" {
                @let text = changed(&done).said();
                @match done.leaf {
                    Some(leaf) => (undo_form(&text, leaf, &who.csrf, &edit.back)),
                    None => p.flash { (icon(Icon::Check)) span { (text) } },
                }
                p { (Link::new(say("edits-back"), edit.back.clone()).anchor()) }
            }
        },
        Some(Err(told)) => html! {
            div #edit .stack-gap {
                p.flash.problem role="alert" { (icon(Icon::Warning)) span { (said(&told)) } }
                p { (Link::new(say("edits-back"), edit.back.clone()).anchor()) }
            }
        },
    }
}

/// How much was changed, and how much had not to be.
fn changed(done: &Edited) -> Words {
    let words = if done.unchanged > 0 {
        Words::of("edits-changed-and-same").with("same", done.unchanged)
    } else {
        Words::of("edits-changed")
    };
    words.with("count", done.changed)
}

enum Step {
    Tell,
    End,
}

/// `progress` until it is done, then `done` with the address of the result.
async fn events(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, PageError> {
    let edit = edit_of(&app, &who, &id)?;
    let events = stream::unfold((edit, Step::Tell), |(edit, step)| async move {
        let Step::Tell = step else { return None };
        let mut done = edit.follow();
        if edit.result().is_none() {
            let _ = tokio::time::timeout(PAUSE, done.changed()).await;
        }
        if edit.result().is_some() {
            let event = Event::default().event("done").data(href(&edit));
            return Some((Ok::<_, Infallible>(event), (edit, Step::End)));
        }
        let told = serde_json::json!({ "share": edit.worked.share(), "note": "" });
        Some((Ok(Event::default().event("progress").data(told.to_string())), (edit, Step::Tell)))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}
