//! The characteristic function of a year's loss, rounded down and up.

use super::distribution::Distribution;
use super::factors::{Loaded, Member, as_mixture, average, by_factor};
use super::moments::{Moments, Parts};
use crate::exposure::Exposure;
use crate::frequency::{Law, Slices};
use crate::lattice::{Cells, Event, Lattice, multiply};
use crate::memory::{MANY, Recall};
use crate::numeric::fft::Spectrum;
use crate::numeric::kernel;
use crate::numeric::quadrature::Node;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Parts worked on side by side; their number does not depend on the machine, so neither do sums over them.
const PARTS: usize = 32;

/// A year's loss as transforms on a lattice.
///
/// Independent Poisson scenarios add up in the exponent, so one transform serves all; everything else multiplies.
#[derive(Clone, Debug)]
pub(crate) struct Year {
    pub(crate) lattice: Lattice,
    /// Sum over Poisson scenarios of rate · (φ − 1).
    pub(super) exponent: Event,
    /// Product over all others without factor.
    pub(super) product: Option<Event>,
    /// For each factor its scenarios together.
    pub(super) blocks: BTreeMap<String, Event>,
    pub(super) parts: Parts,
    pub(super) error: Budget,
}

/// What errors of a computation are bounded by.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Budget {
    /// Expected number of forms of loss.
    pub(crate) events: f64,
    /// Number of averages over rates and factors.
    pub(crate) averages: f64,
    /// Number of transforms multiplied.
    pub(crate) factors: f64,
}

impl Year {
    pub(crate) fn new(
        exposures: &[&Exposure],
        lattice: Lattice,
        parts: Parts,
        recall: Option<&Recall<'_>>,
    ) -> Self {
        let (alone, blocks) = by_factor(exposures);
        let (poisson, others): (Vec<_>, Vec<_>) =
            alone.into_iter().partition(|exposure| is_poisson(exposure));
        let blocks = blocks
            .into_iter()
            .map(|(name, block)| (name.to_owned(), factor_block(&lattice, &block, parts.nodes(name))));
        Self {
            exponent: exponent(&lattice, &poisson, recall),
            product: product(&lattice, &others, recall),
            blocks: blocks.collect(),
            error: Budget::of(exposures),
            lattice,
            parts,
        }
    }

    /// Both distributions.
    pub(crate) fn distribution(&self) -> Distribution {
        let blocks: Vec<&Event> = self.blocks.values().collect();
        let parts =
            Assembly { exponent: &self.exponent, shift: None, product: self.product.as_ref(), blocks };
        parts.distribution(&self.lattice, self.parts.moments(), self.error)
    }
}

/// What a year's transform is put together from.
pub(super) struct Assembly<'a> {
    pub(super) exponent: &'a Event,
    /// What is added to the exponent.
    pub(super) shift: Option<&'a Event>,
    pub(super) product: Option<&'a Event>,
    pub(super) blocks: Vec<&'a Event>,
}

impl Assembly<'_> {
    pub(super) fn distribution(&self, lattice: &Lattice, moments: Moments, error: Budget) -> Distribution {
        let side = |pick: fn(&Event) -> &Spectrum| {
            let mut spectrum = pick(self.exponent).clone();
            if let Some(shift) = self.shift {
                let shift = pick(shift);
                spectrum.re.iter_mut().zip(&shift.re).for_each(|(to, by)| *to += by);
                spectrum.im.iter_mut().zip(&shift.im).for_each(|(to, by)| *to += by);
            }
            for (re, im) in spectrum.re.iter_mut().zip(&mut spectrum.im) {
                (*re, *im) = kernel::exp(*re, *im);
            }
            for factor in self.product.iter().chain(&self.blocks) {
                multiply(&mut spectrum, pick(factor));
            }
            let whole = spectrum.re[0];
            (lattice.fft.inverse(&spectrum), whole)
        };
        let (down, up) = rayon::join(|| side(|event| &event.down), || side(|event| &event.up));
        let parts = [Some(self.exponent), self.shift, self.product].into_iter().flatten();
        let means = parts.chain(self.blocks.iter().copied()).map(|event| event.means);
        let means = means.fold((0.0, 0.0), |sum, means| (sum.0 + means.0, sum.1 + means.1));
        Distribution::new(lattice, moments, means, down, up, error)
    }
}

