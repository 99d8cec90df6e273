//! Integration tests of the engines: one module each.

mod build;
mod checks;
mod comparing;
mod documents;
mod programme;
mod properties;
mod ranking;
mod scoring;
mod status;
