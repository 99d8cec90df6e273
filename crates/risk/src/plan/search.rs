//! Branch and bound, best case first.

use super::problem::{Fixed, Limits, Problem};
use super::relax::{Point, Relaxed};
use super::{Plan, Proof, Tangent, start};
use crate::error::{Place, RiskError};
use crate::file::RiskFile;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What the search found.
pub(crate) struct Found {
    pub(crate) chosen: Vec<bool>,
    loss: f64,
    bound: f64,
    tree: Vec<Node>,
}

/// A case of the search tree.
struct Node {
    /// Actions decided on the way here.
    decided: Vec<(usize, Fixed)>,
    state: State,
}

enum State {
    Impossible,
    Leaf { point: Point, bound: f64 },
    Branch { action: usize, with: usize, without: usize },
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

/// Rounds at the root and further down.
const ROUNDS: (usize, usize) = (60, 5);

/// Finds a plan and proves its bound; `known` is a set from a smaller budget, or empty.
pub(crate) fn solve(problem: &Problem, limits: &Limits, known: &[bool]) -> Result<Found, RiskError> {
    let Some(root) = problem.root() else {
        return Place::new("limits").refuse(
            "the obligations with what they need do not fit",
            "raise budget or hours, or free an action of its obligation",
        );
    };
    let mut relaxed = Relaxed::new(problem);
    let (point, bound) = relaxed.improve(problem, &root, ROUNDS.0);
    let prices = (point.money, point.hour);
    let mut best = best_start(problem, &root, &relaxed, known, prices)?;
    let mut search = Search {
        problem,
        root,
        tree: Vec::new(),
        open: BinaryHeap::new(),
        loss: problem.loss(&best),
        limits,
    };
    search.push(Vec::new(), point, bound);
    while let Some(Reverse(key)) = search.open.pop() {
        if search.tree.len() + 2 > limits.cases || search.is_good_enough(key.1) {
            search.open.push(Reverse(key));
            break;
        }
        if let Some(better) = search.branch(key.1) {
            best = better;
        }
    }
    let bound = search.bound();
    Ok(Found { loss: problem.loss(&best), chosen: best, bound, tree: search.tree })
}

/// The best set that is found without search.
fn best_start(
    problem: &Problem,
    root: &[Fixed],
    relaxed: &Relaxed,
    known: &[bool],
    prices: (f64, f64),
) -> Result<Vec<bool>, RiskError> {
    let mut starts = Vec::new();
    starts.extend(start::complete(problem, root, &relaxed.shares, prices));
    starts.extend(start::complete(problem, root, &vec![0.0; problem.count()], prices));
    if known.len() == problem.count() && problem.allows(known) {
        let wish: Vec<f64> = known.iter().map(|chosen| f64::from(u8::from(*chosen))).collect();
        starts.extend(start::complete(problem, root, &wish, prices));
    }
    // What has to be done, alone.
    let must: Vec<bool> = root.iter().map(|fixed| *fixed == Fixed::In).collect();
    starts.extend(problem.allows(&must).then_some(must));
    let best = starts.into_iter().min_by(|a, b| problem.loss(a).total_cmp(&problem.loss(b)));
    let Some(mut best) = best else {
        return Place::new("limits").refuse("no set of actions fits", "raise budget or hours");
    };
    start::exchange(problem, root, &mut best, prices);
    Ok(best)
}

struct Search<'a> {
    problem: &'a Problem,
    root: Vec<Fixed>,
    tree: Vec<Node>,
    open: BinaryHeap<Reverse<Key>>,
    /// Loss of the best set so far.
    loss: f64,
    limits: &'a Limits,
}

