//! The tables practitioners ask for: records of a kind, POA&M, deficiencies, findings, systems, controls.

mod controls;
mod deficiencies;
mod findings;
mod inheritance;
mod poam;
mod records;
mod systems;
mod tailoring;
mod traceability;

pub use controls::controls_table;
pub use deficiencies::deficiencies_table;
pub use findings::{PriorityCells, findings_table};
pub use inheritance::{TakenRow, inheritance_table};
pub use poam::{PoamRow, poam_table};
pub use records::{records_table, template_table};
pub use systems::systems_table;
pub use tailoring::{DecisionRow, ParameterRow, parameters_table, tailoring_table};
pub use traceability::traceability_table;
pub(crate) use traceability::{method_word, result_word};

use crate::table::{Cell, Column, ColumnKind, Table};
use warrant_model::kind::KindSpec;
use warrant_model::level::Severity;
use warrant_model::posture::Source;

/// What is written around a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Classification or TLP marking.
    pub marking: Option<String>,
    /// One line: where the figures come from, as of when.
    pub source: String,
}

/// Gives the title of a record by kind name and identifier; the identifier itself when it knows none.
pub type TitleOf<'a> = dyn Fn(&str, &str) -> String + 'a;

fn columns(described: &[(&str, ColumnKind)]) -> Vec<Column> {
    described.iter().map(|(title, kind)| Column::new(*title, *kind)).collect()
}

/// A table with these columns, marked and sourced as its heading says.
fn laid_out(title: &str, described: &[(&str, ColumnKind)], rows: Vec<Vec<Cell>>, heading: Heading) -> Table {
    Table {
        title: title.to_owned(),
        columns: columns(described),
        rows,
        marking: heading.marking,
        source: heading.source,
    }
}

/// Items on one line, so that the cell can be filtered and split.
fn joined(items: &[String]) -> Cell {
    Cell::text(items.join("; "))
}

/// What people read for a state of a kind; the stored word when it is unknown.
pub(crate) fn state_title<'a>(spec: &KindSpec, state: &'a str) -> &'a str {
    let known = spec.workflow.as_ref().and_then(|workflow| workflow.state(state));
    known.map_or(state, |known| known.title)
}

/// A severity as a column's title.
pub(crate) fn severity_title(severity: Severity) -> &'static str {
    match severity {
        Severity::None => "informational",
        other => other.word(),
    }
}

/// Where something can be looked at, in one line: file hash with line and pointer, or kind and id.
pub(crate) fn source_line(source: &Source) -> String {
    match source {
        Source::Evidence { evidence, place } => {
            let mut line = format!("evidence {}", evidence.as_str());
            if place.line > 0 {
                line.push_str(&format!(", line {}", place.line));
            }
            if !place.pointer.is_empty() {
                line.push_str(&format!(", {}", place.pointer));
            }
            line
        }
        Source::Finding { id } => format!("finding {id}"),
        Source::Record { kind, id } => format!("{kind} {id}"),
    }
}
