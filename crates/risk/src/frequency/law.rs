//! Probability generating functions of event counts, on real and complex arguments.

use super::series::{self, series};
use super::{Frequency, UncertainRate};
use crate::error::{Place, RiskError};
use crate::numeric::kernel;
use crate::numeric::quadrature::{self, Node};
use crate::numeric::special::{normal_cdf, normal_quantile};

/// No scenario may have more events in a year.
const MOST_EVENTS: f64 = 1e5;

/// A checked distribution of the yearly number of events.
#[derive(Clone, Debug)]
pub(crate) enum Law {
    Poisson(f64),
    Bernoulli(f64),
    /// Gamma-mixed Poisson: `shape` and mean over shape.
    NegativeBinomial {
        shape: f64,
        scale: f64,
    },
    /// Poisson, the rate being one of these.
    Mixed(Vec<Node>),
}

/// Real and imaginary parts of numbers to work on.
pub(crate) struct Slices<'a> {
    pub(crate) re: &'a [f64],
    pub(crate) im: &'a [f64],
}

impl Law {
    /// The law of events of which each counts with probability `share`.
    pub(crate) fn new(frequency: &Frequency, share: f64, place: &Place) -> Result<Self, RiskError> {
        let whole = match frequency {
            Frequency::Poisson(rate) => Ok(Self::Poisson(check_rate(*rate, &place.field("poisson"))?)),
            Frequency::Bernoulli(p) => Ok(Self::Bernoulli(place.field("bernoulli").probability(*p)?)),
            Frequency::NegativeBinomial(count) => {
                let place = place.field("negative_binomial");
                let mean = above_zero(count.mean, &place.field("mean"))?;
                let excess = count.variance - mean;
                if !(excess.is_finite() && excess > 1e-9 * mean && excess < 1e4 * mean * mean.max(1.0)) {
                    return place.field("variance").refuse(
                        format!("{} beside a mean of {mean}", count.variance),
                        "give a variance above the mean (equal to it is `poisson`) and below ten thousand means",
                    );
                }
                Ok(Self::NegativeBinomial { shape: mean * mean / excess, scale: excess / mean })
            }
            Frequency::Uncertain(rate) => return Self::uncertain(rate, share, &place.field("uncertain")),
        };
        whole.map(|law: Self| law.thinned(share))
    }

    fn uncertain(rate: &UncertainRate, share: f64, place: &Place) -> Result<Self, RiskError> {
        match rate {
            UncertainRate::Pert(pert) => {
                let place = place.field("pert");
                check_rate(pert.high, &place.field("high"))?;
                pert.check(&place)?;
                let (a, b) = pert.beta_parameters();
                let scaled = |count: usize| {
                    let mut nodes = quadrature::beta(count, a, b);
                    for node in &mut nodes {
                        node.at = share * (pert.low + (pert.high - pert.low) * node.at);
                    }
                    nodes
                };
                mixed(6, 768, scaled, &place)
            }
            UncertainRate::Lognormal(interval) => {
                let place = place.field("lognormal");
                above_zero(interval.low, &place.field("low"))?;
                check_rate(interval.high, &place.field("high"))?;
                place.crossed(interval.low, interval.high)?;
                let (mu, sigma) = interval.log_parameters();
                if !(1e-4..=3.0).contains(&sigma) {
                    return place.refuse(
                        format!("90 % between {} and {} is out of range", interval.low, interval.high),
                        "give ends that differ by 0.04 % at least and twenty thousand times at most",
                    );
                }
                let scaled = |count: usize| {
                    let mut nodes = quadrature::normal(count, 8.5);
                    for node in &mut nodes {
                        node.at = share * libm::exp(mu + sigma * node.at);
                    }
                    nodes
                };
                mixed(16, 4096, scaled, &place)
            }
            UncertainRate::Gamma(gamma) => {
                let place = place.field("gamma");
                let mean = above_zero(gamma.mean, &place.field("mean"))?;
                let sd = above_zero(gamma.sd, &place.field("sd"))?;
                if !(1e-4..=100.0).contains(&(sd / mean)) {
                    return place.field("sd").refuse(
                        format!("{sd} beside a mean of {mean}"),
                        "give 0.0001 to 100 times the mean",
                    );
                }
                Ok(Self::NegativeBinomial { shape: (mean / sd) * (mean / sd), scale: share * sd * sd / mean })
            }
        }
    }

