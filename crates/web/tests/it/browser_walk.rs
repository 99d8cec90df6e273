//! A newcomer's first quarter of an hour, step by step: from the one-time link to a ledger found intact.

use crate::chromium::{Browser, Screen};
use crate::plain::Client;
use crate::site::{OFFICER, Site, sample_path};
use serde_json::json;
use std::path::PathBuf;
use warrant_intake::Limits;
use warrant_intake::table::{Sheet, read_table};

/// What the walk plans.
const PLANNED: &str = "Debug port of the Java runtime is open";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_newcomers_walk() {
    let Some(browser) = Browser::start().await else { return };
    let site = Site::sample().await;
    signs_in(&browser, &site).await;
    follows_a_deficiency_to_its_line(&browser).await;
    imports_a_scan(&browser, &site).await;
    plans_an_item(&browser, &site).await;
    compares_with_last_month(&browser, &site).await;
    exports_the_plan(&browser, &site).await;
    verifies_the_ledger(&browser, &site).await;
    imports_a_real_file(&browser, &site).await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    pictures(&browser, &site).await;
}

async fn signs_in(browser: &Browser, site: &Site) {
    browser.open(&site.link(OFFICER).await).await;
    browser.click("main button.primary, button.primary").await;
    browser.until("the queue is there", "document.querySelector('#queue tr[data-row]')").await;
    assert_eq!(browser.text("h1").await, "Today");
    browser.shot("today").await;
}

/// From the top of the queue to the very line of the very file.
async fn follows_a_deficiency_to_its_line(browser: &Browser) {
    let title = browser.ask("return document.querySelector('#queue .row-link').firstChild.textContent").await;
    let title = title.as_str().unwrap().to_owned();
    browser.click("#queue .row-link").await;
    browser.until("the panel opens", "!document.querySelector('#panel').hidden").await;
    assert_eq!(browser.text("#panel-title").await, title);
    browser.shot("today-panel").await;
    browser.click("#panel a[title='Open page']").await;
    browser.until("the deficiency's page opens", "location.pathname.startsWith('/deficiencies/')").await;
    assert_eq!(browser.text("h1").await, title);
    browser.shot("deficiency").await;

    let name = browser.text("figure.source figcaption a").await;
    let quoted = browser.text("figure.source .marked code").await;
    assert!(!quoted.is_empty(), "the deficiency quotes no line");
    browser.click("figure.source figcaption a").await;
    browser.until("the evidence opens", "location.pathname.startsWith('/evidence/')").await;
    let line =
        browser.ask("return Number(document.querySelector('.marked .line-number').dataset.line)").await;
    let line = line.as_u64().unwrap() as usize;
    assert_eq!(browser.ask("return location.hash").await, json!(format!("#L{line}")));
    let marked = browser.text(&format!("#L{line} code")).await;
    let file = std::fs::read_to_string(sample_path("evidence").join(&name)).unwrap();
    let written = file.lines().nth(line - 1).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    let start: String = written.chars().take(100).collect();
    assert!(marked.starts_with(&start), "{name}:{line} is {written:?}, the page marks {marked:?}");
    assert!(
        marked.starts_with(quoted.trim_end_matches(" …").trim_end_matches('…')),
        "{quoted:?} is not {marked:?}"
    );
    browser.shot("evidence").await;
}

/// The rescan left in the sample: two findings open, nine close, as its description says.
async fn imports_a_scan(browser: &Browser, site: &Site) {
    browser.open(&format!("{}/import", site.address)).await;
    let choose = "const s = document.querySelector('#import-system'); \
        s.value = [...s.options].find((o) => o.text === 'Customer Portal').value; return s.value";
    assert_ne!(browser.ask(choose).await, json!(""));
    browser.shot("import-form").await;
    let file = sample_path("to-import/portal-nessus-2026-11-22.nessus").canonicalize().unwrap();
    browser.one("input[type=file]").await.send_keys(file.to_string_lossy()).await.unwrap();
    imported(browser).await;
    assert_eq!(figures(browser).await, ["2", "9"], "opened and closed");
    assert!(browser.text("main .flash").await.contains("2 findings opened, 9 closed"));
    browser.shot("import").await;
    browser.click("main table a[href*='/findings?'][href*='state=open']").await;
    browser.until("the findings are there", "location.pathname === '/findings'").await;
    assert!(browser.text("main").await.contains(PLANNED));
    browser.shot("findings").await;
}

