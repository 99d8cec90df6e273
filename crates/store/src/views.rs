//! Lists as people saved them.
//!
//! A saved view holds an address, never rows: whoever follows it sees what they may see. Others may meet with a
//! shared one, so the ledger vouches for views.

use crate::ORG;
use crate::changes::{RowHash, Table, hash_values};
use crate::db::{Reader, Row, Tx};
use crate::error::StoreError;
use crate::sight::Sight;
use crate::sql::{Sql, sql};

/// What `shared` holds for the whole organisation.
pub const EVERYBODY: &str = "*";

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewRow {
    /// Identifier.
    pub id: String,
    /// The account that saved it.
    pub account: String,
    /// The list's path.
    pub page: String,
    /// What it is called.
    pub name: String,
    /// The list's query, without `?`.
    pub query: String,
    /// Empty for nobody else, [`EVERYBODY`], or a unit.
    pub shared: String,
    /// When it was saved, microseconds.
    pub created_at: i64,
}

const COLUMNS: &str = "v.id, v.account_id, v.page, v.name, v.query, v.shared, v.created_at";

fn read(row: &Row) -> Result<ViewRow, StoreError> {
    Ok(ViewRow {
        id: row.text(0)?,
        account: row.text(1)?,
        page: row.text(2)?,
        name: row.text(3)?,
        query: row.text(4)?,
        shared: row.text(5)?,
        created_at: row.int(6)?,
    })
}

/// Writes a view and returns its row hash.
pub async fn put(tx: &mut Tx, view: &ViewRow) -> Result<RowHash, StoreError> {
    let upsert = "INSERT INTO saved_view (org, id, account_id, page, name, query, shared, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (org, id) DO UPDATE SET name = excluded.name, query = excluded.query, shared = excluded.shared, created_at = excluded.created_at";
    let values = vec![
        ORG.into(),
        (&view.id).into(),
        (&view.account).into(),
        (&view.page).into(),
        (&view.name).into(),
        (&view.query).into(),
        (&view.shared).into(),
        view.created_at.into(),
    ];
    let hash = hash_values(&values);
    tx.execute(&Sql { text: upsert.to_owned(), values }).await?;
    Ok(RowHash { table: Table::SavedView, key: view.id.clone(), hash })
}

/// Removes a view; returns the row that is gone.
pub async fn remove(tx: &mut Tx, id: &str) -> Result<RowHash, StoreError> {
    let delete = "DELETE FROM saved_view WHERE org = $1 AND id = $2";
    tx.execute(&sql(delete, [ORG.into(), id.into()])).await?;
    Ok(RowHash { table: Table::SavedView, key: id.to_owned(), hash: String::new() })
}

/// Views of a page (or of every page) that an account saved or others share with it, each with its owner's name.
pub async fn list(
    reader: &mut (impl Reader + Send),
    page: Option<&str>,
    account: &str,
    sight: &Sight,
) -> Result<Vec<(ViewRow, String)>, StoreError> {
    let mut statement = Sql::default();
    statement.push("SELECT ").push(COLUMNS).push(", COALESCE(a.name, ''), COALESCE(a.email, '')");
    statement.push(
        " FROM saved_view v LEFT JOIN account a ON a.org = v.org AND a.id = v.account_id WHERE v.org = ",
    );
    statement.bind(ORG);
    if let Some(page) = page {
        statement.push(" AND v.page = ").bind(page);
    }
    statement.push(" AND (v.account_id = ").bind(account).push(" OR v.shared = ").bind(EVERYBODY);
    match sight.whole() {
        // Whatever is looked at, views stay those of the whole.
        Sight::Within { .. } | Sight::Nothing => {}
        Sight::Everything => {
            statement.push(" OR v.shared <> ''");
        }
        // Those whose role reaches the unit, and those who work in it or below. The whole organisation, which is above
        // every unit, has the empty name that also says that a view is nobody else's.
        Sight::Account { account, .. } => {
            statement.push(" OR (v.shared <> '' AND EXISTS (SELECT 1 FROM unit_closure uc JOIN role_grant rg ON rg.org = uc.org AND ((uc.descendant = v.shared AND rg.unit_id = uc.ancestor) OR (uc.ancestor = v.shared AND rg.unit_id = uc.descendant)) WHERE uc.org = ");
            statement.bind(ORG).push(" AND rg.account_id = ").bind(account).push("))");
        }
    }
    statement.push(") ORDER BY v.name, v.id");
    let with_owner = |row: &Row| {
        let (name, email) = (row.text(7)?, row.text(8)?);
        Ok((read(row)?, if name.is_empty() { email } else { name }))
    };
    reader.rows(&statement).await?.iter().map(with_owner).collect()
}

/// One view, whoever may see it.
pub async fn get(reader: &mut (impl Reader + Send), id: &str) -> Result<Option<ViewRow>, StoreError> {
    let mut statement = Sql::default();
    statement.push("SELECT ").push(COLUMNS).push(" FROM saved_view v WHERE v.org = ").bind(ORG);
    statement.push(" AND v.id = ").bind(id);
    reader.first(&statement).await?.as_ref().map(read).transpose()
}
