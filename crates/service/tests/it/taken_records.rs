//! POA&M items and components in workbooks and back: what was exported is nothing new, a changed cell is that field of
//! that record alone.

use crate::stores::{Fixture, on_both, sample};
use crate::workbooks::{Pages, exported, taken};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use warrant_model::scope::Role;
use warrant_service::hand_in::{Compared, HandIn, HandInError};
use warrant_service::import::Mode;
use warrant_service::taken_back::{Becomes, TakenOutcome};
use warrant_service::{Actor, ServiceError};

on_both!(
    a_changed_cell_is_one_field,
    items_step_through_their_states,
    new_rows_become_records_once,
    bad_cells_are_named_and_nothing_is_written,
    newer_evidence_is_no_edit
);

const FORMATS: [&str; 5] =
    ["fedramp-poam", "emass-poam", "emass-poam-navy", "fedramp-inventory", "emass-test-results"];
const POAM: &str = "fedramp-poam";
const ID: &str = "POAM ID";

/// Workbooks of the sample organisation, by format and system, are nothing new.
pub(crate) async fn they_come_back_as_they_left(
    fixture: &Fixture,
    made: &BTreeMap<(String, String), HandIn>,
) {
    let size = fixture.service.ledger_size().await.unwrap();
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    for ((format, system), hand_in) in made {
        if !FORMATS.contains(&format.as_str()) {
            continue;
        }
        let bytes = &hand_in.files[0].1;
        let pages = Pages::read(format, bytes);
        assert!(pages.mark.is_some());
        let count: usize = pages.sheets.iter().map(Vec::len).sum();
        *rows.entry(format).or_default() += count;
        // As exported; saved by another program with its mark; and by one that drops it.
        let unmarked = Pages { mark: None, ..pages.clone() };
        let mut books = vec![(bytes.clone(), Compared::Export), (unmarked.book(), Compared::Unmarked)];
        if format != "emass-test-results" {
            books.push((pages.book(), Compared::Export));
        }
        for (bytes, compared) in books {
            let outcome = taken(fixture, (system, format), bytes, Mode::Commit).await.unwrap();
            assert_eq!((&outcome.judged, &outcome.edited), (&vec![], &vec![]), "{format} of {system}");
            assert_eq!(outcome.not_taken, [], "{format} of {system}");
            assert_eq!(
                (outcome.same, outcome.absent, outcome.leaf),
                (count, 0, None),
                "{format} of {system}"
            );
            assert_eq!(outcome.compared, compared);
        }
    }
    println!("rows that came back as they left: {rows:?}");
    assert!(FORMATS.iter().all(|format| rows[format] > 20), "{rows:?}");
    assert_eq!(fixture.service.ledger_size().await.unwrap(), size, "nothing was written");
}

/// A system with items in several states, components, and findings of a scan.
async fn portal(fixture: &Fixture) -> String {
    let system = fixture.system("Portal").await.id;
    let ada = fixture.make("person", json!({"name": "Ada Okafor", "email": "ada@example.org"})).await.id;
    fixture.make("person", json!({"name": "Bo Lind", "email": "bo@example.org"})).await;
    fixture.import(&system, "evidence/bill-app1-baseline-2.ckl").await.unwrap();
    let snapshot = fixture.service.snapshot(&Actor::program(), &system, None).await.unwrap();
    let table = &snapshot.findings;
    let rule = table.text(table.rule[table.open().next().unwrap()]).to_owned();
    let items = [
        json!({"title": "Ports are open", "state": "ongoing", "severity": "critical", "controls": ["ac-4", "ac-2_smt.a"],
            "findings": [rule], "owner": ada, "due": "2027-01-29", "identified": "2026-10-01", "hours": 40, "cost": 1200.5,
            "milestones": [{"title": "Order parts, by post", "due": "2026-12-18"}, {"title": "Fit them", "due": "2027-01-15"}]}),
        json!({"title": "Nobody reads the log", "description": "It fills up.\nNobody looks.", "state": "validating",
            "severity": "medium", "controls": ["au-6"], "owner": ada, "due": "2026-12-29", "validation": "report 7"}),
        json!({"title": "Old keys", "state": "draft", "severity": "low"}),
        json!({"title": "Default password", "state": "closed", "severity": "high", "validation": "seen changed",
            "comments": "done in May"}),
    ];
    for mut item in items {
        item["system"] = system.clone().into();
        fixture.make("poam_item", item).await;
    }
    for mut part in [
        json!({"name": "Application server", "component_type": "host", "hostnames": ["bill-app1", "10.1.2.3"], "owner": ada}),
        json!({"name": "nginx", "component_type": "software", "product_version": "1.25", "vendor": "F5"}),
        json!({"name": "Ledger", "component_type": "data-store", "hostnames": ["db1.example.org", "db1", "10.1.2.4"],
            "end_of_support": "2028-01-31"}),
    ] {
        part["system"] = system.clone().into();
        fixture.make("component", part).await;
    }
    system
}

