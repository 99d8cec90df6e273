//! Releases: which are in use, what hits them, whether they are safe to ship.

mod changes;
mod compare;
pub(in crate::pages) mod files;
mod found;
mod line;
mod lives;
mod one;
pub(in crate::pages) mod words;

use crate::error::Answer;
use crate::file;
use crate::list::{ListAddress, PAGE};
use crate::look::badge::{self, Progress};
use crate::look::empty::Empty;
use crate::look::shell::{self, Place};
use crate::look::table::{Chip, Column, Facet, Row, Table, Width, table};
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
use std::cmp::Ordering;
use warrant_model::Severity;
use warrant_report::table::{Cell, Column as ReportColumn, ColumnKind};
use warrant_service::releases::{Line, ReleaseView, Releases, Verdict};
use warrant_service::tables::TableFormat;
use words::{line_href, release_href};

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/watch/releases", get(page))
        .route("/watch/releases.csv", get(csv))
        .route("/watch/releases.xlsx", get(xlsx))
        .route("/watch/releases/{system}/{component}", get(line::page))
        .route("/watch/releases/{system}/{component}/compare", get(compare::page))
        .route("/watch/releases/{system}/{component}/files/{file}", get(files::of_line))
        .route("/watch/releases/{system}/{component}/{version}", get(one::page))
        .route("/watch/releases/{system}/{component}/{version}/{file}", get(files::of_release))
}

/// A release and the component it is of.
type Shown<'a> = (&'a Line, &'a ReleaseView);

const HERE: &str = "/watch/releases";

async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    let releases = app.service.releases(&who.actor, None).await?;
    let now = app.service.now();
    let import = html! { a.button.primary href="/import" { (say("releases-import")) } };
    let main = html! {
        (shell::heading(&[], say("releases-title"), lead(&releases), import))
        (words::feed(releases.feed.as_ref(), now))
        (grid(&releases, &address, now))
    };
    Page::new(&say("releases-title"), Place::Watch, HERE)
        .in_the_chosen_language()
        .with(&app, &who, main)
        .await
}

/// Releases as a table, at whichever address.
pub(in crate::pages) fn grid(releases: &Releases, address: &ListAddress, now: Timestamp) -> Markup {
    let all = chosen(releases, address);
    let skip = usize::try_from(address.offset()).unwrap_or(usize::MAX);
    let rows: Vec<Row> = all.iter().skip(skip).take(PAGE as usize).map(|shown| row(*shown, now)).collect();
    table(&Table {
        id: "releases".to_owned(),
        caption: say("releases-title"),
        action: address.path.clone(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: if releases.lines.is_empty() { Vec::new() } else { facets(releases, address) },
        columns: columns(address),
        pager: address.pager(rows.len(), all.len() as i64, i64::MAX),
        rows,
        exports: if address.path == HERE { address.exports(HERE) } else { Vec::new() },
        empty: nothing(releases, address),
        ..Table::default()
    })
}

/// What stands in the way of releases in use.
pub(in crate::pages) fn lead(releases: &Releases) -> Markup {
    let current: Vec<&ReleaseView> = releases.lines.iter().flat_map(|line| line.current()).collect();
    let held = current.iter().filter(|release| release.ship.verdict == Verdict::Hold).count();
    let open: usize = current.iter().map(|release| open(release)).sum();
    let unknown: usize = current.iter().map(|release| release.not_assessed).sum();
    if current.is_empty() {
        return html! { (say("releases-lead-none")) };
    }
    let of = Words::of("releases-held-of").with("held", held).with("count", current.len());
    let lead = Words::of("releases-lead")
        .with("count", held)
        .with("vulnerabilities", words::vulnerabilities(open))
        .with("parts", words::parts(unknown))
        .around("held", html! { strong { (of) } });
    html! { (lead) }
}

/// What nothing sets aside.
pub(super) fn open(release: &ReleaseView) -> usize {
    release.found.iter().filter(|found| found.is_open()).count()
}

/// The worst that nothing sets aside.
fn worst(release: &ReleaseView) -> Option<Severity> {
    release.found.iter().filter(|found| found.is_open()).filter_map(|found| found.hit.severity).max()
}

/// `held`, `unknown` or `safe`.
fn word(release: &ReleaseView) -> &'static str {
    match release.ship.verdict {
        Verdict::Ship => "safe",
        Verdict::Hold if release.ship.reasons.iter().all(|reason| reason.id.is_none()) => "unknown",
        Verdict::Hold => "held",
    }
}

