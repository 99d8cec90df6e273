//! What the pages of releases and advisories say in the same words.

use crate::list::encoded;
use crate::look::badge::{self, Progress};
use crate::look::figure::small_percent;
use crate::look::link::safe;
use crate::look::when;
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
        return html! {
            p.flash.flash-problem role="status" {
                span { strong { "No advisories are in force, so nothing is assessed." } " An officer puts them in force: " code { "warrant advisories load advisories.wadv" } }
            }
        };
    };
    html! {
        p.muted.feed {
            "Judged by " (feed.name) " of " (when::time(feed.made)) " (" (when::age(feed.made, now)) ")"
            @match feed.newest {
                Some(newest) => { "; its newest entry is of " (when::time(newest)) " (" (when::age(newest, now)) ")" }
                None => "; none of its entries says of when it is",
            }
            "; " (crate::look::figure::thousands(feed.summary.advisories as i64)) " advisories, "
            @if feed.summary.verified.is_empty() { "no signature verified" } @else { "signature of " (feed.summary.verified.join(", ")) " verified" }
            "."
            @if let Some(limit) = feed.max_age_days.filter(|_| !feed.stale.is_empty()) {
                " " strong { "Over " (limit) " days old, so not assessed any more: " (feed.stale.join(", ")) "." }
            }
        }
    }
}

/// How bad it is, with its score; what nobody rates says so.
pub(in crate::pages) fn severity(hit: &HitView) -> Markup {
    html! {
        @match hit.severity {
            Some(severity) => (badge::severity(severity)),
            None => span.muted { "not rated" },
        }
        @if hit.exploited { " " (badge::tag("exploited")) }
        @if let Some(score) = hit.score {
            " " span.muted title=[hit.probability.map(likelihood)] { (format!("{score:.1}")) }
        }
    }
}

fn likelihood(probability: f32) -> String {
    format!("{} likely to be exploited within 30 days (EPSS)", small_percent(f64::from(probability)))
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
            Target::After(version) => { "later than " strong { (version) } }
            Target::None => span.muted { "no safe version is known" },
        }
    }
}

/// The verdict. What is held back for want of answers alone is not shown as failed.
pub(in crate::pages) fn verdict(release: &ReleaseView) -> Markup {
    let (word, progress) = match release.ship.verdict {
        Verdict::Ship => ("Safe to ship", Progress::Done),
        Verdict::Hold if release.ship.reasons.iter().all(|reason| reason.id.is_none()) => {
            ("Not assessed", Progress::Unknown)
        }
        Verdict::Hold => ("Held back", Progress::Failed),
    };
    badge::state(word, progress)
}

/// How a release stands to a vulnerability.
pub(in crate::pages) fn standing(standing: &Standing) -> Markup {
    let progress = match standing {
        Standing::Affected { .. } => Progress::Failed,
        Standing::NotAffected { .. } => Progress::Done,
        Standing::Absent => Progress::Aside,
        Standing::NotAssessed { .. } => Progress::Unknown,
    };
    html! { span title=(why(standing)) { (badge::state(standing_word(standing), progress)) } }
}

/// The same in a word.
pub(in crate::pages) fn standing_word(standing: &Standing) -> &'static str {
    match standing {
        Standing::Affected { .. } => "hit",
        Standing::NotAffected { .. } => "not affected",
        Standing::Absent => "without it",
        Standing::NotAssessed { .. } => "not assessed",
    }
}

/// Why it stands so.
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
    let (word, progress) =
        if decision.holds { ("Decided", Progress::Aside) } else { ("Reopened", Progress::Open) };
    let href = format!("/records/vulnerability_decision/{}", encoded(&decision.record));
    html! {
        a href=(safe(&href)) title=(format!("{}: {}", decision.because, decision.reason)) { (badge::state(word, progress)) }
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
                    strong { (reason.components) } @if reason.components == 1 { " part" } @else { " parts" } ": " (reason.because)
                    span.muted { " (" (reason.such_as.join(", ")) @if reason.components > reason.such_as.len() { ", …" } ")" }
                }
            }
        }
    }
}

/// `1 release`, `3 releases`.
pub(in crate::pages) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", crate::look::figure::thousands(count as i64), if count == 1 { one } else { many })
}