/// The bodies of all records of a kind, by id.
async fn bodies(fixture: &Fixture, kind: &str) -> BTreeMap<String, Value> {
    let query =
        warrant_service::query::RecordQuery { kind: kind.to_owned(), limit: 1000, ..Default::default() };
    let page = fixture.service.list_records(&Actor::program(), &query).await.unwrap();
    page.rows.into_iter().map(|row| (row.id, row.body)).collect()
}

/// Fields by record in which bodies differ.
fn differing(before: &BTreeMap<String, Value>, after: &BTreeMap<String, Value>) -> Vec<String> {
    let mut found = Vec::new();
    for (id, new) in after {
        let Some(old) = before.get(id) else {
            found.push(format!("{} is new", new["title"].as_str().or(new["name"].as_str()).unwrap()));
            continue;
        };
        let names = [old, new].map(|body| body.as_object().unwrap().keys().cloned());
        let names: std::collections::BTreeSet<String> = names.into_iter().flatten().collect();
        found.extend(names.into_iter().filter(|name| old[name] != new[name]));
    }
    found
}

async fn a_changed_cell_is_one_field(fixture: Fixture) {
    let system = portal(&fixture).await;
    let service = &fixture.service;
    // The format, the row, the column, what is written there, the field (empty: it is not taken) and what it becomes.
    let ports = "Ports are open";
    let milestones = json!([{"title": "Order parts, by post", "due": "2026-12-18", "done": "2026-11-20"},
        {"title": "Fit them", "due": "2027-01-15"}, {"title": "Test"}]);
    let lines = "1. Order parts, by post, 12/18/2026 (done 11/20/2026)\n2. Fit them, 01/15/2027\n3. Test";
    let fedramp = [
        ("Weakness Name", "Ports stand open", "title", json!("Ports stand open")),
        ("Weakness Description", "All of them.", "description", json!("All of them.")),
        ("Controls", "AC-2, SC-7(3)", "controls", json!(["ac-2_smt.a", "sc-7.3"])),
        ("Point of Contact", "bo@example.org", "owner", Value::Null),
        ("Resources Required", "50 hours; cost 1,300", "hours", json!(50.0)),
        ("Original Detection Date", "2026-09-30", "identified", json!("2026-09-30")),
        ("Scheduled Completion Date", "2027-02-28", "due", json!("2027-02-28")),
        ("Planned Milestones", lines, "milestones", milestones),
        ("Adjusted Risk Rating", "moderate", "severity", json!("medium")),
        ("Supporting Documents", "ticket 12", "validation", json!("ticket 12")),
        ("Comments", "=HYPERLINK(\"x\")", "comments", json!("=HYPERLINK(\"x\")")),
        ("Weakness Detector Source", "another", "", Value::Null),
        ("Asset Identifier", "another", "", Value::Null),
        ("Status Date", "2026-11-01", "", Value::Null),
        ("Original Risk Rating", "Low", "", Value::Null),
        ("Risk Adjustment", "Pending", "", Value::Null),
        ("Milestone Changes", "moved", "", Value::Null),
        ("False Positive", "Yes", "", Value::Null),
        ("Vendor Dependency", "on F5", "", Value::Null),
        ("Resources Required", "two people", "", Value::Null),
        ("Comments", "formula:=A1", "", Value::Null),
    ];
    let emass = [
        ("Control Vulnerability Description", "All of them.", "description", json!("All of them.")),
        ("Security Control Number (NC/NA controls only)", "SC-7", "controls", json!(["sc-7", "ac-2_smt.a"])),
        ("Severity", "Low", "severity", json!("low")),
        ("Scheduled Completion Date", "2027-02-28", "due", json!("2027-02-28")),
        ("Comments", "new", "comments", json!("new")),
        ("Office/Org", "Elsewhere", "", Value::Null),
        ("Status", "Risk Accepted", "", Value::Null),
        ("Mitigations", "none", "", Value::Null),
    ];
    let inventory = [
        ("UNIQUE ASSET IDENTIFIER", "db0", "hostnames", json!(["db0", "db1.example.org", "db1", "10.1.2.4"])),
        ("IPv4 or IPv6 Address", "10.1.2.5", "hostnames", json!(["db1.example.org", "db1", "10.1.2.5"])),
        (
            "DNS Name or URL",
            "db1.example.org; db2",
            "hostnames",
            json!(["db1.example.org", "10.1.2.4", "db2"]),
        ),
        ("Asset Type", "server", "component_type", json!("host")),
        ("Diagram Label", "General ledger", "name", json!("General ledger")),
        ("System Administrator/ Owner", "Ada Okafor", "owner", Value::Null),
        ("End-of-Life", "", "end_of_support", Value::Null),
        ("In Latest Scan", "Yes", "", Value::Null),
        ("MAC Address", "00:00:5e:00:53:01", "", Value::Null),
        ("Software/ Database Vendor", "Somebody", "", Value::Null),
    ];
    let formats = [
        (POAM, "poam_item", ("Weakness Name", ports), &fedramp[..]),
        ("emass-poam", "poam_item", ("Control Vulnerability Description", ports), &emass[..]),
        ("fedramp-inventory", "component", ("Diagram Label", "Ledger"), &inventory[..]),
    ];
    let mut cells = 0;
    for (format, kind, row, cases) in formats {
        for marked in [true, false] {
            for (header, text, field, value) in cases {
                let place = format!("{format}, {header}: {text}");
                let mut pages = Pages::read(format, &exported(&fixture, format, &system).await);
                pages.mark = pages.mark.filter(|_| marked);
                *pages.cell(row, header) = (*text).to_owned();
                let before = bodies(&fixture, kind).await;
                let outcome = taken(&fixture, (&system, format), pages.book(), Mode::Commit).await.unwrap();
                let after = bodies(&fixture, kind).await;
                let fields = differing(&before, &after);
                cells += 1;
                if field.is_empty() {
                    assert_eq!((fields.len(), outcome.leaf), (0, None), "{place}: {fields:?}");
                    let left: Vec<_> = outcome.not_taken.iter().map(|one| one.column.as_str()).collect();
                    assert_eq!(left, [*header], "{place}");
                    continue;
                }
                let expected =
                    if *text == "50 hours; cost 1,300" { vec!["cost", "hours"] } else { vec![*field] };
                assert_eq!(fields, expected, "{place}: {outcome:?}");
                assert_eq!(outcome.not_taken, [], "{place}");
                assert_eq!((outcome.writes(), outcome.edited.len()), (1, 1), "{place}");
                assert_eq!(outcome.edited[0].fields[0].column, *header, "{place}");
                let id = outcome.edited[0].record.as_ref().unwrap().as_str();
                if !value.is_null() {
                    assert_eq!(after[id][*field], *value, "{place}");
                }
                // The same workbook again is nothing new: without its mark columns that follow from others would be.
                if marked {
                    let again = taken(&fixture, (&system, format), pages.book(), Mode::Commit).await.unwrap();
                    assert_eq!((again.writes(), again.leaf), (0, None), "{place}: {again:?}");
                }
                // The act can be undone.
                service.undo(&Actor::program(), outcome.leaf.unwrap()).await.unwrap();
                assert_eq!(
                    differing(&before, &bodies(&fixture, kind).await),
                    Vec::<String>::new(),
                    "{place}"
                );
            }
        }
    }
    println!("{cells} changed cells, each that field of that record or named as not taken");
}

