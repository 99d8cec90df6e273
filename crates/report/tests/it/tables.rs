//! The practitioners' tables, as files.

use crate::sample::{SYSTEM, controls, finding, now, poam_items, posture, system, title_of};
use warrant_model::priority::Decision;
use warrant_report::tables::{
    Heading, PoamRow, PriorityCells, controls_table, deficiencies_table, findings_table, poam_table,
    systems_table,
};
use warrant_report::{Table, to_csv, to_xlsx_book};

fn heading() -> Heading {
    Heading { marking: Some("TLP:AMBER".into()), source: "Northwater, as of 2026-11-23".into() }
}

fn csv(table: &Table) -> String {
    for row in &table.rows {
        assert_eq!(row.len(), table.columns.len(), "{}: a row has another number of cells", table.title);
    }
    String::from_utf8(to_csv(table)).unwrap().replace('\r', "")
}

fn poam_with_original() -> Table {
    let items = poam_items();
    let mut first = items[0].body.clone();
    first.state = "planned".into();
    first.due = Some(jiff::civil::date(2026, 10, 31));
    let rows =
        [PoamRow { item: &items[0], original: Some(&first) }, PoamRow { item: &items[1], original: None }];
    poam_table(&rows, &title_of, heading())
}

#[test]
fn plan_of_action() {
    insta::assert_snapshot!(csv(&poam_with_original()));
}

#[test]
fn deficiencies() {
    let posture = posture();
    let rows = posture.deficiencies.iter().map(|deficiency| (SYSTEM, deficiency));
    insta::assert_snapshot!(csv(&deficiencies_table(rows, &title_of, heading())));
}

#[test]
fn findings() {
    let finding = finding();
    let priority = PriorityCells {
        decision: Decision::OutOfCycle,
        due: jiff::civil::date(2026, 12, 4),
        why: "Act by 2026-12-04, the 14 days for decisions out of cycle.",
    };
    let rows = [(&finding, Some(priority)), (&finding, None)];
    insta::assert_snapshot!(csv(&findings_table(rows, &title_of, heading())));
}

#[test]
fn systems() {
    let (system, summary) = (system(), posture().summary());
    let rows = [(&system, Some(&summary)), (&system, None)];
    insta::assert_snapshot!(csv(&systems_table(rows, &title_of, heading())));
}

#[test]
fn control_statements() {
    let controls = controls();
    let title = |id: &str| format!("Title of {id}");
    insta::assert_snapshot!(csv(&controls_table(&controls, &title, heading())));
}

#[test]
fn a_book_of_all_tables_is_the_same_every_time() {
    let book = || {
        let tables = [poam_with_original(), findings_table([(&finding(), None)], &title_of, heading())];
        to_xlsx_book(&tables, now()).unwrap()
    };
    assert_eq!(book(), book());
}
