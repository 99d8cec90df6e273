//! The system security plan: what the system is, how it is categorised, what it is made of, which controls apply to it and
//! how each is met.
//!
//! For the authorizing official and whoever assesses (SP 800-18r1 §3; the facts of an OSCAL SSP). What nobody recorded is
//! said to be unrecorded, and what is not assessed is said so.

mod controls;
mod environment;
mod identification;
mod tailoring;

use super::block::Blocks;
use super::facts::{Cover, SystemFacts};
use super::figures::{counted, day_or};
use super::kind::{Content, DocumentKind, Write};
use super::printed::Layout;
use super::sources::{Sources, made_from};
use super::words::Words;
use crate::tables::state_title;
use warrant_model::kind::Kind;
use warrant_model::kinds::System;
use warrant_model::time::day;

/// The document.
pub(super) const KIND: DocumentKind = DocumentKind {
    id: "security-plan",
    title: "System security plan",
    about: "Identification, categorisation, roles, boundary, flows, tailored baseline, and how each control is met, by whom, and who judged it when.",
    source: "SP 800-18r1; OSCAL SSP",
    write: Write::System(write),
};

fn write(facts: &SystemFacts<'_>, _: &Cover) -> Content {
    let snapshot = facts.snapshot;
    let mut sources = Sources::of(snapshot);
    sources.know_files(&facts.traceability.evidence);
    let mut blocks = Blocks::default();
    lead(&mut blocks, facts, &mut sources);
    identification::sections(&mut blocks, facts, &mut sources);
    environment::sections(&mut blocks, facts, &mut sources);
    tailoring::sections(&mut blocks, facts, &mut sources);
    controls::sections(&mut blocks, facts, &mut sources);
    let system = &snapshot.system.body;
    Content::new(Layout::Book, blocks, sources)
        .telling("Owner", facts.person(system.owner.as_ref()))
        .telling("Authorizing official", facts.person(system.authorizing_official.as_ref()))
}

fn lead(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let (snapshot, posture) = (facts.snapshot, facts.posture);
    let system = &snapshot.system.body;
    let baseline = match posture.baseline.as_str() {
        "" => "has no baseline in force".to_owned(),
        baseline => format!("is held to the {baseline} baseline as tailored"),
    };
    let leave = match (system.authorized_on, system.authorization_expires) {
        (_, Some(end)) if end < day(snapshot.as_of) => format!("its authorization ended on {end}"),
        (on, Some(end)) => format!("it is authorized since {} until {end}", day_or(on, "an unrecorded day")),
        (Some(on), None) => format!("it is authorized since {on} with no day of expiry"),
        (None, None) => "it is not authorized".to_owned(),
    };
    let counts = &posture.controls;
    let status = sources.computed("Control status", &made_from(snapshot), posture.as_of);
    let words = Words::from(format!(
        "{} is {} and {baseline}; {leave}",
        system.name,
        state_title(&System::SPEC, &system.phase).to_lowercase()
    ));
    let words = words.cite(sources.record(&snapshot.system)).and(". ");
    let words = match counts.applicable() {
        0 => words.and("No control is in force, so none is described below."),
        all => words
            .and(format!(
                "Of {}, {} are satisfied on fresh evidence, {} are other than satisfied, {} are stale and {} are not assessed",
                counted(all as usize, "control that applies", "controls that apply"),
                counts.satisfied,
                counts.other_than_satisfied,
                counts.stale,
                counts.not_assessed
            ))
            .cite(status)
            .and("."),
    };
    blocks.lead(words);
}

/// A text that somebody wrote, or that nobody did.
fn told(text: Option<&String>, otherwise: &str) -> String {
    let text = text.map(|text| text.trim()).filter(|text| !text.is_empty());
    super::figures::clipped(text.unwrap_or(otherwise), MOST_TEXT)
}

/// The most characters of one text.
const MOST_TEXT: usize = 4_000;

/// The most rows of one table.
const MOST_ROWS: usize = 1_000;
