//! What holds for all documents, whatever their texts say.

use crate::corpus::parse;
use proptest::prelude::*;
use serde_json::{Value, json};
use warrant_oscal::{Document, Format, Limits};

fn catalogue(title: &str, version: &str, prose: &str, values: &[String]) -> Value {
    let props: Vec<Value> =
        values.iter().map(|value| json!({"name": "label", "value": value, "remarks": prose})).collect();
    json!({"catalog": {
        "uuid": "6f2f3f8e-7d0a-4c0b-9e7e-0b5d6f1a2c3d",
        "metadata": {"title": title, "last-modified": "2026-11-23T00:00:00Z", "version": version, "oscal-version": "1.2.2"},
        "controls": [{"id": "a", "title": title, "props": props, "parts": [{"name": "statement", "prose": prose}]}],
    }})
}

/// A text of any characters that JSON, XML and YAML can all hold.
fn any_text() -> impl Strategy<Value = String> {
    proptest::string::string_regex("[ -~\u{a0}-\u{2ff}\u{4e00}-\u{4e20}\u{1f600}\t\n]{1,40}").unwrap()
}

/// The letters of a text. Digits are left out: Markdown may read them as the number of an item.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

proptest! {
    #[test]
    fn texts_without_markup_pass_through_every_format(
        version in any_text(),
        values in prop::collection::vec(any_text(), 1..4),
    ) {
        let source = catalogue("T", &version, "P", &values);
        let document = parse(source.to_string().as_bytes(), Format::Json, "any");
        for to in [Format::Json, Format::Yaml, Format::Xml] {
            let text = document.write(to).unwrap();
            let back = parse(text.as_bytes(), to, "back").write(Format::Json).unwrap();
            let back: Value = serde_json::from_str(&back).unwrap();
            prop_assert_eq!(&back, &source, "{:?}: {}", to, text);
        }
    }

    #[test]
    fn markup_passes_through_yaml_and_keeps_its_letters_in_xml(title in any_text(), prose in any_text()) {
        let source = catalogue(&title, "1", &prose, &[]);
        let mut source = source;
        source["catalog"]["controls"][0].as_object_mut().unwrap().remove("props");
        let document = parse(source.to_string().as_bytes(), Format::Json, "any");
        let yaml = document.write(Format::Yaml).unwrap();
        let back: Value = serde_json::from_str(&parse(yaml.as_bytes(), Format::Yaml, "y").write(Format::Json).unwrap()).unwrap();
        prop_assert_eq!(&back, &source, "{}", yaml);
        // Styles that run into each other may come out otherwise; no letter is lost.
        let xml = document.write(Format::Xml).unwrap();
        let through = parse(xml.as_bytes(), Format::Xml, "x").write(Format::Json).unwrap();
        let through: Value = serde_json::from_str(&through).unwrap();
        for place in ["/catalog/metadata/title", "/catalog/controls/0/parts/0/prose"] {
            let text = |value: &Value| value.pointer(place).and_then(Value::as_str).unwrap_or_default().to_owned();
            prop_assert_eq!(letters(&text(&through)), letters(&text(&source)), "{}", xml);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for format in [Format::Json, Format::Xml, Format::Yaml] {
            let _ = Document::read(&bytes, format, &Limits::default());
        }
    }
}
