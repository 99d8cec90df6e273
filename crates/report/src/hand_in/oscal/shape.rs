//! Small pieces of which documents are made: properties, text, links.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use warrant_oscal::plain;

/// Whose words properties and facets are that OSCAL has none for.
pub(super) const NAMESPACE: &str = "urn:warrant:oscal";

/// The vocabulary of OSCAL itself.
pub(super) const OSCAL: &str = "http://csrc.nist.gov/ns/oscal";

/// A property of OSCAL's own vocabulary; nothing without a value.
pub(super) fn property(name: &str, value: &str) -> Value {
    let value = plain::value(value);
    if value.is_empty() { Value::Null } else { json!({ "name": name, "value": value }) }
}

/// A property that OSCAL has no word for; nothing without a value.
pub(super) fn own(name: &str, value: &str) -> Value {
    let value = plain::value(value);
    if value.is_empty() { Value::Null } else { json!({ "name": name, "ns": NAMESPACE, "value": value }) }
}

/// Plain text as one line of markup; nothing when it is blank.
pub(super) fn line(text: &str) -> Value {
    let line = plain::line(text);
    if line.is_empty() { Value::Null } else { line.into() }
}

/// Plain text as paragraphs; nothing when it is blank.
pub(super) fn prose(text: &str) -> Value {
    let prose = plain::paragraphs(text);
    if prose.is_empty() { Value::Null } else { prose.into() }
}

/// Plain text where the model requires some, or what is said in its place.
pub(super) fn prose_or(text: Option<&str>, otherwise: &str) -> Value {
    match text.map(prose) {
        Some(prose) if !prose.is_null() => prose,
        _ => prose(otherwise),
    }
}

/// A day as an instant: its last second, since a thing due on a day is due until its end.
pub(super) fn deadline(date: Date) -> String {
    format!("{date}T23:59:59Z")
}

/// An instant, to the microsecond at most.
pub(super) fn instant(at: Timestamp) -> String {
    at.to_string()
}

/// What stays when members without a value are left out: nulls, blank text, empty lists and objects. `include-all` is
/// empty by nature.
pub(super) fn pruned(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.into_iter().filter_map(|(name, value)| {
                let value = if name == "include-all" { value } else { pruned(value) };
                (name == "include-all" || says_something(&value)).then_some((name, value))
            });
            Value::Object(kept.collect::<Map<_, _>>())
        }
        Value::Array(items) => items.into_iter().map(pruned).filter(says_something).collect(),
        other => other,
    }
}

fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_nothing_is_left_out() {
        let full = json!({"a": null, "b": [null, {"c": ""}], "d": {"e": []}, "include-all": {}, "f": 0});
        assert_eq!(pruned(full), json!({"include-all": {}, "f": 0}));
    }

    #[test]
    fn text_is_no_markup() {
        assert_eq!(line("*a* <b>"), json!("\\*a\\* \\<b>"));
        assert_eq!(prose_or(Some(" \n"), "Not said."), json!("Not said."));
        assert_eq!(property("label", " a\n b "), json!({"name": "label", "value": "a b"}));
    }
}
