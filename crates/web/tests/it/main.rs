//! What the look promises: nothing hostile slips through, colours can be told apart, forms keep their contract.
//! And what the pages do, in a real browser over the sample organisation.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "helpers of tests may fail the test, and say what they skip"
)]

mod admin;
mod any_kind;
mod api;
mod around;
mod assets;
mod browser_access;
mod browser_attack;
mod browser_cells;
mod browser_grid;
mod browser_language;
mod browser_long_grid;
mod browser_newcomer;
mod browser_pages;
mod browser_walk;
mod charts;
mod chromium;
mod colours;
mod controls;
mod crawl;
mod days;
mod diagrams;
mod documents;
mod forms;
mod grid;
mod hygiene;
mod imports;
mod lamp;
mod languages;
#[path = "../../examples/gallery/page.rs"]
mod page;
mod plain;
mod priority;
mod releases;
mod requests;
mod risk;
mod shell;
mod site;
mod tables;
mod tabs;
mod tokens;
mod weights;
