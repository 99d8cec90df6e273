//! The two engines behind one face: run a statement, read its rows.

use crate::error::StoreError;
use crate::sql::{Sql, Value};
use crate::waiting::{Batch, MOST, Waiting};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgRow};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Postgres, Row as _, Sqlite};
use std::ops::Range;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// A connection to either engine.
#[derive(Clone, Debug)]
pub enum Db {
    /// SQLite in write-ahead mode: one writer, several readers.
    Sqlite {
        /// The only connection that writes.
        writer: SqlitePool,
        /// Connections that read.
        readers: SqlitePool,
    },
    /// PostgreSQL, or what speaks its protocol and SQL.
    Postgres(PgPool),
}

/// A row of either engine.
#[derive(Debug)]
pub enum Row {
    /// Of SQLite.
    Sqlite(SqliteRow),
    /// Of PostgreSQL.
    Postgres(PgRow),
}

macro_rules! read_column {
    ($row:expr, $at:expr, $kind:ty) => {
        match $row {
            Row::Sqlite(row) => row.try_get::<$kind, _>($at),
            Row::Postgres(row) => row.try_get::<$kind, _>($at),
        }
    };
}

impl Row {
    /// A BIGINT that is never NULL.
    pub fn int(&self, at: usize) -> Result<i64, StoreError> {
        Ok(read_column!(self, at, i64)?)
    }

    /// A BIGINT.
    pub fn opt_int(&self, at: usize) -> Result<Option<i64>, StoreError> {
        Ok(read_column!(self, at, Option<i64>)?)
    }

    /// A DOUBLE PRECISION.
    pub fn opt_real(&self, at: usize) -> Result<Option<f64>, StoreError> {
        Ok(read_column!(self, at, Option<f64>)?)
    }

    /// A TEXT that is never NULL.
    pub fn text(&self, at: usize) -> Result<String, StoreError> {
        Ok(read_column!(self, at, String)?)
    }

    /// A TEXT.
    pub fn opt_text(&self, at: usize) -> Result<Option<String>, StoreError> {
        Ok(read_column!(self, at, Option<String>)?)
    }

    /// A BYTEA.
    pub fn bytes(&self, at: usize) -> Result<Vec<u8>, StoreError> {
        Ok(read_column!(self, at, Vec<u8>)?)
    }

    /// A BYTEA that may be NULL.
    pub fn opt_bytes(&self, at: usize) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(read_column!(self, at, Option<Vec<u8>>)?)
    }

    /// A TEXT that holds JSON.
    pub fn json<T: serde::de::DeserializeOwned>(&self, at: usize) -> Result<T, StoreError> {
        let text = self.text(at)?;
        serde_json::from_str(&text).map_err(|error| StoreError::Damaged(format!("column {at}: {error}")))
    }
}

/// The text with bare `?` when the placeholders stand in order. SQLite finds numbered ones by searching a
/// list for each of them, which makes long statements quadratic.
fn for_sqlite(statement: &Sql) -> String {
    let wanted = statement.text.replace(crate::sql::NOT_BY, "+").replace(crate::sql::FINDING_TIE, "f.rowid");
    let mut text = String::with_capacity(wanted.len());
    let mut expected = 0;
    let mut parts = wanted.split('$');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        expected += 1;
        if part[..digits].parse() != Ok(expected) {
            return wanted.replace('$', "?");
        }
        text.push('?');
        text.push_str(&part[digits..]);
    }
    text
}

fn for_postgres(statement: &Sql) -> String {
    statement.text.clone()
}

macro_rules! bind {
    ($text:expr, $values:expr) => {{
        let mut query = sqlx::query(AssertSqlSafe($text));
        for value in $values {
            query = match value {
                Value::Int(value) => query.bind(value),
                Value::Real(value) => query.bind(value),
                Value::Text(value) => query.bind(value),
                Value::Bytes(value) => query.bind(value),
                Value::NoBytes => query.bind(None::<Vec<u8>>),
            };
        }
        query
    }};
}

macro_rules! bound {
    ($statement:expr, $text:ident) => {
        bind!($text($statement), $statement.values.iter().cloned())
    };
}

/// Something statements that only read can be run on: the database, or a transaction that sees its own writes.
pub trait Reader {
    /// All rows of a statement.
    fn rows(&mut self, statement: &Sql) -> impl Future<Output = Result<Vec<Row>, StoreError>> + Send;

