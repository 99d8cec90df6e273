//! The traceability matrix: from each statement of a system's baseline to the file that proves it, printed.
//!
//! For an assessor before fieldwork and for whoever asks what a plan rests on (SP 800-53Ar5 §3.2). What is missing
//! comes first and is counted; then every statement.

use super::page::{Frame, document};
use crate::tables::{method_word, result_word};
use jiff::Timestamp;
use maud::{Markup, html};
use warrant_model::time::{day, days_between};
use warrant_model::traceability::{Hole, Requirement, TestResult, Traceability};

/// What the document is made of.
#[derive(Clone, Copy)]
pub struct TraceabilityDocument<'a> {
    /// The organisation's name.
    pub organisation: &'a str,
    /// Classification or TLP marking.
    pub marking: Option<&'a str>,
    /// The system's name.
    pub system: &'a str,
    /// The matrix.
    pub matrix: &'a Traceability,
    /// The instant it holds for.
    pub as_of: Timestamp,
    /// What people read for a control or statement id.
    pub label_of: &'a dyn Fn(&str) -> String,
}

impl std::fmt::Debug for TraceabilityDocument<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TraceabilityDocument").field("system", &self.system).finish_non_exhaustive()
    }
}

/// The matrix as one self-contained HTML file. The same facts give the same bytes.
pub fn traceability_document(of: &TraceabilityDocument<'_>) -> String {
    let frame = Frame {
        title: &format!("{}: traceability", of.system),
        organisation: of.organisation,
        marking: of.marking,
        subtitle: html! { "As of " (of.as_of.strftime("%Y-%m-%d %H:%M").to_string()) " UTC" },
        class: "",
    };
    let matrix = of.matrix;
    let content = html! {
        p.answer { (answer(matrix)) }
        (counts(matrix))
        (holes(of))
        (strays(of))
        (statements(of))
        (files(of))
    };
    document(&frame, content)
}

fn answer(matrix: &Traceability) -> String {
    let (closed, all) = (matrix.closed(), matrix.requirements.len());
    match (closed, all) {
        (_, 0) => "No baseline is in force, so there is nothing to trace.".to_owned(),
        (closed, all) if closed == all => format!("Each of the {all} statements is traced to evidence."),
        _ => format!("{closed} of {all} statements are traced without a hole; {} have one.", all - closed),
    }
}

fn counts(matrix: &Traceability) -> Markup {
    html! {
        h2 { "Holes" }
        table {
            thead { tr { th { "What is missing" } th.number { "Statements" } } }
            tbody {
                @for hole in Hole::ALL { tr { td { (hole.title()) } td.number { (matrix.with(hole)) } } }
            }
        }
    }
}

fn missing(one: &Requirement) -> String {
    one.holes.iter().map(|hole| hole.title().to_lowercase()).collect::<Vec<_>>().join(", ")
}

/// Statements by what they lack, most first.
fn holes(of: &TraceabilityDocument<'_>) -> Markup {
    let mut groups: Vec<(String, usize, Vec<String>)> = Vec::new();
    for one in of.matrix.requirements.iter().filter(|one| !one.holes.is_empty()) {
        let (text, label) = (missing(one), (of.label_of)(&one.statement));
        match groups.iter_mut().find(|(known, ..)| *known == text) {
            Some((.., labels)) => labels.push(label),
            None => groups.push((text, one.holes.len(), vec![label])),
        }
    }
    groups.sort_by_key(|(_, holes, labels)| std::cmp::Reverse((*holes, labels.len())));
    html! {
        @for (text, _, labels) in &groups {
            h3 { "With " (text) ": " (labels.len()) }
            p { (labels.join(", ")) }
        }
    }
}

fn strays(of: &TraceabilityDocument<'_>) -> Markup {
    let mut labels: Vec<_> = of.matrix.stray.iter().map(|(_, control)| (of.label_of)(control)).collect();
    labels.dedup();
    html! {
        @if !labels.is_empty() {
            h3 { "Implementations of what the baseline does not hold: " (labels.len()) }
            p { (labels.join(", ")) }
        }
    }
}

fn statements(of: &TraceabilityDocument<'_>) -> Markup {
    html! {
        h2 { "Statements" }
        table {
            thead { tr { th { "Statement" } th { "Implementation" } th { "Objectives" } th { "Results" } th { "Missing" } } }
            tbody {
                @for one in &of.matrix.requirements { tr {
                    td { strong { ((of.label_of)(&one.statement)) } br; (one.status.title()) }
                    td { @for said in &one.implementations { p { (said.says) @if !said.how.is_empty() { ": " (said.how) } } } }
                    td { (one.objectives.join(", ")) }
                    td { @for result in &one.results { (proof(of, result)) } }
                    td { (missing(one)) }
                } }
            }
        }
    }
}

fn proof(of: &TraceabilityDocument<'_>, result: &TestResult) -> Markup {
    html! {
        p {
            (result.says) ", " (day(result.at)) " (" (method_word(result.method)) ": " (result_word(result.result)) ")"
            @for hash in &result.evidence {
                br; code.short { (hash.get(..12).unwrap_or(hash)) }
                @match of.matrix.file(hash) {
                    Some(file) => { " " (age(days_between(file.observed_at, of.as_of))) }
                    None => " is not there"
                }
            }
        }
    }
}

fn age(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "1 day old".to_owned(),
        days => format!("{days} days old"),
    }
}

fn files(of: &TraceabilityDocument<'_>) -> Markup {
    html! {
        @if !of.matrix.evidence.is_empty() {
            h2 { "Files" }
            table {
                thead { tr { th { "File" } th { "Tool" } th { "Observed" } th { "BLAKE3 hash" } } }
                tbody {
                    @for file in &of.matrix.evidence { tr {
                        td { (file.name) } td { (file.tool) } td.day { (day(file.observed_at)) } td { code { (file.hash) } }
                    } }
                }
            }
        }
    }
}
