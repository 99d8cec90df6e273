//! A small pull parser for untrusted XML: elements are walked top-down, one loop per level.
//!
//! It wraps quick-xml's namespace reader and adds what hostile or damaged files demand: nesting, attributes
//! and text are bounded, document type definitions and entities other than the five predefined ones
//! (XML 1.0 §4.6) are refused, and every element knows its line. Nothing is fetched and nothing is expanded.
//!
//! ```
//! use warrant_intake::{Limits, xml::Xml};
//! let mut xml = Xml::open("<scan><host name='a'><os>BSD</os></host></scan>", Limits::default());
//! let root = xml.root()?;
//! while let Some(host) = xml.child(&root)? {
//!     assert_eq!(host.attribute("name")?, "a");
//!     while let Some(part) = xml.child(&host)? {
//!         assert_eq!(xml.text(&part)?, "BSD");
//!     }
//! }
//! xml.finish()?;
//! # Ok::<(), warrant_intake::ReadError>(())
//! ```

use crate::{Input, Limits, ReadError, text};
use quick_xml::errors::Error;
use quick_xml::escape::{EscapeError, resolve_xml_entity};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;
use std::borrow::Cow;
use std::rc::Rc;

/// The most attributes of one element.
pub const ATTRIBUTES: usize = 256;

/// The most namespace bindings in force at one place.
const BINDINGS: usize = 256;

/// A walk through an XML document.
#[derive(Debug)]
pub struct Xml<'a> {
    reader: NsReader<&'a [u8]>,
    source: &'a str,
    limits: Limits,
    /// Elements open now.
    depth: u32,
    /// Lines before `counted`, which is a byte offset; both only grow.
    line: u32,
    counted: usize,
    /// The namespace seen last: neighbours nearly always share it.
    namespace: Rc<str>,
    outside_types: OutsideTypes,
}

/// What becomes of a document type that names a file elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OutsideTypes {
    Refused,
    PassedOver,
}

/// A start tag. Its content is read through the [`Xml`] it came from.
#[derive(Debug)]
pub struct Element<'a> {
    start: BytesStart<'a>,
    namespace: Rc<str>,
    line: u32,
    depth: u32,
}

/// What [`Xml::step`] found.
pub(crate) enum Step<'a> {
    Start(Element<'a>),
    Text(Cow<'a, str>),
    End,
    Eof,
}

/// The document's text: UTF-8 or UTF-16, or the encoding that the XML declaration names (ISO-8859-1 and
/// Windows-1252 are still written by scanners). A byte-order mark is taken off.
///
/// # Errors
/// Those of [`text::of`]; [`ReadError::Malformed`] when the declared encoding is unknown or does not fit.
pub fn decode<'a>(input: &Input<'a>) -> Result<Cow<'a, str>, ReadError> {
    let refused = match text::of(input) {
        Ok(text) => return Ok(text),
        Err(error @ ReadError::Malformed { .. }) => error,
        Err(error) => return Err(error),
    };
    let Some(label) = declared_encoding(input.bytes) else { return Err(refused) };
    let unknown = || ReadError::Malformed {
        line: 1,
        message: format!("the encoding {label:?} is not supported; save the file as UTF-8 and try again"),
    };
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).ok_or_else(unknown)?;
    let decoded = encoding.decode_without_bom_handling_and_without_replacement(input.bytes);
    decoded.filter(|_| encoding.is_ascii_compatible() && encoding != encoding_rs::UTF_8).ok_or(refused)
}

impl<'a> Xml<'a> {
    /// Starts at the beginning of a document without byte-order mark (see [`decode`]).
    pub fn open(source: &'a str, limits: Limits) -> Self {
        let mut reader = NsReader::from_str(source);
        reader.config_mut().expand_empty_elements = true;
        reader.resolver_mut().set_max_namespace_bindings(BINDINGS);
        Self {
            reader,
            source,
            limits,
            depth: 0,
            line: 1,
            counted: 0,
            namespace: Rc::from(""),
            outside_types: OutsideTypes::Refused,
        }
    }

    /// From now on a document type without entities is passed over: some scanners write one into every report.
    /// A file that it names is never fetched. One that declares an entity is refused all the same.
    pub(crate) fn pass_over_outside_types(&mut self) {
        self.outside_types = OutsideTypes::PassedOver;
    }

