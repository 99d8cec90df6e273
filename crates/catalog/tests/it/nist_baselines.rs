//! NIST's own resolved baselines as oracle.

use crate::corpus::{self, Folder};
use serde_json::Value;
use std::time::Instant;
use warrant_catalog::oscal::{Catalog, Profile};
use warrant_catalog::resolve::{Limits, MemoryLoader, Stamp, join, resolve};

const LEVELS: [(&str, usize); 3] = [("HIGH", 370), ("MODERATE", 287), ("LOW", 149)];

/// Everything but what names the run itself: identity, time, version of the tool and links to the source.
fn body(bytes: &[u8]) -> Value {
    let mut value: Value = serde_json::from_slice(bytes).unwrap();
    let catalog = value["catalog"].as_object_mut().unwrap();
    catalog.shift_remove("uuid");
    let metadata = catalog["metadata"].as_object_mut().unwrap();
    for field in ["last-modified", "props", "links"] {
        metadata.shift_remove(field);
    }
    value
}

/// Reads the profile `name` of a folder and resolves it, as an OSCAL catalogue document.
fn resolved(folder: &Folder, name: &str) -> Value {
    let started = Instant::now();
    let profile = Profile::from_json(&std::fs::read(folder.0.join(name)).unwrap()).unwrap();
    let resolved = resolve(&profile, name, folder, &Limits::default()).unwrap();
    println!("{name}: read and resolved in {:?}", started.elapsed());
    assert_eq!(resolved.warnings, []);
    let stamp = Stamp { uuid: "u".into(), last_modified: "t".into(), tool: "test".into() };
    body(&resolved.to_catalog_json(&stamp).unwrap())
}

#[test]
fn security_baselines_resolve_as_nist_resolved_them() {
    let Some(corpus) = corpus::oscal() else { return };
    let folder = Folder(corpus.join("nist-800-53/v1.0.0"));
    for (level, count) in LEVELS {
        let ours = resolved(&folder, &format!("NIST_SP-800-53_rev5_{level}-baseline_profile.json"));
        let expected = format!("NIST_SP-800-53_rev5_{level}-baseline-resolved-profile_catalog-min.json");
        let expected = body(&std::fs::read(folder.0.join(expected)).unwrap());
        assert_eq!(first_difference(&ours, &expected, level), None);
        assert_eq!(control_ids(&ours).len(), count);
    }
}

/// NIST's resolver of 2021 lost the enhancements of the privacy baseline whose base control is not selected.
/// NIST's own output of 2024 brings these base controls along, as the specification says; ours must have the
/// same controls.
#[test]
fn privacy_baseline_keeps_enhancements_that_nist_lost_in_2021() {
    let Some(corpus) = corpus::oscal() else { return };
    let nist = corpus.join("nist-800-53");
    let ours = resolved(&Folder(nist.join("v1.0.0")), "NIST_SP-800-53_rev5_PRIVACY-baseline_profile.json");
    let of = |release: &str| {
        let file = "NIST_SP-800-53_rev5_PRIVACY-baseline-resolved-profile_catalog-min.json";
        control_ids(&body(&std::fs::read(nist.join(release).join(file)).unwrap()))
    };
    let ids = control_ids(&ours);
    assert_eq!(ids, of("r5.1.1u4"));
    let published = of("v1.0.0");
    let (of_2021, lost): (Vec<String>, Vec<String>) = ids.into_iter().partition(|id| published.contains(id));
    assert_eq!(of_2021, published);
    let file = "v1.0.0/NIST_SP-800-53_rev5_PRIVACY-baseline-resolved-profile_catalog-min.json";
    let theirs = controls(&body(&std::fs::read(nist.join(file)).unwrap()));
    let mine = controls(&ours);
    for (id, control) in &theirs {
        assert_eq!(first_difference(&mine[id], control, id), None);
    }
    assert_eq!(
        lost,
        [
            "ac-3", "ac-3.14", "au-3", "au-3.3", "pe-8", "pe-8.3", "pm-5", "pm-5.1", "sa-8", "sa-8.33",
            "sc-7", "sc-7.24"
        ]
    );
}

