//! One control: what it asks for, how to assess it, and how every system stands on it.

use super::family::{baselines, family_of};
use super::standing;
use crate::error::Answer;
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::empty::Empty;
use crate::look::facts::{Fact, facts};
use crate::look::panel::{Panel, panel, section};
use crate::look::shell::{self, Place, Spoken};
use crate::look::table::{Column, Row, Table, Width, table};
use crate::look::words::english;
use crate::look::{Link, when};
use crate::page::{Page, wants_panel};
use crate::pages::system::implementation;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use warrant_catalog::index::{ControlFacts, ControlNo, Index};
use warrant_catalog::summary::summary;
use warrant_model::posture::{ControlCounts, ControlStatus};
use warrant_service::ServiceError;

/// The page, or the panel when the script asks for it.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let index = Index::embedded();
    let unknown = || ServiceError::NotFound { what: "control", name: id.clone() };
    let no = index.find(&id).ok_or_else(unknown)?;
    let control = index.control(no).ok_or_else(unknown)?;
    if control.id != id {
        return Ok(Redirect::to(&format!("/controls/{}", encoded(&control.id))).into_response());
    }
    let matrix = app.service.control_matrix(&who.actor).await?;
    let counts = matrix.counts.get(&id).copied().unwrap_or_default();
    let title = format!("{} {}", control.label, control.title);
    if wants_panel(&headers) {
        let body = html! { p { (lead(control, &counts)) } (asks(control)) (known(index, no, control)) (assess(control)) };
        let over = format!("{} · {}", say("column-control"), baselines(control));
        let href = format!("/controls/{}", encoded(&id));
        return Ok(panel(&Panel { spoken: Spoken::Chosen, title, over, href, body, actions: html! {} })
            .into_response());
    }
    let crumbs = [Link::new(say("places-controls"), "/controls"), family_link(index, no, control)];
    let findings = format!("/findings?control={}", encoded(&id));
    let main = html! {
        (shell::heading(&crumbs, english(&title), lead(control, &counts), html! { a.button href=(findings) { (say("places-findings")) } }))
        (asks(control))
        (known(index, no, control))
        (assess(control))
        (section(&say("place-systems"), html! { (Words::of("in-all").with("count", matrix.systems)) }, systems(&app, &who, &address, &id).await?))
        (statements(index, no))
    };
    Page::new(&title, Place::Systems, "/controls").in_the_chosen_language().with(&app, &who, main).await
}

fn family_link(index: &Index, no: ControlNo, control: &ControlFacts) -> Link {
    let id = family_of(control);
    let title = index.family(no).map_or_else(|| id.to_uppercase(), |family| family.title.clone());
    Link::new(title, format!("/controls?family={}", encoded(id)))
}

fn lead(control: &ControlFacts, counts: &ControlCounts) -> Markup {
    let all = counts.applicable();
    html! {
        @if control.withdrawn { strong { (say("control-withdrawn")) } " " }
        @if all == 0 {
            @if counts.not_applicable > 0 { strong { (say("control-tailored-out")) } }
            @else if !control.withdrawn { strong { (say("control-in-no-baseline")) } }
        } @else {
            strong { (Words::of("control-satisfied-in").with("some", counts.satisfied).with("all", all)) }
            @for (title, _, count) in standing::parts(counts).into_iter().skip(1).filter(|(_, _, count)| *count > 0) {
                "; " (Words::of("control-status-in").with("status", title.to_lowercase()).with("count", count))
            }
            "."
        }
    }
}

fn known(index: &Index, no: ControlNo, control: &ControlFacts) -> Markup {
    let links = |numbers: &[ControlNo]| {
        let controls: Vec<_> = numbers.iter().filter_map(|no| index.control(*no)).collect();
        html! {
            @for (nth, control) in controls.iter().enumerate() {
                @if nth > 0 { ", " }
                a href=(format!("/controls/{}", encoded(&control.id))) title=(control.title) { (control.label) }
            }
        }
    };
    let mut list = vec![Fact::text(
        say("column-baselines"),
        match baselines(control) {
            none if none.is_empty() => say("control-no-baseline"),
            some => some,
        },
    )];
    if let Some(summary) = summary(&control.id) {
        let served: Vec<_> = summary
            .objectives
            .iter()
            .map(|objective| kinds::choice("objectives", objective.name()).to_lowercase())
            .collect();
        list.push(Fact::text(say("fact-serves"), served.join(", ")));
    }
    if let Some(parent) = control.parent {
        list.push(Fact::markup(say("fact-enhances"), links(&[parent])));
    }
    if !control.replaced_by.is_empty() {
        list.push(Fact::markup(say("fact-see-instead"), links(&control.replaced_by)));
    }
    if !control.related.is_empty() {
        list.push(Fact::markup(say("fact-related"), links(&control.related)));
    }
    let enhancements: Vec<_> = (0..)
        .zip(index.controls())
        .filter(|(_, other)| other.parent == Some(no) && !other.withdrawn)
        .map(|(nth, _)| ControlNo(nth))
        .collect();
    if !enhancements.is_empty() {
        list.push(Fact::markup(say("fact-enhancements"), links(&enhancements)));
    }
    let ccis = warrant_catalog::cci::of_control(&control.id);
    if !ccis.is_empty() {
        let ccis: Vec<_> = ccis.iter().map(|number| format!("CCI-{number:06}")).collect();
        let long = html! { details { summary { (Words::of("control-identifiers").with("count", ccis.len())) } (ccis.join(", ")) } };
        list.push(Fact::markup(
            say("column-cci"),
            if ccis.len() > 6 {
                long
            } else {
                html! { (ccis.join(", ")) }
            },
        ));
    }
    facts(&list)
}

