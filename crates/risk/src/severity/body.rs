//! The continuous families: distribution function, density, its slope, and moments of a part.

use super::{Severity, empirical::Empirical};
use crate::error::{Place, RiskError};
use crate::numeric::special::{beta_cdf, gamma_cdf, ln_beta, normal_cdf, normal_density};

/// A checked severity without tail and limit.
#[derive(Clone, Debug)]
pub(crate) enum Body {
    Atoms(Empirical),
    Lognormal { mu: f64, sigma: f64 },
    Beta { low: f64, width: f64, a: f64, b: f64, ln_beta: f64 },
    Gamma { shape: f64, scale: f64, ln_gamma: f64 },
    Pareto { minimum: f64, shape: f64 },
}

impl Body {
    pub(crate) fn new(severity: &Severity, place: &Place) -> Result<Self, RiskError> {
        match severity {
            Severity::Constant(amount) => {
                Ok(Self::Atoms(Empirical::constant(place.field("constant").amount(*amount)?)))
            }
            Severity::Empirical(amounts) => {
                Ok(Self::Atoms(Empirical::new(amounts, &place.field("empirical"))?))
            }
            Severity::Lognormal(interval) => {
                let place = place.field("lognormal");
                place.field("low").positive(interval.low)?;
                place.field("high").amount(interval.high)?;
                place.crossed(interval.low, interval.high)?;
                let (mu, sigma) = interval.log_parameters();
                if !(1e-4..=5.0).contains(&sigma) {
                    return place.refuse(
                        format!("90 % between {} and {} is out of range", interval.low, interval.high),
                        "give ends that differ by 0.04 % at least and ten million times at most",
                    );
                }
                Ok(Self::Lognormal { mu, sigma })
            }
            Severity::Pert(pert) => {
                let pert = pert.check(&place.field("pert"))?;
                let (a, b) = pert.beta_parameters();
                Ok(Self::Beta { low: pert.low, width: pert.high - pert.low, a, b, ln_beta: ln_beta(a, b) })
            }
            Severity::Gamma(gamma) => {
                let place = place.field("gamma");
                place.field("mean").positive(gamma.mean)?;
                place.field("sd").positive(gamma.sd)?;
                let shape = (gamma.mean / gamma.sd) * (gamma.mean / gamma.sd);
                if !(0.01..=1e6).contains(&shape) {
                    return place.refuse(
                        format!("a standard deviation of {} beside a mean of {}", gamma.sd, gamma.mean),
                        "give a standard deviation of a thousandth of the mean to ten times the mean",
                    );
                }
                Ok(Self::Gamma { shape, scale: gamma.mean / shape, ln_gamma: libm::lgamma(shape) })
            }
            Severity::Pareto(pareto) => {
                let place = place.field("pareto");
                place.field("minimum").positive(pareto.minimum)?;
                tail_index(pareto.shape, &place.field("shape"))?;
                Ok(Self::Pareto { minimum: pareto.minimum, shape: pareto.shape })
            }
        }
    }

    /// P(X ≤ x).
    pub(crate) fn cdf(&self, x: f64) -> f64 {
        match self {
            Self::Atoms(atoms) => atoms.cdf(x),
            Self::Lognormal { mu, sigma } => {
                if x > 0.0 {
                    normal_cdf((libm::log(x) - mu) / sigma)
                } else {
                    0.0
                }
            }
            Self::Beta { low, width, a, b, ln_beta } => beta_cdf((x - low) / width, *a, *b, *ln_beta),
            Self::Gamma { shape, scale, .. } => gamma_cdf(x / scale, *shape),
            Self::Pareto { minimum, shape } => {
                if x > *minimum {
                    1.0 - libm::pow(minimum / x, *shape)
                } else {
                    0.0
                }
            }
        }
    }

