//! Records, facts, evidence and postures on SQLite or PostgreSQL; blobs and the ledger's tiles beside them.
//!
//! Owns every SQL statement. Must not decide who may do what (that is `service`) nor compute postures (that is
//! `analysis`): it writes what it is given, in one transaction with the ledger's leaves.

pub mod accounts;
pub mod backup;
pub mod blobs;
pub mod briefs;
pub mod changes;
pub mod db;
pub mod decisions;
pub mod error;
pub mod evidence;
pub mod facts;
pub mod feeds;
mod finding_controls;
pub mod finding_words;
pub mod findings;
pub mod migrate;
pub mod news;
mod packed;
pub mod past;
mod pipeline;
pub mod planned;
pub mod postures;
pub mod reach;
pub mod records;
pub mod releases;
pub mod settings;
pub mod sight;
pub mod snapshots;
pub mod sql;
pub mod store;
pub mod taken_from;
pub mod tokens;
pub mod units;
pub mod verify;
pub mod views;
mod waiting;
pub mod withdrawn;
mod zip;

pub use db::{Reader, Row, Tx};
pub use error::StoreError;
pub use sight::{Scope, Sight};
pub use sql::Sql;
pub use store::{Store, StoreOptions};

/// The organisation id that leads every primary key. One organisation per store today; the key is there so
/// that rows can be spread over a cluster or shared by tenants without a migration.
pub const ORG: i64 = 1;
