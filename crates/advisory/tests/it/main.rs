//! What the crate promises, tested from outside.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a helper that fails is a test that fails, and a test that skips says so"
)]

mod bundle;
mod corpus;
mod cvss;
mod formats;
mod judge;
mod order;
mod peers;
mod purl;
mod releases;
mod sources;
mod vers;
mod vex;
