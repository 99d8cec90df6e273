//! Any structured document as one tree: JSON objects, XML elements, table rows and matched lines of text are
//! all nodes with a key, a value and children. Declarative mappings look only at this.
//!
//! Nodes lie in one vector; keys and values are spans of the source text or, where they had to be unescaped,
//! of one side buffer. Hence a node costs forty bytes however long its text is.

pub mod html;
pub mod json;
pub mod table;
pub mod text;
pub mod xml;

use crate::ReadError;

/// The most nodes of one document.
pub const NODES: usize = 20_000_000;

/// A node of a [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

impl NodeId {
    /// The root: the document itself.
    pub const ROOT: Self = Self(0);
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A JSON object, an XML element, a table row, a match: children with keys.
    Map,
    /// A JSON array, or several documents one after the other: children without keys.
    List,
    /// Text, a number or a truth value.
    Value,
    /// JSON `null`.
    Null,
}

/// A span of the source or of the side buffer.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: u32,
    /// Length; the top bit says that it lies in the side buffer.
    length: u32,
}

const ASIDE: u32 = 1 << 31;

#[derive(Debug)]
struct Node {
    key: Span,
    value: Span,
    parent: u32,
    first: u32,
    next: u32,
    line: u32,
    /// Position among the siblings, in XML among those of the same name; 0-based.
    index: u32,
    shape: Shape,
}

const NONE: u32 = u32::MAX;

/// How many elements of a list, or elements of one name, an outline keeps.
const SAMPLE: u32 = 20;

/// Which language a document is in: it decides how places are written and how keys compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// JSON: places are JSON pointers (RFC 6901).
    Json,
    /// XML or HTML: places are element paths.
    Xml,
    /// A table: places are rows; letter case of headers does not matter.
    Table,
    /// Lines of text: places are line numbers.
    Text,
}

/// A document as a tree.
#[derive(Debug)]
pub struct Tree<'a> {
    source: &'a str,
    aside: String,
    nodes: Vec<Node>,
    /// The last child of each open node, while building.
    last: Vec<u32>,
    /// In which language it was written.
    pub notation: Notation,
}

impl<'a> Tree<'a> {
    /// A tree with nothing but a root of this shape.
    pub(crate) fn new(source: &'a str, notation: Notation, root: Shape) -> Self {
        let mut tree = Self { source, aside: String::new(), nodes: Vec::new(), last: Vec::new(), notation };
        tree.nodes.push(Node {
            key: Span::default(),
            value: Span::default(),
            parent: NONE,
            first: NONE,
            next: NONE,
            line: 1,
            index: 0,
            shape: root,
        });
        tree.last.push(NONE);
        tree
    }

    /// Adds a child behind the others.
    fn add(
        &mut self,
        parent: NodeId,
        (key, value): (Span, Span),
        shape: Shape,
        line: u32,
    ) -> Result<NodeId, ReadError> {
        if self.nodes.len() >= NODES {
            return Err(ReadError::Limit { what: "number of values", limit: NODES as u64, line });
        }
        let id = self.nodes.len() as u32;
        let before = self.last[parent.0 as usize];
        let index = match before {
            NONE => {
                self.nodes[parent.0 as usize].first = id;
                0
            }
            before => {
                let index = self.position(parent, before, key);
                self.nodes[before as usize].next = id;
                index
            }
        };
        self.last[parent.0 as usize] = id;
        self.nodes.push(Node { key, value, parent: parent.0, first: NONE, next: NONE, line, index, shape });
        self.last.push(NONE);
        Ok(NodeId(id))
    }

    /// How many children with this key a child added now would have before it, as far as outlines ask.
    fn alike(&self, parent: NodeId, key: Span) -> u32 {
        match self.last[parent.0 as usize] {
            NONE => 0,
            before => self.position(parent, before, key),
        }
    }

    /// The position of a child behind `before`. In XML only siblings of the same name count, of which the
    /// first few are looked at: lists of elements stand together or at the front.
    fn position(&self, parent: NodeId, before: u32, key: Span) -> u32 {
        let previous = &self.nodes[before as usize];
        if self.notation != Notation::Xml || self.of(previous.key) == self.of(key) {
            return previous.index + 1;
        }
        let alike = self.children(parent).take(64).filter(|id| self.key(*id) == self.of(key)).count();
        u32::try_from(alike).unwrap_or(u32::MAX)
    }

    /// The span of a part borrowed from the source, or a copy of it in the side buffer.
    fn span(&mut self, text: &str) -> Span {
        let offset = (text.as_ptr() as usize).wrapping_sub(self.source.as_ptr() as usize);
        let inside = offset.checked_add(text.len()).is_some_and(|end| end <= self.source.len());
        match (inside, u32::try_from(offset), u32::try_from(text.len())) {
            (true, Ok(start), Ok(length)) if length < ASIDE => Span { start, length },
            _ => self.keep(text),
        }
    }

