//! The grid keeps working when a filter leaves no rows.

use crate::plain::Client;
use crate::site::{OFFICER, Site};
use warrant_web::look::empty::Empty;
use warrant_web::look::table::{Column, ColumnFilter, Table, table};

#[test]
fn a_column_filter_stays_within_reach_when_it_leaves_no_row() {
    let filter = ColumnFilter { name: "state".to_owned(), value: "open".to_owned(), choices: Vec::new() };
    let column = Column { title: "State".to_owned(), filter: Some(filter), ..Column::default() };
    let empty = Empty::of("findings-none-fit");
    let view = Table { id: "t".to_owned(), columns: vec![column], empty, ..Table::default() };
    let html = table(&view).into_string();
    assert!(html.contains("name=\"state\" value=\"open\"") && html.contains("Nothing matches"));
    assert!(html.contains("form=\"t-filter\"") && html.contains("id=\"t-filter\""));
}

#[test]
fn without_rows_filters_or_exports_only_the_empty_place_is_shown() {
    let html = table(&Table { id: "t".to_owned(), ..Table::default() }).into_string();
    assert!(!html.contains("<table") && !html.contains("toolbar"));
}

#[tokio::test]
async fn the_ledger_is_narrowed_and_comes_as_a_file() {
    let site = Site::sample().await;
    let client = Client::signed_in(&site.service, OFFICER).await;
    let page = client.get("/record/ledger?action=load").await.text();
    assert!(page.contains("load-advisories") && !page.contains(">import-table<"));
    assert!(page.contains("/record/ledger.csv?action=load"), "the file has the same filter");
    let none = client.get("/record/ledger?q=nothing-like-it").await.text();
    assert!(none.contains("Nothing matches these filters"));
    let csv = client.get("/record/ledger.csv?action=load").await.text();
    let rows = csv.lines().filter(|line| line.contains("load-advisories")).count();
    assert!(rows > 0 && !csv.contains("import-table"));
    assert_eq!(client.get("/record/ledger.xlsx?on=2026").await.status, 200);
}
