//! The assessment results: everything that tools and people found, as it stands.

use super::super::HandInError;
use super::super::format::{Made, Options};
use super::super::subject::Subject;
use super::Draft;
use super::components::assessment_assets;
use super::evidence::back_matter;
use super::findings::findings;
use super::metadata::metadata;
use super::observations::{of_assessments, of_rows};
use super::requirements::Requirements;
use super::risks::{Plan, risk};
use super::shape::{instant, line, prose};
use super::view::View;
use serde_json::{Value, json};
use warrant_model::posture::{ControlStatus, Status};

pub(super) fn make(subject: &Subject<'_>, options: &Options<'_>) -> Made {
    let view = View::new(subject, options);
    let requirements = Requirements::of(&view);
    let plan = Plan::of(&view);
    let mut observations = of_rows(&view, 0..view.snapshot().findings.len());
    observations.extend(of_assessments(&view));
    let risks: Vec<Value> =
        subject.posture.deficiencies.iter().map(|deficiency| risk(&view, &plan, deficiency)).collect();
    let findings = findings(&view, &requirements);
    if observations.is_empty() && risks.is_empty() && findings.is_empty() {
        return Err(HandInError::Nothing("observations, findings or risks"));
    }
    let observations = Value::from(observations);
    let (start, end) = span(&view, &observations);
    let body = json!({
        "uuid": view.own("document", "oscal-ar"),
        "metadata": metadata(&view, "Assessment results"),
        "import-ap": { "href": view.beside("oscal-ap") },
        "results": [{
            "uuid": view.own("result", ""),
            "title": line(&format!("What is known of {}", view.system().name)),
            "description": prose(DESCRIPTION),
            "start": start,
            "end": end,
            "local-definitions": { "assessment-assets": assessment_assets(&view) },
            "reviewed-controls": reviewed(subject.controls),
            "observations": observations,
            "risks": risks,
            "findings": findings,
            "remarks": prose(&remarks(subject.controls)),
        }],
        "back-matter": back_matter(&view, &[&observations]),
    });
    Draft::default().write(&view, "oscal-ar", "assessment-results", body)
}

const DESCRIPTION: &str = "Continuous assessment: the newest look of every tool at every target, the judgements of \
    people, what follows from them for each statement of a control, and what is wrong.";

/// When the first and the last of the observations was made.
fn span(view: &View<'_>, observations: &Value) -> (String, String) {
    let collected = observations.as_array().into_iter().flatten();
    let collected = collected.filter_map(|one| one["collected"].as_str()?.parse::<jiff::Timestamp>().ok());
    let mut instants: Vec<jiff::Timestamp> = collected.collect();
    instants.sort_unstable();
    let changed = view.last_modified();
    let at = |found: Option<&jiff::Timestamp>| instant(found.copied().unwrap_or(changed));
    (at(instants.first()), at(instants.last()))
}

/// Controls with evidence either way, fresh or old.
fn reviewed(controls: &[ControlStatus]) -> Value {
    let is_reviewed = |control: &&ControlStatus| {
        control.statements.iter().any(|one| {
            matches!(one.status, Status::Satisfied | Status::OtherThanSatisfied | Status::Stale { .. })
        })
    };
    let reviewed: Vec<Value> =
        controls.iter().filter(is_reviewed).map(|one| json!({ "control-id": one.control })).collect();
    if reviewed.is_empty() {
        let nothing =
            prose("All controls are to be assessed; none has been so far, and there is no finding.");
        return json!({ "control-selections": [{ "description": nothing, "include-all": {} }] });
    }
    json!({ "control-selections": [{ "include-controls": reviewed }] })
}

/// What there is no finding about: statements without fresh evidence.
fn remarks(controls: &[ControlStatus]) -> String {
    let mut counts = warrant_model::posture::ControlCounts::default();
    controls.iter().for_each(|control| counts.add(&control.status));
    format!(
        "Of {} controls that apply, {} are satisfied and {} are not; the evidence for {} has grown old, {} are not \
         assessed or only in part. Statements without fresh evidence have no finding.",
        counts.applicable(),
        counts.satisfied,
        counts.other_than_satisfied,
        counts.stale,
        counts.not_assessed,
    )
}
