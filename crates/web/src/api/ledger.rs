//! The ledger: its state, its entries, proofs and verification.

use super::error::{ApiAnswer, json};
use super::query::{self, number};
use super::who::Caller;
use crate::list::ListAddress;
use crate::server::App;
use axum::extract::{Path, State};
use serde_json::{Value, json as value};
use warrant_service::ledger::LedgerQuery;

/// Size, checkpoint, key and the newest entries below `before` that fit.
pub(super) async fn entries(
    State(app): State<App>,
    Caller(actor): Caller,
    address: ListAddress,
) -> ApiAnswer {
    let (limit, _) = query::page(&address)?;
    let before = match address.some("before") {
        Some(_) => u64::try_from(number(&address, "before", 0)?).ok(),
        None => None,
    };
    let text = |name: &str| address.get(name).to_owned();
    let query = LedgerQuery {
        before,
        limit: limit.unsigned_abs(),
        who: text("who"),
        action: text("action"),
        on: text("on"),
        text: text("q"),
    };
    let found = app.service.ledger_entries(&actor, query).await?;
    let state = app.service.ledger_state().await?;
    let entries = found.entries.into_iter().map(|(index, entry)| value!({ "index": index, "entry": entry }));
    let entries = entries.collect::<Vec<Value>>();
    json(value!({ "state": state, "entries": entries, "next": found.next, "cut_short": found.cut_short }))
}

/// A proof that the newest change of a record or file is in the ledger.
pub(super) async fn proof(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(id): Path<String>,
) -> ApiAnswer {
    json(app.service.prove(&actor, &id).await?)
}

/// Verifies every row, leaf, tile, evidence byte and stored posture. Takes as long as the store is large.
pub(super) async fn verify(State(app): State<App>, Caller(actor): Caller) -> ApiAnswer {
    let found = app.service.verify_ledger(&actor).await?;
    json(value!({
        "intact": found.problems.is_empty(),
        "problems": found.problems, "leaves": found.leaves, "rows": found.rows,
        "files": found.files, "root": found.root,
    }))
}
