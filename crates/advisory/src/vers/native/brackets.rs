//! Maven and NuGet: `[1.0,2.0)`, `(,1.0]`, `[1.5]`, several parted by commas.

use super::Alternatives;
use crate::vers::{Comparator, Constraint};

/// What a version without brackets means.
#[derive(Clone, Copy)]
pub(super) enum Bare {
    /// That version (Maven only recommends it).
    Exact,
    /// It and all that follow (NuGet).
    AtLeast,
}

pub(super) fn read(text: &str, bare: Bare) -> Result<Alternatives, &'static str> {
    let mut alternatives = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if !rest.starts_with(['[', '(']) {
            let (version, after) = rest.split_once(',').unwrap_or((rest, ""));
            let comparator = match bare {
                Bare::Exact => Comparator::Equal,
                Bare::AtLeast => Comparator::GreaterOrEqual,
            };
            alternatives.push(vec![Constraint::new(comparator, version.trim())]);
            rest = after.trim_start();
            continue;
        }
        let end = rest.find([']', ')']).ok_or("a bracket is not closed")?;
        alternatives.push(interval(rest.starts_with('['), &rest[1..end], rest[end..].starts_with(']'))?);
        let after = rest[end + 1..].trim_start();
        rest = match after.strip_prefix(',') {
            Some(more) => more.trim_start(),
            None if after.is_empty() => "",
            None => return Err("intervals are not parted by a comma"),
        };
    }
    if alternatives.is_empty() { Err("it is empty") } else { Ok(alternatives) }
}

fn interval(with_lower: bool, inside: &str, with_upper: bool) -> Result<Vec<Constraint>, &'static str> {
    let Some((lower, upper)) = inside.split_once(',') else {
        let version = inside.trim();
        return match with_lower && with_upper && !version.is_empty() {
            true => Ok(vec![Constraint::new(Comparator::Equal, version)]),
            false => Err("a single version needs square brackets"),
        };
    };
    let (lower, upper) = (lower.trim(), upper.trim());
    let above = if with_lower { Comparator::GreaterOrEqual } else { Comparator::Greater };
    let below = if with_upper { Comparator::LessOrEqual } else { Comparator::Less };
    let mut constraints = Vec::new();
    if !lower.is_empty() {
        constraints.push(Constraint::new(above, lower));
    }
    if !upper.is_empty() {
        constraints.push(Constraint::new(below, upper));
    }
    if constraints.is_empty() {
        constraints.push(Constraint::new(Comparator::Any, ""));
    }
    Ok(constraints)
}
