//! SHA-256 hashes of the Merkle tree: leaves, nodes, and their text forms.
//!
//! RFC 6962 section 2.1: the first byte separates leaves (0x00) from nodes (0x01), so that no node can be
//! passed off as an entry.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

/// A SHA-256 value. Text form ([`fmt::Display`], serde) is 64 lower-case hex digits; C2SP texts use
/// [`Hash::to_base64`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(
    /// The 32 bytes, as SHA-256 gives them.
    pub [u8; 32],
);

/// Why a text is not a [`struct@Hash`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// Not 64 hex digits.
    #[error("expected 64 hexadecimal digits, found {0:?}")]
    Hex(String),
    /// Not the standard, padded base64 of 32 bytes.
    #[error("expected the base64 of 32 bytes, found {0:?}")]
    Base64(String),
}

impl Hash {
    /// Root of the tree without leaves: SHA-256 of nothing (RFC 6962 section 2.1).
    pub const EMPTY_ROOT: Hash = Hash([
        0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24, 0x27,
        0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
    ]);

    /// Plain SHA-256 of `data`, without the leaf prefix.
    #[must_use]
    pub fn sha256(data: &[u8]) -> Hash {
        Hash(Sha256::digest(data).into())
    }

    /// Standard base64 with padding (RFC 4648 section 4), 44 characters.
    #[must_use]
    pub fn to_base64(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// Reads [`Hash::to_base64`]; refuses missing padding, stray bits and other lengths.
    ///
    /// # Errors
    /// [`HashError::Base64`] with the start of the text.
    pub fn from_base64(text: &str) -> Result<Hash, HashError> {
        let wrong = || HashError::Base64(text.chars().take(64).collect());
        let bytes = STANDARD.decode(text).map_err(|_| wrong())?;
        Ok(Hash(bytes.try_into().map_err(|_| wrong())?))
    }
}

/// Hash of an entry: SHA-256(0x00 || entry).
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([0u8]).chain_update(entry).finalize().into())
}

/// Hash of an inner node: SHA-256(0x01 || left || right).
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut block = [0u8; 65];
    block[0] = 1;
    block[1..33].copy_from_slice(&left.0);
    block[33..].copy_from_slice(&right.0);
    Hash(Sha256::digest(block).into())
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl FromStr for Hash {
    type Err = HashError;

    fn from_str(text: &str) -> Result<Hash, HashError> {
        let mut bytes = [0u8; 32];
        hex::decode_to_slice(text, &mut bytes)
            .map_err(|_| HashError::Hex(text.chars().take(64).collect()))?;
        Ok(Hash(bytes))
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Hash, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_root_is_the_hash_of_nothing() {
        assert_eq!(Hash::EMPTY_ROOT, Hash::sha256(b""));
    }

    #[test]
    fn text_forms_round_trip_and_refuse_others() {
        let hash = leaf_hash(b"warrant");
        assert_eq!(hash.to_string().parse::<Hash>(), Ok(hash));
        assert_eq!(Hash::from_base64(&hash.to_base64()), Ok(hash));
        assert_eq!(serde_json::from_str::<Hash>(&serde_json::to_string(&hash).unwrap()).unwrap(), hash);
        for wrong in ["", "00", &hash.to_string()[1..], &format!("{hash}0"), "zz"] {
            assert!(wrong.parse::<Hash>().is_err(), "{wrong}");
        }
        let base64 = hash.to_base64();
        for wrong in ["", &base64[..43], &format!("{base64}="), &format!(" {base64}"), "AAAA"] {
            assert!(Hash::from_base64(wrong).is_err(), "{wrong}");
        }
    }
}
