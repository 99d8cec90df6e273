//! The OpenAPI 3.1 document, made from the table of routes and the kinds' JSON schemas.

use super::error::{ApiAnswer, json};
use super::routes::{Gives, Parameter, ROUTES, Route, Sends, Sort};
use super::who::Caller;
use crate::look::words::capital;
use crate::server::App;
use axum::extract::State;
use serde_json::{Map, Value, json as value};
use std::collections::BTreeMap;
use warrant_model::Registry;
use warrant_model::registry::KindEntry;

/// The document as an answer.
pub(super) async fn answer(State(app): State<App>, caller: Caller) -> ApiAnswer {
    drop(caller);
    json(document(app.service.registry()))
}

/// The document for these kinds.
pub fn document(registry: &Registry) -> Value {
    let mut schemas = fixed_schemas();
    for kind in registry.kinds() {
        add_schemas(kind, &mut schemas);
    }
    let mut paths: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for route in ROUTES {
        if route.path.contains("{kind}") {
            for kind in registry.kinds() {
                let path = route.path.replace("{kind}", kind.spec.name);
                paths.entry(path).or_default().insert(route.method.to_owned(), operation(route, Some(kind)));
            }
        } else {
            let path = route.path.to_owned();
            paths.entry(path).or_default().insert(route.method.to_owned(), operation(route, None));
        }
    }
    value!({
        "openapi": "3.1.0",
        "info": {
            "title": "Warrant",
            "version": "1",
            "description": "Evidence, posture, corrective action, decision, document: what the pages do, as JSON. Times are RFC 3339 in UTC. Errors carry a stable code, what happened, what to do, and the fields concerned.",
        },
        "servers": [{ "url": "/api/v1" }],
        "security": [{ "bearer": [] }, { "cookie": [], "csrf": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": {
                "Error": { "description": "It was not done, and why.", "content": content(reference("Error")) },
            },
            "securitySchemes": {
                "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "warrant_…", "description": "A program's token, made under Account or by `warrant token add`. It acts for its owner, no further than their roles and its own limits." },
                "cookie": { "type": "apiKey", "in": "cookie", "name": "warrant_session", "description": "The browser's session." },
                "csrf": { "type": "apiKey", "in": "header", "name": "X-CSRF", "description": "The session's request token; needed to write with the cookie." },
            },
        },
    })
}

/// `poam_item` → `PoamItem`.
pub(super) fn type_name(kind: &str) -> String {
    kind.split('_').map(capital).collect()
}

fn reference(name: &str) -> Value {
    value!({ "$ref": format!("#/components/schemas/{name}") })
}

fn content(schema: Value) -> Value {
    value!({ "application/json": { "schema": schema } })
}

/// A kind's schema, its definitions beside it.
fn add_schemas(kind: &KindEntry, schemas: &mut BTreeMap<String, Value>) {
    let name = type_name(kind.spec.name);
    let mut schema = kind.schema.clone();
    let definitions = schema.as_object_mut().and_then(|object| {
        object.remove("$schema");
        object.remove("$defs")
    });
    let mut renamed: BTreeMap<String, String> = BTreeMap::new();
    let mut taken: Vec<(String, Value)> = Vec::new();
    for (given, definition) in definitions.as_ref().and_then(Value::as_object).into_iter().flatten() {
        // Two kinds may each have a `Row` of their own.
        let same = schemas.get(given).is_none_or(|known| known == definition);
        let unique = if same { given.clone() } else { format!("{name}{given}") };
        renamed.insert(given.clone(), unique.clone());
        taken.push((unique, definition.clone()));
    }
    for (unique, mut definition) in taken {
        rewrite(&mut definition, &renamed);
        schemas.insert(unique, definition);
    }
    rewrite(&mut schema, &renamed);
    schemas.insert(name.clone(), schema);
    schemas.insert(
        format!("{name}Record"),
        value!({
            "allOf": [reference("Record"), { "type": "object", "properties": { "body": reference(&name) } }],
        }),
    );
}

