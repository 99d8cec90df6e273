//! Each control: status, how it is met and by whom, its parameters, who judged it when and on what.

use super::MOST_TEXT;
use crate::documents::block::Blocks;
use crate::documents::facts::SystemFacts;
use crate::documents::families::{self, families};
use crate::documents::figures::{clipped, several};
use crate::documents::sources::{Sources, made_from};
use crate::documents::words::Words;
use crate::tables::ParameterRow;
use crate::tables::{method_word, result_word};
use std::collections::{BTreeSet, HashMap};
use warrant_catalog::index::{Index, Reference};
use warrant_model::RecordId;
use warrant_model::hash::ContentHash;
use warrant_model::kind::Record;
use warrant_model::kinds::{Implementation, ImplementationStatus};
use warrant_model::posture::{ControlStatus, Source, Status};
use warrant_model::time::day;
use warrant_model::traceability::{Requirement, TestResult};

/// The most statements of implementation told of one control, the most results of one of its statements, and the most
/// results of all of them.
const MOST_SAID: usize = 12;
const MOST_JUDGED: usize = 2;
const MOST_TOLD: usize = 20;

/// What is known of controls, by control id.
struct Known<'a> {
    implementations: HashMap<String, Vec<&'a Record<Implementation>>>,
    parameters: HashMap<&'a str, Vec<(&'a RecordId, &'a ParameterRow)>>,
    requirements: HashMap<&'a str, Vec<&'a Requirement>>,
    /// Who judged, and what was noted.
    assessments: HashMap<&'a str, (String, &'a str)>,
}

pub(super) fn sections(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let computed = sources.computed("Control status", &made_from(facts.snapshot), facts.posture.as_of);
    let all = families(facts.controls);
    blocks.chapter("How controls are met");
    if all.is_empty() {
        blocks.text("No baseline is in force, so that there is no control to describe.");
        return;
    }
    families::section(blocks, &all, &facts.posture.controls, &computed);
    blocks.quiet("Satisfied: fresh evidence says that it is met. Stale: the evidence that said so has grown too old. Not assessed: nothing says anything, which is not the same as good.");
    let known = Known::of(facts);
    for family in &all {
        blocks.part(family.title.as_str());
        for control in &family.controls {
            one(blocks, control, facts, &known, sources);
        }
    }
}

impl<'a> Known<'a> {
    fn of(facts: &SystemFacts<'a>) -> Self {
        let mut known = Self {
            implementations: HashMap::new(),
            parameters: HashMap::new(),
            requirements: HashMap::new(),
            assessments: HashMap::new(),
        };
        for record in &facts.snapshot.implementations {
            let control = control_of(&record.body.control);
            known.implementations.entry(control).or_default().push(record);
        }
        for (record, row) in facts.parameters {
            if let Some(record) = record {
                known.parameters.entry(row.control.as_str()).or_default().push((record, row));
            }
        }
        for requirement in &facts.traceability.requirements {
            known.requirements.entry(requirement.control.as_str()).or_default().push(requirement);
        }
        for record in &facts.snapshot.assessments {
            let body = &record.body;
            let by = match (&body.assessor, &body.tested_by) {
                (Some(id), _) => facts.person(Some(id)).to_owned(),
                (None, Some(name)) => name.clone(),
                (None, None) => "nobody named".to_owned(),
            };
            let notes = body.notes.as_deref().unwrap_or_default();
            known.assessments.insert(record.id.as_str(), (by, notes));
        }
        known
    }
}

/// The control of an id that may be a statement's, in whatever spelling.
fn control_of(text: &str) -> String {
    Reference::parse(text).map_or_else(|| text.to_owned(), |reference| reference.control)
}

fn one(
    blocks: &mut Blocks,
    control: &ControlStatus,
    facts: &SystemFacts<'_>,
    known: &Known<'_>,
    sources: &mut Sources<'_>,
) {
    let index = Index::embedded();
    let id = control.control.as_str();
    let title = index.by_id(id).and_then(|no| index.control(no)).map_or("", |facts| facts.title.as_str());
    let label = index.label_of(id);
    blocks.thing(format!("{label} {title}"));
    let status = Words::default().strong(control.status.title());
    let status = match &control.status {
        Status::Stale { since } => status.and(format!(" since {}", day(*since))),
        Status::NotAssessed { reason } | Status::NotApplicable { reason } => {
            status.and(format!(": {}", clipped(reason.trim().trim_end_matches('.'), 600)))
        }
        Status::Satisfied | Status::OtherThanSatisfied => status,
    };
    blocks.text(match known.implementations.contains_key(id) {
        true => status.and(format!(". Implementation: {}.", control.implementation)),
        false => status.and(". How it is met is not stated."),
    });
    let mut points = said(known.implementations.get(id), facts, sources);
    for (record, row) in known.parameters.get(label.as_str()).into_iter().flatten().take(MOST_SAID) {
        let kind = if row.layer == "this system" { "tailoring" } else { "overlay" };
        let words = Words::from(format!("Parameter {}: {}", row.id, clipped(&row.value, 400)));
        points.push(words.cite(sources.record_named(kind, record.as_str())));
    }
    points.extend(judged(known.requirements.get(id), index, known, sources));
    blocks.list(points);
}

