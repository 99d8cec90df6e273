//! Risks: deficiencies with their rank, deadline and what would end them.

use super::components::WARRANT;
use super::identity::uuid;
use super::metadata::RESPONSIBLE;
use super::observations::shown;
use super::shape::{NAMESPACE, OSCAL, deadline, instant, line, own, prose, prose_or};
use super::view::{View, tool};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::kind::Record;
use warrant_model::kinds::{Exception, Milestone, PoamItem};
use warrant_model::posture::Deficiency;

/// The identifier of a deficiency's risk.
pub(super) fn of_deficiency(id: &str) -> String {
    uuid("risk", &[id])
}

/// The identifier of the risk of an item whose deficiencies have ended, or that names none.
pub(super) fn of_item(item: &Record<PoamItem>) -> String {
    uuid("risk-of-item", &[item.id.as_str()])
}

/// Items of the plan that are not cancelled, and which deficiencies each plans.
pub(super) struct Plan<'a> {
    /// Items with the deficiencies they plan, highest rank first.
    pub(super) items: Vec<(&'a Record<PoamItem>, Vec<&'a Deficiency>)>,
    by_deficiency: BTreeMap<&'a str, usize>,
}

impl<'a> Plan<'a> {
    pub(super) fn of(view: &View<'a>) -> Self {
        let snapshot = view.snapshot();
        let live = snapshot.poam_items.iter().filter(|item| item.body.state != "cancelled");
        let mut items: Vec<(&Record<PoamItem>, Vec<&Deficiency>)> =
            live.map(|item| (item, Vec::new())).collect();
        let mut by_deficiency = BTreeMap::new();
        for deficiency in &view.subject.posture.deficiencies {
            let planned = items.iter().position(|(item, _)| {
                deficiency.poam_item.as_deref() == Some(item.id.as_str())
                    || item.body.deficiencies.contains(&deficiency.id)
            });
            let Some(at) = planned else { continue };
            items[at].1.push(deficiency);
            by_deficiency.insert(deficiency.id.as_str(), at);
        }
        Self { items, by_deficiency }
    }

    /// The item that plans a deficiency, and whether its milestones are told here: once, with the first.
    fn item(&self, deficiency: &Deficiency) -> Option<(&'a Record<PoamItem>, Told)> {
        let (item, planned) = &self.items[*self.by_deficiency.get(deficiency.id.as_str())?];
        let is_first = planned.first().is_some_and(|first| first.id == deficiency.id);
        Some((item, if is_first { Told::Here } else { Told::Elsewhere }))
    }
}

/// Where the milestones of an item are told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Here,
    Elsewhere,
}

/// The risk of a deficiency.
pub(super) fn risk(view: &View<'_>, plan: &Plan<'_>, deficiency: &Deficiency) -> Value {
    let excepted = deficiency.excepted.as_ref();
    let exception = excepted
        .and_then(|one| view.snapshot().exceptions.iter().find(|record| record.id.as_str() == one.exception));
    let planned = plan.item(deficiency);
    let status = match planned {
        _ if excepted.is_some() => "deviation-approved",
        Some((item, _)) => status_of(&item.body),
        None => "open",
    };
    let observations: BTreeSet<String> =
        deficiency.grounds.iter().flat_map(|ground| shown(view, &ground.source)).collect();
    let mut props = vec![
        own("check", &deficiency.check),
        own("deficiency", &deficiency.id),
        own("since", &instant(deficiency.since)),
    ];
    props.extend(deficiency.controls.iter().map(|id| own("control", id)));
    props.extend(deficiency.objectives.iter().map(|objective| own("objective", objective.title())));
    let mut remediations: Vec<Value> =
        planned.map(|(item, told)| response(view, item, Some(deficiency), told)).into_iter().collect();
    remediations.extend(deficiency.actions.iter().enumerate().map(|(nth, action)| {
        let hours = action.hours.map(|(low, high)| format!("{low} to {high}"));
        json!({
            "uuid": uuid("recommendation", &[&deficiency.id, &nth.to_string()]),
            "lifecycle": "recommendation",
            "title": line(&action.title),
            "description": prose(&action.title),
            "props": [own("person-hours", &hours.unwrap_or_default())],
        })
    }));
    json!({
        "uuid": of_deficiency(&deficiency.id),
        "title": line(&deficiency.title),
        "description": prose(&deficiency.title),
        "statement": prose_or(Some(&deficiency.why), &deficiency.title),
        "props": props,
        "status": status,
        "characterizations": [characterization(view, deficiency)],
        "mitigating-factors": [exception.and_then(|exception| compensating(exception, deficiency))],
        "deadline": deficiency.due.map(deadline),
        "remediations": remediations,
        "related-observations": related(&observations),
    })
}

/// References to observations.
pub(super) fn related(observations: &BTreeSet<String>) -> Vec<Value> {
    observations.iter().map(|uuid| json!({ "observation-uuid": uuid })).collect()
}

