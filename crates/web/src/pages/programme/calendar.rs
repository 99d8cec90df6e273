//! The calendar: overdue first, then by day, month by month.

use super::AHEAD;
use crate::error::Answer;
use crate::file;
use crate::list::{ListAddress, PAGE};
use crate::look::badge::{self, Progress};
use crate::look::empty::Empty;
use crate::look::table::{Chip, Column, Facet, Row, Table, Width};
use crate::look::when;
use crate::pages::sources::record_href;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, kinds, say};
use axum::extract::State;
use jiff::civil::Date;
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_model::Registry;
use warrant_model::field::Field;
use warrant_model::time::{day, plus_days};
use warrant_report::{Cell, Column as ReportColumn, ColumnKind, Table as Report};
use warrant_service::programme::Due;
use warrant_service::tables::TableFormat;

type Names = BTreeMap<String, String>;

fn fits(due: &Due, said: &str, address: &ListAddress, names: &Names, today: Date) -> bool {
    let text = format!("{} {} {} {}", due.what, said, due.title, name(due, names)).to_lowercase();
    let shown = match address.get("show") {
        "overdue" => due.day < today,
        "coming" => due.day >= today,
        _ => true,
    };
    shown
        && address.some("what").is_none_or(|what| what == due.what)
        && address.get("q").to_lowercase().split_whitespace().all(|word| text.contains(word))
}

fn name<'n>(due: &Due, names: &'n Names) -> &'n str {
    names.get(&due.system).map_or("", String::as_str)
}

/// The table of the page.
pub(super) fn table(
    kinds: &Registry,
    address: &ListAddress,
    dues: &[Due],
    (names, today): (&Names, Date),
) -> Markup {
    let fits = |due: &&Due| fits(due, &what(kinds, due), address, names, today);
    let chosen: Vec<&Due> = dues.iter().filter(fits).collect();
    let total = chosen.len();
    let from = usize::try_from(address.offset()).unwrap_or(usize::MAX).min(total);
    let shown: Vec<_> = chosen.into_iter().skip(from).take(PAGE as usize).collect();
    let column = |name, width| Column::plain(&say(name), width);
    let view = Table {
        id: "calendar".to_owned(),
        caption: say("calendar-title"),
        action: "/programme".to_owned(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: facets(kinds, address, dues, today),
        columns: vec![
            column("column-day", Width::Fit),
            column("column-what", Width::Fit),
            column("column-title", Width::Fill),
            column("column-system", Width::Fit),
        ],
        rows: shown.iter().map(|due| row(due, what(kinds, due), names, today)).collect(),
        exports: address.exports("/programme"),
        pager: address.pager(shown.len(), total as i64, i64::MAX),
        empty: Empty::of("calendar-none").first("/programme").second("/poam"),
        ..Table::default()
    };
    crate::look::table::table(&view)
}

/// What falls due, in the language of the request: the service names the kind and the field.
pub(super) fn what(registry: &Registry, due: &Due) -> String {
    let Some(kind) = registry.kind(&due.kind) else { return due.what.clone() };
    let of_kind = |field: &Field| format!("{} {}", kind.spec.title, field.label.to_lowercase());
    let plain = kind.fields.iter().find(|field| field.label == due.what);
    let named = || kind.fields.iter().find(|field| of_kind(field) == due.what);
    match plain {
        Some(field) => kinds::label(kind.spec.name, field).into_owned(),
        None => match named() {
            Some(field) => Words::of("calendar-what")
                .with("kind", &*kinds::one(&kind.spec))
                .with("field", kinds::label(kind.spec.name, field).to_lowercase())
                .said(),
            None => say("calendar-milestone"),
        },
    }
}

fn row(due: &Due, what: String, names: &Names, today: Date) -> Row {
    Row {
        id: format!("{}/{}/{}", due.id, due.what, due.day),
        title: due.title.clone(),
        href: format!("/records/{}/{}", due.kind, crate::list::encoded(&due.id)),
        cells: vec![
            html! { (due.day) " " span.muted { (when::distance(due.day, today)) } @if due.day < today { " " (badge::state(&say("overdue"), Progress::Failed)) } },
            html! { (what) },
            html! { (due.title) },
            html! { @if due.system.is_empty() { span.muted { (say("programme")) } } @else { a href=(record_href("system", &due.system)) { (name(due, names)) } } },
        ],
        ..Row::default()
    }
}

fn facets(kinds: &Registry, address: &ListAddress, dues: &[Due], today: Date) -> Vec<Facet> {
    let chip = |name: &str, value: &str, title: &str, count: usize| {
        let (chosen, href) = address.toggle(name, value);
        Chip { title: title.to_owned(), shape: None, count: count as u64, href, chosen }
    };
    let late = dues.iter().filter(|due| due.day < today).count();
    let mut whats: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    dues.iter().for_each(|due| whats.entry(&due.what).or_insert_with(|| (0, what(kinds, due))).0 += 1);
    vec![
        Facet {
            title: say("calendar-show"),
            chips: vec![
                chip("show", "overdue", &say("overdue"), late),
                chip("show", "coming", &say("calendar-coming"), dues.len() - late),
            ],
        },
        Facet {
            title: say("column-what"),
            chips: whats.into_iter().map(|(what, (count, said))| chip("what", what, &said, count)).collect(),
        },
    ]
}

/// The calendar as comma-separated values.
pub(super) async fn csv(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Csv).await
}

/// The calendar as a workbook.
pub(super) async fn xlsx(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Xlsx).await
}

async fn export(app: &App, who: &Who, address: &ListAddress, format: TableFormat) -> Answer {
    let now = app.service.now();
    let dues = app.service.calendar(&who.actor, day(plus_days(now, AHEAD))).await?;
    let names = app.service.system_names(&who.actor).await?;
    let heading = app.service.heading("what falls due");
    let row = |due: &Due| {
        vec![
            Cell::Date(due.day),
            Cell::text(&due.what),
            Cell::text(&due.title),
            Cell::text(name(due, &names)),
        ]
    };
    let rows = dues.iter().filter(|due| fits(due, "", address, &names, day(now))).map(row).collect();
    let column = ReportColumn::new;
    let table = Report {
        title: "What falls due".to_owned(),
        columns: vec![
            column("day", ColumnKind::Date),
            column("what", ColumnKind::Text),
            column("title", ColumnKind::Text),
            column("system", ColumnKind::Link),
        ],
        rows,
        marking: heading.marking,
        source: heading.source,
    };
    Ok(file::table("calendar", format, app.service.written(&table, format)?))
}
