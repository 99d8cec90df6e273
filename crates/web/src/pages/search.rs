//! Search: hits by what they are, and the same as the palette, with pages and actions.

use crate::error::Answer;
use crate::list::{ListAddress, encoded};
use crate::look::Link;
use crate::look::badge;
use crate::look::empty::{Empty, empty, none};
use crate::look::figure::thousands;
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::page::Page;
use crate::pages::releases::words::advisory_href;
use crate::pages::sources::record_href;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::IntoResponse;
use axum::routing::get;
use maud::{Markup, html};
use warrant_model::scope::Role;
use warrant_service::search::Hit;

/// The id of the element that the palette swaps in.
const PALETTE: &str = "palette-results";
/// Hits of each sort: on the page, and in the palette.
const MOST: [i64; 2] = [50, 6];

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/search", get(page))
}

async fn page(State(app): State<App>, who: Who, headers: HeaderMap, address: ListAddress) -> Answer {
    let text = address.get("q").to_lowercase();
    let palette = headers.get("x-fragment").is_some_and(|id| id.as_bytes() == PALETTE.as_bytes());
    let hits = app.service.search(&who.actor, &text, MOST[usize::from(palette)]).await?;
    let pages = places(&app, &who, &text);
    if palette {
        let mut answer = fragment(&app, &text, &pages, &hits).into_response();
        answer.headers_mut().insert("x-fragment", HeaderValue::from_static(PALETTE));
        return Ok(answer);
    }
    let main = html! {
        (shell::heading(&[], say("search-title"), lead(address.get("q"), &hits), html! {}))
        form.form action="/search" role="search" aria-label=(say("search-again")) {
            div.field { label for="q" { (say("search-words")) } input #q type="search" name="q" value=(address.get("q")) autofocus; }
            div.buttons.wide { button.primary { (say("search-button")) } }
        }
        @if !pages.is_empty() && !text.is_empty() { (section(&say("search-pages"), html! {}, list(&pages))) }
        @for (what, group) in groups(&app, &hits) {
            (section(&what, html! { @if group.len() as i64 == MOST[0] { (Words::of("search-narrow").with("count", group.len())) } @else { (thousands(group.len() as i64)) } }, found(&group)))
        }
        @if hits.is_empty() && !text.is_empty() {
            (empty(&Empty::of("search-none").first(format!("/findings?state=all&q={}", encoded(&text))).second("/records")))
        }
    };
    let title = match text.as_str() {
        "" => say("search-title"),
        text => Words::of("search-for").with("text", text).said(),
    };
    Page::new(&title, Place::Record, "/search").in_the_chosen_language().with(&app, &who, main).await
}

fn lead(text: &str, hits: &[Hit]) -> Markup {
    if text.is_empty() {
        return html! { (say("search-lead-none")) };
    }
    let count = Words::of("search-hits").with("count", hits.len());
    html! { (Words::of("search-lead").with("text", text).around("hits", html! { strong { (count) } })) }
}

/// What a hit is, in the language of the request.
fn what(app: &App, hit: &Hit) -> String {
    match hit.sort {
        "record" => {
            let kind = app.service.registry().kind(&hit.kind);
            kind.map_or_else(|| hit.what.clone(), |kind| kinds::one(&kind.spec).into_owned())
        }
        "finding" => say("column-finding"),
        "evidence" => say("evidence-title"),
        _ => say("search-deficiency"),
    }
}

/// Where a hit leads.
fn href(hit: &Hit) -> String {
    match hit.sort {
        "record" => record_href(&hit.kind, &hit.id),
        "finding" => format!("/findings/{}", encoded(&hit.id)),
        "evidence" => format!("/evidence/{}", encoded(&hit.id)),
        _ => format!("/deficiencies/{}", encoded(&hit.id)),
    }
}

/// Hits by what they are, in the order in which they were found.
fn groups<'h>(app: &App, hits: &'h [Hit]) -> Vec<(String, Vec<&'h Hit>)> {
    let mut groups: Vec<(String, Vec<&Hit>)> = Vec::new();
    for hit in hits {
        let said = what(app, hit);
        match groups.iter_mut().find(|(what, _)| *what == said) {
            Some((_, group)) => group.push(hit),
            None => groups.push((said, vec![hit])),
        }
    }
    groups
}

fn title(hit: &Hit) -> &str {
    if hit.title.is_empty() { &hit.id } else { &hit.title }
}

