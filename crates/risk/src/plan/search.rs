//! Branch and bound, best case first.

use super::aim::{self, Aim};
use super::case::{Case, Cut, Decision, Window};
use super::limits::Limits;
use super::problem::Problem;
use super::relax::{Effort, Point, Relaxed};
use super::start::{self, Starts};
use super::worst::Worst;
use super::{Proof, Tangent};
use crate::error::{Place, RiskError};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What the search found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) starts: Starts,
    pub(crate) bound: f64,
    /// Bounds use that sets of interest leave less than this.
    pub(crate) cutoff: Option<f64>,
    /// Where the root's relaxation ended, for a search with nearly the same limits.
    pub(crate) relaxed: Relaxed,
    tree: Vec<Node>,
}

/// A case of the search tree.
#[derive(Clone, Debug)]
struct Node {
    /// What was decided on the way here.
    decided: Vec<Decision>,
    state: State,
}

#[derive(Clone, Debug)]
enum State {
    Impossible,
    Leaf { point: Point, bound: f64 },
    Branch { by: Split, first: usize, then: usize },
}

/// How a case is split in two.
#[derive(Clone, Copy, Debug)]
enum Split {
    /// By whether an action starts by a year.
    Start(usize, usize),
    /// By whether the worst years of a year begin below an amount.
    Border(usize, f64),
}

impl Split {
    fn decisions(self) -> [Decision; 2] {
        match self {
            Self::Start(action, year) => {
                [Cut::By(year), Cut::After(year)].map(|cut| Decision::Start(action, cut))
            }
            Self::Border(year, amount) => [Decision::Below(year, amount), Decision::From(year, amount)],
        }
    }
}

/// A bound that can be ordered; bounds are finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key(i64, usize);

impl Key {
    /// Order-keeping bits of a double, then the node's number.
    fn new(bound: f64, node: usize) -> Self {
        let bits = bound.to_bits() as i64;
        Self(if bits < 0 { i64::MIN.wrapping_sub(bits) } else { bits }, node)
    }
}

/// Rounds at the root, with a neighbour to start from as well as without, and further down.
const ROUNDS: (usize, usize) = (400, 25);

/// Times that the mean of the worst years is looked at anew while a set is improved.
const TURNS: usize = 6;

/// What a search with nearly the same limits found.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Warm<'a> {
    pub(crate) relaxed: Option<&'a Relaxed>,
    pub(crate) sets: &'a [Starts],
}

/// Finds a plan and proves its bound.
pub(crate) fn solve(
    problem: &Problem,
    aim: &Aim,
    limits: &Limits,
    warm: Warm<'_>,
) -> Result<Found, RiskError> {
    let Some(root) = problem.root() else {
        return Place::new("limits").refuse(
            "the obligations with what they need do not fit",
            "raise budget or hours, or free an action of its obligation",
        );
    };
    // No set leaves more of any scenario than what has to be done, as late as it can be.
    let latest: Starts =
        root.iter().map(|window| (window.must() && !window.is_out()).then(|| window.end - 1)).collect();
    let worth = aim.worth_at(problem, &latest);
    let mut relaxed = warm.relaxed.cloned().unwrap_or_else(|| Relaxed::new(problem, &worth));
    let effort = Effort { rounds: ROUNDS.0, enough: f64::INFINITY };
    let (mut point, mut bound) = relaxed.improve(problem, &worth, &root, effort);
    let case = Case { windows: root, borders: vec![(0.0, f64::INFINITY); problem.years] };
    let mut search = Search {
        problem,
        aim,
        limits,
        root: case.clone(),
        worst: None,
        borders: Vec::new(),
        tree: Vec::new(),
        open: BinaryHeap::new(),
        best: Vec::new(),
        value: f64::INFINITY,
    };
    search.start(&worth, &relaxed, warm.sets, &point.prices)?;
    let mut cutoff = None;
    if let Aim::Tail(tail) = aim {
        cutoff = Some(search.value);
        search.borders = aim::borders(problem, tail, &search.best, limits.gap);
        search.worst = Some(Worst::new(problem, tail, limits, &case.windows, search.value));
        (point, bound) = search.bounded(&case, &mut relaxed, effort);
    }
    search.push(Vec::new(), point, bound);
    while let Some(Reverse(key)) = search.open.pop() {
        if search.tree.len() + 2 > limits.cases || search.is_good_enough(key.1) || !search.branch(key.1) {
            search.open.push(Reverse(key));
            break;
        }
    }
    let bound = search.bound();
    Ok(Found { starts: search.best, bound, cutoff, relaxed, tree: search.tree })
}

