//! A severity with its tail and its limit: what one loss form costs when it occurs.

use super::body::{pareto_moment, tail_index};
use super::{Body, ParetoTail, Severity};
use crate::error::{Place, RiskError};

/// A checked severity; losses beyond `tail.above` follow its Pareto law, none is larger than `limit`.
#[derive(Clone, Debug)]
pub(crate) struct Magnitude {
    pub(crate) body: Body,
    pub(crate) tail: Option<Tail>,
    /// Infinite when nothing limits the loss.
    pub(crate) limit: f64,
}

/// A Pareto tail with the probability of being in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tail {
    pub(crate) above: f64,
    pub(crate) shape: f64,
    share: f64,
}

impl Magnitude {
    pub(crate) fn new(
        severity: &Severity,
        tail: Option<ParetoTail>,
        at_most: Option<f64>,
        place: &Place,
    ) -> Result<Self, RiskError> {
        let body = Body::new(severity, &place.field("amount"))?;
        let limit = match at_most {
            Some(limit) => place.field("at_most").positive(limit)?,
            None => f64::INFINITY,
        };
        let tail = match tail {
            Some(ParetoTail { above, shape }) => {
                let place = place.field("tail");
                place.field("above").positive(above)?;
                tail_index(shape, &place.field("shape"))?;
                Some(Tail { above, shape, share: 1.0 - body.cdf(above) })
            }
            None => None,
        };
        let index = match (&tail, &body) {
            (Some(tail), _) => Some(tail.shape),
            (None, Body::Pareto { shape, .. }) => Some(*shape),
            _ => None,
        };
        // A little above 2, so that the figures stay within what doubles hold.
        if let Some(shape) = index.filter(|shape| *shape < 2.01 && limit.is_infinite()) {
            return place.refuse(
                format!("a Pareto tail of shape {shape} has infinite variance"),
                "limit the loss with `at_most` (what could be lost at worst), or give a shape above 2",
            );
        }
        Ok(Self { body, tail, limit })
    }

    /// P(X ≤ x) of the part without atoms, for x below the limit.
    pub(crate) fn smooth_cdf(&self, x: f64) -> f64 {
        match (&self.tail, &self.body) {
            (Some(tail), _) if x > tail.above => {
                let whole = if matches!(self.body, Body::Atoms(_)) { tail.share } else { 1.0 };
                whole - tail.share * libm::pow(tail.above / x, tail.shape)
            }
            (_, Body::Atoms(_)) => 0.0,
            _ => self.body.cdf(x),
        }
    }

    /// Density of the part without atoms and its slope.
    pub(crate) fn density(&self, x: f64) -> (f64, f64) {
        match &self.tail {
            Some(tail) if x > tail.above => {
                let density = tail.share * tail.shape / x * libm::pow(tail.above / x, tail.shape);
                (density, -density * (tail.shape + 1.0) / x)
            }
            _ => self.body.density(x),
        }
    }

    /// Amounts of positive probability, with it.
    pub(crate) fn atoms(&self) -> Vec<(f64, f64)> {
        let mut atoms = match &self.body {
            Body::Atoms(atoms) => atoms.atoms(),
            _ => Vec::new(),
        };
        let beyond = self.tail.map_or(f64::INFINITY, |tail| tail.above);
        atoms.retain(|(amount, _)| *amount <= beyond && *amount < self.limit);
        let at_limit = self.unlimited(0, self.limit, f64::INFINITY) + self.atom_at(self.limit, beyond);
        if self.limit.is_finite() && at_limit > 0.0 {
            atoms.push((self.limit, at_limit));
        }
        atoms
    }

    /// Probability that the body gives to exactly this amount.
    fn atom_at(&self, amount: f64, beyond: f64) -> f64 {
        match &self.body {
            Body::Atoms(atoms) if amount <= beyond => {
                atoms.atoms().iter().filter(|(value, _)| *value == amount).map(|(_, p)| p).sum()
            }
            _ => 0.0,
        }
    }

    /// Whether anything lies outside the atoms.
    pub(crate) fn is_smooth(&self) -> bool {
        !matches!(self.body, Body::Atoms(_)) || self.tail.is_some_and(|tail| tail.share > 0.0)
    }

    /// Moment of the part between two amounts as if nothing limited the loss.
    fn unlimited(&self, power: i32, low: f64, high: f64) -> f64 {
        let Some(tail) = &self.tail else { return self.body.moment(power, low, high) };
        let body = if low < tail.above { self.body.moment(power, low, high.min(tail.above)) } else { 0.0 };
        body + tail.share * pareto_moment(f64::from(power), tail.shape, tail.above, low, high)
    }

    /// E\[X^power; X > low\] with the limit applied; power 0, 1 or 2.
    pub(crate) fn moment_above(&self, power: i32, low: f64) -> f64 {
        if self.limit <= low {
            return 0.0;
        }
        let below = self.unlimited(power, low, self.limit);
        if self.limit.is_infinite() {
            return below;
        }
        let at_limit = self.unlimited(0, self.limit, f64::INFINITY);
        let worth = [1.0, self.limit, self.limit * self.limit][power.clamp(0, 2) as usize];
        below + worth * at_limit
    }

    /// E\[X^power\]; 1 or 2.
    pub(crate) fn moment(&self, power: i32) -> f64 {
        self.moment_above(power, -1.0)
    }

    /// P(X > x).
    pub(crate) fn survival(&self, x: f64) -> f64 {
        self.moment_above(0, x)
    }

    /// P(X = 0).
    pub(crate) fn at_zero(&self) -> f64 {
        (1.0 - self.survival(0.0)).max(0.0)
    }
}
