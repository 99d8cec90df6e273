//! Reading a log directory as of one verified checkpoint: entries and proofs.
//!
//! Works beside a writer: files are immutable, and a partial tile stays until its full one is there.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::bundle::{MAX_BUNDLE, decode_readable};
use crate::checkpoint::SignedCheckpoint;
use crate::disk;
use crate::hash::{Hash, leaf_hash};
use crate::key::VerifierKey;
use crate::log::LogError;
use crate::note::MAX_NOTE;
use crate::proof::Proof;
use crate::tile::{TILE_WIDTH, TileKind, TilePath, decode_hashes};
use crate::tree::{self, HashReader, TreeError, check_consistency, check_inclusion, complete};

/// Name of the checkpoint file in a log directory.
pub const CHECKPOINT: &str = "checkpoint";

/// A log directory as its checkpoint describes it.
#[derive(Debug, Clone)]
pub struct LogReader {
    folder: PathBuf,
    signed: SignedCheckpoint,
}

impl LogReader {
    /// Opens the log that `key` signs for and verifies its checkpoint.
    ///
    /// # Errors
    /// [`LogError::Disk`] (also when there is no checkpoint), [`LogError::Checkpoint`].
    pub fn open(folder: &Path, key: &VerifierKey) -> Result<LogReader, LogError> {
        let bytes = disk::read(&folder.join(CHECKPOINT), MAX_NOTE)?;
        Ok(LogReader::at(folder, SignedCheckpoint::open(&bytes, key)?))
    }

    pub(crate) fn at(folder: &Path, signed: SignedCheckpoint) -> LogReader {
        LogReader { folder: folder.to_owned(), signed }
    }

    /// Number of entries the checkpoint covers.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.signed.checkpoint().size
    }

    /// Root of the Merkle tree, as signed.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.signed.checkpoint().root
    }

    /// The verified checkpoint.
    #[must_use]
    pub fn checkpoint(&self) -> &SignedCheckpoint {
        &self.signed
    }

    /// One entry, checked against the leaf hash in its tile ([`LogReader::prove`] checks it against the root).
    ///
    /// # Errors
    /// [`LogError::IndexOutside`], [`LogError::EntryAltered`], files that cannot be read.
    pub fn entry(&self, index: u64) -> Result<Vec<u8>, LogError> {
        self.entries(index..index.saturating_add(1))?
            .next()
            .unwrap_or_else(|| Err(self.outside(index)))
            .map(|e| e.1)
    }

    /// Entries in order with their indexes, a bundle in memory at a time. Each is checked as in
    /// [`LogReader::entry`]; after an error the iterator ends.
    ///
    /// # Errors
    /// [`LogError::IndexOutside`] when the range ends beyond the log.
    pub fn entries(&self, range: Range<u64>) -> Result<Entries<'_>, LogError> {
        if range.end > self.size() {
            return Err(self.outside(range.end.saturating_sub(1)));
        }
        Ok(Entries { reader: self, next: range.start, end: range.end, bundle: Vec::new().into_iter() })
    }

    /// A proof that entry `index` is in the log, checked against the signed root before it is returned.
    ///
    /// # Errors
    /// [`LogError::IndexOutside`], [`LogError::TilesDisagree`], files that cannot be read.
    pub fn prove(&self, index: u64) -> Result<Proof, LogError> {
        let tiles = Tiles::new(&self.folder, self.size());
        let path = tree::inclusion(&tiles, index, self.size())?.ok_or_else(|| self.outside(index))?;
        let leaf = tiles.node(0, index)?;
        check_inclusion(&leaf, index, self.size(), &path, &self.root()).map_err(LogError::TilesDisagree)?;
        Ok(Proof { extra: None, index, path, checkpoint: self.signed.note().clone() })
    }

    /// A proof that the log extends its first `old` entries, checked before it is returned, with the root of
    /// those entries.
    ///
    /// # Errors
    /// [`LogError::IndexOutside`] when `old` is larger than the log, [`LogError::TilesDisagree`], files.
    pub fn prove_extends(&self, old: u64) -> Result<(Hash, Vec<Hash>), LogError> {
        let tiles = Tiles::new(&self.folder, self.size());
        let path = tree::consistency(&tiles, old, self.size())?.ok_or_else(|| self.outside(old))?;
        let old_root = tree::root(&tiles, old)?;
        check_consistency(old, &old_root, self.size(), &self.root(), &path)
            .map_err(LogError::TilesDisagree)?;
        Ok((old_root, path))
    }

    /// Checks that this log extends a checkpoint seen before, for instance one kept by a witness.
    ///
    /// # Errors
    /// [`LogError::TilesDisagree`] with the rule that failed: the log shrank or its past changed.
    pub fn check_extends(&self, old: &SignedCheckpoint) -> Result<(), LogError> {
        let old = old.checkpoint();
        if old.size > self.size() {
            let fault = TreeError::Shrunk { old: old.size, new: self.size() };
            return Err(LogError::TilesDisagree(fault));
        }
        let (_, path) = self.prove_extends(old.size)?;
        check_consistency(old.size, &old.root, self.size(), &self.root(), &path)
            .map_err(LogError::TilesDisagree)
    }

    fn outside(&self, index: u64) -> LogError {
        LogError::IndexOutside { index, size: self.size() }
    }
}

