//! XLSX (ECMA-376): one sheet per table and a sheet "About" with sources and markings.
//!
//! Text is always written as a string cell, which no spreadsheet runs; there are no formulas and no links.
//! The bytes depend on the tables and the instant given, on nothing else.

use super::{Cell, ColumnKind, ReportError, Table};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeSet;

/// The most characters (UTF-16 code units) of a spreadsheet cell. Longer text is cut and says so.
pub const CELL_LIMIT: usize = 32_767;

const ROWS: usize = 1_048_575;
const COLUMNS: usize = 16_384;
const CUT: &str = " … [cut: a spreadsheet cell holds 32,767 characters]";
/// From how many characters on a text column is set wide and wrapped.
const LONG: usize = 60;

/// One table as a workbook. `created` is the instant written into the file's properties.
///
/// # Errors
/// [`ReportError::TooLarge`] when a spreadsheet has not as many rows or columns.
pub fn to_xlsx(table: &Table, created: Timestamp) -> Result<Vec<u8>, ReportError> {
    to_xlsx_book(std::slice::from_ref(table), created)
}

/// Several tables as one workbook, a sheet each, in order; the sheet "About" comes last.
///
/// # Errors
/// As [`to_xlsx`].
pub fn to_xlsx_book(tables: &[Table], created: Timestamp) -> Result<Vec<u8>, ReportError> {
    let mut book = Workbook::new();
    let title = tables.first().map_or("Warrant", |table| table.title.as_str());
    let properties = DocProperties::new().set_title(title).set_company("").set_author("Warrant");
    book.set_properties(&properties.set_creation_datetime(&instant(created)?));
    let formats = Formats::new();
    let mut names = BTreeSet::from(["about".to_owned()]);
    let mut sheets = Vec::new();
    for table in tables {
        let sheet = book.add_worksheet();
        let name = sheet_name(&table.title, &mut names);
        write_sheet(sheet.set_name(&name)?, table, &formats)?;
        sheets.push(name);
    }
    write_about(book.add_worksheet().set_name("About")?, tables, &sheets, created, &formats)?;
    Ok(book.save_to_buffer()?)
}

/// Every look of a cell.
struct Formats {
    header: Format,
    text: Format,
    long: Format,
    integer: Format,
    number: Format,
    money: Format,
    date: Format,
    time: Format,
}

impl Formats {
    fn new() -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        Self {
            header: Format::new()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_background_color(Color::RGB(0xE8_EC_F1))
                .set_border_bottom(FormatBorder::Thin),
            long: top.clone().set_text_wrap(),
            integer: top.clone().set_num_format("#,##0"),
            number: top.clone().set_num_format("#,##0.##########"),
            money: top.clone().set_num_format("#,##0.00"),
            date: top.clone().set_num_format("yyyy-mm-dd"),
            time: top.clone().set_num_format("yyyy-mm-dd hh:mm:ss"),
            text: top,
        }
    }
}

fn write_sheet(sheet: &mut Worksheet, table: &Table, formats: &Formats) -> Result<(), ReportError> {
    let (rows, columns) = (table.rows.len(), table.columns.len());
    if rows > ROWS || columns > COLUMNS || table.rows.iter().any(|row| row.len() > COLUMNS) {
        return Err(ReportError::TooLarge { title: table.title.clone(), rows, columns });
    }
    for (nth, column) in table.columns.iter().enumerate() {
        sheet.write_string_with_format(0, nth as u16, cut(&column.title), &formats.header)?;
        sheet.set_column_width(nth as u16, width(table, nth))?;
    }
    for (at, row) in table.rows.iter().enumerate() {
        for (nth, cell) in row.iter().enumerate() {
            let kind = table.columns.get(nth).map_or(ColumnKind::Text, |column| column.kind);
            write_cell(sheet, (at as u32 + 1, nth as u16), cell, kind, formats)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if columns > 0 {
        sheet.autofilter(0, 0, rows as u32, columns as u16 - 1)?;
    }
    print_setup(sheet, table)?;
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    kind: ColumnKind,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            let long = text.len() > LONG || text.contains('\n');
            let format = if long { &formats.long } else { &formats.text };
            sheet.write_string_with_format(row, column, cut(text), format)?;
        }
        Cell::Number(number) if !number.is_finite() => {}
        Cell::Number(number) => {
            let format = if kind == ColumnKind::Money { &formats.money } else { &formats.number };
            sheet.write_number_with_format(row, column, *number, format)?;
        }
        // A spreadsheet keeps 15 digits; what has more stays exact as text.
        Cell::Integer(number) if number.unsigned_abs() >= 1_000_000_000_000_000 => {
            sheet.write_string_with_format(row, column, number.to_string(), &formats.text)?;
        }
        Cell::Integer(number) => {
            let format = if kind == ColumnKind::Money { &formats.money } else { &formats.integer };
            sheet.write_number_with_format(row, column, *number as f64, format)?;
        }
        Cell::Date(date) => match day(*date) {
            Ok(day) => {
                sheet.write_datetime_with_format(row, column, day, &formats.date)?;
            }
            Err(_) => {
                sheet.write_string_with_format(row, column, date.to_string(), &formats.text)?;
            }
        },
        Cell::Time(at) => match instant(*at) {
            Ok(instant) => {
                sheet.write_datetime_with_format(row, column, instant, &formats.time)?;
            }
            Err(_) => {
                sheet.write_string_with_format(row, column, at.to_string(), &formats.text)?;
            }
        },
        Cell::Bool(yes) => {
            sheet.write_boolean_with_format(row, column, *yes, &formats.text)?;
        }
    }
    Ok(())
}

