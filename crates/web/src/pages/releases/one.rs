//! One release: safe to ship or not and why, what hits it, the way out, what could not be assessed.

use super::words::{self, advisory_href, counted, line_href, release_href};
use super::{found, in_use, open};
use crate::error::Answer;
use crate::list::{ListAddress, encoded};
use crate::look::facts::{Fact, facts};
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
use crate::look::{Link, when};
use crate::page::Page;
use crate::pages::sources::record_href;
use crate::server::App;
use crate::session::Who;
use axum::extract::{Path, State};
use jiff::Timestamp;
use maud::{Markup, html};
use warrant_model::scope::Role;
use warrant_service::releases::{Line, Reason, ReleaseView, Verdict};

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path((system, component, version)): Path<(String, String, String)>,
    address: ListAddress,
) -> Answer {
    let (feed, line, at) = app.service.release(&who.actor, (&system, &component, &version)).await?;
    let witnesses = app.service.witnesses(&who.actor, (&system, &component, &version)).await?;
    let (release, now) = (&line.releases[at], app.service.now());
    let edits = who.actor.highest >= Some(Role::Engineer);
    let over = [
        Link::new("Releases", "/watch/releases"),
        Link::new(&line.component, line_href(&line.system, &line.component)),
    ];
    let title = format!("{} {}", line.component, release.version);
    let main = html! {
        (shell::heading(&over, &title, lead(&line, release), neighbours(&line, at)))
        (words::feed(feed.as_ref(), now))
        div.columns {
            (section("Safe to ship?", words::verdict(release), reasons(release)))
            (section("Smallest safe steps", html! { (release.steps.len()) }, found::steps(&release.steps, &address.path)))
        }
        (section("What hits it", html! { (release.found.len()) }, found::grid(&line, release, &address, edits)))
        @if let Some(witnesses) = &witnesses { (section("Advisories and scanners", html! { (witnesses.agreed) " told of by both" }, found::beside(witnesses, &address.path, now))) }
        @if !release.cleared.is_empty() { (section("What statements set aside", html! { (release.cleared.len()) }, cleared(release))) }
        @if !release.notices.is_empty() { (section("Notices", html! { (release.notices.len()) }, notices(release))) }
        @if !release.unassessed.is_empty() { (section("Not assessed", html! { (release.not_assessed) " parts" }, words::unassessed(&release.unassessed))) }
        (section("What it is known by", html! {}, known_by(&line, release, now)))
    };
    Page::new(&title, Place::Watch, "/watch/releases").with(&app, &who, main).await
}

fn lead(line: &Line, release: &ReleaseView) -> Markup {
    let vulnerabilities = release.ship.reasons.iter().filter(|reason| reason.id.is_some()).count();
    html! {
        @match release.ship.verdict {
            Verdict::Ship => { strong { "It is safe to ship" } " by the policy in force" }
            Verdict::Hold if vulnerabilities > 0 => {
                strong { (counted(vulnerabilities, "vulnerability holds", "vulnerabilities hold")) " it back" }
            }
            Verdict::Hold => { strong { "Nothing is known against it, but it is not wholly assessed" } }
        }
        ": of " (counted(release.components, "part", "parts")) " "
        (release.affected) " hit, " (release.not_affected) " not affected, " (release.not_assessed) " not assessed."
        @if !release.ship.decided.is_empty() {
            " " (counted(release.ship.decided.len(), "decision sets", "decisions set")) " aside what would hold it."
        }
        @if let Some(newest) = line.releases.last().filter(|newest| newest.version != release.version) {
            " The newest release is " a href=(safe(&release_href(&line.system, &line.component, &newest.version))) { (newest.version) } "."
        }
    }
}

fn neighbours(line: &Line, at: usize) -> Markup {
    let here = encoded(&line.releases[at].version);
    html! {
        @if let Some(before) = at.checked_sub(1).map(|before| &line.releases[before]) {
            a.button href=(safe(&format!("{}/compare?from={}&to={here}", line_href(&line.system, &line.component), encoded(&before.version)))) { "Compare with " (before.version) }
        }
        a.button href=(safe(&line_href(&line.system, &line.component))) { "Timeline" }
    }
}

fn reasons(release: &ReleaseView) -> Markup {
    const SHOWN: usize = 12;
    let (held, decided) = (&release.ship.reasons, &release.ship.decided);
    html! {
        @if held.is_empty() { p { "Nothing holds it back." } }
        @else {
            (told(&held[..held.len().min(SHOWN)]))
            @if held.len() > SHOWN { p.muted { "and " (held.len() - SHOWN) " more, all of them below" } }
        }
        @if !decided.is_empty() {
            p.muted { "Would hold it back, but for a decision:" }
            (told(decided))
        }
    }
}

fn told(reasons: &[Reason]) -> Markup {
    html! {
        div.scroll {
            table {
                tbody {
                    @for reason in reasons {
                        tr {
                            th.fit scope="row" { @if let Some(id) = &reason.id { a href=(safe(&advisory_href(id))) { (id) } } }
                            td.anywhere { (reason.because) span.muted { " " (reason.component) } }
                        }
                    }
                }
            }
        }
    }
}

fn cleared(release: &ReleaseView) -> Markup {
    html! {
        ul {
            @for cleared in &release.cleared {
                li {
                    a href=(safe(&advisory_href(&cleared.id))) { (cleared.id) } " in " (cleared.package.name) " " (cleared.version) ": "
                    (cleared.status) ", says " (cleared.document)
                    @if !cleared.because.is_empty() { span.muted { " (" (cleared.because.replace('_', " ")) ")" } }
                }
            }
        }
    }
}

fn notices(release: &ReleaseView) -> Markup {
    html! {
        ul {
            @for notice in &release.notices {
                li {
                    a href=(safe(&advisory_href(&notice.hit.id))) { (notice.hit.id) } " " (notice.package.name) " " (notice.version) ": "
                    (notice.hit.informational.as_deref().unwrap_or("notice")) span.muted { " " (notice.hit.summary) }
                }
            }
        }
    }
}

fn known_by(line: &Line, release: &ReleaseView, now: Timestamp) -> Markup {
    let bills = html! {
        @for file in &release.files {
            p { a href=(safe(&format!("/evidence/{}", encoded(&file.evidence)))) { (file.target) } " of " (when::when(file.at, now)) }
        }
        @if release.superseded > 0 { p.muted { (counted(release.superseded, "older bill", "older bills")) " of the same" } }
    };
    facts(&[
        Fact::markup("System", Link::new(&line.system_name, record_href("system", &line.system)).anchor()),
        Fact::markup("Made", when::when(release.at, now)),
        Fact::markup(
            "Use",
            html! { (in_use(release)) @if !release.current { span.muted { "not the one in use" } } },
        ),
        Fact::markup("Bills of materials", bills),
        Fact::text("To deal with", counted(open(release), "vulnerability", "vulnerabilities")),
    ])
}
