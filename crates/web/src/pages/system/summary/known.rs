//! What is known of the system: authorisation, people, and the categorisation with what drove it.

use super::super::frame::{At, Frame, phase_title};
use super::super::shown::{due, person};
use crate::list::encoded;
use crate::look::facts::{Fact, facts};
use crate::look::panel::section;
use maud::{Markup, html};
use warrant_model::Objective;
use warrant_model::kinds::{InformationType, System};
use warrant_model::level::Impact;

/// Authorisation and the people who answer for the system.
pub(super) fn authorisation(frame: &Frame) -> Markup {
    let system = &frame.snapshot.system.body;
    let day = |term: &str, date: Option<jiff::civil::Date>| match date {
        Some(date) => Fact::text(term, date.to_string()),
        None => Fact::missing(term),
    };
    let unit =
        system.unit.as_ref().and_then(|id| frame.snapshot.programme.units.iter().find(|unit| unit.id == *id));
    let mut list = vec![
        Fact::text("Phase", phase_title(&system.phase)),
        day("Operational since", system.operational_since),
        day("Authorised on", system.authorized_on),
        match system.authorization_expires {
            Some(date) => Fact::markup("Expires", due(Some(date), frame.today())),
            None => Fact::missing("Expires"),
        },
        Fact::markup("Owner", person(frame, system.owner.as_ref())),
        Fact::markup("Security officer", person(frame, system.security_officer.as_ref())),
        Fact::markup("Authorising official", person(frame, system.authorizing_official.as_ref())),
        match unit {
            Some(unit) => Fact::markup(
                "Unit",
                html! { a href=(format!("/records/unit/{}", encoded(unit.id.as_str()))) { (unit.body.name) } },
            ),
            None => Fact::missing("Unit"),
        },
        word("Exposure", &system.exposure),
        word("Criticality", &system.criticality),
    ];
    if let Some(text) = &system.description {
        list.push(Fact::text("What it does", text));
    }
    let edit = html! { @if frame.is_now() { a href=(format!("/records/system/{}/edit", encoded(&frame.id))) { "Edit" } } };
    section("Authorisation and people", edit, facts(&list))
}

/// A choice by its stored word.
fn word(term: &str, choice: &impl serde::Serialize) -> Fact {
    match serde_json::to_value(choice) {
        Ok(serde_json::Value::String(word)) => Fact::text(term, word),
        _ => Fact::missing(term),
    }
}

/// The level of each objective, the information types that reach it, and the baseline that follows.
pub(super) fn categorisation(frame: &Frame) -> Markup {
    let system = &frame.snapshot.system.body;
    let levels = frame.posture.scorecard.0.iter().map(|indicator| (indicator.objective, indicator.impact));
    let body = html! {
        div.scroll {
            table {
                thead { tr { th scope="col" { "Objective" } th scope="col" { "Impact" } th scope="col" { "Driven by" } } }
                tbody {
                    @for (objective, level) in levels {
                        tr {
                            th scope="row" { (objective.title()) }
                            td { @match level { Some(level) => (level), None => span.muted { "not categorised" } } }
                            td { (drivers(frame, objective)) }
                        }
                    }
                }
            }
        }
        @if let Some(rationale) = &system.adjustment_rationale { p.muted { "Adjusted because: " (rationale) } }
        p.muted {
            @if frame.posture.baseline.is_empty() { "No baseline follows until an information type has impact levels." }
            @else { "The highest of the three gives the " strong { (frame.posture.baseline) } " baseline (FIPS 200 §3)." }
        }
    };
    let aside = html! {
        a href=(frame.href("/boundary", &[])) { "Information types" }
        @if frame.is_now() { " · " a href=(frame.new_href("information_type", At::Summary)) { "New" } }
    };
    section("Categorisation", aside, body)
}

/// The information types at the high-water mark, or the adjustment that took its place.
fn drivers(frame: &Frame, objective: Objective) -> Markup {
    let types = &frame.snapshot.information_types;
    let mark = types.iter().filter_map(|kind| level_of(&kind.body, objective)).max();
    let driving: Vec<_> =
        types.iter().filter(|kind| mark.is_some() && level_of(&kind.body, objective) == mark).collect();
    html! {
        @if let Some(adjusted) = adjusted(&frame.snapshot.system.body, objective) {
            "adjusted to " (adjusted)
            @if let Some(mark) = mark { " from " (mark) ": " }
        }
        @for (nth, kind) in driving.iter().take(3).enumerate() {
            @if nth > 0 { ", " }
            a href=(format!("/records/information_type/{}", encoded(kind.id.as_str()))) { (kind.body.name) }
        }
        @if driving.len() > 3 { span.muted { " +" (driving.len() - 3) } }
        @if mark.is_none() { span.muted { "no information type has a level" } }
    }
}

fn level_of(kind: &InformationType, objective: Objective) -> Option<Impact> {
    match objective {
        Objective::Confidentiality => kind.confidentiality,
        Objective::Integrity => kind.integrity,
        Objective::Availability => kind.availability,
    }
}

fn adjusted(system: &System, objective: Objective) -> Option<Impact> {
    match objective {
        Objective::Confidentiality => system.confidentiality_adjusted,
        Objective::Integrity => system.integrity_adjusted,
        Objective::Availability => system.availability_adjusted,
    }
}
