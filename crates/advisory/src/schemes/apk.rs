//! Alpine packages: numbers, a letter, suffixes, a commit, a revision.

use crate::key;
use crate::version::VersionScheme;

/// Versions of Alpine packages.
pub(super) struct Apk;

// What may follow at any point, lowest first.
const BEFORE: u8 = 1;
const END: u8 = 2;
const REVISION: u8 = 3;
const COMMIT: u8 = 4;
const COUNT: u8 = 5;
const AFTER: u8 = 6;
const LETTER: u8 = 7;
const NUMBER: u8 = 8;

impl VersionScheme for Apk {
    fn id(&self) -> &'static str {
        "apk"
    }

    fn source(&self) -> &'static str {
        "apk-package(5), Version"
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let (first, mut rest) = key::leading_digits(text.trim());
        if first.is_empty() {
            return Err("it does not begin with a digit");
        }
        out.push(NUMBER);
        key::number(out, first);
        while let Some((digits, after)) = rest.strip_prefix('.').map(key::leading_digits) {
            if digits.is_empty() {
                return Err("a dot is not followed by a number");
            }
            out.push(NUMBER);
            // With a leading zero a component is compared as text, and before all that have none.
            if digits.starts_with('0') {
                out.push(1);
                key::text(out, digits);
            } else {
                out.push(2);
                key::number(out, digits);
            }
            rest = after;
        }
        if let Some(letter) = rest.bytes().next().filter(u8::is_ascii_lowercase) {
            out.extend([LETTER, letter]);
            rest = &rest[1..];
        }
        while let Some((word, after)) = rest.strip_prefix('_').map(key::leading_letters) {
            write_suffix(word, out)?;
            let (count, after) = key::leading_digits(after);
            if !count.is_empty() {
                out.push(COUNT);
                key::number(out, count);
            }
            rest = after;
        }
        if let Some(after) = rest.strip_prefix('~') {
            let end = after.bytes().position(|byte| !byte.is_ascii_hexdigit()).unwrap_or(after.len());
            if end == 0 {
                return Err("a tilde is not followed by a commit");
            }
            out.push(COMMIT);
            key::text(out, &after[..end]);
            rest = &after[end..];
        }
        if let Some(revision) = rest.strip_prefix("-r") {
            if !key::is_number(revision) {
                return Err("the revision is no number");
            }
            out.push(REVISION);
            key::number(out, revision);
            rest = "";
        }
        out.push(END);
        if rest.is_empty() { Ok(()) } else { Err("there is more behind the version") }
    }
}

fn write_suffix(word: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
    let place = |words: &[&str]| words.iter().position(|known| *known == word).map(|place| place as u8);
    if let Some(place) = place(&["alpha", "beta", "pre", "rc"]) {
        out.extend([BEFORE, place]);
        return Ok(());
    }
    match place(&["cvs", "svn", "git", "hg", "p"]) {
        Some(place) => out.extend([AFTER, place]),
        None => return Err("a suffix is not known"),
    }
    Ok(())
}
