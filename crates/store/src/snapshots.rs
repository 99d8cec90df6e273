//! Loading snapshots: one system as it is, or as it was at an instant.

mod rows;
mod side;
mod working;

pub use rows::evidence_side;
pub use side::{EvidenceSide, PackedSide, keep, keep_side, kept_side, pack_side, side_of};
pub use working::{NewFile, Working};

use crate::ORG;
use crate::db::Reader;
use crate::error::StoreError;
use crate::sql::{Sql, sql};
use jiff::Timestamp;
use rows::{picked, sourced};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use warrant_model::fact::Fact;
use warrant_model::id::RecordId;
use warrant_model::kind::{Kind, Record};
use warrant_model::kinds::{InformationType, System};
use warrant_model::snapshot::{Programme, SystemSnapshot};
use warrant_model::time::{from_micros, micros};

/// The instant a snapshot is taken at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// The newest state; the instant is what engines call now.
    Now(Timestamp),
    /// The state at a past instant.
    Past(Timestamp),
}

impl AsOf {
    /// The instant.
    pub fn instant(self) -> Timestamp {
        match self {
            Self::Now(at) | Self::Past(at) => at,
        }
    }
}

/// Bodies of one scope, by kind: `(id, version, created, updated, body)`.
type Bodies = BTreeMap<String, Vec<(String, i64, i64, i64, String)>>;

async fn bodies(reader: &mut (impl Reader + Send), system: &str, at: AsOf) -> Result<Bodies, StoreError> {
    let statement = match at {
        AsOf::Now(_) => sql(
            "SELECT kind, id, version, created_at, updated_at, body FROM record WHERE org = $1 AND system_id = $2 ORDER BY id",
            [ORG.into(), system.into()],
        ),
        AsOf::Past(at) => sql(
            "SELECT v.kind, v.id, v.version, (SELECT MIN(effective_at) FROM record_version f WHERE f.org = v.org AND f.id = v.id), v.effective_at, v.body
             FROM record_version v WHERE v.org = $1 AND v.system_id = $2 AND v.deleted = 0
             AND v.version = (SELECT MAX(w.version) FROM record_version w WHERE w.org = v.org AND w.id = v.id AND w.effective_at <= $3) ORDER BY v.id",
            [ORG.into(), system.into(), micros(at).into()],
        ),
    };
    let mut found = Bodies::new();
    for row in reader.rows(&statement).await? {
        let body = (row.text(1)?, row.int(2)?, row.int(3)?, row.int(4)?, row.text(5)?);
        found.entry(row.text(0)?).or_default().push(body);
    }
    Ok(found)
}

fn take<K: Kind + DeserializeOwned>(bodies: &mut Bodies) -> Result<Vec<Record<K>>, StoreError> {
    let rows = bodies.remove(K::SPEC.name).unwrap_or_default();
    rows.into_iter()
        .map(|(id, version, created, updated, body)| {
            let body = serde_json::from_str(&body)
                .map_err(|error| StoreError::Damaged(format!("record {id}: {error}")))?;
            let (created_at, updated_at) = (from_micros(created), from_micros(updated));
            Ok(Record { id: RecordId(id), version, created_at, updated_at, body })
        })
        .collect()
}

/// What all systems share.
pub async fn programme(reader: &mut (impl Reader + Send), at: AsOf) -> Result<Programme, StoreError> {
    let mut bodies = bodies(reader, "", at).await?;
    let training = picked(sourced(reader, "", &["training"], at).await?, |fact| match fact {
        Fact::Training(fact) => Some(fact),
        _ => None,
    });
    Ok(Programme {
        units: take(&mut bodies)?,
        persons: take(&mut bodies)?,
        stakeholders: take(&mut bodies)?,
        overlays: take(&mut bodies)?,
        tasks: take(&mut bodies)?,
        budget_lines: take(&mut bodies)?,
        spending: take(&mut bodies)?,
        contracts: take(&mut bodies)?,
        estimates: take(&mut bodies)?,
        staffing: take(&mut bodies)?,
        planned: Vec::new(),
        training,
        systems: system_names(reader, at).await?,
    })
}

