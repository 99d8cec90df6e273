//! Where a file came from and what it changed.

use super::list::{size, system};
use crate::language;
use crate::list::encoded;
use crate::look::badge;
use crate::look::facts::{Fact, facts};
use crate::look::figure::{cut, thousands};
use crate::look::panel::section;
use crate::look::when;
use crate::words::{Words, say};
use jiff::Timestamp;
use maud::{Markup, html};
use std::collections::BTreeMap;
use warrant_model::finding::FindingState;
use warrant_model::time::from_micros;
use warrant_service::query::{EvidenceRow, ShownChange};

type Names = BTreeMap<String, String>;

/// Who brought it in, when, from which tool, and where the ledger vouches for it.
pub(super) fn provenance(
    rows: &[EvidenceRow],
    file: &EvidenceRow,
    format: &str,
    names: &Names,
    now: Timestamp,
) -> Markup {
    let tool = match &file.tool_version {
        Some(version) => format!("{} {version}", file.tool),
        None => file.tool.clone(),
    };
    let leaf = html! {
        a href=(format!("/record/ledger?leaf={}", file.leaf)) { (Words::of("provenance-leaf").with("number", file.leaf)) } " "
        span.muted { (say("provenance-proof")) }
    };
    let systems = html! {
        @for (nth, row) in rows.iter().enumerate() {
            @if nth > 0 { ", " }
            @if row.system.is_empty() { (say("organisation")) }
            @else { a href=(format!("/systems/{}/evidence", encoded(&row.system))) { (system(&row.system, names)) } }
        }
    };
    let mut list = vec![
        Fact::markup(say("provenance-accepted"), systems),
        Fact::text(say("column-tool"), tool),
        Fact::text(say("column-format"), format),
        Fact::markup(say("evidence-observed"), when::when(from_micros(file.observed_at), now)),
        Fact::markup(
            say("provenance-received"),
            html! { (Words::of("provenance-received-by").with("who", &file.actor).around("when", when::when(from_micros(file.received_at), now))) },
        ),
        Fact::text(say("provenance-size"), size(file.size)),
        Fact::markup(say("provenance-recorded"), leaf),
        Fact::markup(say("provenance-hash"), html! { code { (file.hash) } " " span.muted { "BLAKE3" } }),
    ];
    if let Some(release) = &file.release {
        list.push(Fact::text(say("provenance-release"), release));
    }
    facts(&list)
}

/// Records of the file that could not be used.
pub(super) fn problems(file: &EvidenceRow) -> Markup {
    if file.problems.is_empty() {
        return html! {};
    }
    let count = html! { (Words::of("provenance-of-records").with("count", file.problems.len())) };
    let list = html! {
        details open[file.problems.len() <= 10] {
            summary { (say("provenance-not-used")) }
            ul { @for problem in &file.problems { li lang=[language::of_english()] { (cut(problem, 400)) } } }
        }
    };
    section(&say("evidence-problems"), count, list)
}

/// Findings the file opened, closed or brought back.
pub(super) fn changes(changes: &[ShownChange], counts: &[(FindingState, i64)]) -> Markup {
    let total: i64 = counts.iter().map(|(_, count)| count).sum();
    let words = counts.iter().map(|(state, count)| Words::of(counted(*state)).with("count", *count).said());
    let words = words.collect::<Vec<_>>().join(", ");
    let body = html! {
        @if changes.is_empty() { p.muted { (say("provenance-no-change")) } }
        @else {
            details open[total <= 12] {
                summary { (say("provenance-which")) }
                div.scroll {
                    table {
                        thead { tr { th scope="col" { (say("column-change")) } th scope="col" { (say("column-severity")) } th scope="col" { (say("column-finding")) } th scope="col" { (say("column-target")) } th scope="col" { (say("column-line")) } } }
                        tbody { @for change in changes { (row(change)) } }
                    }
                }
                @if total > changes.len() as i64 { p.muted { (Words::of("provenance-more").with("count", total - changes.len() as i64)) } }
            }
        }
    };
    section(&say("provenance-changed"), html! { (words) }, body)
}

fn row(change: &ShownChange) -> Markup {
    let event = &change.event;
    let line = event.place.line;
    let reopened = event.state == FindingState::Open && !change.first;
    html! {
        tr {
            td.fit { @if reopened { (say("provenance-reopened")) } @else { (say(verb(event.state))) } }
            td.fit { (badge::severity(change.severity)) }
            td { a href=(format!("/findings/{}", encoded(&event.finding))) { (change.title) } }
            td.fit { (cut(&change.target, 32)) }
            td.fit { @if line > 0 { a href=(format!("/evidence/{}?line={line}#L{line}", encoded(event.evidence.as_str()))) { (thousands(i64::from(line))) } } @else { span.muted { (say("provenance-absent")) } } }
        }
    }
}

fn counted(state: FindingState) -> &'static str {
    match state {
        FindingState::Open => "change-opened",
        FindingState::Closed => "change-closed",
        FindingState::Met => "change-met",
        FindingState::NotChecked => "change-not-checked",
        FindingState::NotApplicable => "change-not-applicable",
        FindingState::Moved => "change-moved",
    }
}

fn verb(state: FindingState) -> &'static str {
    match state {
        FindingState::Open => "did-opened",
        FindingState::Closed => "did-closed",
        FindingState::Met => "did-met",
        FindingState::NotChecked => "did-not-checked",
        FindingState::NotApplicable => "did-not-applicable",
        FindingState::Moved => "did-moved",
    }
}
