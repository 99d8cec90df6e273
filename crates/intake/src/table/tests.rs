use super::*;
use crate::formats::testing::corpus;
use std::io::{Cursor, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

fn read(bytes: &[u8]) -> Result<Table, ReadError> {
    read_table(bytes, Sheet::First, &Limits::default())
}

fn rows(table: &Table) -> Vec<(u32, Vec<&str>)> {
    table.rows.iter().map(|row| (row.line, row.cells.iter().map(String::as_str).collect())).collect()
}

fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook with two sheets, of which the first has these rows. Style 1 shows dates.
pub(crate) fn workbook(sheet_data: &str) -> Vec<u8> {
    let sheet = |data: &str| {
        format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{data}</sheetData></worksheet>"
        )
    };
    archive(&[
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>",
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
             Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
             xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>\
             <sheet name=\"One\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"Two\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
             <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet2.xml\"/>\
             <Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
             <Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>",
        ),
        (
            "xl/styles.xml",
            "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
             <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
        ),
        (
            "xl/sharedStrings.xml",
            "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>plain</t></si>\
             <si><r><t xml:space=\"preserve\">rich </t></r><r><rPr><b/></rPr><t>text</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si></sst>",
        ),
        ("xl/worksheets/sheet1.xml", &sheet(sheet_data)),
        ("xl/worksheets/sheet2.xml", &sheet("<row r=\"1\"><c r=\"A1\"><v>2</v></c></row>")),
    ])
}

const SHEET: &str = "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t> Name </t></is></c>\
    <c r=\"B2\" t=\"inlineStr\"><is><t>On</t></is></c><c r=\"C2\" t=\"inlineStr\"><is><t>Number</t></is></c></row>\
    <row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t>a</t></is></c><c r=\"B4\" s=\"1\"><v>46086</v></c><c r=\"C4\"><v>42</v></c></row>\
    <row r=\"5\"><c r=\"B5\" s=\"1\"><v>46086.5</v></c><c r=\"C5\"><v>0.30000000000000004</v></c></row>";

