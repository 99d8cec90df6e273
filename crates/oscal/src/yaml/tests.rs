//! What is refused, and what plain values are.

use super::plain;
use crate::data_type::JsonKind;
use crate::error::{Limits, ReadError};
use crate::tree::{Document, Format};

fn read(text: &str) -> Result<Document, ReadError> {
    Document::read(text.as_bytes(), Format::Yaml, &Limits::default())
}

#[test]
fn what_could_expand_is_refused() {
    for (text, what) in [
        ("catalog: &a\n  uuid: x\n", "anchors"),
        ("catalog:\n  uuid: *a\n", ""),
        ("catalog:\n  uuid: !!str x\n", "tags"),
        ("catalog:\n  uuid: x\n---\ncatalog:\n  uuid: y\n", "several documents in one file"),
    ] {
        match read(text) {
            Err(ReadError::Yaml { what: found, .. }) if !what.is_empty() => assert_eq!(found, what),
            // An alias without its anchor is no YAML at all.
            Err(ReadError::Malformed { .. } | ReadError::Yaml { .. }) if what.is_empty() => {}
            other => panic!("{text}: {other:?}"),
        }
    }
    let bomb = "a: &a [x]\nb: &b [*a,*a,*a,*a]\ncatalog: *b\n";
    assert!(read(bomb).is_err());
}

#[test]
fn limits_are_kept() {
    let deep = format!("catalog:\n  x: {}", "[".repeat(10_000));
    assert!(matches!(
        read(&deep),
        Err(ReadError::Limit { what: "nesting depth", .. } | ReadError::Malformed { .. })
    ));
    let nested = format!("catalog:\n  x: {}", "- ".repeat(10_000));
    assert!(matches!(
        read(&nested),
        Err(ReadError::Limit { what: "nesting depth", .. } | ReadError::Malformed { .. })
    ));
    let number = format!("catalog:\n  x: {}\n", "1".repeat(100_000));
    assert!(matches!(read(&number), Err(ReadError::Limit { what: "length of a number", .. })));
}

#[test]
fn plain_values_follow_the_core_schema() {
    for text in ["1", "-1.5", "1e5", "0"] {
        assert_eq!(plain(text), Some(JsonKind::Number), "{text}");
    }
    for text in ["true", "false"] {
        assert_eq!(plain(text), Some(JsonKind::Boolean), "{text}");
    }
    for text in ["", "~", "null", "True", "+1", "01", ".5", "0x1f", "0o7", ".inf", "-.inf", ".nan"] {
        assert_eq!(plain(text), None, "{text}");
    }
    for text in ["1.1.2", "2024-02-01T13:57:28-04:00", "a", "1a", "e5", "-", "0x"] {
        assert_eq!(plain(text), Some(JsonKind::String), "{text}");
    }
}

#[test]
fn a_number_where_a_string_belongs_is_told() {
    let document = read("catalog:\n  metadata:\n    version: 1.0\n").unwrap();
    let problems = crate::validate::validate(&document);
    let problem = problems.iter().find(|problem| problem.rule == "wrong-kind").unwrap();
    assert_eq!((problem.place.as_str(), problem.line), ("/catalog/metadata/version", 3));
    assert_eq!(problem.remedy, "put it in quotes");
}

#[test]
fn an_unknown_property_is_written_as_it_is_or_not_at_all() {
    let kept = "catalog:\n  uuid: x\n  \"me: too\": 1\n  other: 'a'\n";
    assert_eq!(read(kept).unwrap().write(Format::Yaml).unwrap(), kept);
    for unknown in
        ["? titl:e T", "? \"a: b\"", "? a", "? 'a: b'\n  : c", "? a:/ 7f-? ti #:e T", "? a # b: c\n  : d"]
    {
        let document = read(&format!("catalog:\n  uuid: x\n  {unknown}\n")).unwrap();
        if let Ok(written) = document.write(Format::Yaml) {
            let again = read(&written).unwrap_or_else(|error| panic!("{unknown}: {error} in {written}"));
            assert_eq!(again.write(Format::Yaml).unwrap(), written, "{unknown}");
        }
    }
    assert!(read("catalog:\n  uuid: x\n  ? titl:e T\n").unwrap().write(Format::Yaml).is_err());
}

