//! Findings: lists and single ones with their history.

use crate::records::COUNT_LIMIT;
use crate::{Actor, Service, ServiceError};
use warrant_model::finding::Finding;
use warrant_model::finding::FindingState;
use warrant_model::hash::ContentHash;
use warrant_model::level::Severity;
use warrant_model::lifecycle::Event;
use warrant_store::evidence::StoredSighting;
use warrant_store::findings::{self, FindingQuery, ShownChange};

/// A page of findings.
#[derive(Clone, Debug, Default)]
pub struct FindingPage {
    /// The rows.
    pub rows: Vec<Finding>,
    /// How many fit in all, counted up to [`COUNT_LIMIT`].
    pub total: i64,
}

/// A finding with all that is known of it.
#[derive(Clone, Debug)]
pub struct FindingDetail {
    /// As it stands.
    pub finding: Finding,
    /// Its changes of state, oldest first.
    pub events: Vec<Event>,
    /// Every sighting, oldest first.
    pub sightings: Vec<StoredSighting>,
}

impl Service {
    /// A page of findings.
    pub async fn list_findings(
        &self,
        actor: &Actor,
        query: &FindingQuery,
    ) -> Result<FindingPage, ServiceError> {
        let (mut db, sees) = (self.store().db(), actor.sees());
        let search = findings::search(&mut db, query).await?;
        let rows = findings::list(&mut db, &search, &sees).await?;
        let total = findings::count(&mut db, &search, &sees, COUNT_LIMIT).await?;
        Ok(FindingPage { rows, total })
    }

    /// One finding with its history.
    pub async fn finding(&self, actor: &Actor, id: &str) -> Result<FindingDetail, ServiceError> {
        let mut db = self.store().db();
        let finding = findings::get(&mut db, id, &actor.sees()).await?;
        let finding =
            finding.ok_or_else(|| ServiceError::NotFound { what: "finding", name: id.to_owned() })?;
        let events = findings::events(&mut db, id).await?;
        let sightings = warrant_store::evidence::sightings(&mut db, id).await?;
        Ok(FindingDetail { finding, events, sightings })
    }

    /// How many findings of a query are in each state, of each severity and of each tool; the query's own
    /// limits on these three are left aside.
    pub async fn finding_breakdown(
        &self,
        actor: &Actor,
        query: &FindingQuery,
    ) -> Result<Vec<(FindingState, Severity, String, i64)>, ServiceError> {
        let mut db = self.store().db();
        let search = findings::search(&mut db, query).await?;
        Ok(findings::breakdown(&mut db, &search, &actor.sees()).await?)
    }

    /// The changes of state that a file brought about, worst first, and how many there are of each state.
    pub async fn changes_by_evidence(
        &self,
        actor: &Actor,
        hash: &str,
        limit: i64,
    ) -> Result<(Vec<ShownChange>, Vec<(FindingState, i64)>), ServiceError> {
        let hash = ContentHash(hash.to_owned());
        Ok(findings::changed_by(&mut self.store().db(), &hash, &actor.sees(), limit).await?)
    }
}
