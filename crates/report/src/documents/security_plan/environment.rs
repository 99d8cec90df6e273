//! What the system is made of, what moves where, and what it is connected to.

use super::{MOST_ROWS, told};
use crate::documents::block::{Blocks, Table};
use crate::documents::facts::SystemFacts;
use crate::documents::figures::day_or;
use crate::documents::sources::Sources;
use crate::documents::words::Words;
use warrant_model::RecordId;
use warrant_model::kind::Record;
use warrant_model::kinds::{Component, ComponentType, Direction, Protection};

pub(super) fn sections(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let system = &facts.snapshot.system;
    blocks.chapter("Boundary and environment");
    let boundary = told(system.body.boundary.as_ref(), "The authorisation boundary is not described.");
    blocks.text(Words::from(boundary).cite(sources.record(system)));
    components(blocks, facts, sources);
    flows(blocks, facts, sources);
    interconnections(blocks, facts, sources);
}

const ELSEWHERE: &str = "the system's Boundary page has them";

fn components(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let mut all: Vec<&Record<Component>> = facts.snapshot.components.iter().collect();
    blocks.part("Components by zone");
    if all.is_empty() {
        blocks.text("No component is recorded.");
        return;
    }
    // Those without a zone come last.
    all.sort_by(|a, b| {
        let key =
            |one: &Record<Component>| (one.body.zone.is_none(), one.body.zone.clone(), one.body.name.clone());
        key(a).cmp(&key(b))
    });
    let mut table = Table::new(&[
        "Zone",
        "Component",
        "What it is",
        "Product",
        "Known as",
        "Looked after by",
        "Supported until",
    ]);
    for record in all.iter().take(MOST_ROWS) {
        let body = &record.body;
        let product = [body.vendor.as_deref(), body.product_version.as_deref()];
        let product: Vec<_> = product.into_iter().flatten().collect();
        let mut sort = sort(body.component_type).to_owned();
        if body.component_type == ComponentType::DataStore {
            sort.push_str(match body.encrypted_at_rest {
                Some(true) => ", encrypted",
                Some(false) => ", not encrypted",
                None => ", not known whether encrypted",
            });
        }
        table.rows.push(vec![
            body.zone.as_deref().unwrap_or("no zone").into(),
            Words::from(body.name.as_str()).cite(sources.record(record)),
            sort.into(),
            if product.is_empty() { "–".into() } else { product.join(" ").into() },
            if body.hostnames.is_empty() { "–".into() } else { named(&body.hostnames).into() },
            facts.person(body.owner.as_ref()).into(),
            day_or(body.end_of_support, "–").into(),
        ]);
    }
    blocks.table(table);
    blocks.rest(all.len().saturating_sub(MOST_ROWS), "components", ELSEWHERE);
}

/// The most names of one component.
const MOST_NAMES: usize = 6;

fn named(names: &[String]) -> String {
    let mut said = names.iter().take(MOST_NAMES).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > MOST_NAMES {
        said.push_str(&format!(" and {} more", names.len() - MOST_NAMES));
    }
    said
}

fn sort(sort: ComponentType) -> &'static str {
    match sort {
        ComponentType::Software => "software",
        ComponentType::Host => "host",
        ComponentType::Device => "device",
        ComponentType::Network => "network",
        ComponentType::DataStore => "data store",
        ComponentType::Service => "service of others",
        ComponentType::ExternalActor => "outside the boundary",
    }
}

fn carried(facts: &SystemFacts<'_>, ids: &[RecordId]) -> String {
    let name = |id: &RecordId| {
        let known = facts.snapshot.information_types.iter().find(|one| one.id == *id);
        known.map_or("not on record", |one| one.body.name.as_str())
    };
    if ids.is_empty() {
        "not recorded".to_owned()
    } else {
        ids.iter().map(name).collect::<Vec<_>>().join(", ")
    }
}

fn protection(is: Protection) -> &'static str {
    match is {
        Protection::Yes => "yes",
        Protection::No => "no",
        Protection::Unknown => "not known",
    }
}

fn flows(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let all = &facts.snapshot.data_flows;
    blocks.part("Data flows");
    if all.is_empty() {
        blocks.text("No data flow is recorded.");
        return;
    }
    let mut table =
        Table::new(&["Flow", "From", "To", "Protocol", "Carries", "Encrypted", "Both ends proven"]);
    for record in all.iter().take(MOST_ROWS) {
        let body = &record.body;
        table.rows.push(vec![
            Words::from(body.name.as_str()).cite(sources.record(record)),
            facts.component(body.source.as_ref()).into(),
            facts.component(body.destination.as_ref()).into(),
            body.protocol.as_deref().unwrap_or("not recorded").into(),
            carried(facts, &body.information_types).into(),
            protection(body.encrypted).into(),
            protection(body.authenticated).into(),
        ]);
    }
    blocks.table(table);
    blocks.rest(all.len().saturating_sub(MOST_ROWS), "data flows", ELSEWHERE);
}

fn interconnections(blocks: &mut Blocks, facts: &SystemFacts<'_>, sources: &mut Sources<'_>) {
    let all = &facts.snapshot.interconnections;
    blocks.part("Interconnections");
    if all.is_empty() {
        blocks.text("No interconnection is recorded.");
        return;
    }
    let mut table =
        Table::new(&["Interconnection", "Other side", "Direction", "Carries", "Agreement", "Holds until"]);
    for record in all.iter().take(MOST_ROWS) {
        let body = &record.body;
        let other = match &body.remote_system {
            Some(id) => format!("{} ({})", body.remote_party, facts.system(id)),
            None => body.remote_party.clone(),
        };
        let direction = match body.direction {
            Direction::Incoming => "to this system",
            Direction::Outgoing => "from this system",
            Direction::Both => "both ways",
        };
        table.rows.push(vec![
            Words::from(body.name.as_str()).cite(sources.record(record)),
            other.into(),
            direction.into(),
            carried(facts, &body.information_types).into(),
            body.agreement.as_deref().unwrap_or("none").into(),
            day_or(body.agreement_expires, "no day recorded").into(),
        ]);
    }
    blocks.table(table);
    blocks.rest(all.len().saturating_sub(MOST_ROWS), "interconnections", ELSEWHERE);
}
