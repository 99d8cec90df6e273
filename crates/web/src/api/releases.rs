//! Releases and advisories.

use super::error::{ApiAnswer, ApiError, json};
use super::query;
use super::who::Caller;
use crate::list::ListAddress;
use crate::server::App;
use axum::body::Bytes;
use axum::extract::{Path, State};
use serde_json::json as value;
use std::sync::Arc;
use warrant_service::import::ImportFile;

/// Every component's releases, judged.
pub(super) async fn list(State(app): State<App>, Caller(actor): Caller, address: ListAddress) -> ApiAnswer {
    let system = query::system(&app, &actor, &address).await?;
    json(app.service.releases(&actor, system.as_deref()).await?)
}

/// One component's releases with the life of every vulnerability.
pub(super) async fn line(
    State(app): State<App>,
    Caller(actor): Caller,
    Path((system, component)): Path<(String, String)>,
) -> ApiAnswer {
    let (feed, line) = app.service.releases_of(&actor, &system, &component).await?;
    json(value!({ "feed": feed, "line": *line }))
}

/// One release.
pub(super) async fn one(
    State(app): State<App>,
    Caller(actor): Caller,
    Path((system, component, version)): Path<(String, String, String)>,
) -> ApiAnswer {
    let (feed, line, at) = app.service.release(&actor, (&system, &component, &version)).await?;
    let witnesses = app.service.witnesses(&actor, (&system, &component, &version)).await?;
    json(value!({
        "witnesses": witnesses, "feed": feed, "system": line.system, "system_name": line.system_name, "component": line.component,
        "release": line.releases[at],
    }))
}

/// Two releases compared.
pub(super) async fn compare(
    State(app): State<App>,
    Caller(actor): Caller,
    Path((system, component)): Path<(String, String)>,
    address: ListAddress,
) -> ApiAnswer {
    let needed = |name: &str, what: &str| address.some(name).ok_or_else(|| ApiError::parameter(name, what));
    let (from, to) = (needed("from", "the earlier version")?, needed("to", "the later version")?);
    let (feed, delta) = app.service.compare_releases(&actor, (&system, &component), (&from, &to)).await?;
    json(value!({ "feed": feed, "delta": delta }))
}

/// The advisories in force; null when there are none.
pub(super) async fn feed(State(app): State<App>, Caller(_): Caller) -> ApiAnswer {
    json(app.service.advisory_feed().await?)
}

/// What hits releases in use.
pub(super) async fn hitting(State(app): State<App>, Caller(actor): Caller) -> ApiAnswer {
    json(app.service.advisories_hitting(&actor).await?)
}

/// Who of ours is hit.
pub(super) async fn who(State(app): State<App>, Caller(actor): Caller, Path(id): Path<String>) -> ApiAnswer {
    json(app.service.who_is_hit(&actor, &id).await?)
}

/// Puts a bundle, or one file of advisories, in force: the body is its bytes.
pub(super) async fn load(
    State(app): State<App>,
    Caller(actor): Caller,
    address: ListAddress,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> ApiAnswer {
    let bytes = body.map_err(|error| {
        let status = error.status().as_u16();
        ApiError::new(status, "body", error.body_text(), "Send the bundle's bytes, at most 1 GiB.")
    })?;
    if bytes.is_empty() {
        return Err(ApiError::new(
            400,
            "body",
            "the body is empty",
            "Send a bundle or one file of advisories.",
        ));
    }
    let name = address.some("name").unwrap_or_else(|| "upload".to_owned());
    let file = ImportFile { name: name.clone(), bytes: Arc::from(&bytes[..]) };
    json(app.service.load_advisory_files(&actor, &name, vec![file]).await?)
}
