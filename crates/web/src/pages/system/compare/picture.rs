//! The comparison in figures: the scorecard before and after, and counts gained or lost.

use super::super::frame::Frame;
use crate::look::badge;
use crate::look::chart::{Bar, Bars, Colour, bars};
use crate::look::figure::thousands;
use jiff::civil::Date;
use maud::{Markup, html};
use warrant_model::level::Severity;
use warrant_service::comparison::Comparison;

/// The indicators before and after as bars. Not assessed is said in words and never drawn as nought.
pub(super) fn scorecard(found: &Comparison, (from, to): (Date, Date)) -> Markup {
    let mut drawn = Vec::new();
    let mut unknown: Vec<(&str, Vec<&str>)> = Vec::new();
    for moved in &found.delta.scorecard {
        for (score, side, colour) in
            [(moved.score_before, "then", Colour::Soft), (moved.score_after, "now", Colour::Accent)]
        {
            let title = format!("{} {side}", moved.objective.title());
            match score {
                Some(score) => drawn.push(Bar { title, value: f64::from(score), colour, ..Bar::default() }),
                None => match unknown.last_mut() {
                    Some((objective, sides)) if *objective == moved.objective.title() => sides.push(side),
                    _ => unknown.push((moved.objective.title(), vec![side])),
                },
            }
        }
    }
    html! {
        @if !drawn.is_empty() { (bars(&Bars { title: format!("Score of 100: then ({from}) and now ({to})"), unit: String::new(), bars: drawn })) }
        @for (objective, sides) in unknown {
            p.muted { (objective) @if sides.len() == 2 { " was not assessed on either day: " } @else { " was not assessed " (sides.concat()) ": " } "too little fresh evidence." }
        }
    }
}

/// Counts before and after with what was gained or lost.
pub(super) fn figures(frame: &Frame, found: &Comparison, (from, to): (Date, Date)) -> Markup {
    let (before, after) = (&found.before, &found.after);
    let controls = [
        ("Controls satisfied", "satisfied", before.controls.satisfied, after.controls.satisfied),
        (
            "Other than satisfied",
            "other-than-satisfied",
            before.controls.other_than_satisfied,
            after.controls.other_than_satisfied,
        ),
        ("Stale", "stale", before.controls.stale, after.controls.stale),
        ("Not assessed", "not-assessed", before.controls.not_assessed, after.controls.not_assessed),
        ("Not applicable", "not-applicable", before.controls.not_applicable, after.controls.not_applicable),
    ];
    html! {
        div.scroll {
            table {
                thead { tr { th scope="col" { "Figure" } th.figures scope="col" { (from) } th.figures scope="col" { (to) } th.figures scope="col" { "Change" } } }
                tbody {
                    @for (title, status, was, is) in controls {
                        (row(html! { a href=(frame.href("/controls", &[("status", status)])) { (title) } }, was, is))
                    }
                    @for severity in Severity::DESCENDING {
                        @let (was, is) = (before.open_findings.of(severity), after.open_findings.of(severity));
                        @if was + is > 0 {
                            (row(html! { a href=(frame.href("/findings", &[("severity", severity.word())])) { (badge::severity(severity)) " findings open" } }, was, is))
                        }
                    }
                    @let force = |posture: &warrant_model::posture::Posture| posture.summary().deficiencies.total();
                    (row(html! { "Deficiencies in force" }, force(before), force(after)))
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
