//! Taking a filled test-result workbook back: the rows that say something else than Warrant would write there now.
//!
//! A row that still says what Warrant writes is the same; what a person changed or added is a judgement. So what was
//! exported and not touched comes back as nothing new, whatever the template looks like.

use super::HandInError;
use super::layout::{ColumnLayout, Layout, Rows, layout};
use super::results::{CciResult, ResultField, by_cci};
use super::subject::{Subject, distinct};
use super::workbook::{fields, filling};
use crate::table::Cell;
use crate::template::{ReadCell, ReadRow, ReadSheet, as_kept, folded, read};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::kinds::AssessmentResult;
use warrant_model::time::day;

/// The most problems that are told at once.
const TOLD: usize = 50;

/// What a filled test-result workbook says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenBack {
    /// The sheet it was read from.
    pub sheet: String,
    /// Rows that say what Warrant says.
    pub same: usize,
    /// Rows without a result.
    pub blank: usize,
    /// Rows that say something else, each as a judgement.
    pub judged: Vec<TakenResult>,
}

/// A judgement that a row gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenResult {
    /// The row, from 1.
    pub row: u32,
    /// The CCI.
    pub cci: String,
    /// What came out.
    pub result: AssessmentResult,
    /// The day.
    pub assessed_on: Date,
    /// Who tested, tools that Warrant names itself left out; all of them when nobody else is named.
    pub tested_by: String,
    /// What was seen, lines that Warrant writes itself left out.
    pub notes: String,
    /// Whether a rule that names the CCI is open, which stands whatever is judged.
    pub is_open: bool,
}

/// Whether filled workbooks of a format are taken back.
pub fn takes_back(format: &str) -> bool {
    matches!(layout(format), Some(Ok(layout)) if of_results(&layout))
}

fn of_results(layout: &Layout) -> bool {
    matches!(&layout.sheets[..], [one] if one.rows == Rows::Results)
}

/// Reads a filled workbook of a format and compares it with what would be written now.
///
/// # Errors
/// [`HandInError::NotTaken`] for a format that is not taken back, [`HandInError::Template`] when the workbook is none
/// or lacks columns, [`HandInError::Rows`] with the place of everything that can not be taken.
pub fn take_back(format: &str, subject: &Subject<'_>, workbook: &[u8]) -> Result<TakenBack, HandInError> {
    let layout = layout(format).transpose()?;
    let layout = layout.filter(of_results).ok_or_else(|| HandInError::NotTaken(format.to_owned()))?;
    let fields = fields::<ResultField>(&layout)?;
    let fillings: Vec<_> = layout.sheets.iter().map(|sheet| filling(&layout, sheet, Vec::new())).collect();
    let known: BTreeMap<String, CciResult<'_>> =
        by_cci(subject).into_iter().map(|one| (one.name().to_owned(), one)).collect();
    let mut taken = TakenBack::default();
    let mut problems = Vec::new();
    for sheet in read(workbook, &fillings)? {
        let sight = Sight { layout: &layout, fields: &fields, sheet: &sheet, subject, known: &known };
        let mut said: BTreeMap<String, (u32, Said)> = BTreeMap::new();
        for row in &sheet.rows {
            match sight.row(row) {
                Ok(None) => taken.blank += 1,
                Ok(Some((cci, row_says))) => match said.get(&cci) {
                    Some((_, before)) if *before == row_says => {}
                    Some((first, _)) => problems.push(sight.at(
                        row,
                        ResultField::Cci,
                        &format!("row {first} says something else of {cci}; leave one of them"),
                    )),
                    None => drop(said.insert(cci, (row.number, row_says))),
                },
                Err(found) => problems.extend(found),
            }
        }
        for (cci, (number, row_says)) in said {
            match row_says {
                Said::Same => taken.same += 1,
                Said::Judged { result, on, by, notes } => taken.judged.push(TakenResult {
                    row: number,
                    result,
                    assessed_on: on,
                    tested_by: by,
                    notes,
                    is_open: known.get(&cci).is_some_and(CciResult::fails),
                    cci,
                }),
            }
        }
        taken.sheet = sheet.name;
    }
    if !problems.is_empty() {
        let more = problems.len().saturating_sub(TOLD);
        problems.truncate(TOLD);
        problems.extend((more > 0).then(|| format!("and {more} more")));
        return Err(HandInError::Rows(problems));
    }
    taken.judged.sort_by_key(|one| one.row);
    Ok(taken)
}

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Said {
    Same,
    Judged { result: AssessmentResult, on: Date, by: String, notes: String },
}

