//! `warrant catalog resolve` on a catalogue and a profile of our own.

use crate::program::{expect, run, words};
use serde_json::{Value, json};
use std::path::Path;

fn control(id: &str, title: &str) -> Value {
    json!({"id": id, "title": title, "parts": [{"id": format!("{id}_smt"), "name": "statement", "prose": "Do it."}]})
}

fn write(folder: &Path, name: &str, document: &Value) {
    std::fs::write(folder.join(name), document.to_string()).unwrap();
}

fn metadata(title: &str) -> Value {
    json!({"title": title, "last-modified": "2026-11-23T00:00:00Z", "version": "1", "oscal-version": "1.1.3"})
}

fn documents(folder: &Path) {
    let controls =
        [control("kt-1", "Clean the kettle"), control("kt-2", "Count the cups"), control("kt-3", "Lock up")];
    let catalogue = json!({"catalog": {
        "uuid": "6f2f3f8e-7d0a-4c0b-9e7e-0b5d6f1a2c3d",
        "metadata": metadata("Rules of a tea kitchen"),
        "groups": [{"id": "kt", "title": "Kitchen", "controls": controls}],
    }});
    write(folder, "kitchen.json", &catalogue);
    let profile = json!({"profile": {
        "uuid": "0d3c5a1e-2b4f-4a6d-8c9e-1f2e3d4c5b6a",
        "metadata": metadata("Small kitchen"),
        "imports": [{"href": "kitchen.json", "include-controls": [{"with-ids": ["kt-1", "kt-3"]}]}],
        "merge": {"as-is": true},
    }});
    write(folder, "small.json", &profile);
}

#[test]
fn a_profile_gives_the_controls_it_selects() {
    let folder = tempfile::tempdir().unwrap();
    documents(folder.path());
    expect(folder.path(), 0, &["catalog", "resolve", "small.json", "-o", "resolved.json"]);
    let text = std::fs::read_to_string(folder.path().join("resolved.json")).unwrap();
    let resolved: Value = serde_json::from_str(&text).unwrap();
    let controls = resolved["catalog"]["groups"][0]["controls"].as_array().unwrap();
    let ids: Vec<_> = controls.iter().filter_map(|control| control["id"].as_str()).collect();
    assert_eq!(ids, ["kt-1", "kt-3"]);
    assert_eq!(controls[0]["title"], "Clean the kettle");
    let printed: Value =
        serde_json::from_str(&expect(folder.path(), 0, &["catalog", "resolve", "small.json"])).unwrap();
    assert_eq!(
        printed["catalog"]["uuid"], resolved["catalog"]["uuid"],
        "the same profile, the same document"
    );
}

#[test]
fn profiles_and_catalogues_come_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    documents(folder.path());
    let json = resolved(folder.path(), "small.json");
    for ending in ["xml", "yaml"] {
        for name in ["small", "kitchen"] {
            let (from, to) = (format!("{name}.json"), format!("{ending}/{name}.{ending}"));
            std::fs::create_dir_all(folder.path().join(ending)).unwrap();
            expect(folder.path(), 0, &["catalog", "convert", &from, "--to", ending, "-o", &to]);
        }
        let profile = format!("{ending}/small.{ending}");
        let text = std::fs::read_to_string(folder.path().join(&profile)).unwrap();
        let text = text.replace("kitchen.json", &format!("kitchen.{ending}"));
        std::fs::write(folder.path().join(&profile), text).unwrap();
        assert_eq!(resolved(folder.path(), &profile), json, "{ending}");
        let same = ["catalog", "diff", "kitchen.json", &format!("{ending}/kitchen.{ending}")];
        assert!(expect(folder.path(), 0, &same).contains("3 unchanged"));
    }
    std::fs::write(folder.path().join("xml/kitchen.xml"), "<catalog>").unwrap();
    let broken = run(folder.path(), &["catalog", "resolve", "xml/small.xml"]);
    assert_eq!(broken.status.code(), Some(2));
    assert!(words(&broken).contains("xml/kitchen.xml: line 1"), "{}", words(&broken));
}

/// The groups of what a profile resolves to.
fn resolved(folder: &Path, profile: &str) -> Value {
    let text = expect(folder, 0, &["catalog", "resolve", profile]);
    let document: Value = serde_json::from_str(&text).unwrap();
    document["catalog"]["groups"].clone()
}

#[test]
fn judgements_are_carried_over_as_far_as_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    documents(folder.path());
    let text = std::fs::read_to_string(folder.path().join("kitchen.json")).unwrap();
    std::fs::write(folder.path().join("newer.json"), text.replacen("Do it.", "Do it every single day.", 1))
        .unwrap();
    let table =
        "statement,state,rationale,date\nkt-1,satisfied,seen,2026-01-02\nkt-2,satisfied,=seen,2026-01-02\n";
    std::fs::write(folder.path().join("judged.csv"), table).unwrap();
    let told = expect(folder.path(), 1, &["catalog", "migrate", "kitchen.json", "newer.json", "judged.csv"]);
    assert_eq!(
        told,
        "kt-1: judged as a whole, but changed: kt-1_smt; was satisfied 2026-01-02\nkt-1_smt: reworded, 57 % of the \
         words the same\nkt-3_smt: never judged\n1 judgements are carried over\n"
    );
    for ending in ["csv", "json"] {
        let output = format!("carried.{ending}");
        let again = ["catalog", "migrate", "kitchen.json", "newer.json", "judged.csv", "-o", &output];
        expect(folder.path(), 1, &again);
        let next = run(folder.path(), &["catalog", "migrate", "newer.json", "newer.json", &output, "--json"]);
        let next: Value = serde_json::from_slice(&next.stdout).unwrap();
        let judgement =
            json!({"statement": "kt-2", "state": "satisfied", "rationale": "=seen", "date": "2026-01-02"});
        assert_eq!(next["carried"], json!([{"judgement": judgement, "to": "kt-2"}]), "{ending}");
    }
    let built_in = run(folder.path(), &["catalog", "migrate", "800-53r5", "newer.json", "judged.csv"]);
    assert_eq!(built_in.status.code(), Some(2));
    assert!(words(&built_in).contains("800-53r5 is built in without its words"), "{}", words(&built_in));
    let nothing = run(folder.path(), &["catalog", "migrate", "kitchen.json", "newer.json"]);
    assert_eq!(nothing.status.code(), Some(2));
}

