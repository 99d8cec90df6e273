//! The filling of a template, sheet by sheet.

use super::book::{Book, SheetPart, calculated_on_opening, missing};
use super::dates::Dates;
use super::grid::first_rows;
use super::grow;
use super::header::{self, Found};
use super::package::Package;
use super::ranges::{Area, ROWS};
use super::rows::{Page, appended, matched};
use super::sheet::Places;
use super::write::Pen;
use super::{Filled, FilledSheet, Filling, Need, TemplateError};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Fills sheets of a template. The same template and rows give the same bytes.
///
/// # Errors
/// When the template is no workbook, is damaged or hostile, lacks a sheet or column, or is not blank where rows
/// would go: nothing is written then.
pub fn fill(template: &[u8], fillings: &[Filling]) -> Result<Filled, TemplateError> {
    let Opened { mut package, book, dates, sheets: found } = Opened::of(template, fillings)?;
    let mut sheets = Vec::with_capacity(fillings.len());
    for (filling, sheet) in fillings.iter().zip(&found) {
        sheets.push(fill_sheet(&mut package, &book, &dates, filling, sheet)?);
    }
    // What formulas showed before is no longer so.
    if sheets.iter().any(|sheet| sheet.rows > 0)
        && has_formulas(&mut package, &book)?
        && let Some(text) = package.text(&book.part)?
        && let Some(text) = calculated_on_opening(&text, &book.part)?
    {
        package.put(&book.part, text);
    }
    Ok(Filled { bytes: package.finish()?, sheets })
}

fn fill_sheet(
    package: &mut Package<'_>,
    book: &Book,
    dates: &Dates,
    filling: &Filling,
    sheet: &Located,
) -> Result<FilledSheet, TemplateError> {
    let Located { part, text, places, found } = sheet;
    let page = Page { sheet: &part.name, part: &part.part, text, places, found, book };
    let pen = Pen { prefix: &places.prefix, dates, day_pattern: &filling.day_pattern };
    let absent = filling.columns.iter().zip(&found.columns).filter(|(_, column)| column.is_none());
    let mut done = FilledSheet {
        name: part.name.clone(),
        header_row: found.row,
        absent: absent.map(|(heading, _)| heading.names[0].clone()).collect(),
        unknown: found.unknown.clone(),
        ..FilledSheet::default()
    };
    let listed = page.lists_rows(filling)?;
    let rows = if listed {
        matched(&page, &pen, filling, &mut done)?
    } else {
        if filling.rows.len() > (ROWS - found.first + 1) as usize {
            return Err(TemplateError::Full { rows: filling.rows.len(), header: found.row });
        }
        appended(&page, &pen, filling, &mut done)?
    };
    if rows.is_empty() {
        return Ok(done);
    }
    let mut edits = vec![(places.data.clone(), sheet_data(text, places, &rows))];
    if !listed {
        let columns = || found.columns.iter().flatten().copied();
        let filled = Area {
            left: columns().min().unwrap_or(1),
            right: columns().max().unwrap_or(1),
            top: found.first,
            bottom: found.first + filling.rows.len() as u32 - 1,
        };
        edits.extend(grow::ranges(places, &filled, text));
        grow::tables(package, &part.part, places, found.row, &filled)?;
    }
    package.put(&part.part, replaced(text, edits));
    Ok(done)
}

/// A workbook in which the sheets of some fillings were found, each once.
pub(super) struct Opened<'w> {
    pub(super) package: Package<'w>,
    pub(super) book: Book,
    pub(super) dates: Dates,
    pub(super) sheets: Vec<Located>,
}

impl<'w> Opened<'w> {
    pub(super) fn of(workbook: &'w [u8], fillings: &[Filling]) -> Result<Self, TemplateError> {
        let mut package = Package::open(workbook)?;
        let book = Book::read(&mut package)?;
        let styles = match &book.styles {
            Some(part) => package.text(part)?.map(|text| (text, part.as_str())),
            None => None,
        };
        let dates = Dates::read(styles.as_ref().map(|(text, part)| (text.as_str(), *part)), book.from_1904)?;
        // A sheet that has a name of one filling is never taken for another's.
        let named = fillings.iter().filter_map(|filling| book.named(&filling.sheets));
        let mut taken: BTreeSet<String> = named.map(|sheet| sheet.part.clone()).collect();
        let mut sheets = Vec::with_capacity(fillings.len());
        for filling in fillings {
            let sheet = located(&mut package, &book, filling, &taken)?;
            taken.insert(sheet.part.part.clone());
            sheets.push(sheet);
        }
        Ok(Self { package, book, dates, sheets })
    }
}

