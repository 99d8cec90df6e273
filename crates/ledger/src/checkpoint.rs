//! Checkpoints (C2SP tlog-checkpoint): what a log signs about its size and root.

use std::fmt;
use std::str::FromStr;

use crate::hash::Hash;
use crate::key::{NoteSigner, VerifierKey};
use crate::note::{Note, NoteError};

/// Name, size and root of a log at one moment. Text form: the lines that are signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Identity of the log, one non-empty line.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root of the Merkle tree over them.
    pub root: Hash,
    /// Extension lines, each non-empty; a verifier must not give them meaning.
    pub extensions: Vec<String>,
}

/// A checkpoint whose signature has been verified, with the note it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    note: Note,
}

/// Why a checkpoint cannot be read or trusted.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// Fewer than three lines, or no final newline.
    #[error("a checkpoint has origin, size and root on three lines, each ending in a newline")]
    Lines,
    /// The origin is empty.
    #[error("the origin line is empty")]
    Origin,
    /// Not a decimal number without leading zeros below 2^64.
    #[error("{0:?} is not a tree size (decimal, no leading zeros, below 2^64)")]
    Size(String),
    /// Not the base64 of 32 bytes.
    #[error("the root line is malformed: {0}")]
    Root(#[from] crate::hash::HashError),
    /// A root that no empty tree has.
    #[error("an empty log has root {}, not {}", Hash::EMPTY_ROOT, .0)]
    EmptyRoot(Hash),
    /// An extension line is empty or holds a control character.
    #[error("extension line {0} is empty or holds a control character")]
    Extension(usize),
    /// Signed for another log.
    #[error("the checkpoint is for log {found:?}, not {expected:?}")]
    OtherLog {
        /// The log that was asked for.
        expected: String,
        /// The log on the origin line.
        found: String,
    },
    /// The note is malformed or not signed by a trusted key.
    #[error(transparent)]
    Note(#[from] NoteError),
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n{}\n{}\n", self.origin, self.size, self.root.to_base64())?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Checkpoint, CheckpointError> {
        let mut lines = text.strip_suffix('\n').ok_or(CheckpointError::Lines)?.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(CheckpointError::Lines);
        };
        if origin.is_empty() || origin.contains(|c: char| c < ' ') {
            return Err(CheckpointError::Origin);
        }
        let size =
            parse_decimal(size).ok_or_else(|| CheckpointError::Size(size.chars().take(32).collect()))?;
        let root = Hash::from_base64(root)?;
        if size == 0 && root != Hash::EMPTY_ROOT {
            return Err(CheckpointError::EmptyRoot(root));
        }
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        let empty = |line: &String| line.is_empty() || line.contains(|c: char| c < ' ');
        if let Some(n) = extensions.iter().position(empty) {
            return Err(CheckpointError::Extension(n + 1));
        }
        Ok(Checkpoint { origin: origin.to_owned(), size, root, extensions })
    }
}

impl SignedCheckpoint {
    /// Signs a checkpoint, one line per signer.
    ///
    /// # Errors
    /// The checkpoint's own form errors, [`CheckpointError::Note`] from a signer.
    pub fn sign(
        checkpoint: Checkpoint,
        signers: &[&dyn NoteSigner],
    ) -> Result<SignedCheckpoint, CheckpointError> {
        let text = checkpoint.to_string();
        if text.parse::<Checkpoint>()? != checkpoint {
            return Err(CheckpointError::Lines);
        }
        Ok(SignedCheckpoint { note: Note::sign(&text, signers)?, checkpoint })
    }

    /// Reads a checkpoint of the log that `key` belongs to (its name is the origin) and verifies it.
    ///
    /// # Errors
    /// Every form error, [`CheckpointError::OtherLog`], [`CheckpointError::Note`].
    pub fn open(bytes: &[u8], key: &VerifierKey) -> Result<SignedCheckpoint, CheckpointError> {
        SignedCheckpoint::verify(Note::parse(bytes)?, key)
    }

    /// Verifies a note that has been read.
    ///
    /// # Errors
    /// As [`SignedCheckpoint::open`].
    pub fn verify(note: Note, key: &VerifierKey) -> Result<SignedCheckpoint, CheckpointError> {
        note.verify(std::slice::from_ref(key))?;
        let checkpoint: Checkpoint = note.text().parse()?;
        if checkpoint.origin != key.name() {
            let expected = key.name().to_owned();
            return Err(CheckpointError::OtherLog { expected, found: checkpoint.origin });
        }
        Ok(SignedCheckpoint { checkpoint, note })
    }

    /// What was signed.
    #[must_use]
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The note, with every signature it came with.
    #[must_use]
    pub fn note(&self) -> &Note {
        &self.note
    }
}

/// A decimal number in its only spelling.
pub(crate) fn parse_decimal(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}
