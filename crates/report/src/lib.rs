//! Documents and tables out: CSV, XLSX, JSON.
