//! From scenarios to a report.

use crate::bracket::Bracket;
use crate::control::controlled;
use crate::error::RiskError;
use crate::exposure::Exposure;
use crate::lattice::Extent;
use crate::memory::{Alone, Memory, Recall};
use crate::monte_carlo::{Compared, Plan, Played, agree, play};
use crate::report::{
    Exceedance, Figures, Level, Report, ScenarioFigures, SecondOpinion, SimulatedLevel, ToleranceAnswer,
    Verdict,
};
use crate::scenario::Scenario;
use crate::settings::{Detail, Settings};
use crate::year::{Distribution, Parts, Year};
use rayon::prelude::*;
use std::sync::Arc;

/// Events that the second opinion may play altogether.
const MOST_EVENTS: f64 = 4e7;

/// Levels at which the second opinion is compared.
const COMPARED: [f64; 8] = [0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.995, 0.999];

/// Computes loss distributions exactly, has them confirmed by an independent simulation and reports both.
///
/// The same scenarios and settings give the same bits on any number of threads, and on any machine whose doubles
/// follow IEEE 754.
///
/// # Errors
/// When a field means nothing, when a lattice is too coarse for a level, and when both engines disagree.
///
/// ```
/// use warrant_risk::{Frequency, Interval, Scenario, Settings, Severity, simulate};
///
/// let amount = Severity::Lognormal(Interval { low: 1e5, high: 2e6 });
/// let scenario = Scenario::new("ransomware", Frequency::Poisson(0.5), amount);
/// let settings = Settings { years: 10_000, ..Settings::default() };
/// let report = simulate(&[scenario], &settings)?;
/// assert!((report.total.ale - 338_498.57).abs() < 0.01);
/// let worst = report.total.levels.iter().find(|level| level.level == 0.99).unwrap();
/// assert!(worst.var.holds(3_322_224.9));
/// # Ok::<(), warrant_risk::RiskError>(())
/// ```
pub fn simulate(scenarios: &[Scenario], settings: &Settings) -> Result<Report, RiskError> {
    simulated(scenarios, settings, None)
}

/// The same for many questions about much the same scenarios: what was worked out before is taken from a memory, and
/// what is worked out now is left there. Lattices then reach to one of few amounts, so that parts of sums can be used
/// again; brackets are up to a tenth wider for it. The answer does not depend on what the memory holds.
///
/// # Errors
/// As [`simulate`].
pub fn simulate_keeping(
    scenarios: &[Scenario],
    settings: &Settings,
    memory: &Memory,
) -> Result<Report, RiskError> {
    simulated(scenarios, settings, Some(memory))
}

fn simulated(
    scenarios: &[Scenario],
    settings: &Settings,
    memory: Option<&Memory>,
) -> Result<Report, RiskError> {
    settings.check()?;
    let scenarios: &[Scenario] = &controlled(scenarios, &settings.controls)?;
    let exposures = Exposure::all(scenarios, &settings.currency)?;
    let recall = memory.map(|memory| Recall::new(memory, scenarios, &settings.currency));
    let recall = recall.as_ref();
    let all: Vec<&Exposure> = exposures.iter().collect();
    let total = year(&all, settings.points, recall).1;
    let figures = figures(&total, &settings.levels, "all scenarios")?;
    let each: Vec<Arc<Alone>> = match settings.detail {
        Detail::Total => Vec::new(),
        Detail::Each => all
            .par_iter()
            .map(|exposure| one(exposure, settings, recall))
            .collect::<Result<_, RiskError>>()?,
    };
    let own = scenarios.iter().zip(&each).map(|(scenario, alone)| ScenarioFigures {
        id: scenario.id.clone(),
        title: scenario.title.clone(),
        figures: alone.figures.clone(),
    });
    let own = own.collect();
    let second_opinion = second_opinion(scenarios, &exposures, &total, &each, settings)?;
    let tolerance = settings.tolerance.iter().map(|point| {
        let found = total.exceedance(point.loss);
        ToleranceAnswer { tolerance: *point, found, verdict: Verdict::of(found, point.probability) }
    });
    Ok(Report {
        currency: settings.currency.clone(),
        scenarios: own,
        curve: curve(&total),
        tolerance: tolerance.collect(),
        second_opinion,
        points: total.points(),
        step: total.step(),
        total: figures,
    })
}

