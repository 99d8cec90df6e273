//! The life cycle: the phase the system is in and the steps out of it, each with what it asks for.

use super::super::frame::{Frame, phase_title};
use crate::list::encoded;
use crate::look::badge::{self, Progress};
use crate::look::empty::none;
use crate::look::form::{Choice, Choices, Form, fields};
use crate::look::panel::section;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use maud::{Markup, html};
use serde_json::Value;
use warrant_model::Registry;
use warrant_model::field::Field;
use warrant_model::kind::{Kind, Transition};
use warrant_model::kinds::System;
use warrant_model::registry::KindEntry;

/// The steps that whoever asks may take.
pub(super) fn cycle(frame: &Frame, who: &Who, registry: &Registry) -> Markup {
    let phase = frame.snapshot.system.body.phase.as_str();
    let workflow = System::SPEC.workflow;
    let steps = workflow.map_or(&[][..], |workflow| workflow.transitions).iter();
    let steps: Vec<_> =
        steps.filter(|step| step.from == phase && who.actor.highest >= Some(step.role)).collect();
    let kind = registry.kind(System::SPEC.name);
    let body = serde_json::to_value(&frame.snapshot.system.body).unwrap_or_default();
    let content = html! {
        @if steps.is_empty() { (none("cycle-none")) }
        @for step in steps { (kind.map(|kind| form(frame, who, step, kind, &body)).unwrap_or_default()) }
    };
    let aside = html! { (badge::state(&phase_title(phase), Progress::Underway)) };
    section(&say("cycle"), aside, content)
}

/// One step: a button that opens what it asks for.
fn form(frame: &Frame, who: &Who, step: &Transition, kind: &KindEntry, body: &Value) -> Markup {
    let asked: Vec<Field> =
        kind.fields.iter().filter(|field| step.requires.contains(&field.name.as_str())).cloned().collect();
    let persons = &frame.snapshot.programme.persons;
    let person = |person: &warrant_model::kind::Record<warrant_model::kinds::Person>| Choice {
        value: person.id.0.clone(),
        title: person.body.name.clone(),
    };
    let choices: Choices = [("person".to_owned(), persons.iter().map(person).collect())].into();
    let (id, action) = (format!("to-{}", step.to), format!("/records/system/{}/state", encoded(&frame.id)));
    let verb = kinds::step("system", step.verb);
    let view = Form {
        id: &id,
        kind: "system",
        action: &action,
        csrf: &who.csrf,
        version: Some(frame.snapshot.system.version),
        fields: &asked,
        body,
        problems: &[],
        choices: &choices,
        verb: &verb,
        cancel: None,
        target: None,
    };
    html! {
        details.confirm {
            summary.button { (verb) "…" }
            div.confirm-body {
                p { (Words::of(if back(step) { "cycle-step" } else { "cycle-step-for-good" }).with("phase", phase_title(step.to)).with("from", phase_title(step.from))) }
                form method="post" action=(action) {
                    input type="hidden" name="_csrf" value=(view.csrf);
                    input type="hidden" name="_version" value=(frame.snapshot.system.version);
                    input type="hidden" name="to" value=(step.to);
                    input type="hidden" name="next" value=(frame.href("", &[]));
                    (fields(&view))
                    div.buttons { button.primary { (verb) } }
                }
            }
        }
    }
}

fn back(step: &Transition) -> bool {
    System::SPEC.workflow.is_some_and(|workflow| workflow.transition(step.to, step.from).is_some())
}
