//! Evidence: accepted files and the looks they tell of.

use crate::ORG;
use crate::changes::{RowHash, Table, hash_values};
use crate::db::{Reader, Row, Tx};
use crate::error::StoreError;
use crate::facts;
use crate::sight::Sight;
use crate::sql::{Sql, Value, contains_pattern, sql};
use std::collections::{BTreeSet, HashMap, HashSet};
use warrant_model::hash::ContentHash;
use warrant_model::lifecycle::Look;
use warrant_model::snapshot::Target;
use warrant_model::time::from_micros;

/// An accepted file.
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceRow {
    /// Content hash.
    pub hash: ContentHash,
    /// The system it was accepted for; empty for the organisation.
    pub system: String,
    /// File name as given.
    pub name: String,
    /// Reader id.
    pub format: String,
    /// Tool name.
    pub tool: String,
    /// Tool version.
    pub tool_version: Option<String>,
    /// Release it is about.
    pub release: Option<String>,
    /// Bytes.
    pub size: i64,
    /// When the tool looked, microseconds.
    pub observed_at: i64,
    /// When it was accepted, microseconds.
    pub received_at: i64,
    /// Who brought it in.
    pub actor: String,
    /// How many facts were read.
    pub facts: i64,
    /// Records in it that could not be used: `line: message`.
    pub problems: Vec<String>,
    /// Index of its ledger leaf.
    pub leaf: i64,
}

const COLUMNS: &str = "e.hash, e.system_id, e.name, e.format, e.tool, e.tool_version, e.artefact, e.size, e.observed_at, e.received_at, e.actor, e.facts, e.problems, e.leaf";

impl EvidenceRow {
    /// Reads a row of the evidence columns.
    fn read(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            hash: ContentHash(row.text(0)?),
            system: row.text(1)?,
            name: row.text(2)?,
            format: row.text(3)?,
            tool: row.text(4)?,
            tool_version: row.opt_text(5)?,
            release: row.opt_text(6)?,
            size: row.int(7)?,
            observed_at: row.int(8)?,
            received_at: row.int(9)?,
            actor: row.text(10)?,
            facts: row.int(11)?,
            problems: row.json(12)?,
            leaf: row.int(13)?,
        })
    }

    fn values(&self) -> Vec<Value> {
        let problems = serde_json::to_string(&self.problems).unwrap_or_else(|_| "[]".to_owned());
        vec![
            ORG.into(),
            self.hash.as_str().into(),
            (&self.system).into(),
            (&self.name).into(),
            (&self.format).into(),
            (&self.tool).into(),
            self.tool_version.clone().into(),
            self.release.clone().into(),
            self.size.into(),
            self.observed_at.into(),
            self.received_at.into(),
            (&self.actor).into(),
            self.facts.into(),
            problems.into(),
            self.leaf.into(),
        ]
    }

    /// Its key in the ledger.
    pub fn key(&self) -> String {
        file_key(&self.hash, &self.system)
    }
}

/// The key of an accepted file in the ledger.
pub(crate) fn file_key(hash: &ContentHash, system: &str) -> String {
    format!("{hash}/{system}")
}

/// Writes an accepted file, its facts and looks; returns their row hashes.
pub async fn put(
    tx: &mut Tx,
    evidence: &EvidenceRow,
    new: &facts::Packed,
    targets: &[String],
) -> Result<Vec<RowHash>, StoreError> {
    let mut hashes = Vec::with_capacity(targets.len() + 1);
    let values = evidence.values();
    hashes.push(RowHash { table: Table::Evidence, key: evidence.key(), hash: hash_values(&values) });
    let head = "INSERT INTO evidence (org, hash, system_id, name, format, tool, tool_version, artefact, size, observed_at, received_at, actor, facts, problems, leaf) VALUES";
    tx.insert_rows(head, vec![values], "").await?;
    let rows: Vec<_> = targets
        .iter()
        .map(|target| {
            look_values(&evidence.system, &evidence.tool, target, &evidence.hash, evidence.observed_at)
        })
        .collect();
    hashes.extend(targets.iter().zip(&rows).map(|(target, row)| RowHash {
        table: Table::Look,
        key: look_key(&evidence.system, &evidence.tool, target, &evidence.hash),
        hash: hash_values(row),
    }));
    let head = "INSERT INTO look (org, system_id, tool, target, hash, observed_at) VALUES";
    tx.insert_rows(head, rows, "ON CONFLICT DO NOTHING").await?;
    hashes.extend(facts::put(tx, new).await?);
    Ok(hashes)
}

