//! Search over records, deficiencies, findings and evidence.

use super::error::{ApiAnswer, json};
use super::query;
use super::who::Caller;
use crate::list::ListAddress;
use crate::server::App;
use axum::extract::State;

/// Up to `limit` hits of each sort.
pub(super) async fn search(State(app): State<App>, Caller(actor): Caller, address: ListAddress) -> ApiAnswer {
    let (limit, _) = query::page(&address)?;
    json(app.service.search(&actor, &address.get("q").to_lowercase(), limit).await?)
}
