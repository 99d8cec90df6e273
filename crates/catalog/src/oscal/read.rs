//! Reading documents from untrusted bytes: limits on size and depth, and errors that name the place.

use super::{Catalog, Profile};
use serde::de::{DeserializeOwned, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::marker::PhantomData;

/// Largest document that is read, in bytes.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// Deepest nesting of JSON arrays and objects that is read (the limit `serde_json` enforces).
pub const MAX_DEPTH: usize = 128;

/// Why a document was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The document has more than [`MAX_BYTES`] bytes.
    #[error(
        "the document has {bytes} bytes; at most {MAX_BYTES} are read. Split it or remove embedded attachments"
    )]
    TooLarge {
        /// Size of the document.
        bytes: usize,
    },
    /// Arrays and objects are nested deeper than [`MAX_DEPTH`].
    #[error("line {line}, column {column}: nested deeper than {MAX_DEPTH} levels")]
    TooDeep {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// The bytes are XML or YAML, which this reader does not take.
    #[error("this looks like {format}, not JSON; convert the document to OSCAL JSON")]
    NotJson {
        /// The format it seems to be.
        format: &'static str,
    },
    /// The document is JSON but not the expected OSCAL model.
    #[error("line {line}, column {column}: not an OSCAL {expected}: {reason}")]
    Malformed {
        /// What was expected, `catalog` or `profile`.
        expected: &'static str,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong.
        reason: String,
    },
}

/// A document that a profile can import.
#[derive(Debug, Clone, PartialEq)]
pub enum Document {
    /// A catalogue.
    Catalog(Box<Catalog>),
    /// A profile.
    Profile(Box<Profile>),
}

impl Document {
    /// Reads a catalogue or a profile, whichever the document is.
    ///
    /// # Errors
    /// [`ReadError`] when the document is too large, too deep, not JSON or neither model.
    pub fn from_json(bytes: &[u8]) -> Result<Document, ReadError> {
        #[derive(Deserialize)]
        struct Root {
            catalog: Option<Box<Catalog>>,
            profile: Option<Box<Profile>>,
        }
        let expected = "catalog or profile";
        match parse::<Root>(bytes, expected)? {
            Root { catalog: Some(catalog), profile: None } => Ok(Document::Catalog(catalog)),
            Root { catalog: None, profile: Some(profile) } => Ok(Document::Profile(profile)),
            _ => Err(ReadError::Malformed {
                expected,
                line: 1,
                column: 1,
                reason: "the root object must have exactly one of `catalog` and `profile`".to_owned(),
            }),
        }
    }
}

/// Parses one JSON document under the limits of this module.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8], expected: &'static str) -> Result<T, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: bytes.len() });
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match bytes.iter().find(|b| !b.is_ascii_whitespace()) {
        Some(b'<') => return Err(ReadError::NotJson { format: "XML" }),
        Some(b'c' | b'p' | b'-' | b'#') => return Err(ReadError::NotJson { format: "YAML" }),
        _ => {}
    }
    // Checked once as a whole, the text need not be checked string by string.
    let text = std::str::from_utf8(bytes).map_err(|e| not_utf8(bytes, e.valid_up_to(), expected))?;
    serde_json::from_str(text).map_err(|e| {
        let (line, column) = (e.line(), e.column());
        let reason = e.to_string();
        if reason.starts_with("recursion limit exceeded") {
            return ReadError::TooDeep { line, column };
        }
        let reason = match reason.rfind(" at line ") {
            Some(end) => reason[..end].to_owned(),
            None => reason,
        };
        ReadError::Malformed { expected, line, column, reason }
    })
}

fn not_utf8(bytes: &[u8], at: usize, expected: &'static str) -> ReadError {
    let before = &bytes[..at];
    let line = 1 + before.iter().filter(|b| **b == b'\n').count();
    let column = 1 + before.iter().rev().take_while(|b| **b != b'\n').count();
    let reason = "the text is not UTF-8 here; save it as UTF-8".to_owned();
    ReadError::Malformed { expected, line, column, reason }
}

/// Reads a list without room to spare: of large elements an ordinary list reserves four at once, and most
/// lists of a catalogue have one or two.
pub(super) fn exact<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct Exact<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Exact<T> {
        type Value = Vec<T>;

        fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            formatter.write_str("an array")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
            let Some(first) = items.next_element()? else { return Ok(Vec::new()) };
            let Some(second) = items.next_element()? else { return Ok(vec![first]) };
            let mut list = vec![first, second];
            while let Some(item) = items.next_element()? {
                list.push(item);
            }
            if list.len() > 2 {
                list.shrink_to_fit();
            }
            Ok(list)
        }
    }
    deserializer.deserialize_seq(Exact(PhantomData))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str =
        r#"{"catalog":{"uuid":"u","metadata":{"title":"T"},"controls":[{"id":"x-1","vendor":7}]}}"#;

    #[test]
    fn unknown_fields_survive() {
        let catalog = Catalog::from_json(SMALL.as_bytes()).unwrap();
        assert_eq!(catalog.controls[0].rest["vendor"], 7);
        let again = Catalog::from_json(&catalog.to_json().unwrap()).unwrap();
        assert_eq!(again, catalog);
    }

    #[test]
    fn oversized_and_deep_documents_are_refused() {
        let big = vec![b' '; MAX_BYTES + 1];
        assert_eq!(Catalog::from_json(&big).unwrap_err(), ReadError::TooLarge { bytes: MAX_BYTES + 1 });
        for opening in ["[", r#"{"controls":["#, r#"{"x":["#] {
            let deep = format!(r#"{{"catalog":{{"controls":{}"#, opening.repeat(5000));
            assert!(
                matches!(
                    Document::from_json(deep.as_bytes()),
                    Err(ReadError::TooDeep { line: 1, .. }) | Err(ReadError::Malformed { .. })
                ),
                "{opening}"
            );
        }
        let nested = r#"{"id":"a","controls":["#.repeat(70) + &"]}".repeat(70);
        let text =
            format!(r#"{{"catalog":{{"uuid":"u","metadata":{{"title":"T"}},"controls":[{nested}]}}}}"#);
        assert!(matches!(Catalog::from_json(text.as_bytes()), Err(ReadError::TooDeep { .. })));
    }

    #[test]
    fn bytes_that_are_no_text_are_placed() {
        let error = Catalog::from_json(b"{\n  \"catalog\": \"\xff\"}").unwrap_err();
        assert!(
            error.to_string().starts_with("line 2, column 15: not an OSCAL catalog: the text is not"),
            "{error}"
        );
    }

    #[test]
    fn other_formats_are_named() {
        assert_eq!(Catalog::from_json(b"<catalog/>").unwrap_err(), ReadError::NotJson { format: "XML" });
        assert_eq!(
            Catalog::from_json(b"catalog:\n  uuid: u").unwrap_err(),
            ReadError::NotJson { format: "YAML" }
        );
        let error = Catalog::from_json(b"{\n \"profile\": {}}").unwrap_err();
        assert!(error.to_string().starts_with("line 2, column"), "{error}");
    }

    #[test]
    fn either_model_is_recognised() {
        assert!(matches!(Document::from_json(SMALL.as_bytes()), Ok(Document::Catalog(_))));
        let profile =
            br#"{"profile":{"uuid":"u","metadata":{"title":"T"},"imports":[{"href":"x","include-all":{}}]}}"#;
        assert!(matches!(Document::from_json(profile), Ok(Document::Profile(_))));
    }
}
