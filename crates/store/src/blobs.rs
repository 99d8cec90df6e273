//! Evidence bytes: stored once, by content hash, compressed, never changed.

use crate::error::StoreError;
use crate::zip::zip;
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use warrant_model::hash::ContentHash;

/// A folder of compressed files named by the hash of their content: `ab/cdef….zst`.
#[derive(Clone, Debug)]
pub struct Blobs {
    root: PathBuf,
}

/// The largest blob that is read back, in bytes of content.
pub const LARGEST: u64 = 4 << 30;

impl Blobs {
    /// The folder, created if it is not there.
    pub fn open(root: PathBuf) -> Result<Self, StoreError> {
        fs::create_dir_all(&root).map_err(|error| StoreError::file(&root, error))?;
        Ok(Self { root })
    }

    /// Stores bytes durably and returns their hash. Storing the same bytes again does nothing.
    pub fn put(&self, bytes: &[u8]) -> Result<ContentHash, StoreError> {
        let hash = ContentHash::of(bytes);
        self.keep(&hash, bytes)?;
        Ok(hash)
    }

    /// The same for bytes whose hash is known.
    pub fn keep(&self, hash: &ContentHash, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.path(hash)?;
        if path.exists() {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(&self.root);
        let fail = |error| StoreError::file(&path, error);
        // All begin in one folder: file systems put files of one folder together, and each new one costs less there.
        let unfinished = self.root.join(format!(".{}.{}", hash.as_str(), uuid::Uuid::now_v7().simple()));
        let packed = zip(bytes, 3).map_err(fail)?;
        let mut file = File::create_new(&unfinished).map_err(fail)?;
        file.write_all(&packed).and_then(|()| file.sync_all()).map_err(fail)?;
        let moved = fs::rename(&unfinished, &path).or_else(|error| match error.kind() {
            ErrorKind::NotFound => fs::create_dir_all(folder).and_then(|()| fs::rename(&unfinished, &path)),
            _ => Err(error),
        });
        moved.map_err(fail)?;
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(fail)
    }

    /// The bytes of a hash, proved to be those by hashing them again.
    pub fn get(&self, hash: &ContentHash) -> Result<Vec<u8>, StoreError> {
        let path = self.path(hash)?;
        let fail = |error| StoreError::file(&path, error);
        let file = File::open(&path).map_err(fail)?;
        let mut bytes = Vec::new();
        let unpacked = zstd::Decoder::new(file).map_err(fail)?;
        unpacked.take(LARGEST).read_to_end(&mut bytes).map_err(fail)?;
        if ContentHash::of(&bytes) != *hash {
            return Err(StoreError::Damaged(format!("evidence {hash} at {}", path.display())));
        }
        Ok(bytes)
    }

    /// Where the bytes of a hash are kept. Only well-formed hashes have a place.
    pub fn path(&self, hash: &ContentHash) -> Result<PathBuf, StoreError> {
        let text = hash.as_str();
        if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase()) {
            return Err(StoreError::Damaged(format!("`{}` is not a content hash", text.escape_debug())));
        }
        Ok(self.root.join(&text[..2]).join(format!("{}.zst", &text[2..])))
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_and_damage_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path().join("blobs")).unwrap();
        let hash = blobs.put(b"evidence").unwrap();
        assert_eq!(blobs.put(b"evidence").unwrap(), hash);
        assert_eq!(blobs.get(&hash).unwrap(), b"evidence");
        let other = zstd::encode_all(&b"altered"[..], 3).unwrap();
        fs::write(blobs.path(&hash).unwrap(), other).unwrap();
        assert!(matches!(blobs.get(&hash), Err(StoreError::Damaged(_))));
        assert!(blobs.get(&ContentHash("../../etc/passwd".into())).is_err());
    }
}
