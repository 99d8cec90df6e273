//! Instants of RFC 3339, ordered in time.

use crate::version::VersionScheme;
use jiff::Timestamp;

/// Time stamps as versions.
pub(super) struct Datetime;

impl VersionScheme for Datetime {
    fn id(&self) -> &'static str {
        "datetime"
    }

    fn source(&self) -> &'static str {
        "vers specification, datetime; RFC 3339"
    }

    fn write_key(&self, text: &str, out: &mut Vec<u8>) -> Result<(), &'static str> {
        let instant: Timestamp = text.parse().map_err(|_| "it is no RFC 3339 time")?;
        // The sign bit turned makes negative seconds sort first.
        let nanoseconds = instant.as_nanosecond() as u128 ^ (1 << 127);
        out.extend_from_slice(&nanoseconds.to_be_bytes());
        Ok(())
    }
}
