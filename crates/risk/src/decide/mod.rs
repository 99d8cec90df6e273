//! Whether what is known is enough to choose between two sets of actions, and if not, what to find out first.

mod tolerated;
mod unknown;

pub use tolerated::{Efficacy, Telling, Tolerated, Unsure, tolerated};

use crate::bracket::Bracket;
use crate::error::{Place, RiskError};
use crate::file::RiskFile;
use crate::monte_carlo::Generator;
use crate::plan::expected;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use unknown::{Target, Unknown, unknowns};

/// Draws of all unknowns together: fewer when there are many, down to a fifth. A multiple of [`RUNS`].
const DRAWS: usize = 20_000;

/// Unknowns that all draws are made for.
const FEW: usize = 200;

/// Runs that the values of one unknown are split into.
const RUNS: usize = 40;

/// Points at which an unknown is taken as known.
const VALUES: usize = 24;

/// The chance of settling a choice from which a measurement counts as settling it.
const SETTLES: f64 = 0.9;

/// Which of two sets of actions is better, or that what is known does not tell.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Decision {
    /// Loss prevented by the first less its cost, minus the same of the second: mean and central 90 %.
    pub difference: Bracket,
    /// The chance that the first is better.
    pub first_is_better: f64,
    /// The answer.
    pub answer: Choice,
    /// What knowing everything exactly would be worth before choosing.
    pub worth_of_knowing_all: f64,
    /// What could be found out, the most valuable first.
    pub measurements: Vec<Measurement>,
    /// The cheapest measurement that would settle the choice in nine of ten cases, when none is settled yet; of equally
    /// dear ones the most valuable.
    pub measure_first: Option<String>,
}

/// An answer.
#[derive(Clone, Copy, Debug, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The first set, over the whole 90 % interval.
    First,
    /// The second set, over the whole 90 % interval.
    Second,
    /// The interval holds both.
    DoesNotDecide,
}

/// An unknown that could be found out.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Measurement {
    /// Which: ``rate of `ransomware` ``.
    pub what: String,
    /// What finding it out costs, when told.
    pub cost: f64,
    /// What knowing it exactly is worth: the gain from choosing with it over choosing without.
    pub worth: f64,
    /// The chance that the choice is settled once it is known.
    pub settles: f64,
}

/// What is compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Ids of the actions of the first set.
    pub first: Vec<String>,
    /// Ids of the actions of the second set.
    pub second: Vec<String>,
    /// Years for which losses count against the costs, from now on; 1 if 0. Actions work after their lead times.
    pub years: f64,
    /// What measurements cost, by the name that [`Measurement::what`] gives them; 0 when not told.
    pub costs: BTreeMap<String, f64>,
}

/// Compares two sets of actions under what is not known: rates that are `uncertain`, and actions with a `range` of
/// effect or a `cost_range`.
///
/// # Errors
/// When a field of the file means nothing or an action is not there.
pub fn decide(file: &RiskFile, question: &Question) -> Result<Decision, RiskError> {
    let place = Place::new("question");
    let years = if question.years == 0.0 { 1.0 } else { question.years };
    if !(0.01..=100.0).contains(&years) {
        return place.field("years").refuse(format!("{years} is out of range"), "give 0.01 to 100 years");
    }
    // Every field of the file is checked, also of what cannot tell the two sets apart.
    expected(file)?;
    unknowns(file)?;
    for (field, ids) in [("first", &question.first), ("second", &question.second)] {
        if let Some(id) = ids.iter().find(|id| !file.actions.iter().any(|action| action.id == **id)) {
            return place.field(field).refuse(format!("`{id}` is no action"), "name actions of the file");
        }
    }
    let file = &concerned(file, question);
    let (losses, unknowns) = (expected(file)?, unknowns(file)?);
    let sides = [&question.first, &question.second].map(|ids| {
        let find = |id: &String| file.actions.iter().position(|action| action.id == *id);
        ids.iter().filter_map(find).collect::<Vec<usize>>()
    });
    let stretches = [0, 1].map(|side: usize| stretches(file, &sides[side], years));
    let place_of = |id: &str| file.scenarios.iter().position(|scenario| scenario.id == id);
    let hits =
        file.actions.iter().map(|one| one.prevents.iter().map(|effect| place_of(&effect.scenario)).collect());
    let model = Model { hits: hits.collect(), file, losses, sides, stretches, unknowns: &unknowns };
    Ok(model.decide(&question.costs))
}

