//! The life of every vulnerability over the releases of a component.

use super::files::Rows;
use super::words::{self, advisory_href};
use crate::list::ListAddress;
use crate::look::empty::Empty;
use crate::look::table::{Chip, Column, Facet, Row, Table, Width, table};
use crate::look::{Link, when};
use crate::words::{Words, say};
use jiff::Timestamp;
use maud::{Markup, html};
use warrant_model::Severity;
use warrant_report::table::{Cell, ColumnKind};
use warrant_service::releases::{LifeView, Line, Standing};

/// The most releases that get a column of their own.
const COLUMNS: usize = 8;

const STATES: [(&str, &str); 2] = [("open", "lives-open"), ("fixed", "lives-fixed")];

fn state(life: &LifeView) -> &'static str {
    if life.fixed_in.is_none() { "open" } else { "fixed" }
}

fn fits(life: &LifeView, address: &ListAddress, without: &str) -> bool {
    let text = || format!("{} {} {}", life.hit.ids.join(" "), life.hit.summary, life.package.name);
    (without == "state" || address.some("state").is_none_or(|wanted| wanted == state(life)))
        && (address.get("q").is_empty() || address.found_in(&text()))
}

/// What fits, in the order asked for; worst and longest open first else.
fn chosen<'l>(line: &'l Line, address: &ListAddress) -> Vec<&'l LifeView> {
    let mut all: Vec<&LifeView> = line.lives.iter().filter(|life| fits(life, address, "")).collect();
    let (column, descending) = address.sorted();
    match column {
        "id" => all.sort_by(|a, b| a.hit.id.cmp(&b.hit.id)),
        "package" => all.sort_by(|a, b| a.package.cmp(&b.package)),
        "since" => all.sort_by_key(|life| life.since),
        "severity" => all.sort_by_key(|life| life.hit.severity),
        _ => {}
    }
    if descending {
        all.reverse();
    }
    all
}

/// The table.
pub(super) fn grid(line: &Line, address: &ListAddress, now: Timestamp) -> Markup {
    let from = line.releases.len().saturating_sub(COLUMNS);
    let (shown, pager) = address.page_of(chosen(line, address));
    let mut columns = vec![
        address.column(&say("column-vulnerability"), Width::Fit, "id"),
        address.column(&say("column-severity"), Width::Fit, "severity"),
        address.column(&say("column-package"), Width::Fill, "package"),
        address.column(&say("lives-brought"), Width::Fit, "since"),
        Column::plain(&say("lives-fixed-in"), Width::Fit),
    ];
    columns.extend(line.releases[from..].iter().map(|release| Column::plain(&release.version, Width::Fit)));
    let view = Table {
        id: "lives".to_owned(),
        caption: say("line-over"),
        action: address.path.clone(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: if line.lives.is_empty() { Vec::new() } else { vec![facet(line, address)] },
        columns,
        rows: shown.into_iter().map(|life| row(life, from, now)).collect(),
        pager,
        exports: if line.lives.is_empty() {
            Vec::new()
        } else {
            address.exports(&format!("{}/files/lives", address.path))
        },
        empty: if line.lives.is_empty() {
            Empty::of("line-none")
        } else {
            Empty::of("release-none-fit").first(&address.path)
        },
        ..Table::default()
    };
    html! {
        (table(&view))
        @if from > 0 { p.muted { (Words::of("lives-last").with("count", COLUMNS).with("all", line.releases.len())) } }
    }
}

fn facet(line: &Line, address: &ListAddress) -> Facet {
    let chips = STATES.map(|(value, title)| {
        let of = |life: &&LifeView| fits(life, address, "state") && state(life) == value;
        let (chosen, href) = address.toggle("state", value);
        let count = line.lives.iter().filter(of).count() as u64;
        Chip { title: say(title), shape: None, count, href, chosen }
    });
    Facet { title: say("column-state"), chips: chips.to_vec() }
}

fn row(life: &LifeView, from: usize, now: Timestamp) -> Row {
    let href = advisory_href(&life.hit.id);
    let mut cells = vec![
        html! { span title=(life.hit.summary) { (Link::new(&life.hit.id, href.clone()).anchor()) } },
        words::severity(&life.hit),
        html! { (words::short(&life.package)) " " span.muted { (life.package.ecosystem) } },
        brought(life, now),
        fixed(life),
    ];
    cells.extend(life.standings.iter().skip(from).map(words::standing));
    Row { id: life.hit.id.clone(), title: life.hit.id.clone(), href, cells, ..Row::default() }
}

fn brought(life: &LifeView, now: Timestamp) -> Markup {
    html! {
        (life.introduced) " " span.muted { (when::age(life.since, now)) }
        @if let Some(earlier) = life.perhaps_since.first() { span.muted { ", " (Words::of("lives-perhaps").with("version", earlier)) } }
    }
}

/// The release that is without it, or why none is known.
fn fixed(life: &LifeView) -> Markup {
    html! {
        @match (&life.fixed_in, life.standings.last()) {
            (Some(version), _) => (version),
            (None, Some(Standing::NotAssessed { .. })) => span.muted { (say("lives-cannot-tell")) },
            (None, _) => span.muted { (say("lives-none-yet")) },
        }
        @if !life.reintroduced.is_empty() { span.muted { ", " (Words::of("lives-back-in").with("versions", life.reintroduced.join(", "))) } }
    }
}

/// The same as a file: every release has its column.
pub(super) fn file(line: &Line, address: &ListAddress) -> Rows {
    use ColumnKind::{Date, Text};
    let columns = vec![
        ("Vulnerability", Text),
        ("Severity", Text),
        ("Package", Text),
        ("What it is", Text),
        ("Brought in by", Text),
        ("Since", Date),
        ("Perhaps since", Text),
        ("Fixed in", Text),
        ("Back in", Text),
        ("Releases", Text),
    ];
    let cells = |life: &LifeView| {
        let releases = line
            .releases
            .iter()
            .zip(&life.standings)
            .map(|(release, standing)| format!("{} {}", release.version, words::standing_word(standing)));
        vec![
            Cell::text(&life.hit.id),
            Cell::text_if(life.hit.severity.map(Severity::word)),
            Cell::text(format!("{} {}", life.package.ecosystem, life.package.name)),
            Cell::text(&life.hit.summary),
            Cell::text(&life.introduced),
            Cell::Time(life.since),
            Cell::text(life.perhaps_since.join("; ")),
            Cell::text_if(life.fixed_in.as_deref()),
            Cell::text(life.reintroduced.join("; ")),
            Cell::text(releases.collect::<Vec<_>>().join("; ")),
        ]
    };
    (columns, chosen(line, address).into_iter().map(cells).collect())
}
