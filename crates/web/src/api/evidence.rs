//! Evidence: what was taken in, and taking in more.

use super::error::{ApiAnswer, ApiError, json};
use super::query::{self, yes_no};
use super::record::items;
use super::who::Caller;
use crate::list::ListAddress;
use crate::server::App;
use axum::body::Bytes;
use axum::extract::{Path, State};
use serde_json::{Value, json as value};
use std::sync::Arc;
use warrant_model::time::from_micros;
use warrant_service::import::{Belongs, ImportFile, Mode, Progress};
use warrant_service::query::{EvidenceQuery, EvidenceRow};

fn evidence(row: &EvidenceRow) -> Value {
    value!({
        "hash": row.hash, "system": row.system, "name": row.name, "format": row.format, "tool": row.tool,
        "tool_version": row.tool_version, "release": row.release, "size": row.size,
        "observed_at": from_micros(row.observed_at), "received_at": from_micros(row.received_at),
        "actor": row.actor, "facts": row.facts, "problems": row.problems, "leaf": row.leaf,
    })
}

/// Accepted files, newest first.
pub(super) async fn list(State(app): State<App>, Caller(actor): Caller, address: ListAddress) -> ApiAnswer {
    let (limit, offset) = query::page(&address)?;
    let query = EvidenceQuery {
        text: address.get("q").to_lowercase(),
        system: query::system(&app, &actor, &address).await?,
        hash: None,
        format: address.some("format"),
        limit,
        offset,
    };
    let page = app.service.list_evidence(&actor, &query).await?;
    json(items(page.rows.iter().map(evidence).collect(), page.total, (limit, offset), i64::MAX))
}

/// One file, once for every system it was accepted for.
pub(super) async fn one(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(hash): Path<String>,
) -> ApiAnswer {
    let rows = app.service.evidence(&actor, &hash).await?;
    json(rows.iter().map(evidence).collect::<Vec<_>>())
}

/// Takes in one file: the body is its bytes.
pub(super) async fn import(
    State(app): State<App>,
    Caller(actor): Caller,
    address: ListAddress,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> ApiAnswer {
    let bytes = body.map_err(|error| {
        ApiError::new(
            error.status().as_u16(),
            "body",
            error.body_text(),
            "Send the file's bytes, at most 1 GiB.",
        )
    })?;
    if bytes.is_empty() {
        return Err(ApiError::new(400, "body", "the body is empty", "Send the file's bytes as the body."));
    }
    let name = address.some("name").unwrap_or_else(|| "upload".to_owned());
    let mode = if yes_no(&address, "dry_run")? == Some(true) { Mode::DryRun } else { Mode::Commit };
    let system = query::system(&app, &actor, &address).await?;
    let file = ImportFile { name, bytes: Arc::from(&bytes[..]) };
    let release = address.some("release");
    let belongs = Belongs { system: system.as_deref(), release: release.as_deref() };
    json(app.service.import_as(&actor, file, belongs, mode, Arc::new(Progress::default())).await?)
}
