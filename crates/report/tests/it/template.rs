//! Filling templates of our own making: only the rows change, and what was refused is said.

use calamine::{Data, Reader, Xlsx};
use jiff::civil::date;
use proptest::prelude::*;
use rust_xlsxwriter::{
    ConditionalFormatText, ConditionalFormatTextRule, DataValidation, Format, FormatBorder, Formula, Table,
    TableColumn, Workbook, Worksheet,
};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use warrant_report::Cell;
use warrant_report::template::{
    ColumnRole, Filling, Heading, Need, ReadCell, TemplateError, fill, mark, marked, read,
};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

fn heading(names: &[&str]) -> Heading {
    Heading { names: names.iter().map(|name| (*name).to_owned()).collect(), ..Heading::default() }
}

fn filling(rows: Vec<Vec<Cell>>) -> Filling {
    Filling {
        sheets: vec!["Open Items".into()],
        columns: vec![
            heading(&["POAM ID", "POA&M ID"]),
            heading(&["Weakness Name"]),
            heading(&["Scheduled Completion Date"]),
            heading(&["Original Risk Rating"]),
            Heading { need: Need::Optional, ..heading(&["Service Name"]) },
        ],
        day_pattern: "%m/%d/%Y".into(),
        rows,
    }
}

fn item(id: &str, name: &str, rating: &str) -> Vec<Cell> {
    vec![
        Cell::text(id),
        Cell::text(name),
        Cell::Date(date(2027, 1, 31)),
        Cell::text(rating),
        Cell::text("portal"),
    ]
}

/// A template as publishers make them: a cover sheet, banners, headers in row 7 in an order of their own, a
/// prepared first row, lists of allowed values, colours, a sheet that counts.
fn template() -> Vec<u8> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold().set_border(FormatBorder::Thin);
    let cover = book.add_worksheet().set_name("Cover").unwrap();
    cover.write_string(0, 0, "Instructions").unwrap();
    let sheet = book.add_worksheet().set_name("Open Items").unwrap();
    open_items(sheet, &bold);
    let count = book.add_worksheet().set_name("Summary").unwrap();
    count.write_formula(0, 0, Formula::new("=COUNTA('Open Items'!C8:C500)")).unwrap();
    book.save_to_buffer().unwrap()
}

fn open_items(sheet: &mut Worksheet, bold: &Format) {
    sheet.merge_range(0, 1, 0, 6, "CONTROLLED WHEN FILLED", bold).unwrap();
    sheet.write_string(2, 1, "System").unwrap();
    let headers =
        ["Weakness\nName ", "Owner's note", "poam id*", "Original Risk Rating", "Scheduled  Completion Date"];
    for (nth, header) in headers.iter().enumerate() {
        sheet.write_string_with_format(6, nth as u16 + 1, *header, bold).unwrap();
    }
    let wrapped = Format::new().set_text_wrap().set_border(FormatBorder::Thin);
    let day = Format::new().set_num_format("mm/dd/yyyy").set_border(FormatBorder::Thin);
    for column in 1..=4 {
        sheet.write_blank(7, column, &wrapped).unwrap();
    }
    sheet.write_blank(7, 5, &day).unwrap();
    sheet.set_row_height(7, 30).unwrap();
    let ratings = DataValidation::new().allow_list_strings(&["High", "Moderate", "Low"]).unwrap();
    sheet.add_data_validation(7, 4, 8, 4, &ratings).unwrap();
    let red = Format::new().set_background_color("#FF0000");
    let high = ConditionalFormatText::new().set_rule(ConditionalFormatTextRule::Contains("High".into()));
    sheet.add_conditional_format(7, 4, 8, 4, &high.set_format(red)).unwrap();
}

fn parts(bytes: &[u8]) -> BTreeMap<String, (Vec<u8>, u32)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index_raw(index).unwrap();
        let mut packed = Vec::new();
        entry.read_to_end(&mut packed).unwrap();
        parts.insert(entry.name().unwrap().into_owned(), (packed, entry.crc32()));
    }
    parts
}

