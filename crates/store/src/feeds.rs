//! Bundles of advisories that were loaded, one after the other; the last is in force.

use crate::ORG;
use crate::changes::{RowHash, Table, hash_values};
use crate::db::{Reader, Row, Tx};
use crate::error::StoreError;
use crate::sql::{Sql, Value};
use warrant_model::hash::ContentHash;

/// A bundle that was loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedRow {
    /// Index of its ledger leaf.
    pub leaf: i64,
    /// Content hash of its bytes.
    pub hash: ContentHash,
    /// File name as given.
    pub name: String,
    /// When it was packed, microseconds.
    pub made: i64,
    /// When it was loaded, microseconds.
    pub loaded_at: i64,
    /// Who loaded it.
    pub actor: String,
    /// Bytes.
    pub size: i64,
    /// What it holds, as JSON.
    pub summary: String,
}

impl FeedRow {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            leaf: row.int(0)?,
            hash: ContentHash(row.text(1)?),
            name: row.text(2)?,
            made: row.int(3)?,
            loaded_at: row.int(4)?,
            actor: row.text(5)?,
            size: row.int(6)?,
            summary: row.text(7)?,
        })
    }

    fn values(&self) -> Vec<Value> {
        vec![
            ORG.into(),
            self.leaf.into(),
            self.hash.as_str().into(),
            (&self.name).into(),
            self.made.into(),
            self.loaded_at.into(),
            (&self.actor).into(),
            self.size.into(),
            (&self.summary).into(),
        ]
    }
}

/// Puts a bundle in force; returns the hash of its row.
pub async fn put(tx: &mut Tx, feed: &FeedRow) -> Result<RowHash, StoreError> {
    let values = feed.values();
    let hash = hash_values(&values);
    let head =
        "INSERT INTO advisory_feed (org, leaf, hash, name, made, loaded_at, actor, size, summary) VALUES";
    tx.insert_rows(head, vec![values], "").await?;
    Ok(RowHash { table: Table::AdvisoryFeed, key: feed.leaf.to_string(), hash })
}

/// Bundles, the one in force first.
pub async fn list(reader: &mut (impl Reader + Send), limit: i64) -> Result<Vec<FeedRow>, StoreError> {
    let mut statement = Sql::new(
        "SELECT leaf, hash, name, made, loaded_at, actor, size, summary FROM advisory_feed WHERE org = ",
    );
    statement.bind(ORG).push(" ORDER BY leaf DESC LIMIT ").bind(limit);
    reader.rows(&statement).await?.iter().map(FeedRow::read).collect()
}

/// When the first bundle was loaded, microseconds.
pub async fn first_loaded(reader: &mut (impl Reader + Send)) -> Result<Option<i64>, StoreError> {
    let mut statement = Sql::new("SELECT loaded_at FROM advisory_feed WHERE org = ");
    statement.bind(ORG).push(" ORDER BY leaf LIMIT 1");
    reader.rows(&statement).await?.first().map(|row| row.int(0)).transpose()
}

/// The bundle in force.
pub async fn newest(reader: &mut (impl Reader + Send)) -> Result<Option<FeedRow>, StoreError> {
    Ok(list(reader, 1).await?.pop())
}
