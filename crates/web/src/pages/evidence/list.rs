//! The list of accepted files.

use crate::error::{Answer, PageError};
use crate::file;
use crate::list::{ListAddress, PAGE, encoded};
use crate::look::empty::Empty;
use crate::look::figure::{cut, thousands};
use crate::look::shell::{self, Place};
use crate::look::table::{Chip, Chosen, Column, ColumnFilter, Facet, Row, Table, Width, table};
use crate::look::when;
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::State;
use jiff::Timestamp;
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_model::time::from_micros;
use warrant_report::table::{Cell, Column as ReportColumn, ColumnKind};
use warrant_service::query::{EvidenceQuery, EvidenceRow};
use warrant_service::tables::{EXPORT_LIMIT, TableFormat};

type Names = BTreeMap<String, String>;

/// The page.
pub(super) async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    let query = query(&app, &who, &address).await?;
    let found = app.service.list_evidence(&who.actor, &query).await?;
    let formats = app.service.evidence_formats(&who.actor, &query).await?;
    let names = app.service.system_names(&who.actor).await?;
    let now = app.service.now();
    let view = Table {
        id: "evidence".to_owned(),
        caption: say("evidence-title"),
        action: "/evidence".to_owned(),
        keep: address.keep(&["q", "page", "system"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: vec![Facet { title: say("column-format"), chips: chips(&app, &address, &formats) }],
        columns: columns(&address, &names),
        rows: found.rows.iter().map(|file| row(&app, file, &names, now)).collect(),
        exports: address.exports("/evidence"),
        pager: address.pager(found.rows.len(), found.total, i64::MAX),
        empty: nothing(&address),
        ..Table::default()
    };
    let newest = found.rows.first().filter(|_| address.page() == 0).map(|file| from_micros(file.observed_at));
    let files = Words::of("evidence-files").with("count", found.total);
    let lead = match newest {
        None => Words::of("evidence-lead").around("day", html! {}),
        Some(newest) => Words::of("evidence-lead-newest")
            .with("age", when::age(newest, now))
            .around("day", when::time(newest)),
    };
    let lead = lead.with("formats", formats.len()).around("files", html! { strong { (files) } });
    let import = html! { a.button.primary href="/import" { (say("button-import")) } };
    let main =
        html! { (shell::heading(&[], say("evidence-title"), html! { (lead) }, import)) (table(&view)) };
    Page::new(&say("evidence-title"), Place::Record, "/evidence")
        .in_the_chosen_language()
        .with(&app, &who, main)
        .await
}

/// The list as comma-separated values.
pub(super) async fn csv(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Csv).await
}

/// The list as a workbook.
pub(super) async fn xlsx(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Xlsx).await
}

async fn export(app: &App, who: &Who, address: &ListAddress, format: TableFormat) -> Answer {
    let query = EvidenceQuery { limit: EXPORT_LIMIT, offset: 0, ..query(app, who, address).await? };
    let rows = app.service.list_evidence(&who.actor, &query).await?.rows;
    let names = app.service.system_names(&who.actor).await?;
    let columns = [
        ("Name", ColumnKind::Text),
        ("System", ColumnKind::Link),
        ("Format", ColumnKind::Text),
        ("Tool", ColumnKind::Text),
        ("Observed", ColumnKind::Date),
        ("Received", ColumnKind::Date),
        ("Brought by", ColumnKind::Text),
        ("Bytes", ColumnKind::Number),
        ("Facts", ColumnKind::Number),
        ("Problems", ColumnKind::Number),
        ("Hash (BLAKE3)", ColumnKind::Text),
        ("Ledger leaf", ColumnKind::Number),
    ];
    let cells = |row: &EvidenceRow| {
        vec![
            Cell::text(row.name.as_str()),
            Cell::text(exported(&row.system, &names)),
            Cell::text(app.service.formats().title(&row.format)),
            Cell::text(row.tool.as_str()),
            Cell::Time(from_micros(row.observed_at)),
            Cell::Time(from_micros(row.received_at)),
            Cell::text(row.actor.as_str()),
            Cell::Integer(row.size),
            Cell::Integer(row.facts),
            Cell::Integer(row.problems.len() as i64),
            Cell::text(row.hash.as_str()),
            Cell::Integer(row.leaf),
        ]
    };
    let heading = app.service.heading("evidence");
    let table = warrant_report::Table {
        title: "Evidence".to_owned(),
        columns: columns.into_iter().map(|(title, kind)| ReportColumn::new(title, kind)).collect(),
        rows: rows.iter().map(cells).collect(),
        marking: heading.marking,
        source: heading.source,
    };
    Ok(file::table("evidence", format, app.service.written(&table, format)?))
}