fn text_of(bytes: &[u8], part: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(part).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// A copy of a workbook with one part replaced.
fn with_part(bytes: &[u8], part: &str, text: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).unwrap();
        if entry.name().unwrap() != part {
            out.raw_copy_file(entry).unwrap();
        }
    }
    out.start_file(part, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))
        .unwrap();
    out.write_all(text.as_bytes()).unwrap();
    out.finish().unwrap().into_inner()
}

fn cells(bytes: &[u8], sheet: &str) -> Vec<Vec<String>> {
    let mut book = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let to = range.end().unwrap();
    let text = |cell: Option<&Data>| match cell {
        Some(Data::DateTime(at)) => at.as_f64().to_string(),
        Some(cell) => cell.to_string(),
        None => String::new(),
    };
    (0..=to.0).map(|row| (0..=to.1).map(|column| text(range.get_value((row, column)))).collect()).collect()
}

#[test]
fn rows_go_below_the_headers_and_nothing_else_changes() {
    let template = template();
    let rows = (1..=40).map(|nth| item(&format!("P-{nth}"), "=cmd|' /C calc'!A0", "High")).collect();
    let filled = fill(&template, &[filling(rows)]).unwrap();
    let (before, after) = (parts(&template), parts(&filled.bytes));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    let changed: Vec<_> = before.keys().filter(|name| before[*name] != after[*name]).collect();
    assert_eq!(changed, ["xl/worksheets/sheet2.xml"]);

    let done = &filled.sheets[0];
    assert_eq!((done.name.as_str(), done.header_row, done.rows), ("Open Items", 7, 40));
    assert_eq!(done.absent, ["Service Name"]);
    assert_eq!(done.unknown, ["Owner's note"]);

    let shown = cells(&filled.bytes, "Open Items");
    assert_eq!(shown.len(), 47);
    for (nth, row) in shown[7..].iter().enumerate() {
        let id = format!("P-{}", nth + 1);
        assert_eq!(row[1..], ["=cmd|' /C calc'!A0", "", &id, "High", "46418"].map(str::to_owned));
    }
    let mut book = Xlsx::new(Cursor::new(filled.bytes.clone())).unwrap();
    assert!(book.worksheet_formula("Open Items").unwrap().is_empty(), "a text became a formula");

    let sheet = text_of(&filled.bytes, "xl/worksheets/sheet2.xml");
    assert!(sheet.contains("sqref=\"E8:E47\""), "the list of allowed values reaches down");
    assert_eq!(sheet.matches("sqref=\"E8:E47\"").count(), 2, "and so does the colour");
    assert!(sheet.contains("<dimension ref=\"B1:G47\"/>"), "{}", &sheet[..600]);
    assert!(sheet.contains("<mergeCell ref=\"B1:G1\"/>"));
    let row = |number: u32| {
        let from = sheet.find(&format!("<row r=\"{number}\"")).unwrap();
        let row = &sheet[from..from + sheet[from..].find("</row>").unwrap()];
        row.replace(&format!("\"{number}\""), "\"\"").replace(&number.to_string(), "")
    };
    let style = |row: &str| row.split("s=\"").skip(1).map(|s| s[..1].to_owned()).collect::<Vec<_>>();
    assert_eq!(style(&row(8)), style(&row(47)), "new rows look like the first");
    assert!(row(47).contains("ht=\"30\""), "{}", row(47));
}

#[test]
fn the_same_rows_give_the_same_bytes_and_no_rows_change_nothing() {
    let template = template();
    let filled = || fill(&template, &[filling(vec![item("1", "a", "Low")])]).unwrap().bytes;
    assert_eq!(filled(), filled());
    let none = fill(&template, &[filling(Vec::new())]).unwrap();
    assert_eq!(parts(&none.bytes), parts(&template));
}

#[test]
fn a_filled_template_is_not_filled_again() {
    let once = fill(&template(), &[filling(vec![item("1", "first", "Low")])]).unwrap().bytes;
    let error = fill(&once, &[filling(vec![item("2", "second", "Low")])]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "cell D8 of the template's sheet \"Open Items\" already holds \"1\"; give a blank template"
    );
}

