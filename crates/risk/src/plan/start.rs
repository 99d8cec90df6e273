//! Good plans without proof: greedy choice and exchange.

use super::problem::{Fixed, Problem};

/// Completes a case to a set that may be done: actions in the order of `wish`, then whatever still gains most for its
/// price, then exchanges of one for another. `None` when the case cannot be completed so.
pub(crate) fn complete(
    problem: &Problem,
    case: &[Fixed],
    wish: &[f64],
    prices: (f64, f64),
) -> Option<Vec<bool>> {
    let mut case = case.to_vec();
    let mut order: Vec<usize> = (0..problem.count()).filter(|at| case[*at] == Fixed::Free).collect();
    order.sort_by(|a, b| wish[*b].total_cmp(&wish[*a]).then(a.cmp(b)));
    for at in order {
        if wish[at] >= 0.5 {
            take(problem, &mut case, at);
        }
    }
    fill(problem, &mut case, prices);
    let chosen: Vec<bool> = case.iter().map(|fixed| *fixed == Fixed::In).collect();
    problem.allows(&chosen).then_some(chosen)
}

/// Takes a free action with what it needs, if that may be.
fn take(problem: &Problem, case: &mut Vec<Fixed>, at: usize) -> bool {
    if case[at] != Fixed::Free {
        return false;
    }
    let mut with = case.clone();
    with[at] = Fixed::In;
    let possible = problem.follow(&mut with, vec![at]);
    if possible {
        *case = with;
    } else {
        case[at] = Fixed::Out;
    }
    possible
}

/// Takes what gains most for its price until nothing fits or gains.
fn fill(problem: &Problem, case: &mut Vec<Fixed>, (money, hour): (f64, f64)) {
    loop {
        let left = problem.left(case.iter().map(|fixed| f64::from(u8::from(*fixed == Fixed::In))));
        let mut best: Option<(f64, usize)> = None;
        for (at, effects) in problem.effects.iter().enumerate() {
            if case[at] != Fixed::Free {
                continue;
            }
            let gain: f64 = effects.iter().map(|(s, power)| -left[*s] * libm::expm1(-power)).sum();
            let price = money * problem.cost[at] + hour * problem.hours[at];
            let rate = gain / price.max(1e-12 * (1.0 + gain));
            if gain > 0.0 && best.is_none_or(|(before, _)| rate > before) {
                best = Some((rate, at));
            }
        }
        let Some((_, at)) = best else { return };
        take(problem, case, at);
    }
}

/// Exchanges chosen actions for others while that lessens the loss.
pub(crate) fn exchange(problem: &Problem, root: &[Fixed], chosen: &mut Vec<bool>, prices: (f64, f64)) {
    let mut loss = problem.loss(chosen);
    let mut improved = true;
    while improved {
        improved = false;
        for at in 0..problem.count() {
            if !chosen[at] || root[at] == Fixed::In {
                continue;
            }
            let wish: Vec<f64> = chosen.iter().map(|chosen| f64::from(u8::from(*chosen))).collect();
            let mut case = root.to_vec();
            if case[at] != Fixed::Free {
                continue;
            }
            case[at] = Fixed::Out;
            if !problem.follow(&mut case, vec![at]) {
                continue;
            }
            if let Some(other) = complete(problem, &case, &wish, prices) {
                let found = problem.loss(&other);
                if found < loss * (1.0 - 1e-12) {
                    (*chosen, loss, improved) = (other, found, true);
                }
            }
        }
    }
}
