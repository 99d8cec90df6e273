//! Whether what is known decides that a year stays within what is tolerated, and if not, what to find out first.
//!
//! The chance of a bad year is computed for drawn values of everything that is not known: rates that are `uncertain` and
//! efficacies with a range. What knowing one of them would settle is read off the same draws, run by run of its values
//! (M. Strong, J. E. Oakley and J. Chilcott, Journal of the Royal Statistical Society C 61, 2012).

use super::{SETTLES, central};
use crate::bracket::Bracket;
use crate::control::{Control, by_id, controlled, through};
use crate::decide::unknown::{Spread, draw, spread_of};
use crate::error::{Place, RiskError};
use crate::exposure::{Exposure, share};
use crate::frequency::Frequency;
use crate::lattice::Lattice;
use crate::monte_carlo::Generator;
use crate::report::Verdict;
use crate::scenario::Scenario;
use crate::settings::{Settings, Tolerance};
use crate::severity::Pert;
use crate::simulate::year;
use crate::year::Events;
use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

/// Runs that the values of an unknown are split into.
const RUNS: usize = 16;

/// Draws of all unknowns together, a multiple of [`RUNS`]: as many as there is [`WORK`] for.
const DRAWS: [usize; 2] = [16 * RUNS, 64 * RUNS];

/// Lattice points: what is not known widens answers far more than the lattice does. As many as there is [`WORK`] for.
const POINTS: [usize; 2] = [1 << 12, 1 << 13];

/// Draws times points times scenarios. Up to 32 scenarios have all draws and points.
const WORK: usize = 1 << 28;

/// The efficacy of some controls, when it is not known exactly.
#[derive(Clone, Debug, PartialEq)]
pub struct Efficacy {
    /// What it goes by in the answer.
    pub name: String,
    /// Ids of the controls that have it.
    pub controls: Vec<String>,
    /// Least, most likely and most.
    pub range: Pert,
}

/// Something that could be found out.
#[derive(Clone, Debug, Eq, JsonSchema, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unsure {
    /// How often a scenario is tried, by its id.
    Rate(String),
    /// What controls stop, by [`Efficacy::name`].
    Efficacy(String),
}

/// What finding something out would tell.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Telling {
    /// What.
    pub what: Unsure,
    /// The chance that the comparison is settled once it is known.
    pub settles: f64,
    /// The share of the answer's variance that comes from it.
    pub explains: f64,
}

/// A point of the tolerance line beside what is known.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Tolerated {
    /// What is tolerated.
    pub tolerance: Tolerance,
    /// The chance of such a year: mean and central 90 % over what is not known.
    pub found: Bracket,
    /// The chance that it is more than is tolerated.
    pub exceeds: f64,
    /// The answer, over the whole 90 %.
    pub verdict: Verdict,
    /// What could be found out, what settles most first.
    pub telling: Vec<Telling>,
    /// What to find out first: it would settle the comparison in nine of ten cases. None when it is settled or nothing would.
    pub measure_first: Option<Unsure>,
}

/// Sets each point of the settings' tolerance line beside the chance of such a year under what is not known.
///
/// # Errors
/// When a field means nothing, and for scenarios that are neither `poisson` nor `uncertain`, or share a factor.
pub fn tolerated(
    scenarios: &[Scenario],
    settings: &Settings,
    efficacies: &[Efficacy],
) -> Result<Vec<Tolerated>, RiskError> {
    settings.check()?;
    if settings.tolerance.is_empty() {
        return Ok(Vec::new());
    }
    let model = Model::new(scenarios, settings, efficacies)?;
    let drawn: Vec<Draw> =
        (0..model.draws).into_par_iter().map(|nth| model.draw(nth)).collect::<Result<_, _>>()?;
    Ok(settings.tolerance.iter().enumerate().map(|(at, point)| model.answer(*point, at, &drawn)).collect())
}

/// Points and draws for so many scenarios.
fn effort(scenarios: usize) -> (usize, usize) {
    let ([fewest, mut draws], [coarsest, mut points]) = (DRAWS, POINTS);
    let too_much =
        |points: usize, draws: usize| scenarios.saturating_mul(points).saturating_mul(draws) > WORK;
    while draws > fewest && too_much(points, draws) {
        draws /= 2;
    }
    while points > coarsest && too_much(points, draws) {
        points /= 2;
    }
    (points, draws)
}

struct Model<'a> {
    scenarios: &'a [Scenario],
    controls: &'a [Control],
    tolerance: &'a [Tolerance],
    efficacies: &'a [Efficacy],
    events: Events,
    unknowns: Vec<(Unsure, Spread)>,
    /// Scenarios' chance of success before any step.
    before: Vec<f64>,
    draws: usize,
}

/// Values of the unknowns, and the chance of each bad year under them.
struct Draw {
    values: Vec<f64>,
    chances: Vec<f64>,
}

