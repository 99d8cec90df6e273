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
