//! Integration tests of the engines: one module each.
#![expect(clippy::unwrap_used, reason = "a test that can not go on should stop")]

mod build;
mod checks;
mod comparing;
mod documents;
mod grouping;
mod inherited;
mod priority;
mod programme;
mod properties;
mod ranking;
mod recovery;
mod releases;
mod scoring;
mod status;
mod tailoring;
mod traceability;
