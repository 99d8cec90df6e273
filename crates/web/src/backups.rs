//! Backups made from the pages: into the one folder the server was told of, one at a time, checked right after.

use crate::error::Told;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;
use warrant_service::backups::{self, BackupOrder, Progress, WithKey};
use warrant_service::{Actor, Service, ServiceError};

/// The most that are remembered.
const MOST: usize = 20;

/// Backups of this server.
#[derive(Debug, Default)]
pub struct Backups {
    folder: Option<PathBuf>,
    makings: Mutex<Vec<Arc<Making>>>,
}

/// A backup under way or done.
#[derive(Debug)]
pub struct Making {
    /// Identifier.
    pub id: String,
    /// Account of who started it.
    pub account: String,
    /// When.
    pub started: Timestamp,
    /// How far it has come.
    pub progress: Arc<Progress>,
    result: Mutex<Option<Result<usize, Told>>>,
    changed: watch::Sender<u64>,
}

impl Making {
    /// What came of it: how many problems its check found, or why it was not made. `None` while it is under way.
    pub fn result(&self) -> Option<Result<usize, Told>> {
        self.result.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A signal when it is done.
    pub fn follow(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }
}

impl Backups {
    /// Those into this folder; without one none are made here.
    pub(crate) fn into_folder(folder: Option<PathBuf>) -> Self {
        Self { folder, makings: Mutex::default() }
    }

    /// Whether this server makes backups.
    pub fn are_made_here(&self) -> bool {
        self.folder.is_some()
    }

    /// All that are remembered, newest first.
    pub fn all(&self) -> Vec<Arc<Making>> {
        self.makings.lock().unwrap_or_else(PoisonError::into_inner).iter().rev().cloned().collect()
    }

    /// One of them.
    pub fn get(&self, id: &str) -> Option<Arc<Making>> {
        self.all().into_iter().find(|making| making.id == id)
    }

    /// The one under way.
    pub fn under_way(&self) -> Option<Arc<Making>> {
        self.all().into_iter().find(|making| making.result().is_none())
    }

    /// Starts one in the background: onto the newest in the folder, then read again and verified.
    pub fn start(&self, service: Service, actor: Actor) -> Result<Arc<Making>, ServiceError> {
        service.may_administer(&actor)?;
        let folder = self.folder.clone().ok_or_else(|| {
            ServiceError::Refused("this server makes no backups; start it with --backups".to_owned())
        })?;
        let now = service.now();
        let making = Arc::new(Making {
            id: uuid::Uuid::now_v7().simple().to_string(),
            account: actor.account.clone(),
            started: now,
            progress: Arc::default(),
            result: Mutex::new(None),
            changed: watch::Sender::new(0),
        });
        {
            let mut makings = self.makings.lock().unwrap_or_else(PoisonError::into_inner);
            if makings.iter().any(|making| making.result().is_none()) {
                return Err(ServiceError::Refused("a backup is being made already".to_owned()));
            }
            makings.push(making.clone());
            let more = makings.len().saturating_sub(MOST);
            makings.drain(..more);
        }
        let running = making.clone();
        tokio::spawn(async move {
            let target = folder.join(now.strftime("%Y-%m-%dT%H%M%SZ").to_string());
            let done = make(&service, &actor, (&folder, target), &running.progress).await;
            let told = done.map_err(|error| Told::from(&error));
            *running.result.lock().unwrap_or_else(PoisonError::into_inner) = Some(told);
            running.changed.send_modify(|count| *count += 1);
        });
        Ok(making)
    }
}

async fn make(
    service: &Service,
    actor: &Actor,
    (folder, target): (&Path, PathBuf),
    progress: &Arc<Progress>,
) -> Result<usize, ServiceError> {
    let onto = service.newest_backup_in(actor, folder).await?;
    let order = BackupOrder { target, onto, key: WithKey::No };
    service.make_backup(actor, &order, progress).await?;
    let checked = backups::check(&order.target, progress).await?;
    service.note_backup_check(actor, &checked).await?;
    Ok(checked.problems.len())
}
