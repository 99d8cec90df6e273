//! NuGet: up to four numbers, pre-release labels without regard to case.

use super::semver::{write_numbers, write_prerelease};
use crate::version::VersionScheme;

/// Versions of NuGet packages.
pub(super) struct Nuget;

impl VersionScheme for Nuget {
    fn id(&self) -> &'static str {
        "nuget"
    }

    fn source(&self) -> &'static str {
        "NuGet documentation, Package versioning"
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let text = text.trim();
        let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
        let (version, _metadata) = text.split_once('+').unwrap_or((text, ""));
        let (numbers, prerelease) = match version.split_once('-') {
            Some((numbers, prerelease)) => (numbers, Some(prerelease.to_ascii_lowercase())),
            None => (version, None),
        };
        write_numbers(numbers, 4, out)?;
        write_prerelease(prerelease.as_deref(), out)
    }
}
