//! What a table is written as: a format, and which columns.

/// Formats tables are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// Comma-separated values.
    Csv,
    /// JSON.
    Json,
    /// Office Open XML workbook.
    Xlsx,
}

impl TableFormat {
    /// The format of a file ending.
    pub fn from_ending(ending: &str) -> Option<Self> {
        match ending {
            "csv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// Its file ending.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
        }
    }
}

/// A format, and which columns by their titles; none: all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The format.
    pub format: TableFormat,
    /// The columns, in order.
    pub columns: Vec<String>,
}

impl From<TableFormat> for Shape {
    fn from(format: TableFormat) -> Self {
        Self { format, columns: Vec::new() }
    }
}
