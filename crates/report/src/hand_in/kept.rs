//! What was written into a workbook, kept until it comes back: a row that nobody touched is then known for what it is,
//! whatever evidence has come in since.
//!
//! It is kept by its content hash, which is the workbook's mark. So the mark names these rows and no others.

use super::layout::Layout;
use super::subject::Subject;
use super::written::WrittenRow;
use crate::table::Cell;
use crate::template::as_kept;
use serde::{Deserialize, Serialize};
use warrant_model::hash::ContentHash;

/// What was written into a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// The format's id.
    pub format: String,
    /// The system.
    pub system: String,
    /// The headers of the layout's columns.
    pub columns: Vec<String>,
    /// The rows of each sheet of the layout.
    pub sheets: Vec<Vec<KeptRow>>,
}

/// A row that was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptRow {
    /// What it is about: the id of a record, or a CCI.
    pub key: String,
    /// A cell for each column, days as `2026-11-23`.
    pub cells: Vec<String>,
    /// What in its cells comes from tools: their names, and lines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<String>,
}

impl Kept {
    pub(super) fn new(layout: &Layout, subject: &Subject<'_>) -> Self {
        Self {
            format: layout.id.clone(),
            system: subject.snapshot.system.id.0.clone(),
            columns: layout.columns.iter().map(|column| column.header.clone()).collect(),
            sheets: Vec::new(),
        }
    }

    pub(super) fn sheet(&mut self, rows: &[WrittenRow]) {
        self.sheets.push(rows.iter().map(KeptRow::of).collect());
    }

    /// The mark and the bytes it stands for.
    pub(super) fn packed(&self) -> Result<(ContentHash, Vec<u8>), serde_json::Error> {
        let bytes = serde_json::to_vec(self)?;
        Ok((ContentHash::of(&bytes), bytes))
    }

    /// What bytes that were kept say; `None` when they are something else.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// The cells of a row in the order of a layout's columns; `None` for a column that was not written then.
    pub(super) fn cells<'k>(&self, layout: &Layout, row: &'k KeptRow) -> Vec<Option<&'k str>> {
        let at = |header: &String| self.columns.iter().position(|known| known == header);
        let cell = |header| at(header).and_then(|at| row.cells.get(at)).map(String::as_str);
        layout.columns.iter().map(|column| cell(&column.header)).collect()
    }
}

impl KeptRow {
    fn of(row: &WrittenRow) -> Self {
        let cells = row.cells.iter().map(shown).collect();
        Self { key: row.key.clone(), cells, seen: row.seen.iter().map(|line| as_kept(line)).collect() }
    }
}

/// A cell as it reads when it comes back.
pub(super) fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => as_kept(text),
        Cell::Date(day) => day.to_string(),
        Cell::Time(at) => warrant_model::time::day(*at).to_string(),
        Cell::Integer(number) => number.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Bool(yes) => if *yes { "Yes" } else { "No" }.to_owned(),
    }
}
