//! The grid's columns and rows.

use super::super::frame::Frame;
use super::super::shown::{
    control_label, control_title, elsewhere, ground_link, implementation, reason, seen, status,
};
use crate::list::ListAddress;
use crate::look::figure::cut;
use crate::look::table::{Column, Row, Width};
use crate::look::words::english;
use crate::words::say;
use maud::{Markup, html};
use warrant_model::posture::{ControlStatus, Ground, StatementStatus, Status};

/// Columns of the view of controls.
pub(super) fn control_columns(address: &ListAddress) -> Vec<Column> {
    let column = |title: &str, width, sort: Option<&str>| {
        let (sorted, href) = sort.map(|sort| address.sort(sort)).unzip();
        Column {
            title: title.to_owned(),
            width,
            sort: href,
            sorted: sorted.unwrap_or_default(),
            filter: None,
        }
    };
    vec![
        column(&say("column-control"), Width::Fit, None),
        column(&say("column-title"), Width::Fill, None),
        column(&say("column-status"), Width::Fit, Some("status")),
        column(&say("column-implementation"), Width::Fit, None),
        column(&say("column-evidence"), Width::Fit, Some("evidence")),
        column(&say("column-findings"), Width::Figures, Some("findings")),
    ]
}

/// One row per control.
pub(super) fn controls(frame: &Frame, list: &[&ControlStatus]) -> Vec<Row> {
    let row = |control: &&ControlStatus| {
        let (label, id) = (control_label(&control.control), control.control.as_str());
        Row {
            id: id.to_owned(),
            title: label.clone(),
            href: frame.control_href(id),
            cells: vec![
                html! { (label) },
                html! { (english(&control_title(id))) },
                badge(&control.status, elsewhere(control)),
                html! { @if control.implementation == "not stated" { span.muted { (say("implementation-none")) } } @else { (implementation(&control.implementation)) } },
                html! { @match control.evidence_at { Some(at) => (seen(at, frame.at())), None => span.muted { (say("none-feminine")) } } },
                html! {
                    @if control.open_findings == 0 { span.muted { "0" } }
                    @else { a href=(frame.href("/findings", &[("control", id)])) { (control.open_findings) } }
                },
            ],
            ..Row::default()
        }
    };
    list.iter().map(row).collect()
}

/// The status with its reason in the tooltip, which may lie in another system.
fn badge(of: &Status, elsewhere: Option<&Ground>) -> Markup {
    let why = elsewhere.map(|ground| ground.says.clone()).or_else(|| reason(of));
    html! {
        @match why {
            Some(why) => span title=(why) { (status(of)) },
            None => (status(of)),
        }
    }
}

/// Columns of the view of statements.
pub(super) fn statement_columns() -> Vec<Column> {
    let column = |title: &str, width| Column { title: title.to_owned(), width, ..Column::default() };
    vec![
        column(&say("column-statement"), Width::Fit),
        column(&say("column-control"), Width::Fill),
        column(&say("column-status"), Width::Fit),
        column(&say("column-rests-on"), Width::Fit),
        column(&say("column-observed"), Width::Fit),
    ]
}

/// One row per statement.
pub(super) fn statements(frame: &Frame, list: &[(&ControlStatus, &StatementStatus)]) -> Vec<Row> {
    list.iter().map(|(control, statement)| row(frame, control, statement)).collect()
}

fn row(frame: &Frame, control: &ControlStatus, statement: &StatementStatus) -> Row {
    let label = control_label(&statement.statement);
    Row {
        id: statement.statement.clone(),
        title: label.clone(),
        href: frame.control_href(&control.control),
        cells: vec![
            html! { (label) },
            html! { (english(&control_title(&control.control))) },
            badge(&statement.status, None),
            html! {
                @match statement.grounds.first() {
                    Some(ground) => (says(ground, &control.control)),
                    None => span.muted { (english(&cut(&reason(&statement.status).unwrap_or_default(), 60))) },
                }
            },
            html! { @if let Some(ground) = statement.grounds.first() { (seen(ground.at, frame.at())) } },
        ],
        ..Row::default()
    }
}

fn says(ground: &Ground, control: &str) -> Markup {
    let link = ground_link(ground, control);
    html! { a href=(link.href) title=(ground.says) { (english(&cut(&ground.says, 60))) } }
}
