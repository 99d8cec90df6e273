//! How fast to act on findings, on pages, in exports and over the API.

use crate::plain::{Client, words};
use crate::site::{OFFICER, Site};
use serde_json::Value;

async fn text(client: &Client, path: &str) -> String {
    let reply = client.get(path).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    reply.text()
}

#[tokio::test]
async fn findings_say_how_fast_to_act_by_when_and_why() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let portal = site.system("Customer Portal").await;
    for list in ["/findings".to_owned(), format!("/systems/{portal}/findings")] {
        let page = text(&client, &format!("{list}?sort=-priority")).await;
        assert!(page.contains("priority=immediate") && words(&page).contains("Priority"), "{list}");
        let narrowed = text(&client, &format!("{list}?priority=immediate")).await;
        assert!(words(&narrowed).contains("Immediate"), "{list}");
        assert!(narrowed.contains("exploited in the wild (KEV since"), "the reason is a hover away: {list}");
        // Only rows that are decided so.
        let rows = narrowed.split("<tbody").nth(1).unwrap_or_default();
        assert!(!rows.contains("Scheduled") && !rows.contains("Defer"), "{rows}");
    }
    let found: Value =
        serde_json::from_str(&text(&client, "/api/v1/findings?priority=immediate&order=priority").await)
            .unwrap();
    let first = &found["items"][0];
    assert_eq!(first["priority"]["decision"], "immediate", "{found}");
    let sentence = first["priority"]["sentence"].as_str().unwrap();
    assert!(sentence.contains("(KEV since 2021-12-10, used by ransomware)"), "{sentence}");
    let id = first["id"].as_str().unwrap();
    let one = text(&client, &format!("/findings/{id}")).await;
    let said = words(&one);
    assert!(
        said.contains("Exploitation") && said.contains("Human impact") && said.contains("Because"),
        "{said}"
    );
    assert!(said.contains("this system (environmental)"), "{said}");
    assert!(one.contains("/CR:"), "the vector that was scored is shown");
    let detail: Value =
        serde_json::from_str(&text(&client, &format!("/api/v1/findings/{id}")).await).unwrap();
    assert_eq!(detail["priority"]["answers"].as_array().unwrap().len(), 4);
    assert!(detail["scores"]["environmental"]["scored"]["score"].is_number(), "{detail}");
    let csv = text(&client, "/findings.csv?priority=immediate&cols=severity,priority,finding").await;
    let mut lines = csv.lines();
    assert_eq!(lines.next().unwrap().trim(), "Severity,Priority,Due,Why,Title,Vulnerabilities,Subject");
    assert!(lines.next().unwrap().contains("immediate"), "{csv}");
    assert_eq!(client.get("/api/v1/findings?priority=soon").await.status, 422);
    assert_eq!(client.get("/api/v1/findings?order=age").await.status, 422);
}

#[tokio::test]
async fn a_plan_takes_over_the_day_that_is_still_to_come() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let found: Value =
        serde_json::from_str(&text(&client, "/api/v1/findings?state=open&limit=200").await).unwrap();
    let coming = |row: &&Value| row["priority"]["late"] == false;
    let row = found["items"].as_array().unwrap().iter().find(coming).unwrap();
    let (id, due) = (row["id"].as_str().unwrap(), row["priority"]["due"].as_str().unwrap());
    let page = text(&client, &format!("/findings/{id}")).await;
    assert!(page.contains(&format!("&amp;due={due}")), "{due}");
    let late = |row: &&Value| row["priority"]["late"] == true;
    let row = found["items"].as_array().unwrap().iter().find(late).unwrap();
    let page = text(&client, &format!("/findings/{}", row["id"].as_str().unwrap())).await;
    assert!(!page.contains("&amp;due="), "a day that is over is no plan");
}
