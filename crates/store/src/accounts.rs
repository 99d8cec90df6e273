//! Accounts, roles, sessions and one-time sign-in links.

use crate::ORG;
use crate::changes::{RowHash, Table, hash_values};
use crate::db::{Reader, Tx};
use crate::error::StoreError;
use crate::sql::{Sql, sql};
use warrant_model::scope::Role;

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// Identifier.
    pub id: String,
    /// E-mail address, lower case.
    pub email: String,
    /// Name shown.
    pub name: String,
    /// argon2id hash in PHC form; `None`: only one-time links work.
    pub password_hash: Option<String>,
    /// Whether signing in is refused.
    pub disabled: bool,
    /// When it was made, microseconds.
    pub created_at: i64,
    /// Counts changes.
    pub version: i64,
}

const COLUMNS: &str =
    "SELECT id, email, name, password_hash, disabled, created_at, version FROM account WHERE org = $1";

fn read(row: &crate::db::Row) -> Result<AccountRow, StoreError> {
    Ok(AccountRow {
        id: row.text(0)?,
        email: row.text(1)?,
        name: row.text(2)?,
        password_hash: row.opt_text(3)?,
        disabled: row.int(4)? != 0,
        created_at: row.int(5)?,
        version: row.int(6)?,
    })
}

/// Writes an account and returns its row hash.
pub async fn put(tx: &mut Tx, account: &AccountRow) -> Result<RowHash, StoreError> {
    let upsert = "INSERT INTO account (org, id, email, name, password_hash, disabled, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (org, id) DO UPDATE SET email = excluded.email, name = excluded.name, password_hash = excluded.password_hash, disabled = excluded.disabled, version = excluded.version";
    let values = vec![
        ORG.into(),
        (&account.id).into(),
        (&account.email).into(),
        (&account.name).into(),
        account.password_hash.clone().into(),
        account.disabled.into(),
        account.created_at.into(),
        account.version.into(),
    ];
    let hash = hash_values(&values);
    tx.execute(&Sql { text: upsert.to_owned(), values }).await?;
    Ok(RowHash { table: Table::Account, key: account.id.clone(), hash })
}

/// All accounts, by e-mail.
pub async fn all(reader: &mut (impl Reader + Send)) -> Result<Vec<AccountRow>, StoreError> {
    let mut statement = sql(COLUMNS, [ORG.into()]);
    statement.push(" ORDER BY email");
    reader.rows(&statement).await?.iter().map(read).collect()
}

/// The account of an e-mail address (lower case).
pub async fn by_email(
    reader: &mut (impl Reader + Send),
    email: &str,
) -> Result<Option<AccountRow>, StoreError> {
    let mut statement = sql(COLUMNS, [ORG.into()]);
    statement.push(" AND email = ").bind(email);
    reader.first(&statement).await?.as_ref().map(read).transpose()
}

/// The account of an id.
pub async fn by_id(reader: &mut (impl Reader + Send), id: &str) -> Result<Option<AccountRow>, StoreError> {
    let mut statement = sql(COLUMNS, [ORG.into()]);
    statement.push(" AND id = ").bind(id);
    reader.first(&statement).await?.as_ref().map(read).transpose()
}

/// A role of an account in a unit (`""`: the whole organisation).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantRow {
    /// Account.
    pub account: String,
    /// Unit, or empty.
    pub unit: String,
    /// Role.
    pub role: Role,
}

impl GrantRow {
    /// Its key in the ledger.
    pub fn key(&self) -> String {
        format!("{}/{}", self.account, self.unit)
    }
}

/// Gives a role; returns its row hash.
pub async fn grant(tx: &mut Tx, grant: &GrantRow) -> Result<RowHash, StoreError> {
    let upsert = "INSERT INTO role_grant (org, account_id, unit_id, role) VALUES ($1, $2, $3, $4)
         ON CONFLICT (org, account_id, unit_id) DO UPDATE SET role = excluded.role";
    let values = vec![ORG.into(), (&grant.account).into(), (&grant.unit).into(), (grant.role as i64).into()];
    let hash = hash_values(&values);
    tx.execute(&Sql { text: upsert.to_owned(), values }).await?;
    Ok(RowHash { table: Table::RoleGrant, key: grant.key(), hash })
}

/// Takes a role away; returns the row that is gone.
pub async fn revoke(tx: &mut Tx, account: &str, unit: &str) -> Result<RowHash, StoreError> {
    let delete = "DELETE FROM role_grant WHERE org = $1 AND account_id = $2 AND unit_id = $3";
    tx.execute(&sql(delete, [ORG.into(), account.into(), unit.into()])).await?;
    let key = format!("{account}/{unit}");
    Ok(RowHash { table: Table::RoleGrant, key, hash: String::new() })
}

