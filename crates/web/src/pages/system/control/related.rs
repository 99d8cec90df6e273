//! What is wrong about a control: open findings that bear on it, deficiencies that touch it.

use super::super::frame::Frame;
use crate::list::encoded;
use crate::look::badge;
use crate::look::empty::none;
use crate::look::panel::section;
use crate::look::words::english;
use crate::words::{Words, say};
use maud::{Markup, html};
use std::cmp::Reverse;

/// Rows shown of each list.
const MOST: usize = 8;

/// Whether an id is the control's or one of its statements'.
fn bears(id: &str, control: &str) -> bool {
    id.strip_prefix(control).is_some_and(|rest| rest.is_empty() || rest.starts_with("_smt"))
}

/// Deficiencies that touch the control, highest rank first.
pub(super) fn deficiencies(frame: &Frame, control: &str) -> Markup {
    let all = &frame.posture.deficiencies;
    let touching: Vec<_> = all.iter().filter(|d| d.controls.iter().any(|id| bears(id, control))).collect();
    let body = html! {
        ul {
            @for deficiency in touching.iter().take(MOST) {
                li {
                    (badge::severity(deficiency.severity)) " "
                    a href=(format!("/deficiencies/{}", encoded(&deficiency.id))) { (english(&deficiency.title)) }
                    @if let Some(excepted) = &deficiency.excepted { " " span.muted { (Words::of("plan-accepted").with("day", excepted.until)) } }
                }
            }
            @if touching.len() > MOST { li.muted { (Words::of("and-more").with("count", touching.len() - MOST)) } }
        }
        @if touching.is_empty() { (none("control-no-deficiencies")) }
    };
    section(&say("deficiencies"), html! { (touching.len()) }, body)
}

/// Open findings that bear on the control, worst first.
pub(super) fn findings(frame: &Frame, control: &str) -> Markup {
    let findings = &frame.snapshot.findings;
    let mut rows: Vec<usize> =
        findings.open().filter(|row| findings.controls_of(*row).any(|id| bears(id, control))).collect();
    rows.sort_by_key(|row| (Reverse(findings.severity[*row]), findings.title[*row]));
    let all = frame.href("/findings", &[("control", control)]);
    let body = html! {
        ul {
            @for row in rows.iter().take(MOST) {
                li {
                    (badge::severity(findings.severity[*row])) " "
                    a href=(format!("/findings/{}", encoded(findings.text(findings.id[*row])))) { (english(findings.text(findings.title[*row]))) }
                    " " span.muted { (Words::of("action-on").with("target", findings.text(findings.target[*row]))) }
                }
            }
        }
        @if rows.is_empty() { (none("control-no-findings")) }
    };
    let aside = html! { @if rows.len() > MOST { a href=(all) { (Words::of("all-findings").with("count", rows.len())) } } @else { (rows.len()) } };
    section(&say("column-open-findings"), aside, body)
}

#[cfg(test)]
mod tests {
    use super::bears;

    #[test]
    fn enhancements_are_controls_of_their_own() {
        assert!(bears("ac-2", "ac-2") && bears("ac-2_smt.a", "ac-2"));
        assert!(!bears("ac-2.1", "ac-2") && !bears("ac-20", "ac-2") && !bears("ac-2.1_smt.a", "ac-2"));
    }
}
