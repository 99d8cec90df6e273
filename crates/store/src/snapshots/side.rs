//! The part of a system that comes from evidence: shared between snapshots, kept packed between imports.

use super::AsOf;
use super::rows::evidence_side;
use crate::ORG;
use crate::db::{Reader, Tx};
use crate::error::StoreError;
use crate::evidence::clock;
use crate::packed::{pack, unpack};
use crate::sql::sql;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::Arc;
use warrant_model::fact::{BackupFact, ComponentFact, ServiceFact, SettingFact};
use warrant_model::snapshot::{EvidenceMeta, Findings, Sourced, SystemSnapshot, Target};

/// The part of a system that comes from evidence. Shared between snapshots until evidence changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    pub(super) facts: SystemFacts,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct SystemFacts {
    #[serde(with = "shared")]
    pub(super) backups: Arc<Vec<Sourced<BackupFact>>>,
    #[serde(with = "shared")]
    pub(super) software: Arc<Vec<Sourced<ComponentFact>>>,
    #[serde(with = "shared")]
    pub(super) settings: Arc<Vec<Sourced<SettingFact>>>,
    #[serde(with = "shared")]
    pub(super) services: Arc<Vec<Sourced<ServiceFact>>>,
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
    keep(tx, system, pack_side(&side)?).await
}

/// The part of a system that comes from evidence as [`keep`] keeps it, packed in columns.
#[derive(Debug)]
pub struct PackedSide(Vec<u8>);

/// Packs the part of a system that comes from evidence.
pub fn pack_side(side: &EvidenceSide) -> Result<PackedSide, StoreError> {
    pack(side).map(PackedSide).map_err(|error| StoreError::Damaged(format!("evidence to be packed: {error}")))
}

/// Keeps the part of a system that comes from evidence for as long as the system's evidence carries its present mark:
/// one row instead of thousands for the next snapshot.
pub async fn keep(tx: &mut Tx, system: &str, side: PackedSide) -> Result<(), StoreError> {
    let (_, mark) = clock(tx, system).await?;
    let upsert = "INSERT INTO evidence_side (org, system_id, mark, body) VALUES ($1, $2, $3, $4)
         ON CONFLICT (org, system_id) DO UPDATE SET mark = excluded.mark, body = excluded.body";
    tx.execute(&sql(upsert, [ORG.into(), system.into(), mark.into(), side.0.into()])).await?;
    Ok(())
}

/// What was kept of a system by [`keep`], when it still holds.
pub async fn kept_side(
    reader: &mut (impl Reader + Send),
    system: &str,
) -> Result<Option<EvidenceSide>, StoreError> {
    let query = "SELECT s.body FROM evidence_side s JOIN system_clock c ON c.org = s.org AND c.system_id = s.system_id AND c.evidence = s.mark
         WHERE s.org = $1 AND s.system_id = $2";
    let Some(row) = reader.first(&sql(query, [ORG.into(), system.into()])).await? else { return Ok(None) };
    Ok(unpack(&row.bytes(0)?).ok())
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

/// The newest looks of tools at targets, as file and target: what facts count.
pub(super) fn current(targets: &[Target]) -> HashSet<(&str, &str)> {
    targets.iter().map(|target| (target.evidence.as_str(), target.name.as_str())).collect()
}
