//! A table: what a list on a page becomes when it leaves the house.

mod delimited;
mod json;
mod workbook;

pub(crate) use delimited::starts_formula;
pub use delimited::to_csv;
pub use json::to_json;
pub use workbook::{CELL_LIMIT, to_xlsx, to_xlsx_book};

use jiff::{Timestamp, civil::Date};

/// A table with its marking and its source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What it is: the sheet's name and the document's title.
    pub title: String,
    /// Columns, left to right.
    pub columns: Vec<Column>,
    /// Rows, each with one cell per column.
    pub rows: Vec<Vec<Cell>>,
    /// Classification or TLP marking, shown on every printed page; `None`: unmarked.
    pub marking: Option<String>,
    /// One line: where the figures come from and the instant they hold for.
    pub source: String,
}

impl Table {
    /// The table with these columns alone, in this order. Titles it does not have are left out; when it has none of
    /// them, it stays whole.
    pub fn only(mut self, titles: &[String]) -> Self {
        let at = |title: &String| self.columns.iter().position(|column| column.title == *title);
        let chosen: Vec<usize> = titles.iter().filter_map(at).collect();
        if chosen.is_empty() {
            return self;
        }
        self.columns = chosen.iter().map(|at| self.columns[*at].clone()).collect();
        for row in &mut self.rows {
            *row = chosen.iter().map(|at| row.get(*at).cloned().unwrap_or_default()).collect();
        }
        self
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Header.
    pub title: String,
    /// How its cells are shown.
    pub kind: ColumnKind,
}

impl Column {
    /// A column with a header.
    pub fn new(title: impl Into<String>, kind: ColumnKind) -> Self {
        Self { title: title.into(), kind }
    }
}

/// How the cells of a column are shown. What a cell holds is said by the cell itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text, left-aligned; wrapped when long.
    Text,
    /// Numbers, right-aligned.
    Number,
    /// Days or instants.
    Date,
    /// Amounts in the organisation's currency, two decimals.
    Money,
    /// The title or id of another record.
    Link,
}

impl ColumnKind {
    /// The lower-case word, as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Date => "date",
            Self::Money => "money",
            Self::Link => "link",
        }
    }
}

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A number; infinities and NaN count as nothing.
    Number(f64),
    /// A whole number.
    Integer(i64),
    /// A day.
    Date(Date),
    /// An instant, shown at UTC.
    Time(Timestamp),
    /// Yes or no.
    Bool(bool),
}

impl Cell {
    /// A text cell; empty text is [`Cell::Empty`].
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A text cell when there is text.
    pub fn text_if(text: Option<&str>) -> Self {
        Self::text(text.unwrap_or_default())
    }

    /// A day when there is one.
    pub fn date_if(date: Option<Date>) -> Self {
        date.map_or(Self::Empty, Self::Date)
    }

    /// A number when there is one.
    pub fn number_if(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }
}

/// Why a table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// More rows or columns than a spreadsheet has.
    #[error(
        "the table `{title}` has {rows} rows and {columns} columns, more than a spreadsheet's 1,048,575 and \
         16,384; filter it, or export it as CSV"
    )]
    TooLarge {
        /// The table's title.
        title: String,
        /// Its rows.
        rows: usize,
        /// Its columns.
        columns: usize,
    },
    /// The workbook could not be written.
    #[error("the workbook could not be written: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}
