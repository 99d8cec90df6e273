//! Workbooks as people send them: read by another reader than ours and written by another writer.

use crate::hand_in::template;
use crate::stores::Fixture;
use calamine::{Data, Reader as _, Xlsx};
use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook};
use std::io::Cursor;
use warrant_report::hand_in::{Layout, layout};
use warrant_service::hand_in::Asked;
use warrant_service::import::Mode;
use warrant_service::taken_back::TakenOutcome;
use warrant_service::{Actor, ServiceError};

/// How a cell begins that is written as a formula.
pub(crate) const FORMULA: &str = "formula:";

/// A workbook by sheets: rows with a text for each column of the layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pages {
    pub(crate) layout: Layout,
    pub(crate) sheets: Vec<Vec<Vec<String>>>,
    pub(crate) mark: Option<String>,
}

pub(crate) async fn exported(fixture: &Fixture, format: &str, system: &str) -> Vec<u8> {
    let layout = layout(format).unwrap().unwrap();
    let asked = Asked {
        format: format.to_owned(),
        system: system.to_owned(),
        template: Some(template(&layout, 6)),
        ..Asked::default()
    };
    fixture.service.hand_in(&Actor::program(), asked).await.unwrap().files.remove(0).1
}

pub(crate) async fn taken(
    fixture: &Fixture,
    (system, format): (&str, &str),
    bytes: Vec<u8>,
    mode: Mode,
) -> Result<TakenOutcome, ServiceError> {
    fixture.service.take_back(&Actor::program(), (system, format), ("book.xlsx", bytes), mode).await
}

impl Pages {
    pub(crate) fn read(format: &str, bytes: &[u8]) -> Self {
        let layout = layout(format).unwrap().unwrap();
        let mut book = Xlsx::new(Cursor::new(bytes.to_vec())).unwrap();
        let text = |cell: Option<&Data>| match cell {
            None => String::new(),
            Some(Data::DateTime(day)) => {
                let (year, month, day, ..) = day.to_ymd_hms_milli();
                format!("{year:04}-{month:02}-{day:02}")
            }
            Some(other) => other.to_string(),
        };
        let mut page = |name: &String| {
            let range = book.worksheet_range(name).unwrap();
            let mut rows = range.rows().skip_while(|row| row[0] != "Reserved");
            let heads: Vec<_> =
                rows.next().unwrap().iter().map(|cell| cell.to_string().replace('\n', " ")).collect();
            let at = |header: &String| heads.iter().position(|head| head == header).unwrap();
            let columns: Vec<usize> = layout.columns.iter().map(|column| at(&column.header)).collect();
            let cells = |row: &[Data]| columns.iter().map(|at| text(row.get(*at))).collect::<Vec<_>>();
            let rows = rows.map(cells);
            rows.filter(|row| row.iter().any(|cell| !cell.is_empty())).collect()
        };
        let sheets = layout.sheets.iter().map(|sheet| page(&sheet.names[0])).collect();
        Self { sheets, mark: warrant_report::template::mark(bytes).unwrap(), layout }
    }

    /// The workbook, days as cells, as text of the layout's sort and of another in turn.
    pub(crate) fn book(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        if let Some(mark) = &self.mark {
            book.set_properties(&DocProperties::new().set_custom_property("Warrant rows", mark.as_str()));
        }
        let day = Format::new().set_num_format("dd-mmm-yyyy");
        for (of, rows) in self.layout.sheets.iter().zip(&self.sheets) {
            let sheet = book.add_worksheet().set_name(&of.names[0]).unwrap();
            for (at, column) in (0..).zip(&self.layout.columns) {
                sheet.write_string(2, at, &column.header).unwrap();
                for (number, row) in (3..).zip(rows) {
                    let text = &row[at as usize];
                    match text.parse::<Date>() {
                        Ok(on) if number % 3 == 0 => {
                            let (year, month, of_month) =
                                (on.year() as u16, on.month() as u8, on.day() as u8);
                            let on = ExcelDateTime::from_ymd(year, month, of_month).unwrap();
                            sheet.write_datetime_with_format(number, at, on, &day).unwrap();
                        }
                        Ok(on) if number % 3 == 1 => {
                            let text = on.strftime(&self.layout.day_pattern).to_string();
                            sheet.write_string(number, at, text).unwrap();
                        }
                        _ if text.is_empty() => {}
                        _ if text.starts_with(FORMULA) => {
                            let formula = Formula::new(&text[FORMULA.len()..]).set_result("computed");
                            sheet.write_formula(number, at, formula).unwrap();
                        }
                        _ => drop(sheet.write_string(number, at, text).unwrap()),
                    }
                }
            }
        }
        book.save_to_buffer().unwrap()
    }

    pub(crate) fn at(&self, header: &str) -> usize {
        self.layout.columns.iter().position(|column| column.header == header).unwrap()
    }

    /// The cell of the row in which a column holds a text.
    pub(crate) fn cell(&mut self, (key, named): (&str, &str), header: &str) -> &mut String {
        let (key, at) = (self.at(key), self.at(header));
        let row = self.sheets.iter_mut().flatten().find(|row| row[key] == named);
        &mut row.unwrap_or_else(|| panic!("no row {named}"))[at]
    }
}
