//! Backups: rows, evidence, ledger and what else a store holds, as they stood at one moment, in a folder that says of each
//! file what it must be.
//!
//! The rows are always a SQLite file, whatever engine they came from, so that a backup needs no tool of a database to be
//! looked at, and goes back into either engine. `files.sha256` is what `sha256sum --check` reads.

mod carry;
mod check;
mod create;
mod files;
pub mod made;
mod restore;
mod tiles;

pub use check::{Checked, check};
pub use restore::{KeyFile, Restored, restore};

use crate::error::StoreError;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// What a backup says of itself.
pub const MANIFEST: &str = "backup.json";
/// The SHA-256 of every other file.
const LIST: &str = "files.sha256";
/// The rows.
const ROWS: &str = "warrant.db";
/// Evidence.
const BLOBS: &str = "blobs";
/// Tiles and checkpoint.
const LEDGER: &str = "ledger";
/// The key that signs checkpoints.
const KEY: &str = "ledger.key";

/// The form of backups that this program makes and reads.
const VERSION: u32 = 1;

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of the backup.
    pub warrant_backup: u32,
    /// Identifier.
    pub id: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Who made it.
    pub made_by: String,
    /// The program that made it.
    pub program: String,
    /// Whose store it is.
    pub organisation: String,
    /// The step of the schema of its rows.
    pub schema_step: i64,
    /// Changes that it holds.
    pub ledger_size: u64,
    /// The signed checkpoint it holds; empty when nothing was recorded yet.
    pub checkpoint: String,
    /// The key to verify the checkpoint with.
    pub verifier: String,
    /// Whether the key that signs checkpoints is in it.
    pub with_key: bool,
    /// The backup it was made onto, by its id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub onto: Option<String>,
    /// Files besides this one and the list.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// SHA-256 of the list.
    pub list: String,
}

impl Manifest {
    /// Reads what a backup says of itself.
    pub fn read(target: &Path) -> Result<Self, StoreError> {
        let path = target.join(MANIFEST);
        let bytes = std::fs::read(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                refused(format!("{} is no backup: it holds no {MANIFEST}", target.display()))
            }
            _ => StoreError::file(&path, error),
        })?;
        let manifest: Self = serde_json::from_slice(&bytes)
            .map_err(|error| refused(format!("{}: {error}", path.display())))?;
        if manifest.warrant_backup != VERSION {
            let of = manifest.warrant_backup;
            return Err(refused(format!(
                "{} is a backup of form {of}, this program reads {VERSION}; use the program that made it ({})",
                target.display(),
                manifest.program
            )));
        }
        Ok(manifest)
    }
}

/// What to back up and where to.
#[derive(Clone, Debug)]
pub struct Order {
    /// The folder to be made. Nothing may stand there.
    pub target: PathBuf,
    /// An earlier backup of the same store: what it holds already is shared with it.
    pub onto: Option<PathBuf>,
    /// Whether the key that signs checkpoints goes with it.
    pub with_key: bool,
    /// Who makes it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The program.
    pub program: String,
    /// What else stands in the store's folder and belongs to it: files and folders by name.
    pub own: &'static [&'static str],
}

/// A backup that was made.
#[derive(Clone, Debug)]
pub struct Created {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Bytes that were written anew; the rest is shared with the backup it was made onto.
    pub new_bytes: u64,
}

/// What is being done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// The rows are copied.
    #[default]
    Rows,
    /// Evidence and ledger are copied.
    Files,
    /// Everything is read again and compared.
    Checking,
}

/// How far a backup has come.
#[derive(Debug, Default)]
pub struct Progress {
    phase: AtomicU64,
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
}

impl Progress {
    /// What is being done.
    pub fn phase(&self) -> Phase {
        match self.phase.load(Ordering::Relaxed) {
            0 => Phase::Rows,
            1 => Phase::Files,
            _ => Phase::Checking,
        }
    }

    /// Share of the phase that is done; `None` while it is not known.
    pub fn share(&self) -> Option<f64> {
        let (done, total) = (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed));
        (total > 0).then(|| (done as f64 / total as f64).min(1.0))
    }

    /// Asks it to stop; what was begun is removed.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    fn begin(&self, phase: Phase, total: u64) {
        self.phase.store(phase as u64, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
    }

    fn set(&self, done: u64) {
        self.done.store(done, Ordering::Relaxed);
    }

    fn add(&self, bytes: u64) -> Result<(), StoreError> {
        self.done.fetch_add(bytes, Ordering::Relaxed);
        if self.is_cancelled() { Err(refused("it was stopped".to_owned())) } else { Ok(()) }
    }
}

/// Runs what reads and writes files off the threads that answer requests.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(refused(format!("it broke off: {error}"))))
}

fn refused(message: String) -> StoreError {
    StoreError::Backup(message)
}
