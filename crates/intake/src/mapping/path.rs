//! Paths into a tree: `results.vulnerabilities`, `/scan.target`, `^.name`, `ids[type = cve].value`.
//!
//! A step goes to the children of that name. Lists are passed through: a step into a list is a step into each
//! of its elements, so one path serves for one object and for many of them.

use super::condition::Condition;
use super::scope::Scope;
use crate::tree::{NodeId, Notation, Shape};

/// Where a path starts and which steps it takes.
#[derive(Debug)]
pub struct Path {
    start: Start,
    steps: Vec<Step>,
}

#[derive(Debug, PartialEq, Eq)]
enum Start {
    /// At the record.
    Here,
    /// At the document.
    Root,
    /// That many objects or elements further out.
    Up(usize),
    /// At the record's partner in a join.
    Join(String),
}

#[derive(Debug)]
enum Step {
    /// Children with this name.
    Named(String),
    /// All children that are objects, lists or values.
    Any,
    /// The node and everything below it.
    Deep,
    /// Only those that satisfy a condition.
    Where(Box<Condition>),
    /// The n-th element of a list, counted from 1.
    Nth(usize),
    /// The key instead of the value; the last step.
    Key,
}

impl Path {
    /// Reads a path.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (start, rest) = match text.as_bytes().first() {
            None => return Err("a path is empty; write `.` for the record itself".to_owned()),
            Some(b'/') => (Start::Root, &text[1..]),
            Some(b'^') => {
                let rest = text.trim_start_matches('^');
                (Start::Up(text.len() - rest.len()), rest)
            }
            Some(b'$') if !text.starts_with("$key") => {
                let end = text.find(['.', '[']).unwrap_or(text.len());
                (Start::Join(text[1..end].to_owned()), &text[end..])
            }
            Some(_) if text == "." => (Start::Here, ""),
            Some(_) => (Start::Here, text),
        };
        Ok(Self { start, steps: steps(rest.strip_prefix('.').unwrap_or(rest))? })
    }

    /// The join it starts at, if any.
    pub fn join(&self) -> Option<&str> {
        match &self.start {
            Start::Join(name) => Some(name),
            _ => None,
        }
    }

    /// Whether it ends at a key.
    fn gives_keys(&self) -> bool {
        matches!(self.steps.last(), Some(Step::Key))
    }

    /// The nodes it leads to from a record.
    pub fn nodes(&self, scope: &Scope<'_>, record: NodeId) -> Vec<NodeId> {
        let tree = scope.tree;
        let from = match &self.start {
            Start::Here => Some(record),
            Start::Root => Some(NodeId::ROOT),
            Start::Up(levels) => {
                let mut at = Some(record);
                for _ in 0..*levels {
                    at = at.and_then(|at| tree.owner(at));
                }
                at
            }
            Start::Join(name) => scope.partner(name, record),
        };
        let Some(from) = from else { return Vec::new() };
        if self.start == Start::Here {
            return self.walk_all(scope, from);
        }
        // Records of one list share what stands around them: it is looked up once.
        let address = std::ptr::from_ref(self) as usize;
        if let Some(known) = scope.remembered(address, from) {
            return known;
        }
        let found = self.walk_all(scope, from);
        scope.remember(address, from, &found);
        found
    }

    fn walk_all(&self, scope: &Scope<'_>, from: NodeId) -> Vec<NodeId> {
        let mut found = Vec::new();
        walk(scope, &self.steps, from, &mut found);
        found
    }

    /// The texts it leads to: of a list those of its elements.
    pub fn texts(&self, scope: &Scope<'_>, record: NodeId) -> Vec<String> {
        let mut texts = Vec::new();
        for id in self.nodes(scope, record) {
            if self.gives_keys() {
                texts.push(key_of(scope, id).to_owned());
            } else {
                gather(scope, id, &mut texts);
            }
        }
        texts.retain(|text| !text.trim().is_empty());
        texts
    }

    /// The records it leads to: of a list its elements.
    pub fn records(&self, scope: &Scope<'_>, from: NodeId) -> Vec<NodeId> {
        let mut records = Vec::new();
        for id in self.nodes(scope, from) {
            elements(scope, id, &mut records);
        }
        records
    }
}

/// A list inside a list that holds only values is a row, hence a record.
fn elements(scope: &Scope<'_>, id: NodeId, records: &mut Vec<NodeId>) {
    let tree = scope.tree;
    let is_row = |id| {
        let mut cells = tree.children(id).peekable();
        cells.peek().is_some() && cells.all(|cell| matches!(tree.shape(cell), Shape::Value | Shape::Null))
    };
    match tree.shape(id) {
        Shape::List
            if id != NodeId::ROOT
                && tree.key(id).is_empty()
                && tree.parent(id) != Some(NodeId::ROOT)
                && is_row(id) =>
        {
            records.push(id)
        }
        Shape::List => tree.children(id).for_each(|child| elements(scope, child, records)),
        Shape::Map | Shape::Value => records.push(id),
        Shape::Null => {}
    }
}