/// The values of a look's row.
pub fn look_values(
    system: &str,
    tool: &str,
    target: &str,
    hash: &ContentHash,
    observed_at: i64,
) -> Vec<Value> {
    vec![ORG.into(), system.into(), tool.into(), target.into(), hash.as_str().into(), observed_at.into()]
}

/// The key of a look's row in the ledger.
pub fn look_key(system: &str, tool: &str, target: &str, hash: &ContentHash) -> String {
    format!("{system}/{tool}/{target}/{hash}")
}

/// Of files and the systems they go to, those that were accepted before, each with the release it is about.
pub async fn accepted_among(
    reader: &mut (impl Reader + Send),
    files: impl IntoIterator<Item = (&ContentHash, &str)>,
) -> Result<HashMap<(ContentHash, String), Option<String>>, StoreError> {
    let mut known = HashMap::new();
    let files: HashSet<_> = files.into_iter().collect();
    let hashes: BTreeSet<_> = files.iter().map(|(hash, _)| hash.as_str()).collect();
    for chunk in hashes.into_iter().collect::<Vec<_>>().chunks(500) {
        let mut statement = Sql::new("SELECT e.hash, e.system_id, e.artefact FROM evidence e WHERE e.org = ");
        statement.bind(ORG).push(" AND e.hash IN (").bind_list(chunk.iter().copied()).push(")");
        for row in reader.rows(&statement).await? {
            let (hash, system) = (ContentHash(row.text(0)?), row.text(1)?);
            if files.contains(&(&hash, &system)) {
                known.insert((hash, system), row.opt_text(2)?);
            }
        }
    }
    Ok(known)
}

/// Whether a file was accepted for a system before.
pub async fn accepted(
    reader: &mut (impl Reader + Send),
    hash: &ContentHash,
    system: &str,
) -> Result<Option<EvidenceRow>, StoreError> {
    let mut statement = Sql::default();
    statement.push("SELECT ").push(COLUMNS).push(" FROM evidence e WHERE e.org = ").bind(ORG);
    statement.push(" AND e.hash = ").bind(hash.as_str()).push(" AND e.system_id = ").bind(system);
    reader.first(&statement).await?.as_ref().map(EvidenceRow::read).transpose()
}

/// What to list.
#[derive(Clone, Debug, Default)]
pub struct EvidenceQuery {
    /// Words that must occur in name, tool or format.
    pub text: String,
    /// Only of this system.
    pub system: Option<String>,
    /// Only this file.
    pub hash: Option<String>,
    /// Only of this format.
    pub format: Option<String>,
    /// How many at most.
    pub limit: i64,
    /// How many to skip.
    pub offset: i64,
}

fn conditions(statement: &mut Sql, query: &EvidenceQuery, sight: &Sight) {
    statement.push(" WHERE e.org = ").bind(ORG);
    if let Some(system) = &query.system {
        statement.push(" AND e.system_id = ").bind(system);
    }
    if let Some(hash) = &query.hash {
        statement.push(" AND e.hash = ").bind(hash);
    }
    if let Some(format) = &query.format {
        statement.push(" AND e.format = ").bind(format);
    }
    for word in query.text.split_whitespace() {
        let pattern = contains_pattern(word);
        statement.push(" AND (LOWER(e.name) LIKE ").bind(&pattern).push(" ESCAPE '!'");
        for column in ["e.tool", "e.format", "e.hash"] {
            statement.push(" OR LOWER(").push(column).push(") LIKE ").bind(&pattern).push(" ESCAPE '!'");
        }
        statement.push(")");
    }
    sight.and_system(statement, "e.system_id");
}

