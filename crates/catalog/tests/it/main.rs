//! Integration tests of the catalogue crate.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a failing test should stop and say why")]

mod corpus;
mod fedramp;
mod framework_diff;
mod generated;
mod nist_baselines;
mod other_catalogues;
mod reference_suite;
mod resolve_features;
mod resolve_limits;
mod summaries;
mod traceability;
mod xml;
