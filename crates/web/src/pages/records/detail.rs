//! One record: its fields, its state and the steps from it, its history, what is said about it and what names
//! it. The same content as page and panel.

use super::shown::{self, Names};
use super::{href, list, list_href, notes, steps, writes};
use crate::error::{Answer, PageError, Told};
use crate::list::{ListAddress, encoded};
use crate::look::day::Day;
use crate::look::dialog::{Confirm, confirm};
use crate::look::facts::facts;
use crate::look::failure::said;
use crate::look::link::safe;
use crate::look::panel::{PANEL_ID, Panel, panel, section};
use crate::look::shell::{self, Flash, Spoken};
use crate::look::{Link, when};
use crate::page::{Page, wants_panel};
use crate::pages::sources::record_href;
use crate::server::App;
use crate::session::Who;
use crate::words::Words;
use crate::words::{kinds, say};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use std::borrow::Cow;
use warrant_model::kind::{FieldProblem, KindScope};
use warrant_model::registry::KindEntry;
use warrant_model::time::{day, end_of, from_micros, micros};
use warrant_service::permission::{Deed, least_role};
use warrant_service::query::{RecordRow, VersionRow};
use warrant_service::{Actor, ServiceError};

/// The most records shown that name this one.
const MOST_NAMING: i64 = 50;

/// So many of one kind are shown before the rest must be asked for.
const NAMING_SHOWN: usize = 6;

/// A record with all that its page shows.
pub(super) struct Detail<'a> {
    pub(super) kind: &'a KindEntry,
    pub(super) row: RecordRow,
    pub(super) versions: Vec<VersionRow>,
    pub(super) notes: Vec<RecordRow>,
    pub(super) now: Timestamp,
    /// The day it is shown as of; `None`: now.
    as_of: Option<Date>,
    naming: Vec<RecordRow>,
    names: Names,
    system: Option<Link>,
}

impl<'a> Detail<'a> {
    async fn load(app: &'a App, who: &Who, kind: &str, id: &str) -> Result<Self, ServiceError> {
        let kind = app.service.kind(kind)?;
        let row = of_kind(app, &who.actor, kind, id).await?;
        let names = Names::of_one(app, who, kind, &row).await?;
        let naming = app.service.records_naming(&who.actor, id, MOST_NAMING).await?;
        let (notes, naming) = naming
            .into_iter()
            .filter(|other| other.id != id)
            .partition(|other| other.kind == "note" && other.body["about"] == row.id.as_str());
        let system = match kind.spec.scope {
            KindScope::System(_) | KindScope::SystemOrOrganisation(_) if !row.system.is_empty() => {
                let title = names.title(&row.system).to_owned();
                Some(Link::new(title, record_href("system", &row.system)))
            }
            _ => None,
        };
        let versions = app.service.history(&who.actor, id).await?;
        Ok(Self { kind, versions, notes, naming, names, system, now: app.service.now(), as_of: None, row })
    }

    /// The same as it stood at the end of a day that has passed.
    async fn at_the_end_of(mut self, app: &App, who: &Who, date: Date) -> Result<Self, ServiceError> {
        let last = micros(end_of(date));
        self.versions.retain(|version| version.effective_at < last);
        let Some(version) = self.versions.first().filter(|version| !version.deleted) else {
            let name = format!("{} on {date}", self.row.title);
            return Err(ServiceError::NotFound { what: "record on that day", name });
        };
        self.row.body = version.body.clone();
        self.row.version = version.version;
        self.row.updated_at = version.effective_at;
        self.row.updated_by = version.actor.clone();
        if let Some(workflow) = self.kind.spec.workflow {
            self.row.state = self.row.body[workflow.field].as_str().unwrap_or_default().to_owned();
        }
        self.names = Names::of_one(app, who, self.kind, &self.row).await?;
        self.as_of = Some(date);
        Ok(self)
    }

    /// The control that shows another day.
    fn day(&self) -> Day {
        let first = self.versions.last().map_or(self.row.created_at, |version| version.effective_at);
        Day { action: self.href(), as_of: self.as_of, since: day(from_micros(first)), today: day(self.now) }
    }

    /// Its own address.
    pub(super) fn href(&self) -> String {
        href(self.kind.spec.name, &self.row.id)
    }
}

/// A record the actor may see, when it is of that kind.
pub(super) async fn of_kind(
    app: &App,
    actor: &Actor,
    kind: &KindEntry,
    id: &str,
) -> Result<RecordRow, ServiceError> {
    let row = app.service.record(actor, id).await?;
    if row.kind == kind.spec.name {
        return Ok(row);
    }
    Err(ServiceError::NotFound { what: "record of this kind", name: id.to_owned() })
}

