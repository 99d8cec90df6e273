//! OSCAL documents of every model, in JSON, XML and YAML: read, validated, converted, written.
//!
//! Everything follows from tables made of NIST's metaschema ([`schema`], [`generate`]). One tree ([`Document`])
//! holds a document of any model and format; it remembers how each value was written, so a document written in
//! the format it came in keeps its values to the letter.
//!
//! The crate does no input or output: documents come as bytes and leave as text.

pub mod data_type;
pub mod generate;
pub mod metapath;
pub mod schema;
