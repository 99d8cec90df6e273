//! The comparison in figures: the scorecard before and after, and counts gained or lost.

use super::super::frame::Frame;
use crate::look::badge;
use crate::look::chart::{Bar, Bars, Colour, bars};
use crate::look::figure::thousands;
use crate::look::scorecard::objective_word;
use crate::words::{Words, say};
use jiff::civil::Date;
use maud::{Markup, html};
use warrant_model::level::Severity;
use warrant_service::comparison::Comparison;

/// The indicators before and after as bars. Not assessed is said in words and never drawn as nought.
pub(super) fn scorecard(found: &Comparison, (from, to): (Date, Date)) -> Markup {
    let mut drawn = Vec::new();
    let mut unknown: Vec<Words> = Vec::new();
    for moved in &found.delta.scorecard {
        let objective = objective_word(moved.objective);
        for (score, name, colour) in [
            (moved.score_before, "compare-score-then", Colour::Soft),
            (moved.score_after, "compare-score-now", Colour::Accent),
        ] {
            let title = Words::of(name).with("objective", &objective).said();
            if let Some(score) = score {
                drawn.push(Bar { title, value: f64::from(score), colour, ..Bar::default() });
            }
        }
        let name = match (moved.score_before, moved.score_after) {
            (None, None) => "compare-score-neither",
            (None, Some(_)) => "compare-score-not-then",
            (Some(_), None) => "compare-score-not-now",
            (Some(_), Some(_)) => continue,
        };
        unknown.push(Words::of(name).with("objective", objective));
    }
    let title = Words::of("compare-score").with("from", from).with("to", to).said();
    html! {
        @if !drawn.is_empty() { (bars(&Bars { title, unit: String::new(), bars: drawn })) }
        @for words in unknown { p.muted { (words) } }
    }
}

/// Counts before and after with what was gained or lost.
pub(super) fn figures(frame: &Frame, found: &Comparison, (from, to): (Date, Date)) -> Markup {
    let (before, after) = (&found.before, &found.after);
    let controls = [
        ("compare-satisfied", "satisfied", before.controls.satisfied, after.controls.satisfied),
        (
            "status-other-than-satisfied",
            "other-than-satisfied",
            before.controls.other_than_satisfied,
            after.controls.other_than_satisfied,
        ),
        ("status-stale", "stale", before.controls.stale, after.controls.stale),
        ("status-not-assessed", "not-assessed", before.controls.not_assessed, after.controls.not_assessed),
        (
            "status-not-applicable",
            "not-applicable",
            before.controls.not_applicable,
            after.controls.not_applicable,
        ),
    ];
    html! {
        div.scroll {
            table {
                thead { tr { th scope="col" { (say("column-figure")) } th.figures scope="col" { (from) } th.figures scope="col" { (to) } th.figures scope="col" { (say("column-change")) } } }
                tbody {
                    @for (title, status, was, is) in controls {
                        (row(html! { a href=(frame.href("/controls", &[("status", status)])) { (say(title)) } }, was, is))
                    }
                    @for severity in Severity::DESCENDING {
                        @let (was, is) = (before.open_findings.of(severity), after.open_findings.of(severity));
                        @if was + is > 0 {
                            (row(html! { a href=(frame.href("/findings", &[("severity", severity.word())])) { (Words::of("compare-findings-open").around("severity", badge::severity(severity))) } }, was, is))
                        }
                    }
                    @let force = |posture: &warrant_model::posture::Posture| posture.summary().deficiencies.total();
                    (row(html! { (say("compare-in-force")) }, force(before), force(after)))
                }
            }
        }
    }
}

fn row(title: Markup, was: u32, is: u32) -> Markup {
    let by = i64::from(is) - i64::from(was);
    html! {
        tr {
            th scope="row" { (title) }
            td.figures { (thousands(was.into())) }
            td.figures { (thousands(is.into())) }
            td.figures { @if by == 0 { span.muted { "0" } } @else { strong { @if by > 0 { "+" } (thousands(by)) } } }
        }
    }
}
