//! Lists over all systems as they stood at an instant that has passed: they can be read, and nothing can be done there.

use crate::records::RecordPage;
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;
use warrant_model::posture::PostureSummary;
use warrant_model::time::{from_micros, micros};
use warrant_store::past;
use warrant_store::records::{RecordOrder, RecordQuery, RecordRow, search_text};

impl Service {
    /// What [`Service::list_records`] would have answered at an instant. Who may see what is decided by roles as they are.
    pub async fn list_records_at(
        &self,
        actor: &Actor,
        query: &RecordQuery,
        at: Timestamp,
    ) -> Result<RecordPage, ServiceError> {
        let kind = self.kind(&query.kind)?;
        let all = past::records(&mut self.store().db(), kind, micros(at), &actor.sees()).await?;
        let mut fitting: Vec<RecordRow> = all.into_iter().filter(|row| fits(row, query)).collect();
        let mut states: BTreeMap<String, i64> = BTreeMap::new();
        if kind.spec.workflow.is_some() {
            fitting.iter().for_each(|row| *states.entry(row.state.clone()).or_default() += 1);
        }
        fitting.retain(|row| query.state.as_ref().is_none_or(|state| *state == row.state));
        fitting.sort_by(|a, b| {
            let order = match query.order {
                RecordOrder::Title => a.title.cmp(&b.title),
                RecordOrder::State => a.state.cmp(&b.state),
                RecordOrder::Updated => a.updated_at.cmp(&b.updated_at),
            };
            order.then_with(|| a.id.cmp(&b.id))
        });
        if query.descending {
            fitting.reverse();
        }
        let total = fitting.len() as i64;
        let (from, most) = (query.offset.max(0) as usize, query.limit.max(0) as usize);
        let rows = fitting.into_iter().skip(from).take(most).collect();
        Ok(RecordPage { rows, total, states: states.into_iter().collect() })
    }

    /// The posture of every system (and, under the empty id, of the programme) as its summary stood at an instant.
    pub async fn summaries_at(
        &self,
        actor: &Actor,
        at: Timestamp,
    ) -> Result<BTreeMap<String, Arc<PostureSummary>>, ServiceError> {
        let found = past::summaries(&mut self.store().db(), micros(at), &actor.sees()).await?;
        Ok(found.into_iter().map(|(system, summary)| (system, Arc::new(summary))).collect())
    }

    /// When the first record of a kind took effect.
    pub async fn first_of(&self, kind: &str) -> Result<Option<Timestamp>, ServiceError> {
        let first = past::first_of(&mut self.store().db(), self.kind(kind)?).await?;
        Ok(first.map(from_micros))
    }
}

/// Whether a record fits, its state left aside.
fn fits(row: &RecordRow, query: &RecordQuery) -> bool {
    let system = query.system.as_ref().is_none_or(|system| *system == row.system);
    if !system || (query.text.trim().is_empty() && query.fields.is_empty()) {
        return system;
    }
    let text = search_text(&row.body);
    query.text.to_lowercase().split_whitespace().all(|word| text.contains(word))
        && query
            .fields
            .iter()
            .all(|(field, value)| text.contains(&format!("|{field}={}|", value.to_lowercase())))
}
