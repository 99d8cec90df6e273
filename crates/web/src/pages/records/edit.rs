//! New records and changed ones: the form, what is wrong with it, and what happens when it is sent.

use super::form::choices_for;
use super::{conflict, detail, href, list, list_href, next};
use crate::error::Answer;
use crate::look::Link;
use crate::look::form::{Form, form};
use crate::look::link::safe;
use crate::look::panel::{PANEL_ID, Panel, panel};
use crate::look::shell::{self, Flash, Spoken};
use crate::page::{Page, wants_panel};
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde_json::Value;
use warrant_model::kind::FieldProblem;
use warrant_model::registry::KindEntry;
use warrant_service::ServiceError;
use warrant_service::query::RecordRow;

/// A form in the making.
struct Draft<'a> {
    kind: &'a KindEntry,
    /// The record being changed; none for a new one.
    row: Option<&'a RecordRow>,
    body: &'a Value,
    problems: &'a [FieldProblem],
    next: Option<&'a str>,
    /// Shown above the form.
    above: Markup,
    status: StatusCode,
}

impl<'a> Draft<'a> {
    fn new(kind: &'a KindEntry, body: &'a Value) -> Self {
        Self { kind, row: None, body, problems: &[], next: None, above: html! {}, status: StatusCode::OK }
    }
}

/// The form for a new record, filled in from the address.
pub(super) async fn new(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Path(kind): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let kind = app.service.kind(&kind)?;
    let given = Posted::parse(query.as_deref().unwrap_or_default());
    let (body, _) = given.body(&kind.fields);
    let draft = Draft { next: next::local(given.one("next")), ..Draft::new(kind, &body) };
    show(&app, &who, &headers, draft).await
}

/// The form for a change.
pub(super) async fn edit(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Path((kind, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let kind = app.service.kind(&kind)?;
    let row = detail::of_kind(&app, &who.actor, kind, &id).await?;
    let given = Posted::parse(query.as_deref().unwrap_or_default());
    let mut body = row.body.clone();
    let (wanted, _) = given.body(&kind.fields);
    for (name, value) in wanted.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    let next = next::local(given.one("next"));
    show(&app, &who, &headers, Draft { row: Some(&row), next, ..Draft::new(kind, &body) }).await
}

/// Makes the record.
pub(super) async fn create(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Path(kind): Path<String>,
    posted: Posted,
) -> Answer {
    let kind = app.service.kind(&kind)?;
    let (body, mut problems) = posted.body(&kind.fields);
    let next = next::local(posted.one("next"));
    if problems.is_empty() {
        match app.service.create(&who.actor, kind.spec.name, body.clone()).await {
            Ok(row) => {
                let own = href(kind.spec.name, &row.id);
                return Ok(Redirect::to(next.unwrap_or(&own)).into_response());
            }
            Err(ServiceError::Invalid(found)) => problems = found,
            Err(error) => return Err(error.into()),
        }
    }
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    show(&app, &who, &headers, Draft { problems: &problems, next, status, ..Draft::new(kind, &body) }).await
}

/// Changes the record.
pub(super) async fn update(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Path((kind, id)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let kind = app.service.kind(&kind)?;
    let row = detail::of_kind(&app, &who.actor, kind, &id).await?;
    let (body, mut problems) = posted.body(&kind.fields);
    let next = next::local(posted.one("next"));
    let version = posted.version().unwrap_or_default();
    let mut above = html! {};
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if problems.is_empty() {
        match app.service.update(&who.actor, &id, version, body.clone()).await {
            Ok(_) => {
                let own = href(kind.spec.name, &id);
                return Ok(Redirect::to(next.unwrap_or(&own)).into_response());
            }
            Err(ServiceError::Invalid(found)) => problems = found,
            Err(error) if error.code().0 == "conflict" => {
                above = conflict::both(kind, &row, &body, app.service.now());
                status = StatusCode::CONFLICT;
            }
            Err(error) => return Err(error.into()),
        }
    }
    let draft =
        Draft { row: Some(&row), problems: &problems, next, above, status, ..Draft::new(kind, &body) };
    show(&app, &who, &headers, draft).await
}

async fn show(app: &App, who: &Who, headers: &HeaderMap, draft: Draft<'_>) -> Answer {
    let kind = draft.kind;
    let system = list::system_field(kind).and_then(|field| draft.body[field].as_str());
    let choices = choices_for(app, who, &kind.fields, draft.body, system).await?;
    let target = wants_panel(headers).then_some(PANEL_ID);
    let (title, action, back) = match draft.row {
        Some(row) => (
            Words::of("record-edit-title").with("title", &*row.title).said(),
            href(kind.spec.name, &row.id),
            href(kind.spec.name, &row.id),
        ),
        None => {
            let title =
                Words::of("records-new").with("one", list::in_sentence(&kinds::one(&kind.spec))).said();
            (title, list_href(kind.spec.name), list_href(kind.spec.name))
        }
    };
    let cancel = Link::new(say("button-cancel"), draft.next.unwrap_or(&back));
    let view = Form {
        id: "record",
        kind: kind.spec.name,
        action: &action,
        csrf: &who.csrf,
        version: draft.row.map(|row| row.version),
        fields: &kind.fields,
        body: draft.body,
        problems: draft.problems,
        choices: &choices,
        verb: &say(if draft.row.is_some() { "button-save" } else { "button-create" }),
        cancel: Some(cancel),
        target,
    };
    let markup = html! { (draft.above) (with_next(form(&view), draft.next)) };
    if target.is_some() {
        return Ok(panel_answer(kind, &title, &action, markup, &draft));
    }
    let over = [Link::new(kinds::several(&kind.spec), list_href(kind.spec.name))];
    let main = html! {
        (shell::heading(&over, &title, html! { (kinds::about(&kind.spec)) }, html! {}))
        (markup)
    };
    let here = list_href(kind.spec.name);
    let mut page = Page::new(&title, list::place(kind), &here).in_the_chosen_language();
    page.status = draft.status;
    if draft.status == StatusCode::CONFLICT {
        page.flashes.push(Flash::problem("conflict-meanwhile"));
    }
    page.with(app, who, main).await
}

fn panel_answer(kind: &KindEntry, title: &str, action: &str, body: Markup, draft: &Draft<'_>) -> Response {
    let href = match draft.row {
        Some(_) => format!("{action}/edit"),
        None => format!("{action}/new"),
    };
    let (title, over) = (title.to_owned(), kinds::one(&kind.spec).into_owned());
    let mut answer =
        panel(&Panel { spoken: Spoken::Chosen, title, over, href, body, actions: html! {} }).into_response();
    *answer.status_mut() = draft.status;
    answer.headers_mut().insert("x-fragment", HeaderValue::from_static(PANEL_ID));
    answer
}

/// The form with where it leads; the look's form knows no further hidden fields, but inputs may stand outside
/// of the form they belong to.
fn with_next(form: Markup, next: Option<&str>) -> Markup {
    html! {
        (form)
        @if let Some(next) = next { input type="hidden" form="record" name="next" value=(safe(next)); }
    }
}