async fn edited(fixture: &Fixture, of: (&str, &str), pages: &Pages) -> Result<TakenOutcome, ServiceError> {
    taken(fixture, of, pages.book(), Mode::Commit).await
}

fn state(outcome: &TakenOutcome) -> (&str, &str) {
    let [line] = &outcome.edited[..] else { panic!("{outcome:?}") };
    let state = line.fields.iter().find(|field| field.column == "State").unwrap();
    (&state.was, &state.becomes)
}

async fn items_step_through_their_states(fixture: Fixture) {
    let system = portal(&fixture).await;
    let of = (system.as_str(), POAM);
    let pages = Pages::read(POAM, &exported(&fixture, POAM, &system).await);
    let (id, name) = (pages.at(ID), pages.at("Weakness Name"));
    let on = |pages: &Pages, sheet: usize, title: &str| {
        pages.sheets[sheet].iter().position(|row| row[name] == title).unwrap()
    };
    let moved = |from: usize, to: usize, title: &str, fill: &[(&str, &str)]| {
        let mut pages = pages.clone();
        let at = on(&pages, from, title);
        let mut row = pages.sheets[from].remove(at);
        fill.iter().for_each(|(header, text)| row[pages.at(header)] = (*text).to_owned());
        pages.sheets[to].push(row);
        pages
    };
    // What is under way is reported done; an officer accepts what is reported.
    let outcome =
        edited(&fixture, of, &moved(0, 1, "Ports are open", &[("Supporting Documents", "scan 9")])).await;
    assert_eq!(state(&outcome.unwrap()), ("Ongoing", "Awaiting validation"));
    let outcome = edited(&fixture, of, &moved(0, 1, "Nobody reads the log", &[])).await;
    assert_eq!(state(&outcome.unwrap()), ("Awaiting validation", "Closed"));
    let outcome = edited(&fixture, of, &moved(1, 0, "Default password", &[])).await;
    assert_eq!(state(&outcome.unwrap()), ("Closed", "Ongoing"));
    for (title, says) in [
        ("Old keys", "the item is a draft and has no plan yet"),
        ("Default password", "sheet \"Open POA&M Items\" row"),
    ] {
        let mut pages = moved(0, 1, "Old keys", &[]);
        if title == "Default password" {
            // The same row on both sheets.
            let row = pages.sheets[1][on(&pages, 1, title)].clone();
            assert!(!row[id].is_empty());
            pages.sheets[0].push(row);
        }
        let refused = edited(&fixture, of, &pages).await.unwrap_err().to_string();
        assert!(refused.contains(says), "{refused}");
    }
    // In eMASS the column of the state does it.
    let (format, key) = ("emass-poam", "Control Vulnerability Description");
    let mut pages = Pages::read(format, &exported(&fixture, format, &system).await);
    *pages.cell((key, "Default password"), "Status") = "Completed".to_owned();
    let outcome = edited(&fixture, (&system, format), &pages).await.unwrap();
    assert_eq!(state(&outcome), ("Ongoing", "Awaiting validation"));
    let mut pages = Pages::read(format, &exported(&fixture, format, &system).await);
    *pages.cell((key, "It fills up.\nNobody looks."), "Status") = "Ongoing".to_owned();
    let outcome = edited(&fixture, (&system, format), &pages).await.unwrap_err().to_string();
    assert!(outcome.contains("a closed item is opened again with a reason"), "{outcome}");
    // Who may not accept may not accept here.
    let engineer = Actor { everywhere: Some(Role::Engineer), ..Actor::program() };
    let mut pages = Pages::read(POAM, &exported(&fixture, POAM, &system).await);
    let at = on(&pages, 0, "Default password");
    let row = pages.sheets[0].remove(at);
    pages.sheets[1].push(row);
    let back = fixture.service.take_back(&engineer, of, ("b", pages.book()), Mode::DryRun).await;
    assert!(matches!(back, Err(ServiceError::Denied(_))), "{back:?}");
}

