//! Normal, beta and gamma distribution functions (Abramowitz and Stegun 26.2, 26.5, 6.5), to about 1e-14.

use core::f64::consts::{FRAC_1_SQRT_2, PI};

/// Standard normal distribution function.
pub(crate) fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// Standard normal density.
pub(crate) fn normal_density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x) / libm::sqrt(2.0 * PI)
}

/// Inverse of [`normal_cdf`] for 0 < p < 1: rational start (A&S 26.2.23), then Halley's steps.
pub(crate) fn normal_quantile(p: f64) -> f64 {
    let small = p.min(1.0 - p);
    let t = libm::sqrt(-2.0 * libm::log(small));
    let start = t
        - (2.515_517 + 0.802_853 * t + 0.010_328 * t * t)
            / (1.0 + 1.432_788 * t + 0.189_269 * t * t + 0.001_308 * t * t * t);
    let mut x = -start;
    for _ in 0..4 {
        let step = (normal_cdf(x) - small) / normal_density(x);
        x -= step / (1.0 + 0.5 * x * step);
    }
    if p <= 0.5 { x } else { -x }
}

/// Half the width of the central 90 % of the standard normal distribution.
pub(crate) const Z_95: f64 = 1.644_853_626_951_472_2;

/// ln B(a, b).
pub(crate) fn ln_beta(a: f64, b: f64) -> f64 {
    libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b)
}

/// Regularised incomplete beta function I_x(a, b); `ln_beta` is that of a and b.
pub(crate) fn beta_cdf(x: f64, a: f64, b: f64, ln_beta: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = libm::exp(a * libm::log(x) + b * libm::log1p(-x) - ln_beta);
    if x < (a + 1.0) / (a + b + 2.0) {
        front * beta_fraction(x, a, b) / a
    } else {
        1.0 - front * beta_fraction(1.0 - x, b, a) / b
    }
}

/// Continued fraction of the incomplete beta function (A&S 26.5.8) by Lentz's method.
fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    let mut lentz = Lentz::new(1.0 - (a + b) * x / (a + 1.0));
    for m in 1..100_000 {
        let m = f64::from(m);
        lentz.step(m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)), 1.0);
        let change = lentz.step(-(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)), 1.0);
        if (change - 1.0).abs() < 3e-16 {
            break;
        }
    }
    lentz.value
}

/// A continued fraction under way; near zeros are replaced by something tiny.
struct Lentz {
    c: f64,
    d: f64,
    value: f64,
}

impl Lentz {
    /// Starts with 1/denominator.
    fn new(denominator: f64) -> Self {
        let d = 1.0 / away_from_zero(denominator);
        Self { c: 1.0, d, value: d }
    }

    /// Goes one step on and gives the factor of change.
    fn step(&mut self, numerator: f64, denominator: f64) -> f64 {
        self.d = 1.0 / away_from_zero(denominator + numerator * self.d);
        self.c = away_from_zero(denominator + numerator / self.c);
        let change = self.c * self.d;
        self.value *= change;
        change
    }
}

fn away_from_zero(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

/// Regularised lower incomplete gamma function P(a, x).
pub(crate) fn gamma_cdf(x: f64, a: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let front = libm::exp(a * libm::log(x) - x - libm::lgamma(a));
    if x < a + 1.0 {
        let (mut term, mut sum, mut k) = (1.0 / a, 1.0 / a, a);
        while term > sum * 1e-17 {
            k += 1.0;
            term *= x / k;
            sum += term;
        }
        return (front * sum).min(1.0);
    }
    let mut lentz = Lentz::new(x + 1.0 - a);
    // The fraction starts with a whole denominator, not with 1 over one: Lentz's c begins at infinity.
    lentz.c = 1e300;
    for k in 1..100_000 {
        let k = f64::from(k);
        let change = lentz.step(k * (a - k), x + 2.0 * k + 1.0 - a);
        if (change - 1.0).abs() < 3e-16 {
            break;
        }
    }
    (1.0 - front * lentz.value).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(found: f64, wanted: f64, tolerance: f64) {
        assert!(
            (found - wanted).abs() <= tolerance * wanted.abs().max(1e-300),
            "{found} instead of {wanted}"
        );
    }

    #[test]
    fn quantiles_and_probabilities_belong_together() {
        close(normal_quantile(0.95), Z_95, 1e-15);
        close(normal_quantile(0.05), -Z_95, 1e-15);
        close(normal_quantile(1e-12), -7.034_483_825_301_131, 1e-13);
        for step in 1..1000 {
            let p = f64::from(step) / 1000.0;
            close(normal_cdf(normal_quantile(p)), p, 1e-14);
        }
    }

    #[test]
    fn beta_has_its_closed_forms() {
        for step in 0..=50 {
            let x = f64::from(step) / 50.0;
            close(beta_cdf(x, 2.0, 1.0, ln_beta(2.0, 1.0)), x * x, 1e-13);
            let whole = 1.0 - libm::pow(1.0 - x, 5.0);
            close(beta_cdf(x, 1.0, 5.0, ln_beta(1.0, 5.0)), whole, 1e-13);
            let wanted = x * x * x * (10.0 - 15.0 * x + 6.0 * x * x);
            close(beta_cdf(x, 3.0, 3.0, ln_beta(3.0, 3.0)), wanted, 1e-13);
        }
    }

    #[test]
    fn gamma_has_its_closed_forms() {
        for step in 1..200 {
            let x = 0.2 * f64::from(step);
            close(gamma_cdf(x, 1.0), -libm::expm1(-x), 1e-13);
            let wanted = 1.0 - libm::exp(-x) * (1.0 + x + 0.5 * x * x);
            close(gamma_cdf(x, 3.0), wanted, 1e-11);
            close(gamma_cdf(x, 0.5), libm::erf(libm::sqrt(x)), 1e-13);
        }
    }
}
