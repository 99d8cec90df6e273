//! What people say of a control: judgements, implementation statements, tailoring decisions.

use super::super::frame::Frame;
use super::super::shown::{control_label, person};
use crate::list::encoded;
use crate::look::badge::{self, Progress};
use crate::look::empty::none;
use crate::look::panel::section;
use crate::look::when;
use crate::pages::record_href;
use crate::words::{Words, kinds, say};
use maud::{Markup, html};
use std::cmp::Reverse;
use warrant_analysis::overlays::of_overlay;
use warrant_model::kinds::{AssessmentResult, TailoringAction};

fn of(id: &str, control: &str) -> bool {
    id.split("_smt").next() == Some(control)
}

fn edit(frame: &Frame, kind: &str, id: &str) -> Markup {
    html! {
        @if frame.is_now() {
            " " a href=(format!("/records/{kind}/{}/edit?next={}", encoded(id), encoded(&frame.href("/controls", &[])))) { (say("button-edit")) }
        }
    }
}

/// Judgements on the control or its statements, newest first.
pub(super) fn judgements(frame: &Frame, control: &str) -> Markup {
    let mut list: Vec<_> =
        frame.snapshot.assessments.iter().filter(|record| of(&record.body.control, control)).collect();
    list.sort_by_key(|record| Reverse((record.body.assessed_on, record.updated_at)));
    html! {
        @if list.is_empty() { (none("judgements-none")) }
        ul.stack-gap {
            @for record in list {
                li {
                    @match record.body.result {
                        Some(AssessmentResult::Satisfied) => (badge::state(&say("status-satisfied"), Progress::Done)),
                        Some(AssessmentResult::OtherThanSatisfied) => (badge::state(&say("status-other-than-satisfied"), Progress::Failed)),
                        Some(AssessmentResult::NotApplicable) => (badge::state(&say("status-not-applicable"), Progress::Unknown)),
                        None => (badge::state(&say("judgement-no-result"), Progress::Unknown)),
                    }
                    " " a href=(format!("/records/assessment/{}", encoded(record.id.as_str()))) { (control_label(&record.body.control)) }
                    @if let Some(cci) = &record.body.cci { " " (cci) }
                    @if let Some(on) = record.body.assessed_on { " " span.muted { (on) " (" (when::distance(on, frame.today())) ")" } }
                    @match (&record.body.assessor, &record.body.tested_by) {
                        (None, Some(who)) => { " " (Words::of("by-whom").with("who", who)) }
                        (assessor, _) => { " " (Words::of("by-whom").around("who", person(frame, assessor.as_ref()))) }
                    }
                    @if let Some(notes) = &record.body.notes { p.muted { (notes) } }
                }
            }
        }
    }
}

/// How the control is said to be met.
pub(super) fn implementations(frame: &Frame, control: &str) -> Markup {
    let list: Vec<_> =
        frame.snapshot.implementations.iter().filter(|record| of(&record.body.control, control)).collect();
    let component = |id: &str| {
        frame
            .snapshot
            .components
            .iter()
            .find(|part| part.id.as_str() == id)
            .map(|part| part.body.name.clone())
    };
    let provider = |id: &str| {
        frame
            .snapshot
            .programme
            .systems
            .iter()
            .find(|(known, _)| known.as_str() == id)
            .map(|(_, name)| name.clone())
    };
    let body = html! {
        @if list.is_empty() { (none("implementations-none")) }
        ul.stack-gap {
            @for record in &list {
                li {
                    strong { (word(&record.body.status)) } " · "
                    a href=(format!("/records/implementation/{}", encoded(record.id.as_str()))) { (control_label(&record.body.control)) }
                    @if let Some(part) = &record.body.component { " " (Words::of("by-whom").with("who", component(part.as_str()).unwrap_or_else(|| part.0.clone()))) }
                    @if let Some(from) = &record.body.provider {
                        @let provider = html! { a href=(format!("/systems/{}/controls/{}", encoded(from.as_str()), encoded(control))) { (provider(from.as_str()).unwrap_or_else(|| from.0.clone())) } };
                        ", " (Words::of("provided-by").around("provider", provider))
                    }
                    (edit(frame, "implementation", record.id.as_str()))
                    @if let Some(text) = &record.body.description { p.muted { (text) } }
                }
            }
        }
    };
    section(&say("column-implementation"), html! { (list.len()) }, body)
}

/// What was decided about the control's place in the baseline and its parameters.
pub(super) fn tailorings(frame: &Frame, control: &str) -> Markup {
    let list: Vec<_> =
        frame.snapshot.tailorings.iter().filter(|record| of(&record.body.control, control)).collect();
    let body = html! {
        @if list.is_empty() { p.muted { (say("tailorings-none")) } }
        ul.stack-gap {
            @for record in &list {
                li {
                    strong {
                        @match record.body.action {
                            TailoringAction::Add => (say("tailoring-added")),
                            TailoringAction::Remove => (say("tailoring-removed")),
                            TailoringAction::Compensate => (Words::of("tailoring-compensated").with("controls", record.body.compensated_by.iter().map(|id| control_label(id)).collect::<Vec<_>>().join(", "))),
                            TailoringAction::NotApplicable => (say("status-not-applicable")),
                            TailoringAction::Parameter => (Words::of("tailoring-set").with("parameter", record.body.parameter.clone().unwrap_or_else(|| say("a-parameter"))).with("value", record.body.value.as_deref().unwrap_or_default())),
                        }
                    }
                    " · "
                    @if of_overlay(record) { a href=(record_href("overlay", record.id.as_str())) { (control_label(&record.body.control)) } " " (say("tailoring-by-overlay")) }
                    @else {
                        a href=(record_href("tailoring", record.id.as_str())) { (control_label(&record.body.control)) }
                        (edit(frame, "tailoring", record.id.as_str()))
                    }
                    p.muted { (record.body.rationale) }
                }
            }
        }
    };
    section(&say("way-tailoring"), html! { (list.len()) }, body)
}

fn word(status: &warrant_model::kinds::ImplementationStatus) -> String {
    match serde_json::to_value(status) {
        Ok(serde_json::Value::String(word)) => kinds::choice("status", &word),
        _ => String::new(),
    }
}
