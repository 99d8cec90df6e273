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
    let column = |title: &str, width| Column { title: title.to_owned(), width, ..Column::default() };
    let view = Table {
        id: "sources".to_owned(),
        caption: "Sources of evidence".to_owned(),
        action: "/watch".to_owned(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: facets(&address, &all, &names),
        columns: vec![
            column("Tool", Width::Fill),
            column("System", Width::Fit),
            column("State", Width::Fit),
            column("Last look", Width::Fit),
            column("Speaks until", Width::Fit),
            column("Files", Width::Figures),
        ],
        rows: shown.iter().map(|source| row(source, &names, now, imports)).collect(),
        pager: address.pager(shown.len(), total as i64, i64::MAX),
        empty: nothing(&all),
        ..Table::default()
    };
    let import = html! { @if imports { a.button.primary href="/import" { "Import" } } };
    let main = html! {
        (shell::heading(&[], "Sources of evidence", lead(&all, &names, now), import))
        (table(&view))
    };
    Page::new("Sources of evidence", Place::Watch, "/watch").with(&app, &who, main).await
}

fn fits(source: &EvidenceSource, address: &ListAddress, names: &BTreeMap<String, String>) -> bool {
    let age = address.get("age");
    let text =
        format!("{} {} {} {}", source.tool, source.format, source.sort, name(source, names)).to_lowercase();
    (age.is_empty() || source.age.word() == age)
        && address.some("system").is_none_or(|system| source.system == system)
        && address.get("q").to_lowercase().split_whitespace().all(|word| text.contains(word))
}

fn name<'n>(source: &EvidenceSource, names: &'n BTreeMap<String, String>) -> &'n str {
    names.get(&source.system).map_or("The organisation", String::as_str)
}

fn age(age: Age) -> Markup {
    let progress = match age {
        Age::Silent | Age::Stale => Progress::Failed,
        Age::Ageing => Progress::Underway,
        Age::Fresh => Progress::Done,
    };
    badge::state(age.title(), progress)
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
    let verb = || Action { verb: "Import".to_owned(), href: import.clone(), key: None };
    Row {
        id: format!("{}/{}/{}", source.system, source.tool, source.format),
        title: format!("{} at {}", source.tool, name(source, names)),
        href: format!("/evidence/{}", encoded(&source.evidence)),
        cells: vec![
            html! { (source.tool) " " span.muted { (source.sort) } },
            system,
            age(source.age),
            when::when(source.last, now),
            html! { span title=(format!("policy asks for one every {} days", source.days)) { (until) " " span.muted { (when::distance(until, day(now))) } } },
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
        let chip = Chip { title: age.title().to_owned(), shape: None, count, href, chosen };
        (count > 0 || chosen == crate::look::table::Chosen::Yes).then_some(chip)
    });
    vec![Facet { title: "State".to_owned(), chips: chips.collect() }]
}

fn lead(all: &[EvidenceSource], names: &BTreeMap<String, String>, now: Timestamp) -> Markup {
    let of = |age: Age| all.iter().filter(|source| source.age == age).count();
    let (silent, stale) = (of(Age::Silent), of(Age::Stale));
    let worst = all.first().filter(|source| source.age <= Age::Stale);
    let silent_systems = names.keys().filter(|id| !all.iter().any(|source| source.system == **id)).count();
    html! {
        strong {
            @if silent + stale == 0 { "Every source that ever spoke still does" }
            @else {
                a href="/watch?age=silent" { (silent) @if silent == 1 { " source is" } @else { " sources are" } " silent" }
                " and " a href="/watch?age=stale" { (stale) " too old" } " of " (all.len())
            }
        }
        @if let Some(worst) = worst {
            "; the longest is " (worst.tool) " at " (name(worst, names)) ", " (when::age(worst.last, now))
        }
        "."
        @if silent_systems > 0 {
            " " (silent_systems) @if silent_systems == 1 { " system has" } @else { " systems have" } " no evidence at all."
        }
    }
}

fn nothing(all: &[EvidenceSource]) -> Empty {
    if all.is_empty() {
        return Empty::of("sources-none").first("/import").second("/systems");
    }
    Empty::of("sources-none-fit").first("/watch").second("/evidence")
}
