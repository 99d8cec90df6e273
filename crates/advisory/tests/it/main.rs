//! What the crate promises, tested from outside.

mod corpus;
mod cvss;
mod formats;
mod purl;
mod vers;
