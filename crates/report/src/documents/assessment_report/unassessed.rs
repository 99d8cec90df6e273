//! What was not assessed, or not lately, and why.

use crate::documents::block::Blocks;
use crate::documents::facts::SystemFacts;
use crate::documents::figures::{clipped, counted};
use crate::documents::sources::{Sources, made_from};
use crate::documents::words::Words;
use std::collections::BTreeMap;
use warrant_catalog::index::Index;
use warrant_model::posture::Status;

/// The most reasons told, and the most controls named for each.
const MOST_REASONS: usize = 60;
const MOST_CONTROLS: usize = 150;

pub(super) fn section(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let index = Index::embedded();
    let mut reasons: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for control in facts.controls {
        let why = match &control.status {
            Status::NotAssessed { reason } => clipped(reason.trim_end_matches('.'), 300),
            Status::Stale { .. } => "the evidence that said that it is met has grown too old".to_owned(),
            _ => continue,
        };
        reasons.entry(why).or_default().push(index.label_of(&control.control));
    }
    blocks.chapter("What was not assessed, and why");
    if reasons.is_empty() {
        blocks.text(match facts.controls.is_empty() {
            true => "Everything: no baseline is in force.",
            false => "Every control that applies was assessed, and the evidence is fresh.",
        });
    }
    let computed = sources.computed("Control status", &made_from(facts.snapshot), facts.posture.as_of);
    let mut most_first: Vec<_> = reasons.into_iter().collect();
    most_first.sort_by_key(|(_, controls)| std::cmp::Reverse(controls.len()));
    let mut points = Vec::new();
    for (why, controls) in most_first.iter().take(MOST_REASONS) {
        let named: Vec<_> = controls.iter().take(MOST_CONTROLS).map(String::as_str).collect();
        let more = controls.len() - named.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        points.push(
            Words::default()
                .strong(counted(controls.len(), "control", "controls"))
                .cite(computed.clone())
                .and(format!(", since {why}: {}{more}.", named.join(", "))),
        );
    }
    blocks.list(points);
    blocks.rest(
        most_first.len().saturating_sub(MOST_REASONS),
        "reasons",
        "the system's Controls page has them",
    );
    let out = facts.controls.iter().filter(|one| matches!(one.status, Status::NotApplicable { .. })).count();
    if out > 0 {
        let said = counted(out, "control does not apply", "controls do not apply");
        blocks.text(
            Words::from(format!("{said} and was not to be assessed; the system security plan tells why"))
                .cite(computed)
                .and("."),
        );
    }
}
