//! Why a document could not be read or written, and the limits that hold while reading.

use thiserror::Error;

/// How much a document may ask of us. A document beyond a limit is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Nesting of elements, objects and arrays.
    pub depth: u32,
    /// Bytes of one value.
    pub text: usize,
    /// Digits and signs of one number.
    pub number: usize,
    /// Elements, properties and attributes.
    pub nodes: usize,
    /// Problems found while reading; the reading stops after so many.
    pub problems: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 256 << 20, depth: 200, text: 64 << 20, number: 400, nodes: 4_000_000, problems: 10_000 }
    }
}

/// Why a document cannot be read. Lines and columns count from 1.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// The text is not well-formed.
    #[error("line {line}: {message}")]
    Malformed {
        /// The line.
        line: u32,
        /// What is wrong and how to mend it.
        message: String,
    },
    /// The text is not UTF-8.
    #[error("byte {at} is not UTF-8; save the file as UTF-8 and try again")]
    Encoding {
        /// The offset.
        at: usize,
    },
    /// A document type definition or an entity of its own.
    #[error(
        "line {line}: document types and entities are refused; remove the DOCTYPE and write the text out"
    )]
    Entity {
        /// The line.
        line: u32,
    },
    /// An anchor, alias, tag or second document in YAML.
    #[error("line {line}: {what} are refused in YAML; write the values out")]
    Yaml {
        /// The line.
        line: u32,
        /// The feature.
        what: &'static str,
    },
    /// A limit was reached.
    #[error("line {line}: the {what} is over the limit of {limit}; split the document or mend the place")]
    Limit {
        /// The line.
        line: u32,
        /// What is limited.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// The document is of no OSCAL model.
    #[error("line {line}: `{found}` is no OSCAL document; the root must be one of {expected}")]
    Model {
        /// The line.
        line: u32,
        /// The root's name, or what stands there.
        found: String,
        /// The roots that are known.
        expected: String,
    },
}

/// Why a document cannot be written in another format.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
#[error("{place} (line {line}): {message}; `warrant catalog validate` lists all problems of the file")]
pub struct WriteError {
    /// JSON pointer or XPath.
    pub place: String,
    /// The line in the source.
    pub line: u32,
    /// What the other format cannot hold.
    pub message: String,
}
