//! What is other than satisfied, and every deficiency that ranks among the highest: finding, risk, recommendation,
//! evidence.

use crate::documents::block::Blocks;
use crate::documents::facts::SystemFacts;
use crate::documents::figures::{clipped, counted, day_or, several};
use crate::documents::sources::{Sources, made_from};
use crate::documents::words::Words;
use std::collections::{BTreeMap, HashMap};
use warrant_catalog::index::Index;
use warrant_model::posture::{ControlStatus, Deficiency, Ground, StatementStatus, Status};
use warrant_model::time::day;

/// The most controls told in full.
const MOST_CONTROLS: usize = 300;
/// The most deficiencies told in full.
const MOST_DEFICIENCIES: usize = 100;
/// The most grounds of one.
const GROUNDS: usize = 4;

pub(super) fn sections(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    statements(blocks, facts, sources);
    deficiencies(blocks, facts, sources);
}

/// A control with the statements of it that are other than satisfied.
struct Failing<'f> {
    control: &'f ControlStatus,
    statements: Vec<&'f StatementStatus>,
    /// The deficiency that ranks highest of those that name it.
    deficiency: Option<&'f Deficiency>,
}

/// Those whose deficiency ranks highest first.
fn failing<'f>(facts: &SystemFacts<'f>) -> Vec<Failing<'f>> {
    let mut of_control: HashMap<&str, usize> = HashMap::new();
    for (rank, deficiency) in facts.posture.deficiencies.iter().enumerate() {
        for id in &deficiency.controls {
            // What names a statement names its control.
            of_control.entry(id.split('_').next().unwrap_or(id)).or_insert(rank);
        }
    }
    let mut found = Vec::new();
    for control in facts.controls {
        let fails = |one: &&StatementStatus| one.status == Status::OtherThanSatisfied;
        let statements: Vec<_> = control.statements.iter().filter(fails).collect();
        if statements.is_empty() {
            continue;
        }
        let rank = of_control.get(control.control.as_str()).copied().unwrap_or(usize::MAX);
        let deficiency = facts.posture.deficiencies.get(rank);
        found.push((rank, Failing { control, statements, deficiency }));
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, failing)| failing).collect()
}

impl<'f> Failing<'f> {
    /// Each ground once, with the statements it speaks against.
    fn grounds(&self) -> Vec<(&'f Ground, Vec<String>)> {
        let index = Index::embedded();
        let mut grounds: Vec<(&Ground, Vec<String>)> = Vec::new();
        for statement in &self.statements {
            for ground in &statement.grounds {
                let label = index.label_of(&statement.statement);
                match grounds.iter_mut().find(|(known, _)| *known == ground) {
                    Some((_, labels)) => labels.push(label),
                    None => grounds.push((ground, vec![label])),
                }
            }
        }
        grounds
    }
}

fn statements(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let all = failing(facts);
    blocks.chapter("Statements other than satisfied");
    if all.is_empty() {
        blocks.text("No statement is other than satisfied on fresh evidence. What was not assessed is told further below.");
        return;
    }
    let computed = sources.computed("Control status", &made_from(facts.snapshot), facts.posture.as_of);
    let count = all.iter().map(|one| one.statements.len()).sum();
    let count = counted(count, "statement is", "statements are");
    let of = counted(all.len(), "control", "controls");
    let said = Words::from(format!("{count} other than satisfied, of {of}")).cite(computed);
    blocks.text(said.and(". Those with the highest risk come first."));
    let index = Index::embedded();
    for failing in all.iter().take(MOST_CONTROLS) {
        let id = failing.control.control.as_str();
        let title = index.by_id(id).and_then(|no| index.control(no)).map_or("", |facts| facts.title.as_str());
        blocks.thing(format!("{} {title}", index.label_of(id)));
        let grounds = failing.grounds();
        let mut points = vec![];
        for (ground, labels) in grounds.iter().take(GROUNDS) {
            let labels = several(labels);
            points.push(Words::default().strong(format!("{labels}: ")).then(told(ground, sources)));
        }
        if grounds.len() > GROUNDS {
            let more = counted(grounds.len() - GROUNDS, "further ground speaks", "further grounds speak");
            points.push(format!("{more} against it.").into());
        }
        match failing.deficiency {
            Some(deficiency) => points.extend(risk(deficiency, facts, sources)),
            None => points.push("Risk: no deficiency names this control; its severity was not rated.".into()),
        }
        blocks.list(points);
    }
    blocks.rest(
        all.len().saturating_sub(MOST_CONTROLS),
        "controls with statements other than satisfied",
        "the system's Controls page and its export have them",
    );
}

