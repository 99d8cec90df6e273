//! Every kind leaves as CSV and XLSX and comes back, hostile text included.

use crate::sample::now;
use calamine::{Data, Reader, Xlsx};
use serde_json::{Map, Value, json};
use std::io::Cursor;
use warrant_model::Registry;
use warrant_model::field::{Field, FieldType, Many};
use warrant_model::registry::KindEntry;
use warrant_report::tables::{Heading, records_table, template_table};
use warrant_report::{to_csv, to_xlsx, value_of};

const HOSTILE: [&str; 12] = [
    "=cmd|' /C calc'!A1",
    "+1",
    "-1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "'=1+1",
    "\"quoted\", and; split | here",
    "first line\nsecond line",
    "2026-11-23",
    "0012",
];

/// A body with every field filled in; text takes the hostile strings in turn.
fn body(entry: &KindEntry, nth: usize) -> Value {
    let fields = entry.fields.iter().enumerate();
    fields.map(|(at, field)| (field.name.clone(), filled(field, nth + at))).collect::<Map<_, _>>().into()
}

fn filled(field: &Field, nth: usize) -> Value {
    let text = HOSTILE[nth % HOSTILE.len()];
    match &field.value {
        FieldType::Text(_) => json!(text),
        FieldType::Bool => json!(nth.is_multiple_of(2)),
        FieldType::Choice(words) | FieldType::State(words) => json!(words[nth % words.len()]),
        FieldType::Choices(words) => json!([words[0], words[nth % words.len()]]),
        FieldType::Control(Many::One) => json!("ac-2_smt.a"),
        FieldType::Control(Many::Several) => json!(["ac-2", "si-2.3"]),
        FieldType::Link(_, Many::One) => json!(format!("id{nth}")),
        FieldType::Link(_, Many::Several) => json!(["id1", "id2"]),
        FieldType::List => json!([text, "plain", "a;b"]),
        FieldType::Date => json!("2026-11-23"),
        FieldType::Integer => json!(nth as i64 - 3),
        FieldType::Number | FieldType::Money => json!(nth as f64 * -1.25),
        FieldType::Rows(fields) => {
            let row = |nth| -> Value {
                fields
                    .iter()
                    .map(|field| (field.name.clone(), filled(field, nth)))
                    .collect::<Map<_, _>>()
                    .into()
            };
            json!([row(nth), row(nth + 1)])
        }
    }
}

/// What an import makes of a header and text cells.
fn imported(entry: &KindEntry, rows: &[Vec<String>]) -> Vec<Value> {
    assert_eq!(rows[0][0], "id");
    let body = |row: &Vec<String>| {
        let mut body = Map::new();
        for (name, cell) in rows[0].iter().zip(row).skip(1) {
            let field = entry.field(name).unwrap_or_else(|| panic!("no field {name}"));
            let value = value_of(field, cell).unwrap_or_else(|problem| panic!("{name}: {problem}"));
            body.extend(value.map(|value| (name.clone(), value)));
        }
        Value::Object(body)
    };
    rows[1..].iter().map(body).collect()
}

fn csv_cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn xlsx_cells(bytes: Vec<u8>, sheet: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    assert!(book.worksheet_formula(sheet).unwrap().is_empty());
    let range = book.worksheet_range(sheet).unwrap();
    let shown = |cell: &Data| match cell {
        Data::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    };
    range.rows().map(|row| row.iter().map(shown).collect()).collect()
}

#[test]
fn every_kind_comes_back_as_it_left() {
    for entry in Registry::standard().kinds() {
        let bodies: Vec<Value> = (0..HOSTILE.len()).map(|nth| body(entry, nth)).collect();
        let rows = bodies.iter().map(|body| ("record_1", body));
        let table = records_table(entry, rows, &|_, id| id.to_owned(), Heading::default());
        assert_eq!(imported(entry, &csv_cells(&to_csv(&table))), bodies, "CSV of {}", entry.spec.name);
        let cells = xlsx_cells(to_xlsx(&table, now()).unwrap(), &table.title);
        assert_eq!(imported(entry, &cells), bodies, "XLSX of {}", entry.spec.name);
    }
}

#[test]
fn links_are_shown_by_title() {
    let registry = Registry::standard();
    let entry = registry.kind("component").unwrap();
    let body = json!({"system": "s1", "name": "db", "stores": ["i1", "i2"], "encrypted_at_rest": true});
    let table = records_table(entry, [("c1", &body)], &|kind, id| format!("{kind} {id}"), Heading::default());
    let csv = String::from_utf8(to_csv(&table)).unwrap();
    assert!(csv.contains("\r\nc1,system s1,db,"), "{csv}");
    assert!(csv.contains("\"information_type i1;information_type i2\""), "{csv}");
    assert!(csv.contains(",yes,"), "{csv}");
}

#[test]
fn a_template_has_the_header_and_no_rows() {
    let registry = Registry::standard();
    let table = template_table(registry.kind("note").unwrap());
    let cells = csv_cells(&to_csv(&table));
    assert_eq!(cells.len(), 1);
    assert_eq!(cells[0].len(), registry.kind("note").unwrap().fields.len() + 1);
}
