//! The store: database, blobs and ledger, opened together.

use crate::ORG;
use crate::blobs::Blobs;
use crate::db::{Db, Reader, Tx};
use crate::error::StoreError;
use crate::migrate::migrate;
use crate::sql::{Sql, sql};
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Mutex as WriteMutex, MutexGuard};
use warrant_ledger::disk::DiskError;
use warrant_ledger::{Log, LogError, LogReader, SigningKey, VerifierKey};
use warrant_model::time::micros;

/// Where a store is.
#[derive(Clone, Debug)]
pub struct StoreOptions {
    /// A folder (SQLite inside it) or a `postgres://` address.
    pub address: String,
    /// The folder for blobs, ledger and keys when `address` is a database; otherwise the folder itself.
    pub data: PathBuf,
    /// A PostgreSQL schema of its own, for tests.
    pub schema: Option<String>,
}

impl StoreOptions {
    /// A store in a folder.
    pub fn folder(path: impl Into<PathBuf>) -> Self {
        let data = path.into();
        Self { address: data.display().to_string(), data, schema: None }
    }

    /// A store at an address as given on the command line: a folder or `postgres://…`.
    pub fn at(address: &str, data: Option<PathBuf>) -> Self {
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            let data = data.unwrap_or_else(|| PathBuf::from("warrant-data"));
            return Self { address: address.to_owned(), data, schema: None };
        }
        Self::folder(address)
    }

    /// Whether the rows are in a database apart from the folder.
    pub fn is_database(&self) -> bool {
        self.is_postgres()
    }

    fn is_postgres(&self) -> bool {
        self.address.starts_with("postgres") && self.address.contains("://")
    }

    /// Whether something was ever created there (always `true` for a database address).
    pub fn exists(&self) -> bool {
        self.is_postgres() || self.data.join(DATABASE).exists()
    }
}

const DATABASE: &str = "warrant.db";
const KEY: &str = "ledger.key";

/// Name of the log's key, its origin (C2SP tlog-checkpoint).
pub const ORIGIN: &str = "warrant.local/ledger";

/// An open store.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    blobs: Blobs,
    data: PathBuf,
    ledger: PathBuf,
    seed: PathBuf,
    /// The key of a copy that is only looked at, whose secret key need not be there.
    known: Option<VerifierKey>,
    log: Mutex<Option<Log>>,
    writing: WriteMutex<()>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("ledger", &self.inner.ledger).finish_non_exhaustive()
    }
}

/// What a store says about its organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Name.
    pub name: String,
    /// When the store was created.
    pub created_at: i64,
    /// Days by which sample data were moved; 0 for real stores.
    pub shifted_days: i64,
}

impl Store {
    /// Opens the store, creating what is missing and bringing the schema up to date.
    pub async fn open(options: &StoreOptions) -> Result<Self, StoreError> {
        let data = &options.data;
        std::fs::create_dir_all(data).map_err(|error| StoreError::file(data, error))?;
        let db = if options.is_postgres() {
            Db::open_postgres(&options.address, options.schema.as_deref()).await?
        } else {
            Db::open_sqlite(&data.join(DATABASE)).await?
        };
        migrate(&db).await?;
        let blobs = Blobs::open(data.join("blobs"))?;
        let seed = data.join(KEY);
        if !seed.exists() && data.join("ledger/checkpoint").exists() {
            let message = format!(
                "{} is missing, and the ledger was signed with it; restore it from a backup",
                seed.display()
            );
            return Err(StoreError::Ledger(message));
        }
        if !seed.exists() {
            let key = SigningKey::generate(ORIGIN).map_err(|error| StoreError::Ledger(error.to_string()))?;
            key.store(&seed).map_err(|error| StoreError::Ledger(error.to_string()))?;
        }
        let ledger = data.join("ledger");
        Ok(Self::of(Inner {
            db,
            blobs,
            data: data.clone(),
            ledger,
            seed,
            known: None,
            log: Mutex::new(None),
            writing: WriteMutex::new(()),
        }))
    }

    /// Opens what a backup holds, for looking at: nothing is brought up to date and nothing can be written.
    pub(crate) fn open_copy(folder: &Path, verifier: &str) -> Result<Self, StoreError> {
        let known: VerifierKey =
            verifier.parse().map_err(|error| StoreError::Backup(format!("its key `{verifier}`: {error}")))?;
        Ok(Self::of(Inner {
            db: Db::open_copy(&folder.join(DATABASE))?,
            blobs: Blobs::open(folder.join("blobs"))?,
            data: folder.to_owned(),
            ledger: folder.join("ledger"),
            seed: folder.join(KEY),
            known: Some(known),
            log: Mutex::new(None),
            writing: WriteMutex::new(()),
        }))
    }

