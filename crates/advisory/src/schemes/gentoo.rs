//! Gentoo: numbers, a letter, suffixes, a revision. Components with a leading zero are compared as fractions.

use crate::key;
use crate::version::VersionScheme;

/// Versions of ebuilds.
pub(super) struct Gentoo;

const BEFORE: u8 = 1;
const END: u8 = 2;
const AFTER: u8 = 3;
const NUMBER: u8 = 4;

impl VersionScheme for Gentoo {
    fn id(&self) -> &'static str {
        "gentoo"
    }

    fn source(&self) -> &'static str {
        "Package Manager Specification 8, 3.3"
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let (version, revision) = match text.trim().rsplit_once("-r") {
            Some((version, revision)) => (version, revision),
            None => (text.trim(), "0"),
        };
        if !key::is_number(revision) {
            return Err("the revision is no number");
        }
        let mut suffixes = version.split('_');
        let numbers = suffixes.next().unwrap_or_default();
        let letter = numbers.bytes().next_back().filter(u8::is_ascii_lowercase);
        let numbers = &numbers[..numbers.len() - usize::from(letter.is_some())];
        for (place, number) in numbers.split('.').enumerate() {
            if !key::is_number(number) {
                return Err("a part between dots is no number");
            }
            out.push(NUMBER);
            if place > 0 && number.starts_with('0') {
                out.push(1);
                key::text(out, number.trim_end_matches('0'));
            } else {
                out.push(2);
                key::number(out, number);
            }
        }
        out.push(END);
        out.push(letter.unwrap_or(0));
        for suffix in suffixes {
            let (word, number) = key::leading_letters(suffix);
            let place = ["alpha", "beta", "pre", "rc"].iter().position(|known| *known == word);
            match (place, word) {
                (Some(place), _) => out.extend([BEFORE, place as u8]),
                (None, "p") => out.extend([AFTER, 0]),
                _ => return Err("a suffix is none of alpha, beta, pre, rc and p"),
            }
            if !number.is_empty() && !key::is_number(number) {
                return Err("a suffix has no number");
            }
            key::number(out, number);
        }
        out.push(END);
        key::number(out, revision);
        Ok(())
    }
}
