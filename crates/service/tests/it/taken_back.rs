//! Test results in a workbook and back: what was exported is nothing new, what was changed is that judgement alone.

use crate::hand_in::template;
use crate::stores::{Fixture, on_both};
use calamine::{Data, Reader as _, Xlsx};
use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::json;
use std::io::Cursor;
use warrant_model::kinds::AssessmentResult;
use warrant_model::posture::Status;
use warrant_model::scope::Role;
use warrant_report::hand_in::layout;
use warrant_service::hand_in::{Asked, HandInError};
use warrant_service::import::Mode;
use warrant_service::taken_back::{Becomes, TakenOutcome};
use warrant_service::{Actor, ServiceError};

on_both!(
    what_was_exported_is_nothing_new,
    a_changed_row_is_one_judgement,
    a_bad_row_is_named_and_nothing_is_written
);

const FORMAT: &str = "emass-test-results";
const HEADERS: [&str; 6] =
    ["CCI", "Control Acronym", "Compliance Status", "Date Tested", "Tested By", "Test Results"];

/// A row of the sheet: CCI, control, status, day, who, text.
type Row = [String; 6];

/// A system with the results of two checklists and judgements on whole controls.
async fn examined(fixture: &Fixture) -> String {
    let system = fixture.system("Meter").await.id;
    let levels = json!({"system": system, "name": "Main", "confidentiality": "moderate", "integrity": "moderate", "availability": "low"});
    fixture.make("information_type", levels).await;
    for file in ["bill-app1-baseline-2.ckl", "net-core1-baseline-2.cklb"] {
        fixture.import(&system, &format!("evidence/{file}")).await.unwrap();
    }
    fixture.make("person", json!({"name": "Ada Okafor", "email": "ada@example.org"})).await;
    for (control, result) in
        [("at-2", "satisfied"), ("cm-6_smt.b", "other-than-satisfied"), ("ac-2_smt.a", "satisfied")]
    {
        let body = json!({"system": system, "control": control, "method": "examine", "result": result,
            "assessed_on": "2026-10-05", "tested_by": "Audit Partners, Ltd", "notes": "seen\nread  "});
        fixture.make("assessment", body).await;
    }
    system
}

async fn exported(fixture: &Fixture, system: &str) -> Vec<u8> {
    let layout = layout(FORMAT).unwrap().unwrap();
    let asked = Asked {
        format: FORMAT.to_owned(),
        system: system.to_owned(),
        template: Some(template(&layout, 6)),
        ..Asked::default()
    };
    fixture.service.hand_in(&Actor::program(), asked).await.unwrap().files.remove(0).1
}

/// The rows of a filled workbook, read by another reader than ours.
fn rows(bytes: &[u8]) -> Vec<Row> {
    let mut book = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range("Test Result Import").unwrap();
    let mut lines = range.rows().skip_while(|row| row[0] != "Reserved");
    let heads: Vec<_> =
        lines.next().unwrap().iter().map(|cell| cell.to_string().replace('\n', " ")).collect();
    let at = HEADERS.map(|header| heads.iter().position(|head| head == header).unwrap());
    let text = |cell: &Data| match cell {
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    };
    lines.map(|row| at.map(|column| text(&row[column]))).collect()
}

/// A workbook with these rows, written by another writer than ours; days as cells, as text of either sort in turn.
fn book(rows: &[Row]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Test Result Import").unwrap();
    let layout = layout(FORMAT).unwrap().unwrap();
    let day = Format::new().set_num_format("dd-mmm-yyyy");
    for (at, column) in (0..).zip(&layout.columns) {
        sheet.write_string(2, at, &column.header).unwrap();
        let Some(of) = HEADERS.iter().position(|header| *header == column.header) else { continue };
        for (number, row) in (3..).zip(rows) {
            match row[of].parse::<Date>() {
                Ok(on) if of == 3 && number % 3 == 0 => {
                    let on =
                        ExcelDateTime::from_ymd(on.year() as u16, on.month() as u8, on.day() as u8).unwrap();
                    sheet.write_datetime_with_format(number, at, on, &day).unwrap();
                }
                Ok(on) if of == 3 && number % 3 == 1 => {
                    sheet.write_string(number, at, on.strftime("%d-%b-%Y").to_string()).unwrap();
                }
                _ => drop(sheet.write_string(number, at, &row[of]).unwrap()),
            }
        }
    }
    book.save_to_buffer().unwrap()
}

async fn taken(
    fixture: &Fixture,
    system: &str,
    bytes: Vec<u8>,
    mode: Mode,
) -> Result<TakenOutcome, ServiceError> {
    fixture.service.take_back(&Actor::program(), (system, FORMAT), ("results.xlsx", bytes), mode).await
}

