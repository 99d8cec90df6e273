//! A worksheet's XML as places: where its rows, ranges and dimension stand, so that an edit can leave the rest alone.

use super::TemplateError;
use super::ranges::{Area, ROWS, cell_of};
use super::scan::{Piece, Scan, Tag};
use std::ops::Range;

/// The most ranges of validations and conditional formats; each is compared with all others.
const RANGES: usize = 10_000;

/// The most groups of columns with a style of their own.
const GROUPS: usize = 2_000;

/// Where things stand in a worksheet.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The namespace prefix of its elements with colon, usually empty.
    pub(super) prefix: String,
    /// The whole `sheetData` element.
    pub(super) data: Range<usize>,
    /// Its content; empty when it has none.
    pub(super) content: Range<usize>,
    /// Its rows in order.
    pub(super) rows: Vec<RowPlace>,
    /// The value of the dimension's `ref`.
    pub(super) dimension: Option<Range<usize>>,
    /// Merged cells.
    pub(super) merged: Vec<Area>,
    /// Style of columns: first, last, style.
    pub(super) column_styles: Vec<(u32, u32, String)>,
    /// Ranges of data validations and conditional formats.
    pub(super) covers: Vec<Cover>,
    /// Relationship ids of tables on the sheet.
    pub(super) tables: Vec<String>,
}

/// A row element.
#[derive(Clone, Debug)]
pub(super) struct RowPlace {
    /// Its number, from 1.
    pub(super) number: u32,
    /// The whole element.
    pub(super) span: Range<usize>,
}

/// A list of ranges that something applies to.
#[derive(Clone, Debug)]
pub(super) struct Cover {
    /// What applies.
    pub(super) sort: CoverSort,
    /// The text of the list.
    pub(super) span: Range<usize>,
    /// The ranges.
    pub(super) areas: Vec<Area>,
}

/// What applies to ranges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CoverSort {
    /// Which values a cell may take.
    Validation,
    /// How a cell looks depending on its value.
    Format,
}

impl Places {
    /// Finds everything in a worksheet's part.
    pub(super) fn find(text: &str, part: &str) -> Result<Self, TemplateError> {
        let mut places = Self::default();
        let mut scan = Scan::new(text, part);
        let mut root = false;
        let mut data = false;
        let mut extension = None;
        while let Some(piece) = scan.next()? {
            let Piece::Start(tag) = piece else { continue };
            match tag.name() {
                "worksheet" if tag.depth == 1 => {
                    root = true;
                    places.prefix = tag.prefix();
                }
                "sheetData" if tag.depth == 2 && !data => {
                    data = true;
                    places.sheet_data(&mut scan, &tag)?;
                }
                "dimension" => places.dimension = tag.span_of("ref"),
                "mergeCell" => places.merged.extend(tag.attribute("ref").as_deref().and_then(Area::parse)),
                "col" => places.column_styles.extend(column_style(&tag)),
                "tablePart" => places.tables.extend(tag.local_attribute("id")),
                "dataValidation" | "conditionalFormatting" => {
                    let sort = if tag.name() == "dataValidation" {
                        CoverSort::Validation
                    } else {
                        CoverSort::Format
                    };
                    match tag.span_of("sqref") {
                        Some(span) => places.covers.push(cover(sort, span, text)),
                        None => extension = Some(sort),
                    }
                }
                // Newer validations and formats keep their ranges in an element of their own.
                "sqref" if !tag.empty => {
                    let end = scan.skip(&tag)?.start;
                    places.covers.extend(extension.map(|sort| cover(sort, tag.span.end..end, text)));
                }
                _ => {}
            }
            if places.column_styles.len() > GROUPS {
                return Err(TemplateError::TooLarge {
                    what: "number of column groups",
                    limit: GROUPS as u64,
                });
            }
        }
        if places.covers.iter().map(|cover| cover.areas.len()).sum::<usize>() > RANGES {
            return Err(TemplateError::TooLarge { what: "number of validated ranges", limit: RANGES as u64 });
        }
        match (root, data) {
            (true, true) => Ok(places),
            _ => Err(scan.damaged("it is no worksheet with cells")),
        }
    }

    fn sheet_data(&mut self, scan: &mut Scan<'_>, tag: &Tag<'_>) -> Result<(), TemplateError> {
        self.content = tag.span.end..tag.span.end;
        self.data = tag.span.clone();
        let mut last = 0;
        if tag.empty {
            return Ok(());
        }
        loop {
            match scan.next()? {
                Some(Piece::Start(row)) => {
                    let end = scan.skip(&row)?.end;
                    if row.name() != "row" {
                        continue;
                    }
                    let given = row.attribute("r").map(|text| text.trim().parse::<u32>());
                    let number = match given {
                        None => last + 1,
                        Some(number) => number.map_err(|_| scan.damaged("a row has no number"))?,
                    };
                    if number <= last || number > ROWS {
                        return Err(scan.damaged(format!("row {number} is out of order")));
                    }
                    last = number;
                    self.rows.push(RowPlace { number, span: row.span.start..end });
                }
                Some(Piece::End(end)) => {
                    self.content.end = end.start;
                    self.data.end = end.end;
                    break;
                }
                Some(Piece::Text(_)) => {}
                None => break,
            }
        }
        Ok(())
    }

    /// The element of a row, if the sheet has one.
    pub(super) fn row(&self, number: u32) -> Option<&RowPlace> {
        self.rows.binary_search_by_key(&number, |row| row.number).ok().map(|at| &self.rows[at])
    }

