//! Components: the system as a whole, its parts, the systems it inherits from, links to others, and tools.

use super::identity::uuid;
use super::inventory::Item;
use super::metadata::ASSET_OWNER;
use super::shape::{line, own, property, prose};
use super::view::{View, tool};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use warrant_model::RecordId;
use warrant_model::fact::ServiceFact;
use warrant_model::kind::Record;
use warrant_model::kinds::{Component, ComponentType, Direction, Interconnection, System};

/// The identifier of a part of a system.
pub(super) fn component(id: &RecordId) -> String {
    uuid("component", &[id.as_str()])
}

/// The identifier of another system that provides controls, as a component of this one.
pub(super) fn provider(view: &View<'_>, id: &RecordId) -> String {
    view.own("provider", id.as_str())
}

/// The identifier of the authorisation of another system that this one leans on.
pub(super) fn leveraged(view: &View<'_>, id: &RecordId) -> String {
    view.own("leveraged-authorization", id.as_str())
}

/// All components of the security plan.
pub(super) fn components(view: &View<'_>) -> Vec<Value> {
    let snapshot = view.snapshot();
    let inside =
        snapshot.components.iter().filter(|one| one.body.component_type != ComponentType::ExternalActor);
    let mut all = vec![this_system(view)];
    all.extend(inside.map(|record| part(view, record)));
    all.extend(view.subject.providers.iter().map(|(id, system)| providing(view, id, system)));
    all.extend(snapshot.interconnections.iter().map(|record| interconnection(view, record)));
    all
}

fn this_system(view: &View<'_>) -> Value {
    json!({
        "uuid": view.this_system(),
        "type": "this-system",
        "title": line(&view.system().name),
        "description": prose("The system as a whole."),
        "status": { "state": state(&view.system().phase) },
    })
}

/// A phase of the life cycle as the model's word for the state of a component.
pub(super) fn state(phase: &str) -> &'static str {
    match phase {
        "planned" | "development" => "under-development",
        "operational" => "operational",
        "retired" => "disposition",
        _ => "other",
    }
}

fn part(view: &View<'_>, record: &Record<Component>) -> Value {
    let body = &record.body;
    let (kind, sort) = sort_of(body.component_type);
    let vendor = body.vendor.as_deref().unwrap_or_default();
    let has_vendor = matches!(kind, "software" | "hardware" | "service");
    let stores = body.stores.iter().filter_map(|id| {
        view.snapshot().information_types.iter().find(|kind| kind.id == *id).map(|kind| &kind.body.name)
    });
    let mut props = vec![
        if has_vendor { property("vendor-name", vendor) } else { own("vendor", vendor) },
        property("version", body.product_version.as_deref().unwrap_or_default()),
        own("component-type", sort),
        own("zone", body.zone.as_deref().unwrap_or_default()),
        own("end-of-support", &body.end_of_support.map(|day| day.to_string()).unwrap_or_default()),
        own("encrypted-at-rest", body.encrypted_at_rest.map_or("", yes_or_no)),
        own("user-owned", body.user_owned.map_or("", yes_or_no)),
    ];
    props.extend(stores.map(|name| own("stores", name)));
    let owner = view.party(body.owner.as_ref());
    json!({
        "uuid": component(&record.id),
        "type": kind,
        "title": line(&body.name),
        "description": prose(&described(body)),
        "props": props,
        "status": { "state": state(&view.system().phase) },
        "responsible-roles": [owner.map(|party| json!({ "role-id": ASSET_OWNER, "party-uuids": [party] }))],
        "protocols": protocols(view, record),
    })
}

/// The model's type of a component, and ours, which tells hosts from devices and stores from programs.
fn sort_of(sort: ComponentType) -> (&'static str, &'static str) {
    match sort {
        ComponentType::Software => ("software", "software"),
        ComponentType::Host => ("hardware", "host"),
        ComponentType::Device => ("hardware", "device"),
        ComponentType::Network => ("network", "network"),
        ComponentType::DataStore => ("software", "data-store"),
        ComponentType::Service => ("service", "service"),
        ComponentType::ExternalActor => ("other", "external-actor"),
    }
}

/// What is recorded of a component, as a sentence: there is no description of its own.
fn described(component: &Component) -> String {
    let what = match component.component_type {
        ComponentType::Software => "Software",
        ComponentType::Host => "A server or virtual machine",
        ComponentType::Device => "A device",
        ComponentType::Network => "A network",
        ComponentType::DataStore => "A place where data rests",
        ComponentType::Service => "A service that somebody else runs",
        ComponentType::ExternalActor => "A party outside the boundary",
    };
    let version = component.product_version.as_deref().map(|version| format!(", {version}"));
    let vendor = component.vendor.as_deref().map(|vendor| format!(", of {vendor}"));
    let zone = component.zone.as_deref().map(|zone| format!(", in {zone}"));
    let details: String = [version, vendor, zone].into_iter().flatten().collect();
    format!("{what}{details}.")
}