/// The complete catalogue of release 5.1.1+u4 is not in the corpus, but the HIGH baseline holds every control
/// of the other security baselines: resolved from NIST's HIGH result, each profile must give NIST's result
/// for that profile. PRIVACY, resolved from its own result, must give it again.
#[test]
fn newer_baselines_resolve_as_nist_resolved_them() {
    let Some(corpus) = corpus::oscal() else { return };
    let folder = corpus.join("nist-800-53/r5.1.1u4");
    let result = |level: &str| {
        let file = format!("NIST_SP-800-53_rev5_{level}-baseline-resolved-profile_catalog-min.json");
        std::fs::read(folder.join(file)).unwrap()
    };
    for (level, source, count) in
        [("HIGH", "HIGH", 370), ("MODERATE", "HIGH", 287), ("LOW", "HIGH", 149), ("PRIVACY", "PRIVACY", 102)]
    {
        let name = format!("NIST_SP-800-53_rev5_{level}-baseline_profile.json");
        let profile = Profile::from_json(&std::fs::read(folder.join(&name)).unwrap()).unwrap();
        let resource = &profile.back_matter.as_ref().unwrap().resources[0];
        let mut loader = MemoryLoader::default();
        for link in &resource.rlinks {
            loader.insert(join(&name, &link.href), result(source));
        }
        let resolved = resolve(&profile, &name, &loader, &Limits::default()).unwrap();
        let stamp = Stamp { uuid: "u".into(), last_modified: "t".into(), tool: "test".into() };
        let ours = body(&resolved.to_catalog_json(&stamp).unwrap());
        assert_eq!(first_difference(&ours, &body(&result(level)), level), None);
        assert_eq!(control_ids(&ours).len(), count);
    }
}

/// Every control without the controls inside it, by identifier.
fn controls(document: &Value) -> std::collections::BTreeMap<String, Value> {
    fn collect(value: &Value, found: &mut std::collections::BTreeMap<String, Value>) {
        for list in ["groups", "controls"] {
            for item in value[list].as_array().into_iter().flatten() {
                collect(item, found);
                if list == "controls" {
                    let mut own = item.clone();
                    own.as_object_mut().unwrap().shift_remove("controls");
                    found.insert(item["id"].as_str().unwrap().to_owned(), own);
                }
            }
        }
    }
    let mut found = std::collections::BTreeMap::new();
    collect(&document["catalog"], &mut found);
    found
}

/// Identifiers of all controls, in document order.
fn control_ids(document: &Value) -> Vec<String> {
    let mut document = document.clone();
    document["catalog"]["uuid"] = "u".into();
    let catalog = Catalog::from_json(&serde_json::to_vec(&document).unwrap()).unwrap();
    let mut ids = Vec::new();
    catalog.for_each_control(&mut |c| ids.push(c.id.clone()));
    ids
}

/// Path and values of the first place where two documents differ.
fn first_difference(ours: &Value, expected: &Value, path: &str) -> Option<String> {
    match (ours, expected) {
        (Value::Object(a), Value::Object(b)) => {
            a.keys().chain(b.keys().filter(|k| !a.contains_key(*k))).find_map(|k| {
                first_difference(
                    a.get(k).unwrap_or(&Value::Null),
                    b.get(k).unwrap_or(&Value::Null),
                    &format!("{path}/{k}"),
                )
            })
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).enumerate().find_map(|(i, (a, b))| first_difference(a, b, &format!("{path}/{i}")))
        }
        (a, b) if a == b => None,
        (Value::Array(a), Value::Array(b)) => {
            Some(format!("{path}: {} items, expected {}", a.len(), b.len()))
        }
        (a, b) => Some(format!("{path}: {a}, expected {b}")),
    }
}

#[test]
fn every_catalogue_and_profile_survives_reading_and_writing() {
    let Some(corpus) = corpus::oscal() else { return };
    let mut read = 0;
    for path in json_files(&corpus) {
        let bytes = std::fs::read(&path).unwrap();
        let Ok(value) = serde_json::from_slice::<Value>(&bytes) else { continue };
        let Some(root) = value.as_object() else { continue };
        let written = if root.contains_key("catalog") {
            Catalog::from_json(&bytes).map(|c| c.to_json().unwrap())
        } else if root.contains_key("profile") {
            Profile::from_json(&bytes).map(|p| p.to_json().unwrap())
        } else {
            continue;
        };
        if path.ends_with("example_catalog_invalid.json") || path.ends_with("example_profile_invalid.json") {
            continue;
        }
        let written = written.unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let again: Value = serde_json::from_slice(&written).unwrap();
        let key = if root.contains_key("catalog") { "catalog" } else { "profile" };
        if let Some(difference) = first_difference(&again[key], &value[key], "") {
            panic!("{}: {difference}", path.display());
        }
        read += 1;
    }
    assert!(read >= 25, "only {read} documents found");
}

fn json_files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            found.append(&mut json_files(&entry.path()));
        } else if entry.path().extension().is_some_and(|e| e == "json") {
            found.push(entry.path());
        }
    }
    found.sort();
    found
}
