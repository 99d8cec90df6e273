//! The queue: every deficiency the actor may see, ranked; and what can be done about one.

use crate::records::COUNT_LIMIT;
use crate::{Actor, Service, ServiceError};
use warrant_store::postures::{self, DeficiencyQuery, DeficiencyRow, Facet};

/// A page of the queue.
#[derive(Clone, Debug, Default)]
pub struct QueuePage {
    /// The rows, highest rank first.
    pub rows: Vec<DeficiencyRow>,
    /// How many fit in all, counted up to [`COUNT_LIMIT`].
    pub total: i64,
    /// How many of each severity rank, the severity filter left aside.
    pub severities: Vec<(String, i64)>,
    /// How many of each check, the check filter left aside.
    pub checks: Vec<(String, i64)>,
}

impl Service {
    /// A page of the queue.
    pub async fn queue(&self, actor: &Actor, query: &DeficiencyQuery) -> Result<QueuePage, ServiceError> {
        let (mut db, sees) = (self.store().db(), actor.sees());
        let rows = postures::list(&mut db, query, &sees).await?;
        let total = postures::count(&mut db, query, &sees, COUNT_LIMIT).await?;
        let any_severity = DeficiencyQuery { severity: None, ..query.clone() };
        let severities = postures::facets(&mut db, &any_severity, Facet::Severity, &sees).await?;
        let any_check = DeficiencyQuery { check: None, ..query.clone() };
        let checks = postures::facets(&mut db, &any_check, Facet::Check, &sees).await?;
        Ok(QueuePage { rows, total, severities, checks })
    }

    /// One deficiency.
    pub async fn deficiency(&self, actor: &Actor, id: &str) -> Result<DeficiencyRow, ServiceError> {
        let row = postures::get(&mut self.store().db(), id, &actor.sees()).await?;
        row.ok_or_else(|| ServiceError::NotFound { what: "deficiency", name: id.to_owned() })
    }
}