    /// The law when each event counts only with this probability.
    pub(crate) fn thinned(&self, share: f64) -> Self {
        match self {
            Self::Poisson(rate) => Self::Poisson(rate * share),
            Self::Bernoulli(p) => Self::Bernoulli(p * share),
            Self::NegativeBinomial { shape, scale } => {
                Self::NegativeBinomial { shape: *shape, scale: scale * share }
            }
            Self::Mixed(nodes) => {
                Self::Mixed(nodes.iter().map(|n| Node { at: n.at * share, weight: n.weight }).collect())
            }
        }
    }

    /// The law in a year in which the common factor is `z`.
    pub(crate) fn given(&self, loading: f64, z: f64) -> Self {
        match self {
            Self::Bernoulli(p) if *p > 0.0 && *p < 1.0 => {
                let rest = libm::sqrt(1.0 - loading * loading);
                Self::Bernoulli(normal_cdf((normal_quantile(*p) + loading * z) / rest))
            }
            Self::Bernoulli(_) => self.clone(),
            _ => self.thinned(libm::exp(loading * z - 0.5 * loading * loading)),
        }
    }

    /// Expected number of events.
    pub(crate) fn mean(&self) -> f64 {
        match self {
            Self::Poisson(rate) => *rate,
            Self::Bernoulli(p) => *p,
            Self::NegativeBinomial { shape, scale } => shape * scale,
            Self::Mixed(nodes) => nodes.iter().map(|n| n.weight * n.at).sum(),
        }
    }

    /// Variance of the number of events.
    pub(crate) fn variance(&self) -> f64 {
        let mean = self.mean();
        match self {
            Self::Poisson(rate) => *rate,
            Self::Bernoulli(p) => p * (1.0 - p),
            Self::NegativeBinomial { scale, .. } => mean * (1.0 + scale),
            Self::Mixed(nodes) => {
                mean + nodes.iter().map(|n| n.weight * (n.at - mean) * (n.at - mean)).sum::<f64>()
            }
        }
    }

    /// E\[s^N\] for real s from 0 to 1, stated by u = s − 1.
    pub(crate) fn generate(&self, u: f64) -> f64 {
        self.generate_at((u, 0.0)).0
    }

    /// E\[s^N\] for complex s of modulus up to 1, stated by u = s − 1.
    pub(crate) fn generate_at(&self, u: (f64, f64)) -> (f64, f64) {
        match self {
            Self::Poisson(rate) => compound(*rate, u),
            Self::Bernoulli(p) => (1.0 + p * u.0, p * u.1),
            Self::NegativeBinomial { shape, scale } => {
                let (re, im) = (-scale * u.0, -scale * u.1);
                // ln|1+w| without loss for small w.
                let modulus = 0.5 * libm::log1p(2.0 * re + re * re + im * im);
                kernel::exp(-shape * modulus, -shape * libm::atan2(im, 1.0 + re))
            }
            Self::Mixed(nodes) => {
                let mut sum = (0.0, 0.0);
                for node in nodes {
                    // Rates rise from node to node; what follows is smaller still.
                    if node.at * u.0 < NOTHING {
                        break;
                    }
                    let (re, im) = compound(node.at, u);
                    sum = (sum.0 + node.weight * re, sum.1 + node.weight * im);
                }
                sum
            }
        }
    }

