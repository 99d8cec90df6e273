//! Loading snapshots: one system as it is, or as it was at an instant.

use crate::ORG;
use crate::db::{Reader, Tx};
use crate::error::StoreError;
use crate::evidence::clock;
use crate::facts::{self, FactOfFile, FactQuery};
use crate::findings;
use crate::packed::{pack, unpack};
use crate::sql::{Sql, sql};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use warrant_model::fact::{Fact, Place};
use warrant_model::finding::FindingState;
use warrant_model::hash::ContentHash;
use warrant_model::id::RecordId;
use warrant_model::kind::{Kind, Record};
use warrant_model::lifecycle::Event;
use warrant_model::snapshot::{EvidenceMeta, Findings, Programme, Sourced, SystemSnapshot, Target};
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

/// Keeps the facts that `pick` knows.
fn picked<T>(facts: Vec<Sourced<Fact>>, pick: impl Fn(Fact) -> Option<T>) -> Vec<Sourced<T>> {
    let keep =
        |Sourced { fact, evidence, place, at }| pick(fact).map(|fact| Sourced { fact, evidence, place, at });
    facts.into_iter().filter_map(keep).collect()
}

async fn sourced(
    reader: &mut (impl Reader + Send),
    system: &str,
    sorts: &[&str],
    at: AsOf,
) -> Result<Vec<Sourced<Fact>>, StoreError> {
    let query = FactQuery { system, sorts, files: None, until: until(at) };
    let found = facts::of_system(reader, query).await?;
    Ok(found.into_iter().map(sourced_of).collect())
}

fn sourced_of(FactOfFile { evidence, observed_at, stored, .. }: FactOfFile) -> Sourced<Fact> {
    Sourced { fact: stored.fact, evidence, place: stored.place, at: from_micros(observed_at) }
}

/// The last microsecond that counts.
fn until(at: AsOf) -> i64 {
    match at {
        AsOf::Now(_) => i64::MAX,
        AsOf::Past(at) => micros(at),
    }
}

/// The part of a system that comes from evidence. Shared between snapshots until evidence changes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EvidenceSide {
    /// See [`SystemSnapshot::findings`].
    #[serde(with = "shared")]
    pub findings: Arc<Findings>,
    /// See [`SystemSnapshot::evidence`].
    #[serde(with = "shared")]
    pub evidence: Arc<Vec<EvidenceMeta>>,
    /// See [`SystemSnapshot::targets`].
    #[serde(with = "shared")]
    pub targets: Arc<Vec<Target>>,
    facts: SystemFacts,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct SystemFacts {
    #[serde(with = "shared")]
    backups: Arc<Vec<Sourced<warrant_model::fact::BackupFact>>>,
    #[serde(with = "shared")]
    software: Arc<Vec<Sourced<warrant_model::fact::ComponentFact>>>,
    #[serde(with = "shared")]
    settings: Arc<Vec<Sourced<warrant_model::fact::SettingFact>>>,
    #[serde(with = "shared")]
    services: Arc<Vec<Sourced<warrant_model::fact::ServiceFact>>>,
}

/// What is shared is written as if it were not.
mod shared {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::sync::Arc;

    pub(super) fn serialize<T: Serialize, S: Serializer>(
        value: &Arc<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        T::serialize(value, serializer)
    }

    pub(super) fn deserialize<'d, T: Deserialize<'d>, D: Deserializer<'d>>(
        deserializer: D,
    ) -> Result<Arc<T>, D::Error> {
        T::deserialize(deserializer).map(Arc::new)
    }
}

/// Reads the part of a system that comes from evidence and keeps it; see [`keep`].
pub async fn keep_side(tx: &mut Tx, system: &str, now: Timestamp) -> Result<(), StoreError> {
    let side = evidence_side(tx, system, AsOf::Now(now)).await?;
    keep(tx, system, &side).await
}

/// Keeps the part of a system that comes from evidence, packed in columns, for as long as the system's evidence
/// carries its present mark: one row instead of thousands for the next snapshot.
pub async fn keep(tx: &mut Tx, system: &str, side: &EvidenceSide) -> Result<(), StoreError> {
    let (_, mark) = clock(tx, system).await?;
    let packed =
        pack(side).map_err(|error| StoreError::Damaged(format!("packed evidence of {system}: {error}")))?;
    let upsert = "INSERT INTO evidence_side (org, system_id, mark, body) VALUES ($1, $2, $3, $4)
         ON CONFLICT (org, system_id) DO UPDATE SET mark = excluded.mark, body = excluded.body";
    tx.execute(&sql(upsert, [ORG.into(), system.into(), mark.into(), packed.into()])).await?;
    Ok(())
}

