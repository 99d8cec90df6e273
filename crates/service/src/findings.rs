//! Findings: lists and single ones with their history.

mod past;
mod scores;
mod witnesses;

pub use past::{FindingsThen, MOST_THEN};
pub use scores::{Environmental, ScoresView};
pub use witnesses::{Witness, Witnesses};

use crate::priority::PriorityView;
use crate::records::COUNT_LIMIT;
use crate::{Actor, Service, ServiceError};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::finding::Finding;
use warrant_model::finding::FindingState;
use warrant_model::hash::ContentHash;
use warrant_model::lifecycle::Event;
use warrant_store::Reader;
use warrant_store::facts::StoredSighting;
pub use warrant_store::findings::FindingCount;
use warrant_store::findings::{self, Breakdown, FindingQuery, ShownChange};

/// A page of findings.
#[derive(Clone, Debug, Default)]
pub struct FindingPage {
    /// The rows.
    pub rows: Vec<Finding>,
    /// How many fit in all, counted up to [`COUNT_LIMIT`].
    pub total: i64,
    /// How many there are in each state, of each severity, of each tool and decided how; the query's own limits on these
    /// four are left aside.
    pub breakdown: Vec<FindingCount>,
    /// So many fit that not all were counted: the counts are of the first that were found.
    pub more: bool,
    /// Other tools that tell of the same weaknesses, by the id of the row that stands for it.
    pub also: BTreeMap<String, BTreeSet<String>>,
    /// By when to act on those that are open weaknesses and why, by id.
    pub priorities: BTreeMap<String, PriorityView>,
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
    /// What the tools that looked at the target say of the weakness.
    pub witnesses: Witnesses,
    /// Where it was before it moved, newest first.
    pub moved_from: Vec<Finding>,
    /// By when to act on it and why, while it is an open weakness.
    pub priority: Option<PriorityView>,
    /// CVSS scores for its system, when a tool gave a vector.
    pub scores: Option<ScoresView>,
}

/// The newest files that a finding's sightings are read from.
const MOST_LOOKS: i64 = 100;

/// Since when other tools have weaknesses open, by the id of the finding that stands for them.
pub(crate) async fn open_longer(
    reader: &mut (impl Reader + Send),
    rows: &[Finding],
) -> Result<BTreeMap<String, Timestamp>, ServiceError> {
    let mut since = BTreeMap::new();
    // By their targets, of which a statement names so many.
    for chunk in rows.chunks(500) {
        since.extend(witnesses::also(chunk, findings::seconds(reader, chunk).await?).since);
    }
    Ok(since)
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
        let Breakdown { counts: breakdown, more } = findings::breakdown(&mut db, &search, &sees).await?;
        let fits = |counted: &&FindingCount| {
            query.state.is_none_or(|wanted| wanted == counted.state)
                && query.severity.is_none_or(|wanted| wanted == counted.severity)
                && query.tool.as_ref().is_none_or(|wanted| *wanted == counted.tool)
                && query.decision.is_none_or(|wanted| Some(wanted) == counted.decision)
        };
        let full = rows.len() as i64 >= query.limit;
        let total = match (more, full) {
            (false, _) => breakdown.iter().filter(fits).map(|counted| counted.count).sum(),
            (true, false) => query.offset + rows.len() as i64,
            (true, true) => COUNT_LIMIT,
        };
        let told = witnesses::also(&rows, findings::seconds(&mut db, &rows).await?);
        let priorities = self.priorities(&mut db, &rows, &told.since).await?;
        Ok(FindingPage { rows, total: total.min(COUNT_LIMIT), breakdown, more, also: told.tools, priorities })
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
        let since = witnesses::open_since(&finding, &witnesses);
        let since = BTreeMap::from([(finding.id.clone(), since)]);
        let mut priorities = self.priorities(&mut db, std::slice::from_ref(&finding), &since).await?;
        let priority = priorities.remove(&finding.id);
        let situation = self.situations(&mut db, &[finding.system.as_str()].into()).await?;
        let scores =
            situation.get(&finding.system).and_then(|situation| scores::scores(&sightings, situation));
        Ok(FindingDetail { finding, events, sightings, witnesses, moved_from, priority, scores })
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