/// How it is met, in the words of those who wrote it.
fn said(
    records: Option<&Vec<&Record<Implementation>>>,
    facts: &SystemFacts<'_>,
    sources: &mut Sources<'_>,
) -> Vec<Words> {
    let records = records.map_or(&[][..], Vec::as_slice);
    let index = Index::embedded();
    let mut points = Vec::new();
    for record in records.iter().take(MOST_SAID) {
        let body = &record.body;
        let whole = body.component.as_ref().map_or("the system as a whole", |id| facts.component(Some(id)));
        let provider = body.provider.as_ref().map(|id| facts.system(id));
        let how = match (body.status, provider) {
            (ImplementationStatus::Inherited, Some(name)) => format!("inherited from {name}"),
            (ImplementationStatus::Inherited, None) => "inherited; the provider is not recorded".to_owned(),
            (ImplementationStatus::Shared, Some(name)) => format!("shared with {name}"),
            (ImplementationStatus::Shared, None) => "shared; the provider is not recorded".to_owned(),
            (ImplementationStatus::Implemented, _) => "implemented".to_owned(),
            (ImplementationStatus::Partial, _) => "implemented in part".to_owned(),
            (ImplementationStatus::Planned, _) => "planned".to_owned(),
            (ImplementationStatus::Alternative, _) => "met in another way".to_owned(),
        };
        let by = match &body.responsible {
            Some(id) => format!("; {} answers for it", facts.person(Some(id))),
            None => String::new(),
        };
        let text = body.description.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let text = text.unwrap_or("How is not stated");
        let words = Words::from(format!("{}, {whole}: {how}{by}. ", index.label_of(&body.control)));
        points.push(words.and(clipped(text, MOST_TEXT)).cite(sources.record(record)));
    }
    let left = records.len().saturating_sub(MOST_SAID);
    if left > 0 {
        points.push(format!("{left} further statements are on the control's page.").into());
    }
    points
}

/// Who judged its statements, when and on what; what was said of several at once is told once.
fn judged(
    requirements: Option<&Vec<&Requirement>>,
    index: &Index,
    known: &Known<'_>,
    sources: &mut Sources<'_>,
) -> Vec<Words> {
    let mut told: Vec<(&TestResult, Vec<String>)> = Vec::new();
    for requirement in requirements.into_iter().flatten() {
        let label = index.label_of(&requirement.statement);
        // Of each tool or record the newest result counts; results come newest first.
        let mut seen = BTreeSet::new();
        let newest = requirement.results.iter().filter(|result| seen.insert(result.id.as_str()));
        for result in newest.take(MOST_JUDGED) {
            match told.iter_mut().find(|(known, _)| *known == result) {
                Some((_, labels)) => labels.push(label.clone()),
                None => told.push((result, vec![label.clone()])),
            }
        }
    }
    let left = told.len().saturating_sub(MOST_TOLD);
    let mut points = Vec::new();
    for (result, labels) in told.into_iter().take(MOST_TOLD) {
        let assessment = match &result.source {
            Source::Record { id, .. } => known.assessments.get(id.as_str()),
            _ => None,
        };
        let (by, says) = match assessment {
            Some((by, notes)) => (format!(" by {by}"), *notes),
            None => (String::new(), result.says.as_str()),
        };
        let says = if says.trim().is_empty() { String::new() } else { format!(": {}", clipped(says, 600)) };
        let mut words = Words::from(format!(
            "{} judged {} on {}{by} ({}){says}",
            several(&labels),
            result_word(result.result),
            day(result.at),
            method_word(result.method)
        ))
        .cite(sources.place(&result.source));
        if assessment.is_some() {
            for hash in result.evidence.iter().take(3) {
                words = words.cite(sources.file(&ContentHash(hash.clone())));
            }
        }
        points.push(words);
    }
    if left > 0 {
        points.push(format!("{left} further results are on the control's page.").into());
    }
    points
}