struct Search<'a> {
    problem: &'a Problem,
    aim: &'a Aim,
    limits: &'a Limits,
    root: Case,
    /// Bounds of cases for the mean of the worst years.
    worst: Option<Worst<'a>>,
    /// Amounts at which the worst years of each year may be split, in order.
    borders: Vec<Vec<f64>>,
    tree: Vec<Node>,
    open: BinaryHeap<Reverse<Key>>,
    best: Starts,
    /// What the best set so far leaves.
    value: f64,
}

impl<'a> Search<'a> {
    /// The best set that is found without search.
    fn start(
        &mut self,
        worth: &[f64],
        relaxed: &Relaxed,
        known: &[Starts],
        prices: &[f64],
    ) -> Result<(), RiskError> {
        let (problem, root) = (self.problem, &self.root.windows);
        let none = vec![0.0; problem.effects.len()];
        let wishes = known.iter().map(|starts| problem.shares(starts));
        let wishes = [relaxed.shares.clone(), none].into_iter().chain(wishes);
        let sets: Vec<Starts> =
            wishes.filter_map(|wish| start::complete(problem, worth, root, &wish, prices)).collect();
        let best = sets.into_iter().map(|set| (problem.loss(worth, &set), set));
        // What has to be done, alone and as soon as may be.
        let must: Starts = root.iter().map(|window| window.must().then_some(window.first)).collect();
        let must = Some(must).filter(|set| problem.allows(set)).map(|set| (problem.loss(worth, &set), set));
        let Some((_, set)) = best.chain(must).min_by(|a, b| a.0.total_cmp(&b.0)) else {
            return Place::new("limits").refuse("no set of actions fits", "raise budget or hours");
        };
        self.value = self.aim.value(problem, &set);
        self.best = set.clone();
        self.improve(set, prices);
        Ok(())
    }

    /// Exchanges actions of a set and keeps it when it is the best so far.
    fn improve(&mut self, mut set: Starts, prices: &[f64]) {
        for _ in 0..TURNS {
            let before = set.clone();
            let worth = self.aim.worth_at(self.problem, &set);
            start::exchange(self.problem, &worth, &self.root.windows, &mut set, prices);
            let value = self.aim.value(self.problem, &set);
            if value < self.value {
                (self.value, self.best) = (value, set.clone());
            }
            // Expected losses do not depend on what else is done; worst years do.
            if matches!(self.aim, Aim::Expected) || set == before {
                return;
            }
        }
    }

    fn push(&mut self, decided: Vec<Decision>, point: Point, bound: f64) -> usize {
        let at = self.tree.len();
        self.open.push(Reverse(Key::new(bound, at)));
        self.tree.push(Node { decided, state: State::Leaf { point, bound } });
        at
    }

    /// A bound that is good enough.
    fn enough(&self) -> f64 {
        // Lattices of plan and proof leave a little between what is searched for and what is told.
        let share = if self.worst.is_some() { 0.9 } else { 1.0 };
        self.value * (1.0 - share * self.limits.gap)
    }

    fn is_good_enough(&self, node: usize) -> bool {
        match &self.tree[node].state {
            State::Leaf { bound, .. } => *bound >= self.enough(),
            _ => true,
        }
    }

    /// The smallest bound of all cases that are left.
    fn bound(&self) -> f64 {
        let bounds = self.tree.iter().filter_map(|node| match &node.state {
            State::Leaf { bound, .. } => Some(*bound),
            _ => None,
        });
        // When every case is impossible but one that is the plan itself, the plan is the best.
        bounds.fold(self.value, f64::min).max(0.0)
    }

    fn case(&self, decided: &[Decision]) -> Option<Case> {
        let mut case = self.root.clone();
        decided.iter().for_each(|decision| case.decide(*decision));
        self.problem.follow(&mut case.windows).then_some(case)
    }

    /// A bound of a case and where it comes from.
    fn bounded(&mut self, case: &Case, relaxed: &mut Relaxed, effort: Effort) -> (Point, f64) {
        match &mut self.worst {
            Some(worst) => worst.improve(case, relaxed, effort),
            None => relaxed.improve(self.problem, &self.problem.worth, &case.windows, effort),
        }
    }

    /// What is left of each cell at a point, as far as the bound falls with it.
    fn left(&mut self, case: &Case, point: &Point) -> Vec<f64> {
        match &mut self.worst {
            Some(worst) => worst.falls(case, point),
            None => self.problem.left(&self.problem.worth, &point.whole()),
        }
    }