    fn of(inner: Inner) -> Self {
        Self { inner: Arc::new(inner) }
    }

    /// The folder of evidence, ledger and key.
    pub(crate) fn data_folder(&self) -> &Path {
        &self.inner.data
    }

    /// The step of the schema.
    pub(crate) async fn schema_step(&self) -> Result<i64, StoreError> {
        let row = self.db().first(&Sql::new("SELECT COALESCE(MAX(step), 0) FROM schema_step")).await?;
        row.map_or(Ok(0), |row| row.int(0))
    }

    /// The database, for reading.
    pub fn db(&self) -> &Db {
        &self.inner.db
    }

    /// Evidence bytes.
    pub fn blobs(&self) -> &Blobs {
        &self.inner.blobs
    }

    /// The folder of the ledger's tiles.
    pub fn ledger_folder(&self) -> &Path {
        &self.inner.ledger
    }

    /// The key that signs checkpoints.
    pub(crate) fn key_file(&self) -> &Path {
        &self.inner.seed
    }

    /// Begins a write; writes of one process follow each other.
    pub async fn begin(&self) -> Result<Write<'_>, StoreError> {
        let turn = self.inner.writing.lock().await;
        Ok(Write { tx: self.inner.db.begin().await?, _turn: turn })
    }

    /// The key that checkpoints are signed with, for verifying.
    pub fn verifier(&self) -> Result<VerifierKey, StoreError> {
        if let Some(known) = &self.inner.known {
            return Ok(known.clone());
        }
        let key =
            SigningKey::load(&self.inner.seed).map_err(|error| StoreError::Ledger(error.to_string()))?;
        Ok(key.verifier().clone())
    }

    /// A key of this store for hashing what must not be kept (blake3 key derivation from the signing key's file):
    /// the same as long as that file is.
    pub fn secrets_key(&self) -> Result<[u8; 32], StoreError> {
        let seed =
            std::fs::read(&self.inner.seed).map_err(|error| StoreError::file(&self.inner.seed, error))?;
        Ok(blake3::derive_key("warrant 2026-11 secrets found by scanners", &seed))
    }

    /// The number of changes recorded, whether or not they are in tiles yet.
    pub async fn ledger_size(&self) -> Result<u64, StoreError> {
        let row = self.db().first(&sql("SELECT size FROM ledger_head WHERE org = $1", [ORG.into()])).await?;
        Ok(row.map_or(Ok(0), |row| row.int(0))?.unsigned_abs())
    }

    /// Moves recorded changes from the database into the ledger's tiles under a new signed checkpoint. When
    /// another process holds the ledger it does this itself, and nothing is done here.
    ///
    /// Interrupted at any moment it can be repeated: entries keep their index. What is recorded after it began is left to the
    /// next time, so that it ends however much is written.
    pub async fn integrate(&self) -> Result<(), StoreError> {
        let until = self.ledger_size().await?;
        loop {
            let query = "SELECT idx, entry FROM ledger_pending WHERE org = $1 ORDER BY idx LIMIT 4096";
            let rows = self.db().rows(&sql(query, [ORG.into()])).await?;
            let Some(first) = rows.first() else { return Ok(()) };
            let first = first.int(0)?.unsigned_abs();
            if first >= until {
                return Ok(());
            }
            let entries: Vec<_> =
                rows.iter().map(|row| Ok(row.text(1)?.into_bytes())).collect::<Result<_, StoreError>>()?;
            let end = first + entries.len() as u64;
            let store = self.clone();
            let work = tokio::task::spawn_blocking(move || store.append(first, &entries));
            let appended = work.await.map_err(|error| StoreError::Ledger(error.to_string()))??;
            if appended == LogHeld::Elsewhere {
                return Ok(());
            }
            let mut write = self.begin().await?;
            let done = end as i64;
            let delete = "DELETE FROM ledger_pending WHERE org = $1 AND idx < $2";
            write.tx.execute(&sql(delete, [ORG.into(), done.into()])).await?;
            write.commit().await?;
        }
    }

    fn append(&self, first: u64, entries: &[Vec<u8>]) -> Result<LogHeld, StoreError> {
        let mut held = self.inner.log.lock().unwrap_or_else(PoisonError::into_inner);
        if held.is_none() {
            let key = SigningKey::load(&self.inner.seed).map_err(|e| StoreError::Ledger(e.to_string()))?;
            match Log::open(&self.inner.ledger, key) {
                Ok(log) => *held = Some(log),
                Err(LogError::Disk(DiskError::Locked { .. })) => return Ok(LogHeld::Elsewhere),
                Err(error) => return Err(StoreError::Ledger(error.to_string())),
            }
        }
        let Some(log) = held.as_mut() else { return Ok(LogHeld::Elsewhere) };
        match log.append_at(first, entries) {
            Ok(_) => Ok(LogHeld::Here),
            Err(error) => {
                *held = None;
                Err(StoreError::Ledger(error.to_string()))
            }
        }
    }

    /// Opens the ledger for reading. `None` while nothing was ever recorded.
    pub fn ledger(&self) -> Result<Option<LogReader>, StoreError> {
        if !self.inner.ledger.join("checkpoint").exists() {
            return Ok(None);
        }
        let reader = LogReader::open(&self.inner.ledger, &self.verifier()?);
        reader.map(Some).map_err(|error| StoreError::Ledger(error.to_string()))
    }

    /// What stored postures were computed with, as [`Write::set_computed_with`] noted it.
    pub async fn computed_with(&self) -> Result<Option<String>, StoreError> {
        let query = "SELECT computed_with FROM organisation WHERE org = $1";
        let row = self.db().first(&sql(query, [ORG.into()])).await?;
        row.map(|row| row.text(0)).transpose()
    }

    /// The organisation, if the store was initialised.
    pub async fn organisation(&self) -> Result<Option<Organisation>, StoreError> {
        Self::organisation_in(self.db()).await
    }

    pub(crate) async fn organisation_in(db: &Db) -> Result<Option<Organisation>, StoreError> {
        let mut db = db;
        let query = "SELECT name, created_at, shifted_days FROM organisation WHERE org = $1";
        let row = db.first(&sql(query, [ORG.into()])).await?;
        row.map(|row| {
            Ok(Organisation { name: row.text(0)?, created_at: row.int(1)?, shifted_days: row.int(2)? })
        })
        .transpose()
    }

    /// Integrates what is pending and closes every connection.
    pub async fn close(&self) -> Result<(), StoreError> {
        let integrated = self.integrate().await;
        self.inner.db.close().await;
        integrated
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LogHeld {
    Here,
    Elsewhere,
}

/// A write in progress: a transaction and this process's turn. Dropping it undoes it.
#[derive(Debug)]
pub struct Write<'a> {
    /// The transaction.
    pub tx: Tx,
    _turn: MutexGuard<'a, ()>,
}

