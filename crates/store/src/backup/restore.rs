//! Putting a backup back: into an empty place only, whole or not at all.

use super::files::{List, copy, finish, make_folder, must_be_empty, unfinished};
use super::{BLOBS, KEY, Manifest, Phase, Progress, ROWS, aside, carry, refused};
use crate::db::Db;
use crate::error::StoreError;
use crate::migrate::migrate;
use crate::store::{Store, StoreOptions};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use warrant_ledger::SigningKey;
use warrant_ledger::disk::write_secret;

/// Where the key that signs checkpoints comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFile {
    /// The backup holds it.
    InBackup,
    /// It was kept apart, in this file.
    At(PathBuf),
}

/// What was put back.
#[derive(Clone, Debug)]
pub struct Restored {
    /// What the backup says of itself.
    pub manifest: Manifest,
    /// Files that were written.
    pub files: u64,
}

/// Puts a backup into a store that is not there yet. Every file is compared with its hash on the way.
pub async fn restore(
    target: &Path,
    options: &StoreOptions,
    key: &KeyFile,
    progress: &Arc<Progress>,
) -> Result<Restored, StoreError> {
    let manifest = Manifest::read(target)?;
    let list = List::read(target, &manifest.list)?;
    let key_bytes = the_key(target, &manifest, key)?;
    must_be_empty(&options.data)?;
    if options.is_database() {
        must_hold_nothing(options).await?;
    }
    let folder = unfinished(&options.data)?;
    progress.begin(Phase::Files, list.bytes());
    let files = list.files.len() as u64;
    let done = async {
        let (from, to, telling) = (target.to_owned(), folder.clone(), progress.clone());
        aside(move || copy_back(&from, &list, &to, &telling)).await?;
        put_key(&folder.join(KEY), &key_bytes)?;
        let signing =
            SigningKey::load(&folder.join(KEY)).map_err(|error| refused(format!("the key: {error}")))?;
        if signing.verifier().to_string() != manifest.verifier {
            return Err(refused(
                "the key is not the one this store's ledger was signed with; name the right one".to_owned(),
            ));
        }
        if options.is_database() {
            rows_into(options, &folder.join(ROWS), progress).await?;
            for name in [ROWS, "warrant.db-wal", "warrant.db-shm"] {
                let _ = fs::remove_file(folder.join(name));
            }
        }
        finish(&folder, &options.data)
    };
    if let Err(error) = done.await {
        let _ = fs::remove_dir_all(&folder);
        return Err(error);
    }
    Ok(Restored { manifest, files })
}

fn the_key(target: &Path, manifest: &Manifest, key: &KeyFile) -> Result<Vec<u8>, StoreError> {
    let path = match key {
        KeyFile::At(path) => path.clone(),
        KeyFile::InBackup if manifest.with_key => target.join(KEY),
        KeyFile::InBackup => {
            return Err(refused(format!(
                "the backup was made without the key that signs the ledger; name the file you keep it in ({KEY} of the store)"
            )));
        }
    };
    fs::read(&path).map_err(|error| StoreError::file(&path, error))
}

/// The secret key as a file that only its owner reads.
pub(super) fn put_key(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    write_secret(path, bytes).map_err(|error| refused(error.to_string()))
}

fn copy_back(target: &Path, list: &List, folder: &Path, progress: &Progress) -> Result<(), StoreError> {
    fs::create_dir_all(folder.join(BLOBS)).map_err(|error| StoreError::file(folder, error))?;
    for (name, listed) in list.files.iter().filter(|(name, _)| *name != KEY) {
        let to = folder.join(name);
        make_folder(&to)?;
        if copy(&target.join(name), &to, progress)?.sha256 != listed.sha256 {
            let message = format!(
                "{name} of the backup was altered; `warrant backup verify` names all such files, take another backup"
            );
            return Err(refused(message));
        }
    }
    Ok(())
}

/// Refuses a database in which a store is already.
async fn must_hold_nothing(options: &StoreOptions) -> Result<(), StoreError> {
    let db = Db::open_postgres(&options.address, options.schema.as_deref()).await?;
    migrate(&db).await?;
    let held = Store::organisation_in(&db).await?;
    db.close().await;
    match held {
        None => Ok(()),
        Some(held) => {
            Err(refused(format!("the database holds a store of {} already; name an empty one", held.name)))
        }
    }
}

/// Carries the rows of a restored file into the database.
async fn rows_into(options: &StoreOptions, rows: &Path, progress: &Progress) -> Result<(), StoreError> {
    // Rows of an older program get the schema of this one first.
    let from = Db::open_sqlite(rows).await?;
    migrate(&from).await?;
    let to = Db::open_postgres(&options.address, options.schema.as_deref()).await?;
    progress.begin(Phase::Rows, 0);
    let mut writing = to.begin().await?;
    let carried = carry::all(&mut &from, &mut &from, &mut writing, progress).await;
    let done = match carried {
        Ok(()) => writing.commit().await,
        Err(error) => {
            // Closing waits for every connection to be given back.
            drop(writing);
            Err(error)
        }
    };
    from.close().await;
    to.close().await;
    done
}
