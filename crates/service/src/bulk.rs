//! The same change to many records as one act, with its progress told; and taking an act back.

use crate::records::Change;
use crate::{Actor, Service, ServiceError};
use serde_json::Value;
use std::sync::atomic::{AtomicU64, Ordering};
use warrant_store::records::{self, RecordQuery, RecordRow};

/// The most records of one act.
pub const MOST: i64 = 20_000;

/// How far work on many records has come; shared with whoever shows it.
#[derive(Debug, Default)]
pub struct Worked {
    done: AtomicU64,
    all: AtomicU64,
}

impl Worked {
    /// The share that is done, 0 to 1.
    pub fn share(&self) -> f64 {
        let (done, all) = (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed));
        if all == 0 { 0.0 } else { (done as f64 / all as f64).min(1.0) }
    }

    /// Begins anew: each of so many records is checked, then written.
    pub(crate) fn begin(&self, records: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.all.store(2 * records as u64, Ordering::Relaxed);
    }

    /// One record is checked or written.
    pub(crate) fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

/// What changing many records did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edited {
    /// Records that are different now.
    pub changed: usize,
    /// Records that said so before.
    pub unchanged: usize,
    /// The ledger entry, by which it can be undone; `None` when nothing changed.
    pub leaf: Option<i64>,
}

/// What an act of the past did, for its undoing to be offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastAct {
    /// Its ledger entry.
    pub leaf: i64,
    /// The kind of record.
    pub kind: String,
    /// How many records.
    pub records: i64,
}

impl Service {
    /// Records of a kind by their ids, in that order. Unknown ones are refused.
    pub async fn records_of(
        &self,
        actor: &Actor,
        kind: &str,
        ids: &[String],
    ) -> Result<Vec<RecordRow>, ServiceError> {
        let found = records::get_many(&mut self.store().db(), ids, &actor.sees()).await?;
        let mut found: std::collections::HashMap<_, _> =
            found.into_iter().map(|row| (row.id.clone(), row)).collect();
        let absent = |id: &String| ServiceError::NotFound { what: "record", name: id.clone() };
        let mut rows = Vec::with_capacity(ids.len());
        for id in ids {
            let row = found.remove(id).ok_or_else(|| absent(id))?;
            if row.kind != kind {
                return Err(ServiceError::Refused(format!("{id} is not a {kind}")));
            }
            rows.push(row);
        }
        Ok(rows)
    }

    /// Every record that fits a query, in its order; more than [`MOST`] are refused.
    pub async fn all_records(
        &self,
        actor: &Actor,
        query: &RecordQuery,
    ) -> Result<Vec<RecordRow>, ServiceError> {
        let query = RecordQuery { limit: MOST + 1, offset: 0, ..query.clone() };
        let rows = records::list(&mut self.store().db(), &query, &actor.sees()).await?;
        if rows.len() as i64 > MOST {
            let message = format!("more than {MOST} records fit; filter the list further");
            return Err(ServiceError::Refused(message));
        }
        Ok(rows)
    }

    /// Sets fields of these records as they were read: all or none, as one entry of the ledger.
    pub async fn edit_many(
        &self,
        actor: &Actor,
        kind: &str,
        rows: Vec<RecordRow>,
        fields: &[(String, Value)],
        worked: &Worked,
    ) -> Result<Edited, ServiceError> {
        let kind = self.kind(kind)?;
        let mut edited = Edited::default();
        let mut changes = Vec::with_capacity(rows.len());
        for row in rows {
            let body = crate::records::patched(row.body.clone(), fields);
            if body == row.body {
                edited.unchanged += 1;
            } else {
                changes.push(Change::Update { id: row.id, version: row.version, body });
            }
        }
        if changes.is_empty() {
            return Ok(edited);
        }
        let act = self.act(actor, if changes.len() == 1 { "update" } else { "bulk-update" });
        let done = self.change_counting(actor, &act, kind, changes, &|_, problems| problems, worked).await?;
        Ok(Edited { changed: done.ids.len(), leaf: Some(done.leaf), ..edited })
    }

    /// Sets fields of many records of a kind at once: all or none.
    pub async fn bulk_edit(
        &self,
        actor: &Actor,
        kind: &str,
        ids: &[String],
        fields: &[(String, Value)],
    ) -> Result<usize, ServiceError> {
        let rows = self.records_of(actor, kind, ids).await?;
        let edited = self.edit_many(actor, kind, rows, fields, &Worked::default()).await?;
        Ok(edited.changed + edited.unchanged)
    }

    /// What the act of a ledger entry did to records, when it was the actor's own.
    pub async fn own_act(&self, actor: &Actor, leaf: i64) -> Result<Option<PastAct>, ServiceError> {
        let found = records::act_of_leaf(&mut self.store().db(), leaf).await?;
        let own = found.filter(|(email, ..)| *email == actor.email);
        Ok(own.map(|(_, kind, records)| PastAct { leaf, kind, records }))
    }
}