    /// E\[N·s^(N−1)\] over E\[s^N\] for complex s of modulus up to 1, stated by u = s − 1.
    pub(crate) fn score_at(&self, u: (f64, f64)) -> (f64, f64) {
        match self {
            Self::Poisson(rate) => (*rate, 0.0),
            Self::Bernoulli(p) => quotient((*p, 0.0), (1.0 + p * u.0, p * u.1)),
            Self::NegativeBinomial { shape, scale } => {
                quotient((shape * scale, 0.0), (1.0 - scale * u.0, -scale * u.1))
            }
            Self::Mixed(nodes) => {
                let (mut slope, mut value) = ((0.0, 0.0), (0.0, 0.0));
                for node in nodes {
                    if node.at * u.0 < NOTHING {
                        break;
                    }
                    let (re, im) = compound(node.at, u);
                    let (re, im) = (node.weight * re, node.weight * im);
                    value = (value.0 + re, value.1 + im);
                    slope = (slope.0 + node.at * re, slope.1 + node.at * im);
                }
                quotient(slope, value)
            }
        }
    }

    /// Multiplies `out` by E\[s^N\] for every s of `event`.
    pub(crate) fn multiply(&self, event: &Slices<'_>, out_re: &mut [f64], out_im: &mut [f64]) {
        if let Some(series) = series(self) {
            return series::multiply(&series, event, out_re, out_im);
        }
        match self {
            Self::Poisson(rate) => each(event, out_re, out_im, |u| compound(*rate, u)),
            Self::Bernoulli(p) => each(event, out_re, out_im, |u| (1.0 + p * u.0, p * u.1)),
            Self::NegativeBinomial { .. } => each(event, out_re, out_im, |u| self.generate_at(u)),
            Self::Mixed(nodes) => {
                let parts = event.re.chunks(RUN).zip(event.im.chunks(RUN));
                let out = out_re.chunks_mut(RUN).zip(out_im.chunks_mut(RUN));
                for ((re, im), (out_re, out_im)) in parts.zip(out) {
                    mix(nodes, &Slices { re, im }, out_re, out_im);
                }
            }
        }
    }
}

fn quotient(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    let square = (b.0 * b.0 + b.1 * b.1).max(f64::MIN_POSITIVE);
    ((a.0 * b.0 + a.1 * b.1) / square, (a.1 * b.0 - a.0 * b.1) / square)
}

/// Numbers averaged over rates at a time.
const RUN: usize = 256;

/// Multiplies each number of `out` by a function of the number of `event` beside it, less 1.
#[inline(always)]
fn each(event: &Slices<'_>, out_re: &mut [f64], out_im: &mut [f64], f: impl Fn((f64, f64)) -> (f64, f64)) {
    let values = event.re.iter().zip(event.im);
    for ((re, im), (out_re, out_im)) in values.zip(out_re.iter_mut().zip(out_im)) {
        let (a, b) = f((re - 1.0, *im));
        (*out_re, *out_im) = (*out_re * a - *out_im * b, *out_re * b + *out_im * a);
    }
}

/// [`each`] with the average of e^(rate·u), for at most [`RUN`] numbers.
fn mix(nodes: &[Node], event: &Slices<'_>, out_re: &mut [f64], out_im: &mut [f64]) {
    let (mut sum_re, mut sum_im) = ([0.0; RUN], [0.0; RUN]);
    let nearest = event.re.iter().fold(-1.0, |most: f64, re| most.max(*re)) - 1.0;
    for node in nodes {
        // Rates rise from node to node; what follows is smaller still.
        if node.at * nearest < NOTHING {
            break;
        }
        let values = event.re.iter().zip(event.im);
        for ((re, im), (sum_re, sum_im)) in values.zip(sum_re.iter_mut().zip(&mut sum_im)) {
            let (a, b) = compound(node.at, (re - 1.0, *im));
            (*sum_re, *sum_im) = (*sum_re + node.weight * a, *sum_im + node.weight * b);
        }
    }
    for ((a, b), (out_re, out_im)) in sum_re.iter().zip(&sum_im).zip(out_re.iter_mut().zip(out_im)) {
        (*out_re, *out_im) = (*out_re * a - *out_im * b, *out_re * b + *out_im * a);
    }
}

