//! Remarks on a record and the form that adds one.

use super::detail::{self, Detail};
use crate::error::Answer;
use crate::look::empty::none;
use crate::look::figure::cut;
use crate::look::link::safe;
use crate::look::when;
use crate::pages::sources::record_href;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::say;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde_json::json;
use warrant_model::kind::KindScope;
use warrant_model::time::from_micros;
use warrant_service::ServiceError;

/// The remarks, newest first, and a place for one more.
pub(super) fn notes(detail: &Detail<'_>, who: &Who) -> Markup {
    let mut rows: Vec<_> = detail.notes.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.updated_at));
    html! {
        div.stack-gap {
            @for note in &rows {
                @let at = from_micros(note.updated_at);
                div {
                    p { (note.body["text"].as_str().unwrap_or_default()) }
                    p.muted { (note.updated_by) ", " (when::when(at, detail.now)) " · " a href=(safe(&record_href("note", &note.id))) { (say("note-open")) } }
                }
            }
            @if rows.is_empty() { (none("notes-none")) }
            @if who.actor.highest >= Some(warrant_model::scope::Role::Engineer) {
                form.form method="post" action=(safe(&format!("{}/notes", detail.href()))) data-guard {
                    input type="hidden" name="_csrf" value=(who.csrf);
                    div.field.wide {
                        label for="note-text" { (say("note-label")) }
                        textarea #note-text name="text" rows="3" required maxlength="10000" {}
                    }
                    div.buttons.wide { button { (say("note-add")) } }
                }
            }
        }
    }
}

/// Keeps a remark; its heading is its beginning.
pub(super) async fn add(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Path((kind, id)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let entry = app.service.kind(&kind)?;
    let row = detail::of_kind(&app, &who.actor, entry, &id).await?;
    let text = posted.one("text").trim();
    if text.is_empty() {
        let refusal = detail::Refusal::of("note-needs-words");
        return detail::answer(&app, &who, &headers, (&kind, &id), Some(refusal)).await;
    }
    let title = cut(text.lines().next().unwrap_or_default(), 80);
    let mut body = json!({ "title": title, "about": row.id, "text": text });
    let of_system = match entry.spec.scope {
        KindScope::IsSystem(_) => row.id.as_str(),
        _ => row.system.as_str(),
    };
    if !of_system.is_empty() {
        body["system"] = json!(of_system);
    }
    match app.service.create(&who.actor, "note", body).await {
        Ok(_) => Ok(Redirect::to(&super::href(&kind, &id)).into_response()),
        Err(error @ (ServiceError::Invalid(_) | ServiceError::Denied(_))) => {
            let refusal = detail::Refusal::of(&error);
            detail::answer(&app, &who, &headers, (&kind, &id), Some(refusal)).await
        }
        Err(error) => Err(error.into()),
    }
}
