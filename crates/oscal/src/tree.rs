//! One tree for documents of all models and formats.
//!
//! Nodes lie in document order, so that all below a node are its neighbours: a walk is a loop over a slice.

use crate::error::{Limits, ReadError};
use crate::place::Places;
use crate::problem::Finding;
use crate::schema::{Definition, Member, Schema};

/// A format of OSCAL documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// XML 1.0.
    Xml,
    /// YAML 1.2, the part that JSON can hold.
    Yaml,
}

impl Format {
    /// The format of a file: by the ending of its name, else by its first character.
    pub fn guess(name: &str, bytes: &[u8]) -> Self {
        match name.rsplit('.').next().map(str::to_ascii_lowercase).as_deref() {
            Some("json") => return Self::Json,
            Some("xml") => return Self::Xml,
            Some("yaml" | "yml") => return Self::Yaml,
            _ => {}
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'{') => Self::Json,
            Some(b'<') => Self::Xml,
            _ => Self::Yaml,
        }
    }
}

/// A node's number in its document.
pub(crate) type NodeId = usize;

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An assembly; `definition` counts in [`Schema::definitions`].
    Assembly,
    /// A field.
    Field,
    /// A flag; `definition` counts in [`Schema::attributes`].
    Flag,
    /// The value of a field that has flags in its definition.
    Value,
    /// A member of the right name whose value is of the wrong kind, kept as it is written.
    Misfit,
    /// Something the model does not know, kept as it is written.
    Unknown,
}

/// A stretch of the source.
pub(crate) type Span = (u32, u32);

/// Where a node's decoded text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Text {
    /// It has none.
    None,
    /// Just so in the source.
    Source(Span),
    /// In [`Document::strings`], since the source writes it with escapes.
    Owned(u32),
}

#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    /// Its place among the parent definition's members or flags.
    pub(crate) slot: u16,
    pub(crate) definition: u32,
    pub(crate) parent: u32,
    /// The first node after all that are below.
    pub(crate) end: u32,
    /// Its name in XML.
    pub(crate) name: &'static str,
    /// How the source writes its value (with quotes), or the whole of it if unknown.
    pub(crate) raw: Span,
    pub(crate) text: Text,
    /// Where it begins in the source.
    pub(crate) at: u32,
}

impl Node {
    /// Its place among the parent's members, if it is one.
    pub(crate) fn member_slot(&self) -> Option<u16> {
        matches!(self.kind, Kind::Assembly | Kind::Field | Kind::Misfit).then_some(self.slot)
    }
}

/// A comment or processing instruction of XML and the node that follows it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Aside {
    pub(crate) before: u32,
    pub(crate) parent: u32,
    pub(crate) span: Span,
}

/// The parent of what stands outside the root.
pub(crate) const OUTSIDE: u32 = u32::MAX;

/// A document.
#[derive(Debug, Clone)]
pub struct Document {
    pub(crate) schema: &'static Schema,
    pub(crate) format: Format,
    pub(crate) source: String,
    pub(crate) nodes: Vec<Node>,
    pub(crate) strings: Vec<Box<str>>,
    pub(crate) asides: Vec<Aside>,
    /// Namespace declarations, and attributes of the XML root that belong to other namespaces.
    pub(crate) foreign: Vec<Aside>,
    /// Whether XML names have prefixes, so that markup cannot be copied as it is.
    pub(crate) prefixed: bool,
    /// What stands beside the model in the outermost JSON object, such as `$schema`.
    pub(crate) beside: Vec<Span>,
    /// What was found wrong while reading.
    pub(crate) findings: Vec<Finding>,
    /// Where the outermost object begins; what stands before is of YAML only.
    pub(crate) head: u32,
    /// Where lines begin.
    lines: Vec<u32>,
}

impl Document {
    /// Reads a document. Problems of structure do not stop it: [`crate::validate::validate`] names them.
    ///
    /// # Errors
    /// [`ReadError`] when the bytes are not well-formed, are no OSCAL document or are over a limit.
    pub fn read(bytes: &[u8], format: Format, limits: &Limits) -> Result<Self, ReadError> {
        if bytes.len() > limits.bytes.min(u32::MAX as usize / 2) {
            return Err(ReadError::Limit { line: 1, what: "number of bytes", limit: limits.bytes });
        }
        let text =
            std::str::from_utf8(bytes).map_err(|error| ReadError::Encoding { at: error.valid_up_to() })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match format {
            Format::Json => crate::json::read(text, limits),
            Format::Xml => crate::xml::read(text, limits),
            Format::Yaml => crate::yaml::read(text, limits),
        }
    }

