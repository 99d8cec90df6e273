//! Probabilities per lattice cell, and the transforms of one event rounded down and up.

use super::{Lattice, cumulative::cumulative};
use crate::exposure::Exposure;
use crate::numeric::fft::Spectrum;
use crate::severity::Magnitude;

/// Weighted probabilities of amounts: those between two points, those on a point, and those past the end.
#[derive(Clone, Debug)]
pub(crate) struct Cells {
    /// `between[k]`: from point k to point k + 1.
    between: Vec<f64>,
    /// Exactly on a point; empty when there is none.
    on: Vec<f64>,
    beyond: f64,
    /// Sum of all weights.
    weight: f64,
    /// Lower and upper bound of the mean of what lies past the end.
    mean_beyond: (f64, f64),
}

/// Tilted transforms of an amount rounded down and rounded up, divided by nothing: a weight times the transform.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) down: Spectrum,
    pub(crate) up: Spectrum,
    /// Means of the rounded amounts.
    pub(crate) means: (f64, f64),
}

impl Cells {
    pub(crate) fn new(lattice: &Lattice) -> Self {
        Self {
            between: vec![0.0; lattice.points],
            on: Vec::new(),
            beyond: 0.0,
            weight: 0.0,
            mean_beyond: (0.0, 0.0),
        }
    }

    /// Adds a severity with a weight, which may be negative to take it out again. `scratch` is room to work in.
    pub(crate) fn add(
        &mut self,
        lattice: &Lattice,
        magnitude: &Magnitude,
        weight: f64,
        scratch: &mut Vec<f64>,
    ) {
        self.weight += weight;
        if magnitude.is_smooth() {
            scratch.resize(lattice.points + 1, 0.0);
            cumulative(magnitude, lattice.step, scratch);
            for (cell, pair) in self.between.iter_mut().zip(scratch.windows(2)) {
                *cell += weight * (pair[1] - pair[0]).max(0.0);
            }
        }
        let end = lattice.end();
        for (amount, share) in magnitude.atoms() {
            let at = amount / lattice.step;
            let whole = libm::round(at);
            let on_point = (at - whole).abs() <= 1e-9;
            let point = if on_point { whole } else { libm::floor(at) } as usize;
            if point >= lattice.points {
                continue;
            }
            if on_point {
                self.on.resize(lattice.points, 0.0);
                self.on[point] += weight * share;
            } else {
                self.between[point] += weight * share;
            }
        }
        // An atom just below the end that counts as on the end is past it.
        let edge = end - 1e-9 * lattice.step;
        let (share, mean) = (magnitude.survival(edge), magnitude.moment_above(1, edge));
        self.beyond += weight * share;
        self.mean_beyond.0 += weight * (mean - lattice.step * share).max(share * end);
        self.mean_beyond.1 += weight * (mean + lattice.step * share);
    }

    /// Adds the cells of another.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (cell, more) in self.between.iter_mut().zip(&other.between) {
            *cell += more;
        }
        if !other.on.is_empty() {
            self.on.resize(other.on.len(), 0.0);
            for (cell, more) in self.on.iter_mut().zip(&other.on) {
                *cell += more;
            }
        }
        self.weight += other.weight;
        self.beyond += other.beyond;
        self.mean_beyond.0 += other.mean_beyond.0;
        self.mean_beyond.1 += other.mean_beyond.1;
    }

    /// Sum of all weights.
    pub(crate) fn weight(&self) -> f64 {
        self.weight
    }

    /// Weight times the transforms of the rounded amount.
    pub(crate) fn event(&self, lattice: &Lattice) -> Event {
        let tilted = |cells: &[f64]| -> Vec<f64> {
            cells.iter().zip(lattice.tilt.iter()).map(|(cell, tilt)| cell * tilt).collect()
        };
        let mut down = lattice.fft.forward(&tilted(&self.between));
        let mut up = Spectrum::filled(down.len(), 0.0);
        for k in 0..down.len() {
            let ((cos, sin), (re, im)) = (lattice.one_step(k), (down.re[k], down.im[k]));
            (up.re[k], up.im[k]) = (cos * re - sin * im, cos * im + sin * re);
        }
        if !self.on.is_empty() {
            let on = lattice.fft.forward(&tilted(&self.on));
            for part in [&mut down, &mut up] {
                part.re.iter_mut().zip(&on.re).for_each(|(to, from)| *to += from);
                part.im.iter_mut().zip(&on.im).for_each(|(to, from)| *to += from);
            }
        }
        // Rounded down, amounts past the end become the end, which comes back as a shrunken zero. Rounded up they
        // are lost: the distribution then lacks their probability.
        let back = self.beyond * lattice.wrap();
        down.re.iter_mut().for_each(|re| *re += back);
        let (mut low, mut high) = self.mean_beyond;
        let (mut cells_low, mut cells) = (0.0, 0.0);
        for (k, cell) in self.between.iter().enumerate() {
            cells_low += k as f64 * cell;
            cells += cell;
        }
        let on: f64 = self.on.iter().enumerate().map(|(k, cell)| k as f64 * cell).sum();
        low += lattice.step * (cells_low + on);
        high += lattice.step * (cells_low + cells + on);
        Event { down, up, means: (low, high) }
    }
}

impl Event {
    /// One event of a scenario, all its forms together.
    pub(crate) fn of(lattice: &Lattice, exposure: &Exposure, scratch: &mut Vec<f64>) -> Self {
        let mut whole: Option<Self> = None;
        for form in &exposure.forms {
            let mut cells = Cells::new(lattice);
            cells.add(lattice, &form.magnitude, form.probability, scratch);
            let mut event = cells.event(lattice);
            let absent = 1.0 - form.probability;
            event.down.re.iter_mut().for_each(|re| *re += absent);
            event.up.re.iter_mut().for_each(|re| *re += absent);
            whole = Some(match whole {
                None => event,
                Some(before) => before.and(&event),
            });
        }
        whole.unwrap_or_else(|| {
            let none = Spectrum::filled(lattice.frequencies(), 1.0);
            Self { down: none.clone(), up: none, means: (0.0, 0.0) }
        })
    }

    /// Two independent amounts added.
    fn and(mut self, other: &Self) -> Self {
        multiply(&mut self.down, &other.down);
        multiply(&mut self.up, &other.up);
        self.means.0 += other.means.0;
        self.means.1 += other.means.1;
        self
    }
}

/// Pointwise product, in place.
pub(crate) fn multiply(into: &mut Spectrum, by: &Spectrum) {
    let parts = into.re.iter_mut().zip(&mut into.im).zip(by.re.iter().zip(&by.im));
    for ((re, im), (b_re, b_im)) in parts {
        (*re, *im) = (*re * b_re - *im * b_im, *re * b_im + *im * b_re);
    }
}
