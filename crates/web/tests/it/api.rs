//! The REST API: its document, its errors, who may write, and that every path of the document answers.

use crate::lamp::Room;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::{Value, json};

/// Compares with the golden file; `UPDATE=1` rewrites it.
#[test]
fn the_document_is_the_one_on_file() {
    let document = warrant_web::api::document(&warrant_model::Registry::standard());
    let text = serde_json::to_string_pretty(&document).unwrap() + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/openapi.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden")).unwrap();
        std::fs::write(path, &text).unwrap();
    }
    let known = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        known == text,
        "the API changed: look at the change, then UPDATE=1 cargo nextest run -p warrant-web"
    );
}

#[test]
fn every_reference_of_the_document_leads_somewhere() {
    fn references<'d>(value: &'d Value, found: &mut Vec<&'d str>) {
        match value {
            Value::Object(object) => {
                found.extend(object.get("$ref").and_then(Value::as_str));
                object.values().for_each(|inner| references(inner, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document = warrant_web::api::document(&warrant_model::Registry::standard());
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(found.len() > 100);
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
}

#[tokio::test]
async fn every_path_of_the_document_answers() {
    let room = Room::open().await;
    let (system, lamp) = room.lit().await;
    let document = room.api(Method::GET, "/openapi.json", None).await.json();
    assert!(document["components"]["schemas"]["LampRecord"].is_object());
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.contains_key("/records/lamp/{id}/state") && paths.len() > 70, "{}", paths.len());
    for (path, operations) in paths {
        let id = if path.starts_with("/systems/") { &system.id } else { &lamp.id };
        let address = path.replace("{id}", id).replace("{hash}", "00");
        for (method, _) in operations.as_object().unwrap() {
            let method: Method = method.to_uppercase().parse().unwrap();
            let got = room.api(method.clone(), &address, None).await;
            let status = got.status.as_u16();
            // Without its body or an existing id an endpoint refuses; the router itself never does.
            assert!(!matches!(status, 401 | 405 | 500..), "{method} {path}: {status} {}", got.text);
            if status >= 400 {
                let error = got.json();
                for part in ["code", "message", "remedy", "problems"] {
                    assert!(!error[part].is_null(), "{method} {path}: {error}");
                }
                assert!(!error["message"].as_str().unwrap().contains("endpoint"), "{method} {path}: {error}");
            }
            if method == Method::DELETE && status == 204 {
                panic!("{path} was removed without a version");
            }
        }
    }
}

#[tokio::test]
async fn a_kind_of_a_test_lives_through_the_api() {
    let room = Room::open().await;
    let (system, _) = room.lit().await;
    let made =
        room.api(Method::POST, "/records/lamp", Some(json!({"name": "Door", "system": system.id}))).await;
    assert_eq!((made.status, &made.headers["etag"]), (StatusCode::CREATED, &"\"1\"".parse().unwrap()));
    let href = made.headers["location"].to_str().unwrap().strip_prefix("/api/v1").unwrap().to_owned();
    let bad = room.api(Method::POST, "/records/lamp", Some(json!({"watts": "many"}))).await;
    assert_eq!((bad.status.as_u16(), &bad.json()["code"]), (422, &json!("invalid")));
    assert!(!bad.json()["problems"].as_array().unwrap().is_empty());
    let list = room
        .api(Method::GET, "/records/lamp?q=door&state=off&system=Server%20room&limit=1", None)
        .await
        .json();
    assert_eq!((&list["total"], &list["items"][0]["body"]["name"]), (&json!(1), &json!("Door")));
    assert_eq!(room.api(Method::GET, "/records/lamp?limit=501", None).await.status.as_u16(), 422);
    let missing = room.api(Method::POST, &format!("{href}/state"), Some(json!({"to": "on"}))).await;
    assert_eq!(missing.json()["problems"][0]["field"], "watts");
    let on = json!({"to": "on", "fields": {"watts": 7}});
    assert_eq!(room.api(Method::POST, &format!("{href}/state"), Some(on)).await.json()["state"], "on");
    let patched = room.api(Method::PATCH, &href, Some(json!({"watts": 9}))).await.json();
    assert_eq!((&patched["version"], &patched["body"]["watts"]), (&json!(3), &json!(9)));
    let body = patched["body"].clone();
    assert_eq!(room.api(Method::PUT, &href, Some(body.clone())).await.status.as_u16(), 428);
    let stale = room.api(Method::PUT, &format!("{href}?version=1"), Some(body.clone())).await;
    assert_eq!((stale.status.as_u16(), &stale.json()["code"]), (409, &json!("conflict")));
    let history = room.api(Method::GET, &format!("{href}/history"), None).await.json();
    assert_eq!(history.as_array().unwrap().len(), 3);
    let gone = room.api(Method::DELETE, &format!("{href}?version=3"), None).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(room.api(Method::GET, &href, None).await.json()["code"], "not-found");
    let kinds = room.api(Method::GET, "/kinds", None).await.json();
    assert!(kinds.as_array().unwrap().iter().any(|kind| kind["name"] == "lamp"));
}

#[tokio::test]
async fn a_cookie_writes_only_with_the_request_token() {
    let room = Room::open().await;
    let (system, _) = room.lit().await;
    let request = |csrf: Option<&str>| {
        let request = Request::post("/api/v1/records/lamp")
            .header("cookie", format!("warrant_session={}", room.token))
            .header("content-type", "application/json");
        let request = csrf.into_iter().fold(request, |request, csrf| request.header("x-csrf", csrf));
        request.body(Body::from(json!({"name": "Door", "system": system.id}).to_string())).unwrap()
    };
    for forged in [None, Some(""), Some("0000")] {
        let got = room.send(request(forged)).await;
        assert_eq!((got.status.as_u16(), &got.json()["code"]), (403, &json!("denied")));
    }
    assert_eq!(room.send(request(Some(&room.csrf))).await.status, StatusCode::CREATED);
    let read = Request::get("/api/v1/kinds").header("cookie", format!("warrant_session={}", room.token));
    assert_eq!(room.send(read.body(Body::empty()).unwrap()).await.status, StatusCode::OK);
    let nobody = room.send(Request::get("/api/v1/kinds").body(Body::empty()).unwrap()).await;
    assert_eq!((nobody.status.as_u16(), &nobody.json()["code"]), (401, &json!("sign-in")));
    let lost = room.api(Method::GET, "/nothing", None).await;
    assert_eq!((lost.status.as_u16(), &lost.json()["code"]), (404, &json!("not-found")));
    assert_eq!(room.api(Method::PUT, "/kinds", None).await.json()["code"], "method");
}

#[tokio::test]
async fn evidence_comes_in_through_the_api() {
    let room = Room::open().await;
    room.lit().await;
    let request = |query: &str, body: Vec<u8>| {
        Request::post(format!("/api/v1/import?{query}"))
            .header("authorization", format!("Bearer {}", room.program))
            .body(Body::from(body))
            .unwrap()
    };
    assert_eq!(room.send(request("", Vec::new())).await.status.as_u16(), 400);
    let junk = room.send(request("name=x.bin&system=Server%20room", b"junk".to_vec())).await;
    assert_eq!((junk.status.as_u16(), &junk.json()["code"]), (422, &json!("unreadable")));
    let sbom = json!({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"timestamp": "2026-11-20T10:00:00Z", "component": {"type": "application", "name": "portal"}},
        "components": [{"type": "library", "name": "left-pad", "version": "1.0", "purl": "pkg:npm/left-pad@1.0"}],
    });
    let dry =
        room.send(request("name=sbom.json&system=Server%20room&dry_run=true", sbom.to_string().into())).await;
    assert_eq!(dry.status, StatusCode::OK, "{}", dry.text);
    assert_eq!(room.api(Method::GET, "/evidence", None).await.json()["total"], 0);
    let done =
        room.send(request("name=sbom.json&system=Server%20room", sbom.to_string().into())).await.json();
    let hash = done["evidence"].as_str().unwrap();
    assert_eq!(
        room.api(Method::GET, &format!("/evidence/{hash}"), None).await.json()[0]["name"],
        "sbom.json"
    );
    let proof = room.api(Method::GET, &format!("/ledger/proof/{hash}"), None).await.json();
    assert!(proof["proof"].as_str().unwrap().contains("tlog-proof"));
    assert_eq!(room.api(Method::POST, "/ledger/verify", None).await.json()["intact"], true);
}