/// Landscape A4, one page wide, header row and marking on every page.
fn print_setup(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    let marking = table.marking.as_deref().map(header_text).unwrap_or_default();
    sheet.set_header(format!("&L{}&C&B{marking}", header_text(&table.title)));
    sheet.set_footer(format!("&L{}&C&B{marking}&B&RPage &P of &N", header_text(&table.source)));
    Ok(())
}

/// Text for a page header: `&` doubled (it starts a code), a leading digit kept away from the code before it
/// (it would be a font size), cut at 100 characters, as a header holds 255 in all.
fn header_text(text: &str) -> String {
    let mut line = String::from(if text.starts_with(|c: char| c.is_ascii_digit()) { " " } else { "" });
    let mut units = 0;
    for c in text.chars().filter(|c| !c.is_control()) {
        units += if c == '&' { 2 } else { c.len_utf16() };
        if units > 100 {
            break;
        }
        line.push_str(if c == '&' { "&" } else { "" });
        line.push(c);
    }
    line
}

fn write_about(
    sheet: &mut Worksheet,
    tables: &[Table],
    names: &[String],
    created: Timestamp,
    formats: &Formats,
) -> Result<(), XlsxError> {
    for (column, (title, wide)) in
        [("Sheet", 32), ("Title", 32), ("Rows", 10), ("Marking", 20), ("Source", 80)].into_iter().enumerate()
    {
        sheet.write_string_with_format(0, column as u16, title, &formats.header)?;
        sheet.set_column_width(column as u16, wide)?;
    }
    let mut row = 0;
    for (table, name) in tables.iter().zip(names) {
        row += 1;
        sheet.write_string_with_format(row, 0, name, &formats.text)?;
        sheet.write_string_with_format(row, 1, cut(&table.title), &formats.long)?;
        sheet.write_number_with_format(row, 2, table.rows.len() as f64, &formats.integer)?;
        sheet.write_string_with_format(
            row,
            3,
            cut(table.marking.as_deref().unwrap_or("none")),
            &formats.text,
        )?;
        sheet.write_string_with_format(row, 4, cut(&table.source), &formats.long)?;
    }
    sheet.write_string_with_format(row + 2, 0, "Written by Warrant at", &formats.text)?;
    sheet.write_string_with_format(row + 2, 1, created.to_string(), &formats.text)?;
    sheet.set_freeze_panes(1, 0)?;
    let markings: BTreeSet<_> = tables.iter().filter_map(|table| table.marking.as_deref()).collect();
    let marking = header_text(&markings.into_iter().collect::<Vec<_>>().join(", "));
    sheet.set_header(format!("&C&B{marking}")).set_footer(format!("&C&B{marking}"));
    Ok(())
}

/// A sheet name from a title: at most 31 characters, none of `[]:*?/\`, no apostrophe at the ends, unique
/// letter case aside.
fn sheet_name(title: &str, taken: &mut BTreeSet<String>) -> String {
    let allowed = |c: &char| !c.is_control() && !['[', ']', ':', '*', '?', '/', '\\', '\''].contains(c);
    let shorten = |text: &str, limit: usize| {
        let mut units = 0;
        let fits = |c: &char| {
            units += c.len_utf16();
            units <= limit
        };
        text.chars().take_while(fits).collect::<String>()
    };
    let clean: String = title.chars().filter(allowed).collect();
    let clean = match clean.trim() {
        "" => "Table",
        // A spreadsheet keeps this name for itself.
        name if name.eq_ignore_ascii_case("history") => "History of changes",
        name => name,
    };
    let mut name = shorten(clean, 31);
    let mut nth = 2;
    while !taken.insert(name.to_lowercase()) {
        name = format!("{} ({nth})", shorten(clean, 24));
        nth += 1;
    }
    name
}

fn cut(text: &str) -> String {
    if text.len() <= CELL_LIMIT || text.encode_utf16().count() <= CELL_LIMIT {
        return text.to_owned();
    }
    let limit = CELL_LIMIT - CUT.encode_utf16().count();
    let mut units = 0;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= limit
    });
    kept.collect::<String>() + CUT
}

/// A width that shows most cells of a column: between 8 and [`LONG`] characters.
fn width(table: &Table, column: usize) -> f64 {
    let longest_line = |cell: &Cell| match cell {
        Cell::Text(text) => text.lines().map(|line| line.chars().take(LONG).count()).max().unwrap_or(0),
        Cell::Empty | Cell::Bool(_) => 5,
        Cell::Date(_) => 10,
        Cell::Time(_) => 19,
        Cell::Number(_) | Cell::Integer(_) => 12,
    };
    let header = table.columns[column].title.chars().count().min(24) + 3;
    let cells = table.rows.iter().filter_map(|row| row.get(column)).take(1000).map(longest_line).max();
    cells.unwrap_or(0).max(header).clamp(8, LONG) as f64 + 1.0
}

fn day(date: Date) -> Result<ExcelDateTime, XlsxError> {
    // Negative years do not fit; year 0 is refused by the callee.
    ExcelDateTime::from_ymd(date.year().max(0) as u16, date.month() as u8, date.day() as u8)
}

fn instant(at: Timestamp) -> Result<ExcelDateTime, XlsxError> {
    let local = at.to_zoned(TimeZone::UTC).datetime();
    let time = local.time();
    let milliseconds = local.subsec_nanosecond() / 1_000_000;
    day(local.date())?.and_hms_milli(
        time.hour() as u16,
        time.minute() as u8,
        time.second() as u8,
        milliseconds as u16,
    )
}

#[cfg(test)]
mod tests;
