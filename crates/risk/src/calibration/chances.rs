//! Probabilities: Brier's score, what it is made of, and whether what happened is as likely as said.

use super::{Calibrated, Outcome, percent};
use crate::numeric::special::normal_cdf;
use schemars::JsonSchema;
use serde::Serialize;

/// Groups of probabilities for the decomposition.
const GROUPS: usize = 10;

/// An outcome less likely than this on its side contradicts what was said.
const CONTRADICTS: f64 = 0.05;

/// What happens more or less often by this share of the estimates is a fault worth knowing.
const WORTH_KNOWING: f64 = 0.2;

/// Up to so many estimates the distribution of the number that happens is worked out exactly.
const EXACT: usize = 2_000;

/// Probabilities that were stated.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Chances {
    /// How many.
    pub count: usize,
    /// How many happened.
    pub happened: usize,
    /// Mean of what was said.
    pub said: f64,
    /// Brier's score (1950): mean square of probability less outcome. 0 is best; always saying a half gives 0.25.
    pub brier: f64,
    /// Brier's score is reliability − resolution + uncertainty + within (Murphy 1973, for tenths). Reliability: how far
    /// what was said in each tenth lies from how often it happened; 0 is best.
    pub reliability: f64,
    /// How far the tenths differ in how often it happened; more is better.
    pub resolution: f64,
    /// What the score would be if one had always said how often it happens.
    pub uncertainty: f64,
    /// What is lost or won by different probabilities inside a tenth.
    pub within: f64,
    /// Share of the uncertainty that the estimates take away: 1 − score / uncertainty. None when everything happened,
    /// or nothing.
    pub skill: Option<f64>,
    /// Sharpness: standard deviation of what was said.
    pub sharpness: f64,
    /// The probability that so few or fewer, and so many or more, happen if what was said is right.
    pub likely: (f64, f64),
    /// What the number that happened says about what was said.
    pub verdict: Calibrated,
}

impl Chances {
    /// Of at least one.
    pub(super) fn of(told: &[(f64, Outcome)]) -> Self {
        let outcome = |outcome: Outcome| f64::from(u8::from(outcome == Outcome::Happened));
        let told: Vec<(f64, f64)> = told.iter().map(|(chance, o)| (*chance, outcome(*o))).collect();
        let count = told.len() as f64;
        let mean = |of: &dyn Fn(&(f64, f64)) -> f64| told.iter().map(of).sum::<f64>() / count;
        let (said, rate) = (mean(&|(chance, _)| *chance), mean(&|(_, outcome)| *outcome));
        let brier = mean(&|(chance, outcome)| (chance - outcome) * (chance - outcome));
        let (mut reliability, mut resolution) = (0.0, 0.0);
        for group in 0..GROUPS {
            let in_group = |chance: f64| ((chance * GROUPS as f64) as usize).min(GROUPS - 1) == group;
            let members: Vec<&(f64, f64)> = told.iter().filter(|(chance, _)| in_group(*chance)).collect();
            if members.is_empty() {
                continue;
            }
            let size = members.len() as f64;
            let chance = members.iter().map(|(chance, _)| chance).sum::<f64>() / size;
            let happened = members.iter().map(|(_, outcome)| outcome).sum::<f64>() / size;
            reliability += size / count * (chance - happened) * (chance - happened);
            resolution += size / count * (happened - rate) * (happened - rate);
        }
        let uncertainty = rate * (1.0 - rate);
        let happened = told.iter().filter(|(_, outcome)| *outcome == 1.0).count();
        let spread = count_of(&told);
        let likely = (spread.at_most(happened), spread.at_least(happened));
        Self {
            count: told.len(),
            happened,
            said,
            brier,
            reliability,
            resolution,
            uncertainty,
            within: brier - (reliability - resolution + uncertainty),
            skill: (uncertainty > 0.0).then(|| 1.0 - brier / uncertainty),
            sharpness: libm::sqrt(mean(&|(chance, _)| (chance - said) * (chance - said))),
            likely,
            verdict: verdict(&spread, likely, told.len(), said),
        }
    }

    pub(super) fn sentence(&self) -> String {
        let verdict = match self.verdict {
            Calibrated::TooLow => "said too low",
            Calibrated::TooHigh => "said too high",
            Calibrated::TooFewToSay => "too few to say",
            _ => "fits",
        };
        let skill = match self.skill {
            Some(skill) if skill > 0.0 => {
                format!(", {} better than always saying how often it happens", percent(skill))
            }
            Some(_) => ", no better than always saying how often it happens".to_owned(),
            None => String::new(),
        };
        format!(
            "says {} on average, {} happens ({} of {}): {verdict}; Brier {:.3}{skill}",
            percent(self.said),
            percent(self.happened as f64 / self.count as f64),
            self.happened,
            self.count,
            self.brier,
        )
    }
}

/// The number that happens, if each happens with the probability said.
enum Spread {
    Exact(Vec<f64>),
    Normal { mean: f64, sd: f64 },
}

fn count_of(told: &[(f64, f64)]) -> Spread {
    if told.len() > EXACT {
        let mean = told.iter().map(|(chance, _)| chance).sum();
        let variance: f64 = told.iter().map(|(chance, _)| chance * (1.0 - chance)).sum();
        return Spread::Normal { mean, sd: libm::sqrt(variance) };
    }
    let mut masses = vec![1.0];
    for (chance, _) in told {
        masses.push(0.0);
        for at in (0..masses.len()).rev() {
            let before = if at > 0 { masses[at - 1] } else { 0.0 };
            masses[at] = masses[at] * (1.0 - chance) + before * chance;
        }
    }
    Spread::Exact(masses)
}

impl Spread {
    fn at_most(&self, count: usize) -> f64 {
        match self {
            Self::Exact(masses) => masses[..=count].iter().sum::<f64>().min(1.0),
            Self::Normal { mean, sd } if *sd > 0.0 => normal_cdf((count as f64 + 0.5 - mean) / sd),
            Self::Normal { mean, .. } => f64::from(u8::from(count as f64 >= *mean - 1e-9)),
        }
    }

    fn at_least(&self, count: usize) -> f64 {
        match self {
            Self::Exact(masses) => masses[count..].iter().sum::<f64>().min(1.0),
            Self::Normal { mean, sd } if *sd > 0.0 => normal_cdf((mean - count as f64 + 0.5) / sd),
            Self::Normal { mean, .. } => f64::from(u8::from(count as f64 <= *mean + 1e-9)),
        }
    }
}

fn verdict(spread: &Spread, likely: (f64, f64), count: usize, said: f64) -> Calibrated {
    if likely.0 < CONTRADICTS {
        return Calibrated::TooHigh;
    }
    if likely.1 < CONTRADICTS {
        return Calibrated::TooLow;
    }
    // Would it have shown if what happens were off by a fifth of the estimates?
    let off = |share: f64| (share.clamp(0.0, 1.0) * count as f64).round() as usize;
    let lower = said < WORTH_KNOWING || spread.at_most(off(said - WORTH_KNOWING)) < CONTRADICTS;
    let higher = said > 1.0 - WORTH_KNOWING || spread.at_least(off(said + WORTH_KNOWING)) < CONTRADICTS;
    let shows = lower && higher && count > 1;
    if shows { Calibrated::Fits } else { Calibrated::TooFewToSay }
}
