//! Who must have passed what, and whether they have.

use crate::{Actor, Service, ServiceError};
use jiff::civil::Date;
use std::collections::HashMap;
use warrant_model::fact::TrainingFact;
use warrant_model::kind::Record;
use warrant_model::kinds::Person;
use warrant_model::posture::Source;
use warrant_model::snapshot::Sourced;
use warrant_model::time::{day, plus_days, start_of};
use warrant_report::{Cell, Column, ColumnKind, Table};

/// A required course of a person.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct TrainingRow {
    /// The person's record.
    pub person: String,
    /// Their name.
    pub name: String,
    /// Their unit's record, if any.
    pub unit: Option<String>,
    /// The course.
    pub course: String,
    /// How it stands.
    pub state: CourseState,
    /// The last passed completion.
    pub completed: Option<Date>,
    /// The last day it holds.
    pub expires: Option<Date>,
    /// Where the completion was read.
    pub source: Option<Source>,
}

/// How a required course stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CourseState {
    /// Passed once, but the completion has lapsed.
    Lapsed,
    /// No passed completion is on record.
    Missing,
    /// Holds, but ends within the policy's warning time.
    Ending,
    /// Holds.
    Current,
}

impl CourseState {
    /// Every state, worst first.
    pub const ALL: [Self; 4] = [Self::Lapsed, Self::Missing, Self::Ending, Self::Current];

    /// The word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Lapsed => "lapsed",
            Self::Missing => "missing",
            Self::Ending => "ending",
            Self::Current => "current",
        }
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::Lapsed => "Lapsed",
            Self::Missing => "Never passed",
            Self::Ending => "Ends soon",
            Self::Current => "Current",
        }
    }
}

impl Service {
    /// Every required course of everybody who is here, worst first, then by name.
    pub async fn training(&self, actor: &Actor) -> Result<Vec<TrainingRow>, ServiceError> {
        crate::permission::require_signed_in(actor)?;
        let (programme, _) = self.programme_now(&mut self.store().db()).await?;
        let (today, policy) = (day(self.now()), self.policy());
        let days = i64::from(policy.freshness.training_days);
        let warn = day(plus_days(self.now(), i64::from(policy.warning.expires_days)));
        let mut held: HashMap<(String, String), (Date, &Sourced<TrainingFact>)> = HashMap::new();
        for completion in programme.training.iter().filter(|completion| completion.fact.passed) {
            let key = (folded(&completion.fact.email), folded(&completion.fact.course));
            let last = last_day(&completion.fact, days);
            let newer = held.get(&key).is_none_or(|(until, _)| *until < last);
            if newer {
                held.insert(key, (last, completion));
            }
        }
        let here = |person: &&Record<Person>| person.body.left.is_none_or(|left| left >= today);
        let mut rows = Vec::new();
        for person in programme.persons.iter().filter(here) {
            for course in &person.body.required_courses {
                let found = held.get(&(folded(&person.body.email), folded(course)));
                let state = match found {
                    None => CourseState::Missing,
                    Some((until, _)) if *until < today => CourseState::Lapsed,
                    Some((until, _)) if *until <= warn => CourseState::Ending,
                    Some(_) => CourseState::Current,
                };
                rows.push(TrainingRow {
                    person: person.id.0.clone(),
                    name: person.body.name.clone(),
                    unit: person.body.unit.as_ref().map(|unit| unit.0.clone()),
                    course: course.clone(),
                    state,
                    completed: found.map(|(_, completion)| completion.fact.completed),
                    expires: found.map(|(until, _)| *until),
                    source: found.map(|(_, completion)| Source::Evidence {
                        evidence: completion.evidence.clone(),
                        place: completion.place.clone(),
                    }),
                });
            }
        }
        rows.sort_by(|a, b| (a.state, &a.name, &a.course).cmp(&(b.state, &b.name, &b.course)));
        Ok(rows)
    }

    /// Training as a table.
    pub fn training_table(&self, rows: &[TrainingRow]) -> Table {
        let column = Column::new;
        let row = |row: &TrainingRow| {
            vec![
                Cell::text(&row.name),
                Cell::text(&row.course),
                Cell::text(row.state.title()),
                Cell::date_if(row.completed),
                Cell::date_if(row.expires),
            ]
        };
        let heading = self.heading("required training");
        Table {
            title: "Required training".to_owned(),
            columns: vec![
                column("person", ColumnKind::Text),
                column("course", ColumnKind::Text),
                column("state", ColumnKind::Text),
                column("completed", ColumnKind::Date),
                column("holds until", ColumnKind::Date),
            ],
            rows: rows.iter().map(row).collect(),
            marking: heading.marking,
            source: heading.source,
        }
    }
}

fn last_day(completion: &TrainingFact, days: i64) -> Date {
    completion.expires.unwrap_or_else(|| day(plus_days(start_of(completion.completed), days)))
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}
