//! Metadata of a document: title, times, roles, and the people and units it names.

use super::identity::uuid;
use super::shape::{instant, line, prose};
use super::view::View;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use warrant_model::RecordId;
use warrant_model::kind::Record;
use warrant_model::kinds::Person;
use warrant_oscal::data_type::DataType;
use warrant_oscal::schema::Schema;

/// Roles that documents give people.
pub(super) const OWNER: &str = "system-owner";
/// The information systems security officer.
pub(super) const OFFICER: &str = "information-system-security-officer";
/// The official who may authorise the system.
pub(super) const OFFICIAL: &str = "authorizing-official";
/// Who looks after a component.
pub(super) const ASSET_OWNER: &str = "asset-owner";
/// Who answers for an implementation or a planned action.
pub(super) const RESPONSIBLE: &str = "responsible";
/// Who judged.
pub(super) const ASSESSOR: &str = "assessor";

const ROLES: [(&str, &str); 6] = [
    (OWNER, "System owner"),
    (OFFICER, "Information systems security officer"),
    (OFFICIAL, "Authorizing official"),
    (ASSET_OWNER, "Looks after a component"),
    (RESPONSIBLE, "Answers for an implementation or a planned action"),
    (ASSESSOR, "Assessor"),
];

/// The metadata of a document about the system.
pub(super) fn metadata(view: &View<'_>, title: &str) -> Value {
    let last_modified = instant(view.last_modified());
    let roles = ROLES.map(|(id, title)| json!({ "id": id, "title": title }));
    json!({
        "title": line(&format!("{title} of {}", view.system().name)),
        "last-modified": last_modified,
        // Nobody numbers these documents: the version is the state of the facts they were made of.
        "version": last_modified,
        "oscal-version": Schema::oscal().version,
        "roles": roles,
        "parties": parties(view),
    })
}

/// The party of the organisation.
pub(super) fn organisation(view: &View<'_>) -> Option<String> {
    let name = view.subject.organisation.trim();
    (!name.is_empty()).then(|| uuid("organisation", &[name]))
}

/// The party of a unit that is known, else the organisation.
pub(super) fn unit(view: &View<'_>, id: Option<&RecordId>) -> Option<String> {
    let known = id.filter(|id| view.snapshot().programme.units.iter().any(|unit| unit.id == **id));
    known.map(|id| uuid("unit", &[id.as_str()])).or_else(|| organisation(view))
}

fn parties(view: &View<'_>) -> Vec<Value> {
    let people = view.people();
    let of_people = people.iter().filter_map(|person| person.body.unit.as_ref());
    let providers = view.subject.providers.values().filter_map(|system| system.unit.as_ref());
    let named: BTreeSet<&RecordId> = of_people.chain(providers).chain(&view.system().unit).collect();
    let units = view.snapshot().programme.units.iter().filter(|unit| named.contains(&unit.id));
    let organisation = organisation(view).map(
        |uuid| json!({ "uuid": uuid, "type": "organization", "name": view.subject.organisation.trim() }),
    );
    let units = units.map(|unit| {
        json!({
            "uuid": uuid("unit", &[unit.id.as_str()]),
            "type": "organization",
            "name": warrant_oscal::plain::value(&unit.body.name),
        })
    });
    organisation.into_iter().chain(units).chain(people.iter().map(|person| party(view, person))).collect()
}

fn party(view: &View<'_>, person: &Record<Person>) -> Value {
    let email = person.body.email.trim();
    let name = warrant_oscal::plain::value(&person.body.name);
    json!({
        "uuid": uuid("person", &[person.id.as_str()]),
        "type": "person",
        "name": if name.is_empty() { email } else { &name },
        "email-addresses": [if DataType::EmailAddress.accepts(email) { email.into() } else { Value::Null }],
        "member-of-organizations": [unit(view, person.body.unit.as_ref())],
        "remarks": prose(person.body.position.as_deref().unwrap_or_default()),
    })
}