/// Files that fit a query, newest first.
pub async fn list(
    reader: &mut (impl Reader + Send),
    query: &EvidenceQuery,
    sight: &Sight,
) -> Result<Vec<EvidenceRow>, StoreError> {
    let mut statement = Sql::default();
    statement.push("SELECT ").push(COLUMNS).push(" FROM evidence e");
    conditions(&mut statement, query, sight);
    statement.push(" ORDER BY e.observed_at DESC, e.hash, e.system_id LIMIT ").bind(query.limit);
    statement.push(" OFFSET ").bind(query.offset);
    reader.rows(&statement).await?.iter().map(EvidenceRow::read).collect()
}

/// How many files fit a query.
pub async fn count(
    reader: &mut (impl Reader + Send),
    query: &EvidenceQuery,
    sight: &Sight,
) -> Result<i64, StoreError> {
    let mut statement = Sql::new("SELECT COUNT(*) FROM evidence e");
    conditions(&mut statement, query, sight);
    reader.first(&statement).await?.map_or(Ok(0), |row| row.int(0))
}

/// How many files of a query there are of each format, the query's own format left aside.
pub async fn formats(
    reader: &mut (impl Reader + Send),
    query: &EvidenceQuery,
    sight: &Sight,
) -> Result<Vec<(String, i64)>, StoreError> {
    let query = EvidenceQuery { format: None, ..query.clone() };
    let mut statement = Sql::new("SELECT e.format, COUNT(*) FROM evidence e");
    conditions(&mut statement, &query, sight);
    statement.push(" GROUP BY e.format ORDER BY COUNT(*) DESC, e.format");
    reader.rows(&statement).await?.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
}

/// The newest file of a tool about a system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewestFile {
    /// The system; empty for the organisation.
    pub system: String,
    /// The tool.
    pub tool: String,
    /// Reader id.
    pub format: String,
    /// Content hash.
    pub hash: ContentHash,
    /// When the tool looked, microseconds.
    pub observed_at: i64,
    /// Files of the same tool and reader about the same system.
    pub files: i64,
}

/// The newest file of every tool and reader about every system that `sight` reaches.
pub async fn newest_by_tool(
    reader: &mut (impl Reader + Send),
    sight: &Sight,
) -> Result<Vec<NewestFile>, StoreError> {
    let mut statement = Sql::new(
        "SELECT e.system_id, e.tool, e.format, e.hash, e.observed_at FROM evidence e WHERE e.org = ",
    );
    statement.bind(ORG);
    sight.and_system(&mut statement, "e.system_id");
    statement.push(" ORDER BY e.system_id, e.tool, e.format, e.observed_at DESC, e.hash");
    let mut newest: Vec<NewestFile> = Vec::new();
    for row in reader.rows(&statement).await? {
        let (system, tool, format) = (row.text(0)?, row.text(1)?, row.text(2)?);
        match newest.last_mut() {
            Some(last) if last.system == system && last.tool == tool && last.format == format => {
                last.files += 1
            }
            _ => {
                let (hash, observed_at) = (ContentHash(row.text(3)?), row.int(4)?);
                newest.push(NewestFile { system, tool, format, hash, observed_at, files: 1 });
            }
        }
    }
    Ok(newest)
}

/// The newest look of a tool at each of these targets.
pub async fn newest_looks(
    reader: &mut (impl Reader + Send),
    system: &str,
    tool: &str,
) -> Result<Vec<(String, i64)>, StoreError> {
    let query = "SELECT target, MAX(observed_at) FROM look WHERE org = $1 AND system_id = $2 AND tool = $3 GROUP BY target";
    let rows = reader.rows(&sql(query, [ORG.into(), system.into(), tool.into()])).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
}

