//! One control of a system: what it asks for, what the evidence says, what people say, and what is wrong. The
//! same content as page and as panel of the grid.

mod authored;
mod judge;
mod related;
mod statements;

use super::frame::{At, Frame};
use super::shown::{because, control_label, control_title, implementation, status};
use crate::error::{Answer, PageError};
use crate::list::{ListAddress, encoded};
use crate::look::panel::{PANEL_ID, Panel, panel, section};
use crate::look::shell::Spoken;
use crate::look::words::english;
use crate::look::{Link, when};
use crate::page::wants_panel;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use serde_json::Value;
use warrant_catalog::index::{Index, normalize_control_id};
use warrant_catalog::summary::summary;
use warrant_model::kind::FieldProblem;
use warrant_model::posture::ControlStatus;
use warrant_service::ServiceError;

/// A control with all that its page shows.
struct Shown<'a> {
    frame: &'a Frame,
    id: String,
    /// `None`: not in the system's tailored baseline.
    status: Option<ControlStatus>,
    form: Markup,
}

/// The page, or the panel when the script asks for it.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Path((system, control)): Path<(String, String)>,
    address: ListAddress,
) -> Answer {
    let frame = Frame::load(&app, &who, &system, &address).await?;
    let id = known(&control)?;
    let body = judge::blank(&id, &address, &frame);
    answer(&app, &who, &headers, &frame, id, (&body, &[])).await
}

