//! A store from its first minute to a proof on another machine, as scripts would drive it.

use crate::program::{expect, json, run, words};
use std::path::Path;

fn init(folder: &Path) {
    let link = expect(folder, 0, &["init", "--name", "Test House", "--officer", "me@example.org"]);
    assert!(link.starts_with("http://127.0.0.1:8080/sign-in/"), "{link}");
}

#[test]
fn a_store_from_init_to_an_offline_proof() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    init(here);
    expect(here, 0, &["records", "person", "set", "new", "name=Ana Lee", "email=ana@example.org"]);
    expect(here, 0, &["records", "system", "set", "new", "name=Portal", "exposure=internet"]);
    expect(here, 0, &["records", "system", "set", "Portal", "owner=ana@example.org"]);
    let systems = json(here, &["records", "system", "list"]);
    assert_eq!(
        (systems[0]["version"].as_i64(), systems[0]["body"]["name"].as_str()),
        (Some(2), Some("Portal"))
    );
    let id = systems[0]["id"].as_str().unwrap();

    let verified = json(here, &["ledger", "verify"]);
    assert_eq!(verified["problems"].as_array().unwrap().len(), 0, "{verified}");
    expect(here, 0, &["ledger", "prove", id, "-o", "portal.proof"]);
    let key = json(here, &["ledger", "checkpoint"])["verifier"].as_str().unwrap().to_owned();

    let elsewhere = tempfile::tempdir().unwrap();
    for name in ["portal.proof", "portal.entry"] {
        std::fs::copy(here.join(name), elsewhere.path().join(name)).unwrap();
    }
    let check = ["ledger", "check", "portal.proof", "portal.entry", "--key", &key];
    assert!(expect(elsewhere.path(), 0, &check).starts_with("proved: leaf "));
    let entry = std::fs::read_to_string(elsewhere.path().join("portal.entry")).unwrap();
    assert!(entry.contains("\"action\":\"update\""), "the proof is of the newest change: {entry}");
    std::fs::write(elsewhere.path().join("portal.entry"), entry.replace("update", "upDate")).unwrap();
    let refused = run(elsewhere.path(), &check);
    assert_eq!(refused.status.code(), Some(1));
    assert!(refused.stdout.is_empty() && words(&refused).starts_with("not proved: "), "{}", words(&refused));
}

#[test]
fn a_table_comes_back_as_it_left() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    init(here);
    std::fs::write(here.join("units.csv"), "name,mission\nHead,\"Water, and power\"\nField,=1+1\n").unwrap();
    let outcome = json(here, &["records", "unit", "import", "units.csv", "--dry-run"]);
    assert_eq!(outcome["created"], 2);
    assert_eq!(json(here, &["records", "unit", "list"]).as_array().unwrap().len(), 0, "a dry run wrote");
    assert_eq!(json(here, &["records", "unit", "import", "units.csv"])["created"], 2);
    for file in ["out.csv", "out.xlsx"] {
        expect(here, 0, &["records", "unit", "export", "-o", file]);
        let outcome = json(here, &["records", "unit", "import", file]);
        assert_eq!((&outcome["unchanged"], &outcome["updated"]), (&2.into(), &0.into()), "{file}");
    }
    let csv = std::fs::read_to_string(here.join("out.csv")).unwrap();
    assert!(csv.contains(",'=1+1"), "text that looks like a formula is not defused: {csv}");
}

#[test]
fn exit_codes_and_hints_are_as_documented() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let hint = |args: &[&str], wanted: &str| {
        let output = run(here, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", words(&output));
        assert!(output.stdout.is_empty(), "{args:?} wrote an error to stdout");
        let words = words(&output);
        assert!(words.contains("error: ") && words.contains(wanted), "{args:?}: {words}");
    };
    hint(&["posture"], "hint: `warrant init` makes one");
    hint(&["nonsense"], "--help");
    init(here);
    hint(&["init", "--name", "Again", "--officer", "me@example.org"], "Test House");
    hint(&["records", "spoon", "list"], "hint: ");
    hint(&["records", "system", "set", "new", "colour=red"], "colour");
    hint(&["posture", "Nowhere"], "hint: ");
    hint(&["posture", "--as-of", "soon"], "write 2026-10-23");
    std::fs::write(here.join("strange.bin"), [0_u8, 1, 2, 3, 0xff]).unwrap();
    hint(&["import", "strange.bin"], "`warrant formats` lists what can be read");
    hint(&["--as", "nobody@example.org", "posture"], "hint: ");
}