#[test]
fn a_missing_catalogue_is_named() {
    let folder = tempfile::tempdir().unwrap();
    documents(folder.path());
    std::fs::remove_file(folder.path().join("kitchen.json")).unwrap();
    let output = run(folder.path(), &["catalog", "resolve", "small.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output).contains("kitchen.json"), "{}", words(&output));
    let absent = run(folder.path(), &["catalog", "resolve", "absent.json"]);
    assert!(absent.status.code() == Some(2) && words(&absent).contains("absent.json"));
}

#[test]
fn two_revisions_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    documents(folder.path());
    let text = std::fs::read_to_string(folder.path().join("kitchen.json")).unwrap();
    std::fs::write(folder.path().join("newer.json"), text.replacen("Do it.", "Do it every single day.", 1))
        .unwrap();
    let same = expect(folder.path(), 0, &["catalog", "diff", "kitchen.json", "kitchen.json"]);
    assert!(same.contains("3 unchanged"), "{same}");
    let told = expect(folder.path(), 1, &["catalog", "diff", "kitchen.json", "newer.json"]);
    assert!(
        told.contains(
            "\n\nkt-1\n  reworded, 57 % the same  kt-1\n    - Do it.\n    + Do it every single day."
        ),
        "{told}"
    );
    let output = run(folder.path(), &["catalog", "diff", "kitchen.json", "small.json", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let diff: Value = serde_json::from_slice(&output.stdout).unwrap();
    let gone: Vec<_> =
        diff["statements"].as_array().unwrap().iter().filter(|s| s["change"] == "withdrawn").collect();
    assert_eq!((gone.len(), gone[0]["old"]["id"].as_str()), (1, Some("kt-2_smt")));
}

#[test]
fn built_in_frameworks_stand_for_files() {
    let folder = tempfile::tempdir().unwrap();
    let list = expect(folder.path(), 0, &["catalog", "list"]);
    assert!(list.lines().any(|l| l.starts_with("800-53r5/high") && l.contains(" 370 ")), "{list}");
    let high: Value =
        serde_json::from_str(&expect(folder.path(), 0, &["catalog", "resolve", "800-53r5/high"])).unwrap();
    assert_eq!(high["catalog"]["groups"].as_array().unwrap().len(), 18);
    let profile = json!({"profile": {"uuid": "0d3c5a1e-2b4f-4a6d-8c9e-1f2e3d4c5b6a",
        "metadata": metadata("Ours"),
        "imports": [{"href": "warrant://csf2", "include-controls": [{"with-ids": ["GV.OC-01"]}]}]}});
    write(folder.path(), "ours.json", &profile);
    let ours: Value =
        serde_json::from_str(&expect(folder.path(), 0, &["catalog", "resolve", "ours.json"])).unwrap();
    assert_eq!(ours["catalog"]["controls"][0]["id"], "GV.OC");
    let told = expect(folder.path(), 1, &["catalog", "diff", "800-53r5/low", "800-53r5/moderate"]);
    assert!(told.contains("  new        AC-2(1)  Automated System Account Management"), "{told}");
    let wrong = run(folder.path(), &["catalog", "diff", "800-53r5/hihg", "csf2"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(words(&wrong).contains("did you mean the built-in 800-53r5/high?"), "{}", words(&wrong));
}

#[test]
fn requirements_are_mapped_to_other_frameworks() {
    let folder = tempfile::tempdir().unwrap();
    let mapped = expect(folder.path(), 0, &["catalog", "map", "03.01.01", "--to", "800-53r5"]);
    let first = "SP_800_171_03.01.01  intersects-with  ac-2  Account Management\n";
    assert!(mapped.starts_with(first) && mapped.lines().count() == 4, "{mapped}");
    let low = expect(folder.path(), 0, &["catalog", "map", "03.01.01", "--to", "800-53r5/low"]);
    assert_eq!(low.lines().count(), 1);
    let cci = crate::program::json(folder.path(), &["catalog", "map", "cci-000366", "--to", "800-53r5"]);
    assert_eq!(
        cci["mapped"][0],
        json!({"id": "cm-6", "relationship": "subset-of", "title": "Configuration Settings"})
    );
    let both = run(folder.path(), &["catalog", "map", "AC-2", "--to", "800-171r3"]);
    assert_eq!(both.status.code(), Some(2));
    assert!(
        words(&both).contains("is in 800-53r4 and in 800-53r5; say which with --from"),
        "{}",
        words(&both)
    );
    let args = ["catalog", "map", "AC-2", "--from", "800-53r5", "--to", "800-171r3"];
    assert!(expect(folder.path(), 0, &args).contains("SP_800_171_03.01.01"));
    let none = run(folder.path(), &["catalog", "map", "AC-2", "--to", "csf2"]);
    assert!(words(&none).contains("no crosswalk leads to \"csf2\""), "{}", words(&none));
}
