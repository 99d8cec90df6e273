//! A filled workbook taken back: what it would record first, then, on a yes, the deed. All rows or none.

use super::frame::{At, Frame};
use super::shown::control_label;
use crate::error::Answer;
use crate::list::{ListAddress, encoded};
use crate::look::badge::{self, Progress};
use crate::look::facts::{Figure, figures};
use crate::look::figure::thousands;
use crate::look::icons::{Icon, icon};
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::table::{Column, Row, Table, Width, table};
use crate::pages::records::list_href;
use crate::pages::records::table::{UPLOAD_LIMIT, file_of};
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{MethodRouter, post};
use maud::{Markup, html};
use warrant_model::kind::FieldProblem;
use warrant_model::kinds::AssessmentResult;
use warrant_service::ServiceError;
use warrant_service::hand_in::{Format, HandInError};
use warrant_service::import::Mode;
use warrant_service::taken_back::{Becomes, TakenLine, TakenOutcome};

/// What answers a filled workbook that is sent.
pub(super) fn sent() -> MethodRouter<App> {
    post(look).layer(DefaultBodyLimit::max(UPLOAD_LIMIT))
}

fn address(system: &str, format: &str) -> String {
    format!("/systems/{}/documents/{}/back", encoded(system), encoded(format))
}

/// The form that takes a filled workbook.
pub(super) fn form(frame: &Frame, who: &Who, format: &Format) -> Markup {
    let id = format!("{}-back", format.id);
    html! {
        form.buttons method="post" enctype="multipart/form-data" action=(safe(&address(&frame.id, &format.id))) {
            input type="hidden" name="_csrf" value=(who.csrf);
            label.sr for=(id) { "Filled workbook of " (format.title) }
            input #(id) type="file" name="file" accept=".xlsx,.xlsm" required title="A workbook that people filled in";
            button { "Take back" }
        }
    }
}

/// Reads what was sent and says what it would record.
async fn look(
    State(app): State<App>,
    who: Who,
    Path((id, format)): Path<(String, String)>,
    list: ListAddress,
    multipart: Multipart,
) -> Answer {
    let (name, bytes) = file_of(multipart, &who).await?;
    let frame = Frame::load(&app, &who, &id, &list).await?;
    let of = (frame.id.as_str(), format.as_str());
    match app.service.take_back(&who.actor, of, (&name, bytes.clone()), Mode::DryRun).await {
        Ok(outcome) => {
            let waiting = app.tables.put(&who.actor.account, &address(of.0, of.1), name.clone(), bytes);
            let lead = told(&name, &outcome);
            let main = preview(&frame, &who, &format, &waiting, &outcome);
            frame.page(&app, &who, At::Documents, (lead, html! {}), main).await
        }
        Err(error) => refused(&app, &who, &frame, &name, error).await,
    }
}

/// Records what was shown.
pub(super) async fn confirm(
    State(app): State<App>,
    who: Who,
    Path((id, format, waiting)): Path<(String, String, String)>,
    list: ListAddress,
    posted: Posted,
) -> Answer {
    drop(posted);
    let frame = Frame::load(&app, &who, &id, &list).await?;
    let of = (frame.id.as_str(), format.as_str());
    let gone = || ServiceError::Refused("this workbook waited too long; send it again".to_owned());
    let kept = app.tables.get(&waiting, &who.actor.account).filter(|one| one.kind == address(of.0, of.1));
    let kept = kept.ok_or_else(gone)?;
    let file = (kept.name.as_str(), kept.bytes.to_vec());
    match app.service.take_back(&who.actor, of, file, Mode::Commit).await {
        Ok(outcome) => {
            app.tables.forget(&waiting);
            let list = format!("{}?system={}&sort=-updated", list_href("assessment"), encoded(&frame.id));
            let leaf = outcome.leaf.map(|leaf| leaf.to_string()).unwrap_or_default();
            Ok(Redirect::to(&ListAddress::parse(&list).with("did", &leaf)).into_response())
        }
        Err(error) => refused(&app, &who, &frame, &kept.name, error).await,
    }
}

fn told(name: &str, outcome: &TakenOutcome) -> Markup {
    let changes = outcome.count(Becomes::New) + outcome.count(Becomes::Changed);
    html! {
        strong { (name) @if changes == 0 { " says what is already there" } @else { " would record " (count(changes)) } }
        ". Nothing has been written yet."
    }
}

fn count(judgements: usize) -> String {
    match judgements {
        1 => "1 judgement".to_owned(),
        several => format!("{} judgements", thousands(several as i64)),
    }
}

