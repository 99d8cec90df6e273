//! What can go wrong in the store.

use thiserror::Error;

/// What went wrong.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database refused or failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A file beside the database could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// Its path.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The ledger refused or failed.
    #[error("ledger: {0}")]
    Ledger(String),
    /// The schema is newer than this program, or a migration failed.
    #[error("schema: {0}")]
    Schema(String),
    /// Stored content is not what its hash or shape says.
    #[error("stored content is damaged: {0}; run `warrant ledger verify`")]
    Damaged(String),
    /// Somebody else changed the record since it was read.
    #[error("{id} has version {current}, not {expected}: somebody changed it since; look at it again")]
    Conflict {
        /// The record.
        id: String,
        /// The version there is.
        current: i64,
        /// The version that was expected.
        expected: i64,
    },
    /// What was prepared for a write does not fit what was written meanwhile.
    #[error("{0}; try again")]
    Busy(String),
    /// A backup cannot be made, read or put back.
    #[error("backup: {0}")]
    Backup(String),
    /// The store's address is not understood.
    #[error("`{0}` is neither a folder nor a postgres:// address")]
    Address(String),
}

impl StoreError {
    /// An error about a file.
    pub fn file(path: &std::path::Path, source: std::io::Error) -> Self {
        Self::File { path: path.display().to_string(), source }
    }

    /// Whether trying again may help: the database was busy or aborted the transaction for another's sake
    /// (SQLite BUSY, SQLSTATE 40001 and 40P01).
    pub fn is_transient(&self) -> bool {
        let error = match self {
            Self::Database(sqlx::Error::Database(error)) => error,
            Self::Busy(_) => return true,
            _ => return false,
        };
        matches!(error.code().as_deref(), Some("5" | "517" | "261" | "40001" | "40P01"))
    }
}
