//! What can go wrong: input that means nothing, a lattice too coarse, two engines that disagree.

use thiserror::Error;

/// Why there is no answer.
#[derive(Clone, Debug, Error, PartialEq)]
#[non_exhaustive]
pub enum RiskError {
    /// The text is no scenario file.
    #[error("{name}: {message}")]
    Syntax {
        /// The file.
        name: String,
        /// Line, column and what is wrong there.
        message: String,
    },
    /// A field holds something that means nothing.
    #[error("{place}: {problem}; {remedy}")]
    Input {
        /// The field, from the outside in: ``scenario `ransomware`: frequency.poisson.rate``.
        place: String,
        /// What it holds and why that cannot be.
        problem: String,
        /// What to write instead.
        remedy: String,
    },
    /// Rounding to the lattice is wider than the answer.
    #[error(
        "{what}: {points} lattice points do not reach this quantile; ask for more points, for a lower level, or \
         describe many small events by their sum"
    )]
    TooCoarse {
        /// Of which distribution.
        what: String,
        /// Lattice points used.
        points: usize,
    },
    /// The exact engine and the simulation cannot both be right. Never expected: please report it with the file.
    #[error(
        "{what}: the exact engine says {exact}, the independent simulation says {simulated}; one of them is wrong, \
         so no figure is given. Please report this with the scenario file"
    )]
    Disagreement {
        /// What was compared.
        what: String,
        /// The exact engine's statement.
        exact: String,
        /// The simulation's statement.
        simulated: String,
    },
}

/// Where in the input something stands, for messages.
#[derive(Clone, Debug)]
pub(crate) struct Place(String);

impl Place {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A field inside.
    pub(crate) fn field(&self, name: &str) -> Self {
        let gap = if self.0.ends_with('`') { ": " } else { "." };
        Self(format!("{}{gap}{name}", self.0))
    }

    pub(crate) fn refuse<T>(
        &self,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Result<T, RiskError> {
        Err(RiskError::Input { place: self.0.clone(), problem: problem.into(), remedy: remedy.into() })
    }

    /// An amount of money: finite, not negative, not beyond what an economy holds.
    pub(crate) fn amount(&self, value: f64) -> Result<f64, RiskError> {
        if !value.is_finite() {
            return self.refuse(format!("{value} is no amount"), "give a number in the file's currency");
        }
        if value < 0.0 {
            return self.refuse(format!("{value} is negative"), "losses are amounts of 0 or more");
        }
        if value > LARGEST_AMOUNT {
            return self.refuse(
                format!("{value:e} is beyond {LARGEST_AMOUNT:e}"),
                "give the amount in units of the currency; no loss is larger than the world's yearly product",
            );
        }
        Ok(value)
    }

    /// An amount above zero.
    pub(crate) fn positive(&self, value: f64) -> Result<f64, RiskError> {
        if self.amount(value)? < SMALLEST_AMOUNT {
            return self.refuse(
                format!("{value} is not above zero"),
                format!("give an amount of at least {SMALLEST_AMOUNT}"),
            );
        }
        Ok(value)
    }

    pub(crate) fn probability(&self, value: f64) -> Result<f64, RiskError> {
        if (0.0..=1.0).contains(&value) {
            return Ok(value);
        }
        self.refuse(format!("{value} is no probability"), "give a number from 0 to 1 (10 % is 0.1)")
    }

    /// Three values in order.
    pub(crate) fn ordered(&self, low: f64, mode: f64, high: f64) -> Result<(), RiskError> {
        if low <= mode && mode <= high && low < high {
            return Ok(());
        }
        self.refuse(
            format!("{low} / {mode} / {high} are not in order"),
            "give low ≤ mode ≤ high, with low below high",
        )
    }

    /// Two values in order.
    pub(crate) fn crossed(&self, low: f64, high: f64) -> Result<(), RiskError> {
        if low < high {
            return Ok(());
        }
        self.refuse(
            format!("the interval from {low} to {high} is crossed or empty"),
            "give the lower end first; for a certain value use `constant`",
        )
    }
}

/// No amount may be larger (units of the currency).
pub(crate) const LARGEST_AMOUNT: f64 = 1e16;

/// Positive amounts are at least this.
pub(crate) const SMALLEST_AMOUNT: f64 = 1e-6;
