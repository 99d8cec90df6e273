//! Advisories: every vulnerability that hits a release in use, and the question who of ours is hit.

mod load;
mod one;

use super::releases::words::{self, advisory_href};
use crate::error::Answer;
use crate::file;
use crate::list::{ListAddress, PAGE};
use crate::look::badge;
use crate::look::empty::Empty;
use crate::look::shell::{self, Place};
use crate::look::table::{Chip, Chosen, Column, Facet, Row, Table, Width, table};
use crate::look::{Link, when};
use crate::page::Page;
use crate::server::{App, UPLOAD_LIMIT};
use crate::session::Who;
use crate::words::{Words, say};
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use jiff::Timestamp;
use maud::{Markup, html};
use warrant_model::Severity;
use warrant_report::table::{Cell, Column as ReportColumn, ColumnKind};
use warrant_service::releases::{AdvisoryLine, Hitting};
use warrant_service::tables::TableFormat;

/// The routes of this page.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/watch/advisories", get(page))
        .route("/watch/advisories.csv", get(csv))
        .route("/watch/advisories.xlsx", get(xlsx))
        .route("/watch/advisories/load", post(load::upload).layer(DefaultBodyLimit::max(UPLOAD_LIMIT)))
        .route("/watch/advisories/who", get(who_is_hit))
        .route("/watch/advisories/{id}", get(one::page))
        .route("/watch/advisories/{id}/{file}", get(one::file))
}

/// Leads from the form to the answer's own address.
async fn who_is_hit(address: ListAddress) -> Answer {
    let id = address.get("id").trim();
    let to = if id.is_empty() { "/watch/advisories".to_owned() } else { advisory_href(id) };
    Ok(Redirect::to(&to).into_response())
}

/// The form that asks.
pub(super) fn ask(id: &str) -> Markup {
    html! {
        form.buttons role="search" aria-label=(say("advisories-vulnerability")) action="/watch/advisories/who" {
            label.sr for="advisory" { (say("advisories-id")) }
            input #advisory type="search" name="id" value=(id) placeholder=(say("advisories-placeholder")) required;
            button { (say("advisories-who")) }
        }
    }
}

async fn page(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    let hitting = app.service.advisories_hitting(&who.actor).await?;
    let now = app.service.now();
    let all = chosen(&hitting, &address);
    let skip = usize::try_from(address.offset()).unwrap_or(usize::MAX);
    let rows: Vec<Row> = all.iter().skip(skip).take(PAGE as usize).map(|line| row(line, now)).collect();
    let view = Table {
        id: "advisories".to_owned(),
        caption: say("advisories-caption"),
        action: address.path.clone(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: facets(&hitting, &address),
        columns: columns(&address),
        pager: address.pager(rows.len(), all.len() as i64, i64::MAX),
        rows,
        exports: address.exports("/watch/advisories"),
        empty: nothing(&hitting, &address),
        ..Table::default()
    };
    let main = html! {
        (shell::heading(&[], say("advisories-title"), lead(&hitting), html! { (ask("")) a.button href="/records/vulnerability_decision" { (say("advisories-decisions")) } }))
        (words::feed(hitting.feed.as_ref(), now))
        (table(&view))
        (load::form(&who))
    };
    Page::new(&say("advisories-title"), Place::Watch, "/watch/advisories")
        .in_the_chosen_language()
        .with(&app, &who, main)
        .await
}

fn lead(hitting: &Hitting) -> Markup {
    let open = hitting.rows.iter().filter(|row| row.open() > 0);
    let exploited = open.clone().filter(|row| row.hit.exploited).count();
    if hitting.releases == 0 {
        return html! { (say("advisories-lead-none")) };
    }
    let hits = Words::of("advisories-hits").with("count", open.count());
    let known = Words::of("advisories-exploited").with("count", exploited);
    let unknown = Words::of("advisories-unknown").with("count", hitting.not_assessed);
    let lead = Words::of(if exploited > 0 { "advisories-lead-exploited" } else { "advisories-lead" })
        .with("parts", words::parts(hitting.components))
        .with("releases", Words::of("advisories-releases").with("count", hitting.releases).said())
        .around("hits", html! { strong { (hits) } })
        .around("exploited", html! { a href="/watch/advisories?exploited=yes" { (known) } })
        .around("unknown", html! { a href="/watch/releases" { (unknown) } });
    html! { (lead) }
}

fn fits(row: &AdvisoryLine, address: &ListAddress, without: &str) -> bool {
    let is = |name: &str, value: &str| name == without || address.some(name).is_none_or(|it| it == value);
    let words = address.get("q").to_lowercase();
    is("severity", severity(row).word())
        && is("exploited", if row.hit.exploited { "yes" } else { "no" })
        && is("state", state(row))
        && (words.is_empty() || {
            let text = text(row);
            words.split_whitespace().all(|word| text.contains(word))
        })
}

/// What a search looks through, in small letters.
fn text(row: &AdvisoryLine) -> String {
    let places = row.places.iter().map(|place| format!("{} {} ", place.system_name, place.component));
    let packages = row.packages.iter().map(|package| format!("{} ", package.name));
    let text = format!("{} {} ", row.hit.ids.join(" "), row.hit.summary);
    places.chain(packages).fold(text, |text, more| text + more.as_str()).to_lowercase()
}

fn severity(row: &AdvisoryLine) -> Severity {
    row.hit.severity.unwrap_or(Severity::None)
}

fn state(row: &AdvisoryLine) -> &'static str {
    if row.open() > 0 { "open" } else { "decided" }
}

