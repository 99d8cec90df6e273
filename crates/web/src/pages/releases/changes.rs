//! What changes from one release to another: vulnerabilities and packages.

use super::files::Rows;
use super::found::others;
use super::words::{self, advisory_href};
use crate::list::ListAddress;
use crate::look::Link;
use crate::look::empty::Empty;
use crate::look::table::{Chip, Column, Facet, Row, Table, Width, table};
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_model::Severity;
use warrant_report::table::{Cell, ColumnKind};
use warrant_service::releases::{ChangeView, DeltaView, Line, PackageChange};

/// Packages shown below each other; their file has all.
const PACKAGES: usize = 40;

/// The two releases that an address names; the last two where it names none.
pub(super) fn between(line: &Line, address: &ListAddress) -> (String, String) {
    let last = line.releases.last().map_or("", |release| release.version.as_str());
    let before = line.releases.iter().rev().nth(1).map_or(last, |release| release.version.as_str());
    let named = |name: &str, else_: &str| address.some(name).unwrap_or_else(|| else_.to_owned());
    (named("from", before), named("to", last))
}

/// What becomes of a vulnerability, in the order in which it is told.
const FATES: [(&str, &str); 4] = [
    ("introduced", "Brought in"),
    ("fixed", "Fixed"),
    ("still", "Still there"),
    ("unknown", "Cannot be told"),
];

type Change<'d> = (&'static str, &'d ChangeView);

fn all(delta: &DeltaView) -> impl Iterator<Item = Change<'_>> {
    let sorts = [&delta.introduced, &delta.fixed, &delta.still_open, &delta.unknown];
    let named = FATES.iter().zip(sorts);
    named.flat_map(|((value, _), changes)| changes.iter().map(move |change| (*value, change)))
}

fn fits((fate, change): &Change<'_>, address: &ListAddress, without: &str) -> bool {
    let text = || format!("{} {} {}", change.hit.ids.join(" "), change.hit.summary, change.key.package.name);
    (without == "fate" || address.some("fate").is_none_or(|wanted| wanted == *fate))
        && (address.get("q").is_empty() || address.found_in(&text()))
}

/// What fits, in the order asked for; brought in first else, worst first.
fn chosen<'d>(delta: &'d DeltaView, address: &ListAddress) -> Vec<Change<'d>> {
    let mut chosen: Vec<_> = all(delta).filter(|change| fits(change, address, "")).collect();
    let (column, descending) = address.sorted();
    match column {
        "id" => chosen.sort_by(|(_, a), (_, b)| a.key.id.cmp(&b.key.id)),
        "severity" => chosen.sort_by_key(|(_, change)| change.hit.severity),
        "package" => chosen.sort_by(|(_, a), (_, b)| a.key.package.cmp(&b.key.package)),
        _ => {}
    }
    if descending {
        chosen.reverse();
    }
    chosen
}

/// The same word on a page; files stay English.
fn said(fate: &str) -> String {
    say(match fate {
        "introduced" => "changes-introduced",
        "fixed" => "changes-fixed",
        "still" => "changes-still",
        _ => "changes-unknown",
    })
}

fn word(fate: &str) -> &'static str {
    FATES.iter().find(|(value, _)| *value == fate).map_or("", |(_, title)| title)
}

