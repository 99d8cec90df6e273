//! What an account set for itself, and what holds for the whole organisation.
//!
//! Settings of an account concern nobody else and are not in the ledger, like its sessions; those of the
//! organisation are.

use crate::ORG;
use crate::changes::{RowHash, Table, hash_values};
use crate::db::{Reader, Tx};
use crate::error::StoreError;
use crate::sql::{Sql, sql};

/// What an account set under a name.
pub async fn of_account(
    reader: &mut (impl Reader + Send),
    account: &str,
    name: &str,
) -> Result<Option<String>, StoreError> {
    let query = "SELECT value FROM account_setting WHERE org = $1 AND account_id = $2 AND name = $3";
    let row = reader.first(&sql(query, [ORG.into(), account.into(), name.into()])).await?;
    row.map(|row| row.text(0)).transpose()
}

/// Sets it; empty takes it away.
pub async fn set_of_account(tx: &mut Tx, account: &str, name: &str, value: &str) -> Result<(), StoreError> {
    let key = [ORG.into(), account.into(), name.into()];
    let delete = "DELETE FROM account_setting WHERE org = $1 AND account_id = $2 AND name = $3";
    tx.execute(&sql(delete, key)).await?;
    if !value.is_empty() {
        let insert = "INSERT INTO account_setting (org, account_id, name, value) VALUES ($1, $2, $3, $4)";
        tx.execute(&sql(insert, [ORG.into(), account.into(), name.into(), value.into()])).await?;
    }
    Ok(())
}

/// What holds for the organisation under a name.
pub async fn of_organisation(
    reader: &mut (impl Reader + Send),
    name: &str,
) -> Result<Option<String>, StoreError> {
    let query = "SELECT value FROM organisation_setting WHERE org = $1 AND name = $2";
    let row = reader.first(&sql(query, [ORG.into(), name.into()])).await?;
    row.map(|row| row.text(0)).transpose()
}

/// Sets it (empty: nothing holds) and returns its row hash.
pub async fn set_of_organisation(tx: &mut Tx, name: &str, value: &str) -> Result<RowHash, StoreError> {
    let upsert = "INSERT INTO organisation_setting (org, name, value) VALUES ($1, $2, $3)
         ON CONFLICT (org, name) DO UPDATE SET value = excluded.value";
    let values = vec![ORG.into(), name.into(), value.into()];
    let hash = hash_values(&values);
    tx.execute(&Sql { text: upsert.to_owned(), values }).await?;
    Ok(RowHash { table: Table::OrganisationSetting, key: name.to_owned(), hash })
}
