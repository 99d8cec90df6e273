//! What a system takes from others as a table.

use super::{Heading, joined, laid_out};
use crate::table::{Cell, ColumnKind, Table};

/// A control or statement that is taken, as a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TakenRow {
    /// What people read for the control or statement.
    pub control: String,
    /// Inherited or shared.
    pub how: String,
    /// From the nearest provider to the last.
    pub path: String,
    /// Who answers for it, as offered.
    pub responsibility: String,
    /// What the provider does.
    pub provided: String,
    /// What is left to the customer.
    pub duty: String,
    /// What the customer says it does.
    pub ours: String,
    /// The first provider where it does not hold.
    pub failing: String,
    /// How it stands at the customer.
    pub status: String,
    /// What is missing.
    pub holes: Vec<String>,
}

/// One row per control or statement taken.
pub fn inheritance_table(rows: Vec<TakenRow>, heading: Heading) -> Table {
    use ColumnKind::Text;
    let titles = [
        "Control",
        "How",
        "From",
        "Responsibility",
        "Provided",
        "Left to the customer",
        "Done by the customer",
        "Fails at",
        "Status here",
        "Missing",
    ];
    let row = |one: TakenRow| {
        vec![
            Cell::text(one.control),
            Cell::text(one.how),
            Cell::text(one.path),
            Cell::text(one.responsibility),
            Cell::text(one.provided),
            Cell::text(one.duty),
            Cell::text(one.ours),
            Cell::text(one.failing),
            Cell::text(one.status),
            joined(&one.holes),
        ]
    };
    laid_out("Inheritance", &titles.map(|title| (title, Text)), rows.into_iter().map(row).collect(), heading)
}
