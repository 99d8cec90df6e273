//! Undoing an import: what a file opened, closed and changed is as if it had never come in, as one act of the ledger.
//! What later rests on it is named, and then nothing is undone.

use crate::late::{Late, replay};
use crate::permission::{Deed, least_role, require};
use crate::{Actor, Service, ServiceError};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use warrant_model::finding::Finding;
use warrant_model::hash::ContentHash;
use warrant_store::evidence::{self, EvidenceRow, Side};
use warrant_store::records::RecordQuery;
use warrant_store::snapshots::{self, AsOf};
use warrant_store::{Tx, changes, decisions, facts, findings, records, withdrawn};

/// What an undone import left behind.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Withdrawn {
    /// The file's name.
    pub file: String,
    /// Findings that only this file spoke of: they are gone.
    pub forgotten: usize,
    /// Findings that are in another state again.
    pub restored: usize,
}

/// Facts read at a time.
const CHUNK: i64 = 4_096;
/// The most records that are named in a refusal.
const NAMED: usize = 5;

impl Service {
    /// Undoes the import of a file for a system (empty: for the organisation).
    pub async fn withdraw_import(
        &self,
        actor: &Actor,
        hash: &str,
        system: &str,
    ) -> Result<Withdrawn, ServiceError> {
        let mut attempt = 0;
        loop {
            match self.withdraw_once(actor, hash, system).await {
                Err(ServiceError::Store(error)) if error.is_transient() && attempt < 5 => attempt += 1,
                done => return done,
            }
        }
    }

    async fn withdraw_once(
        &self,
        actor: &Actor,
        hash: &str,
        system: &str,
    ) -> Result<Withdrawn, ServiceError> {
        let hash = ContentHash(hash.to_owned());
        let mut write = self.store().begin().await?;
        let tx = &mut write.tx;
        require(tx, actor, least_role(Deed::Import), (system, "")).await?;
        let found = evidence::accepted(tx, &hash, system).await?;
        let absent = || ServiceError::NotFound { what: "evidence", name: hash.0.clone() };
        let file = found.ok_or_else(absent)?;
        let targets = withdrawn::targets(tx, system, &hash).await?;
        let concerned = concerned(tx, &file, &targets).await?;
        let mut hashes = withdrawn::remove_file(tx, &file, &targets).await?;
        let late: Late<'_> = concerned.iter().collect();
        let mut replayed = replay(tx, system, None, &late).await?;
        let mut done = Withdrawn { file: file.name.clone(), ..Withdrawn::default() };
        let (mut kept, mut events, mut gone) = (Vec::new(), Vec::new(), Vec::new());
        for (id, before) in &concerned {
            match replayed.remove(id) {
                Some((Some(finding), its)) => {
                    done.restored += usize::from(finding.state != before.state);
                    kept.push(finding);
                    events.extend(its);
                }
                _ => gone.push(id.clone()),
            }
        }
        done.forgotten = gone.len();
        self.refuse_what_rests_on(tx, &file, &gone).await?;
        let ids: Vec<_> = concerned.keys().cloned().collect();
        hashes.extend(findings::remove_events(tx, &ids).await?);
        hashes.extend(withdrawn::remove_findings(tx, &gone).await?);
        hashes.extend(findings::put(tx, &Arc::new(kept)).await?);
        hashes.extend(findings::put_events(tx, system, &Arc::new(events)).await?);
        let side = snapshots::evidence_side(tx, system, AsOf::Now(self.now())).await?;
        hashes.extend(findings::agree(tx, system, &side.findings).await?);
        findings::recount(tx, system).await?;
        let leaf = changes::next_index(tx).await?;
        let mut entry = self.act(actor, "withdraw-import").entry(file.key(), hashes);
        changes::settle_rows(self.store().blobs(), &mut entry)?;
        changes::record(tx, leaf, &entry).await?;
        evidence::tick(tx, system, Side::Evidence).await?;
        snapshots::keep(tx, system, snapshots::pack_side(&side)?).await?;
        decisions::forget(tx, system).await?;
        self.renew(tx, system).await?;
        write.commit().await?;
        self.wrote();
        Ok(done)
    }

    /// Refuses when a record names the file, or a finding that would be gone.
    async fn refuse_what_rests_on(
        &self,
        tx: &mut Tx,
        file: &EvidenceRow,
        gone: &[String],
    ) -> Result<(), ServiceError> {
        let gone: BTreeSet<&str> = gone.iter().map(String::as_str).collect();
        let everything = Actor::program().sees();
        let mut rows = Vec::new();
        if !gone.is_empty() && !file.system.is_empty() {
            let query =
                RecordQuery { system: Some(file.system.clone()), limit: 1_000_000, ..RecordQuery::default() };
            rows.extend(records::list(tx, &query, &everything).await?);
        }
        let naming = RecordQuery { text: file.hash.0.to_lowercase(), limit: 100, ..RecordQuery::default() };
        rows.extend(records::list(tx, &naming, &everything).await?);
        let mut named = BTreeMap::new();
        for row in rows {
            if names(&row.body, &|text| gone.contains(text) || text.contains(file.hash.as_str())) {
                let kind = self.registry().kind(&row.kind).map_or(row.kind.as_str(), |kind| kind.spec.title);
                named.insert(row.id, format!("{kind} “{}”", row.title));
            }
        }
        if named.is_empty() {
            return Ok(());
        }
        let first: Vec<_> = named.values().take(NAMED).map(String::as_str).collect();
        let more = named.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message = format!(
            "{}: this import is built on by {}{more}; change or remove that first, nothing was undone",
            file.name,
            first.join(", ")
        );
        Err(ServiceError::Refused(message))
    }
}

/// Whether a text anywhere in a body is one that is looked for.
fn names(body: &Value, wanted: &dyn Fn(&str) -> bool) -> bool {
    match body {
        Value::String(text) => wanted(text),
        Value::Array(items) => items.iter().any(|item| names(item, wanted)),
        Value::Object(fields) => fields.values().any(|value| names(value, wanted)),
        _ => false,
    }
}

/// Findings that the file saw, and those of its tool on what it looked at, which its silence may have closed.
async fn concerned(
    tx: &mut Tx,
    file: &EvidenceRow,
    targets: &[String],
) -> Result<BTreeMap<String, Finding>, ServiceError> {
    let mut ids = BTreeSet::new();
    let mut from = 0;
    loop {
        let read = facts::of_file(tx, &file.hash, &file.system, from, CHUNK).await?;
        let Some(last) = read.last() else { break };
        from = last.ordinal + 1;
        ids.extend(read.into_iter().map(|fact| fact.finding).filter(|id| !id.is_empty()));
    }
    let mut found = BTreeMap::new();
    for finding in findings::on_targets(tx, &file.system, &file.tool, targets).await? {
        found.insert(finding.id.clone(), finding);
    }
    let others: Vec<String> = ids.into_iter().filter(|id| !found.contains_key(id)).collect();
    for finding in findings::by_ids(tx, &others).await? {
        found.insert(finding.id.clone(), finding);
    }
    Ok(found)
}
