//! Writing of XML: two spaces of indentation, content as it was written if it came in XML.

use super::ATTRIBUTE;
use crate::data_type::DataType;
use crate::error::WriteError;
use crate::markup;
use crate::tree::{Document, Format, Kind, NodeId, OUTSIDE};
use crate::write::{escaped, indent};
use std::borrow::Cow;

pub(crate) fn write(document: &Document) -> Result<String, WriteError> {
    let mut writer =
        Writer { document, out: String::with_capacity(document.source.len()), aside: 0, foreign: 0 };
    if document.format != Format::Xml {
        writer.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }
    writer.asides(OUTSIDE, 0, None);
    writer.element(0, 0)?;
    writer.out.push('\n');
    writer.asides(OUTSIDE, u32::MAX, None);
    Ok(writer.out)
}

/// Text or the value of an attribute.
pub(crate) fn escape(text: &str, out: &mut String) {
    escaped(text, out, |byte| {
        Some(Cow::Borrowed(match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\r' => "&#13;",
            _ => return None,
        }))
    });
}

/// Characters that XML 1.0 cannot hold, not even as references (§2.2).
fn is_impossible(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

struct Writer<'a> {
    document: &'a Document,
    out: String,
    /// The comment that comes next.
    aside: usize,
    /// The foreign attribute that comes next.
    foreign: usize,
}

