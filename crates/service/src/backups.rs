//! Backups: made beside those who write, checked without a store, put back into an empty place; and what a store remembers
//! of those that were made.

use crate::{Actor, Service, ServiceError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use warrant_model::time::micros;
use warrant_store::backup::{self, Order, made};
use warrant_store::{StoreOptions, changes};

pub use warrant_store::backup::made::BackupRow;
pub use warrant_store::backup::{Checked, KeyFile, Manifest, Phase, Progress, Restored};

/// What else stands in the folder of a store: readers, estimates and the rule of release of one's own.
const OWN: [&str; 3] = ["readers", "risk.toml", "ship.toml"];

/// Whether the key that signs the ledger goes into a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithKey {
    /// It does: whoever has the backup can sign a ledger in this store's name.
    Yes,
    /// It is kept apart.
    No,
}

/// A backup to be made.
#[derive(Clone, Debug)]
pub struct BackupOrder {
    /// The folder to be made.
    pub target: PathBuf,
    /// An earlier one whose files it shares.
    pub onto: Option<PathBuf>,
    /// Whether the key goes with it.
    pub key: WithKey,
}

impl Service {
    /// Makes a backup and remembers it. For officers of the organisation: it holds everything.
    pub async fn make_backup(
        &self,
        actor: &Actor,
        wanted: &BackupOrder,
        progress: &Arc<Progress>,
    ) -> Result<BackupRow, ServiceError> {
        self.may_administer(actor)?;
        let order = Order {
            target: wanted.target.clone(),
            onto: wanted.onto.clone(),
            with_key: wanted.key == WithKey::Yes,
            by: actor.email.clone(),
            at: self.now(),
            program: format!("warrant {}", env!("CARGO_PKG_VERSION")),
            own: &OWN,
        };
        let created = self.store().back_up(&order, progress).await?;
        let manifest = created.manifest;
        let target = std::path::absolute(&wanted.target).unwrap_or_else(|_| wanted.target.clone());
        let row = BackupRow {
            id: manifest.id,
            made_at: micros(manifest.made_at),
            actor: actor.email.clone(),
            target: target.display().to_string(),
            onto: manifest.onto.unwrap_or_default(),
            files: manifest.files as i64,
            bytes: manifest.bytes as i64,
            new_bytes: created.new_bytes as i64,
            ledger_size: manifest.ledger_size as i64,
            with_key: manifest.with_key,
            verified_at: None,
            verified_by: String::new(),
            problems: 0,
        };
        let mut write = self.store().begin().await?;
        made::put(&mut write.tx, &row).await?;
        let index = changes::next_index(&mut write.tx).await?;
        let entry = self.act(actor, "make-backup").entry(&row.id, Vec::new());
        changes::record(&mut write.tx, index, &entry).await?;
        write.commit().await?;
        self.wrote();
        Ok(row)
    }

    /// Remembers what a check found; `false` when this store made no such backup.
    pub async fn note_backup_check(&self, actor: &Actor, checked: &Checked) -> Result<bool, ServiceError> {
        self.may_administer(actor)?;
        let mut write = self.store().begin().await?;
        let (at, problems) = (micros(self.now()), checked.problems.len() as i64);
        let id = &checked.manifest.id;
        let known = made::note_check(&mut write.tx, id, (at, &actor.email, problems)).await?;
        write.commit().await?;
        Ok(known)
    }

    /// The newest backup of this store in a folder that another may be made onto: whole, and with nothing found wrong in it.
    pub async fn newest_backup_in(
        &self,
        actor: &Actor,
        folder: &Path,
    ) -> Result<Option<PathBuf>, ServiceError> {
        let known = self.list_backups(actor).await?;
        let verifier = self.store().verifier()?.to_string();
        let Ok(entries) = std::fs::read_dir(folder) else { return Ok(None) };
        let found = entries.filter_map(|entry| {
            let path = entry.ok()?.path();
            // Unfinished ones have no name of their own yet.
            let named = path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.'));
            let manifest = named.then(|| Manifest::read(&path).ok()).flatten()?;
            let wrong = known.iter().any(|row| row.id == manifest.id && row.problems > 0);
            (manifest.verifier == verifier && !wrong).then_some((manifest.made_at, path))
        });
        Ok(found.max().map(|(_, path)| path))
    }

    /// Every backup that was made of this store, newest first.
    pub async fn list_backups(&self, actor: &Actor) -> Result<Vec<BackupRow>, ServiceError> {
        self.may_administer(actor)?;
        Ok(made::list(&mut self.store().db()).await?)
    }
}

/// Checks a backup: every file, then rows and evidence against its ledger. Needs no store.
pub async fn check(target: &Path, progress: &Arc<Progress>) -> Result<Checked, ServiceError> {
    Ok(backup::check(target, progress).await?)
}

/// Puts a backup into a store that is not there yet.
pub async fn restore(
    target: &Path,
    store: &StoreOptions,
    key: &KeyFile,
    progress: &Arc<Progress>,
) -> Result<Restored, ServiceError> {
    Ok(backup::restore(target, store, key, progress).await?)
}