async fn what_was_exported_is_nothing_new(fixture: Fixture) {
    let system = examined(&fixture).await;
    let size = fixture.service.ledger_size().await.unwrap();
    let bytes = exported(&fixture, &system).await;
    let before = rows(&bytes);
    println!("{} CCIs of tools and people", before.len());
    assert!(before.len() > 20, "{}", before.len());
    for judged in ["Audit Partners, Ltd", "Compliant", "Non-Compliant"] {
        assert!(before.iter().any(|row| row[4].contains(judged) || row[2] == judged), "{judged}");
    }
    for workbook in [bytes, book(&before)] {
        let outcome = taken(&fixture, &system, workbook, Mode::Commit).await.unwrap();
        assert_eq!(outcome.judged, []);
        assert_eq!((outcome.same, outcome.blank, outcome.leaf), (before.len(), 0, None));
    }
    assert_eq!(fixture.service.ledger_size().await.unwrap(), size, "nothing was written");
    // Whichever cell is changed, that CCI is judged and no other.
    let mut dice = 7_u64;
    let mut pick = |sides: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) as usize % sides
    };
    let snapshot = fixture.service.snapshot(&Actor::program(), &system, None).await.unwrap();
    let tools: Vec<&str> = {
        let table = &snapshot.findings;
        (0..table.len()).map(|row| table.text(table.tool[row])).collect()
    };
    for _ in 0..40 {
        let mut after = before.clone();
        let at = pick(after.len());
        let column = 2 + pick(4);
        after[at][column] = match (column, after[at][2].as_str()) {
            (2, "Compliant") => "non-compliant".to_owned(),
            (2, _) => "Compliant".to_owned(),
            (3, _) => "2026-11-22".to_owned(),
            (4, _) => format!("{}, Bo, the Other", after[at][4]),
            _ => format!("{}\nlooked again", after[at][5]),
        };
        let outcome = taken(&fixture, &system, book(&after), Mode::DryRun).await.unwrap();
        assert_eq!(outcome.same, before.len() - 1);
        let ccis: Vec<&str> = outcome.judged.iter().map(|line| line.cci.as_str()).collect();
        assert!(
            !ccis.is_empty() && ccis.iter().all(|cci| *cci == after[at][0]),
            "{ccis:?} for {:?}",
            after[at]
        );
        let line = &outcome.judged[0];
        let met = after[at][2] == "Compliant";
        assert_eq!(line.result == AssessmentResult::Satisfied, met, "{line:?}");
        assert_eq!(line.assessed_on.to_string(), after[at][3]);
        if column == 4 {
            assert!(line.tested_by.ends_with("Bo, the Other"), "{line:?}");
            assert!(!tools.iter().any(|tool| line.tested_by.contains(tool)), "{line:?}");
        }
    }
}

async fn a_changed_row_is_one_judgement(fixture: Fixture) {
    let (service, actor) = (&fixture.service, Actor::program());
    let system = examined(&fixture).await;
    let before = rows(&exported(&fixture, &system).await);
    let at = before.iter().position(|row| row[2] == "Compliant" && row[5].contains("met: ")).unwrap();
    let cci = before[at][0].clone();
    let control = warrant_catalog::cci::cci(&cci)[0].id;
    let status = async || {
        let all = service.controls(&actor, &system, None).await.unwrap();
        let statement = all.into_iter().flat_map(|one| one.statements).find(|one| one.statement == control);
        statement.map(|one| one.status)
    };
    let mut edited = before.clone();
    edited[at][2] = "Non-Compliant".to_owned();
    edited[at][3] = "2026-11-20".to_owned();
    edited[at][4] = "ada okafor".to_owned();
    edited[at][5].push_str("\nThe list of owners is two years old.");
    let workbook = book(&edited);
    let outcome = taken(&fixture, &system, workbook.clone(), Mode::Commit).await.unwrap();
    assert_eq!(outcome.count(Becomes::New), outcome.judged.len());
    let snapshot = service.snapshot(&actor, &system, None).await.unwrap();
    let made: Vec<_> = snapshot.assessments.iter().filter(|one| one.body.cci.is_some()).collect();
    assert_eq!(made.len(), warrant_catalog::cci::cci(&cci).len());
    let body = &made[0].body;
    let person = snapshot.programme.persons.iter().find(|one| one.body.name == "Ada Okafor").unwrap();
    assert_eq!((body.cci.as_deref(), body.control.as_str()), (Some(cci.as_str()), control));
    assert_eq!(body.result, Some(AssessmentResult::OtherThanSatisfied));
    assert_eq!((&body.assessor, &body.tested_by), (&Some(person.id.clone()), &None));
    assert_eq!(
        body.notes.as_deref(),
        Some("The list of owners is two years old."),
        "what tools say is not copied"
    );
    if let Some(status) = status().await {
        assert_eq!(status, Status::OtherThanSatisfied);
    }

    // Only that row says something else now, and the workbook is known.
    let after = rows(&exported(&fixture, &system).await);
    let differing: Vec<_> =
        before.iter().zip(&after).filter(|(old, new)| old != new).map(|(_, new)| new).collect();
    assert_eq!(differing.len(), 1, "{differing:?}");
    assert_eq!((differing[0][0].as_str(), differing[0][2].as_str()), (cci.as_str(), "Non-Compliant"));
    assert!(differing[0][4].ends_with("Ada Okafor") && differing[0][5] == edited[at][5], "{differing:?}");
    let again = taken(&fixture, &system, workbook.clone(), Mode::Commit).await.unwrap();
    assert_eq!((again.count(Becomes::Known), again.leaf), (again.judged.len(), None));

    // Said anew on the same day it changes the record; a CCI that does not apply says nothing of its statement.
    edited[at][2] = "Not Applicable".to_owned();
    let changed = taken(&fixture, &system, book(&edited), Mode::Commit).await.unwrap();
    assert_eq!(changed.count(Becomes::Changed), changed.judged.len());
    let all = service.snapshot(&actor, &system, None).await.unwrap();
    assert_eq!(all.assessments.len(), snapshot.assessments.len());
    assert_ne!(status().await, Some(Status::OtherThanSatisfied));

    // The act is undone like any other.
    service.undo(&actor, changed.leaf.unwrap()).await.unwrap();
    assert_eq!(rows(&exported(&fixture, &system).await), after);

    // A rule that is open stands, whatever is judged, and the outcome tells.
    let open = after.iter().position(|row| row[5].starts_with("open: ")).unwrap();
    let mut edited = after.clone();
    edited[open][2] = "Compliant".to_owned();
    let outcome = taken(&fixture, &system, book(&edited), Mode::Commit).await.unwrap();
    assert!(outcome.judged.iter().all(|line| line.against_open_rule), "{outcome:?}");
    assert_eq!(rows(&exported(&fixture, &system).await)[open][2], "Non-Compliant");
}

