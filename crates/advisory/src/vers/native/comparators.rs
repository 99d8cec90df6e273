//! Comparators with a version, parted by commas or spaces: gems, Python, Cargo, Composer, and the plain form that
//! advisories use.

use super::Alternatives;
use super::npm::raise;
use crate::key;
use crate::vers::{Comparator, Constraint};

/// What differs from one ecosystem to the next.
pub(super) struct Dialect {
    /// What parts alternatives.
    alternatives: Option<&'static str>,
    /// What a version without operator means.
    bare: &'static str,
    /// The operators that stand for two ends, and how.
    bounded: &'static [(&'static str, Bounded)],
    /// What makes the upper end come before pre-releases: `.dev0` in Python.
    suffix: &'static str,
}

/// How an operator sets its upper end.
#[derive(Clone, Copy, PartialEq)]
enum Bounded {
    /// The last number may rise: `~> 2.0.8` ends before `2.1`, `~> 2` before `3`.
    LastNumber,
    /// Up to the second number: `~1.2.3` and `~1.2` end before `1.3`, `~1` before `2`.
    SecondNumber,
    /// Up to the first number that is not zero: `^1.2.3` ends before `2`.
    FirstNonZero,
}

pub(super) const PLAIN: Dialect = Dialect { alternatives: Some("||"), bare: "=", bounded: &[], suffix: "" };
pub(super) const GEM: Dialect =
    Dialect { alternatives: Some("||"), bare: "=", bounded: &[("~>", Bounded::LastNumber)], suffix: "" };
pub(super) const PYPI: Dialect =
    Dialect { alternatives: Some("||"), bare: "=", bounded: &[("~=", Bounded::LastNumber)], suffix: ".dev0" };
pub(super) const CARGO: Dialect = Dialect {
    alternatives: None,
    bare: "^",
    bounded: &[("~", Bounded::SecondNumber), ("^", Bounded::FirstNonZero)],
    suffix: "",
};
pub(super) const COMPOSER: Dialect = Dialect {
    alternatives: Some("|"),
    bare: "=",
    bounded: &[("~", Bounded::LastNumber), ("^", Bounded::FirstNonZero)],
    suffix: "",
};

pub(super) fn read(text: &str, dialect: &Dialect) -> Result<Alternatives, &'static str> {
    let Some(separator) = dialect.alternatives else {
        return Ok(vec![all_of(text, dialect)?]);
    };
    // Composer takes one pipe or two.
    let parts = text.split(separator).filter(|part| separator != "|" || !part.is_empty());
    parts.map(|part| all_of(part, dialect)).collect()
}

fn all_of(text: &str, dialect: &Dialect) -> Result<Vec<Constraint>, &'static str> {
    let mut constraints = Vec::new();
    for piece in text.split(',') {
        let mut rest = piece.trim();
        while !rest.is_empty() {
            let end = rest.find(|c: char| !"<>=~^!".contains(c)).unwrap_or(rest.len());
            let (operator, after) = rest.split_at(end);
            let after = after.trim_start();
            let end = after.find(|c: char| c.is_whitespace() || "<>=^".contains(c)).unwrap_or(after.len());
            let (version, after) = after.split_at(end);
            if version.is_empty() {
                return Err("an operator has no version");
            }
            constraints.extend(one(operator, version, dialect)?);
            rest = after.trim_start();
        }
    }
    if constraints.is_empty() { Err("it is empty") } else { Ok(constraints) }
}

fn one(operator: &str, version: &str, dialect: &Dialect) -> Result<Vec<Constraint>, &'static str> {
    if version == "*" {
        return Ok(vec![Constraint::new(Comparator::Any, "")]);
    }
    let operator = if operator.is_empty() { dialect.bare } else { operator };
    if let Some(stem) = version.strip_suffix(".*") {
        return wildcard(operator, stem, dialect);
    }
    let comparator = match operator {
        "=" | "==" | "===" => Comparator::Equal,
        "!=" | "<>" => Comparator::NotEqual,
        "<" => Comparator::Less,
        "<=" => Comparator::LessOrEqual,
        ">" => Comparator::Greater,
        ">=" => Comparator::GreaterOrEqual,
        other => {
            let bounded = dialect.bounded.iter().find(|(sign, _)| *sign == other);
            let (_, bounded) = bounded.ok_or("an operator is not known")?;
            return Ok(vec![
                Constraint::new(Comparator::GreaterOrEqual, version),
                Constraint::new(Comparator::Less, upper(version, *bounded, dialect)?),
            ]);
        }
    };
    Ok(vec![Constraint::new(comparator, version)])
}

/// `==1.2.*` is everything that begins so, pre-releases included.
fn wildcard(operator: &str, stem: &str, dialect: &Dialect) -> Result<Vec<Constraint>, &'static str> {
    let (head, last) = stem.rsplit_once('.').map_or(("", stem), |(head, last)| (head, last));
    if !key::is_number(last) {
        return Err("a star does not stand behind a number");
    }
    let dot = if head.is_empty() { "" } else { "." };
    let (from, to) =
        (format!("{stem}{}", dialect.suffix), format!("{head}{dot}{}{}", raise(last), dialect.suffix));
    match operator {
        "=" | "==" | "^" | "~" | ">=" => {
            Ok(vec![Constraint::new(Comparator::GreaterOrEqual, from), Constraint::new(Comparator::Less, to)])
        }
        _ => Err("a star stands behind an operator that takes none"),
    }
}

fn upper(version: &str, bounded: Bounded, dialect: &Dialect) -> Result<String, &'static str> {
    let end = version.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(version.len());
    let numbers: Vec<&str> = version[..end].trim_end_matches('.').split('.').collect();
    if !numbers.iter().all(|number| key::is_number(number)) {
        return Err("a part of a version is no number");
    }
    // The pre-release of a gem begins with a dot: `2.0.8.rc1` has three numbers.
    let place = match bounded {
        Bounded::LastNumber => numbers.len().saturating_sub(2),
        Bounded::SecondNumber => 1.min(numbers.len() - 1),
        Bounded::FirstNonZero => {
            let found = numbers.iter().position(|number| number.bytes().any(|digit| digit != b'0'));
            found.unwrap_or(numbers.len() - 1)
        }
    };
    let raised = raise(numbers[place]);
    let head = numbers[..place].iter().map(|number| (*number).to_owned());
    Ok(format!("{}{}", head.chain([raised]).collect::<Vec<_>>().join("."), dialect.suffix))
}
