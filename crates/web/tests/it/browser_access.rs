//! Everybody can use every page: with a screen reader, in the dark, magnified, by keyboard alone, without
//! motion; and no page makes anybody wait for more than it needs.
//!
//! The rules are those of axe-core, which `./x test` fetches and `WARRANT_AXE` names; it is no part of the project.

use crate::browser_pages::{OVERFLOW, every_page};
use crate::chromium::{Browser, Screen};
use crate::crawl::shape;
use crate::plain::Client;
use crate::site::{OFFICER, Site};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Lines of all scripts of our own.
const SCRIPT_LINES: usize = 1_000;

/// Counts what the browser had to have before it painted, and how much moved afterwards.
const WATCH: &str = "window.__shift = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) \
    if (!entry.hadRecentInput) window.__shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });";

/// What axe-core finds: `rule: element: what is wrong`.
const AXE: &str = "const [done] = [arguments[arguments.length - 1]]; \
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']; \
    const only = arguments[0]; const context = { include: [['html']], exclude: [['tbody tr:nth-child(n+7)']] }; \
    const runOnly = only ? { type: 'rule', values: [only] } : { type: 'tag', values: tags }; \
    axe.run(context, { runOnly, resultTypes: ['violations'] }).then((found) => done(found.violations.flatMap((rule) => \
        rule.nodes.slice(0, 2).map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary.split('\\n')[1]}`))), \
        (error) => done([String(error)]));";

/// Everything that would still move when the person asked for no motion.
const MOVING: &str = "return [...document.querySelectorAll('body *')].filter((e) => { const s = getComputedStyle(e); \
    return s.animationName !== 'none' || s.transitionDuration.split(',').some((time) => parseFloat(time) > 0); }) \
    .slice(0, 3).map((e) => e.tagName + '.' + e.className).join(' | ');";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_every_page_is_accessible() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let found = every_page(&site, &client).await;
    let Some(browser) = Browser::start().await else { return };
    let rules = axe();
    let on_new_pages = format!("{WATCH}\n{}", rules.as_deref().unwrap_or_default());
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": on_new_pages })).await;
    site.sign_in(&browser).await;
    let mut faults: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    // Filters change which rows there are, not what they are made of: one page of each path.
    let kinds_of_page = found.iter().filter(|page| page.is_first && page.reply.is_html());
    for page in
        kinds_of_page.filter(|page| seen.insert(shape(&page.path).split('?').next().unwrap().to_owned()))
    {
        let mut note = |fault: String| faults.push(format!("{}: {fault}", page.path));
        browser.screen(Screen::Desk).await;
        browser.prefer("light").await;
        browser.open(&format!("{}{}", site.address, page.path)).await;
        let blocking = browser.ask(
            "return performance.getEntriesByType('resource').filter((e) => e.renderBlockingStatus === 'blocking').length",
        );
        let blocking = blocking.await;
        if blocking.as_u64().unwrap() > 2 {
            note(format!("{blocking} requests before it is painted"));
        }
        if rules.is_some() {
            violations(&browser, Value::Null).await.into_iter().for_each(&mut note);
            browser.prefer("dark").await;
            let dark = violations(&browser, json!("color-contrast")).await;
            dark.into_iter().for_each(|fault| note(format!("in the dark: {fault}")));
        }
        let shift = browser.ask("return window.__shift").await.as_f64().unwrap();
        // A table that is still arriving may shift its columns by a hair.
        if shift > 0.1 {
            note(format!("moves while it loads, by {shift}"));
        }
        // Magnified to 400 %, a window of 1,280 pixels has room for 320.
        browser.screen(Screen::Magnified).await;
        let wide = browser.ask(OVERFLOW).await;
        if wide != "" {
            note(format!("wider than a window at 400 %: {wide}"));
        }
    }
    still(&browser, &site).await.into_iter().for_each(|fault| faults.push(fault));
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// axe-core's source, where the environment says it is.
fn axe() -> Option<String> {
    let Some(path) = std::env::var_os("WARRANT_AXE").filter(|path| !path.is_empty()) else {
        println!("skipped the rules of axe-core: WARRANT_AXE does not name its file (./x test fetches it)");
        return None;
    };
    Some(std::fs::read_to_string(path).expect("the file that WARRANT_AXE names"))
}

