//! The boundary: what the system is made of, what moves, to whom, and what of it is not protected.

mod drawing;

use super::frame::{At, Frame};
use super::shown::{column, counted, due, person, plain};
use crate::error::Answer;
use crate::list::{ListAddress, encoded};
use crate::look::badge::{self, Progress};
use crate::look::diagram::Concern;
use crate::look::empty::Empty;
use crate::look::figure::cut;
use crate::look::panel::section;
use crate::look::table::{Action, Row, Width};
use crate::server::App;
use crate::session::Who;
use axum::extract::{Path, State};
use drawing::{carried, concern, drawing, names};
use maud::{Markup, html};
use warrant_model::field::label_of;
use warrant_model::id::RecordId;
use warrant_model::kind::Kind;
use warrant_model::kinds::{Component, DataFlow, InformationType, Interconnection, Protection};

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let main = html! {
        div.stack-gap {
            @if let Some(text) = &frame.snapshot.system.body.boundary { p { (text) } }
            (drawing(&frame))
        }
        (parts::<Component>(&frame, components(&frame)))
        (parts::<DataFlow>(&frame, flows(&frame)))
        (parts::<Interconnection>(&frame, interconnections(&frame)))
        (parts::<InformationType>(&frame, information_types(&frame)))
    };
    let edit = html! {
        @if frame.is_now() {
            a.button href=(format!("/records/system/{}/edit", encoded(&frame.id))) { "Edit boundary" }
            a.button.primary href=(frame.new_href("component", At::Boundary)) { "New component" }
        }
    };
    frame.page(&app, &who, At::Boundary, (lead(&frame), edit), main).await
}

fn lead(frame: &Frame) -> Markup {
    let snapshot = &frame.snapshot;
    let open =
        snapshot.data_flows.iter().filter(|flow| concern(frame, &flow.body) == Concern::Unprotected).count();
    let unknown =
        snapshot.data_flows.iter().filter(|flow| concern(frame, &flow.body) == Concern::Unknown).count();
    let without = snapshot.interconnections.iter().filter(|link| link.body.agreement.is_none()).count();
    let zones: std::collections::BTreeSet<_> =
        snapshot.components.iter().filter_map(|part| part.body.zone.as_deref()).collect();
    html! {
        strong { a href="#component" { (counted(snapshot.components.len(), "component", "components")) } " in " (counted(zones.len(), "trust zone", "trust zones")) }
        "; " a href="#data_flow" { (counted(snapshot.data_flows.len(), "flow", "flows")) }
        @if open > 0 { ", " strong { (open) " sensitive and unprotected" } }
        @if unknown > 0 { ", " (unknown) " of which nobody has said whether they are protected" }
        "; " a href="#interconnection" { (counted(snapshot.interconnections.len(), "interconnection", "interconnections")) }
        @if without > 0 { ", " (without) " without an agreement" }
        "."
    }
}

