//! JSON into a tree: one document, several one after the other, or JSON lines. No recursion.

use super::{NodeId, Notation, SAMPLE, Shape, Span, Tree};
use crate::reader::Limits;
use crate::{ReadError, text};

/// Reads JSON (RFC 8259). Several values one after the other are a list. `NaN` and `Infinity`, which some
/// tools write, are taken as `null`.
///
/// # Errors
/// [`ReadError::Malformed`] and [`ReadError::Limit`] with the line.
pub fn read(source: &str, limits: Limits) -> Result<Tree<'_>, ReadError> {
    let mut reading = Reading::new(source, Tree::new(source, Notation::Json, Shape::List), limits);
    reading.documents()?;
    Ok(reading.tree)
}

/// Reads as much of a text that may be cut off as can be read, and of long lists only the beginning.
pub fn outline(source: &str, limits: Limits) -> Tree<'static> {
    let mut reading = Reading::new(source, Tree::new("", Notation::Json, Shape::List), limits);
    reading.kept = SAMPLE;
    // Where it ends is where the outline ends.
    let _ = reading.documents();
    reading.tree
}

struct Reading<'a, 't> {
    source: &'a str,
    bytes: &'a [u8],
    at: usize,
    line: u32,
    tree: Tree<'t>,
    /// The lists and objects that are open, outermost first.
    open: Vec<NodeId>,
    limits: Limits,
    /// How many elements of a list are kept; the others are passed over.
    kept: u32,
}

impl<'a, 't> Reading<'a, 't> {
    fn new(source: &'a str, tree: Tree<'t>, limits: Limits) -> Self {
        Self {
            source,
            bytes: source.as_bytes(),
            at: 0,
            line: 1,
            tree,
            open: Vec::new(),
            limits,
            kept: u32::MAX,
        }
    }

    fn documents(&mut self) -> Result<(), ReadError> {
        self.pass_over_assignment();
        while self.peek().is_some() {
            self.document()?;
        }
        Ok(())
    }