async fn imported(browser: &Browser) {
    browser.until("the batch is there", "location.pathname.startsWith('/import/')").await;
    browser.until("the import has ended", "document.querySelector('#batch .flash')").await;
}

/// Opened and closed, of the first file.
async fn figures(browser: &Browser) -> [String; 2] {
    let cells = "return [3, 5].map((at) => document.querySelectorAll('#batch tbody tr:first-child td')[at].textContent)";
    serde_json::from_value(browser.ask(cells).await).unwrap()
}

/// The new critical finding goes into the POA&M, with a milestone.
async fn plans_an_item(browser: &Browser, site: &Site) {
    browser.open(&format!("{}/?q=Debug%20port", site.address)).await;
    browser.click("#queue .row-link").await;
    browser.until("the panel opens", "document.querySelector('#panel a[title=\"Open page\"]')").await;
    browser.click("#panel a[title='Open page']").await;
    browser.until("the deficiency's page opens", "location.pathname.startsWith('/deficiencies/')").await;
    browser.click("main a.primary[href*='/records/poam_item/new']").await;
    browser.until("the form opens", "document.querySelector('form#record')").await;
    fill(browser, "title", &format!("{PLANNED}: close it")).await;
    fill(browser, "due", "2026-12-15").await;
    fill(browser, "milestones.0.title", "Close port 5005 at the host's firewall").await;
    fill(browser, "milestones.0.due", "2026-11-30").await;
    browser.shot("plan").await;
    browser.click("form#record button.primary").await;
    browser.until("the form is taken", "!document.querySelector('form#record')").await;
    browser.open(&format!("{}/poam?q=Debug%20port", site.address)).await;
    assert!(browser.text("#poam").await.contains(&format!("{PLANNED}: close it")));
    browser.click("#poam .row-link").await;
    browser.until("the item opens", "document.querySelector('#panel-title')").await;
    let item = browser.text("#panel").await;
    assert!(item.contains("Close port 5005") && item.contains("2026-11-30"), "{item}");
    browser.shot("poam").await;
}

/// Puts a value into an input the way a person does, dates in whatever order the browser asks for them.
async fn fill(browser: &Browser, name: &str, value: &str) {
    let script = "const input = document.querySelector(`form#record [name=\"${arguments[0]}\"]`); \
        input.focus(); input.value = arguments[1]; input.dispatchEvent(new Event('input', { bubbles: true })); \
        return input.value";
    let found = browser.driver.execute(script, vec![json!(name), json!(value)]).await.unwrap();
    assert_eq!(found.json(), value, "{name}");
}

/// What got worse: release 2.5.0 brought in a component with a known flaw.
async fn compares_with_last_month(browser: &Browser, site: &Site) {
    let system = site.system("Customer Portal").await;
    browser.open(&format!("{}/systems/{system}", site.address)).await;
    assert!(browser.text("h1").await.contains("Customer Portal"));
    browser.shot("system").await;
    browser.open(&format!("{}/systems/{system}/compare", site.address)).await;
    let page = browser.text("main").await;
    assert!(page.contains("2026-10-2"), "the comparison names its day: {page}");
    assert!(page.contains("log4j-core"), "what release 2.5.0 brought in is named");
    browser.shot("compare").await;
}

async fn exports_the_plan(browser: &Browser, site: &Site) {
    browser.open(&format!("{}/poam", site.address)).await;
    let link = browser
        .ask("return document.querySelector('main a[href*=\"/poam.xlsx\"]').getAttribute('href')")
        .await;
    let cookie = browser.driver.get_named_cookie("warrant_session").await.unwrap();
    let reply = Client::with_cookie(&site.service, &cookie.value).get(link.as_str().unwrap()).await;
    assert_eq!(reply.status, 200);
    assert!(reply.body.starts_with(b"PK\x03\x04"), "a workbook is a ZIP file");
    assert_eq!(reply.header("content-disposition"), "attachment; filename=\"poam.xlsx\"");
    let table = read_table(&reply.body, Sheet::First, &Limits::default()).unwrap();
    let planned = |row: &warrant_intake::table::Row| {
        row.cells.iter().any(|cell| cell.contains(&format!("{PLANNED}: close it")))
    };
    assert!(table.rows.iter().any(planned), "the new item is in the workbook: {:?}", table.headers);
}

