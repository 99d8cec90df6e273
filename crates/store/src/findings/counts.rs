//! How many findings there are, counted before anybody asks.

use super::LISTED;
use crate::ORG;
use crate::db::{Reader, Tx};
use crate::error::StoreError;
use crate::sql::{Sql, sql};

/// Counts a system's findings anew, in the transaction that changed them.
pub async fn recount(tx: &mut Tx, system: &str) -> Result<(), StoreError> {
    let delete = "DELETE FROM finding_count WHERE org = $1 AND system_id = $2";
    tx.execute(&sql(delete, [ORG.into(), system.into()])).await?;
    let mut insert = Sql::new(
        "INSERT INTO finding_count (org, system_id, state, severity, tool, decision, findings)
         SELECT org, system_id, state, severity, tool, decision, COUNT(*) FROM finding WHERE org = ",
    );
    insert.bind(ORG).push(" AND system_id = ").bind(system).push(" AND state ").push(LISTED);
    insert.push(" GROUP BY org, system_id, state, severity, tool, decision");
    tx.execute(&insert).await?;
    Ok(())
}

/// Systems whose counted findings are not those there are.
pub async fn miscounted(reader: &mut (impl Reader + Send)) -> Result<Vec<String>, StoreError> {
    let mut query = Sql::new(
        "SELECT system_id FROM (
           SELECT system_id, state, severity, tool, decision, COUNT(*) AS found, 0 AS counted FROM finding WHERE org = ",
    );
    query.bind(ORG).push(" AND state ").push(LISTED).push(
        " GROUP BY system_id, state, severity, tool, decision
           UNION ALL SELECT system_id, state, severity, tool, decision, 0, findings FROM finding_count WHERE org = ",
    );
    query.bind(ORG).push(
        ") AS both_sides
         GROUP BY system_id, state, severity, tool, decision HAVING SUM(found) <> SUM(counted) ORDER BY system_id",
    );
    let rows = reader.rows(&query).await?;
    rows.iter().map(|row| row.text(0)).collect()
}
