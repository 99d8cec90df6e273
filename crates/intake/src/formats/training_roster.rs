//! Training rosters: CSV, XLSX or ODS exports of learning systems, recognised by their column headers.
//!
//! Needed are a column of e-mail addresses, one of courses and one of completion dates; those of expiry, score
//! and status are used when there. Rows above the header (a title) are passed over.
//!
//! - A person enrolled or in progress has not completed anything: no fact, but the address is a target.
//! - A date such as 3/4/2026 is read by the order that the other dates of the file show; when they show none,
//!   or both, the row is a problem that asks for ISO dates.
//! - The roster does not say when it was exported: the time of observation is unknown.

mod columns;
mod dates;

use crate::bounded::Bounded;
use crate::sniff::Shape;
use crate::table::{Row, Sheet, Table, read_table};
use crate::targets::Targets;
use crate::{Confidence, Example, Input, ReadError, Reader, Reading, Sink, Sniff, Tool, excerpt};
use columns::Columns;
use dates::Order;
use warrant_model::fact::{Fact, Place, TrainingFact};

/// The largest workbook that is opened only to look at its headers.
const LOOK: usize = 16 << 20;

/// The reader.
#[derive(Debug)]
pub struct TrainingRoster;

impl Reader for TrainingRoster {
    fn id(&self) -> &'static str {
        "training-roster"
    }

    fn title(&self) -> &'static str {
        "Training roster (CSV, XLSX, ODS)"
    }

    fn source(&self) -> &'static str {
        "Column headers as learning systems export them; RFC 4180, ECMA-376, ODF 1.3"
    }

    fn yields(&self) -> &'static str {
        "one training completion for each person and course"
    }

    fn example(&self) -> Example {
        Example { bytes: include_bytes!("examples/training-roster.csv"), facts: 3 }
    }

    fn recognise(&self, sniff: &Sniff<'_>) -> Confidence {
        let looks = match &sniff.shape {
            Shape::Text(_) => true,
            Shape::Zip => sniff.bytes.len() <= LOOK,
            _ => false,
        };
        if looks && sniff.rows().any(|row| Columns::of(row).is_some()) {
            return Confidence::Likely;
        }
        Confidence::No
    }

    fn read(&self, input: &Input<'_>, sink: &mut dyn Sink) -> Result<Reading, ReadError> {
        let sink = &mut Bounded::new(sink, input.limits);
        let table = headed(read_table(input.bytes, Sheet::First, &input.limits)?);
        let Some(columns) = Columns::of(&table.headers) else {
            return Err(ReadError::Malformed {
                line: 1,
                message: "the header must name the columns e-mail, course and completion date".to_owned(),
            });
        };
        if table.rows.is_empty() {
            return Err(ReadError::Empty { format: self.title(), expected: "rows below the header" });
        }
        let dates = [Some(columns.completed), columns.expires].into_iter().flatten();
        let cells = dates.flat_map(|at| table.rows.iter().filter_map(move |row| row.cells.get(at)));
        let order = Order::shown_by(cells.map(String::as_str));
        let mut targets = Targets::default();
        for row in &table.rows {
            let place = if table.sheet.is_empty() {
                Place::new(row.line, format!("row {}", row.line))
            } else {
                Place::new(row.line, format!("{}!{}", table.sheet, row.line))
            };
            let entry = Entry { columns: &columns, row, order };
            let fact = entry.email().and_then(|email| {
                targets.add(&email);
                entry.training(email, &place, sink)
            });
            match fact {
                Ok(Some(training)) => sink.fact(place, Fact::Training(training))?,
                Ok(None) => {}
                Err(message) => sink.problem(place, message),
            }
        }
        Ok(Reading {
            tool: Tool { name: "training-roster".to_owned(), version: None },
            observed_at: None,
            targets: targets.into_names(),
            release: None,
        })
    }
}

fn headed(table: Table) -> Table {
    table.headed(|row| Columns::of(row).is_some())
}

