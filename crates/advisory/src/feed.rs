//! What was gathered from files: everything in one place, with where trouble was and how fresh each source is.

use crate::advisory::{Advisory, Exploited, Prediction, Ssvc, Statement};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most problems kept; beyond, they are only counted.
const PROBLEMS: usize = 1000;

/// Everything that files said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    /// Advisories.
    pub advisories: Vec<Advisory>,
    /// Exploited vulnerabilities.
    pub exploited: Vec<Exploited>,
    /// Predictions of exploitation.
    pub predictions: Vec<Prediction>,
    /// Inputs of SSVC decisions.
    pub ssvc: Vec<Ssvc>,
    /// VEX statements.
    pub statements: Vec<Statement>,
    /// How fresh sources without advisories are, by name (`KEV`, `EPSS`): what the list says of itself.
    pub lists: BTreeMap<String, Timestamp>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// How many problems there were in all.
    pub problem_count: usize,
    /// Files read.
    pub files: usize,
}

/// Something in a file that could not be used. The rest of the file and all other files were read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// Where in it: `line 3 column 7`, `vulnerabilities/2`.
    pub place: String,
    /// What is wrong, and what to do about it.
    pub message: String,
}

impl Feed {
    /// Notes a problem.
    pub fn problem(&mut self, file: &str, place: impl Into<String>, message: impl Into<String>) {
        self.problem_count += 1;
        if self.problems.len() < PROBLEMS {
            self.problems.push(Problem {
                file: file.to_owned(),
                place: place.into(),
                message: message.into(),
            });
        }
    }

    /// Takes everything another feed holds.
    pub fn append(&mut self, other: Self) {
        self.advisories.extend(other.advisories);
        self.exploited.extend(other.exploited);
        self.predictions.extend(other.predictions);
        self.ssvc.extend(other.ssvc);
        self.statements.extend(other.statements);
        other.lists.iter().for_each(|(name, at)| self.list(name, *at));
        self.files += other.files;
        let counted = other.problem_count - other.problems.len();
        for problem in other.problems {
            self.problem(&problem.file, problem.place, problem.message);
        }
        self.problem_count += counted;
    }

    /// Notes the age of a list, keeping the newest.
    pub fn list(&mut self, name: &str, at: Timestamp) {
        let known = self.lists.entry(name.to_owned()).or_insert(at);
        *known = (*known).max(at);
    }
}

/// The database an advisory comes from, told by its id: `RUSTSEC` of `RUSTSEC-2026-0074`.
pub fn source_of(id: &str) -> &str {
    id.split_once('-').map_or(id, |(database, _)| database)
}

/// An instant as feeds write it: RFC 3339, a day, or a time without zone. Years before 1990 stand for nothing.
pub fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let read = text.parse::<Timestamp>().ok().or_else(|| {
        let local = text.parse::<jiff::civil::DateTime>().ok();
        let day = || text.parse::<jiff::civil::Date>().ok().map(|day| day.at(0, 0, 0, 0));
        local.or_else(day)?.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    });
    read.filter(|at| at.as_second() > 631_152_000)
}
