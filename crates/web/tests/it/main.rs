//! What the look promises: nothing hostile slips through, colours can be told apart, forms keep their contract.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of tests may fail the test")]

mod assets;
mod colours;
mod diagrams;
mod forms;
mod hygiene;
#[path = "../../examples/gallery/page.rs"]
mod page;
mod tables;
