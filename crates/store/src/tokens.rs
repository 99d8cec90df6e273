//! Tokens of programs: what they may do, how long, and when they were last used.

use crate::ORG;
use crate::changes::{RowHash, Table, hash_values};
use crate::db::{Reader, Row, Tx};
use crate::error::StoreError;
use crate::sql::{Sql, sql};
use warrant_model::scope::Role;

/// A token. Its secret is never stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    /// Identifier: the part of the token that is no secret.
    pub id: String,
    /// Account of the owner.
    pub account: String,
    /// What the owner calls it.
    pub name: String,
    /// Hash of the secret.
    pub secret_hash: String,
    /// The most it may do; `None`: as much as the owner.
    pub role: Option<Role>,
    /// The unit beyond which it does nothing; empty: wherever the owner may.
    pub unit: String,
    /// Microseconds.
    pub made_at: i64,
    /// From when on it is refused, microseconds.
    pub ends_at: i64,
    /// When somebody ended it, microseconds.
    pub ended_at: Option<i64>,
    /// Who ended it.
    pub ended_by: String,
    /// When it was last used, to within an hour, microseconds.
    pub last_used: Option<i64>,
}

const COLUMNS: &str = "SELECT id, account_id, name, secret_hash, role, unit_id, made_at, ends_at, ended_at, ended_by, last_used FROM program_token WHERE org = $1";

fn read(row: &Row) -> Result<TokenRow, StoreError> {
    let role = row.opt_int(4)?.map(|rank| {
        let role = Role::ALL.into_iter().find(|role| *role as i64 == rank);
        role.ok_or_else(|| StoreError::Damaged(format!("role {rank}")))
    });
    Ok(TokenRow {
        id: row.text(0)?,
        account: row.text(1)?,
        name: row.text(2)?,
        secret_hash: row.text(3)?,
        role: role.transpose()?,
        unit: row.text(5)?,
        made_at: row.int(6)?,
        ends_at: row.int(7)?,
        ended_at: row.opt_int(8)?,
        ended_by: row.text(9)?,
        last_used: row.opt_int(10)?,
    })
}

/// Writes a token and returns its row hash, which says nothing of its last use.
pub async fn put(tx: &mut Tx, token: &TokenRow) -> Result<RowHash, StoreError> {
    let upsert = "INSERT INTO program_token (org, id, account_id, name, secret_hash, role, unit_id, made_at, ends_at, ended_at, ended_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (org, id) DO UPDATE SET ended_at = excluded.ended_at, ended_by = excluded.ended_by";
    let values = vec![
        ORG.into(),
        (&token.id).into(),
        (&token.account).into(),
        (&token.name).into(),
        (&token.secret_hash).into(),
        token.role.map(|role| role as i64).into(),
        (&token.unit).into(),
        token.made_at.into(),
        token.ends_at.into(),
        token.ended_at.into(),
        (&token.ended_by).into(),
    ];
    let hash = hash_values(&values);
    tx.execute(&Sql { text: upsert.to_owned(), values }).await?;
    Ok(RowHash { table: Table::ProgramToken, key: token.id.clone(), hash })
}

/// The token of an id.
pub async fn by_id(reader: &mut (impl Reader + Send), id: &str) -> Result<Option<TokenRow>, StoreError> {
    let mut statement = sql(COLUMNS, [ORG.into()]);
    statement.push(" AND id = ").bind(id);
    reader.first(&statement).await?.as_ref().map(read).transpose()
}

/// The tokens of an account, or all of them, newest first.
pub async fn list(
    reader: &mut (impl Reader + Send),
    account: Option<&str>,
) -> Result<Vec<TokenRow>, StoreError> {
    let mut statement = sql(COLUMNS, [ORG.into()]);
    if let Some(account) = account {
        statement.push(" AND account_id = ").bind(account);
    }
    statement.push(" ORDER BY made_at DESC, id");
    reader.rows(&statement).await?.iter().map(read).collect()
}

/// Notes that a token was used.
pub async fn touch(tx: &mut Tx, id: &str, at: i64) -> Result<(), StoreError> {
    let update = "UPDATE program_token SET last_used = $3 WHERE org = $1 AND id = $2";
    tx.execute(&sql(update, [ORG.into(), id.into(), at.into()])).await?;
    Ok(())
}