#[test]
fn missing_columns_are_named_with_what_is_there() {
    let mut wanted = filling(Vec::new());
    wanted.columns.push(heading(&["Controls", "Security Controls"]));
    wanted.columns.push(heading(&["Point of Contact"]));
    let error = fill(&template(), &[wanted]).unwrap_err();
    let TemplateError::MissingHeaders { missing, row: 7, found, .. } = &error else { panic!("{error}") };
    assert_eq!(missing, &["Controls", "Point of Contact"]);
    assert_eq!(found.len(), 5);
    assert!(
        error
            .to_string()
            .contains("lacks \"Controls\", \"Point of Contact\"; its header row 7 has: \"Weakness Name\"")
    );
}

#[test]
fn a_sheet_of_another_name_is_known_by_its_columns() {
    let mut wanted = filling(vec![item("1", "a", "Low")]);
    wanted.sheets = vec!["Offene Punkte".into()];
    assert_eq!(fill(&template(), &[wanted.clone()]).unwrap().sheets[0].name, "Open Items");
    let mut near = wanted.clone();
    near.columns.push(heading(&["Nowhere"]));
    let error = fill(&template(), &[near]).unwrap_err().to_string();
    assert!(error.contains("\"Open Items\" lacks \"Nowhere\""), "{error}");
    wanted.columns.extend((0..9).map(|nth| heading(&[&format!("Nowhere {nth}")])));
    let error = fill(&template(), &[wanted]).unwrap_err().to_string();
    assert!(
        error.contains("\"Offene Punkte\"") && error.contains("\"Cover\", \"Open Items\", \"Summary\""),
        "{error}"
    );
}

#[test]
fn a_second_sheet_that_is_not_there_is_not_taken_from_the_first() {
    let closed = Filling { sheets: vec!["Closed Items".into()], ..filling(vec![item("2", "b", "Low")]) };
    let error = fill(&template(), &[filling(Vec::new()), closed]).unwrap_err().to_string();
    assert!(error.contains("no sheet named \"Closed Items\""), "{error}");
}

#[test]
fn days_are_text_where_the_template_shows_no_days() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Open Items").unwrap();
    for (nth, header) in
        ["POA&M ID", "Weakness Name", "Scheduled Completion Date", "Original Risk Rating"].iter().enumerate()
    {
        sheet.write_string(0, nth as u16, *header).unwrap();
    }
    let filled = fill(&book.save_to_buffer().unwrap(), &[filling(vec![item("7", "a", "Low")])]).unwrap();
    assert_eq!(cells(&filled.bytes, "Open Items")[1], ["7", "a", "01/31/2027", "Low"]);
}

#[test]
fn a_table_grows_and_one_with_totals_is_refused() {
    let made = |totals: bool| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("Open Items").unwrap();
        let names = ["POAM ID", "Weakness Name", "Scheduled Completion Date", "Original Risk Rating"];
        let columns: Vec<_> = names.iter().map(|name| TableColumn::new().set_header(*name)).collect();
        let table = Table::new().set_columns(&columns).set_total_row(totals);
        sheet.add_table(4, 0, 6, 3, &table).unwrap();
        book.save_to_buffer().unwrap()
    };
    let rows: Vec<_> = (0..9).map(|nth| item(&nth.to_string(), "a", "Low")).collect();
    let filled = fill(&made(false), &[filling(rows.clone())]).unwrap();
    let table = text_of(&filled.bytes, "xl/tables/table1.xml");
    assert_eq!(table.matches("ref=\"A5:D14\"").count(), 2, "{table}");
    let error = fill(&made(true), &[filling(rows)]).unwrap_err();
    assert!(matches!(error, TemplateError::Totals { .. } | TemplateError::NotBlank { .. }), "{error}");
}

#[test]
fn formulas_of_the_template_stay_and_are_calculated_on_opening() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Open Items").unwrap();
    for (nth, header) in
        ["POAM ID", "Weakness Name", "Scheduled Completion Date", "Original Risk Rating"].iter().enumerate()
    {
        sheet.write_string(0, nth as u16, *header).unwrap();
    }
    sheet.write_formula(1, 2, Formula::new("=TODAY()+30")).unwrap();
    let template = book.save_to_buffer().unwrap();
    let workbook = text_of(&template, "xl/workbook.xml").replace(" fullCalcOnLoad=\"1\"", "");
    let template = with_part(&template, "xl/workbook.xml", &workbook);
    let filled = fill(&template, &[filling(vec![item("1", "a", "Low"), item("2", "b", "Low")])]).unwrap();
    assert_eq!(filled.sheets[0].computed, 1);
    let mut book = Xlsx::new(Cursor::new(filled.bytes.clone())).unwrap();
    assert_eq!(book.worksheet_formula("Open Items").unwrap().get_value((1, 2)).unwrap(), "TODAY()+30");
    assert!(text_of(&filled.bytes, "xl/workbook.xml").contains("fullCalcOnLoad=\"1\""));
}

