//! Catalogues: the frameworks that are built in and what they are used for, advisories in force, readers of formats.

use super::{At, Shown, show};
use crate::error::Answer;
use crate::file;
use crate::list::ListAddress;
use crate::look::badge::{self, Progress as Far};
use crate::look::empty::Empty;
use crate::look::facts::{Fact, facts};
use crate::look::figure;
use crate::look::panel::section;
use crate::look::table::{Chip, Chosen, Column, Facet, Row, Table, Width, table};
use crate::pages::releases::words::feed;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use maud::html;
use std::collections::BTreeMap;
use std::sync::Arc;
use warrant_catalog::crosswalk::CROSSWALKS;
use warrant_catalog::frameworks::{FRAMEWORKS, Framework, Holds};
use warrant_catalog::index::Baseline;
use warrant_model::posture::PostureSummary;
use warrant_report::table::{Cell, Column as ReportColumn, ColumnKind};
use warrant_service::tables::TableFormat;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/admin/catalogues", get(page))
        .route("/admin/catalogues.csv", get(csv))
        .route("/admin/catalogues.xlsx", get(xlsx))
}

/// Whether systems are measured by a framework here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// It is a baseline that a categorisation chooses.
    Baseline,
    /// Its controls are what baselines choose from.
    Source,
    /// It can be looked up, compared and mapped, and no more.
    Reference,
}

impl Use {
    const ALL: [Self; 3] = [Self::Baseline, Self::Source, Self::Reference];

    fn word(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Source => "controls",
            Self::Reference => "reference",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Baseline => "catalogue-is-baseline",
            Self::Source => "catalogue-source",
            Self::Reference => "catalogue-reference",
        }
    }
}

/// A framework as the page shows it.
struct Line {
    framework: &'static Framework,
    controls: usize,
    statements: usize,
    used: Use,
    /// Systems whose baseline it is, or is chosen from it; `None`: it cannot be one.
    systems: Option<usize>,
    /// Frameworks that a table leads to.
    crosswalks: Vec<&'static str>,
}

fn lines(summaries: &[Arc<PostureSummary>]) -> Vec<Line> {
    let mut by_baseline: BTreeMap<&str, usize> = BTreeMap::new();
    for summary in summaries.iter().filter(|summary| !summary.system.is_empty()) {
        *by_baseline.entry(summary.baseline.as_str()).or_default() += 1;
    }
    let of = |level: &str| by_baseline.get(level).copied().unwrap_or_default();
    let line = |framework: &'static Framework| {
        let index = framework.index();
        let (mut controls, mut statements) = (0, 0);
        for control in index.controls().iter().filter(|control| !control.withdrawn) {
            if framework.baseline.is_none_or(|baseline| control.baselines.contains(baseline)) {
                controls += 1;
                statements += index.by_id(&control.id).map_or(0, |no| index.statements(no).len());
            }
        }
        let (used, systems) = match (framework.id, framework.baseline) {
            (_, Some(Baseline::Low)) => (Use::Baseline, Some(of("low"))),
            (_, Some(Baseline::Moderate)) => (Use::Baseline, Some(of("moderate"))),
            (_, Some(Baseline::High)) => (Use::Baseline, Some(of("high"))),
            ("800-53r5", None) => (
                Use::Source,
                Some(by_baseline.iter().filter(|(level, _)| !level.is_empty()).map(|(_, n)| n).sum()),
            ),
            _ => (Use::Reference, None),
        };
        let whole = framework.id.split('/').next().unwrap_or(framework.id);
        let mut crosswalks: Vec<_> = CROSSWALKS
            .iter()
            .filter_map(|listed| match whole {
                whole if listed.from == whole => Some(listed.to),
                whole if listed.to == whole => Some(listed.from),
                _ => None,
            })
            .collect();
        crosswalks.sort_unstable();
        crosswalks.dedup();
        Line { framework, controls, statements, used, systems, crosswalks }
    };
    FRAMEWORKS.iter().map(line).collect()
}

