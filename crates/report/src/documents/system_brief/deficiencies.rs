//! The deficiencies that rank highest, with their grounds.

use super::{SystemBrief, counted};
use maud::{Markup, html};
use warrant_model::posture::{Deficiency, Source};
use warrant_model::time::day;

/// How many deficiencies are shown in full.
pub(super) const SHOWN: usize = 10;
/// How many grounds of each are shown.
pub(super) const GROUNDS: usize = 5;

pub(super) fn section(brief: &SystemBrief<'_>) -> Markup {
    let all = &brief.posture.deficiencies;
    html! {
        h2 { "What stands in the way" }
        @if all.is_empty() { p { "No check found a deficiency." } }
        @for deficiency in all.iter().take(SHOWN) { (article(deficiency, brief)) }
        @if all.len() > SHOWN {
            p.quiet { (counted(all.len() - SHOWN, "further deficiency ranks", "further deficiencies rank")) " below these." }
        }
    }
}

fn article(deficiency: &Deficiency, brief: &SystemBrief<'_>) -> Markup {
    let owner = deficiency.owner.as_deref().map(|owner| (brief.title_of)("person", owner));
    html! {
        article {
            h3 {
                span class={ "severity " (deficiency.severity.word()) } { (deficiency.severity) } " " (deficiency.title)
            }
            p { (deficiency.why) }
            p.quiet {
                "Since " (day(deficiency.since))
                @if let Some(due) = deficiency.due { "; due " (due) }
                "; " @if let Some(owner) = owner { "falls to " (owner) } @else { "falls to nobody" }
                @if !deficiency.controls.is_empty() { "; controls " (deficiency.controls.join(", ")) }
                @if let Some(item) = &deficiency.poam_item { "; planned in " ((brief.title_of)("poam_item", item)) }
                @if let Some(excepted) = &deficiency.excepted {
                    "; excepted until " (excepted.until) " (" ((brief.title_of)("exception", &excepted.exception)) ")"
                }
                "."
            }
            @if let Some(action) = deficiency.actions.first() {
                p {
                    strong { "Do: " } (action.title)
                    @if let Some((low, high)) = action.hours { " (" (low) " to " (high) " person-hours)" }
                }
            }
            @if !deficiency.grounds.is_empty() {
                ul {
                    @for ground in deficiency.grounds.iter().take(GROUNDS) {
                        li { (ground.says) ", " (day(ground.at)) " — " (reference(&ground.source, brief)) }
                    }
                    @if deficiency.grounds.len() > GROUNDS {
                        li { (counted(deficiency.grounds.len() - GROUNDS, "more ground", "more grounds")) }
                    }
                }
            }
        }
    }
}

/// Where a ground can be looked at: the file's short hash (in full among the sources) with line and path.
fn reference(source: &Source, brief: &SystemBrief<'_>) -> Markup {
    match source {
        Source::Evidence { evidence, place } => html! {
            "evidence " code { (super::sources::short(evidence)) }
            @if place.line > 0 { ", line " (place.line) }
            @if !place.pointer.is_empty() { ", " code { (place.pointer) } }
        },
        Source::Finding { id } => html! { "finding " code { (id) } },
        Source::Record { kind, id } => html! {
            (kind.replace('_', " ")) " " ((brief.title_of)(kind, id)) " (" code { (id) } ")"
        },
    }
}
