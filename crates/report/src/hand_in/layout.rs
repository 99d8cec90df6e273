//! Layouts of workbooks as data: which sheet, which columns by header, what goes into each.
//!
//! A layout is a file of `content/workbooks/` and one line in [`WORKBOOKS`].

use crate::template::{ColumnRole, Need};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The layouts that come with the program, by id.
pub const WORKBOOKS: &[(&str, &str)] = &[
    ("fedramp-poam", include_str!("../../../../content/workbooks/fedramp-poam.toml")),
    ("fedramp-inventory", include_str!("../../../../content/workbooks/fedramp-inventory.toml")),
    ("emass-poam", include_str!("../../../../content/workbooks/emass-poam.toml")),
    ("emass-poam-navy", include_str!("../../../../content/workbooks/emass-poam-navy.toml")),
    ("emass-test-results", include_str!("../../../../content/workbooks/emass-test-results.toml")),
];

/// A workbook's layout.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// Its id, as given on the command line.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it holds.
    pub about: String,
    /// Who publishes the template.
    pub source: String,
    /// How a day is written where a cell of the template has no date format: a strftime pattern.
    pub day_pattern: String,
    /// Its sheets.
    #[serde(rename = "sheet")]
    pub sheets: Vec<SheetLayout>,
    /// The columns that each of its sheets has.
    #[serde(rename = "column")]
    pub columns: Vec<ColumnLayout>,
}

/// A sheet.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetLayout {
    /// Names it goes by, the likeliest first.
    pub names: Vec<String>,
    /// What its rows are.
    pub rows: Rows,
}

/// What the rows of a sheet are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rows {
    /// POA&M items that still ask for work.
    PoamOpen,
    /// POA&M items that are closed.
    PoamClosed,
    /// POA&M items, open and closed.
    Poam,
    /// Assets.
    Assets,
    /// Results of checks by control correlation identifier.
    Results,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnLayout {
    /// Its header.
    pub header: String,
    /// Other spellings of the header.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The banner above it, when another column has the same header.
    #[serde(default)]
    pub under: String,
    /// What goes into it; nothing when Warrant keeps no such thing.
    pub field: Option<String>,
    /// The values it may take; any when there are none.
    #[serde(default)]
    pub values: Vec<String>,
    /// The template's word for each of ours. A word of ours that is not here leaves the cell empty.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
    /// Whether a template may lack it.
    #[serde(default)]
    pub need: Need,
    /// What it does in a template that already lists its rows.
    #[serde(default)]
    pub role: ColumnRole,
}

/// A layout that comes with the program can not be read.
#[derive(Debug, thiserror::Error)]
#[error("content/workbooks/{id}.toml: {message}")]
pub struct LayoutError {
    /// The layout.
    pub id: String,
    /// What is wrong.
    pub message: String,
}

/// The layout of an id; `None` when there is none.
pub fn layout(id: &str) -> Option<Result<Layout, LayoutError>> {
    let (_, text) = WORKBOOKS.iter().find(|(known, _)| *known == id)?;
    let failed = |error: toml::de::Error| LayoutError { id: id.to_owned(), message: error.to_string() };
    Some(toml::from_str(text).map_err(failed))
}

#[cfg(test)]
mod tests;
