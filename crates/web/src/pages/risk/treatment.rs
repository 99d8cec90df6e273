//! What is decided about a scenario: in a cell, and as a section with what can be asked for.

use super::words;
use crate::list::encoded;
use crate::look::badge::{self, Progress};
use crate::look::figure::short_money;
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::words::english;
use crate::pages::sources::record_href;
use crate::words::{Words, kinds, say};
use maud::{Markup, html};
use warrant_model::kinds::Treatment;
use warrant_service::risk::{Deciding, Decision, ScenarioLine};

/// How a decision is shown.
pub(super) fn progress(deciding: Deciding) -> Progress {
    match deciding {
        Deciding::Expired | Deciding::Outgrown => Progress::Failed,
        Deciding::Undecided => Progress::Open,
        Deciding::Asked => Progress::Underway,
        Deciding::InForce => Progress::Done,
    }
}

/// The decision in a cell: its state and what is done.
pub(super) fn cell(decision: &Decision) -> Markup {
    let state = words::deciding(decision.deciding);
    let told = match decision.treatment {
        None => state,
        Some(one) => Words::of("treatment-state").with("state", state).with("treatment", treated(one)).said(),
    };
    html! { span title=(decision.because) { (badge::state(&told, progress(decision.deciding))) } }
}

/// What is done about a risk, as it stands within a sentence.
fn treated(treatment: Treatment) -> String {
    kinds::choice("treatment", treatment.word()).to_lowercase()
}

/// A form that asks for a decision, filled in.
fn ask(line: &ScenarioLine, treatment: Treatment) -> String {
    let title = Words::of("treatment-state")
        .with("state", kinds::choice("treatment", treatment.word()))
        .with("treatment", &line.title)
        .said();
    // A tenth of room, so that a risk that stays as it is does not outgrow its decision by rounding.
    let up_to = (line.figures.ale * 1.1).ceil();
    format!(
        "/records/risk_treatment/new?system={}&scenario={}&title={}&treatment={}&up_to={up_to:.0}&next={}",
        encoded(&line.system),
        encoded(&line.id),
        encoded(&title),
        treatment.word(),
        encoded(&format!("/risk/{}", encoded(&line.id)))
    )
}

/// The section of a scenario's page.
pub(super) fn told(line: &ScenarioLine, currency: &str) -> Markup {
    let decision = &line.decision;
    let until = decision.expires.filter(|_| decision.deciding == Deciding::InForce);
    let approver = decision.approver.as_ref().map(|who| {
        let asked = matches!(decision.deciding, Deciding::Asked);
        Words::of(if asked { "treatment-to-approve" } else { "treatment-approved" }).with("who", who)
    });
    let limit = decision.up_to.map(|limit| {
        Words::of("treatment-up-to").with("amount", short_money(limit)).with("currency", currency)
    });
    let until = until.map(|day| Words::of("treatment-until").with("day", day));
    let more: Vec<Words> = [until, approver, limit].into_iter().flatten().collect();
    let body = html! {
        p {
            (cell(decision))
            @for (nth, more) in more.iter().enumerate() { @if nth > 0 { ", " } @else { " " } (more) }
            "."
            @if !decision.because.is_empty() { " " (Words::of("treatment-because").around("reason", html! { (english(&decision.because)) })) }
        }
        @if !decision.reason.is_empty() { p { (Words::of("treatment-reason").with("reason", &decision.reason)) } }
        p.buttons {
            @if let Some(record) = &decision.record {
                a.button href=(safe(&record_href("risk_treatment", record))) { (match decision.deciding {
                    Deciding::Asked => say("treatment-approve"),
                    Deciding::InForce => say("treatment-the-decision"),
                    _ => say("treatment-ask-anew"),
                }) }
            }
            @if decision.record.is_none() {
                @for treatment in [Treatment::Mitigate, Treatment::Transfer, Treatment::Avoid, Treatment::Accept] {
                    a.button href=(safe(&ask(line, treatment))) { (Words::of("treatment-ask").with("treatment", treated(treatment))) }
                }
            }
        }
        p.muted { (say("treatment-note")) }
    };
    section(&say("treatment-title"), html! {}, body)
}