#[test]
fn one_refused_file_of_several_is_told_by_the_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    init(here);
    expect(here, 0, &["records", "system", "set", "new", "name=Portal"]);
    let scan = crate::manifests::root().join("examples/northwater/to-import/portal-nessus-2026-11-22.nessus");
    std::fs::create_dir(here.join("scans")).unwrap();
    std::fs::copy(scan, here.join("scans/portal.nessus")).unwrap();
    std::fs::write(here.join("scans/readme.txt"), "nothing to read here").unwrap();
    let import = ["import", "scans", "--system", "Portal", "--json"];
    let told: serde_json::Value = serde_json::from_str(&expect(here, 1, &import)).unwrap();
    let opened = told["imported"][0]["opened"].as_i64().unwrap();
    assert!(opened > 0 && told["failed"].as_array().unwrap().len() == 1, "{told}");
    std::fs::remove_file(here.join("scans/readme.txt")).unwrap();
    let again = json(here, &["import", "scans", "--system", "Portal"]);
    assert_eq!(again["imported"][0]["already_known"], true);
    let queue = json(here, &["deficiencies", "--system", "Portal"]);
    assert!(queue.as_array().unwrap().iter().any(|row| row["deficiency"]["check"] == "vulnerability-open"));
    let urgent = json(here, &["findings", "--system", "Portal", "--priority", "out-of-cycle"]);
    let urgent = urgent.as_array().unwrap();
    assert!(!urgent.is_empty() && urgent.iter().all(|row| row["priority"]["decision"] == "out-of-cycle"));
    let id = urgent[0]["finding"]["id"].as_str().unwrap();
    let told_why = expect(here, 0, &["findings", "--show", id]);
    assert!(told_why.contains("so the internet is assumed"), "{told_why}");
    assert!(expect(here, 0, &["findings", "--limit", "2"]).contains("--limit shows more"));
    assert_eq!(run(here, &["findings", "--priority", "soon"]).status.code(), Some(2));
    let proof = ["ledger", "prove", told["imported"][0]["evidence"].as_str().unwrap()];
    assert!(expect(here, 0, &proof).starts_with("c2sp.org/tlog-proof@v1"));
    assert!(json(here, &["posture", "Portal"])["open_findings"].is_object());
}

#[test]
fn an_altered_store_is_told_by_the_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    init(here);
    let checkpoint = here.join("warrant-data/ledger/checkpoint");
    let kept = std::fs::read_to_string(&checkpoint).unwrap();
    let size = kept.lines().nth(1).unwrap();
    std::fs::write(&checkpoint, kept.replacen(&format!("\n{size}\n"), "\n1\n", 1)).unwrap();
    let output = run(here, &["ledger", "verify"]);
    assert_eq!(output.status.code(), Some(1), "{}", words(&output));
    let problems = String::from_utf8(output.stdout).unwrap();
    assert!(problems.contains("checkpoint") && problems.contains("signature"), "{problems}");
}

