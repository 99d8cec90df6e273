//! What the tokeniser takes and refuses.

use crate::error::{Limits, ReadError};
use crate::tree::{Document, Format};

fn read(text: &str) -> Result<Document, ReadError> {
    Document::read(text.as_bytes(), Format::Json, &Limits::default())
}

fn catalog(inside: &str) -> String {
    format!("{{\"catalog\": {{{inside}}}}}")
}

#[test]
fn damaged_json_is_refused_with_its_line() {
    for (inside, line) in [
        ("\n\"uuid\": ", 2),
        ("\"uuid\" \"x\"", 1),
        ("\"uuid\": \"x\",}", 1),
        ("\n\n\"uuid\": \"a\u{1}b\"", 3),
        ("\"uuid\": \"\\x\"", 1),
        ("\"uuid\": \"\\ud800\"", 1),
        ("\"uuid\": 01", 1),
        ("\"uuid\": -", 1),
        ("\"uuid\": tru", 1),
        ("\"uuid\": [1 2]", 1),
        ("\"uuid\": {\"a\" 1}", 1),
    ] {
        match read(&catalog(inside)) {
            Err(ReadError::Malformed { line: found, .. }) => assert_eq!(found, line, "{inside}"),
            other => panic!("{inside}: {other:?}"),
        }
    }
    assert!(matches!(read("{\"catalog\": {}} x"), Err(ReadError::Malformed { .. })));
    assert!(matches!(read("[]"), Err(ReadError::Model { .. })));
    assert!(matches!(read("{\"nessus\": {}}"), Err(ReadError::Model { .. })));
    assert!(matches!(read("{}"), Err(ReadError::Model { .. })));
    assert!(matches!(read("{\"catalog\": {}, \"profile\": {}}"), Err(ReadError::Malformed { .. })));
    assert!(matches!(
        Document::read(b"{\"\xff", Format::Json, &Limits::default()),
        Err(ReadError::Encoding { at: 2 })
    ));
}

#[test]
fn limits_are_kept() {
    let deep = catalog(&format!("\"x\": {}", "[".repeat(10_000)));
    assert!(matches!(read(&deep), Err(ReadError::Limit { what: "nesting depth", .. })));
    let nested = format!("{{\"catalog\": {}", "{\"groups\": [".repeat(10_000));
    assert!(matches!(read(&nested), Err(ReadError::Limit { what: "nesting depth", .. })));
    let number = catalog(&format!("\"x\": {}", "1".repeat(100_000)));
    assert!(matches!(read(&number), Err(ReadError::Limit { what: "length of a number", .. })));
    let tight = Limits { text: 10, ..Limits::default() };
    let long = catalog("\"uuid\": \"01234567890\"");
    assert!(matches!(Document::read(long.as_bytes(), Format::Json, &tight), Err(ReadError::Limit { .. })));
    let long = catalog("\"uuid\": \"\\n01234567890\"");
    assert!(matches!(Document::read(long.as_bytes(), Format::Json, &tight), Err(ReadError::Limit { .. })));
}

#[test]
fn escapes_are_decoded_and_written_as_they_were() {
    let text = catalog("\"uuid\": \"a\\u0041\\ud83d\\ude00\\/\\n\"");
    let document = read(&text).unwrap();
    assert_eq!(document.text(1), "aA\u{1f600}/\n");
    assert!(super::write(&document).unwrap().contains("\"a\\u0041\\ud83d\\ude00\\/\\n\""));
}
