//! The traceability matrix: from each statement of a system's baseline to the file that proves it.
//!
//! For an assessor before fieldwork and for whoever asks what a plan rests on (SP 800-53Ar5 §3.2). What is missing
//! comes first and is counted; then every statement.

use super::block::{Blocks, Table};
use super::facts::{Cover, SystemFacts};
use super::figures::{clipped, thousands};
use super::kind::{Content, DocumentKind, Write};
use super::printed::Layout;
use super::sources::{Sources, made_from};
use super::words::{Cite, Words};
use crate::tables::{method_word, result_word};
use std::collections::HashMap;
use warrant_catalog::index::Index;
use warrant_model::hash::ContentHash;
use warrant_model::time::{day, days_between};
use warrant_model::traceability::{Hole, Requirement, TestResult, Traceability};

/// The document.
pub(super) const KIND: DocumentKind = DocumentKind {
    id: "traceability",
    title: "Traceability",
    about: "From each statement of the baseline to how it is met, how that is tested, what came out and which file proves it; what is missing first.",
    source: "SP 800-53Ar5 §3.2; SP 800-160v1r1",
    write: Write::System(write),
};

/// The most statements told, and the most results of one.
const MOST_STATEMENTS: usize = 4_000;
const MOST_RESULTS: usize = 4;

fn write(facts: &SystemFacts<'_>, _: &Cover) -> Content {
    let matrix = facts.traceability;
    let mut sources = Sources::of(facts.snapshot);
    sources.know_files(&matrix.evidence);
    let computed = sources.computed("Traceability", &made_from(facts.snapshot), facts.posture.as_of);
    let mut blocks = Blocks::default();
    blocks.lead(Words::from(answer(matrix)).cite(computed.clone()).and("."));
    holes(&mut blocks, matrix, &computed);
    strays(&mut blocks, matrix, &mut sources);
    statements(&mut blocks, facts, &mut sources);
    Content::new(Layout::Brief, blocks, sources)
}

fn answer(matrix: &Traceability) -> String {
    let (closed, all) = (matrix.closed(), matrix.requirements.len());
    match (closed, all) {
        (_, 0) => "No baseline is in force, so there is nothing to trace".to_owned(),
        (closed, all) if closed == all => format!("Each of the {all} statements is traced to evidence"),
        _ => format!("{closed} of {all} statements are traced without a hole; {} have one", all - closed),
    }
}

fn missing(one: &Requirement) -> String {
    one.holes.iter().map(|hole| hole.title().to_lowercase()).collect::<Vec<_>>().join(", ")
}

/// What is missing, and statements by what they lack, most first.
fn holes(blocks: &mut Blocks, matrix: &Traceability, computed: &Cite) {
    let index = Index::embedded();
    blocks.chapter("Holes");
    let mut table = Table::new(&["What is missing", "Statements"]);
    for hole in Hole::ALL {
        let count = thousands(matrix.with(hole) as u64);
        table.rows.push(vec![hole.title().into(), Words::from(count).cite(computed.clone())]);
    }
    blocks.table(table);
    let mut groups: Vec<(String, usize, Vec<String>)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for one in matrix.requirements.iter().filter(|one| !one.holes.is_empty()) {
        let (text, label) = (missing(one), index.label_of(&one.statement));
        let place = *places.entry(text.clone()).or_insert_with(|| {
            groups.push((text, one.holes.len(), Vec::new()));
            groups.len() - 1
        });
        groups[place].2.push(label);
    }
    groups.sort_by_key(|(_, holes, labels)| std::cmp::Reverse((*holes, labels.len())));
    let point = |(text, _, labels): &(String, usize, Vec<String>)| {
        let title = format!("With {text}, {}: ", thousands(labels.len() as u64));
        Words::default().strong(title).and(labels.join(", "))
    };
    blocks.list(groups.iter().map(point).collect());
}

/// Implementations of what the baseline does not hold.
fn strays(blocks: &mut Blocks, matrix: &Traceability, sources: &mut Sources<'_>) {
    let index = Index::embedded();
    let mut words = Words::default().strong("Implementations of what the baseline does not hold: ");
    for (nth, (record, control)) in matrix.stray.iter().enumerate() {
        words = words.and(if nth > 0 { ", " } else { "" }).and(index.label_of(control));
        words = words.cite(sources.record_named("implementation", record));
    }
    if !matrix.stray.is_empty() {
        blocks.text(words);
    }
}

fn statements(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let index = Index::embedded();
    let all = &facts.traceability.requirements;
    blocks.chapter("Statements");
    let mut table = Table::new(&["Statement", "Implementation", "Objectives", "Results", "Missing"]);
    for one in all.iter().take(MOST_STATEMENTS) {
        let mut implementation = Words::default();
        for said in &one.implementations {
            let how =
                if said.how.is_empty() { String::new() } else { format!(": {}", clipped(&said.how, 400)) };
            implementation = ended(implementation).and(format!("{}{how}", said.says));
            implementation = implementation.cite(sources.record_named("implementation", &said.id));
        }
        let mut results = Words::default();
        for result in one.results.iter().take(MOST_RESULTS) {
            results = ended(results).then(proof(facts, result, sources));
        }
        let left = one.results.len().saturating_sub(MOST_RESULTS);
        if left > 0 {
            results = ended(results).and(format!("{left} more"));
        }
        let none = |words: Words| if words.0.is_empty() { "–".into() } else { words };
        let lacking = missing(one);
        table.rows.push(vec![
            Words::from(format!("{}\n{}", index.label_of(&one.statement), one.status.title())),
            none(implementation),
            if one.objectives.is_empty() { "–".into() } else { one.objectives.join(", ").into() },
            none(results),
            if lacking.is_empty() { "–".into() } else { lacking.into() },
        ]);
    }
    blocks.table(table);
    blocks.rest(
        all.len().saturating_sub(MOST_STATEMENTS),
        "statements",
        "the system's Traceability page has them",
    );
}

/// Words to which another line is added.
fn ended(words: Words) -> Words {
    if words.0.is_empty() { words } else { words.and("\n") }
}

fn proof(facts: &SystemFacts<'_>, result: &TestResult, sources: &mut Sources<'_>) -> Words {
    let mut words = Words::from(format!(
        "{}, {} ({}: {})",
        clipped(&result.says, 300),
        day(result.at),
        method_word(result.method),
        result_word(result.result)
    ))
    .cite(sources.place(&result.source));
    for hash in result.evidence.iter().take(MOST_RESULTS) {
        words = words.cite(sources.file(&ContentHash(hash.clone())));
        words = words.and(match facts.traceability.file(hash) {
            Some(file) => format!(" {}", age(days_between(file.observed_at, facts.snapshot.as_of))),
            None => " is not there".to_owned(),
        });
    }
    words
}

fn age(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "1 day old".to_owned(),
        days => format!("{days} days old"),
    }
}
