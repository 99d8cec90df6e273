//! The rows of a sheet that change: added below the header, or matched to the rows that a template lists.

use super::book::Book;
use super::header::Found;
use super::ranges::Area;
use super::sheet::{Places, RowParts, RowPlace};
use super::write::{Pen, Written, fitted, opening_like};
use super::{ColumnRole, FilledSheet, Filling, TemplateError};
use crate::table::Cell;
use std::collections::{BTreeMap, HashMap};

/// A sheet that is being filled.
pub(super) struct Page<'a> {
    pub(super) sheet: &'a str,
    pub(super) part: &'a str,
    pub(super) text: &'a str,
    pub(super) places: &'a Places,
    pub(super) found: &'a Found,
    pub(super) book: &'a Book,
}

impl Page<'_> {
    fn parts(&self, row: &RowPlace) -> Result<RowParts, TemplateError> {
        RowParts::read(self.text, row, &self.book.strings, self.part)
    }

    fn below(&self) -> impl Iterator<Item = &RowPlace> {
        self.places.rows.iter().filter(|row| row.number >= self.found.first)
    }

    /// The column of the filling that says which row is meant, if the template has it.
    fn key(&self, filling: &Filling) -> Option<(usize, u32)> {
        let at = filling.columns.iter().position(|column| column.role == ColumnRole::Key)?;
        Some((at, self.found.columns[at]?))
    }

    /// Whether the template lists its rows: there are keys below the header.
    pub(super) fn lists_rows(&self, filling: &Filling) -> Result<bool, TemplateError> {
        let Some((_, column)) = self.key(filling) else { return Ok(false) };
        for row in self.below() {
            if self.parts(row)?.cell(column).is_some_and(|cell| !cell.value.trim().is_empty()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn not_blank(&self, column: u32, row: u32, text: &str) -> TemplateError {
        let text = text.trim().chars().take(40).collect();
        TemplateError::NotBlank { sheet: self.sheet.to_owned(), column, row, text }
    }

    /// Cells merged below the header would hide what is written into them.
    fn refuse_merged(&self, rows: usize) -> Result<(), TemplateError> {
        let bottom = self.found.first + (rows as u32).saturating_sub(1);
        let target = |column: &u32| Area { left: *column, right: *column, top: self.found.first, bottom };
        let targets: Vec<_> = self.found.columns.iter().flatten().map(target).collect();
        match self.places.merged.iter().find(|area| rows > 0 && targets.iter().any(|one| area.meets(one))) {
            Some(area) => Err(self.not_blank(area.left, area.top, "merged cells")),
            None => Ok(()),
        }
    }

    /// The new element of a cell; `None` when the cell stays as it is.
    fn cell(
        &self,
        pen: &Pen<'_>,
        (column, row): (u32, u32),
        (parts, model): (Option<&RowParts>, Option<&RowParts>),
        value: &Cell,
        done: &mut FilledSheet,
    ) -> Result<Option<String>, TemplateError> {
        let old = parts.and_then(|parts| parts.cell(column));
        if let Some(old) = old {
            if old.formula {
                done.computed += usize::from(*value != Cell::Empty);
                return Ok(None);
            }
            if !old.value.trim().is_empty() {
                return Err(self.not_blank(column, row, &old.value));
            }
        }
        let like = model.and_then(|model| model.cell(column));
        let style = match (old, like) {
            (Some(old), _) => old.style.as_deref(),
            (None, Some(like)) => like.style.as_deref(),
            (None, None) => self.places.column_style(column),
        };
        let mut written = pen.written(value, style);
        if let Written::Text(text) = &written
            && let Some(cut) = fitted(text)
        {
            done.cut += 1;
            written = Written::Text(cut);
        }
        if written == Written::Blank && old.is_some() {
            return Ok(None);
        }
        let cell = pen.cell(column, row, style, &written);
        Ok((!cell.is_empty()).then_some(cell))
    }
}

/// Rows added below the header, in the style of the template's first row below it.
pub(super) fn appended(
    page: &Page<'_>,
    pen: &Pen<'_>,
    filling: &Filling,
    done: &mut FilledSheet,
) -> Result<BTreeMap<u32, String>, TemplateError> {
    page.refuse_merged(filling.rows.len())?;
    let first = page.found.first;
    let model = page.places.row(first).map(|row| page.parts(row)).transpose()?;
    let mut rows = BTreeMap::new();
    for (number, values) in (first..).zip(&filling.rows) {
        let old = page.places.row(number).map(|row| page.parts(row)).transpose()?;
        let mut cells = BTreeMap::new();
        for (column, value) in page.found.columns.iter().zip(values) {
            let Some(column) = *column else { continue };
            let like = (old.as_ref(), model.as_ref());
            if let Some(cell) = page.cell(pen, (column, number), like, value, done)? {
                cells.insert(column, cell);
            }
        }
        let parts = match old {
            Some(parts) => parts,
            None => {
                // Columns that are not ours look as in the first row as well.
                for like in model.iter().flat_map(|model| &model.cells) {
                    if !cells.contains_key(&like.column) && like.style.is_some() {
                        let blank = pen.cell(like.column, number, like.style.as_deref(), &Written::Blank);
                        cells.insert(like.column, blank);
                    }
                }
                let opening = opening_like(model.as_ref().map(|model| &*model.opening), pen.prefix, number);
                RowParts { opening, ..RowParts::default() }
            }
        };
        let cells: Vec<_> = cells.into_iter().collect();
        rows.insert(number, pen.row(page.text, number, &parts, &cells));
        done.rows += 1;
    }
    Ok(rows)
}

/// Values written into the rows that the template lists, by key.
pub(super) fn matched(
    page: &Page<'_>,
    pen: &Pen<'_>,
    filling: &Filling,
    done: &mut FilledSheet,
) -> Result<BTreeMap<u32, String>, TemplateError> {
    let mut rows = BTreeMap::new();
    let Some((at, key_column)) = page.key(filling) else { return Ok(rows) };
    let by_key: HashMap<String, usize> = filling
        .rows
        .iter()
        .enumerate()
        .filter_map(|(nth, values)| Some((key(&shown(values.get(at)?))?, nth)))
        .collect();
    let mut seen = vec![false; filling.rows.len()];
    for row in page.below() {
        let parts = page.parts(row)?;
        let named = parts.cell(key_column).and_then(|cell| key(&cell.value));
        let Some(nth) = named.and_then(|key| by_key.get(&key)).copied() else { continue };
        seen[nth] = true;
        let mut cells = BTreeMap::new();
        for (heading, (column, value)) in
            filling.columns.iter().zip(page.found.columns.iter().zip(&filling.rows[nth]))
        {
            let (ColumnRole::Value, Some(column)) = (heading.role, *column) else { continue };
            if *value == Cell::Empty {
                continue;
            }
            if let Some(cell) = page.cell(pen, (column, row.number), (Some(&parts), None), value, done)? {
                cells.insert(column, cell);
            }
        }
        if !cells.is_empty() {
            let cells: Vec<_> = cells.into_iter().collect();
            rows.insert(row.number, pen.row(page.text, row.number, &parts, &cells));
            done.rows += 1;
        }
    }
    let unseen = filling.rows.iter().zip(seen).filter(|(_, seen)| !seen);
    done.unmatched = unseen.map(|(values, _)| values.get(at).map(shown).unwrap_or_default()).collect();
    Ok(rows)
}

/// A key as keys are compared: `CCI-000015`, `000015` and the number 15 are one; `None` for a blank.
fn key(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let bare = text.strip_prefix("cci").unwrap_or(&text).trim_start_matches(['-', ' ']);
    let number = bare.strip_suffix(".0").unwrap_or(bare);
    let key =
        if number.bytes().all(|byte| byte.is_ascii_digit()) { number.trim_start_matches('0') } else { bare };
    (!text.is_empty()).then(|| key.to_owned())
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Integer(number) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn keys_compare_as_templates_write_them() {
        for text in ["CCI-000015", "000015", "15", "15.0", " cci 15 "] {
            assert_eq!(key(text).as_deref(), Some("15"), "{text}");
        }
        assert_eq!(key("AC-2.1").as_deref(), Some("ac-2.1"));
        assert_eq!(key(" "), None);
    }
}