/// Records a judgement on the control or one of its statements.
pub(super) async fn assess(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Path((system, control)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let frame = Frame::load(&app, &who, &system, &ListAddress::default()).await?;
    let id = known(&control)?;
    let kind = app.service.kind("assessment")?;
    let (mut body, mut problems) = posted.body(&kind.fields);
    judge::complete(&mut body, &frame, &who);
    if body["result"].is_null() {
        problems.push(FieldProblem::new("result", say("judge-say")));
    }
    if problems.is_empty() {
        match app.service.create(&who.actor, "assessment", body.clone()).await {
            Ok(_) => return Ok(Redirect::to(&frame.control_href(&id)).into_response()),
            Err(ServiceError::Invalid(found)) => problems = found,
            Err(error) => return Err(error.into()),
        }
    }
    let mut answer = answer(&app, &who, &headers, &frame, id, (&body, &problems)).await?;
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(answer)
}

/// The id of a control written in any usual way, or of the control that a statement belongs to.
fn known(text: &str) -> Result<String, PageError> {
    let index = Index::embedded();
    let control = text.split("_smt").next().unwrap_or(text).trim().to_lowercase();
    let id = Some(control).filter(|id| index.by_id(id).is_some()).or_else(|| normalize_control_id(text));
    let id = id.filter(|id| index.by_id(id).is_some());
    id.ok_or_else(|| PageError::Service(ServiceError::NotFound { what: "control", name: text.to_owned() }))
}

async fn answer(
    app: &App,
    who: &Who,
    headers: &HeaderMap,
    frame: &Frame,
    id: String,
    (body, problems): (&Value, &[FieldProblem]),
) -> Answer {
    let in_panel = wants_panel(headers);
    let kind = app.service.kind("assessment")?;
    let target = in_panel.then_some(PANEL_ID);
    let status = app.service.control_of(&frame.snapshot, &id);
    let form = match frame.is_now() {
        true => judge::form(frame, who, (kind, &id), (body, problems), target),
        false => html! {},
    };
    let shown = Shown { frame, status, form, id };
    let (label, title) = (control_label(&shown.id), control_title(&shown.id));
    if in_panel {
        let view = Panel {
            spoken: Spoken::Chosen,
            title: format!("{label} {title}"),
            over: format!("{} · {}", say("column-control"), frame.name),
            href: frame.control_href(&shown.id),
            body: html! { p { (lead(&shown)) } (asks(&shown.id)) (judgements(&shown)) (evidence(&shown)) (words(&shown)) },
            actions: actions(&shown),
        };
        let mut answer = panel(&view).into_response();
        answer.headers_mut().insert("x-fragment", HeaderValue::from_static(PANEL_ID));
        return Ok(answer);
    }
    let main = html! {
        h2 { (label) " " (english(&title)) }
        (asks(&shown.id))
        div.columns { div { (evidence(&shown)) } div { (judgements(&shown)) (words(&shown)) } }
    };
    frame.page(app, who, At::Controls, (lead(&shown), actions(&shown)), main).await
}

/// How the control stands, in one sentence.
fn lead(shown: &Shown<'_>) -> Markup {
    let Some(of) = &shown.status else {
        let control = html! { strong { (Words::of("control-not-in-baseline").with("control", control_label(&shown.id))) } };
        return html! { (Words::of("control-not-in-baseline-but").around("control", control)) };
    };
    let now = shown.frame.at();
    html! {
        (status(&of.status)) " · "
        @match super::shown::elsewhere(of) {
            Some(ground) => { a href=(super::shown::ground_link(ground, &of.control).href) { (english(&ground.says)) } " · " }
            None => @if let Some(why) = because(&of.status) { (why) " · " },
        }
        @let met = implementation(&of.implementation);
        (Words::of("control-implementation").around("implementation", html! { @if of.implementation == "not stated" { (met) } @else { strong { (met) } } })) " · "
        @match of.evidence_at { Some(at) => (Words::of("standing-newest").around("day", when::when(at, now))), None => (say("no-evidence")) }
        @if of.open_findings > 0 {
            " · " a href=(shown.frame.href("/findings", &[("control", &shown.id)])) { (Words::of("count-open-findings").with("count", of.open_findings)) }
        }
    }
}

/// What the control asks for, in our own words, and what an assessor looks at.
fn asks(id: &str) -> Markup {
    html! {
        @match summary(id) {
            Some(known) => {
                p { (english(&known.summary)) }
                details.behind { summary { (say("control-assessor")) } ul lang=[crate::language::of_english()] { @for prompt in &known.assess { li { "– " (prompt) } } } }
            }
            None => p.muted { (say("control-no-summary")) },
        }
    }
}

fn evidence(shown: &Shown<'_>) -> Markup {
    html! {
        @if let Some(status) = &shown.status { (statements::statements(shown.frame, status)) }
        (related::deficiencies(shown.frame, &shown.id))
        (related::findings(shown.frame, &shown.id))
    }
}

fn judgements(shown: &Shown<'_>) -> Markup {
    section(
        &say("judgements"),
        html! {},
        html! { div.stack-gap { (authored::judgements(shown.frame, &shown.id)) (shown.form) } },
    )
}

fn words(shown: &Shown<'_>) -> Markup {
    html! {
        (authored::implementations(shown.frame, &shown.id))
        (authored::tailorings(shown.frame, &shown.id))
    }
}

fn actions(shown: &Shown<'_>) -> Markup {
    let frame = shown.frame;
    let new = |kind: &str, more: &str| {
        let next = encoded(&frame.control_href(&shown.id));
        format!(
            "/records/{kind}/new?system={}&control={}{more}&next={next}",
            encoded(&frame.id),
            encoded(&shown.id)
        )
    };
    let plan = format!(
        "/records/poam_item/new?system={}&controls={}&next={}",
        encoded(&frame.id),
        encoded(&shown.id),
        encoded(&frame.control_href(&shown.id))
    );
    let index = Index::embedded();
    let at = index.by_id(&shown.id).map_or(0, |no| usize::from(no.0));
    let beside = |by: isize| {
        let control = at.checked_add_signed(by).and_then(|at| index.controls().get(at));
        control.map(|control| Link::new(control.label.clone(), frame.control_href(&control.id)))
    };
    html! {
        @if frame.is_now() {
            a.button href=(new("implementation", "")) { (say("control-state-implementation")) }
            @match shown.status.is_some() {
                true => a.button href=(new("tailoring", "&action=not-applicable")) { (say("controls-tailor")) },
                false => a.button.primary href=(new("tailoring", "&action=add")) { (say("control-add-to-baseline")) },
            }
            a.button href=(plan) { (say("button-plan")) }
        }
        @if let Some(link) = beside(-1) { a.button href=(link.href) rel="prev" { "← " (link.title) } }
        @if let Some(link) = beside(1) { a.button href=(link.href) rel="next" { (link.title) " →" } }
    }
}
