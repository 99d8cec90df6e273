//! The texts of a worksheet's first rows, with banners spread over the cells they are merged with.

use super::TemplateError;
use super::book::Book;
use super::sheet::{Places, RowParts};

/// How many rows are searched for the header row.
pub(super) const SEARCHED: u32 = 100;

/// A row of texts.
#[derive(Clone, Debug)]
pub(super) struct TextRow {
    /// Its number, from 1.
    pub(super) number: u32,
    /// Column and text of each cell that holds any.
    pub(super) cells: Vec<(u32, String)>,
}

/// The rows with text among the first ones.
pub(super) fn first_rows(
    text: &str,
    part: &str,
    places: &Places,
    book: &Book,
) -> Result<Vec<TextRow>, TemplateError> {
    let mut rows = Vec::new();
    for row in places.rows.iter().take_while(|row| row.number <= SEARCHED) {
        let parts = RowParts::read(text, row, &book.strings, part)?;
        let held = parts.cells.into_iter().filter(|cell| !cell.value.trim().is_empty());
        let cells: Vec<_> = held.map(|cell| (cell.column, cell.value)).collect();
        if !cells.is_empty() {
            rows.push(TextRow { number: row.number, cells });
        }
    }
    Ok(rows)
}

/// The text above a cell: that of the nearest row above it, taken from the cell its place is merged with.
pub(super) fn banner<'r>(rows: &'r [TextRow], places: &Places, column: u32, row: u32) -> &'r str {
    let above = rows.iter().rev().filter(|other| other.number < row);
    let over = |other: &'r TextRow| {
        let anchor = places.merge_at(column, other.number).map_or(column, |area| area.left);
        other.cells.iter().find(|(at, _)| *at == anchor).map(|(_, text)| text.as_str())
    };
    above.take(1).find_map(over).unwrap_or_default()
}
