//! `warrant catalog validate` and `convert` on documents of our own.

use crate::program::{expect, run, words};
use serde_json::{Value, json};
use std::path::Path;

fn metadata(title: &str) -> Value {
    json!({"title": title, "last-modified": "2026-11-23T00:00:00Z", "version": "1.0", "oscal-version": "1.2.2"})
}

fn write(folder: &Path, name: &str, document: &Value) {
    std::fs::write(folder.join(name), serde_json::to_string_pretty(document).unwrap()).unwrap();
}

fn documents(folder: &Path) {
    let catalogue = json!({"catalog": {
        "uuid": "6f2f3f8e-7d0a-4c0b-9e7e-0b5d6f1a2c3d",
        "metadata": metadata("Rules of a tea kitchen"),
        "controls": [{
            "id": "kt-1", "title": "Clean the *kettle*",
            "parts": [{"id": "kt-1_smt", "name": "statement", "prose": "Often.\n\n* daily\n* weekly"}],
        }],
    }});
    write(folder, "kitchen.json", &catalogue);
    let profile = |id: &str| {
        json!({"profile": {
            "uuid": "0d3c5a1e-2b4f-4a6d-8c9e-1f2e3d4c5b6a",
            "metadata": metadata("Small kitchen"),
            "imports": [{"href": "kitchen.json", "include-controls": [{"with-ids": [id]}]}],
        }})
    };
    write(folder, "small.json", &profile("kt-1"));
    write(folder, "wrong.json", &profile("zz-99"));
}

#[test]
fn valid_invalid_and_unreadable_have_their_exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    documents(folder.path());
    let text = expect(folder.path(), 0, &["catalog", "validate", "kitchen.json", "small.json"]);
    assert!(text.contains("kitchen.json: valid catalog (0 errors, 0 warnings, 0 notes)"), "{text}");
    // The catalogue is found beside the profile that names it.
    let text = expect(folder.path(), 1, &["catalog", "validate", "wrong.json"]);
    assert!(
        text.contains("error[cross-unknown-control] /profile/imports/0/include-controls/0/with-ids/0"),
        "{text}"
    );
    assert!(text.contains("the control zz-99 is not in kitchen.json"), "{text}");
    std::fs::write(folder.path().join("cut.json"), "{\"catalog\": {").unwrap();
    let text = expect(folder.path(), 2, &["catalog", "validate", "cut.json", "small.json"]);
    assert!(
        text.contains("cut.json: cannot be read: line 1: ") && text.contains("small.json: valid"),
        "{text}"
    );
    expect(folder.path(), 2, &["catalog", "validate", "absent.json"]);
    assert_eq!(run(folder.path(), &["catalog", "validate"]).status.code(), Some(2));
}

#[test]
fn pipelines_get_json_and_sarif() {
    let folder = tempfile::tempdir().unwrap();
    documents(folder.path());
    let text =
        expect(folder.path(), 1, &["catalog", "validate", "--format", "json", "wrong.json", "small.json"]);
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value[0]["valid"], false);
    assert_eq!(value[0]["problems"][0]["rule"], "cross-unknown-control");
    assert_eq!(
        value[1],
        json!({"file": "small.json", "model": "profile", "valid": true, "unreadable": null, "problems": []})
    );
    assert_eq!(crate::program::json(folder.path(), &["catalog", "validate", "small.json"])[0]["valid"], true);
    let text = expect(folder.path(), 1, &["catalog", "validate", "--format", "sarif", "wrong.json"]);
    let log: Value = serde_json::from_str(&text).unwrap();
    let result = &log["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "cross-unknown-control");
    assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "wrong.json");
}

#[test]
fn a_document_goes_through_xml_and_yaml_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    documents(folder.path());
    expect(folder.path(), 0, &["catalog", "convert", "kitchen.json", "--to", "xml", "-o", "kitchen.xml"]);
    let xml = std::fs::read_to_string(folder.path().join("kitchen.xml")).unwrap();
    assert!(xml.contains("<title>Clean the <em>kettle</em></title>"), "{xml}");
    assert!(xml.contains("<ul><li>daily</li><li>weekly</li></ul>"), "{xml}");
    expect(folder.path(), 0, &["catalog", "validate", "kitchen.xml"]);
    expect(folder.path(), 0, &["catalog", "convert", "kitchen.xml", "--to", "yaml", "-o", "kitchen.yaml"]);
    expect(folder.path(), 0, &["catalog", "validate", "kitchen.yaml"]);
    let back = expect(folder.path(), 0, &["catalog", "convert", "kitchen.yaml", "--to", "json"]);
    let source = std::fs::read_to_string(folder.path().join("kitchen.json")).unwrap();
    let (back, source): (Value, Value) =
        (serde_json::from_str(&back).unwrap(), serde_json::from_str(&source).unwrap());
    assert_eq!(back, source);
}

#[test]
fn hostile_files_are_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let bomb = "<!DOCTYPE l [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><catalog>&b;</catalog>";
    for (name, text, word) in [
        ("bomb.xml", bomb.to_owned(), "entities are refused"),
        ("deep.json", format!("{{\"catalog\": {}", "{\"groups\": [".repeat(10_000)), "nesting depth"),
        (
            "number.json",
            format!("{{\"catalog\": {{\"x\": {}}}}}", "1".repeat(20_000_000)),
            "length of a number",
        ),
        ("alias.yaml", "catalog: &a\n  uuid: x\n".to_owned(), "anchors are refused"),
        ("other.json", "{\"nessus\": {}}".to_owned(), "is no OSCAL document"),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
        let output = run(folder.path(), &["catalog", "convert", name, "--to", "yaml"]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(words(&output).contains(word) && words(&output).contains(name), "{name}: {}", words(&output));
    }
}
