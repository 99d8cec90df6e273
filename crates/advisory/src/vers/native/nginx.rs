//! nginx security advisories: `1.5.0+, 1.4.1+`, `0.7.52-0.8.39`, `all`.

use super::Alternatives;
use super::npm::raise;
use crate::vers::{Comparator, Constraint};

pub(super) fn read(text: &str) -> Result<Alternatives, &'static str> {
    text.split(',').map(|piece| one(piece.trim())).collect()
}

fn one(piece: &str) -> Result<Vec<Constraint>, &'static str> {
    if piece == "all" {
        return Ok(vec![Constraint::new(Comparator::Any, "")]);
    }
    if let Some(version) = piece.strip_suffix('+') {
        let mut constraints = vec![Constraint::new(Comparator::GreaterOrEqual, version)];
        let mut numbers = version.split('.');
        let (Some(major), Some(minor)) = (numbers.next(), numbers.next()) else {
            return Err("a version has no second number");
        };
        // An even second number is a stable branch, which ends; the mainline goes on.
        if minor.bytes().next_back().is_some_and(|digit| digit.is_ascii_digit() && digit % 2 == 0) {
            constraints.push(Constraint::new(Comparator::Less, format!("{major}.{}.0", raise(minor))));
        }
        return Ok(constraints);
    }
    if let Some((from, to)) = piece.split_once('-') {
        return Ok(vec![
            Constraint::new(Comparator::GreaterOrEqual, from.trim()),
            Constraint::new(Comparator::LessOrEqual, to.trim()),
        ]);
    }
    match piece {
        "" | "none" => Err("it names no version"),
        version => Ok(vec![Constraint::new(Comparator::Equal, version)]),
    }
}
