//! Why a template was not filled.

use super::ranges::cell_name;

/// Why a template was not filled. Nothing is written in any of these cases.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum TemplateError {
    /// It is no XLSX workbook.
    #[error("this is no XLSX workbook: {0}")]
    NotAWorkbook(&'static str),
    /// A part of it cannot be used.
    #[error(
        "{part} in the workbook is damaged: {message}; open it in a spreadsheet program and save it again"
    )]
    Damaged {
        /// The part's name in the container.
        part: String,
        /// What is wrong.
        message: String,
    },
    /// A part declares a document type, which no workbook needs and which can name files to fetch.
    #[error("{part} in the workbook declares a document type (DTD); take it from its publisher anew")]
    Declaration {
        /// The part's name in the container.
        part: String,
    },
    /// It is larger than any template.
    #[error(
        "the workbook's {what} is above the limit of {limit}; give one with fewer rows, or a blank template to fill"
    )]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// No sheet has the name or the columns.
    #[error(
        "the workbook has no sheet named {} and none with its columns; its sheets are: {}",
        quoted(.wanted, " or "),
        quoted(.found, ", ")
    )]
    NoSheet {
        /// Names looked for.
        wanted: Vec<String>,
        /// Names of its sheets.
        found: Vec<String>,
    },
    /// The sheet lacks columns.
    #[error(
        "the workbook's sheet \"{sheet}\" lacks {}; {}",
        quoted(.missing, ", "),
        found_line(*.row, .found)
    )]
    MissingHeaders {
        /// The sheet.
        sheet: String,
        /// Columns it lacks.
        missing: Vec<String>,
        /// The row most like the header row, from 1; 0 when no row is.
        row: u32,
        /// The texts of that row.
        found: Vec<String>,
    },
    /// Two columns of one name cannot be told apart.
    #[error(
        "the workbook's sheet \"{sheet}\" has more than one column \"{header}\" ({}); rename all but the one to fill",
        .cells.join(", ")
    )]
    AmbiguousHeader {
        /// The sheet.
        sheet: String,
        /// The name.
        header: String,
        /// The cells that hold it.
        cells: Vec<String>,
    },
    /// There is something where rows would go.
    #[error(
        "cell {} of the template's sheet \"{sheet}\" already holds \"{text}\"; give a blank template",
        cell_name(*.column, *.row)
    )]
    NotBlank {
        /// The sheet.
        sheet: String,
        /// Its column, from 1.
        column: u32,
        /// Its row, from 1.
        row: u32,
        /// The beginning of what it holds.
        text: String,
    },
    /// More rows than a sheet has.
    #[error("{rows} rows do not fit below row {header} of a sheet, which has 1,048,576 rows")]
    Full {
        /// Rows to write.
        rows: usize,
        /// The header row.
        header: u32,
    },
    /// A table in the template ends with a row of totals, so that it cannot grow.
    #[error(
        "the table \"{table}\" in the template ends with a totals row; switch that row off in the template"
    )]
    Totals {
        /// The table's name.
        table: String,
    },
}

fn quoted(names: &[String], between: &str) -> String {
    let names: Vec<_> = names.iter().map(|name| format!("\"{}\"", name.trim())).collect();
    if names.is_empty() { "nothing".to_owned() } else { names.join(between) }
}

fn found_line(row: u32, found: &[String]) -> String {
    match row {
        0 => "none of its first rows looks like the header row".to_owned(),
        _ => format!("its header row {row} has: {}", quoted(found, ", ")),
    }
}
