//! Releases kept in step with evidence, made anew from it, and compared with what it says.

use super::bill::{Parts, is_bill, release_of};
use super::feed::InMemory;
use super::verdict::Kept;
use crate::{Service, ServiceError};
use std::collections::BTreeMap;
use std::sync::Arc;
use warrant_model::fact::{ComponentFact, Fact};
use warrant_store::evidence::{self, EvidenceQuery, EvidenceRow};
use warrant_store::releases::{self, ReleaseRow};
use warrant_store::{Reader, Sight, StoreError, Tx, facts, feeds, snapshots};

impl Service {
    /// Puts the release that an accepted file tells of, judged by the advisories in force, inside the transaction that
    /// accepts it. `advisories` must be those in force.
    pub(crate) async fn keep_release<'f>(
        &self,
        tx: &mut Tx,
        evidence: &EvidenceRow,
        parts: impl Iterator<Item = &'f ComponentFact>,
        advisories: Option<&InMemory>,
    ) -> Result<Option<ReleaseRow>, ServiceError> {
        let Some((row, parts)) = release_of(evidence, parts) else { return Ok(None) };
        in_force(tx, advisories).await?;
        releases::put(tx, &row, &parts).await?;
        if let Some(advisories) = advisories {
            let kept = Kept::of(&advisories.database, &parts, self.now());
            let bill = (row.system.as_str(), &row.hash);
            releases::put_verdict(tx, bill, advisories.leaf, &kept, &kept.hits()).await?;
        }
        Ok(Some(row))
    }

    /// Makes every release of every system anew from evidence, and judges it.
    pub(crate) async fn rebuild_releases(&self) -> Result<(), ServiceError> {
        for system in snapshots::system_ids(&mut self.store().db()).await? {
            let mut attempt = 0;
            while let Err(error) = self.rebuild_system(&system).await {
                match error {
                    ServiceError::Store(error) if error.is_transient() && attempt < 5 => attempt += 1,
                    error => return Err(error),
                }
            }
        }
        Ok(())
    }

    async fn rebuild_system(&self, system: &str) -> Result<(), ServiceError> {
        let advisories = self.advisories_in_memory().await?;
        let mut write = self.store().begin().await?;
        in_force(&mut write.tx, advisories.as_deref()).await?;
        releases::forget(&mut write.tx, system).await?;
        for (row, parts) in releases_in_evidence(&mut write.tx, system).await? {
            releases::put(&mut write.tx, &row, &parts).await?;
            if let Some(InMemory { leaf, database }) = advisories.as_deref() {
                let kept = Kept::of(database, &parts, self.now());
                let bill = (system, &row.hash);
                releases::put_verdict(&mut write.tx, bill, *leaf, &kept, &kept.hits()).await?;
            }
        }
        Ok(write.commit().await?)
    }

    /// Compares every stored release and verdict with one made anew.
    pub(crate) async fn check_releases(&self) -> Result<Vec<String>, ServiceError> {
        let mut problems = Vec::new();
        let advisories = self.advisories_in_memory().await?;
        for system in snapshots::system_ids(&mut self.store().db()).await? {
            self.check_system(&system, advisories.clone(), &mut problems).await?;
        }
        Ok(problems)
    }

    async fn check_system(
        &self,
        system: &str,
        advisories: Option<Arc<InMemory>>,
        problems: &mut Vec<String>,
    ) -> Result<(), ServiceError> {
        let mut db = self.store().db();
        let stored = releases::list(&mut db, Some(system), &Sight::Everything).await?;
        let mut stored: BTreeMap<String, ReleaseRow> =
            stored.into_iter().map(|row| (row.hash.0.clone(), row)).collect();
        for (row, parts) in releases_in_evidence(&mut db, system).await? {
            let hash = row.hash.0.as_str();
            let name = format!("release {} {} ({hash})", row.component, row.version);
            let kept_parts = releases::parts::<Parts>(&mut db, system, &[hash]).await?.remove(hash);
            if stored.remove(hash).as_ref() != Some(&row) || kept_parts.as_ref() != Some(&parts) {
                problems.push(format!("{name}: stored otherwise than its bill says"));
            }
            let kept = releases::verdicts(&mut db, system, &[hash]).await?.remove(hash);
            let hits = releases::hits(&mut db, system, &[hash]).await?.remove(hash);
            let anew = advisories.as_deref().map(|InMemory { leaf, database }| {
                let anew = Kept::of(database, &parts, self.now());
                Ok::<_, StoreError>((*leaf, anew.bytes()?, anew.hits().bytes()?))
            });
            let kept = kept.map(|kept| (kept.feed, kept.bytes, hits.map_or(Vec::new(), |hits| hits.bytes)));
            if kept != anew.transpose()? {
                problems.push(format!("{name}: judged otherwise than the advisories in force say"));
            }
        }
        problems.extend(stored.keys().map(|hash| format!("release {hash}: there is no such bill")));
        Ok(())
    }
}

/// Refuses, to be tried again, when other advisories than these came into force in between.
async fn in_force(tx: &mut Tx, advisories: Option<&InMemory>) -> Result<(), StoreError> {
    let in_force = feeds::newest(tx).await?.map(|feed| feed.leaf);
    if in_force == advisories.map(|advisories| advisories.leaf) {
        return Ok(());
    }
    Err(StoreError::Busy("other advisories came into force".to_owned()))
}

/// The releases that a system's evidence tells of.
async fn releases_in_evidence(
    reader: &mut (impl Reader + Send),
    system: &str,
) -> Result<Vec<(ReleaseRow, Parts)>, ServiceError> {
    let query =
        EvidenceQuery { system: Some(system.to_owned()), limit: i64::MAX, ..EvidenceQuery::default() };
    let mut found = Vec::new();
    for evidence in evidence::list(reader, &query, &Sight::Everything).await? {
        if !is_bill(&evidence.format) || evidence.release.is_none() {
            continue;
        }
        let stored = facts::of_file(reader, &evidence.hash, system, 0, i64::MAX / 2).await?;
        let parts = stored.iter().filter_map(|stored| match &stored.fact {
            Fact::Component(component) => Some(component),
            _ => None,
        });
        found.extend(release_of(&evidence, parts));
    }
    Ok(found)
}
