//! What every tool that looked says of the weakness, who is likely right where they differ, and where it was before.

use super::{history, shown};
use crate::list::encoded;
use crate::look::panel::section;
use crate::look::words::english;
use crate::look::{badge, when};
use crate::words::{Words, say};
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
    let title = say(if witnesses.verdict.is_some() { "finding-disagree" } else { "finding-tools" });
    let body = html! {
        @if let Some(verdict) = &witnesses.verdict { (judged(verdict)) }
        table.rows {
            thead { tr { @for heading in ["column-tool", "finding-tool-says", "column-severity", "column-version", "finding-newest-look"] { th scope="col" { (say(heading)) } } } }
            tbody { @for witness in &witnesses.tools { (row(witness, &detail.finding.id)) } }
        }
    };
    section(&title, html! { (say("finding-counted-once")) }, body)
}

fn judged(verdict: &Verdict) -> Markup {
    html! {
        p {
            @match &verdict.likely {
                Some(tool) => { strong { (Words::of("finding-likely").with("tool", tool)) } " " (english(&verdict.because)) "." }
                None => { strong { (say("finding-who-is-right")) } " " (english(&verdict.because)) "." }
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
                    Says::There(since) => (Words::of("finding-there").around("day", when::time(since))),
                    Says::Gone(since) => (Words::of("finding-gone").around("day", when::time(since))),
                    Says::NeverHere => (say("finding-never-here")),
                    Says::Blind => (say("finding-blind")),
                }
                @if let Some(other) = finding.filter(|other| other.id != shown_id) {
                    " \u{00b7} " a href=(format!("/findings/{}", encoded(&other.id))) { (say("finding-its")) }
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
                    " " (Words::of("finding-until").around("day", when::time(before.state_since))) " " (shown::state(before.state))
                }
            }
        }
    };
    section(&say("finding-before"), html! { (say("finding-before-aside")) }, list)
}
