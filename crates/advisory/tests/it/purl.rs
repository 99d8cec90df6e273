//! The vectors of package-url/purl-spec.

use crate::corpus;
use serde_json::Value;
use std::collections::BTreeMap;
use warrant_advisory::purl::{Parts, Purl};

/// Vectors that are wrong, each argued in docs/vers-rulings.md.
const RULED: &[&str] = &[
    "pkg:gem/jruby-launcher@1.1.2?Platform=java",
    "pkg:Rpm/fedora/curl@7.50.3-1.fc25?Arch=i386&Distro=fedora-25",
];

#[test]
fn every_vector_passes_or_is_ruled_on() {
    let Some(folder) = corpus::folder("purl-vers/purl-tests") else { return };
    let mut failed = Vec::new();
    let (mut total, mut total_ruled) = (0, 0);
    for path in corpus::files(&folder) {
        let (mut passed, mut ruled, mut all) = (0, 0, 0);
        for test in corpus::vectors(&path) {
            all += 1;
            let input = test["input"].as_str().unwrap_or_default();
            match check(&test) {
                Ok(()) => passed += 1,
                Err(_) if RULED.contains(&input) && test["test_type"] == "parse" => ruled += 1,
                Err(answer) => {
                    failed.push(format!("{} → {answer}, expected {}", test["input"], test["expected_output"]))
                }
            }
        }
        println!("{:<32} {passed} of {all} pass, {ruled} ruled on", path.file_name().unwrap().display());
        (total, total_ruled) = (total + all, total_ruled + ruled);
    }
    println!("{total} vectors, {total_ruled} ruled on");
    assert!(failed.is_empty(), "{} fail:\n{}", failed.len(), failed.join("\n"));
}

fn check(test: &Value) -> Result<(), String> {
    let must_fail = test["expected_failure"] == true;
    let answer = match test["test_type"].as_str().unwrap() {
        "build" => build(&test["input"]).map(|purl| Value::from(purl.to_string())),
        "validate" => read(&test["input"]).map(|purl| Value::from(purl.to_string())),
        _ => read(&test["input"]).map(|purl| parts(&purl)),
    };
    match answer {
        Err(_) if must_fail => Ok(()),
        Ok(answer) if !must_fail && answer == without_nulls(&test["expected_output"]) => Ok(()),
        Ok(answer) => Err(answer.to_string()),
        Err(error) => Err(error),
    }
}

fn read(input: &Value) -> Result<Purl, String> {
    input.as_str().unwrap().parse::<Purl>().map_err(|error| error.to_string())
}

fn build(input: &Value) -> Result<Purl, String> {
    let text = |key: &str| input[key].as_str().map(str::to_owned);
    let qualifiers: BTreeMap<String, String> = input["qualifiers"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned()))
        .collect();
    let parts = Parts {
        kind: text("type").unwrap_or_default(),
        namespace: text("namespace"),
        name: text("name").unwrap_or_default(),
        version: text("version"),
        qualifiers,
        subpath: text("subpath"),
    };
    Purl::build(parts).map_err(|error| error.to_string())
}

fn parts(purl: &Purl) -> Value {
    let mut parts = serde_json::json!({"type": purl.kind(), "name": purl.name()});
    for (key, value) in
        [("namespace", purl.namespace()), ("version", purl.version()), ("subpath", purl.subpath())]
    {
        if let Some(value) = value {
            parts[key] = value.into();
        }
    }
    if !purl.qualifiers().is_empty() {
        parts["qualifiers"] = serde_json::to_value(purl.qualifiers()).unwrap();
    }
    parts
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(_, value)| !value.is_null() && **value != serde_json::json!({}))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
        other => other.clone(),
    }
}

#[test]
fn every_canonical_text_reads_as_itself() {
    let Some(folder) = corpus::folder("purl-vers/purl-tests") else { return };
    for test in corpus::files(&folder).iter().flat_map(|path| corpus::vectors(path)) {
        let Some(text) = test["expected_output"].as_str() else { continue };
        let purl: Purl = text.parse().unwrap();
        assert_eq!(purl.to_string(), text);
    }
}
