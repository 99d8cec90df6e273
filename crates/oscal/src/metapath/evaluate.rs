//! Evaluation of expressions over a document.

use super::{Comparison, Expression, Term};
use crate::tree::{Document, Kind, NodeId};
use std::ops::ControlFlow::{self, Break, Continue};

/// The namespace of names without one.
const NAMESPACE: &str = "http://csrc.nist.gov/ns/oscal";

/// Something an expression yields.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Item<'a> {
    /// The root above a document's root element.
    Root(&'a Document),
    /// A node.
    Node(&'a Document, NodeId),
    /// A string.
    Text(&'a str),
    /// A whole number.
    Number(i64),
    /// A truth value.
    Truth(bool),
}

/// Finds the document that an address means, seen from a document.
pub(crate) type Documents<'a> = dyn Fn(&Document, &str) -> Option<&'a Document> + 'a;

/// What expressions are evaluated with.
pub(crate) struct Context<'a> {
    /// Documents for `doc()`.
    pub(crate) documents: &'a Documents<'a>,
}

type Flow = ControlFlow<()>;

impl<'a> Context<'a> {
    /// Calls `found` with every item that the expression yields for `item`, until it breaks.
    pub(crate) fn each(
        &self,
        expression: &'a Expression,
        item: Item<'a>,
        found: &mut dyn FnMut(Item<'a>) -> Flow,
    ) {
        let _ = self.walk(&expression.0, item, found);
    }

    /// The effective truth of an expression.
    pub(crate) fn holds(&self, expression: &'a Expression, item: Item<'a>) -> bool {
        self.truth(&expression.0, item)
    }

    fn walk(&self, term: &'a Term, item: Item<'a>, found: &mut dyn FnMut(Item<'a>) -> Flow) -> Flow {
        match term {
            Term::Here => found(item),
            Term::Root => match item {
                Item::Root(document) | Item::Node(document, _) => found(Item::Root(document)),
                _ => Continue(()),
            },
            Term::Text(text) => found(Item::Text(text)),
            Term::Number(number) => found(Item::Number(*number)),
            Term::Flag(name) => match item {
                Item::Node(document, id) => match document.flag(id, name) {
                    Some(flag) => found(Item::Node(document, flag)),
                    None => Continue(()),
                },
                _ => Continue(()),
            },
            Term::Child(_) => {
                let (document, range) = match item {
                    Item::Root(document) => (document, document.top()),
                    Item::Node(document, id) => (document, document.children(id)),
                    _ => return Continue(()),
                };
                for child in range {
                    if child_matches(term, document, child) == Some(true) {
                        found(Item::Node(document, child))?;
                    }
                }
                Continue(())
            }
            Term::Descend(from) => self.walk(from, item, &mut |top| {
                found(top)?;
                let (document, range) = below(top);
                for id in range {
                    if let Some(document) = document
                        && matches!(document.nodes[id].kind, Kind::Assembly | Kind::Field)
                    {
                        found(Item::Node(document, id))?;
                    }
                }
                Continue(())
            }),
            Term::Step(left, right) => {
                if let (Term::Descend(from), true) = (&**left, is_child_test(right)) {
                    return self.walk(from, item, &mut |top| {
                        let (document, range) = below(top);
                        let Some(document) = document else { return Continue(()) };
                        for id in range {
                            if self.passes(right, document, id) {
                                found(Item::Node(document, id))?;
                            }
                        }
                        Continue(())
                    });
                }
                self.walk(left, item, &mut |middle| self.walk(right, middle, found))
            }
            Term::Filter(from, condition) => self.walk(from, item, &mut |candidate| {
                if self.truth(condition, candidate) { found(candidate) } else { Continue(()) }
            }),
            Term::Union(terms) => {
                for term in terms {
                    self.walk(term, item, found)?;
                }
                Continue(())
            }
            Term::Document(addresses) => self.walk(addresses, item, &mut |address| {
                let (Item::Node(from, id), Some(text)) = (address, atom(&address)) else {
                    return Continue(());
                };
                let _ = id;
                match (self.documents)(from, text) {
                    Some(document) => found(Item::Root(document)),
                    None => Continue(()),
                }
            }),
            Term::And(..)
            | Term::Or(..)
            | Term::Compare(..)
            | Term::Not(_)
            | Term::Exists(_)
            | Term::StartsWith(..)
            | Term::Namespace(_) => found(Item::Truth(self.truth(term, item))),
        }
    }

    /// Whether a node is one that a child test yields, whoever its parent is.
    fn passes(&self, test: &'a Term, document: &'a Document, id: NodeId) -> bool {
        match test {
            Term::Union(terms) => terms.iter().any(|term| self.passes(term, document, id)),
            Term::Filter(from, condition) => {
                self.passes(from, document, id) && self.truth(condition, Item::Node(document, id))
            }
            term => child_matches(term, document, id) == Some(true),
        }
    }

    fn truth(&self, term: &'a Term, item: Item<'a>) -> bool {
        match term {
            Term::And(left, right) => self.truth(left, item) && self.truth(right, item),
            Term::Or(left, right) => self.truth(left, item) || self.truth(right, item),
            Term::Not(inner) => !self.truth(inner, item),
            Term::Exists(inner) => self.walk(inner, item, &mut |_| Break(())).is_break(),
            Term::Compare(comparison, left, right) => self.compare(*comparison, left, right, item),
            Term::StartsWith(text, start) => self
                .walk(text, item, &mut |text| {
                    self.walk(start, item, &mut |start| {
                        let starts = atom(&text).zip(atom(&start)).is_some_and(|(a, b)| a.starts_with(b));
                        if starts { Break(()) } else { Continue(()) }
                    })
                })
                .is_break(),
            Term::Namespace(names) => {
                let own = match item {
                    Item::Node(document, id) => document.flag_text(id, "ns").unwrap_or(NAMESPACE),
                    _ => NAMESPACE,
                };
                let same = |name: Item<'a>| if atom(&name) == Some(own) { Break(()) } else { Continue(()) };
                self.walk(names, item, &mut { same }).is_break()
            }
            other => self
                .walk(other, item, &mut |found| match found {
                    Item::Truth(false) => Continue(()),
                    Item::Text("") => Continue(()),
                    Item::Number(0) => Continue(()),
                    _ => Break(()),
                })
                .is_break(),
        }
    }

    fn compare(&self, comparison: Comparison, left: &'a Term, right: &'a Term, item: Item<'a>) -> bool {
        self.walk(left, item, &mut |left| {
            self.walk(right, item, &mut |right| {
                if holds(comparison, &left, &right) { Break(()) } else { Continue(()) }
            })
        })
        .is_break()
    }
}

/// All nodes below an item, and their document.
fn below<'a>(item: Item<'a>) -> (Option<&'a Document>, std::ops::Range<NodeId>) {
    match item {
        Item::Root(document) => (Some(document), 0..document.nodes.len()),
        Item::Node(document, id) => (Some(document), id + 1..document.nodes[id].end as usize),
        _ => (None, 0..0),
    }
}

fn is_child_test(term: &Term) -> bool {
    match term {
        Term::Child(_) => true,
        Term::Filter(from, _) => is_child_test(from),
        Term::Union(terms) => terms.iter().all(is_child_test),
        _ => false,
    }
}

/// Whether a node has the name of a child step; `None` when the term is no child step.
fn child_matches(term: &Term, document: &Document, id: NodeId) -> Option<bool> {
    let Term::Child(name) = term else { return None };
    let node = &document.nodes[id];
    let is_element = matches!(node.kind, Kind::Assembly | Kind::Field);
    Some(is_element && name.as_deref().is_none_or(|name| name == node.name))
}

/// The string of an item that has one.
pub(crate) fn atom<'a>(item: &Item<'a>) -> Option<&'a str> {
    match item {
        Item::Node(document, id) => Some(document.text(*id)),
        Item::Text(text) => Some(text),
        _ => None,
    }
}

fn holds(comparison: Comparison, left: &Item<'_>, right: &Item<'_>) -> bool {
    let number = |item: &Item<'_>| match item {
        Item::Number(number) => Some(*number),
        other => atom(other).and_then(|text| text.trim().parse().ok()),
    };
    let by_number = matches!(left, Item::Number(_))
        || matches!(right, Item::Number(_))
        || !matches!(comparison, Comparison::Equal | Comparison::Unequal);
    let order = match (number(left), number(right), atom(left), atom(right)) {
        (Some(a), Some(b), ..) if by_number => a.cmp(&b),
        (.., Some(a), Some(b)) => a.cmp(b),
        _ => return false,
    };
    match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::Unequal => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
    }
}
