//! The text of a range: strict and lenient reading, percent-encoding.

use super::{Comparator, Constraint, Vers, VersError};
use crate::percent;
use crate::version::Scheme;
use std::cmp::Ordering;

/// The most constraints read in one range.
const MANY: usize = 10_000;

pub(super) fn canonical(text: &str) -> Result<Vers, VersError> {
    let no = VersError::NotCanonical;
    if text.bytes().any(|byte| byte.is_ascii_whitespace()) {
        return Err(no("whitespace is not permitted"));
    }
    let (scheme, constraints) = split(text)?;
    if constraints.starts_with('|') {
        return Err(no("leading pipe is not permitted"));
    }
    if constraints.ends_with('|') {
        return Err(no("trailing pipe is not permitted"));
    }
    if constraints.contains("||") {
        return Err(no("consecutive pipes are not permitted"));
    }
    let mut read = Vec::new();
    for piece in pieces(constraints)? {
        let (comparator, encoded) = comparator(piece);
        if piece.starts_with('=') {
            return Err(no("the equal comparator must be left out"));
        }
        let version = percent::decode(encoded).ok_or(no("invalid percent-encoding in version"))?;
        if has_odd_encoding(encoded) {
            return Err(no("percent-encoding in version is not canonical"));
        }
        if scheme == "datetime" {
            if encoded.contains("%3A") {
                return Err(no("datetime time colons must be unencoded"));
            }
            if version.contains(['t', 'z']) {
                return Err(no("datetime must use uppercase T and Z"));
            }
        }
        read.push(whole(comparator, version)?);
    }
    if read.len() > 1 && read.iter().any(|constraint| constraint.comparator == Comparator::Any) {
        return Err(no("`*` must stand alone"));
    }
    check_order(scheme, &read)?;
    Ok(Vers { scheme: scheme.to_owned(), constraints: read })
}

pub(super) fn lenient(text: &str) -> Result<Vers, VersError> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (scheme, constraints) = split(&bare)?;
    let mut read = Vec::new();
    for piece in pieces(constraints)?.filter(|piece| !piece.is_empty()) {
        let (comparator, encoded) = comparator(piece);
        let version = percent::decode(encoded)
            .ok_or(VersError::Form("a percent sign is not followed by two digits"))?;
        read.push(whole(comparator, version)?);
    }
    if read.is_empty() {
        return Err(VersError::Form("there is no constraint"));
    }
    Ok(Vers::new(scheme, read))
}

fn split(text: &str) -> Result<(&str, &str), VersError> {
    let rest = text.strip_prefix("vers:").ok_or(VersError::Form("it does not begin with `vers:`"))?;
    let (scheme, constraints) =
        rest.split_once('/').ok_or(VersError::Form("there is no slash behind the scheme"))?;
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
    if scheme.is_empty() || !scheme.bytes().all(allowed) {
        return Err(VersError::Form("the scheme is not lower-case letters and digits"));
    }
    if constraints.is_empty() {
        return Err(VersError::Form("there is no constraint"));
    }
    Ok((scheme, constraints))
}

fn pieces(constraints: &str) -> Result<impl Iterator<Item = &str>, VersError> {
    if constraints.bytes().filter(|byte| *byte == b'|').count() >= MANY {
        return Err(VersError::Form("there are more constraints than are read"));
    }
    Ok(constraints.split('|'))
}

fn comparator(piece: &str) -> (Comparator, &str) {
    const COMPARATORS: [(&str, Comparator); 7] = [
        (">=", Comparator::GreaterOrEqual),
        ("<=", Comparator::LessOrEqual),
        ("!=", Comparator::NotEqual),
        (">", Comparator::Greater),
        ("<", Comparator::Less),
        ("=", Comparator::Equal),
        ("*", Comparator::Any),
    ];
    let found =
        COMPARATORS.iter().find_map(|(sign, comparator)| Some((*comparator, piece.strip_prefix(sign)?)));
    found.unwrap_or((Comparator::Equal, piece))
}

fn whole(comparator: Comparator, version: String) -> Result<Constraint, VersError> {
    match (comparator, version.is_empty()) {
        (Comparator::Any, false) => Err(VersError::Form("`*` is followed by a version")),
        (Comparator::Any, true) | (_, false) => Ok(Constraint { comparator, version }),
        (_, true) => Err(VersError::Form("a comparator has no version")),
    }
}

/// Constraints must ascend. Versions that the scheme cannot read cannot be out of order.
fn check_order(scheme: &str, constraints: &[Constraint]) -> Result<(), VersError> {
    let Some(scheme) = Scheme::named(scheme) else { return Ok(()) };
    for pair in constraints.windows(2) {
        if scheme.compare(&pair[0].version, &pair[1].version) == Ok(Ordering::Greater) {
            return Err(VersError::NotCanonical("constraints are not sorted by version"));
        }
    }
    Ok(())
}

/// Whether a triplet has lower-case digits, or stands for a character that need not be encoded.
fn has_odd_encoding(encoded: &str) -> bool {
    encoded.split('%').skip(1).any(|after| {
        let Some(digits) = after.get(..2) else { return true };
        let byte = u8::from_str_radix(digits, 16).unwrap_or_default();
        digits.bytes().any(|digit| digit.is_ascii_lowercase()) || percent::is_unreserved(byte)
    })
}

/// Encodes what has a meaning in a range, and what is no printable ASCII.
pub(super) fn encode(version: &str) -> String {
    percent::encode(version, |byte| b":+^()[]@;&$'".contains(&byte))
}
