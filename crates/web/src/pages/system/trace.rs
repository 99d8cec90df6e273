//! Traceability: every statement of the baseline with how it is met, tested and proved, and what is missing.

use super::controls::{Way, ways};
use super::frame::{At, Frame};
use super::shown::{column, control_label, control_title, status};
use crate::error::Answer;
use crate::file;
use crate::list::{ListAddress, encoded};
use crate::look::empty::Empty;
use crate::look::figure::cut;
use crate::look::table::{Chip, Facet, Row, Table, Width, table};
use crate::look::when::age;
use crate::look::words::{capital, english};
use crate::pages::{document, source_link};
use crate::past;
use crate::server::App;
use crate::session::Who;
use crate::words::{Words, say};
use axum::extract::{Path, State};
use maud::{Markup, html};
use std::collections::BTreeSet;
use warrant_model::kinds::AssessmentMethod;
use warrant_model::time::day;
use warrant_model::traceability::{Hole, Requirement, TestResult, Traceability};
use warrant_report::tables::traceability_table;
use warrant_service::documents::{About, DocumentAsk, Syntax};
use warrant_service::tables::TableFormat;

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let matrix = app.service.traceability(&who.actor, &frame.snapshot).await?;
    let actions = html! { a.button href=(frame.href("/controls/trace/document", &[])) download { (say("trace-document")) } };
    let main = html! { (table(&list(&frame, &matrix, &address))) (strays(&frame, &matrix)) };
    frame.page(&app, &who, At::Controls, (lead(&frame, &matrix), actions), main).await
}

/// The rows shown, as a file.
pub(super) async fn export(
    app: App,
    who: Who,
    id: String,
    address: ListAddress,
    format: TableFormat,
) -> Answer {
    let frame = Frame::load(&app, &who, &id, &address).await?;
    let matrix = app.service.traceability(&who.actor, &frame.snapshot).await?;
    let heading = app.service.heading(&format!("traceability of {} on {}", frame.name, frame.today()));
    let shown = shown(&matrix, &address);
    let table = traceability_table(&matrix, shown, frame.at(), &control_label, heading);
    Ok(file::table(&format!("{}-traceability", frame.name), format, app.service.written(&table, format)?))
}

/// The whole matrix, to print or archive.
pub(super) async fn printed(
    State(app): State<App>,
    who: Who,
    Path(id): Path<String>,
    address: ListAddress,
) -> Answer {
    let as_of = past::as_of(&app, &address)?.map(past::last_instant);
    let ask = DocumentAsk { as_of, ..document::now(TRACEABILITY, About::System(id), Syntax::Html) };
    document::made(&app, &who, &ask).await
}

/// The document of this page.
const TRACEABILITY: &str = "traceability";

fn lead(frame: &Frame, matrix: &Traceability) -> Markup {
    let (closed, all) = (matrix.closed(), matrix.requirements.len());
    if all == 0 {
        return html! { (say("trace-lead-none")) };
    }
    let link = |hole: Hole, name: &'static str| {
        let count = matrix.with(hole);
        html! { @if count > 0 { "; " a href=(frame.href("/controls/trace", &[("hole", hole.word())])) { (Words::of(name).with("count", count)) } } }
    };
    let some = Words::of("trace-some").with("some", closed).with("all", all);
    let some = html! { a href=(frame.href("/controls/trace", &[("hole", "none")])) { (some) } };
    html! {
        strong { (Words::of("trace-lead").around("some", some)) }
        (link(Hole::Implementation, "trace-without-implementation"))
        (link(Hole::Procedure, "trace-without-procedure"))
        (link(Hole::Result, "trace-without-result"))
        (link(Hole::Evidence, "trace-without-file"))
        (link(Hole::MissingEvidence, "trace-file-missing"))
        (link(Hole::Stale, "trace-too-old"))
        "."
    }
}