/// What [`keep_side`] kept, when it still holds.
async fn kept_side(
    reader: &mut (impl Reader + Send),
    system: &str,
) -> Result<Option<EvidenceSide>, StoreError> {
    let query = "SELECT s.body FROM evidence_side s JOIN system_clock c ON c.org = s.org AND c.system_id = s.system_id AND c.evidence = s.mark
         WHERE s.org = $1 AND s.system_id = $2";
    let Some(row) = reader.first(&sql(query, [ORG.into(), system.into()])).await? else { return Ok(None) };
    Ok(unpack(&row.bytes(0)?).ok())
}

/// Loads the part of a system that comes from evidence, row by row.
pub async fn evidence_side(
    reader: &mut (impl Reader + Send),
    system: &str,
    at: AsOf,
) -> Result<EvidenceSide, StoreError> {
    let evidence = evidence_meta(reader, system, at).await?;
    let targets = targets(reader, system, at).await?;
    let findings = match at {
        AsOf::Now(_) => findings_now(reader, system).await?,
        AsOf::Past(past) => findings_past(reader, system, past, &targets).await?,
    };
    let facts = system_facts(reader, system, at, &targets).await?;
    Ok(EvidenceSide {
        findings: Arc::new(findings),
        evidence: Arc::new(evidence),
        targets: Arc::new(targets),
        facts,
    })
}

async fn evidence_meta(
    reader: &mut (impl Reader + Send),
    system: &str,
    at: AsOf,
) -> Result<Vec<EvidenceMeta>, StoreError> {
    let until = until(at);
    let query = "SELECT hash, name, format, tool, observed_at, received_at FROM evidence WHERE org = $1 AND system_id = $2 AND observed_at <= $3 ORDER BY observed_at, hash";
    let rows = reader.rows(&sql(query, [ORG.into(), system.into(), until.into()])).await?;
    rows.iter()
        .map(|row| {
            Ok(EvidenceMeta {
                hash: ContentHash(row.text(0)?),
                name: row.text(1)?,
                format: row.text(2)?,
                tool: row.text(3)?,
                observed_at: from_micros(row.int(4)?),
                received_at: from_micros(row.int(5)?),
            })
        })
        .collect()
}

/// The newest look of each tool at each target.
async fn targets(
    reader: &mut (impl Reader + Send),
    system: &str,
    at: AsOf,
) -> Result<Vec<Target>, StoreError> {
    let until = until(at);
    let query = "SELECT target, tool, observed_at, hash FROM look WHERE org = $1 AND system_id = $2 AND observed_at <= $3 ORDER BY target, tool, observed_at, hash";
    let rows = reader.rows(&sql(query, [ORG.into(), system.into(), until.into()])).await?;
    let mut newest: Vec<Target> = Vec::new();
    for row in &rows {
        let target = Target {
            name: row.text(0)?,
            tool: row.text(1)?,
            last_seen: from_micros(row.int(2)?),
            evidence: ContentHash(row.text(3)?),
        };
        match newest.last_mut().filter(|last| last.name == target.name && last.tool == target.tool) {
            Some(last) => *last = target,
            None => newest.push(target),
        }
    }
    Ok(newest)
}

async fn findings_now(reader: &mut (impl Reader + Send), system: &str) -> Result<Findings, StoreError> {
    let mut statement = Sql::default();
    statement.push("SELECT ").push(findings::COLUMNS).push(" FROM finding f WHERE f.org = ").bind(ORG);
    statement.push(" AND f.system_id = ").bind(system).push(" ORDER BY f.id");
    let mut columns = Findings::default();
    for row in reader.rows(&statement).await? {
        columns.push(&findings::read(&row)?);
    }
    columns.settle();
    Ok(columns)
}

