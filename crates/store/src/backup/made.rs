//! Backups that were made of this store, as it remembers them: when, by whom, where to, and when one was checked.

use crate::ORG;
use crate::db::{Reader, Row, Tx};
use crate::error::StoreError;
use crate::sql::sql;

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupRow {
    /// Identifier, as the backup says it too.
    pub id: String,
    /// Microseconds.
    pub made_at: i64,
    /// Who made it.
    pub actor: String,
    /// Where it was written to.
    pub target: String,
    /// The backup it was made onto, by its id; empty: by itself.
    pub onto: String,
    /// Files.
    pub files: i64,
    /// Their bytes.
    pub bytes: i64,
    /// Of these, written anew.
    pub new_bytes: i64,
    /// Changes of the ledger that it holds.
    pub ledger_size: i64,
    /// Whether the key that signs checkpoints is in it.
    pub with_key: bool,
    /// When it was last checked, microseconds.
    pub verified_at: Option<i64>,
    /// Who checked it.
    pub verified_by: String,
    /// What the last check found wrong.
    pub problems: i64,
}

const COLUMNS: &str = "SELECT id, made_at, actor, target, onto, files, bytes, new_bytes, ledger_size, with_key, verified_at, verified_by, problems FROM backup_made WHERE org = $1";

fn read(row: &Row) -> Result<BackupRow, StoreError> {
    Ok(BackupRow {
        id: row.text(0)?,
        made_at: row.int(1)?,
        actor: row.text(2)?,
        target: row.text(3)?,
        onto: row.text(4)?,
        files: row.int(5)?,
        bytes: row.int(6)?,
        new_bytes: row.int(7)?,
        ledger_size: row.int(8)?,
        with_key: row.int(9)? != 0,
        verified_at: row.opt_int(10)?,
        verified_by: row.text(11)?,
        problems: row.int(12)?,
    })
}

/// Notes a backup.
pub async fn put(tx: &mut Tx, backup: &BackupRow) -> Result<(), StoreError> {
    let insert = "INSERT INTO backup_made (org, id, made_at, actor, target, onto, files, bytes, new_bytes, ledger_size, with_key, verified_at, verified_by, problems) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    let values = [
        ORG.into(),
        (&backup.id).into(),
        backup.made_at.into(),
        (&backup.actor).into(),
        (&backup.target).into(),
        (&backup.onto).into(),
        backup.files.into(),
        backup.bytes.into(),
        backup.new_bytes.into(),
        backup.ledger_size.into(),
        backup.with_key.into(),
        backup.verified_at.into(),
        (&backup.verified_by).into(),
        backup.problems.into(),
    ];
    tx.execute(&sql(insert, values)).await?;
    Ok(())
}

/// Notes a check; tells whether this store knows the backup.
pub async fn note_check(
    tx: &mut Tx,
    id: &str,
    (at, by, problems): (i64, &str, i64),
) -> Result<bool, StoreError> {
    let update =
        "UPDATE backup_made SET verified_at = $3, verified_by = $4, problems = $5 WHERE org = $1 AND id = $2";
    let values = [ORG.into(), id.into(), at.into(), by.into(), problems.into()];
    Ok(tx.execute(&sql(update, values)).await? > 0)
}

/// Every backup that was made, newest first.
pub async fn list(reader: &mut (impl Reader + Send)) -> Result<Vec<BackupRow>, StoreError> {
    let mut statement = sql(COLUMNS, [ORG.into()]);
    statement.push(" ORDER BY made_at DESC, id DESC");
    reader.rows(&statement).await?.iter().map(read).collect()
}