fn chosen<'h>(hitting: &'h Hitting, address: &ListAddress) -> Vec<&'h AdvisoryLine> {
    let mut rows: Vec<&AdvisoryLine> = hitting.rows.iter().filter(|row| fits(row, address, "")).collect();
    let (column, descending) = address.sorted();
    match column {
        "id" => rows.sort_by(|a, b| a.hit.id.cmp(&b.hit.id)),
        "since" => rows.sort_by_key(|row| row.since),
        "score" => rows.sort_by(|a, b| {
            let score = |row: &AdvisoryLine| row.hit.score.unwrap_or(-1.0);
            score(a).total_cmp(&score(b))
        }),
        // They come worst first.
        _ => return rows,
    }
    if descending {
        rows.reverse();
    }
    rows
}

fn columns(address: &ListAddress) -> Vec<Column> {
    let plain = |name, width| Column::plain(&say(name), width);
    let sorted = |name, width, by: &str| address.column(&say(name), width, by);
    vec![
        sorted("column-vulnerability", Width::Fit, "id"),
        sorted("column-severity", Width::Fit, "score"),
        plain("column-package", Width::Fit),
        plain("changes-what-it-is", Width::Fill),
        plain("advisories-in-use", Width::Fit),
        sorted("column-since", Width::Fit, "since"),
        plain("lives-fixed-in", Width::Fit),
    ]
}

fn row(line: &AdvisoryLine, now: Timestamp) -> Row {
    let href = advisory_href(&line.hit.id);
    let decided = line.places.len() - line.open();
    let mut places: Vec<String> =
        line.places.iter().map(|place| format!("{} {}", place.component, place.version)).collect();
    places.dedup();
    let fixed: Vec<&str> = line.places.iter().filter_map(|place| place.fixed_in.as_deref()).collect();
    Row {
        id: line.hit.id.clone(),
        title: line.hit.id.clone(),
        href: href.clone(),
        cells: vec![
            Link::new(&line.hit.id, href).anchor(),
            words::severity(&line.hit),
            html! { @for (nth, package) in line.packages.iter().enumerate() { @if nth > 0 { ", " } (words::short(package)) } },
            html! { (line.hit.summary) },
            html! {
                @match places.as_slice() {
                    [only] => (only),
                    several => span title=(several.join(", ")) { (Words::of("advisories-releases").with("count", several.len())) },
                }
                @if decided > 0 { span.muted { ", " (Words::of("advisories-decided").with("count", decided)) } }
            },
            html! { span title=(when::age(line.since, now)) { (when::time(line.since)) } },
            html! {
                @match (fixed.as_slice(), line.hit.fixed.first()) {
                    ([], Some(version)) => span.muted title=(Words::of("advisories-mended-in").with("version", version).said()) { (say("advisories-no-release")) },
                    ([], None) => span.muted { (say("found-no-fix")) },
                    (releases, _) => (releases.join(", ")),
                }
            },
        ],
        ..Row::default()
    }
}

