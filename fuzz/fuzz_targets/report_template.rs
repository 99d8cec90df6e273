//! Templates to be filled: any XML as a worksheet, in a container that is whole.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write};
use warrant_report::Cell;
use warrant_report::template::{ColumnRole, Filling, Heading, fill};
use zip::write::{SimpleFileOptions, ZipWriter};

const TYPE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fuzz_target!(|sheet: &[u8]| {
    let relation = |sort: &str, target: &str| {
        format!("<R><Relationship Id=\"a\" Type=\"{TYPE}/{sort}\" Target=\"{target}\"/></R>")
    };
    let book = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>";
    let mut container = ZipWriter::new(Cursor::new(Vec::new()));
    let roots = relation("officeDocument", "xl/workbook.xml");
    let sheets = relation("worksheet", "s.xml");
    for (name, content) in [
        ("_rels/.rels", roots.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", sheets.as_bytes()),
        ("xl/s.xml", sheet),
    ] {
        container.start_file(name, SimpleFileOptions::default()).unwrap();
        container.write_all(content).unwrap();
    }
    let template = container.finish().unwrap().into_inner();
    let heading = |name: &str, role| Heading { names: vec![name.into()], role, ..Heading::default() };
    for role in [ColumnRole::Value, ColumnRole::Key] {
        let filling = Filling {
            sheets: vec!["S".into()],
            columns: vec![heading("a", role), heading("b", ColumnRole::Value)],
            day_pattern: "%Y-%m-%d".into(),
            rows: vec![vec![Cell::text("1"), Cell::text("=1")], vec![Cell::text("2"), Cell::Integer(7)]],
        };
        // What was filled can be opened again: it is refused only because it is no longer blank.
        if let Ok(filled) = fill(&template, std::slice::from_ref(&filling)) {
            let _ = fill(&filled.bytes, &[filling]);
        }
    }
});
