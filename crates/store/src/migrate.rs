//! The schema and how a store comes to it: all steps in one transaction, or none.

use crate::db::{Db, Reader, Tx};
use crate::error::StoreError;
use crate::sql::{Sql, sql};
use crate::store::run_all;

/// Steps in order. A published step is never changed.
const STEPS: &[(i64, &str)] = &[
    (1, include_str!("../migrations/0001_foundation.sql")),
    (2, include_str!("../migrations/0002_briefs.sql")),
    (3, include_str!("../migrations/0003_finding_words.sql")),
    (4, include_str!("../migrations/0004_fact_pages.sql")),
    (5, include_str!("../migrations/0005_releases.sql")),
    (6, include_str!("../migrations/0006_search_and_marks.sql")),
    (7, include_str!("../migrations/0007_witnesses.sql")),
    (8, include_str!("../migrations/0008_views_and_settings.sql")),
    (9, include_str!("../migrations/0009_taken_from.sql")),
    (10, include_str!("../migrations/0010_decisions.sql")),
    (11, include_str!("../migrations/0011_finding_controls.sql")),
    (12, include_str!("../migrations/0012_planned_hours.sql")),
    (13, include_str!("../migrations/0013_release_hits.sql")),
    (14, include_str!("../migrations/0014_tokens_and_backups.sql")),
];

/// Brings the schema up to date. A failure leaves the database as it was and must stop the server; a schema
/// newer than this program is refused.
pub async fn migrate(db: &Db) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    tx.execute(&Sql::new("CREATE TABLE IF NOT EXISTS schema_step (step BIGINT NOT NULL PRIMARY KEY)"))
        .await?;
    let done = current(&mut tx).await?;
    let newest = newest_step();
    if done > newest {
        let message =
            format!("the store is at step {done}, this program knows {newest}; use a newer Warrant");
        return Err(StoreError::Schema(message));
    }
    let steps: Vec<_> = STEPS.iter().filter(|(step, _)| *step > done).collect();
    for (step, text) in &steps {
        for statement in statements(text) {
            tx.execute(&Sql { text: statement, values: Vec::new() })
                .await
                .map_err(|error| StoreError::Schema(format!("step {step} failed and was undone: {error}")))?;
        }
        tx.execute(&sql("INSERT INTO schema_step (step) VALUES ($1)", [(*step).into()])).await?;
    }
    if !steps.is_empty() && tx.is_sqlite() {
        state_statistics(&mut tx).await?;
    }
    tx.commit().await
}

/// Rows a table is planned for.
const PLANNED_ROWS: i64 = 1_000_000;

/// Tells SQLite what our indexes are like. Left to guess, it takes the organisation, which leads them all and is the
/// same in every row, for a good choice of rows, and reads whole tables to spare itself a small sort. Stated rather
/// than measured, so that a statement runs the same way in a new store and in a full one.
async fn state_statistics(tx: &mut Tx) -> Result<(), StoreError> {
    run_all(tx, &["ANALYZE sqlite_schema", "DELETE FROM sqlite_stat1"]).await?;
    let indexes = Sql::new(
        "SELECT m.tbl_name, m.name, l.\"unique\", (SELECT COUNT(*) FROM pragma_index_info(m.name))
         FROM sqlite_schema m JOIN pragma_index_list(m.tbl_name) l ON l.name = m.name WHERE m.type = 'index'",
    );
    for row in tx.rows(&indexes).await? {
        let statistics = statistics(row.int(2)? != 0, row.int(3)?);
        let insert = "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ($1, $2, $3)";
        tx.execute(&sql(insert, [row.text(0)?.into(), row.text(1)?.into(), statistics.into()])).await?;
    }
    run_all(tx, &["ANALYZE sqlite_schema"]).await
}

/// Rows of an index, then rows that agree in its first column, in its first two, and so on (SQLite's `sqlite_stat1`):
/// all of them in the organisation, a thousandth in the next column, a tenth of those in each further one; one in all
/// columns of a unique index.
fn statistics(unique: bool, columns: i64) -> String {
    let mut rows = vec![PLANNED_ROWS, PLANNED_ROWS];
    let mut alike = PLANNED_ROWS / 1_000;
    for column in 1..columns {
        let whole = unique && column + 1 == columns;
        rows.push(if whole { 1 } else { alike.max(if unique { 1 } else { 10 }) });
        alike /= 10;
    }
    rows.iter().map(i64::to_string).collect::<Vec<_>>().join(" ")
}

/// The step that this program brings a store to.
pub(crate) fn newest_step() -> i64 {
    STEPS.last().map_or(0, |(step, _)| *step)
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

#[cfg(test)]
mod tests {
    use super::statistics;

    #[test]
    fn the_organisation_chooses_nothing_and_a_whole_unique_key_one_row() {
        assert_eq!(statistics(true, 2), "1000000 1000000 1");
        assert_eq!(statistics(false, 3), "1000000 1000000 1000 100");
        assert_eq!(statistics(true, 1), "1000000 1000000");
    }
}