fn preview(frame: &Frame, who: &Who, format: &str, waiting: &str, outcome: &TakenOutcome) -> Markup {
    let figure = |count: usize, caption: &str| Figure {
        value: thousands(count as i64),
        caption: caption.to_owned(),
        ..Figure::default()
    };
    let changes = outcome.count(Becomes::New) + outcome.count(Becomes::Changed);
    let open = outcome.judged.iter().filter(|line| line.against_open_rule).count();
    html! {
        (figures(&[
            figure(outcome.count(Becomes::New), "new judgements"),
            figure(outcome.count(Becomes::Changed), "judgements changed"),
            figure(outcome.count(Becomes::Known), "recorded before"),
            figure(outcome.same, "rows as Warrant says"),
            figure(outcome.blank, "rows without a result"),
        ]))
        form method="post" action=(safe(&format!("{}/{}", address(&frame.id, format), encoded(waiting)))) {
            input type="hidden" name="_csrf" value=(who.csrf);
            div.buttons {
                @if changes > 0 { button.primary { "Record " (count(changes)) } }
                a.button href=(frame.href("/documents", &[])) { "Leave it" }
            }
        }
        @if open > 0 {
            p.muted {
                (icon(Icon::Warning)) " " (count(open)) " stand against rules that are open: the posture goes by the rules until they are mended or excepted."
            }
        }
        @if !outcome.judged.is_empty() {
            (section("What it says otherwise", html! { (outcome.judged.len()) }, table(&lines(frame, outcome))))
        }
    }
}

fn lines(frame: &Frame, outcome: &TakenOutcome) -> Table {
    let column = Column::plain;
    Table {
        id: "taken".to_owned(),
        caption: "Judgements of the workbook".to_owned(),
        action: frame.href("/documents", &[]),
        columns: vec![
            column("Row", Width::Figures),
            column("CCI", Width::Fit),
            column("Control", Width::Fit),
            column("Result", Width::Fit),
            column("Tested", Width::Fit),
            column("By", Width::Fill),
            column("Becomes", Width::Fit),
        ],
        rows: outcome.judged.iter().map(|line| row(frame, line)).collect(),
        ..Table::default()
    }
}

fn row(frame: &Frame, line: &TakenLine) -> Row {
    let control = line.control.split("_smt").next().unwrap_or(&line.control);
    let href = frame.control_href(control);
    Row {
        id: format!("{}-{}", line.row, line.control),
        title: line.cci.clone(),
        href: href.clone(),
        cells: vec![
            html! { (line.row) },
            html! { (line.cci) },
            html! { a href=(safe(&href)) { (control_label(&line.control)) } },
            match line.result {
                AssessmentResult::Satisfied => badge::state("Satisfied", Progress::Done),
                AssessmentResult::OtherThanSatisfied => {
                    badge::state("Other than satisfied", Progress::Failed)
                }
                AssessmentResult::NotApplicable => badge::state("Not applicable", Progress::Unknown),
            },
            html! { (line.assessed_on) },
            html! { (line.tested_by) },
            html! {
                @match line.becomes {
                    Becomes::New => "new", Becomes::Changed => "changed", Becomes::Known => span.muted { "recorded before" },
                }
                @if line.against_open_rule { ", " span.muted { "a rule is open" } }
            },
        ],
        ..Row::default()
    }
}

/// What is wrong with a workbook, each problem with its place.
async fn refused(app: &App, who: &Who, frame: &Frame, name: &str, error: ServiceError) -> Answer {
    let problems: Vec<String> = match error {
        ServiceError::HandIn(HandInError::Rows(problems)) => problems,
        ServiceError::HandIn(error @ HandInError::Template(_)) => vec![error.to_string()],
        ServiceError::Invalid(problems) => {
            problems.into_iter().map(|FieldProblem { message, .. }| message).collect()
        }
        error => return Err(error.into()),
    };
    let lead = html! { strong { (name) " was not taken back." } " Mend what is named below and send it again; nothing has been written." };
    let main = html! {
        div.problems role="alert" {
            p { (icon(Icon::Warning)) strong { @if problems.len() == 1 { "One thing to mend" } @else { (problems.len()) " things to mend" } } }
            ul { @for problem in &problems { li { (problem) } } }
        }
        div.buttons { a.button href=(frame.href("/documents", &[])) { "Back to the documents" } }
    };
    let mut answer = frame.page(app, who, At::Documents, (lead, html! {}), main).await?;
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(answer)
}
