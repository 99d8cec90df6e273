//! The writer of a log directory.
//!
//! Order of every append: full and partial files, flush, signed checkpoint, flush, removal of partial files
//! that a full one replaces. What the checkpoint does not cover was never promised and is written again, so
//! an interrupted append is finished by repeating it.

mod error;

use std::path::{Path, PathBuf};

pub use error::LogError;

use crate::bundle::{BundleError, MAX_BUNDLE, MAX_ENTRY, decode, push_entry};
use crate::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::disk::{self, Found, Writer, WriterLock};
use crate::frontier::Frontier;
use crate::hash::leaf_hash;
use crate::key::{NoteSigner, SigningKey};
use crate::note::MAX_NOTE;
use crate::read::{CHECKPOINT, LogReader, read_bundle, read_hashes};
use crate::tile::{LEVELS, TILE_WIDTH, TileKind, TilePath, decode_hashes, encode_hashes};

const WIDTH: u64 = TILE_WIDTH as u64;

/// A log directory opened for writing; at most one process can have it.
pub struct Log {
    folder: PathBuf,
    _lock: WriterLock,
    key: SigningKey,
    cosigners: Vec<Box<dyn NoteSigner + Send + Sync>>,
    published: LogReader,
    frontier: Frontier,
    /// The unfinished bundle, as it goes to disk.
    bundle: Vec<u8>,
    completed: Vec<TilePath>,
    writer: Writer,
    broken: bool,
}

/// What an append did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// Index of the first entry given.
    pub first: u64,
    /// Index after the last entry given.
    pub end: u64,
    /// How many of them the log had already.
    pub already: u64,
    /// The checkpoint that covers them all.
    pub checkpoint: SignedCheckpoint,
}

impl Log {
    /// Opens a log, or creates an empty one (with a signed checkpoint of size 0) in an empty folder. The name
    /// of `key` is the origin.
    ///
    /// Reads the checkpoint and the unfinished tiles only, whatever the size of the log, and refuses when they
    /// do not agree.
    ///
    /// # Errors
    /// [`LogError`]; the folder is left as it was, except for files staged by an interrupted writer.
    pub fn open(folder: &Path, key: SigningKey) -> Result<Log, LogError> {
        let lock = WriterLock::take(folder)?;
        let mut writer = Writer::new(folder);
        let signed = match disk::read_if_present(&folder.join(CHECKPOINT), MAX_NOTE)? {
            Some(bytes) => SignedCheckpoint::open(&bytes, key.verifier())?,
            None if disk::exists(&folder.join("tile"))? => {
                return Err(LogError::CheckpointMissing { folder: folder.display().to_string() });
            }
            None => publish(&mut writer, &Frontier::new(), &[&key])?,
        };
        let size = signed.checkpoint().size;
        let edges = (0..LEVELS)
            .map(|level| {
                let kind = TileKind::Hashes(level);
                read_hashes(folder, level, edge(kind, size).0, size)
            })
            .collect::<Result<Vec<_>, _>>()?;
        let expected = signed.checkpoint().root;
        let frontier = Frontier::from_edges(size, edges).ok_or(LogError::RootDiffers {
            size,
            expected,
            found: crate::Hash::EMPTY_ROOT,
        })?;
        if frontier.root() != expected {
            return Err(LogError::RootDiffers { size, expected, found: frontier.root() });
        }
        let mut bundle = Vec::new();
        for entry in read_bundle(folder, size / WIDTH, size)? {
            push_entry(&mut bundle, &entry).map_err(|fault| LogError::Entry { index: size, fault })?;
        }
        Ok(Log {
            folder: folder.to_owned(),
            _lock: lock,
            key,
            cosigners: Vec::new(),
            published: LogReader::at(folder, signed),
            frontier,
            bundle,
            completed: Vec::new(),
            writer,
            broken: false,
        })
    }

    /// Adds a signature line to every checkpoint from now on, for instance ML-DSA-44 beside Ed25519.
    pub fn add_signer(&mut self, signer: Box<dyn NoteSigner + Send + Sync>) {
        self.cosigners.push(signer);
    }

