//! JSON (RFC 8259): a tokeniser that knows where everything stands, and a writer that keeps how it was written.

mod write;

use crate::build::{Builder, Scalar, Token, Tokens};
use crate::data_type::JsonKind;
use crate::error::{Limits, ReadError};
use crate::tree::{Document, Format, Span, Text};

pub(crate) use write::{quote, write};

pub(crate) fn read(text: &str, limits: &Limits) -> Result<Document, ReadError> {
    let tokens = Lexer { text, bytes: text.as_bytes(), at: 0, limits, open: Vec::new(), state: State::Value };
    Builder { tokens, document: Document::empty(text, Format::Json), limits }.root()
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Value,
    /// After `[`: a value or the end.
    FirstItem,
    /// After `{`: a key or the end.
    FirstKey,
    /// After a value: a comma or the end of what is open.
    After,
}

struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    limits: &'a Limits,
    /// Objects (`true`) and arrays that are open.
    open: Vec<bool>,
    state: State,
}

impl Tokens for Lexer<'_> {
    fn next(&mut self) -> Result<(Token, u32), ReadError> {
        self.blank();
        if self.open.is_empty() && self.state == State::After {
            return match self.peek() {
                None => Ok((Token::End, position(self.at))),
                Some(_) => Err(self.malformed("something follows the end of the document")),
            };
        }
        if self.state == State::After {
            let in_object = self.open.last() == Some(&true);
            match (self.peek(), in_object) {
                (Some(b','), true) => {
                    self.at += 1;
                    self.blank();
                    return self.key();
                }
                (Some(b','), false) => {
                    self.at += 1;
                    self.blank();
                    self.state = State::Value;
                }
                (Some(b'}'), true) | (Some(b']'), false) => return Ok(self.close()),
                (Some(_), true) => return Err(self.malformed("`,` or `}` is missing here")),
                (Some(_), false) => return Err(self.malformed("`,` or `]` is missing here")),
                (None, _) => return Err(self.cut_off()),
            }
        }
        match (self.state, self.peek()) {
            (State::FirstKey, Some(b'}')) | (State::FirstItem, Some(b']')) => Ok(self.close()),
            (State::FirstKey, _) => self.key(),
            _ => self.value(),
        }
    }

    fn offset(&self) -> u32 {
        position(self.at)
    }

    fn source(&self, span: Span) -> &str {
        self.text.get(span.0 as usize..span.1 as usize).unwrap_or_default()
    }
}