fn asks(control: &ControlFacts) -> Markup {
    html! { @if let Some(summary) = summary(&control.id) { p { (english(&summary.summary)) } } }
}

fn assess(control: &ControlFacts) -> Markup {
    let prompts = summary(&control.id).map(|summary| summary.assess.as_slice()).unwrap_or_default();
    if prompts.is_empty() {
        return html! {};
    }
    let list =
        html! { ul lang=[crate::language::of_english()] { @for prompt in prompts { li { (prompt) } } } };
    section(&say("control-assessor"), html! {}, list)
}

/// Statements by identifier; their text is the publisher's and not shown here.
fn statements(index: &Index, no: ControlNo) -> Markup {
    let statements = index.all_statements().get(index.statements(no)).unwrap_or_default();
    let parameters = index.parameters(no);
    if statements.is_empty() && parameters.is_empty() {
        return html! {};
    }
    let body = html! {
        @if !statements.is_empty() {
            p { (say("control-one-by-one")) " " @for (nth, part) in statements.iter().enumerate() { @if nth > 0 { ", " } span title=(part.id) { @if part.label.is_empty() { (say("control-as-a-whole")) } @else { (part.label) } } } }
        }
        @if !parameters.is_empty() {
            p { (say("control-set-by")) " " @for (nth, part) in parameters.iter().enumerate() { @if nth > 0 { ", " } code { (part.id) } @if !part.label.is_empty() { " (" (english(&part.label)) ")" } } }
        }
    };
    section(&say("control-statements"), html! {}, body)
}

async fn systems(app: &App, who: &Who, address: &ListAddress, id: &str) -> Result<Markup, ServiceError> {
    let mut names: Vec<_> = app.service.system_names(&who.actor).await?.into_iter().collect();
    names.sort_by(|a, b| a.1.cmp(&b.1));
    let from = usize::try_from(address.offset()).unwrap_or(usize::MAX).min(names.len());
    let shown: Vec<_> = names.iter().skip(from).take(PAGE as usize).collect();
    let ids: Vec<_> = shown.iter().map(|(id, _)| id.clone()).collect();
    let found = app.service.control_in_systems(&who.actor, id, &ids).await?;
    let column = |title: &str, width| Column { title: title.to_owned(), width, ..Column::default() };
    let now = app.service.now();
    let rows = shown
        .iter()
        .zip(&found)
        .map(|((system, name), (_, status))| row(id, system, name, status.as_ref(), now));
    Ok(table(&Table {
        id: "systems".to_owned(),
        caption: say("place-systems"),
        action: address.path.clone(),
        columns: vec![
            column(&say("column-system"), Width::Fill),
            column(&say("column-status"), Width::Fit),
            column(&say("column-because"), Width::Fit),
            column(&say("column-implementation"), Width::Fit),
            column(&say("column-evidence"), Width::Fit),
            column(&say("column-open-findings"), Width::Figures),
        ],
        rows: rows.collect(),
        pager: address.pager(shown.len(), names.len() as i64, i64::MAX),
        empty: Empty::of("control-no-systems")
            .first("/records/system/new")
            .second("/import?kind=system#tables"),
        ..Table::default()
    }))
}

fn row(control: &str, system: &str, name: &str, status: Option<&ControlStatus>, now: jiff::Timestamp) -> Row {
    let base = format!("/systems/{}", encoded(system));
    let findings = |count: u32| {
        let href = format!("/findings?system={}&control={}", encoded(system), encoded(control));
        html! { @if count > 0 { a href=(href) { (count) } } @else { span.muted { "0" } } }
    };
    let because = |status: &ControlStatus| {
        let ground = status
            .statements
            .iter()
            .find(|part| part.status == status.status)
            .and_then(|part| part.grounds.first());
        html! {
            (standing::reason(&status.status))
            @if let Some(ground) = ground { " " a href=(crate::pages::source_link(&ground.source).href) { (english(&crate::look::figure::cut(&ground.says, 60))) } }
        }
    };
    let cells = match status {
        None => vec![
            html! { (name) },
            html! { span.muted { (say("control-not-in-its-baseline")) } },
            html! {},
            html! {},
            html! {},
            html! {},
        ],
        Some(status) => vec![
            html! { (name) },
            standing::status(&status.status),
            because(status),
            html! { (implementation(&status.implementation)) },
            html! { @match status.evidence_at { Some(at) => (when::when(at, now)), None => span.muted { (say("none-feminine")) } } },
            findings(status.open_findings),
        ],
    };
    let href = match status {
        Some(_) => format!("{base}/controls/{}", encoded(control)),
        None => format!("{base}/controls"),
    };
    Row { id: system.to_owned(), title: name.to_owned(), href, cells, ..Row::default() }
}
