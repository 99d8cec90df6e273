//! OSCAL documents of every model, in JSON, XML and YAML: read, validated, converted, written.
//!
//! Everything follows from tables made of NIST's metaschema ([`schema`], [`generate`]). One tree ([`Document`])
//! holds a document of any model and format; it remembers how each value was written, so a document written in
//! the format it came in keeps its values to the letter.
//!
//! The crate does no input or output: documents come as bytes and leave as text.

mod build;
pub mod data_type;
mod error;
pub mod generate;
mod guard;
mod json;
mod library;
mod markup;
pub mod metapath;
mod place;
pub mod plain;
mod problem;
mod properties;
pub mod report;
pub mod schema;
mod tree;
pub mod validate;
mod write;
mod xml;
mod yaml;

pub use error::{Limits, ReadError, WriteError};
pub use guard::Guard;
pub use library::Library;
pub use problem::{CROSS_RULES, Problem, STRUCTURE_RULES};
pub use tree::{Document, Format};
