//! Records of a kind with every field, in the form that imports back.

use super::{Heading, TitleOf};
use crate::record_cells::cell_of;
use crate::table::{Cell, Column, ColumnKind, Table};
use serde_json::Value;
use warrant_model::field::{Field, FieldType};
use warrant_model::registry::KindEntry;

/// Records as a table: the column `id` first, then every field under its own name, so that the file imports
/// back as it is. `rows` are identifiers and bodies. `title_of` says what a link shows: the identifier, or a
/// title that is unique among what the importer can see.
pub fn records_table<'a>(
    entry: &KindEntry,
    rows: impl IntoIterator<Item = (&'a str, &'a Value)>,
    title_of: &TitleOf<'_>,
    heading: Heading,
) -> Table {
    let row = |(id, body): (&str, &Value)| {
        let fields = entry.fields.iter().map(|field| cell(field, &body[&field.name], title_of));
        std::iter::once(Cell::text(id)).chain(fields).collect()
    };
    Table {
        title: entry.spec.plural.to_owned(),
        columns: header(entry),
        rows: rows.into_iter().map(row).collect(),
        marking: heading.marking,
        source: heading.source,
    }
}

/// The same columns without rows: a file to fill in.
pub fn template_table(entry: &KindEntry) -> Table {
    Table {
        title: entry.spec.plural.to_owned(),
        columns: header(entry),
        source: format!("Empty table of {}: {}", entry.spec.plural, entry.spec.about),
        ..Table::default()
    }
}

fn header(entry: &KindEntry) -> Vec<Column> {
    let fields = entry.fields.iter().map(|field| Column::new(&field.name, column_kind(&field.value)));
    std::iter::once(Column::new("id", ColumnKind::Text)).chain(fields).collect()
}

fn column_kind(kind: &FieldType) -> ColumnKind {
    match kind {
        FieldType::Date => ColumnKind::Date,
        FieldType::Integer | FieldType::Number => ColumnKind::Number,
        FieldType::Money => ColumnKind::Money,
        FieldType::Link(..) => ColumnKind::Link,
        _ => ColumnKind::Text,
    }
}

fn cell(field: &Field, value: &Value, title_of: &TitleOf<'_>) -> Cell {
    match (&field.value, value) {
        (FieldType::Link(kind, _), value) => Cell::text(cell_of(field, &titled(kind, value, title_of))),
        (FieldType::Bool, Value::Bool(yes)) => Cell::Bool(*yes),
        (FieldType::Date, Value::String(text)) => {
            text.parse().map_or_else(|_| Cell::text(cell_of(field, value)), Cell::Date)
        }
        (FieldType::Integer | FieldType::Number | FieldType::Money, Value::Number(number)) => {
            match (number.as_i64(), number.as_f64()) {
                (Some(whole), _) => Cell::Integer(whole),
                (None, Some(number)) => Cell::Number(number),
                (None, None) => Cell::text(cell_of(field, value)),
            }
        }
        _ => Cell::text(cell_of(field, value)),
    }
}

fn titled(kind: &str, value: &Value, title_of: &TitleOf<'_>) -> Value {
    match value {
        Value::String(id) if !id.is_empty() => Value::from(title_of(kind, id)),
        Value::Array(ids) => ids.iter().map(|id| titled(kind, id, title_of)).collect(),
        other => other.clone(),
    }
}