impl Writer<'_> {
    fn line(&mut self, depth: usize) {
        indent(depth, &mut self.out);
    }

    /// Comments of `parent` that stand before the node `before`; indented when inside an element.
    fn asides(&mut self, parent: u32, before: u32, depth: Option<usize>) {
        if self.document.format != Format::Xml {
            return;
        }
        while let Some(aside) = self.document.asides.get(self.aside)
            && aside.before <= before
            && aside.parent == parent
        {
            self.aside += 1;
            if let Some(depth) = depth {
                self.line(depth);
            }
            self.out.push_str(self.document.slice(aside.span));
            if depth.is_none() {
                self.out.push('\n');
            }
        }
    }

    fn element(&mut self, id: NodeId, depth: usize) -> Result<(), WriteError> {
        let document = self.document;
        let node = &document.nodes[id];
        self.out.push('<');
        self.out.push_str(node.name);
        let this = u32::try_from(id).unwrap_or(u32::MAX);
        let keeps_names = document.format == Format::Xml && !document.prefixed;
        if id == 0 && !keeps_names {
            self.out.push_str(&format!(" xmlns=\"{}\"", document.schema.namespace));
        }
        let mut flags: Vec<NodeId> = document.children(id).filter(|child| self.is_in_tag(*child)).collect();
        if document.format != Format::Xml {
            flags.sort_by_key(|child| document.nodes[*child].slot);
        }
        for child in flags {
            let at = u32::try_from(child).unwrap_or(u32::MAX);
            self.foreign(this, at);
            self.attribute(child)?;
        }
        self.foreign(this, u32::MAX);
        match node.kind {
            Kind::Assembly => self.members(id, depth),
            _ => {
                let holder = document.value_of(id).unwrap_or(id);
                self.content(id, holder, depth)
            }
        }
    }

    /// Attributes of other namespaces and declarations that stand in a tag before a node.
    fn foreign(&mut self, parent: u32, before: u32) {
        let document = self.document;
        while let Some(other) = document.foreign.get(self.foreign)
            && other.parent == parent
            && other.before <= before
        {
            self.foreign += 1;
            if document.format == Format::Xml && !document.prefixed {
                self.out.push(' ');
                self.out.push_str(document.slice(other.span));
            }
        }
    }

    /// Ends an element without content, as it was written if it came in XML.
    fn nothing(&mut self, id: NodeId, tag_end: u32) {
        let document = self.document;
        let tag = document.source.get(..tag_end as usize).unwrap_or_default();
        if document.format == Format::Xml && !tag.ends_with("/>") {
            self.out.push_str(&format!("></{}>", document.nodes[id].name));
        } else {
            self.out.push_str("/>");
        }
    }

    fn attribute(&mut self, child: NodeId) -> Result<(), WriteError> {
        let document = self.document;
        let node = &document.nodes[child];
        let raw = document.slice(node.raw);
        match node.kind {
            Kind::Flag => {
                self.out.push(' ');
                self.out.push_str(node.name);
                self.out.push('=');
                if document.format == Format::Xml {
                    self.out.push_str(raw);
                } else {
                    self.out.push('"');
                    let mut value = String::new();
                    self.plain(child, &mut value)?;
                    // White space other than spaces would be normalised away (XML 1.0 §3.3.3).
                    self.out.push_str(&value.replace('\n', "&#10;").replace('\t', "&#9;"));
                    self.out.push('"');
                }
            }
            Kind::Unknown if document.format != Format::Xml => {
                return Err(document.unknown_error(child, "XML"));
            }
            Kind::Unknown => {
                self.out.push(' ');
                self.out.push_str(raw);
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether a child belongs into the start tag.
    fn is_in_tag(&self, child: NodeId) -> bool {
        match self.document.nodes[child].kind {
            Kind::Flag | Kind::Value => true,
            Kind::Unknown => self.document.format != Format::Xml || self.is_attribute(child),
            Kind::Assembly | Kind::Field | Kind::Misfit => false,
        }
    }

    /// Whether something unknown was an attribute.
    fn is_attribute(&self, child: NodeId) -> bool {
        self.document.format == Format::Xml && self.document.nodes[child].slot == ATTRIBUTE
    }

    fn members(&mut self, id: NodeId, depth: usize) -> Result<(), WriteError> {
        let document = self.document;
        let mut inside = self.inside(id)?;
        if document.format != Format::Xml {
            // XML keeps the order of the model.
            inside.sort_by_key(|(child, _)| document.nodes[*child].slot);
        }
        let this = u32::try_from(id).unwrap_or(u32::MAX);
        let end = document.nodes[id].end;
        let has_aside = document.format == Format::Xml
            && document.asides.get(self.aside).is_some_and(|aside| aside.parent == this);
        if inside.is_empty() && !has_aside {
            self.nothing(id, document.nodes[id].raw.1);
            return Ok(());
        }
        self.out.push('>');
        let mut open: Option<&'static str> = None;
        for (child, made) in inside {
            let wrapper = document.member(child).and_then(|member| member.wrapper);
            if open != wrapper
                && let Some(name) = open.take()
            {
                self.line(depth + 1);
                self.out.push_str(&format!("</{name}>"));
            }
            let inner = depth + 1 + usize::from(wrapper.is_some());
            if let (None, Some(name)) = (open, wrapper) {
                self.line(depth + 1);
                self.out.push_str(&format!("<{name}>"));
                open = wrapper;
            }
            let at = u32::try_from(child).unwrap_or(u32::MAX);
            self.asides(this, at, Some(inner));
            self.line(inner);
            match made {
                Some(made) => self.out.push_str(&made),
                None => self.member(child, inner)?,
            }
        }
        if let Some(name) = open {
            self.line(depth + 1);
            self.out.push_str(&format!("</{name}>"));
        }
        self.asides(this, end, Some(depth + 1));
        self.line(depth);
        self.out.push_str(&format!("</{}>", document.nodes[id].name));
        Ok(())
    }

    /// What stands inside an assembly; blocks of markup without an element of their own are made already, and left
    /// out when they say nothing.
    fn inside(&self, id: NodeId) -> Result<Vec<(NodeId, Option<String>)>, WriteError> {
        let document = self.document;
        let mut inside = Vec::new();
        for child in document.children(id).filter(|child| !self.is_in_tag(*child)) {
            if !document.member(child).is_some_and(|member| member.unwrapped) {
                inside.push((child, None));
                continue;
            }
            // An assembly stands one level below its parent.
            let depth = self.depth(child);
            let mut made = String::new();
            self.markup(child, depth, &mut made)?;
            if !made.is_empty() {
                inside.push((child, Some(made)));
            }
        }
        Ok(inside)
    }

    /// How deep a node is indented.
    fn depth(&self, id: NodeId) -> usize {
        let mut depth = 0;
        let mut at = id;
        while self.document.nodes[at].parent != OUTSIDE {
            depth += 1 + usize::from(self.document.member(at).is_some_and(|member| member.wrapper.is_some()));
            at = self.document.nodes[at].parent as usize;
        }
        depth
    }

    fn member(&mut self, child: NodeId, depth: usize) -> Result<(), WriteError> {
        let document = self.document;
        if matches!(document.nodes[child].kind, Kind::Unknown | Kind::Misfit) {
            if document.format != Format::Xml {
                return Err(document.unknown_error(child, "XML"));
            }
            self.out.push_str(document.slice(document.nodes[child].raw));
            return Ok(());
        }
        self.element(child, depth)
    }

    /// The content of a field, after its attributes.
    fn content(&mut self, id: NodeId, holder: NodeId, depth: usize) -> Result<(), WriteError> {
        let document = self.document;
        let is_markup = document.definition(id).field.is_some_and(DataType::is_markup);
        if document.own_text(holder).is_empty() && document.children(id).all(|child| !self.is_element(child))
        {
            self.nothing(id, document.nodes[holder].raw.0);
            return Ok(());
        }
        if is_markup && document.format != Format::Xml {
            let mut made = String::new();
            self.markup(holder, depth + 1, &mut made)?;
            if made.is_empty() {
                self.out.push_str("/>");
                return Ok(());
            }
            self.out.push_str(&format!(">{made}</{}>", document.nodes[id].name));
            return Ok(());
        }
        self.out.push('>');
        if is_markup {
            let mut made = String::new();
            self.markup(holder, depth + 1, &mut made)?;
            self.out.push_str(&made);
        } else if document.format == Format::Xml {
            self.out.push_str(document.slice(document.nodes[holder].raw));
        } else {
            let mut text = String::new();
            self.plain(holder, &mut text)?;
            self.out.push_str(&text);
        }
        self.out.push_str(&format!("</{}>", document.nodes[id].name));
        Ok(())
    }

    fn is_element(&self, child: NodeId) -> bool {
        self.document.nodes[child].kind == Kind::Unknown && !self.is_attribute(child)
    }

    fn plain(&self, id: NodeId, out: &mut String) -> Result<(), WriteError> {
        let text = self.document.own_text(id);
        if text.contains(is_impossible) {
            return Err(self
                .document
                .write_error(id, "the text holds a control character that XML cannot hold"));
        }
        escape(text, out);
        Ok(())
    }

    /// Markup: copied from XML, else made of Markdown.
    fn markup(&self, id: NodeId, depth: usize, out: &mut String) -> Result<(), WriteError> {
        let document = self.document;
        let text = document.own_text(id);
        let is_line = document.definition(id).field == Some(DataType::MarkupLine);
        if document.format == Format::Xml && !document.prefixed {
            out.push_str(document.slice(document.nodes[id].raw));
            return Ok(());
        }
        if text.contains(is_impossible) {
            return Err(document.write_error(id, "the text holds a control character that XML cannot hold"));
        }
        let failed = |message| document.write_error(id, message);
        if is_line {
            let inline = match document.format {
                Format::Xml => markup::inline_of_xml(text).map_err(failed)?,
                Format::Json | Format::Yaml => markup::inline_of_markdown(text),
            };
            markup::inline_to_xml(&inline, out);
            return Ok(());
        }
        let blocks = match document.format {
            Format::Xml => markup::blocks_of_xml(text).map_err(failed)?,
            Format::Json | Format::Yaml => markup::blocks_of_markdown(text),
        };
        let unwrapped = document.member(id).is_some_and(|member| member.unwrapped);
        for (count, block) in blocks.iter().enumerate() {
            if !unwrapped || count > 0 {
                indent(depth, out);
            }
            markup::block_to_xml(block, out);
        }
        if !unwrapped && !blocks.is_empty() {
            indent(depth.saturating_sub(1), out);
        }
        Ok(())
    }
}