    /// The first row, if any.
    fn first(&mut self, statement: &Sql) -> impl Future<Output = Result<Option<Row>, StoreError>> + Send
    where
        Self: Send,
    {
        async move { Ok(self.rows(statement).await?.into_iter().next()) }
    }
}

impl Reader for &Db {
    async fn rows(&mut self, statement: &Sql) -> Result<Vec<Row>, StoreError> {
        Ok(match self {
            Db::Sqlite { readers, .. } => {
                let rows = bound!(statement, for_sqlite).fetch_all(readers).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Db::Postgres(pool) => {
                let rows = bound!(statement, for_postgres).fetch_all(pool).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }
}

/// A write transaction. Dropping it undoes it.
///
/// Rows to be inserted wait until they are many, a statement follows that could see them, or everything is committed.
#[derive(Debug)]
pub struct Tx {
    engine: Engine,
    waiting: Waiting,
    /// Indexes of the ledger that it took.
    pub(crate) leaves: Option<Range<i64>>,
}

/// A transaction of either engine.
#[derive(Debug)]
enum Engine {
    /// Of SQLite, begun IMMEDIATE.
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    /// Of PostgreSQL.
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Tx {
    fn of(engine: Engine) -> Self {
        Self { engine, waiting: Waiting::default(), leaves: None }
    }

    /// Whether it is one of SQLite.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.engine, Engine::Sqlite(_))
    }

    /// Runs a statement and tells how many rows it touched.
    pub async fn execute(&mut self, statement: &Sql) -> Result<u64, StoreError> {
        self.write_waiting().await?;
        self.engine.execute(statement).await
    }

    /// Inserts rows of equally many values, sooner or later. `head` is `INSERT INTO t (…) VALUES`, `tail` an
    /// `ON CONFLICT` clause or empty.
    pub async fn insert_rows(
        &mut self,
        head: &'static str,
        rows: Vec<Vec<Value>>,
        tail: &'static str,
    ) -> Result<(), StoreError> {
        for batch in self.waiting.add(head, tail, rows) {
            self.engine.insert(batch).await?;
        }
        Ok(())
    }

    async fn write_waiting(&mut self) -> Result<(), StoreError> {
        for batch in self.waiting.take() {
            self.engine.insert(batch).await?;
        }
        Ok(())
    }

    /// Makes everything durable and visible.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        self.write_waiting().await?;
        crate::changes::settle_indexes(&mut self).await?;
        match self.engine {
            Engine::Sqlite(tx) => tx.commit().await?,
            Engine::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

impl Engine {
    async fn execute(&mut self, statement: &Sql) -> Result<u64, StoreError> {
        Ok(match self {
            Self::Sqlite(tx) => bound!(statement, for_sqlite).execute(&mut **tx).await?.rows_affected(),
            Self::Postgres(tx) => bound!(statement, for_postgres).execute(&mut **tx).await?.rows_affected(),
        })
    }

    /// Inserts rows in as few statements as the engines allow.
    async fn insert(&mut self, Batch { head, tail, rows }: Batch) -> Result<(), StoreError> {
        let columns = rows.first().map_or(0, Vec::len);
        let mut rest = rows.into_iter();
        // Few different lengths, so that the engines meet the same prepared statements again.
        let mut length = MOST;
        while rest.len() > 0 {
            while length > rest.len() {
                length /= 2;
            }
            let text: Arc<str> = self.rows_text(head, (length, columns), tail).into();
            let values = rest.by_ref().take(length).flatten();
            match self {
                Self::Sqlite(tx) => bind!(text, values).execute(&mut **tx).await?.rows_affected(),
                Self::Postgres(tx) => bind!(text, values).execute(&mut **tx).await?.rows_affected(),
            };
        }
        Ok(())
    }

    /// A statement that inserts so many rows of so many columns.
    fn rows_text(&self, head: &str, (rows, columns): (usize, usize), tail: &str) -> String {
        let mut text = String::with_capacity(head.len() + tail.len() + rows * (columns * 6 + 4));
        text.push_str(head);
        for row in 0..rows {
            text.push_str(if row == 0 { " (" } else { ", (" });
            for column in 0..columns {
                text.push_str(if column == 0 { "" } else { ", " });
                match self {
                    Self::Sqlite(_) => text.push('?'),
                    Self::Postgres(_) => text.push_str(&format!("${}", row * columns + column + 1)),
                }
            }
            text.push(')');
        }
        text.push(' ');
        text.push_str(tail);
        text
    }
}

impl Reader for Tx {
    async fn rows(&mut self, statement: &Sql) -> Result<Vec<Row>, StoreError> {
        self.write_waiting().await?;
        Ok(match &mut self.engine {
            Engine::Sqlite(tx) => {
                let rows = bound!(statement, for_sqlite).fetch_all(&mut **tx).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Engine::Postgres(tx) => {
                let rows = bound!(statement, for_postgres).fetch_all(&mut **tx).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }
}

impl Db {
    /// Opens the SQLite file `path`, creating it if it is not there. `synchronous=FULL`: with NORMAL,
    /// acknowledged writes are lost when the power goes.
    pub async fn open_sqlite(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            // Of a new file: half as many writes as with the usual 4 KiB.
            .page_size(8192)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(30))
            .foreign_keys(false)
            .statement_cache_capacity(200)
            .row_buffer_size(1_000)
            .pragma("cache_size", "-262144")
            .pragma("temp_store", "MEMORY")
            // Pages written again and again by an import go to the file once per 32 MiB.
            .pragma("wal_autocheckpoint", "4096");
        let writing = options.clone().pragma("mmap_size", "268435456");
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(writing).await?;
        // What readers share is the system's own cache of the file: each keeps little of its own.
        let reading = options.pragma("cache_size", "-4096").pragma("query_only", "1");
        let readers = SqlitePoolOptions::new().max_connections(4).connect_lazy_with(reading);
        Ok(Self::Sqlite { writer, readers })
    }

    /// Opens a SQLite file that nobody writes, leaving it and its folder as they are.
    pub fn open_copy(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .read_only(true)
            .immutable(true)
            .statement_cache_capacity(200)
            .pragma("temp_store", "MEMORY")
            .pragma("cache_size", "-65536");
        let pool = || SqlitePoolOptions::new().max_connections(2).connect_lazy_with(options.clone());
        Ok(Self::Sqlite { writer: pool(), readers: pool() })
    }

    /// Whether it is SQLite.
    pub fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite { .. })
    }

    /// Bytes of a SQLite database; 0 for any other.
    pub(crate) async fn sqlite_bytes(&self) -> Result<u64, StoreError> {
        let Self::Sqlite { .. } = self else { return Ok(0) };
        let pages = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";
        let mut reader = self;
        let row = reader.first(&Sql { text: pages.to_owned(), values: Vec::new() }).await?;
        Ok(row.map_or(Ok(0), |row| row.int(0))?.unsigned_abs())
    }

    /// Writes a snapshot of a SQLite database into a new file, on a connection of its own; others go on writing.
    pub(crate) async fn vacuum_into(&self, path: &Path) -> Result<(), StoreError> {
        let Self::Sqlite { writer, .. } = self else {
            return Err(StoreError::Backup("rows of another engine are carried, not copied".to_owned()));
        };
        let mut connection = writer.connect_options().as_ref().clone().connect().await?;
        let name = path.to_string_lossy().into_owned();
        sqlx::query("VACUUM INTO ?").bind(name).execute(&mut connection).await?;
        Ok(connection.close().await?)
    }

    /// Connects to PostgreSQL; `schema` puts everything into a schema of that name (tests use it).
    pub async fn open_postgres(address: &str, schema: Option<&str>) -> Result<Self, StoreError> {
        let mut options = PgConnectOptions::from_str(address)?.statement_cache_capacity(200);
        if let Some(schema) = schema {
            let known = schema.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
            if !known {
                return Err(StoreError::Address(schema.to_owned()));
            }
            let pool = PgPoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
            sqlx::query(AssertSqlSafe(format!("CREATE SCHEMA IF NOT EXISTS {schema}")))
                .execute(&pool)
                .await?;
            pool.close().await;
            options = options.options([("search_path", schema)]);
        }
        Ok(Self::Postgres(PgPoolOptions::new().max_connections(8).connect_with(options).await?))
    }

    /// Begins a write transaction.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { writer, .. } => {
                Tx::of(Engine::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?))
            }
            Self::Postgres(pool) => Tx::of(Engine::Postgres(pool.begin().await?)),
        })
    }

    /// Waits for running statements and closes every connection.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_in_order_become_bare_and_others_keep_their_numbers() {
        let text = |text: &str| for_sqlite(&Sql { text: text.to_owned(), values: Vec::new() });
        assert_eq!(text("VALUES ($1, $2), ($3, $4)"), "VALUES (?, ?), (?, ?)");
        assert_eq!(text("SET a = $2 WHERE b = $1"), "SET a = ?2 WHERE b = ?1");
        assert_eq!(text("a = $1 OR b = $1"), "a = ?1 OR b = ?1");
    }
}