/// A sheet with what it is compared with.
struct Sight<'s> {
    layout: &'s Layout,
    fields: &'s [Option<ResultField>],
    sheet: &'s ReadSheet,
    subject: &'s Subject<'s>,
    known: &'s BTreeMap<String, CciResult<'s>>,
}

impl Sight<'_> {
    fn column(&self, field: ResultField) -> Option<(usize, &ColumnLayout)> {
        let at = self.fields.iter().position(|one| *one == Some(field))?;
        Some((at, &self.layout.columns[at]))
    }

    /// A problem with its place: sheet, row, column by letter and header.
    fn at(&self, row: &ReadRow, field: ResultField, message: &str) -> String {
        let column = self.column(field).map(|(at, column)| {
            let letter = self.sheet.columns[at].as_deref().unwrap_or("?");
            format!(", column {letter} ({})", column.header)
        });
        format!("sheet \"{}\" row {}{}: {message}", self.sheet.name, row.number, column.unwrap_or_default())
    }

    fn text(&self, row: &ReadRow, field: ResultField) -> String {
        match self.column(field).and_then(|(at, _)| row.cells.get(at)) {
            Some(ReadCell::Text(text)) => as_kept(text),
            Some(ReadCell::Day(day)) => day.to_string(),
            Some(ReadCell::Blank) | None => String::new(),
        }
    }

    /// What a row says of which CCI; nothing when it holds no result.
    fn row(&self, row: &ReadRow) -> Result<Option<(String, Said)>, Vec<String>> {
        let values = [ResultField::Status, ResultField::Tested, ResultField::Tools, ResultField::Details];
        let named = self.text(row, ResultField::Cci);
        if values.iter().all(|field| self.text(row, *field).is_empty()) {
            return Ok(None);
        }
        let problem = |field, message: &str| vec![self.at(row, field, message)];
        let Some(cci) = cci_of(&named) else {
            let message = match named.is_empty() {
                true => "the row has a result and no CCI; name one, as in CCI-000366".to_owned(),
                false => format!("`{named}` is no CCI; name one, as in CCI-000366"),
            };
            return Err(problem(ResultField::Cci, &message));
        };
        if warrant_catalog::cci::cci(&cci).is_empty() {
            let message = format!("no control of SP 800-53 has {cci}; correct the number");
            return Err(problem(ResultField::Cci, &message));
        }
        let (status, tested) = match (self.status(row), self.tested(row)) {
            (Ok(status), Ok(tested)) => (status, tested),
            (status, tested) => return Err(status.err().into_iter().chain(tested.err()).collect()),
        };
        let (by, details) = (self.text(row, ResultField::Tools), self.text(row, ResultField::Details));
        let known = self.known.get(&cci);
        if let Some(known) = known
            && self.shown(known, ResultField::Status) == status.0
            && known.cell(self.subject, ResultField::Tested) == Cell::date_if(tested)
            && self.shown(known, ResultField::Tools) == by
            && self.shown(known, ResultField::Details) == details
        {
            return Ok(Some((cci, Said::Same)));
        }
        let Some(result) = status.1 else {
            let words = self.words().join(", ");
            let message = match known.is_some_and(CciResult::is_told) {
                true => {
                    format!("emptying a cell takes no result back; write one of {words}, or delete the row")
                }
                false => format!("the row has no result; write one of {words}"),
            };
            return Err(problem(ResultField::Status, &message));
        };
        let Some(on) = tested else {
            return Err(problem(ResultField::Tested, "a result needs the day it was found; write it"));
        };
        if on > day(self.subject.snapshot.as_of) {
            let message = format!("{on} is still to come; write the day on which it was tested");
            return Err(problem(ResultField::Tested, &message));
        }
        let by = without_tools(&by, known);
        Ok(Some((cci, Said::Judged { result, on, by, notes: self.notes(&details, known) })))
    }

    /// What Warrant would write into a column, as it comes back.
    fn shown(&self, known: &CciResult<'_>, field: ResultField) -> String {
        let Cell::Text(text) = known.cell(self.subject, field) else { return String::new() };
        let theirs = self.column(field).and_then(|(_, column)| column.words.get(&text));
        as_kept(theirs.unwrap_or(&text))
    }

    fn words(&self) -> &[String] {
        self.column(ResultField::Status).map_or(&[], |(_, column)| &column.values)
    }

    /// The status as the template words it, and what it means; neither when the cell is blank.
    fn status(&self, row: &ReadRow) -> Result<(String, Option<AssessmentResult>), String> {
        let text = self.text(row, ResultField::Status);
        if text.is_empty() {
            return Ok((text, None));
        }
        let words = self.column(ResultField::Status).map(|(_, column)| &column.words);
        let meant = words.into_iter().flatten().find(|(_, theirs)| folded(theirs) == folded(&text));
        match meant {
            Some((ours, theirs)) => {
                let result = match ours.as_str() {
                    "open" => AssessmentResult::OtherThanSatisfied,
                    "met" => AssessmentResult::Satisfied,
                    _ => AssessmentResult::NotApplicable,
                };
                Ok((theirs.clone(), Some(result)))
            }
            None => {
                let message = format!("`{text}` is none of {}", self.words().join(", "));
                Err(self.at(row, ResultField::Status, &message))
            }
        }
    }

    fn tested(&self, row: &ReadRow) -> Result<Option<Date>, String> {
        let cell = self.column(ResultField::Tested).and_then(|(at, _)| row.cells.get(at));
        let text = match cell {
            None | Some(ReadCell::Blank) => return Ok(None),
            Some(ReadCell::Day(day)) => return Ok(Some(*day)),
            Some(ReadCell::Text(text)) => text.trim(),
        };
        let patterns = [self.layout.day_pattern.as_str(), "%Y-%m-%d", "%d-%B-%Y", "%m/%d/%Y"];
        let parsed = patterns.iter().find_map(|pattern| Date::strptime(pattern, text).ok());
        parsed.map(Some).ok_or_else(|| {
            let example = Date::constant(2026, 3, 5).strftime(&self.layout.day_pattern).to_string();
            let message = format!("`{text}` is no day; write it as {example} or 2026-03-05");
            self.at(row, ResultField::Tested, &message)
        })
    }

    /// The lines of a cell that Warrant does not write itself.
    fn notes(&self, details: &str, known: Option<&CciResult<'_>>) -> String {
        let Some(known) = known else { return details.to_owned() };
        let seen = known.seen();
        // A text that was cut ends in the middle of a line.
        let cut = as_kept(&seen.join("\n"));
        let written: BTreeSet<String> =
            seen.iter().map(|line| as_kept(line)).chain(cut.lines().map(str::to_owned)).collect();
        let own: Vec<_> = details.lines().filter(|line| !written.contains(line.trim())).collect();
        own.join("\n").trim().to_owned()
    }
}

