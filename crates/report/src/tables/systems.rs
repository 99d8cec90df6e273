//! Systems with their posture as a table.

use super::{Heading, TitleOf, columns, severity_title, state_title};
use crate::table::{Cell, Column, ColumnKind, Table};
use warrant_model::RecordId;
use warrant_model::kind::{Kind, Record};
use warrant_model::kinds::System;
use warrant_model::level::{Objective, Severity};
use warrant_model::posture::PostureSummary;

/// One row per system: who answers for it, scorecard, controls, findings and deficiencies. A system without a
/// computed posture has empty figures, never zeros.
pub fn systems_table<'a>(
    rows: impl IntoIterator<Item = (&'a Record<System>, Option<&'a PostureSummary>)>,
    title_of: &TitleOf<'_>,
    heading: Heading,
) -> Table {
    Table {
        title: "Systems".into(),
        columns: header(),
        rows: rows.into_iter().map(|(system, posture)| cells(system, posture, title_of)).collect(),
        marking: heading.marking,
        source: heading.source,
    }
}

fn header() -> Vec<Column> {
    use ColumnKind::{Date, Link, Number, Text};
    let mut header = columns(&[
        ("System", Text),
        ("Abbreviation", Text),
        ("Unit", Link),
        ("Owner", Link),
        ("Security officer", Link),
        ("Phase", Text),
        ("Exposure", Text),
        ("Criticality", Text),
        ("Authorized on", Date),
        ("Authorization expires", Date),
        ("Baseline", Text),
    ]);
    for objective in Objective::ALL {
        header.push(Column::new(format!("{} impact", objective.title()), Text));
        header.push(Column::new(format!("{} score", objective.title()), Number));
        header.push(Column::new(format!("{} assessed, %", objective.title()), Number));
    }
    header.extend(columns(&[
        ("Controls applicable", Number),
        ("Satisfied", Number),
        ("Other than satisfied", Number),
        ("Stale", Number),
        ("Not assessed", Number),
        ("Not applicable", Number),
    ]));
    for what in ["findings", "deficiencies"] {
        let titles =
            Severity::DESCENDING.map(|severity| format!("Open {what}, {}", severity_title(severity)));
        header.extend(titles.map(|title| Column::new(title, Number)));
    }
    header.extend(columns(&[
        ("Excepted deficiencies", Number),
        ("Worst deficiency", Text),
        ("Newest evidence", Date),
        ("Posture as of", Date),
        ("System id", Text),
    ]));
    header
}

fn cells(system: &Record<System>, posture: Option<&PostureSummary>, title_of: &TitleOf<'_>) -> Vec<Cell> {
    let body = &system.body;
    let link = |kind: &str, id: &Option<RecordId>| {
        Cell::text(id.as_ref().map(|id| title_of(kind, id.as_str())).unwrap_or_default())
    };
    let mut cells = vec![
        Cell::text(&body.name),
        Cell::text_if(body.abbreviation.as_deref()),
        link("unit", &body.unit),
        link("person", &body.owner),
        link("person", &body.security_officer),
        Cell::text(state_title(&System::SPEC, &body.phase)),
        word(&body.exposure),
        word(&body.criticality),
        Cell::date_if(body.authorized_on),
        Cell::date_if(body.authorization_expires),
    ];
    let before_figures = cells.len();
    if let Some(posture) = posture {
        push_figures(&mut cells, posture);
    }
    let figures = header().len() - before_figures - 1;
    cells.resize(before_figures + figures, Cell::Empty);
    cells.push(Cell::text(system.id.as_str()));
    cells
}

/// The stored word of a choice.
fn word(choice: &impl serde::Serialize) -> Cell {
    let word = serde_json::to_value(choice).unwrap_or_default();
    Cell::text_if(word.as_str())
}

fn push_figures(cells: &mut Vec<Cell>, posture: &PostureSummary) {
    cells.push(Cell::text(&posture.baseline));
    for indicator in &posture.scorecard.0 {
        cells.push(Cell::text(indicator.impact.map(|impact| impact.to_string()).unwrap_or_default()));
        cells.push(indicator.score.map_or(Cell::Empty, |score| Cell::Integer(score.round() as i64)));
        cells.push(Cell::Integer(indicator.assessed.round() as i64));
    }
    let counts = posture.controls;
    let controls = [
        counts.applicable(),
        counts.satisfied,
        counts.other_than_satisfied,
        counts.stale,
        counts.not_assessed,
        counts.not_applicable,
    ];
    let severities = [posture.open_findings, posture.deficiencies];
    let by_severity =
        severities.iter().flat_map(|counts| Severity::DESCENDING.map(|severity| counts.of(severity)));
    let numbers = controls.into_iter().chain(by_severity).chain([posture.excepted]);
    cells.extend(numbers.map(|number| Cell::Integer(number.into())));
    cells.push(Cell::text_if(posture.worst.as_ref().map(|(_, title)| title.as_str())));
    cells.push(posture.evidence_at.map_or(Cell::Empty, Cell::Time));
    cells.push(Cell::Time(posture.as_of));
}
