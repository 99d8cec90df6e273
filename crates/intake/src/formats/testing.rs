//! What the tests of all readers share: reading bytes, damaging them, finding the corpus.

use crate::reader::Gathered;
use crate::{Input, Limits, ReadError, Reader, Reading};
use std::path::PathBuf;
use warrant_model::fact::Fact;

/// Reads with the default limits.
pub(crate) fn read(reader: &dyn Reader, bytes: &[u8]) -> Result<(Reading, Gathered), ReadError> {
    let mut gathered = Gathered::default();
    let input = Input { name: "test", bytes, limits: Limits::default() };
    reader.read(&input, &mut gathered).map(|reading| (reading, gathered))
}

/// The facts without their places.
pub(crate) fn facts(reader: &dyn Reader, bytes: &[u8]) -> Vec<Fact> {
    let (_, gathered) = read(reader, bytes).unwrap();
    gathered.facts.into_iter().map(|(_, fact)| fact).collect()
}

/// Reads the reader's example, checks that it is recognised, complete and free of problems, that every place
/// has a line within the file, and that damage never makes the reader panic.
pub(crate) fn example_holds(reader: &dyn Reader) {
    let example = reader.example();
    let sniff = crate::Sniff::of(example.bytes);
    assert!(reader.recognise(&sniff) >= crate::Confidence::Likely, "{} is not recognised", reader.id());
    let (reading, gathered) = read(reader, example.bytes).unwrap();
    assert_eq!(gathered.problems, []);
    assert_eq!(gathered.facts.len(), example.facts, "{:#?}", gathered.facts);
    assert!(!reading.tool.name.is_empty() && !reading.targets.is_empty());
    let lines = example.bytes.split(|byte| *byte == b'\n').count() as u32;
    for (place, _) in &gathered.facts {
        assert!((1..=lines).contains(&place.line) && !place.pointer.is_empty(), "{place:?}");
    }
    survives_damage(reader, example.bytes);
}

/// Cuts the bytes off at every offset, then changes bytes here and there; nothing may panic.
pub(crate) fn survives_damage(reader: &dyn Reader, bytes: &[u8]) {
    let step = (bytes.len() / 2000).max(1);
    for end in (0..bytes.len()).step_by(step) {
        let _ = read(reader, &bytes[..end]);
    }
    // A fixed linear congruential sequence: the same damage on every run.
    let mut state = 0x2545_f491_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    for _ in 0..1000 {
        let mut damaged = bytes.to_vec();
        for _ in 0..=next() % 4 {
            let at = next() % damaged.len();
            damaged[at] = (next() & 0xff) as u8;
        }
        let _ = read(reader, &damaged);
    }
}

/// The files below a corpus folder that have one of these extensions, by path; empty, with one line said,
/// when there is no corpus.
pub(crate) fn corpus(folder: &str, extensions: &[&str]) -> Vec<(String, Vec<u8>)> {
    let root = std::env::var_os("WARRANT_CORPUS").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus"),
        PathBuf::from,
    );
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|known| extensions.iter().any(|e| *e == known)) {
                found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
            }
        }
    }
    if found.is_empty() {
        eprintln!("skipped: no corpus at {}", root.join(folder).display());
    }
    found.sort();
    found
}

/// Reverses the keys of all objects of a JSON example: the same facts must come out.
pub(crate) fn key_order_is_free(reader: &dyn Reader) {
    let bytes = reader.example().bytes;
    let value: serde_json::Value = serde_json::from_slice(bytes).unwrap();
    let turned = serde_json::to_vec_pretty(&reversed(value)).unwrap();
    assert_eq!(read(reader, bytes).unwrap().0, read(reader, &turned).unwrap().0);
    assert_eq!(facts(reader, bytes), facts(reader, &turned));
}

fn reversed(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Object(map) => {
            let turned: Vec<_> = map.into_iter().map(|(key, value)| (key, reversed(value))).collect();
            Value::Object(turned.into_iter().rev().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(reversed).collect()),
        other => other,
    }
}
