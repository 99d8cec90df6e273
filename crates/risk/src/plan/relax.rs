//! Lower bounds: actions may be taken in part, money and hours have prices, and the convex loss is replaced by a
//! tangent plane.

use super::case::Window;
use super::problem::Problem;
use crate::numeric::kernel::exp_real;

/// A point with prices: everything a bound needs.
#[derive(Clone, Debug)]
pub(crate) struct Point {
    /// Shares of options in 255ths.
    pub(crate) shares: Vec<u8>,
    /// A price for each resource and year.
    pub(crate) prices: Vec<f64>,
    /// A price for each prerequisite and year, then for each exclusion; none are 0.
    pub(crate) ties: Vec<f64>,
}

impl Point {
    /// The shares as numbers.
    pub(crate) fn whole(&self) -> Vec<f64> {
        self.shares.iter().map(|share| f64::from(*share) / 255.0).collect()
    }
}

/// A plane below what is left of the loss.
pub(crate) struct Plane {
    /// Its value where nothing is taken.
    base: f64,
    /// What each option adds; not above 0.
    slopes: Vec<f64>,
}

impl Plane {
    fn new(problem: &Problem, worth: &[f64], shares: &[f64]) -> Self {
        let left = problem.left(worth, shares);
        Self::touching(problem, left.iter().sum(), &left, shares)
    }

    /// The plane of a value where options are taken with these shares, falling by so much with the power in each cell.
    pub(crate) fn touching(problem: &Problem, value: f64, falls: &[f64], shares: &[f64]) -> Self {
        let slopes = slopes(problem, falls);
        let taken: f64 = slopes.iter().zip(shares).map(|(slope, share)| slope * share).sum();
        Self { base: value - taken, slopes }
    }

    /// Its least value in a case, what is limited being priced.
    pub(crate) fn least(&self, problem: &Problem, case: &[Window], prices: &[f64], ties: &[f64]) -> f64 {
        let mut sum = self.base - prices.iter().zip(&problem.limits).map(|(p, limit)| p * limit).sum::<f64>();
        let apart = ties.get(problem.needs.len() * problem.years..).unwrap_or(&[]);
        sum -= apart.iter().sum::<f64>();
        let tied = of_ties(problem, ties);
        for (action, window) in case.iter().enumerate() {
            let mut least = if window.must() { f64::INFINITY } else { 0.0 };
            for year in window.first..window.end {
                let option = problem.option(action, year);
                let priced = self.slopes[option] + problem.price(action, year, prices) + tied[option];
                least = least.min(priced);
            }
            sum += least;
        }
        sum
    }
}

/// Slopes of what is left, by option.
fn slopes(problem: &Problem, left: &[f64]) -> Vec<f64> {
    let of = |effects: &Vec<super::problem::Effect>| -> f64 {
        -effects.iter().map(|effect| effect.power * left[effect.cell]).sum::<f64>()
    };
    problem.effects.iter().map(of).collect()
}

/// What the prices of ties add to each option's: a prerequisite starts in the same year or before.
fn of_ties(problem: &Problem, ties: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; problem.effects.len()];
    if ties.is_empty() {
        return sums;
    }
    let years = problem.years;
    for ((one, other), prices) in problem.needs.iter().zip(ties.chunks(years)) {
        let mut from_here = 0.0;
        for (year, price) in prices.iter().enumerate().rev() {
            from_here += price;
            sums[one * years + year] += from_here;
            sums[other * years + year] -= from_here;
        }
    }
    for ((one, other), price) in problem.apart.iter().zip(&ties[problem.needs.len() * years..]) {
        for action in [one, other] {
            sums[action * years..(action + 1) * years].iter_mut().for_each(|sum| *sum += price);
        }
    }
    sums
}

impl Problem {
    fn price(&self, action: usize, year: usize, prices: &[f64]) -> f64 {
        let amounts = self.amounts[action].iter().enumerate();
        amounts.map(|(kind, amount)| amount * prices[kind * self.years + year]).sum()
    }
}

/// How long to improve a bound.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    pub(crate) rounds: usize,
    /// A bound that is as good as any higher one.
    pub(crate) enough: f64,
}

/// A bound that rises by a smaller share than this in [`PATIENCE`] rounds will not rise much more.
const RISES: f64 = 1e-4;
const PATIENCE: usize = 12;

/// Shares of options on the way to the best of a case.
#[derive(Clone, Debug)]
pub(crate) struct Relaxed {
    pub(crate) shares: Vec<f64>,
    pub(crate) prices: Vec<f64>,
    pub(crate) ties: Vec<f64>,
}

