//! Entry bundles: up to 256 entries, each after its length as a big-endian 16-bit number (C2SP tlog-tiles).

use crate::tile::TILE_WIDTH;

/// Longest entry the format can hold, in bytes.
pub const MAX_ENTRY: usize = 65_535;

/// Most bytes a bundle can have.
pub const MAX_BUNDLE: usize = TILE_WIDTH * (MAX_ENTRY + 2);

/// Why a bundle cannot be written or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// The entry does not fit the 16-bit length.
    #[error("an entry of {size} bytes is over the limit of {MAX_ENTRY}; log its digest instead")]
    EntryTooLarge {
        /// Bytes in the entry.
        size: usize,
    },
    /// The bytes end inside an entry or its length.
    #[error("entry {position} at byte {offset} needs {needed} bytes, {left} are left")]
    CutOff {
        /// Position in the bundle, from 0.
        position: usize,
        /// Byte where the entry's length starts.
        offset: usize,
        /// Bytes that the length and the entry take.
        needed: usize,
        /// Bytes from `offset` to the end.
        left: usize,
    },
    /// Bytes follow the last entry.
    #[error("{left} bytes follow entry {position}, the last one")]
    Trailing {
        /// Position of the last entry.
        position: usize,
        /// Bytes after it.
        left: usize,
    },
}

/// Appends one entry to the bytes of a bundle.
///
/// # Errors
/// [`BundleError::EntryTooLarge`]; nothing is appended then.
pub fn push_entry(bundle: &mut Vec<u8>, entry: &[u8]) -> Result<(), BundleError> {
    let length = u16::try_from(entry.len()).map_err(|_| BundleError::EntryTooLarge { size: entry.len() })?;
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(entry);
    Ok(())
}

/// Reads a bundle of exactly `width` entries.
///
/// # Errors
/// [`BundleError::CutOff`] or [`BundleError::Trailing`].
pub fn decode(bytes: &[u8], width: u16) -> Result<Vec<&[u8]>, BundleError> {
    let (entries, fault) = decode_readable(bytes, width);
    fault.map_or(Ok(entries), Err)
}

/// Reads as many of `width` entries as can be read, with the reason why not all.
#[must_use]
pub fn decode_readable(bytes: &[u8], width: u16) -> (Vec<&[u8]>, Option<BundleError>) {
    let mut entries = Vec::with_capacity(usize::from(width));
    let mut offset = 0;
    for position in 0..usize::from(width) {
        let left = &bytes[offset..];
        let declared = left.first_chunk::<2>().map_or(0, |length| usize::from(u16::from_be_bytes(*length)));
        let needed = 2 + declared;
        let Some(entry) = left.get(2..needed) else {
            return (entries, Some(BundleError::CutOff { position, offset, needed, left: left.len() }));
        };
        entries.push(entry);
        offset += needed;
    }
    let left = bytes.len() - offset;
    let fault =
        (left > 0).then(|| BundleError::Trailing { position: usize::from(width).saturating_sub(1), left });
    (entries, fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_back_and_a_wrong_width_is_named() {
        let mut bundle = Vec::new();
        let longest = vec![7u8; MAX_ENTRY];
        for entry in [b"a".as_slice(), b"", &longest] {
            push_entry(&mut bundle, entry).unwrap();
        }
        assert_eq!(decode(&bundle, 3).unwrap(), [b"a".as_slice(), b"", &longest]);
        assert_eq!(
            decode(&bundle, 4),
            Err(BundleError::CutOff { position: 3, offset: bundle.len(), needed: 2, left: 0 })
        );
        assert_eq!(decode(&bundle, 2), Err(BundleError::Trailing { position: 1, left: 65_537 }));
        let cut = &bundle[..bundle.len() - 1];
        assert!(matches!(decode(cut, 3), Err(BundleError::CutOff { position: 2, .. })));
        assert_eq!(decode_readable(cut, 3).0.len(), 2);
    }

    #[test]
    fn a_larger_entry_is_refused_with_its_size() {
        let mut bundle = Vec::new();
        let fault = push_entry(&mut bundle, &vec![0; MAX_ENTRY + 1]).unwrap_err();
        assert_eq!(fault, BundleError::EntryTooLarge { size: 65_536 });
        assert!(fault.to_string().contains("65536 bytes") && bundle.is_empty());
    }
}
