//! The generator: NIST's metaschema in, the tables of [`crate::schema`] out.
//!
//! It keeps facts only: names, data types, cardinalities, how JSON and XML hold them, and the constraints with
//! their expressions and values. Descriptions, remarks and messages of the metaschema are not read. Files are asked
//! for through a function, so this module touches no disk; `examples/generate.rs` does.
//!
//! What the tables cannot express is refused here, so that nothing is lost silently: see
//! [`GenerateError::Unsupported`].

mod dom;
mod modules;
mod tables;

use thiserror::Error;

/// Why the tables could not be made.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum GenerateError {
    /// A metaschema or an entity file is not there.
    #[error("{file} is not there; give the folder that holds all metaschema modules and shared-constraints")]
    Missing {
        /// The file asked for.
        file: String,
    },
    /// A file is not well-formed, or declares entities that are not plain files beside it.
    #[error("{file}: {message}")]
    Malformed {
        /// The file.
        file: String,
        /// What is wrong with it.
        message: String,
    },
    /// A name leads to no definition.
    #[error("{file}: there is no {kind} named {name}")]
    Undefined {
        /// The module that uses the name.
        file: String,
        /// `assembly`, `field` or `flag`.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// The metaschema uses something the tables have no word for.
    #[error("{file}: not supported: {what}")]
    Unsupported {
        /// The module.
        file: String,
        /// The construct, with where it stands.
        what: String,
    },
}

/// The text of the tables for the metaschema `entry` and all it imports.
///
/// `load` gives the text of a file by its path relative to the metaschema's folder.
///
/// # Errors
/// [`GenerateError`] when a file is missing, malformed or uses what the tables cannot express.
pub fn tables(entry: &str, load: &dyn Fn(&str) -> Option<String>) -> Result<String, GenerateError> {
    let modules = modules::read(entry, load)?;
    tables::write(&modules)
}