/// A sheet with its columns.
pub(super) struct Located {
    pub(super) part: SheetPart,
    pub(super) text: String,
    pub(super) places: Places,
    pub(super) found: Found,
}

/// The sheet of the filling's names, else the only one that has its columns, of those not `taken`.
fn located(
    package: &mut Package<'_>,
    book: &Book,
    filling: &Filling,
    taken: &BTreeSet<String>,
) -> Result<Located, TemplateError> {
    let mut look = |part: &SheetPart| -> Result<Located, TemplateError> {
        let text = package.text(&part.part)?.ok_or_else(|| missing(&part.part))?;
        let places = Places::find(&text, &part.part)?;
        let rows = first_rows(&text, &part.part, &places, book)?;
        let found = header::find(&part.name, &rows, &places, &filling.columns)?;
        Ok(Located { part: part.clone(), text, places, found })
    };
    if let Some(part) = book.named(&filling.sheets) {
        return look(part);
    }
    let mut hits = Vec::new();
    let mut nearest: Option<(usize, TemplateError)> = None;
    for part in book.sheets.iter().filter(|sheet| !taken.contains(&sheet.part)) {
        match look(part) {
            Ok(located) => hits.push(located),
            Err(error @ TemplateError::MissingHeaders { .. }) => {
                let TemplateError::MissingHeaders { missing, .. } = &error else { continue };
                let lacking = missing.len();
                if nearest.as_ref().is_none_or(|(least, _)| lacking < *least) {
                    nearest = Some((lacking, error));
                }
            }
            Err(TemplateError::AmbiguousHeader { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    let required = filling.columns.iter().filter(|column| column.need == Need::Required).count();
    match (hits.len(), hits.pop(), nearest) {
        (1, Some(only), _) => Ok(only),
        // A sheet with most of the columns is the one that is meant.
        (0, _, Some((lacking, error))) if lacking * 2 < required => Err(error),
        _ => Err(TemplateError::NoSheet {
            wanted: filling.sheets.clone(),
            found: book.sheets.iter().map(|sheet| sheet.name.clone()).collect(),
        }),
    }
}

/// The `sheetData` element with some rows replaced or added.
fn sheet_data(text: &str, places: &Places, rows: &BTreeMap<u32, String>) -> String {
    let mut data = format!("<{}sheetData>", places.prefix);
    let mut new = rows.iter().peekable();
    let mut at = places.content.start;
    for old in &places.rows {
        data.push_str(&text[at..old.span.start]);
        at = old.span.end;
        while let Some((_, row)) = new.next_if(|(number, _)| **number < old.number) {
            data.push_str(row);
        }
        match new.next_if(|(number, _)| **number == old.number) {
            Some((_, row)) => data.push_str(row),
            None => data.push_str(&text[old.span.clone()]),
        }
    }
    new.for_each(|(_, row)| data.push_str(row));
    data.push_str(&text[at..places.content.end]);
    data + &format!("</{}sheetData>", places.prefix)
}

/// Text with pieces replaced; the pieces do not overlap.
pub(super) fn replaced(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(span, _)| span.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, new) in edits {
        out.push_str(&text[at..span.start]);
        out.push_str(&new);
        at = span.end;
    }
    out + &text[at..]
}

/// Whether any sheet computes something.
fn has_formulas(package: &mut Package<'_>, book: &Book) -> Result<bool, TemplateError> {
    for sheet in &book.sheets {
        let text = package.text(&sheet.part)?.unwrap_or_default();
        if ["<f>", "<f ", ":f>", ":f "].iter().any(|tag| text.contains(tag)) {
            return Ok(true);
        }
    }
    Ok(false)
}
