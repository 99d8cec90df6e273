//! A filled workbook taken back: what it would record first, then, on a yes, the deed. All rows or none.

mod tables;

use super::frame::{At, Frame};
use crate::error::Answer;
use crate::list::{ListAddress, encoded};
use crate::look::facts::{Figure, figures};
use crate::look::figure::thousands;
use crate::look::icons::{Icon, icon};
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::table::table;
use crate::look::words::english;
use crate::pages::records::list_href;
use crate::pages::records::table::{UPLOAD_LIMIT, file_of};
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use axum::extract::{DefaultBodyLimit, Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{MethodRouter, post};
use maud::{Markup, html};
use warrant_model::kind::FieldProblem;
use warrant_service::ServiceError;
use warrant_service::hand_in::{Format, HandInError};
use warrant_service::import::Mode;
use warrant_service::taken_back::{Becomes, TakenOutcome};

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
            label.sr for=(id) { (Words::of("taken-workbook-of").with("document", &format.title)) }
            input #(id) type="file" name="file" accept=".xlsx,.xlsm" required title=(say("taken-workbook"));
            button { (say("taken-take-back")) }
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
            let lead = told(&app, &name, &outcome);
            let main = preview(&frame, &who, &format, &waiting, (&app, &outcome));
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
            let list = format!("{}?system={}&sort=-updated", list_href(&outcome.kind), encoded(&frame.id));
            let leaf = outcome.leaf.map(|leaf| leaf.to_string()).unwrap_or_default();
            Ok(Redirect::to(&ListAddress::parse(&list).with("did", &leaf)).into_response())
        }
        Err(error) => refused(&app, &who, &frame, &kept.name, error).await,
    }
}

fn told(app: &App, name: &str, outcome: &TakenOutcome) -> Markup {
    let changes = outcome.writes();
    html! {
        strong { (Words::of(if changes == 0 { "taken-same" } else { "taken-would" }).with("file", name).with("what", what(app, outcome))) }
        " " (say("taken-not-written"))
    }
}

/// How many records of which kind it would record.
fn what(app: &App, outcome: &TakenOutcome) -> String {
    let spec = app.service.kind(&outcome.kind).map(|kind| kind.spec).ok();
    match (outcome.writes(), spec) {
        (1, Some(spec)) => format!("1 {}", lower(&kinds::one(&spec))),
        (several, Some(spec)) => format!("{} {}", thousands(several as i64), lower(&kinds::several(&spec))),
        (several, None) => Words::of("count-records").with("count", several).said(),
    }
}

/// A title inside a sentence; abbreviations keep their letters.
fn lower(title: &str) -> String {
    match title.chars().nth(1) {
        Some(second) if second.is_lowercase() => title.to_lowercase(),
        _ => title.to_owned(),
    }
}

fn preview(frame: &Frame, who: &Who, format: &str, waiting: &str, of: (&App, &TakenOutcome)) -> Markup {
    let (app, outcome) = of;
    let figure = |count: usize, caption: &'static str| Figure {
        value: thousands(count as i64),
        caption: say(caption),
        ..Figure::default()
    };
    let open = outcome.judged.iter().filter(|line| line.against_open_rule).count();
    html! {
        (figures(&[
            figure(outcome.count(Becomes::New), "taken-new"),
            figure(outcome.count(Becomes::Changed), "taken-changed"),
            figure(outcome.count(Becomes::Known), "taken-known"),
            figure(outcome.same, "taken-as-warrant"),
            figure(outcome.blank, "taken-blank"),
            figure(outcome.absent, "taken-absent"),
        ]))
        @if let Some(caution) = outcome.compared.caution() {
            p { (icon(Icon::Warning)) " " (english(caution)) }
        }
        form method="post" action=(safe(&format!("{}/{}", address(&frame.id, format), encoded(waiting)))) {
            input type="hidden" name="_csrf" value=(who.csrf);
            div.buttons {
                @if outcome.writes() > 0 { button.primary { (Words::of("taken-record").with("what", what(app, outcome))) } }
                a.button href=(frame.href("/documents", &[])) { (say("taken-leave")) }
            }
        }
        @if open > 0 {
            p.muted {
                (icon(Icon::Warning)) " "
                (Words::of("taken-against").with("count", open))
            }
        }
        @if !outcome.judged.is_empty() {
            (section(&say("taken-otherwise"), html! { (outcome.judged.len()) }, table(&tables::judged(frame, outcome))))
        }
        @if !outcome.edited.is_empty() {
            (section(&say("taken-otherwise"), html! { (outcome.edited.len()) }, table(&tables::edited(frame, outcome))))
        }
        @if !outcome.not_taken.is_empty() {
            (section(&say("column-not-taken"), html! { (outcome.not_taken.len()) }, table(&tables::not_taken(frame, outcome))))
        }
    }
}

/// What is wrong with a workbook, each problem with its place.
async fn refused(app: &App, who: &Who, frame: &Frame, name: &str, error: ServiceError) -> Answer {
    let problems: Vec<String> = match error {
        ServiceError::HandIn(HandInError::Rows(problems)) => problems,
        ServiceError::HandIn(error @ (HandInError::Template(_) | HandInError::OtherSystem)) => {
            vec![error.to_string()]
        }
        ServiceError::Invalid(problems) => {
            problems.into_iter().map(|FieldProblem { message, .. }| message).collect()
        }
        error => return Err(error.into()),
    };
    let lead =
        html! { strong { (Words::of("taken-refused").with("file", name)) } " " (say("taken-refused-text")) };
    let main = html! {
        div.problems role="alert" {
            p { (icon(Icon::Warning)) strong { (Words::of("form-to-mend").with("count", problems.len())) } }
            ul { @for problem in &problems { li { (english(problem)) } } }
        }
        div.buttons { a.button href=(frame.href("/documents", &[])) { (say("taken-back-to-documents")) } }
    };
    let mut answer = frame.page(app, who, At::Documents, (lead, html! {}), main).await?;
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(answer)
}