impl Budget {
    pub(crate) fn of(exposures: &[&Exposure]) -> Self {
        let factors: BTreeSet<&str> =
            exposures.iter().filter_map(|e| e.factor.as_ref()).map(|factor| factor.name.as_str()).collect();
        let mixed = exposures.iter().filter(|e| e.factor.is_none() && matches!(e.law, Law::Mixed(_)));
        let others = exposures.iter().filter(|e| !is_poisson(e));
        Self {
            factors: others.count() as f64,
            events: exposures.iter().map(|e| e.law.mean() * e.forms.len() as f64).sum(),
            averages: (mixed.count() + factors.len()) as f64,
        }
    }
}

/// Whether a scenario adds up with others in the exponent.
pub(super) fn is_poisson(exposure: &Exposure) -> bool {
    exposure.factor.is_none() && matches!(exposure.law, Law::Poisson(_))
}

impl Event {
    /// Adds `factor` times another and takes `constant` away, as exponents of Poisson scenarios do.
    pub(super) fn add(&mut self, other: &Self, factor: f64, constant: f64) {
        for (to, from) in [(&mut self.down, &other.down), (&mut self.up, &other.up)] {
            to.re.iter_mut().zip(&from.re).for_each(|(to, from)| *to += factor * from - constant);
            to.im.iter_mut().zip(&from.im).for_each(|(to, from)| *to += factor * from);
        }
        self.means.0 += factor * other.means.0;
        self.means.1 += factor * other.means.1;
    }

    /// Multiplies by the generating function of an independent scenario with such events.
    pub(super) fn take_in(&mut self, exposure: &Exposure, event: &Self) {
        for (to, from) in [(&mut self.down, &event.down), (&mut self.up, &event.up)] {
            let from = Slices { re: &from.re, im: &from.im };
            exposure.law.multiply(&from, &mut to.re, &mut to.im);
        }
        let rate = exposure.law.mean();
        self.means.0 += rate * event.means.0;
        self.means.1 += rate * event.means.1;
    }

    pub(super) fn empty(lattice: &Lattice, value: f64) -> Self {
        let spectrum = Spectrum::filled(lattice.frequencies(), value);
        Self { down: spectrum.clone(), up: spectrum, means: (0.0, 0.0) }
    }
}

/// Splits into a number of runs that depends on the count alone.
fn parts<'a, 'b>(exposures: &'b [&'a Exposure]) -> rayon::slice::Chunks<'b, &'a Exposure> {
    exposures.par_chunks(exposures.len().div_ceil(PARTS).max(8))
}

/// A part of a sum, from a memory where there is one.
fn kept_part(
    what: &str,
    lattice: &Lattice,
    part: &[&Exposure],
    recall: Option<&Recall<'_>>,
    make: impl FnOnce() -> Event,
) -> Arc<Event> {
    match recall {
        None => Arc::new(make()),
        Some(recall) => recall.part(what, lattice, part, make),
    }
}

/// Sum of rate · (φ − 1).
fn exponent(lattice: &Lattice, poisson: &[&Exposure], recall: Option<&Recall<'_>>) -> Event {
    let (single, several): (Vec<&Exposure>, Vec<&Exposure>) =
        poisson.iter().partition(|exposure| exposure.forms.len() == 1);
    let mut sum = Event::empty(lattice, 0.0);
    if let Some(cells) = together(lattice, &single) {
        sum.add(&cells.event(lattice), 1.0, cells.weight());
    }
    let partial: Vec<Arc<Event>> = parts(&several)
        .map(|part| {
            kept_part("sum", lattice, part, recall.filter(|_| several.len() >= MANY), || {
                let (mut sum, mut scratch) = (Event::empty(lattice, 0.0), Vec::new());
                for exposure in part {
                    let (rate, event) = (exposure.law.mean(), Event::of(lattice, exposure, &mut scratch));
                    sum.add(&event, rate, rate);
                }
                sum
            })
        })
        .collect();
    partial.iter().for_each(|part| sum.add(part, 1.0, 0.0));
    sum
}

