//! HTML reports into a tree: a lenient scan, since HTML in the wild closes its elements as it likes. Scripts and
//! styles are passed over; text directly inside an element is its value.

use super::{NodeId, Notation, Shape, Span, Tree};
use crate::ReadError;
use crate::html::{Token, tokens};
use crate::reader::Limits;

/// Elements that have no content (HTML Living Standard §13.1.2).
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];

/// Elements that end when another of the same kind begins in the same parent.
const SIBLINGS: &[&str] = &["li", "tr", "td", "th", "p", "dt", "dd", "option", "tbody", "thead"];

/// Reads HTML. Element and attribute names are lower case.
///
/// # Errors
/// [`ReadError::Limit`] when there is too much of it.
pub fn read(source: &str, limits: Limits) -> Result<Tree<'_>, ReadError> {
    let mut tree = Tree::new(source, Notation::Xml, Shape::Map);
    build(&mut tree, source, limits)?;
    Ok(tree)
}

/// Reads the beginning of a document.
pub fn outline(source: &str, limits: Limits) -> Tree<'static> {
    let mut tree = Tree::new("", Notation::Xml, Shape::Map);
    // Where it ends is where the outline ends.
    let _ = build(&mut tree, source, limits);
    tree
}

fn build(tree: &mut Tree<'_>, source: &str, limits: Limits) -> Result<(), ReadError> {
    let mut open: Vec<(NodeId, String, String)> = Vec::new();
    let mut line = 1_u32;
    let mut counted = 0;
    for (offset, token) in tokens(source) {
        let passed = source.get(counted..offset).unwrap_or_default();
        line = line.saturating_add(u32::try_from(passed.matches('\n').count()).unwrap_or(u32::MAX));
        counted = counted.max(offset);
        match token {
            Token::Open { name, attributes, closed } => {
                if SIBLINGS.contains(&name.as_str()) && open.last().is_some_and(|(_, last, _)| *last == name)
                {
                    close(tree, &mut open);
                }
                let parent = open.last().map_or(NodeId::ROOT, |(id, _, _)| *id);
                let key = tree.keep(&name);
                let id = tree.add(parent, (key, Span::default()), Shape::Map, line)?;
                for (attribute, value) in attributes {
                    let key = tree.keep(&format!("@{attribute}"));
                    let value = tree.keep(value.trim());
                    tree.add(id, (key, value), Shape::Value, line)?;
                }
                if !closed && !VOID.contains(&name.as_str()) {
                    if open.len() >= limits.depth as usize {
                        let limit = u64::from(limits.depth);
                        return Err(ReadError::Limit { what: "nesting depth", limit, line });
                    }
                    open.push((id, name, String::new()));
                }
            }
            Token::Close { name } => {
                if open.iter().any(|(_, open, _)| *open == name) {
                    while open.last().is_some_and(|(_, last, _)| *last != name) {
                        close(tree, &mut open);
                    }
                    close(tree, &mut open);
                }
            }
            Token::Text(text) => {
                if let Some((_, _, own)) = open.last_mut()
                    && own.len() + text.len() <= limits.text
                {
                    own.push_str(&text);
                }
            }
        }
    }
    while !open.is_empty() {
        close(tree, &mut open);
    }
    Ok(())
}

fn close(tree: &mut Tree<'_>, open: &mut Vec<(NodeId, String, String)>) {
    if let Some((id, _, text)) = open.pop() {
        let folded: Vec<&str> = text.split_whitespace().collect();
        tree.set_value(id, &folded.join(" "));
    }
}
