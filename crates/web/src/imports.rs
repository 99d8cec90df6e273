//! Imports under way: started by a page, followed by its progress, kept until the server stops.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;
use warrant_service::import::{ImportFile, ImportOutcome, Mode, Progress};
use warrant_service::{Actor, Service};

/// The most imports remembered; older finished ones are forgotten first.
const MOST: usize = 200;

/// All imports of this server.
#[derive(Debug, Default)]
pub struct Imports {
    batches: Mutex<BTreeMap<String, Arc<Batch>>>,
}

/// Files that were dropped together.
#[derive(Debug)]
pub struct Batch {
    /// Identifier, ordered by time.
    pub id: String,
    /// The account that started it.
    pub account: String,
    /// Files in order.
    pub files: Vec<FileState>,
    /// Counts changes, for whoever follows.
    changed: watch::Sender<u64>,
}

/// One file of a batch.
#[derive(Debug)]
pub struct FileState {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: usize,
    /// How far reading it has come.
    pub progress: Arc<Progress>,
    result: Mutex<Option<FileResult>>,
}

/// What became of a file.
#[derive(Clone, Debug)]
pub enum FileResult {
    /// It was imported (or was known before).
    Done(Box<ImportOutcome>),
    /// It was not, and this is why.
    Failed(String),
}

impl FileState {
    /// What became of it; `None` while it is under way.
    pub fn result(&self) -> Option<FileResult> {
        self.result.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Batch {
    /// Whether every file has a result.
    pub fn is_finished(&self) -> bool {
        self.files.iter().all(|file| file.result().is_some())
    }

    /// Share of the bytes worked off, 0 to 1.
    pub fn share(&self) -> f64 {
        let total: usize = self.files.iter().map(|file| file.size.max(1)).sum();
        let done = |file: &FileState| match file.result() {
            Some(_) => file.size.max(1) as f64,
            None => file.progress.bytes_done.load(Ordering::Relaxed) as f64 * 0.9,
        };
        self.files.iter().map(done).sum::<f64>() / total.max(1) as f64
    }

    /// Files with a result.
    pub fn finished(&self) -> usize {
        self.files.iter().filter(|file| file.result().is_some()).count()
    }

    /// A signal on every change.
    pub fn follow(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Asks the files not yet written to stop.
    pub fn cancel(&self) {
        self.files.iter().for_each(|file| file.progress.cancelled.store(true, Ordering::Relaxed));
    }

    fn settle(&self, at: usize, result: FileResult) {
        if let Some(file) = self.files.get(at) {
            *file.result.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        }
        self.changed.send_modify(|count| *count += 1);
    }
}

impl Imports {
    /// Starts importing files one after the other in the background.
    pub fn start(
        &self,
        service: Service,
        actor: Actor,
        files: Vec<(String, Vec<u8>)>,
        system: Option<String>,
        mode: Mode,
    ) -> Arc<Batch> {
        let state = |(name, bytes): &(String, Vec<u8>)| FileState {
            name: name.clone(),
            size: bytes.len(),
            progress: Arc::default(),
            result: Mutex::new(None),
        };
        let batch = Arc::new(Batch {
            id: uuid::Uuid::now_v7().simple().to_string(),
            account: actor.account.clone(),
            files: files.iter().map(state).collect(),
            changed: watch::Sender::new(0),
        });
        self.remember(batch.clone());
        let running = batch.clone();
        tokio::spawn(async move {
            for (at, (name, bytes)) in files.into_iter().enumerate() {
                let progress = running.files[at].progress.clone();
                let file = ImportFile { name, bytes: bytes.into() };
                let work = service.import(&actor, file, system.as_deref(), mode, progress).await;
                running.settle(at, match work {
                    Ok(outcome) => FileResult::Done(Box::new(outcome)),
                    Err(error) => FileResult::Failed(crate::error::shown(&error)),
                });
            }
        });
        batch
    }

    fn remember(&self, batch: Arc<Batch>) {
        let mut batches = self.batches.lock().unwrap_or_else(PoisonError::into_inner);
        batches.insert(batch.id.clone(), batch);
        while batches.len() > MOST {
            let oldest = batches.iter().find(|(_, batch)| batch.is_finished()).map(|(id, _)| id.clone());
            let Some(oldest) = oldest else { break };
            batches.remove(&oldest);
        }
    }

    /// A batch of an account.
    pub fn get(&self, id: &str, account: &str) -> Option<Arc<Batch>> {
        let batches = self.batches.lock().unwrap_or_else(PoisonError::into_inner);
        batches.get(id).filter(|batch| batch.account == account).cloned()
    }

    /// The batches of an account, newest first.
    pub fn of(&self, account: &str) -> Vec<Arc<Batch>> {
        let batches = self.batches.lock().unwrap_or_else(PoisonError::into_inner);
        batches.values().rev().filter(|batch| batch.account == account).cloned().collect()
    }
}
