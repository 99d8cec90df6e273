//! Draws of counts and amounts from scenarios as they were written.

use super::generator::Generator;
use crate::frequency::{Frequency, Susceptibility, UncertainRate};
use crate::numeric::special::normal_quantile;
use crate::scenario::{Loss, Scenario};
use crate::severity::{Pert, Severity};

/// A scenario made ready for drawing.
pub(crate) struct Dice<'a> {
    scenario: &'a Scenario,
    /// Index of the factor and loading on it.
    factor: Option<(usize, f64)>,
    /// Bernoulli: the event happens when a normal variable exceeds this.
    threshold: f64,
    losses: Vec<(&'a Loss, Amount<'a>)>,
}

/// An amount with its parameters worked out.
enum Amount<'a> {
    Constant(f64),
    Lognormal(f64, f64),
    Pert(Pert),
    Gamma { shape: f64, scale: f64 },
    Pareto { minimum: f64, power: f64 },
    Seen(&'a [f64]),
}

impl<'a> Dice<'a> {
    pub(crate) fn new(scenario: &'a Scenario, factors: &[&str]) -> Self {
        let factor = scenario
            .factor
            .as_ref()
            .and_then(|factor| Some((factors.iter().position(|name| *name == factor.name)?, factor.loading)));
        let threshold = match scenario.frequency {
            Frequency::Bernoulli(p) if p >= 1.0 => f64::NEG_INFINITY,
            Frequency::Bernoulli(p) if p > 0.0 => -normal_quantile(p),
            _ => f64::INFINITY,
        };
        let losses = scenario.loss.values().map(|loss| (loss, Amount::new(&loss.amount))).collect();
        Self { scenario, factor, threshold, losses }
    }

    /// One year's loss, given the factors of the year.
    pub(crate) fn year(&self, random: &mut Generator, factors: &[f64]) -> f64 {
        let (z, loading) = self.factor.map_or((0.0, 0.0), |(at, loading)| (factors[at], loading));
        let mut sum = 0.0;
        for _ in 0..self.attempts(random, z, loading) {
            if self.succeeds(random) {
                for (loss, amount) in &self.losses {
                    if loss.probability >= 1.0 || random.uniform() < loss.probability {
                        sum += one(loss, amount, random);
                    }
                }
            }
        }
        sum
    }

    fn attempts(&self, random: &mut Generator, z: f64, loading: f64) -> u64 {
        let change = if loading == 0.0 { 1.0 } else { libm::exp(loading * z - 0.5 * loading * loading) };
        let rate = match &self.scenario.frequency {
            Frequency::Poisson(rate) => *rate,
            Frequency::Bernoulli(_) => {
                let own = libm::sqrt(1.0 - loading * loading) * random.normal();
                return u64::from(loading * z + own > self.threshold);
            }
            Frequency::NegativeBinomial(count) => {
                let excess = count.variance - count.mean;
                random.gamma(count.mean * count.mean / excess) * excess / count.mean
            }
            Frequency::Uncertain(UncertainRate::Pert(pert)) => draw_pert(*pert, random),
            Frequency::Uncertain(UncertainRate::Lognormal(interval)) => {
                let (mu, sigma) = interval.log_parameters();
                libm::exp(mu + sigma * random.normal())
            }
            Frequency::Uncertain(UncertainRate::Gamma(gamma)) => {
                let shape = (gamma.mean / gamma.sd) * (gamma.mean / gamma.sd);
                random.gamma(shape) * gamma.mean / shape
            }
        };
        random.poisson(rate * change)
    }

    /// Whether an attempt becomes a loss.
    fn succeeds(&self, random: &mut Generator) -> bool {
        match &self.scenario.susceptibility {
            None => true,
            Some(Susceptibility::Probability(p)) => random.uniform() < *p,
            Some(Susceptibility::Contest(contest)) => {
                draw_pert(contest.capability, random) > draw_pert(contest.resistance, random)
            }
        }
    }
}

impl<'a> Amount<'a> {
    fn new(severity: &'a Severity) -> Self {
        match severity {
            Severity::Constant(amount) => Self::Constant(*amount),
            Severity::Lognormal(interval) => {
                let (mu, sigma) = interval.log_parameters();
                Self::Lognormal(mu, sigma)
            }
            Severity::Pert(pert) => Self::Pert(*pert),
            Severity::Gamma(gamma) => {
                let shape = (gamma.mean / gamma.sd) * (gamma.mean / gamma.sd);
                Self::Gamma { shape, scale: gamma.sd * gamma.sd / gamma.mean }
            }
            Severity::Pareto(pareto) => Self::Pareto { minimum: pareto.minimum, power: -1.0 / pareto.shape },
            Severity::Empirical(seen) => Self::Seen(seen),
        }
    }

    fn draw(&self, random: &mut Generator) -> f64 {
        match self {
            Self::Constant(amount) => *amount,
            Self::Lognormal(mu, sigma) => libm::exp(mu + sigma * random.normal()),
            Self::Pert(pert) => draw_pert(*pert, random),
            Self::Gamma { shape, scale } => random.gamma(*shape) * scale,
            Self::Pareto { minimum, power } => minimum * libm::pow(random.uniform(), *power),
            Self::Seen(seen) => seen[random.below(seen.len())],
        }
    }
}

/// One loss of a form that occurred.
fn one(loss: &Loss, amount: &Amount<'_>, random: &mut Generator) -> f64 {
    let mut drawn = amount.draw(random);
    if let Some(tail) = loss.tail.filter(|tail| drawn > tail.above) {
        drawn = tail.above * libm::pow(random.uniform(), -1.0 / tail.shape);
    }
    loss.at_most.map_or(drawn, |limit| drawn.min(limit))
}

fn draw_pert(pert: Pert, random: &mut Generator) -> f64 {
    let (a, b) = pert.beta_parameters();
    pert.low + (pert.high - pert.low) * random.beta(a, b)
}