/// Roles of one account, or of all.
pub async fn grants(
    reader: &mut (impl Reader + Send),
    account: Option<&str>,
) -> Result<Vec<GrantRow>, StoreError> {
    let mut statement = sql("SELECT account_id, unit_id, role FROM role_grant WHERE org = $1", [ORG.into()]);
    if let Some(account) = account {
        statement.push(" AND account_id = ").bind(account);
    }
    statement.push(" ORDER BY account_id, unit_id");
    let rows = reader.rows(&statement).await?;
    rows.iter()
        .map(|row| {
            let rank = row.int(2)?;
            let role = Role::ALL.into_iter().find(|role| *role as i64 == rank);
            let role = role.ok_or_else(|| StoreError::Damaged(format!("role {rank}")))?;
            Ok(GrantRow { account: row.text(0)?, unit: row.text(1)?, role })
        })
        .collect()
}

/// A session. The token itself is never stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Hash of the token.
    pub token_hash: String,
    /// Account.
    pub account: String,
    /// What forms must carry.
    pub csrf: String,
    /// Microseconds.
    pub created_at: i64,
    /// Microseconds.
    pub last_seen: i64,
    /// Microseconds.
    pub expires_at: i64,
}

/// Starts a session.
pub async fn put_session(tx: &mut Tx, session: &SessionRow) -> Result<(), StoreError> {
    let insert = "INSERT INTO session (org, token_hash, account_id, csrf, created_at, last_seen, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let values = [
        ORG.into(),
        (&session.token_hash).into(),
        (&session.account).into(),
        (&session.csrf).into(),
        session.created_at.into(),
        session.last_seen.into(),
        session.expires_at.into(),
    ];
    tx.execute(&sql(insert, values)).await?;
    Ok(())
}

/// The session of a token's hash.
pub async fn session(
    reader: &mut (impl Reader + Send),
    token_hash: &str,
) -> Result<Option<SessionRow>, StoreError> {
    let query = "SELECT token_hash, account_id, csrf, created_at, last_seen, expires_at FROM session WHERE org = $1 AND token_hash = $2";
    let row = reader.first(&sql(query, [ORG.into(), token_hash.into()])).await?;
    row.map(|row| {
        Ok(SessionRow {
            token_hash: row.text(0)?,
            account: row.text(1)?,
            csrf: row.text(2)?,
            created_at: row.int(3)?,
            last_seen: row.int(4)?,
            expires_at: row.int(5)?,
        })
    })
    .transpose()
}

/// Marks a session as used.
pub async fn touch_session(tx: &mut Tx, token_hash: &str, at: i64) -> Result<(), StoreError> {
    let update = "UPDATE session SET last_seen = $3 WHERE org = $1 AND token_hash = $2";
    tx.execute(&sql(update, [ORG.into(), token_hash.into(), at.into()])).await?;
    Ok(())
}

/// Ends one session, or every session of an account.
pub async fn end_sessions(tx: &mut Tx, which: EndSessions<'_>) -> Result<(), StoreError> {
    let (delete, value) = match which {
        EndSessions::Token(hash) => ("DELETE FROM session WHERE org = $1 AND token_hash = $2", hash),
        EndSessions::Account(id) => ("DELETE FROM session WHERE org = $1 AND account_id = $2", id),
    };
    tx.execute(&sql(delete, [ORG.into(), value.into()])).await?;
    Ok(())
}

/// Which sessions to end.
#[derive(Clone, Copy, Debug)]
pub enum EndSessions<'a> {
    /// The one with this token hash.
    Token(&'a str),
    /// All of this account.
    Account(&'a str),
}

/// Stores a one-time sign-in link by the hash of its token.
pub async fn put_link(
    tx: &mut Tx,
    token_hash: &str,
    account: &str,
    expires_at: i64,
) -> Result<(), StoreError> {
    let insert = "INSERT INTO sign_in_link (org, token_hash, account_id, expires_at) VALUES ($1, $2, $3, $4)";
    tx.execute(&sql(insert, [ORG.into(), token_hash.into(), account.into(), expires_at.into()])).await?;
    Ok(())
}

/// Uses a link up: returns its account when it was there and had not expired.
pub async fn use_link(tx: &mut Tx, token_hash: &str, now: i64) -> Result<Option<String>, StoreError> {
    let delete =
        "DELETE FROM sign_in_link WHERE org = $1 AND token_hash = $2 RETURNING account_id, expires_at";
    let row = tx.first(&sql(delete, [ORG.into(), token_hash.into()])).await?;
    let Some(row) = row else { return Ok(None) };
    let account = row.text(0)?;
    Ok((row.int(1)? > now).then_some(account))
}

/// Failed sign-ins of an e-mail address: how many, and when the last was.
pub async fn failures(reader: &mut (impl Reader + Send), email: &str) -> Result<(i64, i64), StoreError> {
    let query = "SELECT failures, last_at FROM sign_in_failure WHERE org = $1 AND email = $2";
    let row = reader.first(&sql(query, [ORG.into(), email.into()])).await?;
    row.map_or(Ok((0, 0)), |row| Ok((row.int(0)?, row.int(1)?)))
}

/// Counts a failed sign-in, or forgets them all after a good one (`failures` 0).
pub async fn set_failures(tx: &mut Tx, email: &str, failures: i64, at: i64) -> Result<(), StoreError> {
    let upsert = "INSERT INTO sign_in_failure (org, email, failures, last_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (org, email) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at";
    tx.execute(&sql(upsert, [ORG.into(), email.into(), failures.into(), at.into()])).await?;
    Ok(())
}
