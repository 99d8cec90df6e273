//! What is wrong with a document.

use crate::schema::Level;

/// A problem on its way: the node instead of place and line.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub(crate) node: usize,
    pub(crate) level: Level,
    pub(crate) rule: &'static str,
    pub(crate) message: String,
    pub(crate) remedy: String,
}

impl Finding {
    pub(crate) fn error(node: usize, rule: &'static str, message: String, remedy: &str) -> Self {
        Self { node, level: Level::Error, rule, message, remedy: remedy.to_owned() }
    }
}

/// One thing that is wrong, where, by which rule, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub level: Level,
    /// The rule: a constraint's id, or one of the names of [`STRUCTURE_RULES`] and [`CROSS_RULES`].
    pub rule: String,
    /// JSON pointer (JSON and YAML) or XPath (XML).
    pub place: String,
    /// The line in the document, 1-based.
    pub line: u32,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

/// Rules about the structure of a document.
pub const STRUCTURE_RULES: [(&str, &str); 10] = [
    ("unknown-member", "Only what the model names may be there."),
    ("missing-member", "What the model requires must be there."),
    ("too-many", "There may be no more than the model says."),
    ("choice", "Of alternatives only one may be used."),
    ("order", "XML elements stand in the order of the model."),
    ("duplicate-key", "A property stands once in an object."),
    ("wrong-kind", "A value is an object, an array, a string, a number or a boolean, as the model says."),
    ("empty-array", "An array holds at least one item."),
    ("data-type", "A value has the form of its data type."),
    ("markup", "Markup uses the elements that OSCAL knows."),
];

/// Rules between documents.
pub const CROSS_RULES: [(&str, &str); 12] = [
    ("cross-unknown-control", "A control that is named exists in the catalogue behind the document."),
    ("cross-unselected-control", "A control that a plan implements is selected by its profile."),
    ("cross-missing-control", "A plan says how each selected control is implemented."),
    ("cross-unknown-parameter", "A parameter that is set exists in the catalogue behind the document."),
    ("cross-unknown-statement", "A statement that is named exists in its control."),
    ("cross-unknown-component", "A subject that is named exists in the documents behind the document."),
    ("cross-unused-component", "A plan uses what the definitions of its components implement."),
    ("cross-not-checked", "A document that is named is at hand."),
    ("more-problems", "Problems beyond the first ten thousand are counted only."),
    ("cross-unknown-risk", "A risk that is named exists in the document or the results it imports."),
    ("cross-unknown-finding", "A finding or observation that is named exists."),
    ("cross-unknown-provided", "What a plan inherits is exported by the plan it leverages."),
];
