//! What can go wrong with a log directory.

use crate::bundle::BundleError;
use crate::checkpoint::CheckpointError;
use crate::disk::DiskError;
use crate::hash::Hash;
use crate::tile::TileLengthError;
use crate::tree::TreeError;

/// Why a log cannot be opened, read or extended. `file` is always relative to the log directory.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// A file cannot be read or written.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// No checkpoint, though there are tiles.
    #[error("{folder} has tiles but no checkpoint; restore the file 'checkpoint' from a backup or a witness")]
    CheckpointMissing {
        /// The log directory.
        folder: String,
    },
    /// The checkpoint is malformed, of another log or not signed by the trusted key.
    #[error("file checkpoint: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// A tile or bundle the checkpoint covers is not there.
    #[error("{file} is missing; restore it from a backup or a mirror")]
    FileMissing {
        /// The tile or bundle.
        file: String,
    },
    /// A hash tile has the wrong length.
    #[error("{file}: {fault}")]
    Tile {
        /// The tile.
        file: String,
        /// What is wrong.
        fault: TileLengthError,
    },
    /// A bundle cannot be read.
    #[error("{file}: {fault}")]
    Bundle {
        /// The bundle.
        file: String,
        /// What is wrong.
        fault: BundleError,
    },
    /// An entry's hash is not the one in the tile beside it.
    #[error("entry {index} in {file} does not have the hash its tile records")]
    EntryAltered {
        /// Index of the entry.
        index: u64,
        /// Its bundle.
        file: String,
    },
    /// The tiles lead to another root than the checkpoint.
    #[error(
        "the tiles of {size} entries have root {found}, the checkpoint says {expected}; run a full verification"
    )]
    RootDiffers {
        /// Entries the checkpoint covers.
        size: u64,
        /// Root in the checkpoint.
        expected: Hash,
        /// Root of the tiles.
        found: Hash,
    },
    /// A proof made from the tiles does not hold: a tile is altered.
    #[error("the tiles give a proof that does not hold: {0}; run a full verification")]
    TilesDisagree(TreeError),
    /// The log has no such entry.
    #[error("entry {index} is outside the log of {size} entries")]
    IndexOutside {
        /// Index asked for.
        index: u64,
        /// Entries in the log.
        size: u64,
    },
    /// Entries would be skipped.
    #[error(
        "the log has {size} entries; entries from {first} on would leave a gap (was the log rolled back?)"
    )]
    Gap {
        /// Entries in the log.
        size: u64,
        /// First index given.
        first: u64,
    },
    /// The index holds other bytes already.
    #[error("{file} already holds entry {index} with other bytes; the log never changes an entry")]
    Conflict {
        /// Index of the entry.
        index: u64,
        /// The bundle that holds it.
        file: String,
    },
    /// An entry does not fit the format.
    #[error("entry {index}: {fault}")]
    Entry {
        /// Index it was to have.
        index: u64,
        /// What is wrong.
        fault: BundleError,
    },
    /// Indexes end at 2^64 − 1.
    #[error("indexes from {first} on cannot count {count} entries")]
    Full {
        /// First index given.
        first: u64,
        /// Number of entries given.
        count: usize,
    },
    /// An earlier write failed half-way.
    #[error("an earlier write to this log failed; open it again before the next")]
    Broken,
}
