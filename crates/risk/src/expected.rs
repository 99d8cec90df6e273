//! The expected loss alone: what a change is worth on average, without a lattice.

use crate::control::{Control, controlled};
use crate::error::RiskError;
use crate::exposure::Exposure;
use crate::scenario::Scenario;

/// Expected yearly loss of some scenarios under some controls, in `currency`: the exact mean, from formulas.
///
/// # Errors
/// When a field means nothing.
///
/// ```
/// use warrant_risk::{Frequency, Scenario, Severity, expected_loss};
///
/// let scenario = Scenario::new("flood", Frequency::Poisson(0.1), Severity::Constant(50_000.0));
/// assert!((expected_loss(&[scenario], &[], "EUR")? - 5_000.0).abs() < 1e-9);
/// # Ok::<(), warrant_risk::RiskError>(())
/// ```
pub fn expected_loss(scenarios: &[Scenario], controls: &[Control], currency: &str) -> Result<f64, RiskError> {
    Ok(expected_losses(scenarios, controls, currency)?.into_iter().sum())
}

/// The same of each scenario, in their order.
///
/// # Errors
/// When a field means nothing.
pub fn expected_losses(
    scenarios: &[Scenario],
    controls: &[Control],
    currency: &str,
) -> Result<Vec<f64>, RiskError> {
    let scenarios = controlled(scenarios, controls)?;
    scenarios.iter().map(|scenario| Ok(Exposure::new(scenario, currency)?.mean())).collect()
}