async fn a_bad_row_is_named_and_nothing_is_written(fixture: Fixture) {
    let (service, system) = (&fixture.service, examined(&fixture).await);
    let before = rows(&exported(&fixture, &system).await);
    let size = service.ledger_size().await.unwrap();
    let cases: [(usize, &str, &str); 8] = [
        (
            2,
            "Compiant",
            "column L (Compliance Status): `Compiant` is none of Compliant, Non-Compliant, Not Applicable",
        ),
        (2, "", "column L (Compliance Status): emptying a cell takes no result back"),
        (
            3,
            "31-Foo-2026",
            "column M (Date Tested): `31-Foo-2026` is no day; write it as 05-Mar-2026 or 2026-03-05",
        ),
        (3, "2026-11-24", "column M (Date Tested): 2026-11-24 is still to come"),
        (3, "", "column M (Date Tested): a result needs the day it was found"),
        (0, "", "column G (CCI): the row has a result and no CCI"),
        (0, "AC-2.1", "column G (CCI): `AC-2.1` is no CCI"),
        (0, "CCI-999999", "column G (CCI): no control of SP 800-53 has CCI-999999"),
    ];
    for (column, text, says) in cases {
        let mut rows = before.clone();
        rows[5][column] = text.to_owned();
        // A good change beside the bad one is not written either.
        rows[7][5].push_str("\nmore");
        let refused = taken(&fixture, &system, book(&rows), Mode::Commit).await.unwrap_err();
        let says = format!("sheet \"Test Result Import\" row 9, {says}");
        assert!(refused.to_string().contains(&says), "{refused}\n{says}");
    }
    let mut twice = before.clone();
    let mut other = before[5].clone();
    other[5].push_str("\nsomething else");
    twice.push(other);
    let refused = taken(&fixture, &system, book(&twice), Mode::Commit).await.unwrap_err().to_string();
    assert!(refused.contains("row 9 says something else of"), "{refused}");
    assert_eq!(service.ledger_size().await.unwrap(), size);

    let foreign =
        service.take_back(&Actor::program(), (&system, "ckl"), ("a", Vec::new()), Mode::DryRun).await;
    assert!(matches!(foreign, Err(ServiceError::HandIn(HandInError::NotTaken(_)))), "{foreign:?}");
    let broken = taken(&fixture, &system, b"no workbook".to_vec(), Mode::DryRun).await;
    assert!(matches!(broken, Err(ServiceError::HandIn(HandInError::Template(_)))), "{broken:?}");
    let mut changed = before.clone();
    changed[5][5].push_str("\nmore");
    let viewer = Actor { everywhere: Some(Role::Reader), ..Actor::program() };
    let file = ("results.xlsx", book(&changed));
    let refused = service.take_back(&viewer, (&system, FORMAT), file, Mode::Commit).await;
    assert!(matches!(refused, Err(ServiceError::Denied(_))), "{refused:?}");
    assert_eq!(service.ledger_size().await.unwrap(), size);
}
