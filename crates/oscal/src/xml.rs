//! XML: elements and attributes led by the tables, with limits and without document types or entities.

mod elements;
mod write;

use crate::error::{Limits, ReadError};
use crate::tree::{Aside, Document, Format, OUTSIDE, Span};
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

pub(crate) use write::{escape, write};

/// The most attributes of one element.
const ATTRIBUTES: usize = 64;

/// The slot of something unknown that was an attribute.
pub(crate) const ATTRIBUTE: u16 = 1;

/// The most namespace bindings in force at one place.
const BINDINGS: usize = 64;

pub(crate) fn read(text: &str, limits: &Limits) -> Result<Document, ReadError> {
    let mut reader = NsReader::from_str(text);
    reader.resolver_mut().set_max_namespace_bindings(BINDINGS);
    let document = Document::empty(text, Format::Xml);
    Walk { reader, text, limits, document, depth: 0 }.root()
}

/// A walk through the source.
struct Walk<'a> {
    reader: NsReader<&'a [u8]>,
    text: &'a str,
    limits: &'a Limits,
    document: Document,
    depth: u32,
}

/// What the walk meets. Spans are in the source.
enum Step<'a> {
    /// A start tag; `whole` if it ends itself.
    Open {
        tag: Tag<'a>,
        whole: Whole,
    },
    Close,
    /// Text; `None` when the source says it just so.
    Text(Option<String>),
    Cdata(String),
    /// A comment or processing instruction.
    Aside,
    End,
}

/// Whether an element has an end tag of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whole {
    /// `<a/>`
    Yes,
    /// `<a>…</a>`
    No,
}

/// A start tag.
struct Tag<'a> {
    start: BytesStart<'a>,
    /// Whether it is in the namespace of OSCAL.
    ours: bool,
}

impl<'a> Tag<'a> {
    fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }
}

impl<'a> Walk<'a> {
    fn at(&self) -> u32 {
        u32::try_from(self.reader.buffer_position()).unwrap_or(u32::MAX)
    }

    fn malformed(&self, at: u32, message: impl std::fmt::Display) -> ReadError {
        ReadError::Malformed {
            line: self.document.line(at),
            message: format!("the XML is not well-formed: {message}"),
        }
    }

    fn over(&self, what: &'static str, limit: usize) -> ReadError {
        ReadError::Limit { line: self.document.line(self.at()), what, limit }
    }

    /// The next step and where it stands.
    fn step(&mut self) -> Result<(Step<'a>, Span), ReadError> {
        let from = self.at();
        let event = match self.reader.read_event() {
            Ok(event) => event,
            Err(quick_xml::Error::Namespace(_)) => return Err(self.over("number of namespaces", BINDINGS)),
            Err(error) => return Err(self.malformed(from, error)),
        };
        let span = (from, self.at());
        if (span.1 - span.0) as usize > self.limits.text {
            return Err(self.over("length of a value", self.limits.text));
        }
        let step = match event {
            Event::Start(start) => {
                self.depth += 1;
                if self.depth > self.limits.depth {
                    return Err(self.over("nesting depth", self.limits.depth as usize));
                }
                Step::Open { tag: self.tag(start), whole: Whole::No }
            }
            Event::Empty(start) => Step::Open { tag: self.tag(start), whole: Whole::Yes },
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Step::Close
            }
            Event::Text(text) => {
                let plain = text.xml10_content();
                Step::Text(if self.slice(span) == plain { None } else { Some(plain.into_owned()) })
            }
            Event::CData(text) => Step::Cdata(text.xml10_content().into_owned()),
            Event::GeneralRef(reference) => {
                let known = reference.resolve_char_ref().map_err(|error| self.malformed(from, error))?;
                match (known, resolve_xml_entity(&reference)) {
                    (Some(character), _) => Step::Text(Some(character.to_string())),
                    (None, Some(text)) => Step::Text(Some(text.to_owned())),
                    (None, None) => return Err(ReadError::Entity { line: self.document.line(from) }),
                }
            }
            Event::DocType(_) => return Err(ReadError::Entity { line: self.document.line(from) }),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => Step::Aside,
            Event::Eof if self.depth > 0 => {
                return Err(self.malformed(from, "the file ends before its elements do; was it cut off?"));
            }
            Event::Eof => Step::End,
        };
        Ok((step, span))
    }

    fn tag(&mut self, start: BytesStart<'a>) -> Tag<'a> {
        let ours = match self.reader.resolver().resolve_element(start.name()).0 {
            ResolveResult::Bound(namespace) => namespace.into_inner() == self.document.schema.namespace,
            ResolveResult::Unbound | ResolveResult::Unknown(_) => false,
        };
        self.document.prefixed |= start.name().prefix().is_some();
        Tag { start, ours }
    }

    fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.0 as usize..span.1 as usize).unwrap_or_default()
    }

    fn aside(&mut self, parent: u32, span: Span) {
        let before = u32::try_from(self.document.nodes.len()).unwrap_or(u32::MAX);
        self.document.asides.push(Aside { before, parent, span });
    }

    /// Passes over the content of an element whose start tag has been read; gives the span of the content.
    fn content(&mut self) -> Result<Span, ReadError> {
        let from = self.at();
        let mut open = 1;
        loop {
            let (step, span) = self.step()?;
            match step {
                Step::Open { whole: Whole::No, .. } => open += 1,
                Step::Close => {
                    open -= 1;
                    if open == 0 {
                        return Ok((from, span.0));
                    }
                }
                _ => {}
            }
            if (span.1 - from) as usize > self.limits.text {
                return Err(self.over("length of a value", self.limits.text));
            }
        }
    }

    fn root(mut self) -> Result<Document, ReadError> {
        let mut found = false;
        loop {
            let (step, span) = self.step()?;
            match step {
                Step::Aside => self.aside(OUTSIDE, span),
                Step::Text(None) if self.slice(span).trim().is_empty() => {}
                Step::Text(_) | Step::Cdata(_) | Step::Close => {
                    return Err(self.malformed(span.0, "there is text outside the root element"));
                }
                Step::Open { tag, whole } => {
                    let model = self.document.schema.model(tag.name()).filter(|_| tag.ours && !found);
                    let Some(model) = model else { return Err(self.no_model(&tag, span.0)) };
                    found = true;
                    self.top(model, &tag, whole, span)?;
                }
                Step::End if found => return Ok(self.document),
                Step::End => return Err(self.malformed(span.0, "there is no root element")),
            }
        }
    }

    fn no_model(&self, tag: &Tag<'_>, at: u32) -> ReadError {
        let models: Vec<&str> = self.document.schema.models.iter().map(|model| model.name).collect();
        let named = self.document.schema.model(tag.name()).is_some();
        let name: String = tag.name().chars().take(80).collect();
        ReadError::Model {
            line: self.document.line(at),
            found: if named { format!("{name} outside OSCAL's namespace") } else { name },
            expected: format!("{} in the namespace {}", models.join(", "), self.document.schema.namespace),
        }
    }
}

#[cfg(test)]
mod tests;
