//! What every tool that looked says of the weakness, who is likely right where they differ, and where it was before.

use super::{history, shown};
use crate::list::encoded;
use crate::look::panel::section;
use crate::look::{badge, when};
use maud::{Markup, html};
use warrant_analysis::testimony::{Says, Verdict};
use warrant_model::finding::Finding;
use warrant_service::findings::{FindingDetail, Witness};

/// The section on the tools; nothing when one tool alone looked.
pub(super) fn witnesses(detail: &FindingDetail) -> Markup {
    let witnesses = &detail.witnesses;
    if witnesses.tools.is_empty() {
        return html! {};
    }
    let title = if witnesses.verdict.is_some() { "The tools do not agree" } else { "What the tools say" };
    let body = html! {
        @if let Some(verdict) = &witnesses.verdict { (judged(verdict)) }
        table.rows {
            thead { tr { th scope="col" { "Tool" } th scope="col" { "Says" } th scope="col" { "Severity" } th scope="col" { "Version" } th scope="col" { "Newest look" } } }
            tbody { @for witness in &witnesses.tools { (row(witness, &detail.finding.id)) } }
        }
    };
    section(title, html! { "one weakness, counted once" }, body)
}

fn judged(verdict: &Verdict) -> Markup {
    html! {
        p {
            @match &verdict.likely {
                Some(tool) => { strong { (tool) " is likely right: " } (verdict.because) "." }
                None => { strong { "Who is right cannot be told: " } (verdict.because) "." }
            }
        }
    }
}

fn row(witness: &Witness, shown_id: &str) -> Markup {
    let finding = witness.finding.as_ref();
    html! {
        tr {
            td.fit { (witness.tool) }
            td {
                @match witness.says {
                    Says::There(since) => { "it is there, seen since " (when::time(since)) }
                    Says::Gone(since) => { "it is gone since " (when::time(since)) }
                    Says::NeverHere => "nothing, though it reports others of the same package or file",
                    Says::Blind => "nothing: it never named the package or file",
                }
                @if let Some(other) = finding.filter(|other| other.id != shown_id) {
                    " \u{00b7} " a href=(format!("/findings/{}", encoded(&other.id))) { "its finding" }
                }
            }
            td.fit { @match finding { Some(finding) => { (badge::severity(finding.severity)) } None => { span.muted { "\u{2014}" } } } }
            td.fit { @match finding.and_then(version) { Some(version) => { (version) } None => { span.muted { "\u{2014}" } } } }
            td.fit {
                @match finding {
                    Some(finding) => { a href=(history::line_href(&finding.evidence, &finding.place)) { (when::time(witness.looked)) } }
                    None => { (when::time(witness.looked)) }
                }
            }
        }
    }
}

/// The version of the package that a tool saw.
fn version(finding: &Finding) -> Option<&str> {
    let package = !finding.vulnerabilities.is_empty();
    finding.subject.rsplit_once(' ').map(|(_, version)| version).filter(|_| package)
}

/// Where it was before it moved, newest first.
pub(super) fn moved_from(detail: &FindingDetail) -> Markup {
    if detail.moved_from.is_empty() {
        return html! {};
    }
    let list = html! {
        ul {
            @for before in &detail.moved_from {
                li {
                    a href=(format!("/findings/{}", encoded(&before.id))) { (before.subject) }
                    " until " (when::time(before.state_since)) " " (shown::state(before.state))
                }
            }
        }
    };
    section("Where it was before", html! { "the same rule and title, moved by an edit" }, list)
}