    /// What cells are worth when a case is completed to a set.
    fn worth(&self, falls: &[f64], point: &Point) -> Cow<'a, [f64]> {
        if self.worst.is_none() {
            return Cow::Borrowed(&self.problem.worth);
        }
        let powers = self.problem.powers(&point.whole());
        Cow::Owned(falls.iter().zip(powers).map(|(fall, power)| fall.max(0.0) * libm::exp(power)).collect())
    }

    /// Splits a case in two; `false` when nothing in it is left to decide.
    fn branch(&mut self, node: usize) -> bool {
        let State::Leaf { point, .. } = &self.tree[node].state else { return false };
        let point = point.clone();
        let decided = self.tree[node].decided.clone();
        let Some(case) = self.case(&decided) else { return false };
        let left = self.left(&case, &point);
        let Some(by) = self.border(&case).or_else(|| self.most_undecided(&case.windows, &point, &left))
        else {
            return false;
        };
        let worth = self.worth(&left, &point);
        let children = by.decisions().map(|decision| {
            let mut below = decided.clone();
            below.push(decision);
            let Some(case) = self.case(&below) else {
                self.tree.push(Node { decided: below, state: State::Impossible });
                return self.tree.len() - 1;
            };
            let effort = Effort { rounds: ROUNDS.1, enough: self.enough() };
            let mut relaxed = Relaxed::from(self.problem, &point);
            let (found, bound) = self.bounded(&case, &mut relaxed, effort);
            if matches!(by, Split::Start(..)) {
                let set =
                    start::complete(self.problem, &worth, &case.windows, &relaxed.shares, &found.prices);
                if let Some(set) = set.filter(|set| self.aim.value(self.problem, set) < self.value) {
                    self.value = self.aim.value(self.problem, &set);
                    self.best.clone_from(&set);
                    self.improve(set, &found.prices);
                }
            }
            self.push(below, found, bound)
        });
        self.tree[node].state = State::Branch { by, first: children[0], then: children[1] };
        true
    }

    /// Where to split what the worst years of a case begin at: the middle one of the amounts within.
    fn border(&self, case: &Case) -> Option<Split> {
        self.borders.iter().zip(&case.borders).enumerate().find_map(|(year, (amounts, (from, below)))| {
            let within: Vec<f64> = amounts.iter().copied().filter(|a| from < a && a < below).collect();
            // Bounds without end are weak: the amounts all lie below what good sets leave.
            let last = within.last().filter(|_| below.is_infinite());
            last.or_else(|| within.get(within.len() / 2)).map(|amount| Split::Border(year, *amount))
        })
    }

    /// The action and year at which shares are furthest from decided, weighed by what the action gains.
    fn most_undecided(&self, case: &[Window], point: &Point, left: &[f64]) -> Option<Split> {
        let shares = point.whole();
        let mut best: Option<(f64, Split)> = None;
        for (action, window) in case.iter().enumerate().filter(|(_, window)| !window.is_settled()) {
            let option = self.problem.option(action, window.first);
            let gain: f64 =
                self.problem.effects[option].iter().map(|e| e.power * left[e.cell].max(0.0)).sum();
            let price = point.prices.get(window.first).copied().unwrap_or(0.0);
            let weight = gain + price * self.problem.amounts[action][0] + 1e-12;
            let mut sum = 0.0;
            // Deciding that what must start by its last year does so decides nothing.
            let last = if window.must() { window.end - 1 } else { window.end };
            for year in window.first..last {
                sum += shares[self.problem.option(action, year)];
                let value = (sum.min(1.0 - sum).max(0.0) + 1e-6) * weight;
                if best.is_none_or(|(before, _)| value > before) {
                    best = Some((value, Split::Start(action, year)));
                }
            }
        }
        best.map(|(_, split)| split)
    }
}

impl Found {
    /// The tree, each node before those below it.
    pub(crate) fn proof(&self) -> Vec<Proof> {
        let (mut steps, mut waiting) = (Vec::new(), vec![0]);
        while let Some(at) = waiting.pop() {
            steps.push(match &self.tree[at].state {
                State::Impossible => Proof::Impossible,
                State::Leaf { point, .. } => Proof::Tangent(Tangent {
                    point: point.shares.iter().map(|share| format!("{share:02x}")).collect(),
                    prices: point.prices.clone(),
                    ties: point.ties.clone(),
                }),
                State::Branch { by, first, then } => {
                    waiting.push(*then);
                    waiting.push(*first);
                    match by {
                        Split::Start(action, year) => Proof::Branch(*action, *year),
                        Split::Border(year, amount) => Proof::Border(*year, *amount),
                    }
                }
            });
        }
        steps
    }
}
