//! Which systems a change of what systems share reaches.

use crate::ORG;
use crate::db::{Reader, Tx};
use crate::error::StoreError;
use crate::sql::{Sql, contains_pattern};
use std::collections::BTreeSet;

/// Systems that a shared record (a person, a unit) is named by.
pub async fn referring_systems(tx: &mut Tx, ids: &[String]) -> Result<Vec<String>, StoreError> {
    let mut systems = Vec::new();
    for id in ids {
        let mut statement = Sql::new("SELECT DISTINCT system_id FROM record WHERE org = ");
        statement.bind(ORG).push(" AND system_id <> '' AND search LIKE ");
        statement.bind(contains_pattern(&format!("={id}|"))).push(" ESCAPE '!'");
        for row in tx.rows(&statement).await? {
            systems.push(row.text(0)?);
        }
    }
    Ok(systems)
}

/// Systems below the units that a change of overlays reaches: units that name one of these overlays, or, of units
/// that changed, those that name or lie below one that names any.
pub async fn systems_under(tx: &mut Tx, kind: &str, ids: &[String]) -> Result<Vec<String>, StoreError> {
    let mut units: BTreeSet<String> = BTreeSet::new();
    match kind {
        "overlay" => {
            for id in ids {
                let mut statement = Sql::new("SELECT id FROM record WHERE org = ");
                statement.bind(ORG).push(" AND kind = 'unit' AND search LIKE ");
                statement.bind(contains_pattern(&format!("={id}|"))).push(" ESCAPE '!'");
                for row in tx.rows(&statement).await? {
                    units.insert(row.text(0)?);
                }
            }
        }
        // Without any overlay, what a unit says concerns no system below it.
        "unit" => {
            let mut statement = Sql::new("SELECT id FROM record WHERE org = ");
            statement.bind(ORG).push(" AND kind = 'overlay' LIMIT 1");
            if !tx.rows(&statement).await?.is_empty() {
                units.extend(ids.iter().cloned());
            }
        }
        _ => {}
    }
    let mut systems = Vec::new();
    for unit in units {
        let mut statement = Sql::new("SELECT r.id FROM record r WHERE r.org = ");
        statement.bind(ORG).push(
            " AND r.kind = 'system' AND r.unit_id IN (SELECT c.descendant FROM unit_closure c WHERE c.org = ",
        );
        statement.bind(ORG).push(" AND c.ancestor = ").bind(unit).push(")");
        for row in tx.rows(&statement).await? {
            systems.push(row.text(0)?);
        }
    }
    Ok(systems)
}