/// Something that could not be done to the record, to be told above it.
pub(super) struct Refusal<'a> {
    pub(super) told: Told,
    /// The step that was tried.
    pub(super) step: &'a str,
    pub(super) problems: &'a [FieldProblem],
}

impl Refusal<'_> {
    /// Of something that is no step.
    pub(super) fn of(told: impl Into<Told>) -> Self {
        Self { told: told.into(), step: "", problems: &[] }
    }
}

/// The page, or the panel when the script asks for it.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    headers: HeaderMap,
    Path((kind, id)): Path<(String, String)>,
    address: ListAddress,
) -> Answer {
    let wanted = address.get("as_of");
    if wanted.is_empty() {
        return answer(&app, &who, &headers, (&kind, &id), None).await;
    }
    let date: Date =
        wanted.parse().map_err(|_| PageError::Refused(Words::of("error-no-day").with("day", wanted)))?;
    if date >= day(app.service.now()) {
        return answer(&app, &who, &headers, (&kind, &id), None).await;
    }
    let detail = Detail::load(&app, &who, &kind, &id).await?.at_the_end_of(&app, &who, date).await?;
    past(&app, &who, &detail).await
}

/// The record as it stood, with nothing to do to it.
async fn past(app: &App, who: &Who, detail: &Detail<'_>) -> Answer {
    let spec = &detail.kind.spec;
    let mut over = vec![Link::new(kinds::several(spec), list_href(spec.name))];
    over.extend(detail.system.clone());
    let main = html! {
        (shell::heading(&over, title(detail), lead(detail), html! {}))
        div.stack-gap { (fields(detail)) }
        (section(&say("section-history"), html! { (say("record-to-this-day")) }, super::history::timeline(detail)))
    };
    let here = list_href(spec.name);
    let mut page = Page::new(title(detail), list::place(detail.kind), &here).in_the_chosen_language();
    page.day = Some(detail.day());
    page.guide = "/records".to_owned();
    page.with(app, who, main).await
}

/// The same after something was refused.
pub(super) async fn answer(
    app: &App,
    who: &Who,
    headers: &HeaderMap,
    (kind, id): (&str, &str),
    refusal: Option<Refusal<'_>>,
) -> Answer {
    let detail = Detail::load(app, who, kind, id).await?;
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    if wants_panel(headers) {
        let mut answer = panel_answer(app, who, &detail, refusal.as_ref()).await?;
        *answer.status_mut() = status;
        return Ok(answer);
    }
    let spec = &detail.kind.spec;
    let mut over = vec![Link::new(kinds::several(spec), list_href(spec.name))];
    over.extend(detail.system.clone());
    let main = html! {
        (shell::heading(&over, title(&detail), lead(&detail), buttons(&detail, who, None)))
        div.stack-gap {
            (steps::buttons(app, who, &detail, None, refusal.as_ref()).await?)
            (fields(&detail))
        }
        div.columns {
            div { (section(&say("section-history"), html! { (say("newest-first")) }, super::history::timeline(&detail))) }
            div {
                (section(&say("section-notes"), html! {}, notes::notes(&detail, who)))
                @if !detail.naming.is_empty() { (section(&say("record-named-by"), html! { (detail.naming.len()) }, naming(app, &detail))) }
            }
        }
        @if removes(who) { (section(&say("button-remove"), html! {}, removal(&detail, who))) }
    };
    let here = list_href(spec.name);
    let mut page = Page::new(title(&detail), list::place(detail.kind), &here).in_the_chosen_language();
    page.status = status;
    page.day = Some(detail.day());
    page.guide = "/records".to_owned();
    page.flashes.extend(refusal.map(|refusal| Flash::problem(refusal.told)));
    page.with(app, who, main).await
}

async fn panel_answer(
    app: &App,
    who: &Who,
    detail: &Detail<'_>,
    refusal: Option<&Refusal<'_>>,
) -> Result<Response, PageError> {
    let spec = &detail.kind.spec;
    let over = match &detail.system {
        Some(system) => format!("{} · {}", kinds::one(spec), system.title),
        None => kinds::one(spec).into_owned(),
    };
    let view = Panel {
        spoken: Spoken::Chosen,
        title: title(detail).to_owned(),
        over,
        href: detail.href(),
        body: html! {
            @if let Some(refusal) = refusal { p.flash.problem role="alert" { (said(&refusal.told)) } }
            p { (lead(detail)) }
            div.stack-gap {
                (steps::buttons(app, who, detail, Some(PANEL_ID), refusal).await?)
                (fields(detail))
            }
            (section(&say("section-notes"), html! {}, notes::notes(detail, who)))
            (section(&say("section-history"), html! { (say("newest-first")) }, super::history::timeline(detail)))
        },
        actions: buttons(detail, who, Some(PANEL_ID)),
    };
    let mut answer = panel(&view).into_response();
    answer.headers_mut().insert("x-fragment", HeaderValue::from_static(PANEL_ID));
    Ok(answer)
}

