//! Good plans without proof: greedy choice and exchange.

use super::case::Window;
use super::problem::Problem;

/// Start years of actions.
pub(crate) type Starts = Vec<Option<usize>>;

/// Completes a case to a set that may be done: options in the order of `wish`, then whatever still gains most for its
/// price. `None` when the case cannot be completed so.
pub(crate) fn complete(
    problem: &Problem,
    worth: &[f64],
    case: &[Window],
    wish: &[f64],
    prices: &[f64],
) -> Option<Starts> {
    let mut case = case.to_vec();
    let mut order: Vec<usize> = (0..wish.len()).filter(|option| wish[*option] >= 0.3).collect();
    order.sort_by(|a, b| wish[*b].total_cmp(&wish[*a]).then(a.cmp(b)));
    for option in order {
        take(problem, &mut case, option);
    }
    fill(problem, worth, &mut case, prices, None);
    let starts: Starts = case.iter().map(|window| window.start()).collect();
    problem.allows(&starts).then_some(starts)
}

/// Takes an option with what it needs, if that may be.
fn take(problem: &Problem, case: &mut Vec<Window>, option: usize) {
    let (action, year) = (option / problem.years, option % problem.years);
    if case[action].is_settled() || !case[action].holds(year) {
        return;
    }
    let mut with = case.clone();
    with[action] = Window::only(year);
    if problem.follow(&mut with) {
        *case = with;
    }
}

/// Takes what gains most for its price until nothing fits or gains, but not the option barred; what must be done and
/// is not settled comes first.
fn fill(problem: &Problem, worth: &[f64], case: &mut Vec<Window>, prices: &[f64], barred: Option<usize>) {
    let starts: Starts = case.iter().map(|window| window.start()).collect();
    let mut left = problem.left(worth, &problem.shares(&starts));
    let mut tried = vec![false; problem.effects.len()];
    barred.into_iter().for_each(|option| tried[option] = true);
    loop {
        let mut best: Option<(bool, f64, usize)> = None;
        for (action, window) in case.iter().enumerate() {
            if window.is_settled() {
                continue;
            }
            for year in window.first..window.end {
                let option = problem.option(action, year);
                if tried[option] {
                    continue;
                }
                let gain: f64 = problem.effects[option].iter().map(|e| e.cut * left[e.cell]).sum();
                let amounts = problem.amounts[action].iter().enumerate();
                let price: f64 = amounts.map(|(kind, a)| a * prices[kind * problem.years + year]).sum();
                let rate = gain / price.max(1e-12 * (1.0 + gain));
                let better = best.is_none_or(|(must, before, _)| (window.must(), rate) > (must, before));
                if (gain > 0.0 || window.must()) && better {
                    best = Some((window.must(), rate, option));
                }
            }
        }
        let Some((_, _, option)) = best else { return };
        tried[option] = true;
        let before: Starts = case.iter().map(|window| window.start()).collect();
        take(problem, case, option);
        for (action, window) in case.iter().enumerate() {
            if let (None, Some(year)) = (before[action], window.start()) {
                for effect in &problem.effects[problem.option(action, year)] {
                    left[effect.cell] *= 1.0 - effect.cut;
                }
            }
        }
    }
}

/// Exchanges chosen actions for others, or starts them in another year, while that lessens the loss.
pub(crate) fn exchange(
    problem: &Problem,
    worth: &[f64],
    root: &[Window],
    starts: &mut Starts,
    prices: &[f64],
) {
    let mut loss = problem.loss(worth, starts);
    let mut improved = true;
    while improved {
        improved = false;
        for action in 0..problem.count() {
            if root[action].is_settled() {
                continue;
            }
            let Some(year) = starts[action] else { continue };
            let option = problem.option(action, year);
            let Some(other) = without(problem, worth, root, starts, option, prices) else { continue };
            let found = problem.loss(worth, &other);
            if found < loss * (1.0 - 1e-12) {
                (*starts, loss, improved) = (other, found, true);
            }
        }
    }
}

/// The set without one of its options, filled up again.
fn without(
    problem: &Problem,
    worth: &[f64],
    root: &[Window],
    starts: &Starts,
    option: usize,
    prices: &[f64],
) -> Option<Starts> {
    let action = option / problem.years;
    let mut case = root.to_vec();
    let mut dropped = vec![action];
    // What needs it goes with it.
    while let Some(gone) = dropped.pop() {
        for (one, other) in &problem.needs {
            if *other == gone && starts[*one].is_some() && !case[*one].is_out() && *one != action {
                if root[*one].must() {
                    return None;
                }
                case[*one] = Window::OUT;
                dropped.push(*one);
            }
        }
    }
    for (at, start) in starts.iter().enumerate() {
        if let (Some(year), true) = (start, at != action && !case[at].is_out()) {
            case[at] = Window::only(*year);
        }
    }
    if !problem.follow(&mut case) {
        return None;
    }
    fill(problem, worth, &mut case, prices, Some(option));
    let found: Starts = case.iter().map(|window| window.start()).collect();
    problem.allows(&found).then_some(found)
}
