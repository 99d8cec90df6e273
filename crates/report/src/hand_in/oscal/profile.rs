//! The profile: the baseline of the system's categorisation with what tailoring adds and sets.
//!
//! Controls that do not apply stay selected: the security plan says of them that they do not, and why. Those that are
//! removed are excluded.

use super::super::format::{Made, Options};
use super::super::subject::Subject;
use super::catalogue::{baseline_address, catalogue_address, part};
use super::metadata::metadata;
use super::requirements::Requirements;
use super::view::View;
use super::{Draft, need_controls};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use warrant_model::kinds::TailoringAction;

pub(super) fn make(subject: &Subject<'_>, options: &Options<'_>) -> Made {
    need_controls(subject)?;
    let view = View::new(subject, options);
    let requirements = Requirements::of(&view);
    let (imports, resources) = imports(&view);
    let parameters = requirements.parameters();
    let set = parameters.iter().map(|(id, value)| json!({ "param-id": id, "values": [value] }));
    let body = json!({
        "uuid": view.own("document", "oscal-profile"),
        "metadata": metadata(&view, "Tailored baseline"),
        "imports": imports,
        "merge": { "as-is": true },
        "modify": { "set-parameters": set.collect::<Vec<_>>() },
        "back-matter": { "resources": resources },
    });
    let mut draft = Draft::default();
    draft.notes.extend(unknown_parameters(&requirements));
    draft.write(&view, "oscal-profile", "profile", body)
}

/// Parameters that the catalogue does not have.
pub(super) fn unknown_parameters(requirements: &Requirements) -> Option<String> {
    let unknown = &requirements.unknown_parameters;
    let names = || unknown.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    (!unknown.is_empty()).then(|| {
        format!("not parameters of SP 800-53 revision 5 (5.0.1), so told in remarks only: {}", names())
    })
}

/// What the profile takes its controls from, and where that lies.
fn imports(view: &View<'_>) -> (Vec<Value>, Vec<Value>) {
    let mut imports = Vec::new();
    let mut resources = Vec::new();
    let baseline = view.subject.posture.baseline.as_str();
    if !baseline.is_empty() {
        let uuid = view.own("resource", "baseline");
        let title = format!("The {baseline} baseline of SP 800-53B");
        let mut import = json!({ "href": format!("#{uuid}"), "include-all": {} });
        let removed = named(view, TailoringAction::Remove, |in_scope| !in_scope);
        if !removed.is_empty() {
            import["exclude-controls"] = json!([{ "with-ids": removed }]);
        }
        imports.push(import);
        resources.push(resource(&uuid, &title, &baseline_address(baseline)));
    }
    let mut added = named(view, TailoringAction::Add, |in_scope| in_scope);
    let standing_in = view.snapshot().tailorings.iter().flat_map(|record| &record.body.compensated_by);
    added.extend(standing_in.filter_map(|id| part(id)).map(|part| part.control));
    if !added.is_empty() {
        let uuid = view.own("resource", "catalogue");
        let selected = json!([{ "with-ids": added }]);
        imports.push(json!({ "href": format!("#{uuid}"), "include-controls": selected }));
        resources.push(resource(&uuid, "SP 800-53 revision 5", &catalogue_address()));
    }
    (imports, resources)
}

/// Controls that decisions of a sort name as a whole or in part, by whether the tailored baseline holds them.
fn named(view: &View<'_>, action: TailoringAction, wanted: impl Fn(bool) -> bool) -> BTreeSet<String> {
    let decisions = view.snapshot().tailorings.iter().filter(|record| record.body.action == action);
    let parts = decisions.filter_map(|record| part(&record.body.control));
    let in_scope = |control: &str| view.subject.controls.iter().any(|one| one.control == control);
    parts.map(|part| part.control).filter(|control| wanted(in_scope(control))).collect()
}

fn resource(uuid: &str, title: &str, address: &str) -> Value {
    json!({ "uuid": uuid, "title": title, "rlinks": [{ "href": address, "media-type": "application/json" }] })
}