impl Relaxed {
    pub(crate) fn new(problem: &Problem, worth: &[f64]) -> Self {
        let whole: f64 = worth.iter().sum();
        let costs: f64 = problem.amounts.iter().map(|amounts| amounts[0]).sum();
        let budget: f64 = problem.limits[..problem.years].iter().sum();
        let mut prices = vec![0.0; problem.limits.len()];
        prices[..problem.years].fill(whole / costs.max(budget).max(1e-9));
        Self {
            shares: vec![0.5 / problem.years as f64; problem.effects.len()],
            prices,
            ties: vec![0.0; problem.needs.len() * problem.years + problem.apart.len()],
        }
    }

    pub(crate) fn from(problem: &Problem, point: &Point) -> Self {
        let mut ties = point.ties.clone();
        ties.resize(problem.needs.len() * problem.years + problem.apart.len(), 0.0);
        Self { shares: point.whole(), prices: point.prices.clone(), ties }
    }

    /// Improves shares and prices for a case until the bound is enough, no longer rises, or rounds are used up; gives
    /// the best point found and its bound.
    pub(crate) fn improve(
        &mut self,
        problem: &Problem,
        worth: &[f64],
        case: &[Window],
        effort: Effort,
    ) -> (Point, f64) {
        self.fit(problem.years, case);
        let mut left = problem.left(worth, &self.shares);
        let mut best: Option<(Point, f64)> = None;
        let mut risen = 0;
        for round in 0..effort.rounds.max(1) {
            for _ in 0..2 {
                self.sweep(problem, case, &mut left);
            }
            let shares: Vec<u8> = self.shares.iter().map(|share| libm::round(255.0 * share) as u8).collect();
            let rounded = Point { shares, prices: Vec::new(), ties: Vec::new() };
            let plane = Plane::new(problem, worth, &rounded.whole());
            // Without prices the plane is exact where everything is decided.
            let idle = (vec![0.0; self.prices.len()], Vec::new());
            let fitting = (self.fitting(problem, case, &left), self.ties.clone());
            for (prices, ties) in [(self.prices.clone(), self.ties.clone()), fitting, idle] {
                let value = plane.least(problem, case, &prices, &ties);
                let before = best.as_ref().map_or(f64::NEG_INFINITY, |(_, before)| *before);
                if value > before {
                    if value > before + RISES * value.abs() {
                        risen = round;
                    }
                    best = Some((Point { prices, ties, ..rounded.clone() }, value));
                }
            }
            let enough = best.as_ref().is_some_and(|(_, bound)| *bound >= effort.enough);
            if enough || round > risen + PATIENCE {
                break;
            }
            self.reprice(problem, &left);
        }
        best.unwrap_or_else(|| {
            let idle = Point { shares: vec![0; self.shares.len()], prices: vec![], ties: vec![] };
            (idle, f64::NEG_INFINITY)
        })
    }

    /// Shares that a case allows: none outside an action's years, one in all at most, exactly one if it must be done.
    fn fit(&mut self, years: usize, case: &[Window]) {
        for (shares, window) in self.shares.chunks_mut(years).zip(case) {
            for (year, share) in shares.iter_mut().enumerate() {
                *share = if window.holds(year) { share.clamp(0.0, 1.0) } else { 0.0 };
            }
            let sum: f64 = shares.iter().sum();
            if sum > 1.0 || (window.must() && sum > 0.0) {
                shares.iter_mut().for_each(|share| *share /= sum);
            } else if window.must() && !window.is_out() {
                shares[window.first] = 1.0;
            }
        }
    }

    /// Raises the price of what is overspent and lowers that of what is left over. Spending falls about as fast as
    /// prices rise, so this settles within a few rounds.
    fn reprice(&mut self, problem: &Problem, left: &[f64]) {
        let years = problem.years;
        let mut spent = vec![0.0; problem.limits.len()];
        for (action, amounts) in problem.amounts.iter().enumerate() {
            for year in 0..years {
                let share = self.shares[problem.option(action, year)];
                for (kind, amount) in amounts.iter().enumerate() {
                    spent[kind * years + year] += share * amount;
                }
            }
        }
        let bill: f64 = self.prices.iter().zip(&problem.limits).map(|(price, limit)| price * limit).sum();
        for ((price, spent), limit) in self.prices.iter_mut().zip(&spent).zip(&problem.limits) {
            let limit = limit.max(1e-9);
            if *price == 0.0 && *spent > limit {
                *price = 0.1 * bill / limit;
            }
            *price *= libm::pow((spent / limit).clamp(0.5, 2.0), 0.8);
        }
        let bend = |action: usize| -> f64 {
            let effects = &problem.effects[problem.option(action, 0)];
            effects.iter().map(|effect| effect.power * effect.power * left[effect.cell]).sum()
        };
        let upto = |shares: &[f64], action: usize, year: usize| -> f64 {
            shares[problem.option(action, 0)..=problem.option(action, year)].iter().sum()
        };
        // Newton's step of the dual: how far shares move for a change of price.
        let give = |one: usize, other: usize| 1.0 / bend(one).max(1e-9) + 1.0 / bend(other).max(1e-9);
        for (at, (one, other)) in problem.needs.iter().enumerate() {
            let give = give(*one, *other);
            for year in 0..years {
                let broken = upto(&self.shares, *one, year) - upto(&self.shares, *other, year);
                let price = &mut self.ties[at * years + year];
                *price = (*price + 0.7 * broken / give).max(0.0);
            }
        }
        for (at, (one, other)) in problem.apart.iter().enumerate() {
            let last = years - 1;
            let broken = upto(&self.shares, *one, last) + upto(&self.shares, *other, last) - 1.0;
            let price = &mut self.ties[problem.needs.len() * years + at];
            *price = (*price + 0.7 * broken / give(*one, *other)).max(0.0);
        }
    }

