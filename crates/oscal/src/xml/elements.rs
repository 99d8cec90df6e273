//! Builds the tree from elements and attributes.

use super::{ATTRIBUTE, ATTRIBUTES, Step, Tag, Walk, Whole};
use crate::data_type::DataType;
use crate::error::ReadError;
use crate::markup;
use crate::problem::Finding;
use crate::schema::{Definition, Model};
use crate::tree::{Aside, Kind, Node, NodeId, OUTSIDE, Span, Text};

impl<'a> Walk<'a> {
    pub(super) fn top(
        &mut self,
        model: &'static Model,
        tag: &Tag<'a>,
        whole: Whole,
        span: Span,
    ) -> Result<(), ReadError> {
        let id = self.push(Kind::Assembly, (0, model.definition), OUTSIDE, model.name, span)?;
        self.attributes(tag, id)?;
        if whole == Whole::No {
            self.members(id, None)?;
        }
        self.close(id);
        Ok(())
    }

    fn push(
        &mut self,
        kind: Kind,
        (slot, definition): (usize, usize),
        parent: u32,
        name: &'static str,
        span: Span,
    ) -> Result<NodeId, ReadError> {
        let id = self.document.nodes.len();
        if id >= self.limits.nodes {
            return Err(self.over("number of values", self.limits.nodes));
        }
        self.document.nodes.push(Node {
            kind,
            slot: u16::try_from(slot).unwrap_or(u16::MAX),
            definition: u32::try_from(definition).unwrap_or(u32::MAX),
            parent,
            end: u32::try_from(id + 1).unwrap_or(u32::MAX),
            name,
            raw: span,
            text: Text::None,
            at: span.0,
        });
        Ok(id)
    }

    fn close(&mut self, id: NodeId) {
        self.document.nodes[id].end = u32::try_from(self.document.nodes.len()).unwrap_or(u32::MAX);
    }

    fn own(&mut self, text: &str) -> Text {
        self.document.strings.push(text.into());
        Text::Owned(u32::try_from(self.document.strings.len() - 1).unwrap_or(u32::MAX))
    }

    /// Keeps what the model does not know.
    fn unknown(
        &mut self,
        parent: NodeId,
        label: &str,
        span: Span,
        message: String,
    ) -> Result<NodeId, ReadError> {
        if self.document.findings.len() >= self.limits.problems {
            return Err(self.over("number of problems", self.limits.problems));
        }
        let above = u32::try_from(parent).unwrap_or(u32::MAX);
        let id = self.push(Kind::Unknown, (0, 0), above, "", span)?;
        let label: String = label.chars().take(80).collect();
        self.document.nodes[id].text = self.own(&label);
        let remedy = "remove it, or mend its spelling; what it says may belong into prop or remarks";
        self.document.findings.push(Finding::error(id, "unknown-member", message, remedy));
        Ok(id)
    }

    fn attributes(&mut self, tag: &Tag<'a>, id: NodeId) -> Result<(), ReadError> {
        let definition = self.document.definition(id);
        let parent = u32::try_from(id).unwrap_or(u32::MAX);
        let at = self.document.nodes[id].at;
        for (count, attribute) in tag.start.attributes().enumerate() {
            if count >= ATTRIBUTES {
                return Err(self.over("number of attributes", ATTRIBUTES));
            }
            let attribute = attribute.map_err(|error| self.malformed(at, error))?;
            let key = attribute.key.into_inner();
            let written = self.written(at, key, &attribute.value);
            let name = attribute.key.local_name().into_inner();
            if key == "xmlns" || key.contains(':') {
                if id == 0 || attribute.key.as_namespace_binding().is_some() {
                    let before = u32::try_from(self.document.nodes.len()).unwrap_or(u32::MAX);
                    self.document.foreign.push(Aside { before, parent, span: (written.0, written.2) });
                } else {
                    let message = format!("{} has no attribute `{key}`", definition.name);
                    let node = self.unknown(id, key, (written.0, written.2), message)?;
                    self.document.nodes[node].slot = ATTRIBUTE;
                }
                continue;
            }
            let Some(place) = definition.flags.iter().position(|flag| flag.name == name) else {
                let message = format!("{} has no attribute `{name}`", self.document.nodes[id].name);
                let node = self.unknown(id, name, (written.0, written.2), message)?;
                self.document.nodes[node].slot = ATTRIBUTE;
                continue;
            };
            let flag = definition.flags[place];
            let value =
                attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(
                    |error| match error {
                        quick_xml::Error::Escape(quick_xml::escape::EscapeError::UnrecognizedEntity(..)) => {
                            ReadError::Entity { line: self.document.line(at) }
                        }
                        error => self.malformed(at, error),
                    },
                )?;
            let inner = (written.1 + 1, written.2.saturating_sub(1));
            let text = if self.slice(inner) == value { Text::Source(inner) } else { self.own(&value) };
            let node =
                self.push(Kind::Flag, (place, flag.attribute), parent, flag.name, (written.0, written.2))?;
            self.document.nodes[node].raw = (written.1, written.2);
            self.document.nodes[node].text = text;
        }
        Ok(())
    }

