//! The engine beside published and independently computed values, beside itself, and before hostile input.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a helper that fails is a test that fails, and a test that skips says so"
)]

mod calibration;
mod controls;
mod decisions;
mod documents;
mod memory;
mod nonsense;
mod phases;
mod plans;
mod properties;
mod published;
mod reference;
mod tolerated;
mod worst_years;

/// So many cases of a property, unless `PROPTEST_CASES` says how many.
fn cases(few: u32) -> proptest::test_runner::Config {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(few);
    proptest::test_runner::Config { cases, failure_persistence: None, ..Default::default() }
}