fn walk(scope: &Scope<'_>, steps: &[Step], at: NodeId, found: &mut Vec<NodeId>) {
    let tree = scope.tree;
    // A path that comes to more nodes than there are goes round in circles.
    if found.len() > tree.len() {
        scope.give_up();
    }
    if !scope.may_go_on() {
        return;
    }
    let Some((step, rest)) = steps.split_first() else {
        found.push(at);
        return;
    };
    match step {
        Step::Key => found.push(at),
        Step::Deep => {
            walk(scope, rest, at, found);
            for child in tree.children(at) {
                if matches!(tree.shape(child), Shape::Map | Shape::List) {
                    walk(scope, steps, child, found);
                }
            }
        }
        Step::Nth(number) if tree.shape(at) == Shape::List => {
            if let Some(child) = tree.children(at).nth(number.saturating_sub(1)) {
                walk(scope, rest, child, found);
            }
        }
        Step::Nth(_) => {}
        _ if tree.shape(at) == Shape::List => {
            tree.children(at).for_each(|child| walk(scope, steps, child, found));
        }
        Step::Where(condition) => {
            if condition.holds(scope, at) {
                walk(scope, rest, at, found);
            }
        }
        Step::Any => {
            for child in tree.children(at).filter(|child| !tree.key(*child).starts_with('@')) {
                walk(scope, rest, child, found);
            }
        }
        Step::Named(name) => {
            for child in tree.children(at) {
                if !scope.may_go_on() {
                    return;
                }
                if tree.is_called(child, name) {
                    walk(scope, rest, child, found);
                    // Keys are unique but in XML; of a key that is there twice the first counts.
                    if tree.notation != Notation::Xml && tree.notation != Notation::Text {
                        break;
                    }
                }
            }
        }
    }
}

/// The key under which a node stands; in a list, that of the list.
fn key_of<'t>(scope: &Scope<'t>, id: NodeId) -> &'t str {
    let tree = scope.tree;
    let mut at = id;
    while tree.key(at).is_empty()
        && let Some(parent) = tree.parent(at)
        && tree.shape(parent) == Shape::List
    {
        at = parent;
    }
    tree.key(at)
}

/// The longest text put together from the elements inside an element.
const INNER: usize = 64 * 1024;

fn gather(scope: &Scope<'_>, id: NodeId, texts: &mut Vec<String>) {
    let tree = scope.tree;
    match tree.shape(id) {
        Shape::List => tree.children(id).for_each(|child| gather(scope, child, texts)),
        Shape::Value => texts.push(tree.value(id).to_owned()),
        Shape::Map if tree.notation == Notation::Xml => {
            let mut text = String::new();
            inner(scope, id, &mut text);
            texts.push(text);
        }
        Shape::Map | Shape::Null => {}
    }
}

fn inner(scope: &Scope<'_>, id: NodeId, text: &mut String) {
    let own = scope.tree.value(id);
    if text.len() + own.len() > INNER && !text.is_empty() || !scope.may_go_on() {
        return;
    }
    if !text.is_empty() && !own.is_empty() {
        text.push('\n');
    }
    text.push_str(own);
    for child in scope.tree.children(id).filter(|child| scope.tree.shape(*child) == Shape::Map) {
        inner(scope, child, text);
    }
}

fn steps(mut text: &str) -> Result<Vec<Step>, String> {
    let mut steps = Vec::new();
    while !text.is_empty() {
        if let Some(rest) = text.strip_prefix('[') {
            let end = closing(rest, '[', ']').ok_or("a `[` has no matching `]`")?;
            steps.push(Step::Where(Box::new(Condition::parse(&rest[..end])?)));
            text = &rest[end + 1..];
        } else if let Some(rest) = text.strip_prefix('`') {
            let end = rest.find('`').ok_or("a back-quoted name has no closing back quote")?;
            steps.push(Step::Named(rest[..end].to_owned()));
            text = &rest[end + 1..];
        } else {
            let end = text.find(['.', '[']).unwrap_or(text.len());
            steps.push(match text[..end].trim() {
                "" => return Err("a path has an empty step; put names with dots in back quotes".to_owned()),
                "*" => Step::Any,
                "**" => Step::Deep,
                "$key" => Step::Key,
                nth if nth.starts_with('#') && nth[1..].parse::<usize>().is_ok() => {
                    Step::Nth(nth[1..].parse().unwrap_or(1))
                }
                name => Step::Named(name.to_owned()),
            });
            text = &text[end..];
        }
        text = match text.strip_prefix('.') {
            Some("") => return Err("a path ends in a dot".to_owned()),
            Some(rest) => rest,
            None => text,
        };
    }
    Ok(steps)
}

/// Where the bracket that was opened before `text` closes.
pub(super) fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        if letter == open {
            depth += 1;
        } else if letter == close {
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        }
    }
    None
}

/// The first place of some words outside brackets and back quotes.
pub(super) fn outside(text: &str, words: &str) -> Option<usize> {
    let (mut depth, mut quoted) = (0_usize, false);
    for (at, letter) in text.char_indices() {
        if depth == 0 && !quoted && text[at..].starts_with(words) {
            return Some(at);
        }
        match letter {
            '`' => quoted = !quoted,
            '[' | '{' if !quoted => depth += 1,
            ']' | '}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}
