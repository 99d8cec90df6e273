//! Finds keys in JSON that may be cut off anywhere. A scan, not a parser: it goes over the head once, keeps no
//! stack and takes what is before the cut as it is.

use super::Shape;
use std::borrow::Cow;

/// Most keys kept.
pub(super) const KEYS: usize = 256;

/// The shape of text that starts with `{` or `[`; `None` when that is not JSON after all.
pub(super) fn shape(text: &[u8]) -> Option<Shape<'_>> {
    let mut scan = Scan { text, at: 1 };
    if text.first() == Some(&b'{') {
        return matches!(scan.peek(), None | Some(b'"' | b'}')).then(|| Shape::JsonObject(scan.keys()));
    }
    match scan.peek() {
        None | Some(b']') => Some(Shape::JsonArray(Vec::new())),
        Some(b'{') => {
            scan.at += 1;
            matches!(scan.peek(), None | Some(b'"' | b'}')).then(|| Shape::JsonArray(scan.keys()))
        }
        Some(b'[') => Some(Shape::JsonArray(Vec::new())),
        Some(_) => {
            scan.value()?;
            matches!(scan.peek(), None | Some(b',' | b']')).then(|| Shape::JsonArray(Vec::new()))
        }
    }
}

/// The keys of the object at `path`; arrays are entered at their first element.
pub(super) fn keys_at<'a>(text: &'a [u8], path: &[&str]) -> Vec<Cow<'a, str>> {
    let mut scan = Scan { text, at: 0 };
    scan.enter(path).map(|()| scan.keys()).unwrap_or_default()
}

/// The string member `key` of the top-level object, or of the first object of a top-level array.
pub(super) fn string_at<'a>(text: &'a [u8], key: &str) -> Option<Cow<'a, str>> {
    let mut scan = Scan { text, at: 0 };
    scan.enter(&[])?;
    scan.find(key)?;
    scan.string()
}

struct Scan<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Scan<'a> {
    /// The next byte that is not white space, without taking it.
    fn peek(&mut self) -> Option<u8> {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        self.text.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Goes into the object at `path`: to just behind its `{`.
    fn enter(&mut self, path: &[&str]) -> Option<()> {
        for key in path {
            self.open()?;
            self.find(key)?;
        }
        self.open()
    }

    /// Takes any `[` and one `{`.
    fn open(&mut self) -> Option<()> {
        while self.peek()? == b'[' {
            self.at += 1;
        }
        self.take(b'{')
    }

    /// The keys from here to the end of the object.
    fn keys(&mut self) -> Vec<Cow<'a, str>> {
        let mut keys = Vec::new();
        while keys.len() < KEYS {
            let Some(key) = self.key() else { break };
            keys.push(key);
            if self.value().is_none() || self.take(b',').is_none() {
                break;
            }
        }
        keys
    }

    /// Goes to the value of member `name` of the object just entered.
    fn find(&mut self, name: &str) -> Option<()> {
        loop {
            if self.key()? == name {
                return self.peek().map(|_| ());
            }
            self.value()?;
            self.take(b',')?;
        }
    }

    fn key(&mut self) -> Option<Cow<'a, str>> {
        let key = self.string()?;
        self.take(b':').map(|()| key)
    }

    /// A whole string with its escapes undone.
    fn string(&mut self) -> Option<Cow<'a, str>> {
        let start = match self.peek()? {
            b'"' => self.at,
            _ => return None,
        };
        self.value()?;
        let raw = &self.text[start..self.at];
        if raw.contains(&b'\\') {
            return serde_json::from_slice::<String>(raw).ok().map(Cow::Owned);
        }
        Some(String::from_utf8_lossy(&raw[1..raw.len() - 1]))
    }

    /// Skips one value; `None` when the text ends before it does.
    fn value(&mut self) -> Option<()> {
        let mut depth = 0_u64;
        loop {
            match self.peek()? {
                b'"' => self.skip_string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                    continue;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => self.at += 1,
                b',' | b':' => return None,
                b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => self.skip_word(),
                _ => return None,
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    fn skip_string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            self.at += memchr::memchr2(b'"', b'\\', self.text.get(self.at..)?)?;
            if self.text.get(self.at) == Some(&b'"') {
                self.at += 1;
                return Some(());
            }
            self.at += 2;
        }
    }

    /// Skips a number, `true`, `false` or `null`.
    fn skip_word(&mut self) {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b",:]}[{\"".contains(byte);
        while self.text.get(self.at).is_some_and(|byte| !ends(byte)) {
            self.at += 1;
        }
    }
}
