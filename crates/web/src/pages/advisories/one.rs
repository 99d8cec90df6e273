//! One vulnerability: who of ours is hit, since when, fixed in which release, by which step.

use super::super::releases::files::{absent, part, sent};
use super::super::releases::words::{self, line_href, release_href};
use super::ask;
use crate::error::Answer;
use crate::list::ListAddress;
use crate::look::badge;
use crate::look::empty::{Empty, empty};
use crate::look::facts::{Fact, facts};
use crate::look::figure::{decimals, small_percent};
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::table::{Column, Row, Table, Width, table};
use crate::look::words::english;
use crate::look::{Link, when};
use crate::page::Page;
use crate::pages::sources::record_href;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use jiff::Timestamp;
use maud::{Markup, html};
use warrant_report::table::{Cell, ColumnKind};
use warrant_service::releases::{AdvisoryView, Who as Hit, WhoLine};

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let hit = app.service.who_is_hit(&who.actor, &id).await?;
    let now = app.service.now();
    let over = [Link::new(say("advisories-title"), "/watch/advisories")];
    let title = hit.advisory.as_ref().map_or(hit.asked.as_str(), |advisory| advisory.id.as_str());
    let main = html! {
        (shell::heading(&over, title, lead(&hit), ask(&hit.asked)))
        (words::feed(hit.feed.as_ref(), now))
        @match &hit.advisory {
            Some(advisory) => {
                (section(&say("advisory-who"), html! { (hit.lines.len()) }, lines(&hit, &address, now)))
                (section(&say("advisory-known"), html! {}, known(advisory, now)))
            }
            None => (empty(&unknown(&hit))),
        }
    };
    Page::new(title, Place::Watch, "/watch/advisories").in_the_chosen_language().with(&app, &who, main).await
}

fn lead(hit: &Hit) -> Markup {
    let Some(advisory) = &hit.advisory else {
        let name = if hit.feed.is_none() { "advisory-not-assessed" } else { "advisory-not-told" };
        return html! { (Words::of(name).around("not", html! { strong { (say("advisory-not")) } })) };
    };
    let now_hit = hit.lines.iter().filter(|line| line.hit().next().is_some()).count();
    let open = hit.lines.iter().filter(|line| line.is_open_question()).count();
    let earlier = hit.lines.iter().filter(|line| line.since.is_some() && line.hit().next().is_none()).count();
    let of = |name, count: usize| Words::of(name).with("count", count);
    let first = match (now_hit, open) {
        (0, 0) => Words::of("advisory-nobody"),
        (0, _) => Words::of("advisory-nobody-known"),
        (hit, _) => of("advisory-hit", hit),
    };
    html! {
        @if advisory.withdrawn { strong { (say("advisory-withdrawn")) } " " }
        strong { (first) }
        @if open > 0 { (say("semicolon")) (of("advisory-open", open)) }
        @if earlier > 0 { (say("semicolon")) (of("advisory-earlier", earlier)) }
        ". " (english(&advisory.summary))
    }
}

fn unknown(hit: &Hit) -> Empty {
    let view = match hit.feed {
        None => Empty::of("advisory-none-in-force"),
        Some(_) => Empty::of("advisory-unknown"),
    };
    view.with("asked", hit.asked.as_str()).first("/watch/advisories").second("/watch/releases")
}

fn fits(line: &WhoLine, address: &ListAddress) -> bool {
    let text = || format!("{} {} {}", line.system_name, line.component, line.package.name);
    address.get("q").is_empty() || address.found_in(&text())
}

fn lines(hit: &Hit, address: &ListAddress, now: Timestamp) -> Markup {
    let shown: Vec<&WhoLine> = hit.lines.iter().filter(|line| fits(line, address)).collect();
    let (shown, pager) = address.page_of(shown);
    let view = Table {
        id: "who".to_owned(),
        caption: say("advisory-who"),
        action: address.path.clone(),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        columns: vec![
            Column::plain(&say("column-system"), Width::Fit),
            Column::plain(&say("column-component"), Width::Fit),
            Column::plain(&say("advisory-in-use-and-others"), Width::Fill),
            Column::plain(&say("column-package"), Width::Fit),
            Column::plain(&say("column-since"), Width::Fit),
            Column::plain(&say("lives-fixed-in"), Width::Fit),
            Column::plain(&say("advisory-step"), Width::Fit),
            Column::plain(&say("column-decision"), Width::Fit),
        ],
        rows: shown.into_iter().map(|line| row(line, now)).collect(),
        pager,
        exports: if hit.lines.is_empty() {
            Vec::new()
        } else {
            address.exports(&format!("{}/releases", address.path))
        },
        empty: if hit.lines.is_empty() {
            Empty::of("advisory-no-release")
        } else {
            Empty::of("release-none-fit").first(&address.path)
        },
        ..Table::default()
    };
    html! {
        (table(&view))
        p.muted {
            (Words::of("advisory-without").with("count", hit.without))
            @if hit.unidentified > 0 { " " (Words::of("advisory-unidentified").with("count", hit.unidentified)) }
        }
    }
}

