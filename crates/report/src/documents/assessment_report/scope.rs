//! What was assessed how, by whom and when.

use crate::documents::block::{Blocks, Table};
use crate::documents::facts::SystemFacts;
use crate::documents::figures::{counted, thousands};
use crate::documents::sources::{Sources, made_from};
use crate::documents::words::Words;
use jiff::Timestamp;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::hash::ContentHash;
use warrant_model::kinds::AssessmentMethod;
use warrant_model::time::day;

/// The most rows of one table.
const MOST: usize = 200;

/// What one tool did.
#[derive(Default)]
struct Looked<'a> {
    files: usize,
    newest: Option<(Timestamp, &'a ContentHash)>,
    targets: BTreeSet<&'a str>,
}

pub(super) fn section(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    blocks.chapter("What was assessed, how, by whom and when");
    blocks.text("Statements of the tailored baseline are judged by what tools report of the system's targets and by what people examined, tested or learnt in interviews. The newest result of each counts while it is fresh.");
    tools(blocks, facts, sources);
    people(blocks, facts, sources);
}

fn tools(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let snapshot = facts.snapshot;
    let mut by_tool: BTreeMap<&str, Looked<'_>> = BTreeMap::new();
    for file in snapshot.evidence.iter() {
        let looked = by_tool.entry(&file.tool).or_default();
        looked.files += 1;
        looked.newest = looked.newest.max(Some((file.observed_at, &file.hash)));
    }
    for target in snapshot.targets.iter() {
        by_tool.entry(&target.tool).or_default().targets.insert(&target.name);
    }
    blocks.part("By tools");
    if by_tool.is_empty() {
        blocks.text("No tool's evidence has come in.");
        return;
    }
    let mut table = Table::new(&["Tool", "Files", "Targets looked at", "Newest look"]);
    for (tool, looked) in by_tool.iter().take(MOST) {
        let newest = match looked.newest {
            Some((at, hash)) => Words::from(day(at).to_string()).cite(sources.file(hash)),
            None => "–".into(),
        };
        table.rows.push(vec![
            (*tool).into(),
            thousands(looked.files as u64).into(),
            thousands(looked.targets.len() as u64).into(),
            newest,
        ]);
    }
    blocks.table(table);
    blocks.rest(by_tool.len().saturating_sub(MOST), "tools", "the system's Evidence page has them");
}

/// What one person judged in one way.
#[derive(Default)]
struct Judged {
    count: usize,
    first: Option<Date>,
    last: Option<Date>,
    newest: Option<(Date, String)>,
}

fn people(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let mut by_person: BTreeMap<(String, &str), Judged> = BTreeMap::new();
    for record in &facts.snapshot.assessments {
        let body = &record.body;
        let who = match (&body.assessor, &body.tested_by) {
            (Some(id), _) => facts.person(Some(id)).to_owned(),
            (None, Some(name)) => name.clone(),
            (None, None) => "nobody named".to_owned(),
        };
        let judged = by_person.entry((who, method(body.method))).or_default();
        judged.count += 1;
        if let Some(on) = body.assessed_on {
            judged.first = Some(judged.first.map_or(on, |first| first.min(on)));
            judged.last = judged.last.max(Some(on));
            judged.newest = judged.newest.take().max(Some((on, record.id.0.clone())));
        }
    }
    blocks.part("By people");
    if by_person.is_empty() {
        blocks.text("Nobody has examined, tested or asked about a control on record.");
        return;
    }
    let mut table = Table::new(&["Assessor", "Method", "Judgements", "First", "Last"]);
    for ((who, method), judged) in by_person.iter().take(MOST) {
        let last = match &judged.newest {
            Some((on, id)) => Words::from(on.to_string()).cite(sources.record_named("assessment", id)),
            None => "no day recorded".into(),
        };
        let first = judged.first.map_or_else(|| "no day recorded".to_owned(), |on| on.to_string());
        table.rows.push(vec![
            who.as_str().into(),
            (*method).into(),
            thousands(judged.count as u64).into(),
            first.into(),
            last,
        ]);
    }
    blocks.table(table);
    blocks.rest(
        by_person.len().saturating_sub(MOST),
        "assessors and methods",
        "the records of assessments have them",
    );
    let untested = facts.traceability.requirements.iter().filter(|one| one.results.is_empty()).count();
    let all = facts.traceability.requirements.len();
    let computed = sources.computed("Traceability", &made_from(facts.snapshot), facts.posture.as_of);
    blocks.text(
        Words::from(format!(
            "Of {}, {} a result of a tool or a person",
            counted(all, "statement that applies", "statements that apply"),
            counted(all - untested, "has", "have")
        ))
        .cite(computed)
        .and("."),
    );
}

fn method(method: AssessmentMethod) -> &'static str {
    match method {
        AssessmentMethod::Examine => "examine",
        AssessmentMethod::Interview => "interview",
        AssessmentMethod::Test => "test",
    }
}
