//! What is known of the system: authorisation, people, and the categorisation with what drove it.

use super::super::frame::{At, Frame, phase_title};
use super::super::shown::{baseline, due, impact, person};
use crate::list::encoded;
use crate::look::facts::{Fact, facts};
use crate::look::panel::section;
use crate::look::scorecard::objective_word;
use crate::words::{Words, kinds, say};
use maud::{Markup, html};
use warrant_model::Objective;
use warrant_model::kinds::{InformationType, System};
use warrant_model::level::Impact;

/// Authorisation and the people who answer for the system.
pub(super) fn authorisation(frame: &Frame) -> Markup {
    let system = &frame.snapshot.system.body;
    let day = |term: &'static str, date: Option<jiff::civil::Date>| match date {
        Some(date) => Fact::text(say(term), date.to_string()),
        None => Fact::missing(say(term)),
    };
    let unit =
        system.unit.as_ref().and_then(|id| frame.snapshot.programme.units.iter().find(|unit| unit.id == *id));
    let mut list = vec![
        Fact::text(say("fact-phase"), phase_title(&system.phase)),
        day("fact-operational-since", system.operational_since),
        day("fact-authorised-on", system.authorized_on),
        match system.authorization_expires {
            Some(date) => Fact::markup(say("fact-expires"), due(Some(date), frame.today())),
            None => Fact::missing(say("fact-expires")),
        },
        Fact::markup(say("column-owner"), person(frame, system.owner.as_ref())),
        Fact::markup(say("fact-security-officer"), person(frame, system.security_officer.as_ref())),
        Fact::markup(say("fact-authorising-official"), person(frame, system.authorizing_official.as_ref())),
        match unit {
            Some(unit) => Fact::markup(
                say("fact-unit"),
                html! { a href=(format!("/records/unit/{}", encoded(unit.id.as_str()))) { (unit.body.name) } },
            ),
            None => Fact::missing(say("fact-unit")),
        },
        word("exposure", "fact-exposure", &system.exposure),
        word("criticality", "fact-criticality", &system.criticality),
    ];
    if let Some(text) = &system.description {
        list.push(Fact::text(say("fact-what-it-does"), text));
    }
    let edit = html! { @if frame.is_now() { a href=(format!("/records/system/{}/edit", encoded(&frame.id))) { (say("button-edit")) } } };
    section(&say("known-authorisation"), edit, facts(&list))
}

/// A choice by its stored word.
fn word(field: &str, term: &'static str, choice: &impl serde::Serialize) -> Fact {
    match serde_json::to_value(choice) {
        Ok(serde_json::Value::String(word)) => {
            Fact::text(say(term), kinds::choice(field, &word).to_lowercase())
        }
        _ => Fact::missing(say(term)),
    }
}

/// The level of each objective, the information types that reach it, and the baseline that follows.
pub(super) fn categorisation(frame: &Frame) -> Markup {
    let system = &frame.snapshot.system.body;
    let levels = frame.posture.scorecard.0.iter().map(|indicator| (indicator.objective, indicator.impact));
    let body = html! {
        div.scroll {
            table {
                thead { tr { th scope="col" { (say("column-objective")) } th scope="col" { (say("column-impact")) } th scope="col" { (say("column-driven-by")) } } }
                tbody {
                    @for (objective, level) in levels {
                        tr {
                            th scope="row" { (objective_word(objective)) }
                            td { @match level { Some(level) => (impact(level)), None => span.muted { (say("not-categorised")) } } }
                            td { (drivers(frame, objective)) }
                        }
                    }
                }
            }
        }
        @if let Some(rationale) = &system.adjustment_rationale { p.muted { (Words::of("known-adjusted").with("reason", rationale)) } }
        p.muted {
            @if frame.posture.baseline.is_empty() { (say("known-no-baseline")) }
            @else { (Words::of("known-baseline").around("baseline", html! { strong { (baseline(&frame.posture.baseline)) } })) }
        }
    };
    let aside = html! {
        a href=(frame.href("/boundary", &[])) { (say("information-types")) }
        @if frame.is_now() { " · " a href=(frame.new_href("information_type", At::Summary)) { (say("button-new")) } }
    };
    section(&say("known-categorisation"), aside, body)
}

/// The information types at the high-water mark, or the adjustment that took its place.
fn drivers(frame: &Frame, objective: Objective) -> Markup {
    let types = &frame.snapshot.information_types;
    let mark = types.iter().filter_map(|kind| level_of(&kind.body, objective)).max();
    let driving: Vec<_> =
        types.iter().filter(|kind| mark.is_some() && level_of(&kind.body, objective) == mark).collect();
    html! {
        @if let Some(adjusted) = adjusted(&frame.snapshot.system.body, objective) {
            @match mark {
                Some(mark) => (Words::of("known-adjusted-from").with("level", impact(adjusted)).with("from", impact(mark))),
                None => (Words::of("known-adjusted-to").with("level", impact(adjusted))),
            }
            " "
        }
        @for (nth, kind) in driving.iter().take(3).enumerate() {
            @if nth > 0 { ", " }
            a href=(format!("/records/information_type/{}", encoded(kind.id.as_str()))) { (kind.body.name) }
        }
        @if driving.len() > 3 { span.muted { " +" (driving.len() - 3) } }
        @if mark.is_none() { span.muted { (say("known-no-level")) } }
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
