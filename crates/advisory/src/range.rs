//! Stretches of versions with two ends, as text and as keys.

use crate::version::{Scheme, Unparsable};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// One end of a stretch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// The version at the end.
    #[serde(rename = "v")]
    pub version: String,
    /// Whether that version belongs to the stretch.
    #[serde(rename = "i")]
    pub inclusive: bool,
}

impl Limit {
    /// An end that belongs to the stretch.
    pub fn at(version: impl Into<String>) -> Self {
        Self { version: version.into(), inclusive: true }
    }

    /// An end that lies just outside of it.
    pub fn short_of(version: impl Into<String>) -> Self {
        Self { version: version.into(), inclusive: false }
    }
}

/// A stretch of versions. No end means that there is none on that side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The lower end.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Limit>,
    /// The upper end.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Limit>,
}

impl Span {
    /// Just one version.
    pub fn only(version: &str) -> Self {
        Self { from: Some(Limit::at(version)), to: Some(Limit::at(version)) }
    }

    /// What both hold, or `None` when they have nothing in common.
    ///
    /// # Errors
    /// [`Unparsable`] when an end is no version of the scheme.
    pub fn intersection(&self, other: &Self, scheme: Scheme) -> Result<Option<Self>, Unparsable> {
        let from = tighter(scheme, self.from.as_ref(), other.from.as_ref(), Ordering::Greater)?;
        let to = tighter(scheme, self.to.as_ref(), other.to.as_ref(), Ordering::Less)?;
        let span = Self { from, to };
        Ok((!span.compile(scheme)?.is_empty(scheme)).then_some(span))
    }

    /// The stretch as keys.
    ///
    /// # Errors
    /// [`Unparsable`] when an end is no version of the scheme.
    pub fn compile(&self, scheme: Scheme) -> Result<KeySpan, Unparsable> {
        let end = |limit: &Option<Limit>| match limit {
            Some(limit) => {
                Ok(Some(KeyLimit { key: scheme.key(&limit.version)?, inclusive: limit.inclusive }))
            }
            None => Ok(None),
        };
        Ok(KeySpan { from: end(&self.from)?, to: end(&self.to)? })
    }

    /// The stretch in words: `from 1.0 before 1.4`.
    pub fn describe(&self) -> String {
        match (&self.from, &self.to) {
            (None, None) => "every version".into(),
            (Some(from), Some(to)) if from == to => format!("version {}", from.version),
            (from, to) => {
                let from = from.as_ref().map(|limit| match limit.inclusive {
                    true => format!("from {}", limit.version),
                    false => format!("after {}", limit.version),
                });
                let to = to.as_ref().map(|limit| match limit.inclusive {
                    true => format!("up to {}", limit.version),
                    false => format!("before {}", limit.version),
                });
                from.into_iter().chain(to).collect::<Vec<_>>().join(" ")
            }
        }
    }
}

fn tighter(
    scheme: Scheme,
    a: Option<&Limit>,
    b: Option<&Limit>,
    wins: Ordering,
) -> Result<Option<Limit>, Unparsable> {
    Ok(match (a, b) {
        (None, other) | (other, None) => other.cloned(),
        (Some(a), Some(b)) => match scheme.compare(&a.version, &b.version)? {
            Ordering::Equal => {
                Some(Limit { version: a.version.clone(), inclusive: a.inclusive && b.inclusive })
            }
            order if order == wins => Some(a.clone()),
            _ => Some(b.clone()),
        },
    })
}

/// One end as a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyLimit {
    /// The key of the version at the end.
    pub key: Box<[u8]>,
    /// Whether it belongs to the stretch.
    pub inclusive: bool,
}

/// A stretch as keys of one scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySpan {
    /// The lower end.
    pub from: Option<KeyLimit>,
    /// The upper end.
    pub to: Option<KeyLimit>,
}

impl KeySpan {
    /// Whether a key lies within.
    pub fn contains(&self, scheme: Scheme, key: &[u8]) -> bool {
        let above = self.from.as_ref().is_none_or(|from| match scheme.order(key, &from.key) {
            Ordering::Greater => true,
            Ordering::Equal => from.inclusive,
            Ordering::Less => false,
        });
        above
            && self.to.as_ref().is_none_or(|to| match scheme.order(key, &to.key) {
                Ordering::Less => true,
                Ordering::Equal => to.inclusive,
                Ordering::Greater => false,
            })
    }

    /// Whether no version can lie within.
    pub fn is_empty(&self, scheme: Scheme) -> bool {
        match (&self.from, &self.to) {
            (Some(from), Some(to)) => match scheme.order(&from.key, &to.key) {
                Ordering::Less => false,
                Ordering::Equal => !(from.inclusive && to.inclusive),
                Ordering::Greater => true,
            },
            _ => false,
        }
    }
}
