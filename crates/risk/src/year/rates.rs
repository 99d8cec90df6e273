//! A year of independent Poisson scenarios at rates that are given, on transforms of their events that are kept.

use super::compound::{Assembly, Budget};
use super::distribution::Distribution;
use super::moments::Moments;
use crate::exposure::Exposure;
use crate::lattice::{Event, Lattice};

/// Transforms of the events of some scenarios, ready for any rates.
pub(crate) struct Events {
    lattice: Lattice,
    all: Vec<Kept>,
}

/// A scenario's event.
struct Kept {
    event: Event,
    mean: f64,
    variance: f64,
    /// The probability that it costs nothing.
    free: f64,
    forms: f64,
}

impl Events {
    pub(crate) fn new(lattice: Lattice, exposures: &[Exposure]) -> Self {
        let mut scratch = Vec::new();
        let all = exposures.iter().map(|exposure| Kept {
            event: Event::of(&lattice, exposure, &mut scratch),
            mean: exposure.event_mean(),
            variance: exposure.event_variance(),
            free: exposure.event_free(),
            forms: exposure.forms.len() as f64,
        });
        Self { all: all.collect(), lattice }
    }

    /// The year's loss when scenarios have these rates, in their order.
    pub(crate) fn year(&self, rates: &[f64]) -> Distribution {
        let mut exponent = Event::empty(&self.lattice, 0.0);
        let (mut mean, mut variance, mut free, mut events) = (0.0, 0.0, 0.0, 0.0);
        for (kept, rate) in self.all.iter().zip(rates) {
            exponent.add(&kept.event, *rate, *rate);
            mean += rate * kept.mean;
            variance += rate * (kept.variance + kept.mean * kept.mean);
            free += rate * (1.0 - kept.free);
            events += rate * kept.forms;
        }
        let moments = Moments { mean, sd: libm::sqrt(variance), free: libm::exp(-free) };
        let budget = Budget { events, ..Budget::default() };
        let parts = Assembly { exponent: &exponent, shift: None, product: None, blocks: Vec::new() };
        parts.distribution(&self.lattice, moments, budget)
    }
}