/// e to this power is nothing beside 1.
const NOTHING: f64 = -45.0;

/// Averaging over a rule of rates that is fine enough.
fn mixed(
    least: usize,
    most: usize,
    rule: impl Fn(usize) -> Vec<Node>,
    place: &Place,
) -> Result<Law, RiskError> {
    let (nodes, gap) = settled(least, most, rule, |node, u| compound(node.at, u));
    if gap > RULE_ERROR {
        return place.refuse(
            format!("averaging over this range of rates is exact to {gap:.0e} only"),
            "narrow the interval; so many events a year are better described by what they cost together",
        );
    }
    Ok(Law::Mixed(nodes))
}

/// No rule that is used leaves a larger error in a probability.
pub(crate) const RULE_ERROR: f64 = 1e-9;

/// e^(rate·u).
#[inline(always)]
fn compound(rate: f64, u: (f64, f64)) -> (f64, f64) {
    kernel::exp(rate * u.0, rate * u.1)
}

fn check_rate(rate: f64, place: &Place) -> Result<f64, RiskError> {
    if !rate.is_finite() {
        return place.refuse(format!("{rate} is no rate"), "give the events expected in a year");
    }
    if rate < 0.0 {
        return place.refuse(format!("{rate} is negative"), "a rate is events per year, 0 or more");
    }
    if rate > MOST_EVENTS {
        return place.refuse(
            format!("{rate} events a year are too many to keep apart"),
            format!("give at most {MOST_EVENTS}, or describe what many small events cost together"),
        );
    }
    Ok(rate)
}

fn above_zero(value: f64, place: &Place) -> Result<f64, RiskError> {
    if check_rate(value, place)? < 1e-12 {
        return place.refuse(format!("{value} is not above zero"), "give a value above zero");
    }
    Ok(value)
}

/// Arguments at which rules are compared: the unit circle's far side and what lies between.
const PROBES: [(f64, f64); 5] = [(-1.0, 0.0), (-2.0, 0.0), (-1.0, 1.0), (-0.1, 0.4), (-1e-3, 0.04)];

/// The smallest rule, by doubling, whose averages a rule of twice the size hardly changes, and by how much it does.
pub(crate) fn rule_for<F>(least: usize, most: usize, at: F) -> (Vec<Node>, f64)
where
    F: Fn(f64, (f64, f64)) -> (f64, f64),
{
    settled(least, most, |count| quadrature::normal(count, 7.0), |node, u| at(node.at, u))
}

fn settled<R, F>(least: usize, most: usize, rule: R, at: F) -> (Vec<Node>, f64)
where
    R: Fn(usize) -> Vec<Node>,
    F: Fn(&Node, (f64, f64)) -> (f64, f64),
{
    let averages = |nodes: &[Node]| {
        PROBES.map(|u| {
            nodes.iter().fold((0.0, 0.0), |sum, node| {
                let (re, im) = at(node, u);
                (sum.0 + node.weight * re, sum.1 + node.weight * im)
            })
        })
    };
    let mut count = least;
    let mut nodes = rule(count);
    let mut before = averages(&nodes);
    loop {
        let finer = rule(2 * count);
        let after = averages(&finer);
        let gaps = before.iter().zip(&after).map(|(a, b)| libm::hypot(a.0 - b.0, a.1 - b.1));
        let gap = gaps.fold(0.0, f64::max);
        if gap < 0.1 * RULE_ERROR {
            return (nodes, gap);
        }
        if 2 * count >= most {
            return (finer, gap);
        }
        (count, nodes, before) = (2 * count, finer, after);
    }
}