async fn violations(browser: &Browser, only: Value) -> Vec<String> {
    let found = browser.driver.execute_async(AXE, vec![only]).await.unwrap();
    let found = found.json().as_array().unwrap();
    found.iter().map(|fault| fault.as_str().unwrap().to_owned()).collect()
}

/// What moves although the person asked for no motion.
async fn still(browser: &Browser, site: &Site) -> Vec<String> {
    browser.screen(Screen::Desk).await;
    let calm = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
    browser.devtools("Emulation.setEmulatedMedia", calm).await;
    let mut faults = Vec::new();
    for path in ["/", "/import", "/systems", "/records/system/new"] {
        browser.open(&format!("{}{path}", site.address)).await;
        let moving = browser.ask(MOVING).await;
        if moving != "" {
            faults.push(format!("{path}: moves although nobody wants it to: {moving}"));
        }
    }
    faults
}

/// What has the focus: where it is in the document, whether it can be seen, and what it is.
const FOCUS: &str = "const e = document.activeElement; if (!e || e === document.body) return null; \
    const box = e.getBoundingClientRect(); const style = getComputedStyle(e); \
    const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'; \
    const label = e.labels?.[0] && getComputedStyle(e.labels[0]).outlineStyle !== 'none'; \
    return { at: [...document.querySelectorAll('*')].indexOf(e), seen: (box.width > 1 && box.height > 1 && ring) || Boolean(label), \
        inside: box.bottom > 0 && box.top < innerHeight, what: `${e.tagName}.${e.className} ${(e.textContent || e.name || '').trim().slice(0, 30)}` };";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_the_keyboard_reaches_everything_in_order() {
    let Some(browser) = Browser::start().await else { return };
    let site = Site::sample().await;
    site.sign_in(&browser).await;
    let system = site.system("Customer Portal").await;
    let pages = [
        "/account".to_owned(),
        "/import".to_owned(),
        "/overview".to_owned(),
        "/records/task/new".to_owned(),
        format!("/systems/{system}"),
        format!("/systems/{system}/poam"),
    ];
    for path in pages {
        browser.open(&format!("{}{path}", site.address)).await;
        let (mut last, mut stops, mut parts, mut lost) = (-1, 0, 0, 0);
        loop {
            tab(&browser).await;
            let focus = browser.ask(FOCUS).await;
            if focus.is_null() && stops == 0 && lost < 20 {
                // A page that has only just come does not have the keyboard yet.
                lost += 1;
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                continue;
            }
            if focus.is_null() {
                break;
            }
            let at = focus["at"].as_i64().unwrap();
            // The parts of a date draw their own ring inside of it, which only the browser sees.
            let seen = focus["seen"] == true || at == last;
            assert!(seen, "{path}: the focus cannot be seen on {}", focus["what"]);
            assert_eq!(focus["inside"], true, "{path}: the focus is out of sight on {}", focus["what"]);
            if at < last {
                break; // around once
            }
            // A date has a stop for each of its parts, and one for its calendar.
            parts = if at == last { parts + 1 } else { 0 };
            assert!(parts < 4, "{path}: the focus stays on {}", focus["what"]);
            (last, stops) = (at, stops + usize::from(parts == 0));
            assert!(stops < 800, "{path}: the focus never comes round");
        }
        let reachable = browser.ask("const s = 'a[href], button, input:not([type=hidden]), select, textarea, summary'; \
            return [...document.querySelectorAll(s)].filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled \
                && (e.type !== 'radio' || e.checked)).length").await;
        let reachable = reachable.as_u64().unwrap() as usize;
        assert!(stops >= reachable, "{path}: {stops} stops for {reachable} things to use");
    }
}

async fn tab(browser: &Browser) {
    let down = json!({ "type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 });
    browser.devtools("Input.dispatchKeyEvent", down).await;
    let up = json!({ "type": "keyUp", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 });
    browser.devtools("Input.dispatchKeyEvent", up).await;
}

#[test]
fn all_scripts_together_stay_small() {
    let scripts = [include_str!("../../assets/app.js"), include_str!("../../assets/theme.js")];
    let lines: usize = scripts.iter().map(|script| script.lines().count()).sum();
    assert!(lines <= SCRIPT_LINES, "{lines} lines of script");
}