/// The actions of both sets, and the scenarios that one of them lessens: all else is the same on both sides.
fn concerned(file: &RiskFile, question: &Question) -> RiskFile {
    let asked: BTreeSet<&String> = question.first.iter().chain(&question.second).collect();
    let actions: Vec<_> = file.actions.iter().filter(|one| asked.contains(&one.id)).cloned().collect();
    let hit: BTreeSet<&str> =
        actions.iter().flat_map(|one| &one.prevents).map(|effect| effect.scenario.as_str()).collect();
    let scenarios: Vec<_> =
        file.scenarios.iter().filter(|one| hit.contains(one.id.as_str())).cloned().collect();
    // A file has one scenario at least.
    let scenarios = if scenarios.is_empty() { file.scenarios[..1].to_vec() } else { scenarios };
    RiskFile { scenarios, actions, ..file.clone() }
}

/// Draws for so many unknowns.
fn draws(unknowns: usize) -> usize {
    let some = DRAWS * FEW / unknowns.max(FEW);
    (some / RUNS * RUNS).max(DRAWS / 5)
}

struct Model<'a> {
    file: &'a RiskFile,
    /// Expected loss of each scenario at the mean rate.
    losses: Vec<f64>,
    /// For each action, the scenarios that its effects are on.
    hits: Vec<Vec<Option<usize>>>,
    sides: [Vec<usize>; 2],
    /// For each side, months from which more of its actions work, and years that this then lasts.
    stretches: [Vec<(u32, f64)>; 2],
    unknowns: &'a [Unknown],
}

