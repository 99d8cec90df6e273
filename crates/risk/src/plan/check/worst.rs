//! A plane below the mean of the worst years over a case, month by month.

use super::Checker;
use super::cases::Span;
use crate::plan::tail::{Slopes, Tail, Within};
use std::rc::Rc;

/// Times that what may be left of scenarios is narrowed before the proof is walked, as for the search.
const NARROWINGS: usize = 8;

/// For each year, then each scenario.
type Chances = Vec<Vec<f64>>;

/// What is known of a case: slopes by a reference, chances at least and at most, and what all of its sets leave.
struct Known {
    slopes: Vec<Slopes>,
    low: Chances,
    high: Chances,
    certain: f64,
}

impl Checker<'_> {
    /// Sets that leave as much or more are of no interest.
    pub(super) fn cutoff(&self) -> f64 {
        self.plan.cutoff.unwrap_or(f64::INFINITY)
    }

    /// What sets below the cutoff leave at most of each scenario in each year.
    pub(super) fn most(&self) -> Chances {
        let Some(tail) = &self.tail else { return Vec::new() };
        let Some(case) = self.settled(&self.spans) else { return Vec::new() };
        let (least, most) = self.reach(&case);
        let (low, mut high) = (self.chances(&most), self.chances(&least));
        for _ in 0..NARROWINGS {
            high = self.narrowed(tail, low.clone(), high).high;
        }
        high
    }

    /// What all sets of a case leave at least, or the cutoff.
    pub(super) fn certain(&self, tail: &Tail, case: &[Span]) -> f64 {
        self.known_of(tail, case).certain
    }

    /// −ln of what is left of each scenario in each month, at least and at most.
    fn reach(&self, case: &[Span]) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
        let months = 12 * self.years;
        let ends = |late: bool| {
            let start = |span: &Span| {
                (span.must && !span.empty()).then(|| if late { span.to - 1 } else { span.from })
            };
            let rows: Vec<Vec<f64>> = case.iter().map(|span| self.row(start(span))).collect();
            let ones = vec![vec![1.0; months]; self.losses.len()];
            let left = self.left(&ones, &rows);
            left.into_iter().map(|row| row.into_iter().map(|left| -libm::log(left)).collect()).collect()
        };
        let (least, mut most): (Vec<Vec<f64>>, Vec<Vec<f64>>) = (ends(true), ends(false));
        let must = (0..case.len()).filter(|at| case[*at].must).map(|at| self.amounts[at][0]).sum::<f64>();
        let room = (self.limits[0].iter().sum::<f64>() - must).max(0.0) * (1.0 + 1e-9);
        for month in 0..months {
            // Money for what may be done and would work by then, shared out to what prevents most for it.
            let mut offers: Vec<Vec<(f64, f64)>> = vec![Vec::new(); self.losses.len()];
            for (at, span) in case.iter().enumerate().filter(|(_, span)| !span.must && !span.empty()) {
                if 12 * span.from + self.file.actions[at].lead_months as usize <= month {
                    for (scenario, power) in &self.powers[at] {
                        offers[*scenario].push((*power, self.amounts[at][0]));
                    }
                }
            }
            for (row, mut offers) in most.iter_mut().zip(offers) {
                offers.sort_by(|a, b| (b.0 * a.1).total_cmp(&(a.0 * b.1)));
                let mut room = room;
                for (power, cost) in offers {
                    let part = if cost > room { room / cost } else { 1.0 };
                    row[month] += part * power;
                    room -= part * cost;
                }
            }
        }
        (least, most)
    }

    fn chances(&self, powers: &[Vec<f64>]) -> Chances {
        let of = |year: usize, row: &Vec<f64>| -> f64 {
            row[12 * year..12 * (year + 1)].iter().map(|power| libm::exp(-power) / 12.0).sum()
        };
        (0..self.years).map(|year| powers.iter().map(|row| of(year, row)).collect()).collect()
    }

    fn narrowed(&self, tail: &Tail, low: Chances, high: Chances) -> Known {
        let slopes: Vec<Slopes> = high.iter().map(|chances| tail.slopes(chances)).collect();
        let mut certain = 0.0;
        for (year, slopes) in slopes.iter().enumerate() {
            let sum: f64 = slopes.each.iter().zip(&low[year]).map(|(slope, low)| slope * low).sum();
            certain += self.plan.limits.discounted(year) * sum;
        }
        let room = (self.cutoff() - certain).max(0.0);
        let mut narrow = high;
        for (year, row) in narrow.iter_mut().enumerate() {
            for (at, high) in row.iter_mut().enumerate() {
                // Were more left of this scenario, all together would be at the cutoff or above.
                let slope = self.plan.limits.discounted(year) * slopes[year].each[at];
                if slope > 0.0 {
                    *high = high.min(low[year][at] + room / slope);
                }
            }
        }
        Known { slopes, low, high: narrow, certain }
    }

    fn known_of(&self, tail: &Tail, case: &[Span]) -> Known {
        let (least, most) = self.reach(case);
        let mut high = self.chances(&least);
        for (row, most) in high.iter_mut().zip(&self.most) {
            row.iter_mut().zip(most).for_each(|(high, most)| *high = high.min(*most));
        }
        self.narrowed(tail, self.chances(&most), high)
    }

    /// The plane's value where actions are taken with these shares, and by how much it falls there with the power of
    /// actions on each scenario in each month.
    pub(super) fn worst(
        &self,
        tail: &Tail,
        case: &[Span],
        borders: &[(f64, f64)],
        shares: &[Vec<f64>],
    ) -> (f64, Vec<Vec<f64>>) {
        let (scenarios, months) = (self.losses.len(), 12 * self.years);
        let known = self.known_of(tail, case);
        let (least, most) = self.reach(case);
        let left = self.left(&vec![vec![1.0; months]; scenarios], shares);
        let mut falls = vec![vec![0.0; months]; scenarios];
        let mut value = 0.0;
        for (year, (from, below)) in borders.iter().copied().enumerate() {
            let weight = self.plan.limits.discounted(year);
            let span = 12 * year..12 * (year + 1);
            let chances: Vec<f64> =
                left.iter().map(|row| row[span.clone()].iter().sum::<f64>() / 12.0).collect();
            let slopes = &known.slopes[year].each;
            let there: f64 = slopes.iter().zip(&chances).map(|(slope, chance)| slope * chance).sum();
            let mut best = there.max(from);
            if there > from {
                for (at, row) in falls.iter_mut().enumerate() {
                    span.clone().for_each(|month| row[month] = weight * slopes[at] * left[at][month] / 12.0);
                }
            }
            if below.is_infinite() {
                value += weight * best;
                continue;
            }
            let near = tail.near(&self.within(tail, below), from, &chances);
            let mut sum = near.base;
            let mut found = vec![[0.0; 12]; scenarios];
            for (at, chance) in chances.iter().enumerate() {
                let (low, high) = (known.low[year][at], known.high[year][at]);
                let (constant, slope) = near.line(at, low.min(high), high);
                sum += near.alone[at] * chance + constant;
                let rise = near.alone[at] + near.rises[at] / chance;
                for month in span.clone() {
                    // What is left falls from stretch to stretch, so that all up to this one leave as much at least.
                    let passed = self.stretch_ends(month % 12) as f64 / 12.0;
                    let top = libm::exp(-least[at][month]).min(high / passed);
                    let bottom = libm::exp(-most[at][month]).min(top);
                    // −ln left lies between those of top and bottom, and left below the chord there.
                    let width = libm::log(top) - libm::log(bottom);
                    let fall = if width > 1e-9 { (top - bottom) / width } else { top };
                    let chord = top - fall * (libm::log(top) - libm::log(left[at][month]));
                    sum -= slope * chord / 12.0;
                    found[at][month - 12 * year] = weight / 12.0 * (rise * left[at][month] - slope * fall);
                }
            }
            // Of two planes the one that is higher here.
            if sum > best {
                best = sum;
                for (row, found) in falls.iter_mut().zip(&found) {
                    row[span.clone()].copy_from_slice(found);
                }
            }
            value += weight * best;
        }
        (value, falls)
    }

    /// The month of a year before which nothing begins to work after this one.
    fn stretch_ends(&self, month: usize) -> usize {
        let begins = self.file.actions.iter().map(|action| action.lead_months as usize % 12);
        begins.filter(|begin| *begin > month).min().unwrap_or(12)
    }

    fn within(&self, tail: &Tail, below: f64) -> Rc<Within> {
        let widest = || -> Vec<f64> {
            let of = |at: usize| self.most.iter().map(|year| year[at]).fold(0.0, f64::max);
            (0..self.losses.len()).map(of).collect()
        };
        let mut known = self.known.borrow_mut();
        if let Some(found) = known.get(&below.to_bits()) {
            return Rc::clone(found);
        }
        let made = Rc::new(tail.within(below, &widest()));
        if known.len() >= made.most_kept() {
            known.clear();
        }
        known.insert(below.to_bits(), Rc::clone(&made));
        made
    }
}
