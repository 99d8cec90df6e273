//! What opening a store of an older program does before anybody sees it.

use crate::{Actor, Service, ServiceError};
use warrant_store::evidence::{self, Side};
use warrant_store::snapshots::{self, AsOf};
use warrant_store::{changes, facts, findings};

impl Service {
    /// Brings what is stored into the form this program keeps it in.
    pub(crate) async fn upgrade(&self) -> Result<(), ServiceError> {
        self.repack_facts().await?;
        if self.is_outdated().await? {
            self.settle_witnesses().await?;
            self.rebuild_outdated().await?;
        }
        Ok(())
    }

    /// Works out in every system which findings are witnesses of one weakness, one system at a time, each that changes
    /// with its entry in the ledger.
    async fn settle_witnesses(&self) -> Result<(), ServiceError> {
        for system in snapshots::system_ids(&mut self.store().db()).await? {
            let mut write = self.store().begin().await?;
            let side = snapshots::evidence_side(&mut write.tx, &system, AsOf::Now(self.now())).await?;
            let hashes = findings::agree(&mut write.tx, &system, &side.findings).await?;
            if hashes.is_empty() {
                continue;
            }
            findings::recount(&mut write.tx, &system).await?;
            let leaf = changes::next_index(&mut write.tx).await?;
            let mut entry = self.act(&Actor::program(), "settle").entry(system.clone(), hashes);
            evidence::tick(&mut write.tx, &system, Side::Evidence).await?;
            snapshots::keep(&mut write.tx, &system, snapshots::pack_side(&side)?).await?;
            changes::settle_rows(self.store().blobs(), &mut entry)?;
            changes::record(&mut write.tx, leaf, &entry).await?;
            write.commit().await?;
        }
        Ok(())
    }

    /// Packs facts that were kept a row each, one file at a time, each with its entry in the ledger.
    async fn repack_facts(&self) -> Result<(), ServiceError> {
        loop {
            let files = facts::unpacked(&mut self.store().db()).await?;
            if files.is_empty() {
                return Ok(());
            }
            for (hash, system) in files {
                let mut write = self.store().begin().await?;
                let Some(row) = evidence::accepted(&mut write.tx, &hash, &system).await? else {
                    let message = format!("facts of {hash} for `{system}`, but no such file was accepted");
                    return Err(warrant_store::StoreError::Damaged(message).into());
                };
                let leaf = changes::next_index(&mut write.tx).await?;
                let mut entry = self.act(&Actor::program(), "repack").entry(row.key(), Vec::new());
                facts::repack(&mut write.tx, &row, &mut entry).await?;
                evidence::tick(&mut write.tx, &system, Side::Evidence).await?;
                snapshots::keep_side(&mut write.tx, &system, self.now()).await?;
                changes::settle_rows(self.store().blobs(), &mut entry)?;
                changes::record(&mut write.tx, leaf, &entry).await?;
                write.commit().await?;
            }
        }
    }
}
