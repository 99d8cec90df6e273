//! The characteristic function of a year's loss, rounded down and up, and how it changes with one scenario.

use super::distribution::Distribution;
use super::factors::{Loaded, Member, average, by_factor, rule};
use super::moments::Moments;
use crate::exposure::Exposure;
use crate::frequency::{Law, RULE_ERROR, Slices};
use crate::lattice::{Cells, Event, Lattice, multiply};
use crate::numeric::fft::Spectrum;
use crate::numeric::kernel;
use rayon::prelude::*;

/// Parts worked on side by side; their number does not depend on the machine, so neither do sums over them.
const PARTS: usize = 32;

/// A year's loss as transforms on a lattice.
///
/// Independent Poisson scenarios add up in the exponent, so one transform serves all; everything else multiplies.
#[derive(Clone, Debug)]
pub(crate) struct Year {
    pub(crate) lattice: Lattice,
    /// Sum over Poisson scenarios of rate · (φ − 1).
    exponent: Event,
    /// Product over all others.
    product: Option<Event>,
    pub(crate) moments: Moments,
    /// Expected number of events.
    events: f64,
    /// Error that averaging over rates and factors may leave in a probability.
    rules: f64,
}

impl Year {
    pub(crate) fn new(exposures: &[&Exposure], lattice: Lattice) -> Self {
        let (alone, blocks) = by_factor(exposures);
        let (poisson, others): (Vec<_>, Vec<_>) =
            alone.into_iter().partition(|exposure| matches!(exposure.law, Law::Poisson(_)));
        let exponent = exponent(&lattice, &poisson);
        let mut product = product(&lattice, &others);
        let mut rules = 0.0;
        for exposure in &others {
            rules += if matches!(exposure.law, Law::Mixed(_)) { RULE_ERROR } else { 0.0 };
        }
        for block in &blocks {
            rules += RULE_ERROR;
            let found = factor_block(&lattice, block);
            match &mut product {
                Some(product) => join(product, &found),
                None => product = Some(found),
            }
        }
        let events = exposures.iter().map(|e| e.law.mean() * e.forms.len() as f64).sum();
        Self { moments: Moments::of(exposures), lattice, exponent, product, events, rules }
    }

    /// The year with one independent Poisson scenario replaced; `None` when either is of another sort, or when its
    /// losses reach beyond the lattice.
    pub(crate) fn replaced(&self, before: &Exposure, after: &Exposure, all: &[&Exposure]) -> Option<Self> {
        let simple = |e: &Exposure| e.factor.is_none() && matches!(e.law, Law::Poisson(_));
        if !simple(before) || !simple(after) {
            return None;
        }
        let mut changed = self.clone();
        let mut scratch = Vec::new();
        if before.forms.len() == 1 && after.forms.len() == 1 {
            let mut cells = Cells::new(&self.lattice);
            for (exposure, sign) in [(before, -1.0), (after, 1.0)] {
                let weight = sign * exposure.law.mean() * exposure.forms[0].probability;
                cells.add(&self.lattice, &exposure.forms[0].magnitude, weight, &mut scratch);
            }
            changed.exponent.add(&cells.event(&self.lattice), 1.0, cells.weight());
        } else {
            for (exposure, sign) in [(before, -1.0), (after, 1.0)] {
                let event = Event::of(&self.lattice, exposure, &mut scratch);
                changed.exponent.add(&event, sign * exposure.law.mean(), sign * exposure.law.mean());
            }
        }
        changed.moments = Moments::of(all);
        changed.events += after.law.mean() * after.forms.len() as f64;
        changed.events -= before.law.mean() * before.forms.len() as f64;
        Some(changed)
    }

    /// Both distributions.
    pub(crate) fn distribution(&self) -> Distribution {
        let side = |pick: fn(&Event) -> &Spectrum| {
            let mut spectrum = pick(&self.exponent).clone();
            for (re, im) in spectrum.re.iter_mut().zip(&mut spectrum.im) {
                (*re, *im) = kernel::exp(*re, *im);
            }
            if let Some(product) = &self.product {
                multiply(&mut spectrum, pick(product));
            }
            let whole = spectrum.re[0];
            (self.lattice.fft.inverse(&spectrum), whole)
        };
        let (down, up) = rayon::join(|| side(|event| &event.down), || side(|event| &event.up));
        let mut means = self.exponent.means;
        if let Some(product) = &self.product {
            means = (means.0 + product.means.0, means.1 + product.means.1);
        }
        Distribution::new(&self.lattice, self.moments, means, down, up, self.events, self.rules)
    }
}

impl Event {
    /// Adds `factor` times another and takes `constant` away, as exponents of Poisson scenarios do.
    fn add(&mut self, other: &Self, factor: f64, constant: f64) {
        for (to, from) in [(&mut self.down, &other.down), (&mut self.up, &other.up)] {
            to.re.iter_mut().zip(&from.re).for_each(|(to, from)| *to += factor * from - constant);
            to.im.iter_mut().zip(&from.im).for_each(|(to, from)| *to += factor * from);
        }
        self.means.0 += factor * other.means.0;
        self.means.1 += factor * other.means.1;
    }

    fn empty(lattice: &Lattice, value: f64) -> Self {
        let spectrum = Spectrum::filled(lattice.frequencies(), value);
        Self { down: spectrum.clone(), up: spectrum, means: (0.0, 0.0) }
    }
}

/// Splits into a number of runs that depends on the count alone.
fn parts<'a, 'b>(exposures: &'b [&'a Exposure]) -> rayon::slice::Chunks<'b, &'a Exposure> {
    exposures.par_chunks(exposures.len().div_ceil(PARTS).max(8))
}

/// Sum of rate · (φ − 1).
fn exponent(lattice: &Lattice, poisson: &[&Exposure]) -> Event {
    let (single, several): (Vec<&Exposure>, Vec<&Exposure>) =
        poisson.iter().partition(|exposure| exposure.forms.len() == 1);
    let mut sum = Event::empty(lattice, 0.0);
    if let Some(cells) = together(lattice, &single) {
        sum.add(&cells.event(lattice), 1.0, cells.weight());
    }
    let partial: Vec<Event> = parts(&several)
        .map(|part| {
            let (mut sum, mut scratch) = (Event::empty(lattice, 0.0), Vec::new());
            for exposure in part {
                let (rate, event) = (exposure.law.mean(), Event::of(lattice, exposure, &mut scratch));
                sum.add(&event, rate, rate);
            }
            sum
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
fn product(lattice: &Lattice, others: &[&Exposure]) -> Option<Event> {
    let partial: Vec<Event> = parts(others)
        .map(|part| {
            let (mut product, mut scratch) = (Event::empty(lattice, 1.0), Vec::new());
            for exposure in part {
                let event = Event::of(lattice, exposure, &mut scratch);
                for (to, from) in [(&mut product.down, &event.down), (&mut product.up, &event.up)] {
                    let from = Slices { re: &from.re, im: &from.im };
                    exposure.law.multiply(&from, &mut to.re, &mut to.im);
                }
                let rate = exposure.law.mean();
                product.means.0 += rate * event.means.0;
                product.means.1 += rate * event.means.1;
            }
            product
        })
        .collect();
    let mut partial = partial.into_iter();
    let mut whole = partial.next()?;
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
fn factor_block(lattice: &Lattice, block: &[Loaded<'_>]) -> Event {
    let nodes = rule(block);
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
    Event {
        down: average(&members, &nodes, |event| &event.down),
        up: average(&members, &nodes, |event| &event.up),
        means,
    }
}
