//! Records with their rows, as they were written into a workbook and as they would be written now.

use crate::hand_in::HandInError;
use crate::hand_in::kept::{Kept, shown};
use crate::hand_in::layout::Layout;
use crate::hand_in::subject::Subject;
use crate::hand_in::written::rows;
use std::collections::HashMap;
use warrant_model::kind::Record;

/// A record with its row as it was written and would be written now.
pub(super) struct Entry<'a, B> {
    pub(super) id: String,
    pub(super) record: Option<&'a Record<B>>,
    pub(super) then: Vec<String>,
    pub(super) now: Vec<String>,
    pub(super) then_on: Option<usize>,
    pub(super) now_on: Option<usize>,
}

/// The rows of all records, those that were written into the workbook as they were written.
pub(super) fn entries<'a, B>(
    records: &'a [Record<B>],
    layout: &Layout,
    subject: &Subject<'a>,
    kept: Option<&Kept>,
) -> Result<Vec<Entry<'a, B>>, HandInError> {
    let records: HashMap<&str, &'a Record<B>> =
        records.iter().map(|record| (record.id.as_str(), record)).collect();
    let mut entries: Vec<Entry<'a, B>> = Vec::new();
    let mut at: HashMap<String, usize> = HashMap::new();
    for (sheet, of) in layout.sheets.iter().enumerate() {
        for row in rows(layout, of.rows, subject, &mut Vec::new())? {
            let now: Vec<String> = row.cells.iter().map(shown).collect();
            let record = records.get(row.key.as_str()).copied();
            at.insert(row.key.clone(), entries.len());
            let (then, on) = (now.clone(), Some(sheet));
            entries.push(Entry { id: row.key, record, then, now, then_on: on, now_on: on });
        }
    }
    let Some(kept) = kept else { return Ok(entries) };
    for (sheet, row) in
        kept.sheets.iter().enumerate().flat_map(|(at, rows)| rows.iter().map(move |row| (at, row)))
    {
        let cells = kept.cells(layout, row);
        let nth = *at.entry(row.key.clone()).or_insert_with(|| {
            entries.push(Entry {
                id: row.key.clone(),
                record: None,
                then: vec![String::new(); cells.len()],
                now: cells.iter().map(|cell| cell.unwrap_or_default().to_owned()).collect(),
                then_on: None,
                now_on: None,
            });
            entries.len() - 1
        });
        let entry = &mut entries[nth];
        entry.then_on = Some(sheet);
        entry.then = cells.iter().zip(&entry.now).map(|(then, now)| then.unwrap_or(now).to_owned()).collect();
    }
    Ok(entries)
}
