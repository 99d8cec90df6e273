//! Whether both engines can be right. The bounds hold for every distribution, heavy tails included, and are so wide
//! that chance alone breaks one of them once in a billion runs.

use crate::bracket::Bracket;
use crate::error::RiskError;

/// The chance that two right engines are called in disagreement.
const FALSE_ALARM: f64 = 1e-9;

/// A probability that was both computed and counted.
pub(crate) struct Compared {
    /// Of what.
    pub(crate) what: String,
    /// The exact engine's bracket.
    pub(crate) exact: Bracket,
    /// Years that reached it.
    pub(crate) reached: u64,
}

/// Simulated years beside exact statements.
pub(crate) struct Played<'a> {
    /// Losses of the years, smallest first.
    pub(crate) years: &'a [f64],
    /// A limit, and the exact mean of losses cut off there.
    pub(crate) limited: (f64, Bracket),
}

/// Compares all, and gives the largest distance as a share of what is allowed.
pub(crate) fn agree(compared: &[Compared], played: &Played<'_>) -> Result<f64, RiskError> {
    let years = played.years.len() as f64;
    let allowed = libm::log(2.0 * (compared.len() + 1) as f64 / FALSE_ALARM);
    let mut widest: f64 = 0.0;
    for one in compared {
        let share = one.reached as f64 / years;
        let nearest = share.clamp(one.exact.low, one.exact.high);
        // Chernoff: P(count as far off as this) ≤ exp(−years · divergence).
        let distance = years * divergence(share, nearest) / allowed;
        widest = widest.max(distance);
        if distance > 1.0 || distance.is_nan() {
            return Err(RiskError::Disagreement {
                what: one.what.clone(),
                exact: format!("between {:.9} and {:.9}", one.exact.low, one.exact.high),
                simulated: format!("{share:.9} of {years} years"),
            });
        }
    }
    let (limit, exact) = played.limited;
    let cut = |loss: &f64| loss.min(limit);
    let mean = played.years.iter().map(cut).sum::<f64>() / years;
    let square = |loss: &f64| (cut(loss) - mean) * (cut(loss) - mean);
    let variance = played.years.iter().map(square).sum::<f64>() / (years - 1.0);
    // Empirical Bernstein bound (Maurer and Pontil 2009).
    let width = libm::sqrt(2.0 * variance * allowed / years) + 7.0 * limit * allowed / (3.0 * (years - 1.0));
    let distance = (mean - mean.clamp(exact.low, exact.high)).abs() / width.max(f64::MIN_POSITIVE);
    if distance > 1.0 || distance.is_nan() {
        return Err(RiskError::Disagreement {
            what: format!("mean of yearly losses cut off at {limit:.0}"),
            exact: format!("between {:.2} and {:.2}", exact.low, exact.high),
            simulated: format!("{mean:.2} ± {width:.2}"),
        });
    }
    Ok(widest.max(distance))
}

/// Kullback–Leibler divergence of two coins.
fn divergence(share: f64, probability: f64) -> f64 {
    let part = |a: f64, b: f64| if a <= 0.0 { 0.0 } else { a * libm::log(a / b.max(f64::MIN_POSITIVE)) };
    part(share, probability) + part(1.0 - share, 1.0 - probability)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(low: f64, high: f64, reached: u64) -> [Compared; 1] {
        [Compared { what: "P".into(), exact: Bracket::new(low, low, high), reached }]
    }

    #[test]
    fn a_wrong_probability_is_called_so_and_a_right_one_is_not() {
        let years: Vec<f64> = (0..10_000).map(|k| f64::from(k >= 9_000)).collect();
        let played = Played { years: &years, limited: (1.0, Bracket::exact(0.1)) };
        assert!(agree(&compared(0.1, 0.1, 1_000), &played).unwrap() < 0.01);
        assert!(agree(&compared(0.11, 0.12, 1_000), &played).unwrap() < 1.0);
        assert!(agree(&compared(0.13, 0.14, 1_000), &played).is_err());
        assert!(agree(&compared(0.0, 0.07, 1_000), &played).is_err());
        assert!(agree(&compared(0.0, 0.0, 1), &played).is_err());
        let off = Played { years: &years, limited: (1.0, Bracket::new(0.13, 0.13, 0.14)) };
        assert!(agree(&compared(0.1, 0.1, 1_000), &off).is_err());
    }
}