fn told(ground: &Ground, sources: &mut Sources<'_>) -> Words {
    Words::from(format!("{}, {}", clipped(&ground.says, 400), day(ground.at)))
        .cite(sources.place(&ground.source))
}

/// Risk, recommendation and plan of a deficiency.
fn risk(deficiency: &Deficiency, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) -> Vec<Words> {
    let mut points = vec![Words::default().strong(format!("Risk ({}): ", deficiency.severity)).and(format!(
        "{}: {}",
        deficiency.title.trim_end_matches('.'),
        clipped(&deficiency.why, 600)
    ))];
    if let Some(action) = deficiency.actions.first() {
        let hours = match action.hours {
            Some((low, high)) => format!(" ({low:.0} to {high:.0} person-hours)"),
            None => String::new(),
        };
        let title = action.title.trim_end_matches('.');
        points.push(Words::default().strong("Recommendation: ").and(format!("{title}{hours}.")));
    }
    let plan = Words::default().strong("Plan: ");
    points.push(match (&deficiency.poam_item, &deficiency.excepted) {
        (_, Some(excepted)) => plan
            .and(format!("lived with until {}", excepted.until))
            .cite(sources.record_named("exception", &excepted.exception)),
        (Some(item), None) => {
            let record = facts.snapshot.poam_items.iter().find(|one| one.id.as_str() == item);
            let due =
                record.map_or_else(String::new, |one| format!(", due {}", day_or(one.body.due, "on no day")));
            let title = record.map_or("a POA&M item", |one| one.body.title.as_str());
            plan.and(format!("{title}{due}")).cite(sources.record_named("poam_item", item))
        }
        (None, None) => plan.and("none"),
    });
    points
}

fn deficiencies(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let in_force: Vec<_> = facts.posture.deficiencies.iter().filter(|one| one.excepted.is_none()).collect();
    let excepted = facts.posture.deficiencies.len() - in_force.len();
    blocks.chapter("Deficiencies");
    if in_force.is_empty() {
        blocks.text("No check found a deficiency that is in force.");
    }
    for deficiency in in_force.iter().take(MOST_DEFICIENCIES) {
        blocks.thing(deficiency.title.as_str());
        let mut points = Vec::new();
        let index = Index::embedded();
        let controls: Vec<_> = deficiency.controls.iter().take(12).map(|id| index.label_of(id)).collect();
        let since = Words::from(format!("Since {}; controls: ", day(deficiency.since)));
        points.push(since.and(if controls.is_empty() {
            "none named".to_owned()
        } else {
            controls.join(", ")
        }));
        for ground in deficiency.grounds.iter().take(GROUNDS) {
            points.push(Words::default().strong("Found: ").then(told(ground, sources)));
        }
        points.extend(risk(deficiency, facts, sources));
        blocks.list(points);
    }
    let left = in_force.iter().skip(MOST_DEFICIENCIES);
    let mut by_severity: BTreeMap<std::cmp::Reverse<warrant_model::level::Severity>, usize> = BTreeMap::new();
    left.for_each(|one| *by_severity.entry(std::cmp::Reverse(one.severity)).or_default() += 1);
    if !by_severity.is_empty() {
        let said: Vec<_> =
            by_severity.iter().map(|(severity, count)| format!("{count} {}", severity.0)).collect();
        let count =
            counted(by_severity.values().sum(), "further deficiency ranks", "further deficiencies rank");
        let computed = sources.computed("Deficiencies", &made_from(facts.snapshot), facts.posture.as_of);
        blocks.text(
            Words::from(format!("{count} below these: {}", said.join(", ")))
                .cite(computed)
                .and(". The queue of the system and its export have them."),
        );
    }
    if excepted > 0 {
        blocks.text(format!(
            "{} covered by an exception and not listed here.",
            counted(excepted, "deficiency is", "deficiencies are")
        ));
    }
}
