//! Rows carried from one database to another of the same schema, whatever their engines.

use super::Progress;
use crate::db::{Reader, Row, Tx};
use crate::error::StoreError;
use crate::sql::{Sql, Value};

/// Rows carried together.
const TOGETHER: i64 = 400;
/// The same for tables with packed bodies, each of which may be megabytes.
const FEW: i64 = 16;

/// A table as the schema says it is.
#[derive(Debug)]
struct Table {
    name: String,
    columns: Vec<Column>,
}

#[derive(Debug)]
struct Column {
    name: String,
    sort: Sort,
    is_key: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Integer,
    Real,
    Text,
    Bytes,
}

/// Copies every row of `from` into `to`. `shape` is whichever of them is SQLite: it tells what tables there are.
pub(super) async fn all(
    shape: &mut (impl Reader + Send),
    from: &mut (impl Reader + Send),
    to: &mut Tx,
    progress: &Progress,
) -> Result<(), StoreError> {
    for table in tables(shape).await? {
        one(&table, from, to, progress).await?;
    }
    Ok(())
}

/// The tables of a SQLite database, but for those that say how it is kept.
async fn tables(shape: &mut (impl Reader + Send)) -> Result<Vec<Table>, StoreError> {
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name <> 'schema_step' ORDER BY name";
    let mut found = Vec::new();
    for row in shape.rows(&Sql::new(names)).await? {
        let name = row.text(0)?;
        let query = Sql::new("SELECT name, type, pk FROM pragma_table_info(").with("", name.as_str());
        let columns = shape.rows(&query.then(") ORDER BY cid")).await?;
        let columns = columns.iter().map(|row| {
            let sort = match row.text(1)?.as_str() {
                "BIGINT" => Sort::Integer,
                "DOUBLE PRECISION" => Sort::Real,
                "BYTEA" => Sort::Bytes,
                _ => Sort::Text,
            };
            Ok(Column { name: row.text(0)?, sort, is_key: row.int(2)? > 0 })
        });
        let columns = columns.collect::<Result<Vec<_>, StoreError>>()?;
        found.push(Table { name, columns });
    }
    Ok(found)
}

async fn one(
    table: &Table,
    from: &mut (impl Reader + Send),
    to: &mut Tx,
    progress: &Progress,
) -> Result<(), StoreError> {
    let names = |columns: &[&Column]| {
        columns.iter().map(|column| format!("\"{}\"", column.name)).collect::<Vec<_>>().join(", ")
    };
    let all: Vec<&Column> = table.columns.iter().collect();
    let keys: Vec<&Column> = table.columns.iter().filter(|column| column.is_key).collect();
    let at: Vec<usize> = (0..all.len()).filter(|at| all[*at].is_key).collect();
    let packed = all.iter().any(|column| column.sort == Sort::Bytes);
    let together = if packed { FEW } else { TOGETHER };
    let mut last: Option<Vec<Value>> = None;
    loop {
        let mut query = Sql::new("SELECT ");
        query.push(&names(&all)).push(" FROM ").push(&table.name);
        if let Some(last) = last.take() {
            query.push(" WHERE (").push(&names(&keys)).push(") > (").bind_list(last).push(")");
        }
        query.push(" ORDER BY ").push(&names(&keys)).push(" LIMIT ").bind(together);
        let rows = from.rows(&query).await?;
        let rows = rows.iter().map(|row| values(row, &all)).collect::<Result<Vec<_>, _>>()?;
        let count = rows.len();
        last = rows.last().map(|row| at.iter().map(|at| row[*at].clone()).collect());
        if count > 0 {
            let mut insert = Sql::new("INSERT INTO ");
            insert.push(&table.name).push(" (").push(&names(&all)).push(") VALUES ");
            for (nth, row) in rows.into_iter().enumerate() {
                insert.push(if nth > 0 { ", (" } else { "(" }).bind_list(row).push(")");
            }
            // What a new schema puts into its tables by itself is there already.
            insert.push(" ON CONFLICT DO NOTHING");
            to.execute(&insert).await?;
        }
        progress.add(count as u64)?;
        if (count as i64) < together {
            return Ok(());
        }
    }
}

fn values(row: &Row, columns: &[&Column]) -> Result<Vec<Value>, StoreError> {
    let value = |(at, column): (usize, &&Column)| {
        Ok(match column.sort {
            Sort::Integer => Value::Int(row.opt_int(at)?),
            Sort::Real => Value::Real(row.opt_real(at)?),
            Sort::Text => Value::Text(row.opt_text(at)?),
            Sort::Bytes => row.opt_bytes(at)?.map_or(Value::NoBytes, Value::Bytes),
        })
    };
    columns.iter().enumerate().map(value).collect()
}
