//! A filled sheet as it is looked at: cells by field, days and words as they are kept, and the place of each.

use crate::hand_in::layout::{ColumnLayout, Layout};
use crate::template::{ReadCell, ReadRow, ReadSheet, as_kept, folded};
use jiff::civil::Date;
use serde::de::DeserializeOwned;

/// What a column of a layout can take.
pub(super) trait RowField: Copy + Eq + DeserializeOwned {
    /// Whether it is a day.
    fn is_day(self) -> bool;
}

/// A filled sheet with the layout it is read by.
pub(super) struct Sight<'s, F> {
    pub(super) layout: &'s Layout,
    pub(super) fields: &'s [Option<F>],
    pub(super) sheet: &'s ReadSheet,
}

impl<F: RowField> Sight<'_, F> {
    /// The column of a field.
    pub(super) fn column(&self, field: F) -> Option<(usize, &ColumnLayout)> {
        let at = self.fields.iter().position(|one| *one == Some(field))?;
        Some((at, &self.layout.columns[at]))
    }

    /// A message with its place: sheet, row, column by letter and header.
    pub(super) fn at(&self, row: u32, column: Option<usize>, message: &str) -> String {
        format!("{}: {message}", self.place(row, column))
    }

    /// A place.
    pub(super) fn place(&self, row: u32, column: Option<usize>) -> String {
        let column = column.map(|at| {
            let letter = self.sheet.columns.get(at).and_then(Option::as_deref).unwrap_or("?");
            format!(", column {letter} ({})", self.layout.columns[at].header)
        });
        format!("sheet \"{}\" row {row}{}", self.sheet.name, column.unwrap_or_default())
    }

    /// A message about a field of a row.
    pub(super) fn of(&self, row: &ReadRow, field: F, message: &str) -> String {
        self.at(row.number, self.column(field).map(|(at, _)| at), message)
    }

    /// The text of a field.
    pub(super) fn text(&self, row: &ReadRow, field: F) -> String {
        self.column(field).map(|(at, _)| plain(row, at)).unwrap_or_default()
    }

    /// A cell as it is kept: a day as `2026-11-23`, a word as the template spells it. What is none is told with the
    /// remedy.
    pub(super) fn kept(&self, row: &ReadRow, at: usize) -> Result<String, String> {
        let text = plain(row, at);
        let (Some(field), column) = (self.fields[at], &self.layout.columns[at]) else { return Ok(text) };
        if text.is_empty() {
            return Ok(text);
        }
        if field.is_day() {
            return match self.day(row, at) {
                Some(day) => Ok(day.to_string()),
                None => Err(format!("`{text}` is no day; write it as {}", self.example_day())),
            };
        }
        if column.values.is_empty() {
            return Ok(text);
        }
        let known = column.values.iter().chain(column.words.values());
        match known.into_iter().find(|word| folded(word) == folded(&text)) {
            Some(word) => Ok(word.clone()),
            None => Err(format!("`{text}` is none of {}", column.values.join(", "))),
        }
    }

    /// The day in a cell.
    pub(super) fn day(&self, row: &ReadRow, at: usize) -> Option<Date> {
        match row.cells.get(at)? {
            ReadCell::Blank => None,
            ReadCell::Day(day) => Some(*day),
            ReadCell::Text(text) => day_of(&self.layout.day_pattern, text),
        }
    }

    /// A day as it may be written.
    pub(super) fn example_day(&self) -> String {
        let shown = Date::constant(2026, 3, 5).strftime(&self.layout.day_pattern).to_string();
        format!("{shown} or 2026-03-05")
    }
}

/// The text of a cell, a day as `2026-11-23`.
fn plain(row: &ReadRow, at: usize) -> String {
    match row.cells.get(at) {
        Some(ReadCell::Text(text)) => as_kept(text),
        Some(ReadCell::Day(day)) => day.to_string(),
        Some(ReadCell::Blank) | None => String::new(),
    }
}

/// A day as a layout or the usual forms write it.
pub(super) fn day_of(pattern: &str, text: &str) -> Option<Date> {
    let patterns = [pattern, "%Y-%m-%d", "%d-%B-%Y", "%m/%d/%Y"];
    patterns.iter().find_map(|pattern| Date::strptime(pattern, text.trim()).ok())
}
