//! Evidence bytes: stored once, by content hash, compressed, never changed. What comes in by itself, or is large, is a
//! file; what comes in together is a pack.

mod packs;

use crate::error::StoreError;
use crate::zip::zip;
use packs::Packs;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use warrant_model::hash::ContentHash;

/// A folder of compressed files named by the hash of their content, `ab/cdef….zst`, and of packs of such.
#[derive(Clone, Debug)]
pub struct Blobs {
    root: PathBuf,
    packs: Arc<Packs>,
}

/// Bytes, compressed and not kept yet.
#[derive(Debug)]
pub struct Zipped {
    hash: ContentHash,
    frame: Vec<u8>,
}

/// The largest blob that is read back, in bytes of content.
pub const LARGEST: u64 = 4 << 30;

/// What is no smaller than this when compressed is a file of its own, in bytes.
const LARGE: usize = 256 << 10;

impl Blobs {
    /// The folder, created if it is not there.
    pub fn open(root: PathBuf) -> Result<Self, StoreError> {
        fs::create_dir_all(&root).map_err(|error| StoreError::file(&root, error))?;
        let packs = Arc::new(Packs::of(root.join("packs")));
        Ok(Self { root, packs })
    }

    /// The folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Stores bytes durably and returns their hash. Storing the same bytes again does nothing.
    pub fn put(&self, bytes: &[u8]) -> Result<ContentHash, StoreError> {
        let hash = ContentHash::of(bytes);
        self.keep(&hash, bytes)?;
        Ok(hash)
    }

    /// The same for bytes whose hash is known.
    pub fn keep(&self, hash: &ContentHash, bytes: &[u8]) -> Result<(), StoreError> {
        self.zipped(hash, bytes)?.map_or(Ok(()), |zipped| self.write(&zipped))
    }

    /// Compresses bytes, to be kept together with others; `None` when they are kept already. Nothing is durable before
    /// [`Blobs::keep_together`].
    pub fn zipped(&self, hash: &ContentHash, bytes: &[u8]) -> Result<Option<Zipped>, StoreError> {
        let path = self.path(hash)?;
        if path.exists() || self.packs.holds(hash)? {
            return Ok(None);
        }
        // Half the time of the usual level, for a twentieth more of the disk.
        let frame = zip(bytes, 1).map_err(|error| StoreError::file(&path, error))?;
        Ok(Some(Zipped { hash: hash.clone(), frame }))
    }

    /// Stores what was compressed, durably.
    pub fn keep_together(&self, all: &[Zipped]) -> Result<(), StoreError> {
        let mut met = HashSet::new();
        let once = all.iter().filter(|zipped| met.insert(&zipped.hash));
        let (large, small): (Vec<_>, Vec<_>) = once.partition(|zipped| zipped.frame.len() >= LARGE);
        for zipped in large {
            self.write(zipped)?;
        }
        match small.as_slice() {
            [] => Ok(()),
            [one] => self.write(one),
            several => {
                let frames: Vec<_> =
                    several.iter().map(|zipped| (&zipped.hash, zipped.frame.as_slice())).collect();
                self.packs.write(&self.unfinished("pack"), &frames)
            }
        }
    }

    /// Where a file grows. All begin in one folder: file systems put files of one folder together, and each new one costs
    /// less there.
    fn unfinished(&self, name: &str) -> PathBuf {
        self.root.join(format!(".{name}.{}", uuid::Uuid::now_v7().simple()))
    }

