//! What acts wrote: by their ledger entry, and lately.

use crate::ORG;
use crate::db::{Reader, Row};
use crate::error::StoreError;
use crate::sight::Sight;
use crate::sql::{Sql, sql};
use serde_json::Value;

/// A version that an act wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The record.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// The version.
    pub version: i64,
    /// Whether it removed the record.
    pub deleted: bool,
    /// The body of the version before; `None` for a new record.
    pub before: Option<Value>,
}

/// What the act of a ledger entry wrote. The caller checks what of it may be seen.
pub async fn of_leaf(reader: &mut (impl Reader + Send), leaf: i64) -> Result<Vec<Written>, StoreError> {
    let query = "SELECT v.id, v.kind, v.version, v.deleted, b.body FROM record_version v
         LEFT JOIN record_version b ON b.org = v.org AND b.id = v.id AND b.version = v.version - 1 AND b.deleted = 0
         WHERE v.org = $1 AND v.leaf = $2 ORDER BY v.id";
    let rows = reader.rows(&sql(query, [ORG.into(), leaf.into()])).await?;
    let written = |row: &Row| -> Result<Written, StoreError> {
        let before = row.opt_text(4)?.map(|body| serde_json::from_str(&body)).transpose();
        let before =
            before.map_err(|error| StoreError::Damaged(format!("version before {leaf}: {error}")))?;
        let (id, kind, version) = (row.text(0)?, row.text(1)?, row.int(2)?);
        Ok(Written { id, kind, version, deleted: row.int(3)? != 0, before })
    };
    rows.iter().map(written).collect()
}

/// Who acted under a ledger entry, on records of which kind, and on how many; `None` when on none.
pub async fn act_of_leaf(
    reader: &mut (impl Reader + Send),
    leaf: i64,
) -> Result<Option<(String, String, i64)>, StoreError> {
    let query = "SELECT MIN(actor), MIN(kind), COUNT(*) FROM record_version WHERE org = $1 AND leaf = $2 HAVING COUNT(*) > 0";
    let row = reader.first(&sql(query, [ORG.into(), leaf.into()])).await?;
    row.map(|row| Ok((row.text(0)?, row.text(1)?, row.int(2)?))).transpose()
}

/// A line of the list of recent changes.
#[derive(Clone, Debug, PartialEq)]
pub struct RecentChange {
    /// Record id.
    pub id: String,
    /// Kind name.
    pub kind: String,
    /// Version.
    pub version: i64,
    /// When it was recorded, microseconds.
    pub recorded_at: i64,
    /// When it took effect, microseconds.
    pub effective_at: i64,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// System, or empty.
    pub system: String,
    /// Index of its ledger leaf.
    pub leaf: i64,
    /// The body of that version.
    pub body: Value,
}

/// The columns of a [`RecentChange`], of the versions as `r`.
pub(crate) const RECENT_COLUMNS: &str =
    "r.id, r.kind, r.version, r.recorded_at, r.effective_at, r.actor, r.action, r.system_id, r.leaf, r.body";

impl RecentChange {
    pub(crate) fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.text(0)?,
            kind: row.text(1)?,
            version: row.int(2)?,
            recorded_at: row.int(3)?,
            effective_at: row.int(4)?,
            actor: row.text(5)?,
            action: row.text(6)?,
            system: row.text(7)?,
            leaf: row.int(8)?,
            body: row.json(9)?,
        })
    }
}

/// Changes to records recorded after an instant, newest first.
pub async fn recent(
    reader: &mut (impl Reader + Send),
    system: Option<&str>,
    after: i64,
    sight: &Sight,
    limit: i64,
) -> Result<Vec<RecentChange>, StoreError> {
    let mut statement = Sql::default();
    statement.push("SELECT ").push(RECENT_COLUMNS).push(" FROM record_version r WHERE r.org = ");
    statement.bind(ORG).push(" AND r.effective_at > ").bind(after);
    if let Some(system) = system {
        statement.push(" AND r.system_id = ").bind(system);
    }
    sight.and_record(&mut statement);
    statement.push(" ORDER BY r.effective_at DESC, r.id LIMIT ").bind(limit);
    reader.rows(&statement).await?.iter().map(RecentChange::read).collect()
}