/// The newest look of each other tool at a target, whatever the case in which it writes the name.
pub async fn looks_of_others(
    reader: &mut (impl Reader + Send),
    system: &str,
    (tool, target): (&str, &str),
) -> Result<Vec<Target>, StoreError> {
    let mut statement =
        Sql::new("SELECT tool, target, MAX(observed_at) FROM look WHERE org = ").with("", ORG);
    statement
        .push(" AND system_id = ")
        .bind(system)
        .push(" AND LOWER(target) = ")
        .bind(target.to_lowercase());
    statement.push(" AND tool <> ").bind(tool).push(" GROUP BY tool, target ORDER BY tool, target");
    let read = |row: &Row| {
        let (tool, name, last_seen) = (row.text(0)?, row.text(1)?, from_micros(row.int(2)?));
        Ok(Target { name, tool, last_seen, evidence: ContentHash(String::new()) })
    };
    reader.rows(&statement).await?.iter().map(read).collect()
}

/// A look of a tool at a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookRow {
    /// Host or artefact.
    pub target: String,
    /// The tool.
    pub tool: String,
    /// When, and the file.
    pub look: Look,
}

/// Every look of any tool at some targets, in order of time.
pub async fn looks_at(
    reader: &mut (impl Reader + Send),
    system: &str,
    targets: &[&str],
) -> Result<Vec<LookRow>, StoreError> {
    let mut found = Vec::new();
    for chunk in targets.chunks(500) {
        let mut statement =
            Sql::new("SELECT target, tool, observed_at, hash FROM look WHERE org = ").with("", ORG);
        statement.push(" AND system_id = ").bind(system);
        statement.push(" AND target IN (").bind_list(chunk.iter().copied()).push(")");
        for row in reader.rows(&statement).await? {
            let look = Look { at: from_micros(row.int(2)?), evidence: ContentHash(row.text(3)?) };
            found.push(LookRow { target: row.text(0)?, tool: row.text(1)?, look });
        }
    }
    found.sort_by(|a, b| (a.look.at, &a.look.evidence.0).cmp(&(b.look.at, &b.look.evidence.0)));
    Ok(found)
}

/// Which side of a system a write changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Records.
    Records,
    /// Evidence and what follows from it.
    Evidence,
}

/// Marks that what is known of a system (or, for the empty id, of the programme) has changed, so that caches
/// notice. The mark is a fresh random number: one left by a transaction that was undone never comes again.
pub async fn tick(tx: &mut Tx, system: &str, side: Side) -> Result<(), StoreError> {
    let mark = (uuid::Uuid::now_v7().as_u128() & i64::MAX as u128) as i64;
    let upsert = match side {
        Side::Records => {
            "INSERT INTO system_clock (org, system_id, records, evidence) VALUES ($1, $2, $3, 0)
             ON CONFLICT (org, system_id) DO UPDATE SET records = excluded.records"
        }
        Side::Evidence => {
            "INSERT INTO system_clock (org, system_id, records, evidence) VALUES ($1, $2, 0, $3)
             ON CONFLICT (org, system_id) DO UPDATE SET evidence = excluded.evidence"
        }
    };
    tx.execute(&sql(upsert, [ORG.into(), system.into(), mark.into()])).await?;
    Ok(())
}

/// The marks of a system: of its records and of its evidence.
pub async fn clock(reader: &mut (impl Reader + Send), system: &str) -> Result<(i64, i64), StoreError> {
    let query = "SELECT records, evidence FROM system_clock WHERE org = $1 AND system_id = $2";
    let row = reader.first(&sql(query, [ORG.into(), system.into()])).await?;
    row.map_or(Ok((0, 0)), |row| Ok((row.int(0)?, row.int(1)?)))
}

/// The marks of all systems, of their records and of their evidence, in one read.
pub async fn clocks(reader: &mut (impl Reader + Send)) -> Result<HashMap<String, (i64, i64)>, StoreError> {
    let query = "SELECT system_id, records, evidence FROM system_clock WHERE org = $1";
    let rows = reader.rows(&sql(query, [ORG.into()])).await?;
    rows.iter().map(|row| Ok((row.text(0)?, (row.int(1)?, row.int(2)?)))).collect()
}

/// The marks of all systems' records.
pub async fn record_marks(reader: &mut (impl Reader + Send)) -> Result<HashMap<String, i64>, StoreError> {
    let query = "SELECT system_id, records FROM system_clock WHERE org = $1";
    let rows = reader.rows(&sql(query, [ORG.into()])).await?;
    rows.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
}