fn document(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
         xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' \
         xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body><office:spreadsheet>\
         <table:table table:name='One'>{rows}</table:table><table:table table:name='Two'><table:table-row>\
         <table:table-cell office:value-type='float' office:value='2'/></table:table-row></table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

#[test]
fn csv_dialects_are_told_apart() {
    for delimiter in [",", ";", "\t", "|"] {
        let text = "Name;Note\n\"a;\"\"b\n c\";1\n\n;;\nd;2\n".replace(';', delimiter);
        let table = read(text.as_bytes()).unwrap();
        assert_eq!(table.headers, ["Name", "Note"]);
        let quoted = format!("a{delimiter}\"b\n c");
        assert_eq!(rows(&table), [(2, vec![quoted.as_str(), "1"]), (6, vec!["d", "2"])], "{delimiter:?}");
    }
    assert_eq!(read(b"sep=;\r\na,b;c\r\n1;2\r\n").unwrap().headers, ["a,b", "c"]);
    assert_eq!(rows(&read(b"a,b\n1\n2,3,4\n").unwrap()), [(2, vec!["1", ""]), (3, vec!["2", "3", "4"])]);
    assert_eq!(read(b"Name\n\"M;ller\"\n").unwrap().rows[0].cells, ["M;ller"], "a single column");
}

#[test]
fn encodings_are_recognised() {
    let utf16: Vec<u8> = "\u{feff}Näme,b\n1,2".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [&b"\xef\xbb\xbfN\xc3\xa4me,b\n1,2"[..], b"N\xe4me,b\n1,2", &utf16] {
        assert_eq!(read(bytes).unwrap().headers, ["Näme", "b"]);
    }
}

#[test]
fn damaged_or_oversized_text_is_refused_with_its_line() {
    assert!(matches!(read(b"a,b\n1,\"2\n3,4\n"), Err(ReadError::Malformed { line: 2, .. })));
    assert!(matches!(read(b"a\0b,c\n"), Err(ReadError::Malformed { .. })));
    assert!(matches!(read(b"\n , \n"), Err(ReadError::Empty { .. })));
    let wide = format!("a\n{}\n", ",".repeat(100_000));
    let long = format!("a,b\n1,{}\n", "x".repeat(10 << 20));
    for text in [wide, long] {
        assert!(matches!(read(text.as_bytes()), Err(ReadError::Limit { line: 2, .. })));
    }
}

#[test]
fn a_workbook_gives_iso_dates_and_plain_numbers() {
    let bytes = workbook(SHEET);
    let table = read(&bytes).unwrap();
    assert_eq!(
        (table.sheet.as_str(), table.headers.clone()),
        ("One", vec!["Name".into(), "On".into(), "Number".into()])
    );
    let expected = [(4, vec!["a", "2026-03-05", "42"]), (5, vec!["", "2026-03-05T12:00:00", "0.3"])];
    assert_eq!(rows(&table), expected);
    let second = read_table(&bytes, Sheet::Named("Two"), &Limits::default()).unwrap();
    assert_eq!((second.sheet.as_str(), second.headers), ("Two", vec!["2".to_owned()]));
    let missing = read_table(&bytes, Sheet::Named("Three"), &Limits::default()).unwrap_err();
    assert!(missing.to_string().contains("One, Two"), "{missing}");
}

#[test]
fn shared_strings_booleans_and_errors_are_text_and_positions_may_be_missing() {
    let sheet = "<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>99</v></c></row>\
        <row><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#N/A</v></c><c t=\"str\"><f>A1</f><v>1.0</v></c><c><v>1.0</v></c></row>";
    let table = read(&workbook(sheet)).unwrap();
    assert_eq!(table.headers, ["plain", "rich text"]);
    assert_eq!(rows(&table), [(2, vec!["true", "#N/A", "1.0", "1"])]);
}

#[test]
fn an_opendocument_sheet_gives_the_same() {
    let rows_of = "<table:table-row table:number-rows-repeated='3'><table:table-cell table:number-columns-repeated='1024'/></table:table-row>\
        <table:table-row><table:table-cell office:value-type='string'><text:p>Name</text:p></table:table-cell>\
        <table:table-cell><text:p>On</text:p></table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated='2'><table:table-cell office:value-type='float' office:value='42.0'><text:p>42</text:p></table:table-cell>\
        <table:table-cell office:value-type='date' office:date-value='2026-03-05'><text:p>5.3.26</text:p></table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated='1048570'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>";
    let bytes = document(rows_of);
    let table = read(&bytes).unwrap();
    assert_eq!(table.headers, ["Name", "On"]);
    assert_eq!(rows(&table), [(5, vec!["42", "2026-03-05"]), (6, vec!["42", "2026-03-05"])]);
    let second = read_table(&bytes, Sheet::Named("Two"), &Limits::default()).unwrap();
    assert_eq!(second.headers, ["2"]);
}

#[test]
fn bombs_are_refused() {
    let repeated = "<table:table-row table:number-rows-repeated='1000000000'><table:table-cell table:number-columns-repeated='900'>\
        <text:p>xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx</text:p></table:table-cell></table:table-row>";
    assert!(matches!(read(&document(repeated)), Err(ReadError::Limit { .. })));
    let corner = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    assert!(matches!(read(&workbook(corner)), Err(ReadError::Limit { what: "number of columns", .. })));
    let last =
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>";
    assert_eq!(read(&workbook(last)).unwrap().rows[0].line, 1_048_576);
    let zeros = " ".repeat(40 << 20);
    let packed = workbook(&zeros);
    assert!(packed.len() < 100_000);
    let refused = read(&packed).unwrap_err();
    assert!(
        matches!(refused, ReadError::Limit { what: "ratio of unpacked to packed size", .. }),
        "{refused}"
    );
    let many: Vec<(String, &str)> = (0..5000).map(|n| (format!("xl/{n}"), "")).collect();
    let mut many: Vec<(&str, &str)> = many.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    many.push(("[Content_Types].xml", ""));
    assert!(matches!(read(&archive(&many)), Err(ReadError::Limit { .. })));
}

#[test]
fn what_is_no_table_is_refused_with_a_remedy() {
    for bytes in [&b"\xd0\xcf\x11\xe0\xa1"[..], b"PK\x03\x04", &archive(&[("a.txt", "a")])] {
        assert!(matches!(read(bytes), Err(ReadError::Malformed { .. })));
    }
}

#[test]
fn a_header_below_a_title_is_found() {
    let table =
        read(b"Report of March,\n,\nName,On\na,1\n").unwrap().headed(|row| row.contains(&"On".to_owned()));
    assert_eq!((table.headers.clone(), table.column("name")), (vec!["Name".into(), "On".into()], Some(0)));
    assert_eq!(rows(&table), [(4, vec!["a", "1"])]);
}

#[test]
fn a_head_is_the_start_of_the_table() {
    let lines: String = (1..1000).map(|n| format!("{n},x\n")).collect();
    let sheet: String = (1..1000).map(|n| format!("<row><c><v>{n}</v></c><c><v>2</v></c></row>")).collect();
    for bytes in [lines.into_bytes(), workbook(&sheet)] {
        let head = read_head(&bytes, Sheet::First, &Limits::default()).unwrap();
        let whole = read(&bytes).unwrap();
        assert_eq!((head.headers, &head.rows[..]), (whole.headers, &whole.rows[..PREAMBLE]));
        assert_eq!(whole.rows.len(), 998);
    }
}

/// Damages the packed bytes, and the bytes of each file inside a well-formed archive.
#[test]
fn damage_never_panics() {
    let mut state = 7_u64;
    let mut next = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    let csv = b"sep=;\na;\"b\"\n1;\"2\"\n".to_vec();
    for bytes in [
        workbook(SHEET),
        document(
            "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>",
        ),
        csv,
    ] {
        for end in 0..bytes.len() {
            let _ = read(&bytes[..end]);
        }
        for _ in 0..2000 {
            let mut damaged = bytes.clone();
            for _ in 0..=next() % 3 {
                let at = next() % damaged.len();
                damaged[at] = (next() & 0xff) as u8;
            }
            let _ = read(&damaged);
        }
    }
    let words = [
        "A1",
        "4294967295",
        "-1",
        "NaN",
        "1e999",
        "s",
        "t=\"s\"",
        "<",
        "</row>",
        "99999999999999999999",
        "XFE1",
        "\u{fffd}",
    ];
    for _ in 0..2000 {
        let mut sheet = SHEET.to_owned();
        for _ in 0..=next() % 3 {
            let at = sheet.floor_char_boundary(next() % sheet.len());
            let end = sheet.floor_char_boundary((at + next() % 6).min(sheet.len()));
            sheet.replace_range(at..end.max(at), words[next() % words.len()]);
        }
        let _ = read(&workbook(&sheet));
    }
}

#[test]
fn the_corpus_is_read() {
    for (name, bytes) in corpus("scans", &["xlsx"]) {
        let table = read(&bytes).unwrap();
        assert!(!table.headers.is_empty(), "{name}");
        eprintln!("{name}: {} × {}", table.headers.len(), table.rows.len());
    }
}
