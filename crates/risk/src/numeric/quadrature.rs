//! Nodes and weights: Gauss–Jacobi by the eigenvalues of its Jacobi matrix (Golub and Welsch 1969), and the
//! trapezoidal rule for the normal weight, whose error falls off faster than any power of the step.

use super::special::normal_density;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// A weighted point; weights of a rule sum to 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) at: f64,
    pub(crate) weight: f64,
}

/// Averages over a beta distribution with parameters `a` and `b` on [0, 1], exact for polynomials of degree below
/// twice the number of nodes.
pub(crate) fn beta(count: usize, a: f64, b: f64) -> Vec<Node> {
    static KEPT: OnceLock<Mutex<Rules>> = OnceLock::new();
    let kept = KEPT.get_or_init(Mutex::default);
    let key = (count, a.to_bits(), b.to_bits());
    let open = || kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(found) = open().get(&key) {
        return Vec::clone(found);
    }
    let made = Arc::new(rule(count, a, b));
    let mut held = open();
    if held.len() >= MOST_RULES {
        held.clear();
    }
    held.insert(key, made.clone());
    Vec::clone(&made)
}

/// Rules by their size and the bits of both parameters.
type Rules = HashMap<(usize, u64, u64), Arc<Vec<Node>>>;

/// Rules kept: scenarios are priced again and again with the same shape of what is not known.
const MOST_RULES: usize = 20_000;

fn rule(count: usize, a: f64, b: f64) -> Vec<Node> {
    // On [-1, 1] the weight is (1-t)^(b-1) (1+t)^(a-1).
    let (p, q) = (b - 1.0, a - 1.0);
    let sum = p + q;
    let on = |k: usize| {
        let s = 2.0 * k as f64 + sum;
        if k == 0 { (q - p) / (sum + 2.0) } else { (q * q - p * p) / (s * (s + 2.0)) }
    };
    // The first coefficient apart: p + q may be -1.
    let below = |k: usize| {
        let (k, s) = (k as f64, 2.0 * k as f64 + sum);
        let square = if k == 1.0 {
            4.0 * (1.0 + p) * (1.0 + q) / (s * s * (s + 1.0))
        } else {
            4.0 * k * (k + p) * (k + q) * (k + sum) / (s * s * (s + 1.0) * (s - 1.0))
        };
        libm::sqrt(square)
    };
    let mut diagonal: Vec<f64> = (0..count).map(on).collect();
    let mut beside: Vec<f64> = (1..count).map(below).chain([0.0]).collect();
    let first = eigen(&mut diagonal, &mut beside);
    let nodes = diagonal.iter().zip(first);
    let mut nodes: Vec<Node> =
        nodes.map(|(t, v)| Node { at: (0.5 * (1.0 + t)).clamp(0.0, 1.0), weight: v * v }).collect();
    nodes.sort_by(|a, b| a.at.total_cmp(&b.at));
    nodes
}

/// Averages over the standard normal distribution: `count` equal steps from -`reach` to `reach`.
pub(crate) fn normal(count: usize, reach: f64) -> Vec<Node> {
    let step = 2.0 * reach / count as f64;
    let at = |k: usize| step * k as f64 - reach;
    let sum: f64 = (0..=count).map(|k| normal_density(at(k))).sum();
    (0..=count).map(|k| Node { at: at(k), weight: normal_density(at(k)) / sum }).collect()
}

/// Eigenvalues of a symmetric tridiagonal matrix, left in `diagonal`; gives the first parts of the unit vectors.
/// Implicit QL with Wilkinson's shift.
fn eigen(diagonal: &mut [f64], beside: &mut [f64]) -> Vec<f64> {
    let n = diagonal.len();
    let mut first = vec![0.0; n];
    first[0] = 1.0;
    for l in 0..n {
        for _ in 0..200 {
            let mut m = l;
            while m + 1 < n {
                let scale = diagonal[m].abs() + diagonal[m + 1].abs();
                if beside[m].abs() <= f64::EPSILON * scale {
                    break;
                }
                m += 1;
            }
            if m == l {
                break;
            }
            let g = (diagonal[l + 1] - diagonal[l]) / (2.0 * beside[l]);
            let r = libm::hypot(g, 1.0);
            let mut g = diagonal[m] - diagonal[l] + beside[l] / (g + if g < 0.0 { -r } else { r });
            let (mut sin, mut cos, mut p) = (1.0, 1.0, 0.0);
            let mut cut = false;
            for i in (l..m).rev() {
                let (f, b) = (sin * beside[i], cos * beside[i]);
                let r = libm::hypot(f, g);
                beside[i + 1] = r;
                if r == 0.0 {
                    diagonal[i + 1] -= p;
                    beside[m] = 0.0;
                    cut = true;
                    break;
                }
                (sin, cos) = (f / r, g / r);
                g = diagonal[i + 1] - p;
                let r = (diagonal[i] - g) * sin + 2.0 * cos * b;
                p = sin * r;
                diagonal[i + 1] = g + p;
                g = cos * r - b;
                let upper = first[i + 1];
                first[i + 1] = sin * first[i] + cos * upper;
                first[i] = cos * first[i] - sin * upper;
            }
            if !cut {
                diagonal[l] -= p;
                beside[l] = g;
                beside[m] = 0.0;
            }
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beta_rules_are_exact_for_polynomials() {
        for (a, b) in [(1.4, 4.6), (1.0, 1.0), (1.0, 5.0), (3.0, 3.0)] {
            for count in [1, 2, 5, 24, 200] {
                let nodes = beta(count, a, b);
                let (mut moment, mut power) = (1.0, 0);
                while power < (2 * count).min(40) {
                    let found: f64 =
                        nodes.iter().map(|n| n.weight * libm::pow(n.at, f64::from(power as u32))).sum();
                    assert!((found - moment).abs() < 1e-12, "{a} {b} {count} {power}: {found} {moment}");
                    moment *= (a + power as f64) / (a + b + power as f64);
                    power += 1;
                }
            }
        }
    }

    #[test]
    fn the_normal_rule_gives_moments_and_the_moment_function() {
        let nodes = normal(64, 8.5);
        let average = |f: fn(f64) -> f64| nodes.iter().map(|n| n.weight * f(n.at)).sum::<f64>();
        assert!((average(|z| z * z) - 1.0).abs() < 1e-13);
        assert!((average(|z| z * z * z * z) - 3.0).abs() < 1e-12);
        assert!((average(|z| libm::exp(z - 0.5)) - 1.0).abs() < 1e-12);
    }
}
