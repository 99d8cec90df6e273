//! Tables that were sent and wait for a yes: kept in memory for a while, for the account that sent them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The most tables kept; the oldest goes first.
const MOST: usize = 32;
/// The most bytes kept over all.
const MOST_BYTES: usize = 256 << 20;

/// A table that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// File name.
    pub name: String,
    /// The kind its rows are of.
    pub kind: String,
    /// Content.
    pub bytes: Arc<[u8]>,
    account: String,
}

/// All tables that wait.
#[derive(Debug, Default)]
pub struct Pending {
    tables: Mutex<BTreeMap<String, Waiting>>,
}

impl Pending {
    /// Keeps a table and returns the name it is asked for by.
    pub fn put(&self, account: &str, kind: &str, name: String, bytes: Vec<u8>) -> String {
        let id = uuid::Uuid::now_v7().simple().to_string();
        let waiting =
            Waiting { name, kind: kind.to_owned(), bytes: bytes.into(), account: account.to_owned() };
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        tables.insert(id.clone(), waiting);
        let size = |tables: &BTreeMap<String, Waiting>| tables.values().map(|t| t.bytes.len()).sum::<usize>();
        while tables.len() > 1 && (tables.len() > MOST || size(&tables) > MOST_BYTES) {
            tables.pop_first();
        }
        id
    }

    /// A table of an account; it stays until it is dropped.
    pub fn get(&self, id: &str, account: &str) -> Option<Waiting> {
        let tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        tables.get(id).filter(|waiting| waiting.account == account).cloned()
    }

    /// Forgets a table.
    pub fn forget(&self, id: &str) {
        self.tables.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_for_whoever_sent_them_and_not_for_ever() {
        let pending = Pending::default();
        let first = pending.put("a", "person", "p.csv".to_owned(), vec![1]);
        assert!(pending.get(&first, "b").is_none());
        assert_eq!(pending.get(&first, "a").unwrap().name, "p.csv");
        for _ in 0..MOST {
            pending.put("a", "person", "q.csv".to_owned(), vec![0]);
        }
        assert!(pending.get(&first, "a").is_none());
    }
}
