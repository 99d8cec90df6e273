//! The codec between a field of a record's JSON body and one text cell of a CSV or spreadsheet, both ways.
//!
//! What [`cell_of`] writes [`value_of`] reads back as the same value; beyond that `value_of` takes what people
//! type. The rules, by field type:
//!
//! | field | written | also read |
//! |---|---|---|
//! | yes/no | `yes`, `no` | `true`, `y`, `1`, `x`, `false`, `n`, `0` |
//! | a word, a state | `data-store` | any letter case, blanks or `_` for dashes |
//! | several words, controls | `a;b` | commas or new lines between |
//! | list, links | `a;b` | new lines between |
//! | rows | `Patch \| 2026-12-01 \| ` joined by `;`, fields in the struct's order | new lines between |
//! | day | `2026-11-23` | `23.11.2026`, an ISO instant (its day) |
//! | number, money | `1234.5` | `1,234.5`, `1 234.5`, `1'234.5`; money with currency sign or code |
//! | text, one link | as it is | |
//!
//! An item that holds a separator, a quotation mark or blanks at its ends is put in quotation marks, which are
//! doubled inside, as in CSV. `M/D/YYYY` is refused because nobody can tell it from `D/M/YYYY`.
//!
//! **Apostrophe.** [`crate::table::to_csv`] puts `'` before text that a spreadsheet would run. `value_of` takes
//! one `'` off in front of such text, and `cell_of` adds one when the value itself has it, so that text like
//! `'=1` comes back as it was from CSV and XLSX alike.

mod number;
mod pieces;

use crate::table::starts_formula;
use jiff::civil::Date;
use pieces::{join, quoted, split_items, split_rows};
use serde_json::{Map, Value};
use std::borrow::Cow;
use warrant_model::field::{Field, FieldType, Many};

/// The cell that shows a field's value. Nothing, an empty text and an empty list are the empty cell.
pub fn cell_of(field: &Field, value: &Value) -> String {
    let text = bare_cell(&field.value, value);
    let after = text.trim_start_matches('\'');
    if after.len() < text.len() && starts_formula(after) { format!("'{text}") } else { text }
}

/// The value that a cell means; `None` for an empty cell.
///
/// # Errors
/// One sentence: what is wrong with the cell and what would be right. It does not repeat the field's name.
pub fn value_of(field: &Field, cell: &str) -> Result<Option<Value>, String> {
    let text = match cell.strip_prefix('\'') {
        Some(rest) if starts_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    };
    bare_value(&field.value, text)
}

fn bare_cell(kind: &FieldType, value: &Value) -> String {
    match (kind, value) {
        (_, Value::Null) => String::new(),
        (FieldType::Rows(fields), Value::Array(rows)) => {
            let rows = rows.iter().map(|row| {
                let cells = fields.iter().map(|field| {
                    let cell = bare_cell(&field.value, &row[&field.name]);
                    quoted(&cell, &['|', ';', '\n']).into_owned()
                });
                cells.collect::<Vec<_>>().join(" | ")
            });
            rows.collect::<Vec<_>>().join("; ")
        }
        (kind, Value::Array(items)) => join(items.iter().map(scalar), separators(kind)),
        (_, value) => scalar(value).into_owned(),
    }
}

fn bare_value(kind: &FieldType, text: &str) -> Result<Option<Value>, String> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Ok(None);
    }
    let value = match kind {
        FieldType::Text(_) => Value::from(text),
        FieldType::Link(_, Many::One) => Value::from(trimmed),
        FieldType::Control(Many::One) => Value::from(trimmed.to_lowercase()),
        FieldType::Bool => Value::from(yes_or_no(trimmed)?),
        FieldType::Choice(words) | FieldType::State(words) => Value::from(word(words, trimmed)?),
        FieldType::Date => Value::from(day(trimmed)?.to_string()),
        FieldType::Integer => number::integer(trimmed)?,
        FieldType::Number => number::decimal(trimmed)?,
        FieldType::Money => number::money(trimmed)?,
        FieldType::Rows(fields) => return rows(fields, text),
        FieldType::Link(_, Many::Several)
        | FieldType::Control(Many::Several)
        | FieldType::Choices(_)
        | FieldType::List => return items(kind, text),
    };
    Ok(Some(value))
}

