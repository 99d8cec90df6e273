//! Two releases of a component side by side: what the later brings, mends and leaves.

use super::changes;
use super::words::{self, counted, line_href};
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
use warrant_service::releases::{DeltaView, Line};

/// The page; without versions in the address, the last two releases.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path((system, component)): Path<(String, String)>,
    address: ListAddress,
) -> Answer {
    let (_, line) = app.service.releases_of(&who.actor, &system, &component).await?;
    let (from, to) = changes::between(&line, &address);
    let (feed, delta) = app.service.compare_releases(&who.actor, (&system, &component), (&from, &to)).await?;
    let over = [
        Link::new("Releases", "/watch/releases"),
        Link::new(&line.component, line_href(&line.system, &line.component)),
    ];
    let main = html! {
        (shell::heading(&over, "Compare releases", lead(&delta), html! {}))
        (words::feed(feed.as_ref(), app.service.now()))
        (choice(&line, &delta))
        (section("What it changes", html! {}, changes::grid(&delta, &address)))
        @if !delta.unassessed.is_empty() { (section("Not assessed in the later", html! {}, words::unassessed(&delta.unassessed))) }
        (section("Packages that differ", html! { (delta.packages.len()) }, changes::packages(&delta, &line_href(&line.system, &line.component))))
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
