//! A look at the structure of some bytes, done once and shown to every reader.
//!
//! Only the head is looked at, so the look takes the same short time for every file. It never fails: what
//! cannot be made out is text or binary.

mod json;
pub(crate) mod outline;
mod xml;

use crate::text;
use std::borrow::Cow;
use std::fmt::Write as _;

/// How sure a reader is. Ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Not this format.
    No,
    /// Could be; another reader may know better.
    Maybe,
    /// The structure fits.
    Likely,
    /// The format's own marker is there.
    Certain,
}

/// How many bytes from the start are looked at.
pub const HEAD: usize = 64 * 1024;

/// The longest first line kept, in bytes.
const LINE: usize = 8 * 1024;

/// The structure of the start of a file.
#[derive(Debug)]
pub struct Sniff<'a> {
    /// The first [`HEAD`] bytes, without byte-order mark and, when the file is UTF-16, turned into UTF-8.
    pub head: Cow<'a, [u8]>,
    /// All bytes, as they are.
    pub bytes: &'a [u8],
    /// What the file is made of.
    pub shape: Shape<'a>,
    outline: outline::Outline,
}

/// What a file is made of.
#[derive(Debug, PartialEq, Eq)]
pub enum Shape<'a> {
    /// An XML document: the root element's local name and its namespace (as bound at the root).
    Xml {
        /// Local name of the root element.
        root: Cow<'a, str>,
        /// Namespace of the root element, empty when none.
        namespace: Cow<'a, str>,
    },
    /// A JSON object with these top-level keys (those seen within the head), in order. The first object, when
    /// several follow each other (JSON lines).
    JsonObject(Vec<Cow<'a, str>>),
    /// A JSON array whose first element is an object with these keys (empty when it is not an object).
    JsonArray(Vec<Cow<'a, str>>),
    /// A ZIP archive (XLSX and others).
    Zip,
    /// Some other text; its first non-empty line, at most 8 KiB of it.
    Text(Cow<'a, str>),
    /// Neither text nor a known container.
    Binary,
    /// Nothing at all.
    Empty,
}

impl<'a> Sniff<'a> {
    /// Looks at the head of `bytes`.
    pub fn of(bytes: &'a [u8]) -> Self {
        let start = &bytes[..bytes.len().min(HEAD)];
        let (head, shape) = match text::unmarked(start) {
            Cow::Borrowed(head) => (Cow::Borrowed(head), shape(head)),
            Cow::Owned(head) => {
                let shape = shape(&head).into_owned();
                (Cow::Owned(head), shape)
            }
        };
        Self { head, bytes, shape, outline: outline::Outline::default() }
    }

    /// Whether it is an XML document whose root element has this local name.
    pub fn is_xml_root(&self, name: &str) -> bool {
        matches!(&self.shape, Shape::Xml { root, .. } if root == name)
    }

    /// Whether it is a JSON object that has all these keys at its top level.
    pub fn has_keys(&self, names: &[&str]) -> bool {
        matches!(&self.shape, Shape::JsonObject(keys) if contains(keys, names))
    }

    /// Whether it is a JSON array whose first element is an object that has all these keys.
    pub fn has_item_keys(&self, names: &[&str]) -> bool {
        matches!(&self.shape, Shape::JsonArray(keys) if contains(keys, names))
    }

    /// The keys, as far as the head goes, of the object found by following `path` from the top; in an array
    /// the first element is followed. Empty when there is no such object.
    pub fn keys_at(&self, path: &[&str]) -> Vec<Cow<'_, str>> {
        match path.first() {
            Some(key) if self.lacks(key) => Vec::new(),
            _ => json::keys_at(&self.head, path),
        }
    }

    /// Whether the object found by following `path` (see [`Sniff::keys_at`]) has all these keys.
    pub fn has_keys_at(&self, path: &[&str], names: &[&str]) -> bool {
        contains(&self.keys_at(path), names)
    }

    /// The text of a string member of the top-level object (of the first object in an array), if it lies
    /// within the head.
    pub fn string(&self, key: &str) -> Option<Cow<'_, str>> {
        if self.lacks(key) { None } else { json::string_at(&self.head, key) }
    }

    /// Whether it is no JSON, or its first object plainly has no such member within the head.
    fn lacks(&self, key: &str) -> bool {
        match &self.shape {
            Shape::JsonObject(keys) | Shape::JsonArray(keys) => {
                !keys.is_empty() && keys.len() < json::KEYS && !keys.iter().any(|known| known == key)
            }
            _ => true,
        }
    }

    /// What the file looks like, in a few words, for messages.
    pub fn describe(&self) -> String {
        match &self.shape {
            Shape::Xml { root, namespace } if namespace.is_empty() => {
                format!("XML with root element <{}>", plain(root, 60))
            }
            Shape::Xml { root, namespace } => {
                format!("XML with root element <{}> of namespace {}", plain(root, 60), plain(namespace, 100))
            }
            Shape::JsonObject(keys) if keys.is_empty() => "a JSON object without keys".to_owned(),
            Shape::JsonObject(keys) => format!("a JSON object with {}", listed(keys)),
            Shape::JsonArray(keys) if keys.is_empty() => "a JSON array without objects".to_owned(),
            Shape::JsonArray(keys) => format!("a JSON array of objects with {}", listed(keys)),
            Shape::Zip => "a ZIP archive".to_owned(),
            Shape::Text(line) => format!("text that starts with \"{}\"", plain(line, 80)),
            Shape::Binary => "binary data".to_owned(),
            Shape::Empty => "an empty file".to_owned(),
        }
    }
}

