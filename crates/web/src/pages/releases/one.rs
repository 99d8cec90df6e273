//! One release: safe to ship or not and why, what hits it, the way out, what could not be assessed.

use super::words::{self, advisory_href, line_href, release_href};
use super::{found, in_use, open};
use crate::error::Answer;
use crate::language;
use crate::list::{ListAddress, encoded};
use crate::look::facts::{Fact, facts};
use crate::look::link::safe;
use crate::look::panel::section;
use crate::look::shell::{self, Place};
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
        Link::new(say("releases-title"), "/watch/releases"),
        Link::new(&line.component, line_href(&line.system, &line.component)),
    ];
    let title = format!("{} {}", line.component, release.version);
    let main = html! {
        (shell::heading(&over, &title, lead(&line, release), neighbours(&line, at)))
        (words::feed(feed.as_ref(), now))
        div.columns {
            (section(&say("release-safe-question"), words::verdict(release), reasons(release)))
            (section(&say("release-steps"), html! { (release.steps.len()) }, found::steps(&release.steps, &address.path)))
        }
        (section(&say("release-what-hits"), html! { (release.found.len()) }, found::grid(&line, release, &address, edits)))
        @if let Some(witnesses) = &witnesses { (section(&say("release-beside"), html! { (Words::of("release-by-both").with("count", witnesses.agreed)) }, found::beside(witnesses, &address.path, now))) }
        @if !release.cleared.is_empty() { (section(&say("release-set-aside"), html! { (release.cleared.len()) }, cleared(release))) }
        @if !release.notices.is_empty() { (section(&say("release-notices"), html! { (release.notices.len()) }, notices(release))) }
        @if !release.unassessed.is_empty() { (section(&say("releases-not-assessed"), html! { (words::parts(release.not_assessed)) }, words::unassessed(&release.unassessed))) }
        (section(&say("release-known-by"), html! {}, known_by(&line, release, now)))
    };
    Page::new(&title, Place::Watch, "/watch/releases").in_the_chosen_language().with(&app, &who, main).await
}

fn lead(line: &Line, release: &ReleaseView) -> Markup {
    let vulnerabilities = release.ship.reasons.iter().filter(|reason| reason.id.is_some()).count();
    let verdict = match release.ship.verdict {
        Verdict::Ship => {
            let safe = html! { strong { (say("release-is-safe")) } };
            html! { (Words::of("release-lead-safe").around("safe", safe)) }
        }
        Verdict::Hold if vulnerabilities > 0 => {
            html! { strong { (Words::of("release-hold").with("count", vulnerabilities)) } }
        }
        Verdict::Hold => html! { strong { (say("release-not-wholly")) } },
    };
    let lead = Words::of("release-lead")
        .with("parts", words::parts(release.components))
        .with("hit", release.affected)
        .with("clear", release.not_affected)
        .with("unknown", release.not_assessed)
        .around("verdict", verdict);
    let decided = release.ship.decided.len();
    let newest = line.releases.last().filter(|newest| newest.version != release.version).map(|newest| {
        let href = release_href(&line.system, &line.component, &newest.version);
        Words::of("release-the-newest").around("version", html! { a href=(safe(&href)) { (newest.version) } })
    });
    html! {
        (lead)
        @if decided > 0 { " " (Words::of("release-decisions").with("count", decided)) }
        @if let Some(newest) = newest { " " (newest) }
    }
}

fn neighbours(line: &Line, at: usize) -> Markup {
    let here = encoded(&line.releases[at].version);
    html! {
        @if let Some(before) = at.checked_sub(1).map(|before| &line.releases[before]) {
            a.button href=(safe(&format!("{}/compare?from={}&to={here}", line_href(&line.system, &line.component), encoded(&before.version)))) { (Words::of("release-compare-with").with("version", &before.version)) }
        }
        a.button href=(safe(&line_href(&line.system, &line.component))) { (say("releases-timeline")) }
    }
}

fn reasons(release: &ReleaseView) -> Markup {
    const SHOWN: usize = 12;
    let (held, decided) = (&release.ship.reasons, &release.ship.decided);
    html! {
        @if held.is_empty() { p { (say("release-nothing-holds")) } }
        @else {
            (told(&held[..held.len().min(SHOWN)]))
            @if held.len() > SHOWN { p.muted { (Words::of("release-more-below").with("count", held.len() - SHOWN)) } }
        }
        @if !decided.is_empty() {
            p.muted { (say("release-but-for")) }
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
                            td.anywhere { (english(&reason.because)) span.muted { " " (reason.component) } }
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
                    (Words::of("release-cleared")
                        .with("package", format!("{} {}", cleared.package.name, cleared.version))
                        .with("document", &cleared.document)
                        .around("id", html! { a href=(safe(&advisory_href(&cleared.id))) { (cleared.id) } })
                        .around("status", html! { (english(&cleared.status)) }))
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
                    (Words::of("release-notice")
                        .with("package", format!("{} {}", notice.package.name, notice.version))
                        .with("notice", notice.hit.informational.clone().unwrap_or_else(|| say("release-notice-word")))
                        .around("id", html! { a href=(safe(&advisory_href(&notice.hit.id))) { (notice.hit.id) } }))
                    span.muted lang=[language::of_english()] { " " (notice.hit.summary) }
                }
            }
        }
    }
}

fn known_by(line: &Line, release: &ReleaseView, now: Timestamp) -> Markup {
    let bills = html! {
        @for file in &release.files {
            p { (Words::of("release-bill-of").around("file", html! { a href=(safe(&format!("/evidence/{}", encoded(&file.evidence)))) { (file.target) } }).around("when", when::when(file.at, now))) }
        }
        @if release.superseded > 0 { p.muted { (Words::of("release-older-bills").with("count", release.superseded)) } }
    };
    facts(&[
        Fact::markup(
            say("column-system"),
            Link::new(&line.system_name, record_href("system", &line.system)).anchor(),
        ),
        Fact::markup(say("releases-made"), when::when(release.at, now)),
        Fact::markup(
            say("release-use"),
            html! { (in_use(release)) @if !release.current { span.muted { (say("release-not-in-use")) } } },
        ),
        Fact::markup(say("release-bills"), bills),
        Fact::text(say("to-deal-with"), words::vulnerabilities(open(release))),
    ])
}
