//! Deficiencies and findings.

use super::error::{ApiAnswer, json};
use super::query::{self, word, yes_no};
use super::record::items;
use super::who::Caller;
use crate::list::ListAddress;
use crate::server::App;
use axum::extract::{Path, State};
use serde_json::{Value, json as value};
use warrant_model::finding::{Finding, FindingState};
use warrant_model::level::Severity;
use warrant_model::priority::Decision;
use warrant_service::query::{DeficiencyQuery, DeficiencyRow, FindingOrder, FindingQuery};
use warrant_service::records::COUNT_LIMIT;

fn severity(name: &str) -> Option<Severity> {
    Severity::DESCENDING.into_iter().find(|severity| severity.word() == name)
}

fn order(name: &str) -> Option<FindingOrder> {
    match name {
        "severity" => Some(FindingOrder::Severity),
        "priority" => Some(FindingOrder::Decision),
        _ => None,
    }
}

fn deficiency(row: &DeficiencyRow) -> Value {
    value!({ "system": row.system, "deficiency": row.deficiency })
}

/// The queue, highest rank first.
pub(super) async fn deficiencies(
    State(app): State<App>,
    Caller(actor): Caller,
    address: ListAddress,
) -> ApiAnswer {
    let (limit, offset) = query::page(&address)?;
    let query = DeficiencyQuery {
        text: address.get("q").to_lowercase(),
        system: query::system(&app, &actor, &address).await?,
        check: address.some("check"),
        severity: word(&address, "severity", severity)?,
        owner: address.some("owner"),
        planned: yes_no(&address, "planned")?,
        excepted: yes_no(&address, "excepted")?,
        due_by: word(&address, "due_by", |text| text.parse().ok())?,
        limit,
        offset,
    };
    let page = app.service.queue(&actor, &query).await?;
    json(items(page.rows.iter().map(deficiency).collect(), page.total, (limit, offset), COUNT_LIMIT))
}

/// One deficiency.
pub(super) async fn one_deficiency(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> ApiAnswer {
    json(deficiency(&app.service.deficiency(&actor, &id).await?))
}

/// Findings, worst first.
pub(super) async fn findings(
    State(app): State<App>,
    Caller(actor): Caller,
    address: ListAddress,
) -> ApiAnswer {
    let (limit, offset) = query::page(&address)?;
    let query = FindingQuery {
        text: address.get("q").to_lowercase(),
        system: query::system(&app, &actor, &address).await?,
        state: word(&address, "state", FindingState::from_word)?,
        severity: word(&address, "severity", severity)?,
        decision: word(&address, "priority", Decision::from_word)?,
        target: address.some("target"),
        tool: address.some("tool"),
        control: address.some("control"),
        order: word(&address, "order", order)?.unwrap_or_default(),
        descending: true,
        limit,
        offset,
    };
    let page = app.service.list_findings(&actor, &query).await?;
    let mut priorities = page.priorities;
    let row = |finding: Finding| {
        let priority = priorities.remove(&finding.id);
        let mut row = value!(finding);
        row["priority"] = value!(priority);
        row
    };
    let rows = page.rows.into_iter().map(row).collect();
    json(items(rows, page.total, (limit, offset), COUNT_LIMIT))
}

/// One finding with its changes of state and every sighting.
pub(super) async fn one_finding(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> ApiAnswer {
    let detail = app.service.finding(&actor, &id).await?;
    let events = detail.events.iter().map(|event| {
        value!({ "at": event.at, "state": event.state, "evidence": event.evidence, "place": event.place })
    });
    let sightings = detail.sightings.iter().map(|sighting| {
        value!({
            "at": sighting.look.at, "evidence": sighting.look.evidence, "place": sighting.place,
            "tool": sighting.tool, "fact": sighting.fact,
        })
    });
    json(value!({
        "finding": detail.finding,
        "priority": detail.priority,
        "scores": detail.scores,
        "events": events.collect::<Vec<_>>(),
        "sightings": sightings.collect::<Vec<_>>(),
    }))
}
