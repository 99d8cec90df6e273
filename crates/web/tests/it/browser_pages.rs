//! Every page that a link leads to is whole: it answers, is light, says what it is, and fits a phone.

use crate::chromium::{Browser, Screen};
use crate::crawl::{Found, crawl};
use crate::hygiene::tags;
use crate::plain::Client;
use crate::site::{OFFICER, Site};

/// The most bytes of a page, as markup.
const HEAVIEST: usize = 100_000;

/// The most pages looked at.
const PAGES: usize = 220;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_every_page_is_sound() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let found = every_page(&site, &client).await;
    let mut faults = Vec::new();
    for page in found.iter().filter(|page| page.reply.is_html()) {
        let weight = page.reply.body.len();
        if weight > HEAVIEST {
            faults.push(format!("{}: {weight} bytes", page.path));
        }
        faults.extend(structure(page).into_iter().map(|fault| format!("{}: {fault}", page.path)));
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));

    let Some(browser) = Browser::start().await else { return };
    site.sign_in(&browser).await;
    browser.screen(Screen::Phone).await;
    for page in found.iter().filter(|page| page.is_first && page.reply.is_html()) {
        browser.open(&format!("{}{}", site.address, page.path)).await;
        let wide = browser.ask(OVERFLOW).await;
        if wide != "" {
            faults.push(format!("{}: wider than a phone: {wide}", page.path));
        }
        faults.extend(
            browser.complaints().await.into_iter().map(|complaint| format!("{}: {complaint}", page.path)),
        );
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// Every page that a link leads to, a few of each shape.
pub(crate) async fn every_page(site: &Site, client: &Client) -> Vec<Found> {
    let system = site.system("Customer Portal").await;
    let start = [
        "/",
        "/systems",
        "/programme",
        "/watch",
        "/record",
        "/checks",
        "/search?q=log4j",
        "/admin",
        "/account",
    ];
    let tabs = [
        "",
        "/boundary",
        "/controls",
        "/findings",
        "/poam",
        "/risk",
        "/recovery",
        "/evidence",
        "/documents",
        "/history",
        "/compare",
    ];
    let tabs: Vec<_> = tabs.iter().map(|tab| format!("/systems/{system}{tab}")).collect();
    let start: Vec<_> = start.iter().map(|path| (*path).to_owned()).chain(tabs.iter().cloned()).collect();
    let found = crawl(client, &start, PAGES, |_| false).await;
    assert!(found.len() > 80, "only {} pages were found", found.len());
    found
}

/// What reaches furthest beyond the window, when the page can be scrolled sideways.
pub(crate) const OVERFLOW: &str = "const room = document.documentElement.clientWidth; \
    if (document.documentElement.scrollWidth <= room) return ''; \
    const around = (e) => getComputedStyle(e).position === 'absolute' ? e.offsetParent : e.parentElement; \
    const clipped = (e) => { for (let p = around(e); p && p !== document.body; p = around(p)) \
        if (getComputedStyle(p).overflowX !== 'visible') return true; return false; }; \
    const beyond = (e) => e.getBoundingClientRect().right > room + 1 && !clipped(e); \
    const named = (e) => `${e.tagName}.${e.getAttribute('class')}: ${e.textContent.trim().slice(0, 30)}`; \
    const worst = [...document.querySelectorAll('body *')].filter(beyond).slice(-3).map(named); \
    return `${document.documentElement.scrollWidth} px: ${worst.join(' | ')}`";

/// What a page misses, as the server sends it: it is read without scripts too.
fn structure(page: &Found) -> Vec<String> {
    let html = page.reply.text();
    let tags = tags(&html);
    let mut faults = Vec::new();
    for (name, least, most) in [("title", 1, 40), ("h1", 1, 1), ("main", 1, 1)] {
        // A picture has titles of its own.
        let count = tags.iter().filter(|tag| tag.name == name).count();
        if count < least || (count > most && name != "title") {
            faults.push(format!("{count} × <{name}>"));
        }
    }
    let text_of = |from: &str, to: &str| {
        let inner =
            html.split(from).nth(1).and_then(|rest| rest.split_once('>')).map_or("", |(_, rest)| rest);
        inner.split(to).next().unwrap_or_default().trim().to_owned()
    };
    for (from, to) in [("<title", "</title>"), ("<h1", "</h1>"), ("<main", "</main>")] {
        if text_of(from, to).is_empty() {
            faults.push(format!("{from}> is empty"));
        }
    }
    if text_of("<main", "</main>").len() < 200 {
        faults.push("nothing to read without scripts".to_owned());
    }
    for form in html.split("<form").skip(1) {
        let form = form.split("</form>").next().unwrap_or_default();
        let opening = form.split('>').next().unwrap_or_default();
        if opening.contains("method=\"post\"") && !form.contains("name=\"_csrf\" value=\"") {
            faults.push(format!("a form without a token: {opening}"));
        }
    }
    for tag in &tags {
        let inline = tag.name == "style"
            || tag.attributes.iter().any(|(name, _)| name == "style" || name.starts_with("on"));
        let foreign = ["href", "src", "action"]
            .iter()
            .filter_map(|name| tag.get(name))
            .any(|address| tag.name != "a" && (address.contains("://") || address.starts_with("//")));
        if inline || foreign {
            faults.push(format!("<{} {:?}>", tag.name, tag.attributes));
        }
    }
    faults.extend(twice(&tags).into_iter().map(|id| format!("two elements are called #{id}")));
    faults
}

fn twice(tags: &[crate::hygiene::Tag]) -> Vec<String> {
    let mut ids: Vec<_> = tags
        .iter()
        .filter_map(|tag| tag.get("id"))
        .filter(|id| !id.contains("__0__") && !id.contains("__1__"))
        .collect();
    ids.sort_unstable();
    let mut twice: Vec<_> =
        ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].to_owned()).collect();
    twice.dedup();
    twice
}
