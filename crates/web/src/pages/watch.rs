//! Watch: which tool last looked at which system, and whether that still speaks for the present.

use crate::error::Answer;
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::badge::{self, Progress};
use crate::look::empty::Empty;
use crate::look::shell::{self, Place};
use crate::look::table::{Action, Chip, Column, Facet, Row, Table, Width, table};
use crate::look::{Link, when};
use crate::page::Page;
use crate::pages::sources::record_href;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use jiff::Timestamp;
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_model::scope::Role;
use warrant_model::time::day;
use warrant_service::programme::{Age, EvidenceSource};

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/watch", get(page))
}

async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    let all = app.service.evidence_sources(&who.actor).await?;
    let names = app.service.system_names(&who.actor).await?;
    let now = app.service.now();
    let fits: Vec<&EvidenceSource> = all.iter().filter(|source| fits(source, &address, &names)).collect();
    let total = fits.len();
    let from = usize::try_from(address.offset()).unwrap_or(usize::MAX).min(total);
    let shown: Vec<_> = fits.into_iter().skip(from).take(PAGE as usize).collect();
    let imports = who.actor.highest >= Some(Role::Engineer);
    let column = |name, width| Column::plain(&say(name), width);
    let view = Table {
        id: "sources".to_owned(),
        caption: say("watch-title"),
        action: "/watch".to_owned(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: facets(&address, &all, &names),
        columns: vec![
            column("watch-tool", Width::Fill),
            column("column-system", Width::Fit),
            column("column-state", Width::Fit),
            column("watch-last", Width::Fit),
            column("watch-until", Width::Fit),
            column("column-files", Width::Figures),
        ],
        rows: shown.iter().map(|source| row(source, &names, now, imports)).collect(),
        pager: address.pager(shown.len(), total as i64, i64::MAX),
        empty: nothing(&all),
        ..Table::default()
    };
    let import = html! { @if imports { a.button.primary href="/import" { (say("button-import")) } } };
    let main = html! {
        (shell::heading(&[], say("watch-title"), lead(&all, &names, now), import))
        (table(&view))
    };
    Page::new(&say("watch-title"), Place::Watch, "/watch")
        .in_the_chosen_language()
        .with(&app, &who, main)
        .await
}

fn fits(source: &EvidenceSource, address: &ListAddress, names: &BTreeMap<String, String>) -> bool {
    let age = address.get("age");
    let text =
        format!("{} {} {} {}", source.tool, source.format, source.sort, name(source, names)).to_lowercase();
    (age.is_empty() || source.age.word() == age)
        && address.some("system").is_none_or(|system| source.system == system)
        && address.get("q").to_lowercase().split_whitespace().all(|word| text.contains(word))
}

fn name(source: &EvidenceSource, names: &BTreeMap<String, String>) -> String {
    names.get(&source.system).cloned().unwrap_or_else(|| say("watch-the-organisation"))
}

/// The words of an age.
fn title(age: Age) -> &'static str {
    match age {
        Age::Silent => "age-silent",
        Age::Stale => "age-stale",
        Age::Ageing => "age-ageing",
        Age::Fresh => "age-fresh",
    }
}

fn age(age: Age) -> Markup {
    let progress = match age {
        Age::Silent | Age::Stale => Progress::Failed,
        Age::Ageing => Progress::Underway,
        Age::Fresh => Progress::Done,
    };
    badge::state(&say(title(age)), progress)
}

fn row(source: &EvidenceSource, names: &BTreeMap<String, String>, now: Timestamp, imports: bool) -> Row {
    let import = match source.system.as_str() {
        "" => "/import".to_owned(),
        system => format!("/import?system={}", encoded(system)),
    };
    let system = match source.system.as_str() {
        "" => html! { (name(source, names)) },
        id => Link::new(name(source, names), record_href("system", id)).anchor(),
    };
    let until = day(source.until);
    let verb = || Action { verb: say("button-import"), href: import.clone(), key: None };
    Row {
        id: format!("{}/{}/{}", source.system, source.tool, source.format),
        title: Words::of("watch-at").with("tool", &source.tool).with("system", name(source, names)).said(),
        href: format!("/evidence/{}", encoded(&source.evidence)),
        cells: vec![
            html! { (source.tool) " " span.muted { (source.sort) } },
            system,
            age(source.age),
            when::when(source.last, now),
            html! { span title=(Words::of("watch-policy").with("days", i64::from(source.days)).said()) { (until) " " span.muted { (when::distance(until, day(now))) } } },
            html! { (source.files) },
        ],
        actions: if imports && source.age < Age::Fresh { vec![verb()] } else { Vec::new() },
        ..Row::default()
    }
}

fn facets(address: &ListAddress, all: &[EvidenceSource], names: &BTreeMap<String, String>) -> Vec<Facet> {
    // Without the age, so that every age keeps its count.
    let bare = ListAddress::bare("");
    let wanted = |source: &&EvidenceSource| {
        fits(source, &bare, names) && address.some("system").is_none_or(|system| source.system == system)
    };
    let unaged: Vec<_> = all.iter().filter(wanted).collect();
    let chips = Age::ALL.into_iter().filter_map(|age| {
        let count = unaged.iter().filter(|source| source.age == age).count() as u64;
        let (chosen, href) = address.toggle("age", age.word());
        let chip = Chip { title: say(title(age)), shape: None, count, href, chosen };
        (count > 0 || chosen == crate::look::table::Chosen::Yes).then_some(chip)
    });
    vec![Facet { title: say("column-state"), chips: chips.collect() }]
}

fn lead(all: &[EvidenceSource], names: &BTreeMap<String, String>, now: Timestamp) -> Markup {
    let of = |age: Age| all.iter().filter(|source| source.age == age).count();
    let (silent, stale) = (of(Age::Silent), of(Age::Stale));
    let worst = all.first().filter(|source| source.age <= Age::Stale);
    let silent_systems = names.keys().filter(|id| !all.iter().any(|source| source.system == **id)).count();
    let link = |age: Age, words: &'static str, count: usize| {
        let words = Words::of(words).with("count", count);
        html! { a href=(format!("/watch?age={}", age.word())) { (words) } }
    };
    let sources = match silent + stale {
        0 => html! { (say("watch-all-speak")) },
        _ => {
            let both = Words::of("watch-silent-and-stale").with("count", all.len());
            let both = both.around("silent", link(Age::Silent, "watch-silent", silent));
            html! { (both.around("stale", link(Age::Stale, "watch-stale", stale))) }
        }
    };
    let lead = match worst {
        None => Words::of("watch-lead"),
        Some(worst) => Words::of("watch-lead-longest")
            .with("tool", &worst.tool)
            .with("system", name(worst, names))
            .with("age", when::age(worst.last, now)),
    };
    let without = Words::of("watch-without").with("count", silent_systems).said();
    html! { (lead.with("without", without).around("sources", html! { strong { (sources) } })) }
}

fn nothing(all: &[EvidenceSource]) -> Empty {
    if all.is_empty() {
        return Empty::of("sources-none").first("/import").second("/systems");
    }
    Empty::of("sources-none-fit").first("/watch").second("/evidence")
}
