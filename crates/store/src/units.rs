//! What permission is decided on: the unit of each system and who lies below whom. Follows from records.

use crate::ORG;
use crate::db::{Reader, Tx};
use crate::error::StoreError;
use crate::records::NewVersion;
use crate::sql::sql;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use warrant_model::kind::KindScope;

/// Keeps what permission is decided on in step: the unit of a system, the tree of units.
pub(crate) async fn follow(tx: &mut Tx, new: &NewVersion<'_>, unit: &str) -> Result<(), StoreError> {
    match new.kind.spec.scope {
        KindScope::IsSystem(_) => {
            let upsert = "INSERT INTO system_unit (org, system_id, unit_id) VALUES ($1, $2, $3)
                 ON CONFLICT (org, system_id) DO UPDATE SET unit_id = excluded.unit_id";
            tx.execute(&sql(upsert, [ORG.into(), (&new.id).into(), unit.into()])).await?;
        }
        KindScope::IsUnit(_) => rebuild_closure(tx).await?,
        _ => {}
    }
    Ok(())
}

/// Who lies below whom (ancestor, descendant), from the units' parents; `""` is above all. A cycle leaves its
/// members under themselves only.
pub(crate) async fn tree(
    reader: &mut (impl Reader + Send),
) -> Result<BTreeSet<(String, String)>, StoreError> {
    let query = "SELECT id, body FROM record WHERE org = $1 AND kind = 'unit'";
    let mut parents = BTreeMap::new();
    for row in reader.rows(&sql(query, [ORG.into()])).await? {
        let body: Value = row.json(1)?;
        parents.insert(row.text(0)?, body["parent"].as_str().unwrap_or_default().to_owned());
    }
    let mut pairs = BTreeSet::from([(String::new(), String::new())]);
    for unit in parents.keys() {
        let mut line = vec![unit.clone()];
        while let Some(parent) = line.last().and_then(|last| parents.get(last)).filter(|p| !p.is_empty()) {
            if line.contains(parent) {
                line.truncate(1);
                break;
            }
            line.push(parent.clone());
        }
        pairs.insert((String::new(), unit.clone()));
        pairs.extend(line.into_iter().map(|ancestor| (ancestor, unit.clone())));
    }
    Ok(pairs)
}

/// A unit and everything below it.
pub async fn below(reader: &mut (impl Reader + Send), unit: &str) -> Result<BTreeSet<String>, StoreError> {
    let query = "SELECT descendant FROM unit_closure WHERE org = $1 AND ancestor = $2";
    let rows = reader.rows(&sql(query, [ORG.into(), unit.into()])).await?;
    rows.iter().map(|row| row.text(0)).collect()
}

/// A unit and everything above it, the organisation (`""`) among them.
pub async fn above(reader: &mut (impl Reader + Send), unit: &str) -> Result<BTreeSet<String>, StoreError> {
    let query = "SELECT ancestor FROM unit_closure WHERE org = $1 AND descendant = $2";
    let rows = reader.rows(&sql(query, [ORG.into(), unit.into()])).await?;
    rows.iter().map(|row| row.text(0)).collect()
}

async fn rebuild_closure(tx: &mut Tx) -> Result<(), StoreError> {
    let pairs = tree(tx).await?;
    let rows: Vec<_> =
        pairs.into_iter().map(|(above, below)| vec![ORG.into(), above.into(), below.into()]).collect();
    tx.execute(&sql("DELETE FROM unit_closure WHERE org = $1", [ORG.into()])).await?;
    let head = "INSERT INTO unit_closure (org, ancestor, descendant) VALUES";
    tx.insert_rows(head, rows, "").await
}
