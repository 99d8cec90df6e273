//! Ledger entries: what every change leaves behind, in the same transaction as its rows.

use crate::ORG;
use crate::db::{Reader, Tx};
use crate::error::StoreError;
use crate::sql::{Value, sql};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use warrant_ledger::canonical;
use warrant_model::hash::ContentHash;

/// One entry of the ledger: who did what, when, and the hash of every row it left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When it was recorded, UTC microseconds.
    pub recorded_at: i64,
    /// When it takes effect; differs from `recorded_at` for history brought in later.
    pub effective_at: i64,
    /// Who: an account's e-mail, or `warrant` for the program itself.
    pub actor: String,
    /// The token through which a program did it for them: its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// What: `create`, `update`, `delete`, `import`, `grant`, …
    pub action: String,
    /// The record, evidence or account it is about.
    pub subject: String,
    /// Rows it left, when they are few.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<RowHash>,
    /// Hash of the blob that lists the rows, when they are many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manifest: Option<String>,
}

/// A row and the hash of what it holds. An empty hash: the row is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowHash {
    /// Table.
    pub table: Table,
    /// Primary key without the organisation, parts separated by `/`.
    pub key: String,
    /// blake3 of the row's canonical form, hexadecimal.
    pub hash: String,
}

/// Tables whose every row the ledger vouches for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// Accounts.
    Account,
    /// Bundles of advisories.
    AdvisoryFeed,
    /// Evidence.
    Evidence,
    /// Facts of an older store, a row each; all of them gone by now.
    Fact,
    /// Where a finding's facts are.
    FactFinder,
    /// Facts.
    FactPage,
    /// Findings.
    Finding,
    /// Transitions of findings.
    FindingEvent,
    /// Looks at targets.
    Look,
    /// What holds for the whole organisation.
    OrganisationSetting,
    /// Tokens of programs.
    ProgramToken,
    /// Versions of records.
    RecordVersion,
    /// Roles.
    RoleGrant,
    /// Lists as people saved them.
    SavedView,
}

impl Table {
    /// The table's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::AdvisoryFeed => "advisory_feed",
            Self::Evidence => "evidence",
            Self::Fact => "fact",
            Self::FactFinder => "fact_finder",
            Self::FactPage => "fact_page",
            Self::Finding => "finding",
            Self::FindingEvent => "finding_event",
            Self::Look => "look",
            Self::OrganisationSetting => "organisation_setting",
            Self::ProgramToken => "program_token",
            Self::RecordVersion => "record_version",
            Self::RoleGrant => "role_grant",
            Self::SavedView => "saved_view",
        }
    }

    /// The table of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        const ALL: [Table; 14] = [
            Table::Account,
            Table::AdvisoryFeed,
            Table::Evidence,
            Table::Fact,
            Table::FactFinder,
            Table::FactPage,
            Table::Finding,
            Table::FindingEvent,
            Table::Look,
            Table::OrganisationSetting,
            Table::ProgramToken,
            Table::RecordVersion,
            Table::RoleGrant,
            Table::SavedView,
        ];
        ALL.into_iter().find(|table| table.name() == name)
    }
}

/// Hashes bound values, each with its type and length, so that no two different rows agree and what is stored is what is
/// hashed.
pub fn hash_values(values: &[Value]) -> String {
    let mut hasher = blake3::Hasher::new();
    for value in values {
        match value {
            Value::Int(value) => add_int(&mut hasher, *value),
            Value::Real(value) => {
                let bits = value.map(|value| i64::from_le_bytes(value.to_bits().to_le_bytes()));
                add_int(&mut hasher, bits);
            }
            Value::Text(Some(value)) => {
                hasher.update(&1_i64.to_le_bytes());
                add_bytes(&mut hasher, value.as_bytes());
            }
            Value::Text(None) => {
                hasher.update(&0_i64.to_le_bytes());
            }
            Value::Bytes(bytes) => add_bytes(&mut hasher, bytes),
            Value::NoBytes => add_int(&mut hasher, None),
        }
    }
    hasher.finalize().to_hex().to_string()
}