impl Search<'_> {
    fn push(&mut self, decided: Vec<(usize, Fixed)>, point: Point, bound: f64) -> usize {
        let at = self.tree.len();
        self.open.push(Reverse(Key::new(bound, at)));
        self.tree.push(Node { decided, state: State::Leaf { point, bound } });
        at
    }

    fn is_good_enough(&self, node: usize) -> bool {
        match &self.tree[node].state {
            State::Leaf { bound, .. } => *bound >= self.loss * (1.0 - self.limits.gap),
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
        bounds.fold(self.loss, f64::min).max(0.0)
    }

    fn case(&self, decided: &[(usize, Fixed)]) -> Option<Vec<Fixed>> {
        let mut case = self.root.clone();
        for (action, fixed) in decided {
            if case[*action] != Fixed::Free && case[*action] != *fixed {
                return None;
            }
            case[*action] = *fixed;
        }
        let changed = decided.iter().map(|(action, _)| *action).collect();
        self.problem.follow(&mut case, changed).then_some(case)
    }

    /// Splits a case in two; gives a better set when one turns up.
    fn branch(&mut self, node: usize) -> Option<Vec<bool>> {
        let State::Leaf { point, .. } = &self.tree[node].state else { return None };
        let point = point.clone();
        let decided = self.tree[node].decided.clone();
        let case = self.case(&decided)?;
        let action = self.most_undecided(&case, &point)?;
        let mut better = None;
        let mut children = [0; 2];
        for (child, fixed) in children.iter_mut().zip([Fixed::In, Fixed::Out]) {
            let mut below = decided.clone();
            below.push((action, fixed));
            let Some(case) = self.case(&below) else {
                *child = self.tree.len();
                self.tree.push(Node { decided: below, state: State::Impossible });
                continue;
            };
            let mut relaxed = Relaxed {
                shares: point.shares.iter().map(|share| f64::from(*share) / 255.0).collect(),
                money: point.money,
                hour: point.hour,
                ties: point.ties.clone(),
            };
            let (found, bound) = relaxed.improve(self.problem, &case, ROUNDS.1);
            let prices = (found.money, found.hour);
            let set = start::complete(self.problem, &case, &relaxed.shares, prices);
            if let Some(set) = set.filter(|set| self.problem.loss(set) < self.loss) {
                let mut set = set;
                start::exchange(self.problem, &self.root, &mut set, prices);
                self.loss = self.problem.loss(&set);
                better = Some(set);
            }
            *child = self.push(below, found, bound);
        }
        self.tree[node].state = State::Branch { action, with: children[0], without: children[1] };
        better
    }

    /// The free action whose share is furthest from taken and left, weighed by what it gains.
    fn most_undecided(&self, case: &[Fixed], point: &Point) -> Option<usize> {
        let shares = point.shares.iter().map(|share| f64::from(*share) / 255.0);
        let left = self.problem.left(shares);
        let value = |at: usize| {
            let gain: f64 = self.problem.effects[at].iter().map(|(s, power)| power * left[*s]).sum();
            let share = f64::from(point.shares[at]) / 255.0;
            (share.min(1.0 - share) + 1e-6) * (gain + point.money * self.problem.cost[at] + 1e-12)
        };
        let free = (0..case.len()).filter(|at| case[*at] == Fixed::Free);
        free.max_by(|a, b| value(*a).total_cmp(&value(*b)).then(b.cmp(a)))
    }
}

impl Found {
    pub(crate) fn into_plan(self, file: &RiskFile, problem: &Problem, limits: &Limits) -> Plan {
        let chosen = file.actions.iter().zip(&self.chosen).filter(|(_, chosen)| **chosen);
        Plan {
            limits: *limits,
            chosen: chosen.map(|(action, _)| action.id.clone()).collect(),
            cost: problem.spent(&self.chosen, &problem.cost),
            hours: problem.spent(&self.chosen, &problem.hours),
            ale_before: problem.losses.iter().sum(),
            ale_after: self.loss,
            bound: self.bound.min(self.loss),
            proof: self.proof(),
        }
    }

    /// The tree, each node before those below it.
    fn proof(&self) -> Vec<Proof> {
        let (mut steps, mut waiting) = (Vec::new(), vec![0]);
        while let Some(at) = waiting.pop() {
            steps.push(match &self.tree[at].state {
                State::Impossible => Proof::Impossible,
                State::Leaf { point, .. } => Proof::Tangent(Tangent {
                    point: point.shares.iter().map(|share| format!("{share:02x}")).collect(),
                    money: point.money,
                    hour: point.hour,
                    ties: point.ties.clone(),
                }),
                State::Branch { action, with, without } => {
                    waiting.push(*without);
                    waiting.push(*with);
                    Proof::Branch(*action)
                }
            });
        }
        steps
    }
}
