//! What stands around lists: the scope that narrows them, news, the marking.

use crate::plain::{Client, words};
use crate::site::{OFFICER, Site};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;
use std::collections::BTreeSet;
use warrant_service::query::RecordQuery;
use warrant_service::{Actor, Scope};

fn with_scope(path: &str, cookie: &str, session: &str) -> Request<Body> {
    Request::get(path)
        .header(header::COOKIE, format!("{session}; warrant_scope={cookie}"))
        .body(Body::empty())
        .unwrap()
}

/// The systems that a list's rows lead to.
fn systems_in(page: &str, names: &[(String, String)]) -> BTreeSet<String> {
    let rows = page.split("<tbody").skip(1).collect::<String>();
    names
        .iter()
        .filter(|(id, _)| rows.contains(&format!("/systems/{id}")))
        .map(|(_, name)| name.clone())
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_obey_the_scope_and_links_keep_it() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let program = Actor::program();
    let names: Vec<(String, String)> =
        site.service.system_names(&program).await.unwrap().into_iter().collect();
    let portal = site.system("Customer Portal").await;
    let unit = site.service.record(&program, &portal).await.unwrap().unit;
    let unit_name = site.service.record(&program, &unit).await.unwrap().title;
    // Whoever looks at a unit sees what an account with a role in that unit alone would see of systems.
    let within = program.clone().looking_at(Scope::Unit(unit.clone()));
    let inside: BTreeSet<String> = site.service.system_names(&within).await.unwrap().into_values().collect();
    assert!(inside.contains("Customer Portal") && inside.len() < names.len(), "{inside:?}");
    let scoped = format!("scope=unit%3A{unit}");
    for list in ["/systems", "/findings?state=all", "/poam?state=all", "/records/poam_item", "/", "/evidence"]
    {
        let whole = client.get(list).await.text();
        let address = format!("{list}{}{scoped}", if list.contains('?') { "&" } else { "?" });
        let reply = client.get(&address).await;
        assert_eq!(reply.status, StatusCode::OK, "{address}");
        assert!(reply.header("set-cookie").starts_with("warrant_scope="), "{list} does not keep it");
        let page = reply.text();
        assert!(page.contains(&format!("<span>{unit_name}")), "{list}: the bar says the unit");
        let seen = systems_in(&page, &names);
        assert!(seen.is_subset(&inside), "{list}: {seen:?} is not within {inside:?}");
        assert!(!systems_in(&whole, &names).is_subset(&inside), "{list} has nothing to leave out");
        // Every address of the list itself carries it on.
        for link in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let path = list.split('?').next().unwrap();
            let own =
                link.starts_with(&format!("{path}?")) && (link.contains("sort=") || link.contains("page="));
            assert!(!own || link.contains("scope=unit"), "{list} links to {link}");
        }
    }
    let one = client.get(&format!("/poam?state=all&scope=system%3A{portal}")).await.text();
    assert_eq!(systems_in(&one, &names).into_iter().collect::<Vec<_>>(), ["Customer Portal"]);
    // The cookie alone narrows; a page of one thing opens all the same; nonsense narrows nothing.
    let token = site.service.one_time_link(&program, OFFICER).await.unwrap();
    let signed = Client::stranger(&site.service)
        .send(Request::post(format!("/sign-in/{token}")).body(Body::empty()).unwrap())
        .await;
    let session = signed.header("set-cookie").split(';').next().unwrap().to_owned();
    let stranger = Client::stranger(&site.service);
    let kept = stranger.send(with_scope("/systems", &format!("system%3A{portal}"), &session)).await.text();
    assert_eq!(systems_in(&kept, &names).len(), 1);
    let (other, _) = names.iter().find(|(_, name)| !inside.contains(name)).unwrap();
    let single =
        stranger.send(with_scope(&format!("/systems/{other}"), &format!("unit%3A{unit}"), &session)).await;
    assert_eq!(single.status, StatusCode::OK);
    let csv = stranger.send(with_scope("/systems.csv", &format!("system%3A{portal}"), &session)).await.text();
    assert_eq!(
        csv.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')).count(),
        2,
        "{csv}"
    );
    for nonsense in ["unit%3Aunit_gone", "system%3Ax", "%00", "all"] {
        let page = stranger.send(with_scope("/systems", nonsense, &session)).await;
        assert_eq!(systems_in(&page.text(), &names).len(), names.len(), "{nonsense}");
    }
    let choose = client.get("/scope?here=/findings?state=open").await.text();
    assert!(choose.contains("scope=unit%3A") && choose.contains("/findings?"), "{choose}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn news_are_what_others_did_that_concerns_me() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let (token, program) = (client.token().await, Actor::program());
    let me = site.service.actor(OFFICER).await.unwrap();
    let seen = async || {
        let until = site.service.news(&me, 1).await.unwrap().until;
        let reply = client.post("/news/seen", &format!("_csrf={token}&until={until}")).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER);
    };
    seen().await;
    assert_eq!(site.service.count_news(&me).await.unwrap(), 0);
    assert!(words(&client.get("/news").await.text()).contains("Nothing new"));
    let query = RecordQuery {
        kind: "person".to_owned(),
        fields: vec![("email".to_owned(), OFFICER.to_owned())],
        limit: 1,
        ..RecordQuery::default()
    };
    let own = site.service.list_records(&program, &query).await.unwrap().rows.remove(0).id;
    let task = json!({"title": "Review the scan <b>", "assignee": own});
    site.service.create(&program, "task", task).await.unwrap();
    site.service.create(&program, "task", json!({"title": "Not mine"})).await.unwrap();
    site.service.create(&me, "task", json!({"title": "By myself", "assignee": own})).await.unwrap();
    assert_eq!(site.service.count_news(&me).await.unwrap(), 1);
    let page = client.get("/news").await.text();
    assert!(
        page.contains("Review the scan &lt;b&gt;")
            && !page.contains("Not mine")
            && !page.contains("By myself")
    );
    assert!(client.get("/systems").await.text().contains("News: 1"));
    // What somebody else sees is theirs; nobody marks more as seen than there is.
    client.post("/news/seen", &format!("_csrf={token}&until=999999999")).await;
    assert_eq!(site.service.count_news(&me).await.unwrap(), 0);
    let another = json!({"title": "Another", "assignee": own});
    site.service.create(&program, "task", another).await.unwrap();
    assert_eq!(site.service.count_news(&me).await.unwrap(), 1, "what comes later is new all the same");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_marking_stands_on_pages_documents_and_exports() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let token = client.token().await;
    let portal = site.system("Customer Portal").await;
    let lake = site.system("Data Lake").await;
    assert!(!client.get("/systems").await.text().contains("class=\"marking\""));
    let set = client.post("/admin/marking", &format!("_csrf={token}&marking=TLP%3AAMBER+%3Cb%3E")).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER);
    for path in ["/", "/systems", &format!("/systems/{lake}"), "/admin"] {
        let page = client.get(path).await.text();
        assert_eq!(page.matches("TLP:AMBER &lt;b&gt;</div>").count(), 2, "{path}: above and below");
    }
    let own = [("marking".to_owned(), json!("CONFIDENTIAL"))];
    site.service.patch(&Actor::program(), &portal, None, &own).await.unwrap();
    for (path, marking) in [(&portal, "CONFIDENTIAL"), (&lake, "TLP:AMBER &lt;b&gt;")] {
        let page = client.get(&format!("/systems/{path}/findings")).await.text();
        assert!(page.contains(&format!("class=\"marking\" role=\"note\">{marking}")), "{path}");
        let brief = client.get(&format!("/systems/{path}/brief")).await;
        assert!(brief.text().contains(marking), "{path}: the brief");
    }
    let csv = client.get("/findings.csv").await.text();
    let json = client.get("/records/task.json").await.text();
    assert!(csv.contains("TLP:AMBER") || json.contains("TLP:AMBER"), "what is exported carries it");
    for wrong in ["x".repeat(81), "a%0Ab".to_owned()] {
        let refused = client.post("/admin/marking", &format!("_csrf={token}&marking={wrong}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    assert!(site.service.verify_ledger(&Actor::program()).await.unwrap().problems.is_empty());
    client.post("/admin/marking", &format!("_csrf={token}&marking=")).await;
    assert!(!client.get("/systems").await.text().contains("class=\"marking\""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_are_shown_as_of_a_day_and_nothing_can_be_done_there() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    for list in ["/poam", "/systems", "/records/poam_item", "/records/person"] {
        let now = client.get(list).await.text();
        assert!(now.contains("day-switch"), "{list} cannot be shown as of a day");
        let reply = client.get(&format!("{list}?as_of=2026-10-15")).await;
        assert_eq!(reply.status, StatusCode::OK, "{list}");
        let page = reply.text();
        let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        assert!(page.contains("As it stood on <strong>2026-10-15"), "{list}: the mark");
        assert!(
            !main.contains("data-edit=") && !main.contains("data-bulk"),
            "{list}: nothing is changed there"
        );
        assert!(!main.contains("/new") || main.contains("/grid/views/new"), "{list}: nothing is made there");
        let rows = main.split("<tbody").nth(1).unwrap_or_default();
        for link in
            rows.split("class=\"row-link\" href=\"").skip(1).map(|rest| rest.split('"').next().unwrap())
        {
            assert!(link.ends_with("as_of=2026-10-15"), "{list} leads to {link}");
        }
        let wrong = client.get(&format!("{list}?as_of=yesterday")).await;
        assert!(wrong.status.is_client_error() && wrong.text().contains("no day"), "{list}");
        let future = client.get(&format!("{list}?as_of=2027-01-01")).await.text();
        assert!(!future.contains("As it stood on <strong>"), "{list}");
    }
    // Fewer items had been planned then, and those that were closed since are still open.
    let count = async |path: &str| {
        client.get(path).await.text().lines().filter(|line| line.contains("poam_")).count()
    };
    let (then, now) =
        (count("/poam.csv?state=all&as_of=2026-09-30").await, count("/poam.csv?state=all").await);
    assert!(0 < then && then < now, "{then} then, {now} now");
    let csv = client.get("/poam.csv?state=all&as_of=2026-10-15").await.text();
    let page = client.get("/poam?state=all&as_of=2026-10-15").await.text();
    let lines = csv.lines().filter(|line| line.contains("poam_")).count();
    assert!(
        page.contains(&format!("of {lines}")) || page.matches("data-row=").count() == lines,
        "{lines} in the export"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_is_undone_from_its_page() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let token = client.token().await;
    let system = site.system("Customer Portal").await;
    let query = warrant_service::query::EvidenceQuery {
        system: Some(system.clone()),
        limit: 100,
        ..Default::default()
    };
    let files = site.service.list_evidence(&Actor::program(), &query).await.unwrap().rows;
    let (mut undone, mut held) = (0, 0);
    // The newest and the oldest: some close what others opened.
    for file in files.iter().take(4).chain(files.iter().rev().take(4)) {
        let page = client.get(&format!("/evidence/{}", file.hash)).await.text();
        assert!(page.contains("Undo the import…"), "{}", file.name);
        let path = format!("/evidence/{}/undo?system={system}", file.hash);
        let reply = client.post(&path, &format!("_csrf={token}")).await;
        match reply.status {
            StatusCode::OK => undone += 1,
            StatusCode::CONFLICT => held += 1,
            other => panic!("{}: {other}", file.name),
        }
        let there = client.get(&format!("/evidence/{}", file.hash)).await.status == StatusCode::OK;
        assert_eq!(there, reply.status == StatusCode::CONFLICT, "{}", file.name);
        let told = words(&reply.text());
        assert!(told.is_empty() || told.contains(&file.name), "{told}");
    }
    assert!(undone > 0, "{held} held");
    let problems = site.service.verify_ledger(&Actor::program()).await.unwrap().problems;
    assert_eq!(problems, Vec::<String>::new());
    let stranger =
        client.post(&format!("/evidence/{}/undo?system={system}", files[0].hash), "_csrf=wrong").await;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN);
}