fn add_int(hasher: &mut blake3::Hasher, value: Option<i64>) {
    hasher.update(&i64::from(value.is_some()).to_le_bytes());
    if let Some(value) = value {
        hasher.update(&value.to_le_bytes());
    }
}

fn add_bytes(hasher: &mut blake3::Hasher, value: &[u8]) {
    hasher.update(&(value.len() as u64).to_le_bytes());
    hasher.update(value);
}

/// More rows than this go into a manifest, so that an entry stays far below the tile format's 64 KiB.
pub const MOST_ROWS: usize = 100;

/// The text of a manifest: one row a line, `table<TAB>key<TAB>hash`.
pub fn manifest_text(rows: &[RowHash]) -> String {
    let mut text = String::with_capacity(rows.len() * 120);
    for row in rows {
        let key = row.key.replace(['\t', '\n', '\r'], " ");
        text.extend([row.table.name(), "\t", &key, "\t", &row.hash, "\n"]);
    }
    text
}

/// Reads a manifest.
pub fn parse_manifest(text: &str) -> Result<Vec<RowHash>, StoreError> {
    let row = |line: &str| {
        let mut parts = line.split('\t');
        let table = parts.next().and_then(Table::from_name)?;
        Some(RowHash { table, key: parts.next()?.to_owned(), hash: parts.next()?.to_owned() })
    };
    let damaged = |line: &str| StoreError::Damaged(format!("manifest line `{}`", line.escape_debug()));
    text.lines().map(|line| row(line).ok_or_else(|| damaged(line))).collect()
}

/// Takes the next index of the ledger without writing the entry yet, for rows that carry their leaf's number.
/// Also serialises writers of several processes.
pub async fn next_index(tx: &mut Tx) -> Result<i64, StoreError> {
    if let Some(leaves) = &mut tx.leaves {
        // Nobody else takes one before this transaction ends.
        leaves.end += 1;
        return Ok(leaves.end - 1);
    }
    let start = "INSERT INTO ledger_head (org, size) VALUES ($1, 1)
         ON CONFLICT (org) DO UPDATE SET size = ledger_head.size + 1 RETURNING size";
    let row = tx.first(&sql(start, [ORG.into()])).await?;
    let size = row.map_or(Err(StoreError::Ledger("no head".to_owned())), |row| row.int(0))?;
    tx.leaves = Some(size - 1..size);
    Ok(size - 1)
}

/// Notes how many indexes a transaction took, the first of which is noted already.
pub(crate) async fn settle_indexes(tx: &mut Tx) -> Result<(), StoreError> {
    if let Some(Range { start, end }) = tx.leaves.take().filter(|taken| taken.end > taken.start + 1) {
        let update = "UPDATE ledger_head SET size = $1 WHERE org = $2 AND size = $3";
        if tx.execute(&sql(update, [end.into(), ORG.into(), (start + 1).into()])).await? != 1 {
            return Err(StoreError::Ledger("its head moved while it was held".to_owned()));
        }
    }
    Ok(())
}

/// Writes the entry of an index. It becomes a leaf when the transaction commits.
pub async fn record(tx: &mut Tx, index: i64, entry: &Entry) -> Result<(), StoreError> {
    let value = serde_json::to_value(entry).map_err(|error| StoreError::Ledger(error.to_string()))?;
    let bytes = canonical::to_bytes(&value).map_err(|error| StoreError::Ledger(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|error| StoreError::Ledger(error.to_string()))?;
    let head = "INSERT INTO ledger_pending (org, idx, entry) VALUES";
    tx.insert_rows(head, vec![vec![ORG.into(), index.into(), text.into()]], "").await
}

/// Moves rows into a manifest blob when they are many.
pub fn settle_rows(blobs: &crate::blobs::Blobs, entry: &mut Entry) -> Result<(), StoreError> {
    if entry.rows.len() > MOST_ROWS {
        let hash: ContentHash = blobs.put(manifest_text(&entry.rows).as_bytes())?;
        entry.manifest = Some(hash.0);
        entry.rows.clear();
    }
    Ok(())
}
