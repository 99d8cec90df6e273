//! Making a backup while others write.
//!
//! The rows are one snapshot of the database. Evidence that rows name was durable before them and never changes, so it may
//! be copied afterwards. The ledger is cut to a checkpoint that the snapshot fits: it covers every entry that the rows
//! no longer hold themselves, and none that they do not know of.

use super::files::{Earlier, Growing, List, finish, hex, must_be_empty, told, unfinished, walk, write};
use super::{BLOBS, Created, KEY, LIST, MANIFEST, Manifest, Order, Phase, Progress, ROWS, VERSION, refused};
use super::{aside, carry, tiles};
use crate::ORG;
use crate::db::{Db, Reader};
use crate::error::StoreError;
use crate::migrate::{migrate, newest_step};
use crate::sql::{Sql, sql};
use crate::store::Store;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use warrant_ledger::{Checkpoint, SignedCheckpoint, SigningKey};

/// How often the log is read again when it moved on between two reads.
const TRIES: usize = 20;

/// The ledger that fits some rows.
struct Fitting {
    /// Entries that the checkpoint covers.
    size: u64,
    /// Entries that the log had published when that was found out: at least as many.
    published: u64,
    /// The signed checkpoint.
    text: String,
}

impl Store {
    /// Makes a backup. It has its name only when it is whole and durable.
    pub async fn back_up(&self, order: &Order, progress: &Arc<Progress>) -> Result<Created, StoreError> {
        must_be_empty(&order.target)?;
        let earlier = order.onto.as_deref().map(|onto| self.earlier(onto)).transpose()?;
        let folder = unfinished(&order.target)?;
        let made = self.grow(order, &folder, earlier, progress).await;
        if made.is_err()
            && let Err(error) = std::fs::remove_dir_all(&folder)
        {
            tracing::warn!(folder = %folder.display(), %error, "an unfinished backup could not be removed");
        }
        made
    }

    /// The backup that this one shares files with.
    fn earlier(&self, onto: &Path) -> Result<(Manifest, Earlier), StoreError> {
        let manifest = Manifest::read(onto)?;
        if manifest.verifier != self.verifier()?.to_string() {
            let message = format!("{} is a backup of another store; leave it out", onto.display());
            return Err(refused(message));
        }
        let list = List::read(onto, &manifest.list)?;
        Ok((manifest, Earlier { folder: onto.to_owned(), list }))
    }

    async fn grow(
        &self,
        order: &Order,
        folder: &Path,
        earlier: Option<(Manifest, Earlier)>,
        progress: &Arc<Progress>,
    ) -> Result<Created, StoreError> {
        let (onto, earlier) =
            earlier.map_or((None, None), |(manifest, earlier)| (Some(manifest.id), Some(earlier)));
        let organisation = self.organisation().await?.map(|found| found.name).unwrap_or_default();
        let (ledger, ledger_size) = self.rows_and_ledger(&folder.join(ROWS), progress).await?;
        let checkpoint = ledger.as_ref().map(|ledger| ledger.text.clone()).unwrap_or_default();
        let files = Files { store: self.clone(), order: order.clone(), earlier, ledger };
        let (whole, telling) = (folder.to_owned(), progress.clone());
        let (list, new_bytes) = aside(move || files.copy(&whole, &telling)).await?;
        let text = list.text();
        let manifest = Manifest {
            warrant_backup: VERSION,
            id: format!("backup_{}", uuid::Uuid::now_v7().simple()),
            made_at: order.at,
            made_by: order.by.clone(),
            program: order.program.clone(),
            organisation,
            schema_step: newest_step(),
            ledger_size,
            checkpoint,
            verifier: self.verifier()?.to_string(),
            with_key: order.with_key,
            onto,
            files: list.files.len() as u64,
            bytes: list.bytes(),
            list: hex(&Sha256::digest(text.as_bytes())),
        };
        write(&folder.join(LIST), text.as_bytes())?;
        let said = serde_json::to_vec_pretty(&manifest).map_err(|error| refused(error.to_string()))?;
        write(&folder.join(MANIFEST), &said)?;
        if progress.is_cancelled() {
            return Err(refused("it was stopped".to_owned()));
        }
        finish(folder, &order.target)?;
        Ok(Created { manifest, new_bytes })
    }

    /// Copies the rows, and gives the ledger that fits them with the number of changes they count.
    async fn rows_and_ledger(
        &self,
        to: &Path,
        progress: &Progress,
    ) -> Result<(Option<Fitting>, u64), StoreError> {
        self.integrate().await?;
        self.copy_rows(to, progress).await?;
        let copy = Db::open_copy(to)?;
        let (oldest, head) = pending_and_head(&copy).await?;
        copy.close().await;
        if head == 0 {
            return Ok((None, 0));
        }
        let mut tried = self.fitting(oldest.unwrap_or(head), head);
        // Whoever appends meanwhile may replace a tile between two reads of it.
        for _ in 0..TRIES {
            if tried.is_ok() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            tried = self.fitting(oldest.unwrap_or(head), head);
        }
        Ok((tried?, head))
    }

