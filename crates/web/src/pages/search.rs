//! Search: hits by what they are, and the same as the palette, with pages and actions.

use crate::error::Answer;
use crate::language;
use crate::list::{ListAddress, encoded};
use crate::look::Link;
use crate::look::badge;
use crate::look::empty::{Empty, empty, none};
use crate::look::figure::thousands;
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place, Spoken};
use crate::page::Page;
use crate::pages::releases::words::advisory_href;
use crate::pages::sources::record_href;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
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
        let mut answer = fragment(&text, &pages, &hits).into_response();
        answer.headers_mut().insert("x-fragment", HeaderValue::from_static(PALETTE));
        return Ok(answer);
    }
    let main = html! {
        (shell::heading(&[], "Search", lead(address.get("q"), &hits), html! {}))
        form.form action="/search" role="search" aria-label="Search again" {
            div.field { label for="q" { "Words that must all occur" } input #q type="search" name="q" value=(address.get("q")) autofocus; }
            div.buttons.wide { button.primary { "Search" } }
        }
        @if !pages.is_empty() && !text.is_empty() { (section("Pages and actions", html! {}, list(&pages))) }
        @for (what, group) in groups(&hits) {
            (section(&what, html! { (thousands(group.len() as i64)) @if group.len() as i64 == MOST[0] { " shown; narrow the words for the others" } }, found(&group)))
        }
        @if hits.is_empty() && !text.is_empty() {
            (empty(&Empty::of("search-none").first(format!("/findings?state=all&q={}", encoded(&text))).second("/records")))
        }
    };
    let title = if text.is_empty() { "Search".to_owned() } else { format!("Search: {text}") };
    Page::new(&title, Place::Record, "/search").with(&app, &who, main).await
}

fn lead(text: &str, hits: &[Hit]) -> Markup {
    html! {
        @if text.is_empty() { "Records, deficiencies, findings and evidence, as far as you may see them." }
        @else { strong { (thousands(hits.len() as i64)) @if hits.len() == 1 { " hit" } @else { " hits" } } " for “" (text) "”." }
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
fn groups(hits: &[Hit]) -> Vec<(String, Vec<&Hit>)> {
    let mut groups: Vec<(String, Vec<&Hit>)> = Vec::new();
    for hit in hits {
        match groups.iter_mut().find(|(what, _)| *what == hit.what) {
            Some((_, group)) => group.push(hit),
            None => groups.push((hit.what.clone(), vec![hit])),
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

/// Within the English content of a page.
fn list(goals: &[Goal]) -> Markup {
    let lang = |goal: &Goal| language::of_chosen().filter(|_| goal.spoken == Spoken::Chosen);
    html! { ul { @for goal in goals { li lang=[lang(goal)] { (goal.link.anchor()) } } } }
}

/// Within the shell.
fn fragment(text: &str, pages: &[Goal], hits: &[Hit]) -> Markup {
    html! {
        div #(PALETTE) {
            @for goal in pages {
                a href=(safe(&goal.link.href)) { span lang=[goal.spoken.lang()] { (goal.link.title) } " " (badge::tag(&say("palette-go"))) }
            }
            @for hit in hits {
                a href=(safe(&href(hit))) lang=[language::of_english()] {
                    (title(hit)) " " (badge::tag(&hit.what))
                    @if !hit.detail.is_empty() { " " span.muted { (hit.detail) } }
                }
            }
            @if pages.is_empty() && hits.is_empty() { (none("palette-none")) }
            @if !hits.is_empty() { a href=(format!("/search?q={}", encoded(text))) { (say("palette-all")) } }
        }
    }
}

/// Where one may want to go: a page by its words, or a kind of record by the engine's own.
struct Goal {
    link: Link,
    spoken: Spoken,
}

impl Goal {
    fn page(words: impl Into<Words>, href: impl Into<String>) -> Self {
        Self { link: Link::new(words.into().said(), href), spoken: Spoken::Chosen }
    }

    fn kind(title: impl Into<String>, href: impl Into<String>) -> Self {
        Self { link: Link::new(title, href), spoken: Spoken::English }
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
        all.push(Goal::kind(kind.spec.plural, base.clone()));
        if super::records::writes(&who.actor, kind) {
            let title = format!("New {}", super::records::in_sentence(kind.spec.title));
            all.push(Goal::kind(title, format!("{base}/new")));
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
