//! P(capability > resistance) for two PERT distributions on one scale.

use crate::error::{Place, RiskError};
use crate::numeric::special::{beta_cdf, ln_beta};
use crate::severity::Pert;

/// The probability that a draw of `capability` exceeds an independent draw of `resistance` (Open FAIR: vulnerability),
/// to about 1e-12.
///
/// # Errors
/// When a distribution is not in order.
///
/// ```
/// # use warrant_risk::{Pert, susceptibility};
/// let p = susceptibility(Pert::new(0.1, 0.5, 0.95), Pert::new(0.3, 0.6, 0.9))?;
/// assert!((p - 0.3273176042).abs() < 1e-9);
/// # Ok::<(), warrant_risk::RiskError>(())
/// ```
pub fn susceptibility(capability: Pert, resistance: Pert) -> Result<f64, RiskError> {
    capability.check(&Place::new("capability"))?;
    resistance.check(&Place::new("resistance"))?;
    let (threat, shield) = (Strength::new(capability), Strength::new(resistance));
    // Between the ends of the resistance the integrand is smooth but for its ends.
    let (from, to) = (capability.low.max(resistance.low), capability.high.min(resistance.high));
    let between = if from < to { between(from, to, |x| threat.density(x) * shield.cdf(x)) } else { 0.0 };
    let above = 1.0 - threat.cdf(resistance.high.max(capability.low));
    Ok((between + above).clamp(0.0, 1.0))
}

struct Strength {
    low: f64,
    width: f64,
    a: f64,
    b: f64,
    ln_beta: f64,
}

impl Strength {
    fn new(pert: Pert) -> Self {
        let (a, b) = pert.beta_parameters();
        Self { low: pert.low, width: pert.high - pert.low, a, b, ln_beta: ln_beta(a, b) }
    }

    fn cdf(&self, x: f64) -> f64 {
        beta_cdf((x - self.low) / self.width, self.a, self.b, self.ln_beta)
    }

    fn density(&self, x: f64) -> f64 {
        let t = (x - self.low) / self.width;
        if t <= 0.0 || t >= 1.0 {
            return 0.0;
        }
        let log = (self.a - 1.0) * libm::log(t) + (self.b - 1.0) * libm::log1p(-t) - self.ln_beta;
        libm::exp(log) / self.width
    }
}

/// Integral by the double exponential rule (Takahasi and Mori 1974), which does not mind singular ends.
fn between(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
    let step = 1.0 / 64.0;
    let point = |k: i32| {
        let t = f64::from(k) * step;
        let inner = core::f64::consts::FRAC_PI_2 * libm::sinh(t);
        let cosh = libm::cosh(inner);
        let weight = core::f64::consts::FRAC_PI_2 * libm::cosh(t) / (cosh * cosh);
        weight * f(middle + half * libm::tanh(inner))
    };
    half * step * (-220..=220).map(point).sum::<f64>()
}
