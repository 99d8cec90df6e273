//! Ranges as ecosystems write them: `~1.2 || >=2`, `[1.0,2.0)`, `>= 1.0, < 2`.

mod brackets;
mod comparators;
mod nginx;
mod npm;

use super::{Comparator, Constraint, Vers};
use crate::range::{Limit, Span};
use crate::version::{Scheme, Unparsable};

/// The longest native range read, in bytes.
const LONGEST: usize = 1 << 16;

/// Why a native range cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NativeError {
    /// The scheme has no native ranges that are known here.
    #[error("ranges of `{0}` are not known")]
    Scheme(String),
    /// The text is none.
    #[error("`{text}` is no range: {reason}")]
    Form {
        /// The text, shortened.
        text: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// A version in it is none.
    #[error(transparent)]
    Version(#[from] Unparsable),
}

/// Alternatives, each of constraints that must all hold.
type Alternatives = Vec<Vec<Constraint>>;

/// The `vers` range of a native one: all constraints in the order of their versions.
///
/// # Errors
/// [`NativeError`].
pub fn from_native(scheme: &str, text: &str) -> Result<Vers, NativeError> {
    let constraints = alternatives(scheme, text)?.concat();
    let known = Scheme::named(scheme).ok_or_else(|| NativeError::Scheme(scheme.to_owned()))?;
    for constraint in constraints.iter().filter(|constraint| constraint.comparator != Comparator::Any) {
        known.key(&constraint.version)?;
    }
    if constraints.iter().any(|constraint| constraint.comparator == Comparator::Any) {
        return Ok(Vers::new(scheme, vec![Constraint::new(Comparator::Any, "")]));
    }
    Ok(Vers::new(scheme, constraints))
}

/// The stretches of a native range: each alternative is what all its constraints have in common. A version excepted
/// by `!=` parts a stretch in two.
///
/// # Errors
/// [`NativeError`].
pub fn native_spans(scheme: &str, text: &str) -> Result<Vec<Span>, NativeError> {
    let known = Scheme::named(scheme).ok_or_else(|| NativeError::Scheme(scheme.to_owned()))?;
    let mut spans = Vec::new();
    for alternative in alternatives(scheme, text)? {
        let mut parts = vec![Span::default()];
        for constraint in alternative {
            let mut next = Vec::new();
            for part in &parts {
                for piece in stretches(&constraint) {
                    next.extend(part.intersection(&piece, known)?);
                }
            }
            parts = next;
        }
        spans.extend(parts);
    }
    Ok(spans)
}

fn stretches(constraint: &Constraint) -> Vec<Span> {
    let version = &constraint.version;
    let above = |limit| Span { from: Some(limit), to: None };
    let below = |limit| Span { from: None, to: Some(limit) };
    match constraint.comparator {
        Comparator::Any => vec![Span::default()],
        Comparator::Equal => vec![Span::only(version)],
        Comparator::NotEqual => vec![below(Limit::short_of(version)), above(Limit::short_of(version))],
        Comparator::Less => vec![below(Limit::short_of(version))],
        Comparator::LessOrEqual => vec![below(Limit::at(version))],
        Comparator::Greater => vec![above(Limit::short_of(version))],
        Comparator::GreaterOrEqual => vec![above(Limit::at(version))],
    }
}

fn alternatives(scheme: &str, text: &str) -> Result<Alternatives, NativeError> {
    let read = match scheme {
        _ if text.len() > LONGEST => Err("it is longer than ranges are"),
        "npm" => npm::read(text),
        "maven" => brackets::read(text, brackets::Bare::Exact),
        "nuget" => brackets::read(text, brackets::Bare::AtLeast),
        "nginx" => nginx::read(text),
        "gem" | "rubygems" | "cocoapods" => comparators::read(text, &comparators::GEM),
        "pypi" => comparators::read(text, &comparators::PYPI),
        "cargo" => comparators::read(text, &comparators::CARGO),
        "composer" | "packagist" => comparators::read(text, &comparators::COMPOSER),
        _ => comparators::read(text, &comparators::PLAIN),
    };
    read.map_err(|reason| NativeError::Form { text: text.chars().take(80).collect(), reason })
}
