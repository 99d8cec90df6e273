//! What a file states with a range.

use crate::error::{Place, RiskError};
use crate::file::RiskFile;
use crate::frequency::{Frequency, UncertainRate};
use crate::monte_carlo::Generator;
use crate::numeric::quadrature::{self, Node};
use crate::plan::Range;
use crate::severity::{Interval, MeanSd, Pert};

/// What an unknown changes. Rates stand for losses in proportion.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Target {
    /// A scenario's rate.
    Rate(usize),
    /// An action's effect of this number.
    Share(usize, usize),
    /// An action's cost.
    Cost(usize),
}

/// A number that is not known exactly.
pub(crate) struct Unknown {
    pub(crate) name: String,
    pub(crate) target: Target,
    spread: Spread,
}

/// How sure one is of a number.
pub(super) enum Spread {
    Pert(Pert),
    Lognormal(Interval),
    Gamma(MeanSd),
}

/// All unknowns of a checked file, scenarios first.
pub(crate) fn unknowns(file: &RiskFile) -> Result<Vec<Unknown>, RiskError> {
    let mut found = Vec::new();
    for (at, scenario) in file.scenarios.iter().enumerate() {
        if let Frequency::Uncertain(rate) = &scenario.frequency {
            let spread = spread_of(rate);
            found.push(Unknown {
                name: format!("rate of `{}`", scenario.id),
                target: Target::Rate(at),
                spread,
            });
        }
    }
    for (at, action) in file.actions.iter().enumerate() {
        let place = Place::new(format!("action `{}`", action.id));
        if let Some(range) = action.cost_range {
            let spread = pert(range, action.cost, &place.field("cost_range"))?;
            found.push(Unknown {
                name: format!("cost of `{}`", action.id),
                target: Target::Cost(at),
                spread,
            });
        }
        for (effect, prevents) in action.prevents.iter().enumerate() {
            if let Some(range) = prevents.range {
                let place = place.field("prevents.range");
                place.field("high").probability(range.high)?;
                let spread = pert(range, prevents.share, &place)?;
                let name = format!("effect of `{}` on `{}`", action.id, prevents.scenario);
                found.push(Unknown { name, target: Target::Share(at, effect), spread });
            }
        }
    }
    Ok(found)
}

/// The stated value is the most likely one.
fn pert(range: Range, mode: f64, place: &Place) -> Result<Spread, RiskError> {
    Ok(Spread::Pert(Pert::new(range.low, mode, range.high).check(place)?))
}

impl Unknown {
    pub(crate) fn mean(&self) -> f64 {
        match &self.spread {
            Spread::Pert(pert) => {
                let (a, b) = pert.beta_parameters();
                pert.low + (pert.high - pert.low) * a / (a + b)
            }
            Spread::Lognormal(interval) => {
                let (mu, sigma) = interval.log_parameters();
                libm::exp(mu + 0.5 * sigma * sigma)
            }
            Spread::Gamma(gamma) => gamma.mean,
        }
    }

    pub(crate) fn draw(&self, random: &mut Generator) -> f64 {
        draw(&self.spread, random)
    }

    /// Values with weights that stand for the whole range.
    pub(crate) fn nodes(&self, count: usize) -> Vec<Node> {
        match &self.spread {
            Spread::Pert(pert) => {
                let (a, b) = pert.beta_parameters();
                let place = |node: Node| Node { at: pert.low + (pert.high - pert.low) * node.at, ..node };
                quadrature::beta(count, a, b).into_iter().map(place).collect()
            }
            Spread::Lognormal(interval) => {
                let (mu, sigma) = interval.log_parameters();
                let place = |node: Node| Node { at: libm::exp(mu + sigma * node.at), ..node };
                quadrature::normal(count, 6.0).into_iter().map(place).collect()
            }
            Spread::Gamma(_) => {
                // Middles of equally likely runs of many draws.
                let mut random = Generator::new(3, 0);
                let mut drawn: Vec<f64> = (0..count * 256).map(|_| self.draw(&mut random)).collect();
                drawn.sort_by(f64::total_cmp);
                let middle = |run: &[f64]| run.iter().sum::<f64>() / run.len() as f64;
                drawn.chunks(256).map(|run| Node { at: middle(run), weight: 1.0 / count as f64 }).collect()
            }
        }
    }
}

/// How sure one is of a rate.
pub(super) fn spread_of(rate: &UncertainRate) -> Spread {
    match rate {
        UncertainRate::Pert(pert) => Spread::Pert(*pert),
        UncertainRate::Lognormal(interval) => Spread::Lognormal(*interval),
        UncertainRate::Gamma(gamma) => Spread::Gamma(*gamma),
    }
}

/// A value drawn.
pub(super) fn draw(spread: &Spread, random: &mut Generator) -> f64 {
    match spread {
        Spread::Pert(pert) => {
            let (a, b) = pert.beta_parameters();
            pert.low + (pert.high - pert.low) * random.beta(a, b)
        }
        Spread::Lognormal(interval) => {
            let (mu, sigma) = interval.log_parameters();
            libm::exp(mu + sigma * random.normal())
        }
        Spread::Gamma(gamma) => {
            let shape = (gamma.mean / gamma.sd) * (gamma.mean / gamma.sd);
            random.gamma(shape) * gamma.mean / shape
        }
    }
}
