//! YAML 1.2: the part that JSON can hold. Anchors, aliases, tags and further documents are refused, so nothing is
//! expanded. Plain values follow the core schema (YAML 1.2.2 §10.3).

mod write;

use crate::build::{Builder, Scalar, Token, Tokens};
use crate::data_type::{DataType, JsonKind};
use crate::error::{Limits, ReadError};
use crate::tree::{Document, Format, Span, Text};
use saphyr_parser::{Event, Parser, ScalarStyle, StrInput};
use std::borrow::Cow;

pub(crate) use write::write;

/// Whether YAML allows a character to stand in a file (YAML 1.2.2 §5.1).
fn is_printable(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{85}' | ' '..='~' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..)
}

pub(crate) fn read(text: &str, limits: &Limits) -> Result<Document, ReadError> {
    if let Some((at, c)) = text.char_indices().find(|(_, c)| !is_printable(*c)) {
        let before = text.get(..at).unwrap_or_default();
        let line = u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
        let message = format!(
            "the character U+{:04X} may not stand in YAML; remove it, or write it as an escape in double quotes",
            u32::from(c)
        );
        return Err(ReadError::Malformed { line, message });
    }
    let tokens = Events {
        text,
        parser: Parser::new_from_str(text),
        limits,
        open: Vec::new(),
        cursor: Cursor { text, characters: 0, bytes: 0 },
        end: 0,
        key_end: 0,
        documents: 0,
    };
    Builder { tokens, document: Document::empty(text, Format::Yaml), limits }.root()
}

/// What is open: a sequence, or a mapping that waits for a key or for a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Sequence,
    Key,
    Value,
}

struct Events<'a> {
    text: &'a str,
    parser: Parser<'a, StrInput<'a>>,
    limits: &'a Limits,
    open: Vec<Open>,
    cursor: Cursor<'a>,
    end: usize,
    /// Where the key given last ends.
    key_end: usize,
    documents: usize,
}

/// Turns the parser's places, which count characters, into bytes.
struct Cursor<'a> {
    text: &'a str,
    characters: usize,
    bytes: usize,
}

impl Cursor<'_> {
    fn bytes(&mut self, characters: usize) -> usize {
        if characters >= self.characters {
            let rest = self.text[self.bytes..].chars().take(characters - self.characters);
            self.bytes += rest.map(char::len_utf8).sum::<usize>();
        } else {
            let back = self.text[..self.bytes].chars().rev().take(self.characters - characters);
            self.bytes -= back.map(char::len_utf8).sum::<usize>();
        }
        self.characters = characters;
        self.bytes
    }
}

impl Tokens for Events<'_> {
    fn next(&mut self) -> Result<(Token, u32), ReadError> {
        loop {
            let (event, span) = match self.parser.next_event() {
                None => return Ok((Token::End, position(self.text.len()))),
                Some(Ok(found)) => found,
                Some(Err(error)) => {
                    let line = u32::try_from(error.marker().line()).unwrap_or(u32::MAX);
                    let message = format!("the YAML is not well-formed: {}", error.info());
                    return Err(ReadError::Malformed { line, message });
                }
            };
            let line = u32::try_from(span.start.line()).unwrap_or(u32::MAX);
            let from = self.cursor.bytes(span.start.index());
            let to = self.cursor.bytes(span.end.index());
            // A value that is not there stands behind the colon of its key.
            let absent = matches!(&event, Event::Scalar(value, ScalarStyle::Plain, ..) if value.is_empty());
            let (from, to) = if absent && self.open.last() == Some(&Open::Value) {
                let colon = behind_mark(self.text, self.key_end);
                (colon, colon)
            } else {
                (from, to)
            };
            let is_block = matches!(&event, Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, ..));
            let from = if is_block { self.header(from) } else { from };
            self.end = to.max(from);
            let at = position(from);
            let refused = |what| Err(ReadError::Yaml { line, what });
            let token = match event {
                Event::Alias(_) => return refused("aliases"),
                Event::Scalar(_, _, anchor, _)
                | Event::SequenceStart(anchor, _)
                | Event::MappingStart(anchor, _)
                    if anchor > 0 =>
                {
                    return refused("anchors");
                }
                Event::Scalar(.., Some(_))
                | Event::SequenceStart(_, Some(_))
                | Event::MappingStart(_, Some(_)) => {
                    return refused("tags");
                }
                Event::DocumentStart(_) => {
                    self.documents += 1;
                    if self.documents > 1 {
                        return refused("several documents in one file");
                    }
                    continue;
                }
                Event::Nothing | Event::StreamStart | Event::DocumentEnd => continue,
                Event::StreamEnd => Token::End,
                Event::Scalar(value, style, ..) => self.scalar(value, style, (from, to), line)?,
                Event::SequenceStart(..) => {
                    self.value_begins(line)?;
                    self.push(Open::Sequence, line)?;
                    Token::Array
                }
                Event::MappingStart(..) => {
                    self.value_begins(line)?;
                    self.push(Open::Key, line)?;
                    Token::Object
                }
                Event::SequenceEnd => {
                    self.open.pop();
                    Token::ArrayEnd
                }
                Event::MappingEnd => {
                    self.open.pop();
                    Token::ObjectEnd
                }
            };
            return Ok((token, at));
        }
    }

    fn offset(&self) -> u32 {
        position(self.end)
    }

    fn source(&self, span: Span) -> &str {
        self.text.get(span.0 as usize..span.1 as usize).unwrap_or_default()
    }
}

