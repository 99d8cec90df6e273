//! Scorecard and counts.

use crate::tables::severity_title;
use maud::{Markup, html};
use warrant_model::level::Severity;
use warrant_model::posture::{Posture, Scorecard};

/// Confidentiality, integrity, availability: score, how much is assessed, why.
pub(super) fn scorecard(scorecard: &Scorecard) -> Markup {
    html! {
        h2 { "Scorecard" }
        table {
            thead { tr {
                th { "Objective" } th { "Impact" } th.number { "Score" } th { "" } th.number { "Assessed" } th { "Reason" }
            } }
            tbody {
                @for indicator in &scorecard.0 { tr {
                    th scope="row" { (indicator.objective.title()) }
                    td {
                        @if let Some(impact) = indicator.impact { (impact) } @else { "not categorised" }
                    }
                    td.number {
                        @if let Some(score) = indicator.score { (format!("{score:.0}")) } @else { "not assessed" }
                    }
                    td { (bar(indicator.score, indicator.assessed)) }
                    td.number { (format!("{:.0} %", indicator.assessed)) }
                    td { (indicator.reason) }
                } }
            }
        }
        p.quiet {
            "Score: weighted share of what serves the objective that fresh evidence shows to hold, 0 to 100. "
            "Assessed: the share for which there is fresh evidence either way."
        }
    }
}

/// A bar of 0 to 100: light for what is assessed, dark for the score.
fn bar(score: Option<f32>, assessed: f32) -> Markup {
    let width = |share: f32| format!("{:.1}", if share.is_finite() { share.clamp(0.0, 100.0) } else { 0.0 });
    html! {
        svg.bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
            rect.track width="100" height="8" {}
            rect.known width=(width(assessed)) height="8" {}
            @if let Some(score) = score { rect.good width=(width(score)) y="2" height="4" {} }
        }
    }
}

/// Controls by state, open findings and deficiencies by severity.
pub(super) fn counts(posture: &Posture) -> Markup {
    let controls = posture.controls;
    let states = [
        ("Satisfied", controls.satisfied),
        ("Other than satisfied", controls.other_than_satisfied),
        ("Stale", controls.stale),
        ("Not assessed", controls.not_assessed),
        ("Not applicable", controls.not_applicable),
    ];
    let summary = posture.summary();
    html! {
        h2 { "Counts" }
        table {
            thead { tr {
                th { "Controls" } @for (title, _) in states { th.number { (title) } } th.number { "Applicable" }
            } }
            tbody { tr {
                td { "Baseline" }
                @for (_, number) in states { td.number { (number) } }
                td.number { (controls.applicable()) }
            } }
        }
        table {
            thead { tr {
                th { "By severity" } @for severity in Severity::DESCENDING { th.number { (severity_title(severity)) } } th.number { "All" }
            } }
            tbody {
                @for (title, counts) in [("Open findings", summary.open_findings), ("Deficiencies in force", summary.deficiencies)] {
                    tr {
                        td { (title) }
                        @for severity in Severity::DESCENDING { td.number { (counts.of(severity)) } }
                        td.number { (counts.total()) }
                    }
                }
            }
        }
        @if summary.excepted > 0 {
            p { (super::counted(summary.excepted as usize, "deficiency is", "deficiencies are")) " covered by an exception." }
        }
    }
}
