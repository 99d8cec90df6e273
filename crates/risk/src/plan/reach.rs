//! How far the actions of a case can lessen a scenario, and how much of it they leave at most.

use super::case::Window;
use super::problem::Problem;

/// For each cell the least and the most power, −ln of what is left, that sets of a case have.
#[derive(Clone, Debug)]
pub(crate) struct Reach {
    pub(crate) least: Vec<f64>,
    pub(crate) most: Vec<f64>,
}

impl Problem {
    /// Must-do actions as late, and everything as early, as the case lets them start; what is not certain shares the
    /// money of all years that is left.
    pub(crate) fn reach(&self, case: &[Window]) -> Reach {
        let mut least = vec![0.0; self.cells.len()];
        let mut most = vec![0.0; self.cells.len()];
        let mut room: f64 = self.limits[..self.years].iter().sum();
        // For each cell: power and cost of what may be done.
        let mut offers: Vec<Vec<(f64, f64)>> = vec![Vec::new(); self.cells.len()];
        for (action, window) in case.iter().enumerate().filter(|(_, window)| !window.is_out()) {
            let cost = self.amounts[action][0];
            for effect in &self.effects[self.option(action, window.first)] {
                if window.must() {
                    most[effect.cell] += effect.power;
                } else {
                    offers[effect.cell].push((effect.power, cost));
                }
            }
            if window.must() {
                room -= cost;
                for effect in &self.effects[self.option(action, window.end - 1)] {
                    least[effect.cell] += effect.power;
                }
            }
        }
        for (most, offers) in most.iter_mut().zip(&mut offers) {
            *most += afforded(offers, room.max(0.0) * (1.0 + 1e-9));
        }
        Reach { least, most }
    }
}

/// The most power that money buys when offers can be taken in part.
pub(crate) fn afforded(offers: &mut [(f64, f64)], mut room: f64) -> f64 {
    offers.sort_by(|a, b| (b.0 * a.1).total_cmp(&(a.0 * b.1)));
    let mut sum = 0.0;
    for (power, cost) in offers.iter() {
        if *cost > room {
            return sum + power * room / cost;
        }
        (sum, room) = (sum + power, room - cost);
    }
    sum
}
