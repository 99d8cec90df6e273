//! Controls with their status as a table.

use super::{Heading, columns, source_line};
use crate::table::{Cell, ColumnKind, Table};
use warrant_model::posture::{ControlStatus, Ground, Status};

/// One row per control, followed by one per statement where a control has several. `control_title` gives the
/// catalogue's title of a control id, or empty text.
pub fn controls_table<'a>(
    rows: impl IntoIterator<Item = &'a ControlStatus>,
    control_title: &dyn Fn(&str) -> String,
    heading: Heading,
) -> Table {
    use ColumnKind::{Date, Number, Text};
    Table {
        title: "Controls".into(),
        columns: columns(&[
            ("Control", Text),
            ("Statement", Text),
            ("Title", Text),
            ("Status", Text),
            ("Reason", Text),
            ("Implementation", Text),
            ("Open findings", Number),
            ("Newest evidence", Date),
            ("Grounds", Text),
        ]),
        rows: rows.into_iter().flat_map(|control| control_rows(control, control_title)).collect(),
        marking: heading.marking,
        source: heading.source,
    }
}

fn control_rows(control: &ControlStatus, control_title: &dyn Fn(&str) -> String) -> Vec<Vec<Cell>> {
    let lone = match &control.statements[..] {
        [only] => grounds(&only.grounds),
        _ => Cell::Empty,
    };
    let mut rows = vec![vec![
        Cell::text(&control.control),
        Cell::Empty,
        Cell::text(control_title(&control.control)),
        Cell::text(control.status.title()),
        reason(&control.status),
        Cell::text(&control.implementation),
        Cell::Integer(control.open_findings.into()),
        control.evidence_at.map_or(Cell::Empty, Cell::Time),
        lone,
    ]];
    if control.statements.len() > 1 {
        rows.extend(control.statements.iter().map(|statement| {
            let newest = statement.grounds.iter().map(|ground| ground.at).max();
            vec![
                Cell::text(&control.control),
                Cell::text(&statement.statement),
                Cell::Empty,
                Cell::text(statement.status.title()),
                reason(&statement.status),
                Cell::Empty,
                Cell::Empty,
                newest.map_or(Cell::Empty, Cell::Time),
                grounds(&statement.grounds),
            ]
        }));
    }
    rows
}

fn reason(status: &Status) -> Cell {
    match status {
        Status::Satisfied | Status::OtherThanSatisfied => Cell::Empty,
        Status::Stale { since } => Cell::text(format!("stale since {}", warrant_model::time::day(*since))),
        Status::NotAssessed { reason } | Status::NotApplicable { reason } => Cell::text(reason),
    }
}

fn grounds(grounds: &[Ground]) -> Cell {
    let lines = grounds.iter().map(|ground| format!("{} ({})", ground.says, source_line(&ground.source)));
    Cell::text(lines.collect::<Vec<_>>().join("\n"))
}
