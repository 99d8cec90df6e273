//! The kind mechanism: what a kind of record declares about itself.
//!
//! Storage, history, permission, search, forms, tables, bulk edit, import, export, REST, OpenAPI and the
//! command line follow from the declaration. A kind is one file in `kinds/` and one line in
//! [`crate::kinds::register`].

use crate::id::RecordId;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};

/// A kind of record: a plain struct whose fields are what people author.
///
/// Field conventions, read by [`crate::field`] from the JSON schema: the doc comment is the help text; a link
/// carries `#[schemars(extend("x-link" = "system"))]`; a long text `extend("x-long" = true)`; control ids
/// `extend("x-control" = true)`; money `extend("x-money" = true)`.
pub trait Kind: Serialize + DeserializeOwned + JsonSchema + Send + Sync + 'static {
    /// The declaration.
    const SPEC: KindSpec;

    /// Facts about the whole record that single fields cannot say. Each problem names a field.
    fn problems(&self) -> Vec<FieldProblem> {
        Vec::new()
    }
}

/// What a kind declares.
#[derive(Clone, Copy, Debug)]
pub struct KindSpec {
    /// Stable name, lower case with underscores: `poam_item`.
    pub name: &'static str,
    /// Identifier prefix: `poam`.
    pub prefix: &'static str,
    /// Singular title.
    pub title: &'static str,
    /// Plural title.
    pub plural: &'static str,
    /// One sentence: what a record of this kind says.
    pub about: &'static str,
    /// The standard the term comes from.
    pub source: &'static str,
    /// The field shown as the record's name.
    pub title_field: &'static str,
    /// The fields that together tell records of one scope apart: an imported row with the same values is the
    /// same record.
    pub identity: &'static [&'static str],
    /// Whose it is.
    pub scope: KindScope,
    /// States and transitions, when it has a life cycle.
    pub workflow: Option<Workflow>,
    /// Fields shown as columns by default.
    pub columns: &'static [&'static str],
}

/// Whose a record is: decides who may see it and whose posture it touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KindScope {
    /// Belongs to the organisation; everyone signed in may read it.
    Organisation,
    /// Belongs to the system named by this field.
    System(&'static str),
    /// Belongs to the system named by this field when it is set, else to the organisation.
    SystemOrOrganisation(&'static str),
    /// Belongs to the unit named by this field.
    Unit(&'static str),
    /// Is itself a system; its unit is named by this field.
    IsSystem(&'static str),
    /// Is itself a unit; its parent is named by this field.
    IsUnit(&'static str),
}

/// A life cycle.
#[derive(Clone, Copy, Debug)]
pub struct Workflow {
    /// The field that holds the state.
    pub field: &'static str,
    /// States; the first is the initial one.
    pub states: &'static [State],
    /// Allowed transitions.
    pub transitions: &'static [Transition],
}

/// A state of a life cycle.
#[derive(Clone, Copy, Debug)]
pub struct State {
    /// Stored name.
    pub name: &'static str,
    /// Title shown.
    pub title: &'static str,
    /// Nothing more is to be done in this state.
    pub ended: Ended,
}

/// Whether a state still asks for work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Work goes on.
    Open,
    /// Nothing more to do.
    Ended,
}

/// An allowed step between states.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// From this state.
    pub from: &'static str,
    /// To that state.
    pub to: &'static str,
    /// The verb on the button.
    pub verb: &'static str,
    /// Fields that must be filled in.
    pub requires: &'static [&'static str],
    /// The least role that may do it.
    pub role: crate::scope::Role,
}

impl Workflow {
    /// The step from one state to another, if it is allowed.
    pub fn transition(&self, from: &str, to: &str) -> Option<&Transition> {
        self.transitions.iter().find(|t| t.from == from && t.to == to)
    }

    /// The state of that name.
    pub fn state(&self, name: &str) -> Option<&State> {
        self.states.iter().find(|s| s.name == name)
    }
}

/// Something wrong with a field's value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// The field's name.
    pub field: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl FieldProblem {
    /// A problem with a field.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// A stored record: the authored body and what the store knows about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Record<T> {
    /// Its identifier.
    pub id: RecordId,
    /// 1 for the first version, then counted up.
    pub version: i64,
    /// When the first version took effect.
    pub created_at: Timestamp,
    /// When this version took effect.
    pub updated_at: Timestamp,
    /// The body.
    pub body: T,
}

/// Reads a stored body as its kind; `None` when it does not fit (an older shape that no longer parses).
pub fn parse_body<T: Kind>(body: &serde_json::Value) -> Option<T> {
    T::deserialize(body).ok()
}