    /// Sets the text of a node after its children are there.
    fn set_value(&mut self, id: NodeId, text: &str) {
        if !text.is_empty() {
            let value = self.span(text);
            self.nodes[id.0 as usize].value = value;
        }
    }

    fn keep(&mut self, text: &str) -> Span {
        let start = self.aside.len();
        self.aside.push_str(text);
        match (u32::try_from(start), u32::try_from(text.len())) {
            (Ok(start), Ok(length)) if length < ASIDE => Span { start, length: length | ASIDE },
            _ => Span::default(),
        }
    }

    /// Puts a copy of another tree under a key of the root.
    pub(crate) fn graft(&mut self, key: &str, other: &Tree<'_>) -> Result<(), ReadError> {
        let mut places = Vec::with_capacity(other.nodes.len());
        for (at, node) in other.nodes.iter().enumerate() {
            let (parent, key) = match at {
                0 => (NodeId::ROOT, key),
                _ => (places[node.parent as usize], other.of(node.key)),
            };
            let spans = (self.keep(key), self.keep(other.of(node.value)));
            places.push(self.add(parent, spans, node.shape, node.line)?);
        }
        Ok(())
    }

    fn of(&self, span: Span) -> &str {
        let (text, length) = match span.length & ASIDE {
            0 => (self.source, span.length),
            _ => (self.aside.as_str(), span.length & !ASIDE),
        };
        text.get(span.start as usize..span.start as usize + length as usize).unwrap_or_default()
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is nothing below the root.
    pub fn is_empty(&self) -> bool {
        self.nodes.len() == 1
    }

    /// What a node is.
    pub fn shape(&self, id: NodeId) -> Shape {
        self.node(id).shape
    }

    /// The key under which it stands in its parent; empty in a list.
    pub fn key(&self, id: NodeId) -> &str {
        self.of(self.node(id).key)
    }

    /// Its own text: a value as written, the text directly inside an element. Empty for lists and objects.
    pub fn value(&self, id: NodeId) -> &str {
        self.of(self.node(id).value)
    }

    /// The 1-based line it stands on.
    pub fn line(&self, id: NodeId) -> u32 {
        self.node(id).line
    }

    /// The node it stands in.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        let parent = self.node(id).parent;
        (parent != NONE).then_some(NodeId(parent))
    }

    /// The nearest object or element around it, lists passed over.
    pub fn owner(&self, id: NodeId) -> Option<NodeId> {
        let mut at = self.parent(id)?;
        while self.shape(at) == Shape::List {
            at = self.parent(at)?;
        }
        Some(at)
    }

    /// Its children in order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let link = |at: u32| (at != NONE).then_some(NodeId(at));
        std::iter::successors(link(self.node(id).first), move |at| link(self.node(*at).next))
    }

    /// Whether a node has this key. Attributes (`@name`) also answer to their bare name.
    pub fn is_called(&self, id: NodeId, name: &str) -> bool {
        let key = self.key(id);
        match self.notation {
            Notation::Table => key.eq_ignore_ascii_case(name),
            Notation::Xml => key == name || key.strip_prefix('@') == Some(name),
            Notation::Json | Notation::Text => key == name,
        }
    }

    /// Where it stands, as the document's language says it: a JSON pointer, an element path, a row.
    pub fn pointer(&self, id: NodeId) -> String {
        let mut parts = Vec::new();
        let mut at = id;
        while let Some(parent) = self.parent(at) {
            let (key, index) = (self.key(at), self.node(at).index);
            // A file with one document needs no number for it.
            if parent == NodeId::ROOT
                && self.notation == Notation::Json
                && index == 0
                && self.node(at).next == NONE
            {
                break;
            }
            parts.push(match (self.notation, key) {
                (Notation::Json, "") if self.shape(parent) == Shape::List => index.to_string(),
                (Notation::Json, key) => key.replace('~', "~0").replace('/', "~1"),
                (Notation::Xml, key) if key.starts_with('@') => key.to_owned(),
                (Notation::Xml, key) => self.element(at, key),
                (Notation::Table | Notation::Text, "") => format!("row {}", self.line(at)),
                (Notation::Table | Notation::Text, key) => key.to_owned(),
            });
            at = parent;
        }
        parts.reverse();
        let path = parts.join("/");
        match self.notation {
            Notation::Text => format!("line {}", self.line(id)),
            Notation::Table => path,
            Notation::Json | Notation::Xml => format!("/{path}"),
        }
    }

    /// `name[3]` when there are several children of that name, else `name`.
    fn element(&self, at: NodeId, key: &str) -> String {
        let node = self.node(at);
        let followed = node.next != NONE && self.key(NodeId(node.next)) == key;
        if node.index > 0 || followed { format!("{key}[{}]", node.index + 1) } else { key.to_owned() }
    }
}

#[cfg(test)]
mod tests;
