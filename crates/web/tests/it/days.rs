//! Findings, the risk register and the overview as of a day that has passed.

use crate::plain::Client;
use crate::site::{OFFICER, Site};
use axum::http::StatusCode;

/// The main part of a page as of a day, which must carry the mark.
async fn main_of(client: &Client, path: &str) -> String {
    let reply = client.get(path).await;
    assert_eq!(reply.status, StatusCode::OK, "{path}");
    let page = reply.text();
    assert!(page.contains("day-switch"), "{path} cannot be shown as of a day");
    if path.contains("as_of=") {
        assert!(page.contains("As it stood on <strong>2026-10-15"), "{path}: the mark");
    }
    page.split("<main").nth(1).unwrap().split("</main>").next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn findings_are_shown_as_of_a_day() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let now = main_of(&client, "/findings?state=all").await;
    let then = main_of(&client, "/findings?state=all&as_of=2026-10-15").await;
    assert!(now.contains("data-bulk") && now.contains("/import\""));
    assert!(
        !then.contains("data-bulk") && !then.contains("/import\"") && !then.contains(">Plan<"),
        "actions are off"
    );
    assert!(then.contains("Priorities are not known over all systems") && !now.contains("are not known"));
    assert!(!then.contains("sort=priority") && !then.contains("sort=last") && then.contains("sort=title"));
    // Filters and exports keep the day, and say as much as the list.
    let rows = |csv: &str| csv.lines().filter(|line| line.contains("2026-")).count();
    let csv = async |query: &str| client.get(&format!("/findings.csv?{query}")).await.text();
    let (before, all) = (csv("state=all&as_of=2026-10-15").await, csv("state=all").await);
    assert!(0 < rows(&before) && rows(&before) < rows(&all), "{} then, {} now", rows(&before), rows(&all));
    let open = csv("as_of=2026-10-15").await;
    assert!(0 < rows(&open) && rows(&open) <= rows(&before), "{} open", rows(&open));
    let portal = site.system("Customer Portal").await;
    let tab = csv(&format!("state=all&as_of=2026-10-15&system={portal}")).await;
    let own = client.get(&format!("/systems/{portal}/findings.csv?state=all&as_of=2026-10-15")).await.text();
    assert_eq!(rows(&tab), rows(&own));
    let of_one = main_of(&client, &format!("/findings?as_of=2026-10-15&system={portal}")).await;
    assert!(!of_one.contains("are not known over all systems"));
    let early = main_of(&client, "/findings?as_of=2026-10-15&q=no-such-thing").await;
    assert!(early.contains("as_of=2026-10-15&amp;state=all"), "the way out stays on the day");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_register_and_the_overview_are_shown_as_of_a_day() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let now = main_of(&client, "/risk/register").await;
    let then = main_of(&client, "/risk/register?as_of=2026-10-15").await;
    assert!(then.contains("controls are those of that day") && !now.contains("those of that day"));
    let day = client.get("/risk/register.csv?as_of=2026-10-15").await.text();
    assert!(day.contains("as of 2026-10-15") || day.starts_with("what happens"), "{day}");

    let now = main_of(&client, "/overview").await;
    let then = main_of(&client, "/overview?as_of=2026-10-15").await;
    assert!(now.contains("The worst is") && !then.contains("The worst is"));
    assert!(then.contains("On 2026-10-15") && then.contains("is not known of a past day"));
    for link in then.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        let led = ["/systems", "/poam", "/records/"].iter().any(|path| link.starts_with(path));
        assert!(!led || link.contains("as_of=2026-10-15"), "{link} leads to the present");
        assert!(!link.starts_with("/?") && link != "/" && !link.starts_with("/controls"), "{link}");
    }
}