    /// Density and its slope at x; 0 for atoms and where it has no end.
    pub(crate) fn density(&self, x: f64) -> (f64, f64) {
        let (density, slope) = match self {
            Self::Atoms(_) => (0.0, 0.0),
            Self::Lognormal { mu, sigma } => {
                if x <= 0.0 {
                    return (0.0, 0.0);
                }
                let z = (libm::log(x) - mu) / sigma;
                let density = normal_density(z) / (sigma * x);
                (density, -density / x * (1.0 + z / sigma))
            }
            Self::Beta { low, width, a, b, ln_beta } => {
                let t = (x - low) / width;
                if t <= 0.0 || t >= 1.0 {
                    return (0.0, 0.0);
                }
                let log = (a - 1.0) * libm::log(t) + (b - 1.0) * libm::log1p(-t) - ln_beta;
                let density = libm::exp(log) / width;
                (density, density * ((a - 1.0) / t - (b - 1.0) / (1.0 - t)) / width)
            }
            Self::Gamma { shape, scale, ln_gamma } => {
                let t = x / scale;
                if t <= 0.0 {
                    return (0.0, 0.0);
                }
                let density = libm::exp((shape - 1.0) * libm::log(t) - t - ln_gamma) / scale;
                (density, density * ((shape - 1.0) / t - 1.0) / scale)
            }
            Self::Pareto { minimum, shape } => {
                if x <= *minimum {
                    return (0.0, 0.0);
                }
                let density = shape / x * libm::pow(minimum / x, *shape);
                (density, -density * (shape + 1.0) / x)
            }
        };
        if density.is_finite() && slope.is_finite() { (density, slope) } else { (0.0, 0.0) }
    }

    /// E\[X^power; low < X ≤ high\] for power 0, 1 or 2; `high` may be infinite where the moment exists.
    pub(crate) fn moment(&self, power: i32, low: f64, high: f64) -> f64 {
        let k = f64::from(power);
        match self {
            Self::Atoms(atoms) => atoms.moment(power, low, high),
            Self::Lognormal { mu, sigma } => {
                let above = |x: f64| match x {
                    x if x <= 0.0 => 1.0,
                    f64::INFINITY => 0.0,
                    x => normal_cdf((mu - libm::log(x)) / sigma + k * sigma),
                };
                libm::exp(k * mu + 0.5 * k * k * sigma * sigma) * (above(low) - above(high)).max(0.0)
            }
            Self::Beta { low: least, width, a, b, .. } => {
                let part = |extra: f64| {
                    let (a, b) = (a + extra, *b);
                    let at = |x: f64| beta_cdf((x - least) / width, a, b, ln_beta(a, b));
                    (at(high) - at(low)).max(0.0)
                };
                let first = width * a / (a + b);
                let second = first * width * (a + 1.0) / (a + b + 1.0);
                match power {
                    0 => part(0.0),
                    1 => least * part(0.0) + first * part(1.0),
                    _ => least * least * part(0.0) + 2.0 * least * first * part(1.0) + second * part(2.0),
                }
            }
            Self::Gamma { shape, scale, .. } => {
                let at = |x: f64| if x.is_infinite() { 1.0 } else { gamma_cdf(x / scale, shape + k) };
                let whole = match power {
                    0 => 1.0,
                    1 => shape * scale,
                    _ => shape * (shape + 1.0) * scale * scale,
                };
                whole * (at(high) - at(low)).max(0.0)
            }
            Self::Pareto { minimum, shape } => pareto_moment(k, *shape, *minimum, low, high),
        }
    }
}

/// A tail index that a Pareto distribution can have.
pub(crate) fn tail_index(shape: f64, place: &Place) -> Result<(), RiskError> {
    if (0.1..=100.0).contains(&shape) {
        return Ok(());
    }
    place.refuse(format!("{shape} is no tail index"), "give 0.1 to 100; real losses lie between 1 and 4")
}

/// E\[X^k; low < X ≤ high\] of a Pareto distribution.
pub(crate) fn pareto_moment(k: f64, shape: f64, minimum: f64, low: f64, high: f64) -> f64 {
    let low = low.max(minimum);
    if high <= low {
        return 0.0;
    }
    // In units of the minimum; integral of shape · x^(k-1-shape).
    let (from, to, gap) = (libm::log(low / minimum), libm::log(high / minimum), k - shape);
    let part = if gap.abs() < 1e-12 {
        to - from
    } else if to.is_infinite() {
        if gap > 0.0 { f64::INFINITY } else { -libm::exp(gap * from) / gap }
    } else {
        libm::exp(gap * from) * libm::expm1(gap * (to - from)) / gap
    };
    shape * libm::pow(minimum, k) * part
}
