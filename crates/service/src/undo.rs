//! Taking back an act: what it created goes, what it changed becomes what it was. The act and its undoing both
//! stay in the ledger.

use crate::bulk::Worked;
use crate::records::Change;
use crate::{Actor, Service, ServiceError};
use std::collections::HashMap;
use warrant_store::records;

impl Service {
    /// Undoes the act with this ledger entry, if it changed records and nobody has changed them since. Returns how
    /// many records that are. What an act removed is not brought back.
    pub async fn undo(&self, actor: &Actor, leaf: i64) -> Result<usize, ServiceError> {
        self.undo_telling(actor, leaf, &Worked::default()).await
    }

    /// The same, telling how far it has come.
    pub async fn undo_telling(
        &self,
        actor: &Actor,
        leaf: i64,
        worked: &Worked,
    ) -> Result<usize, ServiceError> {
        let mut db = self.store().db();
        let refused = |message: &str| Err(ServiceError::Refused(message.to_owned()));
        let written = records::of_leaf(&mut db, leaf).await?;
        let Some(kind) = written.first().map(|row| row.kind.clone()) else {
            return refused("this entry changed no record, so there is nothing to undo");
        };
        if written.iter().any(|row| row.kind != kind) {
            return refused("this entry changed records of several kinds; undo them one by one");
        }
        let ids: Vec<String> = written.iter().map(|row| row.id.clone()).collect();
        let current = records::get_many(&mut db, &ids, &actor.sees()).await?;
        let current: HashMap<_, _> =
            current.into_iter().map(|row| (row.id, (row.version, row.title))).collect();
        let mut changes = Vec::with_capacity(written.len());
        for row in written {
            if row.deleted {
                return refused("what was removed cannot be brought back; its history shows what it held");
            }
            let Some((version, title)) = current.get(&row.id) else {
                return Err(ServiceError::NotFound { what: "record", name: row.id });
            };
            if *version != row.version {
                let message = format!("“{title}” was changed again since; nothing was undone");
                return Err(ServiceError::Refused(message));
            }
            changes.push(match row.before {
                None => Change::Delete { id: row.id, version: row.version },
                Some(body) => Change::Update { id: row.id, version: row.version, body },
            });
        }
        let act = self.act(actor, &format!("undo:{leaf}"));
        let kind = self.kind(&kind)?;
        let done = self.change_counting(actor, &act, kind, changes, &|_, problems| problems, worked).await?;
        Ok(done.ids.len())
    }
}
