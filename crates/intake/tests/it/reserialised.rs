//! A file that is written differently says the same: keys in another order, records in another order, other
//! white space, other delimiters.

use crate::corpus;
use serde_json::Value;
use std::collections::BTreeSet;
use warrant_intake::table::{Sheet, Table, read_table};
use warrant_intake::{Limits, Reader, formats, recognise};

/// Readers that are programmed test this themselves; here it is the mapped ones.
fn mapped() -> BTreeSet<&'static str> {
    formats::embedded().map(|mapping| mapping.unwrap().id()).collect()
}

/// The facts without their places, sorted.
fn facts(reader: &dyn Reader, bytes: &[u8]) -> Vec<String> {
    let (gathered, _) = corpus::read(reader, bytes);
    let mut facts: Vec<String> =
        gathered.facts.iter().map(|(_, fact)| serde_json::to_string(fact).unwrap()).collect();
    facts.sort();
    facts
}

#[test]
fn json_written_in_another_order_gives_the_same_facts() {
    let mapped = mapped();
    let mut tried = 0;
    let mut differing = Vec::new();
    for (name, bytes) in corpus::files("scans") {
        let Ok(reader) = recognise(&bytes) else { continue };
        let Ok(value) = serde_json::from_slice::<Value>(&bytes) else { continue };
        if !mapped.contains(reader.id()) {
            continue;
        }
        tried += 1;
        let before = facts(reader, &bytes);
        let turned = turned(value, 0);
        for written in [serde_json::to_vec(&turned).unwrap(), serde_json::to_vec_pretty(&turned).unwrap()] {
            let again = recognise(&written).map(Reader::id);
            if again != Ok(reader.id()) || facts(reader, &written) != before {
                differing.push(format!("{name}: {} / {again:?}", reader.id()));
                break;
            }
        }
    }
    println!("{tried} files");
    assert!(differing.is_empty(), "{differing:#?}");
}

/// Reverses the keys of all objects, and the order of the outermost lists of objects: the records.
fn turned(value: Value, depth: u32) -> Value {
    match value {
        Value::Object(map) => {
            let entries: Vec<_> =
                map.into_iter().map(|(key, value)| (key, turned(value, depth + 1))).collect();
            Value::Object(entries.into_iter().rev().collect())
        }
        Value::Array(items) => {
            let records = depth <= 1 && items.iter().all(Value::is_object);
            let items = items.into_iter().map(|item| turned(item, depth + 2));
            if records { Value::Array(items.rev().collect()) } else { Value::Array(items.collect()) }
        }
        other => other,
    }
}

#[test]
fn tables_with_other_delimiters_and_rows_in_another_order_give_the_same_facts() {
    let mapped = mapped();
    let mut tried = 0;
    let mut differing = Vec::new();
    for (name, bytes) in corpus::files("scans") {
        let Ok(reader) = recognise(&bytes) else { continue };
        if !mapped.contains(reader.id()) || !name.ends_with(".csv") {
            continue;
        }
        let Ok(table) = read_table(&bytes, Sheet::First, &Limits::default()) else { continue };
        tried += 1;
        let before = facts(reader, &bytes);
        for delimiter in [",", ";", "\t"] {
            let written = written(&table, delimiter);
            let again = recognise(written.as_bytes()).map(Reader::id);
            if again != Ok(reader.id()) || facts(reader, written.as_bytes()) != before {
                differing.push(format!("{name}: {} with {delimiter:?} / {again:?}", reader.id()));
            }
        }
    }
    println!("{tried} files");
    assert!(differing.is_empty(), "{differing:#?}");
}

/// The table with its rows from last to first, but with what stands above a header in its place.
fn written(table: &Table, delimiter: &str) -> String {
    let widest = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let above = if widest > table.headers.len() { 3 } else { 0 }.min(table.rows.len());
    let (first, rest) = table.rows.split_at(above);
    let rows = std::iter::once(&table.headers)
        .chain(first.iter().map(|row| &row.cells))
        .chain(rest.iter().rev().map(|row| &row.cells));
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    rows.map(|cells| cells.iter().map(quoted).collect::<Vec<_>>().join(delimiter) + "\r\n").collect()
}

#[test]
fn text_with_other_line_ends_gives_the_same_facts() {
    let mapped = mapped();
    for (name, bytes) in corpus::files("scans") {
        let Ok(reader) = recognise(&bytes) else { continue };
        if !mapped.contains(reader.id()) || !(name.ends_with(".txt") || name.ends_with(".xml")) {
            continue;
        }
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        let written = text.replace("\r\n", "\n").replace('\n', "\r\n");
        let plain = |facts: Vec<String>| -> Vec<String> {
            facts.into_iter().map(|fact| fact.replace("\\r\\n", "\\n")).collect()
        };
        let unix = text.replace("\r\n", "\n");
        assert_eq!(plain(facts(reader, unix.as_bytes())), plain(facts(reader, written.as_bytes())), "{name}");
    }
}
