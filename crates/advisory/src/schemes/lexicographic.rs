//! Texts ordered by their UTF-8 bytes.

use crate::version::VersionScheme;

/// Any text, byte by byte.
pub(super) struct Lexicographic;

impl VersionScheme for Lexicographic {
    fn id(&self) -> &'static str {
        "lexicographic"
    }

    fn source(&self) -> &'static str {
        "vers specification, lexicographic"
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        out.extend_from_slice(text.as_bytes());
        Ok(())
    }
}