/// Cells of Poisson scenarios of one form each, weighted by their rates.
fn together(lattice: &Lattice, single: &[&Exposure]) -> Option<Cells> {
    let partial: Vec<Cells> = parts(single)
        .map(|part| {
            let (mut cells, mut scratch) = (Cells::new(lattice), Vec::new());
            for exposure in part {
                let form = &exposure.forms[0];
                cells.add(lattice, &form.magnitude, exposure.law.mean() * form.probability, &mut scratch);
            }
            cells
        })
        .collect();
    let mut partial = partial.into_iter();
    let mut sum = partial.next()?;
    partial.for_each(|part| sum.merge(&part));
    Some(sum)
}

/// Product of the generating functions of independent scenarios.
fn product(lattice: &Lattice, others: &[&Exposure], recall: Option<&Recall<'_>>) -> Option<Event> {
    let partial: Vec<Arc<Event>> = parts(others)
        .map(|part| {
            kept_part("product", lattice, part, recall.filter(|_| others.len() >= MANY), || {
                let (mut product, mut scratch) = (Event::empty(lattice, 1.0), Vec::new());
                for exposure in part {
                    let event = Event::of(lattice, exposure, &mut scratch);
                    product.take_in(exposure, &event);
                }
                product
            })
        })
        .collect();
    let mut partial = partial.into_iter();
    let mut whole = Arc::unwrap_or_clone(partial.next()?);
    partial.for_each(|part| join(&mut whole, &part));
    Some(whole)
}

/// Independent losses added: transforms multiply, means add.
fn join(into: &mut Event, by: &Event) {
    multiply(&mut into.down, &by.down);
    multiply(&mut into.up, &by.up);
    into.means.0 += by.means.0;
    into.means.1 += by.means.1;
}

/// All scenarios of one factor.
pub(super) fn factor_block(lattice: &Lattice, block: &[Loaded<'_>], nodes: &[Node]) -> Event {
    let mut rest: Vec<Loaded<'_>> = Vec::new();
    let mut alike: Vec<(f64, Vec<&Exposure>)> = Vec::new();
    for (exposure, loading) in block {
        if !matches!(exposure.law, Law::Poisson(_)) || exposure.forms.len() > 1 {
            rest.push((exposure, *loading));
        } else if let Some((_, group)) = alike.iter_mut().find(|(other, _)| other == loading) {
            group.push(exposure);
        } else {
            alike.push((*loading, vec![exposure]));
        }
    }
    let mut members: Vec<Member> = rest
        .par_iter()
        .map(|(exposure, loading)| Member {
            law: exposure.law.clone(),
            loading: *loading,
            event: Event::of(lattice, exposure, &mut Vec::new()),
        })
        .collect();
    // Poisson scenarios that load alike are one Poisson scenario.
    for (loading, group) in &alike {
        if let Some(cells) = together(lattice, group).filter(|cells| cells.weight() > 0.0) {
            let mut event = cells.event(lattice);
            let scale = 1.0 / cells.weight();
            for spectrum in [&mut event.down, &mut event.up] {
                spectrum.re.iter_mut().for_each(|re| *re *= scale);
                spectrum.im.iter_mut().for_each(|im| *im *= scale);
            }
            event.means = (event.means.0 * scale, event.means.1 * scale);
            members.push(Member { law: Law::Poisson(cells.weight()), loading: *loading, event });
        }
    }
    let mut means = (0.0, 0.0);
    for member in &members {
        means.0 += member.law.mean() * member.event.means.0;
        means.1 += member.law.mean() * member.event.means.1;
    }
    if members.is_empty() {
        return Event::empty(lattice, 1.0);
    }
    if let Some(law) = as_mixture(&members, nodes) {
        let mut whole = Event::empty(lattice, 1.0);
        for (to, from) in [(&mut whole.down, &members[0].event.down), (&mut whole.up, &members[0].event.up)] {
            law.multiply(&Slices { re: &from.re, im: &from.im }, &mut to.re, &mut to.im);
        }
        whole.means = means;
        return whole;
    }
    Event {
        down: average(&members, nodes, |event| &event.down),
        up: average(&members, nodes, |event| &event.up),
        means,
    }
}
