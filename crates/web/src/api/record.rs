//! A record as JSON.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use warrant_model::time::from_micros;
use warrant_service::query::{RecordRow, VersionRow};

/// A record with what the store knows about it.
pub(super) fn record(row: &RecordRow) -> Value {
    json!({
        "id": row.id,
        "kind": row.kind,
        "version": row.version,
        "title": row.title,
        "state": row.state,
        "system": row.system,
        "unit": row.unit,
        "created_at": from_micros(row.created_at),
        "updated_at": from_micros(row.updated_at),
        "updated_by": row.updated_by,
        "body": row.body,
    })
}

/// A record as an answer whose entity tag is its version.
pub(super) fn tagged(row: &RecordRow) -> Response {
    let mut answer = axum::Json(record(row)).into_response();
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", row.version)) {
        answer.headers_mut().insert(header::ETAG, tag);
    }
    answer
}

/// A version of a record.
pub(super) fn version(row: &VersionRow) -> Value {
    json!({
        "version": row.version,
        "effective_at": from_micros(row.effective_at),
        "recorded_at": from_micros(row.recorded_at),
        "actor": row.actor,
        "action": row.action,
        "deleted": row.deleted,
        "leaf": row.leaf,
        "body": row.body,
    })
}

/// A page of rows.
pub(super) fn items(items: Vec<Value>, total: i64, (limit, offset): (i64, i64), most: i64) -> Value {
    json!({
        "items": items,
        "total": total.min(most - 1),
        "total_is_exact": total < most,
        "limit": limit,
        "offset": offset,
    })
}
