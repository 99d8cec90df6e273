//! Changes to many records under way: started by a page, followed by its progress, kept until the server stops.

use crate::error::Told;
use crate::words::Words;
use jiff::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::watch;
use warrant_service::bulk::{Edited, Worked};
use warrant_service::query::RecordRow;
use warrant_service::{Actor, Service};

/// The most works remembered; older finished ones are forgotten first.
const MOST: usize = 100;

/// What is to be done.
#[derive(Clone, Debug)]
pub enum Order {
    /// Set fields of these records.
    Set {
        /// Their kind.
        kind: String,
        /// The records as they were seen.
        rows: Vec<RecordRow>,
        /// The fields and their values.
        fields: Vec<(String, Value)>,
    },
    /// Take back the act of this ledger entry.
    Undo(i64),
}

/// Work under way or done.
#[derive(Debug)]
pub struct Edit {
    /// Identifier, ordered by time.
    pub id: String,
    /// The account that started it.
    pub account: String,
    /// When.
    pub started: Timestamp,
    /// What is being done: `Changing 10,000 components`.
    pub title: Words,
    /// Where it leads when it is done.
    pub back: String,
    /// How far it has come.
    pub worked: Arc<Worked>,
    result: Mutex<Option<Result<Edited, Told>>>,
    changed: watch::Sender<u64>,
}

impl Edit {
    /// What came of it; `None` while it is under way.
    pub fn result(&self) -> Option<Result<Edited, Told>> {
        self.result.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A signal when it is done.
    pub fn follow(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }
}

/// All works of this server.
#[derive(Debug, Default)]
pub struct Edits {
    works: Mutex<BTreeMap<String, Arc<Edit>>>,
}

impl Edits {
    /// Starts work in the background.
    pub fn start(
        &self,
        service: Service,
        actor: Actor,
        order: Order,
        (title, back): (Words, String),
    ) -> Arc<Edit> {
        let edit = Arc::new(Edit {
            id: uuid::Uuid::now_v7().simple().to_string(),
            account: actor.account.clone(),
            started: service.now(),
            title,
            back,
            worked: Arc::default(),
            result: Mutex::new(None),
            changed: watch::Sender::new(0),
        });
        self.remember(edit.clone());
        let running = edit.clone();
        tokio::spawn(async move {
            let worked = running.worked.clone();
            let done = match order {
                Order::Set { kind, rows, fields } => {
                    service.edit_many(&actor, &kind, rows, &fields, &worked).await
                }
                Order::Undo(leaf) => {
                    let undone = service.undo_telling(&actor, leaf, &worked).await;
                    undone.map(|changed| Edited { changed, ..Edited::default() })
                }
            };
            let told = done.map_err(|error| Told::from(&error));
            *running.result.lock().unwrap_or_else(PoisonError::into_inner) = Some(told);
            running.changed.send_modify(|count| *count += 1);
        });
        edit
    }

    fn remember(&self, edit: Arc<Edit>) {
        let mut works = self.works.lock().unwrap_or_else(PoisonError::into_inner);
        works.insert(edit.id.clone(), edit);
        while works.len() > MOST {
            let oldest = works.iter().find(|(_, edit)| edit.result().is_some()).map(|(id, _)| id.clone());
            let Some(oldest) = oldest else { break };
            works.remove(&oldest);
        }
    }

    /// The works of everybody, newest first.
    pub fn all(&self) -> Vec<Arc<Edit>> {
        let works = self.works.lock().unwrap_or_else(PoisonError::into_inner);
        works.values().rev().cloned().collect()
    }

    /// Work of an account.
    pub fn get(&self, id: &str, account: &str) -> Option<Arc<Edit>> {
        let works = self.works.lock().unwrap_or_else(PoisonError::into_inner);
        works.get(id).filter(|edit| edit.account == account).cloned()
    }
}