impl Shape<'_> {
    fn into_owned(self) -> Shape<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Xml { root, namespace } => Shape::Xml { root: own(root), namespace: own(namespace) },
            Self::JsonObject(keys) => Shape::JsonObject(keys.into_iter().map(own).collect()),
            Self::JsonArray(keys) => Shape::JsonArray(keys.into_iter().map(own).collect()),
            Self::Text(line) => Shape::Text(own(line)),
            Self::Zip => Shape::Zip,
            Self::Binary => Shape::Binary,
            Self::Empty => Shape::Empty,
        }
    }
}

fn shape(head: &[u8]) -> Shape<'_> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Shape::Zip;
    }
    if is_binary(head) {
        return Shape::Binary;
    }
    let text = head.trim_ascii_start();
    let structured = match text.first() {
        None => Some(Shape::Empty),
        Some(b'<') => xml::root(text),
        Some(b'{' | b'[') => json::shape(text),
        Some(_) => None,
    };
    structured.unwrap_or_else(|| Shape::Text(first_line(text)))
}

/// Text holds no NUL and hardly any other control characters. It need not be UTF-8: old exports are Latin-1.
fn is_binary(head: &[u8]) -> bool {
    // Without branches, so that many bytes are looked at together: 0x01–0x08, 0x0e–0x1a, 0x1c–0x1f and 0x7f.
    let is_odd = |byte: u8| {
        ((byte < 0x20) & !((0x09..=0x0d).contains(&byte) | (byte == 0x1b) | (byte == 0))) | (byte == 0x7f)
    };
    let odd: usize = head.iter().map(|byte| usize::from(is_odd(*byte))).sum();
    head.contains(&0) || odd * 20 > head.len()
}

fn first_line(text: &[u8]) -> Cow<'_, str> {
    let line = text.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let line = line[..line.len().min(LINE)].trim_ascii_end();
    String::from_utf8_lossy(line)
}

fn contains(keys: &[Cow<'_, str>], names: &[&str]) -> bool {
    names.iter().all(|name| keys.iter().any(|key| key == name))
}

/// The first keys, separated by commas.
fn listed(keys: &[Cow<'_, str>]) -> String {
    const SHOWN: usize = 8;
    let mut out = String::from(if keys.len() == 1 { "key " } else { "keys " });
    for (at, key) in keys.iter().take(SHOWN).enumerate() {
        let _ = write!(out, "{}{}", if at == 0 { "" } else { ", " }, plain(key, 40));
    }
    if keys.len() > SHOWN {
        out.push_str(", …");
    }
    out
}

/// At most `limit` characters, without control characters: file content must not garble a terminal.
fn plain(text: &str, limit: usize) -> String {
    let shown: String = text.chars().filter(|c| !c.is_control()).take(limit).collect();
    if text.chars().nth(limit).is_some() { shown + "…" } else { shown }
}

#[cfg(test)]
mod tests;
