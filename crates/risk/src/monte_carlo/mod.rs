//! The second opinion: years played through event by event.
//!
//! It shares with the exact engine only the scenarios as people wrote them: no distribution function, no lattice, no
//! quadrature. What both agree on is unlikely to be wrong in the same way.

mod agreement;
mod draw;
mod generator;
mod play;

pub(crate) use agreement::{Compared, Played, agree};
pub(crate) use generator::Generator;
pub(crate) use play::{Plan, play};
