//! Two releases of a component side by side: what the later brings, mends and leaves.

use super::changes;
use super::words::{self, line_href};
use crate::error::Answer;
use crate::list::ListAddress;
use crate::look::Link;
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::page::Page;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
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
        Link::new(say("releases-title"), "/watch/releases"),
        Link::new(&line.component, line_href(&line.system, &line.component)),
    ];
    let main = html! {
        (shell::heading(&over, say("line-compare"), lead(&delta), html! {}))
        (words::feed(feed.as_ref(), app.service.now()))
        (choice(&line, &delta))
        (section(&say("compare-releases-changes"), html! {}, changes::grid(&delta, &address)))
        @if !delta.unassessed.is_empty() { (section(&say("compare-releases-unassessed"), html! {}, words::unassessed(&delta.unassessed))) }
        (section(&say("compare-releases-packages"), html! { (delta.packages.len()) }, changes::packages(&delta, &line_href(&line.system, &line.component))))
    };
    let title = Words::of("compare-releases-title")
        .with("component", &component)
        .with("from", &delta.from)
        .with("to", &delta.to)
        .said();
    Page::new(&title, Place::Watch, "/watch/releases").in_the_chosen_language().with(&app, &who, main).await
}

fn lead(delta: &DeltaView) -> Markup {
    let changes = Words::of("compare-releases-in-and-out")
        .with("vulnerabilities", words::vulnerabilities(delta.introduced.len()))
        .with("fixed", delta.fixed.len());
    let lead = match delta.unknown.len() {
        0 => Words::of("compare-releases-lead"),
        unknown => Words::of("compare-releases-lead-unknown").with("unknown", unknown),
    };
    let packages = Words::of("compare-releases-package-count").with("count", delta.packages.len()).said();
    let lead = lead
        .with("from", &delta.from)
        .with("to", &delta.to)
        .with("still", delta.still_open.len())
        .with("packages", packages)
        .around("changes", html! { strong { (changes) } });
    html! { (lead) }
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
                label.muted for="from" { (say("compare-releases-from")) } (select("from", &delta.from))
                label.muted for="to" { (say("compare-releases-to")) } (select("to", &delta.to))
                button { (say("compare-releases-button")) }
            }
        }
    }
}
