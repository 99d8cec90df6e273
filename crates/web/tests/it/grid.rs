//! The grid without a browser: columns chosen and kept, views saved and shared, cells, many rows, pasted rows; and
//! exports of exactly what is seen.

use crate::plain::{Client, Reply, words};
use crate::site::{OFFICER, Site};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;
use warrant_model::scope::Role;
use warrant_service::Actor;
use warrant_service::query::RecordQuery;

const READER: &str = "reader@northwater.example";

fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

async fn reader(site: &Site) -> Client {
    let role = (Role::Reader, "");
    site.service.create_account(&Actor::program(), READER, "Rea Der", None, role).await.unwrap();
    Client::signed_in(&site.service, READER).await
}

/// The column headings of a page's first table, without those that only hold boxes and buttons.
fn headings(page: &str) -> Vec<String> {
    let row = page.split("<thead><tr>").nth(1).unwrap_or_default().split("</tr>").next().unwrap_or_default();
    let cells = row
        .split("<th ")
        .skip(1)
        .filter(|cell| !cell.starts_with("class=\"check\"") && !cell.contains("class=\"actions\""));
    cells
        .map(|cell| words(&format!("<main><th {cell}</main>")).trim_end_matches(['↑', '↓', ' ']).to_owned())
        .collect()
}