#[test]
fn what_controls_lack_is_told_by_exit_code_table_and_file() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    init(here);
    expect(here, 0, &["records", "system", "set", "new", "name=Portal"]);
    expect(here, 0, &["controls", "trace", "Portal"]);
    let levels = ["confidentiality=low", "integrity=low", "availability=low"];
    let new = ["records", "information_type", "set", "new", "system=Portal", "name=Bills"];
    expect(here, 0, &[&new[..], &levels[..]].concat());
    let implemented =
        ["records", "implementation", "set", "new", "system=Portal", "control=ac-2", "status=implemented"];
    expect(here, 0, &implemented);
    let table = expect(here, 1, &["controls", "trace", "Portal", "--missing", "result"]);
    assert!(table.contains("AC-2a") && table.contains("said to be in place"), "{table:.300}");
    let matrix: serde_json::Value =
        serde_json::from_str(&expect(here, 1, &["controls", "trace", "Portal", "--json"])).unwrap();
    let rows = matrix["requirements"].as_array().unwrap();
    let stated = rows.iter().filter(|row| row["control"] == "ac-2");
    assert!(
        stated.clone().count() > 10
            && stated.clone().all(|row| row["holes"] == serde_json::json!(["result"]))
    );
    for file in ["matrix.csv", "matrix.xlsx", "matrix.html", "matrix.docx"] {
        expect(here, 1, &["controls", "trace", "Portal", "-o", file]);
        assert!(std::fs::metadata(here.join(file)).unwrap().len() > 5_000, "{file}");
    }
    let unknown = run(here, &["controls", "trace", "Portal", "--missing", "luck"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(words(&unknown).contains("implementation, procedure, result"), "{}", words(&unknown));
    assert_eq!(run(here, &["controls", "trace", "Portal", "-o", "matrix.doc"]).status.code(), Some(2));
}

#[test]
fn tailoring_and_inheritance_are_decided_listed_and_written() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    init(here);
    for system in ["Portal", "Platform"] {
        let name = format!("name={system}");
        expect(here, 0, &["records", "system", "set", "new", &name]);
        let system = format!("system={system}");
        let new = ["records", "information_type", "set", "new", &system, "name=Bills"];
        let levels = ["confidentiality=low", "integrity=low", "availability=low"];
        expect(here, 0, &[&new[..], &levels[..]].concat());
    }
    expect(here, 0, &["controls", "tailor", "Portal", "AC-18", "not-applicable", "--because", "no radio"]);
    expect(
        here,
        0,
        &["controls", "tailor", "Portal", "ac-18", "not-applicable", "--because", "no radio here"],
    );
    let set =
        ["controls", "tailor", "Portal", "AC-7", "parameter", "ac-7_prm_1=3", "--because", "standard 4.2"];
    expect(here, 0, &set);
    let decisions = json(here, &["controls", "tailoring", "Portal"]);
    let told: Vec<_> = decisions
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["says"].as_str(), one["layer"].as_str()))
        .collect();
    assert_eq!(told, [(Some("holds"), Some("this system")); 2], "{decisions:#}");
    assert_eq!(decisions[0]["decision"]["rationale"], "no radio here", "the second time it is changed");
    let unset = json(here, &["controls", "parameters", "Portal", "--unset"]);
    let all = json(here, &["controls", "parameters", "Portal"]);
    assert_eq!(unset.as_array().unwrap().len() + 1, all.as_array().unwrap().len());
    let table = expect(here, 0, &["controls", "tailoring", "Portal", "--action", "not-applicable"]);
    assert!(table.contains("no radio here") && !table.contains("standard 4.2"), "{table}");
    for args in [
        &["controls", "tailor", "Portal", "AC-18", "forget", "--because", "x"][..],
        &["controls", "tailor", "Portal", "ZZ-99", "add", "--because", "x"],
        &["controls", "tailor", "Portal", "AC-7", "parameter", "--because", "x"],
        &["controls", "tailor", "Portal", "AC-7", "remove", "--because", "x"],
        &["controls", "tailoring", "Portal", "--effect", "luck"],
        &["controls", "tailoring", "Portal", "-o", "tailoring.doc"],
    ] {
        assert_eq!(run(here, args).status.code(), Some(2), "{args:?}");
    }

    expect(here, 0, &["controls", "offer", "Platform", "AC-7", "--duty", "tell the help desk"]);
    expect(here, 0, &["controls", "inherit", "Portal", "AC-7", "--from", "Platform"]);
    let assessed = ["records", "assessment", "set", "new", "system=Platform", "control=ac-7"];
    let against = ["result=other-than-satisfied", "assessed_on=2026-01-01", "method=examine"];
    expect(here, 0, &[&assessed[..], &against[..]].concat());
    let taken: serde_json::Value =
        serde_json::from_str(&expect(here, 1, &["controls", "inheritance", "Portal", "--json"])).unwrap();
    assert_eq!(
        (taken[0]["failing"].as_str(), taken[0]["how"].as_str()),
        (Some("Platform"), Some("inherited"))
    );
    assert_eq!(taken[0]["status"]["status"], "other-than-satisfied", "{taken:#}");
    assert_eq!(json(here, &["posture", "Portal"])["controls"]["other_than_satisfied"], 1);
    let given = json(here, &["controls", "inheritance", "Platform", "--offered"]);
    assert_eq!(given[0]["customers"], serde_json::json!(["Portal"]));
    for file in ["taken.csv", "taken.xlsx", "taken.json"] {
        expect(here, 1, &["controls", "inheritance", "Portal", "-o", file]);
        assert!(std::fs::metadata(here.join(file)).unwrap().len() > 100, "{file}");
    }
    let csv = std::fs::read_to_string(here.join("taken.csv")).unwrap();
    assert!(csv.contains("tell the help desk") && csv.contains("Platform"), "{csv}");
}
