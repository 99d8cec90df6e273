//! Records and postures as they stood at an instant, over all systems.

use crate::ORG;
use crate::db::{Reader, Row};
use crate::error::StoreError;
use crate::records::RecordRow;
use crate::sight::Sight;
use crate::sql::{Sql, sql};
use serde_json::Value;
use warrant_model::posture::PostureSummary;
use warrant_model::registry::KindEntry;

/// Records of a kind as they stood at an instant (microseconds), as far as `sight` reaches, in no order.
pub async fn records(
    reader: &mut (impl Reader + Send),
    kind: &KindEntry,
    at: i64,
    sight: &Sight,
) -> Result<Vec<RecordRow>, StoreError> {
    let mut statement = Sql::new(
        "SELECT r.id, r.version, r.unit_id, r.system_id, r.body, r.effective_at, r.actor FROM record_version r WHERE r.org = ",
    );
    statement.bind(ORG).push(" AND r.kind = ").bind(kind.spec.name);
    statement.push(" AND r.effective_at <= ").bind(at).push(" AND r.deleted = 0");
    statement.push(" AND r.version = (SELECT MAX(w.version) FROM record_version w WHERE w.org = r.org AND w.id = r.id AND w.effective_at <= ");
    statement.bind(at).push(")");
    sight.and_record(&mut statement);
    let read = |row: &Row| -> Result<RecordRow, StoreError> {
        let body: Value = row.json(4)?;
        Ok(RecordRow {
            id: row.text(0)?,
            kind: kind.spec.name.to_owned(),
            version: row.int(1)?,
            title: kind.title_of(&body),
            state: kind.state_of(&body).unwrap_or_default().to_owned(),
            unit: row.text(2)?,
            system: row.text(3)?,
            body,
            created_at: row.int(5)?,
            updated_at: row.int(5)?,
            updated_by: row.text(6)?,
        })
    };
    reader.rows(&statement).await?.iter().map(read).collect()
}

/// When the first record of a kind took effect, microseconds; `None` when there never was one.
pub async fn first_of(
    reader: &mut (impl Reader + Send),
    kind: &KindEntry,
) -> Result<Option<i64>, StoreError> {
    let query = "SELECT MIN(effective_at) FROM record_version WHERE org = $1 AND kind = $2";
    let row = reader.first(&sql(query, [ORG.into(), kind.spec.name.into()])).await?;
    row.map_or(Ok(None), |row| row.opt_int(0))
}

/// The summary of each system's posture on the last day on or before an instant on which it changed.
pub async fn summaries(
    reader: &mut (impl Reader + Send),
    at: i64,
    sight: &Sight,
) -> Result<Vec<(String, PostureSummary)>, StoreError> {
    let mut statement = Sql::new("SELECT p.system_id, p.summary FROM posture_day p WHERE p.org = ");
    statement.bind(ORG).push(" AND p.day = (SELECT MAX(q.day) FROM posture_day q WHERE q.org = p.org AND q.system_id = p.system_id AND q.day <= ");
    statement.bind(at).push(")");
    sight.and_system(&mut statement, "p.system_id");
    reader.rows(&statement).await?.iter().map(|row| Ok((row.text(0)?, row.json(1)?))).collect()
}
