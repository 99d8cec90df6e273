//! Documents come back: literally in their own format, and through any other without loss.

use crate::corpus::{self, parse, read};
use serde_json::Value;
use warrant_oscal::{Document, Format};

const FORMATS: [Format; 3] = [Format::Json, Format::Xml, Format::Yaml];

/// A text without white space.
fn solid(text: &str) -> String {
    text.trim_start_matches('\u{feff}').split_whitespace().collect()
}

/// XML without white space between tags, and with single spaces inside them.
fn between_tags(text: &str) -> String {
    let mut out = String::new();
    for piece in text.split_inclusive('>') {
        let (content, tag) = piece.split_at(piece.find('<').unwrap_or(piece.len()));
        if !content.trim().is_empty() {
            out.push_str(content);
        }
        out.push_str(
            &tag.split_whitespace().collect::<Vec<_>>().join(" ").replace(" />", "/>").replace(" >", ">"),
        );
    }
    out
}

/// Two long texts must be equal; only the place where they part is shown.
fn same(left: &str, right: &str, name: &str) {
    if left != right {
        let at = left.chars().zip(right.chars()).take_while(|(a, b)| a == b).count();
        let around = |text: &str| text.chars().skip(at.saturating_sub(40)).take(120).collect::<String>();
        panic!("{name}:\n left: {}\nright: {}", around(left), around(right));
    }
}

fn json(document: &Document) -> Value {
    serde_json::from_str(&document.write(Format::Json).unwrap()).unwrap()
}

#[test]
fn documents_come_back_to_the_letter_in_their_own_format() {
    let Some(oscal) = corpus::oscal() else { return };
    let mut count = [0; 3];
    for path in corpus::documents(&oscal) {
        let name = path.display().to_string();
        let source = std::fs::read_to_string(&path).unwrap();
        let format = corpus::format(&path);
        let document = read(&path);
        let written = document.write(format).unwrap();
        // Flow style is laid out as block style.
        let laid_out =
            if format == Format::Yaml { solid(&source).replace("[{}]", "-{}") } else { solid(&source) };
        same(&solid(&written), &laid_out, &name);
        let again = parse(written.as_bytes(), format, &name);
        assert_eq!(again.write(format).unwrap(), written, "{name}: written twice");
        match format {
            Format::Json => {
                let (before, after): (Value, Value) =
                    (serde_json::from_str(&source).unwrap(), serde_json::from_str(&written).unwrap());
                // As texts, so that the order of properties counts too.
                assert_eq!(before.to_string(), after.to_string(), "{name}");
            }
            Format::Xml => same(&between_tags(&written), &between_tags(source.trim_end()), &name),
            // Values with their white space, as another reader of our own sees them.
            Format::Yaml => assert_eq!(json(&again).to_string(), json(&document).to_string(), "{name}"),
        }
        count[FORMATS.iter().position(|known| *known == format).unwrap()] += 1;
    }
    println!("came back literally: {} JSON, {} XML, {} YAML", count[0], count[1], count[2]);
    assert!(count.iter().all(|count| *count >= 20), "{count:?}");
}

/// Texts of two documents that differ, and how many there are.
fn compare(
    before: &Value,
    after: &Value,
    place: &str,
    texts: &mut usize,
    differing: &mut Vec<(String, String)>,
) {
    match (before, after) {
        (Value::Object(a), Value::Object(b)) => {
            assert_eq!(a.len(), b.len(), "{place}");
            for (key, value) in a {
                let other = b.get(key).unwrap_or_else(|| panic!("{place}/{key} is lost"));
                compare(value, other, &format!("{place}/{key}"), texts, differing);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len(), "{place}");
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                compare(a, b, &format!("{place}/{at}"), texts, differing);
            }
        }
        (Value::String(a), Value::String(b)) => {
            *texts += 1;
            if a != b {
                differing.push((a.clone(), b.clone()));
            }
        }
        (a, b) => assert_eq!(a, b, "{place}"),
    }
}

