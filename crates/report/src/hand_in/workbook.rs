//! A layout, a subject and the user's template give a filled workbook and the list of what stayed empty.

use super::assets::{self, AssetField};
use super::layout::{ColumnLayout, Layout, Rows, SheetLayout};
use super::poam::{PoamField, PoamView};
use super::results::{ResultField, by_cci};
use super::subject::{Planned, Subject};
use super::{HandIn, HandInError, LayoutError};
use crate::table::Cell;
use crate::template::{ColumnRole, FilledSheet, Filling, Heading, fill};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use warrant_model::kind::Record;
use warrant_model::kinds::PoamItem;

/// Fills a template.
pub(super) fn workbook(
    layout: &Layout,
    subject: &Subject<'_>,
    template: &[u8],
) -> Result<HandIn, HandInError> {
    let mut hand_in = HandIn::default();
    let mut fillings = Vec::new();
    for sheet in &layout.sheets {
        let cells = rows(layout, sheet.rows, subject, &mut hand_in)?;
        let rows = cells.into_iter().map(|row| in_words(layout, row, &mut hand_in)).collect();
        fillings.push(filling(layout, sheet, rows));
    }
    let filled = fill(template, &fillings)?;
    for sheet in &filled.sheets {
        hand_in.notes.extend(done(sheet));
    }
    for (at, column) in layout.columns.iter().enumerate() {
        let in_template = filled.sheets.iter().any(|sheet| !sheet.absent.contains(&column.header));
        let cells = || fillings.iter().flat_map(|filling| &filling.rows).map(|row| &row[at]);
        let context = column.field.is_none() && column.role != ColumnRole::Value;
        let blank = cells().next().is_some() && cells().all(|cell| *cell == Cell::Empty);
        if in_template && !context && blank {
            let reason = match column.field {
                None => "Warrant keeps no such thing",
                Some(_) => "nothing of the kind is known of any row",
            };
            hand_in.left_empty.push(format!("{}: {reason}", column.header));
        }
    }
    hand_in.notes.dedup();
    hand_in.files.push((String::new(), filled.bytes));
    Ok(hand_in)
}

/// Rows for a sheet of a layout.
pub(super) fn filling(layout: &Layout, sheet: &SheetLayout, rows: Vec<Vec<Cell>>) -> Filling {
    Filling {
        sheets: sheet.names.clone(),
        columns: layout.columns.iter().map(heading).collect(),
        day_pattern: layout.day_pattern.clone(),
        rows,
    }
}

fn heading(column: &ColumnLayout) -> Heading {
    let names = std::iter::once(&column.header).chain(&column.aliases).cloned().collect();
    Heading { names, under: column.under.clone(), need: column.need, role: column.role }
}

/// The rows of a sheet, severities and states in our own words.
fn rows(
    layout: &Layout,
    sort: Rows,
    subject: &Subject<'_>,
    hand_in: &mut HandIn,
) -> Result<Vec<Vec<Cell>>, HandInError> {
    Ok(match sort {
        Rows::PoamOpen | Rows::PoamClosed | Rows::Poam => {
            let fields = fields::<PoamField>(layout)?;
            let planned = Planned::of(&subject.snapshot.findings);
            let items = subject.snapshot.poam_items.iter().filter(|item| belongs(item, sort));
            let views = items.map(|item| PoamView::of(subject, &planned, item, &layout.day_pattern));
            hand_in.notes.extend(poam_notes(subject, sort));
            let row = |view: PoamView<'_>| {
                let controls = view.controls();
                if fields.contains(&Some(PoamField::Control)) && controls.len() > 1 {
                    let (id, first) = (view.cell(PoamField::Id), &controls[0]);
                    let Cell::Text(id) = id else { return cells(&fields, |field| view.cell(field)) };
                    let all = controls.join(", ");
                    hand_in.notes.push(format!("{id} bears on {all}; the sheet takes one control: {first}"));
                }
                cells(&fields, |field| view.cell(field))
            };
            views.map(row).collect()
        }
        Rows::Assets => {
            let fields = fields::<AssetField>(layout)?;
            let without = assets::without_component(subject);
            if !without.is_empty() {
                let shown: Vec<_> = without.iter().take(20).copied().collect();
                let count = without.len();
                hand_in.notes.push(format!("{count} scanned targets are no component: {}", shown.join(", ")));
            }
            let row = |record| cells(&fields, |field| assets::cell(subject, record, field));
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
                hand_in
                    .notes
                    .push(format!("left out, since a rule that names them was not reviewed: {names}"));
            }
            told.iter().map(|result| cells(&fields, |field| result.cell(subject, field))).collect()
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
fn in_words(layout: &Layout, row: Vec<Cell>, hand_in: &mut HandIn) -> Vec<Cell> {
    let said = |(cell, column): (Cell, &ColumnLayout)| match &cell {
        Cell::Text(word) if !column.words.is_empty() => match column.words.get(word) {
            Some(theirs) => Cell::text(theirs),
            None => {
                let note = format!("{}: the format has no word for \"{word}\"; left empty", column.header);
                if !hand_in.notes.contains(&note) {
                    hand_in.notes.push(note);
                }
                Cell::Empty
            }
        },
        _ => cell,
    };
    row.into_iter().zip(&layout.columns).map(said).collect()
}

/// What was done to a sheet, in words.
fn done(sheet: &FilledSheet) -> Vec<String> {
    let FilledSheet { name, header_row, rows, absent, unknown, unmatched, computed, cut } = sheet;
    let mut lines = vec![format!("sheet \"{name}\": {rows} rows below the headers of row {header_row}")];
    let mut list = |what: String, names: &[String]| {
        if !names.is_empty() {
            let shown: Vec<_> = names.iter().take(30).map(String::as_str).collect();
            let more = names.len() - shown.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            lines.push(format!("sheet \"{name}\": {what}: {}{more}", shown.join(", ")));
        }
    };
    list("columns the template lacks".to_owned(), absent);
    list("columns left as they are".to_owned(), unknown);
    list("the template lists no row for".to_owned(), unmatched);
    if *computed > 0 {
        lines.push(format!("sheet \"{name}\": {computed} cells were left to the template's formulas"));
    }
    if *cut > 0 {
        lines.push(format!("sheet \"{name}\": {cut} texts were cut at 32,767 characters"));
    }
    lines
}
