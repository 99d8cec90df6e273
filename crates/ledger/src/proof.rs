//! Proof that an entry is in a log, as one text file (C2SP tlog-proof): checked offline, without the server.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint, parse_decimal};
use crate::hash::{Hash, leaf_hash};
use crate::key::VerifierKey;
use crate::note::{MAX_NOTE, Note, NoteError};
use crate::tree::{MAX_PATH, TreeError, check_inclusion};

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// Most bytes a proof may have.
pub const MAX_PROOF: usize = 2 * MAX_NOTE;

/// A proof that has been read but not verified; usual file extension `.tlog-proof`.
///
/// The format does not carry the entry: whoever verifies brings it, so that a proof cannot be about
/// something else than what is in the verifier's hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Opaque bytes beside the proof. Not signed: never trust them.
    pub extra: Option<Vec<u8>>,
    /// Index of the entry.
    pub index: u64,
    /// Inclusion path, the leaf's sibling first.
    pub path: Vec<Hash>,
    /// The signed checkpoint of a tree that holds the entry.
    pub checkpoint: Note,
}

/// What a verified proof says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedLeaf {
    /// Index of the entry in the log.
    pub index: u64,
    /// Hash of the entry.
    pub leaf: Hash,
    /// The checkpoint that covers it.
    pub checkpoint: Checkpoint,
}

/// Why a proof proves nothing.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    /// Over [`MAX_PROOF`].
    #[error("a proof of {0} bytes is over the limit of {MAX_PROOF}")]
    TooLong(usize),
    /// Not UTF-8.
    #[error("the proof is not UTF-8 from byte {0}")]
    NotUtf8(usize),
    /// A line of another form.
    #[error("line {line}: {reason}")]
    Line {
        /// Line number, from 1.
        line: usize,
        /// What is wrong.
        reason: &'static str,
    },
    /// The checkpoint note is malformed.
    #[error("the checkpoint in the proof: {0}")]
    Note(#[from] NoteError),
    /// The checkpoint is malformed, of another log or not signed by the trusted key.
    #[error("the checkpoint in the proof: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The path does not lead from the entry to the root.
    #[error("the entry is not at index {index} of the log: {fault}")]
    NotIncluded {
        /// Index claimed.
        index: u64,
        /// The rule that failed.
        fault: TreeError,
    },
}

impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{}", hash.to_base64()))?;
        write!(f, "\n{}", self.checkpoint.to_text())
    }
}

impl Proof {
    /// The proof as one text file.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.to_string()
    }

    /// Reads a proof; accepts one spelling only.
    ///
    /// # Errors
    /// The first rule of the format that the bytes break, with its line.
    pub fn parse(bytes: &[u8]) -> Result<Proof, ProofError> {
        if bytes.len() > MAX_PROOF {
            return Err(ProofError::TooLong(bytes.len()));
        }
        let text = str::from_utf8(bytes).map_err(|fault| ProofError::NotUtf8(fault.valid_up_to()))?;
        let (head, note) = text
            .split_once("\n\n")
            .ok_or(ProofError::Line { line: 1, reason: "no empty line before the checkpoint" })?;
        let mut lines = head.split('\n').enumerate().map(|(n, line)| (n + 1, line)).peekable();
        let fail = |line, reason| Err(ProofError::Line { line, reason });
        if lines.next().is_none_or(|(_, line)| line != HEADER) {
            return fail(1, "a proof starts with c2sp.org/tlog-proof@v1");
        }
        let mut extra = None;
        if let Some((line, base64)) = lines.peek().and_then(|(n, l)| Some((*n, l.strip_prefix("extra ")?))) {
            let Ok(bytes) = STANDARD.decode(base64) else {
                return fail(line, "extra data is not padded base64");
            };
            extra = Some(bytes);
            lines.next();
        }
        let index = lines.next().and_then(|(_, l)| parse_decimal(l.strip_prefix("index ")?));
        let Some(index) = index else {
            return fail(2 + usize::from(extra.is_some()), "expected 'index' and a number");
        };
        let mut path = Vec::new();
        for (line, base64) in lines {
            if path.len() == MAX_PATH {
                return fail(line, "the path is longer than any tree is deep");
            }
            let Ok(hash) = Hash::from_base64(base64) else {
                return fail(line, "expected the base64 of a hash");
            };
            path.push(hash);
        }
        Ok(Proof { extra, index, path, checkpoint: Note::parse(note.as_bytes())? })
    }

    /// Checks that `entry` is in the log that `key` signs for. Extra data is not looked at.
    ///
    /// # Errors
    /// The rule that failed; nothing in the proof may be used then.
    pub fn verify(&self, entry: &[u8], key: &VerifierKey) -> Result<VerifiedLeaf, ProofError> {
        self.verify_witnessed(entry, key, &[], 0)
    }

    /// As [`Proof::verify`], and at least `quorum` distinct keys of `witnesses` signed the checkpoint too.
    /// The log's own key is no witness, even if listed.
    ///
    /// # Errors
    /// The rule that failed.
    pub fn verify_witnessed(
        &self,
        entry: &[u8],
        key: &VerifierKey,
        witnesses: &[VerifierKey],
        quorum: usize,
    ) -> Result<VerifiedLeaf, ProofError> {
        let signed = SignedCheckpoint::verify(self.checkpoint.clone(), key)?;
        if quorum > 0 {
            let others: Vec<VerifierKey> =
                witnesses.iter().filter(|w| w.public_key() != key.public_key()).cloned().collect();
            self.checkpoint.verify_quorum(&others, quorum)?;
        }
        let leaf = leaf_hash(entry);
        let checkpoint = signed.checkpoint().clone();
        check_inclusion(&leaf, self.index, checkpoint.size, &self.path, &checkpoint.root)
            .map_err(|fault| ProofError::NotIncluded { index: self.index, fault })?;
        Ok(VerifiedLeaf { index: self.index, leaf, checkpoint })
    }
}
