//! The rows of a workbook as Warrant writes them: of each record or CCI one, in the template's words.

use super::assets::{self, AssetField};
use super::layout::{ColumnLayout, Layout, Rows};
use super::poam::{PoamField, PoamView};
use super::results::{CciResult, ResultField, by_cci};
use super::subject::{Planned, Subject};
use super::{HandInError, LayoutError};
use crate::table::Cell;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use warrant_model::kind::Record;
use warrant_model::kinds::{Component, PoamItem};

/// A row as it is written.
pub(super) struct WrittenRow {
    /// What it is about: the id of a record, or a CCI.
    pub(super) key: String,
    /// A cell for each column of the layout, in the template's words.
    pub(super) cells: Vec<Cell>,
    /// What in its cells comes from tools: their names, and lines.
    pub(super) seen: Vec<String>,
}

/// The rows of a sheet of a layout, and notes for the person who hands it in.
pub(super) fn rows(
    layout: &Layout,
    sort: Rows,
    subject: &Subject<'_>,
    notes: &mut Vec<String>,
) -> Result<Vec<WrittenRow>, HandInError> {
    let mut rows = in_own_words(layout, sort, subject, notes)?;
    for row in &mut rows {
        row.cells = in_words(layout, std::mem::take(&mut row.cells), notes);
    }
    Ok(rows)
}

/// The same, severities and states in our own words.
fn in_own_words(
    layout: &Layout,
    sort: Rows,
    subject: &Subject<'_>,
    notes: &mut Vec<String>,
) -> Result<Vec<WrittenRow>, HandInError> {
    Ok(match sort {
        Rows::PoamOpen | Rows::PoamClosed | Rows::Poam => {
            let fields = fields::<PoamField>(layout)?;
            let planned = Planned::of(&subject.snapshot.findings);
            let items = subject.snapshot.poam_items.iter().filter(|item| belongs(item, sort));
            notes.extend(poam_notes(subject, sort));
            let row = |item: &Record<PoamItem>| {
                let view = PoamView::of(subject, &planned, item, &layout.day_pattern);
                let controls = view.controls();
                if fields.contains(&Some(PoamField::Control)) && controls.len() > 1 {
                    let (id, all, first) = (&item.id, controls.join(", "), &controls[0]);
                    notes.push(format!("{id} bears on {all}; the sheet takes one control: {first}"));
                }
                let cells = cells(&fields, |field| view.cell(field));
                WrittenRow { key: item.id.0.clone(), cells, seen: Vec::new() }
            };
            items.map(row).collect()
        }
        Rows::Assets => {
            let fields = fields::<AssetField>(layout)?;
            let without = assets::without_component(subject);
            if !without.is_empty() {
                let shown: Vec<_> = without.iter().take(20).copied().collect();
                let count = without.len();
                notes.push(format!("{count} scanned targets are no component: {}", shown.join(", ")));
            }
            let row = |record: &Record<Component>| WrittenRow {
                key: record.id.0.clone(),
                cells: cells(&fields, |field| assets::cell(subject, record, field)),
                seen: Vec::new(),
            };
            assets::assets(subject).into_iter().map(row).collect()
        }
        Rows::Results => {
            let fields = fields::<ResultField>(layout)?;
            let results = by_cci(subject);
            if results.is_empty() {
                return Err(HandInError::Nothing("check results or judgements that name a CCI"));
            }
            let (told, untold): (Vec<_>, Vec<_>) = results.iter().partition(|result| result.is_told());
            if !untold.is_empty() {
                let names: Vec<_> = untold.iter().map(|result| result.name()).collect();
                let names = names.join(", ");
                notes.push(format!("left out, since a rule that names them was not reviewed: {names}"));
            }
            let row = |result: &&CciResult<'_>| WrittenRow {
                key: result.name().to_owned(),
                cells: cells(&fields, |field| result.cell(subject, field)),
                seen: result.tools().map(str::to_owned).chain(result.seen()).collect(),
            };
            told.iter().map(row).collect()
        }
    })
}

fn belongs(item: &Record<PoamItem>, sort: Rows) -> bool {
    match (item.body.state.as_str(), sort) {
        ("cancelled", _) => false,
        ("closed", sort) => sort != Rows::PoamOpen,
        (_, sort) => sort != Rows::PoamClosed,
    }
}

/// What is left out or goes in unplanned.
fn poam_notes(subject: &Subject<'_>, sort: Rows) -> Vec<String> {
    let count =
        |state: &str| subject.snapshot.poam_items.iter().filter(|item| item.body.state == state).count();
    let mut notes = Vec::new();
    if sort != Rows::PoamClosed && count("draft") > 0 {
        notes.push(format!("{} drafts are among the open items: they have no plan yet", count("draft")));
    }
    if sort != Rows::PoamClosed && count("cancelled") > 0 {
        notes.push(format!("{} cancelled items are left out", count("cancelled")));
    }
    notes
}

fn cells<F: Copy>(fields: &[Option<F>], cell: impl Fn(F) -> Cell) -> Vec<Cell> {
    fields.iter().map(|field| field.map_or(Cell::Empty, &cell)).collect()
}

/// The fields of a layout's columns.
pub(super) fn fields<'l, F: Deserialize<'l>>(layout: &'l Layout) -> Result<Vec<Option<F>>, LayoutError> {
    let field = |column: &'l ColumnLayout| match &column.field {
        None => Ok(None),
        Some(name) => {
            let word: StrDeserializer<'l, Error> = name.as_str().into_deserializer();
            F::deserialize(word).map(Some).map_err(|error| LayoutError {
                id: layout.id.clone(),
                message: format!("column {:?}: {error}", column.header),
            })
        }
    };
    layout.columns.iter().map(field).collect()
}

/// Our words replaced by the template's.
fn in_words(layout: &Layout, row: Vec<Cell>, notes: &mut Vec<String>) -> Vec<Cell> {
    let said = |(cell, column): (Cell, &ColumnLayout)| match &cell {
        Cell::Text(word) if !column.words.is_empty() => match column.words.get(word) {
            Some(theirs) => Cell::text(theirs),
            None => {
                let note = format!("{}: the format has no word for \"{word}\"; left empty", column.header);
                if !notes.contains(&note) {
                    notes.push(note);
                }
                Cell::Empty
            }
        },
        _ => cell,
    };
    row.into_iter().zip(&layout.columns).map(said).collect()
}
