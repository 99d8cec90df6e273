//! A walk through the XML of one part that knows the byte offsets of everything it meets, so that an edit can
//! replace a piece and leave every other byte as it is. Nothing is fetched and no entity is expanded.

use super::TemplateError;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::ops::Range;

/// The deepest nesting of a part.
const DEPTH: u32 = 64;

/// A walk through a part.
pub(super) struct Scan<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    part: &'a str,
    depth: u32,
}

/// What a walk meets.
pub(super) enum Piece<'a> {
    /// A start tag; `closed` when it is an empty element as well.
    Start(Tag<'a>),
    /// The end tag of an element, at these bytes.
    End(Range<usize>),
    /// Text.
    Text(Cow<'a, str>),
}

/// A start tag.
pub(super) struct Tag<'a> {
    start: BytesStart<'a>,
    text: &'a str,
    /// Its bytes in the part.
    pub(super) span: Range<usize>,
    /// Whether it is an element without content (`<a/>`), which has no end tag.
    pub(super) empty: bool,
    /// How deep it lies; the root is at 1.
    pub(super) depth: u32,
}

impl<'a> Scan<'a> {
    /// Begins at the start of `text`, which errors call `part`.
    pub(super) fn new(text: &'a str, part: &'a str) -> Self {
        Self { reader: Reader::from_str(text), text, part, depth: 0 }
    }

    /// The next piece; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'a>>, TemplateError> {
        loop {
            let from = self.at();
            let event = self.reader.read_event().map_err(|error| self.damaged(error.to_string()))?;
            return Ok(Some(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEPTH {
                        return Err(TemplateError::TooLarge { what: "nesting depth", limit: DEPTH.into() });
                    }
                    Piece::Start(self.tag(start, from, self.depth))
                }
                Event::Empty(start) => {
                    Piece::Start(Tag { empty: true, ..self.tag(start, from, self.depth + 1) })
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Piece::End(from..self.at())
                }
                Event::Text(text) => Piece::Text(text.xml10_content()),
                Event::CData(text) => Piece::Text(text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let character =
                        reference.resolve_char_ref().map_err(|error| self.damaged(error.to_string()))?;
                    match (character, resolve_xml_entity(&reference)) {
                        (Some(character), _) => Piece::Text(Cow::Owned(character.to_string())),
                        (None, Some(text)) => Piece::Text(Cow::Borrowed(text)),
                        (None, None) => return Err(self.damaged("it names an unknown entity")),
                    }
                }
                Event::DocType(_) => return Err(TemplateError::Declaration { part: self.part.to_owned() }),
                Event::Eof if self.depth > 0 => return Err(self.damaged("it ends before its elements do")),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            }));
        }
    }

    /// All text up to the end of the element that `tag` begins, except inside elements of the names `without`.
    pub(super) fn text_of(&mut self, tag: &Tag<'_>, without: &[&str]) -> Result<String, TemplateError> {
        let mut all = String::new();
        if tag.empty {
            return Ok(all);
        }
        let mut skipping = None;
        while self.depth >= tag.depth {
            match self.next()? {
                Some(Piece::Start(inner)) if skipping.is_none() && !inner.empty => {
                    skipping = without.contains(&inner.name()).then_some(inner.depth);
                }
                Some(Piece::End(_)) if skipping.is_some_and(|depth| self.depth < depth) => skipping = None,
                Some(Piece::Text(text)) if skipping.is_none() => all.push_str(&text),
                Some(_) => {}
                None => break,
            }
        }
        Ok(all)
    }

    /// Passes over the content of an element; gives the bytes of its end tag (empty for an element without one).
    pub(super) fn skip(&mut self, tag: &Tag<'_>) -> Result<Range<usize>, TemplateError> {
        let mut end = tag.span.end..tag.span.end;
        while !tag.empty && self.depth >= tag.depth {
            match self.next()? {
                Some(Piece::End(span)) => end = span,
                Some(_) => {}
                None => break,
            }
        }
        Ok(end)
    }

    /// An error about this part.
    pub(super) fn damaged(&self, message: impl Into<String>) -> TemplateError {
        TemplateError::Damaged { part: self.part.to_owned(), message: message.into() }
    }

    fn tag(&self, start: BytesStart<'a>, from: usize, depth: u32) -> Tag<'a> {
        Tag { start, text: self.text, span: from..self.at(), empty: false, depth }
    }

    fn at(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len())
    }
}

impl<'a> Tag<'a> {
    /// The name without prefix.
    pub(super) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The prefix with its colon, empty when there is none.
    pub(super) fn prefix(&self) -> String {
        self.start.name().prefix().map(|prefix| format!("{}:", prefix.into_inner())).unwrap_or_default()
    }

    /// The value of an attribute without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        self.attributes().find(|(key, _)| *key == name).map(|(_, span)| unescaped(&self.text[span]))
    }

    /// The bytes of an attribute's value, and those of the attribute with the blank before it.
    pub(super) fn span_of(&self, name: &str) -> Option<Range<usize>> {
        self.attributes().find(|(key, _)| *key == name).map(|(_, span)| span)
    }

    /// The value of an attribute by its name without prefix, such as `id` for `r:id`.
    pub(super) fn local_attribute(&self, name: &str) -> Option<String> {
        let local = |key: &str| key.rsplit(':').next() == Some(name) && !key.starts_with("xmlns");
        self.attributes().find(|(key, _)| local(key)).map(|(_, span)| unescaped(&self.text[span]))
    }

    /// Attributes as named, with the bytes of their values.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a str, Range<usize>)> + use<'a> {
        let tag = &self.text[self.span.clone()];
        let from = self.span.start;
        let mut rest = tag.find(|c: char| c.is_whitespace()).unwrap_or(tag.len());
        std::iter::from_fn(move || {
            let piece = &tag[rest..];
            let equals = piece.find('=')?;
            let key = piece[..equals].trim();
            let quote = piece[equals + 1..].find(['"', '\''])? + equals + 1;
            let mark = &piece[quote..quote + 1];
            let end = piece[quote + 1..].find(mark)? + quote + 1;
            let span = from + rest + quote + 1..from + rest + end;
            rest += end + 1;
            Some((key, span))
        })
    }
}

/// An attribute's value with the predefined entities and character references replaced.
fn unescaped(raw: &str) -> String {
    quick_xml::escape::unescape(raw).map(Cow::into_owned).unwrap_or_else(|_| raw.to_owned())
}
