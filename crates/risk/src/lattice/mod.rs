//! Losses counted in whole steps. Rounded down, a year's loss can only be smaller than it is; rounded up, only larger:
//! between both distributions lies the true one.

mod cells;
mod choose;
mod cumulative;

pub(crate) use cells::multiply;
pub(crate) use cells::{Cells, Event};
pub(crate) use choose::{ENOUGH, Extent};
pub(crate) use cumulative::INTERPOLATION_ERROR;

use crate::numeric::fft::Fft;
use crate::numeric::kernel::exp_real;
use std::sync::Arc;

/// Total exponential tilt over the lattice: what runs past its end comes back e^-10 times smaller.
const TILT: f64 = 10.0;

/// A lattice 0, step, 2·step, … with what its transforms need.
#[derive(Clone, Debug)]
pub(crate) struct Lattice {
    pub(crate) step: f64,
    pub(crate) points: usize,
    /// e^(-tilt·k).
    pub(crate) tilt: Arc<Vec<f64>>,
    pub(crate) fft: Arc<Fft>,
}

impl Lattice {
    pub(crate) fn new(step: f64, points: usize) -> Self {
        let each = TILT / points as f64;
        let tilt = (0..points).map(|k| exp_real(-each * k as f64)).collect();
        Self { step, points, tilt: Arc::new(tilt), fft: Fft::of(points) }
    }

    /// First amount past the lattice.
    pub(crate) fn end(&self) -> f64 {
        self.step * self.points as f64
    }

    /// Tilted transform of a loss of one step at frequency `k`.
    pub(crate) fn one_step(&self, k: usize) -> (f64, f64) {
        let (cos, sin) = self.fft.twiddle(k);
        let shrink = self.tilt[1];
        (shrink * cos, shrink * sin)
    }

    /// Number of frequencies.
    pub(crate) fn frequencies(&self) -> usize {
        self.points / 2 + 1
    }

    /// The factor by which what runs past the end comes back.
    pub(crate) fn wrap(&self) -> f64 {
        libm::exp(-TILT)
    }

    /// Largest factor by which undoing the tilt magnifies an error.
    pub(crate) fn magnify(&self) -> f64 {
        libm::sqrt(self.points as f64 / (2.0 * TILT))
    }
}