/// The letters and digits of a text: what Markdown may write in several ways is left out.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn documents_come_back_through_every_other_format() {
    let Some(oscal) = corpus::oscal() else { return };
    let (mut ways, mut texts, mut rewritten) = (0, 0, 0);
    for path in corpus::documents(&oscal) {
        let document = read(&path);
        let format = corpus::format(&path);
        for to in FORMATS.into_iter().filter(|to| *to != format) {
            let name = format!("{} through {to:?}", path.display());
            let there = match document.write(to) {
                Ok(there) => there,
                // An empty array is no part of the model and has no form elsewhere; the error names it.
                Err(error) => {
                    assert!(name.contains("component-definition_invalid.json through"), "{name}: {error}");
                    assert_eq!((error.place.as_str(), error.line), ("/component-definition/components", 23));
                    continue;
                }
            };
            let back = parse(there.as_bytes(), to, &name).write(format).unwrap();
            let back = parse(back.as_bytes(), format, &name);
            // What the other format says is the same the second time, to the letter.
            if to == Format::Xml || format != Format::Xml {
                let again = back.write(to).unwrap();
                same(&solid(&again), &solid(&there), &name);
            }
            let mut differing = Vec::new();
            compare(&json(&document), &json(&back), "", &mut texts, &mut differing);
            let between_objects = format != Format::Xml && to != Format::Xml;
            assert!(!between_objects || differing.is_empty(), "{name}: {differing:?}");
            for (before, after) in &differing {
                assert_eq!(letters(before), letters(after), "{name}");
            }
            rewritten += differing.len();
            ways += 1;
        }
    }
    println!("{ways} conversions and back: {texts} texts, {rewritten} of them Markdown in another spelling");
    assert!(ways > 150 && rewritten * 50 < texts, "{ways} ways, {rewritten} of {texts}");
}

#[test]
fn times_and_addresses_stay_to_the_letter() {
    let source = r#"{"catalog":{"uuid":"5e139edd-86aa-4b65-8431-1192bd276658","metadata":{"title":"T","last-modified":"2024-03-01T13:57:28.355446-04:00","version":"1.0","oscal-version":"1.1.2","links":[{"href":"https://fedramp.gov"}]}}}"#;
    let document = parse(source.as_bytes(), Format::Json, "ours");
    for to in FORMATS {
        let text = document.write(to).unwrap();
        for value in ["2024-03-01T13:57:28.355446-04:00", "https://fedramp.gov", "1.1.2"] {
            assert!(text.contains(value), "{to:?}: {text}");
        }
        assert!(!text.contains("https://fedramp.gov/"));
        assert_eq!(json(&parse(text.as_bytes(), to, "again")), json(&document), "{to:?}");
    }
}

#[test]
fn values_of_the_wrong_kind_stay_where_they_are() {
    let source = r#"{"catalog":{"uuid":5,"metadata":{"title":{"x":1},"parties":[7,{"uuid":"a","type":"person"},[]],"roles":"r"},"groups":{}}}"#;
    let document = parse(source.as_bytes(), Format::Json, "ours");
    let written: Value = serde_json::from_str(&document.write(Format::Json).unwrap()).unwrap();
    assert_eq!(written.to_string(), source);
    let problems = warrant_oscal::validate::validate(&document);
    let told: Vec<&str> = problems
        .iter()
        .filter(|problem| problem.rule == "wrong-kind")
        .map(|problem| problem.place.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "/catalog/uuid",
            "/catalog/metadata/title",
            "/catalog/metadata/parties/0",
            "/catalog/metadata/parties/2",
            "/catalog/metadata/roles",
            "/catalog/groups"
        ]
    );
    assert!(
        !problems.iter().any(|problem| problem.message.contains("no `uuid`") && problem.place == "/catalog")
    );
    assert!(document.write(Format::Xml).is_err());
}
