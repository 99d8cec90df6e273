//! Which baseline holds, what was decided about it, which parameters are set, and what is taken from other systems.

use super::MOST_ROWS;
use crate::documents::block::{Blocks, Table};
use crate::documents::facts::SystemFacts;
use crate::documents::figures::{clipped, counted};
use crate::documents::sources::{Sources, made_from};
use crate::documents::words::Words;
use warrant_model::time::day;

pub(super) fn sections(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    baseline(blocks, facts, sources);
    parameters(blocks, facts, sources);
    taken(blocks, facts, sources);
}

fn baseline(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let counts = &facts.posture.controls;
    let computed = sources.computed("Tailored baseline", &made_from(facts.snapshot), facts.posture.as_of);
    blocks.chapter("Applicable controls");
    let said = match facts.posture.baseline.as_str() {
        "" => "The system is not categorised, so that no baseline of SP 800-53B is chosen.".to_owned(),
        baseline => format!("The {baseline} baseline of SP 800-53B applies."),
    };
    let said = Words::from(said).and(format!(
        " After tailoring, {} and {}",
        counted(counts.applicable() as usize, "control must be met", "controls must be met"),
        counted(counts.not_applicable as usize, "does not apply", "do not apply")
    ));
    blocks.text(said.cite(computed).and("."));
    blocks.part("Tailoring decisions");
    if facts.decisions.is_empty() {
        blocks.text("Nothing was decided about the baseline: it holds as published.");
        return;
    }
    let mut table = Table::new(&["Control", "Decision", "Of", "Effect", "Reason", "Approved by", "Written"]);
    for (record, one) in facts.decisions.iter().take(MOST_ROWS) {
        let kind = if one.layer == "this system" { "tailoring" } else { "overlay" };
        let written = one.at.map(|at| day(at).to_string()).unwrap_or_default();
        table.rows.push(vec![
            Words::from(one.control.as_str()).cite(sources.record_named(kind, record.as_str())),
            one.action.as_str().into(),
            one.layer.as_str().into(),
            one.effect.as_str().into(),
            clipped(&one.rationale, 600).into(),
            if one.approver.is_empty() { "nobody named".into() } else { one.approver.as_str().into() },
            [written, one.by.clone()].join(" ").trim().into(),
        ]);
    }
    blocks.table(table);
    blocks.rest(
        facts.decisions.len().saturating_sub(MOST_ROWS),
        "decisions",
        "the system's Tailoring page has them",
    );
}

/// The most parameters without a value that are named.
const MOST_UNSET: usize = 24;

fn parameters(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    blocks.part("Organisation-defined parameters");
    let (set, unset): (Vec<_>, Vec<_>) = facts.parameters.iter().partition(|(record, _)| record.is_some());
    if facts.parameters.is_empty() {
        blocks.text("The controls that must be met have no parameter.");
        return;
    }
    let mut table = Table::new(&["Control", "Parameter", "Value", "Set by"]);
    for (record, one) in set.iter().take(MOST_ROWS) {
        let Some(record) = record else { continue };
        let kind = if one.layer == "this system" { "tailoring" } else { "overlay" };
        let label = if one.label.is_empty() { String::new() } else { format!(" ({})", one.label) };
        table.rows.push(vec![
            one.control.as_str().into(),
            format!("{}{label}", one.id).into(),
            Words::from(clipped(&one.value, 400)).cite(sources.record_named(kind, record.as_str())),
            one.layer.as_str().into(),
        ]);
    }
    blocks.table(table);
    blocks.rest(set.len().saturating_sub(MOST_ROWS), "values", "the system's Parameters page has them");
    if unset.is_empty() {
        blocks.text("Every parameter has a value.");
        return;
    }
    let mut names: Vec<_> = unset.iter().take(MOST_UNSET).map(|(_, one)| one.id.as_str()).collect();
    let more = format!("and {} more", unset.len().saturating_sub(MOST_UNSET));
    if unset.len() > MOST_UNSET {
        names.push(&more);
    }
    let computed = sources.computed("Tailored baseline", &made_from(facts.snapshot), facts.posture.as_of);
    let count = counted(unset.len(), "parameter has no value", "parameters have no value");
    blocks.text(Words::from(count).cite(computed).and(format!(": {}.", names.join(", "))));
}

fn taken(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    blocks.part("Inherited and shared controls");
    if facts.taken.is_empty() {
        blocks.text("The system takes no control from another.");
        return;
    }
    let mut table =
        Table::new(&["Control", "How", "From", "Who answers", "This system's part", "Status", "Missing"]);
    for (record, one) in facts.taken.iter().take(MOST_ROWS) {
        let part = if one.duty.is_empty() { one.ours.as_str() } else { one.duty.as_str() };
        table.rows.push(vec![
            Words::from(one.control.as_str()).cite(sources.record_named("implementation", record.as_str())),
            one.how.as_str().into(),
            one.path.as_str().into(),
            one.responsibility.as_str().into(),
            if part.is_empty() { "–".into() } else { clipped(part, 400).into() },
            if one.status.is_empty() { "not in the baseline".into() } else { one.status.as_str().into() },
            if one.holes.is_empty() { "–".into() } else { one.holes.join("; ").into() },
        ]);
    }
    blocks.table(table);
    blocks.rest(
        facts.taken.len().saturating_sub(MOST_ROWS),
        "controls",
        "the system's Inheritance page has them",
    );
}
