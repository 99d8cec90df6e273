//! Releases and advisories on pages and over the API: always an answer, always with the age of what it is by.

use crate::plain::{Client, words};
use crate::site::{OFFICER, Site};
use serde_json::Value;

async fn page(client: &Client, path: &str) -> String {
    let reply = client.get(path).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    reply.text()
}

#[tokio::test]
async fn the_sample_organisation_shows_who_is_hit_and_what_may_be_shipped() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let portal = site.system("Customer Portal").await;
    let list = words(&page(&client, "/watch/advisories").await);
    assert!(list.contains("vulnerabilities hit releases in use"), "{list}");
    assert!(list.contains("CVE-2021-44228") && list.contains("exploited"), "{list}");
    assert!(list.contains("Judged by northwater-advisories.wadv"), "{list}");
    assert!(list.contains("so not assessed any more: PyPI"), "{list}");
    let who = words(&page(&client, "/watch/advisories/CVE-2021-44228").await);
    assert!(who.contains("1 component in use is hit"), "{who}");
    assert!(who.contains("2.14.1 → 2.15.0") || who.contains("2.14.1 → 2.17.0"), "{who}");
    assert!(who.contains("2.4.0 without it") && who.contains("2.5.0 hit"), "{who}");
    let unknown = words(&page(&client, "/watch/advisories/CVE-1999-1").await);
    assert!(unknown.contains("Not assessed") && !unknown.contains("Nobody is hit"), "{unknown}");
    let asked = client.get("/watch/advisories/who?id=CVE-2021-44228").await;
    assert_eq!((asked.status.as_u16(), asked.header("location")), (303, "/watch/advisories/CVE-2021-44228"));
    let search = page(&client, "/search?q=ghsa-jfh8-c2jp-5v3q").await;
    assert!(search.contains("/watch/advisories/GHSA-JFH8-C2JP-5V3Q"), "{search}");
    let found = words(&page(&client, "/watch/advisories/GHSA-JFH8-C2JP-5V3Q").await);
    assert!(found.contains("1 component in use is hit"), "{found}");
    let base = format!("/watch/releases/{portal}/customer-portal");
    let line = words(&page(&client, &base).await);
    assert!(line.contains("2.5.0 is in use"), "{line}");
    let one = page(&client, &format!("{base}/2.5.0")).await;
    assert!(words(&one).contains("hold it back") && words(&one).contains("known to be exploited"), "{one}");
    assert!(words(&one).contains("vulnerable code not in execute path"), "the statement is shown: {one}");
    assert!(one.contains("/records/vulnerability_decision/new?system="), "an officer can decide");
    let text = words(&one);
    assert!(text.contains("Advisories and scanners"), "{text}");
    assert!(
        text.contains("says of this product: not affected (vulnerable code not in execute path)"),
        "{text}"
    );
    let delta = words(&page(&client, &format!("{base}/compare?from=2.4.0&to=2.5.0")).await);
    assert!(delta.contains("brought in") && delta.contains("CVE-2022-42889"), "{delta}");
    let tab = words(&page(&client, &format!("/systems/{portal}/releases?shown=all")).await);
    assert!(tab.contains("2.4.0") && tab.contains("2.5.0") && !tab.contains("outage-map"), "{tab}");
    let before =
        words(&page(&client, &format!("/systems/{portal}/releases?shown=all&as_of=2026-10-01")).await);
    assert!(before.contains("2.4.0") && !before.contains("2.5.0"), "{before}");
    for file in ["/watch/advisories.csv", "/watch/releases.csv?shown=all", "/watch/releases.xlsx"] {
        assert_eq!(client.get(file).await.status, 200, "{file}");
    }
    let csv = client.get("/watch/releases.csv?shown=all").await.text();
    assert!(csv.lines().any(|line| line.starts_with("customer-portal,Customer Portal,2.5.0")), "{csv}");
}

/// Headings and cells of the tables of a page: every row has a cell for each heading.
fn columns_fit(path: &str, html: &str) {
    let mut tables = 0;
    for table in html.split("<table").skip(1) {
        let table = table.split("</table>").next().unwrap();
        let Some((head, body)) = table.split_once("</thead>") else { continue };
        let headings = head.matches("<th").count() - head.matches("<thead").count();
        for row in body.split("<tr").skip(1).filter(|row| !row.contains("colspan")) {
            let cells = row.matches("<td").count() + row.matches("<th").count();
            assert_eq!(cells, headings, "{path}: {row}");
        }
        tables += 1;
    }
    assert!(tables > 0, "{path}");
}