/// The format, the kind, the cells of the row and the state that the record begins in.
type NewRow<'t> = (&'t str, &'t str, &'t [(&'t str, &'t str)], &'t str);

async fn new_rows_become_records_once(fixture: Fixture) {
    let system = portal(&fixture).await;
    let columns: [NewRow<'_>; 3] = [
        (
            POAM,
            "poam_item",
            &[
                ("Weakness Name", "A new hole"),
                ("Controls", "SI-2"),
                ("Point of Contact", "Bo Lind"),
                ("Scheduled Completion Date", "2027-03-31"),
                ("Original Risk Rating", "High"),
                ("Weakness Source Identifier", "CVE-2026-1111; 19506"),
                ("Asset Identifier", "bill-app1"),
            ],
            "planned",
        ),
        (
            "emass-poam",
            "poam_item",
            &[
                ("Control Vulnerability Description", "Another hole\nthat nobody saw"),
                ("Status", "Ongoing"),
                ("Severity", "Very High"),
            ],
            "draft",
        ),
        (
            "fedramp-inventory",
            "component",
            &[
                ("UNIQUE ASSET IDENTIFIER", "gw1"),
                ("IPv4 or IPv6 Address", "10.1.2.9"),
                ("DNS Name or URL", "gw1.example.org"),
                ("Asset Type", "Device"),
                ("Diagram Label", "Gateway"),
            ],
            "",
        ),
    ];
    for (format, kind, cells, state) in columns {
        let mut pages = Pages::read(format, &exported(&fixture, format, &system).await);
        let mut row = vec![String::new(); pages.layout.columns.len()];
        cells.iter().for_each(|(header, text)| row[pages.at(header)] = (*text).to_owned());
        pages.sheets[0].push(row);
        let before = bodies(&fixture, kind).await;
        let outcome = edited(&fixture, (&system, format), &pages).await.unwrap();
        assert_eq!((outcome.count(Becomes::New), outcome.count(Becomes::Changed)), (1, 0), "{format}");
        let after = bodies(&fixture, kind).await;
        assert_eq!(differing(&before, &after).len(), 1, "{format}");
        let body = after.iter().find(|(id, _)| !before.contains_key(*id)).unwrap().1;
        match format {
            POAM => {
                assert_eq!(body["findings"], json!(["CVE-2026-1111", "19506"]));
                assert_eq!((&body["severity"], &body["controls"]), (&json!("high"), &json!(["si-2"])));
                assert_eq!(outcome.not_taken[0].column, "Asset Identifier");
            }
            "emass-poam" => {
                assert_eq!(body["title"], "Another hole");
                assert_eq!(body["description"], "Another hole\nthat nobody saw");
            }
            _ => {
                assert_eq!(body["name"], "Gateway");
                assert_eq!(body["hostnames"], json!(["gw1", "10.1.2.9", "gw1.example.org"]));
            }
        }
        assert_eq!(body["state"].as_str().unwrap_or_default(), state, "{format}");
        // Whoever sends it again finds it there.
        let again = edited(&fixture, (&system, format), &pages).await.unwrap();
        assert_eq!((again.writes(), again.leaf), (0, None), "{format}: {again:?}");
        // A row that is struck out leaves its record alone.
        pages.sheets[0].remove(0);
        let fewer = edited(&fixture, (&system, format), &pages).await.unwrap();
        assert_eq!((fewer.writes(), fewer.absent), (0, 1), "{format}: {fewer:?}");
    }
}