/// What stands between the items of a cell; the first is the one written.
fn separators(kind: &FieldType) -> &'static [char] {
    match kind {
        FieldType::Control(_) | FieldType::Choices(_) => &[';', ',', '\n'],
        _ => &[';', '\n'],
    }
}

fn items(kind: &FieldType, text: &str) -> Result<Option<Value>, String> {
    let read = |item: Cow<'_, str>| match kind {
        FieldType::Control(_) => Ok(Value::from(item.to_lowercase())),
        FieldType::Choices(words) => word(words, &item).map(Value::from),
        _ => Ok(Value::from(item.into_owned())),
    };
    let items: Vec<Value> =
        split_items(text, separators(kind)).into_iter().map(read).collect::<Result<_, _>>()?;
    Ok((!items.is_empty()).then_some(Value::Array(items)))
}

fn rows(fields: &[Field], text: &str) -> Result<Option<Value>, String> {
    let mut rows = Vec::new();
    for (nth, cells) in split_rows(text).into_iter().enumerate() {
        if cells.len() > fields.len() {
            let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
            return Err(format!(
                "row {} has {} parts; write {} and put a part that holds `|` or `;` in quotation marks",
                nth + 1,
                cells.len(),
                names.join(" | ")
            ));
        }
        let mut row = Map::new();
        for (field, cell) in fields.iter().zip(cells) {
            let value = bare_value(&field.value, &cell)
                .map_err(|problem| format!("row {}, {}: {problem}", nth + 1, field.name))?;
            row.extend(value.map(|value| (field.name.clone(), value)));
        }
        if !row.is_empty() {
            rows.push(Value::Object(row));
        }
    }
    Ok((!rows.is_empty()).then_some(Value::Array(rows)))
}

fn scalar(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Bool(true) => Cow::Borrowed("yes"),
        Value::Bool(false) => Cow::Borrowed("no"),
        Value::Number(number) => Cow::Owned(number::shown(number)),
        Value::Null => Cow::Borrowed(""),
        other => Cow::Owned(other.to_string()),
    }
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" => Ok(true),
        "no" | "n" | "false" | "0" => Ok(false),
        _ => Err(format!("`{}` is neither yes nor no", excerpt(text))),
    }
}

fn word(words: &[String], text: &str) -> Result<String, String> {
    let plain = |text: &str| text.trim().to_lowercase().replace([' ', '_'], "-");
    let wanted = plain(text);
    let found = words
        .iter()
        .find(|known| known.as_str() == text)
        .or_else(|| words.iter().find(|w| plain(w) == wanted));
    found.cloned().ok_or_else(|| format!("`{}` is not known; use one of {}", excerpt(text), words.join(", ")))
}

/// A day as `YYYY-MM-DD`, `DD.MM.YYYY`, or the day of an ISO instant.
fn day(text: &str) -> Result<Date, String> {
    if let Ok(date) = text.parse::<Date>() {
        return Ok(date);
    }
    let parts: Vec<_> = text.split('.').collect();
    if let [day, month, year] = parts[..]
        && year.len() == 4
        && let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.parse(), day.parse())
        && let Ok(date) = Date::new(year, month, day)
    {
        return Ok(date);
    }
    if text.split('/').count() == 3 {
        return Err(format!(
            "`{}` could be day/month or month/day; write the day as YYYY-MM-DD, such as 2026-11-23",
            excerpt(text)
        ));
    }
    Err(format!("`{}` is not a day; write it as YYYY-MM-DD, such as 2026-11-23", excerpt(text)))
}

/// The start of a cell, for messages.
fn excerpt(text: &str) -> String {
    let shown: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
    if text.chars().count() > 40 { shown + "…" } else { shown }
}

#[cfg(test)]
mod tests;