const VERDICTS: [(&str, &str); 3] =
    [("held", "Held back"), ("unknown", "Not assessed"), ("safe", "Safe to ship")];

fn fits((line, release): Shown<'_>, address: &ListAddress, without: &str) -> bool {
    let is = |name: &str, value: &str| name == without || address.some(name).is_none_or(|it| it == value);
    let words = address.get("q").to_lowercase();
    let text = || format!("{} {} {}", line.component, release.version, line.system_name).to_lowercase();
    let all_of_them = without == "shown" || address.get("shown") == "all";
    (all_of_them || release.current)
        && is("system", &line.system)
        && is("verdict", word(release))
        && (words.is_empty() || {
            let text = text();
            words.split_whitespace().all(|part| text.contains(part))
        })
}

fn chosen<'a>(releases: &'a Releases, address: &ListAddress) -> Vec<Shown<'a>> {
    let all =
        releases.lines.iter().flat_map(|line| line.releases.iter().rev().map(move |one| (&**line, one)));
    let mut all: Vec<Shown<'a>> = all.filter(|shown| fits(*shown, address, "")).collect();
    let (column, descending) = address.sorted();
    let by = |a: &Shown<'_>, b: &Shown<'_>| -> Ordering {
        match column {
            "component" => a.0.component.cmp(&b.0.component),
            "system" => a.0.system_name.cmp(&b.0.system_name),
            "made" => a.1.at.cmp(&b.1.at),
            "unknown" => a.1.not_assessed.cmp(&b.1.not_assessed),
            _ => (worst(a.1), open(a.1)).cmp(&(worst(b.1), open(b.1))),
        }
    };
    // Unless something else is asked for, the worst stands first.
    let descending = descending || column.is_empty();
    all.sort_by(|a, b| if descending { by(b, a) } else { by(a, b) });
    all
}

fn columns(address: &ListAddress) -> Vec<Column> {
    let plain = |name, width| Column::plain(&say(name), width);
    let sorted = |name, width, by: &str| address.column(&say(name), width, by);
    vec![
        sorted("column-component", Width::Fill, "component"),
        sorted("column-system", Width::Fit, "system"),
        plain("column-release", Width::Fit),
        sorted("releases-made", Width::Fit, "made"),
        plain("releases-verdict", Width::Fit),
        sorted("releases-worst", Width::Fit, "worst"),
        plain("to-deal-with", Width::Figures),
        sorted("releases-not-assessed", Width::Figures, "unknown"),
    ]
}

fn row((line, release): Shown<'_>, now: Timestamp) -> Row {
    let href = release_href(&line.system, &line.component, &release.version);
    Row {
        id: format!("{}/{}/{}", line.system, line.component, release.version),
        title: format!("{} {}", line.component, release.version),
        href: href.clone(),
        cells: vec![
            html! { (line.component) },
            Link::new(&line.system_name, record_href("system", &line.system)).anchor(),
            html! { (Link::new(&release.version, href.as_str()).anchor()) " " (in_use(release)) },
            html! { span title=(when::age(release.at, now)) { (when::time(release.at)) } },
            words::verdict(release),
            html! { @match worst(release) { Some(severity) => (badge::severity(severity)), None => span.muted { (say("none")) } } },
            html! { (open(release)) },
            html! { span title=(Words::of("releases-of-parts").with("count", release.components).said()) { (release.not_assessed) } },
        ],
        actions: vec![crate::look::table::Action {
            verb: say("releases-timeline"),
            href: line_href(&line.system, &line.component),
            key: None,
        }],
        ..Row::default()
    }
}

/// Whether it is in use, and who says so.
pub(super) fn in_use(release: &ReleaseView) -> Markup {
    html! {
        @if let Some(record) = release.in_use.first() {
            a href=(record_href("component", record)) { (badge::state(&say("releases-in-use"), Progress::Done)) }
        } @else if release.current {
            span title=(say("releases-newest-why")) { (badge::state(&say("releases-newest"), Progress::Open)) }
        }
    }
}