impl Model<'_> {
    fn decide(&self, costs: &BTreeMap<String, f64>) -> Decision {
        let means: Vec<f64> = self.unknowns.iter().map(Unknown::mean).collect();
        let apart = self.worths(&means);
        // The better set on average, and what knowing all adds to it.
        let (values, gaps) = self.draw();
        let mut drawn = gaps.clone();
        let count = drawn.len() as f64;
        let average = |of: fn(f64) -> f64| gaps.iter().map(|gap| of(*gap)).sum::<f64>() / count;
        let gain = average(|gap| gap.max(0.0)) - average(|gap| gap).max(0.0);
        let mean = apart[0] - apart[1];
        let (low, high) = central(&mut drawn);
        let answer = verdict(low, high);
        let mut measurements: Vec<Measurement> = Vec::new();
        for (at, unknown) in self.unknowns.iter().enumerate() {
            let what = unknown.name.clone();
            let cost = costs.get(&what).copied().unwrap_or(0.0);
            let (worth, settles) = (self.knowing(at, &means, mean), settles(&values[at], &gaps));
            measurements.push(Measurement { what, cost, worth, settles });
        }
        measurements.sort_by(|a, b| b.worth.total_cmp(&a.worth));
        let settling = measurements.iter().filter(|m| m.settles >= SETTLES);
        let first = settling.min_by(|a, b| a.cost.total_cmp(&b.cost)).map(|m| m.what.clone());
        Decision {
            difference: Bracket::new(low, mean, high),
            first_is_better: drawn.iter().filter(|gap| **gap > 0.0).count() as f64 / count,
            answer,
            worth_of_knowing_all: gain.max(0.0),
            measurements,
            measure_first: first.filter(|_| answer == Choice::DoesNotDecide),
        }
    }

    /// Worth of both sets: minus what is lost and what is paid.
    fn worths(&self, values: &[f64]) -> [f64; 2] {
        let mut losses = self.losses.clone();
        let mut changed = BTreeMap::new();
        for (unknown, value) in self.unknowns.iter().zip(values) {
            match unknown.target {
                Target::Rate(scenario) => losses[scenario] *= value / unknown.mean(),
                other => {
                    changed.insert(other, *value);
                }
            }
        }
        [0, 1].map(|side| {
            let side_actions = &self.sides[side];
            let paid = |action: &usize| {
                changed.get(&Target::Cost(*action)).copied().unwrap_or(self.file.actions[*action].cost)
            };
            let mut worth = -side_actions.iter().map(paid).sum::<f64>();
            for (from, lasts) in &self.stretches[side] {
                let mut left = losses.clone();
                for action in side_actions {
                    let its = &self.file.actions[*action];
                    if its.lead_months > *from {
                        continue;
                    }
                    for (at, effect) in its.prevents.iter().enumerate() {
                        let share = changed.get(&Target::Share(*action, at)).copied().unwrap_or(effect.share);
                        if let Some(scenario) = self.hits[*action][at] {
                            left[scenario] *= 1.0 - share;
                        }
                    }
                }
                worth -= lasts * left.iter().sum::<f64>();
            }
            worth
        })
    }

    /// Drawn values of each unknown, and the differences of both worths for them.
    fn draw(&self) -> (Vec<Vec<f64>>, Vec<f64>) {
        let mut random = Generator::new(2, 0);
        let count = draws(self.unknowns.len());
        let mut drawn = vec![Vec::with_capacity(count); self.unknowns.len()];
        let gaps = (0..count).map(|_| {
            let values: Vec<f64> = self.unknowns.iter().map(|unknown| unknown.draw(&mut random)).collect();
            drawn.iter_mut().zip(&values).for_each(|(all, value)| all.push(*value));
            let [first, second] = self.worths(&values);
            first - second
        });
        let gaps = gaps.collect();
        (drawn, gaps)
    }

    /// What knowing one unknown is worth. Worths are linear in each unknown and these are independent, so that all others
    /// stand at their means.
    fn knowing(&self, at: usize, means: &[f64], mean: f64) -> f64 {
        let mut better = 0.0;
        for node in self.unknowns[at].nodes(VALUES) {
            let mut values = means.to_vec();
            values[at] = node.at;
            let [first, second] = self.worths(&values);
            better += node.weight * (first - second).max(0.0);
        }
        (better - mean.max(0.0)).max(0.0)
    }
}

/// The chance that knowing an unknown settles the choice: the share of runs of its values in which all else leaves no doubt.
fn settles(values: &[f64], gaps: &[f64]) -> f64 {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let decided = |run: &&[usize]| {
        let (low, high) = central(&mut run.iter().map(|nth| gaps[*nth]).collect::<Vec<_>>());
        verdict(low, high) != Choice::DoesNotDecide
    };
    order.chunks(gaps.len() / RUNS).filter(decided).count() as f64 / RUNS as f64
}

/// From which months on more actions work, and for how many years; those that begin too late are left out.
fn stretches(file: &RiskFile, actions: &[usize], years: f64) -> Vec<(u32, f64)> {
    let leads = actions.iter().map(|action| file.actions[*action].lead_months);
    let begins: BTreeSet<u32> = leads.chain([0]).filter(|lead| f64::from(*lead) < 12.0 * years).collect();
    let ends = begins.iter().skip(1).map(|month| f64::from(*month) / 12.0).chain([years]);
    begins.iter().zip(ends).map(|(begin, end)| (*begin, end - f64::from(*begin) / 12.0)).collect()
}

/// The central 90 % of drawn values.
fn central(drawn: &mut [f64]) -> (f64, f64) {
    drawn.sort_by(f64::total_cmp);
    let at = |share: f64| drawn[((drawn.len() - 1) as f64 * share) as usize];
    (at(0.05), at(0.95))
}

fn verdict(low: f64, high: f64) -> Choice {
    if low > 0.0 {
        Choice::First
    } else if high < 0.0 {
        Choice::Second
    } else {
        Choice::DoesNotDecide
    }
}
