//! How a control stands in systems: words, badges and bars.

use crate::look::badge::{self, Progress};
use crate::look::figure::{coordinate, thousands};
use crate::look::words::english;
use crate::pages::system::status_word;
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_model::posture::{ControlCounts, Status};

/// A status as a badge, with its reason when it says nothing about the system.
pub(super) fn status(status: &Status) -> Markup {
    let progress = match status {
        Status::Satisfied => Progress::Done,
        Status::OtherThanSatisfied => Progress::Failed,
        Status::Stale { .. } => Progress::Underway,
        Status::NotAssessed { .. } => Progress::Unknown,
        Status::NotApplicable { .. } => Progress::Aside,
    };
    badge::state(&status_word(status), progress)
}

/// Why a status is what it is, where it carries a reason.
pub(super) fn reason(status: &Status) -> Markup {
    match status {
        Status::Stale { since } => {
            html! { span.muted { (Words::of("since-day").around("day", crate::look::when::time(*since))) } }
        }
        Status::NotAssessed { reason } | Status::NotApplicable { reason } => {
            html! { span.muted { (english(reason)) } }
        }
        Status::Satisfied | Status::OtherThanSatisfied => html! {},
    }
}

/// A state's title, its drawing and its count.
pub(super) fn parts(counts: &ControlCounts) -> [(String, Progress, u32); 4] {
    [
        (say("status-satisfied"), Progress::Done, counts.satisfied),
        (say("status-other-than-satisfied"), Progress::Failed, counts.other_than_satisfied),
        (say("status-stale"), Progress::Underway, counts.stale),
        (say("status-not-assessed"), Progress::Unknown, counts.not_assessed),
    ]
}

/// The share of systems in which the control is shown to hold, as a bar; the rest of the bar is what is not
/// shown, never filled.
pub(super) fn bar(counts: &ControlCounts) -> Markup {
    let all = counts.applicable();
    if all == 0 {
        return html! { span.muted { (say("in-no-baseline")) } };
    }
    let words: Vec<_> = parts(counts)
        .iter()
        .filter(|(_, _, count)| *count > 0)
        .map(|(title, _, count)| format!("{} {}", title.to_lowercase(), thousands(i64::from(*count))))
        .collect();
    let words = words.join(", ");
    let width = f64::from(counts.satisfied) / f64::from(all) * 100.0;
    html! {
        span.meter {
            svg viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label=(words) {
                title { (words) }
                rect.track width="100" height="6" {}
                rect.value width=(coordinate(width)) height="6" {}
            }
            span { (Words::of("some-of").with("some", counts.satisfied).with("all", all)) }
        }
    }
}
