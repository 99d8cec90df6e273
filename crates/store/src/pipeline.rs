//! Writing many rows: those to come are made on another thread while those before are written.

use crate::changes::RowHash;
use crate::db::Tx;
use crate::error::StoreError;
use crate::sql::Value;
use std::sync::Arc;

/// Rows of one statement.
#[derive(Debug)]
pub(crate) struct Rows {
    /// `INSERT INTO t (…) VALUES`.
    pub(crate) head: &'static str,
    /// An `ON CONFLICT` clause or empty.
    pub(crate) tail: &'static str,
    /// The rows.
    pub(crate) values: Vec<Vec<Value>>,
}

/// What is written for some items.
#[derive(Debug, Default)]
pub(crate) struct Made {
    /// Rows, table by table.
    pub(crate) rows: Vec<Rows>,
    /// What the ledger vouches for.
    pub(crate) hashes: Vec<RowHash>,
}

/// Items of which rows are made at a time.
const CHUNK: usize = 2_048;

/// Chunks that may be ready before they are written.
const READY: usize = 2;

/// Writes what `make` makes of items, some at a time, in their order. Returns the hashes.
pub(crate) async fn write<T: Send + Sync + 'static>(
    tx: &mut Tx,
    items: &Arc<Vec<T>>,
    mut make: impl FnMut(&[T]) -> Made + Send + 'static,
) -> Result<Vec<RowHash>, StoreError> {
    let mut hashes = Vec::with_capacity(items.len());
    if items.len() <= CHUNK {
        if !items.is_empty() {
            written(tx, make(items), &mut hashes).await?;
        }
        return Ok(hashes);
    }
    let (send, mut ready) = tokio::sync::mpsc::channel(READY);
    let items = items.clone();
    let work = tokio::task::spawn_blocking(move || {
        for chunk in items.chunks(CHUNK) {
            if send.blocking_send(make(chunk)).is_err() {
                return;
            }
        }
    });
    while let Some(made) = ready.recv().await {
        written(tx, made, &mut hashes).await?;
    }
    // A thread that ended early made less than all.
    work.await.map_err(|error| StoreError::Damaged(format!("rows that were not made: {error}")))?;
    Ok(hashes)
}

async fn written(tx: &mut Tx, made: Made, hashes: &mut Vec<RowHash>) -> Result<(), StoreError> {
    for Rows { head, tail, values } in made.rows {
        tx.insert_rows(head, values, tail).await?;
    }
    hashes.extend(made.hashes);
    Ok(())
}