#[tokio::test]
async fn every_row_has_a_cell_for_each_heading() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let portal = site.system("Customer Portal").await;
    let line = format!("/watch/releases/{portal}/customer-portal");
    for path in [
        "/watch/advisories".to_owned(),
        "/watch/advisories/CVE-2021-44228".to_owned(),
        "/watch/releases?shown=all".to_owned(),
        format!("/systems/{portal}/releases?shown=all"),
        format!("{line}/2.5.0"),
        format!("{line}/2.4.0"),
        format!("{line}/compare"),
        line,
    ] {
        columns_fit(&path, &page(&client, &path).await);
    }
}

#[tokio::test]
async fn tables_of_releases_filter_sort_and_come_as_files() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let portal = site.system("Customer Portal").await;
    let line = format!("/watch/releases/{portal}/customer-portal");
    let rows = |text: &str| text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).count();
    for (page_path, file, filter) in [
        (format!("{line}/2.5.0"), format!("{line}/2.5.0/found"), "severity=critical"),
        (line.clone(), format!("{line}/files/lives"), "state=open"),
        (format!("{line}/compare?from=2.4.0&to=2.5.0"), format!("{line}/files/changes"), "fate=introduced"),
    ] {
        let joined = |path: &str, query: &str| {
            let separator = if path.contains('?') { '&' } else { '?' };
            format!("{path}{separator}{query}")
        };
        let whole = page(&client, &page_path).await;
        assert!(whole.contains(&format!("{file}.csv")), "{page_path} leads to {file}");
        let narrowed = page(&client, &joined(&page_path, filter)).await;
        let count = |html: &str| html.matches("data-row").count();
        assert!(count(&narrowed) > 0 && count(&narrowed) <= count(&whole), "{page_path}?{filter}");
        let query = page_path.split_once('?').map_or("", |(_, query)| query);
        let all = client.get(&format!("{file}.csv?{query}")).await.text();
        let some = client.get(&format!("{file}.csv?{query}&{filter}")).await.text();
        assert!(rows(&some) > 1 && rows(&some) <= rows(&all), "{file}: {some}");
        assert_eq!(client.get(&format!("{file}.xlsx?{query}")).await.status, 200, "{file}");
        let none = words(&page(&client, &joined(&page_path, "q=nothing-like-it")).await);
        assert!(none.contains("Nothing matches these filters"), "{page_path}: {none}");
    }
    for file in ["2.5.0/steps.csv", "2.5.0/beside.xlsx", "files/packages.csv"] {
        assert_eq!(client.get(&format!("{line}/{file}")).await.status, 200, "{file}");
    }
    let who = client.get("/watch/advisories/CVE-2021-44228/releases.csv").await.text();
    assert!(who.contains("customer-portal") && who.contains("2.5.0"), "{who}");
    for absent in ["2.5.0/found.pdf", "2.5.0/else.csv", "files/found.csv", "files/lives"] {
        assert_eq!(client.get(&format!("{line}/{absent}")).await.status, 404, "{absent}");
    }
}

#[tokio::test]
async fn without_advisories_every_page_says_that_nothing_is_assessed() {
    let site = Site::empty().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    for path in ["/watch/advisories", "/watch/releases", "/watch/advisories/CVE-2021-44228"] {
        let text = words(&page(&client, path).await);
        assert!(text.contains("No advisories are in force, so nothing is assessed"), "{path}: {text}");
        assert!(!text.contains("Nobody is hit") && !text.contains("Safe to ship"), "{path}: {text}");
    }
}

#[tokio::test]
async fn programs_are_told_the_same() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let portal = site.system("Customer Portal").await;
    let get = async |path: &str| -> Value {
        serde_json::from_str(&page(&client, &format!("/api/v1{path}")).await).unwrap()
    };
    let releases = get("/releases?system=Customer%20Portal").await;
    assert_eq!(releases["lines"].as_array().unwrap().len(), 1);
    assert_eq!(releases["feed"]["name"], "northwater-advisories.wadv");
    let one = get(&format!("/releases/{portal}/customer-portal/2.5.0")).await;
    assert_eq!(one["release"]["ship"]["verdict"], "hold");
    let who = get("/advisories/GHSA-jfh8-c2jp-5v3q").await;
    assert_eq!(who["advisory"]["id"], "CVE-2021-44228");
    assert_eq!(who["lines"][0]["since"][0], "2.5.0");
    assert!(get("/advisories/CVE-1999-1").await["advisory"].is_null());
    assert!(get("/advisories/feed").await["stale"].as_array().unwrap().contains(&"PyPI".into()));
    let delta = get(&format!("/releases/{portal}/customer-portal/compare?from=2.4.0&to=2.5.0")).await;
    assert!(!delta["delta"]["introduced"].as_array().unwrap().is_empty());
    let absent = client.get(&format!("/api/v1/releases/{portal}/customer-portal/9.9")).await;
    assert_eq!(absent.status, 404);
}