struct Entry<'t> {
    columns: &'t Columns,
    row: &'t Row,
    order: Order,
}

/// What the status column says.
enum Standing {
    Passed,
    Failed,
    Unfinished,
}

impl Entry<'_> {
    fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|at| self.row.cells.get(at)).map_or("", String::as_str)
    }

    fn email(&self) -> Result<String, String> {
        let cell = self.cell(Some(self.columns.email));
        let bare = cell.rsplit_once('<').map_or(cell, |(_, rest)| rest.trim_end_matches('>')).trim();
        match bare.split_once('@') {
            Some((name, host))
                if !name.is_empty() && host.contains('.') && !bare.contains(char::is_whitespace) =>
            {
                Ok(bare.to_lowercase())
            }
            _ => Err(format!("{:?} is not an e-mail address; the row is left out", excerpt::title(cell))),
        }
    }

    fn standing(&self) -> Result<Standing, String> {
        let word = self.cell(self.columns.status).to_lowercase().replace(['-', '_'], " ");
        Ok(match word.trim() {
            "" | "passed" | "pass" | "p" | "completed" | "complete" | "successful" | "success" | "yes"
            | "true" | "1" | "y" | "done" | "satisfactory" | "current" | "certified" | "expired" => {
                Standing::Passed
            }
            "failed" | "fail" | "f" | "not passed" | "unsuccessful" | "no" | "false" | "0" | "n"
            | "unsatisfactory" => Standing::Failed,
            "in progress" | "started" | "not started" | "enrolled" | "registered" | "assigned"
            | "incomplete" | "not completed" | "not complete" | "overdue" | "pending" | "withdrawn"
            | "cancelled" | "canceled" | "not attempted" | "open" => Standing::Unfinished,
            other => {
                return Err(format!(
                    "status {:?} is not known; write passed, failed or in progress",
                    excerpt::title(other)
                ));
            }
        })
    }

    /// The completion; `None` when the course is not finished.
    fn training(
        &self,
        email: String,
        place: &Place,
        sink: &mut dyn Sink,
    ) -> Result<Option<TrainingFact>, String> {
        let passed = match self.standing()? {
            Standing::Unfinished => return Ok(None),
            Standing::Passed => true,
            Standing::Failed => false,
        };
        let course = excerpt::title(self.cell(Some(self.columns.course)));
        if course.is_empty() {
            return Err("the row names no course; it is left out".to_owned());
        }
        let completed = self.cell(Some(self.columns.completed));
        if completed.is_empty() && (self.cell(self.columns.status).is_empty() || !passed) {
            return Ok(None);
        }
        let completed = self.order.date(completed)?;
        let expires = match self.cell(self.columns.expires) {
            "" => None,
            text if matches!(text.to_lowercase().as_str(), "never" | "n/a" | "none" | "-") => None,
            text => Some(self.order.date(text)?),
        };
        let score = match self.cell(self.columns.score) {
            "" | "-" | "n/a" | "N/A" => None,
            text => {
                let score = score(text);
                if score.is_none() {
                    let message =
                        format!("score {:?} is not a percentage; it is left out", excerpt::title(text));
                    sink.problem(place.clone(), message);
                }
                score
            }
        };
        Ok(Some(TrainingFact { email, course, completed, expires, score, passed }))
    }
}

/// A score in per cent: `85`, `85.5 %`, `17/20`; a fraction below 1 is how spreadsheets store percentages.
fn score(text: &str) -> Option<f32> {
    let number = |text: &str| text.trim().replace(',', ".").parse::<f32>().ok();
    let value = match text.split_once('/') {
        Some((points, of)) => number(points)? / number(of).filter(|of| *of > 0.0)? * 100.0,
        None => match text.trim().strip_suffix('%') {
            Some(percent) => number(percent)?,
            None => {
                number(text).map(|value| if value > 0.0 && value < 1.0 { value * 100.0 } else { value })?
            }
        },
    };
    (0.0..=100.0).contains(&value).then_some(value)
}

#[cfg(test)]
mod tests;
