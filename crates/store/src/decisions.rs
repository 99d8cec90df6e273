//! Decisions about findings and what they were made by. Derived, and made anew at will.

use crate::ORG;
use crate::db::{Reader, Tx};
use crate::error::StoreError;
use crate::packed::{pack, unpack};
use crate::sql::{Sql, sql};
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::hash::ContentHash;
use warrant_model::priority::{Decision, Signals};

/// What the decisions of a system's findings were made by; `None`: they are to be made.
pub async fn basis(reader: &mut (impl Reader + Send), system: &str) -> Result<Option<String>, StoreError> {
    let query = "SELECT basis FROM decision_basis WHERE org = $1 AND system_id = $2";
    reader.first(&sql(query, [ORG.into(), system.into()])).await?.map(|row| row.text(0)).transpose()
}

/// Notes what they were made by.
pub async fn note(tx: &mut Tx, system: &str, basis: &str) -> Result<(), StoreError> {
    let upsert = "INSERT INTO decision_basis (org, system_id, basis) VALUES ($1, $2, $3)
         ON CONFLICT (org, system_id) DO UPDATE SET basis = excluded.basis";
    tx.execute(&sql(upsert, [ORG.into(), system.into(), basis.into()])).await?;
    Ok(())
}

/// Forgets it, so that the next posture makes all of them anew.
pub async fn forget(tx: &mut Tx, system: &str) -> Result<(), StoreError> {
    let delete = "DELETE FROM decision_basis WHERE org = $1 AND system_id = $2";
    tx.execute(&sql(delete, [ORG.into(), system.into()])).await?;
    Ok(())
}

/// Stores the decisions about a system's findings, by id, where they are not what is stored; all others have none.
pub async fn put(tx: &mut Tx, system: &str, mut decided: BTreeMap<&str, Decision>) -> Result<(), StoreError> {
    let query = "SELECT id, decision FROM finding WHERE org = $1 AND system_id = $2 AND decision <> 0";
    let mut changed: BTreeMap<u8, Vec<String>> = BTreeMap::new();
    for row in tx.rows(&sql(query, [ORG.into(), system.into()])).await? {
        let (id, stored) = (row.text(0)?, row.int(1)?);
        let rank = decided.remove(id.as_str()).map_or(0, Decision::rank);
        if i64::from(rank) != stored {
            changed.entry(rank).or_default().push(id);
        }
    }
    for (id, decision) in decided {
        changed.entry(decision.rank()).or_default().push(id.to_owned());
    }
    for (rank, ids) in changed {
        for chunk in ids.chunks(500) {
            let mut update = Sql::new("UPDATE finding SET decision = ").with("", i64::from(rank));
            update.push(" WHERE org = ").bind(ORG).push(" AND id IN (").bind_list(chunk).push(")");
            tx.execute(&update).await?;
        }
    }
    Ok(())
}

/// Keeps what a bundle of advisories signals, in place of what the one before it did.
pub async fn put_signals(tx: &mut Tx, hash: &ContentHash, signals: &Signals) -> Result<(), StoreError> {
    let body =
        pack(signals).map_err(|error| StoreError::Damaged(format!("signals to be packed: {error}")))?;
    let upsert = "INSERT INTO advisory_signal (org, hash, body) VALUES ($1, $2, $3)
         ON CONFLICT (org) DO UPDATE SET hash = excluded.hash, body = excluded.body";
    tx.execute(&sql(upsert, [ORG.into(), hash.as_str().into(), body.into()])).await?;
    Ok(())
}

/// What the bundle of this hash signals; `None`: that was not kept.
pub async fn signals(
    reader: &mut (impl Reader + Send),
    hash: &ContentHash,
) -> Result<Option<Signals>, StoreError> {
    let query = "SELECT body FROM advisory_signal WHERE org = $1 AND hash = $2";
    let row = reader.first(&sql(query, [ORG.into(), hash.as_str().into()])).await?;
    Ok(row.map(|row| row.bytes(0)).transpose()?.and_then(|body| unpack(&body).ok()))
}

/// Systems with findings that name one of these vulnerabilities.
pub async fn systems_naming(
    reader: &mut (impl Reader + Send),
    ids: &BTreeSet<&str>,
) -> Result<BTreeSet<String>, StoreError> {
    let words = crate::finding_words::naming(reader, ids).await?;
    let mut systems = BTreeSet::new();
    for chunk in words.chunks(500) {
        let mut query = Sql::new("SELECT DISTINCT system_id FROM finding WHERE org = ").with("", ORG);
        query.push(" AND words IN (").bind_list(chunk.iter().copied()).push(")");
        for row in reader.rows(&query).await? {
            systems.insert(row.text(0)?);
        }
    }
    Ok(systems)
}
