//! The schema and how a store comes to it: all steps in one transaction, or none.

use crate::db::{Db, Reader, Tx};
use crate::error::StoreError;
use crate::sql::{Sql, sql};

/// Steps in order. A published step is never changed.
const STEPS: &[(i64, &str)] = &[
    (1, include_str!("../migrations/0001_foundation.sql")),
    (2, include_str!("../migrations/0002_briefs.sql")),
    (3, include_str!("../migrations/0003_finding_words.sql")),
    (4, include_str!("../migrations/0004_fact_pages.sql")),
];

/// Brings the schema up to date. A failure leaves the database as it was and must stop the server; a schema
/// newer than this program is refused.
pub async fn migrate(db: &Db) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    tx.execute(&Sql::new("CREATE TABLE IF NOT EXISTS schema_step (step BIGINT NOT NULL PRIMARY KEY)"))
        .await?;
    let done = current(&mut tx).await?;
    let newest = STEPS.last().map_or(0, |(step, _)| *step);
    if done > newest {
        let message =
            format!("the store is at step {done}, this program knows {newest}; use a newer Warrant");
        return Err(StoreError::Schema(message));
    }
    for (step, text) in STEPS.iter().filter(|(step, _)| *step > done) {
        for statement in statements(text) {
            tx.execute(&Sql { text: statement, values: Vec::new() })
                .await
                .map_err(|error| StoreError::Schema(format!("step {step} failed and was undone: {error}")))?;
        }
        tx.execute(&sql("INSERT INTO schema_step (step) VALUES ($1)", [(*step).into()])).await?;
    }
    tx.commit().await
}

async fn current(tx: &mut Tx) -> Result<i64, StoreError> {
    let row = tx.first(&Sql::new("SELECT COALESCE(MAX(step), 0) FROM schema_step")).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// The statements of a step, without its comments.
fn statements(text: &str) -> Vec<String> {
    let code: Vec<_> = text.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    let code = code.join("\n");
    code.split(';').map(str::trim).filter(|statement| !statement.is_empty()).map(str::to_owned).collect()
}
