//! Interned text for columnar data: each distinct string is kept once and named by a number.

use foldhash::quality::RandomState;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::HashMap;
use std::sync::Arc;

/// The number of an interned string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Symbol(pub u32);

/// A table of distinct strings. Number 0 is the empty string.
#[derive(Clone, Debug)]
pub struct Strings {
    by_number: Vec<Arc<str>>,
    /// Seeded anew for each process, so that no file can be made to fill one bucket.
    by_text: HashMap<Arc<str>, Symbol, RandomState>,
}

impl Default for Strings {
    fn default() -> Self {
        Self::with_room(1)
    }
}

impl Serialize for Strings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.by_number.iter().map(|text| &**text))
    }
}

impl<'d> Deserialize<'d> for Strings {
    fn deserialize<D: Deserializer<'d>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        let by_number: Vec<Arc<str>> = texts.into_iter().map(Arc::from).collect();
        let numbered = by_number.iter().enumerate();
        let by_text = numbered.map(|(at, text)| (text.clone(), Symbol(at as u32))).collect();
        Ok(Self { by_number, by_text })
    }
}

impl Strings {
    /// A table that takes `room` strings without growing.
    pub fn with_room(room: usize) -> Self {
        let mut strings = Self {
            by_number: Vec::with_capacity(room),
            by_text: HashMap::with_capacity_and_hasher(room, RandomState::default()),
        };
        strings.add(Arc::from(""));
        strings
    }

    /// The number of a string, giving it one if it is new.
    pub fn intern(&mut self, text: &str) -> Symbol {
        if let Some(symbol) = self.by_text.get(text) {
            return *symbol;
        }
        self.add(Arc::from(text))
    }

    /// The number of a string of another table, shared with it.
    pub fn take(&mut self, from: &Self, symbol: Symbol) -> Symbol {
        let Some(text) = from.by_number.get(symbol.0 as usize) else { return Symbol::default() };
        match self.by_text.get(text) {
            Some(symbol) => *symbol,
            None => self.add(text.clone()),
        }
    }

    fn add(&mut self, text: Arc<str>) -> Symbol {
        let symbol = Symbol(self.by_number.len() as u32);
        self.by_number.push(text.clone());
        self.by_text.insert(text, symbol);
        symbol
    }

    /// How many there are; the empty string is always one.
    pub fn len(&self) -> usize {
        self.by_number.len()
    }

    /// Whether there is none but the empty string.
    pub fn is_empty(&self) -> bool {
        self.by_number.len() < 2
    }

    /// The number of a string already there.
    pub fn find(&self, text: &str) -> Option<Symbol> {
        self.by_text.get(text).copied()
    }

    /// The text of a number; empty for a number of another table.
    pub fn text(&self, symbol: Symbol) -> &str {
        self.by_number.get(symbol.0 as usize).map_or("", |text| text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_share_a_number() {
        let mut strings = Strings::default();
        let first = strings.intern("openssl");
        assert_eq!(strings.intern("openssl"), first);
        assert_eq!(strings.text(first), "openssl");
        assert_eq!(strings.intern(""), Symbol(0));
        assert_eq!(strings.find("zlib"), None);
    }
}
