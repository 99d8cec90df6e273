//! Integration tests of the catalogue crate.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a failing test should stop and say why"
)]

mod corpus;
mod generated;
mod nist_baselines;
mod reference_suite;
mod resolve_features;
mod resolve_limits;
mod xml;
