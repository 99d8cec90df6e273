//! A layout, a subject and the user's template give a filled workbook and the list of what stayed empty.

use super::kept::Kept;
use super::layout::{ColumnLayout, Layout, SheetLayout};
use super::subject::Subject;
use super::written::rows;
use super::{HandIn, HandInError};
use crate::table::Cell;
use crate::template::{ColumnRole, FilledSheet, Filling, Heading, fill, marked};

/// Fills a template.
pub(super) fn workbook(
    layout: &Layout,
    subject: &Subject<'_>,
    template: &[u8],
) -> Result<HandIn, HandInError> {
    let mut hand_in = HandIn::default();
    let mut fillings = Vec::new();
    let mut kept = Kept::new(layout, subject);
    for sheet in &layout.sheets {
        let written = rows(layout, sheet.rows, subject, &mut hand_in.notes)?;
        kept.sheet(&written);
        fillings.push(filling(layout, sheet, written.into_iter().map(|row| row.cells).collect()));
    }
    let filled = fill(template, &fillings)?;
    for sheet in &filled.sheets {
        hand_in.notes.extend(done(sheet));
    }
    for (at, column) in layout.columns.iter().enumerate() {
        let in_template = filled.sheets.iter().any(|sheet| !sheet.absent.contains(&column.header));
        let cells = || fillings.iter().flat_map(|filling| &filling.rows).map(|row| &row[at]);
        let context = column.field.is_none() && column.role != ColumnRole::Value;
        let blank = cells().next().is_some() && cells().all(|cell| *cell == Cell::Empty);
        if in_template && !context && blank {
            let reason = match column.field {
                None => "Warrant keeps no such thing",
                Some(_) => "nothing of the kind is known of any row",
            };
            hand_in.left_empty.push(format!("{}: {reason}", column.header));
        }
    }
    hand_in.notes.dedup();
    let (mark, kept) = kept.packed()?;
    hand_in.files.push((String::new(), marked(&filled.bytes, mark.as_str())?));
    hand_in.kept = Some(kept);
    Ok(hand_in)
}

/// Rows for a sheet of a layout.
pub(super) fn filling(layout: &Layout, sheet: &SheetLayout, rows: Vec<Vec<Cell>>) -> Filling {
    Filling {
        sheets: sheet.names.clone(),
        columns: layout.columns.iter().map(heading).collect(),
        day_pattern: layout.day_pattern.clone(),
        rows,
    }
}

fn heading(column: &ColumnLayout) -> Heading {
    let names = std::iter::once(&column.header).chain(&column.aliases).cloned().collect();
    Heading { names, under: column.under.clone(), need: column.need, role: column.role }
}

/// What was done to a sheet, in words.
fn done(sheet: &FilledSheet) -> Vec<String> {
    let FilledSheet { name, header_row, rows, absent, unknown, unmatched, computed, cut } = sheet;
    let mut lines = vec![format!("sheet \"{name}\": {rows} rows below the headers of row {header_row}")];
    let mut list = |what: String, names: &[String]| {
        if !names.is_empty() {
            let shown: Vec<_> = names.iter().take(30).map(String::as_str).collect();
            let more = names.len() - shown.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            lines.push(format!("sheet \"{name}\": {what}: {}{more}", shown.join(", ")));
        }
    };
    list("columns the template lacks".to_owned(), absent);
    list("columns left as they are".to_owned(), unknown);
    list("the template lists no row for".to_owned(), unmatched);
    if *computed > 0 {
        lines.push(format!("sheet \"{name}\": {computed} cells were left to the template's formulas"));
    }
    if *cut > 0 {
        lines.push(format!("sheet \"{name}\": {cut} texts were cut at 32,767 characters"));
    }
    lines
}
