//! Bodies of records kept between requests, by version: a page over a thousand records reads their versions, and the
//! bodies of those that are new.

use super::scope::record_of;
use crate::{Actor, Service, ServiceError};
use serde_json::Value;
use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use warrant_model::kind::{Kind, Record};
use warrant_store::records::{self, RecordQuery, RecordRow};

/// What is kept: of each record the newest version that was asked for.
#[derive(Default)]
pub(crate) struct KeptBodies(Mutex<HashMap<String, (i64, Arc<dyn Any + Send + Sync>)>>);

/// A record as it was read.
pub(super) struct Read<T> {
    /// The row without its body.
    pub(super) row: RecordRow,
    /// The body; `None` when another version of Warrant wrote it and it cannot be read.
    pub(super) record: Option<Record<T>>,
}

/// Records kept.
const MOST: usize = 60_000;

impl Service {
    /// Records of a kind as a query narrows them, as far as the actor may see: permission is asked for anew each time.
    pub(super) async fn kept_rows<T: Kind + Send + Sync + 'static>(
        &self,
        actor: &Actor,
        query: RecordQuery,
    ) -> Result<Vec<Arc<Read<T>>>, ServiceError> {
        let query = RecordQuery { kind: T::SPEC.name.to_owned(), ..query };
        let mut db = self.store().db();
        let heads = records::heads(&mut db, &query, &actor.sees()).await?;
        let mut found: Vec<Option<Arc<Read<T>>>> = {
            let held = self.kept_bodies().0.lock().unwrap_or_else(PoisonError::into_inner);
            let kept = |head: &records::RecordHead| {
                let (_, read) = held.get(&head.id).filter(|(version, _)| *version == head.version)?;
                Arc::clone(read).downcast::<Read<T>>().ok()
            };
            heads.iter().map(kept).collect()
        };
        let missing: Vec<String> = heads
            .iter()
            .zip(&found)
            .filter(|(_, kept)| kept.is_none())
            .map(|(head, _)| head.id.clone())
            .collect();
        if !missing.is_empty() {
            let rows = records::get_many(&mut db, &missing, &actor.sees()).await?;
            let mut fresh: HashMap<String, Arc<Read<T>>> =
                rows.into_iter().map(|row| (row.id.clone(), Arc::new(read_of(row)))).collect();
            let mut held = self.kept_bodies().0.lock().unwrap_or_else(PoisonError::into_inner);
            if held.len() + fresh.len() > MOST {
                held.clear();
            }
            for (head, found) in heads.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
                // What was deleted between both reads is gone.
                let Some(read) = fresh.remove(&head.id) else { continue };
                held.insert(head.id.clone(), (read.row.version, read.clone()));
                *found = Some(read);
            }
        }
        Ok(found.into_iter().flatten().collect())
    }

    /// Those of them that can be read.
    pub(super) async fn bodies<T: Kind + Clone + Send + Sync + 'static>(
        &self,
        actor: &Actor,
        query: RecordQuery,
    ) -> Result<Vec<Record<T>>, ServiceError> {
        let found = self.kept_rows(actor, query).await?;
        Ok(found.iter().filter_map(|read| read.record.clone()).collect())
    }
}

fn read_of<T: Kind>(mut row: RecordRow) -> Read<T> {
    let body = std::mem::replace(&mut row.body, Value::Null);
    let record = warrant_model::kind::parse_body::<T>(&body).map(|body| record_of(&row, body));
    Read { row, record }
}
