//! Expressions: where the value of a field comes from.
//!
//! `path | filter | filter` takes texts from the record; `=words {path} words` is a text with insertions. A
//! list of expressions gives the first that yields something; a field that holds many takes all of them.

use super::filter::Filter;
use super::path::{Path, closing, outside};
use super::scope::Scope;
use crate::tree::NodeId;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

/// Where a value comes from: the first alternative that yields something.
#[derive(Debug, Default)]
pub struct Expression(Vec<Alternative>);

/// One way to a value.
#[derive(Debug)]
pub enum Alternative {
    /// Texts from the record, filtered.
    Path {
        /// Where they are.
        path: Path,
        /// What is done with them.
        filters: Vec<Filter>,
    },
    /// Words with insertions.
    Text(Vec<Piece>),
}

/// A piece of a text with insertions.
#[derive(Debug)]
pub enum Piece {
    /// Words.
    Words(String),
    /// A value that must be there, else the text yields nothing.
    Needed(Alternative),
    /// A value that may be missing.
    Optional(Alternative),
}

impl Alternative {
    /// Reads an alternative.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(words) = text.strip_prefix('=') {
            return pieces(words).map(Self::Text);
        }
        let end = outside(text, " | ").unwrap_or(text.len());
        let path = Path::parse(&text[..end])?;
        let filters = text[end..]
            .split(" | ")
            .skip(1)
            .map(|part| Filter::parse(part.trim_start()))
            .collect::<Result<_, _>>()?;
        Ok(Self::Path { path, filters })
    }

    /// The texts it yields.
    pub fn texts(&self, scope: &Scope<'_>, record: NodeId) -> Vec<String> {
        match self {
            Self::Path { path, filters } => {
                let found = path.texts(scope, record);
                filters.iter().fold(found, |texts, filter| filter.apply(texts))
            }
            Self::Text(pieces) => {
                let mut text = String::new();
                for piece in pieces {
                    match piece {
                        Piece::Words(words) => text.push_str(words),
                        Piece::Needed(value) => match value.texts(scope, record).into_iter().next() {
                            Some(value) => text.push_str(value.trim()),
                            None => return Vec::new(),
                        },
                        Piece::Optional(value) => {
                            let value = value.texts(scope, record).into_iter().next().unwrap_or_default();
                            text.push_str(value.trim());
                        }
                    }
                }
                vec![text]
            }
        }
    }

    pub(super) fn nodes(&self, scope: &Scope<'_>, record: NodeId) -> Vec<NodeId> {
        match self {
            Self::Path { path, .. } => path.nodes(scope, record),
            Self::Text(_) => Vec::new(),
        }
    }

    pub(super) fn joins(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            Self::Path { path, .. } => Box::new(path.join().into_iter()),
            Self::Text(pieces) => Box::new(pieces.iter().flat_map(|piece| match piece {
                Piece::Words(_) => Box::new(std::iter::empty()) as Box<dyn Iterator<Item = &str>>,
                Piece::Needed(value) | Piece::Optional(value) => value.joins(),
            })),
        }
    }
}

impl Expression {
    /// Reads a single alternative.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        Alternative::parse(text).map(|alternative| Self(vec![alternative]))
    }

    /// Whether the mapping leaves the field out.
    pub fn is_absent(&self) -> bool {
        self.0.is_empty()
    }

    /// The first text, without surrounding white space.
    pub fn first(&self, scope: &Scope<'_>, record: NodeId) -> Option<String> {
        self.texts(scope, record).into_iter().next()
    }

    /// The texts of the first alternative that yields any.
    pub fn texts(&self, scope: &Scope<'_>, record: NodeId) -> Vec<String> {
        let yields = self.0.iter().map(|alternative| trimmed(alternative.texts(scope, record)));
        yields.into_iter().find(|texts| !texts.is_empty()).unwrap_or_default()
    }

    /// The texts of all alternatives, each once.
    pub fn all(&self, scope: &Scope<'_>, record: NodeId) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for text in self.0.iter().flat_map(|alternative| trimmed(alternative.texts(scope, record))) {
            if all.len() < crate::excerpt::LIST_LIMIT && !all.contains(&text) {
                all.push(text);
            }
        }
        all
    }

    /// All that is yielded, alternative by alternative: for a choice among candidates.
    pub fn candidates(&self, scope: &Scope<'_>, record: NodeId) -> Vec<String> {
        self.0.iter().flat_map(|alternative| trimmed(alternative.texts(scope, record))).collect()
    }

    pub(super) fn joins(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(Alternative::joins)
    }
}

fn trimmed(texts: Vec<String>) -> Vec<String> {
    texts.into_iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// Words with insertions in braces; `{path?}` may be missing.
fn pieces(mut text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    while let Some(at) = text.find('{') {
        if at > 0 {
            pieces.push(Piece::Words(text[..at].to_owned()));
        }
        let rest = &text[at + 1..];
        let end = closing(rest, '{', '}').ok_or("a `{` has no matching `}`")?;
        let inside = rest[..end].trim();
        pieces.push(match inside.strip_suffix('?') {
            Some(inside) => Piece::Optional(Alternative::parse(inside)?),
            None => Piece::Needed(Alternative::parse(inside)?),
        });
        text = &rest[end + 1..];
    }
    if !text.is_empty() {
        pieces.push(Piece::Words(text.to_owned()));
    }
    Ok(pieces)
}

impl<'de> Deserialize<'de> for Alternative {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).map_err(|error| D::Error::custom(format!("expression `{text}`: {error}")))
    }
}

impl<'de> Deserialize<'de> for Expression {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        one_or_many(from).map(Self)
    }
}

/// One value, or a list of them.
pub(super) fn one_or_many<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    from: D,
) -> Result<Vec<T>, D::Error> {
    let values = match toml::Value::deserialize(from)? {
        toml::Value::Array(values) => values,
        value => vec![value],
    };
    values
        .into_iter()
        .map(|value| T::deserialize(value).map_err(|error| D::Error::custom(error.message())))
        .collect()
}
