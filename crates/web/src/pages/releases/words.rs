//! What the pages of releases and advisories say in the same words.

use crate::list::encoded;
use crate::look::badge::{self, Progress};
use crate::look::figure::{decimals, small_percent};
use crate::look::link::safe;
use crate::look::when;
use crate::look::words::english;
use crate::words::{Words, say};
use jiff::Timestamp;
use maud::{Markup, html};
use warrant_service::releases::{
    Decided, FeedView, HitView, Package, ReleaseView, Standing, Step, Target, Unassessed, Verdict,
};

/// Address of a component's releases.
pub(in crate::pages) fn line_href(system: &str, component: &str) -> String {
    format!("/watch/releases/{}/{}", encoded(system), encoded(component))
}

/// Address of a release.
pub(in crate::pages) fn release_href(system: &str, component: &str, version: &str) -> String {
    format!("{}/{}", line_href(system, component), encoded(version))
}

/// Address of a vulnerability.
pub(in crate::pages) fn advisory_href(id: &str) -> String {
    format!("/watch/advisories/{}", encoded(id))
}

/// The sentence on what releases are judged by and how old it is; it stands on every page with a verdict.
pub(in crate::pages) fn feed(feed: Option<&FeedView>, now: Timestamp) -> Markup {
    let Some(feed) = feed else {
        let said = Words::of("feed-none")
            .around("none", html! { strong { (say("feed-none-in-force")) } })
            .around("command", html! { code { "warrant advisories load advisories.wadv" } });
        return html! { p.flash.flash-problem role="status" { span { (said) } } };
    };
    let newest = match feed.newest {
        None => html! { (say("feed-no-day")) },
        Some(newest) => {
            let said = Words::of("feed-newest").with("age", when::age(newest, now));
            html! { (said.around("day", when::time(newest))) }
        }
    };
    let signed = match feed.summary.verified.as_slice() {
        [] => say("feed-unsigned"),
        who => Words::of("feed-signed").with("who", who.join(", ")).said(),
    };
    let by = Words::of("feed-by")
        .with("name", &feed.name)
        .with("age", when::age(feed.made, now))
        .with("count", feed.summary.advisories as i64)
        .with("signed", signed)
        .around("made", when::time(feed.made))
        .around("newest", newest);
    html! {
        p.muted.feed {
            (by)
            @if let Some(limit) = feed.max_age_days.filter(|_| !feed.stale.is_empty()) {
                " " strong { (Words::of("feed-stale").with("days", i64::from(limit)).with("names", feed.stale.join(", "))) }
            }
        }
    }
}

/// How bad it is, with its score; what nobody rates says so.
pub(in crate::pages) fn severity(hit: &HitView) -> Markup {
    html! {
        @match hit.severity {
            Some(severity) => (badge::severity(severity)),
            None => span.muted { (say("not-rated")) },
        }
        @if hit.exploited { " " (badge::tag(&say("release-exploited"))) }
        @if let Some(score) = hit.score {
            " " span.muted title=[hit.probability.map(likelihood)] { (decimals(score, 1)) }
        }
    }
}

fn likelihood(probability: f32) -> String {
    Words::of("release-likelihood").with("share", small_percent(f64::from(probability))).said()
}

/// A package.
pub(in crate::pages) fn package(package: &Package) -> Markup {
    html! { (package.name) " " span.muted { (package.ecosystem) } }
}

/// A package without its group, which the tooltip has.
pub(in crate::pages) fn short(package: &Package) -> Markup {
    let name = package.name.rsplit(':').next().unwrap_or(&package.name);
    html! { span title=(format!("{} {}", package.ecosystem, package.name)) { (name) } }
}

/// Where a package has to go.
pub(in crate::pages) fn step(step: &Step) -> Markup {
    html! {
        (step.from) " → "
        @match &step.to {
            Target::Version(version) => strong { (version) },
            Target::After(version) => { (Words::of("way-out-later-than").around("version", html! { strong { (version) } })) }
            Target::None => span.muted { (say("way-out-none")) },
        }
    }
}

