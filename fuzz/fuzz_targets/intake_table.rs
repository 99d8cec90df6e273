//! Tables: CSV of any separator and encoding, XLSX and ODS archives.

#![no_main]

use libfuzzer_sys::fuzz_target;
use warrant_intake::Limits;
use warrant_intake::table::{CELLS, COLUMNS, Sheet, read_table};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { bytes: 1 << 20, text: 1 << 16, ..Limits::default() };
    for sheet in [Sheet::First, Sheet::Named("Systems")] {
        let Ok(table) = read_table(bytes, sheet, &limits) else { continue };
        assert!(table.headers.len() <= COLUMNS);
        assert!(table.rows.len() * table.headers.len() <= CELLS * COLUMNS);
        let mut line = 0;
        for row in &table.rows {
            assert!(row.cells.len() >= table.headers.len(), "a row is shorter than the header");
            assert!(row.line > line, "lines only grow");
            line = row.line;
        }
        let _ = table.column("id");
    }
});
