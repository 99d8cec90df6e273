//! The security assessment report: what was assessed how, by whom and when; what came out; what was not assessed and why.
//!
//! For the authorizing official and the system owner (SP 800-53Ar5 §3.3, SP 800-37r2 task A-4). A statement is other than
//! satisfied on evidence alone, and each leads to the line of the file or the judgement that says so.

mod findings;
mod scope;
mod unassessed;

use super::block::Blocks;
use super::facts::{Cover, SystemFacts};
use super::families::{self, families};
use super::figures::{counted, share};
use super::kind::{Content, DocumentKind, Write};
use super::printed::Layout;
use super::sources::{Sources, made_from};
use super::words::{Cite, Words};
use warrant_model::level::Severity;
use warrant_model::posture::SeverityCounts;

/// The document.
pub(super) const KIND: DocumentKind = DocumentKind {
    id: "assessment-report",
    title: "Security assessment report",
    about: "What was assessed how, by whom and when; results by family; each statement other than satisfied with its finding, risk, recommendation and evidence; what was not assessed and why.",
    source: "SP 800-53Ar5; SP 800-37r2 task A-4",
    write: Write::System(write),
};

fn write(facts: &SystemFacts<'_>, _: &Cover) -> Content {
    let mut sources = Sources::of(facts.snapshot);
    sources.know_files(&facts.traceability.evidence);
    let from = made_from(facts.snapshot);
    let status = sources.computed("Control status", &from, facts.posture.as_of);
    let deficiencies = sources.computed("Deficiencies", &from, facts.posture.as_of);
    let mut blocks = Blocks::default();
    blocks.lead(lead(facts, &status, &deficiencies));
    scope::section(&mut blocks, facts, &mut sources);
    blocks.chapter("Results");
    let all = families(facts.controls);
    if all.is_empty() {
        blocks.text("No baseline is in force, so that no control could be assessed.");
    } else {
        families::section(&mut blocks, &all, &facts.posture.controls, &status);
    }
    counts(&mut blocks, facts, &deficiencies);
    findings::sections(&mut blocks, facts, &mut sources);
    unassessed::section(&mut blocks, facts, &mut sources);
    conclusions(&mut blocks, facts, &mut sources, &status);
    Content::new(Layout::Book, blocks, sources).telling(
        "Baseline",
        if facts.posture.baseline.is_empty() { "none" } else { facts.posture.baseline.as_str() },
    )
}

/// How many deficiencies are in force, by severity.
fn in_force(facts: &SystemFacts<'_>) -> SeverityCounts {
    facts.posture.summary().deficiencies
}

fn lead(facts: &SystemFacts<'_>, status: &Cite, deficiencies: &Cite) -> Words {
    let name = &facts.snapshot.system.body.name;
    let counts = &facts.posture.controls;
    let wrong = in_force(facts);
    let said = match counts.applicable() {
        0 => Words::from(format!("{name} has no baseline in force, so that its controls could not be assessed.")),
        all => Words::from(format!(
            "Of the {all} controls that apply to {name}, {} are satisfied, {} are other than satisfied, {} are stale and {} were not assessed",
            counts.satisfied, counts.other_than_satisfied, counts.stale, counts.not_assessed
        ))
        .cite(status.clone())
        .and("."),
    };
    let serious = wrong.critical + wrong.high;
    said.and(format!(
        " {} in force, {} of them critical or high",
        counted(wrong.total() as usize, "deficiency is", "deficiencies are"),
        if serious == 0 { "none".to_owned() } else { serious.to_string() }
    ))
    .cite(deficiencies.clone())
    .and(".")
}

fn counts(blocks: &mut Blocks, facts: &SystemFacts<'_>, deficiencies: &Cite) {
    blocks.part("Findings and deficiencies by severity");
    let mut headings = vec!["What"];
    headings.extend(super::drawings::SEVERITIES.map(|part| part.title));
    headings.push("All");
    let mut table = super::block::Table::new(&headings);
    let mut row = |title: &str, counts: &SeverityCounts| {
        let mut cells = vec![Words::from(title).cite(deficiencies.clone())];
        cells.extend(Severity::DESCENDING.map(|severity| Words::from(counts.of(severity).to_string())));
        cells.push(counts.total().to_string().into());
        table.rows.push(cells);
    };
    row("Open findings of tools", &facts.posture.open_findings);
    row("Deficiencies in force", &in_force(facts));
    blocks.table(table);
    blocks.quiet("A finding is what a tool reports of one target. A deficiency is what is wrong of the system, computed from findings, judgements and records; one may stand for many findings.");
    let excepted = facts.posture.summary().excepted;
    if excepted > 0 {
        blocks.text(format!(
            "{} covered by an approved exception.",
            counted(excepted as usize, "deficiency is", "deficiencies are")
        ));
    }
}

fn conclusions(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>, status: &Cite) {
    let counts = &facts.posture.controls;
    let all = counts.applicable();
    blocks.chapter("Conclusions");
    let mut points = Vec::new();
    if all > 0 {
        let judged = counts.satisfied + counts.other_than_satisfied;
        points.push(
            Words::from(format!(
                "{} of the controls that apply have fresh evidence either way; {} of these are satisfied",
                share(judged, all),
                share(counts.satisfied, judged)
            ))
            .cite(status.clone())
            .and("."),
        );
        let unknown = counts.stale + counts.not_assessed;
        if unknown > 0 {
            points.push(
                Words::from(format!(
                    "Nothing can be concluded about {}: {} stale, {} not assessed",
                    counted(unknown as usize, "control", "controls"),
                    counts.stale,
                    counts.not_assessed
                ))
                .cite(status.clone())
                .and("."),
            );
        }
    }
    let scorecard = sources.computed("Scorecard", &made_from(facts.snapshot), facts.posture.as_of);
    for indicator in &facts.posture.scorecard.0 {
        let score = match indicator.score {
            Some(score) => format!("{score:.0} of 100"),
            None => "not assessed".to_owned(),
        };
        points.push(
            Words::from(format!("{}: {score}. {}", indicator.objective.title(), indicator.reason))
                .cite(scorecard.clone()),
        );
    }
    let worst = facts.posture.deficiencies.iter().find(|one| one.excepted.is_none());
    if let Some(worst) = worst {
        let mut words = Words::from(format!("What presses most: {}", worst.title.trim_end_matches('.')));
        if let Some(ground) = worst.grounds.first() {
            words = words.cite(sources.place(&ground.source));
        }
        points.push(words.and("."));
    }
    let unplanned = facts.posture.deficiencies.iter();
    let unplanned = unplanned.filter(|one| one.excepted.is_none() && one.poam_item.is_none()).count();
    points.push(
        match unplanned {
            0 => Words::from("Every deficiency in force is planned"),
            count => {
                Words::from(format!("{} no plan", counted(count, "deficiency has", "deficiencies have")))
            }
        }
        .cite(sources.computed("Deficiencies", &made_from(facts.snapshot), facts.posture.as_of))
        .and("."),
    );
    blocks.list(points);
    blocks.quiet("Whether the remaining risk is acceptable is for the authorizing official to decide.");
}
