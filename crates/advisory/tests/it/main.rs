//! What the crate promises, tested from outside.

mod corpus;
mod cvss;
mod formats;
mod judge;
mod purl;
mod vers;