    /// Entries that are published under a signed checkpoint.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.published.size()
    }

    /// The log as published: entries, root, checkpoint, proofs.
    #[must_use]
    pub fn reader(&self) -> &LogReader {
        &self.published
    }

    /// Appends entries at the end, durably.
    ///
    /// # Errors
    /// As [`Log::append_at`].
    pub fn append(&mut self, entries: &[Vec<u8>]) -> Result<Appended, LogError> {
        self.append_at(self.frontier.size(), entries)
    }

    /// Makes `entries` the entries from index `first` on, durably, and publishes them under a new checkpoint.
    ///
    /// Repeating a call is harmless: entries the log has are compared, the others appended.
    ///
    /// # Errors
    /// [`LogError::Gap`], [`LogError::Conflict`], [`LogError::Entry`] and [`LogError::Full`] change nothing.
    /// After another error the log is [`LogError::Broken`] until opened again; then repeat the call.
    pub fn append_at(&mut self, first: u64, entries: &[Vec<u8>]) -> Result<Appended, LogError> {
        let already = self.integrate(first, entries)?;
        let checkpoint = self.publish()?.clone();
        Ok(Appended { first, end: first + entries.len() as u64, already, checkpoint })
    }

    /// First half of [`Log::append_at`], for bulk loads: takes entries in without publishing them. Returns how
    /// many the log had already. Call [`Log::publish`] once at the end.
    ///
    /// # Errors
    /// As [`Log::append_at`].
    pub fn integrate(&mut self, first: u64, entries: &[Vec<u8>]) -> Result<u64, LogError> {
        if self.broken {
            return Err(LogError::Broken);
        }
        let size = self.frontier.size();
        if first > size {
            return Err(LogError::Gap { size, first });
        }
        if first.checked_add(entries.len() as u64).is_none() {
            return Err(LogError::Full { first, count: entries.len() });
        }
        for (index, entry) in (first..).zip(entries) {
            if entry.len() > MAX_ENTRY {
                let fault = BundleError::EntryTooLarge { size: entry.len() };
                return Err(LogError::Entry { index, fault });
            }
        }
        let already = (size - first).min(entries.len() as u64);
        let (known, new) = entries.split_at(already as usize);
        if first + already > self.published.size() {
            self.writer.finish()?;
        }
        self.compare_known(first, known)?;
        self.compare_leftovers(size, new)?;
        self.broken = true;
        for entry in new {
            self.take(entry)?;
        }
        self.broken = false;
        Ok(already)
    }

    /// Second half of [`Log::append_at`]: flushes what was integrated and signs a checkpoint over it. Without
    /// anything new, returns the checkpoint there is.
    ///
    /// # Errors
    /// As [`Log::append_at`].
    pub fn publish(&mut self) -> Result<&SignedCheckpoint, LogError> {
        if self.broken {
            return Err(LogError::Broken);
        }
        if self.frontier.size() > self.published.size() {
            self.broken = true;
            self.write_edges()?;
            let mut signers: Vec<&dyn NoteSigner> = vec![&self.key];
            signers.extend(self.cosigners.iter().map(|signer| &**signer as &dyn NoteSigner));
            let signed = publish(&mut self.writer, &self.frontier, &signers)?;
            self.published = LogReader::at(&self.folder, signed);
            for tile in self.completed.drain(..) {
                disk::remove_folder(&self.folder.join(tile.partial_folder()))?;
            }
            self.broken = false;
        }
        Ok(self.published.checkpoint())
    }

    fn take(&mut self, entry: &[u8]) -> Result<(), LogError> {
        let Log { frontier, writer, completed, bundle, .. } = self;
        let index = frontier.size();
        push_entry(bundle, entry).map_err(|fault| LogError::Entry { index, fault })?;
        let mut put = |path: TilePath, bytes: &[u8]| {
            completed.push(path);
            writer.put(&path.to_string(), bytes)
        };
        frontier.push(leaf_hash(entry), |level, index, hashes| {
            let path = TilePath { kind: TileKind::Hashes(level), index, width: TILE_WIDTH as u16 };
            put(path, &encode_hashes(hashes))
        })?;
        if frontier.size().is_multiple_of(WIDTH) {
            let path = TilePath { kind: TileKind::Entries, index: index / WIDTH, width: TILE_WIDTH as u16 };
            put(path, bundle)?;
            bundle.clear();
        }
        Ok(())
    }

    /// Writes the unfinished tiles, after clearing away what an interrupted append left in their place.
    fn write_edges(&mut self) -> Result<(), LogError> {
        let kinds = (0..LEVELS).map(TileKind::Hashes).chain([TileKind::Entries]);
        for kind in kinds {
            let (index, width) = edge(kind, self.frontier.size());
            let (old_index, old_width) = edge(kind, self.published.size());
            let promised = if index == old_index { old_width } else { 0 };
            let path = TilePath { kind, index, width };
            self.clear_leftovers(path, promised)?;
            if width > promised {
                let bytes = match kind {
                    TileKind::Entries => self.bundle.clone(),
                    TileKind::Hashes(level) => encode_hashes(self.frontier.edge(level)),
                };
                self.writer.put(&path.to_string(), &bytes)?;
            }
        }
        Ok(())
    }

    fn clear_leftovers(&self, path: TilePath, promised: u16) -> Result<(), LogError> {
        disk::remove_file(&self.folder.join(path.full().to_string()))?;
        let folder = self.folder.join(path.partial_folder());
        for width in partial_widths(&folder)?.into_iter().filter(|width| *width > promised) {
            disk::remove_file(&folder.join(width.to_string()))?;
        }
        Ok(())
    }

    /// Compares entries with those the log holds from `first` on.
    fn compare_known(&self, first: u64, known: &[Vec<u8>]) -> Result<(), LogError> {
        let (mut index, mut rest) = (first, known);
        while !rest.is_empty() {
            let (number, skip) = (index / WIDTH, (index % WIDTH) as usize);
            let (here, after) = rest.split_at(rest.len().min(TILE_WIDTH - skip));
            let path = TilePath::at(TileKind::Entries, number, self.frontier.size());
            let file = path.map_or_else(String::new, |path| path.to_string());
            let stored = if number == self.frontier.size() / WIDTH {
                let width = edge(TileKind::Entries, self.frontier.size()).1;
                let entries = decode(&self.bundle, width)
                    .map_err(|fault| LogError::Bundle { file: file.clone(), fault })?;
                entries.into_iter().map(<[u8]>::to_vec).collect()
            } else {
                read_bundle(&self.folder, number, self.frontier.size() / WIDTH * WIDTH)?
            };
            for (n, entry) in here.iter().enumerate() {
                if stored.get(skip + n) != Some(entry) {
                    return Err(LogError::Conflict { index: index + n as u64, file });
                }
            }
            index += here.len() as u64;
            rest = after;
        }
        Ok(())
    }

    /// Refuses to write over intact files beyond the checkpoint that hold other entries: they mean that the
    /// checkpoint was rolled back or that two callers number entries differently.
    fn compare_leftovers(&self, first: u64, new: &[Vec<u8>]) -> Result<(), LogError> {
        let end = first + new.len() as u64;
        let mut number = first / WIDTH;
        while number * WIDTH < end {
            let full = TilePath { kind: TileKind::Entries, index: number, width: TILE_WIDTH as u16 };
            let (edge_index, edge_width) = edge(TileKind::Entries, self.published.size());
            let promised = if number == edge_index { edge_width } else { 0 };
            let mut widths = partial_widths(&self.folder.join(full.partial_folder()))?;
            widths.retain(|width| *width > promised);
            widths.push(TILE_WIDTH as u16);
            for width in widths {
                let path = TilePath { width, ..full };
                let start = number * WIDTH;
                for (n, entry) in self.intact_leftover(path)?.iter().enumerate() {
                    let index = start + n as u64;
                    let given = index.checked_sub(first).and_then(|n| new.get(n as usize));
                    if given.is_some_and(|given| given != entry) {
                        return Err(LogError::Conflict { index, file: path.to_string() });
                    }
                }
            }
            number += 1;
        }
        Ok(())
    }

    /// Entries of a bundle whose hash tile stands beside it and agrees; none for a torn or missing one.
    fn intact_leftover(&self, path: TilePath) -> Result<Vec<Vec<u8>>, LogError> {
        let hashes = TilePath { kind: TileKind::Hashes(0), ..path };
        let Some(bytes) = disk::read_if_present(&self.folder.join(path.to_string()), MAX_BUNDLE)? else {
            return Ok(Vec::new());
        };
        let Some(tile) = disk::read_if_present(&self.folder.join(hashes.to_string()), MAX_BUNDLE)? else {
            return Ok(Vec::new());
        };
        let (Ok(entries), Ok(leaves)) = (decode(&bytes, path.width), decode_hashes(&tile, path.width)) else {
            return Ok(Vec::new());
        };
        let intact = entries.iter().zip(&leaves).all(|(entry, leaf)| leaf_hash(entry) == *leaf);
        Ok(if intact { entries.into_iter().map(<[u8]>::to_vec).collect() } else { Vec::new() })
    }
}

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Log({}, {} entries)", self.folder.display(), self.size())
    }
}

