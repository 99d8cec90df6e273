//! `vers`: version ranges of any scheme as one text (package-url/vers-spec): `vers:npm/>=1.0.0|<2.0.0`.

mod native;
mod parse;

use crate::range::{Limit, Span};
use crate::version::{Scheme, Unparsable};
use std::cmp::Ordering;
use std::fmt;

pub use native::{NativeError, from_native, native_spans};

/// How a constraint compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparator {
    /// Exactly this version.
    Equal,
    /// Any but this version.
    NotEqual,
    /// Versions before.
    Less,
    /// This version and those before.
    LessOrEqual,
    /// Versions after.
    Greater,
    /// This version and those after.
    GreaterOrEqual,
    /// Every version; stands alone.
    Any,
}

impl Comparator {
    /// As it is written; `=` is left out in a range.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Any => "*",
        }
    }
}

/// A comparator and a version, not encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// How to compare.
    pub comparator: Comparator,
    /// With what; empty for [`Comparator::Any`].
    pub version: String,
}

impl Constraint {
    /// A constraint.
    pub fn new(comparator: Comparator, version: impl Into<String>) -> Self {
        Self { comparator, version: version.into() }
    }
}

/// A version range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vers {
    /// The scheme as written; it need not be one that is known here.
    pub scheme: String,
    /// Constraints in the order of their versions.
    pub constraints: Vec<Constraint>,
}

/// Why a text is no range, or no canonical one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VersError {
    /// It is a range, but not written the one way it must be.
    #[error("non-canonical VERS: {0}")]
    NotCanonical(&'static str),
    /// It is none.
    #[error("not a version range: {0}")]
    Form(&'static str),
    /// Nothing is known of the scheme's order.
    #[error("the order of `{0}` versions is not known")]
    Scheme(String),
    /// A version is none.
    #[error(transparent)]
    Version(#[from] Unparsable),
}

impl Vers {
    /// The range of these constraints, put in the order of their versions. Constraints of an unknown scheme, and of
    /// a version that cannot be read, stay where they are.
    pub fn new(scheme: &str, mut constraints: Vec<Constraint>) -> Self {
        if let Some(known) = Scheme::named(scheme) {
            let keys: Result<Vec<_>, _> =
                constraints.iter().map(|constraint| known.key(&constraint.version)).collect();
            if let Ok(keys) = keys {
                let mut order: Vec<usize> = (0..keys.len()).collect();
                // `<2` and `>=2` part two stretches: the end of the first comes first.
                let begins = |at: usize| constraints[at].comparator != Comparator::Less;
                order.sort_by(|a, b| {
                    known.order(&keys[*a], &keys[*b]).then_with(|| begins(*a).cmp(&begins(*b)))
                });
                constraints = order.into_iter().map(|at| constraints[at].clone()).collect();
            }
        }
        Self { scheme: scheme.to_owned(), constraints }
    }

    /// Reads a range and refuses all but the canonical way of writing it.
    ///
    /// # Errors
    /// [`VersError::NotCanonical`] with what differs, [`VersError::Form`].
    pub fn parse_canonical(text: &str) -> Result<Self, VersError> {
        parse::canonical(text)
    }

    /// Reads a range as people write it: with spaces, stray pipes and in any order.
    ///
    /// # Errors
    /// [`VersError::Form`].
    pub fn parse(text: &str) -> Result<Self, VersError> {
        parse::lenient(text)
    }

    fn known_scheme(&self) -> Result<Scheme, VersError> {
        Scheme::named(&self.scheme).ok_or_else(|| VersError::Scheme(self.scheme.clone()))
    }

    /// Whether a version lies in the range.
    ///
    /// # Errors
    /// [`VersError::Scheme`], [`VersError::Version`].
    pub fn contains(&self, version: &str) -> Result<bool, VersError> {
        let scheme = self.known_scheme()?;
        let key = scheme.key(version)?;
        for constraint in &self.constraints {
            let exact = match constraint.comparator {
                Comparator::Equal => true,
                Comparator::NotEqual => false,
                _ => continue,
            };
            if scheme.order(&key, &scheme.key(&constraint.version)?) == Ordering::Equal {
                return Ok(exact);
            }
        }
        for span in self.spans()? {
            if span.compile(scheme)?.contains(scheme, &key) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The stretches the range is made of, single versions included. Versions excepted by `!=` are in
    /// [`Vers::exceptions`]; a range of nothing but exceptions is everything else.
    ///
    /// # Errors
    /// [`VersError::Scheme`], [`VersError::Version`].
    pub fn spans(&self) -> Result<Vec<Span>, VersError> {
        let ordered = Self::new(&self.scheme, self.constraints.clone());
        let mut spans: Vec<Span> = Vec::new();
        let mut open: Option<Limit> = None;
        let mut closed_last = false;
        let mut only_exceptions = !self.constraints.is_empty();
        for Constraint { comparator, version } in ordered.constraints {
            only_exceptions &= comparator == Comparator::NotEqual;
            match comparator {
                Comparator::Any => return Ok(vec![Span::default()]),
                Comparator::Equal | Comparator::NotEqual => {}
                Comparator::Greater | Comparator::GreaterOrEqual => {
                    // Of several lower ends in a row the first says it all.
                    let inclusive = comparator == Comparator::GreaterOrEqual;
                    open = open.or(Some(Limit { version, inclusive }));
                    closed_last = false;
                }
                Comparator::Less | Comparator::LessOrEqual => {
                    let to = Some(Limit { version, inclusive: comparator == Comparator::LessOrEqual });
                    match spans.last_mut().filter(|_| closed_last) {
                        // Of several upper ends in a row the last says it all.
                        Some(last) => last.to = to,
                        None => spans.push(Span { from: open.take(), to }),
                    }
                    closed_last = true;
                }
            }
        }
        if let Some(from) = open {
            spans.push(Span { from: Some(from), to: None });
        }
        if only_exceptions {
            spans.push(Span::default());
        }
        let exact = self.constraints.iter().filter(|constraint| constraint.comparator == Comparator::Equal);
        spans.extend(exact.map(|constraint| Span::only(&constraint.version)));
        Ok(spans)
    }

    /// The versions that are excepted.
    pub fn exceptions(&self) -> impl Iterator<Item = &str> {
        let excepted =
            self.constraints.iter().filter(|constraint| constraint.comparator == Comparator::NotEqual);
        excepted.map(|constraint| constraint.version.as_str())
    }
}

impl fmt::Display for Vers {
    /// The canonical text, as far as the constraints are in order.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "vers:{}/", self.scheme)?;
        for (at, constraint) in self.constraints.iter().enumerate() {
            let separator = if at == 0 { "" } else { "|" };
            let comparator = match constraint.comparator {
                Comparator::Equal => "",
                other => other.as_str(),
            };
            write!(f, "{separator}{comparator}{}", parse::encode(&constraint.version))?;
        }
        Ok(())
    }
}