/// Behind the `:` that follows a key which ends here; where the key ends if none follows (`? key`). A comment between
/// them may hold others.
fn behind_mark(text: &str, key_end: usize) -> usize {
    let mut rest = text.get(key_end..).unwrap_or_default();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix(':') {
            return text.len() - after.len();
        }
        if !rest.starts_with('#') {
            return key_end;
        }
        rest = rest.split_once(['\n', '\r']).map_or("", |(_, below)| below);
    }
}

/// Where the header of a block stands in a line that ends with one: `|` or `>`, indicators, and perhaps a comment.
fn block_header(line: &str) -> Option<usize> {
    let line = line.split(" #").next().unwrap_or_default().trim_end();
    let bare = line.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
    let at = bare.strip_suffix(['|', '>'])?.len();
    (at == 0 || bare[..at].ends_with([' ', '\t'])).then_some(at)
}

impl Events<'_> {
    fn push(&mut self, open: Open, line: u32) -> Result<(), ReadError> {
        if self.open.len() >= self.limits.depth as usize {
            return Err(ReadError::Limit { line, what: "nesting depth", limit: self.limits.depth as usize });
        }
        self.open.push(open);
        Ok(())
    }

    /// Where a block begins: at its `|` or `>`, which the parser leaves out of its place.
    fn header(&self, from: usize) -> usize {
        let before = self.text[..from].trim_end();
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        // What a block holds can begin like one: the line above tells.
        if self.text[before.len()..from].contains('\n')
            && let Some(at) = block_header(&before[line..])
        {
            return line + at;
        }
        if self.text[from..].starts_with(['|', '>']) {
            return from;
        }
        before[line..].rfind(['|', '>']).map_or(from, |at| line + at)
    }

    /// A value begins: a mapping that waited for it waits for a key again.
    fn value_begins(&mut self, line: u32) -> Result<(), ReadError> {
        match self.open.last_mut() {
            Some(open @ Open::Value) => *open = Open::Key,
            Some(Open::Key) => {
                let message = "a key must be a word, not a list or an object".to_owned();
                return Err(ReadError::Malformed { line, message });
            }
            _ => {}
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        value: Cow<'_, str>,
        style: ScalarStyle,
        (from, to): (usize, usize),
        line: u32,
    ) -> Result<Token, ReadError> {
        if value.len() > self.limits.text {
            return Err(ReadError::Limit { line, what: "length of a value", limit: self.limits.text });
        }
        let from = if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            self.header(from)
        } else {
            from
        };
        let raw = (position(from), position(to));
        // Places of the parser are not always exact to the character, so the source is believed only when it agrees.
        let same = style == ScalarStyle::Plain && self.text.get(from..to) == Some(&*value);
        let text = if same { Text::Source(raw) } else { Text::Owned(0) };
        let decoded = if same { None } else { Some(Box::from(&*value)) };
        if let Some(open @ Open::Key) = self.open.last_mut() {
            *open = Open::Value;
            self.key_end = to;
            return Ok(Token::Key(text, decoded, raw));
        }
        self.value_begins(line)?;
        let kind = if style == ScalarStyle::Plain { plain(&value) } else { Some(JsonKind::String) };
        let digits = value.len() > self.limits.number && value.bytes().all(|byte| byte.is_ascii_digit());
        if style == ScalarStyle::Plain && digits {
            return Err(ReadError::Limit { line, what: "length of a number", limit: self.limits.number });
        }
        Ok(Token::Scalar(Scalar { kind, text, decoded, raw }))
    }
}

/// What a plain value is. Nulls, and numbers that JSON cannot hold, are nothing.
pub(crate) fn plain(text: &str) -> Option<JsonKind> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return None,
        "true" | "false" => return Some(JsonKind::Boolean),
        "True" | "TRUE" | "False" | "FALSE" => return None,
        _ => {}
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mantissa = unsigned.split(['e', 'E']).next().unwrap_or_default();
    let exponent =
        unsigned.get(mantissa.len() + 1..).map(|rest| rest.strip_prefix(['-', '+']).unwrap_or(rest));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_decimal = DataType::Decimal.accepts(mantissa) && !mantissa.starts_with(['-', '+']);
    if is_decimal && exponent.is_none_or(digits) {
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
        let in_json = !text.starts_with('+')
            && digits(whole)
            && digits(fraction)
            && (whole == "0" || !whole.starts_with('0'));
        return if in_json { Some(JsonKind::Number) } else { None };
    }
    let other_base = |prefix: &str, base: u32| {
        text.strip_prefix(prefix)
            .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_digit(base)))
    };
    let special = matches!(unsigned, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN");
    if other_base("0x", 16) || other_base("0o", 8) || special {
        return None;
    }
    Some(JsonKind::String)
}

fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
