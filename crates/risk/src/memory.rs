//! What was worked out before and holds as long as scenarios stay what they are: the figures of each alone, and parts of
//! sums of many. What a memory holds changes how long an answer takes, never a bit of it.

use crate::bracket::Bracket;
use crate::exposure::Exposure;
use crate::lattice::{Event, Lattice};
use crate::report::Figures;
use crate::scenario::Scenario;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// Numbers kept of parts of sums, at most: 8 bytes each.
const MOST_NUMBERS: usize = 20_000_000;

/// Scenarios whose own figures are kept, at most.
const MOST_ALONE: usize = 10_000;

/// Sums of fewer scenarios are quicker made than looked up and kept.
pub(crate) const MANY: usize = 64;

/// Kept between answers of [`crate::simulate_keeping`].
///
/// It takes 160 megabytes at most for sums, and a kilobyte or two for each of ten thousand scenarios.
#[derive(Debug, Default)]
pub struct Memory {
    alone: Mutex<Shelf<Alone>>,
    parts: Mutex<Shelf<Event>>,
}

/// A scenario alone: its figures, and where the second opinion is compared with what the exact engine says there.
#[derive(Debug)]
pub(crate) struct Alone {
    pub(crate) figures: Figures,
    pub(crate) marks: Vec<f64>,
    pub(crate) exact: Vec<Bracket>,
}

/// Things by what they were made of, the one not asked for longest going first.
#[derive(Debug)]
struct Shelf<T> {
    held: HashMap<String, Entry<T>>,
    turn: u64,
    weight: usize,
}

#[derive(Debug)]
struct Entry<T> {
    thing: Arc<T>,
    weight: usize,
    used: u64,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { held: HashMap::new(), turn: 0, weight: 0 }
    }
}

impl<T> Shelf<T> {
    fn take(&mut self, key: &str) -> Option<Arc<T>> {
        self.turn += 1;
        let entry = self.held.get_mut(key)?;
        entry.used = self.turn;
        Some(entry.thing.clone())
    }

    fn put(&mut self, key: String, thing: Arc<T>, weight: usize, most: usize) {
        self.turn += 1;
        let entry = Entry { thing, weight, used: self.turn };
        self.weight += weight;
        if let Some(before) = self.held.insert(key, entry) {
            self.weight -= before.weight;
        }
        while self.weight > most && self.held.len() > 1 {
            let oldest = self.held.iter().min_by_key(|(_, entry)| entry.used).map(|(key, _)| key.clone());
            let Some(gone) = oldest.and_then(|key| self.held.remove(&key)) else { return };
            self.weight -= gone.weight;
        }
    }
}

fn kept<T>(shelf: &Mutex<Shelf<T>>, key: String, most: usize, make: impl FnOnce() -> (T, usize)) -> Arc<T> {
    if let Some(found) = shelf.lock().unwrap_or_else(PoisonError::into_inner).take(&key) {
        return found;
    }
    let (thing, weight) = make();
    let thing = Arc::new(thing);
    shelf.lock().unwrap_or_else(PoisonError::into_inner).put(key, thing.clone(), weight, most);
    thing
}

/// A memory, and what each scenario of a question is made of, by its id.
pub(crate) struct Recall<'a> {
    memory: &'a Memory,
    keys: BTreeMap<&'a str, String>,
}

impl<'a> Recall<'a> {
    /// For scenarios whose controls have become part of them.
    pub(crate) fn new(memory: &'a Memory, scenarios: &'a [Scenario], currency: &str) -> Self {
        let key = |scenario: &'a Scenario| {
            // What it is called changes no figure, and a file's currency is every scenario's.
            let bare = Scenario {
                id: String::new(),
                title: String::new(),
                actor: String::new(),
                asset: String::new(),
                ..scenario.clone()
            };
            let text = serde_json::to_string(&bare).ok()?;
            Some((scenario.id.as_str(), format!("{currency}{text}")))
        };
        Self { memory, keys: scenarios.iter().filter_map(key).collect() }
    }

    /// A scenario alone, as it was found before or is made now; errors are not kept.
    pub(crate) fn alone<E>(
        &self,
        exposure: &Exposure,
        (points, levels): (usize, &[f64]),
        make: impl FnOnce() -> Result<Alone, E>,
    ) -> Result<Arc<Alone>, E> {
        let Some(key) = self.keys.get(exposure.id.as_str()) else { return make().map(Arc::new) };
        let key = format!("{points}{levels:?}{key}");
        let shelf = &self.memory.alone;
        if let Some(found) = shelf.lock().unwrap_or_else(PoisonError::into_inner).take(&key) {
            return Ok(found);
        }
        let made = Arc::new(make()?);
        shelf.lock().unwrap_or_else(PoisonError::into_inner).put(key, made.clone(), 1, MOST_ALONE);
        Ok(made)
    }

    /// A part of a sum, as it was made before or is made now. `what` tells sums of one kind from those of another.
    pub(crate) fn part(
        &self,
        what: &str,
        lattice: &Lattice,
        exposures: &[&Exposure],
        make: impl FnOnce() -> Event,
    ) -> Arc<Event> {
        let keys: Option<Vec<&str>> = exposures
            .iter()
            .map(|exposure| self.keys.get(exposure.id.as_str()).map(String::as_str))
            .collect();
        let Some(keys) = keys else { return Arc::new(make()) };
        let key = format!("{what}{:016x}{}{}", lattice.step.to_bits(), lattice.points, keys.concat());
        kept(&self.memory.parts, key, MOST_NUMBERS, || (make(), 4 * lattice.frequencies()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_asked_for_longest_goes_first() {
        let mut shelf = Shelf::default();
        for (key, value) in [("a", 1), ("b", 2), ("c", 3)] {
            shelf.put(key.to_owned(), Arc::new(value), 10, 30);
        }
        assert_eq!(shelf.take("a").as_deref(), Some(&1));
        shelf.put("d".to_owned(), Arc::new(4), 10, 30);
        assert_eq!((shelf.take("b"), shelf.take("a").as_deref()), (None, Some(&1)));
        shelf.put("d".to_owned(), Arc::new(5), 10, 30);
        assert_eq!((shelf.weight, shelf.held.len()), (30, 3));
    }
}