async fn findings_past(
    reader: &mut (impl Reader + Send),
    system: &str,
    at: Timestamp,
    targets: &[Target],
) -> Result<Findings, StoreError> {
    let query = "SELECT finding_id, at, state, hash, line, pointer FROM finding_event WHERE org = $1 AND system_id = $2 AND at <= $3 ORDER BY at, hash";
    let rows = reader.rows(&sql(query, [ORG.into(), system.into(), micros(at).into()])).await?;
    let events = rows.iter().map(findings::read_event).collect::<Result<Vec<_>, _>>()?;
    let since = open_since(&events);
    let mut last: HashMap<String, Event> =
        events.into_iter().map(|event| (event.finding.clone(), event)).collect();
    let mut statement = Sql::default();
    statement.push("SELECT ").push(findings::COLUMNS).push(" FROM finding f WHERE f.org = ").bind(ORG);
    statement.push(" AND f.system_id = ").bind(system).push(" ORDER BY f.id");
    let newest: BTreeMap<_, _> =
        targets.iter().map(|t| ((t.tool.as_str(), t.name.as_str()), t.last_seen)).collect();
    let mut columns = Findings::default();
    for row in reader.rows(&statement).await? {
        let mut finding = findings::read(&row)?;
        let Some(event) = last.remove(&finding.id) else { continue };
        finding.state = event.state;
        finding.state_since = match event.state {
            FindingState::Open => since.get(&finding.id).copied().unwrap_or(event.at),
            _ => event.at,
        };
        finding.evidence = event.evidence;
        finding.place = event.place;
        let looked = newest.get(&(finding.tool.as_str(), finding.target.as_str()));
        finding.last_seen = looked.map_or(finding.state_since, |at| finding.last_seen.min(*at));
        columns.push(&finding);
    }
    columns.settle();
    Ok(columns)
}

/// Since when each finding is open, by its events in the order of time. What moved goes on where it went: the event of
/// either names the same place in the same file.
fn open_since(events: &[Event]) -> HashMap<String, Timestamp> {
    let mut since: HashMap<String, Timestamp> = HashMap::new();
    for look in events.chunk_by(|a, b| (a.at, &a.evidence) == (b.at, &b.evidence)) {
        let moved: HashMap<&Place, Timestamp> = look
            .iter()
            .filter(|event| event.state == FindingState::Moved)
            .filter_map(|event| Some((&event.place, *since.get(&event.finding)?)))
            .collect();
        let opened = look.iter().filter(|event| event.state == FindingState::Open);
        let opened: Vec<_> = opened
            .map(|event| (event.finding.clone(), moved.get(&event.place).copied().unwrap_or(event.at)))
            .collect();
        since.extend(opened);
    }
    since
}

/// Backups are all kept; of software, settings and services only what the newest look at a target says.
async fn system_facts(
    reader: &mut (impl Reader + Send),
    system: &str,
    at: AsOf,
    targets: &[Target],
) -> Result<SystemFacts, StoreError> {
    let backups = picked(sourced(reader, system, &["backup"], at).await?, |fact| match fact {
        Fact::Backup(fact) => Some(fact),
        _ => None,
    });
    let mut newest: Vec<_> = targets.iter().map(|target| target.evidence.as_str()).collect();
    newest.sort_unstable();
    newest.dedup();
    let mut kept = SystemFacts { backups: Arc::new(backups), ..SystemFacts::default() };
    let (mut software, mut settings, mut services) = (Vec::new(), Vec::new(), Vec::new());
    let current: HashSet<_> = targets.iter().map(|t| (t.evidence.as_str(), &*t.name, &*t.tool)).collect();
    for files in newest.chunks(200) {
        let sorts = &["component", "service", "setting"];
        let query = FactQuery { system, sorts, files: Some(files), until: until(at) };
        for found in facts::of_system(reader, query).await? {
            if !current.contains(&(found.evidence.as_str(), found.stored.fact.target(), &*found.tool)) {
                continue;
            }
            let Sourced { fact, evidence, place, at } = sourced_of(found);
            match fact {
                Fact::Component(fact) => software.push(Sourced { fact, evidence, place, at }),
                Fact::Setting(fact) => settings.push(Sourced { fact, evidence, place, at }),
                Fact::Service(fact) => services.push(Sourced { fact, evidence, place, at }),
                _ => {}
            }
        }
    }
    kept.software = Arc::new(software);
    kept.settings = Arc::new(settings);
    kept.services = Arc::new(services);
    Ok(kept)
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
    }))
}

/// The part of a snapshot that comes from evidence, to be used again.
pub fn side_of(snapshot: &SystemSnapshot) -> EvidenceSide {
    EvidenceSide {
        findings: snapshot.findings.clone(),
        evidence: snapshot.evidence.clone(),
        targets: snapshot.targets.clone(),
        facts: SystemFacts {
            backups: snapshot.backups.clone(),
            software: snapshot.software.clone(),
            settings: snapshot.settings.clone(),
            services: snapshot.services.clone(),
        },
    }
}

/// Ids of all systems.
pub async fn system_ids(reader: &mut (impl Reader + Send)) -> Result<Vec<String>, StoreError> {
    let query = "SELECT id FROM record WHERE org = $1 AND kind = 'system' ORDER BY id";
    reader.rows(&sql(query, [ORG.into()])).await?.iter().map(|row| row.text(0)).collect()
}
