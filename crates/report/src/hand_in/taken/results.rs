//! Results that people wrote into a test-result workbook: rows that say something else become judgements.

use super::sight::{RowField, Sight, day_of};
use super::{TakenBack, TakenResult, refused};
use crate::hand_in::HandInError;
use crate::hand_in::kept::{Kept, KeptRow};
use crate::hand_in::layout::Layout;
use crate::hand_in::results::{CciResult, ResultField, by_cci};
use crate::hand_in::subject::{Subject, distinct};
use crate::hand_in::workbook::filling;
use crate::hand_in::written::fields;
use crate::table::Cell;
use crate::template::{ReadCell, ReadRow, as_kept, folded, read};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::kind::Kind;
use warrant_model::kinds::{Assessment, AssessmentResult};
use warrant_model::time::day;

impl RowField for ResultField {
    fn is_day(self) -> bool {
        self == Self::Tested
    }
}

/// Reads a filled workbook of results.
pub(super) fn take(
    layout: &Layout,
    subject: &Subject<'_>,
    workbook: &[u8],
    kept: Option<&Kept>,
) -> Result<TakenBack, HandInError> {
    let fields = fields::<ResultField>(layout)?;
    let fillings: Vec<_> = layout.sheets.iter().map(|sheet| filling(layout, sheet, Vec::new())).collect();
    let known: BTreeMap<String, CciResult<'_>> =
        by_cci(subject).into_iter().map(|one| (one.name().to_owned(), one)).collect();
    let rows = kept.into_iter().flat_map(|kept| kept.sheets.iter().flatten());
    let then: BTreeMap<&str, &KeptRow> = rows.map(|row| (row.key.as_str(), row)).collect();
    let mut taken = TakenBack { kind: Assessment::SPEC.name, ..TakenBack::default() };
    let mut problems = Vec::new();
    for sheet in read(workbook, &fillings)? {
        let sight = Sight { layout, fields: &fields, sheet: &sheet };
        let look = Look { sight, subject, known: &known, kept, then: &then };
        let mut said: BTreeMap<String, (u32, Said)> = BTreeMap::new();
        for row in &sheet.rows {
            match look.row(row) {
                Ok(None) => taken.blank += 1,
                Ok(Some((cci, row_says))) => match said.get(&cci) {
                    Some((_, before)) if *before == row_says => {}
                    Some((first, _)) => problems.push(look.sight.of(
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
        taken.sheets.push(sheet.name);
    }
    if !problems.is_empty() {
        return Err(refused(problems));
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
struct Look<'s> {
    sight: Sight<'s, ResultField>,
    subject: &'s Subject<'s>,
    known: &'s BTreeMap<String, CciResult<'s>>,
    kept: Option<&'s Kept>,
    then: &'s BTreeMap<&'s str, &'s KeptRow>,
}

impl Look<'_> {
    /// What a row says of which CCI; nothing when it holds no result.
    fn row(&self, row: &ReadRow) -> Result<Option<(String, Said)>, Vec<String>> {
        let values = [ResultField::Status, ResultField::Tested, ResultField::Tools, ResultField::Details];
        let named = self.sight.text(row, ResultField::Cci);
        if values.iter().all(|field| self.sight.text(row, *field).is_empty()) {
            return Ok(None);
        }
        let problem = |field, message: &str| vec![self.sight.of(row, field, message)];
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
        let (by, details) =
            (self.sight.text(row, ResultField::Tools), self.sight.text(row, ResultField::Details));
        let (known, then) = (self.known.get(&cci), self.then.get(cci.as_str()).copied());
        let read = [
            status.0.clone(),
            tested.map(|on| on.to_string()).unwrap_or_default(),
            by.clone(),
            details.clone(),
        ];
        let written = then.map(|then| values.map(|field| self.written(then, field)));
        if written
            .is_some_and(|written| written.iter().zip(&read).all(|(old, new)| *old == Some(new.as_str())))
        {
            return Ok(Some((cci, Said::Same)));
        }
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
            let message = match known.is_some_and(CciResult::is_told) || then.is_some() {
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
        let by = without_tools(&by, known, then);
        Ok(Some((cci, Said::Judged { result, on, by, notes: notes(&details, known, then) })))
    }

    /// What was written into a column, as it comes back.
    fn written<'k>(&self, then: &'k KeptRow, field: ResultField) -> Option<&'k str> {
        let (at, _) = self.sight.column(field)?;
        self.kept?.cells(self.sight.layout, then).get(at).copied().flatten()
    }

    /// What Warrant would write into a column, as it comes back.
    fn shown(&self, known: &CciResult<'_>, field: ResultField) -> String {
        let Cell::Text(text) = known.cell(self.subject, field) else { return String::new() };
        let theirs = self.sight.column(field).and_then(|(_, column)| column.words.get(&text));
        as_kept(theirs.unwrap_or(&text))
    }

    fn words(&self) -> &[String] {
        self.sight.column(ResultField::Status).map_or(&[], |(_, column)| &column.values)
    }

    /// The status as the template words it, and what it means; neither when the cell is blank.
    fn status(&self, row: &ReadRow) -> Result<(String, Option<AssessmentResult>), String> {
        let text = self.sight.text(row, ResultField::Status);
        if text.is_empty() {
            return Ok((text, None));
        }
        let words = self.sight.column(ResultField::Status).map(|(_, column)| &column.words);
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
                Err(self.sight.of(row, ResultField::Status, &message))
            }
        }
    }

    fn tested(&self, row: &ReadRow) -> Result<Option<Date>, String> {
        let cell = self.sight.column(ResultField::Tested).and_then(|(at, _)| row.cells.get(at));
        let text = match cell {
            None | Some(ReadCell::Blank) => return Ok(None),
            Some(ReadCell::Day(day)) => return Ok(Some(*day)),
            Some(ReadCell::Text(text)) => text.trim(),
        };
        let none = || format!("`{text}` is no day; write it as {}", self.sight.example_day());
        let on = day_of(&self.sight.layout.day_pattern, text);
        on.map(Some).ok_or_else(|| self.sight.of(row, ResultField::Tested, &none()))
    }
}

/// The lines of a cell that Warrant does not write itself, now or when the workbook was exported.
fn notes(details: &str, known: Option<&CciResult<'_>>, then: Option<&KeptRow>) -> String {
    let now = known.map(CciResult::seen).unwrap_or_default();
    let then = then.map(|then| then.seen.clone()).unwrap_or_default();
    let mut written: BTreeSet<String> = BTreeSet::new();
    for seen in [now, then] {
        // A text that was cut ends in the middle of a line.
        written.extend(as_kept(&seen.join("\n")).lines().map(str::to_owned));
        written.extend(seen.iter().map(|line| as_kept(line)));
    }
    let own: Vec<_> = details.lines().filter(|line| !written.contains(line.trim())).collect();
    own.join("\n").trim().to_owned()
}

/// Who tested besides the tools that Warrant names; all that is written when there is nobody else.
fn without_tools(by: &str, known: Option<&CciResult<'_>>, then: Option<&KeptRow>) -> String {
    let mut tools = known.map(|known| distinct(known.tools())).unwrap_or_default();
    tools.extend(then.into_iter().flat_map(|then| then.seen.iter().map(String::as_str)));
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
