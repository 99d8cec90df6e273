//! Where it stands in figures: scorecard, controls by state, open findings by severity.

use super::super::frame::Frame;
use crate::look::badge;
use crate::look::chart::{Colour, Part, Stacked, stacked};
use crate::look::empty::none;
use crate::look::panel::section;
use crate::look::scorecard::{Indicator as Drawn, Scorecard, scorecard_full};
use crate::look::when;
use maud::{Markup, html};
use warrant_model::level::Severity;
use warrant_model::posture::Indicator;

/// The scorecard with the sentence behind each indicator.
pub(super) fn indicators(frame: &Frame) -> Markup {
    let [confidentiality, integrity, availability] = frame.posture.scorecard.0.each_ref().map(drawn);
    let newest = html! {
        @match frame.posture.evidence_at {
            Some(at) => { "newest evidence " (when::when(at, frame.at())) }
            None => "no evidence yet",
        }
    };
    let body = html! {
        div.stack-gap {
        (scorecard_full(&Scorecard { confidentiality, integrity, availability }))
        ul.stack-gap {
            @for indicator in &frame.posture.scorecard.0 {
                li {
                    h3 {
                        (indicator.objective.title())
                        @match indicator.impact { Some(impact) => { " · impact " (impact) } None => " · not categorised" }
                    }
                    p.muted { (indicator.reason) }
                }
            }
        }
        }
    };
    section("Scorecard", newest, body)
}

/// An indicator as it is drawn. The model's score runs to 100, a bar's share to 1.
pub(in super::super) fn drawn(indicator: &Indicator) -> Drawn {
    match indicator.score {
        Some(score) => Drawn::Assessed(f64::from(score) / 100.0),
        None => Drawn::NotAssessed(String::new()),
    }
}

/// Controls by state, each a way into the grid.
pub(super) fn controls(frame: &Frame) -> Markup {
    let counts = &frame.posture.controls;
    let part = |title: &str, count: u32, colour, status: &str| Part {
        title: title.to_owned(),
        count: count.into(),
        colour,
        href: Some(frame.href("/controls", &[("status", status)])),
    };
    let view = Stacked {
        title: "Controls by status".to_owned(),
        parts: vec![
            part("Satisfied", counts.satisfied, Colour::Accent, "satisfied"),
            part("Stale", counts.stale, Colour::Soft, "stale"),
            part("Other than satisfied", counts.other_than_satisfied, Colour::Ink, "other-than-satisfied"),
            part("Not assessed", counts.not_assessed, Colour::Grey, "not-assessed"),
        ],
    };
    let aside = html! {
        (counts.applicable()) " apply"
        @if !frame.posture.baseline.is_empty() { " · " (frame.posture.baseline) " baseline" }
    };
    let body = html! {
        @if counts.applicable() == 0 {
            (none("standing-no-baseline"))
        } @else { (stacked(&view)) }
        @if counts.not_applicable > 0 {
            p.muted { a href=(frame.href("/controls", &[("status", "not-applicable")])) { (counts.not_applicable) " tailored out" } " beside these." }
        }
    };
    section("Controls", aside, body)
}

/// Open findings by severity, each a way into the list.
pub(super) fn findings(frame: &Frame) -> Markup {
    let counts = &frame.posture.open_findings;
    let part = |severity: Severity| Part {
        title: badge::severity_word(severity),
        count: counts.of(severity).into(),
        colour: Colour::Severity(severity),
        href: Some(frame.href("/findings", &[("severity", severity.word())])),
    };
    let view = Stacked {
        title: "Open findings by severity".to_owned(),
        parts: Severity::DESCENDING.into_iter().map(part).collect(),
    };
    let body = html! {
        @if counts.total() > 0 { (stacked(&view)) }
        @else if frame.snapshot.evidence.is_empty() { (none("standing-not-looked")) }
        @else { (none("standing-none-open")) }
    };
    section("Findings", html! { (counts.total()) " open" }, body)
}
