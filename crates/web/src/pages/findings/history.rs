//! How a finding came to stand where it stands: changes of state and every sighting, each with its line.

use super::shown;
use crate::list::encoded;
use crate::look::empty::{Empty, empty};
use crate::look::figure::cut;
use crate::look::timeline::{self, timeline};
use crate::look::when;
use crate::pages::source_link;
use crate::words::{Words, say};
use jiff::Timestamp;
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_model::fact::{Fact, Outcome, Place};
use warrant_model::finding::FindingState;
use warrant_model::hash::ContentHash;
use warrant_model::posture::Source;
use warrant_service::findings::FindingDetail;
use warrant_service::query::StoredSighting;

/// The most sightings shown; older ones are in the evidence.
const MOST_SIGHTINGS: usize = 50;

/// The line of a file.
pub(super) fn line_href(evidence: &ContentHash, place: &Place) -> String {
    source_link(&Source::Evidence { evidence: evidence.clone(), place: place.clone() }).href
}

/// Changes of state, newest first.
pub(super) fn events(detail: &FindingDetail, now: Timestamp) -> Markup {
    let finding = &detail.finding;
    let mut was = None;
    let mut events = Vec::with_capacity(detail.events.len());
    for event in &detail.events {
        let verb = match (was, event.state) {
            (Some(FindingState::Closed), FindingState::Open) => "finding-did-reopen",
            (_, FindingState::Open) => "finding-did-open",
            (_, FindingState::Closed) => "finding-did-close",
            (_, FindingState::Met) => "finding-did-meet",
            (_, FindingState::NotChecked) => "finding-did-not-tell",
            (_, FindingState::NotApplicable) => "finding-did-not-apply",
            (_, FindingState::Moved) => "finding-did-move",
        };
        was = Some(event.state);
        let tool = detail.sightings.iter().find(|seen| seen.look.evidence == event.evidence);
        let place = match event.place.line {
            0 if event.state == FindingState::Closed => say("finding-file-without"),
            0 => say("finding-file"),
            line => Words::of("source-line").with("line", line.to_string()).said(),
        };
        events.push(timeline::Event {
            when: when::minute(event.at),
            datetime: event.at.to_string(),
            age: when::age(event.at, now),
            actor: tool.map_or(&finding.tool, |seen| &seen.tool).clone(),
            what: html! { (Words::of(verb).around("place", html! { a href=(line_href(&event.evidence, &event.place)) { (place) } })) },
            detail: None,
        });
    }
    events.reverse();
    timeline(&events)
}

/// Every sighting with what the tool said, newest first.
pub(super) fn sightings(detail: &FindingDetail, now: Timestamp) -> Markup {
    if detail.sightings.is_empty() {
        return empty(&Empty::of("finding-no-sightings"));
    }
    let left = detail.sightings.len().saturating_sub(MOST_SIGHTINGS);
    html! {
        div.scroll {
            table {
                thead { tr { @for heading in ["column-seen", "column-tool", "column-result", "column-where", "finding-what-it-said"] { th scope="col" { (say(heading)) } } } }
                tbody {
                    @for seen in detail.sightings.iter().rev().take(MOST_SIGHTINGS) {
                        tr {
                            td.fit { (when::when(seen.look.at, now)) }
                            td.fit { (seen.tool) }
                            td.fit { (result(&seen.fact)) }
                            td.fit { a href=(line_href(&seen.look.evidence, &seen.place)) { @if seen.place.line > 0 { (Words::of("source-line").with("line", seen.place.line.to_string())) } @else { (say("finding-file-alone")) } } }
                            td { (said(&seen.fact)) }
                        }
                    }
                }
            }
        }
        @if left > 0 { p.muted { (Words::of("finding-older").with("count", left).link(&format!("/evidence?system={}", encoded(&detail.finding.system)))) } }
    }
}

fn result(fact: &Fact) -> Markup {
    match fact {
        Fact::Check(check) => html! { (outcome(check.outcome)) },
        Fact::Weakness(weakness) if weakness.suppressed => html! { (say("finding-suppressed")) },
        _ => html! { (shown::word(FindingState::Open)) },
    }
}

/// The result of a rule in words.
fn outcome(outcome: Outcome) -> String {
    say(match outcome {
        Outcome::Pass => "finding-outcome-pass",
        Outcome::Fixed => "finding-outcome-fixed",
        Outcome::Fail => "finding-outcome-fail",
        Outcome::Error => "finding-outcome-error",
        Outcome::Unknown => "finding-outcome-unknown",
        Outcome::NotApplicable => "finding-outcome-not-applicable",
        Outcome::NotChecked => "finding-outcome-not-checked",
        Outcome::NotSelected => "finding-outcome-not-selected",
        Outcome::Informational => "finding-outcome-informational",
    })
}

fn said(fact: &Fact) -> Markup {
    let (detail, subject) = match fact {
        Fact::Check(check) => (check.detail.as_deref(), String::new()),
        Fact::Weakness(weakness) => (weakness.detail.as_deref(), weakness.subject.title()),
        _ => (None, String::new()),
    };
    let detail = detail.map(str::trim).filter(|detail| !detail.is_empty());
    html! {
        @if !subject.is_empty() { (cut(&subject, 160)) " " }
        @if let Some(detail) = detail {
            @if detail.chars().count() <= 200 { span.muted { (detail) } }
            @else { details { summary { (cut(detail.lines().next().unwrap_or_default(), 120)) } pre { (detail) } } }
        } @else if subject.is_empty() { span.muted { (say("finding-nothing-more")) } }
    }
}

/// What a tool said last.
pub(super) struct Verdict {
    pub(super) tool: String,
    pub(super) word: String,
    pub(super) at: Timestamp,
    pub(super) href: String,
}

/// The newest verdict of each tool on the same rule.
pub(super) fn newest_verdicts(detail: &FindingDetail) -> Vec<Verdict> {
    let mut newest: BTreeMap<&str, &StoredSighting> = BTreeMap::new();
    for seen in &detail.sightings {
        newest.insert(&seen.tool, seen);
    }
    let verdict = |(tool, seen): (&str, &StoredSighting)| {
        let Fact::Check(check) = &seen.fact else { return None };
        let word = if check.outcome == Outcome::Fixed { Outcome::Pass } else { check.outcome };
        Some(Verdict {
            tool: tool.to_owned(),
            word: outcome(word).to_lowercase(),
            at: seen.look.at,
            href: line_href(&seen.look.evidence, &seen.place),
        })
    };
    newest.into_iter().filter_map(verdict).collect()
}