/// The rows that the address asks for, what lacks most first.
fn shown<'a>(matrix: &'a Traceability, address: &ListAddress) -> Vec<&'a Requirement> {
    let mut rows: Vec<_> = matrix
        .holes_first()
        .into_iter()
        .filter(|one| says(one, address) && has(one, address.get("hole")))
        .collect();
    match address.sorted() {
        ("statement", false) => rows.sort_by_key(|one| place(matrix, one)),
        ("statement", true) => rows.sort_by_key(|one| std::cmp::Reverse(place(matrix, one))),
        ("missing", false) => rows.reverse(),
        _ => {}
    }
    rows
}

fn place(matrix: &Traceability, one: &Requirement) -> usize {
    // Both are of the same list: the distance is the place in catalogue order.
    matrix.requirements.iter().position(|other| std::ptr::eq(other, one)).unwrap_or_default()
}

fn has(one: &Requirement, hole: &str) -> bool {
    match hole {
        "" => true,
        "none" => one.holes.is_empty(),
        word => one.holes.iter().any(|hole| hole.word() == word),
    }
}

fn says(one: &Requirement, address: &ListAddress) -> bool {
    let text = format!("{} {} {}", one.statement, control_label(&one.statement), control_title(&one.control));
    address.found_in(&text)
}

fn list(frame: &Frame, matrix: &Traceability, address: &ListAddress) -> Table {
    let (page, pager) = address.page_of(shown(matrix, address));
    Table {
        id: "trace".to_owned(),
        caption: say("way-trace"),
        action: address.path.clone(),
        keep: address.keep(&["q", "page"]),
        filter: Some(("q".to_owned(), address.get("q").to_owned())),
        facets: vec![facet(matrix, address)],
        views: ways(frame, Way::Trace),
        columns: vec![
            address.column(&say("column-statement"), Width::Fit, "statement"),
            column(&say("column-implementation"), Width::Fill),
            column(&say("column-tested-by"), Width::Fit),
            column(&say("column-status"), Width::Fit),
            column(&say("column-newest-result"), Width::Fit),
            column(&say("column-evidence"), Width::Fit),
            address.column(&say("column-missing"), Width::Fit, "missing"),
        ],
        pager,
        rows: page.into_iter().map(|one| row(frame, matrix, one)).collect(),
        exports: address.exports(&address.path),
        empty: nothing(frame, matrix),
        ..Table::default()
    }
}

fn facet(matrix: &Traceability, address: &ListAddress) -> Facet {
    let left: Vec<_> = matrix.requirements.iter().filter(|one| says(one, address)).collect();
    let chip = |word: &str, title: &str| {
        let count = left.iter().filter(|one| has(one, word)).count() as u64;
        let (chosen, href) = address.toggle("hole", word);
        Chip { title: title.to_owned(), shape: None, count, href, chosen }
    };
    let holes = Hole::ALL.into_iter().map(|hole| chip(hole.word(), &hole_title(hole)));
    Facet {
        title: say("column-missing"),
        chips: holes.chain([chip("none", &capital(&say("nothing")))]).collect(),
    }
}

fn row(frame: &Frame, matrix: &Traceability, one: &Requirement) -> Row {
    let label = control_label(&one.statement);
    let title = control_title(&one.control);
    Row {
        id: one.statement.clone(),
        title: label.clone(),
        href: frame.control_href(&one.control),
        cells: vec![
            html! { span title=(title) { (label) } },
            html! {
                @for said in &one.implementations { span title=(said.how) { (english(&cut(&said.says, 60))) } " " }
                @if one.implementations.is_empty() { span.muted { (english(&cut(&title, 60))) } }
            },
            objectives(&one.objectives),
            status(&one.status),
            result_cell(frame, &one.results),
            evidence_cell(frame, matrix, &one.results),
            missing(one),
        ],
        ..Row::default()
    }
}

fn objectives(labels: &[String]) -> Markup {
    html! {
        @match labels {
            [] => span.muted { (say("nothing")) },
            [only] => (only),
            [first, rest @ ..] => span title=(labels.join(", ")) { (first) " +" (rest.len()) },
        }
    }
}

