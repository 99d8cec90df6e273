//! Systems as they stand, stood, and differ.

use super::error::{ApiAnswer, ApiError, json};
use super::query::instant;
use super::who::Caller;
use crate::list::ListAddress;
use crate::server::App;
use axum::extract::{Path, State};
use serde_json::{Value, json as value};
use std::collections::BTreeMap;
use warrant_model::posture::PostureSummary;

/// Every system with the summary of its posture, worst first.
pub(super) async fn list(State(app): State<App>, Caller(actor): Caller) -> ApiAnswer {
    let names = app.service.system_names(&actor).await?;
    let summaries = app.service.summaries(&actor).await?;
    let mut known: BTreeMap<&str, &PostureSummary> = BTreeMap::new();
    let mut order = Vec::new();
    for summary in summaries.iter().filter(|summary| names.contains_key(&summary.system)) {
        known.insert(&summary.system, summary);
        order.push(summary.system.as_str());
    }
    order.extend(names.keys().map(String::as_str).filter(|id| !known.contains_key(id)));
    let system = |id: &str| value!({ "id": id, "name": names.get(id), "posture": known.get(id) });
    json(order.into_iter().map(system).collect::<Vec<Value>>())
}

/// A system's posture, now or at an instant.
pub(super) async fn posture(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    address: ListAddress,
) -> ApiAnswer {
    json(app.service.posture(&actor, &id, instant(&address, "as_of")?).await?)
}

/// A system's controls with status and grounds, now or at an instant.
pub(super) async fn controls(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    address: ListAddress,
) -> ApiAnswer {
    json(app.service.controls(&actor, &id, instant(&address, "as_of")?).await?)
}

/// What is different between two instants.
pub(super) async fn compare(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
    address: ListAddress,
) -> ApiAnswer {
    let from = instant(&address, "from")?;
    let from = from.ok_or_else(|| ApiError::parameter("from", "the earlier day or instant"))?;
    json(app.service.compare(&actor, &id, from, instant(&address, "to")?).await?)
}
