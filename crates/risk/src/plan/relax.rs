//! Lower bounds: actions may be taken in part, money and hours have prices, and the convex loss is replaced by a
//! tangent plane.

use super::problem::{Fixed, Problem};

/// A point with prices: everything a bound needs.
#[derive(Clone, Debug)]
pub(crate) struct Point {
    /// Shares of actions in 255ths.
    pub(crate) shares: Vec<u8>,
    pub(crate) money: f64,
    pub(crate) hour: f64,
    /// A price for each tie.
    pub(crate) ties: Vec<f64>,
}

/// What the prices of ties add to each action's.
fn of_ties(problem: &Problem, ties: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; problem.count()];
    for (tie, price) in problem.ties.iter().zip(ties) {
        sums[tie.one] += price;
        sums[tie.other] += tie.sign * price;
    }
    sums
}

/// A lower bound of the expected loss in a case.
pub(crate) fn bound(problem: &Problem, case: &[Fixed], point: &Point) -> f64 {
    let shares: Vec<f64> = point.shares.iter().map(|share| f64::from(*share) / 255.0).collect();
    let left = problem.left(shares.iter().copied());
    let mut sum: f64 = left.iter().sum::<f64>() - point.money * problem.budget;
    if point.hour > 0.0 {
        sum -= point.hour * problem.hours_limit;
    }
    sum -= problem.ties.iter().zip(&point.ties).map(|(tie, price)| tie.sign.max(0.0) * price).sum::<f64>();
    let tied = of_ties(problem, &point.ties);
    for at in 0..problem.count() {
        let slope: f64 =
            -problem.effects[at].iter().map(|(scenario, power)| power * left[*scenario]).sum::<f64>();
        let priced = slope + point.money * problem.cost[at] + point.hour * problem.hours[at] + tied[at];
        sum -= slope * shares[at];
        sum += match case[at] {
            Fixed::In => priced,
            Fixed::Out => 0.0,
            Fixed::Free => priced.min(0.0),
        };
    }
    sum
}

/// Shares of actions on the way to the best of a case.
#[derive(Clone, Debug)]
pub(crate) struct Relaxed {
    pub(crate) shares: Vec<f64>,
    pub(crate) money: f64,
    pub(crate) hour: f64,
    pub(crate) ties: Vec<f64>,
}

impl Relaxed {
    pub(crate) fn new(problem: &Problem) -> Self {
        let whole: f64 = problem.losses.iter().sum();
        Self {
            shares: vec![0.5; problem.count()],
            money: whole / problem.cost.iter().sum::<f64>().max(problem.budget).max(1e-9),
            hour: 0.0,
            ties: vec![0.0; problem.ties.len()],
        }
    }

    /// Improves shares and prices for a case; gives the best point found and its bound.
    pub(crate) fn improve(&mut self, problem: &Problem, case: &[Fixed], rounds: usize) -> (Point, f64) {
        for (share, fixed) in self.shares.iter_mut().zip(case) {
            match fixed {
                Fixed::In => *share = 1.0,
                Fixed::Out => *share = 0.0,
                Fixed::Free => {}
            }
        }
        let mut left = problem.left(self.shares.iter().copied());
        let mut best: Option<(Point, f64)> = None;
        for _ in 0..rounds {
            for _ in 0..2 {
                self.sweep(problem, case, &mut left);
            }
            let shares: Vec<u8> = self.shares.iter().map(|share| libm::round(255.0 * share) as u8).collect();
            let (money, hour) = self.prices(problem, case, &left);
            // Without prices the plane is exact where everything is decided.
            let idle = (0.0, 0.0, Vec::new());
            let priced = [(self.money, self.hour), (money, hour)].map(|(m, h)| (m, h, self.ties.clone()));
            for (money, hour, ties) in priced.into_iter().chain([idle]) {
                let point = Point { shares: shares.clone(), money, hour, ties };
                let value = bound(problem, case, &point);
                if best.as_ref().is_none_or(|(_, before)| value > *before) {
                    best = Some((point, value));
                }
            }
            self.reprice(problem, &left);
        }
        best.unwrap_or_else(|| {
            let shares = vec![0; problem.count()];
            let point = Point { shares, money: 0.0, hour: 0.0, ties: Vec::new() };
            let value = bound(problem, case, &point);
            (point, value)
        })
    }

