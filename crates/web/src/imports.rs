//! Imports under way: started by a page, followed by its progress, kept until the server stops.

use crate::error::Told;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;
use warrant_service::import::{Belongs, ImportFile, ImportOutcome, Mode, Progress, together};
use warrant_service::placing::Proposal;
use warrant_service::tables::TableOutcome;
use warrant_service::{Actor, Service, ServiceError};

/// The most imports remembered; older finished ones are forgotten first.
const MOST: usize = 200;

/// A batch that was rehearsed, or whose files wait for their system, of at most so many bytes is kept, the newest of each account, so that it can be imported
/// without being sent again.
const MOST_KEPT: usize = 64 << 20;

/// A file's name and content.
pub type Named = (String, Arc<[u8]>);

/// What is to be done with the files of a batch.
#[derive(Clone, Debug)]
pub struct Order {
    /// The system they belong to; `None`: found from their targets.
    pub system: Option<String>,
    /// The kind of record their rows are; `None`: they are evidence.
    pub kind: Option<String>,
    /// Whether to write.
    pub mode: Mode,
}

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
    /// When.
    pub started: Timestamp,
    /// What was to be done.
    pub order: Order,
    /// Files in order.
    pub files: Vec<FileState>,
    kept: Mutex<Vec<Named>>,
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
    /// Its rows became records.
    Table(TableOutcome),
    /// It was not imported: why, and what to do.
    Failed {
        /// Why.
        told: Told,
        /// What it looked at and where it may belong, when only that is not known.
        unplaced: Option<Unplaced>,
    },
}

/// A file that waits for its system.
#[derive(Clone, Debug, Default)]
pub struct Unplaced {
    /// What it looked at.
    pub targets: Vec<String>,
    /// Where it may belong.
    pub proposals: Vec<Proposal>,
}

impl FileResult {
    fn failed(error: &ServiceError) -> Self {
        let unplaced = match error {
            ServiceError::Unplaced { targets, proposals, .. } => {
                Some(Unplaced { targets: targets.clone(), proposals: proposals.clone() })
            }
            _ => None,
        };
        Self::Failed { told: error.into(), unplaced }
    }

    fn stopped() -> Self {
        Self::Failed { told: "import-stopped".into(), unplaced: None }
    }
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
            None => file.progress.bytes_done.load(Ordering::Relaxed).min(file.size as u64) as f64 * 0.9,
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

    /// Imports some of the files, the first of which is the batch's `first`th, and tells what became of each.
    async fn import(&self, service: &Service, actor: &Actor, first: usize, files: Vec<Named>) {
        let (mut begun, mut evidence) = (Vec::new(), Vec::new());
        for (at, (name, bytes)) in (first..).zip(files) {
            let progress = self.progress(at);
            if progress.cancelled.load(Ordering::Relaxed) {
                self.settle(at, FileResult::stopped());
            } else if let Some(kind) = &self.order.kind {
                let done = service.import_table(actor, kind, (&name, &bytes), self.order.mode).await;
                self.settle(
                    at,
                    done.map(FileResult::Table).unwrap_or_else(|error| FileResult::failed(&error)),
                );
            } else {
                begun.push(at);
                evidence.push((ImportFile { name, bytes }, progress));
            }
        }
        let belongs = Belongs { system: self.order.system.as_deref(), release: None };
        let outcomes = service.import_many(actor, evidence, belongs, self.order.mode).await;
        for (at, done) in begun.into_iter().zip(outcomes) {
            let done = done.map(|outcome| FileResult::Done(Box::new(outcome)));
            self.settle(at, done.unwrap_or_else(|error| FileResult::failed(&error)));
        }
    }

    fn progress(&self, at: usize) -> Arc<Progress> {
        self.files.get(at).map(|file| file.progress.clone()).unwrap_or_default()
    }

    /// The files of a batch that was rehearsed or has no system for some, as long as they are kept.
    pub fn kept(&self) -> Vec<Named> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether a file waits for its system.
    fn waits(&self) -> bool {
        let waits =
            |file: &FileState| matches!(file.result(), Some(FileResult::Failed { unplaced: Some(_), .. }));
        self.files.iter().any(waits)
    }

    fn forget(&self) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn settle(&self, at: usize, result: FileResult) {
        if let Some(file) = self.files.get(at) {
            *file.result.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        }
        self.changed.send_modify(|count| *count += 1);
    }
}

impl Imports {
    /// Starts importing files in the background, small ones together.
    pub fn start(&self, service: Service, actor: Actor, files: Vec<Named>, order: Order) -> Arc<Batch> {
        let state = |(name, bytes): &Named| FileState {
            name: name.clone(),
            size: bytes.len(),
            progress: Arc::default(),
            result: Mutex::new(None),
        };
        let size: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
        // Without a system some may turn out to belong nowhere; they can then be given one without being sent again.
        let may_wait = order.mode == Mode::DryRun || (order.system.is_none() && order.kind.is_none());
        let kept = if may_wait && size <= MOST_KEPT { files.clone() } else { Vec::new() };
        let batch = Arc::new(Batch {
            id: uuid::Uuid::now_v7().simple().to_string(),
            account: actor.account.clone(),
            started: service.now(),
            order,
            files: files.iter().map(state).collect(),
            kept: Mutex::new(kept),
            changed: watch::Sender::new(0),
        });
        self.of(&actor.account).iter().for_each(|earlier| earlier.forget());
        self.remember(batch.clone());
        let running = batch.clone();
        tokio::spawn(async move {
            let sizes: Vec<_> = files.iter().map(|(_, bytes)| bytes.len()).collect();
            let mut files = files.into_iter();
            for group in together(&sizes) {
                let some = files.by_ref().take(group.len()).collect();
                running.import(&service, &actor, group.start, some).await;
            }
            if running.order.mode == Mode::Commit && !running.waits() {
                running.forget();
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

    /// The batches of everybody, newest first.
    pub fn all(&self) -> Vec<Arc<Batch>> {
        let batches = self.batches.lock().unwrap_or_else(PoisonError::into_inner);
        batches.values().rev().cloned().collect()
    }

    /// The batches of an account, newest first.
    pub fn of(&self, account: &str) -> Vec<Arc<Batch>> {
        let batches = self.batches.lock().unwrap_or_else(PoisonError::into_inner);
        batches.values().rev().filter(|batch| batch.account == account).cloned().collect()
    }
}
