//! What the crate promises, tested from outside.

mod corpus;
mod purl;
mod vers;
