//! Tailoring as tables: what was decided about a baseline, and its parameters.

use super::{Heading, joined, laid_out};
use crate::table::{Cell, ColumnKind, Table};
use jiff::Timestamp;

/// A decision as a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DecisionRow {
    /// What people read for the control or statement.
    pub control: String,
    /// What is done, in words.
    pub action: String,
    /// Controls that stand in.
    pub compensated_by: Vec<String>,
    /// The overlay, or that it is the system's own.
    pub layer: String,
    /// What became of it.
    pub effect: String,
    /// Why.
    pub rationale: String,
    /// Who approved it.
    pub approver: String,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: Option<Timestamp>,
}

/// One row per decision.
pub fn tailoring_table(rows: Vec<DecisionRow>, heading: Heading) -> Table {
    use ColumnKind::{Date, Text};
    let row = |one: DecisionRow| {
        vec![
            Cell::text(one.control),
            Cell::text(one.action),
            joined(&one.compensated_by),
            Cell::text(one.layer),
            Cell::text(one.effect),
            Cell::text(one.rationale),
            Cell::text(one.approver),
            Cell::text(one.by),
            one.at.map_or(Cell::Empty, Cell::Time),
        ]
    };
    laid_out(
        "Tailoring",
        &[
            ("Control", Text),
            ("Decision", Text),
            ("Compensated by", Text),
            ("Layer", Text),
            ("Effect", Text),
            ("Rationale", Text),
            ("Approved by", Text),
            ("Written by", Text),
            ("Written", Date),
        ],
        rows.into_iter().map(row).collect(),
        heading,
    )
}

/// A parameter as a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParameterRow {
    /// Identifier.
    pub id: String,
    /// What people read for the control.
    pub control: String,
    /// The publisher's label.
    pub label: String,
    /// The value; empty when nobody has set it.
    pub value: String,
    /// The overlay, or that it is the system's own.
    pub layer: String,
    /// Who set it.
    pub by: String,
    /// When.
    pub at: Option<Timestamp>,
}

/// One row per organisation-defined parameter.
pub fn parameters_table(rows: Vec<ParameterRow>, heading: Heading) -> Table {
    use ColumnKind::{Date, Text};
    let row = |one: ParameterRow| {
        vec![
            Cell::text(one.control),
            Cell::text(one.id),
            Cell::text(one.label),
            Cell::text(one.value),
            Cell::text(one.layer),
            Cell::text(one.by),
            one.at.map_or(Cell::Empty, Cell::Time),
        ]
    };
    laid_out(
        "Parameters",
        &[
            ("Control", Text),
            ("Parameter", Text),
            ("Label", Text),
            ("Value", Text),
            ("Layer", Text),
            ("Set by", Text),
            ("Set", Date),
        ],
        rows.into_iter().map(row).collect(),
        heading,
    )
}
