//! `warrant report` as people and scripts drive it.

use crate::program::{expect, json, run, words};
use rust_xlsxwriter::Workbook;
use std::path::Path;

/// The columns of FedRAMP's inventory, in a sheet of another name.
const INVENTORY: [&str; 25] = [
    "UNIQUE ASSET IDENTIFIER",
    "IPv4 or IPv6 Address",
    "Virtual",
    "Public",
    "DNS Name or URL",
    "NetBIOS Name",
    "MAC Address",
    "Authenticated Scan",
    "Baseline Configuration Name",
    "OS Name and Version",
    "Location",
    "Asset Type",
    "Hardware Make/Model",
    "In Latest Scan",
    "Software/ Database Vendor",
    "Software/ Database Name & Version",
    "Patch Level",
    "Diagram Label",
    "Comments",
    "Serial #/Asset Tag#",
    "VLAN/ Network ID",
    "System Administrator/ Owner",
    "Application Administrator/ Owner",
    "Function",
    "End-of-Life ",
];

fn template(path: &Path, headers: &[&str]) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Assets").unwrap();
    headers.iter().enumerate().for_each(|(nth, header)| {
        sheet.write_string(1, nth as u16 + 1, *header).unwrap();
    });
    book.save(path).unwrap();
}

#[test]
fn a_system_is_handed_in_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let listed = expect(here, 0, &["report", "list"]);
    for id in [
        "security-plan",
        "executive-summary",
        "fedramp-poam",
        "emass-test-results",
        "cklb",
        "hdf",
        "fedramp-decisions",
    ] {
        assert!(listed.lines().any(|line| line.starts_with(id)), "{listed}");
    }
    expect(here, 0, &["init", "--name", "Test House", "--officer", "me@example.org"]);
    expect(here, 0, &["records", "system", "set", "new", "name=Portal"]);
    let ckl =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/northwater/evidence/bill-app1-baseline-2.ckl");
    expect(here, 0, &["import", ckl, "--system", "Portal"]);
    expect(
        here,
        0,
        &[
            "records",
            "component",
            "set",
            "new",
            "system=Portal",
            "name=App",
            "hostnames=bill-app1; 192.0.2.1",
        ],
    );

    let done = json(here, &["report", "cklb", "--system", "Portal", "-o", "out/"]);
    assert_eq!(done["files"].as_array().unwrap().len(), 1, "{done}");
    let written = std::fs::read_to_string(here.join(done["files"][0].as_str().unwrap())).unwrap();
    assert!(written.contains("\"cklb_version\": \"1.0\""));
    let printed = expect(here, 0, &["report", "hdf", "--system", "Portal"]);
    assert!(printed.starts_with('{') && printed.contains("\"profiles\""));

    template(&here.join("blank.xlsx"), &INVENTORY);
    let fill = ["report", "fedramp-inventory", "--system", "Portal", "--template", "blank.xlsx", "-o"];
    let done = run(here, &[&fill[..], &["inventory.xlsx"]].concat());
    assert_eq!(done.status.code(), Some(0), "{}", words(&done));
    assert!(words(&done).contains("sheet \"Assets\": 1 rows below the headers of row 2"), "{}", words(&done));
    assert!(words(&done).contains("MAC Address: Warrant keeps no such thing"), "{}", words(&done));
    assert!(std::fs::read(here.join("inventory.xlsx")).unwrap().starts_with(b"PK"));

    let before = std::fs::read(here.join("blank.xlsx")).unwrap();
    let over = run(here, &[&fill[..], &["./blank.xlsx"]].concat());
    assert_eq!(over.status.code(), Some(2));
    assert!(words(&over).contains("is the template"), "{}", words(&over));
    assert_eq!(std::fs::read(here.join("blank.xlsx")).unwrap(), before);

    template(&here.join("blank.xlsx"), &INVENTORY[..20]);
    let refused = run(here, &[&fill[..], &["second.xlsx"]].concat());
    assert_eq!(refused.status.code(), Some(1), "{}", words(&refused));
    assert!(words(&refused).contains("\"Assets\" lacks \"VLAN/ Network ID\""), "{}", words(&refused));
    assert!(!here.join("second.xlsx").exists());
}

