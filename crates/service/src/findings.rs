//! Findings: lists and single ones with their history.

mod witnesses;

pub use witnesses::{Witness, Witnesses};

use crate::records::COUNT_LIMIT;
use crate::{Actor, Service, ServiceError};
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::finding::Finding;
use warrant_model::finding::FindingState;
use warrant_model::hash::ContentHash;
use warrant_model::level::Severity;
use warrant_model::lifecycle::Event;
use warrant_store::facts::StoredSighting;
use warrant_store::findings::{self, FindingQuery, ShownChange};

/// A page of findings.
#[derive(Clone, Debug, Default)]
pub struct FindingPage {
    /// The rows.
    pub rows: Vec<Finding>,
    /// How many fit in all, counted up to [`COUNT_LIMIT`].
    pub total: i64,
    /// How many there are in each state, of each severity and of each tool; the query's own limits on these three are
    /// left aside.
    pub breakdown: Vec<FindingCount>,
    /// Other tools that tell of the same weaknesses, by the id of the row that stands for it.
    pub also: BTreeMap<String, BTreeSet<String>>,
}

/// Findings of one state, severity and tool, and how many.
pub type FindingCount = (FindingState, Severity, String, i64);

/// A finding with all that is known of it.
#[derive(Clone, Debug)]
pub struct FindingDetail {
    /// As it stands.
    pub finding: Finding,
    /// Its changes of state, oldest first.
    pub events: Vec<Event>,
    /// Every sighting, oldest first.
    pub sightings: Vec<StoredSighting>,
    /// What the tools that looked at the target say of the weakness.
    pub witnesses: Witnesses,
    /// Where it was before it moved, newest first.
    pub moved_from: Vec<Finding>,
}

/// The newest files that a finding's sightings are read from.
const MOST_LOOKS: i64 = 100;

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
        let breakdown = findings::breakdown(&mut db, &search, &sees).await?;
        let fits = |(state, severity, tool, _): &&FindingCount| {
            query.state.is_none_or(|wanted| wanted == *state)
                && query.severity.is_none_or(|wanted| wanted == *severity)
                && query.tool.as_ref().is_none_or(|wanted| wanted == tool)
        };
        let total: i64 = breakdown.iter().filter(fits).map(|(.., count)| count).sum();
        let also = witnesses::also(&rows, findings::seconds(&mut db, &rows).await?);
        Ok(FindingPage { rows, total: total.min(COUNT_LIMIT), breakdown, also })
    }

    /// One finding with its history.
    pub async fn finding(&self, actor: &Actor, id: &str) -> Result<FindingDetail, ServiceError> {
        let mut db = self.store().db();
        let finding = findings::get(&mut db, id, &actor.sees()).await?;
        let finding =
            finding.ok_or_else(|| ServiceError::NotFound { what: "finding", name: id.to_owned() })?;
        let events = findings::events(&mut db, id).await?;
        let sightings = warrant_store::facts::sightings(&mut db, &finding, MOST_LOOKS).await?;
        let witnesses = witnesses::of(self.store(), &finding).await?;
        let moved_from = findings::moved_here(&mut db, &finding).await?;
        Ok(FindingDetail { finding, events, sightings, witnesses, moved_from })
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
