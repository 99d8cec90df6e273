//! What changed of late, with the way to the whole comparison.

use super::super::frame::Frame;
use super::super::shown::counted;
use crate::list::encoded;
use crate::look::badge;
use crate::look::empty::none;
use crate::look::panel::section;
use crate::words::Words;
use maud::{Markup, html};
use warrant_model::posture::Deficiency;
use warrant_model::time::{day, plus_days};
use warrant_service::comparison::Comparison;

/// Deficiencies named of each sort.
const NAMED: usize = 3;

/// What is different from so many days ago; `None`: the system was not there then.
pub(super) fn changed(frame: &Frame, changes: Option<&Comparison>, days: i64) -> Markup {
    let from = day(plus_days(frame.at(), -days));
    let to = frame.as_of.map(|date| date.to_string());
    let mut pairs = vec![("from", from.to_string())];
    pairs.extend(to.map(|to| ("to", to)));
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let href = format!("/systems/{}/compare?{}", encoded(&frame.id), pairs.join("&"));
    let body = html! {
        @match changes {
            None => (none(Words::of("changed-not-there").with("day", from))),
            Some(changes) if changes.delta.is_empty() && changes.controls.is_empty() => (none(Words::of("changed-none").with("day", from))),
            Some(changes) => (figures(changes)),
        }
    };
    section(&format!("Changed in {days} days"), html! { a href=(href) { "Compare" } }, body)
}

fn figures(changes: &Comparison) -> Markup {
    let delta = &changes.delta;
    html! {
        div.stack-gap {
        p {
            strong { (counted(delta.opened.len(), "deficiency", "deficiencies")) " opened, " (delta.ended.len()) " ended" }
            @if !delta.worsened.is_empty() { ", " (delta.worsened.len()) " worsened" }
            @if !delta.eased.is_empty() { ", " (delta.eased.len()) " eased" }
            "; " (counted(changes.findings_opened.len(), "finding", "findings")) " opened, " (changes.findings_closed.len()) " closed"
            "; " (counted(changes.controls.len(), "control", "controls")) " changed status."
        }
        (named("Opened", &delta.opened))
        (named("Ended", &delta.ended))
        }
    }
}

fn named(title: &str, list: &[Deficiency]) -> Markup {
    html! {
        @if !list.is_empty() {
            div { h3 { (title) }
            ul {
                @for deficiency in list.iter().take(NAMED) {
                    li { (badge::severity(deficiency.severity)) " " a href=(format!("/deficiencies/{}", encoded(&deficiency.id))) { (deficiency.title) } }
                }
                @if list.len() > NAMED { li.muted { "and " (list.len() - NAMED) " more" } }
            } }
        }
    }
}