/// Index and width of the unfinished tile of a kind; width 0 when the last one is full.
fn edge(kind: TileKind, size: u64) -> (u64, u16) {
    let hashes = size >> (8 * u32::from(kind.level()));
    (hashes >> 8, (hashes & 0xff) as u16)
}

/// Widths of the partial files in a `….p` folder.
fn partial_widths(folder: &Path) -> Result<Vec<u16>, LogError> {
    if !disk::exists(folder)? {
        return Ok(Vec::new());
    }
    let mut widths = Vec::new();
    disk::walk(folder, &mut |found| {
        if let Found::File(name) = found {
            widths.extend(name.parse::<u16>().ok().filter(|w| (1..TILE_WIDTH as u16).contains(w)));
        }
        Ok::<(), LogError>(())
    })?;
    Ok(widths)
}

/// Makes everything written durable, then signs and stores the checkpoint over it.
fn publish(
    writer: &mut Writer,
    frontier: &Frontier,
    signers: &[&dyn NoteSigner],
) -> Result<SignedCheckpoint, LogError> {
    writer.finish()?;
    let origin = signers.first().map_or("", |signer| signer.name()).to_owned();
    let checkpoint =
        Checkpoint { origin, size: frontier.size(), root: frontier.root(), extensions: Vec::new() };
    let signed = SignedCheckpoint::sign(checkpoint, signers)?;
    writer.put(CHECKPOINT, signed.note().to_text().as_bytes())?;
    writer.finish()?;
    Ok(signed)
}
