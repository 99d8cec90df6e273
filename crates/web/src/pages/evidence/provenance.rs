//! Where a file came from and what it changed.

use super::list::{size, system};
use crate::list::encoded;
use crate::look::badge;
use crate::look::facts::{Fact, facts};
use crate::look::figure::{cut, thousands};
use crate::look::panel::section;
use crate::look::when;
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
        a href=(format!("/record/ledger?leaf={}", file.leaf)) { "leaf " (thousands(file.leaf)) } " "
        span.muted { "with the proof that it is in the ledger" }
    };
    let systems = html! {
        @for (nth, row) in rows.iter().enumerate() {
            @if nth > 0 { ", " }
            @if row.system.is_empty() { "Organisation" }
            @else { a href=(format!("/systems/{}/evidence", encoded(&row.system))) { (system(&row.system, names)) } }
        }
    };
    let mut list = vec![
        Fact::markup("Accepted for", systems),
        Fact::text("Tool", tool),
        Fact::text("Format", format),
        Fact::markup("Observed", when::when(from_micros(file.observed_at), now)),
        Fact::markup(
            "Received",
            html! { (when::when(from_micros(file.received_at), now)) " by " (file.actor) },
        ),
        Fact::text("Size", size(file.size)),
        Fact::markup("Recorded", leaf),
        Fact::markup("Hash", html! { code { (file.hash) } " " span.muted { "BLAKE3" } }),
    ];
    if let Some(release) = &file.release {
        list.push(Fact::text("Release", release));
    }
    facts(&list)
}

/// Records of the file that could not be used.
pub(super) fn problems(file: &EvidenceRow) -> Markup {
    if file.problems.is_empty() {
        return html! {};
    }
    let count = html! { (file.problems.len()) " of its records" };
    let list = html! {
        details open[file.problems.len() <= 10] {
            summary { "Could not be used; everything else was" }
            ul { @for problem in &file.problems { li { (cut(problem, 400)) } } }
        }
    };
    section("Problems", count, list)
}

/// Findings the file opened, closed or brought back.
pub(super) fn changes(changes: &[ShownChange], counts: &[(FindingState, i64)]) -> Markup {
    let total: i64 = counts.iter().map(|(_, count)| count).sum();
    let words = counts.iter().map(|(state, count)| format!("{} {}", thousands(*count), verb(*state)));
    let words = words.collect::<Vec<_>>().join(", ");
    let body = html! {
        @if changes.is_empty() { p.muted { "This file changed the state of no finding: it confirmed what was known." } }
        @else {
            details open[total <= 12] {
                summary { "Which ones" }
                div.scroll {
                    table {
                        thead { tr { th scope="col" { "Change" } th scope="col" { "Severity" } th scope="col" { "Finding" } th scope="col" { "Target" } th scope="col" { "Line" } } }
                        tbody { @for change in changes { (row(change)) } }
                    }
                }
                @if total > changes.len() as i64 { p.muted { (thousands(total - changes.len() as i64)) " more" } }
            }
        }
    };
    section("What it changed", html! { (words) }, body)
}

fn row(change: &ShownChange) -> Markup {
    let event = &change.event;
    let line = event.place.line;
    let reopened = event.state == FindingState::Open && !change.first;
    html! {
        tr {
            td.fit { @if reopened { "reopened" } @else { (verb(event.state)) } }
            td.fit { (badge::severity(change.severity)) }
            td { a href=(format!("/findings/{}", encoded(&event.finding))) { (change.title) } }
            td.fit { (cut(&change.target, 32)) }
            td.fit { @if line > 0 { a href=(format!("/evidence/{}?line={line}#L{line}", encoded(event.evidence.as_str()))) { (thousands(i64::from(line))) } } @else { span.muted { "absent" } } }
        }
    }
}

fn verb(state: FindingState) -> &'static str {
    match state {
        FindingState::Open => "opened",
        FindingState::Closed => "closed",
        FindingState::Met => "met",
        FindingState::NotChecked => "not checked",
        FindingState::NotApplicable => "not applicable",
        FindingState::Moved => "moved",
    }
}
