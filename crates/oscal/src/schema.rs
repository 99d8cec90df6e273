//! The models as tables: definitions, flags, members and rules, made by [`crate::generate`].
//!
//! The tables are text built into the program (`data/oscal.tables`) and are read once, at first use.

mod load;

use crate::data_type::DataType;
use crate::metapath::Expression;
use std::ops::Range;
use std::sync::OnceLock;
use thiserror::Error;

const TABLES: &str = include_str!("../data/oscal.tables");

/// All models with all their rules.
#[derive(Debug, Default)]
pub struct Schema {
    /// The OSCAL version the tables were made from.
    pub version: &'static str,
    /// The XML namespace.
    pub namespace: &'static str,
    /// The document types.
    pub models: Vec<Model>,
    /// Definitions of flags.
    pub attributes: Vec<Attribute>,
    /// Definitions of assemblies and fields.
    pub definitions: Vec<Definition>,
    /// All constraints.
    pub rules: Vec<Rule>,
}

/// A document type.
#[derive(Debug, Clone, Copy)]
pub struct Model {
    /// The name of its root, such as `catalog`.
    pub name: &'static str,
    /// Its definition in [`Schema::definitions`].
    pub definition: usize,
}

/// A flag: an attribute in XML, a property in JSON.
#[derive(Debug)]
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// Its data type.
    pub data_type: DataType,
    /// Its rules in [`Schema::rules`].
    pub rules: Range<usize>,
}

/// An assembly or a field.
#[derive(Debug)]
pub struct Definition {
    /// Its name.
    pub name: &'static str,
    /// The data type of a field; `None` for an assembly.
    pub field: Option<DataType>,
    /// Under which key JSON holds the value of a field that has flags.
    pub value_key: Option<&'static str>,
    /// Its flags.
    pub flags: Vec<Flag>,
    /// What it holds, in the order of XML.
    pub members: Vec<Member>,
    /// Its rules in [`Schema::rules`].
    pub rules: Range<usize>,
}

/// A flag of a definition.
#[derive(Debug, Clone, Copy)]
pub struct Flag {
    /// Its definition in [`Schema::attributes`].
    pub attribute: usize,
    /// The name it has here.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
}

/// Something an assembly holds.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// Its definition in [`Schema::definitions`].
    pub definition: usize,
    /// The element's name in XML.
    pub name: &'static str,
    /// The property's name in JSON.
    pub json: &'static str,
    /// How many there must be.
    pub min: u32,
    /// How many there may be; `None` for any number.
    pub max: Option<u32>,
    /// What JSON makes of several.
    pub shape: Shape,
    /// The element that holds them all in XML.
    pub wrapper: Option<&'static str>,
    /// Whether XML holds the blocks of markup without an element of their own.
    pub unwrapped: bool,
    /// Which choice it is part of; 0 for none.
    pub choice: u8,
}

/// How JSON holds a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// As itself.
    One,
    /// In an array.
    Array,
    /// As itself when alone, else in an array.
    OneOrArray,
}

/// A constraint of the metaschema.
#[derive(Debug)]
pub struct Rule {
    /// Its id.
    pub id: &'static str,
    /// How bad it is to break it.
    pub level: Level,
    /// What it is about, seen from the thing that has the rule.
    pub target: Expression,
    /// The target as it is written.
    pub target_text: &'static str,
    /// What must hold.
    pub check: Check,
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth knowing.
    Note,
    /// Allowed, but hardly meant.
    Warning,
    /// The document is not valid.
    Error,
}

/// What a rule demands of its targets.
#[derive(Debug)]
pub enum Check {
    /// The value is one of these, or any other when not `closed`.
    Allowed {
        /// Values with the version that deprecated them.
        values: Vec<(&'static str, Option<&'static str>)>,
        /// Whether other values are wrong.
        closed: bool,
    },
    /// The value fits a data type.
    MatchesType(DataType),
    /// The whole value fits a regular expression.
    MatchesPattern(&'static str),
    /// The keys of the targets are unique and kept under a name.
    Index {
        /// The name.
        name: &'static str,
        /// What makes the key.
        keys: Vec<KeyField>,
    },
    /// The key of each target is in the index with this name.
    HasKey {
        /// The name.
        name: &'static str,
        /// What makes the key.
        keys: Vec<KeyField>,
    },
    /// The keys of the targets are unique.
    Unique {
        /// What makes the key.
        keys: Vec<KeyField>,
    },
    /// There are so many targets.
    Cardinality {
        /// At least.
        min: u32,
        /// At most.
        max: Option<u32>,
    },
    /// The expression holds for each target.
    Expect {
        /// The expression.
        test: Expression,
        /// As it is written.
        text: &'static str,
    },
}

/// A part of a key.
#[derive(Debug)]
pub struct KeyField {
    /// Where it is, seen from the target.
    pub target: Expression,
    /// As it is written.
    pub text: &'static str,
    /// A regular expression whose first group is the part.
    pub pattern: Option<&'static str>,
}

/// A line of the tables that cannot be read.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("line {line} of the tables: {message}")]
pub struct TablesError {
    /// The line, 1-based.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl Schema {
    /// The models of OSCAL.
    pub fn oscal() -> &'static Self {
        static SCHEMA: OnceLock<Schema> = OnceLock::new();
        // A test reads the tables and compares them with the metaschema, so there is nothing to report here.
        SCHEMA.get_or_init(|| Self::from_tables(TABLES).unwrap_or_default())
    }

    /// Reads tables.
    ///
    /// # Errors
    /// [`TablesError`] for the first line that is not understood.
    pub fn from_tables(text: &'static str) -> Result<Self, TablesError> {
        load::tables(text)
    }

    /// The tables of [`Schema::oscal`] as text.
    pub fn tables() -> &'static str {
        TABLES
    }

    /// The document type with this root.
    pub fn model(&self, name: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.name == name)
    }
}

impl Check {
    /// The name of the kind of constraint in the metaschema.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Allowed { .. } => "allowed-values",
            Self::MatchesType(_) | Self::MatchesPattern(_) => "matches",
            Self::Index { .. } => "index",
            Self::HasKey { .. } => "index-has-key",
            Self::Unique { .. } => "is-unique",
            Self::Cardinality { .. } => "has-cardinality",
            Self::Expect { .. } => "expect",
        }
    }
}