impl<'a> Model<'a> {
    fn new(
        scenarios: &'a [Scenario],
        settings: &'a Settings,
        efficacies: &'a [Efficacy],
    ) -> Result<Self, RiskError> {
        let resolved = controlled(scenarios, &settings.controls)?;
        let exposures = Exposure::all(&resolved, &settings.currency)?;
        let mut unknowns = Vec::new();
        let mut before = Vec::new();
        for (scenario, exposure) in scenarios.iter().zip(&exposures) {
            let place = Place::new(format!("scenario `{}`", scenario.id));
            if exposure.factor.is_some() {
                return place.field("factor").refuse("is set", "compare scenarios without a common factor");
            }
            match &scenario.frequency {
                Frequency::Poisson(_) => {}
                Frequency::Uncertain(rate) => {
                    unknowns.push((Unsure::Rate(scenario.id.clone()), spread_of(rate)));
                }
                _ => {
                    return place
                        .field("frequency")
                        .refuse("is of another law", "give `poisson` or `uncertain`");
                }
            }
            let own = scenario.susceptibility.as_ref();
            before.push(own.map_or(Ok(1.0), |chance| share(chance, &place.field("susceptibility")))?);
        }
        for efficacy in efficacies {
            let place = Place::new(format!("efficacy of `{}`", efficacy.name));
            let range = efficacy.range.check(&place)?;
            place.field("high").probability(range.high)?;
            unknowns.push((Unsure::Efficacy(efficacy.name.clone()), Spread::Pert(range)));
        }
        let all: Vec<&Exposure> = exposures.iter().collect();
        let (points, draws) = effort(all.len());
        let (found, _) = year(&all, points, None);
        let farthest = settings.tolerance.iter().map(|point| point.loss).fold(0.0, f64::max);
        let end = found.lattice.end().max(1.25 * farthest);
        let points = found.lattice.points;
        Ok(Self {
            scenarios,
            controls: &settings.controls,
            tolerance: &settings.tolerance,
            efficacies,
            events: Events::new(Lattice::new(end / points as f64, points), &exposures),
            unknowns,
            before,
            draws,
        })
    }

    fn draw(&self, nth: usize) -> Result<Draw, RiskError> {
        let mut random = Generator::new(5, nth as u64);
        let values: Vec<f64> = self.unknowns.iter().map(|(_, spread)| draw(spread, &mut random)).collect();
        let rates = self.unknowns.len() - self.efficacies.len();
        let mut controls = self.controls.to_vec();
        for (efficacy, value) in self.efficacies.iter().zip(&values[rates..]) {
            let its = controls.iter_mut().filter(|control| efficacy.controls.contains(&control.id));
            its.for_each(|control| control.efficacy = *value);
        }
        let controls = by_id(&controls)?;
        let mut uncertain = values.iter();
        let mut losses = Vec::with_capacity(self.scenarios.len());
        for (scenario, before) in self.scenarios.iter().zip(&self.before) {
            let tries = match &scenario.frequency {
                Frequency::Poisson(rate) => *rate,
                _ => uncertain.next().copied().unwrap_or_default(),
            };
            losses.push(tries * before * through(scenario, &controls)?);
        }
        let year = self.events.year(&losses);
        let chances = self.tolerance.iter().map(|point| year.exceedance(point.loss).estimate);
        Ok(Draw { chances: chances.collect(), values })
    }

    fn answer(&self, tolerance: Tolerance, at: usize, drawn: &[Draw]) -> Tolerated {
        let limit = tolerance.probability;
        let mut chances: Vec<f64> = drawn.iter().map(|draw| draw.chances[at]).collect();
        let (mean, variance) = moments(&chances);
        let beyond = chances.iter().filter(|chance| **chance > limit).count();
        let (low, high) = central(&mut chances);
        let verdict = Verdict::of(Bracket::new(low, mean, high), limit);
        let mut telling: Vec<Telling> = (0..self.unknowns.len())
            .map(|unknown| {
                let mut order: Vec<&Draw> = drawn.iter().collect();
                order.sort_by(|a, b| a.values[unknown].total_cmp(&b.values[unknown]));
                let (mut settled, mut means, mut within) = (0, Vec::new(), 0.0);
                for run in order.chunks(self.draws / RUNS) {
                    let mut chances: Vec<f64> = run.iter().map(|draw| draw.chances[at]).collect();
                    let (mean, variance) = moments(&chances);
                    let (low, high) = central(&mut chances);
                    settled += usize::from(
                        Verdict::of(Bracket::new(low, mean, high), limit) != Verdict::DoesNotDecide,
                    );
                    means.push(mean);
                    within += variance / RUNS as f64;
                }
                // Means of runs differ a little even when the unknown tells nothing.
                let between = moments(&means).1 - within * RUNS as f64 / self.draws as f64;
                let explains = if variance > 0.0 { (between / variance).clamp(0.0, 1.0) } else { 0.0 };
                let settles = settled as f64 / RUNS as f64;
                Telling { what: self.unknowns[unknown].0.clone(), settles, explains }
            })
            .collect();
        telling
            .sort_by(|a, b| b.settles.total_cmp(&a.settles).then_with(|| b.explains.total_cmp(&a.explains)));
        let first = telling.first().filter(|first| first.settles >= SETTLES).map(|first| first.what.clone());
        Tolerated {
            tolerance,
            found: Bracket::new(low, mean, high),
            exceeds: beyond as f64 / drawn.len() as f64,
            verdict,
            telling,
            measure_first: first.filter(|_| verdict == Verdict::DoesNotDecide),
        }
    }
}

/// Mean and variance.
fn moments(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    (mean, values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count)
}