    /// A checkpoint of the log that covers every entry which the rows no longer hold themselves, and none that they do not
    /// know of. The log is read after the rows, so that it is never behind them; where it has gone on, what it was at the
    /// rows' last change is signed.
    fn fitting(&self, oldest: u64, head: u64) -> Result<Option<Fitting>, StoreError> {
        let fail = |error: &dyn std::fmt::Display| StoreError::Ledger(error.to_string());
        let log = match self.ledger()? {
            Some(log) => log,
            // Every entry still waits in the rows.
            None if oldest == 0 => return Ok(None),
            None => return Err(refused("the ledger is gone; verify the store".to_owned())),
        };
        let published = log.size();
        if published < oldest {
            return Err(refused(format!("the ledger ends at {published}, the rows at {oldest}; verify it")));
        }
        if published <= head {
            let text = log.checkpoint().note().to_text();
            return Ok(Some(Fitting { size: published, published, text }));
        }
        let (root, _) = log.prove_extends(head).map_err(|error| fail(&error))?;
        let key = SigningKey::load(self.key_file()).map_err(|error| fail(&error))?;
        let of = log.checkpoint().checkpoint();
        let then = Checkpoint { size: head, root, ..of.clone() };
        let signed = SignedCheckpoint::sign(then, &[&key]).map_err(|error| fail(&error))?;
        Ok(Some(Fitting { size: head, published, text: signed.note().to_text() }))
    }

    /// The rows as one snapshot, into a new SQLite file.
    async fn copy_rows(&self, to: &Path, progress: &Progress) -> Result<(), StoreError> {
        if self.db().is_sqlite() {
            let total = self.db().sqlite_bytes().await?;
            progress.begin(Phase::Rows, total);
            let mut copying = std::pin::pin!(self.db().vacuum_into(to));
            loop {
                match tokio::time::timeout(Duration::from_millis(200), &mut copying).await {
                    Ok(done) => break done.map_err(|error| room(to, error))?,
                    Err(_) => progress.set(std::fs::metadata(to).map_or(0, |found| found.len())),
                }
            }
            return std::fs::File::open(to).and_then(|file| file.sync_all()).map_err(|error| told(to, error));
        }
        progress.begin(Phase::Rows, 0);
        let mut from = self.db().begin().await?;
        from.execute(&Sql::new("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")).await?;
        let copy = Db::open_sqlite(to).await?;
        migrate(&copy).await?;
        let mut writing = copy.begin().await?;
        let carried = carry::all(&mut &copy, &mut from, &mut writing, progress).await;
        let done = match carried {
            Ok(()) => writing.commit().await,
            Err(error) => {
                // Closing waits for every connection to be given back.
                drop(writing);
                Err(error)
            }
        };
        // The last connection that closes leaves one file.
        copy.close().await;
        done.map_err(|error| room(to, error))?;
        std::fs::File::open(to).and_then(|file| file.sync_all()).map_err(|error| told(to, error))
    }
}

/// What SQLite says when the disk is full.
fn room(to: &Path, error: StoreError) -> StoreError {
    match &error {
        StoreError::Database(sqlx::Error::Database(inner)) if inner.code().as_deref() == Some("13") => {
            told(to, std::io::ErrorKind::StorageFull.into())
        }
        _ => error,
    }
}

/// The first entry of the ledger that waits in the rows, and how many changes they count.
async fn pending_and_head(copy: &Db) -> Result<(Option<u64>, u64), StoreError> {
    let mut copy = copy;
    let oldest = copy.first(&sql("SELECT MIN(idx) FROM ledger_pending WHERE org = $1", [ORG.into()])).await?;
    let oldest = oldest.map_or(Ok(None), |row| row.opt_int(0))?;
    let head = copy.first(&sql("SELECT size FROM ledger_head WHERE org = $1", [ORG.into()])).await?;
    let head = head.map_or(Ok(0), |row| row.int(0))?;
    Ok((oldest.map(i64::unsigned_abs), head.unsigned_abs()))
}

/// What is copied beside the rows.
struct Files {
    store: Store,
    order: Order,
    earlier: Option<Earlier>,
    ledger: Option<Fitting>,
}

impl Files {
    /// Copies them and gives their list, with the bytes that were written anew.
    fn copy(self, folder: &Path, progress: &Progress) -> Result<(List, u64), StoreError> {
        let Self { store, order, earlier, ledger } = self;
        let (blobs, data) = (store.blobs().root(), store.data_folder());
        let evidence = walk(blobs)?;
        let size = |name: &String| std::fs::metadata(blobs.join(name)).map_or(0, |found| found.len());
        progress.begin(Phase::Files, evidence.iter().map(size).sum());
        let mut growing =
            Growing { folder: folder.to_owned(), earlier, progress, list: List::default(), new_bytes: 0 };
        growing.take(ROWS)?;
        std::fs::create_dir_all(folder.join(BLOBS)).map_err(|error| told(folder, error))?;
        for name in &evidence {
            growing.keep(&blobs.join(name), &format!("{BLOBS}/{name}"))?;
        }
        if let Some(Fitting { size, published, text }) = ledger {
            tiles::copy(&mut growing, store.ledger_folder(), (size, published), text.as_bytes())?;
        }
        for own in order.own {
            let path = data.join(own);
            if path.is_dir() {
                for name in walk(&path)? {
                    growing.copy(&path.join(&name), &format!("{own}/{name}"))?;
                }
            } else if path.is_file() {
                growing.copy(&path, own)?;
            }
        }
        if order.with_key {
            let path = data.join(KEY);
            let key = std::fs::read(&path).map_err(|error| StoreError::file(&path, error))?;
            super::restore::put_key(&folder.join(KEY), &key)?;
            growing.take(KEY)?;
        }
        Ok((growing.list, growing.new_bytes))
    }
}