/// A scenario alone.
fn one(
    exposure: &Exposure,
    settings: &Settings,
    recall: Option<&Recall<'_>>,
) -> Result<Arc<Alone>, RiskError> {
    let make = || {
        let found = distribution(&[exposure], settings.points_each);
        let figures = figures(&found, &settings.levels, &format!("scenario `{}`", exposure.id))?;
        let marks = marks(&found);
        let exact = marks.iter().map(|mark| found.exceedance(*mark)).collect();
        Ok(Alone { figures, marks, exact })
    };
    match recall {
        None => make().map(Arc::new),
        Some(recall) => recall.alone(exposure, (settings.points_each, &settings.levels), make),
    }
}

/// The distribution of a sum of scenarios on a lattice of its own.
pub(crate) fn distribution(exposures: &[&Exposure], points: usize) -> Distribution {
    year(exposures, points, None).1
}

/// A sum of scenarios on a lattice of its own, far enough and fine enough.
pub(crate) fn year(
    exposures: &[&Exposure],
    points: usize,
    recall: Option<&Recall<'_>>,
) -> (Year, Distribution) {
    let parts = Parts::of(exposures);
    let moments = parts.moments();
    let mut extent = Extent::new(exposures, moments.mean, moments.sd, points);
    if recall.is_some() {
        extent = extent.rounded();
    }
    loop {
        let year = Year::new(exposures, extent.lattice(exposures), parts.clone(), recall);
        let found = year.distribution();
        let (down, up) = found.past();
        match extent.better(down, up) {
            Some(better) => extent = better,
            None => return (year, found),
        }
    }
}

/// A distribution's figures.
pub(crate) fn figures(found: &Distribution, levels: &[f64], what: &str) -> Result<Figures, RiskError> {
    let coarse = || RiskError::TooCoarse { what: what.to_owned(), points: found.points() };
    let levels = levels.iter().map(|level| {
        let var = found.quantile(*level).ok_or_else(coarse)?;
        let tvar = found.tail_mean(*level).ok_or_else(coarse)?;
        Ok(Level { level: *level, var, tvar })
    });
    let moments = found.moments;
    Ok(Figures {
        ale: moments.mean,
        sd: moments.sd,
        any_loss: 1.0 - moments.free,
        levels: levels.collect::<Result<_, RiskError>>()?,
    })
}

/// Exceedance at round amounts from what is likely to what happens once in ten thousand years.
fn curve(total: &Distribution) -> Vec<Exceedance> {
    let at = |level: f64| total.quantile(level).map_or(0.0, |bracket| bracket.estimate);
    let any = 1.0 - total.moments.free;
    let (from, to) = (at(1.0 - 0.99 * any), at(0.9999));
    if to <= 0.0 {
        return Vec::new();
    }
    let from = from.max(to * 1e-4);
    // Twenty amounts to a power of ten, rounded to three digits so that they can be read.
    let (first, last) = (libm::floor(20.0 * libm::log10(from)), libm::ceil(20.0 * libm::log10(to)));
    let losses = (first as i32..=last as i32).map(|k| {
        let loss = libm::pow(10.0, f64::from(k) / 20.0);
        let digit = libm::pow(10.0, libm::floor(libm::log10(loss)) - 2.0);
        libm::round(loss / digit) * digit
    });
    losses.map(|loss| Exceedance { loss, probability: total.exceedance(loss) }).collect()
}

