//! Findings of an assessment: for each statement of a control whether it is met, and on what grounds.

use super::catalogue::{Part, label, part, statement_of, title};
use super::observations::shown;
use super::requirements::{Requirements, statement};
use super::risks::{of_deficiency, related};
use super::shape::{line, prose_or};
use super::view::View;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::posture::{ControlStatus, StatementStatus, Status};

/// The findings on every statement that was judged, in the order of the catalogue.
pub(super) fn findings(view: &View<'_>, requirements: &Requirements) -> Vec<Value> {
    let risks = risks_by_control(view);
    let mut all = Vec::new();
    for control in view.subject.controls {
        let risks = risks.get(control.control.as_str());
        let judged = control.statements.iter();
        all.extend(judged.filter_map(|one| finding(view, requirements, control, one, risks)));
    }
    all
}

/// Deficiencies by the controls they touch.
fn risks_by_control<'a>(view: &View<'a>) -> BTreeMap<String, BTreeSet<&'a str>> {
    let mut by_control: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for deficiency in &view.subject.posture.deficiencies {
        for part in deficiency.controls.iter().filter_map(|id| part(id)) {
            by_control.entry(part.control).or_default().insert(&deficiency.id);
        }
    }
    by_control
}

fn finding(
    view: &View<'_>,
    requirements: &Requirements,
    control: &ControlStatus,
    judged: &StatementStatus,
    risks: Option<&BTreeSet<&str>>,
) -> Option<Value> {
    let (state, reason, word) = match judged.status {
        Status::Satisfied => ("satisfied", "pass", "satisfied"),
        Status::OtherThanSatisfied => ("not-satisfied", "fail", "other than satisfied"),
        Status::Stale { .. } | Status::NotAssessed { .. } | Status::NotApplicable { .. } => return None,
    };
    let named = part(&judged.statement).unwrap_or(Part { control: control.control.clone(), statement: None });
    let target = statement_of(&named)?;
    let observations: BTreeSet<String> =
        judged.grounds.iter().flat_map(|ground| shown(view, &ground.source)).collect();
    let grounds: Vec<&str> = judged.grounds.iter().map(|ground| ground.says.as_str()).collect();
    let risks = risks.filter(|_| state == "not-satisfied").into_iter().flatten();
    let risks: Vec<Value> = risks.map(|id| json!({ "risk-uuid": of_deficiency(id) })).collect();
    let has_statement = requirements.has_statement(&control.control, &target);
    Some(json!({
        "uuid": view.own("finding", &target),
        "title": line(&format!("{} {}: {word}", label(&named), title(&control.control))),
        "description": prose_or(Some(&grounds.join("\n")), "No ground is recorded."),
        "target": {
            "type": "statement-id",
            "target-id": target,
            "status": { "state": state, "reason": reason },
        },
        "implementation-statement-uuid": has_statement.then(|| statement(view, &target)),
        "related-observations": related(&observations),
        "related-risks": risks,
    }))
}
