//! Semantic versions: <https://semver.org/> 2.0.0, and how npm, Cargo and Hex write them.

use crate::key;
use crate::version::VersionScheme;

/// Semantic versions as one ecosystem writes them.
pub(super) struct Semver {
    id: &'static str,
    source: &'static str,
}

/// Semantic versions as such.
pub(super) const SEMVER: Semver = Semver { id: "semver", source: "Semantic Versioning 2.0.0, item 11" };
/// Of npm packages.
pub(super) const NPM: Semver = Semver { id: "npm", source: "node-semver, loose parsing" };
/// Of crates.
pub(super) const CARGO: Semver = Semver { id: "cargo", source: "The Cargo Book, Version fields" };
/// Of Erlang and Elixir packages.
pub(super) const HEX: Semver = Semver { id: "hex", source: "Hex specifications; Elixir's Version" };

impl VersionScheme for Semver {
    fn id(&self) -> &'static str {
        self.id
    }

    fn source(&self) -> &'static str {
        self.source
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let text = text.trim().trim_start_matches('=').trim_start();
        let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let (version, _build) = text.split_once('+').unwrap_or((text, ""));
        let (numbers, prerelease) = split_prerelease(version);
        write_numbers(numbers, 3, out)?;
        write_prerelease(prerelease, out)
    }
}

/// The numbers and, when there is one, the pre-release. A letter right behind the numbers (`1.2.3beta`) begins a
/// pre-release too, as npm's loose parsing has it.
fn split_prerelease(version: &str) -> (&str, Option<&str>) {
    if let Some((numbers, prerelease)) = version.split_once('-') {
        return (numbers, Some(prerelease));
    }
    match version.bytes().position(|byte| byte != b'.' && !byte.is_ascii_digit()) {
        Some(at) if at > 0 => (&version[..at], Some(&version[at..])),
        _ => (version, None),
    }
}

/// Writes numbers parted by dots; those that are missing up to `most` are zero.
pub(crate) fn write_numbers(numbers: &str, most: usize, out: &mut Vec<u8>) -> Result<(), &'static str> {
    let mut count = 0;
    for number in numbers.split('.') {
        count += 1;
        if count > most {
            return Err("it has too many numbers");
        }
        if !key::is_number(number) {
            return Err("a part between dots is no number");
        }
        key::number(out, number);
    }
    (count..most).for_each(|_| key::number(out, ""));
    Ok(())
}

/// Writes what follows the numbers: a release (`None`) sorts after each of its pre-releases.
pub(crate) fn write_prerelease(prerelease: Option<&str>, out: &mut Vec<u8>) -> Result<(), &'static str> {
    let Some(prerelease) = prerelease else {
        out.push(2);
        return Ok(());
    };
    out.push(1);
    for identifier in prerelease.split('.') {
        if identifier.is_empty() {
            return Err("an identifier of the pre-release is empty");
        }
        if !identifier.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("the pre-release holds a character that it may not");
        }
        if key::is_number(identifier) {
            out.push(1);
            key::number(out, identifier);
        } else {
            out.push(2);
            key::text(out, identifier);
        }
    }
    out.push(0);
    Ok(())
}
