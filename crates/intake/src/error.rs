//! Why a file could not be read: facts, each with the place and the remedy.

use thiserror::Error;

/// Why a file could not be read. The caller adds the file's name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The caller cancelled the work.
    #[error("cancelled")]
    Cancelled,
    /// The format was recognised but nothing usable is in it.
    #[error(
        "{format}: the file holds no {expected}; check that the export was complete and not filtered to nothing"
    )]
    Empty {
        /// The reader's title.
        format: &'static str,
        /// What one would expect in it: `components`, `results`.
        expected: &'static str,
    },
    /// A document type definition or entity was found; both are refused.
    #[error("line {line}: document type declarations and entities are refused; export without a DTD")]
    Entity {
        /// Line, 1-based.
        line: u32,
    },
    /// A bound was exceeded.
    #[error(
        "line {line}: {what} exceeds the limit of {limit}; split the file, or raise `limits` in the configuration if you trust its source"
    )]
    Limit {
        /// What: `nesting depth`, `number of facts`, `text length`, `file size`.
        what: &'static str,
        /// The bound.
        limit: u64,
        /// Line, 1-based, 0 when unknown.
        line: u32,
    },
    /// The text is not well-formed or lacks what the format demands.
    #[error("line {line}: {message}")]
    Malformed {
        /// Line, 1-based, 0 when unknown.
        line: u32,
        /// What is wrong and what was expected.
        message: String,
    },
    /// No reader recognises the structure.
    #[error("no reader recognises this file ({looks_like}); `warrant formats` lists what can be read")]
    Unrecognised {
        /// What the start of the file looks like.
        looks_like: String,
    },
    /// The format is known, this version of it is not.
    #[error("{format} version {version} is not supported; supported: {supported}")]
    Version {
        /// The reader's title.
        format: &'static str,
        /// The version found.
        version: String,
        /// The versions that can be read.
        supported: &'static str,
    },
}
