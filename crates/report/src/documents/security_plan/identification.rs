//! What the system is, how it is categorised and why, and who answers for it.

use super::told;
use crate::documents::block::{Blocks, Table};
use crate::documents::facts::{OBJECTIVES, SystemFacts};
use crate::documents::figures::{clipped, day_or};
use crate::documents::sources::{Sources, made_from};
use crate::documents::words::Words;
use crate::tables::state_title;
use warrant_model::kind::{Kind, Record};
use warrant_model::kinds::{Criticality, Exposure, InformationCategory, InformationType, System};
use warrant_model::level::{Impact, Objective};

pub(super) fn sections(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    identification(blocks, facts, sources);
    categorisation(blocks, facts, sources);
    roles(blocks, facts, sources);
}

fn identification(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let record = &facts.snapshot.system;
    let system = &record.body;
    let units = &facts.snapshot.programme.units;
    let unit = system.unit.as_ref().and_then(|id| units.iter().find(|unit| unit.id == *id));
    blocks.chapter("Identification");
    blocks.facts(vec![
        ("Name", Words::from(system.name.as_str()).cite(sources.record(record))),
        ("Short name", told(system.abbreviation.as_ref(), "none").into()),
        ("Identifier", record.id.as_str().into()),
        ("Responsible unit", unit.map_or("not recorded", |unit| unit.body.name.as_str()).into()),
        ("Operational status", state_title(&System::SPEC, &system.phase).into()),
        ("In operation since", day_or(system.operational_since, "not recorded").into()),
        ("Authorized on", day_or(system.authorized_on, "not authorized").into()),
        ("Authorization ends", day_or(system.authorization_expires, "no day recorded").into()),
        ("Reached from", system.exposure.map_or("not recorded", exposure).into()),
        ("Without it", system.criticality.map_or("not recorded", criticality).into()),
        ("Security design", told(system.security_design.as_ref(), "none is recorded").into()),
    ]);
    blocks.part("Purpose");
    blocks.text(told(system.description.as_ref(), "What the system does, and for whom, is not recorded."));
}

fn exposure(exposure: Exposure) -> &'static str {
    match exposure {
        Exposure::Isolated => "no other network",
        Exposure::Internal => "inside only",
        Exposure::Partner => "named partners",
        Exposure::Internet => "the internet",
    }
}

fn criticality(criticality: Criticality) -> &'static str {
    match criticality {
        Criticality::Supporting => "work goes on",
        Criticality::Important => "work suffers",
        Criticality::Essential => "the mission stops",
    }
}

fn categorisation(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let snapshot = facts.snapshot;
    let system = &snapshot.system.body;
    let adjusted = [system.confidentiality_adjusted, system.integrity_adjusted, system.availability_adjusted];
    let computed = sources.computed("Categorisation", &made_from(snapshot), snapshot.as_of);
    blocks.chapter("Categorisation");
    blocks.text("The level of each objective is the highest of the information types that the system handles (FIPS 199), unless it was decided otherwise.");
    let mut table = Table::new(&["Objective", "Level", "Highest of information types", "Decided otherwise"]);
    for (nth, objective) in OBJECTIVES.into_iter().enumerate() {
        let highest =
            snapshot.information_types.iter().filter_map(|one| level_of(&one.body, objective)).max();
        let indicator = &facts.posture.scorecard.0[nth];
        let decided = match adjusted[nth] {
            Some(level) => Words::from(shown(Some(level))).cite(sources.record(&snapshot.system)),
            None => "no".into(),
        };
        table.rows.push(vec![
            objective.title().into(),
            Words::from(shown(indicator.impact)).cite(computed.clone()),
            shown(highest).into(),
            decided,
        ]);
    }
    blocks.table(table);
    if adjusted.iter().any(Option::is_some) {
        let why = told(system.adjustment_rationale.as_ref(), "no reason is recorded");
        blocks.text(
            Words::from(format!("Why it was decided otherwise: {why}"))
                .cite(sources.record(&snapshot.system)),
        );
    }
    blocks.part("Information types");
    if snapshot.information_types.is_empty() {
        blocks.text("No information type is recorded.");
        return;
    }
    let mut table = Table::new(&[
        "Information type",
        "SP 800-60",
        "Protected as",
        "Confidentiality",
        "Integrity",
        "Availability",
        "Why",
    ]);
    for record in snapshot.information_types.iter().take(super::MOST_ROWS) {
        table.rows.push(information_type(record, sources));
    }
    blocks.table(table);
    blocks.rest(
        snapshot.information_types.len().saturating_sub(super::MOST_ROWS),
        "information types",
        "the system's pages have them",
    );
}

fn information_type(record: &Record<InformationType>, sources: &mut Sources<'_>) -> Vec<Words> {
    let body = &record.body;
    let categories: Vec<_> = body.categories.iter().map(|one| category(*one)).collect();
    let why = body.rationale.as_deref().unwrap_or("no reason recorded");
    vec![
        Words::from(body.name.as_str()).cite(sources.record(record)),
        body.identifier.as_deref().unwrap_or("–").into(),
        if categories.is_empty() { "–".into() } else { categories.join(", ").into() },
        shown(body.confidentiality).into(),
        shown(body.integrity).into(),
        shown(body.availability).into(),
        clipped(why, 400).into(),
    ]
}

fn level_of(of: &InformationType, objective: Objective) -> Option<Impact> {
    match objective {
        Objective::Confidentiality => of.confidentiality,
        Objective::Integrity => of.integrity,
        Objective::Availability => of.availability,
    }
}

fn shown(impact: Option<Impact>) -> String {
    impact.map_or_else(|| "not categorised".to_owned(), |impact| impact.to_string())
}

fn category(category: InformationCategory) -> &'static str {
    match category {
        InformationCategory::PersonalData => "personal data",
        InformationCategory::HealthData => "health data",
        InformationCategory::CardData => "card data",
        InformationCategory::ControlData => "control of a process",
        InformationCategory::Classified => "classified",
        InformationCategory::BusinessSecret => "business secret",
        InformationCategory::Credentials => "credentials",
        InformationCategory::Public => "public",
    }
}

fn roles(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let record = &facts.snapshot.system;
    let system = &record.body;
    blocks.chapter("Roles");
    let mut table = Table::new(&["Role", "Person", "Position", "E-mail"]);
    for (role, id) in [
        ("System owner", &system.owner),
        ("Information systems security officer", &system.security_officer),
        ("Authorizing official", &system.authorizing_official),
    ] {
        let person = id.as_ref().and_then(|id| facts.snapshot.programme.person(id));
        let text = |of: Option<&str>| Words::from(of.unwrap_or("–"));
        table.rows.push(vec![
            role.into(),
            Words::from(facts.person(id.as_ref())).cite(sources.record(record)),
            text(person.and_then(|person| person.body.position.as_deref())),
            text(person.map(|person| person.body.email.as_str())),
        ]);
    }
    blocks.table(table);
}
