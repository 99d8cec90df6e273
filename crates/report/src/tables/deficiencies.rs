//! The queue of deficiencies as a table.

use super::{Heading, TitleOf, columns, joined, source_line};
use crate::table::{Cell, ColumnKind, Table};
use warrant_model::posture::Deficiency;
use warrant_model::time::day;

/// Deficiencies in the order given, each with its figures, grounds and the first corrective action.
/// Each comes with the id of its system (a programme-wide table holds several), empty for the programme itself.
pub fn deficiencies_table<'a>(
    rows: impl IntoIterator<Item = (&'a str, &'a Deficiency)>,
    title_of: &TitleOf<'_>,
    heading: Heading,
) -> Table {
    use ColumnKind::{Date, Link, Number, Text};
    Table {
        title: "Deficiencies".into(),
        columns: columns(&[
            ("Rank", Number),
            ("Severity", Text),
            ("Deficiency", Text),
            ("Why", Text),
            ("System", Link),
            ("Since", Date),
            ("Due", Date),
            ("Controls", Text),
            ("Objectives", Text),
            ("Corrective action", Text),
            ("Hours, low", Number),
            ("Hours, high", Number),
            ("Owner", Link),
            ("POA&M item", Link),
            ("Excepted until", Date),
            ("Check", Text),
            ("Grounds", Text),
            ("Deficiency id", Text),
        ]),
        rows: rows.into_iter().map(|(system, deficiency)| cells(system, deficiency, title_of)).collect(),
        marking: heading.marking,
        source: heading.source,
    }
}

fn cells(system: &str, deficiency: &Deficiency, title_of: &TitleOf<'_>) -> Vec<Cell> {
    let link = |kind: &str, id: &Option<String>| {
        Cell::text(id.as_deref().map(|id| title_of(kind, id)).unwrap_or_default())
    };
    let objectives: Vec<_> =
        deficiency.objectives.iter().map(|objective| objective.title().to_owned()).collect();
    let action = deficiency.actions.first();
    let hours = action.and_then(|action| action.hours);
    let grounds =
        deficiency.grounds.iter().map(|ground| format!("{} ({})", ground.says, source_line(&ground.source)));
    let system = if system.is_empty() { String::new() } else { title_of("system", system) };
    vec![
        Cell::Number(tenths(deficiency.rank.score)),
        Cell::text(deficiency.severity.word()),
        Cell::text(&deficiency.title),
        Cell::text(&deficiency.why),
        Cell::text(system),
        Cell::Date(day(deficiency.since)),
        Cell::date_if(deficiency.due),
        joined(&deficiency.controls),
        joined(&objectives),
        Cell::text_if(action.map(|action| action.title.as_str())),
        Cell::number_if(hours.map(|(low, _)| tenths(low))),
        Cell::number_if(hours.map(|(_, high)| tenths(high))),
        link("person", &deficiency.owner),
        link("poam_item", &deficiency.poam_item),
        Cell::date_if(deficiency.excepted.as_ref().map(|excepted| excepted.until)),
        Cell::text(&deficiency.check),
        Cell::text(grounds.collect::<Vec<_>>().join("\n")),
        Cell::text(&deficiency.id),
    ]
}

/// Single precision with one decimal: 0.1 would else be shown as 0.10000000149.
fn tenths(number: f32) -> f64 {
    (f64::from(number) * 10.0).round() / 10.0
}