impl Write<'_> {
    /// Names the organisation; done once, when the store is initialised.
    pub async fn found(&mut self, name: &str, at: Timestamp, shifted_days: i64) -> Result<(), StoreError> {
        let tx = &mut self.tx;
        let insert = "INSERT INTO organisation (org, name, created_at, shifted_days, computed_with) VALUES ($1, $2, $3, $4, '')
             ON CONFLICT (org) DO UPDATE SET name = excluded.name, shifted_days = excluded.shifted_days";
        tx.execute(&sql(insert, [ORG.into(), name.into(), micros(at).into(), shifted_days.into()])).await?;
        let root =
            "INSERT INTO unit_closure (org, ancestor, descendant) VALUES ($1, '', '') ON CONFLICT DO NOTHING";
        tx.execute(&sql(root, [ORG.into()])).await?;
        let nowhere =
            "INSERT INTO system_unit (org, system_id, unit_id) VALUES ($1, '', '') ON CONFLICT DO NOTHING";
        tx.execute(&sql(nowhere, [ORG.into()])).await?;
        Ok(())
    }

    /// Notes what stored postures are computed with from now on.
    pub async fn set_computed_with(&mut self, fingerprint: &str) -> Result<(), StoreError> {
        let update = "UPDATE organisation SET computed_with = $1 WHERE org = $2";
        self.tx.execute(&sql(update, [fingerprint.into(), ORG.into()])).await?;
        Ok(())
    }

    /// Makes everything written durable, the ledger's leaves included.
    pub async fn commit(self) -> Result<(), StoreError> {
        self.tx.commit().await
    }
}

/// Runs several statements of constant text that take no values.
pub async fn run_all(tx: &mut Tx, statements: &[&'static str]) -> Result<(), StoreError> {
    for statement in statements {
        tx.execute(&Sql::new(statement)).await?;
    }
    Ok(())
}