    /// The root element.
    ///
    /// # Errors
    /// Like every other step: [`ReadError::Malformed`], [`ReadError::Entity`] or [`ReadError::Limit`], each
    /// with the line.
    pub fn root(&mut self) -> Result<Element<'a>, ReadError> {
        loop {
            match self.step()? {
                Step::Start(element) => return Ok(element),
                Step::Text(text) if text.trim().is_empty() => {}
                Step::Text(_) => return Err(self.malformed("there is text before the root element")),
                Step::End | Step::Eof => return Err(self.malformed("there is no root element")),
            }
        }
    }

    /// The next element directly inside `parent`; what was not read of the one before is passed over.
    /// `None` when `parent` ends.
    pub fn child(&mut self, parent: &Element<'_>) -> Result<Option<Element<'a>>, ReadError> {
        while self.depth >= parent.depth {
            match self.step()? {
                Step::Start(element) if element.depth == parent.depth + 1 => return Ok(Some(element)),
                Step::Eof => break,
                _ => {}
            }
        }
        Ok(None)
    }

    /// The next element anywhere inside `ancestor`; `None` when `ancestor` ends.
    pub fn descendant(&mut self, ancestor: &Element<'_>) -> Result<Option<Element<'a>>, ReadError> {
        while self.depth >= ancestor.depth {
            match self.step()? {
                Step::Start(element) => return Ok(Some(element)),
                Step::Eof => break,
                Step::Text(_) | Step::End => {}
            }
        }
        Ok(None)
    }

    /// All text inside `element`, that of inner elements included, without surrounding white space.
    pub fn text(&mut self, element: &Element<'_>) -> Result<String, ReadError> {
        let all = self.verbatim(element)?;
        let trimmed = all.trim();
        Ok(if trimmed.len() == all.len() { all } else { trimmed.to_owned() })
    }

    /// All text inside `element`, that of inner elements included, with its white space.
    pub fn verbatim(&mut self, element: &Element<'_>) -> Result<String, ReadError> {
        let mut all = String::new();
        while self.depth >= element.depth {
            match self.step()? {
                Step::Text(text) => {
                    if all.len() + text.len() > self.limits.text {
                        return Err(self.over("text length", self.limits.text as u64));
                    }
                    all.push_str(&text);
                }
                Step::Eof => break,
                Step::Start(_) | Step::End => {}
            }
        }
        Ok(all)
    }

    /// Reads to the end of the document and demands that nothing but the root element is there.
    pub fn finish(&mut self) -> Result<(), ReadError> {
        loop {
            let outside = self.depth == 0;
            match self.step()? {
                Step::Eof => return Ok(()),
                Step::Start(_) if outside => {
                    return Err(self.malformed("there is a second root element; two files in one?"));
                }
                Step::Text(text) if outside && !text.trim().is_empty() => {
                    return Err(self.malformed("there is text after the end of the root element"));
                }
                _ => {}
            }
        }
    }

    /// How many bytes of the document have been walked.
    pub fn offset(&self) -> u64 {
        self.reader.buffer_position()
    }

    /// The next start, text or end, whatever it is inside of.
    pub(crate) fn step(&mut self) -> Result<Step<'a>, ReadError> {
        loop {
            let before = self.reader.buffer_position();
            let event = self.reader.read_event().map_err(|error| {
                let at = self.reader.error_position().max(before);
                self.refusal(&error, at)
            })?;
            match event {
                Event::Start(start) | Event::Empty(start) => {
                    return self.start(start, before).map(Step::Start);
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Step::End);
                }
                Event::Text(text) => return Ok(Step::Text(text.xml10_content())),
                Event::CData(text) => return Ok(Step::Text(text.xml10_content())),
                Event::GeneralRef(reference) => {
                    let character =
                        reference.resolve_char_ref().map_err(|error| self.refusal(&error, before))?;
                    let text = match character {
                        Some(character) => Cow::Owned(character.to_string()),
                        None => match resolve_xml_entity(&reference) {
                            Some(text) => Cow::Borrowed(text),
                            None => return Err(ReadError::Entity { line: self.line_at(before) }),
                        },
                    };
                    return Ok(Step::Text(text));
                }
                // `<!DOCTYPE nmaprun>` declares nothing and names nothing to fetch; anything more is refused.
                Event::DocType(declaration) => {
                    let bare = declaration.trim();
                    let harmless = self.outside_types == OutsideTypes::PassedOver
                        && !bare.to_ascii_uppercase().contains("<!ENTITY");
                    if !harmless
                        && bare.contains(|c: char| c.is_whitespace() || matches!(c, '[' | '"' | '\''))
                    {
                        return Err(ReadError::Entity { line: self.line_at(before) });
                    }
                }
                Event::Eof if self.depth > 0 => {
                    return Err(self.malformed("the file ends before its elements do; was it cut off?"));
                }
                Event::Eof => return Ok(Step::Eof),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn start(&mut self, start: BytesStart<'a>, before: u64) -> Result<Element<'a>, ReadError> {
        let line = self.line_at(before);
        self.depth += 1;
        if self.depth > self.limits.depth {
            return Err(self.over("nesting depth", u64::from(self.limits.depth)));
        }
        if start.len() > self.limits.text {
            return Err(self.over("text length", self.limits.text as u64));
        }
        for (at, attribute) in start.attributes().with_checks(false).enumerate() {
            if at >= ATTRIBUTES {
                return Err(self.over("number of attributes", ATTRIBUTES as u64));
            }
            attribute.map_err(|error| self.refusal(&Error::InvalidAttr(error), before))?;
        }
        let known = match self.reader.resolver().resolve_element(start.name()).0 {
            ResolveResult::Bound(namespace) => namespace.into_inner(),
            ResolveResult::Unbound | ResolveResult::Unknown(_) => "",
        };
        if *self.namespace != *known {
            self.namespace = Rc::from(known);
        }
        Ok(Element { start, namespace: Rc::clone(&self.namespace), line, depth: self.depth })
    }

    fn refusal(&mut self, error: &Error, at: u64) -> ReadError {
        let line = self.line_at(at);
        match error {
            Error::Escape(EscapeError::UnrecognizedEntity(..)) => ReadError::Entity { line },
            Error::Namespace(quick_xml::name::NamespaceError::TooManyBindings(limit)) => {
                ReadError::Limit { what: "number of namespaces", limit: *limit as u64, line }
            }
            error => ReadError::Malformed { line, message: format!("the XML is not well-formed: {error}") },
        }
    }

    fn malformed(&mut self, message: &str) -> ReadError {
        let line = self.line_at(self.reader.buffer_position());
        ReadError::Malformed { line, message: message.to_owned() }
    }

    fn over(&mut self, what: &'static str, limit: u64) -> ReadError {
        ReadError::Limit { what, limit, line: self.line_at(self.reader.buffer_position()) }
    }

    /// The line of a byte offset that is not before the one asked for last.
    fn line_at(&mut self, offset: u64) -> u32 {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX).min(self.source.len());
        if let Some(passed) = self.source.as_bytes().get(self.counted..offset) {
            let newlines = passed.iter().filter(|byte| **byte == b'\n').count();
            self.line = self.line.saturating_add(u32::try_from(newlines).unwrap_or(u32::MAX));
            self.counted = offset;
        }
        self.line
    }
}

impl Element<'_> {
    /// The name without prefix.
    pub fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The namespace, empty when none.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The line of the start tag, 1-based.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// All attributes but namespace declarations, by local name, in order.
    ///
    /// # Errors
    /// [`ReadError::Entity`] or [`ReadError::Malformed`] when a value is not well-formed.
    pub(crate) fn attributes(&self) -> Result<Vec<(&str, Cow<'_, str>)>, ReadError> {
        let mut all = Vec::new();
        for attribute in self.start.attributes().with_checks(false).flatten() {
            if attribute.key.as_namespace_binding().is_none() {
                let name = attribute.key.local_name().into_inner();
                let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                all.push((name, value.map_err(|error| self.refused(name, &error))?));
            }
        }
        Ok(all)
    }

    fn refused(&self, name: &str, error: &Error) -> ReadError {
        match error {
            Error::Escape(EscapeError::UnrecognizedEntity(..)) => ReadError::Entity { line: self.line },
            error => ReadError::Malformed {
                line: self.line,
                message: format!("attribute {name} is not well-formed: {error}"),
            },
        }
    }

    /// The value of the attribute with this local name, empty when it is not there.
    ///
    /// # Errors
    /// [`ReadError::Entity`] or [`ReadError::Malformed`] when the value is not well-formed.
    pub fn attribute(&self, name: &str) -> Result<Cow<'_, str>, ReadError> {
        for attribute in self.start.attributes().with_checks(false).flatten() {
            let is_declaration = attribute.key.as_namespace_binding().is_some();
            if !is_declaration && attribute.key.local_name().into_inner() == name {
                let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                return value.map_err(|error| self.refused(name, &error));
            }
        }
        Ok(Cow::Borrowed(""))
    }

    /// Several of them in one go.
    pub fn named<const N: usize>(&self, names: [&str; N]) -> Result<[Cow<'_, str>; N], ReadError> {
        let mut found = [const { Cow::Borrowed("") }; N];
        let mut met = [false; N];
        for attribute in self.start.attributes().with_checks(false).flatten() {
            let name = attribute.key.local_name().into_inner();
            let Some(at) = names.iter().position(|wanted| *wanted == name).filter(|at| !met[*at]) else {
                continue;
            };
            if attribute.key.as_namespace_binding().is_none() {
                let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
                found[at] = value.map_err(|error| self.refused(name, &error))?;
                met[at] = true;
            }
        }
        Ok(found)
    }
}

/// The encoding named in the XML declaration (XML 1.0 §4.3.3).
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let declaration = head.strip_prefix("<?xml")?.split_once("?>")?.0.split_once("encoding")?.1;
    let value = declaration.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split_once(quote).map(|(label, _)| label.to_owned())
}

#[cfg(test)]
mod tests;
