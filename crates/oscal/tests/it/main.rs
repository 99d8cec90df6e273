//! What the crate promises, on NIST's and FedRAMP's documents and on our own.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a helper that fails is a test that fails; what was counted is told"
)]

mod corpus;
mod cross;
mod fedramp;
mod mutations;
mod properties;
mod reports;
mod round_trip;
mod tables;
mod twins;
mod verdicts;
