//! The list of a kind's records.

use super::shown::{self, Names};
use super::{bulk, cell, columns, href, list_href, table as tables, writes};
use crate::error::{Answer, PageError};
use crate::grid;
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::empty::Empty;
use crate::look::figure::thousands;
use crate::look::panel::section;
use crate::look::shell::{self, Flash, Place};
use crate::look::table::{Chip, Chosen, Facet, Row, Table, Whole, table};
use crate::look::{Link, when};
use crate::page::Page;
use crate::past::{self, last_instant};
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_model::field::Field;
use warrant_model::kind::{Ended, KindScope};
use warrant_model::registry::KindEntry;
use warrant_model::time::{day, from_micros};
use warrant_service::ServiceError;
use warrant_service::query::{RecordOrder, RecordQuery, RecordRow};
use warrant_service::records::{COUNT_LIMIT, RecordPage};
use warrant_service::tables::TableFormat;

/// The page, or a table as a file when the name ends with its format.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(name): Path<String>,
    address: ListAddress,
) -> Answer {
    if let Some((kind, ending)) = name.rsplit_once('.') {
        if let Some(kind) = kind.strip_suffix(".template") {
            return super::export::template(&app, kind, ending);
        }
        let format = TableFormat::from_ending(ending)
            .ok_or_else(|| ServiceError::NotFound { what: "export format", name: ending.to_owned() })?;
        return super::export::records(&app, &who, kind, &address, format).await;
    }
    show(&app, &who, &name, &address, None).await
}

/// The list; `problem` is what was wrong with something done to several rows or a table.
pub(super) async fn show(
    app: &App,
    who: &Who,
    name: &str,
    address: &ListAddress,
    problem: Option<Flash>,
) -> Answer {
    let kind = app.service.kind(name)?;
    let query = query(app, who, kind, address).await?;
    let as_of = past::as_of(app, address)?;
    let found = match as_of {
        Some(date) => app.service.list_records_at(&who.actor, &query, last_instant(date)).await?,
        None => app.service.list_records(&who.actor, &query).await?,
    };
    let view = view(app, who, kind, address, &found).await?;
    let shown: Vec<String> = view
        .arrangement
        .iter()
        .flat_map(|arranged| &arranged.columns)
        .filter(|offer| offer.shown == Chosen::Yes && offer.key != columns::UPDATED)
        .map(|offer| offer.key.clone())
        .collect();
    let several = kinds::several(&kind.spec);
    let main = html! {
        (shell::heading(&[Link::new(say("places-kinds"), "/records")], &several, lead(kind, &found), html! { @if as_of.is_none() { (new(who, kind, &query)) } }))
        (table(&view))
        @if as_of.is_none() && writes(&who.actor, kind) { (section(&say("bring-in-title"), html! {}, html! { (tables::form(who, kind)) (tables::paste_form(who, kind, &shown)) })) }
    };
    let here = list_href(kind.spec.name);
    let mut page = Page::new(&several, place(kind), &here).in_the_chosen_language();
    page.day = Some(past::control(app, address, kind.spec.name, as_of).await?);
    if let Some(flash) = problem {
        page.status = StatusCode::UNPROCESSABLE_ENTITY;
        page.flashes.push(flash);
    }
    page.with(app, who, main).await
}

/// The table of these records.
pub(super) async fn view(
    app: &App,
    who: &Who,
    kind: &KindEntry,
    address: &ListAddress,
    found: &RecordPage,
) -> Result<Table, PageError> {
    let names = Names::of(app, who, &found.rows).await?;
    let systems = match system_field(kind) {
        Some(_) => app.service.system_names(&who.actor).await?,
        None => BTreeMap::new(),
    };
    let columns = columns::fields(kind);
    let as_of = past::as_of(app, address)?;
    let today = as_of.unwrap_or(day(app.service.now()));
    let edits = as_of.is_none() && writes(&who.actor, kind);
    let row = |row: &RecordRow| {
        let mut cells: Vec<Markup> =
            columns.iter().map(|field| shown::cell(kind, field, row, &names, today)).collect();
        cells.push(when::time(from_micros(row.updated_at)));
        let edit = |field: &&Field| {
            (edits && cell::is_editable(kind, field)).then(|| cell::href(kind, &row.id, field))
        };
        Row {
            id: row.id.clone(),
            title: row.title.clone(),
            href: past::href(&href(kind.spec.name, &row.id), as_of),
            cells,
            edits: columns.iter().map(edit).collect(),
            ..Row::default()
        }
    };
    let view = Table {
        id: "records".to_owned(),
        caption: kinds::several(&kind.spec).into_owned(),
        action: list_href(kind.spec.name),
        keep: address.keep(&["q", "page", system_field(kind).unwrap_or_default()]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: facets(kind, address, found),
        columns: columns::headings(kind, &columns, address, &systems),
        rows: found.rows.iter().map(row).collect(),
        bulk: edits.then(|| bulk::bar(who, kind)),
        whole: edits.then(|| Whole { count: found.total.unsigned_abs(), list: address.with("", "") }),
        exports: if as_of.is_none() { exports(kind, address) } else { Vec::new() },
        pager: address.pager(found.rows.len(), found.total, COUNT_LIMIT),
        empty: nothing(kind, address),
        ..Table::default()
    };
    grid::arrange(app, who, address, &columns::offered(kind), view).await
}

/// The place whose rail names a kind.
pub(super) fn place(kind: &KindEntry) -> Place {
    match kind.spec.name {
        "unit" | "person" | "stakeholder" | "task" | "exception" => Place::Programme,
        _ => match kind.spec.scope {
            KindScope::IsSystem(_) => Place::Systems,
            _ => Place::Record,
        },
    }
}

/// What an address asks for: words, state, system and values of fields.
pub(super) async fn query(
    app: &App,
    who: &Who,
    kind: &KindEntry,
    address: &ListAddress,
) -> Result<RecordQuery, PageError> {
    let system_field = system_field(kind);
    let system = match address.some("system").or_else(|| address.some(system_field?)) {
        Some(system) => Some(app.service.system_row(&who.actor, &system).await?.id),
        None => None,
    };
    let own = |field: &&Field| Some(field.name.as_str()) != system_field;
    let state_field = kind.spec.workflow.map(|workflow| workflow.field);
    let fields = kind.fields.iter().filter(own).filter(|field| Some(field.name.as_str()) != state_field);
    let fields =
        fields.filter_map(|field| Some((field.name.clone(), address.some(&field.name)?.to_lowercase())));
    let (order, descending) = match address.sorted() {
        ("state", down) => (RecordOrder::State, down),
        ("updated", down) => (RecordOrder::Updated, down),
        (_, down) => (RecordOrder::Title, down),
    };
    Ok(RecordQuery {
        kind: kind.spec.name.to_owned(),
        text: address.get("q").to_lowercase(),
        system,
        state: address.some("state").or_else(|| address.some(state_field?)),
        fields: fields.collect(),
        order,
        descending,
        limit: PAGE,
        offset: address.offset(),
    })
}

/// The field that names a record's system.
pub(super) fn system_field(kind: &KindEntry) -> Option<&'static str> {
    match kind.spec.scope {
        KindScope::System(field) | KindScope::SystemOrOrganisation(field) => Some(field),
        _ => None,
    }
}

