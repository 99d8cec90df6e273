//! The assessor's grid by keyboard: judge, go on, take back, judge many; the page never changes.

use crate::chromium::Browser;
use crate::site::{OFFICER, Site};
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_assesses_by_keyboard() {
    let Some(browser) = Browser::start().await else { return };
    let site = Site::sample().await;
    browser.open(&site.link(OFFICER).await).await;
    browser.click("button.primary").await;
    browser.until("the queue is there", "document.querySelector('#queue')").await;
    let system = site.system("Customer Portal").await;
    browser.open(&format!("{}/systems/{system}/controls?status=not-assessed", site.address)).await;
    browser.ask("window.stayed = true").await;

    press(&browser, "n").await;
    let first = current(&browser).await;
    let before = browser.text("#lead").await;
    browser.shot("grid").await;
    press(&browser, "s").await;
    browser
        .until(
            "the verdict is told",
            "document.querySelector('#controls-said').textContent.includes('1 control judged satisfied')",
        )
        .await;
    assert_eq!(current(&browser).await, first, "the row stays current");
    assert_eq!(status(&browser).await, "Satisfied");
    assert_ne!(browser.text("#lead").await, before, "the sentence above counts it");
    browser.shot("grid-judged").await;

    press(&browser, "n").await;
    let second = current(&browser).await;
    assert_ne!(second, first, "the next one that is not assessed");
    press(&browser, "o").await;
    browser
        .until(
            "the second verdict is told",
            "document.querySelector('#controls-said').textContent.includes('other than satisfied')",
        )
        .await;
    assert_eq!(status(&browser).await, "Other than satisfied");

    let rows = "return [...document.querySelectorAll('#controls tr[data-row]')].slice(4, 9).map((row) => row.dataset.row)";
    let chosen = browser.ask(rows).await;
    let choose = "for (const box of [...document.querySelectorAll('#controls input[name=row]')].slice(4, 9)) box.click()";
    browser.ask(choose).await;
    assert!(browser.text("#controls .bulk-count").await.contains("5 rows"));
    press(&browser, "s").await;
    browser
        .until(
            "five verdicts are told",
            "document.querySelector('#controls-said').textContent.includes('5 controls judged satisfied')",
        )
        .await;
    let judged = "return [...document.querySelectorAll('#controls tr[data-row]')].slice(4, 9).filter((row) => row.textContent.includes('Satisfied')).length";
    assert_eq!(browser.ask(judged).await, json!(5), "{chosen}");
    assert_eq!(browser.ask("return window.stayed").await, json!(true), "the page was never left");

    browser.click("#controls-said button").await;
    browser
        .until("the page is back", "!window.stayed && document.querySelector('#controls tr[data-row]')")
        .await;
    let open = browser
        .ask("return [...document.querySelectorAll('#controls tr[data-row]')].map((row) => row.dataset.row)")
        .await;
    let open: Vec<String> = serde_json::from_value(open).unwrap();
    for control in serde_json::from_value::<Vec<String>>(chosen).unwrap() {
        assert!(open.contains(&control), "{control} is not assessed again");
    }
    assert!(!open.contains(&first) && !open.contains(&second));
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

async fn press(browser: &Browser, key: &str) {
    let script = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], bubbles: true, cancelable: true }))";
    browser.driver.execute(script, vec![json!(key)]).await.unwrap();
}

async fn current(browser: &Browser) -> String {
    let row = browser.ask("return document.querySelector('#controls tr.current')?.dataset.row ?? ''").await;
    row.as_str().unwrap().to_owned()
}

async fn status(browser: &Browser) -> String {
    browser.text("#controls tr.current td:nth-of-type(3)").await
}