/// Who tested besides the tools that Warrant names; all that is written when there is nobody else.
fn without_tools(by: &str, known: Option<&CciResult<'_>>) -> String {
    let tools = known.map(|known| distinct(known.tools())).unwrap_or_default();
    let people: Vec<_> = by.split(", ").filter(|one| !tools.contains(one)).collect();
    if people.is_empty() { by.to_owned() } else { people.join(", ") }
}

/// A CCI as it is kept, from the ways in which templates write it: `CCI-000366`, `000366` or the number 366.
fn cci_of(text: &str) -> Option<String> {
    let lower = text.trim().to_ascii_lowercase();
    let bare = lower.strip_prefix("cci").map_or(lower.as_str(), |rest| rest.trim_start_matches(['-', ' ']));
    let digits = bare.strip_suffix(".0").unwrap_or(bare);
    let plain = !digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten().map(|number: u32| format!("CCI-{number:06}"))
}

#[cfg(test)]
mod tests {
    use super::cci_of;

    #[test]
    fn ccis_are_read_as_templates_write_them() {
        for text in ["CCI-000366", "000366", "366", "366.0", " cci 366 "] {
            assert_eq!(cci_of(text).as_deref(), Some("CCI-000366"), "{text}");
        }
        for text in ["", "AC-2.1", "CCI-", "CCI-1234567", "-1"] {
            assert_eq!(cci_of(text), None, "{text}");
        }
    }
}