/// The names of the columns that a page offers.
fn offered(page: &str) -> Vec<String> {
    let boxes = page.split("name=\"column\" value=\"").skip(1);
    boxes.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

fn csv_head(reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::OK);
    let text = reply.text();
    text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn columns_are_chosen_ordered_and_kept() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let token = client.token().await;
    let first = headings(&client.get("/findings").await.text());
    assert_eq!(first, ["Severity", "Priority", "Finding", "System", "Target", "Tool", "Controls"]);
    let form = format!(
        "_csrf={token}&page=/findings&here={}&column=finding&column=score&column=severity&up=severity",
        encoded("/findings?severity=high&page=2")
    );
    let answer = client.post("/grid/columns", &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/findings?severity=high&cols=finding%2Cseverity%2Cscore");
    // Kept for the person, with or without the address; nobody else's list has changed.
    for path in [answer.header("location"), "/findings"] {
        assert_eq!(headings(&client.get(path).await.text()), ["Finding", "Severity", "CVSS"], "{path}");
    }
    let other = reader(&site).await;
    assert_eq!(headings(&other.get("/findings").await.text()), first);
    let linked = headings(&other.get("/findings?cols=tool,finding").await.text());
    assert_eq!(linked, ["Tool", "Finding"], "the address says it all");
    let reset = format!("_csrf={token}&page=/findings&here=/findings&verb=reset");
    assert_eq!(client.post("/grid/columns", &reset).await.header("location"), "/findings");
    assert_eq!(headings(&client.get("/findings").await.text()), first);
    let foreign = format!("_csrf={token}&page=/findings&here=//evil.example&column=tool");
    assert_eq!(client.post("/grid/columns", &foreign).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn exports_are_exactly_what_is_seen() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    for (page, export) in [
        ("/findings", "/findings.csv"),
        ("/poam", "/poam.csv"),
        ("/systems", "/systems.csv"),
        ("/", "/queue.csv"),
        ("/records/poam_item", "/records/poam_item.csv"),
        ("/records/component", "/records/component.csv"),
    ] {
        let html = client.get(page).await.text();
        let keys = offered(&html);
        assert!(keys.len() >= 5, "{page} offers {keys:?}");
        let whole = csv_head(&client.get(export).await);
        for key in &keys {
            let head = csv_head(&client.get(&format!("{export}?cols={key}")).await);
            assert!(head.len() < whole.len(), "{page}: {key} is exported as {head}");
        }
        // What the page links to holds the columns it shows.
        let link = format!("href=\"{export}?");
        let at =
            html.split(&link).nth(1).unwrap_or_else(|| panic!("{page} does not export")).split('"').next();
        assert!(at.unwrap().contains("cols="), "{page}: {at:?}");
    }
    let seen = csv_head(&client.get("/findings.csv?cols=tool,severity&severity=high").await);
    assert_eq!(seen, "Tool,Severity");
    let rows = client.get("/findings.csv?cols=tool,severity&severity=high&sort=-severity").await.text();
    let rows: Vec<&str> = rows.lines().skip(1).filter(|line| !line.is_empty()).collect();
    assert!(rows.len() > 3 && rows[..3].iter().all(|row| row.ends_with(",high")), "{rows:?}");
    let records = csv_head(&client.get("/records/poam_item.csv?cols=title,due,updated").await);
    assert_eq!(records, "id,title,due,updated");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn views_are_saved_shared_and_forgotten() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let other = reader(&site).await;
    let token = client.token().await;
    let here = encoded("/findings?severity=critical&cols=finding,tool");
    let form = client.get(&format!("/grid/views/new?here={here}")).await;
    assert!(form.text().contains("Everybody of the organisation"), "{}", form.text());
    let save = |name: &str, shared: &str| {
        format!("_csrf={token}&here={here}&name={}&shared={}", encoded(name), encoded(shared))
    };
    let answer = client.post("/grid/views", &save("Worst <b>first</b>", "*")).await;
    assert_eq!(answer.header("location"), "/findings?severity=critical&cols=finding%2Ctool");
    client.post("/grid/views", &save("Mine alone", "")).await;
    let page = other.get("/findings").await.text();
    assert!(page.contains("Worst &lt;b&gt;first&lt;/b&gt;") && page.contains("by Ines Calder"), "{page}");
    assert!(!page.contains("Mine alone"));
    let own = client.get("/findings?severity=critical&cols=finding,tool").await.text();
    assert!(own.contains("Mine alone") && own.contains("The list as it comes"));
    let unnamed = client.post("/grid/views", &save("", "*")).await;
    assert_eq!(unnamed.status, StatusCode::UNPROCESSABLE_ENTITY);
    let forget = own.split("action=\"/grid/views/").nth(1).unwrap().split('"').next().unwrap();
    let theirs = other.token().await;
    let refused =
        other.post(&format!("/grid/views/{forget}"), &format!("_csrf={theirs}&here=/findings")).await;
    assert!(refused.status.is_client_error(), "{}", refused.status);
    let gone = client.post(&format!("/grid/views/{forget}"), &format!("_csrf={token}&here=/findings")).await;
    assert_eq!(gone.header("location"), "/findings");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cell_is_changed_and_taken_back() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let token = client.token().await;
    let query = RecordQuery { kind: "poam_item".to_owned(), limit: 1, ..RecordQuery::default() };
    let row = site.service.list_records(&Actor::program(), &query).await.unwrap().rows.remove(0);
    for list in ["/poam?state=all", "/records/poam_item"] {
        let before = site.service.record(&Actor::program(), &row.id).await.unwrap();
        let address = format!("/records/poam_item/{}/cell/due", row.id);
        let form = client.get(&format!("{address}?list={}", encoded(list))).await.text();
        assert!(form.starts_with("<form") && form.contains("type=\"date\""), "{form}");
        let post = |version: i64, due: &str| {
            let form = format!("_csrf={token}&_version={version}&due={due}&list={}", encoded(list));
            let request = Request::post(&address).header("x-fragment", "poam");
            request
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Body::from(form))
                .unwrap()
        };
        let answer = client.send(post(before.version, "2027-03-01")).await.text();
        assert!(
            answer.contains(&format!("data-row=\"{}\"", row.id)) && answer.contains("2027-03-01"),
            "{answer}"
        );
        let leaf =
            answer.split("name=\"leaf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let stale = client.send(post(before.version, "2027-04-01")).await.text();
        assert!(stale.contains("role=\"alert\""), "{stale}");
        let wrong = client.send(post(before.version + 1, "tomorrow")).await.text();
        assert!(wrong.contains("role=\"alert\"") && wrong.contains("2027-03-01"), "{wrong}");
        let undone = client.post("/undo", &format!("_csrf={token}&leaf={leaf}&next={}", encoded(list))).await;
        assert_eq!(undone.header("location"), list);
        let after = site.service.record(&Actor::program(), &row.id).await.unwrap();
        assert_eq!(after.body, before.body);
    }
    let title = client.get(&format!("/records/poam_item/{}/cell/state", row.id)).await;
    assert_eq!(title.status, StatusCode::NOT_FOUND, "a step of the life cycle is no cell");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_rows_are_changed_at_once_and_taken_back() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let token = client.token().await;
    let system = site.system("Customer Portal").await;
    let bodies =
        (0..120).map(|n| json!({"system": system, "name": format!("bulk-{n:03}"), "vendor": "Acme"}));
    for body in bodies {
        site.service.create(&Actor::program(), "component", body).await.unwrap();
    }
    let list = "/records/component?q=bulk-";
    let page = client.get(list).await.text();
    assert!(page.contains("all 120 that fit"), "{}", words(&page));
    let stage = |stage: &str, more: &str| {
        format!("_csrf={token}&all=yes&list={}&field=vendor&vendor=Bolt&stage={stage}{more}", encoded(list))
    };
    let preview = client.post("/records/component/bulk", &stage("preview", "")).await.text();
    let told = words(&preview);
    assert!(told.contains("120 of 120 will change") && told.contains("and 20 more"), "{told}");
    let seen = preview.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let vendors = async || {
        let query = RecordQuery {
            kind: "component".to_owned(),
            text: "bulk-".to_owned(),
            fields: vec![("vendor".to_owned(), "bolt".to_owned())],
            limit: 500,
            ..RecordQuery::default()
        };
        site.service.list_records(&Actor::program(), &query).await.unwrap().rows.len()
    };
    let blind = client.post("/records/component/bulk", &stage("apply", "&seen=other")).await;
    assert_eq!(vendors().await, 0, "what was not looked at is not applied: {}", blind.status);
    let mut answer = client.post("/records/component/bulk", &stage("apply", &format!("&seen={seen}"))).await;
    // Where it takes longer than a moment, the way leads over the page that shows its progress.
    while answer.status == StatusCode::SEE_OTHER {
        let next = answer.header("location").to_owned();
        answer = client.get(&next).await;
        if next.starts_with("/edits/") && !answer.text().contains("name=\"leaf\"") {
            let events = client.get(&format!("{next}/events")).await.text();
            assert!(events.contains("event: done"), "{events}");
            answer = client.get(&next).await;
        }
    }
    assert_eq!(vendors().await, 120);
    let page = answer.text();
    assert!(page.contains("120 ") && page.contains("action=\"/undo\""), "{}", words(&page));
    let leaf = page.split("name=\"leaf\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let undone = client.post("/undo", &format!("_csrf={token}&leaf={leaf}&next={}", encoded(list))).await;
    let way = undone.header("location").to_owned();
    if way.starts_with("/edits/") {
        client.get(&format!("{way}/events")).await;
    }
    assert_eq!(vendors().await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_are_pasted_from_a_spreadsheet() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let token = client.token().await;
    let columns = encoded("name\temail\tposition");
    for (text, name) in [
        ("Ada Pasted\tada@northwater.example", "ada@northwater.example"),
        ("Name\tEmail\nBo Pasted\tbo@northwater.example\n", "bo@northwater.example"),
    ] {
        let form = format!("_csrf={token}&columns={columns}&text={}", encoded(text));
        let preview = client.post("/records/person/paste", &form).await;
        let told = words(&preview.text());
        assert!(told.contains("1 new records") || told.contains("would change one record"), "{told}");
        let page = preview.text();
        let confirm =
            page.split("action=\"/records/person/import/").nth(1).unwrap().split('"').next().unwrap();
        let done = client.post(&format!("/records/person/import/{confirm}"), &format!("_csrf={token}")).await;
        assert!(done.header("location").contains("did="), "{}", done.header("location"));
        let list = client.get(done.header("location")).await.text();
        assert!(list.contains("action=\"/undo\""), "what was brought in can be taken back");
        let query = RecordQuery {
            kind: "person".to_owned(),
            text: name.to_owned(),
            limit: 2,
            ..RecordQuery::default()
        };
        assert_eq!(
            site.service.list_records(&Actor::program(), &query).await.unwrap().rows.len(),
            1,
            "{name}"
        );
    }
}
