//! Dotted numbers: `intdot`, nginx, and the guess for everything that says nothing of its order.

use crate::key;
use crate::version::{Confidence, VersionScheme};

/// Numbers parted by dots (also by `-` or `_`, as R packages do). Missing numbers are zero.
pub(super) struct Intdot;

/// nginx releases: three numbers.
pub(super) const NGINX: Nginx = Nginx;

/// See [`NGINX`].
pub(super) struct Nginx;

/// Runs of digits and of letters, numbers after letters; low confidence.
pub(super) struct Generic;

impl VersionScheme for Intdot {
    fn id(&self) -> &'static str {
        "intdot"
    }

    fn source(&self) -> &'static str {
        "vers specification, intdot"
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        write_numbers(text.trim(), out)
    }
}

impl VersionScheme for Nginx {
    fn id(&self) -> &'static str {
        "nginx"
    }

    fn source(&self) -> &'static str {
        "nginx security advisories"
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        write_numbers(text.trim(), out)
    }
}

/// Numbers until the first character that is neither digit nor mark; trailing zeros do not count.
fn write_numbers(text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
    let numbers: Vec<&str> = text.split(['.', '-', '_']).collect();
    if !numbers.iter().all(|number| key::is_number(number)) {
        return Err("a part is no number");
    }
    let end =
        numbers.iter().rposition(|number| number.bytes().any(|byte| byte != b'0')).map_or(0, |at| at + 1);
    for number in &numbers[..end] {
        out.push(1);
        key::number(out, number);
    }
    out.push(0);
    Ok(())
}

/// Words that stand for something before the release.
const BEFORE: &[(&str, u8)] = &[
    ("dev", 1),
    ("snapshot", 1),
    ("alpha", 2),
    ("a", 2),
    ("beta", 3),
    ("b", 3),
    ("milestone", 4),
    ("pre", 5),
    ("preview", 5),
    ("rc", 6),
    ("cr", 6),
];

impl VersionScheme for Generic {
    fn id(&self) -> &'static str {
        "generic"
    }

    fn source(&self) -> &'static str {
        "none: dotted numbers are assumed"
    }

    fn confidence(&self) -> Confidence {
        Confidence::Low
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let text = text.trim().to_ascii_lowercase();
        let text = text.strip_prefix('v').unwrap_or(&text);
        if !text.bytes().next().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err("it does not begin with a digit");
        }
        let mut zeros = 0;
        let mut rest = text.split_once('+').map_or(text, |(version, _)| version);
        while !rest.is_empty() {
            let (digits, after) = key::leading_digits(rest);
            if !digits.is_empty() {
                if digits.bytes().all(|byte| byte == b'0') {
                    zeros += 1;
                } else {
                    (0..zeros).for_each(|_| out.extend([20, 0]));
                    zeros = 0;
                    out.push(20);
                    key::number(out, digits);
                }
                rest = after;
                continue;
            }
            let (letters, after) = key::leading_letters(rest);
            if letters.is_empty() {
                rest = &rest[rest.chars().next().map_or(1, char::len_utf8)..];
                continue;
            }
            zeros = 0;
            match BEFORE.iter().find(|(word, _)| *word == letters) {
                Some((_, rank)) => out.push(*rank),
                None => {
                    out.push(15);
                    key::text(out, letters);
                }
            }
            rest = after;
        }
        // The end: after what comes before a release, before what comes after one.
        out.push(10);
        Ok(())
    }
}
