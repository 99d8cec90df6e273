//! The horizon: how far ahead an answer holds if nothing is written.
//!
//! Every comparison with the present goes through [`Horizon::passed`]. Must not know what is compared.

use jiff::Timestamp;
use jiff::civil::Date;
use std::cell::Cell;
use warrant_model::time::{day, end_of};

/// The present, and the nearest deadline ahead that something was compared with.
#[derive(Debug)]
pub struct Horizon {
    now: Timestamp,
    until: Cell<Timestamp>,
}

impl Horizon {
    /// A horizon that nothing has lowered yet.
    pub fn new(now: Timestamp) -> Self {
        Self { now, until: Cell::new(Timestamp::MAX) }
    }

    /// Whether a deadline has been reached. One that lies ahead lowers the horizon to itself, since the answer
    /// changes there.
    pub fn passed(&self, deadline: Timestamp) -> bool {
        if deadline <= self.now {
            return true;
        }
        self.until.set(self.until.get().min(deadline));
        false
    }

    /// Today at UTC, for an answer that changes with every day.
    pub fn today(&self) -> Date {
        let today = day(self.now);
        self.passed(end_of(today));
        today
    }

    /// The next instant at which an answer given so far may change; [`Timestamp::MAX`] when none may.
    pub fn until(&self) -> Timestamp {
        self.until.get()
    }
}

#[cfg(test)]
mod tests {
    use super::Horizon;
    use warrant_model::time::parse;

    #[test]
    fn the_nearest_deadline_ahead_counts() {
        let at = |text| parse(text).unwrap();
        let horizon = Horizon::new(at("2026-01-10"));
        assert!(horizon.passed(at("2026-01-09")));
        assert!(horizon.passed(at("2026-01-10")));
        assert!(!horizon.passed(at("2026-03-01")));
        assert!(!horizon.passed(at("2026-02-01")));
        assert_eq!(horizon.until(), at("2026-02-01"));
    }
}
