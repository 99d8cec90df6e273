//! Years played through, in blocks that threads may share out as they like.

use super::draw::Dice;
use super::generator::Generator;
use crate::scenario::Scenario;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Years in a block; each block has its own stream of random numbers.
const BLOCK: usize = 512;

/// What is counted.
pub(crate) struct Plan<'a> {
    pub(crate) scenarios: &'a [Scenario],
    /// Years to play.
    pub(crate) years: usize,
    pub(crate) seed: u64,
    /// For each scenario, amounts whose reaching is counted.
    pub(crate) marks: Vec<Vec<f64>>,
}

/// What happened.
pub(crate) struct Outcome {
    /// Loss of each year, smallest first.
    pub(crate) years: Vec<f64>,
    /// For each scenario and mark: years that reached it.
    pub(crate) reached: Vec<Vec<u64>>,
}

/// Plays all years.
pub(crate) fn play(plan: &Plan<'_>) -> Outcome {
    let names: BTreeSet<&str> =
        plan.scenarios.iter().filter_map(|s| s.factor.as_ref()).map(|f| f.name.as_str()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let dice: Vec<Dice<'_>> = plan.scenarios.iter().map(|scenario| Dice::new(scenario, &names)).collect();
    let blocks: Vec<Outcome> = (0..plan.years.div_ceil(BLOCK))
        .into_par_iter()
        .map(|block| {
            let mut random = Generator::new(plan.seed, block as u64);
            let count = BLOCK.min(plan.years - block * BLOCK);
            let mut reached: Vec<Vec<u64>> = plan.marks.iter().map(|marks| vec![0; marks.len()]).collect();
            let mut factors = vec![0.0; names.len()];
            let mut years = Vec::with_capacity(count);
            for _ in 0..count {
                factors.iter_mut().for_each(|factor| *factor = random.normal());
                let mut sum = 0.0;
                for (at, dice) in dice.iter().enumerate() {
                    let loss = dice.year(&mut random, &factors);
                    sum += loss;
                    for (mark, reached) in plan.marks[at].iter().zip(&mut reached[at]) {
                        *reached += u64::from(loss >= *mark);
                    }
                }
                years.push(sum);
            }
            Outcome { years, reached }
        })
        .collect();
    let mut whole = Outcome {
        years: Vec::with_capacity(plan.years),
        reached: plan.marks.iter().map(|marks| vec![0; marks.len()]).collect(),
    };
    for block in blocks {
        whole.years.extend(block.years);
        for (all, some) in whole.reached.iter_mut().zip(&block.reached) {
            all.iter_mut().zip(some).for_each(|(all, some)| *all += some);
        }
    }
    whole.years.sort_by(f64::total_cmp);
    whole
}