/// The verdict. What is held back for want of answers alone is not shown as failed.
pub(in crate::pages) fn verdict(release: &ReleaseView) -> Markup {
    let (word, progress) = match release.ship.verdict {
        Verdict::Ship => ("verdict-safe", Progress::Done),
        Verdict::Hold if release.ship.reasons.iter().all(|reason| reason.id.is_none()) => {
            ("verdict-not-assessed", Progress::Unknown)
        }
        Verdict::Hold => ("verdict-held", Progress::Failed),
    };
    badge::state(&say(word), progress)
}

/// A verdict as addresses name it, in words.
pub(super) fn verdict_said(verdict: &str) -> String {
    say(match verdict {
        "safe" => "verdict-safe",
        "unknown" => "verdict-not-assessed",
        _ => "verdict-held",
    })
}

/// How a release stands to a vulnerability.
pub(in crate::pages) fn standing(standing: &Standing) -> Markup {
    let progress = match standing {
        Standing::Affected { .. } => Progress::Failed,
        Standing::NotAffected { .. } => Progress::Done,
        Standing::Absent => Progress::Aside,
        Standing::NotAssessed { .. } => Progress::Unknown,
    };
    let word = say(match standing {
        Standing::Affected { .. } => "standing-hit",
        Standing::NotAffected { .. } => "standing-not-affected",
        Standing::Absent => "standing-without",
        Standing::NotAssessed { .. } => "standing-not-assessed",
    });
    let why = if matches!(standing, Standing::Absent) { say("standing-absent") } else { why(standing) };
    html! { span title=(why) { (badge::state(&word, progress)) } }
}

/// The same in an English word, for files.
pub(in crate::pages) fn standing_word(standing: &Standing) -> &'static str {
    match standing {
        Standing::Affected { .. } => "hit",
        Standing::NotAffected { .. } => "not affected",
        Standing::Absent => "without it",
        Standing::NotAssessed { .. } => "not assessed",
    }
}

/// Why it stands so, in English.
pub(in crate::pages) fn why(standing: &Standing) -> String {
    match standing {
        Standing::Affected { versions } => versions.join(", "),
        Standing::NotAffected { versions, because } => format!("{}: {because}", versions.join(", ")),
        Standing::Absent => "the package is not in it".to_owned(),
        Standing::NotAssessed { because } => because.clone(),
    }
}

/// The decision about a vulnerability.
pub(in crate::pages) fn decision(decision: &Decided) -> Markup {
    let (word, progress) = if decision.holds {
        ("decision-decided", Progress::Aside)
    } else {
        ("decision-reopened", Progress::Open)
    };
    let href = format!("/records/vulnerability_decision/{}", encoded(&decision.record));
    html! {
        a href=(safe(&href)) title=(format!("{}: {}", decision.because, decision.reason)) { (badge::state(&say(word), progress)) }
    }
}

/// The form of a new decision, filled in with what is known.
pub(in crate::pages) fn decide_href(
    system: &str,
    (hit, package, version): (&HitView, &Package, &str),
    next: &str,
) -> String {
    let severity = hit.severity.map_or(String::new(), |severity| format!("&severity={}", severity.word()));
    let exploited = if hit.exploited { "&exploited=true" } else { "&exploited=false" };
    format!(
        "/records/vulnerability_decision/new?system={}&vulnerability={}&package={}&version={}{severity}{exploited}&next={}",
        encoded(system),
        encoded(&hit.id),
        encoded(&format!("{} {}", package.ecosystem, package.name)),
        encoded(version),
        encoded(next)
    )
}

/// Why components could not be assessed.
pub(in crate::pages) fn unassessed(reasons: &[Unassessed]) -> Markup {
    html! {
        ul {
            @for reason in reasons {
                li {
                    (Words::of("unassessed-parts")
                        .around("parts", html! { strong { (parts(reason.components)) } })
                        .around("because", html! { (english(&reason.because)) })
                        .around("such", html! { span.muted { (reason.such_as.join(", ")) @if reason.components > reason.such_as.len() { ", …" } } }))
                }
            }
        }
    }
}

/// `1 part`, `3 parts`.
pub(in crate::pages) fn parts(count: usize) -> String {
    Words::of("parts-count").with("count", count).said()
}

/// `1 vulnerability`, `3 vulnerabilities`.
pub(in crate::pages) fn vulnerabilities(count: usize) -> String {
    Words::of("vulnerabilities-count").with("count", count).said()
}
