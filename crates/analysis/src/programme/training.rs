//! What the checks on training share: a person's completions of a course.

use super::ProgrammeContext;
use std::collections::HashMap;
use warrant_model::fact::TrainingFact;
use warrant_model::kinds::Person;
use warrant_model::snapshot::Sourced;
use warrant_model::time::{day, plus_days, start_of};

/// Passed completions by e-mail address and course, the one that holds longest for each.
pub(super) struct Completions<'a> {
    by_person: HashMap<(String, String), &'a Sourced<TrainingFact>>,
    days: i64,
}

impl<'a> Completions<'a> {
    pub(super) fn of(ctx: &ProgrammeContext<'a>) -> Self {
        let days = i64::from(ctx.policy.freshness.training_days);
        let mut by_person: HashMap<_, &Sourced<TrainingFact>> = HashMap::new();
        for completion in ctx.programme.training.iter().filter(|completion| completion.fact.passed) {
            let key = (folded(&completion.fact.email), folded(&completion.fact.course));
            let order = |one: &Sourced<TrainingFact>| {
                let place = (one.evidence.clone(), one.place.line, one.place.pointer.clone());
                (last_day(&one.fact, days), one.fact.completed, place)
            };
            let held = by_person.entry(key).or_insert(completion);
            if order(completion) > order(held) {
                *held = completion;
            }
        }
        Self { by_person, days }
    }

    /// The completion of a course that holds longest, with its last day.
    pub(super) fn last(
        &self,
        person: &Person,
        course: &str,
    ) -> Option<(&'a Sourced<TrainingFact>, jiff::civil::Date)> {
        let completion = self.by_person.get(&(folded(&person.email), folded(course)))?;
        Some((completion, last_day(&completion.fact, self.days)))
    }
}

fn last_day(completion: &TrainingFact, days: i64) -> jiff::civil::Date {
    completion.expires.unwrap_or_else(|| day(plus_days(start_of(completion.completed), days)))
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}