async fn system_names(
    reader: &mut (impl Reader + Send),
    at: AsOf,
) -> Result<Vec<(RecordId, String)>, StoreError> {
    let statement = match at {
        AsOf::Now(_) => {
            sql("SELECT id, title FROM record WHERE org = $1 AND kind = 'system' ORDER BY id", [ORG.into()])
        }
        AsOf::Past(at) => sql(
            "SELECT v.id, v.body FROM record_version v WHERE v.org = $1 AND v.kind = 'system' AND v.deleted = 0
             AND v.version = (SELECT MAX(w.version) FROM record_version w WHERE w.org = v.org AND w.id = v.id AND w.effective_at <= $2) ORDER BY v.id",
            [ORG.into(), micros(at).into()],
        ),
    };
    let rows = reader.rows(&statement).await?;
    rows.iter()
        .map(|row| {
            let text = row.text(1)?;
            let name = match at {
                AsOf::Now(_) => text,
                AsOf::Past(_) => serde_json::from_str::<serde_json::Value>(&text)
                    .ok()
                    .and_then(|body| body["name"].as_str().map(str::to_owned))
                    .unwrap_or_default(),
            };
            Ok((RecordId(row.text(0)?), name))
        })
        .collect()
}

/// The last microsecond that counts.
fn until(at: AsOf) -> i64 {
    match at {
        AsOf::Now(_) => i64::MAX,
        AsOf::Past(at) => micros(at),
    }
}

/// Loads one system. `None`: there was no such system at that instant. `evidence` is what an earlier snapshot
/// of the same evidence had; `None` loads it.
pub async fn system(
    reader: &mut (impl Reader + Send),
    id: &str,
    at: AsOf,
    programme: Arc<Programme>,
    evidence: Option<EvidenceSide>,
) -> Result<Option<SystemSnapshot>, StoreError> {
    let mut bodies = bodies(reader, id, at).await?;
    let Some(system) = take(&mut bodies)?.into_iter().next() else { return Ok(None) };
    let side = match evidence {
        Some(side) => side,
        None => {
            let kept = if let AsOf::Now(_) = at { kept_side(reader, id).await? } else { None };
            match kept {
                Some(side) => side,
                None => evidence_side(reader, id, at).await?,
            }
        }
    };
    Ok(Some(SystemSnapshot {
        as_of: at.instant(),
        programme,
        system,
        components: take(&mut bodies)?,
        information_types: take(&mut bodies)?,
        data_flows: take(&mut bodies)?,
        interconnections: take(&mut bodies)?,
        implementations: take(&mut bodies)?,
        common_controls: take(&mut bodies)?,
        assessments: take(&mut bodies)?,
        tailorings: take(&mut bodies)?,
        vulnerability_decisions: take(&mut bodies)?,
        poam_items: take(&mut bodies)?,
        exceptions: take(&mut bodies)?,
        scenarios: take(&mut bodies)?,
        risk_treatments: take(&mut bodies)?,
        tasks: take(&mut bodies)?,
        findings: side.findings,
        evidence: side.evidence,
        targets: side.targets,
        backups: side.facts.backups,
        software: side.facts.software,
        settings: side.facts.settings,
        services: side.facts.services,
        inherited: Arc::default(),
        signals: Arc::default(),
        releases: Arc::default(),
    }))
}

/// Systems of these ids with what they handle, as they are now: what their categorisation follows from.
pub async fn categorised(
    reader: &mut (impl Reader + Send),
    systems: &BTreeSet<&str>,
) -> Result<Vec<(Record<System>, Vec<Record<InformationType>>)>, StoreError> {
    if systems.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Sql::new(
        "SELECT kind, id, version, created_at, updated_at, body, system_id FROM record WHERE org = ",
    );
    query.bind(ORG).push(" AND system_id IN (").bind_list(systems.iter().copied());
    query.push(") AND kind IN ('system', 'information_type') ORDER BY id");
    let mut by_system: BTreeMap<String, Bodies> = BTreeMap::new();
    for row in reader.rows(&query).await? {
        let body = (row.text(1)?, row.int(2)?, row.int(3)?, row.int(4)?, row.text(5)?);
        by_system.entry(row.text(6)?).or_default().entry(row.text(0)?).or_default().push(body);
    }
    let mut found = Vec::new();
    for mut bodies in by_system.into_values() {
        let Some(system) = take(&mut bodies)?.into_iter().next() else { continue };
        found.push((system, take(&mut bodies)?));
    }
    Ok(found)
}

/// Ids of all systems.
pub async fn system_ids(reader: &mut (impl Reader + Send)) -> Result<Vec<String>, StoreError> {
    let query = "SELECT id FROM record WHERE org = $1 AND kind = 'system' ORDER BY id";
    reader.rows(&sql(query, [ORG.into()])).await?.iter().map(|row| row.text(0)).collect()
}