    /// Writes a file of its own.
    fn write(&self, Zipped { hash, frame }: &Zipped) -> Result<(), StoreError> {
        let path = self.path(hash)?;
        let folder = path.parent().unwrap_or(&self.root);
        let fail = |error| StoreError::file(&path, error);
        let unfinished = self.unfinished(hash.as_str());
        let mut file = File::create_new(&unfinished).map_err(fail)?;
        file.write_all(frame).and_then(|()| file.sync_all()).map_err(fail)?;
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
        let mut bytes = Vec::new();
        let read = |frame: &mut dyn Read, bytes: &mut Vec<u8>| {
            zstd::Decoder::new(frame).and_then(|unpacked| unpacked.take(LARGEST).read_to_end(bytes))
        };
        match File::open(&path) {
            Ok(mut file) => read(&mut file, &mut bytes).map_err(fail)?,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let frame = self.packs.frame(hash)?.ok_or(error).map_err(fail)?;
                read(&mut frame.as_slice(), &mut bytes).map_err(fail)?
            }
            Err(error) => return Err(fail(error)),
        };
        if ContentHash::of(&bytes) != *hash {
            return Err(StoreError::Damaged(format!("evidence {hash} at {}", path.display())));
        }
        Ok(bytes)
    }

    /// Where the bytes of a hash are kept when they are a file of their own. Only well-formed hashes have a place.
    pub fn path(&self, hash: &ContentHash) -> Result<PathBuf, StoreError> {
        let text = hash.as_str();
        if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase()) {
            return Err(StoreError::Damaged(format!("`{}` is not a content hash", text.escape_debug())));
        }
        Ok(self.root.join(&text[..2]).join(format!("{}.zst", &text[2..])))
    }

    /// Every hash of which bytes are kept, in order.
    pub fn hashes(&self) -> Result<Vec<ContentHash>, StoreError> {
        let mut found = self.packs.hashes()?;
        let fail = |error| StoreError::file(&self.root, error);
        let names = |folder: &Path| -> Result<Vec<String>, StoreError> {
            let entries = fs::read_dir(folder).map_err(fail)?;
            let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
            names.collect::<Result<_, _>>().map_err(fail)
        };
        for folder in names(&self.root)?.into_iter().filter(|name| name.len() == 2) {
            for name in names(&self.root.join(&folder))? {
                found.extend(name.strip_suffix(".zst").map(|rest| ContentHash(format!("{folder}{rest}"))));
            }
        }
        found.sort();
        found.dedup();
        Ok(found)
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

    fn together(blobs: &Blobs, all: &[&[u8]]) -> Vec<ContentHash> {
        let hashes: Vec<_> = all.iter().map(|bytes| ContentHash::of(bytes)).collect();
        let zipped = hashes.iter().zip(all).filter_map(|(hash, bytes)| blobs.zipped(hash, bytes).unwrap());
        blobs.keep_together(&zipped.collect::<Vec<_>>()).unwrap();
        hashes
    }

    fn packs(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder.join("packs")).into_iter().flatten();
        entries.map(|entry| entry.unwrap().path()).collect()
    }

    #[test]
    fn what_comes_in_together_is_one_file_and_comes_back_one_by_one() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path().to_owned()).unwrap();
        let mut state = 1_u64;
        let noise = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as u8
        });
        let noise: Vec<u8> = noise.take(400_000).collect();
        let all: [&[u8]; 5] = [b"one", b"two", b"", b"one", &noise];
        let hashes = together(&blobs, &all);
        assert_eq!(packs(folder.path()).len(), 1);
        assert!(blobs.path(&hashes[4]).unwrap().exists(), "what is large is a file of its own");
        assert_eq!(blobs.hashes().unwrap().len(), 4);
        // Another process, which opened the folder before a pack was written, and one that comes later.
        let earlier = Blobs::open(folder.path().to_owned()).unwrap();
        assert!(earlier.get(&hashes[0]).is_ok());
        let more = together(&blobs, &[b"three", b"four"]);
        for blobs in [&blobs, &earlier, &Blobs::open(folder.path().to_owned()).unwrap()] {
            for (hash, bytes) in hashes.iter().zip(all).chain(more.iter().zip([&b"three"[..], b"four"])) {
                assert_eq!(blobs.get(hash).unwrap(), bytes);
            }
        }
        // The same again writes nothing.
        assert!(blobs.zipped(&hashes[1], b"two").unwrap().is_none());
        together(&blobs, &all);
        blobs.put(b"four").unwrap();
        assert_eq!(packs(folder.path()).len(), 2);
        assert!(!blobs.path(&more[1]).unwrap().exists());
        assert!(blobs.get(&ContentHash::of(b"never kept")).is_err());
    }

    #[test]
    fn a_damaged_pack_is_named_and_the_others_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path().to_owned()).unwrap();
        let hashes = together(&blobs, &[b"one", b"two"]);
        let [pack] = packs(folder.path()).try_into().unwrap();
        let whole = fs::read(&pack).unwrap();
        let opened = || Blobs::open(folder.path().to_owned()).unwrap();
        for at in 0..whole.len() {
            let mut other = whole.clone();
            other[at] ^= 0x55;
            fs::write(&pack, &other).unwrap();
            let got: Vec<_> = hashes.iter().map(|hash| opened().get(hash)).collect();
            let failed = got.iter().any(Result::is_err);
            let right = got
                .iter()
                .zip([b"one", b"two"])
                .all(|(got, bytes)| got.as_ref().is_ok_and(|got| got == bytes));
            assert!(failed || right, "byte {at}: other bytes came back");
            fs::write(&pack, &whole[..at]).unwrap();
            assert!(opened().get(&hashes[0]).unwrap_err().to_string().contains("pack"), "cut at {at}");
        }
        fs::write(&pack, &whole).unwrap();
        // Where a crash left one unfinished, nobody looks.
        fs::write(folder.path().join(".pack.1"), b"half").unwrap();
        assert_eq!(opened().get(&hashes[1]).unwrap(), b"two");
    }
}
