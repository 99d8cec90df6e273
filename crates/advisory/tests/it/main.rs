//! What the crate promises, tested from outside.

mod corpus;
mod cvss;
mod purl;
mod vers;
