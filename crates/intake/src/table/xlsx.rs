//! Office Open XML workbooks (ECMA-376 part 1 §18), read cell by cell: a sheet whose only cell is in the last
//! row takes no more room than that cell. Our own reading, since libraries for it panic on damaged references.

mod dates;
mod workbook;

use super::container::{Archive, file};
use super::{Grid, Sheet, malformed, number_shown};
use crate::xml::{Element, Xml};
use crate::{Limits, ReadError};
use std::collections::BTreeMap;
use workbook::{SheetEntry, Workbook};

/// Reads every sheet of a workbook that has been weighed, in order.
pub(super) fn each(archive: &mut Archive<'_>, limits: &Limits) -> Result<Vec<Grid>, ReadError> {
    let workbook = Workbook::open(archive, limits)?;
    workbook.sheets.iter().map(|sheet| rows_of(archive, &workbook, sheet, (limits, usize::MAX))).collect()
}

/// Reads about `wanted` rows of a sheet of a workbook that has been weighed.
pub(super) fn read(
    archive: &mut Archive<'_>,
    sheet: Sheet<'_>,
    limits: &Limits,
    wanted: usize,
) -> Result<Grid, ReadError> {
    let workbook = Workbook::open(archive, limits)?;
    let chosen = workbook.sheets.iter().find(|known| match sheet {
        Sheet::First => known.is_visible,
        Sheet::Named(name) => known.name == name,
    });
    let Some(chosen) = chosen else {
        let known: Vec<&str> = workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        let wanted = if let Sheet::Named(name) = sheet {
            format!(" named {name:?}")
        } else {
            " that is visible".to_owned()
        };
        let message = format!("the workbook has no sheet{wanted}; its sheets are: {}", known.join(", "));
        return Err(malformed(0, message));
    };
    rows_of(archive, &workbook, chosen, (limits, wanted))
}

fn rows_of(
    archive: &mut Archive<'_>,
    workbook: &Workbook,
    sheet: &SheetEntry,
    (limits, wanted): (&Limits, usize),
) -> Result<Grid, ReadError> {
    let content = file(archive, &sheet.path)?.ok_or_else(|| {
        malformed(
            0,
            format!("the sheet {:?} is missing from the workbook; save it again as XLSX", sheet.name),
        )
    })?;
    let mut xml = Xml::open(&content, *limits);
    let root = xml.root()?;
    let mut grid = Grid { sheet: sheet.name.clone(), ..Grid::default() };
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    while let Some(data) = xml.child(&root)? {
        if data.name() != "sheetData" {
            continue;
        }
        let mut line = 0_u32;
        while rows.len() < wanted
            && let Some(row) = xml.child(&data)?
        {
            line = row.attribute("r")?.trim().parse().unwrap_or_else(|_| line.saturating_add(1));
            cells(&mut xml, &row, line, workbook, &mut grid, rows.entry(line).or_default())?;
        }
    }
    for (line, cells) in rows {
        grid.push(line, cells);
    }
    Ok(grid)
}

/// Reads the cells of a row into `into`.
fn cells(
    xml: &mut Xml<'_>,
    row: &Element<'_>,
    line: u32,
    workbook: &Workbook,
    grid: &mut Grid,
    into: &mut Vec<String>,
) -> Result<(), ReadError> {
    let mut column = 0_usize;
    while let Some(cell) = xml.child(row)? {
        if cell.name() != "c" {
            continue;
        }
        // Columns are counted from 1 here: `A` is 1.
        let [place, kind, style] = cell.named(["r", "t", "s"])?;
        column = column_of(&place).unwrap_or(column + 1);
        let (kind, style) = (kind.into_owned(), style.trim().parse::<usize>().unwrap_or(0));
        let text = shown(xml, &cell, (&kind, style), workbook)?;
        if text.is_empty() {
            continue;
        }
        grid.claim(line, column, 1, text.len())?;
        if into.len() < column {
            grid.claim(line, column, column - into.len() - 1, 0)?;
            into.resize(column, String::new());
        }
        if let Some(slot) = into.get_mut(column - 1) {
            *slot = text;
        }
    }
    Ok(())
}

/// The column of a reference such as `AB12`: `A` is 1. `None` when it is no reference.
fn column_of(reference: &str) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_uppercase);
    let column = letters.take(4).fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1);
    (column > 0).then_some(column)
}

/// A cell's value as text (§18.3.1.4, §18.18.11).
fn shown(
    xml: &mut Xml<'_>,
    cell: &Element<'_>,
    (kind, style): (&str, usize),
    workbook: &Workbook,
) -> Result<String, ReadError> {
    let mut value = String::new();
    while let Some(part) = xml.child(cell)? {
        match part.name() {
            "v" => value = xml.text(&part)?,
            "is" => value = workbook::rich_text(xml, &part)?,
            _ => {}
        }
    }
    Ok(match kind {
        "s" => {
            value.parse::<usize>().ok().and_then(|at| workbook.strings.get(at)).cloned().unwrap_or_default()
        }
        "b" => if value == "1" { "true" } else { "false" }.to_owned(),
        "" | "n" => match value.parse::<f64>() {
            Ok(number) if number.is_finite() => {
                let is_date = workbook.date_styles.get(style).copied().unwrap_or(false);
                is_date
                    .then(|| dates::shown(number, workbook.epoch))
                    .flatten()
                    .unwrap_or_else(|| number_shown(number))
            }
            _ => value,
        },
        _ => value,
    })
}

#[cfg(test)]
mod tests {
    use super::column_of;

    #[test]
    fn columns_are_counted_from_one() {
        let cases =
            [("A1", Some(1)), ("Z9", Some(26)), ("AA1", Some(27)), ("XFD1048576", Some(16384)), ("1", None)];
        for (reference, expected) in cases {
            assert_eq!(column_of(reference), expected, "{reference}");
        }
        assert!(column_of("ZZZZZZZZZZZZZZZZZZZZ1").is_some_and(|column| column > 16384));
    }
}