    /// The style that a column gives to cells without one of their own.
    pub(super) fn column_style(&self, column: u32) -> Option<&str> {
        let of = |(first, last, _): &&(u32, u32, String)| (*first..=*last).contains(&column);
        self.column_styles.iter().find(of).map(|(_, _, style)| style.as_str())
    }

    /// The row below a header cell, under the cells it is merged with.
    pub(super) fn below(&self, column: u32, row: u32) -> u32 {
        self.merge_at(column, row).map_or(row, |area| area.bottom) + 1
    }

    /// The merged area a cell is in.
    pub(super) fn merge_at(&self, column: u32, row: u32) -> Option<&Area> {
        self.merged.iter().find(|area| area.holds(column, row))
    }
}

fn column_style(tag: &Tag<'_>) -> Option<(u32, u32, String)> {
    let number = |name| tag.attribute(name)?.parse().ok();
    Some((number("min")?, number("max")?, tag.attribute("style")?))
}

fn cover(sort: CoverSort, span: Range<usize>, text: &str) -> Cover {
    let areas = text[span.clone()].split_whitespace().take(RANGES + 1).filter_map(Area::parse).collect();
    Cover { sort, span, areas }
}

/// A cell element of a row.
#[derive(Clone, Debug)]
pub(super) struct CellPlace {
    /// Its column, from 1.
    pub(super) column: u32,
    /// The whole element.
    pub(super) span: Range<usize>,
    /// Whether it names its place itself.
    pub(super) named: bool,
    /// Its style.
    pub(super) style: Option<String>,
    /// What it holds, as text; empty for a blank cell.
    pub(super) value: String,
    /// Whether a formula computes it.
    pub(super) formula: bool,
}

/// A row taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct RowParts {
    /// The start tag without what closes it: `<row r="6" ht="15"`.
    pub(super) opening: String,
    /// Its cells, by column.
    pub(super) cells: Vec<CellPlace>,
    /// What else it holds (extensions).
    pub(super) rest: Vec<Range<usize>>,
}

impl RowParts {
    /// Takes a row of a worksheet's text apart. `strings` are the workbook's shared texts.
    pub(super) fn read(
        text: &str,
        row: &RowPlace,
        strings: &[String],
        part: &str,
    ) -> Result<Self, TemplateError> {
        let from = row.span.start;
        let piece = &text[row.span.clone()];
        let mut scan = Scan::new(piece, part);
        let mut parts = Self::default();
        let mut last = 0;
        while let Some(found) = scan.next()? {
            let Piece::Start(tag) = found else { continue };
            if tag.depth == 1 {
                parts.opening = opening(piece, &tag, row.number);
                continue;
            }
            if tag.name() != "c" {
                let end = scan.skip(&tag)?.end;
                parts.rest.push(from + tag.span.start..from + end);
                continue;
            }
            let place = tag.attribute("r");
            let column = match place.as_deref().map(cell_of) {
                None => last + 1,
                Some(Some((column, number))) if number == row.number => column,
                Some(_) => {
                    return Err(scan.damaged(format!("a cell of row {} has a wrong place", row.number)));
                }
            };
            if column <= last {
                return Err(scan.damaged(format!("the cells of row {} are out of order", row.number)));
            }
            last = column;
            let (start, style) = (from + tag.span.start, tag.attribute("s"));
            let (value, formula, end) = content(&mut scan, &tag, strings)?;
            let span = start..from + end;
            parts.cells.push(CellPlace { column, span, named: place.is_some(), style, value, formula });
        }
        Ok(parts)
    }

    /// The cell of a column.
    pub(super) fn cell(&self, column: u32) -> Option<&CellPlace> {
        self.cells.binary_search_by_key(&column, |cell| cell.column).ok().map(|at| &self.cells[at])
    }
}

/// The start tag of a row without its end, with its number and without the hint at which columns it spans.
fn opening(piece: &str, tag: &Tag<'_>, number: u32) -> String {
    let end = tag.span.end - if tag.empty { 2 } else { 1 };
    let mut opening = piece[..end].trim_end().to_owned();
    if let Some(span) = tag.span_of("spans") {
        let from = opening[..span.start].rfind("spans").unwrap_or(span.start);
        opening.replace_range(from..span.end + 1, "");
    }
    if tag.span_of("r").is_none() {
        opening.push_str(&format!(" r=\"{number}\""));
    }
    opening
}

/// What a cell holds, whether by formula, and where its element ends.
fn content(
    scan: &mut Scan<'_>,
    tag: &Tag<'_>,
    strings: &[String],
) -> Result<(String, bool, usize), TemplateError> {
    let sort = tag.attribute("t").unwrap_or_default();
    let (mut value, mut formula, mut end) = (String::new(), false, tag.span.end);
    if tag.empty {
        return Ok((value, formula, end));
    }
    loop {
        match scan.next()? {
            Some(Piece::Start(inner)) => match inner.name() {
                "v" => value = scan.text_of(&inner, &[])?,
                "is" => value = scan.text_of(&inner, &["rPh"])?,
                name => {
                    formula |= name == "f";
                    scan.skip(&inner)?;
                }
            },
            Some(Piece::End(span)) => {
                end = span.end;
                break;
            }
            Some(Piece::Text(_)) => {}
            None => break,
        }
    }
    if sort == "s" {
        let at = value.trim().parse::<usize>().ok();
        value = at.and_then(|at| strings.get(at)).cloned().unwrap_or_default();
    }
    Ok((value, formula, end))
}
