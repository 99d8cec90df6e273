//! The system security plan: what the system is, what it is made of, and how its controls are implemented.

use super::super::HandInError;
use super::super::format::{Made, Options};
use super::super::subject::Subject;
use super::components::{components, leveraged_authorizations, plans_of_providers, state};
use super::identity::uuid;
use super::metadata::{OFFICER, OFFICIAL, OWNER, metadata};
use super::profile::unknown_parameters;
use super::requirements::Requirements;
use super::shape::{line, own, prose, prose_or};
use super::view::View;
use super::{Draft, need_controls};
use serde_json::{Value, json};
use warrant_model::Impact;
use warrant_model::kind::Record;
use warrant_model::kinds::{
    ComponentType, Criticality, DataFlow, Exposure, InformationCategory, InformationType, Protection,
};

pub(super) fn make(subject: &Subject<'_>, options: &Options<'_>) -> Made {
    if subject.snapshot.information_types.is_empty() {
        return Err(HandInError::Nothing("information types, which a security plan must name"));
    }
    need_controls(subject)?;
    let view = View::new(subject, options);
    let requirements = Requirements::of(&view);
    let baseline = match view.subject.posture.baseline.as_str() {
        "" => "The controls that were chosen for the system".to_owned(),
        baseline => format!("The {baseline} baseline of SP 800-53 revision 5 as tailored for the system"),
    };
    let body = json!({
        "uuid": view.own("document", "oscal-ssp"),
        "metadata": metadata(&view, "System security plan"),
        "import-profile": { "href": view.beside("oscal-profile") },
        "system-characteristics": characteristics(&view),
        "system-implementation": {
            "leveraged-authorizations": leveraged_authorizations(&view),
            "users": users(&view),
            "components": components(&view),
            "inventory-items": view.inventory.written(view.subject.assets),
        },
        "control-implementation": {
            "description": prose(&format!("{baseline}, and how each control is implemented.")),
            "implemented-requirements": requirements.written(&view),
        },
        "back-matter": { "resources": plans_of_providers(&view) },
    });
    let mut draft = Draft { left_empty: left_empty(&view), ..Draft::default() };
    draft.notes.extend(unknown_parameters(&requirements));
    if !requirements.outside.is_empty() {
        let ids = requirements.outside.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        draft.notes.push(format!("left out, since the tailored baseline does not have them: {ids}"));
    }
    draft.write(&view, "oscal-ssp", "system-security-plan", body)
}

const NO_BOUNDARY: &str = "The authorisation boundary is not described.";
const NO_DESCRIPTION: &str = "What the system does is not described.";

fn left_empty(view: &View<'_>) -> Vec<String> {
    let system = view.system();
    let blank = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
    let categorised = view.subject.posture.scorecard.0.iter().all(|bar| bar.impact.is_some());
    let lacks = [
        (blank(&system.description), "system-characteristics/description: the system has none"),
        (blank(&system.boundary), "authorization-boundary/description: the boundary is not described"),
        (!categorised, "security-impact-level: an information type lacks a level"),
        (system.authorized_on.is_none(), "date-authorized: no authorisation is recorded"),
        (view.snapshot().data_flows.is_empty(), "data-flow: no data flow is recorded"),
    ];
    let lacking = lacks.into_iter().filter(|(lacks, _)| *lacks).map(|(_, what)| what.to_owned());
    let never = ["network-architecture and diagrams: Warrant draws them on its pages and keeps no image"];
    lacking.chain(never.map(str::to_owned)).collect()
}

fn characteristics(view: &View<'_>) -> Value {
    let system = view.system();
    let baseline = view.subject.posture.baseline.as_str();
    let sensitivity = (!baseline.is_empty()).then(|| format!("fips-199-{baseline}"));
    let types = view.snapshot().information_types.iter().map(information_type);
    let roles = [
        (OWNER, &system.owner),
        (OFFICER, &system.security_officer),
        (OFFICIAL, &system.authorizing_official),
    ];
    let parties = roles.map(|(role, id)| {
        view.party(id.as_ref()).map(|party| json!({ "role-id": role, "party-uuids": [party] }))
    });
    let flows = view.snapshot().data_flows.iter().map(|record| flow(view, record)).collect::<Vec<_>>();
    json!({
        "system-ids": [{ "identifier-type": UUID_SCHEME, "id": system_id(view) }],
        "system-name": warrant_oscal::plain::value(&system.name),
        "system-name-short": warrant_oscal::plain::value(system.abbreviation.as_deref().unwrap_or_default()),
        "description": prose_or(system.description.as_deref(), NO_DESCRIPTION),
        "props": [
            own("exposure", system.exposure.map_or("", exposure)),
            own("criticality", system.criticality.map_or("", criticality)),
            own("security-design", system.security_design.as_deref().unwrap_or_default()),
            own("operational-since", &system.operational_since.map(|day| day.to_string()).unwrap_or_default()),
            own("authorization-expires", &system.authorization_expires.map(|day| day.to_string()).unwrap_or_default()),
        ],
        "date-authorized": system.authorized_on.map(|day| day.to_string()),
        "security-sensitivity-level": sensitivity,
        "system-information": { "information-types": types.collect::<Vec<_>>() },
        "security-impact-level": impact_level(view),
        "status": { "state": state(&system.phase) },
        "authorization-boundary": { "description": prose_or(system.boundary.as_deref(), NO_BOUNDARY) },
        "data-flow": { "description": prose(&flows.join("\n")) },
        "responsible-parties": parties,
        "remarks": prose(system.adjustment_rationale.as_deref().unwrap_or_default()),
    })
}