/// The table.
pub(super) fn grid(delta: &DeltaView, address: &ListAddress) -> Markup {
    let (shown, pager) = address.page_of(chosen(delta, address));
    let some = all(delta).next().is_some();
    let base = address.path.strip_suffix("/compare").unwrap_or(&address.path);
    let row = |(fate, change): Change<'_>| {
        let href = advisory_href(&change.key.id);
        Row {
            id: format!("{}/{}", change.key.id, change.key.package.name),
            title: Words::of("changes-in")
                .with("id", &change.key.id)
                .with("package", &change.key.package.name)
                .said(),
            href: href.clone(),
            cells: vec![
                html! { (said(fate)) },
                Link::new(&change.key.id, href).anchor(),
                words::severity(&change.hit),
                html! { (words::short(&change.key.package)) " " span.muted { (change.key.package.ecosystem) } },
                html! { (change.hit.summary) },
                words::standing(&change.now),
            ],
            ..Row::default()
        }
    };
    table(&Table {
        id: "changes".to_owned(),
        caption: say("changes-vulnerabilities"),
        action: address.path.clone(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: if some { vec![facet(delta, address)] } else { Vec::new() },
        columns: vec![
            Column::plain(&say("changes-change"), Width::Fit),
            address.column(&say("column-vulnerability"), Width::Fit, "id"),
            address.column(&say("column-severity"), Width::Fit, "severity"),
            address.column(&say("column-package"), Width::Fit, "package"),
            Column::plain(&say("changes-what-it-is"), Width::Fill),
            Column::plain(&say("changes-in-the-later"), Width::Fit),
        ],
        rows: shown.into_iter().map(row).collect(),
        pager,
        exports: if some { address.exports(&format!("{base}/files/changes")) } else { Vec::new() },
        empty: if some {
            Empty::of("release-none-fit").first(address.with("fate", ""))
        } else {
            Empty::of("release-none-change")
        },
        ..Table::default()
    })
}

fn facet(delta: &DeltaView, address: &ListAddress) -> Facet {
    let chips = FATES.map(|(value, _)| {
        let of = |change: &Change<'_>| change.0 == value && fits(change, address, "fate");
        let (chosen, href) = address.toggle("fate", value);
        Chip { title: said(value), shape: None, count: all(delta).filter(of).count() as u64, href, chosen }
    });
    Facet { title: say("changes-change"), chips: chips.to_vec() }
}

/// The same as a file.
pub(super) fn file(delta: &DeltaView, address: &ListAddress) -> Rows {
    use ColumnKind::{Number, Text};
    let columns = vec![
        ("Change", Text),
        ("Vulnerability", Text),
        ("Severity", Text),
        ("Score", Number),
        ("Package", Text),
        ("What it is", Text),
        ("In the later", Text),
        ("Because", Text),
    ];
    let cells = |(fate, change): Change<'_>| {
        vec![
            Cell::text(word(fate)),
            Cell::text(&change.key.id),
            Cell::text_if(change.hit.severity.map(Severity::word)),
            Cell::number_if(change.hit.score),
            Cell::text(format!("{} {}", change.key.package.ecosystem, change.key.package.name)),
            Cell::text(&change.hit.summary),
            Cell::text(words::standing_word(&change.now)),
            Cell::text(words::why(&change.now)),
        ]
    };
    (columns, chosen(delta, address).into_iter().map(cells).collect())
}

/// Packages that came, went or are there in other versions, the first of them.
pub(super) fn packages(delta: &DeltaView, line: &str) -> Markup {
    let versions = |versions: &[String]| {
        html! { @if versions.is_empty() { span.muted { (say("changes-not-there")) } } @else { (versions.join(", ")) } }
    };
    let file = format!("{line}/files/packages");
    html! {
        @if delta.packages.is_empty() { p.muted { (say("changes-same")) } }
        @else {
            div.scroll {
                table {
                    thead { tr { th scope="col" { (say("column-package")) } th scope="col" { (delta.from) } th scope="col" { (delta.to) } } }
                    tbody {
                        @for change in delta.packages.iter().take(PACKAGES) {
                            tr { th scope="row" { (change.package) } td { (versions(&change.before)) } td { (versions(&change.now)) } }
                        }
                    }
                }
            }
            (others(PACKAGES, delta.packages.len(), (&file, &between_query(delta))))
        }
    }
}

fn between_query(delta: &DeltaView) -> String {
    format!("?from={}&to={}", crate::list::encoded(&delta.from), crate::list::encoded(&delta.to))
}

/// All of them as a file.
pub(super) fn packages_file(delta: &DeltaView) -> Rows {
    use ColumnKind::Text;
    let columns = vec![("Package", Text), ("Before", Text), ("Now", Text)];
    let cells = |change: &PackageChange| {
        vec![
            Cell::text(&change.package),
            Cell::text(change.before.join("; ")),
            Cell::text(change.now.join("; ")),
        ]
    };
    (columns, delta.packages.iter().map(cells).collect())
}
