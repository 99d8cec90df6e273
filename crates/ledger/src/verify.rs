//! Full verification of a log directory from its raw bytes.
//!
//! Every leaf hash is recomputed from the entry bundles, every tile from the level below, and the root is
//! compared with the signed checkpoint. A disagreement is laid at the door of the file that is wrong: a hash
//! that the checkpoint leads to outranks one that it does not, so an altered entry is told from an altered
//! tile. Memory is bounded by one tile a level and one bundle.

mod descent;
mod problem;
mod stray;

use std::path::Path;

pub use problem::Problem;

use crate::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::disk::{self, DiskError};
use crate::hash::Hash;
use crate::key::VerifierKey;
use crate::note::{MAX_NOTE, Note};
use crate::read::CHECKPOINT;

/// Problems after which a verification stops looking.
pub const MAX_PROBLEMS: usize = 10_000;

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Everything that is wrong, in the order found. Empty: the directory is exactly what was signed.
    pub problems: Vec<Problem>,
    /// Entries the checkpoint covers (as written in it, even when its signature is wrong).
    pub size: u64,
    /// Entries that were read and handed over.
    pub entries: u64,
    /// Root of the tree recomputed from the entries; `None` when some could not be read.
    pub root: Option<Hash>,
    /// Whether [`MAX_PROBLEMS`] stopped the verification early.
    pub stopped_early: bool,
}

impl Report {
    /// Whether the directory is exactly what was signed.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        self.problems.is_empty() && !self.stopped_early
    }
}

/// Whether an entry handed over is the one that was logged, as far as its own tile can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its hash is in the tile beside its bundle.
    Recorded,
    /// Its hash is another than the tile's, or there is no tile. The report names what is wrong.
    Doubtful,
}

/// Verifies the log directory that `key` signs for, handing every entry that can be read to `visit` with its
/// index, in order.
///
/// A writer may be at work: what it adds after the checkpoint was read is reported as
/// [`Problem::BeyondCheckpoint`].
///
/// An entry is proved only when the whole report is intact: act on what `visit` collected after looking at it.
///
/// # Errors
/// A folder that the operating system refuses to list, or a checkpoint that it refuses to read; everything else
/// that is missing or wrong is a [`Problem`].
pub fn verify_directory(
    folder: &Path,
    key: &VerifierKey,
    visit: &mut dyn FnMut(u64, &[u8], Standing),
) -> Result<Report, DiskError> {
    let mut problems = Vec::new();
    let Some(checkpoint) = read_checkpoint(folder, key, &mut problems)? else {
        return Ok(Report { problems, size: 0, entries: 0, root: None, stopped_early: false });
    };
    let mut descent = descent::Descent::new(folder, checkpoint.size, visit, problems);
    descent.find_extent()?;
    let root = descent.run(&checkpoint.root);
    let (problems, entries) = (&mut descent.problems, descent.entries);
    if problems.len() < MAX_PROBLEMS {
        stray::find(folder, checkpoint.size, problems)?;
    }
    let mut problems = std::mem::take(problems);
    let stopped_early = problems.len() >= MAX_PROBLEMS;
    problems.truncate(MAX_PROBLEMS);
    Ok(Report { problems, size: checkpoint.size, entries, root, stopped_early })
}

/// Reads the checkpoint; one with a wrong signature is reported and still used as the claim to examine.
fn read_checkpoint(
    folder: &Path,
    key: &VerifierKey,
    problems: &mut Vec<Problem>,
) -> Result<Option<Checkpoint>, DiskError> {
    let bytes = match disk::read_if_present(&folder.join(CHECKPOINT), MAX_NOTE) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            problems.push(Problem::CheckpointMissing);
            return Ok(None);
        }
        Err(DiskError::TooLarge { limit, .. }) => {
            problems.push(Problem::FileTooLarge { file: CHECKPOINT.to_owned(), limit });
            return Ok(None);
        }
        Err(fault) => return Err(fault),
    };
    match SignedCheckpoint::open(&bytes, key) {
        Ok(signed) => Ok(Some(signed.checkpoint().clone())),
        Err(fault) => {
            problems.push(Problem::CheckpointInvalid { reason: fault.to_string() });
            Ok(Note::parse(&bytes).ok().and_then(|note| note.text().parse().ok()))
        }
    }
}
