use super::*;
use crate::table::Column;
use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;

const CREATED: &str = "2026-11-23T09:30:00Z";

fn created() -> Timestamp {
    CREATED.parse().unwrap()
}

fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range(name).unwrap();
    assert!(book.worksheet_formula(name).unwrap().is_empty(), "formulas in {name}");
    range.rows().map(<[Data]>::to_vec).collect()
}

/// Unpacks a part of the file, to look at what no reader tells.
fn part(bytes: &[u8], name: &str) -> String {
    use std::io::Read;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn texts(texts: &[&str]) -> Table {
    Table {
        title: "Texts".into(),
        columns: vec![Column::new("text", ColumnKind::Text)],
        rows: texts.iter().map(|text| vec![Cell::text(*text)]).collect(),
        marking: None,
        source: "test".into(),
    }
}

#[test]
fn hostile_text_comes_back_as_the_same_text() {
    let hostile = [
        "=cmd|' /C calc'!A1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1+1",
        "'=1",
        "\"quoted\"",
        "{{7*7}}",
        "${7*7}",
        "<script>alert(1)</script>",
        "&amp; & <b>",
        "_x0041_",
        "https://example.org/a",
        "mailto:a@b.c",
        "two\nlines",
        "\u{202e}evil",
        "12",
        "2026-11-23",
        "TRUE",
        "=HYPERLINK(\"http://x\")",
        "a\u{0}b\u{1f}",
    ];
    let table = texts(&hostile);
    let rows = sheet(&to_xlsx(&table, created()).unwrap(), "Texts");
    for (row, text) in rows.iter().skip(1).zip(hostile) {
        assert_eq!(row[0], Data::String(text.into()));
    }
    assert_eq!(rows.len(), hostile.len() + 1);
}

#[test]
fn values_keep_their_types() {
    let table = Table {
        title: "Values".into(),
        columns: ["d", "t", "n", "i", "m", "b", "e", "old", "huge"]
            .map(|name| Column::new(name, ColumnKind::Money))
            .to_vec(),
        rows: vec![vec![
            Cell::Date(jiff::civil::date(2026, 11, 23)),
            Cell::Time("2026-11-23T10:20:30Z".parse().unwrap()),
            Cell::Number(-1.25),
            Cell::Integer(-7),
            Cell::Number(1234.5),
            Cell::Bool(true),
            Cell::Empty,
            Cell::Date(jiff::civil::date(1066, 10, 14)),
            Cell::Integer(i64::MAX),
        ]],
        ..Table::default()
    };
    let rows = sheet(&to_xlsx(&table, created()).unwrap(), "Values");
    let Data::DateTime(day) = &rows[1][0] else { panic!("{:?}", rows[1][0]) };
    assert_eq!(day.to_ymd_hms_milli(), (2026, 11, 23, 0, 0, 0, 0));
    let Data::DateTime(time) = &rows[1][1] else { panic!("{:?}", rows[1][1]) };
    assert_eq!(time.to_ymd_hms_milli(), (2026, 11, 23, 10, 20, 30, 0));
    let rest = [
        Data::Float(-1.25),
        Data::Float(-7.0),
        Data::Float(1234.5),
        Data::Bool(true),
        Data::Empty,
        Data::String("1066-10-14".into()),
        Data::String(i64::MAX.to_string()),
    ];
    assert_eq!(rows[1][2..], rest);
}

#[test]
fn the_same_table_gives_the_same_bytes() {
    let tables = [texts(&["a", "b"]), texts(&["a"])];
    let bytes = to_xlsx_book(&tables, created()).unwrap();
    assert_eq!(bytes, to_xlsx_book(&tables, created()).unwrap());
    assert!(part(&bytes, "docProps/core.xml").contains(CREATED));
    let later = to_xlsx_book(&tables, "2026-11-24T00:00:00Z".parse().unwrap()).unwrap();
    assert_ne!(bytes, later);
}

#[test]
fn marking_and_source_are_on_every_page_and_on_the_sheet_about() {
    let mut table = texts(&["a"]);
    table.marking = Some("TLP:AMBER & CUI".into());
    let bytes = to_xlsx(&table, created()).unwrap();
    let page = part(&bytes, "xl/worksheets/sheet1.xml");
    let header = page.split("<oddHeader>").nth(1).unwrap().split("</oddHeader>").next().unwrap();
    assert_eq!(header, "&amp;LTexts&amp;C&amp;BTLP:AMBER &amp;&amp; CUI");
    assert!(page.contains("<oddFooter>&amp;Ltest&amp;C&amp;BTLP:AMBER"), "{page}");
    assert!(page.contains("state=\"frozen\"") && page.contains("<autoFilter"));
    let about = sheet(&bytes, "About");
    assert_eq!(about[1][3], Data::String("TLP:AMBER & CUI".into()));
    assert_eq!(about[1][4], Data::String("test".into()));
}

#[test]
fn sheet_names_are_legal_and_unique() {
    let mut taken = BTreeSet::from(["about".to_owned()]);
    let mut name = |title: &str| sheet_name(title, &mut taken);
    assert_eq!(name("About"), "About (2)");
    assert_eq!(name("a/b:c*d?[e]'"), "abcde");
    assert_eq!(name("ABCDE"), "ABCDE (2)");
    assert_eq!(name("???"), "Table");
    assert_eq!(name("History"), "History of changes");
    let long = "𝕏".repeat(40);
    let names: Vec<_> = (0..12).map(|_| name(&long)).collect();
    assert!(names.iter().all(|name| name.encode_utf16().count() <= 31), "{names:?}");
}

#[test]
fn text_too_long_for_a_cell_is_cut_and_says_so() {
    let exact = "x".repeat(CELL_LIMIT);
    let long = "𝕏".repeat(CELL_LIMIT);
    let rows = sheet(&to_xlsx(&texts(&[&exact, &long]), created()).unwrap(), "Texts");
    assert_eq!(rows[1][0], Data::String(exact));
    let Data::String(cut) = &rows[2][0] else { panic!("{:?}", rows[2][0]) };
    assert!(cut.ends_with(CUT) && cut.encode_utf16().count() <= CELL_LIMIT);
}

#[test]
fn a_table_without_rows_or_columns_opens() {
    let table = Table { title: String::new(), ..Table::default() };
    assert_eq!(sheet(&to_xlsx(&table, created()).unwrap(), "Table").len(), 0);
    let wide = Table { columns: vec![Column::new("c", ColumnKind::Text); COLUMNS + 1], ..Table::default() };
    assert!(matches!(to_xlsx(&wide, created()), Err(ReportError::TooLarge { .. })));
}

#[test]
fn a_long_title_does_not_push_the_marking_off_the_page() {
    let mut table = texts(&["a"]);
    table.title = "R&D ".repeat(100);
    table.source = "&".repeat(400);
    table.marking = Some("&".repeat(300));
    let page = part(&to_xlsx(&table, created()).unwrap(), "xl/worksheets/sheet1.xml");
    for element in ["oddHeader", "oddFooter"] {
        let text = page.split(&format!("<{element}>")).nth(1).unwrap().split("</").next().unwrap();
        let text = text.replace("&amp;", "&");
        assert!(text.len() <= 255, "{} characters: {text}", text.len());
        assert!(text.contains(&format!("&C&B{}", "&".repeat(100))), "{text}");
    }
}
