//! What each control is worth in money: alone, and as a fair share of what all prevent together.

use super::Control;
use super::steps::{Controls, by_id, controlled, through};
use crate::baseline::Baseline;
use crate::error::RiskError;
use crate::exposure::Exposure;
use crate::report::Figures;
use crate::scenario::Scenario;
use crate::settings::Settings;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Controls on one scenario up to which all their combinations are gone through.
const ALL_COMBINATIONS: usize = 14;

/// Orders gone through when there are more.
const ORDERS: usize = 4096;

/// What controls are worth.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Worth {
    /// Yearly loss as things stand.
    pub now: Figures,
    /// Expected yearly loss if no control were in force.
    pub ale_without_any: f64,
    /// Each control, in the order given.
    pub controls: Vec<ControlWorth>,
}

/// What one control is worth a year.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct ControlWorth {
    /// Its id.
    pub id: String,
    /// Efficacy × coverage × reliability.
    pub performance: f64,
    /// Figures if it were not in force and all others were.
    pub without: Figures,
    /// Expected loss without it less expected loss with it.
    pub marginal_ale: f64,
    /// Its Shapley share of what all controls prevent; the shares add up to `ale_without_any` less today's expected
    /// loss.
    pub share_ale: f64,
}

/// Prices every control: the loss without it less the loss with it, and its share of the whole.
///
/// # Errors
/// When a field means nothing or a lattice is too coarse.
pub fn worth(scenarios: &[Scenario], settings: &Settings) -> Result<Worth, RiskError> {
    let baseline = Baseline::new(scenarios, settings)?;
    let controls = by_id(&settings.controls)?;
    let mut shares: BTreeMap<&str, f64> = BTreeMap::new();
    let mut without_any = 0.0;
    for scenario in scenarios {
        let mut bare = scenario.clone();
        bare.steps.clear();
        let attempts = Exposure::new(&bare, &settings.currency)?.mean();
        let game = Game { scenario, controls: &controls, attempts };
        without_any += game.loss(&BTreeSet::new())?;
        game.share_out(&mut shares)?;
    }
    let now = baseline.figures().clone();
    let priced = settings.controls.iter().map(|control| {
        let others: Vec<Control> = settings
            .controls
            .iter()
            .map(|other| Control {
                coverage: if other.id == control.id { 0.0 } else { other.coverage },
                ..other.clone()
            })
            .collect();
        let touched: Vec<Scenario> = scenarios
            .iter()
            .filter(|scenario| named(scenario).contains(control.id.as_str()))
            .cloned()
            .collect();
        let without = baseline.with(&controlled(&touched, &others)?)?;
        Ok(ControlWorth {
            id: control.id.clone(),
            performance: control.performance(),
            marginal_ale: without.ale - now.ale,
            without,
            share_ale: shares.get(control.id.as_str()).copied().unwrap_or(0.0),
        })
    });
    Ok(Worth { controls: priced.collect::<Result<_, RiskError>>()?, now, ale_without_any: without_any })
}

/// Controls that the steps of a scenario name.
fn named(scenario: &Scenario) -> BTreeSet<&str> {
    let prevent = scenario.steps.iter().flat_map(|step| &step.prevented_by).map(|b| b.control.as_str());
    let detect = scenario.steps.iter().flat_map(|step| &step.detected_by).map(|d| d.control.as_str());
    prevent.chain(detect).collect()
}

/// One scenario's expected loss as a game of its controls. Games of several scenarios add up, and so do their shares.
struct Game<'a> {
    scenario: &'a Scenario,
    controls: &'a Controls<'a>,
    /// Expected loss if every attempt got through.
    attempts: f64,
}

impl<'a> Game<'a> {
    /// Expected loss when only these controls are in force.
    fn loss(&self, force: &BTreeSet<&str>) -> Result<f64, RiskError> {
        let idle: Vec<Control> = self
            .controls
            .values()
            .map(|control| {
                let coverage = if force.contains(control.id.as_str()) { control.coverage } else { 0.0 };
                Control { coverage, ..(*control).clone() }
            })
            .collect();
        let idle: Controls<'_> = idle.iter().map(|control| (control.id.as_str(), control)).collect();
        Ok(self.attempts * through(self.scenario, &idle)?)
    }

    /// Adds each control's Shapley share of what is prevented.
    fn share_out(&self, shares: &mut BTreeMap<&'a str, f64>) -> Result<(), RiskError> {
        let players: Vec<&str> = named(self.scenario).into_iter().collect();
        if players.len() <= ALL_COMBINATIONS {
            return self.all_combinations(&players, shares);
        }
        self.some_orders(&players, shares)
    }

    fn all_combinations(
        &self,
        players: &[&'a str],
        shares: &mut BTreeMap<&'a str, f64>,
    ) -> Result<(), RiskError> {
        let count = players.len();
        let losses: Vec<f64> = (0_usize..1 << count)
            .map(|mask| {
                let force = players.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1);
                self.loss(&force.map(|(_, id)| *id).collect())
            })
            .collect::<Result<_, RiskError>>()?;
        // Weight of a set of k others: k! (n - 1 - k)! / n!.
        let mut weights = vec![1.0 / count.max(1) as f64; count];
        for k in 1..count {
            weights[k] = weights[k - 1] * k as f64 / (count - k) as f64;
        }
        for (at, id) in players.iter().enumerate() {
            let without = (0..losses.len()).filter(|mask| mask >> at & 1 == 0);
            let share: f64 = without
                .map(|mask| weights[mask.count_ones() as usize] * (losses[mask] - losses[mask | 1 << at]))
                .sum();
            *shares.entry(id).or_default() += share;
        }
        Ok(())
    }

    /// Averages over orders drawn by a fixed rule; in each the gains add up to the whole, so do their averages.
    fn some_orders(&self, players: &[&'a str], shares: &mut BTreeMap<&'a str, f64>) -> Result<(), RiskError> {
        let mut order = players.to_vec();
        let mut random = crate::monte_carlo::Generator::new(1, players.len() as u64);
        for _ in 0..ORDERS {
            for at in (1..order.len()).rev() {
                order.swap(at, random.below(at + 1));
            }
            let mut force = BTreeSet::new();
            let mut before = self.loss(&force)?;
            for id in &order {
                force.insert(*id);
                let after = self.loss(&force)?;
                *shares.entry(id).or_default() += (before - after) / ORDERS as f64;
                before = after;
            }
        }
        Ok(())
    }
}
