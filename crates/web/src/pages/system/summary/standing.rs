//! Where it stands in figures: scorecard, controls by state, open findings by severity.

use super::super::frame::Frame;
use super::super::shown::{baseline, impact};
use crate::look::badge;
use crate::look::chart::{Colour, Part, Stacked, stacked};
use crate::look::empty::none;
use crate::look::panel::section;
use crate::look::scorecard::{Indicator as Drawn, Scorecard, objective_word, scorecard_full};
use crate::look::when;
use crate::look::words::english;
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_model::level::Severity;
use warrant_model::posture::Indicator;

/// The scorecard with the sentence behind each indicator.
pub(super) fn indicators(frame: &Frame) -> Markup {
    let [confidentiality, integrity, availability] = frame.posture.scorecard.0.each_ref().map(drawn);
    let newest = html! {
        @match frame.posture.evidence_at {
            Some(at) => (Words::of("standing-newest").around("day", when::when(at, frame.at()))),
            None => (say("standing-no-evidence")),
        }
    };
    let body = html! {
        div.stack-gap {
        (scorecard_full(&Scorecard { confidentiality, integrity, availability }))
        ul.stack-gap {
            @for indicator in &frame.posture.scorecard.0 {
                li {
                    h3 {
                        (objective_word(indicator.objective)) " · "
                        @match indicator.impact { Some(level) => (Words::of("standing-impact").with("level", impact(level))), None => (say("not-categorised")) }
                    }
                    p.muted { (english(&indicator.reason)) }
                }
            }
        }
        }
    };
    section(&say("standing-scorecard"), newest, body)
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
    let part = |title: &'static str, count: u32, colour, status: &str| Part {
        title: say(title),
        count: count.into(),
        colour,
        href: Some(frame.href("/controls", &[("status", status)])),
    };
    let view = Stacked {
        title: say("standing-controls"),
        parts: vec![
            part("status-satisfied", counts.satisfied, Colour::Accent, "satisfied"),
            part("status-stale", counts.stale, Colour::Soft, "stale"),
            part(
                "status-other-than-satisfied",
                counts.other_than_satisfied,
                Colour::Ink,
                "other-than-satisfied",
            ),
            part("status-not-assessed", counts.not_assessed, Colour::Grey, "not-assessed"),
        ],
    };
    let aside = html! {
        (Words::of("standing-apply").with("count", counts.applicable()))
        @if !frame.posture.baseline.is_empty() { " · " (Words::of("standing-baseline").with("baseline", baseline(&frame.posture.baseline))) }
    };
    let body = html! {
        @if counts.applicable() == 0 {
            (none("standing-no-baseline"))
        } @else { (stacked(&view)) }
        @if counts.not_applicable > 0 {
            p.muted {
                @let out = html! { a href=(frame.href("/controls", &[("status", "not-applicable")])) { (Words::of("standing-tailored-out").with("count", counts.not_applicable)) } };
                (Words::of("standing-beside").around("out", out))
            }
        }
    };
    section(&say("places-controls"), aside, body)
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
        title: say("standing-open-findings"),
        parts: Severity::DESCENDING.into_iter().map(part).collect(),
    };
    let body = html! {
        @if counts.total() > 0 { (stacked(&view)) }
        @else if frame.snapshot.evidence.is_empty() { (none("standing-not-looked")) }
        @else { (none("standing-none-open")) }
    };
    section(
        &say("places-findings"),
        html! { (Words::of("standing-open").with("count", counts.total())) },
        body,
    )
}
