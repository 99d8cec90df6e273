//! Conditions on a record: `status = FAIL; WARN`, `score >= 7`, `name ~ ^CVE-`, `!path`, `path`.

use super::expression::Alternative;
use super::path::outside;
use super::pattern::{Ends, Pattern};
use super::scope::Scope;
use crate::tree::{NodeId, Shape};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// A condition.
#[derive(Debug)]
pub struct Condition {
    value: Alternative,
    test: Test,
    /// Whether the opposite is asked for.
    wanted: bool,
}

#[derive(Debug)]
enum Test {
    /// There is something: text that is not empty, a list or object with content, not `false`.
    Something,
    /// There is such a key at all.
    Present,
    /// One of the values is one of these words, letter case aside.
    Equals(Vec<String>),
    Matches(Pattern),
    Above(f64),
    AtLeast(f64),
    Below(f64),
    AtMost(f64),
}

const OPERATORS: [&str; 8] = [" != ", " !~ ", " >= ", " <= ", " = ", " ~ ", " > ", " < "];

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let first = OPERATORS.iter().filter_map(|operator| Some((outside(text, operator)?, *operator))).min();
        let Some((at, operator)) = first else {
            let bare = text.strip_prefix('!').unwrap_or(text);
            let (bare, test) = match bare.strip_prefix("has ") {
                Some(bare) => (bare, Test::Present),
                None => (bare, Test::Something),
            };
            return Ok(Self { value: Alternative::parse(bare)?, test, wanted: !text.starts_with('!') });
        };
        let (value, operand) = (&text[..at], text[at + operator.len()..].trim());
        let words = || operand.split(';').map(|word| word.trim().to_owned()).collect();
        let number = || operand.parse().map_err(|_| format!("`{operand}` is not a number"));
        let test = match operator.trim() {
            "=" | "!=" => Test::Equals(words()),
            "~" | "!~" => Test::Matches(Pattern::parse(operand, Ends::OfText)?),
            ">" => Test::Above(number()?),
            ">=" => Test::AtLeast(number()?),
            "<" => Test::Below(number()?),
            _ => Test::AtMost(number()?),
        };
        Ok(Self { value: Alternative::parse(value)?, test, wanted: !operator.trim().starts_with('!') })
    }

    /// Whether it holds for a record.
    pub fn holds(&self, scope: &Scope<'_>, record: NodeId) -> bool {
        let tree = scope.tree;
        let number = |text: &String| text.trim().parse::<f64>().ok();
        let any =
            |test: &dyn Fn(f64) -> bool| self.value.texts(scope, record).iter().filter_map(number).any(test);
        let holds = match &self.test {
            Test::Present => !self.value.nodes(scope, record).is_empty(),
            Test::Something => match &self.value {
                Alternative::Path { path, filters } if filters.is_empty() => {
                    path.nodes(scope, record).into_iter().any(|id| match tree.shape(id) {
                        Shape::Null => false,
                        Shape::Value => !matches!(tree.value(id).trim(), "" | "false"),
                        Shape::List => tree.children(id).next().is_some(),
                        Shape::Map => tree.children(id).next().is_some() || !tree.value(id).is_empty(),
                    })
                }
                value => value.texts(scope, record).iter().any(|text| !text.trim().is_empty()),
            },
            Test::Equals(words) => self
                .value
                .texts(scope, record)
                .iter()
                .any(|text| words.iter().any(|word| word.eq_ignore_ascii_case(text.trim()))),
            Test::Matches(pattern) => {
                self.value.texts(scope, record).iter().any(|text| pattern.is_match(text))
            }
            Test::Above(bound) => any(&|value| value > *bound),
            Test::AtLeast(bound) => any(&|value| value >= *bound),
            Test::Below(bound) => any(&|value| value < *bound),
            Test::AtMost(bound) => any(&|value| value <= *bound),
        };
        holds == self.wanted
    }

    pub(super) fn joins(&self) -> impl Iterator<Item = &str> {
        self.value.joins()
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).map_err(|error| D::Error::custom(format!("condition `{text}`: {error}")))
    }
}

/// One condition or a list of them.
#[derive(Debug, Default)]
pub struct Conditions(Vec<Condition>);

impl Conditions {
    /// Whether all hold; so they do when there is none.
    pub fn all(&self, scope: &Scope<'_>, record: NodeId) -> bool {
        self.0.iter().all(|condition| condition.holds(scope, record))
    }

    /// Whether one holds.
    pub fn any(&self, scope: &Scope<'_>, record: NodeId) -> bool {
        self.0.iter().any(|condition| condition.holds(scope, record))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn joins(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(Condition::joins)
    }
}

impl<'de> Deserialize<'de> for Conditions {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        super::expression::one_or_many(from).map(Self)
    }
}
