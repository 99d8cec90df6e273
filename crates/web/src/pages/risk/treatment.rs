//! What is decided about a scenario: in a cell, and as a section with what can be asked for.

use crate::list::encoded;
use crate::look::badge::{self, Progress};
use crate::look::figure::short_money;
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::words::capital;
use crate::pages::sources::record_href;
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
    let state = decision.deciding.title();
    let told = decision.treatment.map_or_else(|| state.to_owned(), |one| format!("{state}: {}", one.word()));
    html! { span title=(decision.because) { (badge::state(&told, progress(decision.deciding))) } }
}

/// A form that asks for a decision, filled in.
fn ask(line: &ScenarioLine, treatment: Treatment) -> String {
    let title = format!("{}: {}", capital(treatment.word()), line.title);
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
    let body = html! {
        p {
            (cell(decision))
            @if decision.deciding == Deciding::InForce && let Some(last) = decision.expires { " until " (last) }
            @if let Some(approver) = &decision.approver {
                @if matches!(decision.deciding, Deciding::Asked) { ", for " (approver) " to approve" } @else { ", approved by " (approver) }
            }
            @if let Some(limit) = decision.up_to { "; holds up to " (short_money(limit)) " " (currency) " a year" }
            "."
            @if !decision.because.is_empty() { " Open, since " (decision.because) "." }
        }
        @if !decision.reason.is_empty() { p { "Reason given: " (decision.reason) } }
        p.buttons {
            @if let Some(record) = &decision.record {
                a.button href=(safe(&record_href("risk_treatment", record))) { (match decision.deciding {
                    Deciding::Asked => "Approve or refuse",
                    Deciding::InForce => "The decision",
                    _ => "Ask anew",
                }) }
            }
            @if decision.record.is_none() {
                @for treatment in [Treatment::Mitigate, Treatment::Transfer, Treatment::Avoid, Treatment::Accept] {
                    a.button href=(safe(&ask(line, treatment))) { "Ask to " (treatment.word()) }
                }
            }
        }
        p.muted { "A decision takes an officer who is neither the system's owner nor whoever asked. The day after its last day, or once the risk costs more than it covers, the risk is open again." }
    };
    section("What is decided", html! {}, body)
}
