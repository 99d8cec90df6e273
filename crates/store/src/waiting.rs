//! Rows that wait to be written, so that few statements write many: those of a hundred files go in together.

use crate::sql::Value;
use std::collections::HashSet;

/// Rows of one statement.
#[derive(Debug)]
pub(crate) struct Batch {
    /// `INSERT INTO t (…) VALUES`.
    pub(crate) head: &'static str,
    /// An `ON CONFLICT` clause or empty.
    pub(crate) tail: &'static str,
    /// The rows.
    pub(crate) rows: Vec<Vec<Value>>,
}

/// The most rows of one statement.
pub(crate) const MOST: usize = 256;

/// Rows that wait, table by table in the order in which they were first written to.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    tables: Vec<Table>,
}

#[derive(Debug)]
struct Table {
    batch: Batch,
    /// Columns by which a row takes the place of another; none where it never does.
    key: Vec<usize>,
    /// Keys of the rows that wait.
    keys: HashSet<Vec<u8>>,
}

impl Waiting {
    /// Takes in rows and returns those that are to be written at once, in order: `MOST` of a table, and all of a table
    /// before a row that takes the place of one of them, since no statement may write a row twice.
    pub(crate) fn add(
        &mut self,
        head: &'static str,
        tail: &'static str,
        rows: impl IntoIterator<Item = Vec<Value>>,
    ) -> Vec<Batch> {
        let known = self.tables.iter().position(|table| table.batch.head == head && table.batch.tail == tail);
        let at = known.unwrap_or_else(|| {
            let batch = Batch { head, tail, rows: Vec::new() };
            self.tables.push(Table { batch, key: key_columns(head, tail), keys: HashSet::new() });
            self.tables.len() - 1
        });
        let table = &mut self.tables[at];
        let mut ready = Vec::new();
        for row in rows {
            if !table.key.is_empty() {
                let key = key_of(&row, &table.key);
                if table.keys.contains(&key) {
                    ready.push(table.take());
                }
                table.keys.insert(key);
            }
            table.batch.rows.push(row);
            if table.batch.rows.len() == MOST {
                ready.push(table.take());
            }
        }
        ready
    }

    /// All that wait, in order.
    pub(crate) fn take(&mut self) -> impl Iterator<Item = Batch> + use<> {
        let tables = std::mem::take(&mut self.tables).into_iter();
        tables.map(|table| table.batch).filter(|batch| !batch.rows.is_empty())
    }
}

impl Table {
    fn take(&mut self) -> Batch {
        self.keys.clear();
        let rows = std::mem::take(&mut self.batch.rows);
        Batch { head: self.batch.head, tail: self.batch.tail, rows }
    }
}

/// The positions in the list of columns of `head` of those that `tail` names as conflicting.
fn key_columns(head: &str, tail: &str) -> Vec<usize> {
    if !tail.contains("DO UPDATE") {
        return Vec::new();
    }
    let columns: Vec<_> = names(head).collect();
    names(tail).filter_map(|name| columns.iter().position(|column| *column == name)).collect()
}

/// The names in the first parentheses of a text.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let inner =
        text.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(inner, _)| inner);
    inner.split(',').map(str::trim)
}

fn key_of(row: &[Value], columns: &[usize]) -> Vec<u8> {
    let mut key = Vec::with_capacity(96);
    for value in columns.iter().filter_map(|column| row.get(*column)) {
        match value {
            Value::Int(value) => key.extend(value.unwrap_or_default().to_le_bytes()),
            Value::Real(value) => key.extend(value.unwrap_or_default().to_bits().to_le_bytes()),
            Value::Text(text) => {
                let text = text.as_deref().unwrap_or_default();
                key.extend(text.len().to_le_bytes());
                key.extend(text.as_bytes());
            }
            Value::NoBytes => key.push(0),
            Value::Bytes(bytes) => {
                key.extend(bytes.len().to_le_bytes());
                key.extend(bytes);
            }
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "INSERT INTO t (org, id, body) VALUES";
    const OVER: &str = "ON CONFLICT (org, id) DO UPDATE SET body = excluded.body";

    fn row(id: &str, body: i64) -> Vec<Value> {
        vec!["".into(), id.into(), body.into()]
    }

    fn bodies(batches: impl IntoIterator<Item = Batch>) -> Vec<Vec<Value>> {
        batches.into_iter().map(|batch| batch.rows.into_iter().map(|row| row[2].clone()).collect()).collect()
    }

    #[test]
    fn rows_wait_until_they_are_many_and_keep_their_order() {
        let mut waiting = Waiting::default();
        assert!(waiting.add(HEAD, "", [row("a", 1)]).is_empty());
        let many = (0..2 * MOST as i64).map(|nth| row("b", nth));
        let written = waiting.add(HEAD, "", many);
        assert_eq!(written.iter().map(|batch| batch.rows.len()).collect::<Vec<_>>(), [MOST, MOST]);
        assert_eq!(written[0].rows[0], row("a", 1));
        assert_eq!(bodies(waiting.take()), [[Value::from(2 * MOST as i64 - 1)]]);
        assert_eq!(waiting.take().count(), 0);
    }

    #[test]
    fn no_statement_writes_a_row_twice_and_the_last_one_stays() {
        let mut waiting = Waiting::default();
        let one_after_the_other = [row("a", 1), row("b", 2), row("a", 3), row("a", 4)];
        let written = bodies(waiting.add(HEAD, OVER, one_after_the_other));
        assert_eq!(written, [vec![Value::from(1_i64), Value::from(2_i64)], vec![Value::from(3_i64)]]);
        assert_eq!(bodies(waiting.take()), [[Value::from(4_i64)]]);
    }

    #[test]
    fn tables_are_written_in_the_order_in_which_they_were_met() {
        let mut waiting = Waiting::default();
        waiting.add("INSERT INTO u (org) VALUES", "", [vec!["".into()]]);
        waiting.add(HEAD, OVER, [row("a", 1)]);
        waiting.add("INSERT INTO u (org) VALUES", "", [vec!["x".into()]]);
        let order: Vec<_> = waiting.take().map(|batch| (batch.head, batch.rows.len())).collect();
        assert_eq!(order, [("INSERT INTO u (org) VALUES", 2), (HEAD, 1)]);
    }

    #[test]
    fn keys_are_those_that_the_clause_names() {
        let head = "INSERT INTO finding_event (org, system_id, finding_id, at, state, hash) VALUES";
        let tail = "ON CONFLICT (org, finding_id, at, hash) DO UPDATE SET state = excluded.state";
        assert_eq!(key_columns(head, tail), [0, 2, 3, 5]);
        assert!(key_columns(head, "ON CONFLICT DO NOTHING").is_empty());
    }
}
