//! Office Open XML workbooks (ECMA-376), read cell by cell: a sheet whose only cell is in the last column of
//! the last row takes no more room than that cell.

use super::{Grid, Sheet, malformed};
use crate::ReadError;
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use std::collections::BTreeMap;
use std::io::Cursor;

/// Reads a sheet of a workbook that has been weighed.
pub(super) fn read(bytes: &[u8], sheet: Sheet<'_>) -> Result<Grid, ReadError> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let mut sheets = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let name = match sheet {
        Sheet::First => sheets.find(|sheet| sheet.visible == SheetVisible::Visible),
        Sheet::Named(name) => sheets.find(|sheet| sheet.name == name),
    };
    let Some(name) = name.map(|sheet| sheet.name.clone()) else {
        let wanted = if let Sheet::Named(name) = sheet { format!(" named {name:?}") } else { String::new() };
        let known = workbook.sheet_names().join(", ");
        return Err(malformed(
            0,
            format!("the workbook has no visible sheet{wanted}; its sheets are: {known}"),
        ));
    };
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(unreadable)?;
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut grid = Grid { sheet: name.clone(), ..Grid::default() };
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let text = shown(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let line = row.saturating_add(1);
        let column = column as usize;
        let row = rows.entry(line).or_default();
        let added = (column + 1).saturating_sub(row.len());
        grid.claim(line, column + 1, 1, text.len())?;
        grid.claim(line, column + 1, added.saturating_sub(1), 0)?;
        if added > 0 {
            row.resize(column + 1, String::new());
        }
        row[column] = text;
    }
    for (line, cells) in rows {
        grid.push(line, cells);
    }
    Ok(grid)
}

fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_shown(*number),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(instant) => date_shown(instant),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// A number as a spreadsheet shows it: 15 significant digits, no decimals when whole.
pub(super) fn number_shown(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") }
}

/// `2026-03-05`, `2026-03-05T10:20:30`, or `10:20:30` for a time of day.
fn date_shown(instant: &ExcelDateTime) -> String {
    let days = instant.as_f64();
    if instant.is_duration() || !(0.0..2_958_466.0).contains(&days) {
        return number_shown(days);
    }
    let (year, month, day, hour, minute, second, _) = instant.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    match (days < 1.0, days.fract() == 0.0) {
        (true, _) => time,
        (false, true) => format!("{year:04}-{month:02}-{day:02}"),
        (false, false) => format!("{year:04}-{month:02}-{day:02}T{time}"),
    }
}

fn unreadable(error: calamine::XlsxError) -> ReadError {
    malformed(0, format!("the workbook cannot be read: {error}; save it again as XLSX or CSV"))
}