async fn bad_cells_are_named_and_nothing_is_written(fixture: Fixture) {
    let (service, system) = (&fixture.service, portal(&fixture).await);
    let poam: [(&str, &str, &str); 8] = [
        (ID, "poam_0", "no POA&M item of this system that could stand here has the id `poam_0`"),
        ("Weakness Name", "", "a weakness needs a name"),
        (
            "Scheduled Completion Date",
            "02/31/2027",
            "`02/31/2027` is no day; write it as 03/05/2026 or 2026-03-05",
        ),
        ("Adjusted Risk Rating", "Severe", "`Severe` is none of High, Moderate, Low, N/A"),
        ("Point of Contact", "Nobody", "nobody on record is called `Nobody`"),
        ("Controls", "AC-4, ZZ-1", "`ZZ-1` is no control of SP 800-53"),
        ("Planned Milestones", "1. Fit them, 13/13/2027", "`13/13/2027` is no day"),
        ("Planned Milestones", "1. Fit them, 12/31/2029", "milestone 1 is due after the item itself"),
    ];
    let inventory: [(&str, &str, &str); 4] = [
        ("Asset Type", "Toaster", "`Toaster` is no type that Warrant knows; write one of Server, Device"),
        ("End-of-Life", "soon", "`soon` is no day"),
        ("Diagram Label", "", "a component needs its name"),
        ("System Administrator/ Owner", "Nobody", "nobody on record is called `Nobody`"),
    ];
    let cases = poam.map(|case| (POAM, ("Weakness Name", "Ports are open"), case));
    let cases = cases
        .into_iter()
        .chain(inventory.map(|case| ("fedramp-inventory", ("Diagram Label", "Ledger"), case)));
    let size = service.ledger_size().await.unwrap();
    for (format, row, (header, text, says)) in cases {
        let mut pages = Pages::read(format, &exported(&fixture, format, &system).await);
        *pages.cell(row, header) = text.to_owned();
        for mode in [Mode::DryRun, Mode::Commit] {
            let refused =
                taken(&fixture, (&system, format), pages.book(), mode).await.unwrap_err().to_string();
            assert!(refused.contains(says) && refused.contains(" row "), "{header}: {refused}");
            assert!(says.starts_with("milestone 1") || refused.contains(&format!("({header})")), "{refused}");
        }
    }
    // An id twice, a workbook of another system, and what was changed here since.
    let made = exported(&fixture, POAM, &system).await;
    let mut pages = Pages::read(POAM, &made);
    let row = pages.sheets[0][0].clone();
    pages.sheets[0].push(row);
    let refused = edited(&fixture, (&system, POAM), &pages).await.unwrap_err().to_string();
    assert!(refused.contains("row 4 is the same POA&M item; leave one of them"), "{refused}");
    fixture.system("Other").await;
    let refused = taken(&fixture, ("Other", POAM), made.clone(), Mode::Commit).await;
    assert!(matches!(refused, Err(ServiceError::HandIn(HandInError::OtherSystem))), "{refused:?}");
    assert_eq!(service.ledger_size().await.unwrap(), size + 1, "one system was made");

    let mut pages = Pages::read(POAM, &made);
    *pages.cell(("Weakness Name", "Ports are open"), "Comments") = "from the sheet".to_owned();
    let id = pages.cell(("Weakness Name", "Ports are open"), ID).clone();
    service
        .patch(&Actor::program(), &id, None, &[("comments".to_owned(), json!("from here"))])
        .await
        .unwrap();
    let refused = edited(&fixture, (&system, POAM), &pages).await.unwrap_err().to_string();
    assert!(
        refused.contains("changed in Warrant since the export as well, and is `from here` now"),
        "{refused}"
    );
    *pages.cell(("Weakness Name", "Ports are open"), "Comments") = "from here".to_owned();
    assert_eq!(edited(&fixture, (&system, POAM), &pages).await.unwrap().writes(), 0);
    // What was changed here and not there stays.
    let before = bodies(&fixture, "poam_item").await;
    let untouched = taken(&fixture, (&system, POAM), made, Mode::Commit).await.unwrap();
    assert_eq!((untouched.writes(), untouched.leaf), (0, None));
    assert_eq!(bodies(&fixture, "poam_item").await, before);
}

