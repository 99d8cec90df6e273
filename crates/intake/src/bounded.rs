//! A sink that keeps the limits of an input, for readers to put before the sink they are given.

use crate::ReadError;
use crate::reader::{Limits, Sink};
use warrant_model::fact::{Fact, Place};

/// The most problems passed on from one file; a file with more is hardly of its format.
const PROBLEMS: u64 = 1000;

/// Counts what goes through and stops at the limit.
pub struct Bounded<'s> {
    inner: &'s mut dyn Sink,
    limit: u64,
    /// Facts passed on so far.
    pub facts: u64,
    problems: u64,
}

impl<'s> Bounded<'s> {
    /// Puts the limits before `inner`.
    pub fn new(inner: &'s mut dyn Sink, limits: Limits) -> Self {
        Self { inner, limit: limits.facts, facts: 0, problems: 0 }
    }
}

impl Sink for Bounded<'_> {
    fn fact(&mut self, place: Place, fact: Fact) -> Result<(), ReadError> {
        if self.facts >= self.limit {
            return Err(ReadError::Limit { what: "number of facts", limit: self.limit, line: place.line });
        }
        self.facts += 1;
        self.inner.fact(place, fact)
    }

    fn problem(&mut self, place: Place, message: String) {
        self.problems += 1;
        if self.problems < PROBLEMS {
            self.inner.problem(place, message);
        } else if self.problems == PROBLEMS {
            self.inner.problem(place, format!("{message}; further problems are not listed"));
        }
    }

    fn secret(&mut self, secret: &str) {
        self.inner.secret(secret);
    }

    fn progress(&mut self, bytes_done: u64) {
        self.inner.progress(bytes_done);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::Gathered;
    use warrant_model::fact::AssetFact;

    #[test]
    fn the_fact_above_the_limit_is_an_error() {
        let mut gathered = Gathered::default();
        let mut bounded = Bounded::new(&mut gathered, Limits { facts: 2, ..Limits::default() });
        let asset = || Fact::Asset(AssetFact::default());
        assert!(bounded.fact(Place::default(), asset()).is_ok());
        assert!(bounded.fact(Place::default(), asset()).is_ok());
        let refused = bounded.fact(Place::new(7, ""), asset());
        assert!(matches!(refused, Err(ReadError::Limit { limit: 2, line: 7, .. })));
        assert_eq!(gathered.facts.len(), 2);
    }

    #[test]
    fn endless_problems_are_cut_short() {
        let mut gathered = Gathered::default();
        let mut bounded = Bounded::new(&mut gathered, Limits::default());
        for _ in 0..5000 {
            bounded.problem(Place::default(), "odd".to_owned());
        }
        assert_eq!(gathered.problems.len(), 1000);
        assert!(gathered.problems[999].1.contains("not listed"));
    }
}
