//! Metapath: the path language of metaschema constraints, as far as OSCAL uses it.
//!
//! Supported are steps by name, `*`, `@flag`, `.`, `/`, `//`, predicates, unions, parentheses, string and integer
//! literals, `and`, `or`, general comparisons, and the functions `not`, `exists`, `starts-with`,
//! `has-oscal-namespace` and `doc`. Anything else is refused when it is parsed, which the generator does for every
//! expression of the metaschema.

mod evaluate;
mod parse;

pub(crate) use evaluate::{Context, Item, atom};
pub use parse::ExpressionError;

/// A parsed expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression(pub(crate) Term);

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// [`ExpressionError`] with the byte offset when the text is no expression of the supported part.
    pub fn parse(text: &str) -> Result<Self, ExpressionError> {
        parse::expression(text).map(Self)
    }
}

/// A node of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Term {
    /// The context item.
    Here,
    /// The document's root, above its root element.
    Root,
    /// Children with a name; `None` is `*`.
    Child(Option<Box<str>>),
    /// A flag.
    Flag(Box<str>),
    /// The first term's items, and all below them, themselves included.
    Descend(Box<Term>),
    /// For each item of the first, the items of the second.
    Step(Box<Term>, Box<Term>),
    /// Items of the first for which the second holds.
    Filter(Box<Term>, Box<Term>),
    /// `|` and `,`.
    Union(Vec<Term>),
    /// A string.
    Text(Box<str>),
    /// A whole number.
    Number(i64),
    /// `a and b`.
    And(Box<Term>, Box<Term>),
    /// `a or b`.
    Or(Box<Term>, Box<Term>),
    /// A comparison that holds when it holds for any pair of items.
    Compare(Comparison, Box<Term>, Box<Term>),
    /// `not(a)`.
    Not(Box<Term>),
    /// `exists(a)`.
    Exists(Box<Term>),
    /// `starts-with(a, b)`.
    StartsWith(Box<Term>, Box<Term>),
    /// `has-oscal-namespace(a)`: the context's `@ns`, OSCAL's own when absent, is among the strings.
    Namespace(Box<Term>),
    /// `doc(a)`: the documents at these addresses.
    Document(Box<Term>),
}

/// How two items compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}
