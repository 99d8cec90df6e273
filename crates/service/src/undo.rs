//! Taking back an act: what it created goes, what it changed becomes what it was. The act and its undoing both
//! stay in the ledger.

use crate::records::Change;
use crate::{Actor, Service, ServiceError};
use warrant_store::records;

impl Service {
    /// Undoes the act with this ledger entry, if it changed records and nobody has changed them since. Returns how
    /// many records that are. What an act removed is not brought back.
    pub async fn undo(&self, actor: &Actor, leaf: i64) -> Result<usize, ServiceError> {
        let mut db = self.store().db();
        let refused = |message: &str| Err(ServiceError::Refused(message.to_owned()));
        let written = records::of_leaf(&mut db, leaf).await?;
        let Some(kind) = written.first().map(|row| row.kind.clone()) else {
            return refused("this entry changed no record, so there is nothing to undo");
        };
        if written.iter().any(|row| row.kind != kind) {
            return refused("this entry changed records of several kinds; undo them one by one");
        }
        let mut changes = Vec::with_capacity(written.len());
        for row in written {
            if row.deleted {
                return refused("what was removed cannot be brought back; its history shows what it held");
            }
            let current = self.visible(actor, &row.id).await?;
            if current.version != row.version {
                let message = format!("“{}” was changed again since; nothing was undone", current.title);
                return Err(ServiceError::Refused(message));
            }
            changes.push(match row.before {
                None => Change::Delete { id: row.id, version: row.version },
                Some(body) => Change::Update { id: row.id, version: row.version, body },
            });
        }
        let act = self.act(actor, &format!("undo:{leaf}"));
        Ok(self.change(actor, &act, &kind, changes).await?.len())
    }
}
