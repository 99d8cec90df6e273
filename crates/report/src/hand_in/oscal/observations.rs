//! Observations: what tools reported of hosts and images, and what people judged.

use super::catalogue::{label, part};
use super::evidence::citation;
use super::identity::uuid;
use super::metadata::ASSESSOR;
use super::shape::{instant, line, own, prose};
use super::view::{View, tool};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};
use warrant_model::fact::Place;
use warrant_model::finding::{FindingSort, FindingState};
use warrant_model::kind::Record;
use warrant_model::kinds::{Assessment, AssessmentMethod, AssessmentResult};
use warrant_model::posture::Source;
use warrant_model::time::{from_micros, start_of};

/// The identifier of what a tool reported.
pub(super) fn of_finding(id: &str) -> String {
    uuid("observation", &[id])
}

/// The identifier of what a person judged.
pub(super) fn of_assessment(id: &str) -> String {
    uuid("observation-of-assessment", &[id])
}

/// Whether a row tells something about the system: what nobody looked at does not, nor what is told of elsewhere.
pub(super) fn is_told(view: &View<'_>, row: usize) -> bool {
    !matches!(view.snapshot().findings.state[row], FindingState::NotChecked | FindingState::Moved)
}

/// The observations that a source shows.
pub(super) fn shown(view: &View<'_>, source: &Source) -> BTreeSet<String> {
    let findings = &view.snapshot().findings;
    let rows = view.seen.rows(source).iter().filter(|row| is_told(view, **row));
    let mut shown: BTreeSet<String> = rows.map(|row| of_finding(findings.text(findings.id[*row]))).collect();
    if let Source::Record { kind, id } = source
        && kind == "assessment"
        && view.snapshot().assessments.iter().any(|one| one.id.as_str() == id && one.body.result.is_some())
    {
        shown.insert(of_assessment(id));
    }
    shown
}

/// The observations of some rows, in order.
pub(super) fn of_rows(view: &View<'_>, rows: impl Iterator<Item = usize>) -> Vec<Value> {
    let checks = view.subject.checks.iter();
    let details: HashMap<&str, &str> =
        checks.filter_map(|one| Some((one.finding.as_str(), one.fact.detail.as_deref()?))).collect();
    rows.filter(|row| is_told(view, *row)).map(|row| of_row(view, row, &details)).collect()
}

fn of_row(view: &View<'_>, row: usize, details: &HashMap<&str, &str>) -> Value {
    let table = &view.snapshot().findings;
    let text = |symbol| table.text(symbol);
    let id = text(table.id[row]);
    let (state, sort, said) = match table.state[row] {
        FindingState::Open => ("open", "discovery", "reported by the newest look"),
        FindingState::Closed | FindingState::Moved => {
            ("closed", "historic", "no longer reported by the newest look")
        }
        FindingState::Met => ("met", "control-objective", "met at the newest look"),
        FindingState::NotApplicable => ("not-applicable", "control-objective", "does not apply"),
        FindingState::NotChecked => ("not-checked", "control-objective", "not checked"),
    };
    let target = text(table.target[row]);
    let place = [target, text(table.subject[row])].into_iter().filter(|part| !part.is_empty());
    let place = place.collect::<Vec<_>>().join(", ");
    let sort_of = match table.sort[row] {
        FindingSort::Check => "check",
        FindingSort::Weakness => "weakness",
    };
    let score = table.cvss_score[row];
    let mut props = vec![
        own("state", state),
        own("sort", sort_of),
        own("severity", table.severity[row].word()),
        own("rule", text(table.rule[row])),
        own("benchmark", text(table.benchmark[row])),
        own("first-seen", &instant(from_micros(table.first_seen[row]))),
        own("cvss-score", &if score.is_nan() { String::new() } else { format!("{score:.1}") }),
        own("fixed-version", text(table.fixed_version[row])),
        own("suppressed", if table.suppressed[row] { "yes" } else { "" }),
    ];
    let vulnerabilities = text(table.vulnerabilities[row]).split(',');
    props.extend(vulnerabilities.map(|id| own("vulnerability", id)));
    props.extend(table.controls_of(row).map(|id| own("control", id)));
    let item = view.inventory.find(target);
    let subject = item.map(|item| json!({ "subject-uuid": item.uuid, "type": "inventory-item" }));
    let evidence = text(table.evidence[row]);
    let place_in = Place::new(table.line[row], text(table.pointer[row]));
    json!({
        "uuid": of_finding(id),
        "title": line(text(table.title[row])),
        "description": prose(&format!("{place}: {said}.")),
        "props": props,
        "methods": ["TEST"],
        "types": [sort],
        "origins": [{ "actors": [{ "type": "tool", "actor-uuid": tool(text(table.tool[row])) }] }],
        "subjects": [subject],
        "relevant-evidence": [citation(view, evidence, Some(&place_in))],
        "collected": instant(from_micros(table.last_seen[row])),
        "remarks": prose(details.get(id).copied().unwrap_or_default()),
    })
}

/// The judgements of people that have a result.
pub(super) fn of_assessments(view: &View<'_>) -> Vec<Value> {
    view.snapshot().assessments.iter().filter_map(|record| judged(view, record)).collect()
}

fn judged(view: &View<'_>, record: &Record<Assessment>) -> Option<Value> {
    let body = &record.body;
    let result = match body.result? {
        AssessmentResult::Satisfied => "satisfied",
        AssessmentResult::OtherThanSatisfied => "other than satisfied",
        AssessmentResult::NotApplicable => "not applicable",
    };
    let method = match body.method {
        AssessmentMethod::Examine => "EXAMINE",
        AssessmentMethod::Interview => "INTERVIEW",
        AssessmentMethod::Test => "TEST",
    };
    let named = part(&body.control).map_or_else(|| body.control.clone(), |part| label(&part));
    let named = body.cci.as_ref().map_or(named.clone(), |cci| format!("{cci} of {named}"));
    let mut props = vec![own("control", &body.control)];
    props.extend(body.cci.as_ref().map(|cci| own("cci", cci)));
    props.extend(body.tested_by.as_ref().map(|who| own("tested-by", who)));
    let actor = view
        .party(body.assessor.as_ref())
        .map(|party| json!({ "actors": [{ "type": "party", "actor-uuid": party, "role-id": ASSESSOR }] }));
    let citations: Vec<Value> = body.evidence.iter().map(|hash| citation(view, hash.trim(), None)).collect();
    Some(json!({
        "uuid": of_assessment(record.id.as_str()),
        "title": line(&format!("{named} judged {result}")),
        "description": super::shape::prose_or(body.notes.as_deref(), "No note was kept of what was seen."),
        "props": props,
        "methods": [method],
        "types": ["control-objective"],
        "origins": [actor],
        "subjects": [{ "subject-uuid": view.this_system(), "type": "component" }],
        "relevant-evidence": citations,
        "collected": instant(body.assessed_on.map_or(record.updated_at, start_of)),
    }))
}
