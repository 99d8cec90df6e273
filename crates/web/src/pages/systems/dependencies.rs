//! Dependencies: which systems rely on which, and on which of them most rests.

use super::load::{self, Standing};
use super::severe;
use crate::error::Answer;
use crate::file;
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::Link;
use crate::look::diagram::{Diagram, Flow, Node, dependencies};
use crate::look::empty::{Empty, empty};
use crate::look::figure::{cut, thousands};
use crate::look::shell::{self, Place};
use crate::look::table::{Column, Row, Table, Width, table};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::State;
use maud::{Markup, html};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use warrant_model::kinds::ComponentType;
use warrant_service::dependencies::{Dependencies, Reliance};
use warrant_service::tables::TableFormat;

/// Names of one cell; the rest is counted.
const NAMED: usize = 3;

/// The page.
pub(super) async fn page(State(app): State<App>, who: Who, list: ListAddress) -> Answer {
    let found = app.service.dependencies(&who.actor).await?;
    let standings: BTreeMap<String, Standing> =
        load::load_at(&app, &who, None).await?.into_iter().map(|one| (one.row.id.clone(), one)).collect();
    let chosen = chosen(&list, &found, &standings);
    let skip = usize::try_from(list.offset()).unwrap_or(usize::MAX);
    let rows: Vec<Row> =
        chosen.iter().skip(skip).take(PAGE as usize).map(|id| row(id, &found, standings.get(*id))).collect();
    let view = Table {
        id: "dependencies".to_owned(),
        caption: say("dependencies"),
        action: "/systems/dependencies".to_owned(),
        keep: list.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), list.get("q").to_owned())),
        columns: vec![
            list.column(&say("column-system"), Width::Fill, "name"),
            list.column(&say("dependencies-by"), Width::Figures, "by"),
            Column::plain(&say("dependencies-in-all"), Width::Figures),
            list.column(&say("dependencies-severe"), Width::Figures, "severe"),
            Column::plain(&say("dependencies-who"), Width::Fit),
            Column::plain(&say("dependencies-on"), Width::Fit),
        ],
        pager: list.pager(rows.len(), chosen.len() as i64, i64::MAX),
        rows,
        exports: list.exports("/systems/dependencies"),
        empty: Empty::of("dependencies-none-fit").first("/systems/dependencies"),
        ..Table::default()
    };
    let over = [Link::new(say("place-systems"), "/systems")];
    let main = html! {
        (shell::heading(&over, say("dependencies"), lead(&found, &standings), html! {}))
        @if found.pairs.is_empty() {
            (empty(&Empty::of("dependencies-none").first("/records/interconnection/new").second("/records/implementation")))
        } @else {
            div.feed { (dependencies(&drawing(&found))) }
            (table(&view))
        }
    };
    Page::new(&say("dependencies"), Place::Systems, "/systems")
        .in_the_chosen_language()
        .guided_by("/systems/dependencies")
        .with(&app, &who, main)
        .await
}

/// Every pair as comma-separated values.
pub(super) async fn csv(State(app): State<App>, who: Who) -> Answer {
    export(&app, &who, TableFormat::Csv).await
}

/// Every pair as a workbook.
pub(super) async fn xlsx(State(app): State<App>, who: Who) -> Answer {
    export(&app, &who, TableFormat::Xlsx).await
}

async fn export(app: &App, who: &Who, format: TableFormat) -> Answer {
    let found = app.service.dependencies(&who.actor).await?;
    let table = app.service.dependencies_table(&found);
    Ok(file::table("dependencies", format, app.service.written(&table, format)?))
}

/// The systems asked for: those that most others rely on first.
fn chosen<'f>(
    list: &ListAddress,
    found: &'f Dependencies,
    standings: &BTreeMap<String, Standing>,
) -> Vec<&'f str> {
    let words: Vec<_> = list.get("q").split_whitespace().map(str::to_lowercase).collect();
    let fits = |name: &String| words.iter().all(|word| name.to_lowercase().contains(word));
    let mut chosen: Vec<&str> =
        found.names.iter().filter(|(_, name)| fits(name)).map(|(id, _)| id.as_str()).collect();
    let name = |id: &&str| found.names.get(*id).map(|name| name.to_lowercase());
    chosen.sort_by_cached_key(name);
    let (column, descending) = list.sorted();
    match column {
        "name" => {}
        "severe" => chosen.sort_by_cached_key(|id| Reverse(severe_of(standings.get(*id)))),
        _ => chosen.sort_by_cached_key(|id| Reverse(found.by(id).count())),
    }
    if descending {
        chosen.reverse();
    }
    chosen
}

