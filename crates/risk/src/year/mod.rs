//! The loss of a year: counts of events and amounts put together.

mod change;
mod compound;
mod distribution;
mod factors;
mod moments;
mod rates;

pub(crate) use change::Swap;
pub(crate) use compound::Year;
pub(crate) use distribution::Distribution;
pub(crate) use factors::{Loaded, rule};
pub(crate) use moments::Parts;
pub(crate) use rates::Events;
