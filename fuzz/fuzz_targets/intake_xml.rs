//! The XML layer alone: any bytes are walked to the end or refused, in all three ways a reader can walk.

#![no_main]

use libfuzzer_sys::fuzz_target;
use warrant_intake::xml::{Element, Xml, decode};
use warrant_intake::{Input, Limits, ReadError};

const LIMITS: Limits = Limits {
    bytes: 1 << 20,
    depth: 100,
    facts: 10_000,
    text: 1 << 16,
    ratio: 200,
    time: std::time::Duration::from_secs(10),
    secrets: None,
};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = decode(&Input { name: "fuzz.xml", bytes, limits: LIMITS }) else { return };
    let _ = nested(&text);
    let _ = flat(&text);
});

/// Level by level; every second element is read as text instead of being entered.
fn nested(text: &str) -> Result<(), ReadError> {
    let mut xml = Xml::open(text, LIMITS);
    let root = xml.root()?;
    let mut open = vec![root];
    let mut seen = 0_u32;
    while let Some(parent) = open.last() {
        let Some(child) = xml.child(parent)? else {
            open.pop();
            continue;
        };
        look(&child)?;
        seen += 1;
        if seen.is_multiple_of(2) {
            assert!(xml.text(&child)?.len() <= LIMITS.text);
        } else {
            open.push(child);
        }
        assert!(open.len() <= LIMITS.depth as usize);
        assert!(xml.offset() <= text.len() as u64);
    }
    xml.finish()
}

/// Every element in document order.
fn flat(text: &str) -> Result<(), ReadError> {
    let mut xml = Xml::open(text, LIMITS);
    let root = xml.root()?;
    let mut line = root.line();
    while let Some(element) = xml.descendant(&root)? {
        assert!(element.line() >= line, "lines only grow");
        line = element.line();
    }
    xml.finish()
}

fn look(element: &Element<'_>) -> Result<(), ReadError> {
    let _ = (element.name().len(), element.namespace().len());
    for name in ["id", "name", "href", ""] {
        element.attribute(name)?;
    }
    Ok(())
}
