//! The grid in the browser: cells by keyboard, columns in another order, rows pasted, lists narrowed.

use crate::chromium::{Browser, Screen};
use crate::site::{OFFICER, Site};
use serde_json::json;
use warrant_service::Actor;

async fn press(browser: &Browser, key: &str) {
    let (code, text) = match key {
        "Enter" => (13, "\r"),
        "Tab" => (9, ""),
        "Escape" => (27, ""),
        letter => (u32::from(letter.to_uppercase().as_bytes()[0]), letter),
    };
    let mut down = json!({ "type": "keyDown", "key": key, "windowsVirtualKeyCode": code });
    if !text.is_empty() {
        down["text"] = json!(text);
    }
    browser.devtools("Input.dispatchKeyEvent", down).await;
    browser
        .devtools(
            "Input.dispatchKeyEvent",
            json!({ "type": "keyUp", "key": key, "windowsVirtualKeyCode": code }),
        )
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_changes_cells_by_keyboard() {
    let Some(browser) = Browser::start().await else { return };
    let site = Site::sample().await;
    site.sign_in(&browser).await;
    browser.open(&format!("{}/poam", site.address)).await;
    browser.ask("window.stayed = true").await;
    let due =
        "return document.querySelector('#poam tr.current [data-edit*=\"/cell/due\"]').textContent.trim()";
    press(&browser, "j").await;
    let before = browser.ask(due).await;
    let focus = |field: &str| {
        format!("document.activeElement.closest('.cell-form')?.action.includes('/cell/{field}')")
    };
    press(&browser, "c").await;
    browser.until("the first cell is open", &focus("severity")).await;
    press(&browser, "Tab").await;
    browser.until("the next one is open", &focus("owner")).await;
    press(&browser, "Tab").await;
    browser.until("the day is open", &focus("due")).await;
    assert_eq!(browser.ask("return document.querySelectorAll('.cell-form').length").await, json!(1));
    browser.shot("cell").await;
    press(&browser, "Escape").await;
    browser.until("the cell is as it was", "!document.querySelector('.cell-form')").await;
    assert_eq!(browser.ask(due).await, before);
    assert_eq!(
        browser.ask("return Boolean(document.querySelector('#poam tr.current:focus-within'))").await,
        json!(true)
    );
    // Two clicks open a cell as well.
    browser.ask("document.querySelector('#poam tr.current [data-edit*=\"/cell/due\"]').dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))").await;
    browser.until("the day is open", &focus("due")).await;
    browser.ask("document.activeElement.value = '2027-05-05'").await;
    press(&browser, "Enter").await;
    browser.until("it is said", "document.querySelector('#poam-said').textContent.includes('changed')").await;
    assert!(browser.ask(due).await.as_str().unwrap().contains("2027-05-05"));
    assert_eq!(browser.ask("return window.stayed").await, json!(true), "the page was never left");
    browser.shot("cell-changed").await;
    press(&browser, "u").await;
    browser.until("the page is back", "!window.stayed && document.querySelector('#poam tr[data-row]')").await;
    press(&browser, "j").await;
    assert_eq!(browser.ask(due).await, before, "it is taken back");
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_moves_columns_and_takes_what_is_pasted() {
    let Some(browser) = Browser::start().await else { return };
    let site = Site::sample().await;
    site.sign_in(&browser).await;
    browser.open(&format!("{}/findings", site.address)).await;
    browser.click("#findings .columns-menu summary").await;
    browser.shot("columns").await;
    browser.click("#findings .columns-menu li:first-child [data-move=down]").await;
    let second =
        "document.querySelector('#findings .columns-menu li:nth-child(2) input').value === 'severity'";
    browser.until("the column has moved", second).await;
    assert_eq!(browser.ask("return location.search").await, json!(""), "nothing is sent yet");
    browser.click("#findings .columns-menu input[value=score]").await;
    browser.click("#findings .columns-menu button.primary").await;
    let heads = "[...document.querySelectorAll('#findings thead tr:first-child th')].map((th) => th.textContent.trim()).filter(Boolean)";
    browser.until("the columns are there", &format!("{heads}.join().startsWith('Priority,Severity')")).await;
    browser.until("the new one is last", &format!("{heads}.includes('CVSS')")).await;

    browser.open(&format!("{}/records/person", site.address)).await;
    let paste = "const clipboardData = new DataTransfer(); clipboardData.setData('text/plain', arguments[0]); \
        document.querySelector('main').dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }))";
    let rows = "Name\tEmail\nPat Pasted\tpat@northwater.example\n";
    browser.driver.execute(paste, vec![json!(rows)]).await.unwrap();
    browser
        .until("the preview is there", "document.querySelector('h1').textContent === 'Bring in a table'")
        .await;
    browser.shot("pasted").await;
    browser.click("main button.primary").await;
    browser.until("it can be taken back", "document.querySelector('#records-said [data-key=u]')").await;
    assert!(browser.text("#records").await.contains("Pat Pasted"));
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_narrows_every_list() {
    let Some(browser) = Browser::start().await else { return };
    let site = Site::sample().await;
    site.sign_in(&browser).await;
    let portal = site.system("Customer Portal").await;
    browser.open(&format!("{}/findings", site.address)).await;
    browser.click(".scope-switch").await;
    browser.until("the choices are there", "document.querySelector('#panel .scope-choices')").await;
    browser.shot("scope").await;
    browser.click(&format!("#panel a[href*='system%3A{portal}']")).await;
    browser
        .until(
            "the bar says it",
            "document.querySelector('.scope-switch').textContent.includes('Customer Portal')",
        )
        .await;
    for place in ["/systems", "/poam", "/"] {
        browser.click(&format!(".rail a[href='{place}']")).await;
        browser.until(place, &format!("location.pathname === '{place}'")).await;
        assert!(browser.text(".scope-switch").await.contains("Customer Portal"), "{place}");
        let others = "return [...document.querySelectorAll('main [data-grid] tbody a[href^=\"/systems/\"]')].filter((a) => !a.href.includes(arguments[0])).length";
        let others = browser.driver.execute(others, vec![json!(portal)]).await.unwrap();
        assert_eq!(others.json(), &json!(0), "{place} shows other systems");
    }
    browser.click(".scope .icon-button").await;
    browser
        .until("the whole is back", "document.querySelector('.scope-switch').textContent.includes('Whole')")
        .await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    pictures(&browser, &site).await;
}

/// What was made here, when pictures are wanted: light, dark, on a phone and on paper.
async fn pictures(browser: &Browser, site: &Site) {
    if !browser.takes_shots() {
        return;
    }
    let officer = site.service.actor(OFFICER).await.unwrap();
    site.service.set_marking(&officer, "TLP:AMBER+STRICT").await.unwrap();
    let save = |name: &'static str, query: &'static str| {
        let (service, officer) = (site.service.clone(), officer.clone());
        async move {
            let shared = warrant_service::views::Shared::Organisation;
            service.save_view(&officer, name, ("/findings", query), &shared).await.unwrap();
        }
    };
    save("Worst of all", "severity=critical").await;
    save("Exploitable, by score", "cols=finding,score,fixed,system,target&q=cve").await;
    let query = warrant_service::query::EvidenceQuery { limit: 1, ..Default::default() };
    let file = site.service.list_evidence(&Actor::program(), &query).await.unwrap().rows.remove(0).hash;
    let pages = [
        ("findings", "/findings".to_owned()),
        ("findings-view", "/findings?cols=finding,score,fixed,system,target&q=cve".to_owned()),
        ("poam", "/poam".to_owned()),
        ("poam-past", "/poam?as_of=2026-10-15".to_owned()),
        ("systems-past", "/systems?as_of=2026-10-15".to_owned()),
        ("records", "/records/component".to_owned()),
        ("news", "/news".to_owned()),
        ("scope-page", "/scope?here=/findings".to_owned()),
        ("save-view", "/grid/views/new?here=/findings".to_owned()),
        ("file", format!("/evidence/{file}")),
        ("admin", "/admin".to_owned()),
        ("today", "/".to_owned()),
    ];
    for (kind, colours, screen) in
        [("light", "light", Screen::Desk), ("dark", "dark", Screen::Desk), ("phone", "light", Screen::Phone)]
    {
        browser.screen(screen).await;
        browser.prefer(colours).await;
        for (name, path) in &pages {
            browser.open(&format!("{}{path}", site.address)).await;
            if name.starts_with("findings") {
                browser
                    .ask("for (const menu of document.querySelectorAll('.arrange details')) menu.open = true")
                    .await;
            }
            browser.shot(&format!("{kind}-{name}")).await;
        }
    }
    browser.screen(Screen::Desk).await;
    browser.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
    for (name, path) in &pages {
        browser.open(&format!("{}{path}", site.address)).await;
        browser.shot(&format!("print-{name}")).await;
    }
}