fn row(line: &WhoLine, now: Timestamp) -> Row {
    let href = line_href(&line.system, &line.component);
    Row {
        id: format!("{}/{}", line.system, line.component),
        title: Words::of("advisory-of")
            .with("component", &line.component)
            .with("system", &line.system_name)
            .said(),
        href: href.clone(),
        cells: vec![
            Link::new(&line.system_name, record_href("system", &line.system)).anchor(),
            Link::new(&line.component, href).anchor(),
            releases(line),
            words::short(&line.package),
            since(line, now),
            fixed(line),
            html! { @if let Some(step) = &line.step { (words::step(step)) } },
            html! { @if let Some(decision) = &line.decision { (words::decision(decision)) } },
        ],
        ..Row::default()
    }
}

/// `releases.csv`, `releases.xlsx`: a row for each release.
pub(super) async fn file(
    State(app): State<App>,
    who: Who,
    Path((id, wanted)): Path<(String, String)>,
    address: ListAddress,
) -> Answer {
    use ColumnKind::{Date, Text};
    let (what, format) = part(&wanted)?;
    if what != "releases" {
        return Err(absent(&wanted));
    }
    let hit = app.service.who_is_hit(&who.actor, &id).await?;
    let columns = vec![
        ("System", Text),
        ("Component", Text),
        ("Package", Text),
        ("Release", Text),
        ("Made", Date),
        ("In use", Text),
        ("Standing", Text),
        ("Because", Text),
    ];
    let rows = hit.lines.iter().filter(|line| fits(line, &address)).flat_map(|line| {
        line.releases.iter().map(move |(version, at, current, standing)| {
            vec![
                Cell::text(&line.system_name),
                Cell::text(&line.component),
                Cell::text(format!("{} {}", line.package.ecosystem, line.package.name)),
                Cell::text(version),
                Cell::Time(*at),
                Cell::Bool(*current),
                Cell::text(words::standing_word(standing)),
                Cell::text(words::why(standing)),
            ]
        })
    });
    sent(&app, (&wanted, format), &hit.asked, (columns, rows.collect()))
}

/// Other releases than those in use that are shown with how they stand; the component's page has all.
const OTHERS: usize = 3;

/// How the releases in use stand, and the newest of the others.
fn releases(line: &WhoLine) -> Markup {
    let others = line.releases.iter().rev().filter(|(_, _, current, _)| !current);
    html! {
        @for (version, _, _, standing) in line.releases.iter().filter(|(_, _, current, _)| *current) {
            strong { (version) } " " (words::standing(standing)) " "
        }
        @for (version, at, _, standing) in others.clone().take(OTHERS) {
            span.muted title=(at.strftime("%F")) { (version) } " " (words::standing(standing)) " "
        }
        @if others.clone().count() > OTHERS { span.muted { (Words::of("and-more").with("count", others.count() - OTHERS)) } }
    }
}

fn since(line: &WhoLine, now: Timestamp) -> Markup {
    html! {
        @match &line.since {
            Some((version, at)) => span title=(at.strftime("%F")) { (version) " " span.muted { (when::age(*at, now)) } },
            None => span.muted { (say("advisory-never")) },
        }
        @if let Some(earlier) = line.perhaps_since.first() { span.muted { ", " (Words::of("lives-perhaps").with("version", earlier)) } }
    }
}

fn fixed(line: &WhoLine) -> Markup {
    html! {
        @match (&line.fixed_in, &line.since) {
            (Some(version), _) => a href=(safe(&release_href(&line.system, &line.component, version))) { (version) },
            (None, Some(_)) => span.muted { (say("advisory-no-release-yet")) },
            (None, None) => {}
        }
        @if !line.reintroduced.is_empty() { span.muted { ", " (Words::of("lives-back-in").with("versions", line.reintroduced.join(", "))) } }
    }
}

fn known(advisory: &AdvisoryView, now: Timestamp) -> Markup {
    let severity = html! {
        @match advisory.severity { Some(severity) => (badge::severity(severity)), None => (say("not-rated")) }
        @if let Some(score) = advisory.score { " " (decimals(score, 1)) }
    };
    let mut known = vec![
        Fact::text(say("advisory-ids"), advisory.ids.join(", ")),
        Fact::markup(say("column-severity"), severity),
        match &advisory.exploited {
            Some(day) => Fact::text(
                say("advisories-facet-exploited"),
                Words::of("advisory-known-since").with("day", day.to_string()).said(),
            ),
            None => Fact::text(say("advisories-facet-exploited"), say("advisory-not-known")),
        },
        match advisory.probability {
            Some(probability) => Fact::text(
                say("advisory-in-30-days"),
                format!("{} (EPSS)", small_percent(f64::from(probability))),
            ),
            None => Fact::missing(say("advisory-in-30-days")),
        },
    ];
    for (term, at) in [("advisory-published", advisory.published), ("advisory-modified", advisory.modified)] {
        known.extend(at.map(|at| Fact::markup(say(term), when::when(at, now))));
    }
    html! {
        (facts(&known))
        div.scroll {
            table {
                thead { tr { th scope="col" { (say("advisory-affected")) } th scope="col" { (say("advisory-versions")) } } }
                tbody {
                    @for affected in advisory.packages.iter().take(50) {
                        tr {
                            th scope="row" { (words::package(&affected.package)) }
                            td { @if affected.fixed.is_empty() { span.muted { (say("advisory-none-named")) } } @else { (affected.fixed.join(", ")) } }
                        }
                    }
                }
            }
        }
        @if advisory.packages.len() > 50 { p.muted { (Words::of("advisory-more-packages").with("count", advisory.packages.len() - 50)) } }
    }
}