    pub(crate) fn empty(source: &str, format: Format) -> Self {
        let starts = source.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self {
            schema: Schema::oscal(),
            format,
            source: source.to_owned(),
            nodes: Vec::with_capacity(source.len() / 48),
            strings: Vec::new(),
            asides: Vec::new(),
            foreign: Vec::new(),
            prefixed: false,
            beside: Vec::new(),
            findings: Vec::new(),
            head: 0,
            lines: starts.map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)).collect(),
        }
    }

    /// The name of its model, such as `catalog`.
    pub fn model(&self) -> &'static str {
        self.nodes.first().map_or("", |root| root.name)
    }

    /// The format it came in.
    pub fn format(&self) -> Format {
        self.format
    }

    /// How many nodes it has.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether it has no nodes, which does not happen to a document that was read.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The line of an offset, 1-based.
    pub(crate) fn line(&self, at: u32) -> u32 {
        u32::try_from(self.lines.partition_point(|start| *start <= at) + 1).unwrap_or(u32::MAX)
    }

    pub(crate) fn slice(&self, span: Span) -> &str {
        self.source.get(span.0 as usize..span.1 as usize).unwrap_or_default()
    }

    /// The children of a node, flags and values among them, in the order of the source.
    pub(crate) fn children(&self, id: NodeId) -> Children<'_> {
        let end = self.nodes[id].end as usize;
        Children { nodes: &self.nodes, next: id + 1, end }
    }

    /// The children of a node, siblings of one member that stand together as one group.
    pub(crate) fn groups(&self, id: NodeId) -> Vec<Vec<NodeId>> {
        let mut groups: Vec<Vec<NodeId>> = Vec::new();
        for child in self.children(id) {
            let slot = self.nodes[child].member_slot();
            let twin = |other: NodeId| slot.is_some() && slot == self.nodes[other].member_slot();
            match groups.last_mut() {
                Some(group) if group.last().is_some_and(|last| twin(*last)) => group.push(child),
                _ => groups.push(vec![child]),
            }
        }
        groups
    }

    /// The root element, as the one child of the document.
    pub(crate) fn top(&self) -> Children<'_> {
        Children { nodes: &self.nodes, next: 0, end: self.nodes.len() }
    }

    /// The flag with a name.
    pub(crate) fn flag(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.children(id).find(|child| {
            let node = &self.nodes[*child];
            node.kind == Kind::Flag && node.name == name
        })
    }

    /// The text of a flag with a name.
    pub(crate) fn flag_text(&self, id: NodeId, name: &str) -> Option<&str> {
        self.flag(id, name).map(|flag| self.own_text(flag))
    }

    /// Children with a name that are not flags.
    pub(crate) fn named<'a>(&'a self, id: NodeId, name: &'a str) -> impl Iterator<Item = NodeId> + 'a {
        self.children(id).filter(move |child| {
            let node = &self.nodes[*child];
            matches!(node.kind, Kind::Assembly | Kind::Field) && node.name == name
        })
    }

    /// The text that belongs to the node itself.
    pub(crate) fn own_text(&self, id: NodeId) -> &str {
        match self.nodes[id].text {
            Text::None => "",
            Text::Source(span) => self.slice(span),
            Text::Owned(at) => self.strings.get(at as usize).map_or("", |text| text),
        }
    }

    /// The text of a flag or field, that of a field with flags included.
    pub(crate) fn text(&self, id: NodeId) -> &str {
        match self.value_of(id) {
            Some(value) => self.own_text(value),
            None => self.own_text(id),
        }
    }

    /// The node that holds the value of a field with flags.
    pub(crate) fn value_of(&self, id: NodeId) -> Option<NodeId> {
        if self.nodes[id].kind != Kind::Field {
            return None;
        }
        self.children(id).find(|child| self.nodes[*child].kind == Kind::Value)
    }

    /// The definition of an assembly or field.
    pub(crate) fn definition(&self, id: NodeId) -> &'static Definition {
        &self.schema.definitions[self.nodes[id].definition as usize]
    }

    /// How the parent holds an assembly or field.
    pub(crate) fn member(&self, id: NodeId) -> Option<&'static Member> {
        let node = &self.nodes[id];
        let slot = node.member_slot().filter(|_| node.parent != OUTSIDE)?;
        self.definition(node.parent as usize).members.get(slot as usize)
    }

    /// JSON pointer or XPath of a node.
    pub(crate) fn place(&self, id: NodeId) -> String {
        Places::new(self).of(id)
    }
}

/// Walks over children by leaping over what is below each.
#[derive(Debug)]
pub(crate) struct Children<'a> {
    nodes: &'a [Node],
    next: NodeId,
    end: NodeId,
}

impl Iterator for Children<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        if self.next >= self.end {
            return None;
        }
        let found = self.next;
        // An open node has no end yet; it cannot be walked, but it must not loop either.
        self.next = (self.nodes[found].end as usize).max(found + 1);
        Some(found)
    }
}
