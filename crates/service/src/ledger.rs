//! The ledger as people use it: verify, prove, look at.

use crate::{Actor, Service, ServiceError};
use std::collections::BTreeMap;
use warrant_analysis::posture;
use warrant_model::posture::Posture;
use warrant_model::scope::Role;
use warrant_store::changes::Entry;
use warrant_store::verify::Verification;
use warrant_store::{StoreError, postures, records, snapshots};

/// The state of the ledger.
#[derive(Clone, Debug, serde::Serialize)]
pub struct LedgerState {
    /// Changes recorded.
    pub size: u64,
    /// Of these, under a signed checkpoint.
    pub published: u64,
    /// The checkpoint's text (C2SP signed note), empty while there is none.
    pub checkpoint: String,
    /// The key to verify it with (C2SP vkey).
    pub verifier: String,
}

/// A proof that a change is in the ledger.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ChangeProof {
    /// Index of the leaf.
    pub index: u64,
    /// The leaf's content: the canonical change.
    pub entry: String,
    /// The proof (C2SP tlog-proof).
    pub proof: String,
    /// The key to verify it with (C2SP vkey).
    pub verifier: String,
}

fn failed(error: impl std::fmt::Display) -> ServiceError {
    StoreError::Ledger(error.to_string()).into()
}

impl Service {
    /// Verifies every row, leaf, tile, evidence byte, stored posture and release.
    pub async fn verify_ledger(&self, actor: &Actor) -> Result<Verification, ServiceError> {
        require_whole(actor, Role::Reader)?;
        self.renew_expired().await?;
        let mut found = self.store().verify().await?;
        found.problems.extend(self.check_postures().await?);
        found.problems.extend(self.check_releases().await?);
        Ok(found)
    }

    /// Compares every stored deficiency with one computed anew.
    async fn check_postures(&self) -> Result<Vec<String>, ServiceError> {
        let mut problems = Vec::new();
        let mut db = self.store().db();
        let (programme, _) = self.programme_now(&mut db).await?;
        let shared = self.programme_posture(&mut db).await?;
        problems.extend(self.check_posture(&shared, "the programme").await?);
        for id in snapshots::system_ids(&mut db).await? {
            let at = snapshots::AsOf::Now(self.now());
            let Some(snapshot) = self.loaded_anew(&mut db, &id, at, programme.clone()).await? else {
                continue;
            };
            let kept = snapshots::kept_side(&mut db, &id).await?;
            if kept.is_some_and(|kept| kept != snapshots::side_of(&snapshot)) {
                let name = &snapshot.system.body.name;
                problems.push(format!("evidence of {name}: what is kept of it is not what its rows tell"));
            }
            let computed = posture(&snapshot, self.policy());
            problems.extend(self.check_posture(&computed, &snapshot.system.body.name).await?);
        }
        Ok(problems)
    }

    async fn check_posture(&self, computed: &Posture, name: &str) -> Result<Vec<String>, ServiceError> {
        let mut stored = postures::stored(&mut self.store().db(), &computed.system).await?;
        let mut problems = Vec::new();
        for deficiency in &computed.deficiencies {
            let fresh = serde_json::to_string(deficiency).map_err(failed)?;
            if stored.remove(&deficiency.id).is_none_or(|body| body != fresh) {
                problems
                    .push(format!("deficiency {} of {name}: stored otherwise than computed", deficiency.id));
            }
        }
        let extra =
            stored.into_keys().map(|id| format!("deficiency {id} of {name}: stored but not computed"));
        problems.extend(extra);
        Ok(problems)
    }

    /// The ledger's size, checkpoint and key.
    pub async fn ledger_state(&self) -> Result<LedgerState, ServiceError> {
        let reader = self.store().ledger()?;
        Ok(LedgerState {
            size: self.store().ledger_size().await?,
            published: reader.as_ref().map_or(0, |reader| reader.size()),
            checkpoint: reader.map(|reader| reader.checkpoint().note().to_text()).unwrap_or_default(),
            verifier: self.store().verifier()?.to_string(),
        })
    }

