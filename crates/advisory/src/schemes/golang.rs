//! Go modules: semantic versions with a `v`, pseudo-versions, and the toolchain's own `go1.21rc2`.

use super::semver::{write_numbers, write_prerelease};
use crate::key;
use crate::version::VersionScheme;

/// Versions of Go modules. A pseudo-version (`v0.0.0-20240101000000-0123456789ab`) is a pre-release whose time
/// stamp orders it, so nothing special is needed for it.
pub(super) struct Golang;

impl VersionScheme for Golang {
    fn id(&self) -> &'static str {
        "golang"
    }

    fn source(&self) -> &'static str {
        "Go Modules Reference, Versions; golang.org/x/mod/semver"
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let text = text.trim();
        if let Some(toolchain) = text.strip_prefix("go") {
            return write_toolchain(toolchain, out);
        }
        let text = text.strip_prefix('v').unwrap_or(text);
        // `+incompatible` and other build metadata do not take part in the order.
        let (version, _build) = text.split_once('+').unwrap_or((text, ""));
        let (numbers, prerelease) = match version.split_once('-') {
            Some((numbers, prerelease)) => (numbers, Some(prerelease)),
            None => (version, None),
        };
        write_numbers(numbers, 3, out)?;
        write_prerelease(prerelease, out)
    }
}

/// `1.21rc2`, `1.20.3`, and vendors' `1.20.3-custom`, which is the release.
fn write_toolchain(version: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
    let version = version.split(['-', ' ', '+']).next().unwrap_or(version);
    let end = version.bytes().position(|byte| byte.is_ascii_alphabetic()).unwrap_or(version.len());
    let (numbers, stage) = version.split_at(end);
    write_numbers(numbers, 3, out)?;
    if stage.is_empty() {
        return write_prerelease(None, out);
    }
    let (name, count) = key::leading_letters(stage);
    if !key::is_number(count) {
        return Err("the stage of the toolchain has no number");
    }
    write_prerelease(Some(&format!("{name}.{count}")), out)
}
