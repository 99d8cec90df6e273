//! What a filled workbook says, as tables: judgements, changes of records, and what is not taken.

use crate::look::badge::{self, Progress};
use crate::look::link::safe;
use crate::look::table::{Column, Row, Table, Width};
use crate::look::words::english;
use crate::pages::records::list_href;
use crate::pages::system::frame::Frame;
use crate::pages::system::shown::control_label;
use crate::words::{Words, say};
use maud::{Markup, html};
use warrant_model::RecordId;
use warrant_model::kinds::AssessmentResult;
use warrant_service::hand_in::NotTaken;
use warrant_service::taken_back::{Becomes, EditedLine, TakenLine, TakenOutcome};

/// Rows that are named one by one; of more the number is told.
const NAMED: usize = 20;

/// Judgements.
pub(super) fn judged(frame: &Frame, outcome: &TakenOutcome) -> Table {
    let column = Column::plain;
    Table {
        id: "taken".to_owned(),
        caption: say("taken-judgements"),
        action: frame.href("/documents", &[]),
        columns: vec![
            column(&say("column-row"), Width::Figures),
            column(&say("column-cci"), Width::Fit),
            column(&say("column-control"), Width::Fit),
            column(&say("column-result"), Width::Fit),
            column(&say("column-tested"), Width::Fit),
            column(&say("column-by"), Width::Fill),
            column(&say("column-becomes"), Width::Fit),
        ],
        rows: outcome.judged.iter().map(|line| judgement(frame, line)).collect(),
        ..Table::default()
    }
}

fn judgement(frame: &Frame, line: &TakenLine) -> Row {
    let control = line.control.split("_smt").next().unwrap_or(&line.control);
    let href = frame.control_href(control);
    Row {
        id: format!("{}-{}", line.row, line.control),
        title: line.cci.clone(),
        href: href.clone(),
        cells: vec![
            html! { (line.row) },
            html! { (line.cci) },
            html! { a href=(safe(&href)) { (control_label(&line.control)) } },
            match line.result {
                AssessmentResult::Satisfied => badge::state(&say("status-satisfied"), Progress::Done),
                AssessmentResult::OtherThanSatisfied => {
                    badge::state(&say("status-other-than-satisfied"), Progress::Failed)
                }
                AssessmentResult::NotApplicable => {
                    badge::state(&say("status-not-applicable"), Progress::Unknown)
                }
            },
            html! { (line.assessed_on) },
            html! { (line.tested_by) },
            html! {
                @match line.becomes {
                    Becomes::New => (say("becomes-new")), Becomes::Changed => (say("becomes-changed")), Becomes::Known => span.muted { (say("becomes-known")) },
                }
                @if line.against_open_rule { ", " span.muted { (say("taken-rule-open")) } }
            },
        ],
        ..Row::default()
    }
}

/// Changes of records, a line for each cell.
pub(super) fn edited(frame: &Frame, outcome: &TakenOutcome) -> Table {
    let column = Column::plain;
    let rows = outcome.edited.iter().flat_map(|line| cells(&outcome.kind, line));
    Table {
        id: "taken".to_owned(),
        caption: say("taken-changes"),
        action: frame.href("/documents", &[]),
        columns: vec![
            column(&say("column-sheet"), Width::Fit),
            column(&say("column-row"), Width::Figures),
            column(&say("column-record"), Width::Fill),
            column(&say("column-column"), Width::Fit),
            column(&say("column-was"), Width::Fill),
            column(&say("column-becomes"), Width::Fill),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}

/// The table makes the title the link.
fn cells(kind: &str, line: &EditedLine) -> Vec<Row> {
    let address = |id: &RecordId| format!("{}/{}", list_href(kind), crate::list::encoded(id.as_str()));
    let href = line.record.as_ref().map(address).unwrap_or_default();
    let row = |(nth, field): (usize, &warrant_service::hand_in::TakenField)| Row {
        id: format!("{}-{}-{nth}", line.sheet, line.row),
        title: line.title.clone(),
        href: href.clone(),
        cells: vec![
            html! { (line.sheet) },
            html! { (line.row) },
            html! { (line.title) @if line.record.is_none() { " " span.muted { (say("becomes-new")) } } },
            html! { (field.column) },
            text(&field.was),
            text(&field.becomes),
        ],
        ..Row::default()
    };
    line.fields.iter().enumerate().map(row).collect()
}

/// A cell's text with its lines.
fn text(cell: &str) -> Markup {
    html! {
        @if cell.is_empty() { span.muted { (say("cell-empty")) } }
        @for (nth, line) in cell.lines().enumerate() { @if nth > 0 { br; } (line) }
    }
}

/// What was changed and is not taken.
pub(super) fn not_taken(frame: &Frame, outcome: &TakenOutcome) -> Table {
    let column = Column::plain;
    Table {
        id: "left".to_owned(),
        caption: say("taken-cells"),
        action: frame.href("/documents", &[]),
        columns: vec![
            column(&say("column-sheet"), Width::Fit),
            column(&say("column-column"), Width::Fit),
            column(&say("column-rows"), Width::Fit),
            column(&say("column-not-taken"), Width::Fill),
        ],
        rows: outcome.not_taken.iter().enumerate().map(left).collect(),
        ..Table::default()
    }
}

fn left((nth, one): (usize, &NotTaken)) -> Row {
    let named: Vec<_> = one.rows.iter().take(NAMED).map(u32::to_string).collect();
    let more = one.rows.len() - named.len();
    Row {
        id: format!("left-{nth}"),
        title: one.column.clone(),
        cells: vec![
            html! { (one.sheet) },
            html! { (one.column) },
            html! { (named.join(", ")) @if more > 0 { " " (Words::of("and-more").with("count", more)) } },
            html! { (english(&one.why)) },
        ],
        ..Row::default()
    }
}
