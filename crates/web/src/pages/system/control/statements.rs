//! The control's statements, each with its status and the minimal grounds that make it so.

use super::super::frame::Frame;
use super::super::shown::{because, control_label, ground_link, status};
use crate::look::panel::section;
use crate::look::when;
use crate::look::words::english;
use crate::pages::source_link;
use crate::words::say;
use maud::{Markup, html};
use warrant_model::posture::{ControlStatus, Ground, Source};

/// The statements as a table.
pub(super) fn statements(frame: &Frame, control: &ControlStatus) -> Markup {
    let body = html! {
        div.scroll {
            table {
                thead { tr { th scope="col" { (say("column-statement")) } th scope="col" { (say("column-rests-on")) } } }
                tbody {
                    // Statements that stand alike on the same grounds share a row.
                    @for alike in control.statements.chunk_by(|a, b| a.status == b.status && a.grounds == b.grounds) {
                        @let statement = &alike[0];
                        tr {
                            th.fit scope="row" { @for each in alike { div { (control_label(&each.statement)) } } (status(&statement.status)) }
                            td {
                                @for ground in &statement.grounds { (line(frame, control, ground)) }
                                @if let Some(why) = because(&statement.status).filter(|_| statement.grounds.is_empty()) { span.muted { (why) } }
                            }
                        }
                    }
                }
            }
        }
    };
    let aside = html! { (say("statements-aside")) };
    section(&say("statements-title"), aside, body)
}

/// A ground: what it says, where it can be looked at, and the line of the evidence behind a finding.
fn line(frame: &Frame, control: &ControlStatus, ground: &Ground) -> Markup {
    let link = ground_link(ground, &control.control);
    html! {
        div {
            a href=(link.href) { (english(&ground.says)) } " "
            span.muted { (link.title) ", " (when::when(ground.at, frame.at())) }
            @if let Some(line) = evidence_line(frame, &ground.source) { " · " (line) }
        }
    }
}

/// The place in the file that a finding was read from.
fn evidence_line(frame: &Frame, source: &Source) -> Option<Markup> {
    let Source::Finding { id } = source else { return None };
    let findings = &frame.snapshot.findings;
    let row = findings.id.binary_search_by(|symbol| findings.text(*symbol).cmp(id)).ok()?;
    let link = source_link(&Source::Evidence {
        evidence: warrant_model::hash::ContentHash(findings.text(findings.evidence[row]).to_owned()),
        place: warrant_model::fact::Place::new(findings.line[row], findings.text(findings.pointer[row])),
    });
    Some(link.anchor())
}
