//! Reading a filled sheet back: the cells below the header, by the columns that are looked for.

use super::book::Book;
use super::dates::Dates;
use super::fill::{Located, Opened};
use super::ranges::column_name;
use super::sheet::{CellPlace, RowParts};
use super::{Filling, TemplateError};
use jiff::civil::Date;

/// A filled sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadSheet {
    /// Its name.
    pub name: String,
    /// The letter of each column that was looked for; `None` for an optional one that is not there.
    pub columns: Vec<Option<String>>,
    /// The rows below the header that hold anything in these columns.
    pub rows: Vec<ReadRow>,
}

/// A row of a filled sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadRow {
    /// Its number, from 1.
    pub number: u32,
    /// A cell for each column that was looked for.
    pub cells: Vec<ReadCell>,
    /// Which of them are computed by a formula.
    pub formulas: Vec<usize>,
}

/// What a cell of a filled sheet holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ReadCell {
    /// Nothing.
    #[default]
    Blank,
    /// Text, or a number as it is stored.
    Text(String),
    /// A number that its style shows as a day.
    Day(Date),
}

/// Reads the sheets of a filled workbook. Of each filling the names of sheet and columns count, not its rows.
///
/// # Errors
/// When it is no workbook, is damaged or hostile, or lacks a sheet or column.
pub fn read(workbook: &[u8], fillings: &[Filling]) -> Result<Vec<ReadSheet>, TemplateError> {
    let opened = Opened::of(workbook, fillings)?;
    opened.sheets.iter().map(|sheet| rows(sheet, &opened.book, &opened.dates)).collect()
}

fn rows(sheet: &Located, book: &Book, dates: &Dates) -> Result<ReadSheet, TemplateError> {
    let Located { part, text, places, found } = sheet;
    let mut read = ReadSheet {
        name: part.name.clone(),
        columns: found.columns.iter().map(|column| column.map(column_name)).collect(),
        rows: Vec::new(),
    };
    for row in places.rows.iter().filter(|row| row.number >= found.first) {
        let parts = RowParts::read(text, row, &book.strings, &part.part)?;
        let held = |column: &Option<u32>| column.and_then(|column| parts.cell(column));
        let cells: Vec<ReadCell> = found
            .columns
            .iter()
            .map(|column| held(column).map_or(ReadCell::Blank, |cell| value(cell, dates)))
            .collect();
        let computed = |at: &usize| held(&found.columns[*at]).is_some_and(|cell| cell.formula);
        let formulas: Vec<usize> = (0..cells.len()).filter(computed).collect();
        if cells.iter().any(|cell| *cell != ReadCell::Blank) {
            read.rows.push(ReadRow { number: row.number, cells, formulas });
        }
    }
    Ok(read)
}

fn value(cell: &CellPlace, dates: &Dates) -> ReadCell {
    if cell.value.trim().is_empty() {
        return ReadCell::Blank;
    }
    let number = || cell.value.trim().parse::<f64>().ok();
    let shown = dates.shown_by(cell.style.as_deref());
    match shown.then(number).flatten().and_then(|number| dates.day(number)) {
        Some(day) => ReadCell::Day(day),
        None => ReadCell::Text(unescaped(&cell.value)),
    }
}

/// Text with the escapes of spreadsheets (`_x000D_`, ECMA-376 part 1 §22.9.2.19) as the characters they stand for.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let digits = from.get(2..6).filter(|_| from.get(6..7) == Some("_"));
        let letter = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        match letter {
            Some(letter) => {
                plain.push(letter);
                rest = &from[7..];
            }
            None => {
                plain.push_str("_x");
                rest = &from[2..];
            }
        }
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_stand_for_characters() {
        assert_eq!(unescaped("a_x000D_b"), "a\rb");
        assert_eq!(unescaped("_x005F_x000D_ _x00D_ _x é"), "_x000D_ _x00D_ _x é");
        assert_eq!(unescaped("_xD800_"), "_xD800_");
    }
}