    /// Raises the price of what is overspent and lowers that of what is left over. Spending falls about as fast as
    /// prices rise, so this settles within a few rounds.
    fn reprice(&mut self, problem: &Problem, left: &[f64]) {
        let spent = |of: &[f64]| self.shares.iter().zip(of).map(|(share, of)| share * of).sum::<f64>();
        let change = |spent: f64, limit: f64| libm::pow((spent / limit.max(1e-9)).clamp(0.5, 2.0), 0.8);
        let (cost, hours) = (spent(&problem.cost), spent(&problem.hours));
        self.money *= change(cost, problem.budget);
        if problem.hours_limit.is_finite() {
            if self.hour == 0.0 && hours > problem.hours_limit {
                self.hour = 0.1 * self.money * problem.budget / problem.hours_limit.max(1e-9);
            }
            self.hour *= change(hours, problem.hours_limit);
        }
        let bend = |at: usize| -> f64 {
            problem.effects[at].iter().map(|(scenario, power)| power * power * left[*scenario]).sum()
        };
        for (tie, price) in problem.ties.iter().zip(&mut self.ties) {
            // Newton's step of the dual: how far shares move for a change of price.
            let give = 1.0 / bend(tie.one).max(1e-9) + 1.0 / bend(tie.other).max(1e-9);
            *price = (*price + 0.7 * tie.broken(&self.shares) / give).max(0.0);
        }
    }

    /// One Newton step for each free action at the present prices.
    fn sweep(&mut self, problem: &Problem, case: &[Fixed], left: &mut [f64]) {
        let tied = of_ties(problem, &self.ties);
        for at in 0..problem.count() {
            if case[at] != Fixed::Free {
                continue;
            }
            let (mut slope, mut bend) = (self.money * problem.cost[at] + self.hour * problem.hours[at], 0.0);
            slope += tied[at];
            for (scenario, power) in &problem.effects[at] {
                slope -= power * left[*scenario];
                bend += power * power * left[*scenario];
            }
            let before = self.shares[at];
            let wanted = if bend > 0.0 {
                before - slope / bend
            } else if slope > 0.0 {
                0.0
            } else {
                before
            };
            let after = wanted.clamp(0.0, 1.0);
            if after != before {
                self.shares[at] = after;
                for (scenario, power) in &problem.effects[at] {
                    left[*scenario] *= libm::exp(-power * (after - before));
                }
            }
        }
    }

    /// Prices at which the tangent plane's best shares just use what there is.
    fn prices(&self, problem: &Problem, case: &[Fixed], left: &[f64]) -> (f64, f64) {
        let gains: Vec<f64> = problem
            .effects
            .iter()
            .zip(of_ties(problem, &self.ties))
            .map(|(effects, tied)| effects.iter().map(|(s, power)| power * left[*s]).sum::<f64>() - tied)
            .collect();
        let (mut money, mut hour) = (self.money, self.hour);
        for _ in 0..2 {
            money = price(case, &gains, (&problem.hours, hour), &problem.cost, problem.budget);
            if problem.hours_limit.is_finite() {
                hour = price(case, &gains, (&problem.cost, money), &problem.hours, problem.hours_limit);
            }
        }
        (money, hour)
    }
}

/// The price of one resource at which the free actions worth more than their price just fit, other things priced.
fn price(case: &[Fixed], gains: &[f64], other: (&[f64], f64), need: &[f64], limit: f64) -> f64 {
    let mut room = limit;
    let mut worth: Vec<(f64, f64)> = Vec::new();
    for at in 0..case.len() {
        match case[at] {
            Fixed::In => room -= need[at],
            Fixed::Free if need[at] > 0.0 => {
                let gain = gains[at] - other.1 * other.0[at];
                if gain > 0.0 {
                    worth.push((gain / need[at], need[at]));
                }
            }
            _ => {}
        }
    }
    worth.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (price, need) in worth {
        room -= need;
        if room < 0.0 {
            return price;
        }
    }
    0.0
}