    /// One Newton step for each option at the present prices, then one between neighbouring years of each action.
    fn sweep(&mut self, problem: &Problem, case: &[Window], left: &mut [f64]) {
        let tied = of_ties(problem, &self.ties);
        for (action, window) in case.iter().enumerate() {
            if window.is_settled() {
                continue;
            }
            let price =
                |year: usize| problem.price(action, year, &self.prices) + tied[problem.option(action, year)];
            let prices: Vec<f64> = (window.first..window.end).map(price).collect();
            let from = problem.option(action, window.first);
            let mut room = 1.0 - self.shares[from..from + prices.len()].iter().sum::<f64>();
            if !window.must() {
                for (at, price) in prices.iter().enumerate() {
                    let effects = &problem.effects[from + at];
                    let before = self.shares[from + at];
                    let step = newton(*price, effects.iter().map(|e| (e.power, left[e.cell])));
                    let after = (before + step).clamp(0.0, before + room.max(0.0));
                    if after != before {
                        self.shares[from + at] = after;
                        room -= after - before;
                        for effect in effects {
                            left[effect.cell] *= exp_real(-effect.power * (after - before));
                        }
                    }
                }
            }
            for at in 1..prices.len() {
                // Earlier works on all that later does and on what is ahead of it.
                let ahead = &problem.ahead[from + at - 1];
                let step = newton(prices[at - 1] - prices[at], ahead.iter().map(|e| (e.power, left[e.cell])));
                let step = step.clamp(-self.shares[from + at - 1], self.shares[from + at]);
                if step != 0.0 {
                    self.shares[from + at - 1] += step;
                    self.shares[from + at] -= step;
                    for effect in ahead {
                        left[effect.cell] *= exp_real(-effect.power * step);
                    }
                }
            }
        }
    }

    /// Prices at which the tangent plane's best options just use what there is, found for one resource after another.
    fn fitting(&self, problem: &Problem, case: &[Window], left: &[f64]) -> Vec<f64> {
        let (slopes, tied) = (slopes(problem, left), of_ties(problem, &self.ties));
        let mut prices = self.prices.clone();
        for _ in 0..2 {
            for at in 0..prices.len() {
                let (kind, year) = (at / problem.years, at % problem.years);
                let gain = |action: usize, year: usize, prices: &[f64]| {
                    let option = problem.option(action, year);
                    -slopes[option] - tied[option] - problem.price(action, year, prices)
                };
                prices[at] = 0.0;
                let mut room = problem.limits[at];
                let mut worth: Vec<(f64, f64)> = Vec::new();
                for (action, window) in case.iter().enumerate() {
                    let need = problem.amounts[action][kind];
                    if need <= 0.0 || !window.holds(year) {
                        continue;
                    }
                    if window.start().is_some() {
                        room -= need;
                        continue;
                    }
                    let else_best = (window.first..window.end)
                        .filter(|other| *other != year)
                        .map(|other| gain(action, other, &prices))
                        .fold(if window.must() { f64::NEG_INFINITY } else { 0.0 }, f64::max);
                    let more = gain(action, year, &prices) - else_best;
                    if more > 0.0 {
                        worth.push((more / need, need));
                    }
                }
                prices[at] = clearing(worth, room);
            }
        }
        prices
    }
}

/// A Newton step against a price, for powers and what is left of the cells they bear on.
fn newton(price: f64, on: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (mut slope, mut bend) = (price, 0.0);
    for (power, left) in on {
        slope -= power * left;
        bend += power * power * left;
    }
    if bend > 0.0 {
        -slope / bend
    } else if slope > 0.0 {
        -1.0
    } else {
        0.0
    }
}

/// The price at which those that bid more need no more than there is.
fn clearing(mut bids: Vec<(f64, f64)>, mut room: f64) -> f64 {
    bids.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (price, need) in bids {
        room -= need;
        if room < 0.0 {
            return price;
        }
    }
    0.0
}
