//! Removing a record.

use super::list_href;
use crate::error::Answer;
use crate::list::ListAddress;
use crate::posted::Posted;
use crate::server::App;
use crate::session::Who;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use warrant_service::ServiceError;

/// Removes the version that was read; a newer one is refused.
pub(super) async fn delete(
    State(app): State<App>,
    who: Who,
    Path((kind, id)): Path<(String, String)>,
    address: ListAddress,
    posted: Posted,
) -> Answer {
    drop(posted);
    let entry = app.service.kind(&kind)?;
    super::detail::of_kind(&app, &who.actor, entry, &id).await?;
    let version = address.get("version").parse::<i64>();
    let version =
        version.map_err(|_| ServiceError::field("version", "which version to remove was not said"))?;
    app.service.delete(&who.actor, &id, version).await?;
    Ok(Redirect::to(&list_href(entry.spec.name)).into_response())
}
