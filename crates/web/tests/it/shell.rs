//! What stands around pages: guides, the time machine, the way in to an empty store, and the board.

use crate::chromium::Browser;
use crate::lamp::Room;
use crate::plain::{Client, words};
use crate::site::{OFFICER, Site};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::json;
use warrant_service::query::RecordQuery;
use warrant_web::guides;

#[tokio::test]
async fn every_place_has_its_guide_beside_it() {
    let room = Room::open().await;
    let (system, _) = room.lit().await;
    let tab = |tab: &str| format!("/systems/{}{tab}", system.id);
    let mut pages: Vec<String> =
        ["/", "/systems", "/findings", "/poam", "/poam/board", "/import", "/records/lamp", "/record/ledger"]
            .map(str::to_owned)
            .to_vec();
    pages.extend(["", "/boundary", "/findings", "/compare"].map(tab));
    for path in pages {
        let page = room.page(&path).await.text;
        let (_, rest) = page.split_once("href=\"/help/").unwrap_or_else(|| panic!("{path} has no guide"));
        let name = rest.split('"').next().unwrap();
        assert!(guides::named(name).is_some(), "{path}: {name}");
    }
    assert!(room.page(&tab("/boundary")).await.text.contains("/help/system-boundary"));
    for guide in guides::all() {
        let page = room.page(&format!("/help/{}", guide.name)).await;
        assert_eq!(page.status, StatusCode::OK, "{}", guide.name);
    }
    let request = Request::get("/help/today")
        .header("cookie", format!("warrant_session={}", room.token))
        .header("x-fragment", "panel");
    let panel = room.send(request.body(Body::empty()).unwrap()).await.text;
    assert!(
        panel.starts_with("<aside") && panel.contains("id=\"panel\"") && panel.contains("How to read it"),
        "{panel}"
    );
    assert_eq!(room.page("/help/nothing").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_record_is_shown_as_it_stood_and_cannot_be_changed_there() {
    let room = Room::open().await;
    let (_, lamp) = room.lit().await;
    // A session that is used stays alive.
    for hour in ["2026-11-23T20:00:00Z", "2026-11-24T06:00:00Z"] {
        room.service.clock().set(warrant_model::time::parse(hour).unwrap());
        assert_eq!(room.page("/account").await.status, StatusCode::OK);
    }
    let actor = warrant_service::Actor::program();
    let change = [("name".to_owned(), json!("Floor lamp")), ("watts".to_owned(), json!(9))];
    room.service.patch(&actor, &lamp.id, Some(lamp.version), &change).await.unwrap();
    let href = format!("/records/lamp/{}", lamp.id);
    let now = room.page(&href).await.text;
    assert!(
        now.contains("<h1>Floor lamp")
            && now.contains("name=\"as_of\"")
            && !now.contains("As it stood on <strong>")
    );
    let then = room.page(&format!("{href}?as_of=2026-11-23")).await.text;
    assert!(
        then.contains("<h1>Desk lamp") && then.contains("As it stood on <strong>2026-11-23"),
        "{}",
        words(&then)
    );
    assert!(!then.contains("Floor lamp"), "nothing of the future is told");
    for deed in ["/edit\"", "/state\"", "/delete"] {
        assert!(!then.contains(&format!("{href}{deed}")), "{deed} on a page of the past");
    }
    assert_eq!(room.page(&format!("{href}?as_of=2026-11-20")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(room.page(&format!("{href}?as_of=soon")).await.status, StatusCode::CONFLICT);
    assert!(room.page(&format!("{href}?as_of=2027-01-01")).await.text.contains("<h1>Floor lamp"));
}

#[tokio::test]
async fn an_empty_store_has_three_ways_in_and_a_system_takes_one_page() {
    let site = Site::empty().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let welcome = client.get("/").await.text();
    for way in ["href=\"/systems/new\"", "href=\"/import\"", "warrant demo"] {
        assert!(welcome.contains(way), "no {way}");
    }
    let token = client.token().await;
    let form = |rest: &str| {
        format!(
            "_csrf={token}&name=Billing&phase=operational&exposure=internal&owner=me&operational_since=2024-05-01{rest}"
        )
    };
    let twice = "&information.0.name=Invoices&information.1.name=invoices";
    let refused = client.post("/systems/new", &form(twice)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("this information is named twice"));
    assert!(client.get("/systems").await.text().contains("No system is on record"));
    let good = "&information.0.name=Invoices&information.0.confidentiality=moderate&information.0.integrity=high&information.0.availability=low&hosts=bill-app1.test.example%0A10.0.0.7%0ABILL-APP1.test.example";
    let made = client.post("/systems/new", &form(good)).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", words(&made.text()));
    let system = client.get(made.header("location")).await.text();
    assert!(
        words(&system).contains("Billing") && words(&system).to_lowercase().contains("high"),
        "{}",
        words(&system)
    );
    let components = RecordQuery { kind: "component".to_owned(), limit: 9, ..RecordQuery::default() };
    let found =
        site.service.list_records(&warrant_service::Actor::program(), &components).await.unwrap().rows;
    let mut names: Vec<_> = found.iter().map(|row| row.body["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["10.0.0.7", "bill-app1"]);
    assert!(
        client.get("/").await.text().contains("id=\"queue\""),
        "the queue takes the place of the welcome"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_cards_are_dragged_and_the_palette_remembers() {
    let Some(browser) = Browser::start().await else { return };
    let site = Site::sample().await;
    site.sign_in(&browser).await;
    browser.open(&format!("{}/poam/board", site.address)).await;
    browser.shot("board").await;
    let count = "return document.querySelector('[data-column=ongoing] .count').textContent.trim()";
    let before = browser.ask(count).await.as_str().unwrap().parse::<u32>().unwrap();
    let title = browser
        .ask(
            "const card = document.querySelector('[data-column=planned] [data-card]'); window.go = (column) => { \
             const dataTransfer = new DataTransfer(); const fire = (on, name) => on.dispatchEvent(new DragEvent(name, \
             { bubbles: true, cancelable: true, dataTransfer })); fire(card, 'dragstart'); const over = fire(column, 'dragover'); \
             fire(column, 'drop'); fire(card, 'dragend'); return over; }; \
             return card.querySelector('.card-title').textContent",
        )
        .await;
    let refused = browser.ask("return window.go(document.querySelector('[data-column=closed]'))").await;
    assert_eq!(refused, true, "a column that the card may not go to does not take it");
    browser.ask("window.go(document.querySelector('[data-column=ongoing]'))").await;
    let moved = format!(
        "[...document.querySelectorAll('[data-column=ongoing] .card-title')].some((e) => e.textContent === {title}) \
         || document.querySelector('[data-column=ongoing] .count').textContent.trim() === '{}'",
        before + 1
    );
    browser.until("the card is in its new column", &moved).await;
    assert_eq!(browser.ask(count).await, json!((before + 1).to_string()));

    let system = site.system("Customer Portal").await;
    browser.open(&format!("{}/systems/{system}", site.address)).await;
    browser.open(&format!("{}/poam", site.address)).await;
    browser.ask("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }))").await;
    let recent = "[...document.querySelectorAll('[data-known=recent] a')].map((a) => a.textContent).includes('Customer Portal')";
    browser.until("the palette knows the page visited before", recent).await;
    assert!(browser.text("[data-known=here]").await.contains("Board"), "what can be done here");
    browser.shot("palette").await;
    browser.open(&format!("{}/findings", site.address)).await;
    browser.click("a[href^='/help/']").await;
    browser.until("the guide stands beside the page", "document.querySelector('#panel .guide')").await;
    browser.shot("guide").await;
    browser.open(&format!("{}/systems/{system}?as_of=2026-11-01", site.address)).await;
    assert!(browser.text(".past").await.contains("As it stood on 2026-11-01"));
    browser.shot("past").await;
    browser.open(&format!("{}/systems/new", site.address)).await;
    browser.shot("define").await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}
