//! Choosing a language in a real browser, and what the pages look like in it.

use crate::chromium::{Browser, Screen};
use crate::site::Site;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_french_is_chosen_in_the_menu_and_stays() {
    let Some(browser) = Browser::start().await else { return };
    let site = Site::sample().await;
    site.sign_in(&browser).await;
    browser.open(&format!("{}/findings?state=all", site.address)).await;
    browser.click(".menu:last-of-type summary").await;
    browser.shot("language-menu").await;
    browser.click("form.languages button[value=fr]").await;
    browser.until("the page is in French", "document.documentElement.lang === 'fr'").await;
    assert_eq!(browser.ask("return location.pathname + location.search").await, json!("/findings?state=all"));
    assert!(browser.text("main h1").await.contains("Constats"));
    assert_eq!(
        browser.ask("return document.querySelector('main').closest('[lang]').lang").await,
        json!("fr")
    );
    assert!(browser.text(".rail").await.contains("Aujourd’hui"));
    browser.shot("fr-findings").await;
    browser.click("a[href^='/help/']").await;
    browser.until("the guide stands beside the page", "document.querySelector('#panel .guide')").await;
    assert!(browser.text("#panel").await.contains("Comment la lire"));
    browser.shot("fr-guide").await;

    // What the script says comes from the page.
    browser.click("[data-theme-toggle]").await;
    let said = browser.ask("return document.querySelector('#live').textContent").await;
    assert!(said == json!("Sombre") || said == json!("Clair"), "{said}");
    browser.shot("fr-guide-dark").await;
    let key = "document.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }))";
    browser.ask(key).await;
    browser.until("the sheet of keys is open", "document.querySelector('#keys[open]')").await;
    assert!(browser.text("#keys").await.contains("Ligne suivante"));
    browser.shot("fr-keys").await;
    browser.open(&format!("{}/findings?q=zzz", site.address)).await;
    assert_eq!(
        browser.ask("return document.querySelector('.empty').closest('[lang]').lang").await,
        json!("fr")
    );
    browser.shot("fr-empty").await;
    browser.open(&format!("{}/systems/zzz", site.address)).await;
    assert!(browser.text("h1").await.contains("introuvable"));
    let lost = browser.complaints().await;
    assert!(lost.iter().all(|complaint| complaint.contains("404")), "{lost:?}");
    browser.shot("fr-lost").await;
    browser.screen(Screen::Phone).await;
    browser.shot("fr-lost-phone").await;
    browser.open(&format!("{}/", site.address)).await;
    browser.shot("fr-today-phone").await;
    browser.prefer("light").await;
    let wide = browser.ask("return document.documentElement.scrollWidth <= innerWidth").await;
    assert_eq!(wide, json!(true), "French words do not widen the page");
    browser.screen(Screen::Desk).await;
    for (path, name) in [
        ("/help", "fr-help"),
        ("/scope", "fr-scope"),
        ("/import", "fr-import"),
        ("/risk", "fr-risk"),
        ("/", "fr-today"),
    ] {
        browser.open(&format!("{}{path}", site.address)).await;
        browser.shot(name).await;
    }
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn browser_signing_in_offers_the_other_language() {
    let Some(browser) = Browser::start().await else { return };
    let site = Site::empty().await;
    browser.open(&format!("{}/sign-in?next=%2Fsystems", site.address)).await;
    browser.click("form.languages button[value=fr]").await;
    browser.until("the page is in French", "document.documentElement.lang === 'fr'").await;
    assert_eq!(browser.ask("return location.search").await, json!("?next=%2Fsystems"));
    browser.shot("fr-sign-in").await;
    site.sign_in_anywhere(&browser).await;
    browser.open(&format!("{}/", site.address)).await;
    assert!(browser.text("ol.ways").await.contains("Décrire un système"));
    browser.shot("fr-welcome").await;
    for (path, name) in [
        ("/systems", "fr-systems-empty"),
        ("/risk", "fr-risk-empty"),
        ("/watch/advisories", "fr-advisories-empty"),
    ] {
        browser.open(&format!("{}{path}", site.address)).await;
        browser.shot(name).await;
    }
    assert_eq!(browser.complaints().await, Vec::<String>::new());
}
