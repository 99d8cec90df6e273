//! The tree of families at the left of the grid, each with how its controls stand.

use super::chosen::{Chosen, family_of};
use crate::list::ListAddress;
use crate::look::figure::coordinate;
use crate::look::words::english;
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_catalog::index::Index;
use warrant_model::posture::{ControlCounts, ControlStatus};

/// The families that the baseline holds controls of, in the catalogue's order.
pub(super) fn tree(all: &[ControlStatus], chosen: &Chosen, address: &ListAddress) -> Markup {
    let mut families: Vec<(&str, &str, ControlCounts)> = Vec::new();
    for control in all {
        let id = family_of(&control.control);
        if families.last().is_none_or(|(last, ..)| *last != id) {
            let known = Index::embedded().families().iter().find(|family| family.id == id);
            families.push((id, known.map_or(id, |family| family.title.as_str()), ControlCounts::default()));
        }
        if let Some((.., counts)) = families.last_mut() {
            counts.add(&control.status);
        }
    }
    let mut whole = ControlCounts::default();
    all.iter().for_each(|control| whole.add(&control.status));
    html! {
        nav.tree #controls-tree data-patch aria-label=(say("controls-families")) {
            (node(address, chosen, "", &html! { (say("controls-all-families")) }, &whole))
            @for (id, title, counts) in &families { (node(address, chosen, id, &english(title), counts)) }
        }
    }
}

fn node(address: &ListAddress, chosen: &Chosen, id: &str, title: &Markup, counts: &ControlCounts) -> Markup {
    let words = Words::of("controls-counted")
        .with("satisfied", counts.satisfied)
        .with("failing", counts.other_than_satisfied)
        .with("stale", counts.stale)
        .with("unjudged", counts.not_assessed)
        .with("out", counts.not_applicable);
    html! {
        a href=(address.with("family", id)) title=(words) aria-current=[(chosen.family == id).then_some("true")] data-swap="#controls" data-push {
            span.muted { (id.to_uppercase()) }
            span { (title) }
            span.count { (counts.satisfied) "/" (counts.applicable()) }
            (bar(counts))
        }
    }
}

/// Satisfied, stale, other than satisfied; what is left of the bar is not assessed.
fn bar(counts: &ControlCounts) -> Markup {
    let total = f64::from(counts.applicable().max(1));
    let parts = [
        ("ink-accent", counts.satisfied),
        ("ink-soft", counts.stale),
        ("ink-ink", counts.other_than_satisfied),
        ("ink-grey", counts.not_assessed),
    ];
    let placed = parts.iter().scan(0.0, |end, (class, count)| {
        let (start, width) = (*end, f64::from(*count) / total * 100.0);
        *end += width;
        Some((*class, start, width))
    });
    html! {
        svg viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true" {
            @for (class, start, width) in placed.filter(|(.., width)| *width > 0.0) {
                rect class=(class) x=(coordinate(start)) width=(coordinate((width - 0.6).max(0.4))) height="3" {}
            }
        }
    }
}
