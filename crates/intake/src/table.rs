//! Tables from CSV, XLSX and ODS files: a header row and rows of text.
//!
//! Dates come out as ISO 8601, whole numbers without decimals, everything else as shown. A row keeps its line
//! (CSV) or row number (spreadsheets), so that a bad value can be named. Formulas give their stored value.

mod container;
mod delimited;
mod ods;
mod xlsx;

use crate::{Limits, ReadError};

/// The most columns of a table.
pub const COLUMNS: usize = 1000;

/// The most rows of a table, that of a spreadsheet.
pub const ROWS: usize = 1_048_576;

/// The most cells of a table.
pub const CELLS: usize = 5_000_000;

/// The longest text of one cell, in bytes; spreadsheets allow 32,767 characters.
pub const CELL: usize = 128 * 1024;

/// The most text in all cells together, in bytes: a workbook may point to one long text from every cell.
const TEXT: usize = 256 << 20;

/// How many rows may stand above the header (a title, the date of the export).
const PREAMBLE: usize = 20;

/// Which sheet of a workbook is read; a CSV file has only one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet<'a> {
    /// The first that is visible.
    First,
    /// The one with this name.
    Named(&'a str),
}

/// A header row and the rows below it. Rows without any text are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The sheet's name; empty for CSV.
    pub sheet: String,
    /// The column headers, without surrounding white space.
    pub headers: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The line (CSV) or row number (spreadsheets), 1-based.
    pub line: u32,
    /// The cells, without surrounding white space: at least as many as the table has headers.
    pub cells: Vec<String>,
}

/// Reads a table from the bytes of a CSV (comma, semicolon, tab or bar; UTF-8, UTF-16 or Windows-1252), XLSX or
/// ODS file. The first row with any text is the header.
///
/// # Errors
/// [`ReadError::Malformed`] with line and remedy; [`ReadError::Limit`] when the file has too many rows, columns
/// or cells, a cell is too long, or an archive unpacks to too much; [`ReadError::Empty`] without a header.
pub fn read_table(bytes: &[u8], sheet: Sheet<'_>, limits: &Limits) -> Result<Table, ReadError> {
    read_rows(bytes, sheet, limits, usize::MAX)
}

/// Reads only the first rows of a table: enough to see what it is about.
///
/// # Errors
/// Those of [`read_table`].
pub fn read_head(bytes: &[u8], sheet: Sheet<'_>, limits: &Limits) -> Result<Table, ReadError> {
    read_rows(bytes, sheet, limits, PREAMBLE + 1)
}

/// Reads every sheet of an XLSX workbook, in order; those without any text are left out.
///
/// # Errors
/// Those of [`read_table`].
pub fn read_sheets(bytes: &[u8], limits: &Limits) -> Result<Vec<Table>, ReadError> {
    if bytes.len() as u64 > limits.bytes {
        return Err(ReadError::Limit { what: "file size", limit: limits.bytes, line: 0 });
    }
    let tables = container::each_sheet(bytes, limits)?.into_iter().map(Grid::table);
    tables.filter(|table| !matches!(table, Err(ReadError::Empty { .. }))).collect()
}

fn read_rows(bytes: &[u8], sheet: Sheet<'_>, limits: &Limits, wanted: usize) -> Result<Table, ReadError> {
    if bytes.len() as u64 > limits.bytes {
        return Err(ReadError::Limit { what: "file size", limit: limits.bytes, line: 0 });
    }
    let grid = match bytes {
        [b'P', b'K', 3 | 5, ..] => container::read(bytes, sheet, limits, wanted)?,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            return Err(malformed(
                0,
                "this is an old XLS or a password-protected workbook; save it as plain XLSX or CSV",
            ));
        }
        _ => delimited::read(bytes, limits, wanted)?,
    };
    grid.table()
}

impl Table {
    /// The index of the column with this header, letter case aside.
    pub fn column(&self, header: &str) -> Option<usize> {
        self.headers.iter().position(|known| known.eq_ignore_ascii_case(header))
    }

    /// The table with its header further down, if the present header does not satisfy `is_header` and one of
    /// the first 20 rows does: exports often start with a title.
    #[must_use]
    pub fn headed(mut self, is_header: impl Fn(&[String]) -> bool) -> Self {
        if !is_header(&self.headers)
            && let Some(at) = self.rows.iter().take(PREAMBLE).position(|row| is_header(&row.cells))
        {
            let mut rows = self.rows.split_off(at);
            self.headers = rows.remove(0).cells;
            pad(&mut rows, self.headers.len());
            self.rows = rows;
        }
        self
    }
}

/// Rows of cells as they come, bounded. A reader calls [`Grid::claim`] before it keeps cells.
#[derive(Debug, Default)]
struct Grid {
    sheet: String,
    rows: Vec<Row>,
    cells: usize,
    text: usize,
}

impl Grid {
    /// Claims room for `cells` cells, each with `text` bytes, that end at column `columns` of a row.
    fn claim(&mut self, line: u32, columns: usize, cells: usize, text: usize) -> Result<(), ReadError> {
        self.cells = self.cells.saturating_add(cells);
        self.text = self.text.saturating_add(cells.saturating_mul(text));
        let bounds = [
            ("number of columns", columns, COLUMNS),
            ("number of rows", line as usize, ROWS),
            ("number of cells", self.cells, CELLS),
            ("cell length", text, CELL),
            ("text of the table", self.text, TEXT),
        ];
        match bounds.into_iter().find(|(_, count, limit)| count > limit) {
            Some((what, _, limit)) => Err(ReadError::Limit { what, limit: limit as u64, line }),
            None => Ok(()),
        }
    }

    /// Adds a row unless it has no text.
    fn push(&mut self, line: u32, mut cells: Vec<String>) {
        let used = cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
        if used == 0 {
            return;
        }
        cells.truncate(used);
        for cell in &mut cells {
            let trimmed = cell.trim();
            if trimmed.len() < cell.len() {
                *cell = trimmed.to_owned();
            }
        }
        self.rows.push(Row { line, cells });
    }

    fn table(self) -> Result<Table, ReadError> {
        let mut rows = self.rows.into_iter();
        let Some(header) = rows.next() else {
            return Err(ReadError::Empty { format: "table", expected: "rows" });
        };
        let mut rows: Vec<Row> = rows.collect();
        pad(&mut rows, header.cells.len());
        Ok(Table { sheet: self.sheet, headers: header.cells, rows })
    }
}

fn pad(rows: &mut [Row], columns: usize) {
    for row in rows {
        if row.cells.len() < columns {
            row.cells.resize(columns, String::new());
        }
    }
}

/// A number as a spreadsheet shows it: 15 significant digits, no decimals when whole.
fn number_shown(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") }
}

fn malformed(line: u32, message: impl Into<String>) -> ReadError {
    ReadError::Malformed { line, message: message.into() }
}

#[cfg(test)]
pub(crate) mod tests;
