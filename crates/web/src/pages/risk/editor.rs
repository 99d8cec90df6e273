//! The scenario editor: the form beside the curve that it makes, anew with every change.
//!
//! With the script each change brings the preview and what is wrong beside its field; without it the button *Preview* does.

use super::placed::{Numbers, placed};
use super::{beside, curve, shown};
use crate::error::Answer;
use crate::language;
use crate::list::{ListAddress, encoded};
use crate::look::Link;
use crate::look::chart::{ExceedanceCurve, exceedance};
use crate::look::figure::{short_money, small_percent};
use crate::look::form::{Form, fields};
use crate::look::link::safe;
use crate::look::shell::{self, Place};
use crate::look::words::english;
use crate::page::Page;
use crate::pages::records::choices_for;
use crate::pages::sources::record_href;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde_json::Value;
use warrant_model::kind::FieldProblem;
use warrant_service::ServiceError;
use warrant_service::query::RecordRow;
use warrant_service::risk::Preview;

/// The element that the script asks to have changed.
const EDITOR: &str = "editor";

/// The editor for a new scenario, filled in from the address.
pub(super) async fn new(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    let body = serde_json::json!({ "system": list.get("system") });
    show(&app, &who, None, &body, StatusCode::OK, Vec::new()).await
}

/// The editor for a scenario that is there.
pub(super) async fn edit(State(app): State<App>, who: Who, Path(id): Path<String>) -> Answer {
    let row = row(&app, &who, &id).await?;
    let body = row.body.clone();
    show(&app, &who, Some(&row), &body, StatusCode::OK, Vec::new()).await
}

/// A preview, or a new scenario.
pub(super) async fn create(State(app): State<App>, who: Who, headers: HeaderMap, posted: Posted) -> Answer {
    sent(&app, &who, &headers, None, &posted).await
}

/// A preview, or a change.
pub(super) async fn update(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let row = row(&app, &who, &id).await?;
    sent(&app, &who, &headers, Some(&row), &posted).await
}

async fn row(app: &App, who: &Who, id: &str) -> Result<RecordRow, ServiceError> {
    let row = app.service.record(&who.actor, id).await?;
    if row.kind != "scenario" {
        return Err(ServiceError::NotFound { what: "risk scenario", name: id.to_owned() });
    }
    Ok(row)
}

async fn sent(app: &App, who: &Who, headers: &HeaderMap, row: Option<&RecordRow>, posted: &Posted) -> Answer {
    let kind = app.service.kind("scenario")?;
    let (body, mut problems) = posted.body(&kind.fields);
    let mut status = StatusCode::OK;
    if posted.one("verb") == "save" {
        if problems.is_empty() {
            let saved = match row {
                Some(row) => {
                    let version = posted.version().unwrap_or_default();
                    app.service.update(&who.actor, &row.id, version, body.clone()).await
                }
                None => app.service.create(&who.actor, "scenario", body.clone()).await,
            };
            match saved {
                Ok(saved) => return Ok(Redirect::to(&record_href("scenario", &saved.id)).into_response()),
                Err(ServiceError::Invalid(found)) => problems = found,
                Err(error) => return Err(error.into()),
            }
        }
        status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    if headers.get("x-fragment").is_some_and(|id| id.as_bytes() == EDITOR.as_bytes()) {
        let preview = previewed(app, who, row, &body, problems).await?;
        return Ok(parts(app, posted, preview, status)?);
    }
    show(app, who, row, &body, status, problems).await
}

/// The preview with what the form itself could not understand told first.
async fn previewed(
    app: &App,
    who: &Who,
    row: Option<&RecordRow>,
    body: &Value,
    mut problems: Vec<FieldProblem>,
) -> Result<Preview, ServiceError> {
    let mut preview = app.service.risk_preview(&who.actor, row.map(|row| row.id.as_str()), body).await?;
    preview.problems.retain(|found| problems.iter().all(|told| told.field != found.field));
    problems.append(&mut preview.problems);
    if !problems.is_empty() {
        preview.report = None;
    }
    Ok(Preview { problems, ..preview })
}

/// What changes on the page: the preview, and what is wrong beside each field.
fn parts(app: &App, posted: &Posted, preview: Preview, status: StatusCode) -> Result<Response, ServiceError> {
    let kind = app.service.kind("scenario")?;
    let told = placed(&preview.problems, &kind.fields, &Numbers::Sent(posted));
    let preview = Preview { problems: told, ..preview };
    let markup = html! {
        div {
            (pane(&preview))
            @for field in &kind.fields {
                (wrong(&field.name, &preview.problems))
                @for number in posted.row_numbers(&field.name) { (row_wrong(&format!("{}.{number}", field.name), &preview.problems)) }
            }
        }
    };
    let mut answer = (status, markup).into_response();
    answer.headers_mut().insert("x-fragment", HeaderValue::from_static(EDITOR));
    Ok(answer)
}

async fn show(
    app: &App,
    who: &Who,
    row: Option<&RecordRow>,
    body: &Value,
    status: StatusCode,
    problems: Vec<FieldProblem>,
) -> Answer {
    let kind = app.service.kind("scenario")?;
    // A form nobody has filled in yet is not wrong.
    let fresh =
        row.is_none() && status == StatusCode::OK && body["title"].as_str().unwrap_or_default().is_empty();
    let mut preview = previewed(app, who, row, body, problems).await?;
    preview.problems = placed(&preview.problems, &kind.fields, &Numbers::Shown(body));
    let choices = choices_for(app, who, &kind.fields, body, body["system"].as_str()).await?;
    let action = row.map_or_else(|| "/risk/editor".to_owned(), |row| address(&row.id));
    let back = row.map_or_else(|| "/risk".to_owned(), |row| record_href("scenario", &row.id));
    let told = if fresh { &[][..] } else { &preview.problems };
    // What is wrong with a field as a whole stands in a place that changes with every key.
    let of_rows: Vec<FieldProblem> = told.iter().filter(|one| one.field.contains('.')).cloned().collect();
    let view = |nth: usize| Form {
        id: "record",
        kind: kind.spec.name,
        action: &action,
        csrf: &who.csrf,
        version: row.map(|row| row.version),
        fields: &kind.fields[nth..=nth],
        body,
        problems: &of_rows,
        choices: &choices,
        verb: "",
        cancel: None,
        target: None,
    };
    let title = row.map_or_else(
        || say("editor-new"),
        |row| Words::of("editor-estimate").with("title", &row.title).said(),
    );
    let main = html! {
        (shell::heading(&[Link::new(say("risk-title"), "/risk")], &title, html! { (say("editor-lead")) }, html! {}))
        div.columns.pair.editor #(EDITOR) {
            form.form #record method="post" action=(safe(&action)) data-swap=(format!("#{EDITOR}")) data-live data-guard {
                input type="hidden" name="_csrf" value=(who.csrf);
                @if let Some(row) = row { input type="hidden" name="_version" value=(row.version); }
                @for (nth, field) in kind.fields.iter().enumerate() {
                    div.live-field { (fields(&view(nth))) (wrong(&field.name, told)) }
                }
                div.buttons.form-foot {
                    button.primary name="verb" value="save" { (say(if row.is_some() { "button-save" } else { "button-create" })) }
                    button name="verb" value="preview" { (say("button-preview")) }
                    a.button href=(safe(&back)) { (say("button-cancel")) }
                }
            }
            (pane(&preview))
        }
    };
    let mut page =
        Page::new(&title, Place::Programme, "/risk").in_the_chosen_language().guided_by("/risk/editor");
    page.status = status;
    page.with(app, who, main).await
}