#[test]
fn a_filled_workbook_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    expect(here, 0, &["init", "--name", "Test House", "--officer", "me@example.org"]);
    expect(here, 0, &["records", "system", "set", "new", "name=Portal"]);
    let columns = [
        ("Control Acronym", "AC-1"),
        ("AP Acronym", ""),
        ("CCI", "000002"),
        ("Compliance Status", "Non-Compliant"),
        ("Date Tested", "2024-03-05"),
        ("Tested By", "Audit House"),
        ("Test Results", "The policy names nobody."),
    ];
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("Test Results").unwrap();
    for (at, (header, text)) in (0..).zip(columns) {
        sheet.write_string(0, at, header).unwrap();
        sheet.write_string(1, at, text).unwrap();
    }
    book.save(here.join("filled.xlsx")).unwrap();
    let back = ["report", "emass-test-results", "--system", "Portal", "--back", "filled.xlsx"];
    let shown = json(here, &[&back[..], &["--dry-run"]].concat());
    assert_eq!(
        (&shown["judged"][0]["cci"], &shown["judged"][0]["becomes"]),
        (&"CCI-000002".into(), &"new".into())
    );
    assert!(shown.get("leaf").is_none(), "{shown}");
    let done = run(here, &back);
    assert_eq!(done.status.code(), Some(0), "{}", words(&done));
    assert!(
        words(&done).contains("Assessments: 1 new recorded, 0 changed, 0 known before"),
        "{}",
        words(&done)
    );
    let again = run(here, &back);
    assert!(words(&again).contains("0 new recorded, 0 changed"), "{}", words(&again));

    let sheet = book.worksheet_from_index(0).unwrap();
    sheet.write_string(1, 3, "Perhaps").unwrap();
    book.save(here.join("filled.xlsx")).unwrap();
    let refused = run(here, &back);
    assert_eq!(refused.status.code(), Some(1), "{}", words(&refused));
    let says = "row 2, column D (Compliance Status): `Perhaps` is none of";
    assert!(words(&refused).contains(says), "{}", words(&refused));
    let poam = run(here, &["report", "fedramp-poam", "--system", "Portal", "--back", "filled.xlsx"]);
    assert_eq!(poam.status.code(), Some(1), "{}", words(&poam));
    assert!(words(&poam).contains("the workbook has no sheet named"), "{}", words(&poam));
    let ckl = run(here, &["report", "ckl", "--system", "Portal", "--back", "filled.xlsx"]);
    assert_eq!(ckl.status.code(), Some(2), "{}", words(&ckl));
    assert!(words(&ckl).contains("`ckl` is not taken back; workbooks are: fedramp-poam"), "{}", words(&ckl));
}

#[test]
fn what_is_missing_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    expect(here, 0, &["init", "--name", "Test House", "--officer", "me@example.org"]);
    expect(here, 0, &["records", "system", "set", "new", "name=Portal"]);
    for (args, code, wanted) in [
        (&["report", "ckl"][..], 2, "--system"),
        (&["report", "spoon", "--system", "Portal"], 2, "warrant report list"),
        (&["report", "ckl", "--system", "Nowhere"], 2, "there is no system"),
        (&["report", "ckl", "--system", "Portal"], 1, "no check results"),
        (&["report", "fedramp-poam", "--system", "Portal"], 2, "--template"),
        (&["report", "fedramp-accepted", "--system", "Portal"], 2, "--package"),
        (&["report", "fedramp-accepted", "--system", "Portal", "--package", "x y"], 2, "full URI"),
    ] {
        let output = run(here, args);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", words(&output));
        assert!(output.stdout.is_empty() && words(&output).contains(wanted), "{args:?}: {}", words(&output));
    }
}

#[test]
fn documents_are_written_as_the_ending_says() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    expect(here, 0, &["init", "--name", "Test House", "--officer", "me@example.org"]);
    expect(here, 0, &["records", "system", "set", "new", "name=Portal"]);
    for document in ["security-plan", "assessment-report", "plan-of-action", "risk-brief"] {
        for (ending, begins) in [("html", &b"<!DOCTYPE html>"[..]), ("docx", &b"PK"[..])] {
            let file = format!("{document}.{ending}");
            expect(here, 0, &["report", document, "--system", "Portal", "-o", &file]);
            assert!(std::fs::read(here.join(&file)).unwrap().starts_with(begins), "{file}");
        }
    }
    let done = json(here, &["report", "executive-summary", "-o", "out/"]);
    let path = done["files"][0].as_str().unwrap();
    assert!(path.ends_with(".html") && path.contains("executive-summary"), "{path}");
    let html = std::fs::read_to_string(here.join(path)).unwrap();
    assert!(html.contains("0 of 1 system may operate"), "{html}");
    let printed = expect(here, 0, &["report", "risk-brief"]);
    assert!(printed.contains("The risk of Test House is not assessed"), "{printed}");
    for (args, wanted) in [
        (&["report", "security-plan"][..], "--system"),
        (&["report", "security-plan", "--system", "Nowhere"], "there is no system"),
        (
            &["report", "security-plan", "--system", "Portal", "-o", "plan.pdf"],
            "neither in .html nor in .docx",
        ),
        (&["report", "security-plan", "--system", "Portal", "--target", "x"], "--target"),
        (&["report", "risk-brief", "--system", "Portal", "--as-of", "2026-01-01"], "present alone"),
        (&["report", "executive-summary", "--system", "Portal"], "not of a system"),
        (&["report", "ckl", "--system", "Portal", "--as-of", "2026-01-01"], "--as-of"),
    ] {
        let output = run(here, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", words(&output));
        assert!(output.stdout.is_empty() && words(&output).contains(wanted), "{args:?}: {}", words(&output));
    }
    assert!(!here.join("plan.pdf").exists());
}
