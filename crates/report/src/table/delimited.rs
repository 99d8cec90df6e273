//! CSV (RFC 4180): UTF-8, comma, CRLF, header first.
//!
//! Spreadsheets run a CSV cell that starts with `=`, `+`, `-`, `@`, a tab or a carriage return (also the
//! full-width forms `＝＋－＠`) as a formula. Such *text* gets a leading apostrophe, which spreadsheets do not
//! show in a cell they formatted as text; numbers, dates and yes/no are ours and stay as they are, so that −3
//! remains a number. [`crate::record_cells`] takes the apostrophe off again.
//!
//! CSV has no place for marking and source: the caller says them in the file name or beside the download.

use super::{Cell, Table};
use std::borrow::Cow;

/// The table as CSV.
pub fn to_csv(table: &Table) -> Vec<u8> {
    let mut out = Vec::with_capacity(64 * table.rows.len());
    push_record(&mut out, table.columns.iter().map(|column| harmless(&column.title)));
    for row in &table.rows {
        push_record(&mut out, row.iter().map(shown));
    }
    out
}

/// Whether spreadsheets would run text that starts so.
pub(crate) fn starts_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// The cell as the text that CSV shows.
fn shown(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Text(text) => harmless(text),
        Cell::Empty => Cow::Borrowed(""),
        Cell::Number(number) if !number.is_finite() => Cow::Borrowed(""),
        Cell::Number(number) => Cow::Owned(number.to_string()),
        Cell::Integer(number) => Cow::Owned(number.to_string()),
        Cell::Date(date) => Cow::Owned(date.to_string()),
        Cell::Time(at) => Cow::Owned(at.to_string()),
        Cell::Bool(true) => Cow::Borrowed("yes"),
        Cell::Bool(false) => Cow::Borrowed("no"),
    }
}

fn harmless(text: &str) -> Cow<'_, str> {
    if starts_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

fn push_record<'a>(out: &mut Vec<u8>, fields: impl Iterator<Item = Cow<'a, str>>) {
    let start = out.len();
    for (nth, field) in fields.enumerate() {
        if nth > 0 {
            out.push(b',');
        }
        if field.contains(['"', ',', ';', '\t', '\r', '\n']) || field.starts_with(' ') || field.ends_with(' ')
        {
            out.push(b'"');
            out.extend_from_slice(field.replace('"', "\"\"").as_bytes());
            out.push(b'"');
        } else {
            out.extend_from_slice(field.as_bytes());
        }
    }
    if out.len() == start {
        // A line with nothing on it would not be read as a row.
        out.extend_from_slice(b"\"\"");
    }
    out.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Column, ColumnKind};

    fn csv_of(cells: Vec<Cell>) -> String {
        let columns = cells.iter().map(|_| Column::new("c", ColumnKind::Text)).collect();
        let table = Table { columns, rows: vec![cells], ..Table::default() };
        let text = String::from_utf8(to_csv(&table)).unwrap();
        text.split_once("\r\n").unwrap().1.trim_end_matches("\r\n").to_owned()
    }

    #[test]
    fn text_cannot_become_a_formula_and_numbers_stay_numbers() {
        for start in ["=", "+", "-", "@", "＝", "＋", "－", "＠"] {
            let text = format!("{start}cmd|' /C calc'!A1");
            assert_eq!(csv_of(vec![Cell::text(&text)]), format!("'{text}"));
        }
        assert_eq!(csv_of(vec![Cell::text("\t=1")]), "\"'\t=1\"");
        assert_eq!(csv_of(vec![Cell::Number(-1.5), Cell::Integer(-2)]), "-1.5,-2");
    }

    #[test]
    fn quoting_follows_rfc_4180() {
        let cells = vec![Cell::text("a \"b\", c"), Cell::text("two\nlines"), Cell::Empty, Cell::Bool(true)];
        assert_eq!(csv_of(cells), "\"a \"\"b\"\", c\",\"two\nlines\",,yes");
        assert_eq!(csv_of(vec![Cell::Number(f64::NAN)]), "\"\"");
    }
}
