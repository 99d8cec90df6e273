//! The append-only log of every change: Merkle tiles, checkpoints, signatures and proofs.
//!
//! Formats are those of C2SP (tlog-tiles, tlog-checkpoint, signed-note, tlog-proof) over the Merkle tree of
//! RFC 6962, so that outside witnesses, mirrors and verifiers work on a Warrant log unchanged.
//!
//! Owns: hashing, tree arithmetic, tile and bundle layout, note signatures, the log directory and its
//! verification. Must not know: tokio, SQL, the wall clock, what an entry means. Only [`disk`] touches files.
//!
//! A writer uses [`Log`]; anybody else uses [`LogReader`], [`Proof`] and [`verify_directory`], which trust
//! nothing but a [`VerifierKey`].

pub mod bundle;
pub mod canonical;
pub mod checkpoint;
pub mod disk;
pub mod frontier;
pub mod hash;
pub mod key;
pub mod log;
pub mod note;
pub mod proof;
pub mod read;
pub mod tile;
pub mod tree;
pub mod verify;

pub use checkpoint::{Checkpoint, SignedCheckpoint};
pub use hash::{Hash, leaf_hash, node_hash};
pub use key::{NoteSigner, SigningKey, VerifierKey};
pub use log::{Appended, Log, LogError};
pub use proof::{Proof, ProofError, VerifiedLeaf};
pub use read::LogReader;
pub use verify::{Problem, Report, Standing, verify_directory};