fn found(hits: &[&Hit]) -> Markup {
    html! {
        ul {
            @for hit in hits {
                li { a href=(safe(&href(hit))) { (title(hit)) } @if !hit.detail.is_empty() { " " span.muted { (hit.detail) } } }
            }
        }
    }
}

fn list(goals: &[Goal]) -> Markup {
    html! { ul { @for goal in goals { li { (goal.link.anchor()) } } } }
}

/// Within the shell.
fn fragment(app: &App, text: &str, pages: &[Goal], hits: &[Hit]) -> Markup {
    html! {
        div #(PALETTE) {
            @for goal in pages {
                a href=(safe(&goal.link.href)) { span { (goal.link.title) } " " (badge::tag(&say("palette-go"))) }
            }
            @for hit in hits {
                a href=(safe(&href(hit))) {
                    (title(hit)) " " (badge::tag(&what(app, hit)))
                    @if !hit.detail.is_empty() { " " span.muted { (hit.detail) } }
                }
            }
            @if pages.is_empty() && hits.is_empty() { (none("palette-none")) }
            @if !hits.is_empty() { a href=(format!("/search?q={}", encoded(text))) { (say("palette-all")) } }
        }
    }
}

/// Where one may want to go.
struct Goal {
    link: Link,
}

impl Goal {
    fn page(words: impl Into<Words>, href: impl Into<String>) -> Self {
        Self::titled(words.into().said(), href)
    }

    fn titled(title: impl Into<String>, href: impl Into<String>) -> Self {
        Self { link: Link::new(title, href) }
    }
}

/// Pages that everybody may go to, by their words.
const GOALS: [(&str, &str); 17] = [
    ("places-queue", "/"),
    ("places-overview", "/overview"),
    ("place-systems", "/systems"),
    ("places-findings", "/findings"),
    ("places-controls", "/controls"),
    ("places-poa-m", "/poam"),
    ("place-programme", "/programme"),
    ("goal-training", "/programme/training"),
    ("goal-sources", "/watch"),
    ("places-advisories", "/watch/advisories"),
    ("places-releases", "/watch/releases"),
    ("places-evidence", "/evidence"),
    ("places-ledger", "/record/ledger"),
    ("places-checks", "/checks"),
    ("goal-kinds", "/records"),
    ("goal-api", "/api/v1/docs"),
    ("shell-account", "/account"),
];

/// Pages and actions whose words fit; a few to begin with when nothing was typed.
fn places(app: &App, who: &Who, text: &str) -> Vec<Goal> {
    let mut all: Vec<Goal> =
        GOALS.into_iter().map(|(name, href)| Goal::page(Words::of(name), href)).collect();
    if who.actor.highest >= Some(Role::Engineer) {
        all.insert(0, Goal::page("goal-import", "/import"));
    }
    if who.actor.everywhere >= Some(Role::Officer) {
        all.push(Goal::page("goal-admin", "/admin"));
    }
    for kind in app.service.registry().kinds() {
        let base = super::records::list_href(kind.spec.name);
        all.push(Goal::titled(kinds::several(&kind.spec), base.clone()));
        if super::records::writes(&who.actor, kind) {
            let one = super::records::in_sentence(&kinds::one(&kind.spec));
            all.push(Goal::page(Words::of("records-new").with("one", one), format!("{base}/new")));
        }
    }
    if text.trim().is_empty() {
        all.truncate(8);
        return all;
    }
    let fits = |goal: &Goal| {
        let title = goal.link.title.to_lowercase();
        text.split_whitespace().all(|word| title.contains(word))
    };
    all.retain(fits);
    all.truncate(8);
    if is_advisory(text) {
        let id = text.to_uppercase();
        let hit = Words::of("goal-advisory").with("id", id.as_str());
        all.insert(0, Goal::page(hit, advisory_href(&id)));
    }
    all
}

/// Whether a text is written as ids of vulnerabilities are: `cve-2021-44228`, `ghsa-jfh8-c2jp-5v3q`.
fn is_advisory(text: &str) -> bool {
    let parts: Vec<&str> = text.trim().split('-').collect();
    let plain = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric());
    parts.len() >= 3
        && parts.iter().all(plain)
        && parts[0].len() <= 7
        && parts[0].bytes().all(|b| b.is_ascii_alphabetic())
        && text.bytes().any(|b| b.is_ascii_digit())
}
