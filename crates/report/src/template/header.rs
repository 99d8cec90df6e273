//! Finding the header row and the columns by their names.

use super::grid::{TextRow, banner};
use super::ranges::cell_name;
use super::sheet::Places;
use super::{Heading, Need, TemplateError};

/// A header row that has all the columns asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The header row.
    pub(super) row: u32,
    /// The first row below it.
    pub(super) first: u32,
    /// The column of each heading; `None` for an optional one that is not there.
    pub(super) columns: Vec<Option<u32>>,
    /// Header texts that no heading is.
    pub(super) unknown: Vec<String>,
}

/// A name as names are compared: letter case, line breaks, repeated blanks and marks of required columns aside.
pub fn folded(name: &str) -> String {
    let words: Vec<_> = name.split_whitespace().collect();
    words.join(" ").trim_end_matches(['*', ':', ' ']).trim_start_matches(['*', ' ']).to_lowercase()
}

/// Looks for the header row among the first rows of a sheet: the one with most of the names.
pub(super) fn find(
    sheet: &str,
    rows: &[TextRow],
    places: &Places,
    headings: &[Heading],
) -> Result<Found, TemplateError> {
    let named = |row: &TextRow| {
        let folded_cells: Vec<_> = row.cells.iter().map(|(_, text)| folded(text)).collect();
        let has = |heading: &&Heading| heading.names.iter().any(|name| folded_cells.contains(&folded(name)));
        headings.iter().filter(has).count()
    };
    // Of equals the first wins.
    let best = rows.iter().rev().max_by_key(|row| named(row)).filter(|row| named(row) > 0);
    let Some(row) = best else {
        let missing = required(headings).map(|heading| heading.names[0].clone()).collect();
        return Err(TemplateError::MissingHeaders {
            sheet: sheet.to_owned(),
            missing,
            row: 0,
            found: Vec::new(),
        });
    };
    let mut columns = Vec::with_capacity(headings.len());
    for heading in headings {
        columns.push(column_of(heading, sheet, row, rows, places)?);
    }
    let missing: Vec<_> = headings
        .iter()
        .zip(&columns)
        .filter(|(heading, column)| column.is_none() && heading.need == Need::Required)
        .map(|(heading, _)| heading.names[0].clone())
        .collect();
    if !missing.is_empty() {
        let found = row.cells.iter().map(|(_, text)| folded_shown(text)).collect();
        return Err(TemplateError::MissingHeaders {
            sheet: sheet.to_owned(),
            missing,
            row: row.number,
            found,
        });
    }
    let known = |column: &u32| columns.contains(&Some(*column));
    let unknown = row.cells.iter().filter(|(column, _)| !known(column)).map(|(_, text)| folded_shown(text));
    let below = columns.iter().flatten().map(|column| places.below(*column, row.number));
    Ok(Found {
        row: row.number,
        first: below.max().unwrap_or(row.number + 1),
        unknown: unknown.collect(),
        columns,
    })
}

fn required(headings: &[Heading]) -> impl Iterator<Item = &Heading> {
    headings.iter().filter(|heading| heading.need == Need::Required)
}

/// A header's text on one line.
fn folded_shown(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The column of a heading in a row: by the first of its names that is there, and by its banner when several are.
fn column_of(
    heading: &Heading,
    sheet: &str,
    row: &TextRow,
    rows: &[TextRow],
    places: &Places,
) -> Result<Option<u32>, TemplateError> {
    for name in &heading.names {
        let wanted = folded(name);
        let hits = row.cells.iter().filter(|(_, text)| folded(text) == wanted);
        let hits: Vec<u32> = hits.map(|(column, _)| *column).collect();
        let under = folded(&heading.under);
        let told_apart = |column: &&u32| folded(banner(rows, places, **column, row.number)) == under;
        match hits[..] {
            [] => {}
            [only] => return Ok(Some(only)),
            _ if let [only] = hits.iter().filter(told_apart).collect::<Vec<_>>()[..] => {
                return Ok(Some(*only));
            }
            _ => {
                return Err(TemplateError::AmbiguousHeader {
                    sheet: sheet.to_owned(),
                    header: name.clone(),
                    cells: hits.iter().map(|column| cell_name(*column, row.number)).collect(),
                });
            }
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn names_compare_as_people_read_them() {
        assert_eq!(folded(" Software/\nDatabase  Vendor "), "software/ database vendor");
        assert_eq!(folded("*POAM\u{a0}ID:"), "poam id");
        assert_eq!(folded("Weakness Name *"), "weakness name");
    }
}
