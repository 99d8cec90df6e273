//! What was written after a leaf of the ledger and concerns somebody: records that name them or belong to their systems,
//! and evidence of those systems.

use crate::ORG;
use crate::db::{Reader, Row};
use crate::error::StoreError;
use crate::records::{RECENT_COLUMNS, RecentChange};
use crate::sight::Sight;
use crate::sql::{Sql, contains_pattern, sql};

/// Whose news.
#[derive(Clone, Copy, Debug)]
pub struct Concern<'a> {
    /// The first leaf that is new.
    pub from: i64,
    /// Whose own doings are no news: an account's e-mail.
    pub not_by: &'a str,
    /// The record of the person.
    pub person: &'a str,
    /// Systems that are theirs.
    pub systems: &'a [String],
}

/// A file that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameIn {
    /// Content hash.
    pub hash: String,
    /// System.
    pub system: String,
    /// Name.
    pub name: String,
    /// Who brought it.
    pub actor: String,
    /// When, microseconds.
    pub received_at: i64,
    /// Index of its ledger leaf.
    pub leaf: i64,
}

/// The first leaf that records were written with since an instant; `None` when none was.
pub async fn first_leaf_since(reader: &mut (impl Reader + Send), at: i64) -> Result<Option<i64>, StoreError> {
    let query = "SELECT MIN(leaf) FROM record_version WHERE org = $1 AND recorded_at >= $2";
    reader.first(&sql(query, [ORG.into(), at.into()])).await?.map_or(Ok(None), |row| row.opt_int(0))
}

/// Records that were written, newest first.
pub async fn records(
    reader: &mut (impl Reader + Send),
    concern: Concern<'_>,
    sight: &Sight,
    limit: i64,
) -> Result<Vec<RecentChange>, StoreError> {
    let mut statement = Sql::default();
    statement.push("SELECT ").push(RECENT_COLUMNS).push(" FROM record_version r");
    conditions(&mut statement, concern);
    let named = contains_pattern(&format!("\"{}\"", concern.person));
    statement.push(" AND (r.body LIKE ").bind(named).push(" ESCAPE '!'");
    if !concern.systems.is_empty() {
        statement.push(" OR r.system_id IN (").bind_list(concern.systems).push(")");
    }
    statement.push(")");
    sight.and_record(&mut statement);
    statement.push(" ORDER BY r.leaf DESC, r.id LIMIT ").bind(limit);
    reader.rows(&statement).await?.iter().map(RecentChange::read).collect()
}

/// Files that came in for their systems, newest first.
pub async fn evidence(
    reader: &mut (impl Reader + Send),
    concern: Concern<'_>,
    sight: &Sight,
    limit: i64,
) -> Result<Vec<CameIn>, StoreError> {
    if concern.systems.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement =
        Sql::new("SELECT r.hash, r.system_id, r.name, r.actor, r.received_at, r.leaf FROM evidence r");
    conditions(&mut statement, concern);
    statement.push(" AND r.system_id IN (").bind_list(concern.systems).push(")");
    sight.and_system(&mut statement, "r.system_id");
    statement.push(" ORDER BY r.leaf DESC LIMIT ").bind(limit);
    let came_in = |row: &Row| -> Result<CameIn, StoreError> {
        Ok(CameIn {
            hash: row.text(0)?,
            system: row.text(1)?,
            name: row.text(2)?,
            actor: row.text(3)?,
            received_at: row.int(4)?,
            leaf: row.int(5)?,
        })
    };
    reader.rows(&statement).await?.iter().map(came_in).collect()
}

fn conditions(statement: &mut Sql, concern: Concern<'_>) {
    statement.push(" WHERE r.org = ").bind(ORG).push(" AND r.leaf >= ").bind(concern.from);
    statement.push(" AND r.actor <> ").bind(concern.not_by);
}
