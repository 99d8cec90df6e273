//! XML into a tree: attributes and elements are children, text directly inside an element is its value.

use super::{NodeId, Notation, SAMPLE, Shape, Span, Tree};
use crate::ReadError;
use crate::reader::Limits;
use crate::xml::{Step, Xml};

/// Reads XML 1.0 as [`crate::xml`] does; a document type that only names an outside file is passed over, and
/// never fetched. The namespace of the root is kept as an attribute `@xmlns`.
///
/// # Errors
/// Those of [`crate::xml`].
pub fn read(source: &str, limits: Limits) -> Result<Tree<'_>, ReadError> {
    let mut tree = Tree::new(source, Notation::Xml, Shape::Map);
    build(&mut tree, source, limits, u32::MAX)?;
    Ok(tree)
}

/// Reads as much of a document that may be cut off as can be read, and of many elements of one name only the
/// first.
pub fn outline(source: &str, limits: Limits) -> Tree<'static> {
    let mut tree = Tree::new("", Notation::Xml, Shape::Map);
    // Where it ends is where the outline ends.
    let _ = build(&mut tree, source, limits, SAMPLE);
    tree
}

/// Builds the tree with at most `kept` elements of one name in each element.
fn build(tree: &mut Tree<'_>, source: &str, limits: Limits, kept: u32) -> Result<(), ReadError> {
    let mut xml = Xml::open(source, limits);
    xml.pass_over_outside_types();
    let mut open: Vec<(NodeId, String)> = Vec::new();
    // How deep we are in an element that is passed over.
    let mut passing = 0_u32;
    loop {
        match xml.step()? {
            Step::Start(_) if passing > 0 => passing += 1,
            Step::Text(_) if passing > 0 => {}
            Step::End if passing > 0 => passing -= 1,
            Step::Start(element) => {
                let parent = open.last().map_or(NodeId::ROOT, |(id, _)| *id);
                let line = element.line();
                let key = tree.span(element.name());
                if tree.alike(parent, key) >= kept {
                    passing = 1;
                    continue;
                }
                let id = tree.add(parent, (key, Span::default()), Shape::Map, line)?;
                if open.is_empty() && !element.namespace().is_empty() {
                    attribute(tree, id, "xmlns", element.namespace(), line)?;
                }
                for (name, value) in element.attributes()? {
                    attribute(tree, id, name, &value, line)?;
                }
                open.push((id, String::new()));
            }
            Step::Text(text) => {
                if let Some((_, own)) = open.last_mut() {
                    if own.len() + text.len() > limits.text {
                        let limit = limits.text as u64;
                        return Err(ReadError::Limit { what: "text length", limit, line: 0 });
                    }
                    own.push_str(&text);
                }
            }
            Step::End => {
                if let Some((id, own)) = open.pop() {
                    tree.set_value(id, own.trim());
                }
            }
            Step::Eof => return Ok(()),
        }
    }
}

fn attribute(
    tree: &mut Tree<'_>,
    element: NodeId,
    name: &str,
    value: &str,
    line: u32,
) -> Result<(), ReadError> {
    let key = tree.keep(&format!("@{name}"));
    let value = tree.span(value.trim());
    tree.add(element, (key, value), Shape::Value, line).map(|_| ())
}