impl Lexer<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn line(&self) -> u32 {
        let passed = &self.bytes[..self.at.min(self.bytes.len())];
        let lines = passed.iter().filter(|byte| **byte == b'\n').count() + 1;
        u32::try_from(lines).unwrap_or(u32::MAX)
    }

    fn malformed(&self, message: &str) -> ReadError {
        ReadError::Malformed { line: self.line(), message: format!("the JSON is not well-formed: {message}") }
    }

    fn cut_off(&self) -> ReadError {
        self.malformed("the file ends too early; was it cut off?")
    }

    fn close(&mut self) -> (Token, u32) {
        let at = position(self.at);
        self.at += 1;
        let token = if self.open.pop() == Some(true) { Token::ObjectEnd } else { Token::ArrayEnd };
        self.state = State::After;
        (token, at)
    }

    fn key(&mut self) -> Result<(Token, u32), ReadError> {
        let at = position(self.at);
        if self.peek() != Some(b'"') {
            return Err(if self.peek().is_none() {
                self.cut_off()
            } else {
                self.malformed("a property name in double quotes is missing here")
            });
        }
        let (text, decoded) = self.string()?;
        let end = position(self.at);
        self.blank();
        if self.peek() != Some(b':') {
            return Err(self.malformed("`:` is missing here"));
        }
        self.at += 1;
        self.state = State::Value;
        Ok((Token::Key(text, decoded, (at, end)), at))
    }

    fn value(&mut self) -> Result<(Token, u32), ReadError> {
        let start = self.at;
        let at = position(start);
        let token = match self.peek() {
            None => return Err(self.cut_off()),
            Some(open @ (b'{' | b'[')) => {
                self.at += 1;
                self.open.push(open == b'{');
                if self.open.len() > self.limits.depth as usize {
                    let limit = self.limits.depth as usize;
                    return Err(ReadError::Limit { line: self.line(), what: "nesting depth", limit });
                }
                self.state = if open == b'{' { State::FirstKey } else { State::FirstItem };
                return Ok((if open == b'{' { Token::Object } else { Token::Array }, at));
            }
            Some(b'"') => {
                let (text, decoded) = self.string()?;
                Scalar { kind: Some(JsonKind::String), text, decoded, raw: (at, position(self.at)) }
            }
            Some(b'-' | b'0'..=b'9') => {
                self.number()?;
                let span = (at, position(self.at));
                Scalar { kind: Some(JsonKind::Number), text: Text::Source(span), decoded: None, raw: span }
            }
            Some(_) => {
                let words =
                    [("true", Some(JsonKind::Boolean)), ("false", Some(JsonKind::Boolean)), ("null", None)];
                let rest = &self.bytes[start..];
                let Some((word, kind)) =
                    words.into_iter().find(|(word, _)| rest.starts_with(word.as_bytes()))
                else {
                    return Err(self.malformed("a value is missing here"));
                };
                self.at += word.len();
                let span = (at, position(self.at));
                Scalar { kind, text: Text::Source(span), decoded: None, raw: span }
            }
        };
        self.state = State::After;
        Ok((Token::Scalar(token), at))
    }

    fn number(&mut self) -> Result<(), ReadError> {
        let start = self.at;
        let digits = |lexer: &mut Self| {
            let from = lexer.at;
            while matches!(lexer.peek(), Some(b'0'..=b'9')) && lexer.at - start <= lexer.limits.number {
                lexer.at += 1;
            }
            lexer.at > from
        };
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let zero = self.peek() == Some(b'0');
        let whole_from = self.at;
        let mut sound = digits(self) && !(zero && self.at - whole_from > 1);
        if self.peek() == Some(b'.') {
            self.at += 1;
            sound &= digits(self);
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            sound &= digits(self);
        }
        if self.at - start > self.limits.number {
            let limit = self.limits.number;
            return Err(ReadError::Limit { line: self.line(), what: "length of a number", limit });
        }
        if sound { Ok(()) } else { Err(self.malformed("this is not a number")) }
    }

    /// A string; its opening quote is the next byte.
    fn string(&mut self) -> Result<(Text, Option<Box<str>>), ReadError> {
        let start = self.at + 1;
        let mut at = start;
        loop {
            match self.bytes.get(at) {
                None => {
                    self.at = self.bytes.len();
                    return Err(self.cut_off());
                }
                Some(b'"') => break,
                Some(b'\\') => return self.escaped(start, at),
                Some(0..=0x1f) => {
                    self.at = at;
                    return Err(self.malformed("a control character stands in a string; write it as \\u00…"));
                }
                Some(_) => at += 1,
            }
        }
        if at - start > self.limits.text {
            return Err(ReadError::Limit {
                line: self.line(),
                what: "length of a value",
                limit: self.limits.text,
            });
        }
        self.at = at + 1;
        Ok((Text::Source((position(start), position(at))), None))
    }

    /// A string with escapes, the first of them at `at`.
    fn escaped(&mut self, start: usize, mut at: usize) -> Result<(Text, Option<Box<str>>), ReadError> {
        let mut decoded = self.text[start..at].to_owned();
        loop {
            self.at = at;
            let run =
                self.bytes[at..].iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..=0x1f)).count();
            decoded.push_str(&self.text[at..at + run]);
            if decoded.len() > self.limits.text {
                let limit = self.limits.text;
                return Err(ReadError::Limit { line: self.line(), what: "length of a value", limit });
            }
            at += run;
            self.at = at;
            match self.bytes.get(at) {
                None => return Err(self.cut_off()),
                Some(b'"') => break,
                Some(b'\\') => {}
                Some(_) => {
                    return Err(self.malformed("a control character stands in a string; write it as \\u00…"));
                }
            }
            let plain = match self.bytes.get(at + 1) {
                Some(b'"') => '"',
                Some(b'\\') => '\\',
                Some(b'/') => '/',
                Some(b'b') => '\u{8}',
                Some(b'f') => '\u{c}',
                Some(b'n') => '\n',
                Some(b'r') => '\r',
                Some(b't') => '\t',
                Some(b'u') => {
                    let (character, length) = self.unicode(at)?;
                    decoded.push(character);
                    at += length;
                    continue;
                }
                _ => return Err(self.malformed("an unknown escape; a backslash itself is written \\\\")),
            };
            decoded.push(plain);
            at += 2;
        }
        self.at = at + 1;
        Ok((Text::Owned(0), Some(decoded.into())))
    }

    /// The character of `\uXXXX`, or of a pair of them, and how many bytes it takes.
    fn unicode(&self, at: usize) -> Result<(char, usize), ReadError> {
        let unit = |at: usize| {
            let digits = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
            let all = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            u32::from_str_radix(digits, 16).ok().filter(|_| all)
        };
        let bad = || self.malformed("\\u needs four hexadecimal digits that stand for a character");
        let first = unit(at).ok_or_else(bad)?;
        if let Some(character) = char::from_u32(first) {
            return Ok((character, 6));
        }
        let second = unit(at + 6).filter(|second| (0xdc00..0xe000).contains(second)).ok_or_else(bad)?;
        if first >= 0xdc00 {
            return Err(bad());
        }
        let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        Ok((char::from_u32(code).ok_or_else(bad)?, 12))
    }
}

fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
