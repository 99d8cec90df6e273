//! Generating functions as power series: E\[s^N\] = Σ P(N = n)·s^n. Where few counts matter this takes a fraction of
//! the time of averaging exponentials, and since no term is negative it loses no digits.

use super::{Law, RULE_ERROR, Slices};
use crate::numeric::quadrature::Node;

/// What is left out of the series of a mixture is less likely than this: a thousandth of what its rule of rates may
/// be wrong by anyway.
const LEFT_OUT_OF_MIXTURE: f64 = 1e-3 * RULE_ERROR;

/// What is left out of other series is less likely than this.
const LEFT_OUT: f64 = 1e-17;

/// An exponential takes about as long as so many terms.
const TERMS_PER_EXPONENTIAL: usize = 16;

/// Probabilities of 0, 1, 2, … events, when adding them up is quicker than the law's own formula.
pub(crate) fn series(law: &Law) -> Option<Vec<f64>> {
    match law {
        Law::Mixed(nodes) => of_mixture(nodes),
        Law::NegativeBinomial { shape, scale } => of_negative_binomial(*shape, *scale),
        Law::Poisson(_) | Law::Bernoulli(_) => None,
    }
}

/// Of more events a year not even the least likely count can be held in a double.
const HIGHEST_RATE: f64 = 600.0;

fn of_mixture(nodes: &[Node]) -> Option<Vec<f64>> {
    let most = TERMS_PER_EXPONENTIAL * nodes.len();
    let mut terms: Vec<f64> = nodes.iter().map(|node| node.weight * libm::exp(-node.at)).collect();
    let mut found = Vec::new();
    while found.len() < most {
        found.push(terms.iter().sum());
        let next = found.len() as f64;
        // Beyond twice its rate the terms of a node at least halve; nodes of higher rates may still hold all they weigh.
        let settled = nodes.partition_point(|node| 2.0 * node.at < next && node.at < HIGHEST_RATE);
        let left: f64 = terms[..settled].iter().sum::<f64>()
            + nodes[settled..].iter().map(|node| node.weight).sum::<f64>();
        if left < LEFT_OUT_OF_MIXTURE {
            return Some(found);
        }
        terms.iter_mut().zip(nodes).for_each(|(term, node)| *term *= node.at / next);
    }
    None
}

fn of_negative_binomial(shape: f64, scale: f64) -> Option<Vec<f64>> {
    let ratio = scale / (1.0 + scale);
    let mut term = libm::exp(-shape * libm::log1p(scale));
    let mut found = Vec::new();
    while found.len() < 4 * TERMS_PER_EXPONENTIAL {
        found.push(term);
        let next = found.len() as f64;
        let step = ratio * (shape + next - 1.0) / next;
        term *= step;
        // Steps come nearer to `ratio`: what follows is at most a geometric series of the larger of both.
        let larger = step.max(ratio);
        if larger < 1.0 && term < LEFT_OUT * (1.0 - larger) {
            return Some(found);
        }
    }
    None
}

/// Numbers worked on at a time.
const RUN: usize = 256;

/// Multiplies `out` by the series at every number of `event` (Horner's rule).
pub(crate) fn multiply(series: &[f64], event: &Slices<'_>, out_re: &mut [f64], out_im: &mut [f64]) {
    let parts = event.re.chunks(RUN).zip(event.im.chunks(RUN));
    let out = out_re.chunks_mut(RUN).zip(out_im.chunks_mut(RUN));
    for ((re, im), (out_re, out_im)) in parts.zip(out) {
        let (mut sum_re, mut sum_im) = ([0.0; RUN], [0.0; RUN]);
        let (sum_re, sum_im) = (&mut sum_re[..re.len()], &mut sum_im[..re.len()]);
        for term in series.iter().rev() {
            for ((a, b), (s_re, s_im)) in re.iter().zip(im).zip(sum_re.iter_mut().zip(sum_im.iter_mut())) {
                (*s_re, *s_im) = (*s_re * a - *s_im * b + term, *s_re * b + *s_im * a);
            }
        }
        for ((a, b), (out_re, out_im)) in sum_re.iter().zip(&*sum_im).zip(out_re.iter_mut().zip(out_im)) {
            (*out_re, *out_im) = (*out_re * a - *out_im * b, *out_re * b + *out_im * a);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Place;
    use crate::frequency::{Frequency, MeanVariance, UncertainRate};
    use crate::severity::{Interval, MeanSd, Pert};

    #[test]
    fn series_are_the_generating_functions() {
        let laws = [
            Frequency::Uncertain(UncertainRate::Pert(Pert::new(0.1, 0.5, 3.0))),
            Frequency::Uncertain(UncertainRate::Pert(Pert::new(0.0, 12.0, 40.0))),
            Frequency::Uncertain(UncertainRate::Lognormal(Interval { low: 0.05, high: 1.0 })),
            Frequency::Uncertain(UncertainRate::Gamma(MeanSd { mean: 0.4, sd: 0.3 })),
            Frequency::NegativeBinomial(MeanVariance { mean: 0.7, variance: 1.4 }),
        ];
        for frequency in laws {
            let law = Law::new(&frequency, 0.8, &Place::new("x")).unwrap();
            let terms = series(&law).unwrap();
            for k in 0..400 {
                let (radius, angle) = (f64::from(k % 21) / 20.0, 0.1 * f64::from(k));
                let (a, b) = (radius * libm::cos(angle), radius * libm::sin(angle));
                let (mut re, mut im) = ([1.0], [0.0]);
                multiply(&terms, &Slices { re: &[a], im: &[b] }, &mut re, &mut im);
                let (c, d) = law.generate_at((a - 1.0, b));
                let gap = libm::hypot(re[0] - c, im[0] - d);
                let most = if matches!(law, Law::Mixed(_)) { 1e-12 } else { 2e-14 };
                assert!(gap < most, "{frequency:?} at {a} {b}: {gap:e}");
            }
        }
    }

    #[test]
    fn long_series_are_left_to_the_formula() {
        let many = Law::NegativeBinomial { shape: 2.0, scale: 50.0 };
        assert!(series(&many).is_none());
        let fast = Law::Mixed(vec![Node { at: 900.0, weight: 1.0 }]);
        assert!(series(&fast).is_none());
        // A rate that hardly ever occurs is left out.
        let rare = Law::Mixed(vec![Node { at: 0.5, weight: 1.0 }, Node { at: 900.0, weight: 1e-14 }]);
        assert!(series(&rare).is_some());
    }
}