fn facets(releases: &Releases, address: &ListAddress) -> Vec<Facet> {
    let all: Vec<Shown<'_>> =
        releases.lines.iter().flat_map(|line| line.releases.iter().map(move |one| (&**line, one))).collect();
    let count = |without: &str, holds: &dyn Fn(Shown<'_>) -> bool| {
        all.iter().filter(|shown| fits(**shown, address, without) && holds(**shown)).count() as u64
    };
    let (chosen, href) = address.toggle("shown", "all");
    let shown = Chip {
        title: say("releases-earlier-too"),
        count: count("shown", &|_| true),
        href,
        chosen,
        shape: None,
    };
    let verdicts = VERDICTS.map(|(value, _)| {
        let (chosen, href) = address.toggle("verdict", value);
        let count = count("verdict", &|(_, release)| word(release) == value);
        Chip { title: words::verdict_said(value), count, href, chosen, shape: None }
    });
    let mut systems: Vec<(&str, &str)> =
        all.iter().map(|(line, _)| (line.system_name.as_str(), line.system.as_str())).collect();
    systems.sort_unstable();
    systems.dedup();
    let chip = |(name, id): &(&str, &str)| {
        let (chosen, href) = address.toggle("system", id);
        let count = count("system", &|(line, _)| line.system == *id);
        Chip { title: (*name).to_owned(), count, href, chosen, shape: None }
    };
    vec![
        Facet { title: say("releases-shown"), chips: vec![shown] },
        Facet { title: say("releases-verdict"), chips: verdicts.to_vec() },
        Facet { title: say("column-system"), chips: systems.iter().map(chip).collect() },
    ]
}

fn nothing(releases: &Releases, address: &ListAddress) -> Empty {
    if releases.lines.is_empty() {
        return Empty::of("releases-none").first("/import").second("/watch/advisories");
    }
    Empty::of("releases-none-fit")
        .first(&address.path)
        .second(ListAddress::bare(&address.path).with("shown", "all"))
}

async fn csv(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Csv).await
}

async fn xlsx(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Xlsx).await
}

async fn export(app: &App, who: &Who, address: &ListAddress, format: TableFormat) -> Answer {
    use ColumnKind::{Date, Link, Number, Text};
    let releases = app.service.releases(&who.actor, None).await?;
    let heading = app.service.heading("releases");
    let columns = [
        ("Component", Text),
        ("System", Link),
        ("Release", Text),
        ("Made", Date),
        ("In use", Text),
        ("Verdict", Text),
        ("Reasons", Text),
        ("To deal with", Number),
        ("Parts not assessed", Number),
        ("Parts", Number),
    ];
    let cells = |(line, release): &Shown<'_>| {
        let reasons = release.ship.reasons.iter().map(|reason| {
            format!("{} {}: {}", reason.id.as_deref().unwrap_or_default(), reason.component, reason.because)
        });
        vec![
            Cell::text(&line.component),
            Cell::text(&line.system_name),
            Cell::text(&release.version),
            Cell::Time(release.at),
            Cell::Bool(release.current),
            Cell::text(
                VERDICTS.iter().find(|(value, _)| *value == word(release)).map_or("", |(_, title)| title),
            ),
            Cell::text(reasons.collect::<Vec<_>>().join("; ").trim()),
            Cell::Integer(open(release) as i64),
            Cell::Integer(release.not_assessed as i64),
            Cell::Integer(release.components as i64),
        ]
    };
    let table = warrant_report::Table {
        title: "Releases".to_owned(),
        columns: columns.into_iter().map(|(title, kind)| ReportColumn::new(title, kind)).collect(),
        rows: chosen(&releases, address).iter().map(cells).collect(),
        marking: heading.marking,
        source: format!("{}; {}", heading.source, judged_by(&releases)),
    };
    Ok(file::table("releases", format, app.service.written(&table, format)?))
}

fn judged_by(releases: &Releases) -> String {
    match &releases.feed {
        Some(feed) => format!("judged by {} of {}", feed.name, feed.made.strftime("%F")),
        None => "no advisories in force, nothing is assessed".to_owned(),
    }
}