/// The editor's address.
pub(super) fn address(id: &str) -> String {
    format!("/risk/editor/{}", encoded(id))
}

/// What is wrong with a field, to stand below it; empty when nothing is.
fn wrong(field: &str, problems: &[FieldProblem]) -> Markup {
    html! {
        p.field-problem #(format!("live-{field}")) data-patch {
            @for problem in problems.iter().filter(|problem| problem.field == field) { span { (english(&problem.message)) } }
        }
    }
}

/// What is wrong with a row, to stand in it.
fn row_wrong(row: &str, problems: &[FieldProblem]) -> Markup {
    html! {
        p.field-problem #(format!("record-{}", row.replace('.', "-"))) data-patch {
            @for problem in problems.iter().filter(|problem| problem.field == row) { span { (english(&problem.message)) } }
        }
    }
}

/// By how much an amount is more or less.
pub(super) fn by(change: f64) -> Words {
    let name = if change > 0.0 { "amount-more" } else { "amount-less" };
    Words::of(name).with("amount", short_money(change.abs()))
}

/// The curve and the figures, or what is missing for them.
fn pane(preview: &Preview) -> Markup {
    html! {
        div.preview #preview data-patch aria-live="polite" {
            @match &preview.report {
                None => {
                    p { (Words::of("editor-missing").around("none", html! { strong { (say("editor-no-curve")) } })) }
                    ul.reasons {
                        @for problem in &preview.problems { li lang=[language::of_english()] { a href=(format!("#record-{}", problem.field.replace('.', "-"))) { (problem.message) } } }
                    }
                    @if let Some(recorded) = &preview.recorded {
                        (exceedance(&ExceedanceCurve { tolerance: Vec::new(), ..curve(&say("editor-recorded"), recorded) }))
                    }
                },
                Some(report) => {
                    @let expected = report.total.ale;
                    p {
                        (Words::of("editor-expected")
                            .with("share", small_percent(report.total.any_loss))
                            .with("bare", short_money(preview.bare))
                            .around("year", html! { strong { (Words::of("risk-year").with("amount", short_money(expected)).with("currency", &preview.currency)) } }))
                        @if let Some(recorded) = &preview.recorded {
                            @let change = expected - recorded.total.ale;
                            @if change.abs() >= 0.5 {
                                " " (Words::of("editor-more").around("amount", html! { strong { (by(change)) } }))
                            }
                        }
                    }
                    @match &preview.recorded {
                        Some(recorded) => (exceedance(&beside(&say("editor-curve"), &preview.currency, recorded, report, &say("editor-as-written")))),
                        None => (exceedance(&ExceedanceCurve { tolerance: Vec::new(), ..curve(&say("editor-curve"), report) })),
                    }
                    p.muted {
                        @for level in report.total.levels.iter().filter(|level| level.level >= 0.95) {
                            (Words::of("editor-worst")
                                .with("share", small_percent(1.0 - level.level))
                                .with("begin", short_money(level.var.estimate))
                                .with("cost", short_money(level.tvar.estimate))) " "
                        }
                        (shown::second_opinion(report))
                    }
                },
            }
        }
    }
}
