//! The clock: the only place that reads the wall.

use jiff::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use warrant_model::time::{from_micros, micros};

/// Where the present comes from.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The wall clock.
    #[default]
    Wall,
    /// A hand-set clock, for tests and for building sample history.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at an instant until it is moved.
    pub fn at(instant: Timestamp) -> Self {
        Self::Set(Arc::new(AtomicI64::new(micros(instant))))
    }

    /// Moves a hand-set clock; the wall clock does not move for anybody.
    pub fn set(&self, instant: Timestamp) {
        if let Self::Set(at) = self {
            at.store(micros(instant), Ordering::SeqCst);
        }
    }

    /// The present.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the wall clock")]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::Wall => Timestamp::now(),
            Self::Set(at) => from_micros(at.load(Ordering::SeqCst)),
        }
    }
}
