//! A component over its releases: what each brought in and removed, and the life of every vulnerability.

use super::words::{self, line_href, release_href};
use super::{in_use, lives, open};
use crate::error::Answer;
use crate::list::ListAddress;
use crate::look::Link;
use crate::look::badge;
use crate::look::chart::{Colour, Layers, layers};
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::when;
use crate::page::Page;
use crate::pages::sources::record_href;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use jiff::Timestamp;
use maud::{Markup, html};
use warrant_model::Severity;
use warrant_service::releases::{Line, ReleaseView};

/// The most releases that are shown one by one.
const SHOWN: usize = 24;

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path((system, component)): Path<(String, String)>,
    address: ListAddress,
) -> Answer {
    let (feed, line) = app.service.releases_of(&who.actor, &system, &component).await?;
    let now = app.service.now();
    let over = [
        Link::new(say("releases-title"), "/watch/releases"),
        Link::new(&line.system_name, record_href("system", &line.system)),
    ];
    let compare = html! {
        @if line.releases.len() > 1 { a.button href=(format!("{}/compare", line_href(&line.system, &line.component))) { (say("line-compare")) } }
    };
    let main = html! {
        (shell::heading(&over, &line.component, lead(&line, now), compare))
        (words::feed(feed.as_ref(), now))
        div.columns.pair {
            div { (picture(&line)) }
            (section(&say("line-newest-first"), html! { (line.releases.len()) }, releases(&line, now)))
        }
        (section(&say("line-over"), html! { (line.lives.len()) }, lives::grid(&line, &address, now)))
    };
    let title = Words::of("line-title").with("component", &line.component).said();
    Page::new(&title, Place::Watch, "/watch/releases").in_the_chosen_language().with(&app, &who, main).await
}

fn lead(line: &Line, now: Timestamp) -> Markup {
    let oldest = line.lives.iter().filter(|life| life.fixed_in.is_none()).map(|life| life.since).min();
    let count = Words::of("line-count").with("count", line.releases.len());
    let one = |release: &ReleaseView| {
        let href = release_href(&line.system, &line.component, &release.version);
        let name = if release.in_use.is_empty() { "line-current-newest" } else { "line-current" };
        Words::of(name)
            .with("vulnerabilities", words::vulnerabilities(open(release)))
            .around("version", html! { a href=(safe(&href)) { (release.version) } })
    };
    let current = html! { @for release in line.current() { (say("semicolon")) (one(release)) } };
    let lead = Words::of("line-lead")
        .with("count", line.releases.len())
        .with("system", &line.system_name)
        .around("releases", html! { strong { (count) } })
        .around("current", current);
    html! {
        (lead)
        @if let Some(oldest) = oldest { " " (Words::of("line-longest").around("when", when::when(oldest, now))) }
    }
}

/// What is to be dealt with in each release, by severity.
fn picture(line: &Line) -> Markup {
    let severities = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low];
    let mut parts: Vec<(String, Colour)> = severities
        .iter()
        .map(|severity| (badge::severity_word(*severity), Colour::Severity(*severity)))
        .collect();
    parts.push((say("not-rated"), Colour::Grey));
    let bar = |release: &ReleaseView| {
        let of = |severity: Option<Severity>| {
            let open = release.found.iter().filter(|found| found.is_open());
            open.filter(|found| found.hit.severity == severity).count() as u64
        };
        let mut figures: Vec<u64> = severities.iter().map(|severity| of(Some(*severity))).collect();
        figures.push(of(None) + of(Some(Severity::None)));
        let href = release_href(&line.system, &line.component, &release.version);
        (Link::new(&release.version, href), figures)
    };
    layers(&Layers {
        title: say("line-picture"),
        parts,
        bars: line.releases.iter().rev().take(20).map(bar).collect(),
    })
}

fn releases(line: &Line, now: Timestamp) -> Markup {
    html! {
        div.scroll {
            table {
                thead { tr {
                    th scope="col" { (say("column-release")) }
                    th scope="col" { (say("releases-verdict")) }
                    th.figures scope="col" title=(say("line-brought-in")) { (say("line-new")) }
                    th.figures scope="col" title=(say("line-removed")) { (say("line-gone")) }
                    th.figures scope="col" { (say("releases-not-assessed")) }
                } }
                tbody {
                    @for (at, release) in line.releases.iter().enumerate().rev().take(SHOWN) {
                        @let href = release_href(&line.system, &line.component, &release.version);
                        tr {
                            th.whole scope="row" { a href=(safe(&href)) { (release.version) } " " span.muted title=(when::age(release.at, now)) { (when::time(release.at)) } " " (in_use(release)) }
                            td.fit { (words::verdict(release)) }
                            @match at.checked_sub(1).map(|before| &line.releases[before]) {
                                Some(before) => {
                                    @let compare = format!("{}/compare?from={}&to={}", line_href(&line.system, &line.component), crate::list::encoded(&before.version), crate::list::encoded(&release.version));
                                    td.figures { a href=(safe(&compare)) { (release.brought.len()) } }
                                    td.figures { a href=(safe(&compare)) { (release.removed.len()) } }
                                }
                                None => { td.figures.muted { (say("line-first")) } td.figures {} }
                            }
                            td.figures { (release.not_assessed) }
                        }
                    }
                }
            }
        }
    }
}
