//! Records of every kind.

use super::error::{ApiAnswer, ApiError, json};
use super::query;
use super::record::{items, record, tagged, version};
use super::who::Caller;
use crate::list::ListAddress;
use crate::server::App;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use serde_json::{Value, json as value};
use warrant_model::kind::{Ended, KindScope};
use warrant_model::registry::KindEntry;
use warrant_service::query::{RecordOrder, RecordQuery, RecordRow};
use warrant_service::records::COUNT_LIMIT;
use warrant_service::{Actor, ServiceError};

type Body = Result<Json<Value>, JsonRejection>;

/// Every kind with its declaration and schema.
pub(super) async fn kinds(State(app): State<App>, Caller(actor): Caller) -> ApiAnswer {
    let counts = app.service.kind_counts(&actor).await?;
    let kind = |kind: &KindEntry| {
        let spec = &kind.spec;
        let states = spec.workflow.map(|workflow| {
            let states = workflow.states.iter().map(|state| {
                value!({ "name": state.name, "title": state.title, "ended": state.ended == Ended::Ended })
            });
            let steps = workflow.transitions.iter().map(|step| {
                value!({ "from": step.from, "to": step.to, "verb": step.verb, "requires": step.requires, "role": step.role.word() })
            });
            value!({ "field": workflow.field, "states": states.collect::<Vec<_>>(), "steps": steps.collect::<Vec<_>>() })
        });
        value!({
            "name": spec.name, "prefix": spec.prefix, "title": spec.title, "plural": spec.plural,
            "about": spec.about, "source": spec.source, "title_field": spec.title_field,
            "identity": spec.identity, "workflow": states,
            "records": counts.get(spec.name).copied().unwrap_or_default(),
            "schema": kind.schema,
        })
    };
    json(app.service.registry().kinds().map(kind).collect::<Vec<_>>())
}

/// Records of a kind.
pub(super) async fn list(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(kind): Path<String>,
    address: ListAddress,
) -> ApiAnswer {
    let kind = app.service.kind(&kind)?;
    let (limit, offset) = query::page(&address)?;
    let (order, descending) = match address.sorted() {
        ("", _) | ("title", false) => (RecordOrder::Title, false),
        ("title", down) => (RecordOrder::Title, down),
        ("state", down) => (RecordOrder::State, down),
        ("updated", down) => (RecordOrder::Updated, down),
        (other, _) => {
            return Err(ApiError::parameter(
                "sort",
                format!("`{other}` is not `title`, `state` or `updated`"),
            ));
        }
    };
    let system_field = match kind.spec.scope {
        KindScope::System(field) | KindScope::SystemOrOrganisation(field) => Some(field),
        _ => None,
    };
    let own =
        kind.fields.iter().filter(|field| Some(field.name.as_str()) != system_field && field.name != "state");
    let query = RecordQuery {
        kind: kind.spec.name.to_owned(),
        text: address.get("q").to_lowercase(),
        system: query::system(&app, &actor, &address).await?,
        state: address.some("state"),
        fields: own
            .filter_map(|field| Some((field.name.clone(), address.some(&field.name)?.to_lowercase())))
            .collect(),
        order,
        descending,
        limit,
        offset,
    };
    let page = app.service.list_records(&actor, &query).await?;
    json(items(page.rows.iter().map(record).collect(), page.total, (limit, offset), COUNT_LIMIT))
}

/// A new record.
pub(super) async fn create(
    State(app): State<App>,
    Caller(actor): Caller,
    Path(kind): Path<String>,
    body: Body,
) -> ApiAnswer {
    let body = read(body)?;
    let kind = app.service.kind(&kind)?.spec.name;
    let row = app.service.create(&actor, kind, body).await?;
    let mut answer = tagged(&row);
    *answer.status_mut() = StatusCode::CREATED;
    if let Ok(place) = HeaderValue::from_str(&format!("/api/v1/records/{kind}/{}", row.id)) {
        answer.headers_mut().insert(header::LOCATION, place);
    }
    Ok(answer)
}

/// One record.
pub(super) async fn one(
    State(app): State<App>,
    Caller(actor): Caller,
    Path((kind, id)): Path<(String, String)>,
) -> ApiAnswer {
    Ok(tagged(&of_kind(&app, &actor, &kind, &id).await?))
}

