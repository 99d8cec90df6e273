//! Record identifiers: a kind's prefix and a time-ordered number, as text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The identifier of a record, such as `poam_0190f3a2b4c87d1e9a0b1c2d3e4f5061`: the kind's prefix, an
/// underscore and 32 lower-case hexadecimal digits of a UUIDv7 (RFC 9562 §5.7).
///
/// While a table is being imported the same type also carries what the person wrote in a link column (a
/// title, an e-mail address); `service` replaces it by the real identifier before anything is stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct RecordId(pub String);

impl RecordId {
    /// Composes an identifier from a kind's prefix and a UUID chosen by the caller.
    pub fn new(prefix: &str, uuid: uuid::Uuid) -> Self {
        Self(format!("{prefix}_{}", uuid.simple()))
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing was given (an empty link).
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The prefix, when the text has the shape of an identifier.
    pub fn prefix(&self) -> Option<&str> {
        let (prefix, digits) = self.0.rsplit_once('_')?;
        let well_formed = digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        (well_formed && !prefix.is_empty()).then_some(prefix)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for RecordId {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for RecordId {
    fn from(text: String) -> Self {
        Self(text)
    }
}

#[cfg(test)]
mod tests {
    use super::RecordId;

    #[test]
    fn prefix_is_read_only_from_well_formed_identifiers() {
        let id = RecordId::new("poam", uuid::Uuid::from_u128(7));
        assert_eq!(id.prefix(), Some("poam"));
        assert_eq!(RecordId::from("Customer_Portal").prefix(), None);
        assert_eq!(RecordId::from("_00000000000000000000000000000007").prefix(), None);
    }
}