fn rewrite(schema: &mut Value, renamed: &BTreeMap<String, String>) {
    match schema {
        Value::Object(object) => {
            for (key, inner) in object.iter_mut() {
                match inner {
                    Value::String(path) if key == "$ref" => {
                        let given = path.strip_prefix("#/$defs/").map(str::to_owned);
                        if let Some(name) = given.map(|given| renamed.get(&given).cloned().unwrap_or(given)) {
                            *path = format!("#/components/schemas/{name}");
                        }
                    }
                    inner => rewrite(inner, renamed),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rewrite(item, renamed)),
        _ => {}
    }
}

fn fixed_schemas() -> BTreeMap<String, Value> {
    let text = || value!({ "type": "string" });
    let instant = || value!({ "type": "string", "format": "date-time" });
    let whole = || value!({ "type": "integer" });
    let problem = value!({ "type": "object", "properties": { "field": text(), "message": text() }, "required": ["field", "message"] });
    let fixed = [
        (
            "Error",
            value!({
                "type": "object",
                "properties": { "code": text(), "message": text(), "remedy": text(), "problems": { "type": "array", "items": problem } },
                "required": ["code", "message", "remedy", "problems"],
            }),
        ),
        (
            "Record",
            value!({
                "type": "object",
                "properties": {
                    "id": text(), "kind": text(), "version": whole(), "title": text(), "state": text(), "system": text(),
                    "unit": text(), "created_at": instant(), "updated_at": instant(), "updated_by": text(),
                    "body": { "type": "object" },
                },
                "required": ["id", "kind", "version", "body"],
            }),
        ),
        (
            "Page",
            value!({
                "type": "object",
                "properties": {
                    "items": { "type": "array", "items": { "type": "object" } }, "total": whole(),
                    "total_is_exact": { "type": "boolean" }, "limit": whole(), "offset": whole(),
                },
                "required": ["items", "total", "total_is_exact", "limit", "offset"],
            }),
        ),
        (
            "Step",
            value!({
                "type": "object",
                "properties": { "to": { "type": "string", "description": "The state to go to." }, "fields": { "type": "object" } },
                "required": ["to"],
            }),
        ),
    ];
    fixed.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

fn operation(route: &Route, kind: Option<&KindEntry>) -> Value {
    let name = kind.map(|kind| type_name(kind.spec.name));
    let id = route.name.replace("{Kind}", name.as_deref().unwrap_or_default());
    let tag = match kind {
        Some(kind) => kind.spec.plural.to_owned(),
        None => type_name(route.path.split('/').nth(1).unwrap_or_default().trim_end_matches(".json")),
    };
    let mut operation = value!({
        "operationId": id,
        "summary": route.summary,
        "tags": [tag],
        "responses": responses(route, name.as_deref()),
    });
    let parameters = parameters(route);
    if !parameters.is_empty() {
        operation["parameters"] = Value::Array(parameters);
    }
    if let Some(body) = body(route, name.as_deref()) {
        operation["requestBody"] = value!({ "required": true, "content": body });
    }
    operation
}

fn parameters(route: &Route) -> Vec<Value> {
    let in_path = route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let in_path = in_path
        .filter(|name| *name != "kind")
        .map(|name| value!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }));
    let in_query = route.query.iter().map(|Parameter(name, sort, about)| {
        let schema = match sort {
            Sort::Text | Sort::Instant => value!({ "type": "string" }),
            Sort::Integer => value!({ "type": "integer" }),
            Sort::Bool => value!({ "type": "boolean" }),
        };
        value!({ "name": name, "in": "query", "description": about, "schema": schema })
    });
    in_path.chain(in_query).collect()
}

fn body(route: &Route, kind: Option<&str>) -> Option<Value> {
    match route.sends {
        Sends::Nothing => None,
        Sends::Record => Some(content(reference(kind?))),
        Sends::Fields => Some(content(value!({ "type": "object" }))),
        Sends::Step => Some(content(reference("Step"))),
        Sends::File => Some(value!({ "application/octet-stream": {} })),
    }
}

fn responses(route: &Route, kind: Option<&str>) -> Value {
    let record = || kind.map_or_else(|| reference("Record"), |kind| reference(&format!("{kind}Record")));
    let (status, schema) = match route.gives {
        Gives::Record => ("200", Some(record())),
        Gives::Created => ("201", Some(record())),
        Gives::Records => (
            "200",
            Some(value!({
                "allOf": [reference("Page"), { "type": "object", "properties": { "items": { "type": "array", "items": record() } } }],
            })),
        ),
        Gives::Page => ("200", Some(reference("Page"))),
        Gives::List => ("200", Some(value!({ "type": "array", "items": { "type": "object" } }))),
        Gives::Object => ("200", Some(value!({ "type": "object" }))),
        Gives::Nothing => ("204", None),
    };
    let done = match schema {
        Some(schema) => value!({ "description": "Done.", "content": content(schema) }),
        None => value!({ "description": "Done." }),
    };
    value!({ status: done, "default": { "$ref": "#/components/responses/Error" } })
}
