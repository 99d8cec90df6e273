//! One declaration gives a kind its list, form, page, tables and life cycle.

use crate::lamp::Room;
use axum::body::Body;
use axum::http::{Request, StatusCode};

#[tokio::test]
async fn a_kind_of_a_test_has_a_list_a_form_and_a_page() {
    let room = Room::open().await;
    let (system, lamp) = room.lit().await;
    assert!(room.page("/records").await.text.contains("Lamps"));
    let list = room.page("/records/lamp").await.text;
    for shown in ["Desk lamp", "Server room", "Off", "New lamp", "/records/lamp.csv", "lamp.template.xlsx"] {
        assert!(list.contains(shown), "the list lacks {shown}");
    }
    assert!(!room.page("/records/lamp?q=window").await.text.contains("Desk lamp"));
    assert!(room.page("/records/lamp?state=off").await.text.contains("Desk lamp"));
    let new =
        format!("/records/lamp/new?name=Door&system={}&bulbs.0.socket=E27&next=/record/ledger", system.id);
    let form = room.page(&new).await.text;
    for filled in
        ["value=\"Door\"", "value=\"E27\"", "name=\"next\" value=\"/record/ledger\"", "name=\"watts\""]
    {
        assert!(form.contains(filled), "the form lacks {filled}");
    }
    let page = room.page(&format!("/records/lamp/{}", lamp.id)).await.text;
    for shown in ["Desk lamp", "Light", "created it", "Nothing has been said", "Remove the lamp Desk lamp?"] {
        assert!(page.contains(shown), "the page lacks {shown}");
    }
    for ending in ["csv", "xlsx", "json"] {
        let file = room.page(&format!("/records/lamp.{ending}")).await;
        assert_eq!(file.status, StatusCode::OK);
        assert_eq!(file.headers["content-disposition"], format!("attachment; filename=\"lamp.{ending}\""));
    }
    assert!(room.page("/records/lamp.template.csv").await.text.contains("id,name,system,state,watts,bulbs"));
    assert_eq!(room.page("/records/lamp.docx").await.status, StatusCode::NOT_FOUND);
    assert_eq!(room.page(&format!("/records/person/{}", lamp.id)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn records_are_made_changed_stepped_and_removed_through_forms() {
    let room = Room::open().await;
    let (system, lamp) = room.lit().await;
    let bad = room.form("/records/lamp", "name=&system=&watts=many").await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.text.contains("field-problem"));
    let made =
        room.form("/records/lamp", &format!("name=Door&system={}&next=//evil.example", system.id)).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER);
    assert!(made.headers["location"].to_str().unwrap().starts_with("/records/lamp/lamp_"));
    let made =
        room.form("/records/lamp", &format!("name=Roof&system={}&next=%2Fpoam%3Fq%3Dx", system.id)).await;
    assert_eq!(made.headers["location"], "/poam?q=x");
    let href = format!("/records/lamp/{}", lamp.id);
    let step = room.form(&format!("{href}/state"), "to=on").await;
    assert_eq!(step.status, StatusCode::UNPROCESSABLE_ENTITY);
    let step = room.form(&format!("{href}/state"), "to=on&watts=7&next=/x").await;
    assert_eq!((step.status, &step.headers["location"]), (StatusCode::SEE_OTHER, &"/x".parse().unwrap()));
    let stale = format!("name=Mine&system={}&state=off&_version=1", system.id);
    let conflict = room.form(&href, &stale).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    assert!(conflict.text.contains("In the record now") && conflict.text.contains("Mine"));
    assert!(conflict.text.contains("name=\"_version\" value=\"2\""));
    let note = room.form(&format!("{href}/notes"), "text=Too+bright").await;
    assert_eq!(note.status, StatusCode::SEE_OTHER);
    let page = room.page(&href).await.text;
    assert!(page.contains("Too bright") && page.contains("took it to on") && page.contains("<ins>7</ins>"));
    assert_eq!(room.form(&format!("{href}/delete?version=1"), "").await.status, StatusCode::CONFLICT);
    assert_eq!(room.form(&format!("{href}/delete?version=2"), "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(room.page(&href).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn several_records_change_at_once_after_a_look() {
    let room = Room::open().await;
    let (system, lamp) = room.lit().await;
    let other = room.make("lamp", serde_json::json!({"name": "Roof", "system": system.id, "watts": 9})).await;
    let rows = format!("row={}&row={}", lamp.id, other.id);
    assert_eq!(room.form("/records/lamp/bulk", "verb=change").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(room.form("/records/lamp/bulk", &rows).await.text.contains("<option value=\"watts\">"));
    let value = room.form("/records/lamp/bulk", &format!("{rows}&field=watts")).await;
    assert!(value.text.contains("name=\"watts\""));
    let bad = room.form("/records/lamp/bulk", &format!("{rows}&field=watts&stage=apply&watts=x")).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    let preview = room.form("/records/lamp/bulk", &format!("{rows}&field=watts&stage=preview&watts=9")).await;
    assert!(preview.text.contains("1 of 2") && preview.text.contains("stays as it is"));
    let done = room.form("/records/lamp/bulk", &format!("{rows}&field=watts&stage=apply&watts=9")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let actor = warrant_service::Actor::program();
    assert_eq!(room.service.record(&actor, &lamp.id).await.unwrap().body["watts"], 9);
}

#[tokio::test]
async fn a_table_is_looked_at_before_it_is_written() {
    let room = Room::open().await;
    let (_, lamp) = room.lit().await;
    let upload = |csrf: &str, csv: &str| {
        let body = format!(
            "--X\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n{csrf}\r\n--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"lamps.csv\"\r\n\r\n{csv}\r\n--X--\r\n"
        );
        Request::post("/records/lamp/import")
            .header("cookie", format!("warrant_session={}", room.token))
            .header("content-type", "multipart/form-data; boundary=X")
            .body(Body::from(body))
            .unwrap()
    };
    let csv = "name,system,watts\nDesk lamp,Server room,5\nDoor,Server room,7\n";
    assert_eq!(room.send(upload("forged", csv)).await.status, StatusCode::FORBIDDEN);
    let wrong = room.send(upload(&room.csrf, "name,system,watts\nDoor,Nowhere,7\n")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("lamps.csv line 2"));
    let preview = room.send(upload(&room.csrf, csv)).await;
    assert_eq!(preview.status, StatusCode::OK);
    let actor = warrant_service::Actor::program();
    assert_eq!(room.service.record(&actor, &lamp.id).await.unwrap().version, 1);
    let at = preview.text.find("/records/lamp/import/").unwrap();
    let href: String = preview.text[at..].chars().take_while(|c| *c != '"').collect();
    assert_eq!(room.form(&href, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(room.service.record(&actor, &lamp.id).await.unwrap().body["watts"], 5);
    assert!(room.page("/records/lamp").await.text.contains("Door"));
    assert_eq!(room.form(&href, "").await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn search_finds_records_pages_and_actions() {
    let room = Room::open().await;
    room.lit().await;
    let page = room.page("/search?q=desk").await.text;
    assert!(page.contains("Desk lamp") && page.contains("Lamp"));
    let request = Request::get("/search?q=lamp")
        .header("cookie", format!("warrant_session={}", room.token))
        .header("x-fragment", "palette-results");
    let found = room.send(request.body(Body::empty()).unwrap()).await.text;
    assert!(found.starts_with("<div id=\"palette-results\">"), "{found}");
    assert!(found.contains("New lamp") && found.contains("Desk lamp"));
}

#[tokio::test]
async fn the_other_pages_answer() {
    let room = Room::open().await;
    room.lit().await;
    for path in [
        "/admin",
        "/account",
        "/checks",
        "/checks?state=finding",
        "/checks/poam-overdue",
        "/checks/task-overdue",
        "/programme",
        "/programme.csv",
        "/programme/training",
        "/programme/training.xlsx",
        "/watch",
        "/api/v1/docs",
    ] {
        assert_eq!(room.page(path).await.status, StatusCode::OK, "{path}");
    }
    assert_eq!(room.page("/checks/no-such-check").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn accounts_are_made_and_a_link_is_shown_once() {
    let room = Room::open().await;
    let made = room.form("/admin/accounts", "email=new@test.example&name=New&role=reader&unit=").await;
    assert!(made.text.contains("/sign-in/") && made.text.contains("new@test.example"));
    assert!(!room.page("/admin").await.text.contains("code>/sign-in/"));
    let twice = room.form("/admin/accounts", "email=new@test.example&role=reader&unit=").await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    let own = room.form("/admin/role", "email=officer@test.example&unit=&role=").await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(room.form("/admin/enabled?email=new@test.example", "").await.status, StatusCode::SEE_OTHER);
    assert!(room.page("/admin").await.text.contains("Disabled"));
    let short = room.form("/account/password", "password=short&again=short").await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unequal = room.form("/account/password", "password=a+long+enough+one&again=another+long+one").await;
    assert!(unequal.text.contains("not the same"));
    let set = room.form("/account/password", "password=a+long+enough+one&again=a+long+enough+one").await;
    assert_eq!(set.status, StatusCode::SEE_OTHER);
    assert_eq!(room.page("/account").await.status, StatusCode::SEE_OTHER, "every session has ended");
    assert!(room.service.sign_in("officer@test.example", "a long enough one").await.is_ok());
}

#[tokio::test]
async fn forms_show_what_a_record_names_by_title() {
    let room = Room::open().await;
    let (system, _) = room.lit().await;
    let query = warrant_service::query::DeficiencyQuery {
        system: Some(system.id.clone()),
        limit: 1,
        ..Default::default()
    };
    let actor = warrant_service::Actor::program();
    let deficiency = room.service.queue(&actor, &query).await.unwrap().rows.remove(0).deficiency;
    let of = format!("system={}&deficiencies={}", system.id, deficiency.id);
    let form = room.page(&format!("/records/poam_item/new?{of}")).await.text;
    let shown = format!("value=\"{}\" checked><span>{}", deficiency.id, deficiency.title);
    assert!(form.contains(&shown), "no {shown}");
    let of = format!("system={}&deficiency=nothing-of-this-name&check=system-unowned", system.id);
    let form = room.page(&format!("/records/exception/new?{of}")).await.text;
    assert!(form.contains("selected>nothing-of-this-name (not found)</option>"));
    assert!(form.contains(&format!("<option value=\"{}\">{}", deficiency.id, deficiency.title)));
    assert!(!form.contains(">system-unowned<"), "a check is shown by its title");
}
