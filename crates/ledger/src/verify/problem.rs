//! What can be wrong with a log directory, each with the file that is wrong.

use crate::hash::Hash;

/// One finding of a verification. `file` is relative to the log directory.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// There is no checkpoint, so nothing says what the log should hold.
    #[error("checkpoint: missing")]
    CheckpointMissing,
    /// The checkpoint is malformed, of another log or not signed by the trusted key.
    #[error("checkpoint: {reason}")]
    CheckpointInvalid {
        /// The rule it breaks.
        reason: String,
    },
    /// A tile or bundle that the checkpoint covers is not there.
    #[error("{file}: missing (it covers entries {first} to {last})")]
    FileMissing {
        /// The tile or bundle.
        file: String,
        /// First entry it covers.
        first: u64,
        /// Last entry it covers.
        last: u64,
    },
    /// The log ends before the size in the checkpoint.
    #[error(
        "tile/entries: entries {first} to {last} are missing, the log is shorter than its checkpoint says"
    )]
    Truncated {
        /// First entry that is missing.
        first: u64,
        /// Last entry the checkpoint covers.
        last: u64,
    },
    /// A hash tile has the wrong length.
    #[error("{file}: {found} bytes instead of {expected}")]
    TileLength {
        /// The tile.
        file: String,
        /// Bytes its width calls for.
        expected: usize,
        /// Bytes it has.
        found: usize,
    },
    /// A file is larger than its format allows.
    #[error("{file}: larger than the {limit} bytes its format allows")]
    FileTooLarge {
        /// The file.
        file: String,
        /// Most bytes allowed.
        limit: usize,
    },
    /// Something that is not a readable file stands where one should.
    #[error("{file}: cannot be read: {reason}")]
    Unreadable {
        /// The tile or bundle.
        file: String,
        /// What the system says.
        reason: String,
    },
    /// A bundle cannot be split into its entries.
    #[error("{file}: damaged at entry {index}: {reason}")]
    BundleDamaged {
        /// The bundle.
        file: String,
        /// First entry that is not what its tile records, or cannot be read.
        index: u64,
        /// Why reading stopped.
        reason: String,
    },
    /// An entry is not the one that was logged.
    #[error("{file}: entry {index} was altered (its hash is {found}, its tile records {recorded})")]
    EntryAltered {
        /// The bundle.
        file: String,
        /// Index of the entry.
        index: u64,
        /// Hash that was logged.
        recorded: Hash,
        /// Hash of the bytes in the bundle.
        found: Hash,
    },
    /// A hash in a tile is not the one of the level below.
    #[error("{file}: hash {position} was altered (it is {found}, the level below has {computed})")]
    TileAltered {
        /// The tile.
        file: String,
        /// Position of the hash in the tile, from 0.
        position: usize,
        /// Hash recomputed from the level below.
        computed: Hash,
        /// Hash in the tile.
        found: Hash,
    },
    /// A tile and everything below it agree with each other, but not with the level above.
    #[error("{file}: replaced together with entries {first} to {last} (the level above records {recorded})")]
    Replaced {
        /// The tile at the top of what was replaced.
        file: String,
        /// First entry below it.
        first: u64,
        /// Last entry below it.
        last: u64,
        /// Hash the level above records.
        recorded: Hash,
    },
    /// The entries and tiles agree with each other, but have another root than the checkpoint.
    #[error("checkpoint: root {recorded} is not the root {computed} of the entries")]
    RootDiffers {
        /// Root in the checkpoint.
        recorded: Hash,
        /// Root recomputed.
        computed: Hash,
    },
    /// A partial file is not the beginning of the wider one.
    #[error("{file}: differs from the beginning of {wider}")]
    PartialDiffers {
        /// The partial tile or bundle.
        file: String,
        /// The wider version it should begin.
        wider: String,
    },
    /// A tile or bundle beyond the checkpoint.
    #[error("{file}: beyond the checkpoint (an append was interrupted, or the checkpoint was rolled back)")]
    BeyondCheckpoint {
        /// The tile or bundle.
        file: String,
    },
    /// A file that has no place in a log.
    #[error("{file}: does not belong to a log")]
    Stray {
        /// The file.
        file: String,
    },
}