/// The scheme of identifiers that are UUIDs.
pub(super) const UUID_SCHEME: &str = "http://datatracker.ietf.org/doc/html/rfc4122";

/// The system's identifier in documents.
pub(super) fn system_id(view: &View<'_>) -> String {
    uuid("system", &[view.snapshot().system.id.as_str()])
}

/// FIPS 199's word for a level.
fn level(impact: Impact) -> &'static str {
    match impact {
        Impact::NotApplicable => "not-applicable",
        Impact::Low => "fips-199-low",
        Impact::Moderate => "fips-199-moderate",
        Impact::High => "fips-199-high",
    }
}

/// The levels of the system as a whole, if it has all three.
fn impact_level(view: &View<'_>) -> Option<Value> {
    let [confidentiality, integrity, availability] = &view.subject.posture.scorecard.0;
    Some(json!({
        "security-objective-confidentiality": level(confidentiality.impact?),
        "security-objective-integrity": level(integrity.impact?),
        "security-objective-availability": level(availability.impact?),
    }))
}

fn information_type(record: &Record<InformationType>) -> Value {
    let body = &record.body;
    let base = |impact: Option<Impact>| impact.map(|impact| json!({ "base": level(impact) }));
    let categorization = body.identifier.as_deref().map(warrant_oscal::plain::value).map(
        |id| json!({ "system": "http://doi.org/10.6028/NIST.SP.800-60v2r1", "information-type-ids": [id] }),
    );
    let mut props: Vec<Value> = body.categories.iter().map(|one| own("category", category(*one))).collect();
    props.push(own("secrecy-years", &body.secrecy_years.map(|years| years.to_string()).unwrap_or_default()));
    json!({
        "uuid": uuid("information-type", &[record.id.as_str()]),
        "title": line(&body.name),
        "description": prose_or(body.rationale.as_deref(), "No rationale for its levels is recorded."),
        "categorizations": [categorization],
        "props": props,
        "confidentiality-impact": base(body.confidentiality),
        "integrity-impact": base(body.integrity),
        "availability-impact": base(body.availability),
    })
}

fn category(category: InformationCategory) -> &'static str {
    match category {
        InformationCategory::PersonalData => "personal-data",
        InformationCategory::HealthData => "health-data",
        InformationCategory::CardData => "card-data",
        InformationCategory::ControlData => "control-data",
        InformationCategory::Classified => "classified",
        InformationCategory::BusinessSecret => "business-secret",
        InformationCategory::Credentials => "credentials",
        InformationCategory::Public => "public",
    }
}

fn exposure(exposure: Exposure) -> &'static str {
    match exposure {
        Exposure::Isolated => "isolated",
        Exposure::Internal => "internal",
        Exposure::Partner => "partner",
        Exposure::Internet => "internet",
    }
}

fn criticality(criticality: Criticality) -> &'static str {
    match criticality {
        Criticality::Supporting => "supporting",
        Criticality::Important => "important",
        Criticality::Essential => "essential",
    }
}

/// A data flow as a sentence.
fn flow(view: &View<'_>, record: &Record<DataFlow>) -> String {
    let body = &record.body;
    let component = |id: &Option<warrant_model::RecordId>| {
        let record = view.snapshot().components.iter().find(|one| Some(&one.id) == id.as_ref());
        record.map_or("a part that is not named", |record| record.body.name.as_str())
    };
    let known =
        |id: &warrant_model::RecordId| view.snapshot().information_types.iter().find(|kind| kind.id == *id);
    let moved: Vec<&str> =
        body.information_types.iter().filter_map(known).map(|kind| kind.body.name.as_str()).collect();
    let carries = if moved.is_empty() { String::new() } else { format!(", carries {}", moved.join(", ")) };
    let protocol = body.protocol.as_deref().map(|name| format!(" over {name}")).unwrap_or_default();
    let protection = |word: &str, is: Protection| match is {
        Protection::Yes => format!(", {word}"),
        Protection::No => format!(", not {word}"),
        Protection::Unknown => format!(", not known whether {word}"),
    };
    format!(
        "{}: from {} to {}{protocol}{carries}{}{}.",
        body.name,
        component(&body.source),
        component(&body.destination),
        protection("encrypted", body.encrypted),
        protection("authenticated", body.authenticated),
    )
}

/// Who uses the system: people with a role in it, and parties outside the boundary.
fn users(view: &View<'_>) -> Vec<Value> {
    let system = view.system();
    let roles = [
        (OWNER, &system.owner),
        (OFFICER, &system.security_officer),
        (OFFICIAL, &system.authorizing_official),
    ];
    let with_roles = roles.into_iter().filter_map(|(role, id)| {
        let person = view.person(id.as_ref())?;
        Some(json!({
            "uuid": view.own("user", role),
            "title": line(&person.body.name),
            "props": [super::shape::property("type", "internal")],
            "role-ids": [role],
        }))
    });
    let outside = view
        .snapshot()
        .components
        .iter()
        .filter(|one| one.body.component_type == ComponentType::ExternalActor);
    let outside = outside.map(|record| {
        json!({
            "uuid": uuid("user", &[record.id.as_str()]),
            "title": line(&record.body.name),
            "props": [super::shape::property("type", "external")],
        })
    });
    let users: Vec<Value> = with_roles.chain(outside).collect();
    if users.is_empty() {
        let unknown = prose("Who uses the system is not recorded.");
        return vec![json!({ "uuid": view.own("user", ""), "remarks": unknown })];
    }
    users
}
