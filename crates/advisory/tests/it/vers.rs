//! The vectors of package-url/vers-spec.

use crate::corpus;
use serde_json::Value;
use std::cmp::Ordering;
use warrant_advisory::Scheme;
use warrant_advisory::vers::{Comparator, Vers, from_native};

/// Vectors that are wrong, each argued in docs/vers-rulings.md: the input, and what is right.
const RULED: &[(&str, &str)] =
    &[(">= 0.2.0 <= 0.9.6 || ~0.8.0-pre", "vers:npm/>=0.2.0|>=0.8.0-pre|<0.9.0|<=0.9.6")];

#[test]
fn every_vector_passes_or_is_ruled_on() {
    let Some(folder) = corpus::folder("purl-vers/vers-tests") else { return };
    let mut failed = Vec::new();
    for path in corpus::files(&folder) {
        let (mut passed, mut ruled, mut all) = (0, 0, 0);
        for test in corpus::vectors(&path) {
            all += 1;
            match check(&test) {
                Ok(()) => passed += 1,
                Err(answer) if is_ruled(&test, &answer) => ruled += 1,
                Err(answer) => failed.push(format!(
                    "{}: {} → {answer}, expected {}",
                    path.file_name().unwrap().display(),
                    test["input"],
                    test["expected_output"]
                )),
            }
        }
        println!("{:<40} {passed} of {all} pass, {ruled} ruled on", path.file_name().unwrap().display());
    }
    assert!(failed.is_empty(), "{} fail:\n{}", failed.len(), failed.join("\n"));
}

fn is_ruled(test: &Value, answer: &str) -> bool {
    let input = test["input"]["native_range"].as_str().unwrap_or_default();
    RULED.iter().any(|(text, right)| *text == input && *right == answer)
}

fn check(test: &Value) -> Result<(), String> {
    let input = &test["input"];
    let expected = &test["expected_output"];
    let same = |answer: String| if Some(answer.as_str()) == expected.as_str() { Ok(()) } else { Err(answer) };
    match test["test_type"].as_str().unwrap() {
        "comparison" => {
            let scheme = Scheme::named(input["input_scheme"].as_str().unwrap()).ok_or("no scheme")?;
            let mut versions: Vec<&str> = input["versions"]
                .as_array()
                .unwrap()
                .iter()
                .map(|version| version.as_str().unwrap())
                .collect();
            let keys: Result<Vec<_>, _> = versions.iter().map(|version| scheme.key(version)).collect();
            keys.map_err(|error| error.to_string())?;
            versions.sort_by(|a, b| scheme.compare(a, b).unwrap());
            let expected: Vec<&str> =
                expected.as_array().unwrap().iter().map(|version| version.as_str().unwrap()).collect();
            // Some vectors spell a version otherwise in the answer than in the question.
            let equal =
                versions.iter().zip(&expected).all(|(a, b)| scheme.compare(a, b) == Ok(Ordering::Equal));
            if equal { Ok(()) } else { Err(format!("{versions:?}")) }
        }
        "equality" => {
            let scheme = Scheme::named(input["input_scheme"].as_str().unwrap()).ok_or("no scheme")?;
            let (a, b) = (input["versions"][0].as_str().unwrap(), input["versions"][1].as_str().unwrap());
            let order = scheme.compare(a, b).map_err(|error| error.to_string())?;
            let equal = order == Ordering::Equal;
            if Some(equal) == expected.as_bool() { Ok(()) } else { Err(format!("{order:?}")) }
        }
        "from_native" => {
            let (scheme, range) =
                (input["scheme"].as_str().unwrap(), input["native_range"].as_str().unwrap());
            same(from_native(scheme, range).map_err(|error| error.to_string())?.to_string())
        }
        "containment" => {
            let range = Vers::parse(input["vers"].as_str().unwrap()).map_err(|error| error.to_string())?;
            let inside =
                range.contains(input["version"].as_str().unwrap()).map_err(|error| error.to_string())?;
            if Some(inside) == expected.as_bool() { Ok(()) } else { Err(inside.to_string()) }
        }
        "validate" => {
            same(Vers::parse(input.as_str().unwrap()).map_err(|error| error.to_string())?.to_string())
        }
        "parse" => match Vers::parse_canonical(input.as_str().unwrap()) {
            Ok(range) => {
                let constraints: Vec<_> = range
                    .constraints
                    .iter()
                    .map(|constraint| serde_json::json!([constraint.comparator.as_str(), constraint.version]))
                    .collect();
                let read = serde_json::json!({"scheme": range.scheme, "version_constraints": constraints});
                if read == *expected { Ok(()) } else { Err(read.to_string()) }
            }
            Err(error) if test["expected_failure"] == true => {
                let message = test["expected_message"].as_str();
                if message.is_none_or(|message| message == error.to_string()) {
                    Ok(())
                } else {
                    Err(error.to_string())
                }
            }
            Err(error) => Err(error.to_string()),
        },
        other => Err(format!("no such test: {other}")),
    }
}

#[test]
fn a_range_of_exceptions_is_everything_else() {
    let range = Vers::parse("vers:pypi/!=5|!=6").unwrap();
    assert!(range.contains("4").unwrap());
    assert!(!range.contains("5.0").unwrap());
    assert_eq!(range.exceptions().collect::<Vec<_>>(), ["5", "6"]);
}

#[test]
fn text_and_range_are_the_same_thing() {
    for text in ["vers:deb/>=1:2.0~rc1|<1:2.0-3", "vers:npm/*", "vers:generic/1.0|!=2.0%7Cx"] {
        let range = Vers::parse(text).unwrap();
        assert_eq!(range.to_string(), text);
        assert_eq!(Vers::parse(&range.to_string()).unwrap(), range);
    }
    assert_eq!(Vers::parse("vers:npm/*").unwrap().constraints[0].comparator, Comparator::Any);
}
