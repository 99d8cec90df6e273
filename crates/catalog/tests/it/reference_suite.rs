//! NIST's reference suite for profile resolution: every case, with our ruling where the expected file is
//! stale.

use crate::corpus;
use crate::xml;
use serde_json::Value;
use std::path::{Path, PathBuf};
use warrant_catalog::oscal::Profile;
use warrant_catalog::resolve::{Limits, LoadError, Loaded, Loader, join, resolve};

/// XML documents of a folder, handed over as JSON.
struct XmlFolder(PathBuf);

impl Loader for XmlFolder {
    fn load(&self, href: &str, base: &str) -> Result<Option<Loaded>, LoadError> {
        let location = join(base, href);
        let Ok(text) = std::fs::read_to_string(self.0.join(&location)) else { return Ok(None) };
        let value = xml::to_json(&text).map_err(LoadError)?;
        Ok(Some(Loaded { location, bytes: value.to_string().into_bytes() }))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Equal,
    /// Equal after un-nesting the controls of the expected file: it was made before *flat* meant "no nesting"
    /// (requirement *req-merge-flat*), which NIST's current resolver follows too.
    EqualWhenFlat,
    Refused,
    Differs,
}

/// The content of a catalogue: parameters, controls, groups, back matter.
fn content(document: &Value) -> Value {
    let mut content = document["catalog"].clone();
    let fields = content.as_object_mut().unwrap();
    fields.shift_remove("uuid");
    fields.shift_remove("metadata");
    content
}

fn outcome(folder: &Path, profile: &str, expected: &Path) -> (Outcome, String) {
    let text = std::fs::read_to_string(folder.join(profile)).unwrap();
    let parsed = match xml::to_json(&text) {
        Ok(value) => Profile::from_json(value.to_string().as_bytes()).unwrap(),
        Err(e) => return (Outcome::Refused, e),
    };
    let resolved = match resolve(&parsed, profile, &XmlFolder(folder.to_owned()), &Limits::default()) {
        Ok(resolved) => resolved,
        Err(e) => return (Outcome::Refused, e.to_string()),
    };
    let Ok(expected) = std::fs::read_to_string(expected) else {
        return (Outcome::Differs, "nothing expected".into());
    };
    let ours: Value = serde_json::from_slice(&resolved.catalog.to_json().unwrap()).unwrap();
    let (ours, expected) = (content(&ours), content(&xml::to_json(&expected).unwrap()));
    if ours == expected {
        return (Outcome::Equal, String::new());
    }
    let mut flat = expected.clone();
    let nested = flat["controls"].as_array().cloned().unwrap_or_default();
    flat["controls"] = Value::Array(nested.iter().flat_map(unnested).collect());
    if ours == flat {
        return (Outcome::EqualWhenFlat, String::new());
    }
    (Outcome::Differs, format!("\n  ours     {ours}\n  expected {expected}"))
}

fn unnested(control: &Value) -> Vec<Value> {
    let mut own = control.clone();
    let children = own.as_object_mut().unwrap().shift_remove("controls");
    let children = children.and_then(|c| c.as_array().cloned()).unwrap_or_default();
    std::iter::once(own).chain(children.iter().flat_map(unnested)).collect()
}

/// One row of `docs/oscal-resolution.md`: the case, how it ends, the clause it rests on and why.
struct Ruling<'a> {
    case: &'a str,
    outcome: &'a str,
    clause: &'a str,
    why: &'a str,
}

const RULINGS: &str = include_str!("../../../../docs/oscal-resolution.md");

fn rulings() -> Vec<Ruling<'static>> {
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        match cells.as_slice() {
            [case, outcome, clause, why] if case.starts_with('`') => {
                Some(Ruling { case: case.trim_matches('`'), outcome, clause, why })
            }
            _ => None,
        }
    };
    RULINGS.lines().filter_map(row).collect()
}

/// Names of all profiles of the suite, by folder.
fn cases(suite: &Path) -> Vec<(PathBuf, String)> {
    let mut cases = Vec::new();
    for folder in ["requirement-tests", "profile-resolution-examples"] {
        let folder = suite.join(folder);
        let mut names: Vec<String> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .filter(|n| n.ends_with(".xml") && n != "spoofed-resource.xml")
            .collect();
        names.sort();
        cases.extend(names.into_iter().map(|n| (folder.clone(), n)));
    }
    cases
}

/// The document says of every case how it ends, and it ends so; the counts in its text are those of its rows.
#[test]
fn every_case_of_the_reference_suite_ends_as_ruled() {
    let Some(corpus) = corpus::oscal() else { return };
    let suite = corpus.join("oscal-profile-resolution/profile-resolution");
    let rulings = rulings();
    let mut wrong = Vec::new();
    let mut counts = std::collections::BTreeMap::<&str, usize>::new();
    let mut with_expectation = 0;
    let cases = cases(&suite);
    for (folder, name) in &cases {
        let expected = folder.join("output-expected").join(name.replace(".xml", "_RESOLVED.xml"));
        with_expectation += usize::from(expected.is_file());
        let (outcome, why) = outcome(folder, name, &expected);
        let found = match outcome {
            Outcome::Equal => "equal",
            Outcome::EqualWhenFlat => "equal un-nested",
            Outcome::Refused => "refused",
            Outcome::Differs if expected.is_file() => "ruled",
            Outcome::Differs => "no file",
        };
        *counts.entry(found).or_default() += 1;
        let rows: Vec<&Ruling<'_>> = rulings.iter().filter(|r| r.case == name).collect();
        match rows.as_slice() {
            [row] if row.outcome == found => {
                let explained = found == "equal" || (row.clause.starts_with("*req-") && row.why.len() > 20);
                if !explained {
                    wrong.push(format!("{name}: the row names no clause or no reason"));
                }
            }
            [row] => wrong.push(format!("{name}: {found}, the document says {} {why}", row.outcome)),
            rows => wrong.push(format!("{name}: {} rows in docs/oscal-resolution.md", rows.len())),
        }
    }
    println!("{counts:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(rulings.len(), cases.len(), "a row of the document is about no case");
    assert_eq!((cases.len(), with_expectation), (53, EXPECTED_FILES));
    for (outcome, count) in counts {
        let sentence = format!("| {outcome} | {count} |");
        assert!(RULINGS.contains(&sentence), "docs/oscal-resolution.md lacks {sentence:?}");
    }
}

/// Expected catalogues in the suite.
const EXPECTED_FILES: usize = 47;

/// The cases without expected file keep every control of both imports, as *req-merge-keep* asks, and say so.
#[test]
fn keep_without_expected_file_keeps_both() {
    let Some(corpus) = corpus::oscal() else { return };
    let folder = corpus.join("oscal-profile-resolution/profile-resolution/requirement-tests");
    for name in ["req-merge-keep1.xml", "req-merge-keep2.xml"] {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let profile = Profile::from_json(xml::to_json(&text).unwrap().to_string().as_bytes()).unwrap();
        let resolved = resolve(&profile, name, &XmlFolder(folder.clone()), &Limits::default()).unwrap();
        let mut ids = std::collections::BTreeMap::<String, usize>::new();
        resolved.catalog.for_each_control(&mut |c| *ids.entry(c.id.clone()).or_default() += 1);
        assert_eq!(ids.len(), 11);
        assert!(ids.values().all(|n| *n == 2), "{ids:?}");
        assert_eq!(resolved.warnings.len(), 11);
    }
}
