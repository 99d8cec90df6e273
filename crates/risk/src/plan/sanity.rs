//! Figures from elsewhere to hold a plan against. They are no advice: both leave out what a plan is made of.

use crate::error::{Place, RiskError};
use schemars::JsonSchema;
use serde::Serialize;

/// Return on security investment: (loss before − loss after − cost) / cost. `None` when nothing is spent.
pub fn return_on_investment(before: f64, after: f64, cost: f64) -> Option<f64> {
    (cost > 0.0).then(|| (before - after - cost) / cost)
}

/// Gordon and Loeb (2002): for their two classes of breach functions the best spending never exceeds 1/e of the
/// expected loss. There are other functions for which it does.
pub fn gordon_loeb_limit(expected_loss: f64) -> f64 {
    expected_loss / core::f64::consts::E
}

/// How the chance of a breach falls with spending z, from v: the two classes of Gordon and Loeb (2002).
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Breach {
    /// v / (αz + 1)^β
    One {
        /// α, per unit of money.
        alpha: f64,
        /// β, 1 or more.
        beta: f64,
    },
    /// v^(αz + 1)
    Two {
        /// α, per unit of money.
        alpha: f64,
    },
}

/// The spending that Gordon and Loeb's model finds best for a loss and a chance of it without spending.
///
/// # Errors
/// When a value means nothing in the model.
pub fn gordon_loeb_spending(breach: Breach, loss: f64, chance: f64) -> Result<f64, RiskError> {
    let place = Place::new("gordon-loeb");
    place.field("loss").amount(loss)?;
    place.field("chance").probability(chance)?;
    let (alpha, beta) = match breach {
        Breach::One { alpha, beta } => (alpha, beta),
        Breach::Two { alpha } => (alpha, 1.0),
    };
    if !(alpha.is_finite() && alpha > 0.0 && beta.is_finite() && beta >= 1.0) {
        return place.refuse(format!("α {alpha}, β {beta}"), "give α above 0 and β of 1 or more");
    }
    let best = match breach {
        Breach::One { .. } => (libm::pow(chance * alpha * beta * loss, 1.0 / (beta + 1.0)) - 1.0) / alpha,
        Breach::Two { .. } if chance <= 0.0 || chance >= 1.0 => 0.0,
        Breach::Two { .. } => {
            let ln = libm::log(chance);
            libm::log(1.0 / (-alpha * chance * loss * ln)) / (alpha * ln)
        }
    };
    Ok(best.max(0.0))
}
