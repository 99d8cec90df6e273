//! What changed between two postures of the system.

use super::deficiencies::SHOWN;
use super::{counted, minute};
use maud::{Markup, html};
use std::collections::BTreeSet;
use warrant_model::posture::{Deficiency, Posture};
use warrant_model::time::day;

pub(super) fn section(before: &Posture, now: &Posture) -> Markup {
    let new = missing_from(before, now);
    let ended = missing_from(now, before);
    let numbers = [
        ("Controls satisfied", before.controls.satisfied, now.controls.satisfied),
        (
            "Controls other than satisfied",
            before.controls.other_than_satisfied,
            now.controls.other_than_satisfied,
        ),
        ("Controls not assessed or stale", unknown(before), unknown(now)),
        ("Open findings", before.open_findings.total(), now.open_findings.total()),
        ("Deficiencies", before.deficiencies.len() as u32, now.deficiencies.len() as u32),
    ];
    html! {
        h2 { "What changed since " (day(before.as_of)) }
        table {
            thead { tr {
                th { "" } th.number { (minute(before.as_of)) } th.number { (minute(now.as_of)) } th.number { "Change" }
            } }
            tbody {
                @for (then, today) in before.scorecard.0.iter().zip(&now.scorecard.0) { tr {
                    td { (today.objective.title()) " score" }
                    td.number { (score(then.score)) }
                    td.number { (score(today.score)) }
                    td.number {
                        @if let (Some(then), Some(today)) = (then.score, today.score) {
                            (signed(today.round() as i64 - then.round() as i64))
                        }
                    }
                } }
                @for (title, then, today) in numbers { tr {
                    td { (title) } td.number { (then) } td.number { (today) }
                    td.number { (signed(i64::from(today) - i64::from(then))) }
                } }
            }
        }
        (list("New", &new))
        (list("Ended", &ended))
    }
}

fn list(title: &str, deficiencies: &[&Deficiency]) -> Markup {
    html! {
        h3 { (title) ": " (counted(deficiencies.len(), "deficiency", "deficiencies")) }
        @if !deficiencies.is_empty() {
            ul {
                @for deficiency in deficiencies.iter().take(SHOWN) {
                    li { (deficiency.severity) ": " (deficiency.title) }
                }
                @if deficiencies.len() > SHOWN { li { "and " (deficiencies.len() - SHOWN) " more" } }
            }
        }
    }
}

/// Deficiencies of `here` that `there` does not have, in rank order.
fn missing_from<'a>(there: &Posture, here: &'a Posture) -> Vec<&'a Deficiency> {
    let known: BTreeSet<_> = there.deficiencies.iter().map(|deficiency| deficiency.id.as_str()).collect();
    here.deficiencies.iter().filter(|deficiency| !known.contains(deficiency.id.as_str())).collect()
}

fn unknown(posture: &Posture) -> u32 {
    posture.controls.not_assessed + posture.controls.stale
}

fn score(score: Option<f32>) -> String {
    score.map_or_else(|| "not assessed".into(), |score| format!("{score:.0}"))
}

fn signed(change: i64) -> String {
    match change {
        0 => "±0".into(),
        1.. => format!("+{change}"),
        _ => format!("−{}", change.unsigned_abs()),
    }
}