    /// Proves the newest change of a record (or evidence, by hash) the actor may see.
    pub async fn prove(&self, actor: &Actor, id: &str) -> Result<ChangeProof, ServiceError> {
        let leaf = match self.visible(actor, id).await {
            Ok(_) => records::versions(&mut self.store().db(), id).await?.first().map(|version| version.leaf),
            Err(_) => self.evidence(actor, id).await?.first().map(|row| row.leaf),
        };
        let index = leaf.ok_or_else(|| ServiceError::NotFound { what: "change", name: id.to_owned() })?;
        self.prove_leaf(index.unsigned_abs()).await
    }

    /// Proves the change of an index: any for those who see everything, else one about a record or file the
    /// actor may see.
    pub async fn prove_index(&self, actor: &Actor, index: u64) -> Result<ChangeProof, ServiceError> {
        let size = self.store().ledger_size().await?;
        if index >= size {
            return Err(ServiceError::NotFound { what: "ledger leaf", name: index.to_string() });
        }
        let proof = self.prove_leaf(index).await?;
        if require_whole(actor, Role::Reader).is_ok() {
            return Ok(proof);
        }
        let entry: Entry = serde_json::from_str(&proof.entry).map_err(failed)?;
        let hash = entry.subject.split('/').next().unwrap_or_default();
        let seen =
            self.visible(actor, &entry.subject).await.is_ok() || self.evidence(actor, hash).await.is_ok();
        if seen { Ok(proof) } else { require_whole(actor, Role::Reader).map(|()| proof) }
    }

    async fn prove_leaf(&self, index: u64) -> Result<ChangeProof, ServiceError> {
        self.store().integrate().await?;
        let reader = self.store().ledger()?;
        let reader = reader.ok_or_else(|| ServiceError::Refused("nothing was recorded yet".to_owned()))?;
        let entry = reader.entry(index).map_err(failed)?;
        let proof = reader.prove(index).map_err(failed)?;
        let verifier = self.store().verifier()?;
        proof.verify(&entry, &verifier).map_err(failed)?;
        Ok(ChangeProof {
            index,
            entry: String::from_utf8_lossy(&entry).into_owned(),
            proof: proof.to_text(),
            verifier: verifier.to_string(),
        })
    }

    /// Changes in the ledger, newest first, from `before` (exclusive) downwards. For those who see everything:
    /// the ledger names what it records.
    pub async fn ledger_entries(
        &self,
        actor: &Actor,
        before: Option<u64>,
        limit: u64,
    ) -> Result<Vec<(u64, Entry)>, ServiceError> {
        require_whole(actor, Role::Reader)?;
        self.store().integrate().await?;
        let Some(reader) = self.store().ledger()? else { return Ok(Vec::new()) };
        let end = before.unwrap_or_else(|| reader.size()).min(reader.size());
        let start = end.saturating_sub(limit);
        let mut entries = BTreeMap::new();
        for entry in reader.entries(start..end).map_err(failed)? {
            let (index, bytes) = entry.map_err(failed)?;
            entries.insert(index, serde_json::from_slice::<Entry>(&bytes).map_err(failed)?);
        }
        Ok(entries.into_iter().rev().collect())
    }
}

/// Refuses unless the role holds for the whole organisation.
fn require_whole(actor: &Actor, role: Role) -> Result<(), ServiceError> {
    if actor.everywhere >= Some(role) {
        return Ok(());
    }
    let message =
        format!("{} needs a role for the whole organisation: the ledger names everything", actor.email);
    Err(ServiceError::Denied(message))
}

impl Service {
    /// How many changes were recorded.
    pub async fn ledger_size(&self) -> Result<u64, ServiceError> {
        Ok(self.store().ledger_size().await?)
    }
}
