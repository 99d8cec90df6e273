//! A table as JSON, for programs.

use super::{Cell, Table};
use serde_json::{Value, json};

/// The table as `{title, marking, source, columns: [{title, kind}], rows: [[…]]}`: days and instants as ISO
/// 8601 text, nothing as `null`.
pub fn to_json(table: &Table) -> Value {
    let columns: Vec<Value> = table
        .columns
        .iter()
        .map(|column| json!({"title": column.title, "kind": column.kind.word()}))
        .collect();
    let rows: Vec<Value> = table.rows.iter().map(|row| row.iter().map(value).collect()).collect();
    json!({
        "title": table.title,
        "marking": table.marking,
        "source": table.source,
        "columns": columns,
        "rows": rows,
    })
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => Value::from(text.as_str()),
        Cell::Number(number) => Value::from(*number),
        Cell::Integer(number) => Value::from(*number),
        Cell::Date(date) => Value::from(date.to_string()),
        Cell::Time(at) => Value::from(at.to_string()),
        Cell::Bool(yes) => Value::from(*yes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Column, ColumnKind};

    #[test]
    fn types_are_kept() {
        let table = Table {
            title: "Plan".into(),
            columns: vec![Column::new("due", ColumnKind::Date), Column::new("cost", ColumnKind::Money)],
            rows: vec![vec![Cell::Date(jiff::civil::date(2026, 11, 23)), Cell::Number(f64::INFINITY)]],
            marking: Some("TLP:AMBER".into()),
            source: "test".into(),
        };
        let json = to_json(&table);
        assert_eq!(json["rows"], json!([["2026-11-23", null]]));
        assert_eq!(json["columns"][1], json!({"title": "cost", "kind": "money"}));
        assert_eq!(json["marking"], "TLP:AMBER");
    }
}