/// A new body for a record.
pub(super) async fn replace(
    State(app): State<App>,
    Caller(actor): Caller,
    Path((kind, id)): Path<(String, String)>,
    headers: HeaderMap,
    address: ListAddress,
    body: Body,
) -> ApiAnswer {
    let body = read(body)?;
    of_kind(&app, &actor, &kind, &id).await?;
    let version = needed_version(&headers, &address)?;
    Ok(tagged(&app.service.update(&actor, &id, version, body).await?))
}

/// New values for some fields; `null` empties one.
pub(super) async fn patch(
    State(app): State<App>,
    Caller(actor): Caller,
    Path((kind, id)): Path<(String, String)>,
    headers: HeaderMap,
    address: ListAddress,
    body: Body,
) -> ApiAnswer {
    let fields = fields_of(read(body)?)?;
    of_kind(&app, &actor, &kind, &id).await?;
    let version = version_of(&headers, &address)?;
    Ok(tagged(&app.service.patch(&actor, &id, version, &fields).await?))
}

/// Removes a record.
pub(super) async fn remove(
    State(app): State<App>,
    Caller(actor): Caller,
    Path((kind, id)): Path<(String, String)>,
    headers: HeaderMap,
    address: ListAddress,
) -> ApiAnswer {
    of_kind(&app, &actor, &kind, &id).await?;
    app.service.delete(&actor, &id, needed_version(&headers, &address)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The versions of a record, newest first; those of a removed one for officers.
pub(super) async fn history(
    State(app): State<App>,
    Caller(actor): Caller,
    Path((kind, id)): Path<(String, String)>,
) -> ApiAnswer {
    app.service.kind(&kind)?;
    let versions = app.service.history(&actor, &id).await?;
    if versions.is_empty() {
        return Err(ServiceError::NotFound { what: "record", name: id }.into());
    }
    json(versions.iter().map(version).collect::<Vec<_>>())
}

/// Takes a record to another state, filling in fields on the way.
pub(super) async fn step(
    State(app): State<App>,
    Caller(actor): Caller,
    Path((kind, id)): Path<(String, String)>,
    body: Body,
) -> ApiAnswer {
    let mut body = read(body)?;
    of_kind(&app, &actor, &kind, &id).await?;
    let to = body["to"].as_str().map(str::to_owned);
    let to = to.ok_or_else(|| ApiError::parameter("to", "the state to go to"))?;
    let fields = match body["fields"].take() {
        Value::Null => Vec::new(),
        fields => fields_of(fields)?,
    };
    Ok(tagged(&app.service.transition(&actor, &id, &to, &fields).await?))
}

async fn of_kind(app: &App, actor: &Actor, kind: &str, id: &str) -> Result<RecordRow, ApiError> {
    app.service.kind(kind)?;
    let row = app.service.record(actor, id).await?;
    if row.kind == kind {
        return Ok(row);
    }
    Err(ServiceError::NotFound { what: "record of this kind", name: id.to_owned() }.into())
}

fn read(body: Body) -> Result<Value, ApiError> {
    match body {
        Ok(Json(body)) => Ok(body),
        Err(error) => {
            let status = error.status().as_u16();
            let status = if status == 422 { 400 } else { status };
            Err(ApiError::new(status, "body", error.body_text(), "Send a JSON object as application/json."))
        }
    }
}

fn fields_of(body: Value) -> Result<Vec<(String, Value)>, ApiError> {
    match body {
        Value::Object(fields) => Ok(fields.into_iter().collect()),
        _ => Err(ApiError::parameter("", "an object of field names and values")),
    }
}

/// The version that was read: `If-Match: "3"` or `?version=3`.
fn version_of(headers: &HeaderMap, address: &ListAddress) -> Result<Option<i64>, ApiError> {
    let tag = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok());
    let text = tag.map(|tag| tag.trim().trim_start_matches("W/").trim_matches('"').to_owned());
    let Some(text) = text.or_else(|| address.some("version")) else { return Ok(None) };
    let version = text.parse();
    version.map(Some).map_err(|_| ApiError::parameter("version", format!("`{text}` is no version")))
}

fn needed_version(headers: &HeaderMap, address: &ListAddress) -> Result<i64, ApiError> {
    let missing = || {
        let message = "say which version you read: `If-Match: \"3\"` or `?version=3`";
        ApiError::new(428, "version", message, "Load the record and send its version along.")
    };
    version_of(headers, address)?.ok_or_else(missing)
}
