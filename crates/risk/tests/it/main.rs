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
