//! The traceability matrix as a table.

use super::{Heading, joined, laid_out};
use crate::table::{Cell, ColumnKind, Table};
use warrant_model::kinds::{AssessmentMethod, AssessmentResult};
use warrant_model::time::days_between;
use warrant_model::traceability::{Requirement, TestResult, Traceability};

/// How results were found, in words.
pub(crate) fn method_word(method: AssessmentMethod) -> &'static str {
    match method {
        AssessmentMethod::Examine => "examine",
        AssessmentMethod::Interview => "interview",
        AssessmentMethod::Test => "test",
    }
}

/// What came out, in words.
pub(crate) fn result_word(result: AssessmentResult) -> &'static str {
    match result {
        AssessmentResult::Satisfied => "satisfied",
        AssessmentResult::OtherThanSatisfied => "other than satisfied",
        AssessmentResult::NotApplicable => "not applicable",
    }
}

/// One row per requirement and result, in the order given; a requirement without result has one row. `now` gives the
/// age of evidence, `label` what people read for a control or statement.
pub fn traceability_table<'a>(
    matrix: &Traceability,
    rows: impl IntoIterator<Item = &'a Requirement>,
    now: jiff::Timestamp,
    label: &dyn Fn(&str) -> String,
    heading: Heading,
) -> Table {
    use ColumnKind::{Date, Number, Text};
    let row = |one: &Requirement, result: Option<&TestResult>| {
        let files: Vec<_> =
            result.iter().flat_map(|result| &result.evidence).filter_map(|hash| matrix.file(hash)).collect();
        let newest = files.iter().map(|file| file.observed_at).max();
        let said = one.implementations.iter().map(|said| match said.how.is_empty() {
            true => said.says.clone(),
            false => format!("{}: {}", said.says, said.how),
        });
        vec![
            Cell::text(label(&one.control)),
            Cell::text(label(&one.statement)),
            Cell::text(one.status.title()),
            joined(&one.holes.iter().map(|hole| hole.title().to_owned()).collect::<Vec<_>>()),
            Cell::text(said.collect::<Vec<_>>().join("\n")),
            joined(&one.objectives),
            Cell::text_if(result.map(|result| method_word(result.method))),
            Cell::text_if(result.map(|result| result_word(result.result))),
            Cell::text_if(result.map(|result| result.says.as_str())),
            result.map_or(Cell::Empty, |result| Cell::Time(result.at)),
            joined(&files.iter().map(|file| file.name.clone()).collect::<Vec<_>>()),
            joined(result.map_or(&[][..], |result| &result.evidence)),
            newest.map_or(Cell::Empty, Cell::Time),
            newest.map_or(Cell::Empty, |newest| Cell::Integer(days_between(newest, now))),
        ]
    };
    let mut written = Vec::new();
    for one in rows {
        if one.results.is_empty() {
            written.push(row(one, None));
        }
        written.extend(one.results.iter().map(|result| row(one, Some(result))));
    }
    laid_out(
        "Traceability",
        &[
            ("Control", Text),
            ("Statement", Text),
            ("Status", Text),
            ("Missing", Text),
            ("Implementation", Text),
            ("Objectives", Text),
            ("Method", Text),
            ("Result", Text),
            ("Finding", Text),
            ("Found on", Date),
            ("Evidence", Text),
            ("Evidence hash", Text),
            ("Observed", Date),
            ("Age in days", Number),
        ],
        written,
        heading,
    )
}
