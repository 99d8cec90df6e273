//! Bounds of cases when the mean of the worst years is to be as small as can be.

use super::case::{Case, Window};
use super::limits::Limits;
use super::problem::Problem;
use super::relax::{Effort, Plane, Point, Relaxed};
use super::tail::{Slopes, Tail, Within};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Chances of each scenario's events in each year.
type Chances = Vec<Vec<f64>>;

/// Times that what may be left of scenarios is narrowed before the search.
const NARROWINGS: usize = 8;

/// Times that the bound's reference moves to where the plane's best set lies.
const MOVES: usize = 5;

/// A reference that raises the bound by a smaller share than this will not raise it much more.
const RISES: f64 = 2e-4;

/// Bounds of cases. Sets that leave the cutoff or more are of no interest: no bound is above it.
pub(crate) struct Worst<'a> {
    problem: &'a Problem,
    tail: &'a Tail,
    weights: Vec<f64>,
    cutoff: f64,
    /// No set below the cutoff leaves more than this.
    most: Chances,
    /// The same over all years.
    widest: Vec<f64>,
    known: BTreeMap<u64, Arc<Within>>,
}

/// What is known of a case before a reference is chosen.
struct Known {
    slopes: Vec<Slopes>,
    low: Chances,
    high: Chances,
    /// No set of the case leaves less.
    certain: f64,
    /// For each cell a line above what is left of it: the most that is left, the power there, and its fall.
    chords: Vec<(f64, f64, f64)>,
}

impl<'a> Worst<'a> {
    pub(crate) fn new(
        problem: &'a Problem,
        tail: &'a Tail,
        limits: &Limits,
        root: &[Window],
        cutoff: f64,
    ) -> Self {
        let weights: Vec<f64> = (0..problem.years).map(|year| limits.discounted(year)).collect();
        let mut found =
            Self { problem, tail, weights, cutoff, most: vec![], widest: vec![], known: BTreeMap::new() };
        let reach = problem.reach(root);
        let low = found.chances(&reach.most);
        let mut high = found.chances(&reach.least);
        for _ in 0..NARROWINGS {
            high = found.narrowed(&low, &high).1;
        }
        found.widest =
            (0..high[0].len()).map(|at| high.iter().map(|year| year[at]).fold(0.0, f64::max)).collect();
        found.most = high;
        found
    }

    /// Chances in each year when actions have these powers in cells.
    fn chances(&self, powers: &[f64]) -> Chances {
        let mut years = vec![vec![0.0; self.scenarios()]; self.problem.years];
        for (cell, power) in self.problem.cells.iter().zip(powers) {
            years[cell.year][cell.scenario] += cell.part * libm::exp(-power);
        }
        years
    }

    fn scenarios(&self) -> usize {
        self.problem.cells.last().map_or(0, |cell| cell.scenario + 1)
    }

    /// Slopes of the bound by a reference, what sets below the cutoff leave at most by it, and what all sets leave at
    /// least, chances lying between these.
    fn narrowed(&self, low: &Chances, high: &Chances) -> (Vec<Slopes>, Chances, f64) {
        let mut slopes: Vec<Slopes> = Vec::new();
        for (year, chances) in high.iter().enumerate() {
            let same = (0..year).find(|before| high[*before] == *chances);
            slopes.push(same.map_or_else(|| self.tail.slopes(chances), |before| slopes[before].clone()));
        }
        let sum = |(year, slopes): (usize, &Slopes)| -> f64 {
            self.weights[year] * slopes.each.iter().zip(&low[year]).map(|(a, low)| a * low).sum::<f64>()
        };
        let certain: f64 = slopes.iter().enumerate().map(sum).sum();
        let room = (self.cutoff - certain).max(0.0);
        let mut narrow = high.clone();
        for (year, row) in narrow.iter_mut().enumerate() {
            for (at, most) in row.iter_mut().enumerate() {
                let slope = self.weights[year] * slopes[year].each[at];
                if slope > 0.0 {
                    *most = most.min(low[year][at] + room / slope);
                }
            }
        }
        (slopes, narrow, certain)
    }

    fn known(&self, case: &Case) -> Known {
        let reach = self.problem.reach(&case.windows);
        let low = self.chances(&reach.most);
        let mut high = self.chances(&reach.least);
        for (row, most) in high.iter_mut().zip(&self.most) {
            row.iter_mut().zip(most).for_each(|(high, most)| *high = high.min(*most));
        }
        let (slopes, high, certain) = self.narrowed(&low, &high);
        let mut chords = Vec::with_capacity(reach.least.len());
        let (mut before, mut passed) = (None, 0.0);
        for (at, cell) in self.problem.cells.iter().enumerate() {
            // What is left falls from stretch to stretch of a year, so that the first ones leave as much at least.
            passed = if before == Some((cell.scenario, cell.year)) { passed + cell.part } else { cell.part };
            before = Some((cell.scenario, cell.year));
            let most = libm::exp(-reach.least[at]).min(high[cell.year][cell.scenario] / passed);
            chords.push(chord(most, libm::exp(-reach.most[at])));
        }
        Known { slopes, low, high, certain, chords }
    }

