//! Filling a workbook that somebody else designed, and reading it back: rows go into the user's own blank template,
//! found by the names of its columns, and nothing else in the file changes. A filled workbook is marked in its own
//! properties, by which it is known again ([`marked`]).
//!
//! - The sheet is found by name, else by being the only one that has the columns; the header row by its texts,
//!   letter case, blanks and line breaks aside. Never by letter or row number: editions differ.
//! - Only the sheet's own part of the container is rewritten. Every other part is copied as packed, byte for byte,
//!   with two exceptions: a table (`ListObject`) that must grow, and the wish to calculate on opening when the
//!   workbook holds formulas.
//! - Text stays text whatever it begins with: a cell written here is never a formula.
//! - A template that is not blank, lacks a column or names one twice is refused, and nothing is written.
//!
//! Source of the layout of parts: ECMA-376 part 1 §18.3 (worksheets), part 2 (packages).

mod book;
mod dates;
mod error;
mod fill;
mod grid;
mod grow;
mod header;
mod mark;
mod package;
mod ranges;
mod read;
mod rows;
mod scan;
mod sheet;
mod write;

pub use error::TemplateError;
pub use fill::fill;
pub use header::folded;
pub use mark::{mark, marked};
pub use read::{ReadCell, ReadRow, ReadSheet, read};
pub(crate) use write::{as_kept, escaped};

use crate::table::Cell;
use serde::Deserialize;

/// One sheet to be filled.
#[derive(Clone, Debug, PartialEq)]
pub struct Filling {
    /// Names the sheet goes by, the likeliest first.
    pub sheets: Vec<String>,
    /// Its columns.
    pub columns: Vec<Heading>,
    /// How a day is written where the template's cell has no date format: a strftime pattern.
    pub day_pattern: String,
    /// Rows, each with one cell per column of `columns`.
    pub rows: Vec<Vec<Cell>>,
}

/// A column to look for in a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Header texts it goes by, the likeliest first.
    pub names: Vec<String>,
    /// The banner above it, which tells it from a column of the same name; empty when it needs none.
    pub under: String,
    /// Whether a template may lack it.
    pub need: Need,
    /// What it does in a template that already lists its rows.
    pub role: ColumnRole,
}

/// Whether a template may lack a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// Without it the template is refused.
    #[default]
    Required,
    /// Some editions lack it.
    Optional,
}

/// What a column does in a template that already lists its rows, as a test-result sheet does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnRole {
    /// It is written.
    #[default]
    Value,
    /// Its text says which row is meant.
    Key,
    /// It describes the row: written only when the template lists no rows.
    Context,
}

/// A filled template.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// The workbook.
    pub bytes: Vec<u8>,
    /// What was done to each sheet, in the order of the fillings.
    pub sheets: Vec<FilledSheet>,
}

/// What was done to a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilledSheet {
    /// The sheet's name.
    pub name: String,
    /// The header row, counted from 1.
    pub header_row: u32,
    /// Rows written.
    pub rows: usize,
    /// Optional columns that the template lacks.
    pub absent: Vec<String>,
    /// Columns of the template that no column of the filling is: left as they are.
    pub unknown: Vec<String>,
    /// Keys of rows that the template, which lists its rows, does not have: these rows were left out.
    pub unmatched: Vec<String>,
    /// Cells left alone because the template computes them by a formula.
    pub computed: usize,
    /// Texts cut at a cell's limit of 32,767 characters.
    pub cut: usize,
}
