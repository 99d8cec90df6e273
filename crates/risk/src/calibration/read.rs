//! Files of estimates: CSV with a header, or TOML with `[[estimate]]` tables.

use super::{Estimate, Outcome, Said};
use crate::error::{Place, RiskError};
use serde::Deserialize;

/// Largest file that is read, in bytes.
const LARGEST: usize = 64 << 20;

/// An estimate as a file has it: with `chance` and `happened`, or with `low`, `high` and `found`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    estimator: String,
    #[serde(default)]
    question: String,
    chance: Option<f64>,
    happened: Option<Happened>,
    low: Option<f64>,
    high: Option<f64>,
    confidence: Option<f64>,
    found: Option<f64>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "expected true or false, yes or no, 1 or 0")]
enum Happened {
    Truth(bool),
    Number(f64),
    Word(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    estimate: Vec<Row>,
}

/// Confidence of intervals that do not state one.
const USUAL: f64 = 0.9;

impl Estimate {
    /// Reads estimates from CSV, or from TOML when `name` ends so; `name` stands in messages.
    ///
    /// # Errors
    /// When the text is neither, or an estimate is not whole, with its place.
    pub fn read(name: &str, text: &str) -> Result<Vec<Self>, RiskError> {
        let refuse = |message: String| RiskError::Syntax { name: name.to_owned(), message };
        if text.len() > LARGEST {
            return Err(refuse(format!("is larger than {} MiB; split it", LARGEST >> 20)));
        }
        if name.to_ascii_lowercase().ends_with(".toml") {
            let tables: Tables =
                toml::from_str(text).map_err(|e| refuse(e.to_string().trim_end().to_owned()))?;
            let rows = tables.estimate.into_iter().enumerate();
            return rows
                .map(|(at, row)| row.whole(&Place::new(format!("{name}: estimate {}", at + 1))))
                .collect();
        }
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let headers = reader.headers().map_err(|error| refuse(error.to_string()))?.clone();
        let mut found = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| refuse(error.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            let row: Row = record.deserialize(Some(&headers)).map_err(|error| {
                refuse(format!(
                    "line {line}: {error}; the columns are estimator, question, chance, \
                     happened, low, high, confidence, found"
                ))
            })?;
            found.push(row.whole(&Place::new(format!("{name}: line {line}")))?);
        }
        Ok(found)
    }
}

impl Row {
    fn whole(self, place: &Place) -> Result<Estimate, RiskError> {
        let said = match (self.chance, self.happened, self.low, self.high, self.found) {
            (Some(chance), Some(happened), None, None, None) => {
                Said::Chance { chance, outcome: happened.outcome(place)? }
            }
            (None, None, Some(low), Some(high), Some(found)) => {
                Said::Interval { low, high, confidence: self.confidence.unwrap_or(USUAL), found }
            }
            _ => {
                return place.refuse(
                    "is neither a probability nor an interval with what turned out",
                    "give `chance` and `happened`, or `low`, `high` and `found`",
                );
            }
        };
        let estimate = Estimate { estimator: self.estimator, question: self.question, said };
        estimate.check(place)?;
        Ok(estimate)
    }
}

impl Happened {
    fn outcome(self, place: &Place) -> Result<Outcome, RiskError> {
        let word = match self {
            Self::Truth(happened) => happened.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Word(word) => word.trim().to_ascii_lowercase(),
        };
        match word.as_str() {
            "true" | "yes" | "1" => Ok(Outcome::Happened),
            "false" | "no" | "0" => Ok(Outcome::DidNot),
            other => place.field("happened").refuse(format!("`{other}` is no answer"), "give yes or no"),
        }
    }
}
