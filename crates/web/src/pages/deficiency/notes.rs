//! Remarks and tasks about a deficiency, with the form that adds a remark.

use super::detail::{Detail, Shown};
use super::{href, known};
use crate::error::PageError;
use crate::look::empty::none;
use crate::look::figure::cut;
use crate::look::link::safe;
use crate::look::panel::PANEL_ID;
use crate::look::when;
use crate::pages::sources::record_href;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use maud::{Markup, html};
use serde_json::json;
use warrant_model::time::from_micros;
use warrant_service::ServiceError;
use warrant_service::query::{DeficiencyRow, RecordRow};

/// What was said, what is to be done, and a place to say more. `problem` is what was wrong with a remark.
pub(super) fn notes(detail: &Detail, who: &Who, problem: Option<&str>) -> Markup {
    html! {
        div.stack-gap {
            @for task in &detail.tasks {
                p { (known::state(task)) " " a href=(safe(&record_href("task", &task.id))) { (task.title) }
                    @if let Some(due) = task.body["due"].as_str() { " " span.muted { (Words::of("task-due").with("day", due)) } } }
            }
            @for note in &detail.notes { (one(detail, note)) }
            @if detail.notes.is_empty() && detail.tasks.is_empty() {
                (none("deficiency-no-notes"))
            }
            @if detail.writes { (form(detail, who, problem)) }
        }
    }
}

fn one(detail: &Detail, note: &RecordRow) -> Markup {
    let at = from_micros(note.updated_at);
    html! {
        div {
            p { (note.body["text"].as_str().unwrap_or_default()) }
            p.muted { (note.updated_by) ", " (when::time(at)) " " (when::age(at, detail.now)) " · " a href=(safe(&record_href("note", &note.id))) { (say("deficiency-note-open")) } }
        }
    }
}

fn form(detail: &Detail, who: &Who, problem: Option<&str>) -> Markup {
    let id = &detail.row.deficiency.id;
    let swap = (detail.shown == Shown::Panel).then(|| format!("#{PANEL_ID}"));
    html! {
        form.form #note method="post" action=(format!("{}/notes", href(id))) data-swap=[swap] data-guard {
            input type="hidden" name="_csrf" value=(who.csrf);
            div.field.wide {
                label for="note-text" { (say("note-text")) }
                textarea #note-text name="text" rows="3" required maxlength="10000" aria-invalid=[problem.map(|_| "true")] {}
                @if let Some(problem) = problem { p.field-problem { (problem) } }
            }
            div.buttons.wide { button { (say("deficiency-note-add")) } }
        }
    }
}

/// Keeps a remark; its heading is its beginning.
pub(super) async fn create(
    app: &App,
    who: &Who,
    row: &DeficiencyRow,
    posted: &Posted,
) -> Result<(), PageError> {
    let text = posted.one("text").trim();
    if text.is_empty() {
        return Err(PageError::Service(ServiceError::field("text", "A note needs words")));
    }
    let title = cut(text.lines().next().unwrap_or_default(), 80);
    let mut body = json!({ "title": title, "about": row.deficiency.id, "text": text });
    if !row.system.is_empty() {
        body["system"] = json!(row.system);
    }
    app.service.create(&who.actor, "note", body).await?;
    Ok(())
}
