//! What is derived and read as a whole: MessagePack, compressed.

use crate::zip::zip;
use serde::{Serialize, de::DeserializeOwned};

/// Packs a value. The error says what went wrong, for people.
pub(crate) fn pack<T: Serialize>(value: &T) -> Result<Vec<u8>, String> {
    let bytes = rmp_serde::to_vec_named(value).map_err(|error| error.to_string())?;
    zip(&bytes, 1).map_err(|error| error.to_string())
}

/// Unpacks what [`pack`] packed.
pub(crate) fn unpack<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    rmp_serde::from_slice(&opened(body)?).map_err(|error| error.to_string())
}

/// The MessagePack that [`pack`] compressed, for those who borrow from it.
pub(crate) fn opened(body: &[u8]) -> Result<Vec<u8>, String> {
    zstd::decode_all(body).map_err(|error| error.to_string())
}