async fn query(app: &App, who: &Who, address: &ListAddress) -> Result<EvidenceQuery, PageError> {
    let system = match address.get("system") {
        "" => None,
        "-" => Some(String::new()),
        name => Some(app.service.system_row(&who.actor, name).await?.id),
    };
    Ok(EvidenceQuery {
        text: address.get("q").to_lowercase(),
        system,
        hash: None,
        format: address.some("format"),
        limit: PAGE,
        offset: address.offset(),
    })
}

/// A system's name in a file, in English.
fn exported(id: &str, names: &Names) -> String {
    if id.is_empty() { "Organisation".to_owned() } else { system(id, names) }
}

/// What people call a system; evidence about people belongs to the organisation.
pub(super) fn system(id: &str, names: &Names) -> String {
    if id.is_empty() {
        return say("organisation");
    }
    names.get(id).cloned().unwrap_or_else(|| id.to_owned())
}

/// A size as people say it.
pub(in crate::pages) fn size(bytes: i64) -> String {
    match bytes {
        ..10_000 => Words::of("size-bytes").with("count", bytes),
        10_000..10_000_000 => Words::of("size-kb").with("count", bytes / 1_000),
        10_000_000.. => Words::of("size-mb").with("count", bytes / 1_000_000),
    }
    .said()
}

fn chips(app: &App, address: &ListAddress, formats: &[(String, i64)]) -> Vec<Chip> {
    let chip = |(id, count): &(String, i64)| {
        let (chosen, href) = address.toggle("format", id);
        Chip {
            title: app.service.formats().short(id).to_owned(),
            shape: None,
            count: count.unsigned_abs(),
            href,
            chosen,
        }
    };
    let set = |(id, _): &&(String, i64)| address.toggle("format", id).0 == Chosen::Yes;
    // A chosen format stays within reach among however many others.
    let chosen = formats.iter().skip(12).filter(set);
    formats.iter().take(12).chain(chosen).map(chip).collect()
}

fn columns(address: &ListAddress, names: &Names) -> Vec<Column> {
    let column = |name, width| Column::plain(&say(name), width);
    let mut systems: Vec<_> = names.iter().map(|(id, name)| (id.clone(), name.clone())).collect();
    systems.sort_by(|a, b| a.1.cmp(&b.1));
    if systems.len() > 100 {
        systems.clear();
    } else {
        systems.insert(0, ("-".to_owned(), say("organisation")));
    }
    let (name, value) = ("system".to_owned(), address.get("system").to_owned());
    vec![
        column("evidence-file", Width::Fill),
        Column {
            filter: Some(ColumnFilter { name, value, choices: systems }),
            ..column("column-system", Width::Fit)
        },
        column("column-format", Width::Fit),
        column("column-tool", Width::Fit),
        column("evidence-observed", Width::Fit),
        column("evidence-facts", Width::Figures),
        column("evidence-problems", Width::Figures),
    ]
}

fn row(app: &App, file: &EvidenceRow, names: &Names, now: Timestamp) -> Row {
    let problems = file.problems.len() as i64;
    Row {
        id: format!("{}-{}", file.hash, file.system),
        title: file.name.clone(),
        href: format!("/evidence/{}", encoded(file.hash.as_str())),
        cells: vec![
            html! { (file.name) @if let Some(release) = &file.release { small { (release) } } },
            system_cell(&file.system, names),
            html! { (app.service.formats().short(&file.format)) },
            html! { (cut(&file.tool, 24)) @if let Some(version) = &file.tool_version { " " span.muted { (cut(version, 12)) } } },
            when::when(from_micros(file.observed_at), now),
            html! { (thousands(file.facts)) },
            html! { @if problems == 0 { span.muted { "0" } } @else { (thousands(problems)) } },
        ],
        ..Row::default()
    }
}

fn system_cell(id: &str, names: &Names) -> Markup {
    let name = system(id, names);
    html! {
        @if id.is_empty() { (name) } @else { a href=(format!("/systems/{}/evidence", encoded(id))) { (cut(&name, 22)) } }
    }
}

fn nothing(address: &ListAddress) -> Empty {
    if ["q", "system", "format"].iter().any(|name| !address.get(name).is_empty()) {
        return Empty::of("evidence-none-fit").first("/import").second("/evidence");
    }
    Empty::of("evidence-none").first("/import").second("/import#formats")
}