async fn verifies_the_ledger(browser: &Browser, site: &Site) {
    browser.open(&format!("{}/record/ledger", site.address)).await;
    browser.shot("ledger").await;
    browser.click("form[action='/record/ledger/verify'] button").await;
    browser
        .until("the ledger is verified", "document.querySelector('h1')?.textContent === 'Verification'")
        .await;
    let page = browser.text("main").await;
    assert!(page.contains("Intact:") && !page.contains("Not intact"), "{page}");
    browser.shot("verification").await;
}

/// A file that a real scanner wrote, where there is one.
async fn imports_a_real_file(browser: &Browser, site: &Site) {
    let corpus = std::env::var_os("WARRANT_CORPUS").map(PathBuf::from);
    let corpus =
        corpus.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"));
    let file = corpus.join("scans/tenable/nessus/nessus_many_vuln.xml");
    if !file.is_file() {
        println!("skipped: no corpus at {}", corpus.display());
        return;
    }
    browser.open(&format!("{}/import", site.address)).await;
    let choose = "const s = document.querySelector('#import-system'); \
        s.value = [...s.options].find((o) => o.text === 'Outage Map').value";
    browser.ask(choose).await;
    let file = file.canonicalize().unwrap();
    browser.one("input[type=file]").await.send_keys(file.to_string_lossy()).await.unwrap();
    imported(browser).await;
    let facts = browser.text("#batch tbody tr:first-child td:nth-of-type(3)").await;
    assert!(facts.replace(',', "").parse::<u32>().unwrap() > 0, "{facts} facts");
}

/// The main pages on a phone and in the dark, when pictures are wanted.
async fn pictures(browser: &Browser, site: &Site) {
    if !browser.takes_shots() {
        return;
    }
    let system = site.system("Customer Portal").await;
    let tab = |name: &str| format!("/systems/{system}{name}");
    let pages = [
        ("today", "/".to_owned()),
        ("overview", "/overview".to_owned()),
        ("systems", "/systems".to_owned()),
        ("system", tab("")),
        ("boundary", tab("/boundary")),
        ("controls", tab("/controls")),
        ("system-findings", tab("/findings")),
        ("system-poam", tab("/poam")),
        ("system-evidence", tab("/evidence")),
        ("history", tab("/history")),
        ("compare", tab("/compare")),
        ("control", tab("/controls/ra-5")),
        ("matrix", "/controls".to_owned()),
        ("findings", "/findings".to_owned()),
        ("poam", "/poam".to_owned()),
        ("evidence-list", "/evidence".to_owned()),
        ("ledger", "/record/ledger".to_owned()),
        ("import", "/import".to_owned()),
        ("checks", "/checks".to_owned()),
        ("programme", "/programme".to_owned()),
        ("watch", "/watch".to_owned()),
        ("record", "/record".to_owned()),
        ("people", "/records/person".to_owned()),
        ("kinds", "/records".to_owned()),
        ("search", "/search?q=log4j".to_owned()),
        ("admin", "/admin".to_owned()),
        ("account", "/account".to_owned()),
    ];
    for (name, path) in &pages {
        browser.open(&format!("{}{path}", site.address)).await;
        browser.shot(&format!("desk-{name}")).await;
    }
    browser.prefer("dark").await;
    for (name, path) in &pages {
        browser.open(&format!("{}{path}", site.address)).await;
        browser.shot(&format!("dark-{name}")).await;
    }
    browser.prefer("light").await;
    browser.screen(Screen::Phone).await;
    for (name, path) in &pages {
        browser.open(&format!("{}{path}", site.address)).await;
        browser.shot(&format!("phone-{name}")).await;
    }
}