/// Iterator of [`LogReader::entries`].
#[derive(Debug)]
pub struct Entries<'r> {
    reader: &'r LogReader,
    next: u64,
    end: u64,
    bundle: std::vec::IntoIter<Vec<u8>>,
}

impl Iterator for Entries<'_> {
    type Item = Result<(u64, Vec<u8>), LogError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.end {
            return None;
        }
        if self.bundle.as_slice().is_empty() {
            let (folder, size) = (&self.reader.folder, self.reader.size());
            match read_bundle(folder, self.next / TILE_WIDTH as u64, size) {
                Ok(entries) => self.bundle = entries.into_iter(),
                Err(fault) => {
                    self.next = self.end;
                    return Some(Err(fault));
                }
            }
            let skip = (self.next % TILE_WIDTH as u64) as usize;
            if skip > 0 {
                self.bundle.nth(skip - 1);
            }
        }
        let entry = self.bundle.next()?;
        self.next += 1;
        Some(Ok((self.next - 1, entry)))
    }
}

/// Hashes of a log's tiles as of a size; keeps what it read, so it is meant for one question.
pub(crate) struct Tiles<'f> {
    folder: &'f Path,
    size: u64,
    seen: RefCell<BTreeMap<(u8, u64), Vec<Hash>>>,
}

impl<'f> Tiles<'f> {
    pub(crate) fn new(folder: &'f Path, size: u64) -> Tiles<'f> {
        Tiles { folder, size, seen: RefCell::default() }
    }
}

impl HashReader for Tiles<'_> {
    type Error = LogError;

    fn node(&self, level: u32, index: u64) -> Result<Hash, LogError> {
        let (tile_level, height) = ((level / 8) as u8, level % 8);
        let tile = index >> (8 - height);
        let start = ((index << height) & 0xff) as usize;
        let mut seen = self.seen.borrow_mut();
        let hashes = match seen.entry((tile_level, tile)) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(read_hashes(self.folder, tile_level, tile, self.size)?)
            }
        };
        match hashes.get(start..start + (1 << height)) {
            Some(row) => Ok(complete(row)),
            None => Err(LogError::IndexOutside { index, size: self.size }),
        }
    }
}

/// The hashes of a tile in a log of `size` entries, from its partial or, failing that, its full file.
pub(crate) fn read_hashes(folder: &Path, level: u8, index: u64, size: u64) -> Result<Vec<Hash>, LogError> {
    let Some(path) = TilePath::at(TileKind::Hashes(level), index, size) else { return Ok(Vec::new()) };
    let (bytes, stored) = read_tile(folder, path)?;
    let mut hashes = decode_hashes(&bytes, stored.width)
        .map_err(|fault| LogError::Tile { file: stored.to_string(), fault })?;
    hashes.truncate(path.width.into());
    Ok(hashes)
}

/// The entries of a bundle in a log of `size` entries, each checked against its leaf hash.
pub(crate) fn read_bundle(folder: &Path, index: u64, size: u64) -> Result<Vec<Vec<u8>>, LogError> {
    let Some(path) = TilePath::at(TileKind::Entries, index, size) else { return Ok(Vec::new()) };
    let (bytes, stored) = read_tile(folder, path)?;
    let file = stored.to_string();
    let (mut entries, fault) = decode_readable(&bytes, stored.width);
    if let Some(fault) = fault {
        return Err(LogError::Bundle { file, fault });
    }
    entries.truncate(path.width.into());
    let leaves = read_hashes(folder, 0, index, size)?;
    if let Some(n) = entries.iter().zip(&leaves).position(|(entry, leaf)| leaf_hash(entry) != *leaf) {
        return Err(LogError::EntryAltered { index: index * TILE_WIDTH as u64 + n as u64, file });
    }
    Ok(entries.into_iter().map(<[u8]>::to_vec).collect())
}

/// The bytes of a tile or bundle and which version they are of.
fn read_tile(folder: &Path, path: TilePath) -> Result<(Vec<u8>, TilePath), LogError> {
    for version in [path, path.full()] {
        let limit = match version.kind {
            TileKind::Entries => MAX_BUNDLE,
            TileKind::Hashes(_) => TILE_WIDTH * 32,
        };
        if let Some(bytes) = disk::read_if_present(&folder.join(version.to_string()), limit)? {
            return Ok((bytes, version));
        }
    }
    Err(LogError::FileMissing { file: path.to_string() })
}
