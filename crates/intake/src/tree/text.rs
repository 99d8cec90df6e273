//! Lines of text into a tree: what patterns match is an object whose keys are the names of their groups.

use super::{NodeId, Notation, Shape, Span, Tree};
use crate::ReadError;
use crate::lines::Lines;
use regex::Regex;

/// A pattern that is looked for in the whole text; `^` and `$` mean the ends of lines.
#[derive(Debug)]
pub struct Pattern {
    /// The key under which matches stand in the tree.
    pub name: String,
    /// What is looked for; its named groups become values.
    pub regex: Regex,
    /// Whether matches are no records of their own but give their groups to all records after them: the
    /// headings of sections.
    pub heading: Heading,
}

/// Whether a pattern finds records or headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heading {
    /// Its groups are given to all records that follow.
    Yes,
    /// Its matches are records.
    No,
}

/// Looks for all patterns; records come in the order of the text.
///
/// # Errors
/// [`ReadError::Limit`] when there is too much of them.
pub fn read<'a>(source: &'a str, patterns: &[Pattern]) -> Result<Tree<'a>, ReadError> {
    let mut found = Vec::new();
    for (number, pattern) in patterns.iter().enumerate() {
        for captures in pattern.regex.captures_iter(source) {
            let start = captures.get(0).map_or(0, |all| all.start());
            found.push((start, number, captures));
            if found.len() > super::NODES / 8 {
                return Err(ReadError::Limit {
                    what: "number of matches",
                    limit: found.len() as u64,
                    line: 0,
                });
            }
        }
    }
    found.sort_by_key(|(start, number, _)| (*start, *number));
    let lines = Lines::of(source.as_bytes());
    let mut tree = Tree::new(source, Notation::Text, Shape::Map);
    let mut carried: Vec<(&str, &str)> = Vec::new();
    for (start, number, captures) in found {
        let pattern = &patterns[number];
        let names = pattern.regex.capture_names().flatten();
        let groups: Vec<(&str, &str)> =
            names.filter_map(|name| Some((name, captures.name(name)?.as_str()))).collect();
        if pattern.heading == Heading::Yes {
            carried.retain(|(name, _)| groups.iter().all(|(other, _)| other != name));
            carried.extend(groups);
            continue;
        }
        let line = lines.at(start as u64);
        let key = tree.keep(&pattern.name);
        let id = tree.add(NodeId::ROOT, (key, Span::default()), Shape::Map, line)?;
        for (name, value) in groups.iter().chain(&carried) {
            let key = tree.keep(name);
            let value = tree.span(value.trim());
            tree.add(id, (key, value), Shape::Value, line)?;
        }
    }
    Ok(tree)
}