async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    app.service.may_administer(&who.actor)?;
    let all = lines(&app.service.summaries(&who.actor).await?);
    let in_force = app.service.advisory_feed().await?;
    let now = app.service.now();
    let own = app.service.own_mappings();
    let lead = Words::of("catalogues-lead")
        .with("count", all.len())
        .with("baselines", all.iter().filter(|line| line.used == Use::Baseline).count());
    let chips = Use::ALL.into_iter().filter_map(|used| {
        let (chosen, href) = address.toggle("use", used.word());
        let count = all.iter().filter(|line| fits(line, &address, "") && line.used == used).count() as u64;
        let chip = Chip { title: say(used.title()), shape: None, count, href, chosen };
        (count > 0 || chosen == Chosen::Yes).then_some(chip)
    });
    let facets = vec![Facet { title: say("catalogue-use"), chips: chips.collect() }];
    let (rows, pager) = address.page_of(chosen(&all, &address));
    let view = Table {
        id: "catalogues".to_owned(),
        caption: say("admin-tab-catalogues"),
        action: "/admin/catalogues".to_owned(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets,
        columns: vec![
            address.column(&say("catalogue-name"), Width::Fit, "name"),
            address.column(&say("column-title"), Width::Fill, "title"),
            Column::plain(&say("column-version"), Width::Fit),
            address.column(&say("column-controls"), Width::Figures, "controls"),
            Column::plain(&say("catalogue-statements"), Width::Figures),
            Column::plain(&say("catalogue-use"), Width::Fit),
            address.column(&say("column-systems"), Width::Figures, "systems"),
            Column::plain(&say("catalogue-crosswalks"), Width::Figures),
        ],
        rows: rows.iter().map(|line| row(line)).collect(),
        exports: address.exports("/admin/catalogues"),
        pager,
        empty: Empty::of("catalogues-none-fit").first("/admin/catalogues"),
        ..Table::default()
    };
    let readers = html! {
        (Words::of("catalogue-reader-count").with("count", app.service.readers().len()))
        " " @if own > 0 { (Words::of("catalogue-own").with("count", own)) } @else { (say("catalogue-no-own")) }
    };
    let main = html! {
        (table(&view))
        (section(&say("catalogue-besides"), html! {}, html! {
            (feed(in_force.as_ref(), now))
            (facts(&[Fact::markup(say("catalogue-readers"), html! { a href="/import" { (readers) } })]))
        }))
    };
    let actions = html! { a.button href="/controls" { (say("places-controls")) } a.button href="/watch/advisories" { (say("places-advisories")) } };
    show(&app, &who, Shown { at: At::Catalogues, lead: html! { (lead) }, actions, problem: None, main }).await
}

fn row(line: &Line) -> Row {
    let framework = line.framework;
    let source =
        Words::of("catalogue-from").with("publisher", framework.publisher).with("source", framework.source);
    let far = match line.used {
        Use::Baseline | Use::Source => Far::Done,
        Use::Reference => Far::Aside,
    };
    Row {
        id: framework.id.to_owned(),
        title: framework.title.to_owned(),
        cells: vec![
            html! { code { (framework.id) } },
            html! {
                span title=(source.said()) { (crate::look::words::english(framework.title)) }
                @if framework.holds == Holds::Identifiers { " " span.muted { (say("catalogue-identifiers")) } }
            },
            html! { (framework.version) },
            html! { (figure::thousands(line.controls as i64)) },
            html! { @if line.statements > 0 { (figure::thousands(line.statements as i64)) } @else { span.muted { (say("none")) } } },
            badge::state(&say(line.used.title()), far),
            html! {
                @match line.systems {
                    Some(systems) => (figure::thousands(systems as i64)),
                    None => span.muted title=(say("catalogue-not-here")) { "–" },
                }
            },
            html! { span title=(line.crosswalks.join(", ")) { (line.crosswalks.len()) } },
        ],
        ..Row::default()
    }
}

fn fits(line: &Line, address: &ListAddress, used: &str) -> bool {
    let framework = line.framework;
    (used.is_empty() || line.used.word() == used)
        && address.found_in(&format!(
            "{} {} {} {} {}",
            framework.id, framework.title, framework.version, framework.publisher, framework.source
        ))
}

fn chosen<'l>(all: &'l [Line], address: &ListAddress) -> Vec<&'l Line> {
    let mut rows: Vec<_> = all.iter().filter(|line| fits(line, address, address.get("use"))).collect();
    let (column, descending) = address.sorted();
    match column {
        "name" => rows.sort_by_key(|line| line.framework.id),
        "title" => rows.sort_by_key(|line| line.framework.title.to_lowercase()),
        "controls" => rows.sort_by_key(|line| line.controls),
        "systems" => rows.sort_by_key(|line| line.systems),
        // They come in the order of lists.
        _ => return rows,
    }
    if descending {
        rows.reverse();
    }
    rows
}

async fn csv(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Csv).await
}

async fn xlsx(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Xlsx).await
}

async fn export(app: &App, who: &Who, address: &ListAddress, format: TableFormat) -> Answer {
    use ColumnKind::{Number, Text};
    app.service.may_administer(&who.actor)?;
    let all = lines(&app.service.summaries(&who.actor).await?);
    let heading = app.service.heading("catalogues");
    let columns = [
        ("Name", Text),
        ("Title", Text),
        ("Version", Text),
        ("Publisher", Text),
        ("Source", Text),
        ("Holds", Text),
        ("Controls", Number),
        ("Statements", Number),
        ("Use here", Text),
        ("Systems", Number),
        ("Crosswalks to", Text),
    ];
    let row = |line: &Line| {
        let framework = line.framework;
        vec![
            Cell::text(framework.id),
            Cell::text(framework.title),
            Cell::text(framework.version),
            Cell::text(framework.publisher),
            Cell::text(framework.source),
            Cell::text(framework.holds.words()),
            Cell::Integer(line.controls as i64),
            Cell::Integer(line.statements as i64),
            Cell::text(line.used.word()),
            line.systems.map_or(Cell::Empty, |systems| Cell::Integer(systems as i64)),
            Cell::text(line.crosswalks.join("; ")),
        ]
    };
    let table = warrant_report::Table {
        title: "Catalogues".to_owned(),
        columns: columns.into_iter().map(|(title, kind)| ReportColumn::new(title, kind)).collect(),
        rows: chosen(&all, address).into_iter().map(row).collect(),
        marking: heading.marking,
        source: heading.source,
    };
    Ok(file::table("catalogues", format, app.service.written(&table, format)?))
}
