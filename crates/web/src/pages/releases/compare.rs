//! Two releases of a component side by side: what the later brings, mends and leaves.

use super::words::{self, advisory_href, counted, line_href};
use crate::error::Answer;
use crate::list::ListAddress;
use crate::look::Link;
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use axum::extract::{Path, State};
use maud::{Markup, html};
use warrant_service::releases::{ChangeView, DeltaView, Line};

/// The page; without versions in the address, the last two releases.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path((system, component)): Path<(String, String)>,
    address: ListAddress,
) -> Answer {
    let (_, line) = app.service.releases_of(&who.actor, &system, &component).await?;
    let last = line.releases.last().map_or("", |release| release.version.as_str());
    let before = line.releases.iter().rev().nth(1).map_or(last, |release| release.version.as_str());
    let from = address.some("from").unwrap_or_else(|| before.to_owned());
    let to = address.some("to").unwrap_or_else(|| last.to_owned());
    let (feed, delta) = app.service.compare_releases(&who.actor, (&system, &component), (&from, &to)).await?;
    let over = [
        Link::new("Releases", "/watch/releases"),
        Link::new(&line.component, line_href(&line.system, &line.component)),
    ];
    let main = html! {
        (shell::heading(&over, "Compare releases", lead(&delta), html! {}))
        (words::feed(feed.as_ref(), app.service.now()))
        (choice(&line, &delta))
        (part("Brought in", &delta.introduced, "Nothing new comes with it."))
        (part("Fixed", &delta.fixed, "Nothing is mended by it."))
        (part("Still there", &delta.still_open, "Nothing of the earlier is left."))
        @if !delta.unknown.is_empty() { (part("Cannot be told", &delta.unknown, "")) }
        @if !delta.unassessed.is_empty() { (section("Not assessed in the later", html! {}, words::unassessed(&delta.unassessed))) }
        (section("Packages that differ", html! { (delta.packages.len()) }, packages(&delta)))
    };
    let title = format!("{component}: {} and {}", delta.from, delta.to);
    Page::new(&title, Place::Watch, "/watch/releases").with(&app, &who, main).await
}

fn lead(delta: &DeltaView) -> Markup {
    html! {
        "From " (delta.from) " to " (delta.to) ": "
        strong { (counted(delta.introduced.len(), "vulnerability", "vulnerabilities")) " brought in, " (delta.fixed.len()) " fixed" }
        ", " (delta.still_open.len()) " still there"
        @if !delta.unknown.is_empty() { ", " (delta.unknown.len()) " of which nothing can be told" }
        "; " (counted(delta.packages.len(), "package differs", "packages differ")) "."
    }
}

fn choice(line: &Line, delta: &DeltaView) -> Markup {
    let select = |name: &str, now: &str| {
        html! {
            select #(name) name=(name) {
                @for release in line.releases.iter().rev() {
                    option value=(release.version) selected[release.version == now] { (release.version) }
                }
            }
        }
    };
    html! {
        div.toolbar {
            form.buttons action=(safe(&format!("{}/compare", line_href(&line.system, &line.component)))) {
                label.muted for="from" { "From" } (select("from", &delta.from))
                label.muted for="to" { "to" } (select("to", &delta.to))
                button { "Compare" }
            }
        }
    }
}

fn part(title: &str, changes: &[ChangeView], none: &str) -> Markup {
    section(
        title,
        html! { (changes.len()) },
        html! {
            @if changes.is_empty() { p.muted { (none) } }
            @else {
                div.scroll {
                    table {
                        thead { tr {
                            th scope="col" { "Vulnerability" }
                            th scope="col" { "Severity" }
                            th scope="col" { "Package" }
                            th scope="col" { "What it is" }
                            th scope="col" { "In the later release" }
                        } }
                        tbody {
                            @for change in changes {
                                tr {
                                    th.fit scope="row" { a href=(safe(&advisory_href(&change.key.id))) { (change.key.id) } }
                                    td.fit { (words::severity(&change.hit)) }
                                    td { (words::short(&change.key.package)) " " span.muted { (change.key.package.ecosystem) } }
                                    td { (change.hit.summary) }
                                    td { (words::standing(&change.now)) " " span.muted { (words::why(&change.now)) } }
                                }
                            }
                        }
                    }
                }
            }
        },
    )
}

fn packages(delta: &DeltaView) -> Markup {
    let versions = |versions: &[String]| {
        html! { @if versions.is_empty() { span.muted { "not there" } } @else { (versions.join(", ")) } }
    };
    html! {
        @if delta.packages.is_empty() { p.muted { "The same packages in the same versions." } }
        @else {
            div.scroll {
                table {
                    thead { tr { th scope="col" { "Package" } th scope="col" { (delta.from) } th scope="col" { (delta.to) } } }
                    tbody {
                        @for change in &delta.packages {
                            tr { th scope="row" { (change.package) } td { (versions(&change.before)) } td { (versions(&change.now)) } }
                        }
                    }
                }
            }
        }
    }
}
