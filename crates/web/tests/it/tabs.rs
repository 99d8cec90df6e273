//! Risk and recovery of one system: tabs that say what they know, what they do not, and as of when.

use crate::plain::{Client, words};
use crate::site::{OFFICER, Site};

async fn page(client: &Client, path: &str) -> String {
    let reply = client.get(path).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    reply.text()
}

#[tokio::test]
async fn recovery_leads_from_every_figure_to_its_line() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let portal = site.system("Customer Portal").await;
    let base = format!("/systems/{portal}/recovery");
    let html = page(&client, &base).await;
    let said = words(&html);
    assert!(
        said.contains("4 of 5 components that need a backup would lose no more than may be lost"),
        "{said}"
    );
    assert!(said.contains("Newest backup of Web server 2"), "{said}");
    // The newest backup of the worst component leads to the line it was read from, which names that host.
    let table = html.split("id=\"recovery\"").nth(1).unwrap();
    let link = table.split("href=\"/evidence/").nth(1).unwrap().split('"').next().unwrap();
    let file =
        page(&client, &format!("/evidence/{}", link.split('#').next().unwrap().replace("&amp;", "&"))).await;
    assert!(file.contains("portal-web2"), "{file}");
    let narrowed = words(&page(&client, &format!("{base}?state=too-old")).await);
    assert!(narrowed.contains("1–1 of 1"), "{narrowed}");
    let csv = client.get(&format!("{base}.csv?state=too-old")).await.text();
    let rows: Vec<_> = csv.lines().filter(|line| line.starts_with("Web server")).collect();
    assert!(rows.len() == 1 && rows[0].starts_with("Web server 2,too long ago,72,"), "{csv}");
    // Of a day before it was recorded nothing is known, and so it is said.
    let before = words(&page(&client, &format!("{base}?as_of=2000-01-01")).await);
    assert!(before.contains("Customer Portal was not recorded yet on 2000-01-01"), "{before}");
}

#[tokio::test]
async fn a_system_without_scenarios_is_not_assessed_rather_than_without_risk() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let portal = site.system("Customer Portal").await;
    let priced = words(&page(&client, &format!("/systems/{portal}/risk")).await);
    assert!(priced.contains("is to be expected from 2 scenarios in force"), "{priced}");
    let outage = site.system("Outage Map").await;
    let none = page(&client, &format!("/systems/{outage}/risk")).await;
    let said = words(&none);
    assert!(said.contains("not assessed: no scenario of this system is in force"), "{said}");
    assert!(none.contains(&format!("/risk/editor?system={outage}")), "{none}");
}

#[tokio::test]
async fn the_queue_of_a_past_day_can_be_read_and_followed_and_not_worked_on() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let html = page(&client, "/?as_of=2026-11-01").await;
    let said = words(&html);
    assert!(
        said.contains("deficiencies across 12 systems") && said.contains("Hours that work roles lacked"),
        "{said}"
    );
    assert!(!html.contains("/plan\"") && !html.contains("name=\"row\""), "nothing can be done there");
    // What has ended since has a page too, as it stood.
    let now = page(&client, "/?excepted=too").await;
    let rows = |html: &str| -> Vec<String> {
        html.split("<tr data-row=\"").skip(1).map(|row| row.split('"').next().unwrap().to_owned()).collect()
    };
    let mut ended = None;
    for id in rows(&html) {
        if client.get(&format!("/deficiencies/{id}")).await.status == 404 {
            ended = Some(id);
            break;
        }
    }
    let ended = ended.unwrap_or_else(|| panic!("all of {} is still there", rows(&now).len()));
    let link =
        html.split("href=\"").find(|link| link.starts_with(&format!("/deficiencies/{ended}?"))).unwrap();
    let link = link.split('"').next().unwrap().replace("&amp;", "&");
    let one = page(&client, &link).await;
    assert!(words(&one).contains("As it stood on") || one.contains("class=\"past\""), "{one}");
    assert!(!one.contains("/records/poam_item/new"), "{one}");
    let file = client.get("/queue.csv?as_of=2026-11-01").await.text();
    assert!(file.lines().count() > 300, "{}", file.lines().count());
    let risk = words(&page(&client, "/risk?as_of=2026-11-01").await);
    assert!(risk.contains("is to be expected from") && !risk.contains("Add a scenario"), "{risk}");
}

#[tokio::test]
async fn dependencies_name_what_most_rests_on() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let html = page(&client, "/systems/dependencies").await;
    let said = words(&html);
    assert!(said.contains("On Identity Platform most rests: 8 of 11 other systems rely on it"), "{said}");
    assert!(html.contains("class=\"boundary") && html.matches("<g class=\"node ").count() == 10, "{said}");
    let first = html.split("<tr data-row=").nth(1).unwrap();
    assert!(first.contains("Identity Platform"), "{first}");
    let csv = client.get("/systems/dependencies.csv").await.text();
    assert!(csv.lines().any(|line| line.starts_with("Mobile Mail,Identity Platform,yes")), "{csv}");
}

#[tokio::test]
async fn a_form_opened_from_a_narrowed_queue_leads_back_to_it_and_nowhere_else() {
    use axum::body::Body;
    use axum::http::{Request, header};
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let queue = page(&client, "/?severity=high").await;
    let id = queue.split("<tr data-row=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(queue.contains(&format!("/deficiencies/{id}/plan\"")), "a row is light");
    let from = |referer: &'static str| {
        let request = Request::get(format!("/deficiencies/{id}/plan")).header(header::REFERER, referer);
        client.send(request.body(Body::empty()).unwrap())
    };
    let back = |reply: &crate::plain::Reply| {
        reply.header("location").split("next=").nth(1).unwrap_or_default().to_owned()
    };
    let narrowed = from("http://127.0.0.1:8080/?severity=high").await;
    assert_eq!((narrowed.status.as_u16(), back(&narrowed)), (303, "%2F%3Fseverity%3Dhigh".to_owned()));
    // Whatever another site says, one stays here.
    let elsewhere = from("https://evil.example//evil.example/x").await;
    assert_eq!(back(&elsewhere), "%2F");
    assert_eq!(back(&client.get(&format!("/deficiencies/{id}/plan")).await), "%2F");
}