fn severe_of(standing: Option<&Standing>) -> u32 {
    standing.and_then(|one| one.summary.as_deref()).map_or(0, severe)
}

fn lead(found: &Dependencies, standings: &BTreeMap<String, Standing>) -> Markup {
    let most = found.names.keys().max_by_key(|id| (found.by(id).count(), Reverse((*id).clone())));
    let Some(most) = most.filter(|_| !found.pairs.is_empty()) else {
        return html! { (say("dependencies-lead-none")) };
    };
    let name = &found.names[most];
    let sentence = Words::of("dependencies-lead")
        .with("carried", found.carried(most))
        .with("all", found.names.len().saturating_sub(1))
        .with("severe", severe_of(standings.get(most)))
        .around("system", html! { strong { a href=(address(most)) { (name) } } });
    html! { (sentence) }
}

fn address(system: &str) -> String {
    format!("/systems/{}", encoded(system))
}

fn row(id: &str, found: &Dependencies, standing: Option<&Standing>) -> Row {
    let name = found.names.get(id).cloned().unwrap_or_default();
    let severe = severe_of(standing);
    let count = |count: usize| thousands(i64::try_from(count).unwrap_or(i64::MAX));
    Row {
        id: id.to_owned(),
        title: name.clone(),
        href: address(id),
        cells: vec![
            html! { (name) },
            html! { (count(found.by(id).count())) },
            html! { (count(found.carried(id))) },
            html! { @if severe == 0 { span.muted { "0" } } @else { a href=(format!("/?system={}", encoded(id))) { (thousands(severe.into())) } } },
            named(found, found.by(id)),
            named(found, found.on(id)),
        ],
        ..Row::default()
    }
}

/// The first names of some systems, and how many more there are.
fn named<'f>(found: &'f Dependencies, ids: impl Iterator<Item = &'f str>) -> Markup {
    let all: Vec<&str> = ids.map(|id| found.names.get(id).map_or(id, String::as_str)).collect();
    let more = all.len().saturating_sub(NAMED);
    html! {
        @if all.is_empty() { span.muted { (say("none")) } }
        span title=(all.join(", ")) { (cut(&all.iter().take(NAMED).copied().collect::<Vec<_>>().join(", "), 44)) }
        @if more > 0 { span.muted { " +" (more) } }
    }
}

/// Systems that rely on others or are relied on, with an arrow from what is relied on to who relies on it.
fn drawing(found: &Dependencies) -> Diagram {
    let linked = |id: &str| found.by(id).next().is_some() || found.on(id).next().is_some();
    let node = |(id, name): (&String, &String)| Node {
        id: id.clone(),
        title: name.clone(),
        component_type: ComponentType::Software,
        sort: Some(say("column-system")),
        note: Words::of("dependencies-carries").with("count", found.by(id).count()).said(),
        href: address(id),
        ..Node::default()
    };
    let flow = |((who, on), why): (&(String, String), &Reliance)| Flow {
        from: on.clone(),
        to: who.clone(),
        information: label(why),
        href: format!("{}/boundary", address(who)),
        ..Flow::default()
    };
    Diagram {
        title: say("dependencies-drawing"),
        nodes: found.names.iter().filter(|(id, _)| linked(id)).map(node).collect(),
        flows: found.pairs.iter().map(flow).collect(),
    }
}

fn label(why: &Reliance) -> String {
    let controls = why.controls.then(|| say("dependencies-controls"));
    let links = (!why.links.is_empty()).then(|| say("dependencies-information"));
    controls.into_iter().chain(links).collect::<Vec<_>>().join(", ")
}
