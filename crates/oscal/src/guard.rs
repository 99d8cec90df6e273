//! A look ahead over a large file, piece by piece: a number or value beyond its limit is refused before the file is
//! held in memory.
//!
//! Knows just enough of each format to tell where a value ends. What it lets pass is read, and refused, as ever.

use crate::error::{Limits, ReadError};
use crate::tree::Format;

/// Watches the bytes of a document go by.
#[derive(Debug, Clone)]
pub struct Guard {
    format: Format,
    limits: Limits,
    line: u32,
    bytes: usize,
    /// Bytes of the value under way.
    run: usize,
    /// Inside a string of JSON.
    quoted: bool,
    /// How far in an escape of one.
    escape: Escape,
}

/// How far one is in an escape, which stands for one byte at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escape {
    No,
    Begun,
    /// So many hexadecimal digits are still to come.
    Digits(u8),
}

impl Guard {
    /// A guard at the start of a document.
    pub fn new(format: Format, limits: &Limits) -> Self {
        Self { format, limits: *limits, line: 1, bytes: 0, run: 0, quoted: false, escape: Escape::No }
    }

    /// Takes the bytes that follow.
    ///
    /// # Errors
    /// [`ReadError::Limit`], with the line, when the document, a number or a value has grown beyond its limit.
    pub fn pass(&mut self, bytes: &[u8]) -> Result<(), ReadError> {
        self.bytes += bytes.len();
        for byte in bytes {
            match self.format {
                Format::Json => self.json(*byte)?,
                // Text goes from tag to tag.
                Format::Xml => self.value(!matches!(byte, b'<' | b'>'))?,
                Format::Yaml => self.value(!matches!(byte, b'\n' | b'\r'))?,
            }
            self.line += u32::from(*byte == b'\n');
        }
        if self.bytes > self.limits.bytes {
            return Err(self.over("number of bytes", self.limits.bytes));
        }
        Ok(())
    }

    fn json(&mut self, byte: u8) -> Result<(), ReadError> {
        if !self.quoted {
            self.quoted = byte == b'"';
            let part = matches!(byte, b'0'..=b'9' | b'.' | b'+' | b'-' | b'e' | b'E');
            self.run = if part { self.run + 1 } else { 0 };
            return match self.run > self.limits.number {
                true => Err(self.over("length of a number", self.limits.number)),
                false => Ok(()),
            };
        }
        self.escape = match (self.escape, byte) {
            (Escape::Begun, b'u') => Escape::Digits(4),
            (Escape::Digits(left @ 2..), _) => Escape::Digits(left - 1),
            (Escape::No, b'\\') => Escape::Begun,
            (Escape::No, _) => {
                self.quoted = byte != b'"';
                return self.value(self.quoted);
            }
            (Escape::Begun | Escape::Digits(_), _) => Escape::No,
        };
        // Counted when it begins.
        if self.escape == Escape::Begun { self.value(true) } else { Ok(()) }
    }

    /// Counts a byte that belongs to a value, or ends it.
    fn value(&mut self, belongs: bool) -> Result<(), ReadError> {
        self.run = if belongs { self.run + 1 } else { 0 };
        if self.run > self.limits.text {
            return Err(self.over("length of a value", self.limits.text));
        }
        Ok(())
    }

    fn over(&self, what: &'static str, limit: usize) -> ReadError {
        ReadError::Limit { line: self.line, what, limit }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    fn told(format: Format, text: &str, piece: usize) -> Result<(), ReadError> {
        let limits = Limits { text: 20, number: 9, bytes: 200, ..Limits::default() };
        let mut guard = Guard::new(format, &limits);
        text.as_bytes().chunks(piece).try_for_each(|bytes| guard.pass(bytes))
    }

    #[test]
    fn what_is_too_long_is_told_with_its_line() {
        let long = "x".repeat(21);
        let digits = "1".repeat(30);
        for (format, text, what, line) in [
            (Format::Json, format!("{{\n\"a\": {digits}}}"), "length of a number", 2),
            (Format::Json, format!("{{\n\n\"a\": \"{long}\"}}"), "length of a value", 3),
            (Format::Json, format!("{{\"a\": \"\\\"{long}\"}}"), "length of a value", 1),
            (Format::Json, format!("{{\"a\": \"{}\"}}", "\\u00e9".repeat(21)), "length of a value", 1),
            (Format::Xml, format!("<a>\n{digits}</a>"), "length of a value", 2),
            (Format::Yaml, format!("a: 1\nb: {digits}"), "length of a value", 2),
            (Format::Xml, "<a/>".repeat(60), "number of bytes", 1),
        ] {
            for piece in [1, 7, 1_000] {
                match told(format, &text, piece) {
                    Err(ReadError::Limit { what: found, line: at, .. }) => {
                        assert_eq!((found, at), (what, line), "{text}");
                    }
                    other => panic!("{text}: {other:?}"),
                }
            }
        }
    }

    #[test]
    fn an_escape_counts_once() {
        let text = format!("{{\"a\": \"{}\"}}", "\\u00e9\\\\".repeat(10));
        for piece in [1, 5, 1_000] {
            assert_eq!(told(Format::Json, &text, piece), Ok(()));
        }
    }

    #[test]
    fn what_the_reader_takes_passes() {
        let uuid = "00000000-0000-4000-8000-000000000000";
        let text = format!(
            "{{\"catalog\": {{\"uuid\": \"{uuid}\", \"x\": [-1.5e3, \"\\\\\", \"1234567890123\"]}}}}"
        );
        let limits = Limits { text: 40, number: 9, ..Limits::default() };
        assert!(Document::read(text.as_bytes(), Format::Json, &limits).is_ok());
        assert_eq!(Guard::new(Format::Json, &limits).pass(text.as_bytes()), Ok(()));
    }
}