fn facets(hitting: &Hitting, address: &ListAddress) -> Vec<Facet> {
    let count = |without: &str, holds: &dyn Fn(&AdvisoryLine) -> bool| {
        hitting.rows.iter().filter(|row| fits(row, address, without) && holds(row)).count() as u64
    };
    let chip = |name: &str, value: &str, title: &str, count: u64| {
        let (chosen, href) = address.toggle(name, value);
        Chip { title: title.to_owned(), shape: None, count, href, chosen }
    };
    let severities = Severity::DESCENDING.into_iter().filter_map(|wanted| {
        let title =
            if wanted == Severity::None { say("found-not-rated") } else { badge::severity_word(wanted) };
        let count = count("severity", &|row| severity(row) == wanted);
        let chip = chip("severity", wanted.word(), &title, count);
        let shown = chip.count > 0 || chip.chosen == Chosen::Yes;
        shown.then_some(Chip { shape: Some(badge::severity_shape(wanted)), ..chip })
    });
    let exploited = count("exploited", &|row| row.hit.exploited);
    let states = [("open", "to-deal-with"), ("decided", "decided")]
        .map(|(value, title)| chip("state", value, &say(title), count("state", &|row| state(row) == value)));
    vec![
        Facet { title: say("column-severity"), chips: severities.collect() },
        Facet {
            title: say("advisories-facet-exploited"),
            chips: vec![chip("exploited", "yes", &say("advisories-known-to-be"), exploited)],
        },
        Facet { title: say("column-state"), chips: states.to_vec() },
    ]
}

fn nothing(hitting: &Hitting, address: &ListAddress) -> Empty {
    let asked = address.get("q").trim();
    if hitting.feed.is_none() {
        return Empty::of("advisories-none-in-force").first("/watch/releases").second("/import");
    }
    if hitting.rows.is_empty() {
        return Empty::of("advisories-none-hit")
            .with("count", hitting.not_assessed)
            .first("/watch/releases")
            .second("/import");
    }
    let one = (!asked.is_empty() && !asked.contains(' ')).then(|| advisory_href(asked));
    Empty::of("advisories-none-fit").with("asked", asked).first("/watch/advisories").second_if(one)
}

async fn csv(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Csv).await
}

async fn xlsx(State(app): State<App>, who: Who, address: ListAddress) -> Answer {
    export(&app, &who, &address, TableFormat::Xlsx).await
}

/// A row for each place, so that the table can be sorted and filtered further.
async fn export(app: &App, who: &Who, address: &ListAddress, format: TableFormat) -> Answer {
    use ColumnKind::{Date, Link, Number, Text};
    let hitting = app.service.advisories_hitting(&who.actor).await?;
    let heading = app.service.heading("advisories");
    let columns = [
        ("Vulnerability", Text),
        ("Other ids", Text),
        ("Severity", Text),
        ("Score", Number),
        ("Exploited", Text),
        ("Summary", Text),
        ("System", Link),
        ("Component", Text),
        ("Release", Text),
        ("Package", Text),
        ("Version", Text),
        ("Brought in by", Text),
        ("Since", Date),
        ("Fixed in release", Text),
        ("Fixed in package", Text),
        ("Decision", Text),
    ];
    let rows = chosen(&hitting, address).into_iter().flat_map(|row| {
        row.places.iter().map(move |place| {
            vec![
                Cell::text(&row.hit.id),
                Cell::text(row.hit.ids.join("; ")),
                Cell::text_if(row.hit.severity.map(Severity::word)),
                Cell::number_if(row.hit.score),
                Cell::Bool(row.hit.exploited),
                Cell::text(&row.hit.summary),
                Cell::text(&place.system_name),
                Cell::text(&place.component),
                Cell::text(&place.version),
                Cell::text(format!("{} {}", place.package.ecosystem, place.package.name)),
                Cell::text(&place.package_version),
                Cell::text(&place.introduced),
                Cell::Time(place.since),
                Cell::text_if(place.fixed_in.as_deref()),
                Cell::text(row.hit.fixed.join("; ")),
                Cell::text_if(place.decision.as_ref().map(|decision| decision.because.as_str())),
            ]
        })
    });
    let by = match &hitting.feed {
        Some(feed) => format!("judged by {} of {}", feed.name, feed.made.strftime("%F")),
        None => "no advisories in force, nothing is assessed".to_owned(),
    };
    let table = warrant_report::Table {
        title: "Advisories".to_owned(),
        columns: columns.into_iter().map(|(title, kind)| ReportColumn::new(title, kind)).collect(),
        rows: rows.collect(),
        marking: heading.marking,
        source: format!("{}; {by}", heading.source),
    };
    Ok(file::table("advisories", format, app.service.written(&table, format)?))
}
