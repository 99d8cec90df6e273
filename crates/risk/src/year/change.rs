//! A year with some scenarios replaced, on the transforms that are there: only what changes is worked out again.

use super::compound::{Assembly, Budget, Year, factor_block, is_poisson};
use super::distribution::Distribution;
use super::factors::by_factor;
use crate::exposure::Exposure;
use crate::lattice::{Cells, Event};
use crate::numeric::fft::Spectrum;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A scenario, by its place, as it is and as it would be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Swap<'a> {
    pub(crate) at: usize,
    pub(crate) before: &'a Exposure,
    pub(crate) after: &'a Exposure,
}

impl<'a> Swap<'a> {
    fn sides(self) -> [(&'a Exposure, Side); 2] {
        [(self.before, Side::Before), (self.after, Side::After)]
    }
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum Side {
    Before,
    After,
}

/// Factors of a product below this modulus are not divided by: their digits may be lost.
const LEAST_DIVISOR: f64 = 1e-100;

impl Year {
    /// The distribution with some scenarios replaced, `all` being the exposures as they are then. `None` when a
    /// transform cannot be divided by; whether the lattice still reaches far enough is for the caller to ask.
    pub(crate) fn changed(&self, swaps: &[Swap<'_>], all: &[&Exposure]) -> Option<Distribution> {
        let sides: Vec<(&Exposure, Side)> = swaps.iter().flat_map(|swap| swap.sides()).collect();
        let factors: BTreeSet<&str> =
            sides.iter().filter_map(|(e, _)| e.factor.as_ref()).map(|factor| factor.name.as_str()).collect();
        let parts = self.parts.changed(all, swaps.iter().map(|swap| swap.at), &factors);
        let shift = self.shift(&sides);
        let product = self.divided(&sides)?;
        let mut again = BTreeMap::new();
        if !factors.is_empty() {
            let (_, blocks) = by_factor(all);
            for name in &factors {
                if let Some(block) = blocks.get(name) {
                    again.insert(*name, factor_block(&self.lattice, block, parts.nodes(name)));
                }
            }
        }
        let kept = self.blocks.iter().filter(|(name, _)| !factors.contains(name.as_str()));
        let assembly = Assembly {
            exponent: &self.exponent,
            shift: shift.as_ref(),
            product: product.as_deref(),
            blocks: kept.map(|(_, event)| event).chain(again.values()).collect(),
        };
        Some(assembly.distribution(&self.lattice, parts.moments(), Budget::of(all)))
    }

    /// What Poisson scenarios among those that change add to the exponent.
    fn shift(&self, sides: &[(&Exposure, Side)]) -> Option<Event> {
        let mut cells: Option<Cells> = None;
        let mut several: Option<Event> = None;
        let mut scratch = Vec::new();
        for (exposure, side) in sides.iter().filter(|(exposure, _)| is_poisson(exposure)) {
            let rate = if *side == Side::Before { -exposure.law.mean() } else { exposure.law.mean() };
            if let [form] = exposure.forms.as_slice() {
                let cells = cells.get_or_insert_with(|| Cells::new(&self.lattice));
                cells.add(&self.lattice, &form.magnitude, rate * form.probability, &mut scratch);
            } else {
                let event = Event::of(&self.lattice, exposure, &mut scratch);
                several.get_or_insert_with(|| Event::empty(&self.lattice, 0.0)).add(&event, rate, rate);
            }
        }
        if let Some(cells) = cells {
            let event = cells.event(&self.lattice);
            let sum = several.get_or_insert_with(|| Event::empty(&self.lattice, 0.0));
            sum.add(&event, 1.0, cells.weight());
        }
        several
    }

    /// The product of the other scenarios without factor, each that changes divided out and multiplied in again.
    /// Dividing by the very bits that were multiplied loses no more digits than multiplying did.
    fn divided(&self, sides: &[(&Exposure, Side)]) -> Option<Option<Cow<'_, Event>>> {
        let mut product = self.product.as_ref().map(Cow::Borrowed);
        let mut scratch = Vec::new();
        for (exposure, side) in sides.iter().filter(|(e, _)| e.factor.is_none() && !is_poisson(e)) {
            let event = Event::of(&self.lattice, exposure, &mut scratch);
            let product =
                product.get_or_insert_with(|| Cow::Owned(Event::empty(&self.lattice, 1.0))).to_mut();
            if *side == Side::After {
                product.take_in(exposure, &event);
                continue;
            }
            let mut factor = Event::empty(&self.lattice, 1.0);
            factor.take_in(exposure, &event);
            divide(&mut product.down, &factor.down)?;
            divide(&mut product.up, &factor.up)?;
            product.means.0 -= factor.means.0;
            product.means.1 -= factor.means.1;
        }
        Some(product)
    }
}

/// Pointwise quotient, in place; `None` when a divisor is too small.
fn divide(into: &mut Spectrum, by: &Spectrum) -> Option<()> {
    let mut least = f64::INFINITY;
    let parts = into.re.iter_mut().zip(&mut into.im).zip(by.re.iter().zip(&by.im));
    for ((re, im), (b_re, b_im)) in parts {
        let square = b_re * b_re + b_im * b_im;
        least = least.min(square);
        let (c, s) = (b_re / square, b_im / square);
        (*re, *im) = (*re * c + *im * s, *im * c - *re * s);
    }
    (least >= LEAST_DIVISOR * LEAST_DIVISOR).then_some(())
}
