//! The plan of action and milestones: what is planned against which risks.

use super::super::HandInError;
use super::super::format::{Made, Options};
use super::super::subject::{Planned, Subject};
use super::Draft;
use super::components::assessment_assets;
use super::evidence::back_matter;
use super::identity::uuid;
use super::metadata::{RESPONSIBLE, metadata};
use super::observations::{of_finding, of_rows};
use super::plan::{UUID_SCHEME, system_id};
use super::risks::{Plan, of_deficiency, of_item, related, risk, risk_of_item};
use super::shape::{line, own, prose, prose_or};
use super::view::View;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use warrant_model::kind::Record;
use warrant_model::kinds::PoamItem;
use warrant_model::posture::Deficiency;

pub(super) fn make(subject: &Subject<'_>, options: &Options<'_>) -> Made {
    let view = View::new(subject, options);
    let plan = Plan::of(&view);
    if plan.items.is_empty() {
        return Err(HandInError::Nothing("POA&M items"));
    }
    let planned = Planned::of(&subject.snapshot.findings);
    let mut shown: BTreeSet<usize> = BTreeSet::new();
    let (mut items, mut risks) = (Vec::new(), Vec::new());
    for (item, deficiencies) in &plan.items {
        let mut rows: BTreeSet<usize> = planned.rows(item, subject.posture).into_iter().collect();
        rows.retain(|row| super::observations::is_told(&view, *row));
        let own_observations = observations(&view, &rows);
        risks.extend(deficiencies.iter().map(|deficiency| risk(&view, &plan, deficiency)));
        if deficiencies.is_empty() {
            risks.push(risk_of_item(&view, item, &own_observations));
        }
        items.push(written(&view, item, deficiencies, &own_observations));
        shown.extend(rows);
        let grounds = deficiencies.iter().flat_map(|deficiency| &deficiency.grounds);
        shown.extend(grounds.flat_map(|ground| view.seen.rows(&ground.source)));
    }
    let mut observations = of_rows(&view, shown.into_iter());
    observations.extend(judgements(&view, &risks));
    let observations = Value::from(observations);
    let body = json!({
        "uuid": view.own("document", "oscal-poam"),
        "metadata": metadata(&view, "Plan of action and milestones"),
        "import-ssp": { "href": view.beside("oscal-ssp") },
        "system-id": { "identifier-type": UUID_SCHEME, "id": system_id(&view) },
        "local-definitions": { "assessment-assets": assessment_assets(&view) },
        "observations": observations,
        "risks": risks,
        "poam-items": items,
        "back-matter": back_matter(&view, &[&observations]),
    });
    let cancelled = subject.snapshot.poam_items.len() - plan.items.len();
    let note = (cancelled > 0).then(|| format!("{cancelled} cancelled items are left out"));
    let draft = Draft { notes: note.into_iter().collect(), ..Draft::default() };
    draft.write(&view, "oscal-poam", "plan-of-action-and-milestones", body)
}

fn observations(view: &View<'_>, rows: &BTreeSet<usize>) -> BTreeSet<String> {
    let findings = &view.snapshot().findings;
    rows.iter().map(|row| of_finding(findings.text(findings.id[*row]))).collect()
}

/// People's judgements that the risks rest on.
fn judgements(view: &View<'_>, risks: &[Value]) -> Vec<Value> {
    let related = risks.iter().flat_map(|risk| risk["related-observations"].as_array()).flatten();
    let named: BTreeSet<&str> = related.filter_map(|one| one["observation-uuid"].as_str()).collect();
    let all = super::observations::of_assessments(view).into_iter();
    all.filter(|one| one["uuid"].as_str().is_some_and(|uuid| named.contains(uuid))).collect()
}

fn written(
    view: &View<'_>,
    item: &Record<PoamItem>,
    deficiencies: &[&Deficiency],
    observations: &BTreeSet<String>,
) -> Value {
    let body = &item.body;
    let owner = view.party(body.owner.as_ref());
    let origin = owner
        .map(|party| json!({ "actors": [{ "type": "party", "actor-uuid": party, "role-id": RESPONSIBLE }] }));
    let risks: Vec<String> = match deficiencies {
        [] => vec![of_item(item)],
        all => all.iter().map(|deficiency| of_deficiency(&deficiency.id)).collect(),
    };
    let validation = body.validation.as_deref().map(|text| format!("Validation: {text}"));
    let remarks = [body.comments.clone(), validation].into_iter().flatten().collect::<Vec<_>>();
    let mut props = vec![
        own("record", item.id.as_str()),
        own("state", &body.state),
        own("severity", body.severity.map_or("", |severity| severity.word())),
        own("identified", &body.identified.map(|day| day.to_string()).unwrap_or_default()),
        own("due", &body.due.map(|day| day.to_string()).unwrap_or_default()),
        own("cost", &body.cost.map(|cost| cost.to_string()).unwrap_or_default()),
        own("person-hours", &body.hours.map(|hours| hours.to_string()).unwrap_or_default()),
    ];
    props.extend(body.controls.iter().map(|id| own("control", id)));
    json!({
        "uuid": uuid("poam-item", &[item.id.as_str()]),
        "title": line(&body.title),
        "description": prose_or(body.description.as_deref(), &body.title),
        "props": props,
        "origins": [origin],
        "related-observations": related(observations),
        "related-risks": risks.iter().map(|uuid| json!({ "risk-uuid": uuid })).collect::<Vec<_>>(),
        "remarks": prose(&remarks.join("\n")),
    })
}