/// A sheet that lists its rows, with two columns of each name, told apart by the banner above.
fn listing() -> (Vec<u8>, Filling) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Test Result Import").unwrap();
    let bold = Format::new().set_bold();
    sheet.merge_range(4, 0, 4, 1, "Control / AP Information", &bold).unwrap();
    sheet.merge_range(4, 2, 4, 3, "Enter Test Results Here", &bold).unwrap();
    sheet.merge_range(4, 4, 4, 5, "Latest Test Result", &bold).unwrap();
    for (nth, header) in
        ["Control Acronym", "CCI", "Compliance Status", "Test Results", "Compliance Status", "Test Results"]
            .iter()
            .enumerate()
    {
        sheet.write_string(5, nth as u16, *header).unwrap();
    }
    for (nth, cci) in ["000015", "000016", "000366"].iter().enumerate() {
        sheet.write_string(6 + nth as u32, 0, "AC-2").unwrap();
        sheet.write_string(6 + nth as u32, 1, *cci).unwrap();
        sheet.write_string(6 + nth as u32, 4, "Compliant").unwrap();
    }
    let under = |name: &str| Heading { under: "Enter Test Results Here".into(), ..heading(&[name]) };
    let filling = Filling {
        sheets: vec!["Test Result Import".into()],
        columns: vec![
            Heading { role: ColumnRole::Context, ..heading(&["Control Acronym"]) },
            Heading { role: ColumnRole::Key, ..heading(&["CCI"]) },
            under("Compliance Status"),
            under("Test Results"),
        ],
        day_pattern: "%d-%b-%Y".into(),
        rows: [("CCI-000366", "Non-Compliant"), ("CCI-000015", "Compliant"), ("CCI-999999", "Compliant")]
            .map(|(cci, status)| {
                vec![Cell::text("CM-6"), Cell::text(cci), Cell::text(status), Cell::text("why")]
            })
            .to_vec(),
    };
    (book.save_to_buffer().unwrap(), filling)
}

#[test]
fn a_template_that_lists_its_rows_is_filled_by_key() {
    let (template, filling) = listing();
    let filled = fill(&template, std::slice::from_ref(&filling)).unwrap();
    let shown = cells(&filled.bytes, "Test Result Import");
    assert_eq!(shown[6], ["AC-2", "000015", "Compliant", "why", "Compliant", ""]);
    assert_eq!(shown[7], ["AC-2", "000016", "", "", "Compliant", ""]);
    assert_eq!(shown[8], ["AC-2", "000366", "Non-Compliant", "why", "Compliant", ""]);
    assert_eq!(shown.len(), 9);
    assert_eq!(filled.sheets[0].unmatched, ["CCI-999999"]);
    let mut blind = filling;
    blind.columns[2].under = String::new();
    let error = fill(&template, &[blind]).unwrap_err();
    assert!(error.to_string().contains("more than one column \"Compliance Status\" (C6, E6)"), "{error}");
}

