//! Documents and tables out: CSV, XLSX, JSON, printable HTML; and the cells that records come back in by.
//!
//! Everything here is a pure function from what the model knows to bytes. Owns what an export looks like and
//! that it is harmless to open (no formulas, no scripts). Must not know of databases, requests or the clock:
//! instants and titles of linked records are parameters.
//!
//! ```
//! use warrant_report::{Cell, Column, ColumnKind, Table, to_csv};
//!
//! let table = Table {
//!     title: "Systems".into(),
//!     columns: vec![Column::new("name", ColumnKind::Text), Column::new("open findings", ColumnKind::Number)],
//!     rows: vec![vec![Cell::text("=Historian"), Cell::Integer(-3)]],
//!     marking: None,
//!     source: "Warrant, as of 2026-11-23".into(),
//! };
//! assert_eq!(String::from_utf8(to_csv(&table)).unwrap(), "name,open findings\r\n'=Historian,-3\r\n");
//! ```

pub mod documents;
pub mod hand_in;
pub mod record_cells;
pub mod table;
pub mod tables;
pub mod template;

pub use record_cells::{cell_of, value_of};
pub use table::{Cell, Column, ColumnKind, ReportError, Table, to_csv, to_json, to_xlsx, to_xlsx_book};