fn characterization(view: &View<'_>, deficiency: &Deficiency) -> Value {
    let facet = |system: &str, name: &str, value: &str| json!({ "name": name, "system": system, "value": warrant_oscal::plain::value(value) });
    let mut facets = vec![
        facet(OSCAL, "severity", deficiency.severity.word()),
        facet(NAMESPACE, "rank", &format!("{:.1}", deficiency.rank.score)),
    ];
    let factors = deficiency.rank.factors.iter();
    facets
        .extend(factors.map(|(name, factor)| facet(NAMESPACE, "rank-factor", &format!("{name}: {factor}"))));
    let findings = &view.snapshot().findings;
    let rows = deficiency.grounds.iter().flat_map(|ground| view.seen.rows(&ground.source));
    let named = rows.flat_map(|row| findings.text(findings.vulnerabilities[*row]).split(','));
    let cves: BTreeSet<&str> = named.map(str::trim).filter(|id| id.starts_with("CVE-")).collect();
    facets.extend(cves.iter().map(|id| facet("http://cve.mitre.org", "cve-id", id)));
    json!({ "origin": { "actors": [{ "type": "tool", "actor-uuid": tool(WARRANT) }] }, "facets": facets })
}

/// What is done instead while an exception holds.
fn compensating(record: &Record<Exception>, deficiency: &Deficiency) -> Option<Value> {
    let body = &record.body;
    let until = body.expires.map(|day| format!("An exception holds until {day}.")).unwrap_or_default();
    let said =
        [body.compensating.as_deref().unwrap_or_default(), body.justification.as_str(), until.as_str()];
    let said = prose(&said.join("\n"));
    (!said.is_null()).then(
        || json!({ "uuid": uuid("exception", &[record.id.as_str(), &deficiency.id]), "description": said }),
    )
}

/// The model's word for the state of a planned action.
fn status_of(item: &PoamItem) -> &'static str {
    match item.state.as_str() {
        "planned" | "ongoing" | "validating" => "remediating",
        "closed" => "closed",
        _ => "open",
    }
}

/// The risk that an item itself states, when no deficiency does.
pub(super) fn risk_of_item(
    view: &View<'_>,
    item: &Record<PoamItem>,
    observations: &BTreeSet<String>,
) -> Value {
    let body = &item.body;
    let facets = body.severity.map(|severity| {
        let owner = view.party(body.owner.as_ref());
        let actor = match owner {
            Some(party) => json!({ "type": "party", "actor-uuid": party, "role-id": RESPONSIBLE }),
            None => json!({ "type": "tool", "actor-uuid": tool(WARRANT) }),
        };
        let severity = json!({ "name": "severity", "system": OSCAL, "value": severity.word() });
        json!({ "origin": { "actors": [actor] }, "facets": [severity] })
    });
    json!({
        "uuid": of_item(item),
        "title": line(&body.title),
        "description": prose(&body.title),
        "statement": prose_or(body.description.as_deref(), &body.title),
        "props": body.controls.iter().map(|id| own("control", id)).collect::<Vec<_>>(),
        "status": status_of(body),
        "characterizations": [facets],
        "deadline": body.due.map(deadline),
        "remediations": [response(view, item, None, Told::Here)],
        "related-observations": related(observations),
    })
}

/// What an item plans, with its milestones where they are told.
fn response(view: &View<'_>, item: &Record<PoamItem>, of: Option<&Deficiency>, told: Told) -> Value {
    let body = &item.body;
    let deficiency = of.map_or("", |deficiency| deficiency.id.as_str());
    let owner = view.party(body.owner.as_ref());
    let roles = owner.map(|party| json!({ "role-id": RESPONSIBLE, "party-uuids": [party] }));
    let tasks =
        body.milestones.iter().enumerate().map(|(nth, milestone)| task(item, nth, milestone, roles.as_ref()));
    let tasks: Vec<Value> = if told == Told::Here { tasks.collect() } else { Vec::new() };
    let elsewhere = match told {
        Told::Here => "",
        Told::Elsewhere => "Its milestones are told with the first risk of the item.",
    };
    json!({
        "uuid": uuid("response", &[item.id.as_str(), deficiency]),
        "lifecycle": if body.state == "closed" { "completed" } else { "planned" },
        "title": line(&body.title),
        "description": prose_or(body.description.as_deref(), &body.title),
        "props": [
            own("poam-item", item.id.as_str()),
            own("cost", &body.cost.map(|cost| cost.to_string()).unwrap_or_default()),
            own("person-hours", &body.hours.map(|hours| hours.to_string()).unwrap_or_default()),
        ],
        "tasks": tasks,
        "remarks": prose(elsewhere),
    })
}

fn task(item: &Record<PoamItem>, nth: usize, milestone: &Milestone, roles: Option<&Value>) -> Value {
    json!({
        "uuid": uuid("milestone", &[item.id.as_str(), &nth.to_string()]),
        "type": "milestone",
        "title": line(&milestone.title),
        "props": [own("done", &milestone.done.map(|day| day.to_string()).unwrap_or_default())],
        "timing": milestone.due.map(|day| json!({ "on-date": { "date": deadline(day) } })),
        "responsible-roles": [roles],
    })
}