/// The newest result; all of them in the tooltip.
fn result_cell(frame: &Frame, results: &[TestResult]) -> Markup {
    let all: Vec<_> = results.iter().map(|one| format!("{} {}", day(one.at), one.says)).collect();
    html! {
        @match results.first() {
            Some(newest) => span title=(all.join("\n")) {
                a href=(source_link(&newest.source).href) { (found(newest)) } " " span.muted { (age(newest.at, frame.at())) }
            },
            None => span.muted { (say("none")) },
        }
    }
}

/// The newest file behind the results, its age, and how many there are.
fn evidence_cell(frame: &Frame, matrix: &Traceability, results: &[TestResult]) -> Markup {
    let named: BTreeSet<&str> = results.iter().flat_map(|one| &one.evidence).map(String::as_str).collect();
    let mut files: Vec<_> = named.iter().filter_map(|hash| matrix.file(hash)).collect();
    files.sort_by_key(|file| std::cmp::Reverse(file.observed_at));
    html! {
        @match files.first() {
            Some(file) => {
                a href=(format!("/evidence/{}", encoded(file.hash.as_str()))) title=(file.name) { (cut(&file.name, 20)) }
                " " span.muted { (age(file.observed_at, frame.at())) @if files.len() > 1 { " +" (files.len() - 1) } }
            }
            None if named.is_empty() => span.muted { (say("none-feminine")) },
            None => span.muted { (Words::of("trace-not-there").with("count", named.len())) },
        }
    }
}

/// How it was found, in a word: the tool, or what the assessor did.
fn found(result: &TestResult) -> String {
    match (result.id.strip_prefix("tool "), result.method) {
        (Some(tool), _) => cut(tool, 20),
        (None, AssessmentMethod::Examine) => say("trace-examined"),
        (None, AssessmentMethod::Interview) => say("trace-interview"),
        (None, AssessmentMethod::Test) => say("trace-tested"),
    }
}

fn missing(one: &Requirement) -> Markup {
    let words: Vec<_> = one.holes.iter().map(|hole| hole_word(*hole)).collect();
    html! { @if words.is_empty() { span.muted { (say("nothing")) } } @else { span title=(words.join(", ")) { (words.join(", ")) } } }
}

fn hole_title(hole: Hole) -> String {
    say(match hole {
        Hole::Implementation => "hole-title-implementation",
        Hole::Procedure => "hole-title-procedure",
        Hole::Result => "hole-title-result",
        Hole::Evidence => "hole-title-evidence",
        Hole::MissingEvidence => "hole-title-file",
        Hole::Stale => "hole-title-freshness",
    })
}

fn hole_word(hole: Hole) -> String {
    say(match hole {
        Hole::Implementation => "hole-implementation",
        Hole::Procedure => "hole-procedure",
        Hole::Result => "hole-result",
        Hole::Evidence => "hole-evidence",
        Hole::MissingEvidence => "hole-file",
        Hole::Stale => "hole-freshness",
    })
}

fn strays(frame: &Frame, matrix: &Traceability) -> Markup {
    html! {
        @if !matrix.stray.is_empty() {
            p.muted {
                @let list = html! {
                    @for (nth, (id, control)) in matrix.stray.iter().enumerate() {
                        @if nth > 0 { ", " }
                        a href=(format!("/records/implementation/{}", encoded(id))) { (control_label(control)) }
                    }
                };
                (Words::of("trace-stray")
                    .with("count", matrix.stray.len())
                    .around("list", list)
                    .link(&frame.new_href("tailoring", At::Controls)))
            }
        }
    }
}

fn nothing(frame: &Frame, matrix: &Traceability) -> Empty {
    if matrix.requirements.is_empty() {
        return Empty::of("trace-none").first(frame.new_href("information_type", At::Controls));
    }
    Empty::of("trace-none-fit").first(frame.href("/controls/trace", &[]))
}
