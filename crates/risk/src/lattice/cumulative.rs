//! P(X ≤ k·step) for all k: exact where needed, between them by fifth-degree Hermite polynomials that are checked
//! against exact values inside.

use crate::severity::Magnitude;

/// Largest error of an interpolated probability.
pub(crate) const INTERPOLATION_ERROR: f64 = 3e-13;

/// Below this length every value is computed.
const SHORT: usize = 8;

/// Fills `out[k]` with the distribution function of the part without atoms.
pub(crate) fn cumulative(magnitude: &Magnitude, step: f64, out: &mut [f64]) {
    let filler = Filler { magnitude, step, longest: (out.len() / 64).max(SHORT) };
    let last = out.len() - 1;
    let (first, end) = (filler.knot(0), filler.knot(last));
    out[0] = first.value;
    out[last] = end.value;
    filler.fill(out, (0, first), (last, end));
}

/// Value, slope and curvature at a lattice point, per step.
#[derive(Clone, Copy)]
struct Knot {
    value: f64,
    slope: f64,
    bend: f64,
}

struct Filler<'a> {
    magnitude: &'a Magnitude,
    step: f64,
    longest: usize,
}

impl Filler<'_> {
    fn value(&self, k: usize) -> f64 {
        self.magnitude.smooth_cdf((k as f64 * self.step).min(self.magnitude.limit))
    }

    fn knot(&self, k: usize) -> Knot {
        let x = k as f64 * self.step;
        let (density, slope) = if x < self.magnitude.limit { self.magnitude.density(x) } else { (0.0, 0.0) };
        Knot { value: self.value(k), slope: density * self.step, bend: slope * self.step * self.step }
    }

    /// Fills what lies strictly between two knots. Depth is the logarithm of the length.
    fn fill(&self, out: &mut [f64], (from, left): (usize, Knot), (to, right): (usize, Knot)) {
        let length = to - from;
        if length <= SHORT {
            for (k, value) in out.iter_mut().enumerate().take(to).skip(from + 1) {
                *value = self.value(k);
            }
            return;
        }
        let middle = from + length / 2;
        let knot = self.knot(middle);
        if length <= self.longest {
            let curve = Quintic::through(left, right, length as f64);
            let quarter = from + length / 4;
            let agrees = |k: usize, exact: f64| {
                (curve.at((k - from) as f64 / length as f64) - exact).abs() <= INTERPOLATION_ERROR
            };
            if agrees(middle, knot.value) && agrees(quarter, self.value(quarter)) {
                let scale = 1.0 / length as f64;
                for (k, value) in out[from + 1..to].iter_mut().enumerate() {
                    *value = curve.at((k + 1) as f64 * scale);
                }
                return;
            }
        }
        out[middle] = knot.value;
        self.fill(out, (from, left), (middle, knot));
        self.fill(out, (middle, knot), (to, right));
    }
}

/// The polynomial of degree five with given values, slopes and curvatures at 0 and 1.
struct Quintic([f64; 6]);

impl Quintic {
    fn through(left: Knot, right: Knot, length: f64) -> Self {
        let (slope, bend) = (left.slope * length, 0.5 * left.bend * length * length);
        let value = right.value - left.value - slope - bend;
        let tangent = right.slope * length - slope - 2.0 * bend;
        let curve = right.bend * length * length - 2.0 * bend;
        Self([
            left.value,
            slope,
            bend,
            10.0 * value - 4.0 * tangent + 0.5 * curve,
            -15.0 * value + 7.0 * tangent - curve,
            6.0 * value - 3.0 * tangent + 0.5 * curve,
        ])
    }

    #[inline(always)]
    fn at(&self, t: f64) -> f64 {
        let c = &self.0;
        ((((c[5] * t + c[4]) * t + c[3]) * t + c[2]) * t + c[1]) * t + c[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Place;
    use crate::severity::{Interval, MeanSd, Pareto, ParetoTail, Pert, Severity};

    #[test]
    fn interpolated_values_are_those_of_the_distribution_function() {
        let bodies = [
            Severity::Lognormal(Interval { low: 1e5, high: 2e6 }),
            Severity::Lognormal(Interval { low: 1e3, high: 1e7 }),
            Severity::Pert(Pert::new(1e4, 5e4, 2e6)),
            Severity::Pert(Pert::new(0.0, 0.0, 1e6)),
            Severity::Gamma(MeanSd { mean: 1e5, sd: 3e5 }),
            Severity::Pareto(Pareto { minimum: 3e4, shape: 2.5 }),
        ];
        let tails = [None, Some(ParetoTail { above: 7e5, shape: 2.2 })];
        for body in &bodies {
            for tail in tails {
                let magnitude = Magnitude::new(body, tail, Some(3e7), &Place::new("test")).unwrap();
                let mut found = vec![0.0; (1 << 14) + 1];
                cumulative(&magnitude, 2000.0, &mut found);
                for (k, value) in found.iter().enumerate() {
                    let exact = magnitude.smooth_cdf((2000.0 * k as f64).min(3e7));
                    assert!((value - exact).abs() < 5e-13, "{body:?} {tail:?} {k}: {value} {exact}");
                }
            }
        }
    }
}
