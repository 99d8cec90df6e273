//! OpenDocument spreadsheets (ODF 1.3 part 3 §9), streamed: repeated empty rows and cells cost nothing.

use super::container::{Archive, file};
use super::{Grid, Sheet, malformed, number_shown};
use crate::xml::{Element, Xml};
use crate::{Limits, ReadError};

/// Reads about `wanted` rows of a sheet of a workbook that has been weighed.
pub(super) fn read(
    archive: &mut Archive<'_>,
    sheet: Sheet<'_>,
    limits: &Limits,
    wanted: usize,
) -> Result<Grid, ReadError> {
    let content = file(archive, "content.xml")?.unwrap_or_default();
    let mut xml = Xml::open(&content, *limits);
    let root = xml.root()?;
    let mut known = Vec::new();
    while let Some(element) = xml.descendant(&root)? {
        if element.name() != "table" {
            continue;
        }
        let name = element.attribute("name")?.into_owned();
        if matches!(sheet, Sheet::First) || sheet == Sheet::Named(&name) {
            return rows(&mut xml, &element, name, wanted);
        }
        known.push(name);
        while xml.child(&element)?.is_some() {}
    }
    let wanted = if let Sheet::Named(name) = sheet { format!(" named {name:?}") } else { String::new() };
    Err(malformed(0, format!("the workbook has no sheet{wanted}; its sheets are: {}", known.join(", "))))
}

fn rows(xml: &mut Xml<'_>, table: &Element<'_>, sheet: String, wanted: usize) -> Result<Grid, ReadError> {
    let mut grid = Grid { sheet, ..Grid::default() };
    let mut line = 1_u32;
    // Rows may stand in header rows and row groups.
    while grid.rows.len() < wanted
        && let Some(element) = xml.descendant(table)?
    {
        if element.name() != "table-row" {
            continue;
        }
        let repeated = times(&element, "number-rows-repeated")?;
        let cells = cells(xml, &element, line, &mut grid)?;
        grid.push(line, cells.clone());
        for offset in 1..if cells.is_empty() { 1 } else { repeated } {
            let line = line.saturating_add(offset);
            for (column, cell) in cells.iter().enumerate() {
                grid.claim(line, column + 1, 1, cell.len())?;
            }
            grid.push(line, cells.clone());
        }
        line = line.saturating_add(repeated);
    }
    Ok(grid)
}

fn cells(xml: &mut Xml<'_>, row: &Element<'_>, line: u32, grid: &mut Grid) -> Result<Vec<String>, ReadError> {
    let mut cells = Vec::new();
    let mut empty = 0_usize;
    while let Some(cell) = xml.child(row)? {
        if !matches!(cell.name(), "table-cell" | "covered-table-cell") {
            continue;
        }
        let repeated = times(&cell, "number-columns-repeated")? as usize;
        let text = shown(xml, &cell)?;
        if text.is_empty() {
            empty = empty.saturating_add(repeated);
            continue;
        }
        let columns = cells.len().saturating_add(empty).saturating_add(repeated);
        grid.claim(line, columns, repeated, text.len())?;
        grid.claim(line, columns, empty, 0)?;
        cells.resize(cells.len() + empty, String::new());
        cells.resize(cells.len() + repeated, text);
        empty = 0;
    }
    Ok(cells)
}

/// The stored value for dates and numbers, which is free of the reader's locale, else the text.
fn shown(xml: &mut Xml<'_>, cell: &Element<'_>) -> Result<String, ReadError> {
    let value = match cell.attribute("value-type")?.as_ref() {
        "date" => cell.attribute("date-value")?.trim_end_matches("T00:00:00").to_owned(),
        "float" | "percentage" | "currency" => {
            let value = cell.attribute("value")?;
            value.trim().parse().map_or_else(|_| value.to_string(), number_shown)
        }
        "boolean" => cell.attribute("boolean-value")?.into_owned(),
        _ => String::new(),
    };
    if !value.is_empty() {
        return Ok(value);
    }
    let mut text = String::new();
    while let Some(part) = xml.child(cell)? {
        if part.name() == "p" {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&xml.text(&part)?);
        }
    }
    Ok(text)
}

fn times(element: &Element<'_>, attribute: &str) -> Result<u32, ReadError> {
    Ok(element.attribute(attribute)?.trim().parse().unwrap_or(1).max(1))
}
