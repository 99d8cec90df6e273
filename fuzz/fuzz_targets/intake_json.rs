//! The JSON layer alone: parse once, walk the raw arrays record by record, with the place of each.

#![no_main]

use libfuzzer_sys::fuzz_target;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use warrant_intake::json::Document;
use warrant_intake::reader::Gathered;
use warrant_intake::{Input, Limits, text};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { bytes: 1 << 20, text: 1 << 12, facts: 10_000, ..Limits::default() };
    let Ok(text) = text::of(&Input { name: "fuzz.json", bytes, limits }) else { return };
    let document = Document::of(&text, limits);
    let mut sink = Gathered::default();
    let lines = text.lines().count().max(1) as u32 + 1;
    let mut walk = |array: Option<&RawValue>, pointer: &str| {
        let _ = document.each(
            array,
            pointer,
            &mut sink,
            |place, record: BTreeMap<String, serde_json::Value>, _| {
                assert!((1..=lines).contains(&place.line), "line {} of {lines}", place.line);
                let _ = record.len();
                Ok(())
            },
        );
    };
    if document.is_array() {
        if let Ok(array) = document.parse::<&RawValue>() {
            walk(Some(array), "");
        }
    } else if let Ok(members) = document.parse::<BTreeMap<String, &RawValue>>() {
        for (name, raw) in &members {
            walk(Some(raw), name);
            let _ = document.part::<serde_json::Value>(raw);
        }
    }
});