/// Plays the years and compares.
fn second_opinion(
    scenarios: &[Scenario],
    exposures: &[Exposure],
    total: &Distribution,
    each: &[Arc<Alone>],
    settings: &Settings,
) -> Result<SecondOpinion, RiskError> {
    let work: f64 = exposures.iter().map(|e| 0.2 + e.attempts * (1.0 + 0.5 * e.forms.len() as f64)).sum();
    let years = settings.years.min((MOST_EVENTS / work) as usize).max(1_000);
    let marks: Vec<Vec<f64>> = (0..scenarios.len())
        .map(|at| each.get(at).map_or_else(Vec::new, |alone| alone.marks.clone()))
        .collect();
    let outcome = play(&Plan { scenarios, years, seed: settings.seed, marks: marks.clone() });
    let mut compared = Vec::new();
    for (at, alone) in each.iter().enumerate() {
        for ((mark, exact), reached) in alone.marks.iter().zip(&alone.exact).zip(&outcome.reached[at]) {
            let what = format!("scenario `{}`, probability of losing {mark:.0} or more", scenarios[at].id);
            compared.push(Compared { what, exact: *exact, reached: *reached });
        }
    }
    for mark in self::marks(total) {
        let reached = years - outcome.years.partition_point(|loss| *loss < mark);
        let what = format!("all scenarios, probability of losing {mark:.0} or more");
        compared.push(Compared { what, exact: total.exceedance(mark), reached: reached as u64 });
    }
    let limit = total.quantile(0.999).map_or(0.0, |bracket| bracket.high);
    let limited = (limit, total.limited_mean(limit));
    let distance = agree(&compared, &Played { years: &outcome.years, limited })?;
    Ok(SecondOpinion {
        years,
        seed: settings.seed,
        mean: simulated_mean(&outcome.years),
        levels: settings.levels.iter().map(|level| simulated_level(&outcome.years, *level)).collect(),
        compared: compared.len() + 1,
        distance,
    })
}

/// Amounts at which a distribution is compared, between lattice points so that sums of certain amounts do not hang
/// on the last bit.
fn marks(found: &Distribution) -> Vec<f64> {
    let mut marks: Vec<f64> = COMPARED
        .iter()
        .filter_map(|level| found.quantile(*level))
        .map(|bracket| (libm::floor(bracket.estimate / found.step() + 0.5) + 0.5) * found.step())
        .collect();
    marks.dedup();
    marks
}

fn simulated_mean(years: &[f64]) -> Bracket {
    let count = years.len() as f64;
    let mean = years.iter().sum::<f64>() / count;
    let variance = years.iter().map(|loss| (loss - mean) * (loss - mean)).sum::<f64>() / (count - 1.0);
    let width = 1.96 * libm::sqrt(variance / count);
    Bracket::new((mean - width).max(0.0), mean, mean + width)
}

fn simulated_level(years: &[f64], level: f64) -> SimulatedLevel {
    let count = years.len() as f64;
    let width = 1.96 * libm::sqrt(count * level * (1.0 - level));
    let at = |rank: f64| years[(libm::ceil(rank) as usize).clamp(1, years.len()) - 1];
    let rank = count * level;
    SimulatedLevel { level, var: Bracket::new(at(rank - width), at(rank), at(rank + width + 1.0)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frequency::Frequency;
    use crate::severity::{Interval, Severity};

    #[test]
    fn an_engine_that_is_wrong_is_contradicted() {
        let at = |rate, high| {
            Scenario::new("x", Frequency::Poisson(rate), Severity::Lognormal(Interval { low: 1e5, high }))
        };
        let settings = Settings { years: 100_000, points: 1 << 14, ..Settings::default() };
        let right = [at(0.5, 2e6)];
        for wrong in [at(0.55, 2e6), at(0.45, 2e6), at(0.5, 2.4e6), at(0.5, 1.7e6)] {
            let exposures = Exposure::all(&[wrong], "EUR").unwrap();
            let total = distribution(&exposures.iter().collect::<Vec<_>>(), 1 << 14);
            let answer = second_opinion(&right, &exposures, &total, &[], &settings);
            assert!(matches!(answer, Err(RiskError::Disagreement { .. })), "{answer:?}");
        }
    }
}