/// The records of a kind as a section with a way to a new one. A row opens the record.
fn parts<K: Kind>(frame: &Frame, (columns, rows): (Vec<(&'static str, Width)>, Vec<Row>)) -> Markup {
    let (spec, count) = (K::SPEC, rows.len());
    let new = frame.new_href(spec.name, At::Boundary);
    let nothing = Empty::of("boundary-none")
        .with("several", spec.plural.to_lowercase())
        .with("about", spec.about)
        .first_if(frame.is_now().then(|| new.clone()))
        .second_if(frame.is_now().then(|| format!("/import?kind={}#tables", spec.name)));
    let columns = columns.into_iter().map(|(title, width)| column(title, width)).collect();
    let aside = html! { (count) @if frame.is_now() { " · " a href=(new) { "New" } } };
    html! { div #(spec.name) { (section(spec.plural, aside, plain(&format!("{}-rows", spec.name), spec.plural, columns, rows, nothing))) } }
}

fn row(frame: &Frame, kind: &str, id: &RecordId, title: &str, cells: Vec<Markup>) -> Row {
    let href = format!("/records/{kind}/{}", encoded(id.as_str()));
    let edit = Action { verb: "Edit".to_owned(), href: format!("{href}/edit"), key: Some('e') };
    let actions = if frame.is_now() { vec![edit] } else { Vec::new() };
    Row { id: id.0.clone(), title: title.to_owned(), href, cells, actions, ..Row::default() }
}

fn components(frame: &Frame) -> (Vec<(&'static str, Width)>, Vec<Row>) {
    let columns = vec![
        ("Component", Width::Fill),
        ("Type", Width::Fit),
        ("Zone", Width::Fit),
        ("Known as", Width::Fit),
        ("Owner", Width::Fit),
        ("Support ends", Width::Fit),
        ("At rest", Width::Fit),
    ];
    let rows = frame.snapshot.components.iter().map(|part| {
        let body = &part.body;
        let cells = vec![
            html! { (body.name) @if let Some(version) = &body.product_version { small { (version) } } },
            html! { (word(&body.component_type)) },
            html! { @match &body.zone { Some(zone) => (zone), None => span.muted { "none" } } },
            known_as(&body.hostnames),
            person(frame, body.owner.as_ref()),
            html! { @if body.end_of_support.is_some() { (due(body.end_of_support, frame.today())) } @else { span.muted { "not set" } } },
            at_rest(body),
        ];
        row(frame, "component", &part.id, &body.name, cells)
    });
    (columns, rows.collect())
}

/// The first name of a component; all of them when one points at it.
fn known_as(hostnames: &[String]) -> Markup {
    let more = hostnames.len().saturating_sub(1);
    html! {
        @if let Some(first) = hostnames.first() {
            span title=(hostnames.join(", ")) { (cut(first, 20)) @if more > 0 { " +" (more) } }
        }
    }
}

fn at_rest(component: &Component) -> Markup {
    match component.encrypted_at_rest {
        Some(true) => badge::state("encrypted", Progress::Done),
        Some(false) => badge::state("not encrypted", Progress::Failed),
        None if component.stores.is_empty() => html! { span.muted { "stores nothing" } },
        None => badge::state("not known", Progress::Unknown),
    }
}

fn flows(frame: &Frame) -> (Vec<(&'static str, Width)>, Vec<Row>) {
    let names = names(frame);
    let end = |id: &Option<RecordId>| {
        id.as_ref().map_or_else(
            || "not named".to_owned(),
            |id| names.get(id.as_str()).cloned().unwrap_or_else(|| id.0.clone()),
        )
    };
    let columns = vec![
        ("Flow", Width::Fill),
        ("From", Width::Fit),
        ("To", Width::Fit),
        ("Protocol", Width::Fit),
        ("Information", Width::Fit),
        ("Encrypted", Width::Fit),
        ("Authenticated", Width::Fit),
    ];
    let rows = frame.snapshot.data_flows.iter().map(|flow| {
        let body = &flow.body;
        let mark = match concern(frame, body) {
            Concern::Unprotected => html! { " " (badge::tag("sensitive, unprotected")) },
            Concern::Unknown | Concern::Nothing => html! {},
        };
        let cells = vec![
            html! { (body.name) (mark) },
            html! { (end(&body.source)) },
            html! { (end(&body.destination)) },
            html! { @match &body.protocol { Some(protocol) => (protocol), None => span.muted { "not named" } } },
            html! { (carried(frame, &body.information_types)) },
            protection(body.encrypted),
            protection(body.authenticated),
        ];
        row(frame, "data_flow", &flow.id, &body.name, cells)
    });
    (columns, rows.collect())
}

fn protection(protection: Protection) -> Markup {
    match protection {
        Protection::Yes => badge::state("yes", Progress::Done),
        Protection::No => badge::state("no", Progress::Failed),
        Protection::Unknown => badge::state("not known", Progress::Unknown),
    }
}

fn interconnections(frame: &Frame) -> (Vec<(&'static str, Width)>, Vec<Row>) {
    let columns = vec![
        ("Interconnection", Width::Fill),
        ("Other side", Width::Fit),
        ("Direction", Width::Fit),
        ("Information", Width::Fit),
        ("Agreement", Width::Fit),
        ("Agreement ends", Width::Fit),
    ];
    let rows = frame.snapshot.interconnections.iter().map(|link| {
        let body = &link.body;
        let cells = vec![
            html! { (body.name) },
            html! {
                @match &body.remote_system {
                    Some(system) => a href=(format!("/systems/{}", encoded(system.as_str()))) { (body.remote_party) },
                    None => (body.remote_party),
                }
            },
            html! { (word(&body.direction)) },
            html! { (carried(frame, &body.information_types)) },
            html! { @match &body.agreement { Some(agreement) => (agreement), None => (badge::state("none", Progress::Failed)) } },
            due(body.agreement_expires, frame.today()),
        ];
        row(frame, "interconnection", &link.id, &body.name, cells)
    });
    (columns, rows.collect())
}

fn information_types(frame: &Frame) -> (Vec<(&'static str, Width)>, Vec<Row>) {
    let columns = vec![
        ("Information type", Width::Fill),
        ("Categories", Width::Fit),
        ("Confidentiality", Width::Fit),
        ("Integrity", Width::Fit),
        ("Availability", Width::Fit),
        ("Why", Width::Fit),
    ];
    let level = |level: Option<warrant_model::Impact>| html! { @match level { Some(level) => (level), None => span.muted { "not set" } } };
    let rows = frame.snapshot.information_types.iter().map(|kind| {
        let body = &kind.body;
        let categories: Vec<_> = body.categories.iter().map(word).collect();
        let cells = vec![
            html! { (body.name) @if let Some(id) = &body.identifier { small { (id) } } },
            html! { (categories.join(", ")) },
            level(body.confidentiality),
            level(body.integrity),
            level(body.availability),
            html! { @if let Some(rationale) = &body.rationale { span title=(rationale) { (rationale) } } },
        ];
        row(frame, "information_type", &kind.id, &body.name, cells)
    });
    (columns, rows.collect())
}

/// A choice by its stored word, as a label: `data-store` → `Data store`.
fn word(choice: &impl serde::Serialize) -> String {
    match serde_json::to_value(choice) {
        Ok(serde_json::Value::String(word)) => label_of(&word.replace('-', "_")),
        _ => String::new(),
    }
}