/// Services that scans saw on a component.
fn protocols(view: &View<'_>, record: &Record<Component>) -> Vec<Value> {
    // Software shares the item of its host; what a scan sees listens on the host.
    let carries = |item: &Item<'_>| item.carrier().is_some_and(|carrier| carrier.id == record.id);
    let mut seen: BTreeMap<(u16, &str, &str), &ServiceFact> = BTreeMap::new();
    for service in view.snapshot().services.iter().map(|sourced| &sourced.fact) {
        if view.inventory.find(&service.target).is_some_and(carries) {
            seen.entry((service.port, &service.protocol, &service.name)).or_insert(service);
        }
    }
    seen.into_iter()
        .filter_map(|((port, protocol, name), service)| {
            let transport = match protocol.to_ascii_uppercase().as_str() {
                "TCP" => "TCP",
                "UDP" => "UDP",
                _ => return None,
            };
            let name_of_port = format!("{port}/{protocol}/{name}");
            Some(json!({
                "uuid": uuid("protocol", &[record.id.as_str(), &name_of_port]),
                "name": warrant_oscal::plain::value(name),
                "title": line(service.product.as_deref().unwrap_or_default()),
                "port-ranges": [{ "start": port, "end": port, "transport": transport }],
            }))
        })
        .collect()
}

fn providing(view: &View<'_>, id: &RecordId, system: &System) -> Value {
    let leaning = system.authorized_on.map(|_| leveraged(view, id));
    json!({
        "uuid": provider(view, id),
        "type": "system",
        "title": line(&system.name),
        "description": prose_of_provider(system),
        "props": [
            property("implementation-point", "external"),
            property("leveraged-authorization-uuid", leaning.as_deref().unwrap_or_default()),
            property("inherited-uuid", &uuid("this-system", &[id.as_str(), ""])),
        ],
        "status": { "state": state(&system.phase) },
    })
}

fn prose_of_provider(system: &System) -> Value {
    let description = system.description.as_deref().unwrap_or_default();
    prose(&format!("A system of the organisation that provides controls to this one.\n{description}"))
}

/// The authorisations of other systems that this one leans on: those whose day is recorded.
pub(super) fn leveraged_authorizations(view: &View<'_>) -> Vec<Value> {
    let authorised = |(id, system): (&RecordId, &System)| {
        let day = system.authorized_on?;
        Some(json!({
            "uuid": leveraged(view, id),
            "title": line(&system.name),
            "links": [{ "href": format!("#{}", plan_of(view, id)), "rel": "system-security-plan" }],
            "party-uuid": super::metadata::unit(view, system.unit.as_ref())?,
            "date-authorized": day.to_string(),
        }))
    };
    view.subject.providers.iter().filter_map(authorised).collect()
}

/// The identifier of another system's plan as a resource of this one's.
fn plan_of(view: &View<'_>, id: &RecordId) -> String {
    view.own("plan-of-provider", id.as_str())
}

/// Plans of the systems that this one leans on, for the back matter.
pub(super) fn plans_of_providers(view: &View<'_>) -> Vec<Value> {
    let leaned_on = view.subject.providers.iter().filter(|(_, system)| system.authorized_on.is_some());
    let plan = |(id, system): (&RecordId, &System)| {
        json!({
            "uuid": plan_of(view, id),
            "title": line(&format!("System security plan of {}", system.name)),
            "rlinks": [{ "href": view.beside_of(system, "oscal-ssp") }],
        })
    };
    leaned_on.map(plan).collect()
}

fn interconnection(view: &View<'_>, record: &Record<Interconnection>) -> Value {
    let body = &record.body;
    let directions: &[&str] = match body.direction {
        Direction::Incoming => &["incoming"],
        Direction::Outgoing => &["outgoing"],
        Direction::Both => &["incoming", "outgoing"],
    };
    let moved = body.information_types.iter().filter_map(|id| {
        view.snapshot().information_types.iter().find(|kind| kind.id == *id).map(|kind| &kind.body.name)
    });
    let remote = body.remote_system.as_ref().map(|id| (view.subject.title_of)("system", id.as_str()));
    let mut props = vec![
        property("isa-title", body.agreement.as_deref().unwrap_or_default()),
        property("isa-remote-system-name", remote.as_deref().unwrap_or_default()),
        own("remote-party", &body.remote_party),
        own("agreement-expires", &body.agreement_expires.map(|day| day.to_string()).unwrap_or_default()),
    ];
    props.extend(directions.iter().map(|direction| property("direction", direction)));
    props.extend(moved.map(|name| own("carries", name)));
    json!({
        "uuid": uuid("interconnection", &[record.id.as_str()]),
        "type": "interconnection",
        "title": line(&body.name),
        "description": prose(&format!("A link to a system that {} runs.", body.remote_party)),
        "props": props,
        "status": { "state": state(&view.system().phase) },
    })
}

/// The tools that looked at the system and Warrant, which concludes from what they say.
pub(super) fn assessment_assets(view: &View<'_>) -> Value {
    let mut names: Vec<&str> = view.tools().into_iter().collect();
    names.retain(|name| *name != WARRANT);
    names.push(WARRANT);
    let components: Vec<Value> = names
        .iter()
        .map(|name| {
            let what = if *name == WARRANT {
                "Keeps the evidence and concludes from it."
            } else {
                "Looks at the system."
            };
            json!({
                "uuid": tool(name),
                "type": "software",
                "title": line(name),
                "description": prose(what),
                "status": { "state": "operational" },
            })
        })
        .collect();
    let uses: Vec<Value> = names.iter().map(|name| json!({ "component-uuid": tool(name) })).collect();
    json!({
        "components": components,
        "assessment-platforms": [{
            "uuid": view.own("assessment-platform", ""),
            "title": "Tools that look at the system",
            "uses-components": uses,
        }],
    })
}

/// The name of this program as a tool.
pub(super) const WARRANT: &str = "Warrant";

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