fn title<'d>(detail: &'d Detail<'_>) -> &'d str {
    match detail.row.body["name"].as_str() {
        Some(name) if !name.is_empty() => name,
        _ if detail.row.title.is_empty() => &detail.row.id,
        _ => &detail.row.title,
    }
}

fn lead(detail: &Detail<'_>) -> Markup {
    let at = from_micros(detail.row.updated_at);
    let row = &detail.row;
    let one = kinds::one(&detail.kind.spec);
    let one = if row.state.is_empty() { one.into_owned() } else { list::in_sentence(&one) };
    let lead = match &detail.system {
        Some(system) => Words::of("record-lead-of").around("system", system.anchor()),
        None => Words::of("record-lead").around("day", html! {}),
    };
    let lead = lead
        .with("what", one)
        .with("version", row.version)
        .with("age", when::age(at, detail.now))
        .with("who", &*row.updated_by)
        .around("day", when::time(at));
    html! {
        @if !row.state.is_empty() { (shown::state(detail.kind, &row.state)) " " }
        (lead)
    }
}

fn fields(detail: &Detail<'_>) -> Markup {
    let today = detail.as_of.unwrap_or(day(detail.now));
    html! {
        (facts(&shown::facts_of(detail.kind, &detail.row, &detail.names, today)))
        @for (label, value) in shown::long_fields(detail.kind, &detail.row, &detail.names, today) {
            (section(&label, html! {}, value))
        }
    }
}

fn buttons(detail: &Detail<'_>, who: &Who, target: Option<&str>) -> Markup {
    let swap = target.map(|id| format!("#{id}"));
    html! {
        @if detail.kind.spec.name == "system" { a.button href=(safe(&record_href("system", &detail.row.id))) { (say("record-open-system")) } }
        @if writes(&who.actor, detail.kind) {
            a.button href=(safe(&format!("{}/edit", detail.href()))) data-swap=[swap] { (say("button-edit")) }
        }
    }
}

fn naming(app: &App, detail: &Detail<'_>) -> Markup {
    let mut by_kind: Vec<(&str, Vec<&RecordRow>)> = Vec::new();
    for other in &detail.naming {
        match by_kind.iter_mut().find(|(kind, _)| *kind == other.kind) {
            Some((_, rows)) => rows.push(other),
            None => by_kind.push((&other.kind, vec![other])),
        }
    }
    html! {
        @for (name, rows) in &by_kind {
            @let kind = app.service.registry().kind(name);
            @let (first, rest) = rows.split_at(rows.len().min(NAMING_SHOWN));
            p.muted { (kind.map_or(Cow::Borrowed(*name), |kind| kinds::several(&kind.spec))) " " (rows.len()) }
            ul { @for row in first { (naming_one(kind, row)) } }
            @if !rest.is_empty() {
                details { summary { (Words::of("and-more").with("count", rest.len())) } ul { @for row in rest { (naming_one(kind, row)) } } }
            }
        }
    }
}

fn naming_one(kind: Option<&KindEntry>, other: &RecordRow) -> Markup {
    html! {
        li {
            a href=(safe(&record_href(&other.kind, &other.id))) { @if other.title.is_empty() { (other.id) } @else { (other.title) } }
            @if let Some(kind) = kind.filter(|_| !other.state.is_empty()) { " " (shown::state(kind, &other.state)) }
        }
    }
}

fn removes(who: &Who) -> bool {
    who.actor.highest >= Some(least_role(Deed::Delete))
}

fn removal(detail: &Detail<'_>, who: &Who) -> Markup {
    let spec = &detail.kind.spec;
    let question = Words::of("record-remove-question")
        .with("one", list::in_sentence(&kinds::one(spec)))
        .with("title", title(detail));
    confirm(&Confirm {
        id: "remove".to_owned(),
        verb: say("button-remove"),
        question: question.said(),
        consequence: Words::of("record-remove-follows").with("count", detail.naming.len()).said(),
        action: format!("{}/delete?version={}", detail.href(), encoded(&detail.row.version.to_string())),
        csrf: who.csrf.clone(),
    })
}