#[test]
fn prefixed_elements_and_cells_without_places_are_understood() {
    let template = template();
    let sheet = "<?xml version=\"1.0\"?><x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
        <x:sheetData><x:row><x:c t=\"inlineStr\"><x:is><x:t>POAM ID</x:t></x:is></x:c>\
        <x:c t=\"inlineStr\"><x:is><x:t>Note</x:t></x:is></x:c>\
        <x:c t=\"inlineStr\"><x:is><x:t>Weakness &amp; Name</x:t></x:is></x:c>\
        <x:c t=\"inlineStr\"><x:is><x:t>Scheduled Completion Date</x:t></x:is></x:c>\
        <x:c t=\"inlineStr\"><x:is><x:t>Original Risk Rating</x:t></x:is></x:c></x:row>\
        <x:row><x:c/><x:c t=\"inlineStr\"><x:is><x:t>keep</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>";
    let template = with_part(&template, "xl/worksheets/sheet2.xml", sheet);
    let mut wanted = filling(vec![item("1", "a", "Low"), item("2", "b", "Low")]);
    wanted.columns[1] = heading(&["weakness & name"]);
    let filled = fill(&template, &[wanted]).unwrap();
    let shown = cells(&filled.bytes, "Open Items");
    assert_eq!(shown[1], ["1", "keep", "a", "01/31/2027", "Low"]);
    assert_eq!(shown[2], ["2", "", "b", "01/31/2027", "Low"]);
}

#[test]
fn what_was_filled_in_is_read_back_with_its_place() {
    let rows = vec![item("1", "a", "Low"), item("2", "b\nc", "High")];
    let filled = fill(&template(), &[filling(rows)]).unwrap();
    let sheets = read(&filled.bytes, &[filling(Vec::new())]).unwrap();
    let [sheet] = &sheets[..] else { panic!("{sheets:?}") };
    let letters = ["D", "B", "F", "E"].map(|letter| Some(letter.to_owned()));
    assert_eq!((sheet.name.as_str(), &sheet.columns[..4]), ("Open Items", &letters[..]));
    assert_eq!(sheet.columns[4], None, "the template lacks the optional column");
    let text = |text: &str| ReadCell::Text(text.to_owned());
    let day = ReadCell::Day(date(2027, 1, 31));
    let second = [text("2"), text("b\nc"), text("01/31/2027"), text("High"), ReadCell::Blank];
    assert_eq!(sheet.rows[0].cells[2], day, "the first row below the headers shows days");
    assert_eq!((sheet.rows.len(), sheet.rows[1].number), (2, 9));
    assert_eq!(sheet.rows[1].cells[..2], second[..2]);
    assert!(
        matches!(&sheet.rows[1].cells[2], ReadCell::Day(on) if *on == date(2027, 1, 31))
            || sheet.rows[1].cells[2] == second[2]
    );
    assert!(matches!(read(b"a,b", &[filling(Vec::new())]), Err(TemplateError::NotAWorkbook(_))));
}