    /// Where an attribute begins, where its quoted value begins, and where it ends.
    fn written(&self, tag_at: u32, key: &str, value: &str) -> (u32, u32, u32) {
        let offset = |part: &str| (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        let inside =
            |at: usize| if at <= self.text.len() { u32::try_from(at).unwrap_or(u32::MAX) } else { tag_at };
        let from = inside(offset(key));
        let value_at = inside(offset(value));
        let end = value_at.saturating_add(u32::try_from(value.len() + 1).unwrap_or(u32::MAX));
        (from, value_at.saturating_sub(1), end)
    }

    /// The content of an assembly, or of an element that holds a group of members.
    fn members(&mut self, id: NodeId, wrapper: Option<&'static str>) -> Result<(), ReadError> {
        let definition = self.document.definition(id);
        let parent = u32::try_from(id).unwrap_or(u32::MAX);
        loop {
            let (step, span) = self.step()?;
            match step {
                Step::Close | Step::End => return Ok(()),
                Step::Aside => self.aside(parent, span),
                Step::Text(None) if self.slice(span).trim().is_empty() => {}
                Step::Text(_) | Step::Cdata(_) => {
                    let message = format!("{} holds text of its own", self.document.nodes[id].name);
                    self.unknown(id, "text()", span, message)?;
                }
                Step::Open { tag, whole } => self.member(id, definition, wrapper, (&tag, whole), span)?,
            }
        }
    }

    fn member(
        &mut self,
        id: NodeId,
        definition: &'static Definition,
        wrapper: Option<&'static str>,
        (tag, whole): (&Tag<'a>, Whole),
        span: Span,
    ) -> Result<(), ReadError> {
        let name = tag.name();
        let parent = u32::try_from(id).unwrap_or(u32::MAX);
        let mut found = None;
        for (place, member) in definition.members.iter().enumerate().filter(|_| tag.ours) {
            if wrapper.is_none() && member.wrapper == Some(name) {
                if whole == Whole::No {
                    self.members(id, member.wrapper)?;
                }
                return Ok(());
            }
            let is_block = member.unwrapped && markup::is_block(name);
            if member.wrapper == wrapper && (is_block || (!member.unwrapped && member.name == name)) {
                found = Some((place, member));
                break;
            }
        }
        let Some((place, member)) = found else {
            let end = if whole == Whole::No { self.content().map(|_| self.at())? } else { span.1 };
            let shown = self.document.nodes[id].name;
            let message = if tag.ours {
                format!("{shown} has no element `{name}`")
            } else {
                format!("{shown} has no element `{name}` of another namespace")
            };
            return self.unknown(id, name, (span.0, end), message).map(drop);
        };
        let of = &self.document.schema.definitions[member.definition];
        if member.unwrapped {
            let end = if whole == Whole::No { self.content().map(|_| self.at())? } else { span.1 };
            return self.block(parent, (place, member.definition), member.name, (span.0, end));
        }
        let Some(data_type) = of.field else {
            let node = self.push(Kind::Assembly, (place, member.definition), parent, member.name, span)?;
            self.attributes(tag, node)?;
            if whole == Whole::No {
                self.members(node, None)?;
            }
            self.close(node);
            return Ok(());
        };
        let node = self.push(Kind::Field, (place, member.definition), parent, member.name, span)?;
        self.attributes(tag, node)?;
        let (text, raw) = if whole == Whole::Yes {
            (Text::Source((span.1, span.1)), (span.1, span.1))
        } else if data_type.is_markup() {
            let inner = self.content()?;
            (Text::Source(inner), inner)
        } else {
            self.text(node, data_type)?
        };
        let holder = if of.value_key.is_some() {
            let above = u32::try_from(node).unwrap_or(u32::MAX);
            self.push(Kind::Value, (0, member.definition), above, member.name, span)?
        } else {
            node
        };
        self.document.nodes[holder].text = text;
        self.document.nodes[holder].raw = raw;
        self.close(node);
        Ok(())
    }

    /// A block of markup without an element around it: it belongs to the blocks just before it, if any.
    fn block(
        &mut self,
        parent: u32,
        slot: (usize, usize),
        name: &'static str,
        span: Span,
    ) -> Result<(), ReadError> {
        let place = slot.0;
        if let Some(last) = self.document.nodes.last_mut()
            && last.kind == Kind::Field
            && last.parent == parent
            && last.slot as usize == place
            && self.text.get(last.raw.1 as usize..span.0 as usize).is_some_and(is_between)
        {
            last.raw.1 = span.1;
            last.text = Text::Source(last.raw);
            // A comment between the two is part of the copied stretch now.
            let end = u32::try_from(self.document.nodes.len()).unwrap_or(u32::MAX);
            let asides = &mut self.document.asides;
            while asides
                .pop_if(|aside| aside.before == end && aside.parent == parent && aside.span.1 <= span.0)
                .is_some()
            {}
            return Ok(());
        }
        let id = self.push(Kind::Field, slot, parent, name, span)?;
        self.document.nodes[id].text = Text::Source(span);
        Ok(())
    }

    /// The text of a field without markup.
    fn text(&mut self, id: NodeId, data_type: DataType) -> Result<(Text, Span), ReadError> {
        let from = self.at();
        let mut decoded: Option<String> = None;
        let mut plain: Option<Span> = None;
        let join = |decoded: &mut Option<String>, plain: &mut Option<Span>, walk: &Self, more: &str| {
            let text =
                decoded.get_or_insert_with(|| plain.take().map_or("", |span| walk.slice(span)).to_owned());
            text.push_str(more);
        };
        loop {
            let (step, span) = self.step()?;
            match step {
                Step::Close | Step::End => {
                    let raw = (from, span.0);
                    let text = match (decoded, plain) {
                        (Some(text), _) => self.own(&text),
                        (None, Some(span)) => Text::Source(span),
                        (None, None) => Text::Source((span.0, span.0)),
                    };
                    return Ok((text, raw));
                }
                Step::Text(None) if decoded.is_none() && plain.is_none() => plain = Some(span),
                Step::Text(None) => join(&mut decoded, &mut plain, self, self.slice(span)),
                Step::Text(Some(text)) | Step::Cdata(text) => join(&mut decoded, &mut plain, self, &text),
                Step::Aside => join(&mut decoded, &mut plain, self, ""),
                Step::Open { tag, whole } => {
                    let end = if whole == Whole::No { self.content().map(|_| self.at())? } else { span.1 };
                    let name = tag.name().to_owned();
                    let message = format!(
                        "{} is text without markup ({}) and holds the element `{name}`",
                        self.document.nodes[id].name,
                        data_type.name()
                    );
                    self.unknown(id, &name, (span.0, end), message)?;
                }
            }
        }
    }
}

/// Whether there is nothing but white space and comments in a stretch between two blocks.
fn is_between(text: &str) -> bool {
    let mut rest = text.trim_start();
    while let Some(after) = rest.strip_prefix("<!--") {
        let Some((_, after)) = after.split_once("-->") else { return false };
        rest = after.trim_start();
    }
    rest.is_empty()
}
