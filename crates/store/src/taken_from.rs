//! Which systems take controls from which, and what they give: who is to be computed anew when a provider changes.
//! Derived, and written with each posture.

use crate::ORG;
use crate::db::{Reader, Tx};
use crate::error::StoreError;
use crate::sql::{Sql, sql};
use jiff::Timestamp;
use std::collections::BTreeSet;
use warrant_model::time::micros;

/// Notes from which systems a system takes controls; only what differs is written.
pub async fn set_providers(
    tx: &mut Tx,
    system: &str,
    providers: &BTreeSet<String>,
) -> Result<(), StoreError> {
    let query = "SELECT provider_id FROM taken_from WHERE org = $1 AND system_id = $2";
    let rows = tx.rows(&sql(query, [ORG.into(), system.into()])).await?;
    let noted = rows.iter().map(|row| row.text(0)).collect::<Result<BTreeSet<_>, _>>()?;
    for gone in noted.difference(providers) {
        let delete = "DELETE FROM taken_from WHERE org = $1 AND provider_id = $2 AND system_id = $3";
        tx.execute(&sql(delete, [ORG.into(), gone.into(), system.into()])).await?;
    }
    for new in providers.difference(&noted) {
        let insert = "INSERT INTO taken_from (org, provider_id, system_id) VALUES ($1, $2, $3)";
        tx.execute(&sql(insert, [ORG.into(), new.into(), system.into()])).await?;
    }
    Ok(())
}

/// The systems that take controls from a system, in the order of their ids.
pub async fn customers(reader: &mut (impl Reader + Send), provider: &str) -> Result<Vec<String>, StoreError> {
    let query = "SELECT system_id FROM taken_from WHERE org = $1 AND provider_id = $2 ORDER BY system_id";
    let rows = reader.rows(&sql(query, [ORG.into(), provider.into()])).await?;
    rows.iter().map(|row| row.text(0)).collect()
}

/// Every pair of a system and one that it takes controls from, in the order of their ids.
pub async fn all(reader: &mut (impl Reader + Send)) -> Result<Vec<(String, String)>, StoreError> {
    let query =
        "SELECT system_id, provider_id FROM taken_from WHERE org = $1 ORDER BY system_id, provider_id";
    let rows = reader.rows(&sql(query, [ORG.into()])).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// Notes what a system gives to those that take from it, `None` when nobody does; tells whether that is something else
/// than was noted.
pub async fn set_given(tx: &mut Tx, system: &str, digest: Option<&str>) -> Result<Changed, StoreError> {
    let query = "SELECT digest FROM given WHERE org = $1 AND system_id = $2";
    let row = tx.first(&sql(query, [ORG.into(), system.into()])).await?;
    let noted = row.map(|row| row.text(0)).transpose()?;
    if noted.as_deref() == digest {
        return Ok(Changed::No);
    }
    let statement = match digest {
        None => sql("DELETE FROM given WHERE org = $1 AND system_id = $2", [ORG.into(), system.into()]),
        Some(digest) => {
            let upsert = "INSERT INTO given (org, system_id, digest) VALUES ($1, $2, $3)
                 ON CONFLICT (org, system_id) DO UPDATE SET digest = excluded.digest";
            sql(upsert, [ORG.into(), system.into(), digest.into()])
        }
    };
    tx.execute(&statement).await?;
    Ok(Changed::Yes)
}

/// Whether what was noted changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is as it was.
    No,
    /// It is something else now.
    Yes,
}

/// Lets stored postures end at an instant, so that they are computed anew with the next that have expired.
pub async fn expire(tx: &mut Tx, systems: &[String], at: Timestamp) -> Result<(), StoreError> {
    for chunk in systems.chunks(500) {
        let mut statement = Sql::new("UPDATE posture SET valid_until = ");
        statement.bind(micros(at)).push(" WHERE org = ").bind(ORG);
        statement.push(" AND valid_until > ").bind(micros(at)).push(" AND system_id IN (");
        statement.bind_list(chunk).push(")");
        tx.execute(&statement).await?;
    }
    Ok(())
}