async fn newer_evidence_is_no_edit(fixture: Fixture) {
    let system = portal(&fixture).await;
    let levels = json!({"system": system, "name": "Main", "confidentiality": "low", "integrity": "low", "availability": "low"});
    fixture.make("information_type", levels).await;
    let made: BTreeMap<&str, Vec<u8>> = {
        let mut made = BTreeMap::new();
        for format in FORMATS {
            made.insert(format, exported(&fixture, format, &system).await);
        }
        made
    };
    fixture.import(&system, "evidence/net-core1-baseline-2.cklb").await.unwrap();
    let checklist = String::from_utf8(sample("evidence/bill-app1-baseline-2.ckl")).unwrap();
    let mended = checklist.replace("<STATUS>Open</STATUS>", "<STATUS>NotAFinding</STATUS>");
    assert_ne!(mended, checklist);
    fixture.set_clock("2026-11-24T10:00:00Z");
    let file = warrant_service::import::ImportFile {
        name: "bill-app1-mended.ckl".into(),
        bytes: mended.into_bytes().into(),
    };
    let progress = std::sync::Arc::new(warrant_service::import::Progress::default());
    fixture.service.import(&Actor::program(), file, Some(&system), Mode::Commit, progress).await.unwrap();
    let mut seen = 0;
    for (format, bytes) in &made {
        let marked = taken(&fixture, (&system, format), bytes.clone(), Mode::DryRun).await.unwrap();
        assert_eq!((marked.writes(), marked.not_taken.len()), (0, 0), "{format}: {marked:?}");
        assert!(marked.compared.caution().is_none());
        // Without its mark newer evidence can not be told from people's words, and that is said.
        let unmarked = Pages { mark: None, ..Pages::read(format, bytes) };
        let outcome = taken(&fixture, (&system, format), unmarked.book(), Mode::DryRun).await.unwrap();
        assert!(outcome.compared.caution().unwrap().contains("compared with what Warrant would write now"));
        seen += outcome.writes() + outcome.not_taken.len();
        // So it is when what was written is not in this store, or the mark is somebody's own.
        for mark in ["0".repeat(64), "../../etc".to_owned()] {
            let lost = Pages { mark: Some(mark), ..unmarked.clone() };
            let lost = taken(&fixture, (&system, format), lost.book(), Mode::DryRun).await.unwrap();
            assert_eq!((lost.compared, &lost.edited), (Compared::Lost, &outcome.edited));
            assert!(lost.compared.caution().unwrap().contains("is not in this store"));
        }
    }
    assert!(seen > 0, "the newer evidence changed nothing");
}
