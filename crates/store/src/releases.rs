//! Releases: bills of materials with their parts packed, and what advisories say of them. Derived from evidence.

use crate::ORG;
use crate::db::{Reader, Row, Tx};
use crate::error::StoreError;
use crate::packed::{opened, pack, unpack};
use crate::sight::Sight;
use crate::sql::{Sql, Value, sql};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::HashMap;
use warrant_model::hash::ContentHash;

/// A bill of materials as a release, without its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseRow {
    /// The system.
    pub system: String,
    /// The bill's content hash.
    pub hash: ContentHash,
    /// The component it is a release of: `customer-portal`.
    pub component: String,
    /// Its version.
    pub version: String,
    /// What the bill calls its subject.
    pub target: String,
    /// The subject's package URL, when the bill gives one.
    pub purl: Option<String>,
    /// When the bill was made, microseconds.
    pub observed_at: i64,
    /// How many parts it lists.
    pub parts: i64,
}

const COLUMNS: &str = "r.system_id, r.hash, r.component, r.version, r.target, r.purl, r.observed_at, r.parts";

impl ReleaseRow {
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            system: row.text(0)?,
            hash: ContentHash(row.text(1)?),
            component: row.text(2)?,
            version: row.text(3)?,
            target: row.text(4)?,
            purl: row.opt_text(5)?,
            observed_at: row.int(6)?,
            parts: row.int(7)?,
        })
    }
}

fn damaged(what: &str, system: &str, hash: &ContentHash, error: &str) -> StoreError {
    StoreError::Damaged(format!("{what} of release {hash} of `{system}`: {error}"))
}

/// Writes a release with its parts.
pub async fn put<T: Serialize>(tx: &mut Tx, row: &ReleaseRow, parts: &T) -> Result<(), StoreError> {
    let body = pack(parts).map_err(|error| damaged("parts", &row.system, &row.hash, &error))?;
    let values: Vec<Value> = vec![
        ORG.into(),
        (&row.system).into(),
        row.hash.as_str().into(),
        (&row.component).into(),
        (&row.version).into(),
        (&row.target).into(),
        row.purl.clone().into(),
        row.observed_at.into(),
        row.parts.into(),
        body.into(),
    ];
    let head = "INSERT INTO component_release (org, system_id, hash, component, version, target, purl, observed_at, parts, body) VALUES";
    tx.insert_rows(head, vec![values], "").await
}

/// Forgets every release and every verdict of a system, to make them anew.
pub async fn forget(tx: &mut Tx, system: &str) -> Result<(), StoreError> {
    for delete in [
        "DELETE FROM component_release WHERE org = $1 AND system_id = $2",
        "DELETE FROM release_verdict WHERE org = $1 AND system_id = $2",
    ] {
        tx.execute(&sql(delete, [ORG.into(), system.into()])).await?;
    }
    Ok(())
}

/// Releases of one system or of all that `sight` reaches, by system, component and time.
pub async fn list(
    reader: &mut (impl Reader + Send),
    system: Option<&str>,
    sight: &Sight,
) -> Result<Vec<ReleaseRow>, StoreError> {
    let mut statement = Sql::default();
    statement.push("SELECT ").push(COLUMNS).push(" FROM component_release r WHERE r.org = ").bind(ORG);
    if let Some(system) = system {
        statement.push(" AND r.system_id = ").bind(system);
    }
    sight.and_system(&mut statement, "r.system_id");
    statement.push(" ORDER BY r.system_id, r.component, r.observed_at, r.hash");
    reader.rows(&statement).await?.iter().map(ReleaseRow::read).collect()
}

/// The parts of these bills of a system, by hash.
pub async fn parts<T: DeserializeOwned>(
    reader: &mut (impl Reader + Send),
    system: &str,
    hashes: &[&str],
) -> Result<HashMap<String, T>, StoreError> {
    let mut found = HashMap::with_capacity(hashes.len());
    for chunk in hashes.chunks(200) {
        let mut statement = Sql::new("SELECT hash, body FROM component_release WHERE org = ");
        statement.bind(ORG).push(" AND system_id = ").bind(system);
        statement.push(" AND hash IN (").bind_list(chunk.iter().copied()).push(")");
        for row in reader.rows(&statement).await? {
            let hash = row.text(0)?;
            let parts = unpack(&row.bytes(1)?)
                .map_err(|error| damaged("parts", system, &ContentHash(hash.clone()), &error))?;
            found.insert(hash, parts);
        }
    }
    Ok(found)
}

/// Writes what the advisories that came in by the leaf `feed` say of a bill: all of it, and the part of it that hits.
pub async fn put_verdict<T: Serialize>(
    tx: &mut Tx,
    (system, hash): (&str, &ContentHash),
    feed: i64,
    verdict: &T,
    hits: &T,
) -> Result<(), StoreError> {
    let packed = |part: &T| pack(part).map_err(|error| damaged("verdict", system, hash, &error));
    let upsert = "INSERT INTO release_verdict (org, system_id, hash, feed, body, hits) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (org, system_id, hash) DO UPDATE SET feed = excluded.feed, body = excluded.body, hits = excluded.hits";
    let (body, hits) = (packed(verdict)?, packed(hits)?);
    let values = [ORG.into(), system.into(), hash.as_str().into(), feed.into(), body.into(), hits.into()];
    tx.execute(&sql(upsert, values)).await?;
    Ok(())
}

/// A verdict as MessagePack, and the leaf of the advisories it is by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictBytes {
    /// The leaf.
    pub feed: i64,
    /// MessagePack of what was put.
    pub bytes: Vec<u8>,
}

/// The verdicts on these bills of a system, by hash.
pub async fn verdicts(
    reader: &mut (impl Reader + Send),
    system: &str,
    hashes: &[&str],
) -> Result<HashMap<String, VerdictBytes>, StoreError> {
    verdict_bytes(reader, "body", system, hashes).await
}

/// The part of the verdicts on these bills that hits, by hash.
pub async fn hits(
    reader: &mut (impl Reader + Send),
    system: &str,
    hashes: &[&str],
) -> Result<HashMap<String, VerdictBytes>, StoreError> {
    verdict_bytes(reader, "hits", system, hashes).await
}

async fn verdict_bytes(
    reader: &mut (impl Reader + Send),
    part: &'static str,
    system: &str,
    hashes: &[&str],
) -> Result<HashMap<String, VerdictBytes>, StoreError> {
    let mut found = HashMap::with_capacity(hashes.len());
    for chunk in hashes.chunks(200) {
        let mut statement = Sql::new("SELECT hash, feed, ");
        statement.push(part).push(" FROM release_verdict WHERE org = ");
        statement.bind(ORG).push(" AND system_id = ").bind(system).push(" AND ").push(part);
        statement.push(" IS NOT NULL AND hash IN (").bind_list(chunk.iter().copied()).push(")");
        for row in reader.rows(&statement).await? {
            let hash = row.text(0)?;
            let bytes = opened(&row.bytes(2)?)
                .map_err(|error| damaged("verdict", system, &ContentHash(hash.clone()), &error))?;
            found.insert(hash, VerdictBytes { feed: row.int(1)?, bytes });
        }
    }
    Ok(found)
}
