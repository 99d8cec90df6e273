//! Taking a filled workbook back: what people changed in it, compared with what was written into it.
//!
//! A cell that still says what Warrant wrote is nobody's word. What was written is known from the workbook's mark
//! ([`super::Kept`]); without it a cell is compared with what Warrant would write now. So what was exported and not
//! touched comes back as nothing new, whatever the template looks like.
//!
//! What the rows of a workbook are decides how they are read: records ([`register`]), or results ([`results`]).

mod assets;
mod entries;
mod matching;
mod milestones;
mod poam;
mod register;
mod results;
mod sight;

use super::HandInError;
use super::kept::Kept;
use super::layout::{Rows, layout};
use super::subject::Subject;
use crate::template::{ReadSheet, TemplateError};
use jiff::civil::Date;
use serde_json::Value;
use warrant_model::RecordId;
use warrant_model::kinds::AssessmentResult;

/// The most problems that are told at once.
const TOLD: usize = 50;

/// What a filled workbook says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TakenBack {
    /// The kind of record that its rows are.
    pub kind: &'static str,
    /// The sheets it was read from.
    pub sheets: Vec<String>,
    /// Rows that say what Warrant wrote or would write.
    pub same: usize,
    /// Rows that say nothing.
    pub blank: usize,
    /// Records that the workbook has no row for: they stay as they are.
    pub absent: usize,
    /// Rows of results that say something else, each as a judgement.
    pub judged: Vec<TakenResult>,
    /// Rows of records that say something else, each as a change.
    pub edits: Vec<TakenEdit>,
    /// What was changed and can not be taken.
    pub not_taken: Vec<NotTaken>,
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

/// A record as a row wants it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TakenEdit {
    /// The sheet.
    pub sheet: String,
    /// The row, from 1.
    pub row: u32,
    /// The record and the version it was read at; `None` for a new one.
    pub record: Option<(RecordId, i64)>,
    /// Its title.
    pub title: String,
    /// What changes, by column.
    pub fields: Vec<TakenField>,
    /// The record as it becomes.
    pub body: Value,
}

impl TakenEdit {
    fn of(sheet: &ReadSheet, row: u32) -> Self {
        Self { sheet: sheet.name.clone(), row, ..Self::default() }
    }
}

/// A cell that changes a record.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct TakenField {
    /// The header of its column.
    pub column: String,
    /// What Warrant says.
    pub was: String,
    /// What the cell says.
    pub becomes: String,
}

/// Cells of a column that say something else and change nothing.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct NotTaken {
    /// The sheet.
    pub sheet: String,
    /// The header of the column; empty when it is the row's place.
    pub column: String,
    /// The rows, from 1.
    pub rows: Vec<u32>,
    /// Why.
    pub why: String,
}

/// Whether filled workbooks of a format are taken back.
pub fn takes_back(format: &str) -> bool {
    matches!(layout(format), Some(Ok(_)))
}

/// The mark of a filled workbook: the hash of what was written into it.
///
/// # Errors
/// [`HandInError::Template`] when it is no workbook.
pub fn mark(workbook: &[u8]) -> Result<Option<String>, HandInError> {
    match crate::template::mark(workbook) {
        Err(TemplateError::Damaged { part, .. }) if part.starts_with("docProps") => Ok(None),
        found => Ok(found?),
    }
}

/// Reads a filled workbook of a format and compares it with what was written into it, if that is known, and with what
/// would be written now.
///
/// # Errors
/// [`HandInError::NotTaken`] for a format that is not taken back, [`HandInError::OtherSystem`] when it was filled for
/// another system, [`HandInError::Template`] when the workbook is none or lacks columns, [`HandInError::Rows`] with the
/// place of everything that can not be taken.
pub fn take_back(
    format: &str,
    subject: &Subject<'_>,
    workbook: &[u8],
    kept: Option<&Kept>,
) -> Result<TakenBack, HandInError> {
    let layout = layout(format).transpose()?.ok_or_else(|| HandInError::NotTaken(format.to_owned()))?;
    if kept.is_some_and(|kept| kept.system != subject.snapshot.system.id.as_str()) {
        return Err(HandInError::OtherSystem);
    }
    let kept = kept.filter(|kept| kept.format == layout.id);
    match layout.sheets.first().map(|sheet| sheet.rows) {
        Some(Rows::Results) => results::take(&layout, subject, workbook, kept),
        Some(Rows::Assets) => {
            register::take(&assets::Assets::of(subject), &layout, (subject, kept), workbook)
        }
        Some(Rows::Poam | Rows::PoamOpen | Rows::PoamClosed) => {
            register::take(&poam::Items::of(subject, &layout), &layout, (subject, kept), workbook)
        }
        None => Err(HandInError::NotTaken(format.to_owned())),
    }
}

/// Problems, as many as are told at once.
fn refused(mut problems: Vec<String>) -> HandInError {
    let more = problems.len().saturating_sub(TOLD);
    problems.truncate(TOLD);
    problems.extend((more > 0).then(|| format!("and {more} more")));
    HandInError::Rows(problems)
}
