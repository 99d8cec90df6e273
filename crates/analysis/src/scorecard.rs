//! The scorecard: confidentiality, integrity and availability from control status and deficiencies.
//!
//! The score is the share of the controls' weight that is shown to hold, less what deficiencies take away. They take
//! the share that they make up of all weight, theirs and the controls', of at most `most_taken`. `docs/scorecards.md`
//! explains it to people.

use crate::framework::Framework;
use crate::policy::Policy;
use crate::status::{Judged, Word};
use warrant_model::posture::{Indicator, Scorecard};
use warrant_model::{Objective, Severity};

/// What a deficiency contributes.
pub(crate) struct Pull {
    pub(crate) severity: Severity,
    pub(crate) objectives: Vec<Objective>,
}

/// The scorecard of a system.
pub(crate) fn scorecard(
    judged: &Judged,
    framework: &Framework,
    policy: &Policy,
    pulls: &[Pull],
) -> Scorecard {
    Scorecard(Objective::ALL.map(|objective| indicator(judged, framework, policy, pulls, objective)))
}

/// The scorecard of the programme, which has no objectives of its own.
pub(crate) fn none() -> Scorecard {
    Scorecard(Objective::ALL.map(|objective| Indicator {
        objective,
        impact: None,
        score: None,
        assessed: 0.0,
        deficiencies: 0,
        reason: "The programme is no system: see the systems' scorecards.".to_owned(),
    }))
}

#[derive(Default)]
struct Weights {
    all: f64,
    held: f64,
    known: f64,
    of_deficiencies: f64,
    controls: u32,
    satisfied: u32,
    failed: u32,
}

fn indicator(
    judged: &Judged,
    framework: &Framework,
    policy: &Policy,
    pulls: &[Pull],
    objective: Objective,
) -> Indicator {
    let mut weights = Weights::default();
    for control in judged.in_scope() {
        let weight = framework.controls()[control].weights[objective as usize];
        let word = judged.word(control);
        if weight > 0.0 && word != Word::NotApplicable {
            weights.take_control(weight, word);
        }
    }
    let bearing = || pulls.iter().filter(|pull| pull.objectives.contains(&objective));
    for pull in bearing() {
        let weight = f64::from(policy.scorecard.deficiency.of(pull.severity));
        weights.of_deficiencies += weight;
    }
    let impact = judged.categorisation.level(objective);
    let deficiencies = bearing().count() as u32;
    let share = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    // Of the controls alone: deficiencies are known without anything being assessed.
    let assessed = share(weights.known, weights.all);
    let enough = weights.controls > 0 && assessed >= f64::from(policy.scorecard.least_assessed);
    let holds = share(weights.held, weights.all);
    let burden = share(weights.of_deficiencies, weights.of_deficiencies + weights.all);
    let left = 1.0 - f64::from(policy.scorecard.most_taken) * burden;
    let score = enough.then(|| percent(holds * left));
    let assessed = percent(assessed);
    let taken = percent(holds) - percent(holds * left);
    let reason = reason(&weights, score, assessed, deficiencies, taken);
    Indicator { objective, impact, score, assessed, deficiencies, reason }
}

impl Weights {
    fn take_control(&mut self, weight: f64, word: Word) {
        self.controls += 1;
        self.all += weight;
        match word {
            Word::Satisfied => {
                self.satisfied += 1;
                self.held += weight;
                self.known += weight;
            }
            Word::OtherThanSatisfied => {
                self.failed += 1;
                self.known += weight;
            }
            Word::NotApplicable | Word::NotAssessed | Word::Stale => {}
        }
    }
}

fn reason(weights: &Weights, score: Option<f32>, assessed: f32, deficiencies: u32, taken: f32) -> String {
    if weights.controls == 0 {
        return "Not categorised: no controls are in force, so there is nothing to score.".to_owned();
    }
    let unknown = weights.controls - weights.satisfied - weights.failed;
    let figures = format!(
        "of {} controls that serve it {} are shown to hold, {} not to hold, {unknown} are without fresh \
         evidence; {deficiencies} further deficiencies bear on it",
        weights.controls, weights.satisfied, weights.failed
    );
    match score {
        Some(score) => format!("{score:.0} of 100 by weight: {figures} and take {taken:.0} points."),
        None => format!("Not assessed, fresh evidence for {assessed:.0} % of the weight: {figures}."),
    }
}

fn percent(share: f64) -> f32 {
    ((share * 1000.0).round() / 10.0) as f32
}