fn facets(kind: &KindEntry, address: &ListAddress, found: &RecordPage) -> Vec<Facet> {
    let Some(workflow) = kind.spec.workflow else { return Vec::new() };
    let chips = workflow.states.iter().filter_map(|state| {
        let count = found.states.iter().find(|(name, _)| name == state.name).map_or(0, |(_, count)| *count);
        let (chosen, href) = address.toggle("state", state.name);
        (count > 0 || chosen == Chosen::Yes).then(|| Chip {
            title: kinds::stage(kind.spec.name, state).into_owned(),
            shape: None,
            count: count.unsigned_abs(),
            href,
            chosen,
        })
    });
    vec![Facet { title: say("column-state"), chips: chips.collect() }]
}

fn exports(kind: &KindEntry, address: &ListAddress) -> Vec<Link> {
    let base = list_href(kind.spec.name);
    let mut links = address.exports(&base);
    links.push(Link::new("JSON", address.at(&format!("{base}.json"))));
    links
}

fn lead(kind: &KindEntry, found: &RecordPage) -> Markup {
    let plus = if found.total >= COUNT_LIMIT { "+" } else { "" };
    let total = found.total.min(COUNT_LIMIT - 1);
    let states = kind.spec.workflow.map_or(&[][..], |workflow| workflow.states);
    let open = |name: &str| states.iter().any(|state| state.name == name && state.ended == Ended::Open);
    let open: i64 = found.states.iter().filter(|(name, _)| open(name)).map(|(_, count)| count).sum();
    // The states are counted before one of them is chosen.
    let all: i64 = found.states.iter().map(|(_, count)| count).sum();
    let chosen = kind.spec.workflow.is_some() && all > total;
    let count =
        if chosen { Words::of("records-count-of").with("all", all) } else { Words::of("records-count") };
    let count = count
        .with("count", total)
        .with("shown", format!("{}{plus}", thousands(total)))
        .with("one", in_sentence(&kinds::one(&kind.spec)))
        .with("several", in_sentence(&kinds::several(&kind.spec)));
    let counts_open = kind.spec.workflow.is_some() && !chosen;
    let lead =
        if counts_open { Words::of("records-lead-open").with("open", open) } else { "records-lead".into() };
    let about = kinds::about(&kind.spec);
    html! { (lead.with("about", &*about).around("records", html! { strong { (count) } })) }
}

fn new(who: &Who, kind: &KindEntry, query: &RecordQuery) -> Markup {
    let mut href = format!("{}/new", list_href(kind.spec.name));
    if let (Some(system), Some(field)) = (&query.system, system_field(kind)) {
        href.push_str(&format!("?{}={}", encoded(field), encoded(system)));
    }
    let one = in_sentence(&kinds::one(&kind.spec));
    html! { @if writes(&who.actor, kind) { a.button.primary href=(href) { (Words::of("records-new").with("one", one)) } } }
}

/// A kind's title inside a sentence: `System` → `system`, `POA&M item` as it is.
pub(in crate::pages) fn in_sentence(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(title.chars().skip(1)).collect()
        }
        _ => title.to_owned(),
    }
}

fn nothing(kind: &KindEntry, address: &ListAddress) -> Empty {
    let base = list_href(kind.spec.name);
    let (one, several) = (in_sentence(&kinds::one(&kind.spec)), in_sentence(&kinds::several(&kind.spec)));
    let said = |view: Empty| view.with("one", one.as_str()).with("several", several.as_str());
    if address.keep(&["page", "sort"]).is_empty() {
        return said(Empty::of("records-none").with("about", &*kinds::about(&kind.spec)))
            .first(format!("{base}/new"))
            .second(format!("{base}.template.xlsx"));
    }
    said(Empty::of("records-none-fit")).second(format!("{base}/new")).first(base)
}
