//! Plans for rising budgets, each helped by what its neighbours found.

use super::search::{Found, Warm};
use super::start::Starts;
use super::{Desk, Limits, Plan};
use crate::error::RiskError;
use crate::file::RiskFile;

/// Most budgets of a frontier.
const MOST: usize = 1_000;

/// Plans for `count` equal steps up to the budgets of `limits`: what each further step buys.
///
/// # Errors
/// As [`super::plan`]; obligations that a small budget cannot pay leave out that step.
pub fn frontier(file: &RiskFile, limits: &Limits, count: usize) -> Result<Vec<Plan>, RiskError> {
    let desk = Desk::new(file, limits)?;
    let count = count.clamp(1, MOST);
    let mut plans: Vec<Plan> = Vec::new();
    let mut before: Option<Found> = None;
    for step in 1..=count {
        let limits = limits.scaled(step as f64 / count as f64);
        let sets: Vec<Starts> = before.iter().map(|found| found.starts.clone()).collect();
        let warm = Warm { relaxed: before.as_ref().map(|found| &found.relaxed), sets: &sets };
        match desk.solve(&limits, warm) {
            Ok((problem, found)) => {
                plans.push(desk.told(&limits, &problem, &found)?);
                before = Some(found);
            }
            Err(error) if step == count => return Err(error),
            Err(_) => {}
        }
    }
    Ok(plans)
}
