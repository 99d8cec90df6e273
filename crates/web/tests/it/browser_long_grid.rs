//! A grid of every control there is: the first rows are sent, the others come as one scrolls, and the keys reach them.

use crate::chromium::Browser;
use crate::plain::Client;
use crate::site::{OFFICER, Site};
use serde_json::{Value, json};
use warrant_catalog::index::{Baseline, Index};
use warrant_service::Actor;
use warrant_service::import::Mode;

/// A system of the high baseline to which every other control in force was added.
async fn everything(site: &Site) -> (String, usize) {
    let actor = Actor::program();
    let make = |kind: &'static str, body: Value| site.service.create(&actor, kind, body);
    let system = make("system", json!({"name": "Everything"})).await.unwrap().id;
    let levels = json!({"system": system, "name": "All", "confidentiality": "high", "integrity": "high", "availability": "high"});
    make("information_type", levels).await.unwrap();
    let in_force: Vec<_> = Index::embedded().controls().iter().filter(|control| !control.withdrawn).collect();
    let mut table = "System,Control,Action,Rationale\n".to_owned();
    for control in in_force.iter().filter(|control| !control.baselines.contains(Baseline::High)) {
        table.push_str(&format!("Everything,{},add,measured\n", control.id));
    }
    let table = ("all.csv", table.as_bytes());
    site.service.import_table(&actor, "tailoring", table, Mode::Commit).await.unwrap();
    (system, in_force.len())
}

const ROWS: &str =
    "return [...document.querySelectorAll('#controls tr[data-row]')].map((row) => row.dataset.row)";

async fn rows(browser: &Browser) -> Vec<String> {
    serde_json::from_value(browser.ask(ROWS).await).unwrap()
}

async fn press(browser: &Browser, key: &str) {
    let script = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], bubbles: true, cancelable: true }))";
    browser.driver.execute(script, vec![json!(key)]).await.unwrap();
}

fn rows_of(html: &str) -> Vec<String> {
    html.split("data-row=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_control_is_reached_page_by_page_without_scripts() {
    let site = Site::empty().await;
    let (system, count) = everything(&site).await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    for view in ["", "&view=statements"] {
        let (mut found, mut page) = (Vec::new(), 1);
        loop {
            let reply = client.get(&format!("/systems/{system}/controls?page={page}{view}")).await;
            let html = reply.text();
            assert!(reply.body.len() <= 100_000, "page {page}{view}: {} bytes", reply.body.len());
            found.extend(rows_of(&html));
            page += 1;
            if !html.contains("rel=\"next\"") {
                break;
            }
        }
        let distinct: std::collections::BTreeSet<_> = found.iter().collect();
        assert_eq!(distinct.len(), found.len());
        if view.is_empty() {
            assert_eq!(found.len(), count);
        }
    }
    // A filter looks at every row, not at those sent.
    let last = client.get(&format!("/systems/{system}/controls?q=sr-12")).await.text();
    assert_eq!(rows_of(&last), ["sr-12"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_scrolls_through_every_control() {
    let Some(browser) = Browser::start().await else { return };
    let site = Site::empty().await;
    let (system, count) = everything(&site).await;
    site.sign_in(&browser).await;
    let page = format!("{}/systems/{system}/controls", site.address);

    browser.open(&page).await;
    browser.ask("window.stayed = true").await;
    let first = rows(&browser).await;
    assert_eq!(first.len(), 40);
    let tall = "return document.querySelector('#controls .scroll').scrollHeight";
    let before = browser.ask(tall).await.as_f64().unwrap();
    // To the very end at once, as one drags the scroll bar.
    browser.ask("const s = document.querySelector('#controls .scroll'); s.scrollTop = s.scrollHeight").await;
    browser.until("every row came", "!document.querySelector('#controls [data-more]')").await;
    let all = rows(&browser).await;
    assert_eq!(all.len(), count);
    assert_eq!(all[..40], first);
    let after = browser.ask(tall).await.as_f64().unwrap();
    assert!((after - before).abs() < before * 0.1, "the scroll bar told the truth: {before} and {after}");
    assert!(browser.text("#controls .pager").await.contains("of 1,007"));
    assert_eq!(browser.ask("return window.stayed").await, json!(true));

    // The keys go on into rows that were not sent yet.
    browser.open(&page).await;
    let current = "document.querySelector('#controls tr.current')?.dataset.row";
    for id in &all[..45] {
        press(&browser, "j").await;
        browser.until("the next row is current", &format!("{current} === '{id}'")).await;
    }
    press(&browser, "s").await;
    let said = "document.querySelector('#controls-said').textContent";
    browser.until("it is judged", &format!("{said}.includes('1 control judged satisfied')")).await;

    // Rows that are judged leave the list at the server; none that follows is skipped for it.
    browser.open(&format!("{page}?status=not-assessed")).await;
    let open: Vec<String> = all.iter().filter(|id| **id != all[44]).cloned().collect();
    let choose = "for (const box of [...document.querySelectorAll('#controls input[name=row]')].slice(0, 40)) box.click()";
    press(&browser, "j").await;
    browser.ask(choose).await;
    press(&browser, "s").await;
    browser.until("forty are judged", &format!("{said}.includes('40 controls judged satisfied')")).await;
    press(&browser, "n").await;
    browser.until("the next one is found", &format!("{current} === '{}'", open[40])).await;
    browser.ask("document.querySelector('#controls [data-select-all]').click()").await;
    let chosen = format!("{} rows selected", open.len());
    browser
        .until(
            "all are selected",
            &format!("document.querySelector('.bulk-count').textContent === '{chosen}'"),
        )
        .await;
    assert_eq!(rows(&browser).await, open);
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}
