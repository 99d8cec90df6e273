//! The assessment plan: every control that applies with what to look at, what is looked at, and what is due.

use super::super::format::{Made, Options};
use super::super::subject::Subject;
use super::catalogue::{Part, label, title};
use super::components::assessment_assets;
use super::metadata::metadata;
use super::shape::{deadline, line, property, prose, prose_or};
use super::view::View;
use super::{Draft, need_controls};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use warrant_catalog::summary::summary;
use warrant_model::posture::{ControlStatus, Status};

pub(super) fn make(subject: &Subject<'_>, options: &Options<'_>) -> Made {
    need_controls(subject)?;
    let view = View::new(subject, options);
    let applies = |control: &&ControlStatus| !matches!(control.status, Status::NotApplicable { .. });
    let controls: Vec<&ControlStatus> = subject.controls.iter().filter(applies).collect();
    let included: Vec<Value> = controls.iter().map(|one| json!({ "control-id": one.control })).collect();
    let manual = controls.iter().map(|control| activity(&view, control));
    let automatic = view.tools().into_iter().map(|name| run(&view, name));
    let body = json!({
        "uuid": view.own("document", "oscal-ap"),
        "metadata": metadata(&view, "Assessment plan"),
        "import-ssp": { "href": view.beside("oscal-ssp") },
        "local-definitions": { "activities": manual.chain(automatic).collect::<Vec<_>>() },
        "reviewed-controls": { "control-selections": [{ "include-controls": included }] },
        "assessment-subjects": subjects(&view),
        "assessment-assets": assessment_assets(&view),
        "tasks": tasks(&view, &controls),
    });
    let left_empty = vec![
        "terms-and-conditions: Warrant keeps no rules of engagement".to_owned(),
        "who assesses: plans name no assessor until a judgement is recorded".to_owned(),
    ];
    Draft { left_empty, ..Draft::default() }.write(&view, "oscal-ap", "assessment-plan", body)
}

fn whole(control: &str) -> Part {
    Part { control: control.to_owned(), statement: None }
}

/// The identifier of the assessment of a control.
fn assess(view: &View<'_>, control: &str) -> String {
    view.own("activity", control)
}

/// What an assessor looks at for a control, in our own words.
fn activity(view: &View<'_>, control: &ControlStatus) -> Value {
    let id = control.control.as_str();
    let prompts = summary(id).map(|one| one.assess.as_slice()).unwrap_or_default();
    let steps = prompts.iter().enumerate().map(|(nth, prompt)| {
        json!({ "uuid": view.own("step", &format!("{id} {nth}")), "description": prose(prompt) })
    });
    let asks = summary(id).map(|one| one.summary.as_str());
    json!({
        "uuid": assess(view, id),
        "title": line(&format!("Assess {} {}", label(&whole(id)), title(id))),
        "description": prose_or(asks, &format!("Assess {}.", label(&whole(id)))),
        // What the steps name is looked at or asked for.
        "props": [property("method", "EXAMINE")],
        "steps": steps.collect::<Vec<_>>(),
        "related-controls": { "control-selections": [{ "include-controls": [{ "control-id": id }] }] },
    })
}

/// Looking with a tool that has looked before.
fn run(view: &View<'_>, name: &str) -> Value {
    let targets = view.snapshot().targets.iter().filter(|target| target.tool == name).count();
    let what = "Look at the system with it and hand its report in; it has looked at";
    json!({
        "uuid": view.own("activity-of-tool", name),
        "title": line(&format!("Run {name}")),
        "description": prose(&format!("{what} {targets} targets.")),
        "props": [property("method", "TEST")],
    })
}

fn subjects(view: &View<'_>) -> Vec<Value> {
    let reference = |uuid: &str, kind: &str| json!({ "subject-uuid": uuid, "type": kind });
    let parts = view
        .snapshot()
        .components
        .iter()
        .filter(|one| one.body.component_type != warrant_model::kinds::ComponentType::ExternalActor);
    let mut components = vec![reference(&view.this_system(), "component")];
    components.extend(parts.map(|one| reference(&super::components::component(&one.id), "component")));
    let items: Vec<Value> =
        view.inventory.items.iter().map(|item| reference(&item.uuid, "inventory-item")).collect();
    let mut subjects = vec![json!({ "type": "component", "include-subjects": components })];
    if !items.is_empty() {
        subjects.push(json!({ "type": "inventory-item", "include-subjects": items }));
    }
    subjects
}

/// Controls without fresh evidence, with the day by which policy wants it.
fn tasks(view: &View<'_>, controls: &[&ControlStatus]) -> Vec<Value> {
    let mut due = BTreeMap::new();
    for deficiency in &view.subject.posture.deficiencies {
        let Some(day) = deficiency.due.filter(|_| deficiency.check.starts_with("control-")) else { continue };
        for control in &deficiency.controls {
            let nearest = due.entry(control.as_str()).or_insert(day);
            *nearest = day.min(*nearest);
        }
    }
    let task = |control: &&&ControlStatus| {
        let why = match &control.status {
            Status::Stale { since } => format!("Its evidence has been too old since {since}."),
            Status::NotAssessed { reason } => format!("Not assessed: {reason}."),
            _ => return None,
        };
        let id = control.control.as_str();
        let whole_system = json!({ "subject-uuid": view.this_system(), "type": "component" });
        Some(json!({
            "uuid": view.own("task", id),
            "type": "action",
            "title": line(&format!("Assess {}", label(&whole(id)))),
            "description": prose(&why),
            "timing": due.get(id).map(|day| json!({ "on-date": { "date": deadline(*day) } })),
            "associated-activities": [{
                "activity-uuid": assess(view, id),
                "subjects": [{ "type": "component", "include-subjects": [whole_system] }],
            }],
        }))
    };
    controls.iter().filter_map(|control| task(&control)).collect()
}