    /// Some tools write their results as a script: `results = { … }`.
    fn pass_over_assignment(&mut self) {
        let start = self.source.len() - self.source.trim_start().len();
        let name = &self.source[start..];
        let end =
            name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | ' ' | '$'))).unwrap_or(0);
        if end > 0 && name[end..].starts_with('=') {
            self.at = start + end + 1;
        }
    }

    /// One top-level value with all that is in it.
    fn document(&mut self) -> Result<(), ReadError> {
        self.value(NodeId::ROOT, Span::default())?;
        while let Some(inside) = self.open.last().copied() {
            let is_map = self.tree.shape(inside) == Shape::Map;
            let closes = if is_map { b'}' } else { b']' };
            let first = self.tree.children(inside).next().is_none();
            match self.peek() {
                Some(byte) if byte == closes => {
                    self.at += 1;
                    self.open.pop();
                    continue;
                }
                Some(b',') if !first => {
                    self.at += 1;
                    // A comma before the closing bracket is not JSON, but its meaning is plain.
                    if self.peek() == Some(closes) {
                        continue;
                    }
                }
                Some(_) if first => {}
                Some(_) => return Err(self.malformed("expected a comma or the closing bracket")),
                None => return Err(self.ended()),
            }
            let mut key = Span::default();
            if is_map {
                if self.peek() != Some(b'"') {
                    return Err(self.malformed("expected a key in quotation marks"));
                }
                key = self.string()?;
                if self.peek() != Some(b':') {
                    return Err(self.malformed("expected a colon after the key"));
                }
                self.at += 1;
            }
            self.value(inside, key)?;
        }
        Ok(())
    }

    fn value(&mut self, parent: NodeId, key: Span) -> Result<(), ReadError> {
        if self.tree.shape(parent) == Shape::List && self.tree.alike(parent, key) >= self.kept {
            return self.pass_over();
        }
        let next = self.peek();
        let line = self.line;
        match next {
            Some(open @ (b'{' | b'[')) => {
                self.at += 1;
                let shape = if open == b'{' { Shape::Map } else { Shape::List };
                let id = self.tree.add(parent, (key, Span::default()), shape, line)?;
                if self.open.len() >= self.limits.depth as usize {
                    let limit = u64::from(self.limits.depth);
                    return Err(ReadError::Limit { what: "nesting depth", limit, line });
                }
                self.open.push(id);
            }
            Some(b'"') => {
                let value = self.string()?;
                self.tree.add(parent, (key, value), Shape::Value, line)?;
            }
            Some(_) => {
                let word = self.word()?;
                let shape = match word {
                    "null" | "NaN" | "Infinity" | "-Infinity" => Shape::Null,
                    "true" | "false" => Shape::Value,
                    number if number.parse::<f64>().is_ok() => Shape::Value,
                    _ => return Err(self.malformed("expected a value")),
                };
                let value = if shape == Shape::Null { Span::default() } else { self.tree.span(word) };
                self.tree.add(parent, (key, value), shape, line)?;
            }
            None => return Err(self.ended()),
        }
        Ok(())
    }

    /// Passes over a value and all that is in it.
    fn pass_over(&mut self) -> Result<(), ReadError> {
        let mut depth = 0_u32;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.raw_string()?;
                }
                Some(b'{' | b'[') => {
                    depth += 1;
                    self.at += 1;
                }
                Some(b'}' | b']') => {
                    depth = depth.saturating_sub(1);
                    self.at += 1;
                }
                Some(b',' | b':') if depth > 0 => self.at += 1,
                Some(_) => {
                    self.word()?;
                }
                None => return Err(self.ended()),
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }

    /// A number, `true`, `false`, `null`.
    fn word(&mut self) -> Result<&'a str, ReadError> {
        let start = self.at;
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b",:]}[{\"".contains(byte);
        while self.bytes.get(self.at).is_some_and(|byte| !ends(byte)) {
            self.at += 1;
        }
        match self.source.get(start..self.at) {
            Some(word) if !word.is_empty() => Ok(word),
            _ => Err(self.malformed("expected a value")),
        }
    }

    /// A string, from its opening quotation mark on.
    fn string(&mut self) -> Result<Span, ReadError> {
        let (raw, escaped) = self.raw_string()?;
        if !escaped && !raw.contains('\0') {
            return Ok(self.tree.span(raw));
        }
        match unescaped(raw) {
            Some(plain) => Ok(self.tree.keep(&plain)),
            None => Err(self.malformed("a backslash in a text is followed by something unknown")),
        }
    }

    /// The same as it is written, and whether there are escapes in it.
    fn raw_string(&mut self) -> Result<(&'a str, bool), ReadError> {
        self.at += 1;
        let start = self.at;
        let mut escaped = false;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            let Some(next) = memchr::memchr3(b'"', b'\\', b'\n', rest) else {
                self.at = self.bytes.len();
                return Err(self.ended());
            };
            self.at += next;
            match rest[next] {
                b'"' => break,
                b'\n' => {
                    self.line = self.line.saturating_add(1);
                    self.at += 1;
                }
                _ => {
                    escaped = true;
                    self.at += 2;
                }
            }
        }
        let raw = self.source.get(start..self.at).unwrap_or_default();
        self.at += 1;
        if raw.len() > self.limits.text {
            let limit = self.limits.text as u64;
            return Err(ReadError::Limit { what: "text length", limit, line: self.line });
        }
        Ok((raw, escaped))
    }

    /// The next byte that is not white space, without taking it.
    fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.bytes.get(self.at)?;
            match byte {
                b'\n' => self.line = self.line.saturating_add(1),
                // The record separator of RFC 7464.
                b' ' | b'\t' | b'\r' | 0x1e => {}
                _ => return Some(byte),
            }
            self.at += 1;
        }
    }

    fn malformed(&self, expected: &str) -> ReadError {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let found = String::from_utf8_lossy(&rest[..rest.len().min(12)]);
        let found = text::line(&found, 12);
        let message = format!("not well-formed JSON: {expected}, found \"{found}\"");
        ReadError::Malformed { line: self.line, message }
    }

    fn ended(&self) -> ReadError {
        let message =
            "the text ends in the middle of a value; the file is cut off, export it again".to_owned();
        ReadError::Malformed { line: self.line, message }
    }
}

/// A string without its escapes and without NUL, which databases do not take; half a surrogate pair becomes
/// the replacement character.
fn unescaped(raw: &str) -> Option<String> {
    let mut plain = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        let escape = *rest.as_bytes().get(at + 1)?;
        rest = rest.get(at + 2..)?;
        plain.push(match escape {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'\'' => '\'',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = unit(rest)?;
                rest = &rest[4..];
                let second = rest.strip_prefix("\\u").and_then(unit);
                match (first, second) {
                    (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
                        rest = &rest[6..];
                        let code = 0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00);
                        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
                    }
                    _ => char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER),
                }
            }
            _ => return None,
        });
    }
    plain.push_str(rest);
    plain.retain(|letter| letter != '\0');
    Some(plain)
}

/// Four hexadecimal digits.
fn unit(text: &str) -> Option<u32> {
    let digits = text.get(..4)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}