    /// A plane below what sets of a case leave, touching or nearly so where options are taken with these shares, and by
    /// how much it falls with the power in each cell there.
    fn plane(&mut self, case: &Case, known: &Known, shares: &[f64]) -> (Plane, Vec<f64>) {
        let cells = &self.problem.cells;
        let powers = self.problem.powers(shares);
        let chances = self.chances(&powers);
        let mut value = 0.0;
        let mut falls = vec![0.0; cells.len()];
        for (year, left) in chances.iter().enumerate() {
            let (weight, (from, below)) = (self.weights[year], case.borders[year]);
            let here = || cells.iter().enumerate().filter(|(_, cell)| cell.year == year);
            let slopes = &known.slopes[year].each;
            let there: f64 = slopes.iter().zip(left).map(|(a, left)| a * left).sum();
            // The mean of the worst years is not below where they begin.
            let mut best = there.max(from);
            let mut found: Vec<f64> = here()
                .map(|(at, cell)| match there > from {
                    true => slopes[cell.scenario] * cell.part * libm::exp(-powers[at]),
                    false => 0.0,
                })
                .collect();
            if below.is_finite() {
                let near = self.tail.near(&self.within(below), from, left);
                let lines: Vec<(f64, f64)> = (0..left.len())
                    .map(|at| {
                        near.line(at, known.low[year][at].min(known.high[year][at]), known.high[year][at])
                    })
                    .collect();
                let mut sum = near.base;
                sum += near.alone.iter().zip(left).map(|(a, left)| a * left).sum::<f64>();
                sum += lines.iter().map(|(constant, _)| constant).sum::<f64>();
                let by_border: Vec<f64> = here()
                    .map(|(at, cell)| {
                        let (most, power, fall) = known.chords[at];
                        let slope = lines[cell.scenario].1;
                        let rise =
                            near.alone[cell.scenario] + near.rises[cell.scenario] / left[cell.scenario];
                        sum -= slope * cell.part * (most - fall * (powers[at] - power));
                        cell.part * (rise * libm::exp(-powers[at]) - slope * fall)
                    })
                    .collect();
                if sum > best {
                    (best, found) = (sum, by_border);
                }
            }
            value += weight * best;
            for ((at, _), found) in here().zip(found) {
                falls[at] = weight * found;
            }
        }
        (Plane::touching(self.problem, value, &falls, shares), falls)
    }

    fn within(&mut self, below: f64) -> Arc<Within> {
        if let Some(known) = self.known.get(&below.to_bits()) {
            return Arc::clone(known);
        }
        let made = Arc::new(self.tail.within(below, &self.widest));
        if self.known.len() >= made.most_kept() {
            self.known.clear();
        }
        self.known.insert(below.to_bits(), Arc::clone(&made));
        made
    }

    /// Where the best plane touches that was found for a case, and its bound.
    pub(crate) fn improve(&mut self, case: &Case, relaxed: &mut Relaxed, effort: Effort) -> (Point, f64) {
        let known = self.known(case);
        let mut best: Option<(Point, f64)> = None;
        let moves = if case.borders.iter().any(|(_, below)| below.is_finite()) { MOVES } else { 1 };
        let mut shares = relaxed.shares.clone();
        let (_, mut falls) = self.plane(case, &known, &shares);
        for _ in 0..moves {
            let powers = self.problem.powers(&shares);
            // A sum of exponentials that falls alike here.
            let worth: Vec<f64> =
                falls.iter().zip(&powers).map(|(fall, power)| fall.max(0.0) * libm::exp(*power)).collect();
            let inner = Effort { enough: f64::INFINITY, ..effort };
            let (point, _) = relaxed.improve(self.problem, &worth, &case.windows, inner);
            shares = point.whole();
            let plane;
            (plane, falls) = self.plane(case, &known, &shares);
            let idle = (vec![0.0; point.prices.len()], Vec::new());
            let before = best.as_ref().map_or(f64::NEG_INFINITY, |(_, bound)| *bound);
            for (prices, ties) in [(point.prices.clone(), point.ties.clone()), idle] {
                let value = plane.least(self.problem, &case.windows, &prices, &ties);
                if best.as_ref().is_none_or(|(_, bound)| value > *bound) {
                    best = Some((Point { shares: point.shares.clone(), prices, ties }, value));
                }
            }
            let after = best.as_ref().map_or(before, |(_, bound)| *bound);
            if after >= effort.enough || after <= before + RISES * after.abs() {
                break;
            }
        }
        let idle = || Point {
            shares: vec![0; relaxed.shares.len()],
            prices: vec![0.0; self.problem.limits.len()],
            ties: vec![],
        };
        let (point, bound) = best.unwrap_or_else(|| (idle(), 0.0));
        (point, bound.max(known.certain).min(self.cutoff))
    }

    /// What the bound falls by with the power in each cell at a point.
    pub(crate) fn falls(&mut self, case: &Case, point: &Point) -> Vec<f64> {
        let known = self.known(case);
        self.plane(case, &known, &point.whole()).1
    }
}

/// The chord of e^(−power) between what is left at most and at least: its value and power at the former, and its fall.
fn chord(most: f64, least: f64) -> (f64, f64, f64) {
    let least = least.min(most).max(f64::MIN_POSITIVE);
    let power = -libm::log(most.max(f64::MIN_POSITIVE));
    let range = -libm::log(least) - power;
    let fall = if range > 1e-9 { (most - least) / range } else { most };
    (most, power, fall)
}
