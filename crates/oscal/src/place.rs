//! Where a node is, as people and programs name it: JSON pointer (RFC 6901) or XPath.

use crate::schema::Shape;
use crate::tree::{Document, Format, Kind, NodeId, OUTSIDE};
use std::collections::HashMap;

/// Names places. Asked in document order it walks over siblings only once.
#[derive(Debug)]
pub(crate) struct Places<'a> {
    document: &'a Document,
    /// For a parent, kind and slot: the node counted last and how many stood before it.
    counted: HashMap<(u32, u16), (NodeId, usize)>,
}

impl<'a> Places<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        Self { document, counted: HashMap::new() }
    }

    pub(crate) fn of(&mut self, id: NodeId) -> String {
        let mut line = vec![id];
        let mut at = id;
        while let Some(node) = self.document.nodes.get(at)
            && node.parent != OUTSIDE
        {
            at = node.parent as usize;
            line.push(at);
        }
        let mut text = String::new();
        for step in line.into_iter().rev() {
            match self.document.format {
                Format::Xml => self.xpath(step, &mut text),
                Format::Json | Format::Yaml => self.pointer(step, &mut text),
            }
        }
        text
    }

    fn pointer(&mut self, step: NodeId, out: &mut String) {
        let document = self.document;
        let Some(node) = document.nodes.get(step) else { return };
        out.push('/');
        match (node.kind, document.member(step)) {
            (Kind::Value, _) => {
                let definition = document.definition(node.parent as usize);
                out.push_str(definition.value_key.unwrap_or_default());
            }
            (Kind::Unknown, _) => {
                out.push_str(&document.own_text(step).replace('~', "~0").replace('/', "~1"))
            }
            (_, Some(member)) => {
                out.push_str(member.json);
                let (before, alone) = self.twins(step);
                if member.shape == Shape::Array || !alone {
                    out.push_str(&format!("/{before}"));
                }
            }
            _ => out.push_str(node.name),
        }
    }

    fn xpath(&mut self, step: NodeId, out: &mut String) {
        let document = self.document;
        let Some(node) = document.nodes.get(step) else { return };
        match node.kind {
            Kind::Value => {}
            Kind::Flag => out.push_str(&format!("/@{}", node.name)),
            Kind::Unknown => out.push_str(&format!("/{}", document.own_text(step))),
            Kind::Assembly | Kind::Field | Kind::Misfit => {
                let member = document.member(step);
                if let Some(wrapper) = member.and_then(|member| member.wrapper) {
                    out.push_str(&format!("/{wrapper}"));
                }
                if member.is_some_and(|member| member.unwrapped) {
                    out.push_str("/*");
                    return;
                }
                out.push_str(&format!("/{}", node.name));
                let (before, alone) = self.twins(step);
                if !alone {
                    out.push_str(&format!("[{}]", before + 1));
                }
            }
        }
    }

    /// How many siblings of the same member stand before a node, and whether it is the only one.
    fn twins(&mut self, id: NodeId) -> (usize, bool) {
        let document = self.document;
        let node = &document.nodes[id];
        if node.parent == OUTSIDE {
            return (0, true);
        }
        let parent = node.parent as usize;
        let key = (node.parent, node.slot);
        let (mut at, mut before) = match self.counted.get(&key) {
            Some((counted, before)) if *counted <= id => (*counted, *before),
            _ => (parent + 1, 0),
        };
        let same = |other: NodeId| document.nodes[other].member_slot() == node.member_slot();
        while at < id {
            before += usize::from(same(at));
            at = (document.nodes[at].end as usize).max(at + 1);
        }
        self.counted.insert(key, (id, before));
        let after = (node.end as usize).max(id + 1);
        let next = after < document.nodes[parent].end as usize && same(after);
        (before, before == 0 && !next)
    }
}
