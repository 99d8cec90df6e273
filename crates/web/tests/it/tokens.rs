//! Tokens of programs over HTTP: the API takes them, pages do not; made, shown once and ended on pages.

use crate::lamp::{Got, Room};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::json;
use warrant_model::scope::Role;
use warrant_service::Actor;
use warrant_service::tokens::{TokenState, Tokens};

async fn with(room: &Room, authorization: &str, method: Method, path: &str) -> Got {
    let request = Request::builder().method(method).uri(path).header("authorization", authorization);
    room.send(request.body(Body::empty()).unwrap()).await
}

/// The token on a page, which shows it once.
fn shown(text: &str) -> String {
    let start = text.find("<code>warrant_").map(|at| at + 6);
    let rest = &text[start.expect("a token on the page")..];
    rest[..rest.find('<').unwrap()].to_owned()
}

#[tokio::test]
async fn the_api_takes_tokens_and_pages_do_not() {
    let room = Room::open().await;
    let bearer = format!("Bearer {}", room.program);
    assert_eq!(with(&room, &bearer, Method::GET, "/api/v1/systems").await.status, StatusCode::OK);
    for page in ["/systems", "/account", "/admin/tokens", "/findings.csv", "/api/v1/docs"] {
        let got = with(&room, &bearer, Method::GET, page).await;
        assert!(
            matches!(got.status, StatusCode::SEE_OTHER | StatusCode::UNAUTHORIZED),
            "{page}: {} for a program",
            got.status
        );
    }
    // A session's token is for the browser that holds its cookie.
    for wrong in [format!("Bearer {}", room.token), "Bearer".to_owned(), "Basic b2ZmaWNlcjp4".to_owned()] {
        let got = with(&room, &wrong, Method::GET, "/api/v1/systems").await;
        assert_eq!((got.status.as_u16(), &got.json()["code"]), (401, &json!("sign-in")), "{wrong}");
    }
}

#[tokio::test]
async fn a_token_is_made_shown_once_used_and_ended() {
    let room = Room::open().await;
    let (system, _) = room.lit().await;
    let bad = room.form("/account/tokens", "name=&role=reader&last_day=2030-01-01").await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!bad.text.contains("warrant_") || !bad.text.contains("<code>warrant_"), "no token was made");
    let made = room.form("/account/tokens", "name=Reading%20%3Cb%3E&role=reader&last_day=2026-12-24").await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    let token = shown(&made.text);
    assert!(made.text.contains("Reading &lt;b&gt;") && !made.text.contains("Reading <b>"));
    let later = room.page("/account").await;
    assert!(later.text.contains("Reading &lt;b&gt;") && !later.text.contains(&token), "it is shown once");
    let bearer = format!("Bearer {token}");
    let read = with(&room, &bearer, Method::GET, "/api/v1/records/lamp").await;
    assert_eq!(read.json()["total"], 1);
    let body = json!({"name": "Door", "system": system.id}).to_string();
    let write = Request::post("/api/v1/records/lamp")
        .header("authorization", &bearer)
        .header("content-type", "application/json");
    let write = room.send(write.body(Body::from(body)).unwrap()).await;
    assert_eq!((write.status.as_u16(), &write.json()["code"]), (403, &json!("denied")));
    let import =
        Request::post("/api/v1/import?name=x.json&system=Server%20room").header("authorization", &bearer);
    assert_eq!(room.send(import.body(Body::from("{}")).unwrap()).await.status, StatusCode::FORBIDDEN);
    let all = room.page("/admin/tokens").await;
    assert!(all.text.contains("officer@test.example") && all.text.contains("Reading &lt;b&gt;"));
    let csv = room.page("/admin/tokens.csv?q=reading").await;
    assert!(csv.text.contains("Reading") && !csv.text.contains("Test\n"), "{}", csv.text);
    let tokens = room.service.list_tokens(&Actor::program(), Tokens::All).await.unwrap();
    let id = tokens.iter().find(|view| view.row.name.starts_with("Reading")).unwrap().row.id.clone();
    let ended = room.form(&format!("/account/tokens/end?id={id}"), "").await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    let refused = with(&room, &bearer, Method::GET, "/api/v1/records/lamp").await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert!(refused.json()["message"].as_str().unwrap().contains("ended"), "{}", refused.text);
}

#[tokio::test]
async fn only_officers_of_the_whole_see_and_end_the_tokens_of_others() {
    let room = Room::open().await;
    let program = Actor::program();
    let (service, eve) = (&room.service, "eve@test.example");
    service.create_account(&program, eve, "Eve", None, (Role::Engineer, "")).await.unwrap();
    let link = service.one_time_link(&program, eve).await.unwrap();
    let token = service.sign_in_with_link(&link).await.unwrap().token;
    let csrf = service.session(&token).await.unwrap().unwrap().csrf;
    let cookie = format!("warrant_session={token}");
    let officers = service.list_tokens(&program, Tokens::All).await.unwrap()[0].row.id.clone();
    for path in ["/admin", "/admin/tokens", "/admin/tokens.csv"] {
        let request = Request::get(path).header("cookie", &cookie).body(Body::empty()).unwrap();
        assert_eq!(room.send(request).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    for path in ["/admin/tokens/end", "/account/tokens/end"] {
        let request = Request::post(format!("{path}?id={officers}"))
            .header("cookie", &cookie)
            .header("content-type", "application/x-www-form-urlencoded");
        let got = room.send(request.body(Body::from(format!("_csrf={csrf}"))).unwrap()).await;
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{path}");
    }
    let ended = room.form(&format!("/admin/tokens/end?id={officers}"), "").await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    let after = service.list_tokens(&program, Tokens::All).await.unwrap();
    assert_eq!(after[0].state, TokenState::Ended);
}
