//! The boundary: what the system is made of, what moves, to whom, and what of it is not protected.

mod drawing;

use super::frame::{At, Frame};
use super::shown::{column, due, impact, person, plain};
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
use crate::words::{Words, kinds, say};
use axum::extract::{Path, State};
use drawing::{carried, concern, drawing, names};
use maud::{Markup, html};
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
            a.button href=(format!("/records/system/{}/edit", encoded(&frame.id))) { (say("boundary-edit")) }
            a.button.primary href=(frame.new_href("component", At::Boundary)) { (say("boundary-new-component")) }
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
    let link = |href: &str, name: &'static str, count: usize| {
        html! { a href=(href) { (Words::of(name).with("count", count)) } }
    };
    let components = Words::of("boundary-components")
        .with("zones", zones.len())
        .around("components", link("#component", "count-components", snapshot.components.len()));
    let links = link("#interconnection", "count-interconnections", snapshot.interconnections.len());
    let sentence = Words::of("boundary-lead")
        .with("open", open)
        .with("unknown", unknown)
        .with("without", without)
        .around("components", html! { strong { (components) } })
        .around("flows", link("#data_flow", "count-flows", snapshot.data_flows.len()))
        .around("interconnections", links);
    html! { (sentence) }
}

/// The records of a kind as a section with a way to a new one. A row opens the record.
fn parts<K: Kind>(frame: &Frame, (columns, rows): (Vec<(&'static str, Width)>, Vec<Row>)) -> Markup {
    let (spec, count) = (K::SPEC, rows.len());
    let new = frame.new_href(spec.name, At::Boundary);
    let nothing = Empty::of("boundary-none")
        .with("several", kinds::several(&spec).to_lowercase())
        .with("about", kinds::about(&spec).into_owned())
        .first_if(frame.is_now().then(|| new.clone()))
        .second_if(frame.is_now().then(|| format!("/import?kind={}#tables", spec.name)));
    let columns = columns.into_iter().map(|(title, width)| column(&say(title), width)).collect();
    let several = kinds::several(&spec);
    let aside = html! { (count) @if frame.is_now() { " · " a href=(new) { (say("button-new")) } } };
    html! { div #(spec.name) { (section(&several, aside, plain(&format!("{}-rows", spec.name), &several, columns, rows, nothing))) } }
}

fn row(frame: &Frame, kind: &str, id: &RecordId, title: &str, cells: Vec<Markup>) -> Row {
    let href = format!("/records/{kind}/{}", encoded(id.as_str()));
    let edit = Action { verb: say("button-edit"), href: format!("{href}/edit"), key: Some('e') };
    let actions = if frame.is_now() { vec![edit] } else { Vec::new() };
    Row { id: id.0.clone(), title: title.to_owned(), href, cells, actions, ..Row::default() }
}

fn components(frame: &Frame) -> (Vec<(&'static str, Width)>, Vec<Row>) {
    let columns = vec![
        ("column-component", Width::Fill),
        ("column-type", Width::Fit),
        ("column-zone", Width::Fit),
        ("column-known-as", Width::Fit),
        ("column-owner", Width::Fit),
        ("column-support-ends", Width::Fit),
        ("column-at-rest", Width::Fit),
    ];
    let rows = frame.snapshot.components.iter().map(|part| {
        let body = &part.body;
        let cells = vec![
            html! { (body.name) @if let Some(version) = &body.product_version { small { (version) } } },
            html! { (word("component_type", &body.component_type)) },
            html! { @match &body.zone { Some(zone) => (zone), None => span.muted { (say("none")) } } },
            known_as(&body.hostnames),
            person(frame, body.owner.as_ref()),
            html! { @if body.end_of_support.is_some() { (due(body.end_of_support, frame.today())) } @else { span.muted { (say("not-set")) } } },
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
            span title=(hostnames.join(", ")) { (cut(first, 15)) @if more > 0 { " +" (more) } }
        }
    }
}

fn at_rest(component: &Component) -> Markup {
    match component.encrypted_at_rest {
        Some(true) => badge::state(&say("at-rest-encrypted"), Progress::Done),
        Some(false) => badge::state(&say("at-rest-not"), Progress::Failed),
        None if component.stores.is_empty() => html! { span.muted { (say("at-rest-nothing")) } },
        None => badge::state(&say("not-known"), Progress::Unknown),
    }
}

fn flows(frame: &Frame) -> (Vec<(&'static str, Width)>, Vec<Row>) {
    let names = names(frame);
    let end = |id: &Option<RecordId>| {
        id.as_ref().map_or_else(
            || say("diagram-not-named"),
            |id| names.get(id.as_str()).cloned().unwrap_or_else(|| id.0.clone()),
        )
    };
    let columns = vec![
        ("column-flow", Width::Fill),
        ("column-from", Width::Fit),
        ("column-to", Width::Fit),
        ("column-protocol", Width::Fit),
        ("column-information", Width::Fit),
        ("column-encrypted", Width::Fit),
        ("column-authenticated", Width::Fit),
    ];
    let rows = frame.snapshot.data_flows.iter().map(|flow| {
        let body = &flow.body;
        let mark = match concern(frame, body) {
            Concern::Unprotected => html! { " " (badge::tag(&say("flow-sensitive"))) },
            Concern::Unknown | Concern::Nothing => html! {},
        };
        let cells = vec![
            html! { (body.name) (mark) },
            html! { (end(&body.source)) },
            html! { (end(&body.destination)) },
            html! { @match &body.protocol { Some(protocol) => (protocol), None => span.muted { (say("diagram-not-named")) } } },
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
        Protection::Yes => badge::state(&say("yes").to_lowercase(), Progress::Done),
        Protection::No => badge::state(&say("no").to_lowercase(), Progress::Failed),
        Protection::Unknown => badge::state(&say("not-known"), Progress::Unknown),
    }
}

fn interconnections(frame: &Frame) -> (Vec<(&'static str, Width)>, Vec<Row>) {
    let columns = vec![
        ("column-interconnection", Width::Fill),
        ("column-other-side", Width::Fit),
        ("column-direction", Width::Fit),
        ("column-information", Width::Fit),
        ("column-agreement", Width::Fit),
        ("column-agreement-ends", Width::Fit),
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
            html! { (word("direction", &body.direction)) },
            html! { (carried(frame, &body.information_types)) },
            html! { @match &body.agreement { Some(agreement) => (agreement), None => (badge::state(&say("none-feminine"), Progress::Failed)) } },
            due(body.agreement_expires, frame.today()),
        ];
        row(frame, "interconnection", &link.id, &body.name, cells)
    });
    (columns, rows.collect())
}

fn information_types(frame: &Frame) -> (Vec<(&'static str, Width)>, Vec<Row>) {
    let columns = vec![
        ("column-information-type", Width::Fill),
        ("column-categories", Width::Fit),
        ("objective-confidentiality", Width::Fit),
        ("objective-integrity", Width::Fit),
        ("objective-availability", Width::Fit),
        ("column-why", Width::Fit),
    ];
    let level = |level: Option<warrant_model::Impact>| html! { @match level { Some(level) => (impact(level)), None => span.muted { (say("not-set")) } } };
    let rows = frame.snapshot.information_types.iter().map(|kind| {
        let body = &kind.body;
        let categories: Vec<_> = body.categories.iter().map(|one| word("categories", one)).collect();
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
fn word(field: &str, choice: &impl serde::Serialize) -> String {
    match serde_json::to_value(choice) {
        Ok(serde_json::Value::String(word)) => kinds::choice(field, &word),
        _ => String::new(),
    }
}
