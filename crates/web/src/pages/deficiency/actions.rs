//! What would end a deficiency, each with the form that does it.

use super::{
    Prefill,
    detail::{Detail, Shown},
    href,
};
use crate::look::empty::none;
use crate::look::link::safe;
use crate::look::panel::PANEL_ID;
use crate::look::words::english;
use crate::words::{Words, kinds, say};
use maud::{Markup, html};
use warrant_model::posture::{Change, CorrectiveAction};

/// Corrective actions, best first.
pub(super) fn actions(detail: &Detail) -> Markup {
    let next = href(&detail.row.deficiency.id);
    let prefill = Prefill::new(&detail.row, &next, warrant_model::time::day(detail.now));
    let actions = &detail.row.deficiency.actions;
    html! {
        @if actions.is_empty() { (none("actions-none")) }
        @if !actions.is_empty() {
            table { tbody { @for action in actions { (one(detail, &prefill, action)) } } }
        }
    }
}

fn one(detail: &Detail, prefill: &Prefill<'_>, action: &CorrectiveAction) -> Markup {
    let form = prefill.action(&action.title, &action.change).filter(|_| detail.writes);
    html! {
        tr {
            th scope="row" {
                (english(&action.title))
                @if let Some(on) = on(&action.change) { " " span.muted { (on) } }
                @if let Some((low, high)) = action.hours { span.muted { " · " (hours(low, high)) } }
            }
            td.figures {
                @if let Some(form) = form {
                    a.button.small href=(safe(&form)) data-swap=[swaps(detail, &action.change)] { (verb(&action.change)) }
                }
            }
        }
    }
}

/// Assign, plan, except: what can be done about any of them.
pub(super) fn buttons(detail: &Detail) -> Markup {
    let next = href(&detail.row.deficiency.id);
    let prefill = Prefill::new(&detail.row, &next, warrant_model::time::day(detail.now));
    let swap = swap(detail);
    html! {
        @if detail.writes {
            a.button href=(safe(&prefill.assign())) data-swap=[swap.as_deref()] { (say("button-assign")) }
            @if let Some(except) = prefill.except() { a.button href=(safe(&except)) data-swap=[swap.as_deref()] { (say("button-except")) } }
            @if let Some(plan) = prefill.plan() { a.button.primary href=(safe(&plan)) data-swap=[swap.as_deref()] { (say("button-plan")) } }
        }
    }
}

fn swap(detail: &Detail) -> Option<String> {
    (detail.shown == Shown::Panel).then(|| format!("#{PANEL_ID}"))
}

/// Importing has a page of its own; forms open where the deficiency is read.
fn swaps(detail: &Detail, change: &Change) -> Option<String> {
    swap(detail).filter(|_| !matches!(change, Change::Import { .. }))
}

fn verb(change: &Change) -> String {
    say(match change {
        Change::Edit { .. } => "button-fill-in",
        Change::Create { kind, .. } if kind == "poam_item" => "button-plan",
        Change::Create { .. } => "button-record",
        Change::Import { .. } => "button-import",
        Change::Remediate { .. } => "button-plan-the-work",
    })
}

fn on(change: &Change) -> Option<String> {
    match change {
        Change::Edit { kind, fields, .. } if !fields.is_empty() => {
            Some(fields.iter().map(|field| kinds::field_named(kind, field)).collect::<Vec<_>>().join(", "))
        }
        Change::Remediate { target } if !target.is_empty() => {
            Some(Words::of("action-on").with("target", target).said())
        }
        _ => None,
    }
}

fn hours(low: f32, high: f32) -> String {
    use crate::look::figure::plain;
    let (low, high) = (plain(f64::from(low)), plain(f64::from(high)));
    if low == high {
        format!("{low} h")
    } else {
        Words::of("action-hours").with("low", low).with("high", high).said()
    }
}