#[test]
fn a_block_whose_text_looks_like_the_head_of_one_is_kept() {
    for block in [
        "|\n      ||||Two lines\n\n      - id: a",
        "|-\n      |\n      text",
        "|\n      >-\n      text # no comment",
        "| # a note |\n      | text",
        "\n      |\n      text",
    ] {
        let written = format!("catalog:\n  uuid: x\n  metadata:\n    remarks: {block}\n");
        let document = read(&written).unwrap();
        let first = document.write(Format::Yaml).unwrap();
        let again = read(&first).unwrap_or_else(|error| panic!("{block}: {error} in {first}"));
        assert_eq!(again.write(Format::Yaml).unwrap(), first, "{block}");
        let json = |document: &Document| document.write(Format::Json).unwrap();
        assert_eq!(json(&again), json(&document), "{block}");
    }
}

#[test]
fn a_block_where_none_belongs_is_written_as_it_is_or_not_at_all() {
    let written =
        "catalog:\n  uuid: x\n  groups:\n    - title: g\n      parts:\n        - >-\n          \"\"a\n";
    let document = read(written).unwrap();
    if let Ok(again) = document.write(Format::Yaml) {
        assert!(read(&again).is_ok(), "{again}");
    }
    let problems = crate::validate::validate(&document);
    assert!(problems.iter().any(|problem| problem.line == 6), "{problems:?}");
}

#[test]
fn what_does_not_fit_can_be_read_again_when_it_was_written() {
    for misfit in [
        "version: #1'\n     remarks:    day.",
        "version:\n      - a",
        "remarks:\n      \"a\": b",
        "emarks: |\r    a  b.",
    ] {
        let written = format!("catalog:\n  uuid: x\n  metadata:\n    title: t\n    {misfit}\n");
        let Ok(document) = read(&written) else { continue };
        if let Ok(again) = document.write(Format::Yaml) {
            let read_again = read(&again).unwrap_or_else(|error| panic!("{misfit}: {error} in {again}"));
            assert_eq!(read_again.write(Format::Yaml).unwrap(), again, "{misfit}");
        }
    }
}

#[test]
fn a_line_that_would_become_a_comment_is_quoted() {
    let written = read("catalog:\n  uuid: 6f\n  \t\t#\tta a:\n   b\n").unwrap().write(Format::Yaml).unwrap();
    assert!(read(&written).is_ok(), "{written}");
}

#[test]
fn a_root_that_is_indented_is_written_at_the_margin() {
    for head in ["", "  ", "# tea\n   ", "---\n ", "--- # tea\n", "\u{feff}", "\u{feff}  "] {
        let written = format!("{head}catalog:\n     uuid: x\n     metadata:\n       title: a\n");
        let Ok(document) = read(&written) else { panic!("{head:?}") };
        let first = document.write(Format::Yaml).unwrap();
        assert!(first.contains("catalog:\n  uuid: x\n"), "{first}");
        let again = read(&first).unwrap_or_else(|error| panic!("{head:?}: {error} in {first:?}"));
        assert_eq!(again.write(Format::Yaml).unwrap(), first, "{head:?}");
    }
}

#[test]
fn lines_that_end_in_a_carriage_return_are_indented_too() {
    for remarks in ["|\n     one\n      \r     `\ttwo", "one\r      two", "\"one\r      two\""] {
        let written = format!("catalog:\n  uuid: x\n  metadata:\n    remarks: {remarks}\n");
        let document = read(&written).unwrap();
        let first = document.write(Format::Yaml).unwrap();
        let again = read(&first).unwrap_or_else(|error| panic!("{remarks:?}: {error} in {first:?}"));
        assert_eq!(again.write(Format::Yaml).unwrap(), first, "{remarks:?}");
        let json = |document: &Document| document.write(Format::Json).unwrap();
        assert_eq!(json(&again), json(&document), "{remarks:?}");
    }
}

#[test]
fn characters_that_yaml_does_not_allow_are_refused_with_their_line() {
    let refused = read("catalog:\n  uuid: -9e7\u{b}\u{b}:\n").unwrap_err().to_string();
    assert!(refused.contains("line 2") && refused.contains("U+000B"), "{refused}");
    assert!(read("catalog:\n  uuid: \"\\u000b\"\n").is_ok(), "an escape is text");
    // Where they come from another format they are written as escapes.
    for text in ["a\u{ffff}b", "a\u{fffe}b\nc"] {
        let json = serde_json::json!({"catalog": {"metadata": {"title": text, "remarks": text}}}).to_string();
        let document = Document::read(json.as_bytes(), Format::Json, &Limits::default()).unwrap();
        let written = document.write(Format::Yaml).unwrap();
        let again = read(&written).unwrap_or_else(|error| panic!("{error} in {written}"));
        assert_eq!(again.write(Format::Json).unwrap(), document.write(Format::Json).unwrap());
    }
}