#[test]
fn hostile_and_foreign_files_are_refused() {
    let template = template();
    let refused = |bytes: &[u8]| fill(bytes, &[filling(vec![item("1", "a", "Low")])]).unwrap_err();
    assert!(matches!(refused(b"a,b\n"), TemplateError::NotAWorkbook(_)));
    assert!(matches!(refused(&[0xd0, 0xcf, 0x11, 0xe0, 0]), TemplateError::NotAWorkbook(_)));
    assert!(matches!(refused(&template[..template.len() / 2]), TemplateError::Damaged { .. }));
    let sheet = text_of(&template, "xl/worksheets/sheet2.xml");
    let entity = "<!DOCTYPE worksheet [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><worksheet>&x;</worksheet>";
    let part = "xl/worksheets/sheet2.xml";
    assert!(matches!(refused(&with_part(&template, part, entity)), TemplateError::Declaration { .. }));
    let deep = "<a>".repeat(100_000);
    assert!(matches!(refused(&with_part(&template, part, &deep)), TemplateError::TooLarge { .. }));
    let cut = &sheet[..sheet.len() - 30];
    assert!(matches!(refused(&with_part(&template, part, cut)), TemplateError::Damaged { .. }));
    let twice = sheet.replace("<row r=\"8\"", "<row r=\"7\"");
    assert!(matches!(refused(&with_part(&template, part, &twice)), TemplateError::Damaged { .. }));
    let bomb = " ".repeat(80 << 20);
    assert!(matches!(
        refused(&with_part(&template, "docProps/bomb.xml", &bomb)),
        TemplateError::TooLarge { .. }
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever a text holds, it is read back as text: the same, but for characters that XML can not say.
    #[test]
    fn texts_come_back_as_they_left(names in prop::collection::vec("\\PC{0,40}|[=+@-].{0,9}|_x[0-9a-fA-F]{4}_|(.|\\n){1,12}", 1..6)) {
        let rows = names.iter().map(|name| vec![Cell::text("id"), Cell::text(name.clone())]).collect();
        let filled = fill(&template(), &[filling(rows)]).unwrap();
        let shown = cells(&filled.bytes, "Open Items");
        for (nth, name) in names.iter().enumerate() {
            let kept = name.replace("\r\n", "\n").replace('\r', "\n");
            let sayable = |c: &char| match c {
                '\t' | '\n' => true,
                '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => false,
                _ => true,
            };
            let kept: String = kept.chars().filter(sayable).collect();
            let read = shown.get(7 + nth).map_or("", |row| row[1].as_str());
            prop_assert_eq!(read, kept.as_str());
        }
        let sheets = read(&filled.bytes, &[filling(Vec::new())]).unwrap();
        prop_assert_eq!(sheets[0].rows.len(), names.len());
        for (nth, (row, name)) in sheets[0].rows.iter().zip(&names).enumerate() {
            prop_assert_eq!(row.number as usize, 8 + nth);
            let kept = name.replace("\r\n", "\n").replace('\r', "\n");
            let kept: String = kept.chars().filter(|c| matches!(c, '\t' | '\n') || !matches!(c, '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')).collect();
            let expected = if kept.trim().is_empty() { ReadCell::Blank } else { ReadCell::Text(kept) };
            prop_assert_eq!(&row.cells[1], &expected);
        }
    }

    /// A damaged template is refused or filled; nothing else happens.
    #[test]
    fn damaged_templates_do_not_panic(at in 0.0..1.0f64, byte: u8, in_sheet: bool) {
        let template = template();
        let damaged = if in_sheet {
            let mut sheet = text_of(&template, "xl/worksheets/sheet2.xml").into_bytes();
            let place = ((sheet.len() - 1) as f64 * at) as usize;
            sheet[place] = byte & 0x7f;
            with_part(&template, "xl/worksheets/sheet2.xml", &String::from_utf8(sheet).unwrap())
        } else {
            let mut bytes = template;
            let place = ((bytes.len() - 1) as f64 * at) as usize;
            bytes[place] = byte;
            bytes
        };
        let _ = fill(&damaged, &[filling(vec![item("1", "a", "Low")])]);
        let _ = read(&damaged, &[filling(Vec::new())]);
    }
}

#[test]
fn a_mark_changes_nothing_but_the_workbooks_own_properties() {
    let plain = template();
    let mut book = Workbook::new();
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_custom_property("Owner", "Ada & <Bo>"));
    book.add_worksheet().write_string(0, 0, "x").unwrap();
    let with_properties = book.save_to_buffer().unwrap();
    for (bytes, added, rewritten) in [
        (&plain, &["docProps/custom.xml"][..], &["[Content_Types].xml", "_rels/.rels"][..]),
        (&with_properties, &[][..], &["docProps/custom.xml"][..]),
    ] {
        assert_eq!(mark(bytes).unwrap(), None);
        let once = marked(bytes, "a&b").unwrap();
        let twice = marked(&once, "other").unwrap();
        assert_eq!(mark(&once).unwrap().as_deref(), Some("a&b"));
        assert_eq!(mark(&twice).unwrap().as_deref(), Some("other"));
        assert_eq!(marked(bytes, "a&b").unwrap(), once, "the same mark gives the same bytes");
        let (before, after) = (parts(bytes), parts(&twice));
        for (name, content) in &before {
            let same = after.get(name) == Some(content);
            assert_eq!(same, !rewritten.contains(&name.as_str()), "{name}");
        }
        let new: Vec<_> = after.keys().filter(|name| !before.contains_key(*name)).collect();
        assert_eq!(new, added);
        assert_eq!(text_of(&twice, "docProps/custom.xml").matches("Warrant rows").count(), 1);
        let mut opened = Xlsx::new(Cursor::new(twice)).unwrap();
        assert!(opened.worksheet_range_at(0).unwrap().is_ok());
    }
    let kept = text_of(&marked(&with_properties, "m").unwrap(), "docProps/custom.xml");
    assert!(kept.contains("Ada &amp; &lt;Bo&gt;"), "{kept}");
}
