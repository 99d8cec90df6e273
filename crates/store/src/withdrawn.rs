//! Taking an accepted file out again: its rows go, and the ledger learns that they are gone. Its bytes stay.

use crate::ORG;
use crate::changes::{RowHash, Table};
use crate::db::{Reader, Tx};
use crate::error::StoreError;
use crate::evidence::{EvidenceRow, look_key};
use crate::sql::{Sql, sql};
use warrant_model::hash::ContentHash;

/// What an accepted file looked at.
pub async fn targets(
    reader: &mut (impl Reader + Send),
    system: &str,
    hash: &ContentHash,
) -> Result<Vec<String>, StoreError> {
    let query = "SELECT target FROM look WHERE org = $1 AND system_id = $2 AND hash = $3 ORDER BY target";
    let rows = reader.rows(&sql(query, [ORG.into(), system.into(), hash.as_str().into()])).await?;
    rows.iter().map(|row| row.text(0)).collect()
}

/// Removes the file's own rows: evidence, looks, facts, and the release made of it. Returns the rows that are gone.
pub async fn remove_file(
    tx: &mut Tx,
    evidence: &EvidenceRow,
    targets: &[String],
) -> Result<Vec<RowHash>, StoreError> {
    let EvidenceRow { hash, system, tool, .. } = evidence;
    let gone = |table, key| RowHash { table, key, hash: String::new() };
    let mut rows = vec![gone(Table::Evidence, evidence.key())];
    rows.extend(targets.iter().map(|target| gone(Table::Look, look_key(system, tool, target, hash))));
    for (table, name, number) in
        [(Table::FactPage, "fact_page", "first"), (Table::FactFinder, "fact_finder", "low")]
    {
        let mut statement = Sql::new("SELECT ");
        statement.push(number).push(" FROM ").push(name).push(" WHERE org = ").bind(ORG);
        statement.push(" AND hash = ").bind(hash.as_str()).push(" AND system_id = ").bind(system);
        for row in tx.rows(&statement).await? {
            rows.push(gone(table, format!("{}/{}", evidence.key(), row.int(0)?)));
        }
    }
    for table in ["evidence", "look", "fact_page", "fact_finder", "component_release", "release_verdict"] {
        let mut delete = Sql::new("DELETE FROM ");
        delete.push(table).push(" WHERE org = ").bind(ORG).push(" AND hash = ").bind(hash.as_str());
        delete.push(" AND system_id = ").bind(system);
        tx.execute(&delete).await?;
    }
    Ok(rows)
}

/// Removes findings that no file speaks of any more, their events gone before. Returns the rows that are gone.
pub async fn remove_findings(tx: &mut Tx, ids: &[String]) -> Result<Vec<RowHash>, StoreError> {
    for chunk in ids.chunks(500) {
        let mut delete = Sql::new("DELETE FROM finding WHERE org = ").with("", ORG);
        delete.push(" AND id IN (").bind_list(chunk).push(")");
        tx.execute(&delete).await?;
    }
    let gone = |id: &String| RowHash { table: Table::Finding, key: id.clone(), hash: String::new() };
    Ok(ids.iter().map(gone).collect())
}
